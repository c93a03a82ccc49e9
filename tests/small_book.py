"""The two files that every rule book of the tests begins with."""

MANIFEST = """id: own
title: 自用规则
version: "1"
years: {first: 2021}
groups: [{id: 甲, name: 甲组}]
"""
CLAUSES = """document: X
title: 《某规定》
short: 《某规定》
issued: 2020年
article: 第{n}条
items: [{n: "1", gist: 要做的事}]
"""

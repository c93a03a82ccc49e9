# 两条命令办完全部:make audit 核查自带的样例并留下 PDF;make test 跑通全部快速检查。
.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup audit test test-full lint words learn docs bundle clean

help:
	@echo "make audit  安装缺的东西,核查样例报告,说明 PDF 在哪里"
	@echo "make test   快速检查:格式、类型、分层、测试、规则例句、准确率底线"
	@echo "make test-full  加上慢的:浏览器里的网页、Word 转换;缺什么装什么,装不上的说明原因"
	@echo "make setup  只安装,不运行"
	@echo "make bundle 做离线安装包,放在 dist/"

setup: .venv/.ready

.venv/.ready: pyproject.toml requirements.lock scripts/setup.sh
	@bash scripts/setup.sh
	@touch $@

audit: setup
	@$(BIN)/audit reports_in/清渠县2024年度法治政府建设情况报告.txt -o audit_out
	@echo "PDF 在 audit_out/清渠县2024年度法治政府建设情况报告.pdf"

test: setup
	@bash scripts/test.sh

test-full: setup
	@bash scripts/setup-full.sh
	@bash scripts/test.sh
	@$(BIN)/pytest -m slow -rs -p no:cacheprovider

lint: setup
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy auditor && $(BIN)/lint-imports

words: setup
	@$(BIN)/python scripts/words.py

# 例句模型:改过例句或并入新的标注之后重新学,要装 scikit-learn,两个核约四分钟。
learn: setup
	@$(BIN)/python -c "import sklearn" 2>/dev/null || $(BIN)/pip install -q 'scikit-learn>=1.5,<2'
	@PYTHONPATH=. $(BIN)/python scripts/learn.py

docs: setup
	@$(BIN)/python scripts/docs.py

bundle: setup
	@bash scripts/bundle.sh

clean:
	rm -rf .venv audit_out/*.pdf audit_out/*.json .mypy_cache .ruff_cache .pytest_cache

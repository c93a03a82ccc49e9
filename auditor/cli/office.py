"""The options on the office that a paper or a notice names, shared by all commands that write one."""

from __future__ import annotations

from typing import Annotated

import typer

Organisation = Annotated[
    str | None, typer.Option("--organisation", metavar="机关", help="审核机关，公文和通知的落款")
]
Addressee = Annotated[str | None, typer.Option("--addressee", metavar="机关", help="主送机关")]
DocumentNumber = Annotated[str | None, typer.Option("--document-number", metavar="文号", help="发文字号")]
PaperDate = Annotated[str | None, typer.Option("--date", metavar="日期", help="成文日期")]
Deadline = Annotated[str | None, typer.Option("--deadline", metavar="日期", help="整改通知的补正期限")]

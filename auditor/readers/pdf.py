"""PDF files, read in a child process."""

from __future__ import annotations

from importlib.util import find_spec

from auditor.readers.extracted import Extracted, Refused
from auditor.readers.isolate import read_isolated

MISSING = "没有安装读取 PDF 所需的组件，请运行 pip install 'fazhi-auditor[formats]' 后再试，或把正文另存为文本文件。"


def read_pdf(data: bytes) -> Extracted:
    """Text of a PDF file with its pages. Raises Refused."""
    if find_spec("pypdfium2_raw") is None:
        raise Refused(MISSING)
    return read_isolated("pdf", data)

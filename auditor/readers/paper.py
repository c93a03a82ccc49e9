"""A PDF of our own read back: its printed text and one embedded file. Runs in the child process only."""

from __future__ import annotations

import base64
import io
import logging

from auditor.readers.extracted import Extracted, Refused


def read_paper(data: bytes, name: str) -> Extracted:
    """The text of all pages; the file named ``name``, where there is one, as a fact in Base64. Raises Refused."""
    from pypdf import PdfReader

    # Its messages are for developers; one sentence of ours says what is wrong.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    try:
        document = PdfReader(io.BytesIO(data))
        found = document.attachments.get(name)
        payload = bytes(found[0]) if found else None
        text = "".join(page.extract_text() for page in document.pages) if payload is not None else ""
    except (MemoryError, RecursionError):
        raise
    except Exception as error:
        # A broken or hostile PDF makes its reader fail in many ways; none of them is ours to tell apart.
        raise Refused(f"这不是能读的 PDF（{type(error).__name__}），请检查文件") from error
    # A page may hold half a character, which is no text.
    text = text.encode("utf-8", "replace").decode("utf-8")
    facts = () if payload is None else ((name, base64.b64encode(payload).decode("ascii")),)
    return Extracted(text, "pdf", facts=facts)

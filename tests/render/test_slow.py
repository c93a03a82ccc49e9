"""What only a browser or an office suite can tell; run by ``make test-full``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from auditor.letterhead import Office
from auditor.render.docx import render_docx
from auditor.render.html import render_html
from auditor.render.letter import letter_docx
from auditor.render.view import Letterhead
from tests.render import factory

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / ".venv" / "browser" / "node_modules"
DRIVE = Path(__file__).parent / "browser" / "drive.cjs"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
OFFICE = Office("云溪县司法局", "云溪县人民政府", "云司〔2025〕1号", "2025-04-01", "2025-04-20")

needs_browser = pytest.mark.skipif(
    CHROMIUM is None or shutil.which("node") is None or not (MODULES / "axe-core").is_dir(),
    reason="没有 chromium、node 或 axe-core（scripts/setup-full.sh）",
)
needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdfinfo") is None,
    reason="没有 LibreOffice 或 poppler-utils（scripts/setup-full.sh）",
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What happened when the page was opened and used in Chromium."""
    file = tmp_path_factory.mktemp("page") / "page.html"
    file.write_text(render_html(factory.make_result()), encoding="utf-8")
    done = subprocess.run(
        ["node", str(DRIVE), str(file), *filter(None, [os.environ.get("AUDIT_SHOTS")])],
        capture_output=True,
        text=True,
        timeout=180,
        env={**os.environ, "NODE_PATH": str(MODULES), "CHROMIUM": CHROMIUM or ""},
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


@needs_browser
def test_no_accessibility_fault_on_desktop_or_phone(page: dict[str, Any]) -> None:
    assert page["axeDesktop"] == page["axeChosen"] == page["axePhone"] == []


@needs_browser
def test_the_page_works_under_its_own_policy_and_fetches_nothing(page: dict[str, Any]) -> None:
    assert page["errors"] == [] and page["requests"] == []


@needs_browser
def test_elements_and_passages_lead_to_each_other(page: dict[str, Any]) -> None:
    assert page["allClosed"] and page["chosen"] and page["markedFits"] and page["markInView"]
    assert "原文中标出" in page["said"]
    assert page["arrow"] and page["cleared"]
    assert page["passageByMouse"] and page["passageByKeyboard"]


@needs_browser
def test_filters(page: dict[str, Any]) -> None:
    result = factory.make_result()
    gaps = sum(e.status in ("weak", "missing") and e.decision is None for e in result.elements)
    wrong = sum(f.severity != "note" for f in result.findings)
    assert page["filters"] == {
        "gap": gaps + wrong,
        "headline": sum(e.headline for e in result.elements),
        "finding": len(result.findings),
        "all": len(result.elements) + len(result.findings),
    }


@needs_browser
def test_phone_print_and_no_script(page: dict[str, Any]) -> None:
    assert page["overflow"] <= 0 and page["phoneInView"]
    assert page["printHidden"] and page["plainOpen"] and page["plainFilterHidden"]


@needs_office
def test_word_documents_open_and_keep_their_page(tmp_path: Path) -> None:
    result = factory.make_result()
    head = Letterhead(OFFICE.organisation, OFFICE.addressee, OFFICE.document_number, OFFICE.date)
    for name, data in (("a", render_docx(result, head)), ("b", letter_docx(result, OFFICE))):
        (tmp_path / f"{name}.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "a.docx", "b.docx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=180,
    )
    for name in ("a", "b"):
        info = subprocess.run(
            ["pdfinfo", f"{name}.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        size = next(line for line in info.stdout.splitlines() if line.startswith("Page size"))
        assert "595" in size and "841" in size
    text = subprocess.run(
        ["pdftotext", "-layout", "a.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    pages = [page.replace(" ", "") for page in text.split("\f")]
    assert next(n for n, page in enumerate(pages) if page.lstrip().startswith("附件1")) == 2
    assert "—1—" in pages[0] and "—2—" in pages[1]

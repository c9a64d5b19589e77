"""LibreOffice as the oracle: the page of every bookmark, from the PDF it makes."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

FONTS = Path(__file__).parent / "fonts" / "fonts.conf"
_PDF = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'


def convert(files: Sequence[Path], folder: Path) -> list[Path]:
    """PDFs of some .docx files; each must really have been made."""
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder / 'profile'}", "--convert-to", _PDF,
         "--outdir", str(folder), *map(str, files)],
        check=True, capture_output=True, timeout=600, env={**os.environ, "FONTCONFIG_FILE": str(FONTS)},
    )  # fmt: skip
    made = [folder / f"{file.stem}.pdf" for file in files]
    assert all(path.exists() for path in made)
    return made


def bookmark_pages(pdf: Path) -> dict[str, int]:
    """The printed page of each bookmark: pages count from the first part's."""
    listing = subprocess.run(["pdfinfo", "-dests", str(pdf)], check=True, capture_output=True, text=True).stdout
    pages = {name: int(page) for page, name in re.findall(r'^\s*(\d+) \[.*?\] "(toc\d+)"', listing, re.MULTILINE)}
    first = pages["toc0001"]
    return {name: page - first + 1 for name, page in pages.items()}


def page_count(pdf: Path) -> int:
    listing = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    found = re.search(r"^Pages:\s+(\d+)", listing, re.MULTILINE)
    assert found
    return int(found[1])

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


def rewritten(files: Sequence[Path], folder: Path) -> list[bytes]:
    """The same .docx files as LibreOffice writes them: files of another hand."""
    target = folder / "rewritten"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder / 'profile'}", "--convert-to", "docx",
         "--outdir", str(target), *map(str, files)],
        check=True, capture_output=True, timeout=600, env={**os.environ, "FONTCONFIG_FILE": str(FONTS)},
    )  # fmt: skip
    return [(target / file.name).read_bytes() for file in files]


def resaved(files: Sequence[Path], folder: Path, ending: str) -> dict[str, bytes]:
    """Files of any kind as LibreOffice saves them, by name; formulas are worked out where no value is kept."""
    target = folder / "resaved"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder / 'profile'}", "--convert-to", ending,
         "--outdir", str(target), *map(str, files)],
        check=True, capture_output=True, timeout=600, env={**os.environ, "FONTCONFIG_FILE": str(FONTS)},
    )  # fmt: skip
    return {file.name: (target / f"{file.stem}.{ending}").read_bytes() for file in files}


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


_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Settle(jobs As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  Dim form(0) As New com.sun.star.beans.PropertyValue
  form(0).Name = "FilterName" : form(0).Value = "MS Word 2007 XML"
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  listed = FreeFile
  Open jobs For Input As #listed
  Do While Not EOF(listed)
    Line Input #listed, source
    Line Input #listed, command
    Line Input #listed, target
    document = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
    helper.executeDispatch(document.CurrentController.Frame, ".uno:" &amp; command, "", 0, Array())
    document.storeToURL(ConvertToURL(target), form())
    document.close(True)
  Loop
  Close #listed
End Sub
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" \
library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""


ACCEPT, REJECT = "AcceptAllTrackedChanges", "RejectAllTrackedChanges"


def settled(files: Sequence[Path], folder: Path) -> list[tuple[bytes, bytes]]:
    """Each .docx after LibreOffice accepted, and after it rejected, all its tracked changes, as LibreOffice writes it.

    ``convert`` has used the folder before: a macro is found only in a profile that LibreOffice made.
    """
    basic = folder / "profile" / "user" / "basic" / "Standard"
    (basic / "Module1.xba").write_text(_MACRO, encoding="utf-8")
    (basic / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    targets = [tuple(folder / f"{file.stem}-{command}.docx" for command in (ACCEPT, REJECT)) for file in files]
    jobs = [
        f"{file}\n{command}\n{target}\n"
        for file, pair in zip(files, targets, strict=True)
        for command, target in zip((ACCEPT, REJECT), pair, strict=True)
    ]
    (folder / "jobs.txt").write_text("".join(jobs), encoding="utf-8")
    subprocess.run(
        ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{folder / 'profile'}",
         f'macro:///Standard.Module1.Settle("{folder / "jobs.txt"}")'],
        check=True, capture_output=True, timeout=600, env={**os.environ, "FONTCONFIG_FILE": str(FONTS)},
    )  # fmt: skip
    return [(accepted.read_bytes(), rejected.read_bytes()) for accepted, rejected in targets]


_FILTERS = {"csv": "csv:Text - txt - csv (StarCalc):44,34,76"}  # commas, quotes, UTF-8


def saved_as(workbook: Path, ending: str, folder: Path) -> bytes:
    """A workbook as LibreOffice saves it in a format (xlsx, xls, ods, csv)."""
    target = folder / f"as-{ending}"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder / 'profile'}", "--convert-to",
         _FILTERS.get(ending, ending), "--outdir", str(target), str(workbook)],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    return (target / f"{workbook.stem}.{ending}").read_bytes()

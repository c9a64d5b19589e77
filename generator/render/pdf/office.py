"""LibreOffice, asked for files of another kind, with a profile of its own so that one that runs is not disturbed."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.model.problem import UsageError
from generator.render.program import Program

OFFICE = Program(
    " LibreOffice",
    "SOFFICE",
    ("soffice", "libreoffice", "soffice.com"),
    (
        r"C:\Program Files\LibreOffice\program\soffice.com",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        "/usr/lib/libreoffice/program/soffice",
        "/opt/libreoffice/program/soffice",
    ),
    300,
)
_ALONE = ("--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard")


def converted(program: Program, path: str, files: Mapping[str, bytes], kind: str) -> dict[str, bytes]:
    """What LibreOffice at ``path`` makes of ``files``, by their names: PDFs, in the way that ``kind`` says (--convert-to).

    All in one start, which is most of the time. Raises UsageError where one of them is not made.
    """
    with tempfile.TemporaryDirectory(prefix="shuoming-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for file, data in files.items():
            (folder / file).write_bytes(data)
        (folder / "made").mkdir()
        command = [path, f"-env:UserInstallation={(folder / 'profile').as_uri()}", *_ALONE]
        command += ["--convert-to", kind, "--outdir", str(folder / "made"), *(str(folder / file) for file in files)]
        said = program.said(command, folder)
        made = {file: folder / "made" / Path(file).with_suffix(".pdf").name for file in files}
        if not all(path.is_file() and path.stat().st_size for path in made.values()):
            raise UsageError(f"LibreOffice（{command[0]}）没有做出文件。{_reason(said)}")
        return {file: path.read_bytes() for file, path in made.items()}


def _reason(said: str) -> str:
    """What it said that is no mere remark on Java, which is not needed."""
    lines = (line.strip() for line in said.splitlines() if "java" not in line.lower())
    found = [line for line in lines if line and not line.startswith("convert ")]
    return f"它说：{found[-1][:200]}" if found else "它没有说原因；请看磁盘是否已满、内存是否够用。"

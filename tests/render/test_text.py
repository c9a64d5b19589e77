"""The words of a .docx line by line, and what git makes of them."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import main
from generator.model.reading import ContentsLine, ReadHeading, Reading, ReadParagraph, ReadTable
from generator.readback.docx import read_docx
from generator.render.text import reading_text
from tests.conftest import ROOT, bring


def test_a_document_is_told_line_by_line() -> None:
    table = ReadTable(
        "表一", "单位：万元", (("项目",), ("合计", "小计")), (("甲\n乙", "1.00"), ("丙", "")), ("备注：无。",)
    )
    reading = Reading(
        ("2022年\n说明", "某局"),
        (ContentsLine("一、总", "1"), ContentsLine("二、分")),
        (ReadHeading(2, "一、总"), ReadParagraph("先说一句。再说“两句。”（完）；第三句", "一、总"), table),
    )
    assert reading_text(reading).split("\n") == [
        "2022年", "说明", "某局", "", "目录", "一、总\t1", "二、分", "", "## 一、总", "",
        "先说一句。", "再说“两句。”", "（完）；", "第三句", "",
        "表一", "单位：万元", "项目\t合计·小计", "甲 乙\t1.00", "丙", "备注：无。", "",
    ]  # fmt: skip


def test_nothing_is_lost(report_2022: bytes) -> None:
    reading = read_docx(report_2022)
    text = reading_text(reading).replace("\n", "")
    for paragraph in reading.paragraphs:
        assert paragraph.text.replace("\n", "") in text
    for table in reading.tables:
        for row in table.rows:
            assert "\t".join(" ".join(cell.split()) for cell in row).rstrip("\t") in text
    assert not [line for line in reading_text(reading).split("\n") if line != line.rstrip()]


def test_the_command_prints_what_the_file_says(
    report_2022: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "说明"
    file.write_bytes(report_2022)
    assert main(["text", str(file)]) == 0
    assert capsys.readouterr().out == reading_text(read_docx(report_2022))


def git(folder: Path, *arguments: str) -> str:
    settings = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["git", "-c", "user.name=甲", "-c", "user.email=a@b", *arguments],
        cwd=folder, env=settings, check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    return done.stdout


def test_git_shows_changed_sentences_and_rows(
    report_2022: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the two lines of the chapter."""
    readme = (ROOT / "docs" / "比较与副本.md").read_text(encoding="utf-8")
    attribute, setting = "*.docx diff=shuoming", "git config diff.shuoming.textconv "
    assert attribute in readme and setting in readme
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitattributes").write_text(f"*.docx binary\n{attribute}\n", encoding="utf-8")
    command = f"{shlex.quote(sys.executable)} -m generator text"
    git(tmp_path, "config", "diff.shuoming.textconv", command)
    file = tmp_path / "部门预算说明.docx"
    file.write_bytes(report_2022)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "初稿")
    file.write_bytes(changed(tmp_path, monkeypatch))
    lines = git(tmp_path, "diff", "-U0").split("\n")
    gone = [line[1:] for line in lines if line.startswith("-") and not line.startswith("---")]
    come = [line[1:] for line in lines if line.startswith("+") and not line.startswith("+++")]
    assert gone == ["主要原因：在编人员减少，公用经费等预算减少。"]
    assert come == ["主要原因：在编人员减少，压减差旅费。"]


def changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The document after one reason was changed."""
    bring(folder / "work")
    narrative = folder / "work" / "data" / "2022" / "narrative.yaml"
    text = narrative.read_text(encoding="utf-8")
    narrative.write_text(text.replace("公用经费等预算减少", "压减差旅费"), encoding="utf-8")
    monkeypatch.chdir(folder / "work")
    assert main(["report", "2022"]) == 0
    [made] = (folder / "work" / "output" / "2022").iterdir()
    return made.read_bytes()


def test_git_goes_on_where_a_file_cannot_be_read(report_2022: bytes, tmp_path: Path) -> None:
    """A broken file, Word's own lock file: one line each, and the files after them are shown."""
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitattributes").write_text("*.docx diff=shuoming\n", encoding="utf-8")
    git(tmp_path, "config", "diff.shuoming.textconv", f"{shlex.quote(sys.executable)} -m generator text")
    for name, data in (("a.docx", b""), ("b.docx", b"\x06admin"), ("z.docx", report_2022)):
        (tmp_path / name).write_bytes(data)
    git(tmp_path, "add", "--all")
    shown = git(tmp_path, "diff", "--cached")
    assert "+（不能读：这不是有效的Word文件（.docx）。）" in shown and "+〔页脚〕" in shown


def test_what_is_no_file_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["text", str(tmp_path / "没有.docx")]) == 2
    assert capsys.readouterr().err.endswith("没有.docx：没有这个文件。\n")

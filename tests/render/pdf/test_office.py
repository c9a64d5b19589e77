"""LibreOffice is asked, found or not, and never waited for without end."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from generator.cli import main
from generator.model.problem import UsageError
from generator.render.pdf.office import OFFICE, converted
from tests.conftest import ROOT

_HERE = OFFICE._replace(places=(), patience=1)


def _program(folder: Path, script: str) -> str:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_the_one_that_the_environment_names_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = _program(tmp_path, "exit 0")
    monkeypatch.setenv("SOFFICE", program)
    assert OFFICE.path("PDF", "") == program


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("/no/such/office", "环境变量 SOFFICE 写的“/no/such/office”不是能运行的程序，做不了PDF。"),
        ("", "没有找到 LibreOffice，做不了PDF。"),
    ],
)
def test_it_is_said_where_there_is_none(named: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOFFICE", named)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="^" + told):
        _HERE.path("PDF", "请用 Word。")


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("exit 1", "没有做出文件。它没有说原因"),
        ("echo Warning: failed to launch javaldx; echo Error: source file could not be loaded", "它说：Error: source"),
        ("sleep 60", "过了1秒还没有做完"),
    ],
)
def test_what_it_fails_in_is_one_line(script: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match=told):
        converted(_HERE, _program(tmp_path, script), {"document.docx": b"PK"}, "pdf")


def test_a_program_that_does_not_start_is_one_line(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_bytes(b"\x00")
    program.chmod(0o700)
    with pytest.raises(UsageError, match="启动不了"):
        converted(OFFICE, str(program), {"document.docx": b"PK"}, "pdf")


def test_it_gets_a_profile_of_its_own_and_the_files(tmp_path: Path) -> None:
    script = (
        f'echo "$@" >{tmp_path}/asked; shift 7; while test "$1" != --outdir; do shift; done; cp "$3" "$2/document.pdf"'
    )
    made = converted(OFFICE, _program(tmp_path, script), {"document.docx": b"PK"}, "pdf:kind")
    asked = (tmp_path / "asked").read_text()
    assert made == {"document.docx": b"PK"}
    assert asked.startswith("-env:UserInstallation=file:///") and "--headless" in asked
    assert "--convert-to pdf:kind" in asked


def test_a_report_without_it_is_one_line_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SOFFICE", str(tmp_path / "none"))
    assert main(["report", "2022", "--format", "pdf", "--output", str(tmp_path / "output")]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("错误：环境变量 SOFFICE 写的")
    assert not (tmp_path / "output").exists()

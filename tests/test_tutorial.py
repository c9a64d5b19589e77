"""docs/教程.md is so: each command prints what is shown, both ways of filling in say the same, and what comes out has the figures typed."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from generator.cli import main
from tests.handbook import missing
from tests.test_cycle import the_package_is_as_it_says, the_redline_has_both
from tests.tutorial import PAGE, Step, changed, made, steps, typed

ASKED = "写入吗？"
DOCUMENT = Path("output/2027/2027年青石县档案馆部门预算.docx")


class Clerk:
    """Who does what the page says, in one folder; ``whole``: also what takes long."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys, self.whole = monkeypatch, capsys, False
        self.book, self.tables = Path(), list[tuple[str, list[list[str]]]]()
        monkeypatch.chdir(folder)

    def do(self, *sections: str, page: Path = PAGE) -> None:
        for section in sections:
            for step in steps(section, page):
                self._one(step)
        assert not self.tables

    def _one(self, step: Step) -> None:
        match step.kind:
            case "表":
                self.tables.append((step.what, step.rows))
            case "文件":
                made(Path(step.what), step.rows)
            case "改":
                changed(Path(step.what), step.rows)
            case "写":
                Path(step.what).write_text("".join(f"{line}\n" for line in step.rows), encoding="utf-8")
            case _ if step.what.startswith("cd "):
                self.monkeypatch.chdir(step.what.removeprefix("cd "))
            case _:
                self._run(step)

    def _run(self, step: Step) -> None:
        program, *words = shlex.split(step.what)
        assert program == "shuoming", step
        if words[0] == "package" and not self.whole:
            return
        if words[0] == "import" and self.tables:
            typed(self.book, self.tables)
            self.tables = []
        asked = next((line for line in step.rows if line.startswith(ASKED)), "")
        with self.monkeypatch.context() as terminal:
            if asked:
                answer = asked[-1]
                terminal.setattr(sys.stdin, "isatty", lambda: True, raising=False)
                terminal.setattr(sys.stdout, "isatty", lambda: True, raising=False)
                terminal.setattr("builtins.input", partial(_answered, answer))
            main(words)
        printed = self.capsys.readouterr()
        _as_shown(step, (printed.err + printed.out).split("\n"))
        if words[0] == "workbook":
            (self.book,) = Path("output", words[1]).glob("*填报表.xlsx")


def _answered(answer: str, question: str) -> str:
    sys.stdout.write(f"{question}{answer}\n")
    return answer


def _as_shown(step: Step, lines: list[str]) -> None:
    where = f"{PAGE.name}:{step.line}: {step.what}"
    assert missing(step.rows, lines) == [], (where, lines)
    if "…" not in step.rows:
        assert [line for line in lines if line] == [line for line in step.rows if line], where


@pytest.fixture
def clerk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], Clerk]:
    """Clerks, each in a folder of this name: with blanks and Chinese, as they are."""

    def clerk(name: str) -> Clerk:
        folder = tmp_path / f"财务科 {name}"
        folder.mkdir()
        return Clerk(folder, monkeypatch, capsys)

    return clerk


def test_the_page_as_it_is_written(clerk: Callable[[str], Clerk]) -> None:
    """By workbook, to next year; by YAML up to the document, which is the same."""
    clerk("填报表").do("一", "二", "四", "五")
    by_workbook = DOCUMENT.read_bytes()
    clerk("直接改").do("一", "三")
    main(["report", "2027"])
    assert DOCUMENT.read_bytes() == by_workbook


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.browser
def test_the_page_with_what_takes_long(clerk: Callable[[str], Clerk]) -> None:
    """The package, too: it is as its manifest says; and the redline is both years."""
    all_of_it = clerk("全")
    all_of_it.whole = True
    all_of_it.do("一", "二", "四", "五")
    the_package_is_as_it_says(DOCUMENT.parent, DOCUMENT.read_bytes())
    [new] = Path("output/2028").glob("*预算.docx")
    the_redline_has_both(2027, DOCUMENT.read_bytes(), new.read_bytes())


def test_the_figures_typed_are_consistent() -> None:
    """Of the page's 支出明细, but for the mistake made on purpose; the export; and the 控制数."""
    tables = [step for name in ("二", "五") for step in steps(name) if step.kind in ("表", "文件")]
    for what, total, ceiling in (("支出明细", "130.00", 0), ("支出明细.xlsx", "123.00", 1)):
        details = {tuple(row[:-1]): Decimal(row[-1]) for step in tables if step.what == what for row in step.rows[1:]}
        assert sum(details.values()) == Decimal(total)
        ceilings = [dict(step.rows[1:]) for step in tables if step.what == "控制数"][ceiling]
        assert ceilings["总计"] == total == f"{Decimal(ceilings['基本支出']) + Decimal(ceilings['项目支出'])}"


@pytest.mark.parametrize(
    ("old", "new", "sections"),
    [
        ("82.00 |", "28.00 |", "一二"),
        ("台账多54.00", "台账多53.00", "一二"),
        ("差旅费: 2.00", "差旅费: 2.50", "一三四"),
    ],
)
def test_a_wrong_figure_on_the_page_is_noticed(
    old: str, new: str, sections: str, clerk: Callable[[str], Clerk], tmp_path: Path
) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert old in text
    page = tmp_path / PAGE.name
    page.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(AssertionError):
        clerk("错").do(*sections, page=page)

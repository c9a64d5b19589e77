"""Two years of a department, command by command: init → workbook → import → check → reasons → report → package → new → import → redline.

What is typed into the workbook is what a shipped example says; what next year's export says is made of its lines. So each step has
something to be held against: the example's files, its document, the sums of the lines, the bytes of the package, both documents of a redline.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from generator.edit import tree_of
from generator.model.department import Inputs
from generator.model.ledger import LedgerLine
from generator.model.money import Money
from tests import docx_reading, tracked
from tests.conftest import ROOT
from tests.intake.exports import Export, one_a_row, xlsx_of
from tests.render.docx.test_marked import lines
from tests.runs import held
from tests.tutorial import BLANK, tables_in, typed
from tests.work.test_package import without_pdf

__all__ = ["without_pdf"]  # a fixture
DEPARTMENTS = [("handbook", 2026), ("hunan", 2025), ("beijing", 2025)]
"""With several units of which each has facts of its own, and in places of which each asks for something else."""
MORE = Decimal("0.01")


def example(folder: str, year: int) -> tuple[Path, dict[str, Any]]:
    source = ROOT / "examples" / folder
    head = tree_of((source / str(year) / "department.yaml").read_text(encoding="utf-8"))
    assert isinstance(head, dict)
    return source, {"格式": "通用", **head}


def inputs_of(data: Path, place: str, year: int) -> Inputs:
    shop = held(ROOT / "templates", place)
    profile, _, _ = shop.profile(year)
    assert profile is not None
    inputs, problems, _ = shop.inputs(data, year, profile)
    assert inputs is not None, problems
    return inputs


def begin(head: dict[str, Any], year: int) -> None:
    """A folder with all that init can be told."""
    units = {code: said if isinstance(said, str) else said["名称"] for code, said in head["预算单位"].items()}
    told = [f"{code}={name}" for code, name in units.items()]
    options = {
        "folder": "局 里",
        "place": head["格式"],
        "year": year,
        "code": head["代码"],
        "nature": head["单位性质"],
        "unit": head["金额单位"],
    }
    words = ["init", head["名称"], *(f"--{name}={value}" for name, value in options.items())]
    assert main([*words, *(["--units", *told] if len(told) > 1 else [])]) == 0


def without_blanks(folder: Path) -> None:
    """By hand: what is asked for and this department does not say (sums of what it says) is taken out."""
    for path in folder.rglob("*.yaml"):
        kept = [line for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if f": {BLANK}" not in line]
        text = re.sub(r"(?m)^控制数:.*\n(?!  )", "", "".join(kept))
        path.write_text(text, encoding="utf-8")


def more(line: LedgerLine) -> LedgerLine:
    return line._replace(money=Money(line.money.amount + MORE, line.money.scale))


def total_of(inputs: Inputs) -> Decimal:
    return sum((line.money.amount for line in inputs.ledger.lines), Decimal(0))


@pytest.mark.slow
@pytest.mark.usefixtures("without_pdf")
@pytest.mark.parametrize(("folder", "year"), DEPARTMENTS)
def test_two_years_of_a_department(
    folder: str, year: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, head = example(folder, year)
    inputs = inputs_of(source, head["格式"], year)
    monkeypatch.chdir(tmp_path)
    begin(head, year)
    assert main(["workbook", str(year), "--data", str(source), "-o", "例.xlsx"]) == 0
    monkeypatch.chdir("局 里")
    fill_in(year, source)
    assert main(["check", str(year)]) == main(["reasons", str(year)]) == 0
    assert nothing_left(year, capsys)
    old = document_of(year, total_of(inputs))
    assert main(["report", str(year), "--data", str(source), "--output", "例"]) == 0
    assert [path.read_bytes() for path in Path("例").rglob("*.docx")] == [old]
    assert main(["package", str(year), "--approved", f"{year}-02-01", "--date", f"{year}-02-20"]) == 0
    the_package_is_as_it_says(Path("output", str(year)), old)
    new = next_year(year + 1, inputs, capsys)
    the_redline_has_both(year, old, new)


def fill_in(year: int, source: Path) -> None:
    """The workbook typed and imported: the files then say what the example's say."""
    assert main(["workbook", str(year), "-o", "填报表.xlsx"]) == 0
    typed(Path("填报表.xlsx"), tables_in(Path("../例.xlsx")))
    assert main(["import", "填报表.xlsx", "--yes"]) == 0
    without_blanks(Path("data", str(year)))
    for path in (source / str(year)).rglob("*.yaml"):
        name = path.relative_to(source)
        assert tree_of(Path("data", name).read_text("utf-8")) == tree_of(path.read_text("utf-8")), name


def next_year(year: int, last: Inputs, capsys: pytest.CaptureFixture[str]) -> bytes:
    """A year opened from the last, every amount of its export a cent more; its document."""
    assert main(["new", str(year)]) == 0
    grown = last._replace(ledger=last.ledger._replace(lines=tuple(map(more, last.ledger.lines))))
    Path("支出明细.xlsx").write_bytes(xlsx_of(one_a_row(Export(grown))))
    assert main(["import", "支出明细.xlsx", "--year", str(year), "--yes"]) == 0
    total = total_of(last) + MORE * len(grown.ledger.lines)
    assert total == total_of(grown)
    path = Path("data", str(year), "department.yaml")
    path.write_text(re.sub(f"(?m)^  总计: {BLANK}", f"  总计: {total}", path.read_text("utf-8")), "utf-8")
    without_blanks(path.parent)
    assert not nothing_left(year, capsys)
    assert main(["todo", str(year), "--confirm", "全部"]) == 0
    assert main(["check", str(year)]) == 0, capsys.readouterr().out
    assert nothing_left(year, capsys)
    return document_of(year, total)


def nothing_left(year: int, capsys: pytest.CaptureFixture[str]) -> bool:
    capsys.readouterr()
    assert main(["todo", str(year)]) == 0
    return "都填好、确认好了" in capsys.readouterr().out


def document_of(year: int, total: Decimal) -> bytes:
    """The document that report makes; it has the total of what was typed."""
    assert main(["report", str(year)]) == 0
    [path] = Path("output", str(year)).glob("*.docx")
    said = docx_reading.text_of(docx_reading.body_of(path.read_bytes()))
    assert f"{total:.2f}万元" in said or f"{total:,.2f}万元" in said
    return path.read_bytes()


def the_package_is_as_it_says(folder: Path, document: bytes) -> None:
    """Its manifest has the bytes of each file, no file is missing, and the document in it is the one that was made."""
    [made] = folder.glob("*（公开）")
    [manifest] = made.rglob("清单.json")
    told = {one["名称"]: one["sha256"] for one in json.loads(manifest.read_text("utf-8"))["文件"]}
    there = {path.relative_to(made).as_posix(): path.read_bytes() for path in made.rglob("*") if path.is_file()}
    assert told == {name: sha256(data).hexdigest() for name, data in there.items() if "清单" not in name}
    assert document in there.values()


def the_redline_has_both(year: int, old: bytes, new: bytes) -> None:
    assert main(["redline", str(year), str(year + 1), "-o", "修订稿.docx"]) == 0
    redline = Path("修订稿.docx").read_bytes()
    assert lines(tracked.accepted(redline)) == lines(new)
    assert lines(tracked.rejected(redline)) == lines(old)

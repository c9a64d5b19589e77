"""A department's numbers as a bureau asks for them: against what its document prints, and added up in every way."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given

from generator.city.summary import summary_of
from generator.derive.book import derive
from generator.model.city import Summary
from generator.model.department import Inputs
from generator.model.document import Document, Paragraph, TableBlock
from generator.model.edition import edition_of
from generator.model.ledger import total_of
from generator.model.money import Scale, cents_of
from generator.work.stages import Counted, Stopped
from tests.conftest import ROOT, Golden, some
from tests.departments import departments, yibin
from tests.made_up import examples
from tests.runs import Run, run

CASES = (
    ("data/2022", "yibin"),
    ("examples/shanghai-final/2024", "上海决算"),
    ("examples/jiangsu/2018", "江苏"),
    ("examples/beijing/2025", "北京"),
    ("examples/handbook/2026", "通用"),
    ("examples/hunan/2025", "湖南"),
    ("examples/jiangsu/2017", "江苏"),
    ("examples/jiangsu/2019", "江苏"),
    ("examples/shanghai/2025", "上海"),
    ("examples/sichuan/2025", "四川"),
)


def finished(folder: str, profile: str) -> Run:
    done = run(ROOT / Path(folder).parent, ROOT / "templates", profile, int(Path(folder).name))
    assert isinstance(done, Run)
    return done


def test_every_example_is_a_case() -> None:
    years = [*(ROOT / "data").iterdir(), *(ROOT / "examples").glob("*/*")]
    assert {folder for folder, _ in CASES} == {
        path.relative_to(ROOT).as_posix() for path in years if (path / "department.yaml").exists()
    }


@pytest.mark.parametrize(("folder", "profile"), some(CASES, 3))
def test_the_amounts_are_those_that_the_document_prints(folder: str, profile: str, golden: Golden) -> None:
    done = finished(folder, profile)
    summary = summary_of(done)
    golden(Path(__file__).parent / "summaries" / f"{folder.replace('/', '-')}.txt", told(summary))
    printed = numbers_of(done.document)
    for amount in summary.amounts:
        assert {amount.now, rounded(amount.now)} & printed or (amount.kind, amount.name) == ("资金来源", "其他收入"), (
            amount
        )
        if amount.before and amount.kind in ("总计", "三公"):
            assert {amount.before, abs(amount.now - amount.before)} & printed, amount


def told(summary: Summary) -> str:
    lines = [
        f"{one.kind}\t{one.code}\t{one.name}\t{one.now}\t{'不知' if one.before is None else one.before}"
        for one in summary.amounts
    ]
    lines += [
        f"项目\t{one.code}\t{one.name}\t{one.unit}\t{one.cents}\t{Path(one.file).name}:{one.line}"
        for one in summary.projects
    ]
    lines += [f"单位\t{one.code}\t{one.name}\t{one.cents}" for one in summary.units]
    return "\n".join(lines) + "\n"


def numbers_of(document: Document) -> set[int]:
    """Every number that its public reads, in 分, as if it were 万元 and as if it were 元."""
    words: list[str] = []
    for block in document.blocks:
        if isinstance(block, TableBlock):
            words += (text for row in block.rows for text in row.texts)
        elif isinstance(block, Paragraph):
            words.append(block.text)
    found = re.findall(r"\d[\d,]*(?:\.\d\d?)?", "\n".join(words))
    hundredths = [int(whole.replace(",", "")) * 100 + int(f"{cents}00"[:2]) for whole, _, cents in cut(found)]
    return {0, *hundredths, *(number * 10_000 for number in hundredths)}


def rounded(cents: int) -> int:
    """To the cents of 万元: a Book in 元 may print sentences in 万元."""
    return (cents + 5_000) // 10_000 * 10_000


def cut(numbers: Iterable[str]) -> Iterable[tuple[str, str, str]]:
    return (number.partition(".") for number in numbers)


@examples(60)
@given(inputs=departments())
def test_every_way_to_split_comes_to_the_total(inputs: Inputs) -> None:
    for scale in Scale:
        profile = yibin(scale)
        whole, _ = edition_of(inputs, profile)
        book, _ = derive(whole, profile)
        summary = summary_of(Counted((), {}, (), (), profile, whole, book))
        total = next(one for one in summary.amounts if one.kind == "总计")
        assert book.ledger is not None and total.now == cents_of(total_of(book.ledger.lines, scale))
        for kind in ("资金来源", "功能类", "支出类别"):
            assert sum(one.now for one in summary.amounts if one.kind == kind) == total.now, kind
        assert sum(one.cents for one in summary.units) == total.now
        of_projects = [one.now for one in summary.amounts if one.code == "项目支出"]
        assert sum(one.cents for one in summary.projects) == sum(of_projects)
        if whole.prior_ledger is not None:
            for kind in ("资金来源", "功能类", "支出类别"):
                assert sum(one.before or 0 for one in summary.amounts if one.kind == kind) == total.before, kind


def test_a_run_without_numbers_has_none() -> None:
    assert summary_of(Stopped((), {})) == Summary()


@pytest.mark.no_cover
def test_a_long_ledger_costs_little(run_2022: Run) -> None:
    """5,000 lines within 20 ms of processor time (measured: 3 ms)."""
    ledger = run_2022.book.ledger
    assert ledger is not None
    book = run_2022.book._replace(ledger=ledger._replace(lines=ledger.lines * 135))
    start = time.process_time()
    summary_of(run_2022._replace(book=book))
    assert time.process_time() - start < 0.02

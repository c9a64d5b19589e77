"""What holds of every department, whatever is in its ledger: sums, shares, changes, order, reading back.

Each expectation is worked out here, from the ledger or from the printed cells, and not by the code that printed them.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from generator.compose.context import Context
from generator.compose.document import compose
from generator.compose.formats import Formats
from generator.derive.book import derive
from generator.derive.changes import compare
from generator.derive.cube import ColumnSums, Lines, build_cube
from generator.derive.rescale import rescale
from generator.load.department import load_department
from generator.model.book import Book, Grid, GridRow
from generator.model.department import Inputs
from generator.model.document import Document, Heading, Paragraph, TableBlock
from generator.model.figure import Fact, Figure
from generator.model.ledger import APPROPRIATIONS, DIMENSIONS, Filter, LedgerLine
from generator.model.money import CENT, Money, Scale
from generator.model.problem import has_errors
from generator.model.profile import TEMPLATE_WORDS
from generator.model.remember import Remember, anew
from generator.model.source import Position
from generator.model.table_spec import AmountColumn, Column, ColumnGroup, leaves
from generator.render.docx.render import render_docx
from tests import docx_reading
from tests.departments import departments, real, with_amounts, write, yibin
from tests.made_up import KEPT, examples

ZERO = Decimal(0)
SPENDING = ("03-expenditure", "05-general-expenditure", "09-government-funds", "10-state-capital")
PIVOTS = ("02-income", *SPENDING, "06-general-basic", "07-economic", "11-projects", "13-project-performance")


def book_of(inputs: Inputs, scale: Scale = Scale.WAN) -> Book:
    book, problems = derive(inputs, yibin(scale))
    assert not problems
    return book


def document_of(inputs: Inputs, scale: Scale = Scale.WAN, remember: Remember = KEPT) -> Document:
    document, problems = compose(inputs, book_of(inputs, scale), yibin(scale), remember)
    found = [problem for problem in problems if problem.code != "D066"]  # a person would have to say why
    assert not has_errors(found), found
    return document


def blocks_of(document: Document) -> dict[str, TableBlock]:
    return {block.key: block for block in document.blocks if isinstance(block, TableBlock)}


def printed(document: Document) -> list[object]:
    """All that a reader sees, without the figures behind it."""
    seen: list[object] = [document.title, document.file_name, document.furniture, document.entries]
    for block in document.blocks:
        match block:
            case Paragraph():
                seen.append(block.text)
            case TableBlock():
                rows = [(row.texts, row.spans, row.joined, row.alignments) for row in block.rows]
                seen += [block._replace(rows=()), rows]
            case Heading():
                seen.append(block)
    return seen


def with_lines(inputs: Inputs, lines: Sequence[LedgerLine]) -> Inputs:
    return inputs._replace(ledger=inputs.ledger._replace(lines=tuple(lines)))


def number(text: str) -> Decimal:
    return Decimal(text or 0)


def total(amounts: Iterator[Decimal] | Sequence[Decimal]) -> Decimal:
    return sum(amounts, ZERO)


def plain(lines: Sequence[LedgerLine], meets: Callable[[LedgerLine], bool] = lambda line: True) -> Decimal:
    return total([line.money.amount for line in lines if meets(line)])


def amount(figure: Figure | None) -> Decimal:
    return figure.money.amount if figure else ZERO


FIELDS = {
    "单位": "agency", "功能科目": "function", "部门经济": "department_economic", "政府经济": "government_economic",
    "资金": "fund", "来源": "origin", "年度": "period", "类别": "kind", "经费": "use", "项目类型": "project_kind",
    "项目": "project",
}  # fmt: skip


def selects(wanted: Filter, line: LedgerLine) -> bool:
    """What a filter means, said once more: codes by their beginning, words as they are."""
    for name, values in wanted.terms:
        value = getattr(line, FIELDS[name])
        coded = name in ("单位", "功能科目", "部门经济", "政府经济")
        if not any(value[: len(item)] == item if coded else value == item for item in values):
            return False
    return True


# ---- tables foot ----


class Row(NamedTuple):
    """A printed row: what it stands for, and its numbers by column."""

    kind: str
    numbers: tuple[Decimal, ...]


def kind_of(key: str, texts: Sequence[str], inputs: Inputs, index: int) -> str:
    """合计, 部门, 单位 or 明细; a row that carries on a project's indicators is 续."""
    code = {"02-income": 0, "07-economic": 0, "11-projects": 1, "13-project-performance": 0}.get(key, 3)
    department = inputs.department
    if key == "06-general-basic" or not index and key == "11-projects":
        return "明细" if index else "合计"
    if key == "02-income" and texts[0] in department.agencies:
        return "明细"
    if key == "13-project-performance" and not texts[0] and not texts[1].endswith("资金合计"):
        return "续"
    detail = {"07-economic": texts[1], "13-project-performance": texts[0] in department.projects}.get(key, texts[0])
    if texts[code] == department.code:
        return "部门"
    if texts[code] in department.agencies:
        return "单位"
    return "明细" if detail else "合计"


def rows_of(block: TableBlock, inputs: Inputs) -> list[Row]:
    found = []
    for index, row in enumerate(block.rows):
        numbers = [number(text) for text, kind in zip(row.texts, block.alignments, strict=True) if kind == "r"]
        found.append(Row(kind_of(block.key, row.texts, inputs, index), tuple(numbers)))
    return found


def assert_rows_foot(rows: Sequence[Row], where: str) -> None:
    """All rows of a kind make the same sums, and each 单位 is the sum of what stands below it."""
    kinds = {row.kind for row in rows} - {"续"}
    sums = {
        kind: [total(column) for column in zip(*(row.numbers for row in rows if row.kind == kind), strict=True)]
        for kind in kinds
    }
    assert all(found == sums["合计"] for found in sums.values()), where
    assert "明细" in kinds or not any(sums.get("合计", ())), where
    for agency, below in agencies_of(rows):
        assert list(agency.numbers) == [total(column) for column in zip(*(row.numbers for row in below), strict=True)]


def agencies_of(rows: Sequence[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """Each 单位 row with the detail rows below it."""
    for index, row in enumerate(rows):
        if row.kind == "单位":
            ends = (place for place in range(index + 1, len(rows)) if rows[place].kind in ("单位", "合计"))
            yield row, list(rows[index + 1 : next(ends, len(rows))])


def check_columns(columns: Sequence[Column], values: Mapping[int, Decimal], start: int, where: str) -> Decimal:
    """A column called 合计, 小计… is the sum of its neighbours and the groups beside it; the group's value."""
    whole, parts, place = None, [], start
    for column in columns:
        if isinstance(column, ColumnGroup):
            if any(isinstance(leaf, AmountColumn) for leaf in leaves(column.columns)):
                parts.append(check_columns(column.columns, values, place, f"{where}/{column.label}"))
            place += len(leaves(column.columns))
            continue
        if isinstance(column, AmountColumn) and not column.label.startswith("其中"):
            if whole is None and column.label.endswith(("计", "总额")):
                whole = values[place]
            else:
                parts.append(values[place])
        place += 1
    if whole is not None and parts:
        assert whole == total(parts), where
    return whole if whole is not None else total(parts)


def assert_foots(block: TableBlock, grid: Grid, inputs: Inputs) -> None:
    assert_rows_foot(rows_of(block, inputs), block.key)
    (panel,) = grid.spec.panels
    for row in block.rows:
        numbers = {
            index: number(text)
            for index, (text, kind) in enumerate(zip(row.texts, block.alignments, strict=True))
            if kind == "r"
        }
        check_columns(panel.columns, numbers, 0, block.key)


@examples(25)
@given(departments())
def test_every_pivot_foots_as_printed(inputs: Inputs) -> None:
    blocks, book = blocks_of(document_of(inputs)), book_of(inputs)
    for key in PIVOTS:
        assert_foots(blocks[key], book.grids[key], inputs)


def cell(block: TableBlock, label: str, column: int, at: int) -> Decimal:
    """The number in the row whose ``at`` cell ends with this label."""
    (row,) = [row for row in block.rows if re.sub(r"^（?[一二三四五六七八九十]+[、）]", "", row.texts[at]) == label]
    return number(row.texts[column])


@examples(25)
@given(departments())
def test_the_balanced_tables_balance_and_agree_with_all_others(inputs: Inputs) -> None:
    """收入总计 = 支出总计, their parts make them, and every table that shows the whole shows the same whole."""
    blocks, lines = blocks_of(document_of(inputs)), inputs.ledger.lines
    one, four = blocks["01-income-expenditure"], blocks["04-appropriation"]
    whole = cell(one, "收入总计", 1, 0)
    assert whole == plain(lines) == cell(one, "支出总计", 3, 2) == cell(one, "本年支出合计", 3, 2)
    assert whole == cell(one, "本年收入合计", 1, 0) + cell(one, "上年结转结余", 1, 0)
    numbered = [row for row in one.rows if re.match(r"[一二三四五六七八九十]+、", row.texts[0])]
    assert cell(one, "本年收入合计", 1, 0) == total([number(row.texts[1]) for row in numbered])
    functions = [row for row in one.rows if re.match(r"[一二三四五六七八九十]+、", row.texts[2])]
    assert whole == total([number(row.texts[3]) for row in functions])
    appropriated = plain(lines, lambda line: line.fund in APPROPRIATIONS)
    assert appropriated == cell(four, "收入合计", 1, 0) == cell(four, "支出合计", 3, 2) == cell(four, "本年支出", 3, 2)
    assert appropriated == cell(four, "本年收入", 1, 0) + cell(four, "上年结转", 1, 0)
    listed = [row for row in four.rows if re.match(r"（[一二三四五六七八九十]+）", row.texts[2])]
    for column in range(3, 8):
        assert total([number(row.texts[column]) for row in listed]) == cell(four, "支出合计", column, 2)
    for key in ("02-income", "03-expenditure", "07-economic"):
        assert rows_of(blocks[key], inputs)[0].numbers[0] == whole, key
    performance = [number(row.texts[-1]) for row in blocks["12-overall-performance"].rows if row.alignments[-1:] == "r"]
    assert performance[0] == whole == total(performance[1:4]) == total(performance[4:6])
    for key, fund in zip(SPENDING[1:], APPROPRIATIONS, strict=True):
        assert rows_of(blocks[key], inputs)[0].numbers[0] == plain(lines, lambda line, fund=fund: line.fund == fund)  # type: ignore[misc]


# ---- every line once ----


def is_detail(grid: Grid, row: GridRow, inputs: Inputs, index: int) -> bool:
    return kind_of(grid.spec.key, row.texts, inputs, index) == "明细"


@examples(25)
@given(departments())
def test_every_line_stands_in_exactly_one_detail_row(inputs: Inputs) -> None:
    book = book_of(inputs)
    for key in PIVOTS:
        grid = book.grids[key]
        columns = leaves(grid.spec.panels[0].columns)
        whole = next(i for i, column in enumerate(columns) if isinstance(column, AmountColumn))
        found = Counter(
            line.position
            for index, row in enumerate(grid.rows)
            if is_detail(grid, row, inputs, index) and (figure := row.figures[whole])
            for line in figure.lines
        )
        wanted = Counter(line.position for line in inputs.ledger.lines if selects(grid.spec.filter, line))
        assert found == wanted, key


@examples(25)
@given(departments())
def test_every_cell_is_the_plain_sum_of_its_lines_and_of_its_column(inputs: Inputs) -> None:
    """A figure's amount is that of its lines, and its lines are of its column: none twice, none foreign."""
    for grid in book_of(inputs).grids.values():
        columns = [column for panel in grid.spec.panels for column in leaves(panel.columns)]
        for row in grid.rows:
            for column, figure in zip(columns, row.figures, strict=False):
                if figure is None or not isinstance(column, AmountColumn):
                    continue
                places = [line.position for line in figure.lines]
                assert len(places) == len(set(places))
                assert amount(figure) == plain(figure.lines)
                assert all(selects(column.filter, line) and selects(grid.spec.filter, line) for line in figure.lines)


@examples(12)
@given(departments())
def test_a_codes_names_are_the_classifications(inputs: Inputs) -> None:
    """A detail row's code and name are those of the lines it adds up."""
    names = inputs.classification
    for row in book_of(inputs).grids["07-economic"].rows:
        if row.texts[1]:
            line = next(figure for figure in row.figures if figure).lines[0]
            assert row.texts[0] + row.texts[1] == line.department_economic
            assert row.texts[2] == names.department_economic[line.department_economic]
            assert row.texts[3] + row.texts[4] == line.government_economic
            assert row.texts[5] == names.government_economic[line.government_economic]
    for row in book_of(inputs).grids["03-expenditure"].rows:
        if row.texts[0]:
            line = next(figure for figure in row.figures if figure).lines[0]
            assert "".join(row.texts[:3]) == line.function and row.texts[4] == names.function[line.function]


@examples(25)
@given(departments())
def test_rows_stand_in_the_order_they_were_entered(inputs: Inputs) -> None:
    """录入: by first appearance when the ledger is walked by 功能科目."""
    walked = sorted(inputs.ledger.lines, key=lambda line: line.function)
    book = book_of(inputs)
    wanted = [
        line.department_economic + line.government_economic
        for line in walked
        if line.fund == APPROPRIATIONS[0] and not line.project
    ]
    found = [row.texts[0] + row.texts[2] for row in book.grids["06-general-basic"].rows[1:]]
    assert found == list(dict.fromkeys(wanted))
    for agency in inputs.department.agencies:
        codes = [line.department_economic + line.government_economic for line in walked if line.agency == agency]
        assert below(book.grids["07-economic"], 0, agency, (0, 1, 3, 4)) == list(dict.fromkeys(codes))
        projects = {line.project: line.project_kind for line in walked if line.agency == agency and line.project}
        names = [inputs.department.projects[code].name for code in sorted(projects, key=projects.__getitem__)]
        assert below(book.grids["11-projects"], 1, agency, (1,)) == names


def below(grid: Grid, column: int, agency: str, shown: Sequence[int]) -> list[str]:
    """The detail rows under an agency's row, as text."""
    places = [place for place, row in enumerate(grid.rows) if row.texts[column] == agency]
    found = []
    for row in grid.rows[places[0] + 1 :] if places else ():
        if row.texts[column].startswith("0270"):
            break
        found.append("".join(row.texts[index] for index in shown))
    return found


# ---- what must not matter ----


def amounts_of(book: Book) -> object:
    """Every amount by what it is called; rows without their order, which follows that of the ledger."""
    grids = {
        key: Counter((row.texts, tuple(map(amount, row.figures))) for row in grid.rows)
        for key, grid in book.grids.items()
        if not grid.spec.key.startswith("13")  # its indicator rows belong to the row above
    }
    figures = {name: amount(figure) for name, figure in book.figures.items()}
    shares = {key: share.percent for key, share in book.shares.items()}
    changes = {key: (change.delta, change.rate) for key, change in book.changes.items()}
    return grids, figures, shares, changes


@examples(25)
@given(departments(), st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_amount(inputs: Inputs, chance: random.Random) -> None:
    lines = list(inputs.ledger.lines)
    chance.shuffle(lines)
    shuffled = with_lines(inputs, lines)
    assert amounts_of(book_of(shuffled)) == amounts_of(book_of(inputs))


@examples(12)
@given(departments(), st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_page_of_the_sorted_tables(inputs: Inputs, chance: random.Random) -> None:
    """Tables in order of codes don't follow the ledger's order at all."""
    lines = list(inputs.ledger.lines)
    chance.shuffle(lines)
    one, other = blocks_of(document_of(inputs)), blocks_of(document_of(with_lines(inputs, lines)))
    for key in ("01-income-expenditure", "02-income", *SPENDING, "04-appropriation", "08-three-public"):
        assert [row.texts for row in one[key].rows] == [row.texts for row in other[key].rows], key


@examples(15)
@given(departments(), st.data())
def test_a_line_split_in_two_changes_no_word(inputs: Inputs, data: st.DataObject) -> None:
    lines = list(inputs.ledger.lines)
    if not lines:
        return
    place = data.draw(st.integers(0, len(lines) - 1))
    line = lines[place]
    part = Decimal(data.draw(st.integers(0, int(line.money.amount * 100)))).scaleb(-2)
    halves = [
        line._replace(money=line.money._replace(amount=piece), position=Position("split", index, 1))
        for index, piece in enumerate((part, line.money.amount - part))
    ]
    split = with_lines(inputs, [*lines[:place], *halves, *lines[place + 1 :]])
    assert printed(document_of(split)) == printed(document_of(inputs))


@examples(25)
@given(departments(), st.integers(2, 97))
def test_all_amounts_times_k(inputs: Inputs, factor: int) -> None:
    more = with_amounts(inputs, lambda money: Money(money.amount * factor, money.scale))
    one, other = book_of(inputs), book_of(more)
    for name, figure in one.figures.items():
        assert amount(other.figures[name]) == amount(figure) * factor
    for key, grid in one.grids.items():
        for row, bigger in zip(grid.rows, other.grids[key].rows, strict=True):
            assert [amount(figure) for figure in bigger.figures] == [amount(figure) * factor for figure in row.figures]
    for pair, share in one.shares.items():
        assert other.shares[pair].percent == share.percent
    for name, change in one.changes.items():
        assert other.changes[name].delta.amount == change.delta.amount * factor
        assert other.changes[name].rate == change.rate


@examples(12)
@given(departments(), st.integers(0, 20))
def test_figures_of_two_halves_add_up(inputs: Inputs, place: int) -> None:
    """Any cut of the ledger in two: every figure of the whole is the sum of the halves' figures."""
    lines = inputs.ledger.lines
    one, other = (book_of(with_lines(inputs, part)) for part in (lines[:place], lines[place:]))
    for name, figure in book_of(inputs).figures.items():
        assert amount(figure) == amount(one.figures[name]) + amount(other.figures[name])


# ---- 元 to 万元 ----


@examples(25)
@given(departments(scale=Scale.YUAN))
def test_yuan_into_wan(inputs: Inputs) -> None:
    """The total is the true one rounded, no leaf moves by a cent, and all tables still foot."""
    cut = rescale(inputs.ledger, Scale.WAN)
    true = Fraction(plain(inputs.ledger.lines)) / 10_000
    assert plain(cut.lines) == half_up(true)
    for before, after in zip(inputs.ledger.lines, cut.lines, strict=True):
        assert abs(Fraction(after.money.amount) - Fraction(before.money.amount) / 10_000) < Fraction(1, 100)
        assert after.money.amount == after.money.amount.quantize(CENT)
        assert after._replace(money=before.money) == before
    blocks, book = blocks_of(document_of(inputs)), book_of(inputs)
    for key in PIVOTS:
        assert_foots(blocks[key], book.grids[key], inputs)


@examples(12)
@given(departments())
def test_wan_into_yuan_and_back_is_exact(inputs: Inputs) -> None:
    there = rescale(inputs.ledger, Scale.YUAN)
    assert [line.money.amount for line in there.lines] == [line.money.amount * 10_000 for line in inputs.ledger.lines]
    assert [line.money.amount for line in rescale(there, Scale.WAN).lines] == [
        line.money.amount for line in inputs.ledger.lines
    ]


@examples(25)
@given(departments(), st.sampled_from(list(Scale)))
def test_an_amount_reads_the_same_in_prose_and_table_units(inputs: Inputs, scale: Scale) -> None:
    """Every amount in prose is its figure's, half-up in the prose unit, whatever the unit of the tables."""
    for block in document_of(inputs, scale).blocks:
        for run in block.runs if isinstance(block, Paragraph) else ():
            if isinstance(run.figure, Figure):
                wan = Fraction(plain(run.figure.lines) if run.figure.lines else 0) / (
                    1 if scale is Scale.WAN else 10_000
                )
                if run.figure.key:
                    assert number(run.text.removesuffix("万元")) == half_up(wan), run.text


# ---- shares and changes ----


def half_up(value: Fraction) -> Decimal:
    """A fraction to two places, ties away from zero: integers only."""
    cents, sign = abs(value) * 100, -1 if value < 0 else 1
    whole = (2 * cents.numerator + cents.denominator) // (2 * cents.denominator)
    return Decimal(sign * whole).scaleb(-2)


@examples(60)
@given(departments())
def test_shares_of_a_composition_make_a_hundred_or_nothing(inputs: Inputs) -> None:
    book = book_of(inputs)
    for composition in yibin().compositions:
        whole = book.figures[composition.whole]
        percents = [book.shares[part, composition.whole].percent for part in composition.parts]
        if not whole.money:
            assert percents == [None] * len(percents)
            continue
        exact = [Fraction(amount(book.figures[part])) * 100 / Fraction(amount(whole)) for part in composition.parts]
        for percent, true in zip(percents, exact, strict=True):
            assert percent is not None and abs(Fraction(percent) - true) < Fraction(1, 100)
        if total([amount(book.figures[part]) for part in composition.parts]) == amount(whole):
            assert total([percent for percent in percents if percent is not None]) == 100


@examples(25)
@given(departments())
def test_a_change_is_this_year_less_last_year(inputs: Inputs) -> None:
    book = book_of(inputs)
    filters = {spec.name: spec.filter for spec in yibin().figures}
    for name, change in book.changes.items():
        wanted = filters[name]
        now = plain([line for line in inputs.ledger.lines if selects(wanted, line)])
        before = change.prior_money.amount
        if inputs.prior_ledger is not None:
            assert before == plain([line for line in inputs.prior_ledger.lines if selects(wanted, line)])
        elif name in inputs.department.prior:
            assert inputs.department.prior[name].value == change.prior_money
        assert amount(change.current) == now and change.delta.amount == now - before
        if before:
            assert change.rate == half_up(Fraction(abs(now - before)) * 100 / Fraction(before))
        else:
            assert change.rate is None
        assert (change.draft is None) == (now == before or name in inputs.department.reasons)
        if change.draft is not None and change.draft.basis == "上年台账" and not change.draft.others:
            told = total([mover.delta.amount for mover in change.draft.movers])
            assert abs(now - before - told) * 5 <= abs(now - before)


@examples(100)
@given(st.integers(0, 5000), st.sampled_from((8, 16, 160, 800, 4000)))
def test_a_rate_is_rounded_half_up(now: int, before: int) -> None:
    """Bases by which many a rate ends in exactly half of its last place."""
    current = Figure(Money(Decimal(now).scaleb(-2)), (), "总计")
    change = compare(current, Fact("总计", Money(Decimal(before).scaleb(-2)), None), real())
    assert change.rate == half_up(Fraction(abs(now - before) * 100, before))


# ---- reading and writing ----


def bare(value: object) -> object:
    """A noun without its places."""
    if isinstance(value, Position):
        return None
    if isinstance(value, Mapping):
        return [(key, bare(item)) for key, item in value.items()]
    if isinstance(value, tuple):
        return [type(value).__name__, *map(bare, value)]
    return value


@examples(25)
@given(departments(), st.sampled_from(list(Scale)))
def test_what_is_written_as_yaml_is_read_as_it_was(inputs: Inputs, scale: Scale) -> None:
    inputs = with_amounts(inputs, lambda money: Money(money.amount, scale))._replace(prior_ledger=None)
    with tempfile.TemporaryDirectory() as folder:
        write(inputs, Path(folder) / "2022")
        read, problems, _ = load_department(Path(folder), 2022, yibin())
        again, _, _ = load_department(Path(folder), 2022, yibin())
    assert read is not None and not problems, problems
    assert read == again
    assert bare(read.ledger) == bare(inputs.ledger)
    for name, value in read.department._asdict().items():
        wanted = getattr(inputs.department, name)
        assert name == "passages" or bare(value) == bare(wanted), name  # the same words once more, with places
    assert printed(document_of(read)) == printed(document_of(inputs))


@examples(20)
@given(departments())
def test_the_docx_holds_every_cell_and_paragraph(inputs: Inputs) -> None:
    document = document_of(inputs)
    data = render_docx(document, yibin().master).data
    tables, blocks = docx_reading.tables(data), blocks_of(document)
    assert list(tables) == [block.caption for block in blocks.values()] and len(tables) == 13
    for block in blocks.values():
        rows = docx_reading.rows_of(tables[block.caption])
        assert len(rows) == len(block.rows), block.key
        above: list[str] = [""] * len(block.alignments)
        for found, row in zip(rows, block.rows, strict=True):
            joined = row.joined or (False,) * len(row.texts)
            for place, (text, wanted, continues) in enumerate(zip(found, row.texts, joined, strict=True)):
                if continues:  # empty, or the text again where a page begins
                    assert text in ("", above[place]), block.key
                else:
                    assert text == wanted, block.key
                    above[place] = text
        heads = docx_reading.rows_of(tables[block.caption], header=True)
        assert sorted(text for row in heads for text in row if text) == sorted(item.text for item in block.header)
    words = [text for style, text in docx_reading.paragraphs(data) if style == "BodyGW"]
    assert words == [block.text for block in document.blocks if isinstance(block, Paragraph)]
    pages = [
        int(text.rpartition("\t")[2])
        for style, text in docx_reading.paragraphs(data)
        if style.startswith("Contents") and "\t" in text
    ]
    assert pages == sorted(pages) and len(pages) == len(document.entries)


@examples(10)
@given(departments())
def test_the_same_inputs_make_the_same_bytes(inputs: Inputs) -> None:
    one = render_docx(document_of(inputs), yibin().master).data
    other = render_docx(document_of(inputs, remember=anew), yibin().master).data
    assert one == other


# ---- filters ----


TERMS = st.one_of(
    *(
        st.tuples(st.just(name), st.lists(st.sampled_from(allowed), min_size=1, max_size=3).map(tuple))
        for name, allowed in ((row.name, row.choices) for row in DIMENSIONS.values() if row.values)
    ),
    st.tuples(
        st.just("功能科目"), st.lists(st.sampled_from(["208", "20801", "21", "2210", "229"]), min_size=1).map(tuple)
    ),
    st.tuples(st.just("部门经济"), st.lists(st.sampled_from(["30", "301", "302", "30217"]), min_size=1).map(tuple)),
)
FILTERS = st.lists(TERMS, max_size=3, unique_by=lambda term: term[0]).map(lambda terms: Filter(tuple(terms)))


@examples(25)
@given(departments(), FILTERS, FILTERS)
def test_column_and_row_filters_commute(inputs: Inputs, column: Filter, row: Filter) -> None:
    """Rows first or columns first, or both in one filter, or line by line: the same lines."""
    lines = inputs.ledger.lines
    cube = build_cube(Lines(inputs.ledger, lines), [column, row])

    def crossed(first: Filter, then: Filter) -> Figure | None:
        chosen = [bucket for bucket in cube.buckets if first.accepts(bucket.values)]
        return ColumnSums([then], Scale.WAN).row(chosen)[0]

    one, other = crossed(row, column), crossed(column, row)
    wanted = [line.position for line in lines if selects(column, line) and selects(row, line)]
    for figure in (one, other):
        assert sorted(line.position for line in (figure.lines if figure else ())) == sorted(wanted)
    assert amount(one) == amount(other) == plain([line for line in lines if line.position in wanted])
    both = Filter((*column.terms, *row.terms))
    assert [line.position for line in inputs.ledger.selected(both)] == wanted


@examples(12)
@given(departments(), FILTERS)
def test_a_wider_filter_never_selects_less(inputs: Inputs, wanted: Filter) -> None:
    chosen = {line.position for line in inputs.ledger.selected(wanted)}
    assert chosen == {line.position for line in inputs.ledger.lines if selects(wanted, line)}
    for place in range(len(wanted.terms)):
        wider = Filter(wanted.terms[:place] + wanted.terms[place + 1 :])
        assert chosen <= {line.position for line in inputs.ledger.selected(wider)}


def test_the_words_of_templates_are_reserved() -> None:
    """A profile's figure may not take the name of what every template is given."""
    book, profile = book_of(real()), yibin()
    named = set(Context(real(), profile, book, Formats(profile.conventions)).values())
    own = {name.split(".")[0] for name in (*book.figures, *book.facts, *profile.facts)}
    assert named - own == TEMPLATE_WORDS - {"range", "loop", "题", "表名", "表号"}

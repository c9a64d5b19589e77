"""Every format that a document can be written as says the document's words and numbers, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openxml_audit import OpenXmlValidator

from generator.model.document import ChartBlock, Document, Heading, Paragraph, TableBlock
from generator.render.width import lines_of
from generator.render.xlsx.totals import formulas_of
from generator.work.formats import FORMATS
from generator.work.stages import Finished
from tests.conftest import ROOT
from tests.runs import Run, Unread, run

EXAMPLES = (
    ("data", "yibin", 2022),
    ("examples/beijing", "北京", 2025),
    ("examples/handbook", "通用", 2026),
    ("examples/hunan", "湖南", 2025),
    ("examples/jiangsu", "江苏", 2019),
    ("examples/shanghai", "上海", 2025),
    ("examples/shanghai-final", "上海决算", 2024),
    ("examples/sichuan", "四川", 2025),
)
KINDS = ("tests/data/kinds", "kinds", 2024)
"""A department whose tables are of all kinds: percentages, changes, three panels, words that go on below."""
SOME = [KINDS, *(pytest.param(*one, marks=pytest.mark.slow) for one in EXAMPLES)]
"""In make test the one that has all kinds, in CI all places."""
_SPACES = re.compile(r"[ \u3000\t]+")


Made = Run | Unread


def made(folder: str, profile: str, year: int) -> Run:
    profiles = ROOT / ("tests/profiles" if profile == "kinds" else "templates")
    done = run(ROOT / folder, profiles, profile, year)
    assert isinstance(done, Finished)
    return done


def words(text: str) -> str:
    """A text as it is told: where it breaks, and how far its words stand apart, is the format's."""
    return _SPACES.sub("", text.replace("\n", ""))


def all_words(document: Document, of_table: Callable[[TableBlock], Iterable[str]]) -> list[str]:
    """The cover, the contents, every line of prose and what is asked of each table, in the document's order."""
    cover = dict.fromkeys(text for _, text in document.furniture if text and text != document.title)
    found = [document.title, *cover, document.contents_title, *(entry.text for entry in document.entries)]
    for block in document.blocks:
        match block:
            case Heading():
                found.append(block.ordinal + block.title)
            case Paragraph():
                found.append(block.text)
            case ChartBlock():
                found += [f"〔图〕{block.alt}", block.caption]
            case TableBlock():
                found += [block.caption, "".join(block.headline or ()), *of_table(block), *block.notes]
    return [one for one in map(words, found) if one]


def grid_words(block: TableBlock) -> Iterator[str]:
    """A table's body row by row, its cells apart."""
    for row in block.rows:
        yield "".join(f"{text}|" for text in row.texts if text.strip())


@pytest.mark.parametrize(("folder", "profile", "year"), SOME)
def test_markdown_says_the_document(folder: str, profile: str, year: int) -> None:
    check_markdown(made(folder, profile, year))


def check_markdown(done: Made) -> None:
    text = FORMATS["md"].write(done).data.decode()
    assert markdown_words(text) == all_words(done.document, grid_words)


def markdown_words(text: str) -> list[str]:
    """What a Markdown file says, read by its marks alone: a row of a table with its cells apart, heads of tables left out."""
    found = []
    for part in re.split(r"\n\n+", text.strip()):
        lines = part.split("\n")
        if lines[0].startswith("| "):
            assert re.fullmatch(r"(\| :?-+:? )+\|", lines[1])
            assert len({len(cells(line)) for line in lines}) == 1
            found += ["".join(f"{cell}|" for cell in cells(line) if cell) for line in lines[2:]]
        elif re.match(r" *- ", lines[0]):
            found += [re.sub(r"^ *- ", "", line) for line in lines]
        else:
            found.append(re.sub(r"^#+ ", "", "\n".join(lines)))
    plain = (re.sub(r"\\([^a-z0-9\s])", r"\1", one.replace("<br>", "\n")) for one in found)
    return [one for one in map(words, plain) if one]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def test_markdown_takes_no_words_for_marks() -> None:
    """What Markdown would read as something else is marked as words."""
    from generator.render.markdown import markdown

    odd = [
        "1. 不是列表",
        "# 不是标题",
        "- 也不是",
        "a*b*c_d_ <b>x</b> [链](接) | `码` ~~删~~ \\n &amp;",
        "+ 加",
        "> 引",
    ]
    blocks = tuple(Paragraph((run_of(text),)) for text in odd)
    text = markdown(Document("题*目*", "", "目录", (), (), blocks))
    assert markdown_words(text) == [words(one) for one in ("题*目*", "目录", *odd)]
    for line in text.split("\n")[4:]:
        assert not re.match(r"(\d+[.)]|[#>+-]) ", line), line
    assert not re.search(r"(?<!\\)[*_`<|~\[]", text.replace("\\\\", ""))


def run_of(text: str) -> Any:
    from generator.model.document import Run as Stretch

    return Stretch(text)


@pytest.mark.parametrize(("folder", "profile", "year"), SOME)
def test_plain_text_says_the_document(folder: str, profile: str, year: int) -> None:
    check_plain_text(made(folder, profile, year))


def check_plain_text(done: Made) -> None:
    data = FORMATS["txt"].write(done).data
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\n") == data.count(b"\r\n")
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    assert words(text) == "".join(all_words(done.document, table_lines))
    check_columns(text, done.document)


def table_lines(block: TableBlock) -> list[str]:
    """The lines of a table as the renderer sets them; what they say is asked column by column."""
    from generator.render.plain import _table

    lines = list(_table(block))
    first = 2 if block.headline and any(block.headline) else 1
    return lines[first : len(lines) - len(block.notes)]


def check_columns(text: str, document: Document) -> None:
    """Read between the dashes' places, each body line of a plain table has its row's words in their columns."""
    from generator.render.width import width

    for block in document.blocks:
        if not isinstance(block, TableBlock):
            continue
        lines = text[text.index(f"\n{block.caption}\n") :].split("\n")
        rule = next(number for number, line in enumerate(lines) if re.fullmatch(r"-+(  -+)*", line))
        starts = [found.start() for found in re.finditer("-+", lines[rule])]
        body, read = "".join(words(text) for row in block.rows for text in row.texts), 0
        for line in lines[rule + 1 :]:
            if read == len(body):
                break
            read += len(words(line))
            for found in re.finditer(r"(?<=  )\S", line):
                assert width(line[: found.start()]) in range(starts[0], starts[-1] + 99)
        assert read == len(body), block.caption


def sheets_of(data: bytes, values: bool) -> Any:
    return load_workbook(BytesIO(data), data_only=values)


@pytest.mark.parametrize(("folder", "profile", "year"), SOME)
def test_a_workbook_holds_the_tables(folder: str, profile: str, year: int) -> None:
    check_workbook(made(folder, profile, year))


def check_workbook(done: Made) -> None:
    """Every printed cell is there once: numbers as numbers that show what is printed, all else as words. The same bytes each time."""
    blocks = [block for block in done.document.blocks if isinstance(block, TableBlock)]
    data = FORMATS["xlsx"].write(done).data
    assert data == FORMATS["xlsx"].write(done).data
    book = sheets_of(data, values=True)
    assert book.sheetnames == ["目录", *(f"表{number}" for number in range(1, len(blocks) + 1)), "台账"]
    for number, block in enumerate(blocks, 1):
        sheet = book[f"表{number}"]
        shown = [shown_as(cell) for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert shown == list(words_of_table(block)), block.caption
        assert sheet["A1"].value == block.caption
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.orientation == "landscape") == block.landscape
        if block.header_rows:
            assert sheet.print_title_rows and sheet.freeze_panes
        assert {cell for cell in map(str, sheet.merged_cells.ranges) if below(cell, sheet, block)} == merged(
            sheet, block
        )
    assert [row[1].value for row in book["目录"].iter_rows(min_row=3)] == [block.caption for block in blocks]
    assert book["目录"]["A3"].hyperlink.location == "'表1'!A1"


def first_row(sheet: Any, block: TableBlock) -> int:
    """The sheet's row of the body's first."""
    return int(sheet.max_row) - len(block.rows) - len(block.notes) + 1


def below(cell: str, sheet: Any, block: TableBlock) -> bool:
    """Whether a merged cell is one of the body's."""
    first, last = (int(number) for number in re.findall(r"\d+", cell))
    return first_row(sheet, block) <= first and last <= sheet.max_row - len(block.notes)


def merged(sheet: Any, block: TableBlock) -> set[str]:
    """The body's merged cells, as the rows say that they go on."""
    found, top = set[str](), first_row(sheet, block)
    for index, row in enumerate(block.rows):
        for place in range(len(row.texts)):
            if row.is_joined(place):
                continue
            start = sum(row.spans[:place]) if row.spans else place
            span, last = (row.spans[place] if row.spans else 1), index
            while last + 1 < len(block.rows) and block.rows[last + 1].is_joined(place):
                last += 1
            if span > 1 or last > index:
                letters = get_column_letter(start + 1), get_column_letter(start + span)
                found.add(f"{letters[0]}{top + index}:{letters[1]}{top + last}")
    return found


def words_of_table(block: TableBlock) -> Iterator[str]:
    yield from (text for text in (block.caption, *(block.headline or ())) if text)
    for row in range(block.header_rows):
        yield from (cell.text for cell in sorted(block.header, key=lambda cell: cell.column) if cell.row == row)
    for row in block.rows:
        yield from (text for place, text in enumerate(row.texts) if text and not row.is_joined(place))
    yield from block.notes


def shown_as(cell: Any) -> str:
    """A cell as a spreadsheet shows it, for the few formats that are used."""
    if isinstance(cell.value, str):
        assert cell.number_format == "@" or cell.data_type == "s"
        return cell.value
    value, pattern = Decimal(repr(cell.value)), cell.number_format
    sections = pattern.split(";")
    if not value and len(sections) > 2:
        return sections[2].strip('"')
    shape = sections[0]
    places = len(shape.rstrip("%").partition(".")[2])
    number = value * 100 if shape.endswith("%") else value
    text = f"{number:,.{places}f}" if "," in shape else f"{number:.{places}f}"
    return text + ("%" if shape.endswith("%") else "")


def test_totals_are_formulas_that_keep_our_values(run_2022: Run) -> None:
    data = FORMATS["xlsx"].write(run_2022).data
    formulas, values = sheets_of(data, values=False), sheets_of(data, values=True)
    check_codes(values["台账"], run_2022)
    spending = formulas["表3"]
    assert spending["B5"].value is None
    totals = {
        f"{sheet.title}!{cell.coordinate}": (cell.value, values[sheet.title][cell.coordinate].value)
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert len(totals) > 150
    assert totals["表3!F7"] == ("=F8", 6824.79)  # 合计 of the only department
    assert totals["表3!F8"] == ("=SUM(F9:F22)", 6824.79)
    assert totals["表3!F9"] == ("=SUM(G9,L9)", 147.71)
    for place, (formula, value) in totals.items():
        assert value is not None, place
        if not formula.startswith("=SUBTOTAL"):
            assert added_up(formulas[place.split("!")[0]], values[place.split("!")[0]], formula) == Decimal(repr(value))


def check_codes(ledger: Any, done: Run) -> None:
    """027001 keeps its zero, 410395220000000008236 its digits."""
    heads = [cell.value for cell in ledger[1]]
    first = dict(zip(heads, (cell.value for cell in ledger[2]), strict=True))
    assert first["预算单位代码"] == "027001" and re.fullmatch(r"data/2022/\w+\.yaml:\d+", first["填报位置"])
    assert len(list(ledger.iter_rows())) == len(done.inputs.ledger.lines) + 2
    assert ledger.cell(ledger.max_row, ledger.max_column).value == 6824.79


def added_up(sheet: Any, values: Any, formula: str) -> Decimal:
    """What a SUM comes to, by somebody who adds up what stands in its cells."""
    total = Decimal(0)
    for part in formula.removeprefix("=").removeprefix("SUM(").removesuffix(")").split(","):
        box = values[part]
        rows = box if isinstance(box, tuple) else ((box,),)
        total += sum(Decimal(repr(cell.value or 0)) for row in rows for cell in row)
    return total


def test_a_total_is_a_formula_only_where_it_comes_out() -> None:
    """Cells by row and column; the body begins on row 5 of the sheet."""
    ten, three = Decimal("10.00"), Decimal("3.33")
    values = {(0, 0): ten, (1, 0): three, (2, 0): three, (4, 0): Decimal("3.34"), (0, 1): ten, (0, 2): ten}
    parts = ((1, 0), (2, 0), (4, 0))
    assert formulas_of({(0, 0): (parts[:2],)}, values, frozenset(), 4) == {}
    assert formulas_of({(0, 0): (parts[:2], parts)}, values, frozenset(), 4) == {(0, 0): "=SUM(A6:A7,A9)"}
    assert formulas_of({(0, 0): (parts,)}, values, frozenset({(3, 0)}), 4) == {(0, 0): "=SUM(A6:A9)"}
    assert formulas_of({(0, 0): (((0, 1), (0, 3)),)}, values, frozenset(), 4) == {(0, 0): "=SUM(B5,D5)"}
    assert formulas_of({(0, 0): (((0, 1),),), (0, 1): (((0, 0),),)}, values, frozenset(), 4) == {(0, 0): "=B5"}
    many = {(row, 1): Decimal(row % 2) for row in range(1, 600)}
    odd = {(0, 1): (tuple(cell for cell, value in many.items() if value),)}
    assert formulas_of(odd, many | {(0, 1): Decimal(300)}, frozenset(), 0) == {}  # more ranges than SUM takes


def test_words_break_as_in_a_cell() -> None:
    assert lines_of("社会保障和就业支出", 10) == ["社会保障和", "就业支出"]
    assert lines_of("共6824.79万元", 8) == ["共", "6824.79", "万元"]
    assert lines_of("“三公”经费", 6) == ["“三公", "”经费"]
    assert lines_of("1234567890", 4) == ["1234", "5678", "90"]
    assert lines_of("一\n\n二", 8) == ["一", "", "二"]


@pytest.mark.slow
def test_lists_add_up_by_what_was_typed() -> None:
    """政府采购预算明细: the total is the sum of its groups, a group of its records."""
    book = sheets_of(FORMATS["xlsx"].write(made("examples/beijing", "北京", 2025)).data, values=False)
    formulas = {cell.coordinate: cell.value for row in book["表5"].iter_rows() for cell in row if cell.data_type == "f"}
    assert formulas == {"D4": "=SUM(D5,D7,D9)", "D5": "=D6", "D7": "=D8", "D9": "=SUM(D10:D11)"}


@pytest.mark.slow
def test_office_finds_nothing_wrong(tmp_path: Path, run_2022: Run) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(FORMATS["xlsx"].write(run_2022).data)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []

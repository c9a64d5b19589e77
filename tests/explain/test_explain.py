"""Every number of a document can say why; every typed line can say what it comes to."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from generator.cli import main
from generator.explain.answers import answer
from generator.explain.index import Index
from generator.explain.lines import answer_line
from generator.explain.printed import Made, Origin
from generator.model.department import Inputs
from generator.model.document import ChartBlock, Heading, Paragraph, TableBlock
from generator.model.explanation import Explanation, Kind, Place
from generator.model.money import Scale
from generator.render.docx.layout import lay_out
from generator.render.docx.master import open_master
from generator.render.docx.render import pages_of
from generator.render.explanation import explanations_json, explanations_text, how
from tests.conftest import ROOT, SOAK, Golden, bring
from tests.departments import departments, write
from tests.runs import Run, Unread, make, run

GOLDEN = ROOT / "tests" / "golden" / "explain"
DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|\d+(?:\.\d+)?%?")


def index_of(done: Run) -> Index:
    assert done.document and done.book and done.inputs and done.profile
    pages = pages_of(done.document, done.profile.master)
    return Index(Made(done.document, done.book, done.inputs, done.profile, pages, done.sources))


@pytest.fixture(scope="module")
def index(run_2022: Run) -> Index:
    return index_of(run_2022)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


QUESTIONS = {
    "总计": ["总计"],
    "机构运行经费": ["机构运行经费"],
    "政府采购.合计": ["政府采购.合计"],
    "一格": ["表3", "2080101", "工资福利支出"],
    "36.84": ["36.84%"],
    "89.70": ["89.70%"],
    "8.00": ["8.00"],
    "指标里的金额": ["部门预算项目绩效目标表", "运转经费", "成本指标", "指标值"],
    "一行": ["--line", "data/2022/basic.yaml:12"],
    "上年数的一行": ["--line", "data/2022/prior.yaml:4"],
    "原因的一行": ["--line", "data/2022/narrative.yaml:6"],
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_answers(here: None, capsys: pytest.CaptureFixture[str], golden: Golden, name: str) -> None:
    assert main(["explain", "2022", *QUESTIONS[name]]) == 0
    golden(GOLDEN / f"{name}.txt", capsys.readouterr().out)


def printed_numbers(done: Run) -> Counter[tuple[int, str]]:
    """Table number (0: prose) and digits of all the document prints, without the program under test."""
    assert done.document
    texts: list[tuple[int, str]] = []
    table = 0
    for block in done.document.blocks:
        match block:
            case Heading():
                texts.append((0, block.title))
            case Paragraph():
                texts.append((0, block.text))
            case ChartBlock():
                labels = [text for series in block.series for text in (series.name, *series.texts)]
                texts += [(0, text) for text in (block.caption, *block.categories, *labels)]
            case TableBlock():
                table += 1
                header = dict.fromkeys(cell.text for cell in block.header)
                texts += [(table, text) for row in block.rows for text in row.texts]
                texts += [(table, text) for text in (block.caption, *(block.headline or ()), *header, *block.notes)]
    return Counter((table, number) for table, text in texts for number in DIGITS.findall(text))


def test_every_number_of_the_document_is_explained(index: Index, run_2022: Run) -> None:
    """Numbers are counted from the document's own text, so that none is missed by the walk that answers."""
    printed = printed_numbers(run_2022)
    walked = Counter((number.printed.place.table, number.text) for number in index.numbers if number.printed.place.page)
    assert walked == printed and printed.total() > 850
    for number in {number for _, number in printed}:
        told = answer(index, number)
        assert told, number
        for item in told:
            assert item.name and how(item) and item.places, (number, item)


def test_every_number_of_the_charts_is_explained(charted: Run) -> None:
    """Captions and labels: an amount is the sum over the lines it is drawn from, a difference names both years."""
    index = index_of(charted)
    printed = printed_numbers(charted)
    assert (
        Counter((item.printed.place.table, item.text) for item in index.numbers if item.printed.place.page) == printed
    )
    labels = [item for item in index.numbers if item.printed.place.title == "预算图示"]
    kinds = Counter(index.tell(item)[1].kind for item in labels)
    assert kinds == {Kind.SUM: 6, Kind.DIFFERENCE: 4, Kind.YEAR: 1}
    for item in labels:
        [told] = [
            told for told in answer(index, item.text) if item.printed.place in told.places or told.kind is Kind.YEAR
        ]
        assert told.name and how(told) and told.places
        if told.kind is Kind.SUM:
            assert sum(typed.money.amount for typed in told.typed if typed.money) == Decimal(item.text)
    [moved] = answer(index, "3981.15")
    assert [place.text for place in moved.places if place.title == "预算图示"] == ["总计 -3981.15"]
    assert moved.kind is Kind.DIFFERENCE and moved.name == "总计比上年减少"
    assert any(place.title == "预算图示" for told in answer(index, "8.00万元") for place in told.places)


def test_a_line_reaches_the_charts(charted: Run) -> None:
    line = next(line for line in charted.inputs.ledger.lines if line.money.amount == Decimal("3.99"))  # type: ignore[union-attr]
    told = answer_line(index_of(charted), str(line.position).rsplit(":", 1)[0])
    shown = {place.text for item in told.related for place in item.places if place.title == "预算图示"}
    assert {
        "一般公共预算 6816.79",
        "社会保障和就业支出 4188.38",
        "总计 -3981.15",
    } <= shown and "其他支出 8.00" not in shown


def test_each_printed_place_says_what_it_is(index: Index) -> None:
    """By its place: amounts are sums, percentages of prose shares or rates, the rest words, codes, years, ordinals."""
    kinds: dict[Kind, int] = {}
    for number in index.numbers:
        _, told = index.tell(number)
        kinds[told.kind] = kinds.get(told.kind, 0) + 1
        if number.printed.origin is Origin.AMOUNT:
            assert told.kind in (Kind.SUM, Kind.NOTHING), number
        if number.printed.numeric is not None:
            assert told.kind in (Kind.SUM, Kind.SHARE, Kind.DIFFERENCE, Kind.RATE, Kind.FACT, Kind.TOTAL), number
        if told.kind is Kind.OWN:
            assert all(item.position.line and item.position.column for item in told.typed), number
            assert len(told.typed) == 1, (number.text, told.name)
        if told.kind is Kind.FORMAT:
            assert told.typed[0].position.line, (number.text, number.printed.text)
    assert set(kinds) >= {Kind.SUM, Kind.SHARE, Kind.RATE, Kind.DIFFERENCE, Kind.OWN, Kind.CODE, Kind.FACT, Kind.TOTAL}


def test_own_words_stand_where_it_says(index: Index, run_2022: Run) -> None:
    """The file has the very digits at line and column."""
    seen = 0
    for number in index.numbers:
        _, told = index.tell(number)
        if told.kind is Kind.OWN:
            position = told.typed[0].position
            line = (ROOT / position.file).read_text(encoding="utf-8").split("\n")[position.line - 1]
            assert line[position.column - 1 :].startswith(number.text), (number.text, position)
            seen += 1
    assert seen > 80


def test_sums_add_up(index: Index) -> None:
    """What is listed is what is printed."""
    for number in index.numbers:
        _, told = index.tell(number)
        if told.kind is Kind.SUM:
            assert sum(item.money.amount for item in told.typed if item.money) == told.value.amount, number  # type: ignore[union-attr]


def reached(told: Explanation) -> list[Place]:
    return [place for item in told.related for place in item.places]


def test_every_ledger_line_reaches_the_expenditure_table(index: Index) -> None:
    lines = index.made.inputs.ledger.lines
    assert len(lines) == 37
    for line in lines:
        told = answer_line(index, str(line.position))
        assert 3 in {place.table for place in reached(told)}, line


AMOUNT = re.compile(r"^\s*(?:- )?\"?[^#:]+\"?: (\d+(?:\.\d+)?)\s*(?:#.*)?$")


@pytest.mark.parametrize("name", ["basic", "projects", "prior", "narrative", "department"])
def test_every_typed_amount_is_reached(index: Index, name: str) -> None:
    text = (ROOT / "data" / "2022" / f"{name}.yaml").read_text(encoding="utf-8").split("\n")
    found = 0
    for number, line in enumerate(text, 1):
        typed = AMOUNT.match(line)
        if typed and not line.startswith("年度"):
            told = answer_line(index, f"data/2022/{name}.yaml:{number}")
            assert told.typed and told.related, line
            found += 1
    assert found >= 6


def test_a_line_of_nothing_reaches_blank_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What 0.00 goes into is printed as nothing, and told so."""
    bring(tmp_path)
    monkeypatch.chdir(tmp_path)
    basic = Path("data/2022/basic.yaml")
    basic.write_text(basic.read_text(encoding="utf-8") + "      30114 医疗费: 0.00\n", encoding="utf-8")
    told = answer_line(index_of(run(Path("data"), Path("templates"), "yibin", 2022)), "basic.yaml:30")
    assert {6, 7} <= {place.table for place in reached(told) if not place.text}
    assert "（空白）" in explanations_text((told,))


def test_a_header_line_answers_for_what_is_under_it(index: Index) -> None:
    told = answer_line(index, "data/2022/basic.yaml:21")
    assert [item.position.line for item in told.typed] == [22, 23]


WRONG = [
    (["explain", "2022", "总记"], "是否为“总计”"),
    (["explain", "2022", "表14"], "没有表14，共13个表"),
    (["explain", "2022", "表3 2080101 工姿福利支出"], "是否为“工资福利支出”"),
    (["explain", "2022", "支出预算表 合计 合计"], "不止一格：部门支出预算表 合计 合计（6824.79）"),
    (["explain", "2022", "6824.97"], "文档里没有印“6824.97”。是否为“6824.79”"),
    (["explain", "2022", "99999.99"], "文档里没有印“99999.99”。\n"),
    (["explain", "2022", "2080101"], "它是科目编码；要问一格，请写表、行、栏，如“表3 2080101 合计”。"),
    (["explain", "2022", "行政运行"], "“行政运行”不止一格：部门支出预算表 2080101 行政运行 合计（147.71）"),
    (["explain", "2022"], "请写一个问题"),
    (["explain", "2022", "总计", "--line", "basic.yaml:7"], "二者写一个"),
    (["explain", "2022", "--line", "basic.yaml"], "不是“文件:行”"),
    (["explain", "2022", "--line", "basik.yaml:7"], "没有读 basik.yaml"),
    (["explain", "2022", "--line", "没有.yaml:7"], "data/2022/narrative.yaml、data/2022/prior.yaml。\n"),
    (["explain", "2022", "--line", "basic.yaml:700"], "没有第700行"),
    (["explain", "2022", "--line", "basic.yaml:1"], "最近的一行是data/2022/basic.yaml:7"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_wrong_use(here: None, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("错误：") and printed.err.count("\n") == 1
    assert said in printed.err


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("收入.总计", "部门收支预算表 收入总计 收入/金额　6824.79万元"),
        ("支出总计", "部门收支预算表 支出总计 支出/金额　6824.79万元"),
        (
            "基本工资",
            "一般公共预算基本支出预算表 30101 基本工资 50501 工资福利支出 本年一般公共预算基本支出/合计　35.35万元",
        ),
        ("-3981.15", "总计比上年减少　3981.15万元"),
        ("≥530人", "指标值（项目“洛财预【2021】637号提前下达2022年省财政医疗救助补助资金”"),
    ],
)
def test_asked_as_it_is_printed(here: None, capsys: pytest.CaptureFixture[str], question: str, said: str) -> None:
    """A row's name without its table, a difference with the sign that diff prints, a typed value with its mark."""
    assert main(["explain", "2022", question]) == 0
    assert capsys.readouterr().out.startswith(said)


def test_options_may_stand_before_the_question(here: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "2022", "--format", "json", "36.84%"]) == 0
    [told] = json.loads(capsys.readouterr().out)
    assert (told["kind"], told["value"], told["unit"], told["how"]) == (
        "增减幅度",
        "36.84",
        "%",
        "3981.15万元 ÷ 10805.94万元",
    )
    assert told["parts"][1]["typed"][0]["file"] == "data/2022/prior.yaml"
    assert told["places"][0]["page"] == 3


def test_all_lists_all(index: Index) -> None:
    told = answer(index, "总计")
    assert explanations_text(told).count("data/2022/basic.yaml:") == 12 and "另有25行" in explanations_text(told)
    assert explanations_text(told, True).count("2022/projects.yaml:") == 18 and "另有" not in explanations_text(
        told, True
    )
    assert len(json.loads(explanations_json(told))[0]["typed"]) == 37


def test_data_with_errors_are_told_as_check_tells_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bring(tmp_path)
    monkeypatch.chdir(tmp_path)
    basic = tmp_path / "data" / "2022" / "basic.yaml"
    basic.write_text(basic.read_text(encoding="utf-8").replace("3.99", "3.98"), encoding="utf-8")
    assert main(["check", "2022", "--all"]) == 1
    told = capsys.readouterr().out.partition("\n")[2]
    assert main(["explain", "2022", "总计"]) == 1
    assert capsys.readouterr().out == told and "B101" in told


Tiny = Callable[[str], Index]


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    """The second profile on data typed in 元, its tables in the unit asked for."""
    shutil.copytree(ROOT / "tests" / "profiles" / "tiny", tmp_path / "profiles" / "tiny")
    shutil.copytree(ROOT / "tests" / "data" / "2023", tmp_path / "data" / "2023")
    monkeypatch.chdir(tmp_path)

    def made(unit: str) -> Index:
        report = Path("profiles/tiny/report.yaml")
        text = report.read_text(encoding="utf-8").replace("表内金额单位: 元", f"表内金额单位: {unit}")
        report.write_text(text, encoding="utf-8")
        return index_of(run(Path("data"), Path("profiles"), "tiny", 2023))

    return made


def test_yuan_in_tables_is_rounded_in_prose(tiny: Tiny, golden: Golden) -> None:
    index = tiny("元")
    [told] = answer(index, "全部")
    assert told.value.scale is Scale.YUAN  # type: ignore[union-attr]
    assert "文中以万元印，四舍五入到分：123.46万元" in told.notes
    assert answer(index, "123.46")[0].name == "全部"
    assert answer(index, "1,234,567.89")[0].name == "全部"
    golden(GOLDEN / "元.txt", explanations_text((told,)))


def test_yuan_cut_to_wan_tells_the_remainder(tiny: Tiny, golden: Golden) -> None:
    index = tiny("万元")
    [told] = answer(index, "全部")
    assert sum(item.printed.amount for item in told.typed if item.printed) == told.value.amount  # type: ignore[union-attr]
    assert sum(item.topped_up for item in told.typed) == 1
    golden(GOLDEN / "元换万元.txt", explanations_text((told,)))
    for number in index.numbers:
        _, one = index.tell(number)
        assert one.name and how(one), number


def test_a_draft_by_last_years_ledger_shows_both_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "templates" / "yibin", tmp_path / "templates" / "yibin")
    for year in ("2022", "2023"):
        shutil.copytree(ROOT / "data" / "2022", tmp_path / "data" / year)
    monkeypatch.chdir(tmp_path)
    changes = {
        "department.yaml": [("年度: 2022", "年度: 2023"), ("  总计: 6824.79", "  总计: 6825.79"),
                            ("  一般公共预算: 6816.79", "  一般公共预算: 6817.79"), ("  基本支出: 168.56", "  基本支出: 169.56")],
        "basic.yaml": [("30107 绩效工资: 3.99", "30107 绩效工资: 4.99")],
        "narrative.yaml": [("\n  总计: 2021年", "\n  # 2021年")],
    }  # fmt: skip
    for name, pairs in changes.items():
        path = Path("data/2023") / name
        text = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    Path("data/2023/prior.yaml").unlink()
    index = index_of(run(Path("data"), Path("templates"), "yibin", 2023))
    kinds = {told.name: told for told in answer(index, "1.00") if told.kind is Kind.DIFFERENCE}
    assert {"总计比上年增加", "绩效工资增加"} <= set(kinds)
    now, before = kinds["绩效工资增加"].parts
    assert now.value.amount - before.value.amount == 1  # type: ignore[union-attr]
    assert before.typed[0].position.file == "data/2022/basic.yaml"
    told = answer_line(index, "data/2022/basic.yaml:7")
    assert "总计比上年增加" in {item.name for item in told.related}


def test_pages_are_those_of_the_contents(run_2022: Run, index: Index) -> None:
    """The page told of a heading or a table is the one printed in the contents."""
    done = index.made
    layout = lay_out_of(run_2022)
    for block, page in zip(done.document.blocks, done.pages.blocks, strict=True):
        if not isinstance(block, Paragraph):
            assert layout[block.anchor] == page
    tables = [block for block in done.document.blocks if isinstance(block, TableBlock)]
    assert [len(table.rows) for table in tables] == [len(pages) for pages in done.pages.rows]


def lay_out_of(done: Run) -> dict[str, int]:
    assert done.document and done.profile
    master = open_master(done.profile.master, done.document)
    return lay_out(done.document, master, master.styles).pages


@settings(max_examples=200 if SOAK else 6, suppress_health_check=list(HealthCheck), deadline=None)
@given(inputs=departments())
def test_every_number_of_any_department_is_explained(inputs: Inputs) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(inputs, Path(folder) / "2022")
        made = make(Path(folder), ROOT / "templates", "yibin", 2022)
        if not isinstance(made, Unread):
            return
        index = index_of(made)
        for number in index.numbers:
            _, told = index.tell(number)
            assert told.name and how(told), number
            if told.kind is Kind.OWN:
                assert told.typed[0].position.line
        for line in index.made.inputs.ledger.lines[:3]:
            assert 3 in {place.table for place in reached(answer_line(index, str(line.position)))}


def test_the_readme_shows_what_it_answers() -> None:
    assert (GOLDEN / "一格.txt").read_text(encoding="utf-8") in (ROOT / "docs" / "一个数的来历.md").read_text(
        encoding="utf-8"
    )

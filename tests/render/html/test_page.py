"""The page holds what the document holds, escaped, and every number on it can say where it comes from."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from generator.cli import main
from generator.model.department import Acceptance
from generator.model.document import Paragraph, TableBlock
from generator.model.figure import Figure
from generator.model.problem import Problem, Severity
from generator.model.source import Text, in_document
from generator.render.html.page import Material, render_html
from generator.render.html.text import json_for_script
from tests.conftest import ROOT, Golden
from tests.departments import departments
from tests.html_reading import Element, outline, parsed
from tests.made_up import examples
from tests.runs import Run, run
from tests.test_hostile import WORDS
from tests.test_properties import book_of, document_of

HERE = Path(__file__).parent
PAGE = "import sys; from generator.cli import main; sys.exit(main(sys.argv[1:]))"


def page_of(done: Run) -> str:
    assert done.document is not None and done.book is not None and done.inputs is not None, done.problems
    return render_html(Material(done.document, done.book, done.inputs, done.problems, done.sources, done.accepted))


@pytest.fixture(scope="module")
def run_2022() -> Iterator[Run]:
    """The real department, read the way the command line reads it: places are named from the folder it runs in."""
    with contextlib.chdir(ROOT):
        yield run(Path("data"), Path("templates"), "yibin", 2022)


@pytest.fixture(scope="module")
def page(run_2022: Run) -> str:
    return page_of(run_2022)


@pytest.fixture(scope="module")
def root(page: str) -> Element:
    return parsed(page)


def data_of(root: Element) -> dict[str, Any]:
    [script] = [item for item in root.all("script") if item.attributes.get("type") == "application/json"]
    return json.loads(script.text)


def numbers(root: Element) -> list[Element]:
    return [item for item in root.all("span") if "n" in item.kinds]


def test_the_page_reads_like_the_document(root: Element, golden: Golden) -> None:
    golden(ROOT / "tests" / "golden" / "2022-page.txt", outline(root))


def test_large_titles_break_after_a_bracket(root: Element) -> None:
    titles = [title for name in ("h1", "h2") for title in root.all(name)]
    phrases = [[span.text for span in title.all("span") if "phrase" in span.kinds] for title in titles]
    assert [found for found in phrases if found] == [
        ["2022年伊滨经开区（示范区）", "社会保障事务服务中心部门预算说明"],
        ["伊滨经开区（示范区）", "社会保障事务服务中心概况"],
        ["2022年伊滨经开区（示范区）", "社会保障事务服务中心部门预算情况说明"],
        ["名词解释"],
        ["附件：", "2022年伊滨经开区（示范区）", "社会保障事务服务中心部门预算表"],
    ]


def test_every_printed_figure_is_focusable_and_explained(root: Element, run_2022: Run) -> None:
    assert run_2022.document is not None
    expected = []
    for block in run_2022.document.blocks:
        if isinstance(block, Paragraph):
            expected += [run.text for run in block.runs if run.figure is not None and run.text]
        elif isinstance(block, TableBlock):
            for row in block.rows:
                expected += [text for text, figure in zip(row.texts, row.figures, strict=True) if figure and text]
    entries = data_of(root)["entries"]
    found = numbers(root)
    assert len(expected) > 400 and [number.text for number in found][: len(expected)] == expected
    for number in found:
        assert number.attributes["tabindex"] == "0" and number.attributes["role"] == "button"
        assert entries[int(number.attributes["data-f"])][2], "says how it is computed"


def test_a_sum_names_its_first_lines_and_counts_the_rest(root: Element, run_2022: Run) -> None:
    assert run_2022.book is not None
    data = data_of(root)
    total: Figure = run_2022.book.figures["总计"]
    [entry] = [entry for entry in data["entries"] if entry[:2] == ["合计", "总计"]]
    assert entry[2] == ["台账37行相加，得6824.79万元"] and entry[4] == len(total.lines) == 37
    shown = [data["lines"][index] for index in entry[3]]
    assert len(shown) == 12
    assert shown[0] == ["data/2022/basic.yaml:7", "2080101 30107", "行政运行·绩效工资", "3.99万元"]
    lines = sorted(total.lines, key=lambda line: line.position)
    for line, (where, codes, _, amount) in zip(lines, shown, strict=False):
        assert where == f"{line.position.file}:{line.position.line}"
        assert codes == f"{line.function} {line.department_economic}" and Decimal(amount[:-2]) == line.money.amount


@pytest.mark.parametrize(
    ("kind", "name", "how"),
    [
        ("占比", "基本支出占总计", "基本支出168.56万元 ÷ 总计6824.79万元 = 2.47%"),
        ("比上年", "机构运行经费", "6.26万元 ÷ 上年23.62万元 = 26.50%"),
        ("比上年", "总计", "本年6824.79万元 − 上年10805.94万元 = −3981.15万元"),
        ("填报", "国有资产.通用设备", "填报的数0（data/2022/narrative.yaml:19）"),
        ("填报", "政府采购.合计", "填报的3项相加，得0.00万元"),
    ],
)
def test_shares_changes_and_typed_facts_say_how(root: Element, kind: str, name: str, how: str) -> None:
    found = [entry for entry in data_of(root)["entries"] if entry[:2] == [kind, name]]
    assert found and any(how in entry[2] for entry in found), found


def test_every_entry_printed_as_a_sum_is_the_sum_of_its_lines(root: Element, run_2022: Run) -> None:
    data = data_of(root)
    for _, _, how, lines, count, *_ in (entry for entry in data["entries"] if entry[0] == "合计"):
        if 0 < count == len(lines):
            added = sum(Decimal(data["lines"][index][3][:-2]) for index in lines)
            told = f"台账{count}行相加，得" if count > 1 else "台账的1行，是"
            assert how == [f"{told}{added:.2f}万元"]


@pytest.mark.parametrize(
    ("code", "place", "text"),
    [
        ("D030", "projects.yaml:65", "925.79"),  # a ledger line: the smallest sum it is in
        ("D008", "projects.yaml:12", "8.00"),  # a name above lines: where the first of them is
        ("J308", "projects.yaml:28", "≥95% 100%"),  # of name and value on one line, the value
        ("J311", "projects.yaml:221", "≥1130人"),  # of two projects' indicators with one name, this one's
        ("L312", "projects.yaml:147", "洛财预【2021】634号提前下达2022年中央财政医疗救助补助资金"),
        ("J313", "performance.yaml:37", "≥95%"),
    ],
)
def test_a_problem_stands_at_the_cell_it_is_about(root: Element, code: str, place: str, text: str) -> None:
    [note] = [
        item for item in root.all("li") if item.attributes.get("id", "").startswith("beside") and code in item.text and item.text.endswith(place)
    ]  # fmt: skip
    [cell] = [
        cell for cell in root.all("td", "th")
        if any(mark.attributes["href"] == f"#{note.attributes['id']}" for mark in cell.all("a"))
    ]  # fmt: skip
    assert cell.text == text


@pytest.mark.parametrize(
    ("code", "place", "text"),
    [
        ("T230", "department.yaml:24", "机关本级预算包括"),
        ("T215", "narrative.yaml:5", "2022年一般公共预算收支预算6816.79万元"),
        ("T222", "narrative.yaml:10", "政府采购预算"),
    ],
)
def test_a_problem_stands_before_the_paragraph_it_is_about(root: Element, code: str, place: str, text: str) -> None:
    for section in root.all("section"):
        blocks = [item for item in section.inside if isinstance(item, Element)]
        for note, paragraph in zip(blocks, blocks[1:], strict=False):
            if "beside" in note.kinds and code in note.text and place in note.text:
                assert text in paragraph.text
                return
    pytest.fail("no such note")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("部门支出预算表!合计/本年", "2022年部门支出预算表"),
        ("三、支出预算总体情况说明", "三、支出预算总体情况说明"),
        ("没有这个地方", ""),
    ],
)
def test_a_problem_of_the_document_stands_at_its_table_or_section(run_2022: Run, place: str, words: str) -> None:
    problem = Problem("X001", Severity.ADVICE, "说的是这里", "请核对。", in_document(place))
    root = parsed(page_of(run_2022._replace(problems=(problem,))))
    notes = [item for item in root.all("aside")]
    assert len(notes) == bool(words)
    for section in root.all("section"):
        blocks = [item for item in section.inside if isinstance(item, Element)]
        for note, block in zip(blocks, blocks[1:], strict=False):
            if note in notes:
                assert words in block.text
    assert f"{place}" in next(root.all("details")).text


def test_what_was_accepted_is_listed_with_its_reason(run_2022: Run) -> None:
    [problem, *_] = run_2022.problems
    acceptance = Acceptance(Text("D007", problem.position), "行政运行", "财政<系统>登记如此", "张三", "2022-01-05")
    page = page_of(run_2022._replace(problems=(), accepted=((problem, acceptance),)))
    [listed] = [item for item in parsed(page).all("details") if item.attributes.get("id") == "problems"]
    assert "已接受1处" in listed.text and "原因：财政<系统>登记如此（张三，2022-01-05）" in listed.text


def test_all_problems_are_listed_at_the_top(root: Element, run_2022: Run) -> None:
    [listed] = [item for item in root.all("details") if item.attributes.get("id") == "problems"]
    rows = [item for item in listed.all("li") if "id" in item.attributes]
    assert len(rows) == len(set(run_2022.problems))
    assert "警告34处，建议5处。" in listed.text
    for problem in run_2022.problems:
        assert any(
            f"{problem.position.file}:{problem.position.line}" in row.text and problem.message in row.text
            for row in rows
        )


def test_nothing_is_fetched_from_elsewhere(page: str, root: Element) -> None:
    for element in root.all():
        for name in ("src", "href", "srcset", "action", "data"):
            assert element.attributes.get(name, "#").startswith(("#", "data:,")), element.tag
        assert not [name for name in element.attributes if name.startswith("on") or name == "style"], element.tag
    assert not re.search(r"@import|url\(|fetch\(|https?://(?!www\.w3\.org/2000/svg)", page)


HOSTILE = (
    *(word for word in WORDS if "{{" not in word),
    "</script><b>粗</b><script>alert(1)</script>",
    "<!--<script>",
    "]]>&amp;",
)


def test_words_arrive_as_typed(tmp_path: Path) -> None:
    """As duties, and as names of projects: in sentences, cells, and the data of the script."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    quoted = ["'" + text.replace("'", "''") + "'" for text in HOSTILE]
    department, projects = (tmp_path / "data" / "2022" / f"{name}.yaml" for name in ("department", "projects"))
    duties = "".join(f"  - {text}\n" for text in quoted)
    typed = department.read_text(encoding="utf-8")
    department.write_text(typed.replace("  - 负责医疗救助工作。\n", duties), encoding="utf-8")
    typed = projects.read_text(encoding="utf-8")
    project = re.split("(?m)^(?=- 名称: )", typed)[-1]
    named = (
        re.sub("名称: .*", lambda _, text=text: f"名称: {text}", re.sub('编码: ".*"', f'编码: "{number:021}"', project))
        for number, text in enumerate(quoted, 1)
    )
    projects.write_text(typed + "".join(named), encoding="utf-8")
    root = parsed(page_of(run(tmp_path / "data", ROOT / "templates", "yibin", 2022)))
    paragraphs, cells = ([item.text.strip() for item in root.all(*tags)] for tags in (("p",), ("td", "th")))
    for number, text in enumerate(HOSTILE, 5):
        assert f"{number}.{text}" in paragraphs
        assert text in cells
        assert any(text in line[2] for line in data_of(root)["lines"]), text
    assert len(list(root.all("script"))) == 2


def test_json_can_not_end_its_script() -> None:
    text = json_for_script(["</script>", "<!--", "&", "\u2028"])
    assert not set(text) & set("<>&\u2028") and json.loads(text) == ["</script>", "<!--", "&", "\u2028"]


def test_same_inputs_same_bytes(tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        output = tmp_path / seed
        subprocess.run(
            [sys.executable, "-c", PAGE, "report", "2022", "--format", "html", "--output", str(output)],
            cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True,
        )  # fmt: skip
        [file] = (output / "2022").iterdir()
        assert file.suffix == ".html"
        made.append(file.read_bytes())
    assert made[0] == made[1]


def test_an_error_makes_no_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    basic = tmp_path / "data" / "2022" / "basic.yaml"
    basic.write_text(basic.read_text(encoding="utf-8").replace("3.99", "3.98"), encoding="utf-8")
    arguments = ["--data", str(tmp_path / "data"), "--templates", str(ROOT / "templates")]
    assert main(["report", "2022", "--format", "html", "--output", str(tmp_path / "output"), *arguments]) == 1
    assert not (tmp_path / "output").exists()
    assert "没有生成文档" in capsys.readouterr().err


def test_another_profile() -> None:
    root = parsed(page_of(run(ROOT / "tests" / "data", ROOT / "tests" / "profiles", "tiny", 2023)))
    assert "送戏下乡&<惠民>" in root.text and numbers(root)


@examples(6)
@given(departments())
def test_any_departments_page_is_well_formed(inputs: Any) -> None:
    root = parsed(render_html(Material(document_of(inputs), book_of(inputs), inputs, (), {})))
    assert len(list(root.all("table"))) >= 13

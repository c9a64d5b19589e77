"""What an ordinary department may type: printed as it should be, and no rule blocks it."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from generator.check.rules import Checked
from generator.cli import main
from generator.model.document import Document, Paragraph, TableBlock
from generator.model.problem import Severity
from generator.render.docx.render import render_docx
from generator.work.check import read_over
from tests.conftest import LATER, ROOT
from tests.runs import Run, Unread, make, run

Edits = tuple[tuple[str, str, str], ...]
AMOUNT = re.compile(r"(?<=: )-?\d+\.\d\d\b")
ANNUITY = "      30307 医疗费补助: 568.78\n"
OF_BOTH_LEVELS = (
    ("projects.yaml", "  层级: 本级\n  资金来源: 一般公共预算\n  支出:\n    2101301 城乡医疗救助:\n" + ANNUITY,
     "  资金:\n"
     "    - {资金来源: 一般公共预算, 层级: 本级, 支出: {2101301 城乡医疗救助: {30307 医疗费补助: 500.00}}}\n"
     "    - {资金来源: 一般公共预算, 层级: 上级, 支出: {2101301 城乡医疗救助: {30307 医疗费补助: 68.78}}}\n"),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The real department's data, to change; its place is copied only where that is changed too."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


def place(folder: Path) -> Path:
    return found if (found := folder / "templates").exists() else ROOT / "templates"


def edit(folder: Path, edits: Edits) -> None:
    if place(folder) == ROOT / "templates" and any(file.startswith("templates/") for file, _, _ in edits):
        shutil.copytree(ROOT / "templates" / "yibin", folder / "templates" / "yibin")
    for file, old, new in edits:
        path = folder / file if "/" in file else folder / "data" / "2022" / file
        text = path.read_text(encoding="utf-8")
        assert old in text, (file, old)
        path.write_text(text.replace(old, new), encoding="utf-8")


def made(folder: Path) -> Run:
    return run(folder / "data", place(folder), "yibin", 2022)


def written(folder: Path) -> Document:
    """The document, whose file says nothing wrong when it is read back."""
    unread = make(folder / "data", place(folder), "yibin", 2022)
    assert isinstance(unread, Unread), unread.problems
    done = read_over(unread._replace(checked=Checked()), render_docx(unread.document, unread.profile.master).data)
    assert not done.failed, [problem for problem in done.problems if problem.severity is Severity.ERROR]
    return done.document


def words(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def to_yuan(folder: Path) -> None:
    """All amounts of the year in 元 instead of 万元."""
    for path in (folder / "data" / "2022").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if path.name != "performance.yaml":
            text = AMOUNT.sub(lambda found: f"{Decimal(found[0]) * 10000:.2f}", text)
        path.write_text(text.replace("金额单位: 万元 ", "金额单位: 元 "), encoding="utf-8")


RIGHT: tuple[tuple[str, Edits, tuple[str, ...]], ...] = (
    ("welfare of nothing", (("basic.yaml", "30229 福利费: 1.81", "30229 福利费: 0.00"),
                            ("department.yaml", "  总计: 6824.79\n  一般公共预算: 6816.79", "  项目支出: 6656.23"),
                            ("department.yaml", "  政府性基金: 8.00\n  基本支出: 168.56\n  项目支出: 6656.23\n", "")), ()),
    ("words that a rule looks for", (("department.yaml", "负责医疗救助工作。", "负责增加就业岗位、减少返贫等工作。"),
                                     ("narrative.yaml", "专项转移支付项目:", "专项转移支付项目: [减少排放补助]  #")),
     ("负责增加就业岗位、减少返贫等工作。", "专项转移支付项目有：减少排放补助。")),
    ("a reason of four characters", (("narrative.yaml", "在编人员减少，公用经费等预算减少", "人员减少"),),
     ("主要原因：人员减少。",)),
    ("a reason of two characters", (("narrative.yaml", "在编人员减少，公用经费等预算减少", "减员"),), ("主要原因：减员。",)),
    ("money from above in 基本支出", (("basic.yaml", "- 资金来源: 一般公共预算\n", "- 资金来源: 一般公共预算\n  层级: 上级\n"),), ()),
    ("a project of both levels", OF_BOTH_LEVELS, ()),
)  # fmt: skip


@pytest.mark.parametrize(("edits", "said"), [pytest.param(*case, id=name) for name, *case in RIGHT])
def test_right_data_makes_a_document(edits: Edits, said: tuple[str, ...], folder: Path) -> None:
    edit(folder, edits)
    text = words(written(folder))
    assert [sentence for sentence in said if sentence not in text] == []


def test_a_project_of_both_levels_stands_in_both_blocks(folder: Path) -> None:
    edit(folder, OF_BOTH_LEVELS)
    table = next(
        block for block in written(folder).blocks if isinstance(block, TableBlock) and block.key.startswith("13")
    )
    rows = [row.texts for row in table.rows]
    above = next(place for place, row in enumerate(rows) if row[1] == "上级资金合计")
    found = [(place > above, row[2], row[7]) for place, row in enumerate(rows) if row[1] == "城乡医疗救助"]
    assert found == [(False, "500.00", "≤500万元"), (True, "68.78", "≤68.78万元")]


@pytest.mark.parametrize("table_unit", ["万元", "元"])
def test_a_change_too_small_to_print(table_unit: str, folder: Path) -> None:
    """40 元 less of 17.36 万元: no amount, no percent, no reason, and nothing to block."""
    to_yuan(folder)
    edit(folder, (
        ("prior.yaml", "机构运行经费: 236200.00", "机构运行经费: 173640.00"),
        ("prior.yaml", "公务接待费: 0.00", "公务接待费: 40.00"),
        ("templates/yibin/report.yaml", "表内金额单位: 万元", f"表内金额单位: {table_unit}"),
    ))  # fmt: skip
    text = words(written(folder))
    assert "与2021年预算相比，机构运行经费支出基本持平。" in text
    assert "公务接待费0万元" in text and text.count("预算数与2021年基本持平。") == 1
    assert "增加0.00" not in text and "减少0.00" not in text
    told = [problem.message for problem in made(folder).problems if problem.code == "B103"]
    assert told[:1] == ["“机构运行经费”只与上年相差40.00元，文中写基本持平，却填写了变动原因"] or table_unit == "万元"


def test_last_year_too_small_to_print_makes_no_rate(folder: Path) -> None:
    to_yuan(folder)
    edit(folder, (
        ("prior.yaml", "机构运行经费: 236200.00", "机构运行经费: 30.00"),
        ("templates/yibin/report.yaml", "表内金额单位: 万元", "表内金额单位: 元"),
    ))  # fmt: skip
    assert "机构运行经费支出增加17.36万元（2021年此项预算很少）。" in words(written(folder))


@pytest.mark.parametrize("table_unit", ["万元", "元"])
def test_the_department_in_yuan(table_unit: str, folder: Path) -> None:
    to_yuan(folder)
    edit(folder, (("templates/yibin/report.yaml", "表内金额单位: 万元", f"表内金额单位: {table_unit}"),))
    assert "收入总计6824.79万元，支出总计6824.79万元" in words(written(folder))


def test_a_reason_that_says_nothing_is_told_where_it_was_typed(folder: Path) -> None:
    edit(folder, (("narrative.yaml", "在编人员减少，公用经费等预算减少", "政策原因"),))
    (found,) = [problem for problem in made(folder).problems if problem.code == "T212"]
    text = (folder / "data" / "2022" / "narrative.yaml").read_text(encoding="utf-8").splitlines()
    assert found.position.file.endswith("narrative.yaml") and "政策原因" in text[found.position.line - 1]


OTHER_FORMS: tuple[tuple[str, Edits], ...] = (
    ("a note without 备注", (("templates/yibin/tables/08-three-public.yaml", "无数据: 备注：{{ 部门 }}{{ 年 }}年无一般公共预算“三公”经费预算拨款安排的支出，故此表无数据。",
                            "无数据: 本部门{{ 年 }}年无“三公”经费预算，故本表为空表。"),)),
    ("a note of other words", (("templates/yibin/tables/10-state-capital.yaml", "无数据: 备注：", "无数据: （空白表）"),)),
    ("a contents title", (("templates/yibin/report.yaml", "目录标题: 目录", "目录标题: 目次"),)),
    ("a wide contents title", (("templates/yibin/report.yaml", "目录标题: 目录", "目录标题: 总 目　次"),)),
    ("a headline of other words", (("templates/yibin/report.yaml", '"部门名称：{{ 部门 }}"', '"{{ 部门 }}编制"'),)),
    ("a table called otherwise", (("templates/yibin/tables/07-economic.yaml", "标题: 支出经济分类汇总表", "标题: 支出经济分类一览"),)),
    ("sections of the department", (("templates/yibin/report.yaml", '节题: "{{ 部门 }}{{ 题 }}"', '节题: "关于{{ 部门 }}的{{ 题 }}"'),)),
    ("a blank in the name", (("department.yaml", "社会保障事务服务中心", "社会 保障事务服务中心"),)),
    ("a wide blank in the name", (("department.yaml", "社会保障事务服务中心", "社会　保障事务服务中心"),)),
    ("a blank in a label", (("templates/yibin/tables/03-expenditure.yaml", "{称: 合计,", "{称: 合　计,"),)),
    ("a blank in a header", (("templates/yibin/tables/08-three-public.yaml", "小计:", "小 计:"),)),
    ("a blank in a heading", (("templates/yibin/prose/part-2.j2", "## 收入预算总体情况说明", "## 收入 预算总体情况说明"),)),
)  # fmt: skip


QUICK = ("a note of other words", "a table called otherwise", "a blank in a heading")


@pytest.mark.parametrize(
    "edits", [pytest.param(edits, id=name, marks=() if name in QUICK else LATER) for name, edits in OTHER_FORMS]
)
def test_another_form_is_no_mistake(edits: Edits, folder: Path, run_2022: Run) -> None:
    edit(folder, edits)
    before, after = run_2022, made(folder)
    unable = {asked.code for asked in after.asked if asked.why} - {asked.code for asked in before.asked if asked.why}
    assert not unable or "一览" in str(edits), unable
    written(folder)


def test_a_note_that_does_not_say_why_is_a_warning_where_it_is_defined(folder: Path) -> None:
    edit(
        folder,
        (
            (
                "templates/yibin/tables/10-state-capital.yaml",
                "年无国有资本经营预算拨款安排的支出，故此表无数据。",
                "年详见说明。",
            ),
        ),
    )
    (found,) = [problem for problem in made(folder).problems if problem.code == "L317"]
    assert found.severity is Severity.WARNING and found.position.file.endswith("10-state-capital.yaml")
    assert found.position.line == 1 and "备注没有说明是空表" in found.message


# ---- no typed number ends a run ----


AMOUNTS = tuple(
    (path.name, found.start(), found.end())
    for path in sorted((ROOT / "data" / "2022").glob("*.yaml"))
    if path.name != "performance.yaml"
    for found in AMOUNT.finditer(path.read_text(encoding="utf-8"))
)


def sound(folder: Path) -> None:
    """The run comes to an end, and so does every rule: nothing is left unasked because of another."""
    done = made(folder)
    assert done.document is not None, done.problems
    text = words(done.document)
    assert not re.search(r"占(?=[；。，])|(?:增加|减少|增长|下降)(?:0\.00)?(?=万元|%)", text), text


@pytest.mark.parametrize("share", [0, *(pytest.param(share, marks=LATER) for share in range(1, 6))])
def test_every_amount_may_be_zero(folder: Path, share: int) -> None:
    """One after the other."""
    for name, start, end in AMOUNTS[share::6]:
        path = folder / "data" / "2022" / name
        text = path.read_text(encoding="utf-8")
        path.write_text(text[:start] + "0.00" + text[end:], encoding="utf-8")
        sound(folder)
        path.write_text(text, encoding="utf-8")


def test_all_amounts_may_be_zero(folder: Path) -> None:
    """All of a file, then of one more, then all of them."""
    files = {name: (folder / "data" / "2022" / name).read_text(encoding="utf-8") for name, _, _ in AMOUNTS}
    for name, text in files.items():
        path = folder / "data" / "2022" / name
        path.write_text(AMOUNT.sub("0.00", text), encoding="utf-8")
        sound(folder)
    where = ["--data", str(folder / "data"), "--templates", str(ROOT / "templates"), "--output", str(folder / "o")]
    assert main(["report", "2022", *where]) == 0
    assert main(["report", "2022", "--format", "html", *where]) == 0


@pytest.mark.parametrize("share", [0, *(pytest.param(share, marks=LATER) for share in range(1, 3))])
def test_every_optional_thing_may_be_absent(folder: Path, share: int) -> None:
    """What a file holds at its top, one after the other: a document, or an error that says what is missing."""
    for path in sorted((folder / "data" / "2022").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        content = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - strings only
        for key in [*(content if isinstance(content, dict) else range(len(content)))][share::3]:
            rest = (
                {name: value for name, value in content.items() if name != key}
                if isinstance(content, dict)
                else (content[:key] + content[key + 1 :])
            )
            path.write_text(yaml.safe_dump(rest, allow_unicode=True, sort_keys=False), encoding="utf-8")
            done = made(folder)
            assert done.failed or done.document, (path.name, key)
        path.write_text(text, encoding="utf-8")

"""部门间往来: printed and counted as any other money, and told to a bureau by both sides."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.city.summary import summary_of
from generator.load.schema import schemas_of
from generator.model.city import Transfer
from generator.work.check import check
from generator.work.stages import Ended, Finished
from generator.work.workshop import Workshop
from tests.conftest import ROOT

HERE = Path(__file__).parents[1]
TO, BY = '部门间往来: {付给: "055001"}', '部门间往来: {来自: "055001", 资金来源: 一般公共预算}'


@pytest.fixture
def place(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "data" / "2023", tmp_path / "data" / "2023")
    return tmp_path


def said(place: Path, old: str, new: str, file: str = "basic.yaml") -> Ended:
    """The small department with something written beside a line."""
    path = place / "data" / "2023" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return check(Workshop(HERE / "profiles", "tiny"), place / "data", 2023)


def sides(ended: Ended) -> list[tuple[str, str, str, str, int, str, int]]:
    return [(*one[:5], Path(one.file).name, one.line) for one in summary_of(ended).transfers]


def test_it_changes_nothing_that_is_printed(place: Path) -> None:
    plain = check(Workshop(HERE / "profiles", "tiny"), place / "data", 2023)
    ended = said(place, "  资金来源: 一般公共预算\n  支出", f"  资金来源: 一般公共预算\n  {TO}\n  支出")
    assert isinstance(plain, Finished) and isinstance(ended, Finished)
    assert [one.message for one in ended.problems] == [one.message for one in plain.problems]
    assert [shown(block) for block in ended.document.blocks] == [shown(block) for block in plain.document.blocks]
    assert summary_of(ended).amounts == summary_of(plain).amounts


def shown(block: object) -> str:
    texts = [row.texts for row in getattr(block, "rows", ())]
    return f"{getattr(block, 'text', '')}{texts}"


def test_each_side_says_with_whom_of_which_money_and_where(place: Path) -> None:
    said(place, "  资金来源: 一般公共预算\n  支出", f"  资金来源: 一般公共预算\n  {TO}\n  支出")
    said(
        place,
        "- 资金来源: 一般公共预算\n      支出",
        f"- 资金来源: 一般公共预算\n      {TO}\n      支出",
        "projects.yaml",
    )
    ended = said(place, "  资金来源: 事业收入\n", f"  资金来源: 事业收入\n  {BY}\n")
    assert sides(ended) == [
        ("付给", "105001", "055001", "一般公共预算", 113333333, "basic.yaml", 6),
        ("来自", "105002", "055001", "一般公共预算", 3333333, "basic.yaml", 13),
    ]


def test_what_goes_on_inside_the_department_is_said_too(place: Path) -> None:
    """Money from outside that the department's first unit only hands on to its second."""
    said(
        place,
        "  资金来源: 一般公共预算\n  支出",
        f'  资金来源: 一般公共预算\n  {BY}\n  内部往来: {{付给: "105002"}}\n  支出',
    )
    inside = '  资金来源: 事业收入\n  内部往来: {来自: "105001", 资金来源: 一般公共预算}\n'
    ended = said(place, "  资金来源: 事业收入\n", inside)
    ended = said(place, "30201 办公费: 33333.33\n", "30201 办公费: 0.00\n")
    ended = said(place, "30201 办公费: 33333.33\n", "30201 办公费: 500000.00\n")
    assert ("来自", "105001", "055001", "一般公共预算", 50000000, "basic.yaml", 7) in sides(ended)


@pytest.mark.parametrize(
    ("typed", "code", "message"),
    [
        ('部门间往来: {付给: "105002"}', "Y008", "“部门间往来”里的“105002”是本部门的单位"),
        ("部门间往来: {付给: 水利局}", "Y008", "“付给”应是单位代码，不能是“水利局”"),
        ('部门间往来: {来自: "055001"}', "Y006", "“部门间往来”缺少“资金来源”"),
        ('部门间往来: {来自: "055001", 资金来源: 别的}', "Y008", "“资金来源”不能是“别的”"),
        ('部门间往来: {付给: "055001", 资金来源: 一般公共预算}', "Y007", "“部门间往来”没有“资金来源”这一项"),
        ("部门间往来: 无", "Y008", "“部门间往来”应是“名称: 内容”的若干行"),
    ],
)
def test_what_is_wrong_with_it_is_told(typed: str, code: str, message: str, place: Path) -> None:
    ended = said(place, "  资金来源: 事业收入\n", f"  资金来源: 事业收入\n  {typed}\n")
    assert (code, message) in [(one.code, one.message) for one in ended.problems]


def test_income_says_from_whom_it_came(tmp_path: Path) -> None:
    """Where income is typed, what came in counts, and not how much of it was spent."""
    shutil.copytree(ROOT / "examples" / "shanghai-final", tmp_path / "data")
    folder = tmp_path / "data" / "2024"
    income = folder / "income.yaml"
    mark(income, "- 流向: 收入\n  资金来源: 一般公共预算\n", f"  {BY}\n")
    done = check(Workshop(ROOT / "templates", "上海决算"), tmp_path / "data", 2024)
    got = summary_of(done).transfers
    assert [(one.says, one.unit, one.other, one.fund) for one in got] == [
        ("来自", got[0].unit, "055001", "一般公共预算")
    ]
    text = income.read_text(encoding="utf-8").replace(BY, TO)
    income.write_text(text, encoding="utf-8")
    wrong = check(Workshop(ROOT / "templates", "上海决算"), tmp_path / "data", 2024)
    assert ("Y007", "收入和结转里不写“付给”") in [(one.code, one.message) for one in wrong.problems]


def mark(path: Path, after: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert after in text
    path.write_text(text.replace(after, after + new, 1), encoding="utf-8")


def test_an_editor_knows_of_it(run_2022: Finished) -> None:
    made = schemas_of(run_2022.profile, run_2022.inputs.classification, {})
    assert len(made["basic"]["items"]["properties"]["部门间往来"]["anyOf"]) == 2
    assert Transfer._fields[:5] == ("says", "unit", "other", "fund", "cents")

"""A bureau's workbook of finished tables imported: entries behind its cells, and sums that disagree refused with both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from generator.edit import edited, tree_of
from generator.save import save_all
from generator.work.finished_tables import is_finished, read_finished
from generator.work.handed import Given, Handed, Taken
from generator.work.intake import intake
from generator.work.report import Wanted, report
from tests.conftest import ROOT
from tests.runs import held

TEMPLATES = ROOT / "templates"
_Rows = Sequence[Sequence[object]]
_FUNCTIONS = (["项目", "", "", ""], ["功能分类科目编码", "", "", "功能分类科目名称"], ["类", "款", "项", ""])
_HEADS: dict[str, _Rows] = {
    "收入": [[*_FUNCTIONS[0], "收入预算"], [*_FUNCTIONS[1], "合计", "财政拨款收入", "事业收入", "事业单位\n经营收入", "其他收入"], _FUNCTIONS[2]],
    "支出": [[*_FUNCTIONS[0], "支出预算"], [*_FUNCTIONS[1], "合计", "基本支出", "项目支出"], _FUNCTIONS[2]],
    "基本": [["项目", "", "", "一般公共预算基本支出"], ["部门预算经济分类科目编码", "", "经济分类科目名称", "合计", "人员经费", "公用经费"], ["类", "款"]],
}  # fmt: skip
_INCOME: _Rows = [
    [201, "", "", "  一般公共服务支出", 700.5, 700.5], [201, "13", "", "商贸事务", 700.5, 700.5],
    [201, "13", "01", "行政运行", 700.5, 700.5], ["", "", "", " 合计", "=E7", "=SUM(F7)"],
]  # fmt: skip
_SPENT: _Rows = [
    [201, "", "", "一般公共服务支出", 700.5, 500.5, 200], [201, "13", "", "商贸事务", 700.5, 500.5, 200],
    [201, "13", "01", "行政运行", 700.5, 500.5, 200], ["", "", "", "合计", 700.5, 500.5, 200],
]  # fmt: skip
_BASIC: _Rows = [
    [301, "", "工资福利支出", 400, 400], [301, "01", "基本工资", 400, 400], [302, "", "商品和服务支出", 100.5, "", 100.5],
    [302, "12", "因公出国(境)费用", 100.5, "", 100.5], ["", "", "合计", 500.5, 400, 100.5],
]  # fmt: skip


def _book(income: _Rows = _INCOME, spent: _Rows = _SPENT, basic: _Rows = _BASIC) -> bytes:
    """The shape of a bureau's workbook: sheets named with blanks behind, codes in columns of their own, 元, a column far right."""
    book = Workbook()
    tables = (
        ("2.16 部门收入总表", "2026年部门收入预算总表", "收入", income),
        ("部门支出总表 ", "2.17 2026年部门支出预算总表", "支出", spent),
        ("基本支出明细", "2026年部门一般公共预算基本支出部门预算经济分类预算表", "基本", basic),
    )
    for name, title, head, rows in tables:
        sheet = book.create_sheet(name)
        sheet["A1"] = title
        sheet["A2"], sheet["F2"] = "编制部门：青河市商务局", "单位：元"
        for number, row in enumerate([*_HEADS[head], *rows], 3):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column, value or None)
    book.remove(book["Sheet"])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _taken(data: bytes, profile: str = "上海", folder: Path = Path("nowhere"), entries: bool = False) -> Taken:
    files = (Given(Path("整套表.xlsx"), data),)
    assert is_finished(files) is not entries
    return read_finished(Handed(held(TEMPLATES, profile), folder, 0, files))


def test_entries_are_found_behind_the_cells() -> None:
    taken = _taken(_book())
    assert not taken.problems
    assert taken.year == 2026
    assert taken.trees["basic.yaml"] == [
        {
            "资金来源": "一般公共预算",
            "支出": {"2011301 行政运行": {"30101 基本工资": "400.00", "30212 因公出国（境）费用": "100.50"}},
        }
    ]
    assert "200.00" in edited("", taken.trees["projects.yaml"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda: _book(spent=[*_SPENT[:2], [201, "13", "01", "行政运行", 700.5, 501.5, 200], _SPENT[3]]),
            ["整套表.xlsx 部门支出总表!F6 ", "500.50", "501.50", "部门支出总表!F8", "1.00"],
        ),
        (
            lambda: _book(basic=[*_BASIC[:4], ["", "", "合计", 510.5, 410, 100.5]]),
            ["410.00", "400.00", "基本支出明细!"],
        ),
        (
            lambda: _book(income=[[*row[:4], 600, 600] for row in _INCOME]),
            ["部门收入总表!", "部门支出总表!", "600.00", "700.50"],
        ),
        (lambda: _book([], [], []), ["没有一个金额"]),
    ],
)
def test_sums_that_disagree_are_refused_with_both_figures(change: Callable[[], bytes], words: list[str]) -> None:
    taken = _taken(change())
    told = "\n".join(f"{problem.position} {problem.message}" for problem in taken.problems)
    assert not taken.trees
    assert [word for word in words if word not in told] == [], told


def test_a_workbook_of_single_entries_is_none_of_finished_tables() -> None:
    book = Workbook()
    for name in ("基本支出明细表", "项目支出明细表"):
        sheet = book.create_sheet(name)
        for row in (
            [f"2026年{name}"],
            ["编制部门：青河市商务局", "单位：元"],
            ["支出功能分类", "部门预算经济分类", "金额"],
        ):
            sheet.append(row)
    file = BytesIO()
    book.save(file)
    assert not is_finished((Given(Path("明细.xlsx"), file.getvalue()),))


@pytest.mark.slow
def test_a_folder_that_is_there_keeps_its_words(tmp_path: Path) -> None:
    folder = tmp_path / "2026"
    folder.mkdir()
    (folder / "narrative.yaml").write_text("{}\n", encoding="utf-8")
    assert "narrative.yaml" not in _taken(_book(), folder=tmp_path).trees


@pytest.mark.slow
def test_the_same_workbook_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "整套表.xlsx"
    path.write_bytes(_book())
    first = intake(held(TEMPLATES, "上海"), tmp_path / "data", 0, [path])
    assert (first.kind, first.year, first.problems) == ("财政局的整套表", 2026, ())
    save_all(first.changes, [path])
    assert not intake(held(TEMPLATES, "上海"), tmp_path / "data", 0, [path]).changes


@pytest.mark.slow
def test_our_own_workbook_gives_the_entries_back() -> None:
    made = report(held(TEMPLATES, "yibin"), ROOT / "data", 2022, Wanted("xlsx"))
    taken = _taken(next(iter(made.files.values())).data, "yibin", entries=True)
    for name in ("basic.yaml", "projects.yaml", "performance.yaml"):
        assert taken.trees[name] == tree_of((ROOT / "data" / "2022" / name).read_text(encoding="utf-8")), name

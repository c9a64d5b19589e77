"""Relations are asked once for a format and the kinds of money of a ledger, and again when either changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.work import binding
from generator.work.check import check
from generator.work.workshop import Workshop
from tests.conftest import bring


class Memory(dict[bytes, bytes]):
    """A Remember that keeps things for the test."""

    def remember(self, key: bytes, make: Callable[[], bytes]) -> bytes:
        if key not in self:
            self[key] = make()
        return self[key]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    bring(tmp_path)
    return tmp_path


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one each time the relations are asked."""
    times: list[int] = []
    ask = binding.agreements

    def counted(*arguments: object) -> object:
        times.append(1)
        return ask(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(binding, "agreements", counted)
    return times


def codes(place: Path, memory: Memory) -> set[str]:
    ended = check(Workshop(place / "templates", "yibin", memory.remember, ask_all=False), place / "data", 2022)
    assert {"J101", "J302", "J129"} <= {asked.code for asked in ended.asked}
    return {problem.code for problem in ended.problems if problem.code[:2] in ("J1", "J2")}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_second_run_asks_nothing_again(place: Path, questions: list[int]) -> None:
    memory = Memory()
    assert codes(place, memory) == set() and len(questions) == 1
    edit(place / "data" / "2022" / "basic.yaml", "35.35", "36.35")  # other amounts of the same kinds
    assert codes(place, memory) == set() and len(questions) == 1


def test_a_wrong_definition_is_found_at_the_next_check_and_at_each_one_after(place: Path, questions: list[int]) -> None:
    memory = Memory()
    codes(place, memory)
    table = place / "templates" / "yibin" / "tables" / "01-income-expenditure.yaml"
    edit(table, "称: 本年支出合计, 取: {}", "称: 本年支出合计, 取: {类别: 项目支出}")
    for _ in range(2):
        assert codes(place, memory) & {"J104", "J105"}
    assert len(questions) > 2


@pytest.mark.parametrize(
    ("table", "right", "wrong", "code"),
    [
        (
            "02-income",
            "政府性基金: {资金: 政府性基金预算, 年度: 本年}",
            "政府性基金: {资金: 一般公共预算, 年度: 本年}",
            "J107",
        ),
        ("03-expenditure", "      - 小计: {类别: 基本支出}", "      - 小计: {类别: 项目支出}", "J110"),
        ("11-projects", "  - 合计: {}", "  - 合计: {年度: 上年结转}", "J122"),
    ],
)
def test_a_wrong_filter_is_found(place: Path, table: str, right: str, wrong: str, code: str) -> None:
    edit(place / "templates" / "yibin" / "tables" / f"{table}.yaml", right, wrong)
    assert codes(place, Memory()) != set(), code


def test_a_column_dropped_and_a_new_kind_of_money_ask_again(place: Path, questions: list[int]) -> None:
    memory = Memory()
    codes(place, memory)
    edit(place / "templates" / "yibin" / "tables" / "02-income.yaml", "  - 总计: {}\n", "")
    assert codes(place, memory) == set() and len(questions) == 2
    edit(place / "data" / "2022" / "basic.yaml", "资金来源: 一般公共预算", "资金来源: 事业收入")
    codes(place, memory)
    assert len(questions) == 3


def test_a_template_that_prints_another_figure_than_its_words_say_is_found(place: Path) -> None:
    memory = Memory()
    codes(place, memory)
    edit(place / "templates/yibin/prose/part-2.j2", "收入总计{{ 总计 | 金额 }}", "收入总计{{ 基本支出 | 金额 }}")
    for _ in range(2):
        ended = check(Workshop(place / "templates", "yibin", memory.remember, ask_all=False), place / "data", 2022)
        told = [problem.message for problem in ended.problems if problem.code == "T202"]
        assert len(told) == 1 and "收入总计写“168.56万元”" in told[0], told


def test_all_rules_and_the_proved_ones_come_to_the_same(place: Path) -> None:
    memory = Memory()
    codes(place, memory)
    shops = [Workshop(place / "templates", "yibin", memory.remember, ask_all=every) for every in (False, True)]
    proved, asked = (check(shop, place / "data", 2022) for shop in shops)
    assert proved.problems == asked.problems and proved.asked == asked.asked


def test_another_department_of_the_place_asks_nothing_again(place: Path, questions: list[int]) -> None:
    memory = Memory()
    codes(place, memory)
    assert len(questions) == 1
    edit(place / "data/2022/department.yaml", "社会保障事务服务中心", "医疗保障服务中心")
    codes(place, memory)
    assert len(questions) == 1


def test_of_many_departments_only_what_none_had_is_asked(place: Path, questions: list[int]) -> None:
    """A department with fewer kinds of money, then one with both; a new 类 of 部门经济, a new sentence, and a wrong table ask."""
    shop = Workshop(place / "templates", "yibin", Memory().remember, ask_all=False, many=True)
    basic, table = place / "data/2022/basic.yaml", place / "templates/yibin/tables/03-expenditure.yaml"
    times = []

    def asked_of(file: Path, *edits: tuple[str, str]) -> set[str]:
        before = file.read_text(encoding="utf-8")
        for old, new in edits:
            edit(file, old, new)
        ended = check(shop, place / "data", 2022)
        file.write_text(before, encoding="utf-8")
        times.append(len(questions))
        assert {"J101", "J302", "J129"} <= {asked.code for asked in ended.asked}
        return {problem.code for problem in ended.problems if problem.code[:2] in ("J1", "J2")}

    without = ("      30302 退休费: 6.13\n", "")
    assert not asked_of(basic)
    assert not asked_of(basic, without)
    assert not asked_of(basic, ("30228 工会经费: 1.45", "31002 办公设备购置: 1.45"))
    assert not asked_of(basic, without, ("30228 工会经费: 1.45", "31002 办公设备购置: 1.45"))
    assert times == [1, 1, 2, 2]
    assert not asked_of(place / "data/2022/prior.yaml", ("总计: 10805.94", "总计: 6824.79"))
    assert times[4:] == [3]
    for _ in range(2):
        assert asked_of(table, ("      - 小计: {类别: 基本支出}", "      - 小计: {类别: 项目支出}"))
    assert times[5:] == [4, 5]


def test_what_a_department_alone_says_asks_nothing(place: Path, questions: list[int]) -> None:
    """Of a city's departments no two have the same duties, offices or units; each number may be 0 in one of them."""
    shop = Workshop(place / "templates", "yibin", Memory().remember, ask_all=False, many=True)

    def asked(file: str, old: str, new: str) -> int:
        edit(place / "data/2022" / file, old, new)
        before = len(questions)
        check(shop, place / "data", 2022)
        return len(questions) - before

    assert asked("department.yaml", "金额单位: 万元", "金额单位:  万元") == 1  # the first of the place
    assert asked("department.yaml", "负责医疗救助工作。", "负责救灾救济工作。") == 0
    assert asked("department.yaml", "负责救灾救济工作。", "负责收入总计9.00万元的医疗救助。") == 1
    assert asked("department.yaml", "  - 负责收入总计9.00万元的医疗救助。\n", "") == 0
    assert asked("department.yaml", "办公室, 申报登记科", "办公室, 人事科, 资产科") == 0
    assert asked("department.yaml", "局机关本级预算", "中心本级预算") == 0
    assert asked("narrative.yaml", "专项转移支付项目: []", "专项转移支付项目: [医疗救助, 就业补助]") == 1
    assert asked("narrative.yaml", "[医疗救助, 就业补助]", "[临时救助, 住房和保障, 优抚]") == 0
    assert asked("narrative.yaml", "一般公务用车: 0", "一般公务用车: 3") == 1
    assert asked("narrative.yaml", "专用设备: 0 ", "专用设备: 2 ") == 1
    assert asked("narrative.yaml", "一般公务用车: 3", "一般公务用车: 0") == 0
    assert asked("prior.yaml", "总计: 10805.94", "总计: 6824.79") == 1

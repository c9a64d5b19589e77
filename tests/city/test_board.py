"""The board out of a record: what stands where, who is late, and what changed since when."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.city import board as room
from generator.city.board import board_of
from generator.city.record import opened
from generator.model.board import Board, Change, Compared, Due, Public, Split
from generator.model.city import (
    BROKEN_FILE,
    PROBLEMS_FILE,
    Amount,
    Ending,
    FileLine,
    Finding,
    Member,
    ProblemLine,
    Result,
    State,
    Summary,
)
from generator.render.board.words import PAGE, WORKBOOK, headline
from tests.city.towns import BROKEN, SOUND, run, spoil, town_of

FIRST, SECOND, THIRD, FOURTH = "2027-03-01 09:00:00", "2027-03-01 18:00:00", "2027-03-02 09:00:00", "2027-03-02 18:00:00"  # fmt: skip
A, B = Member("001-甲", "001", "甲"), Member("002-乙、丙", "002", "乙、丙")


def recorded(
    folder: Path, now: str, results: Sequence[Result], members: Sequence[Member] = (A, B), ended: bool = True
) -> Board:
    """The board of a run that came to these results."""
    with opened(folder, now, False) as store:
        store.members(members)
        for result in results:
            store.record(result, ("docx",))
        store.settle()
        store.findings((Finding("K201", "错误", (A.key, B.key), "同一个编码", "核对"),))
        if ended:
            store.end(now)
        return board_of(store, "某市", 2027)


def made(member: Member, total: int = 100, digest: str = "a", **more: object) -> Result:
    """A department with a document, and a total."""
    files = (FileLine("", "说明.docx", 1, digest),)
    result = Result(member.key, Ending.MADE, digest, files, (), Summary((Amount("总计", "总计", "总计", total, 90),)))
    return result._replace(**more)


def problem(severity: str, code: str, message: str = "不对", unit: str = "") -> ProblemLine:
    return ProblemLine(unit, code, severity, "data/2027/basic.yaml", 3, 5, "", message, "改")


def test_where_each_department_stands(tmp_path: Path) -> None:
    failed = Result(
        B.key, Ending.FAILED, "x", (FileLine("", PROBLEMS_FILE, 1, "x"),),
        (*(problem("错误", "J101", f"第{number}处\n" + "长" * 400) for number in (0, 0, 1, 2)), problem("警告", "L112"), problem("错误", "Y013")),
    )  # fmt: skip
    board = recorded(tmp_path, FIRST, [made(A), failed])
    one, other = board.departments
    assert (one.state, one.total, one.document, one.page, one.problems) == (State.MADE, Compared(100, 90), "说明.docx", "", "")  # fmt: skip
    assert (other.state, other.errors, other.warnings, other.total) == (State.FAILED, 5, 1, None)
    assert [(rule.code, rule.departments, rule.places) for rule in board.rules] == [("J101", 1, 4), ("Y013", 1, 1), ("L112", 1, 1)]  # fmt: skip
    assert board.rules[1].title == "要用的文件都在" and other.found == ((0, 4), (1, 1), (2, 1))
    assert [message[:5] for message in other.messages] == ["第0处 长", "第1处 长", "第2处 长"]
    assert len(other.messages[0]) == 301
    assert board.findings[0].keys == (A.key, B.key)
    assert board.since == () and (board.begun, board.ended, board.city) == (FIRST, FIRST, "某市")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2027-03-01", 1), ("2027/3/1", 1), ("2027年3月1日", 1), ("2027.3.12", -10), ("2027-03-02 00:00:00", 0), ("", None), ("三月底", None),
        ("2027-02-31", None), ("3月1日", None),
    ],
)  # fmt: skip
def test_who_is_late(text: str, days: int | None, tmp_path: Path) -> None:
    late = Result(B.key, Ending.MISSING)
    members = [one._replace(due=text) for one in (A, B)]
    one, other = recorded(tmp_path, THIRD, [made(A), late], members).departments
    assert one.due == other.due == Due(text, days)
    assert one.late == 0 and other.late == max(days or 0, 0)


def test_who_was_only_checked_is_late_whether_it_has_warnings_or_not(tmp_path: Path) -> None:
    members = [one._replace(due="2027-03-01") for one in (A, B)]
    checked = [
        Result(A.key, Ending.CHECKED, "a", problems=(problem("警告", "L112"),)),
        Result(B.key, Ending.CHECKED, "b"),
    ]
    departments = recorded(tmp_path, THIRD, checked, members).departments
    assert [(one.state, one.late) for one in departments] == [(State.WARNED, 1), (State.OPEN, 1)]


def test_the_best_file_leads_to_a_document(tmp_path: Path) -> None:
    names = ("甲（开放数据）/表1.csv", "甲.md", "甲.html", "甲.docx", PROBLEMS_FILE)
    files = tuple(FileLine(unit, name, 1, "a") for unit, name in (("001001", "单位.docx"), *(("", name) for name in names)))  # fmt: skip
    broken = Result(
        B.key,
        Ending.BROKEN,
        files=(FileLine("", PROBLEMS_FILE, 1, ""), FileLine("", BROKEN_FILE, 1, "")),
        note="程序错误",
    )
    one, other = recorded(tmp_path, FIRST, [made(A, files=files), broken]).departments
    assert (one.document, one.page, one.problems, one.note) == ("甲.docx", "甲.html", PROBLEMS_FILE, "")
    assert (other.document, other.page, other.problems, other.note) == ("", "", BROKEN_FILE, "程序错误")


def test_amounts_of_all_against_those_that_are_known(tmp_path: Path) -> None:
    """The sum of a year may be more than a data base can add."""
    much = 9 * 10**18
    one = Summary((Amount("资金来源", "x", "一般", much, much - 1), Amount("三公", "", "三公", 5, 4), Amount("三公", "30231", "运行", 2, 1), Amount("三公", "30231+30913", "用车", 3)))  # fmt: skip
    other = Summary((Amount("资金来源", "x", "一般公共", much), Amount("资金来源", "y", "基金", 1, 0)))
    board = recorded(tmp_path, FIRST, [made(A, summary=one), made(B, summary=other)])
    splits = [split for split in board.splits if split.kind == "资金来源"]
    assert splits == [Split("资金来源", "x", "一般", 2, 2 * much, much - 1, much, 1), Split("资金来源", "y", "基金", 1, 1, 0, 1, 0)]  # fmt: skip
    assert splits[0].change == 1
    assert board.departments[0].public == Public(Compared(5, 4), None, Compared(3), None)
    assert board.departments[1].public is None


def test_what_changed_since_the_last_run_and_since_the_day_before(tmp_path: Path) -> None:
    recorded(tmp_path, FIRST, [made(A), made(B)])
    recorded(tmp_path, SECOND, [made(A, 200), Result(B.key, Ending.FAILED, "b")])
    board = recorded(tmp_path, THIRD, [made(A, 300, "b"), made(B)])
    assert [(since.words, since.begun) for since in board.since] == [("上次运行", SECOND)]
    assert board.since[0].changes == (
        Change(A.key, None, (200, 300), True),
        Change(B.key, (State.FAILED, State.MADE), None, False),
    )
    killed = recorded(tmp_path, "2027-03-02 10:00:00", [made(A, 400, "c")], ended=False)
    assert killed.ended == "" and killed.since[0].begun == THIRD
    board = recorded(tmp_path, FOURTH, [made(A, 200, "b"), Result(B.key, Ending.MISSING)])
    last, day = board.since
    assert (last.begun, day.begun, day.words) == (THIRD, SECOND, "前一天最后一次运行")
    assert last.changes[0] == Change(A.key, None, (300, 200), True)
    assert day.changes == (
        Change(A.key, None, None, True),  # the total is what it was the day before
        Change(B.key, (State.FAILED, State.MISSING), None, False),
    )
    assert f"比上次运行（{THIRD}）：变为没有数据1、总计变了1、文档变了1。" in headline(board)


def test_the_worst_problems_come_first_and_no_more_than_a_sheet_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_MOST", 3)
    places = ProblemLine("", "T201", "警告", "", 0, 0, "第二部分 三", "不对", "改")
    results = [
        made(A, problems=(problem("建议", "L315"), places)),
        made(B, problems=(problem("警告", "L112"), problem("错误", "J101"))),
    ]
    board = recorded(tmp_path, FIRST, results)
    assert [(one.key, one.code) for one in board.problems] == [(B.key, "J101"), (A.key, "T201"), (B.key, "L112")]
    assert [one.where for one in board.problems[:2]] == ["data/2027/basic.yaml:3:5", "第二部分 三"]
    assert board.left_out == 1


def test_a_run_writes_the_board_and_goes_on_where_it_cannot(tmp_path: Path) -> None:
    town, output = town_of(tmp_path / "全市", SOUND, BROKEN), tmp_path / "输出"
    spoil(town / BROKEN / "data" / "2022")
    assert run(town, output, "").unwritten == ()
    assert "全市 2022年部门预算说明总览" in (output / PAGE).read_text(encoding="utf-8")
    (output / WORKBOOK).unlink()
    (output / PAGE).unlink()
    (output / PAGE).mkdir()
    [why] = run(town, output, "").unwritten
    assert "无法写入" in why and PAGE in why
    assert (output / WORKBOOK).is_file()


def test_a_finding_of_thousands_of_departments_takes_no_time() -> None:
    """One name of a unit in all of them; it took minutes."""
    keys = [f"{number:04}-甲、乙局" for number in range(3000)]
    assert [*room._keys("、".join(keys).split("、"), {*keys})] == keys

"""Problems in the formats people and programs read."""

from __future__ import annotations

import json

from generator.model.department import Acceptance
from generator.model.problem import Note, Problem, Severity
from generator.model.source import Position, Source, Text, in_document
from generator.render.problems import display_width, outcomes_text, problems_text
from generator.render.reports import problems_github, problems_json, problems_sarif

FILE = "data/2022/basic.yaml"
SOURCES = {FILE: Source(FILE, "- 名称: 全角：字\n\t绩效工资: 3.99\n")}
PROBLEMS = (
    Problem(
        "J101",
        Severity.ERROR,
        "收入总计1.00万元≠支出总计2.00万元",
        "请核对。",
        in_document("部门收支预算表!收入总计/金额"),
    ),
    Problem(
        "D026",
        Severity.WARNING,
        "100%该\n换行",
        "改, 或: 不改。",
        Position(FILE, 1, 7),
        5,
        (Note("另一处", Position(FILE, 2, 2)),),
    ),
    Problem("L318", Severity.ADVICE, "有空白", "填0.00。", Position(FILE)),
)
ACCEPTED = ((PROBLEMS[1], Acceptance(Text("D026", Position("a.yaml", 1, 1)), "100%", "已核对", "张三", "2022-01-05")),)


def test_text_marks_wide_characters_and_puts_the_document_last() -> None:
    lines = problems_text(PROBLEMS, SOURCES).splitlines()
    assert lines[0].startswith(f"{FILE}: 建议 L318 ")
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{FILE}:1:7"))
    shown = next(line for line in lines[at:] if line.startswith("  1 | "))
    caret = lines[lines.index(shown) + 1]
    assert caret.index("^") - len("  1 | ") == len("- ") + 2 * len("名称") + len(": ")
    assert caret.count("^") == 2 * len("全角：字")
    assert f"  另见：另一处（{FILE}:2:2）" in lines
    assert [line for line in lines if " J101 " in line][0].startswith("部门收支预算表!收入总计/金额: 错误 J101 ")
    assert lines[-1] == "错误1处，警告1处，建议1处。"


def test_accepted_findings_are_listed_at_the_end() -> None:
    text = problems_text(PROBLEMS[:1], SOURCES, ACCEPTED)
    assert "已接受 D026" in text and "原因：已核对（张三，2022-01-05）" in text
    assert text.endswith("错误1处，已接受1处。\n")


def test_colour_only_when_asked() -> None:
    assert "\033[" not in problems_text(PROBLEMS, SOURCES)
    coloured = problems_text(PROBLEMS, SOURCES, (), True)
    assert "\033[31m错误 J101\033[0m" in coloured and "\033[33m警告 D026\033[0m" in coloured


def test_json_holds_everything() -> None:
    found = json.loads(problems_json(PROBLEMS, ACCEPTED))
    assert [row["code"] for row in found["problems"]] == ["L318", "D026", "J101"]
    warning = found["problems"][1]
    assert (warning["file"], warning["line"], warning["column"], warning["length"]) == (FILE, 1, 7, 5)
    assert warning["notes"] == [{"text": "另一处", "file": FILE, "line": 2, "column": 2, "place": ""}]
    assert found["problems"][2]["place"] == "部门收支预算表!收入总计/金额" and found["problems"][2]["file"] == ""
    assert found["accepted"] == [
        {"code": "D026", "message": "100%该\n换行", "reason": "已核对", "by": "张三", "date": "2022-01-05"}
    ]
    assert found["summary"] == {"error": 1, "warning": 1, "advice": 1}


def test_github_annotations_are_one_line_each_and_escaped() -> None:
    assert problems_github(PROBLEMS).splitlines() == [
        f"::notice file={FILE},title=L318::有空白 填0.00。",
        f"::warning file={FILE},line=1,col=7,title=D026::100%25该%0A换行 改, 或: 不改。",
        "::error title=J101 部门收支预算表!收入总计/金额::收入总计1.00万元≠支出总计2.00万元 请核对。",
    ]


def test_sarif_has_the_places_a_viewer_needs() -> None:
    found = json.loads(problems_sarif(PROBLEMS, {"J101": "收支平衡"}))
    [run] = found["runs"]
    assert found["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["D026", "J101", "L318"]
    assert run["tool"]["driver"]["rules"][1]["shortDescription"]["text"] == "收支平衡"
    advice, warning, error = run["results"]
    assert [item["level"] for item in run["results"]] == ["note", "warning", "error"]
    place = warning["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == FILE
    assert place["region"] == {"startLine": 1, "startColumn": 7, "endColumn": 12}
    assert "region" not in advice["locations"][0]["physicalLocation"]
    assert error["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "部门收支预算表!收入总计/金额"


def test_outcomes_are_counted_and_the_silent_ones_explained() -> None:
    rows = [
        ("J101", "甲", "通过", ""),
        ("J102", "乙", "不符", ""),
        ("J103", "丙", "无法检查", "读不出"),
        ("J104", "丁", "不适用", "没有"),
    ]
    assert outcomes_text(rows).splitlines() == [
        "共检查规则4条：通过1条，不符1条，不适用1条，无法检查1条。",
        "  无法检查 J103 丙：读不出",
        "  不适用 J104 丁：没有",
    ]


def test_a_terminal_is_told_nothing_by_the_text() -> None:
    source = Source("a.yaml", "名称: \x1b[31m红\u202e反")
    text = problems_text(
        (Problem("Y011", Severity.ERROR, "有\x1b", "删去\u202e", Position("a.yaml", 1, 5)),), {"a.yaml": source}
    )
    assert "\x1b" not in text and "\u202e" not in text
    assert "  1 | 名称: \ufffd[31m红\ufffd反" in text


def test_a_long_line_is_cut_around_its_place() -> None:
    source = Source("a.yaml", "字" * 500 + "错" + "字" * 500)
    text = problems_text((Problem("L310", Severity.WARNING, "…", "…", Position("a.yaml", 1, 501)),), {"a.yaml": source})
    shown, caret = text.splitlines()[1:3]
    assert 76 < display_width(shown) < 80 and shown.startswith("  1 | …字") and shown.endswith("字…")
    before = shown[len("  1 | ") : shown.index("错")]
    assert caret.index("^") - len("  1 | ") == sum(2 if character == "字" else 1 for character in before)


def test_a_long_line_is_cut_on_the_side_where_more_of_it_stands() -> None:
    for place, shown in (
        (1, f"  1 | 错{'字' * 35}…"),
        (3, f"  1 | 字字错{'字' * 33}…"),
        (101, f"  1 | …{'字' * 35}错"),
        (99, f"  1 | …{'字' * 33}错字字"),
    ):
        source = Source("a.yaml", "字" * (place - 1) + "错" + "字" * (101 - place))
        problem = Problem("L310", Severity.WARNING, "…", "…", Position("a.yaml", 1, place))
        assert problems_text((problem,), {"a.yaml": source}).splitlines()[1] == shown

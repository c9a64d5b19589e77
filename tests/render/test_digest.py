"""Problems in short: what a run that made a document says of them."""

from __future__ import annotations

from generator.model.department import Acceptance
from generator.model.problem import Problem, Severity
from generator.model.seen import known_as, new_since
from generator.model.source import Position, Source, Text, in_document
from generator.render.digest import Around, digest_text
from generator.render.problems import display_width

FILE = "data/2022/basic.yaml"
SOURCES = {FILE: Source(FILE, "金额: 3.99万元\n")}


def warning(code: str, number: int = 1, severity: Severity = Severity.WARNING) -> Problem:
    return Problem(code, severity, f"第{number}处" + "很长的话" * 30, "请核对。", Position(FILE, number, 1))


def test_forty_rules_take_less_than_twenty_lines_of_a_terminal() -> None:
    problems = [warning(f"T{rule}", number) for rule in range(200, 240) for number in range(1, rule - 195)]
    lines = digest_text(problems, {}, Around({"T239": "最多的一条"}, "shuoming check 2022")).splitlines()
    assert len(lines) < 16
    assert max(map(display_width, lines[:11])) < 80
    assert lines[0].startswith("警告 43处 T239 最多的一条：如2022/basic.yaml:1 第1处很长的话")
    told = sum(int(line.split("处")[0].removeprefix("警告")) for line in lines[:11])
    assert lines[11].startswith("另有29条规则共") and f"共{len(problems) - told}处：" in lines[11]
    assert all(f"T{rule}（" in lines[11] for rule in range(200, 229))
    assert lines[12:] == ["逐处列出：shuoming check 2022", f"警告{len(problems)}处。"]


def test_a_rule_more_than_fits_is_no_group_of_one() -> None:
    lines = digest_text([warning(f"T{rule}") for rule in range(200, 212)], {}, Around({}, "x")).splitlines()
    assert not any("另有" in line for line in lines) and "T211" in lines[11]


def test_errors_come_first_in_full_and_the_rest_is_counted() -> None:
    error = Problem("D010", Severity.ERROR, "不是数字", "请改为3.99。", Position(FILE, 1, 5), 6)
    many = [warning("D030", number, Severity.ADVICE) for number in (1, 2, 3)]
    text = digest_text([error, *many, warning("T227")], SOURCES, Around({}, "x", keep="y"))
    assert text.splitlines() == [
        "有1处错误，改好以前不能生成文档：",
        "",
        f"{FILE}:1:5: 错误 D010 不是数字",
        "  1 | 金额: 3.99万元",
        "    |       ^^^^^^^^",
        "  改法：请改为3.99。",
        "",
        "其余4处：T227（1）、D030（3）",
        "逐处列出：x",
        "错误1处，警告1处，建议3处。",
    ]


def test_warnings_come_before_advice() -> None:
    many = [warning("D030", number, Severity.ADVICE) for number in (1, 2, 3)]
    lines = digest_text([*many, warning("T227")], SOURCES, Around({}, "x", keep="y")).splitlines()
    assert lines[0].startswith("警告  1处 T227") and lines[1].startswith("建议  3处 D030")
    assert lines[2:] == ["逐处列出：x", "看过了，以后只看新的：y", "警告1处，建议3处。"]


def test_what_is_new_is_told_in_full_and_what_was_seen_is_counted() -> None:
    old, again, new = warning("T227", 1), warning("T227", 7), warning("T228", 3)._replace(message="新的一处")
    seen = {"T227": (known_as(old, {}), known_as(again, {})), "T300": ("没有了的",)}
    around = Around({}, "x", keep="y", aside="z")
    lines = digest_text([old, new, again._replace(position=Position(FILE, 99, 1))], {}, around, (), seen).splitlines()
    assert lines == [
        "上次看过以后新出现的1处：",
        "",
        f"{FILE}:3:1: 警告 T228 新的一处",
        "  改法：请核对。",
        "",
        "看过的2处：T227（2）",
        "逐处列出：x",
        "看过了，以后只看新的：y",
        "z",
        "警告3处。",
    ]
    lines = digest_text([old], {}, around, (), seen).splitlines()
    assert lines == ["上次看过以后没有新出现的。", "看过的1处：T227（1）", "逐处列出：x", "z", "警告1处。"]
    twice = digest_text([old, old._replace(position=Position(FILE, 8, 1))], {}, around, (), seen)
    assert twice.startswith("上次看过以后新出现的1处：")
    many = digest_text([warning("T1", number) for number in range(30)], {}, around, (), {}).splitlines()
    assert many[0] == "上次看过以后新出现的30处，先列10处："
    assert "其余20处：T1（20）" in many


def test_of_two_that_say_the_same_the_new_one_is_told() -> None:
    """Known by the line it is about, wherever that stands now; by the words alone where the line was edited."""
    source = Source(FILE, "甲, 乙\n丙, 丁\n戊, 己\n")
    at = [warning("L310")._replace(message="半角", position=Position(FILE, line, 2)) for line in (1, 2, 3)]
    entries = [known_as(problem, {FILE: source}) for problem in at]
    assert entries == ["半角 ｜ 甲, 乙", "半角 ｜ 丙, 丁", "半角 ｜ 戊, 己"]
    moved = {FILE: Source(FILE, "戊, 己\n新, 的\n甲, 乙\n")}
    assert new_since(at, {"L310": (entries[0], entries[2])}, moved) == (at[1],)
    edited = {FILE: Source(FILE, "甲, 乙改\n戊, 己\n")}
    assert new_since(at[:2], {"L310": (entries[0], entries[2])}, edited) == ()
    assert new_since(at, {"L310": ("半角",)}, {FILE: source}) == (at[1], at[2])


def test_places_of_the_document_and_what_was_accepted_are_told_too() -> None:
    problem = Problem("L318", Severity.ADVICE, "有\x1b[2J空白", "填0.00。", in_document("“三公”经费表"))
    accepted = ((problem, Acceptance(Text("L318", Position("a.yaml", 1, 1)), "空白", "已核对", "", "")),)
    text = digest_text([problem], {}, Around({}, "x"), accepted)
    assert "L318 ：如“三公”经费表 有" in text and "\x1b" not in text and text.endswith("建议1处，已接受1处。\n")
    assert digest_text([], {}, Around({}, "x")) == "没有发现问题。\n"

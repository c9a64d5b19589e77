"""Prose item by item: a figure split by 科目, project, unit, with amounts, shares, changes and a person's words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator.check.book_rules import Derived
from generator.check.catalogue import SENTENCE_RULES
from generator.check.rules import check as ask
from generator.load.classification import load_classification
from generator.load.profile import load_profile
from generator.load.schema import schemas_of
from generator.model.problem import Severity
from generator.model.reading import Reading, ReadParagraph
from generator.readback.document import reading_of
from generator.work.binding import nouns
from generator.work.check import check
from generator.work.stages import Finished
from generator.work.workshop import Workshop
from tests.conftest import ROOT
from tests.test_schema import named

ASKED = "\n说明: {功能科目: [用途, 原因], 项目: [概述]}\n"
PROSE = """
## 逐项

{% for 项 in 全部 | 逐项("功能类") %}
- {{ 项.简称 }}（类）{{ 项.数 | 金额 }}，占{{ 项.占比 }}。
{% endfor %}

各科目如下：

{% for 项 in 全部 | 逐项("功能科目", 含="上年预算") %}
{% set 变 = 项.数 | 比上年 %}
- {{ 项.类.简称 }}（类）{{ 项.款.名称 }}（款）{{ 项.项.名称 }}（项）{{ 项.数 | 金额 }}{% if 项.用途 %}，主要用于{{ 项.用途 }}{% endif %}，{% if 变.持平 %}与上年持平{% elif 变.新增 %}为今年新增科目{% else %}比上年{{ "增加" if 变.增加 else "减少" }}{{ 变.差额 }}{% if 变.增幅 %}，{{ "增长" if 变.增加 else "下降" }}{{ 变.增幅 }}{% endif %}{% if 项.原因 %}，主要是{{ 项.原因 }}{% endif %}{% endif %}。
{% endfor %}

主要包括：{{ 基本 | 逐项("部门经济", 顺序="金额") | 名称 | 顿号("、") }}。
"""
WORDS = """
说明:
  功能科目:
    2070109 群众文化: {用途: 群众文化活动, 原因: 活动增加}
"""


BEFORE = """
台账:
  - 支出: {2070109 群众文化: 1000000.00, 2070108 文化活动: 5000.00}
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "profiles" / "tiny", tmp_path / "templates" / "tiny")
    shutil.copytree(ROOT / "tests" / "data" / "2023", tmp_path / "data" / "2023")
    profile = tmp_path / "templates" / "tiny"
    _add(profile / "figures.yaml", ASKED)
    _add(profile / "prose" / "notes.j2", PROSE)
    _add(tmp_path / "data" / "2023" / "prior.yaml", BEFORE)
    return tmp_path


def _add(path: Path, text: str) -> None:
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + text, encoding="utf-8")


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def finished(place: Path, unit: str = "") -> Finished:
    ended = check(Workshop(place / "templates", "tiny"), place / "data", 2023, unit)
    errors = [problem for problem in ended.problems if problem.severity is Severity.ERROR]
    assert isinstance(ended, Finished) and not errors, errors
    return ended


def words(place: Path, unit: str = "") -> list[str]:
    blocks = finished(place, unit).document.blocks
    texts = [getattr(block, "text", "") or getattr(block, "title", "") for block in blocks]
    return texts[texts.index("逐项") + 1 :]


def told(place: Path, *codes: str, unit: str = "") -> list[str]:
    ended = check(Workshop(place / "templates", "tiny"), place / "data", 2023, unit)
    return [problem.message for problem in ended.problems if problem.code in codes]


def test_items_have_amounts_shares_and_changes(place: Path) -> None:
    assert words(place) == [
        "(1) 文化旅游体育与传媒（类）116.67万元，占94.50%。",
        "(2) 其他（类）6.79万元，占5.50%。",
        "各科目如下：",
        "(1) 文化旅游体育与传媒（类）文化和旅游（款）文化活动（项）0.00万元，比上年减少0.50万元，下降100.00%。",
        "(2) 文化旅游体育与传媒（类）文化和旅游（款）群众文化（项）116.67万元，比上年增加16.67万元，增长16.67%。",
        "(3) 其他（类）彩票公益金安排的支出（款）用于体育事业的彩票公益金支出（项）6.79万元，为今年新增科目。",
        "主要包括：基本工资、办公费。",
    ]


def test_a_person_says_what_an_item_is_for(place: Path) -> None:
    _add(place / "data" / "2023" / "narrative.yaml", WORDS)
    assert "116.67万元，主要用于群众文化活动，比上年增加16.67万元，增长16.67%，主要是活动增加。" in words(place)[4]
    assert told(place, "D057") == [
        "功能科目“2296003 用于体育事业的彩票公益金支出”有67901.23元，没有填写“用途”，文中缺这一句"
    ]


def test_words_nobody_typed_are_asked_for_once(place: Path) -> None:
    assert told(place, "D057") == [
        "功能科目“2070109 群众文化”有1166666.66元，没有填写“用途”，文中缺这一句",
        "功能科目“2070109 群众文化”有1166666.66元，没有填写“原因”，文中缺这一句",
        "功能科目“2296003 用于体育事业的彩票公益金支出”有67901.23元，没有填写“用途”，文中缺这一句",
    ]


def test_words_of_an_item_without_money(place: Path) -> None:
    _add(place / "data" / "2023" / "narrative.yaml", WORDS + "    2070101: {用途: 无}\n")
    assert told(place, "D058") == ["功能科目“2070101 行政运行”没有金额，却填写了“用途”"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2070109 群众文化", "群众文话", "没有“群众文话”这个功能科目"),
        ("2070109 群众文化", "行政运行", "叫“行政运行”的功能科目有几个"),
        ("用途: 群众", "用处: 群众", "“2070109 群众文化”的说明没有“用处”这一项"),
        ("功能科目:", "功能:", "“说明”没有“功能”"),
    ],
)
def test_a_wrong_saying_is_told(place: Path, old: str, new: str, expected: str) -> None:
    _add(place / "data" / "2023" / "narrative.yaml", WORDS.replace(old, new))
    assert expected in told(place, "Y007")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('逐项("功能类")', "逐项(功能类)", "没有“功能类”这个名称"),
        ('逐项("功能类")', '逐项("功能")', "不能按“功能”逐项"),
        ('含="上年预算"', '含="上年"', "没有“上年”这个基准"),
        ('顺序="金额"', '顺序="大小"', "“顺序”没有“大小”"),
        ("基本 | 逐项", "年 | 逐项", "“逐项”只能用在台账的数上"),
        ("| 名称 | 顿号", "| 名称 | 名称", "“名称”只能用在逐项的结果上"),
        ("{{ 项.简称 }}", '{{ 项 | 如填("称") or 项.简称 }}', "没有“称”这句话可填"),
        ("{{ 项.简称 }}", '{{ 全部 | 如填("用途") }}', "没有“用途”这句话可填"),
    ],
)
def test_a_mistake_in_a_template_is_told(place: Path, old: str, new: str, expected: str) -> None:
    path = place / "templates" / "tiny" / "prose" / "notes.j2"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert expected in told(place, "P102", "P103")


def test_without_a_ledger_of_the_basis_items_can_t_be_compared(place: Path) -> None:
    path = place / "data" / "2023" / "prior.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(BEFORE, ""), encoding="utf-8")
    assert told(place, "P103") == ["不知道“全部”在“上年预算”里有哪些功能科目"]
    prose = place / "templates" / "tiny" / "prose" / "notes.j2"
    prose.write_text(prose.read_text(encoding="utf-8").replace(', 含="上年预算"', ""), encoding="utf-8")
    assert "“全部·2070109”没有与上年比较" in told(place, "P103")


def test_a_ledger_that_does_not_tell_the_items_is_no_list_of_them(place: Path) -> None:
    _edit(place / "templates" / "tiny" / "prose" / "notes.j2", '逐项("功能科目", 含', '逐项("项目", 含')
    assert told(place, "P103") == ["不知道“全部”在“上年预算”里有哪些项目"]


def test_a_coarse_ledger_answers_only_what_it_tells(place: Path) -> None:
    """Typed by 功能科目 alone, it knows the whole, and not how much of it was 基本支出."""
    path = place / "data" / "2023" / "prior.yaml"
    path.write_text(BEFORE.replace("1000000.00", "990000.00") + "基金: 0.00\n", encoding="utf-8")
    changes = finished(place).book.changes
    assert changes["全部"].prior_money.amount == 995000
    path.write_text(BEFORE, encoding="utf-8")
    assert told(place, "T210") == ["缺少2022年的“基金”，无法与上年比较"]


def test_a_whole_ledger_answers_all(place: Path) -> None:
    path = place / "data" / "2023" / "prior.yaml"
    line = '台账:\n  - {资金来源: 政府性基金预算, 层级: 本级, 类别: 项目支出, 单位: "105001", 支出: {2296003: {30227: 7.00}}}\n'
    path.write_text(line, encoding="utf-8")
    changes = finished(place).book.changes
    assert (changes["全部"].prior_money.amount, changes["基金"].prior_money.amount) == (7, 7)


def test_words_of_one_figure_go_before_those_of_all(place: Path) -> None:
    _add(
        place / "data" / "2023" / "narrative.yaml",
        WORDS + "    基本/2070109: {用途: 日常运转}\n    全部/群众文化: {用途: 全部群众文化活动}\n",
    )
    _add(place / "templates" / "tiny" / "prose" / "notes.j2", PURPOSES)
    found = words(place)
    assert "116.67万元，主要用于全部群众文化活动，比上年增加16.67万元，增长16.67%，主要是活动增加。" in found[4]
    assert found[-2:] == ["群众文化：日常运转", "群众文化：群众文化活动"]


PURPOSES = """
{% for 项 in 基本 | 逐项("功能科目") %}
{{ 项.名称 }}：{{ 项.用途 }}
{% endfor %}

{% for 项 in 项目 | 逐项("功能科目") if 项.代码 == "2070109" %}
{{ 项.名称 }}：{{ 项.用途 }}
{% endfor %}
"""


def test_what_is_missing_is_asked_for_where_the_rest_was_typed(place: Path) -> None:
    _add(place / "data" / "2023" / "narrative.yaml", WORDS.replace(", 原因: 活动增加", ""))
    ended = check(Workshop(place / "templates", "tiny"), place / "data", 2023)
    found = [problem for problem in ended.problems if problem.code == "D057"]
    assert [(problem.position.line, problem.remedy[:9]) for problem in found] == [
        (4, "请在这一项里加上："), (0, "请在narrati"),
    ]  # fmt: skip


LIST = """
## 名单

{% for 单位 in 全部 | 逐项("单位") %}
- {{ 单位.名称 }}（{{ 单位.性质 }}）{{ 单位.数 | 金额 }}
{% endfor %}

{% for 项 in 全部 | 逐项("项目") %}
{{ 项.名称 }}（{{ 项.类型 }}，{{ 项.单位 }}）{{ 项.数 | 金额 }}：{% for 款 in 项 | 逐项("资金") %}{{ 款.名称 }}{{ 款.数 | 金额 }}{{ "。" if loop.last else "，" }}{% endfor %}
{% endfor %}
"""


def test_units_and_projects_are_listed_with_what_they_are(place: Path) -> None:
    _add(place / "templates" / "tiny" / "prose" / "notes.j2", LIST)
    found = words(place)
    assert found[found.index("名单") + 1 :] == [
        "(1) 小城市文化馆（事业）120.12万元",
        "(2) 小城市美术馆（事业）3.33万元",
        "送戏下乡&<惠民>（特定目标类，小城市文化馆）66.79万元：一般公共预算60.00万元，政府性基金预算6.79万元。",
    ]


OF_UNITS = """
台账:
  - {单位: "105001", 支出: {2070109 群众文化: 900000.00}}
  - {单位: "105002", 支出: {2070109 群众文化: 100000.00, 2070108 文化活动: 5000.00}}
"""


def of_units(place: Path, lines: str, said: str) -> None:
    data = place / "data" / "2023"
    (data / "prior.yaml").write_text("全部: 1005000.00\n基金: 0.00\n" + lines, encoding="utf-8")
    (data / "units").mkdir()
    (data / "units" / "105001.yaml").write_text("上年: {全部: 900000.00, 基金: 0.00}\n" + said, encoding="utf-8")
    _add(data / "narrative.yaml", WORDS)


def test_a_unit_compares_with_its_own_lines_and_says_its_own_words(place: Path) -> None:
    of_units(place, OF_UNITS, "说明: {功能科目: {2070109: {原因: 新增演出}}}\n")
    assert (
        "(1) 文化旅游体育与传媒（类）文化和旅游（款）群众文化（项）113.33万元，主要用于群众文化活动，"
        "比上年增加23.33万元，增长25.93%，主要是新增演出。"
    ) in words(place, "105001")
    assert "116.67万元，主要用于群众文化活动，比上年增加16.67万元，增长16.67%，主要是活动增加。" in words(place)[4]


def test_what_a_unit_did_not_say_is_asked_for_in_its_own_file(place: Path) -> None:
    """Also why what both units have moved: the department's reason is that of the two together."""
    of_units(place, OF_UNITS, "")
    ended = check(Workshop(place / "templates", "tiny"), place / "data", 2023, "105001")
    found = [problem for problem in ended.problems if problem.code == "D057"]
    assert [problem.position.file.rpartition("/")[2] for problem in found] == ["105001.yaml", "105001.yaml"]
    assert "2070109 群众文化”有" in found[0].message and "“原因”" in found[0].message, found
    assert "“原因”" not in found[1].message


def test_what_all_units_had_together_is_no_ones_of_them(place: Path) -> None:
    of_units(place, BEFORE, "")
    assert told(place, "P103", unit="105001") == ["不知道“全部”在“上年预算”里有哪些功能科目"]
    assert "万元，主要用于群众文化活动，比上年增加16.67万元" in words(place)[4]


def test_words_of_another_units_items_are_no_mistake(place: Path) -> None:
    of_units(place, OF_UNITS, "")
    _add(place / "data" / "2023" / "narrative.yaml", "    2296003: {用途: 体育活动}\n")
    ledger = "units/105002.yaml"
    (place / "data" / "2023" / ledger).write_text("上年: {全部: 105000.00, 基金: 0.00}\n", encoding="utf-8")
    assert told(place, "D058", unit="105002") == []


def test_lines_are_not_typed_in_a_units_file(place: Path) -> None:
    of_units(place, OF_UNITS, "")
    (place / "data" / "2023" / "units" / "105001.yaml").write_text("上年: {台账: []}\n", encoding="utf-8")
    assert told(place, "Y007") == ["单位的“上年”里不填“台账”"]


def test_what_a_ledger_leaves_open_stays_so_in_another_unit_of_money(place: Path) -> None:
    _edit(place / "templates" / "tiny" / "report.yaml", "金额单位: 元", "金额单位: 万元")
    (place / "data" / "2023" / "prior.yaml").write_text("全部: 1005000.00\n" + BEFORE, encoding="utf-8")
    assert told(place, "T210") == ["缺少2022年的“基金”，无法与上年比较"]


@pytest.mark.parametrize(
    ("file", "text", "right"),
    [
        ("narrative", WORDS, True),
        ("narrative", "说明: {项目: {P-01: 送戏下乡}}", True),
        ("narrative", "说明: {功能科目: {2070109: {用处: 活动}}}", False),
        ("narrative", "说明: {科目: {}}", False),
        ("prior", BEFORE, True),
        ("prior", OF_UNITS, True),
        ("prior", "台账: [{资金来源: 一般公共预算, 类别: 基本支出, 支出: {2070109: {30101 基本工资: 5.00}}}]", True),
        ("prior", "台账: [{类别: 其他支出, 支出: {}}]", False),
        ("prior", "台账: [{单位: 105001}]", False),
    ],
)
def test_an_editor_knows_what_is_typed(place: Path, file: str, text: str, right: bool) -> None:
    profile, _, _ = load_profile(place / "templates" / "tiny")
    assert profile is not None
    schema = schemas_of(profile, load_classification(2023, profile.extra_codes), {})[file]
    assert Draft202012Validator(schema).is_valid(named(yaml.safe_load(text))) is right


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("（类）116.67万元", "（类）116.76万元", "T201"),
        ("（项）116.67万元", "（项）116.76万元", "T201"),
        ("占94.50%", "占94.05%", "T204"),
        ("占94.50%", "占94.05%", "T205"),
        ("增加16.67万元", "增加16.76万元", "T206"),
        ("比上年减少0.50万元", "比上年增加0.50万元", "T206"),
        ("为今年新增科目", "与上年持平", "T206"),
        ("增长16.67%", "增长17.66%", "T207"),
        ("减少0.50万元，下降", "减少0.50万元，增长", "T208"),
        ("（项）116.67万元", "（项）116.76万元", "T217"),
    ],
)
def test_a_wrong_number_of_an_item_is_found(place: Path, old: str, new: str, code: str) -> None:
    """What an item says is held against the tables, the ledgers of both years, and the sum it is a part of."""
    right, wrong = codes_after(place, old, new)
    assert right == set()
    assert code in wrong


def codes_after(place: Path, old: str, new: str) -> tuple[set[str], set[str]]:
    """What sentences are found to be wrong in as they are, and with other words in them."""
    done = finished(place)
    reading = reading_of(done.document)
    blocks = [
        block._replace(text=block.text.replace(old, new)) if isinstance(block, ReadParagraph) else block
        for block in reading.blocks
    ]
    wrong = reading._replace(blocks=tuple(blocks))
    assert wrong != reading

    def codes(read: Reading) -> set[str]:
        _, prose = nouns(read, Derived(done.inputs, done.profile, done.book), done.document)
        return {problem.code for problem in ask(prose, SENTENCE_RULES).problems} - {"T212"}

    return codes(reading), codes(wrong)


COMPLETED = """
## 完成

{% for 项 in 全部 | 逐项("功能科目", 含="年初预算") %}
{% set 变 = 项.数 | 比("年初预算") %}
- {{ 项.项.名称 }}（项）年初预算{{ 变.上年数 }}，支出决算{{ 项.数 | 金额 }}，{% if 变.完成率 %}完成年初预算的{{ 变.完成率 }}{% else %}年初没有预算{% endif %}。
{% endfor %}
"""
STAGE = """
基准:
  年初预算: {早几年: 0, 口径: 年初预算, 文件: original.yaml}
"""


def test_how_much_of_a_basis_was_spent(place: Path) -> None:
    _add(place / "templates" / "tiny" / "figures.yaml", STAGE)
    _add(place / "templates" / "tiny" / "prose" / "notes.j2", COMPLETED)
    _add(place / "data" / "2023" / "original.yaml", BEFORE.replace("1000000.00", "1200000.00"))
    found = words(place)
    assert found[found.index("完成") + 1 :] == [
        "(1) 文化活动（项）年初预算0.50万元，支出决算0.00万元，完成年初预算的0.00%。",
        "(2) 群众文化（项）年初预算120.00万元，支出决算116.67万元，完成年初预算的97.22%。",
        "(3) 用于体育事业的彩票公益金支出（项）年初预算0.00万元，支出决算6.79万元，年初没有预算。",
    ]
    assert codes_after(place, "97.22%", "97.23%") == (set(), {"T207"})


def test_words_that_nobody_has_to_type(place: Path) -> None:
    """A place that calls one 类 by another name than the classification does; nobody is asked for the others'."""
    _edit(place / "templates" / "tiny" / "figures.yaml", "[用途, 原因]", "[用途, 原因, 称]")
    _edit(place / "templates" / "tiny" / "prose" / "notes.j2", "{{ 项.简称 }}", '{{ 项 | 如填("称") or 项.简称 }}')
    _add(place / "data" / "2023" / "narrative.yaml", WORDS + "    207: {称: 文体}\n")
    assert words(place)[:2] == ["(1) 文体（类）116.67万元，占94.50%。", "(2) 其他（类）6.79万元，占5.50%。"]
    assert not any("“称”" in message for message in told(place, "D057", "D058"))

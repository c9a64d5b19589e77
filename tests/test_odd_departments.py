"""Departments that nobody published, in the places that ship: what their sentences and tables make of little, of nothing and of much.

Each is an example's folder with a few things typed otherwise.
"""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.model.document import Document, Heading, Paragraph
from generator.model.problem import Problem, Severity
from generator.work.check import check
from generator.work.stages import Ended, Finished
from generator.work.workshop import Workshop
from tests.conftest import ROOT
from tests.varied import dump, load

Edit = Callable[[Any], Any]
FINAL, SHANGHAI, HUNAN = ("shanghai-final", 2024), ("shanghai", 2025), ("hunan", 2025)
BEIJING, SICHUAN = ("beijing", 2025), ("sichuan", 2025)
_WRONG_MARKS = re.compile(r"[，。、；：]{2,}|（）|为。")


@pytest.fixture
def odd(tmp_path: Path) -> Callable[..., Ended]:
    """An example's document after edits of its files, each what its content becomes."""

    def made(example: tuple[str, int], unit: str = "", /, **edits: Edit) -> Ended:
        place, year = example
        folder = tmp_path / str(year)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(ROOT / "examples" / place / str(year), folder)
        for name, edit in edits.items():
            path = folder / f"{name.replace('_', '/').replace('__', '-')}.yaml"
            path.parent.mkdir(exist_ok=True)
            dump(path, edit(load(path) if path.exists() else None))
        profile = load(folder / "department.yaml")["格式"]
        return check(Workshop(ROOT / "templates", profile), tmp_path, year, unit)

    return made


def document(ended: Ended) -> Document:
    assert isinstance(ended, Finished) and not errors(ended), errors(ended)
    return ended.document


def errors(ended: Ended) -> list[Problem]:
    return [problem for problem in ended.problems if problem.severity is Severity.ERROR]


def _line(problem: Problem) -> str:
    """The line of the file that a problem is about."""
    assert problem.position
    return Path(problem.position.file).read_text(encoding="utf-8").splitlines()[problem.position.line - 1]


def section(document: Document, title: str) -> str:
    """The words under a heading."""
    found, words = False, []
    for block in document.blocks:
        if isinstance(block, Heading):
            found = title in block.title
        elif found and isinstance(block, Paragraph):
            words.append(block.text)
    return "\n".join(words)


def of_fund(fund: str) -> Edit:
    """All the money from one 资金来源."""

    def changed(content: Any) -> Any:
        if isinstance(content, list):
            return [changed(item) for item in content]
        if isinstance(content, dict):
            return {key: fund if key == "资金来源" else changed(value) for key, value in content.items()}
        return content

    return changed


def without(*names: str) -> Edit:
    return lambda content: {key: value for key, value in content.items() if key not in names}


NO_CONTROLS = without("控制数")


def nothing(_: Any) -> Any:
    return []


def test_a_list_of_nothing_has_no_colon_before_it(odd: Callable[..., Ended]) -> None:
    told = document(odd(HUNAN, department=NO_CONTROLS, basic=of_fund("其他收入"), projects=of_fund("其他收入")))
    assert section(told, "一般公共预算拨款支出").startswith("2025年本部门一般公共预算拨款支出预算0.00万元。具体")


@pytest.mark.parametrize("fund", ["其他收入", "国有资本经营预算"])
def test_final_accounts_without_the_usual_fund(odd: Callable[..., Ended], fund: str) -> None:
    """A rate against nothing is not told, nor what a cost of nothing consists of; empty tables say that they are empty."""
    told = document(
        odd(FINAL, department=NO_CONTROLS, basic=of_fund(fund), projects=of_fund(fund), income=_all_of(fund))
    )
    words = [block.text for block in told.blocks if isinstance(block, Paragraph)]
    assert [text for text in words if _WRONG_MARKS.search(text)] == []
    assert "人员经费0.00万元；公用经费0.00万元。" in section(told, "基本支出决算情况说明")
    assert "占本年支出合计的0.00%" in section(told, "总体情况")


def _all_of(fund: str) -> Edit:
    """Income of one fund, by 功能科目 throughout: a table of one fund has no row for 未列科目."""

    def changed(content: Any) -> Any:
        sides = of_fund(fund)(content)
        for side in sides:
            if isinstance(side["金额"], str):
                side["金额"] = {"2120101 行政运行": side["金额"]}
        return sides

    return changed


def test_an_item_that_the_first_budget_did_not_have(odd: Callable[..., Ended]) -> None:
    def first_budget(content: Any) -> Any:
        del content["台账"][0]["支出"]["2200199 其他自然资源事务支出"]
        return content

    told = section(document(odd(FINAL, initial=first_budget)), "具体情况")
    assert "年初预算为0.00万元，支出决算为45.00万元。决算数大于预算数。" in told


def test_an_amount_that_a_table_compares_with_is_asked_for_by_its_name(odd: Callable[..., Ended]) -> None:
    cars = ("公务用车购置费", "公务用车运行维护费")

    def with_a_car(content: Any) -> Any:
        content[0]["支出"]["2120101 行政运行"]["30231 公务用车运行维护费"] = "1.00"
        return content

    told = [one for one in errors(odd(FINAL, basic=with_a_car, initial=without(*cars))) if one.code == "T210"]
    asked = "请在 initial.yaml 补上“公务用车运行维护费: 金额”，或在 initial.yaml 的“台账”里补上"
    assert [one.remedy.startswith(asked) for one in told] == [True]


def test_what_other_income_there_is_stands_beside_the_appropriation(odd: Callable[..., Ended]) -> None:
    def earned(content: Any) -> Any:
        return [
            *content,
            {"流向": "收入", "资金来源": "事业收入", "单位": "160003", "金额": {"2200150 事业运行": "100000.00"}},
            {"流向": "年末结转和结余", "资金来源": "事业收入", "单位": "160003", "金额": "100000.00"},
        ]

    told = section(document(odd(FINAL, income=earned)), "收入决算情况说明")
    assert re.search(r"其中：财政拨款收入9746\.50万元，占99\.9\d%；事业收入10\.00万元，占0\.1\d%。", told), told


def test_what_stays_of_the_appropriation_is_in_its_total(odd: Callable[..., Ended]) -> None:
    def saved(content: Any) -> Any:
        side = {"资金来源": "一般公共预算", "单位": "160003", "金额": {"2200150 事业运行": "200000.00"}}
        return [*content, {"流向": "收入", **side}, {"流向": "年末结转和结余", **copy.deepcopy(side)}]

    told = document(odd(FINAL, income=saved))
    assert "财政拨款收入支出总计9766.50万元" in section(told, "财政拨款收入支出决算总体情况说明")
    assert "一般公共预算财政拨款支出9746.50万元" in section(told, "一般公共预算财政拨款支出决算总体情况")


def test_a_table_that_prints_nothing_says_so_though_its_fund_has_money(odd: Callable[..., Ended]) -> None:
    """表9 of 三公经费 and 机关运行经费 is of 财政拨款, of which there is much for projects."""
    told = document(odd(SHANGHAI, department=NO_CONTROLS, basic=nothing))
    assert [block.notes for block in told.blocks if "“三公”" in getattr(block, "caption", "")] == [
        ("注:本部门2025年无“三公”经费和机关运行经费预算，故本表为空表。",)
    ]


UNIT = {
    "编制范围": ["上海市普陀区土地发展中心"],
    "上年决算": {
        "收支总计": "1000000.00", "财政拨款收支总计": "1000000.00", "一般公共预算": "1000000.00", "项目支出": "0.00",
        "三公经费": "0.00", "因公出国费": "0.00", "公务用车": "0.00", "公务接待费": "0.00", "机关运行经费": "0.00",
    },
    "年初预算": {
        "一般公共预算": "1000000.00", "三公经费": "0.00", "因公出国费": "0.00", "公务用车": "0.00", "公务接待费": "0.00",
    },
}  # fmt: skip


def _unit(content: Any, of: dict[str, Any]) -> Edit:
    """A unit's file: the department's facts, and what else it says."""
    facts = {
        key: value
        for key, value in of.items()
        if key in ("出国", "用车", "接待", "绩效", "政府采购", "预留", "国有资产")
    }
    return lambda _: {**facts, **content}


def test_a_unit_is_compared_with_its_own_amounts_and_never_with_the_departments(odd: Callable[..., Ended]) -> None:
    facts = load(ROOT / "examples" / "shanghai-final" / "2024" / "narrative.yaml")
    alone = odd(FINAL, "160003", units_160003=_unit({}, facts))
    missing = [problem for problem in errors(alone) if problem.code == "T210"]
    assert {problem.message for problem in missing} >= {"缺少2023年的“收支总计”，无法与上年决算比较"}
    assert "请在 units/160003.yaml 的“上年决算”下补上“收支总计: 金额”。" in [problem.remedy for problem in missing]

    def by_unit(content: Any) -> Any:
        return {**content, "台账": [{**line, "单位": "160003"} for line in content["台账"]]}

    told = odd(FINAL, "160003", units_160003=_unit(UNIT, facts), initial=by_unit)
    assert isinstance(told, Finished) and not errors(told), errors(told)
    assert str(told.book.comparisons["上年决算"]["收支总计"].prior_money) == "1000000.00元"


@pytest.mark.parametrize(("example", "unit"), [(HUNAN, ""), (BEIJING, ""), (SHANGHAI, "150001"), (SICHUAN, "335601")])
def test_a_body_without_offices(odd: Callable[..., Ended], example: tuple[str, int], unit: str) -> None:
    def no_offices(content: Any) -> Any:
        content["机构构成"]["内设机构"] = []
        return content

    own = {"units_335601": no_offices} if unit == "335601" else {}
    told = odd(example, unit, department=no_offices, **own)
    assert [problem for problem in told.problems if problem.code == "T246"] == []
    words = "\n".join(block.text for block in document(told).blocks if isinstance(block, Paragraph))
    assert re.search("(?:无|不设)内设机构。", words)


def test_plans_may_speak_of_changes_of_anything(odd: Callable[..., Ended]) -> None:
    """A plan owes no reason, in either edition, and its numbers are no template's."""
    plans = [
        "招商引资到位资金比上年增加5000.00万元，增长10%。",
        "造林成活率提高到95%，增加投资1200.00万元，增长1000.00%。",
    ]

    def planned(content: Any) -> Any:
        return {**content, "主要工作": plans}

    for unit in ("", "335001"):
        ended = odd(SICHUAN, unit, narrative=planned, units_335001=planned)
        assert "招商引资到位资金比上年增加5000.00万元" in section(document(ended), "重点工作")
        assert [problem for problem in ended.problems if problem.code in ("B107", "T212", "T237")] == []


def test_what_is_said_of_an_item_is_read_by_the_rules_on_words(odd: Callable[..., Ended]) -> None:
    def said(content: Any) -> Any:
        content["说明"]["项目"]["科技创新专项"]["安排"] = "其中奖励,补助1720.00万元。"
        content["说明"]["功能科目"]["2011301 行政运行"] = "机关行政运行,以及增加编制10%"
        return content

    ended = odd(SHANGHAI, narrative=said)
    of_narrative = [one for one in ended.problems if one.position and one.position.file.endswith("narrative.yaml")]
    assert [one for one in of_narrative if one.code == "L310" and "奖励" in _line(one)]
    assert [one for one in of_narrative if one.code == "L310" and "机关行政运行" in _line(one)]
    assert [one for one in ended.problems if one.code == "B107"] == []


def test_a_unit_without_money_has_nothing_to_balance(odd: Callable[..., Ended]) -> None:
    def all_of_one(content: Any) -> Any:
        return [{**block, "单位": "160001"} for block in content]

    facts = load(ROOT / "examples" / "shanghai-final" / "2024" / "narrative.yaml")
    moved = dict.fromkeys(("basic", "projects", "income"), all_of_one)
    nature: Edit = lambda content: {**NO_CONTROLS(content), "单位性质": "事业"}  # noqa: E731
    told = odd(FINAL, "160003", department=nature, units_160003=_unit(UNIT, facts), **moved)
    assert [problem.code for problem in errors(told)] == ["P103"]  # no 台账 of its own to go through item by item
    assert [problem for problem in told.problems if problem.code == "D061"] == []


def test_a_unit_is_told_to_write_its_reason_in_its_own_file(odd: Callable[..., Ended]) -> None:
    ended = odd(HUNAN, "205012", units_205012=without("变动原因"))
    told = [problem for problem in ended.problems if problem.code in ("B102", "D066")]
    assert told and all("units/205012.yaml的“变动原因”" in problem.remedy for problem in told)
    assert all(problem.position and problem.position.file.endswith("units/205012.yaml") for problem in told)


def test_two_units_may_each_have_a_project_of_one_name(odd: Callable[..., Ended]) -> None:
    def alike(content: Any) -> Any:
        for project, name in zip(content, ("设备购置", "设备购置（续）", "设备购置", "游园服务"), strict=True):
            project["名称"] = name
        return content

    def nothing_bought(_: Any) -> Any:
        return []

    told = odd(BEIJING, projects=alike, procurement=nothing_bought, services=nothing_bought)
    document(told)
    assert [problem for problem in told.problems if problem.code == "D017"] == []


def test_what_an_only_unit_says_again_is_no_repetition(odd: Callable[..., Ended]) -> None:
    told = odd(SHANGHAI, "150001", units_150001=lambda content: {**content, "区": ["上海市普陀区"]})
    assert [problem for problem in told.problems if problem.code == "D049"] == []


def test_a_list_that_nobody_filled_has_no_first_item(tmp_path: Path) -> None:
    """A title that takes the first of what a department didn't type: the message says so, and where to type it."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    report = tmp_path / "templates" / "上海" / "report.yaml"
    title = re.compile("^标题: .*$", re.MULTILINE)
    report.write_text(title.sub('标题: "{{ 区 | first }}预算"', report.read_text(encoding="utf-8")), encoding="utf-8")
    shutil.copytree(ROOT / "examples" / "shanghai", tmp_path / "data")
    path = tmp_path / "data" / "2025" / "narrative.yaml"
    dump(path, without("区")(load(path)))
    told = check(Workshop(tmp_path / "templates", "上海"), tmp_path / "data", 2025)
    assert ["一项也没有" in problem.message for problem in errors(told)] == [True]


def test_no_reason_is_asked_for_a_change_that_is_not_told(odd: Callable[..., Ended]) -> None:
    told = odd(SICHUAN, narrative=without("变动原因"))
    reasons = [*load(ROOT / "examples" / "sichuan" / "2025" / "narrative.yaml")["变动原因"]]
    asked = [re.findall("“(.+?)”", problem.message)[0] for problem in told.problems if problem.code == "D066"]
    assert asked and set(asked) <= set(reasons)


def test_one_item_moves_and_the_next_of_the_sentence_is_level(odd: Callable[..., Ended]) -> None:
    """上海 tells 购置费 and 运行费 in one sentence, after a semicolon, each with its change."""

    def with_a_car(content: Any) -> Any:
        content[-1]["支出"]["2011302 一般行政管理事务"]["31013 公务用车购置"] = "180000.00"
        return content

    told = section(document(odd(SHANGHAI, department=NO_CONTROLS, projects=with_a_car)), "“三公”经费预算情况说明")
    assert re.search(
        r"公务用车购置费18\.00万元，比2024年预算增加18\.00万元，.+；公务用车运行费0万元，与2024年预算持平", told
    )


def test_all_that_is_no_appropriation_is_told(odd: Callable[..., Ended]) -> None:
    """上海 tells 财政专户管理资金 with 其他收入, in its sentence as in its tables."""
    told = document(odd(SHANGHAI, projects=lambda content: [*content[:-1], {**content[-1], "资金来源": "财政专户管理资金"}], department=NO_CONTROLS))  # fmt: skip
    assert "其他收入931.00万元" in section(told, "部门预算编制说明")

"""Rules over what does not go together: 功能科目 with 经济科目, 项目类型 with 经济科目, a project's subject with its 科目.

Source: the explanations of 政府收支分类科目, which say of these codes what they take; of most codes they don't.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.lines import about_function, about_line
from generator.check.rules import Finding, Rule
from generator.check.words import has_any
from generator.model.department import Inputs, Project
from generator.model.ledger import GENERAL, LedgerLine
from generator.model.problem import Note, Severity

_MEDICAL = ("30110", "30111", "30112", "30114", "30199", "303")
_SUBSIDY = ("303", "313")
_RETIRED = ("302", "303", "30110", "30111", "30112", "30114", "30199", "309", "310", "399")
_TAKES = {
    "2080501": _RETIRED, "2080502": _RETIRED, "2080505": ("30108",), "2080506": ("30109", "31302", "31304"),
    "2080507": _SUBSIDY, "2080508": _SUBSIDY, "20826": _SUBSIDY, "20827": _SUBSIDY, "20830": _SUBSIDY,
    "2101101": _MEDICAL, "2101102": _MEDICAL, "2101103": _MEDICAL, "21012": _SUBSIDY,
    "2210201": ("30113",), "2210202": ("30102", "30103", "30199", "303"), "2210203": ("30102", "30103", "30199", "303"),
}  # fmt: skip
"""功能科目, or the beginning of several: the beginnings of the 经济科目 it takes."""
_BELONGS = {"30108": ("20805",), "30109": ("20805",), "30113": ("22102",)}
"""经济科目: the beginnings of the 功能科目 it stands under."""
_TO_FUNDS = ("31302", "31303", "31304")
_OF_INSURANCE = ("保险", "年金", "养老", "医疗", "保障", "社保", "代缴", "基金")
_NO_RUNNING = (
    "30301", "30302", "30303", "30304", "30306", "30307", "30308", "30310", "30311", "307", "311", "312", "313",
)  # fmt: skip
_Subjects = dict[str, tuple[tuple[str, ...], str]]  # each with its words, and a longer word that is another subject's
_INSURANCES: _Subjects = {
    "养老": (("养老", "年金"), ""), "医疗": (("医疗", "医保", "生育"), "医疗救助"), "医疗救助": (("医疗救助",), ""),
    "失业": (("失业",), ""), "工伤": (("工伤",), ""),
}  # fmt: skip
_INSURED: _Subjects = {
    "城乡居民": (("居民", "新农合"), ""), "企业": (("企业",), ""),
    "机关事业单位": (("机关", "事业单位", "职工"), "企业职工"),
}  # fmt: skip
_CAUSES: _Subjects = {
    cause: ((cause,), "")
    for cause in ("体育", "文化", "教育", "红十字", "残疾", "法律援助", "医疗救助", "乡村振兴", "福利")
}
_SUBJECTS = ((("保险", "年金"), _INSURANCES), (("保险", "年金"), _INSURED), (("彩票公益金",), _CAUSES))
"""Where a 功能科目's name has one of these words, its subject and a project's are compared in this list."""


def codes_go_together(inputs: Inputs) -> Iterator[Finding]:
    """Contributions, housing funds and subsidies to insurance funds have 科目 of their own, on both sides.

    What stands under one heading is told once.
    """
    first: dict[tuple[str, str, str], list[tuple[LedgerLine, str]]] = {}
    for line in inputs.ledger.lines:
        remedy = _unlike(inputs, line)
        if remedy:
            first.setdefault((line.function, line.project, line.agency), []).append((line, remedy))
    for (line, remedy), *others in first.values():
        function = inputs.classification.function.get(line.function, "")
        economic = inputs.classification.department_economic.get(line.department_economic, "")
        yield about_line(
            line,
            f"{line.function}{function}里列了{line.department_economic}{economic}{line.money}，两个科目似不相配",
            remedy,
            tuple(Note(f"同一科目下另有{len(others)}行", other.position) for other, _ in others[:1]),
        )


def _unlike(inputs: Inputs, line: LedgerLine) -> str:
    """What to look at where a line's two 科目 don't go together; empty where they may."""
    if not line.department_economic:
        return ""
    names, economics = inputs.classification.function, inputs.classification.department_economic
    takes = _TAKES.get(line.function) or _TAKES.get(line.function[:5])
    code, function = line.department_economic, names.get(line.function, "")
    if takes and not code.startswith(takes) and economics.get(code) != function:  # 住房公积金 was 30311 once
        usual = "、".join(f"{one}{economics.get(one, '')}" for one in takes[:3])
        return f"{function}一般列{usual}{'等' if len(takes) > 3 else ''}，请核对是功能科目还是经济科目选错了。"
    if line.fund == GENERAL and not line.function.startswith(_BELONGS.get(code, "")):
        where = _BELONGS[code][0]
        return f"{economics.get(code, '')}一般列在{where}{names.get(where, '')}，请核对功能科目。"
    if line.project and code in _TO_FUNDS and not has_any(function, _OF_INSURANCE):
        return "补助社会保险基金的，功能科目一般是“财政对…保险基金的补助”，请核对。"
    return ""


def running_takes_no_transfers(inputs: Inputs) -> Iterator[Finding]:
    """其他运转类 keeps a unit running: what is paid on to persons, firms and funds is 特定目标类. A project is told once."""
    told: set[str] = set()
    for line in inputs.ledger.lines:
        code = line.department_economic
        if line.project_kind == "其他运转类" and code.startswith(_NO_RUNNING) and line.project not in told:
            told.add(line.project)
            name = inputs.classification.department_economic.get(code, "")
            yield about_line(
                line,
                f"项目“{inputs.department.projects[line.project].name}”是其他运转类，却列了{code}{name}{line.money}",
                "发给个人、企业或社会保险基金的一般是特定目标类，请核对“类型”和科目。",
            )


def subjects_agree(inputs: Inputs) -> Iterator[Finding]:
    """A project of one insurance, of one group of people or one cause is not under the 科目 of another."""
    for project, line in _functions_of_projects(inputs):
        function = inputs.classification.function.get(line.function, "")
        for words, subjects in _SUBJECTS:
            if not has_any(function, words):
                continue
            ours, theirs = _subjects(project.name, subjects), _subjects(function, subjects)
            if ours and theirs and not ours & theirs:
                yield about_function(
                    line,
                    f"项目“{project.name}”说的是{'、'.join(sorted(ours))}，却列在{line.function}{function}",
                    "请核对功能科目和项目名称。",
                )
                break


def namesakes_of_functions(inputs: Inputs) -> Iterator[Finding]:
    """A project called as one 功能科目 is not under others, where that name is one code's, or one of the same 款."""
    names = inputs.classification.function
    known = {project.name for project in inputs.department.projects.values()}.intersection(names.values())
    lines: dict[str, list[LedgerLine]] = {}
    for project, line in _functions_of_projects(inputs):
        if line.fund == GENERAL and project.name in known:
            lines.setdefault(project.code, []).append(line)
    for code, (line, *others) in lines.items():
        name = inputs.department.projects[code].name
        same = [function for function, words in names.items() if words == name and len(function) == 7]
        near = [function for function in same if function[:5] == line.function[:5]] or (same if len(same) == 1 else [])
        if near and not any(one.function in same for one in (line, *others)):
            yield about_function(
                line,
                f"项目“{name}”与功能科目{near[0]}同名，却列在{line.function}{names.get(line.function, '')}",
                f"请核对是否应列{near[0]}{name}。",
            )


def _functions_of_projects(inputs: Inputs) -> Iterator[tuple[Project, LedgerLine]]:
    """Each project with the first line of each of its 功能科目."""
    seen: set[tuple[str, str]] = set()
    for line in inputs.ledger.lines:
        if line.project and (line.project, line.function) not in seen:
            seen.add((line.project, line.function))
            yield inputs.department.projects[line.project], line


def _subjects(text: str, subjects: _Subjects) -> set[str]:
    return {
        name for name, (words, other) in subjects.items() if has_any(text.replace(other, "") if other else text, words)
    }


PAIRING_RULES: tuple[Rule[Inputs], ...] = (
    Rule(
        "D042", "功能科目与经济科目相配", Severity.WARNING, codes_go_together, "政府收支分类科目",
        "2210201 住房公积金:\n  30110 职工基本医疗保险缴费: 9.57", "2210201 住房公积金:\n  30113 住房公积金: 9.57",
    ),
    Rule(
        "D043", "其他运转类不列补助", Severity.WARNING, running_takes_no_transfers, "项目支出分类",
        "类型: 其他运转类（列31302对社会保险基金补助）", "类型: 特定目标类",
    ),
    Rule(
        "D044", "项目与功能科目说的是一件事", Severity.WARNING, subjects_agree, "政府收支分类科目",
        "名称: 城乡居民基本养老保险补助\n支出: {2082701 财政对失业保险基金的补助: …}",
        "名称: 城乡居民基本养老保险补助\n支出: {2082602 财政对城乡居民基本养老保险基金的补助: …}",
    ),
    Rule(
        "D045", "与科目同名的项目列在该科目", Severity.WARNING, namesakes_of_functions, "政府收支分类科目",
        "名称: 城乡医疗救助\n支出: {2101302 疾病应急救助: …}", "名称: 城乡医疗救助\n支出: {2101301 城乡医疗救助: …}",
    ),
)  # fmt: skip

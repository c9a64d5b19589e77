"""Rules over what was typed: the ledger with its department."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from functools import cache

from generator.check.lines import about_function, about_line
from generator.check.rules import Finding, Rule
from generator.model.classification import LISTS, SOCIAL_INSURANCE
from generator.model.department import INSTITUTION, NATURES, Inputs, Project
from generator.model.ledger import FROM_ABOVE, GENERAL, GOVERNMENT_FUNDS, OWN, STATE_CAPITAL, LedgerLine
from generator.model.problem import Note, Severity
from generator.model.source import Position

_BASIC_GROUPS = ("301", "302", "303", "309", "310", "399")
_PROJECTS_ONLY = ("30310", "309", "31001", "31005", "31006", "31008", "31009", "31010", "31011", "31012")
_NOT_OF_FUNDS = "请核对资金来源和功能科目；本地增补的科目，请在“增补科目”里写明它的“资金”。"
_OWN_FUNCTION = {True: "事业运行", False: "行政运行"}
_OTHERS_CODES = {True: ("行政运行", ("501", "502", "503", "504")), False: ("事业运行", ("505", "506"))}
_INSTITUTIONS = (
    "中心", "站", "馆", "学校", "小学", "中学", "学院", "幼儿园", "医院", "卫生院", "研究院", "设计院", "电视台", "所",
)  # fmt: skip
_OFFICES = ("派出所", "司法所", "财政所", "税务所", "监管所", "监督管理所", "看守所", "拘留所", "戒毒所")
_USUALLY_BASIC = {"30228": "工会经费", "30229": "福利费", "30239": "其他交通费用"}
_FROM_ABOVE_WORDS = re.compile(r"提前下达|(?:中央|省级|省财政|上级).*(?:补助|资金)")


def codes_fit_nature(inputs: Inputs) -> Iterator[Finding]:
    """行政运行 and 501–504 are for 行政 and 参公 units, 事业运行 and 505–506 for 事业 units."""
    department = inputs.department
    told: set[tuple[str, bool]] = set()
    odd: dict[str, list[LedgerLine]] = {}
    for line in inputs.ledger.lines:
        nature = department.nature_of(line.agency)
        own = nature == INSTITUTION
        function, groups = _OTHERS_CODES[own]
        if (line.function, own) not in told and inputs.classification.function.get(line.function) == function:
            told.add((line.function, own))
            yield about_function(
                line,
                f"{_whose(inputs, line.agency)}单位性质为{nature}，却使用了“{function}”（{line.function}）",
                _other_nature(inputs, line.agency, f"改用“{_OWN_FUNCTION[own]}”等相应的项级科目。"),
            )
        if line.government_economic.startswith(groups):
            odd.setdefault(line.agency, []).append(line)
    for agency, lines in odd.items():
        yield _others_codes(inputs, agency, lines)


def _others_codes(inputs: Inputs, agency: str, lines: list[LedgerLine]) -> Finding:
    """What is said of a unit's lines with government codes that are for units of another 单位性质."""
    code, nature = lines[0].government_economic, inputs.department.nature_of(agency)
    name = inputs.classification.government_economic.get(code[:3], "")
    return about_line(
        lines[0],
        f"{_whose(inputs, agency)}单位性质为{nature}，政府经济科目却是{code}（{name}）",
        _other_nature(inputs, agency, "删去写明的“政府经济”，由单位性质推出。"),
        (Note(f"另有{len(lines) - 1}行"),) if len(lines) > 1 else (),
    )


def _other_nature(inputs: Inputs, agency: str, otherwise: str) -> str:
    """What to do where a unit's codes are of another 单位性质: one unit of several may have one of its own."""
    department = inputs.department
    if len(department.agencies) < 2:
        return f"请核对单位性质，或{otherwise}"
    other = NATURES[0] if department.nature_of(agency) == INSTITUTION else INSTITUTION
    own = department.line_of(agency, other)
    return f"如是{other}单位，请在department.yaml的“预算单位”下写成{own}；否则请{otherwise}"


def _whose(inputs: Inputs, agency: str) -> str:
    """Which unit a message is about, where there are several."""
    agencies = inputs.department.agencies
    return f"“{agencies[agency]}”" if len(agencies) > 1 and agencies.get(agency) else ""


def nature_of_each_unit(inputs: Inputs) -> Iterator[Finding]:
    """Where a 行政 or 参公 department has units, one named as 事业单位 are says itself what it is."""
    department = inputs.department
    if len(department.agencies) < 2 or department.nature == INSTITUTION:
        return
    places = {passage.place: passage.text.position for passage in department.passages if passage.kind == "名称"}
    others = _OTHERS_CODES[False][1]  # of a unit whose lines have these, D007 speaks
    theirs = {line.agency for line in inputs.ledger.lines if line.government_economic.startswith(others)}
    for agency, name in department.agencies.items():
        if agency in department.natures or agency in theirs or name == department.name:
            continue
        if not name.endswith(_INSTITUTIONS) or name.endswith(_OFFICES):
            continue
        yield Finding(
            f"“{name}”没有写单位性质，按部门的“{department.nature}”取了政府经济科目（501、502等）",
            f"如是事业单位，请写成{department.line_of(agency, INSTITUTION)}；"
            f"确为{department.nature}的，单位性质写“{department.nature}”。",
            places.get(f"预算单位“{agency}”", Position(f"{inputs.folder}/department.yaml")),
            length=len(name),
        )


def administrative_function_with_project(inputs: Inputs) -> Iterator[Finding]:
    """行政运行 reflects 基本支出 only."""
    seen: set[str] = set()
    for line in inputs.ledger.lines:
        if line.project in seen or not line.project:
            continue
        if inputs.classification.function.get(line.function) == "行政运行":
            seen.add(line.project)
            name = inputs.department.projects[line.project].name
            yield about_function(
                line,
                f"项目“{name}”列在“行政运行”（{line.function}），该科目只反映基本支出",
                "请确认是否应列“一般行政管理事务”或相应的项级科目。",
            )


def fund_fits_function(inputs: Inputs) -> Iterator[Finding]:
    """政府性基金 and 国有资本经营预算 have functions of their own; 社会保险基金 is no department's budget."""
    for line in inputs.ledger.lines:
        wrong = _wrong_fund(inputs.classification.fund_of(line.function), line.fund)
        if wrong:
            name = inputs.classification.function.get(line.function, "")
            yield about_line(line, f"{line.function}{name}{wrong[0]}", wrong[1])


@cache
def _wrong_fund(own: str, fund: str) -> tuple[str, str] | None:
    """What is wrong with money of ``fund`` under a 功能科目 of ``own``; nothing where nobody knows whose that is."""
    if own == SOCIAL_INSURANCE:
        return "是社会保险基金预算科目，不编入部门预算", "请改用一般公共预算的科目，如“财政对…基金的补助”。"
    if own == STATE_CAPITAL and fund != STATE_CAPITAL:
        return f"是国有资本经营预算科目，不能列入“{fund}”", f"请把资金来源改为{STATE_CAPITAL}，或改用其他科目。"
    if own == GOVERNMENT_FUNDS and fund in (GENERAL, STATE_CAPITAL):
        return (f"是政府性基金预算科目，不能列入“{fund}”", f"请把资金来源改为政府性基金预算，或改用{fund}的科目。")
    if own == GENERAL and fund == GOVERNMENT_FUNDS:
        return f"不是政府性基金预算科目，却列入了“{fund}”", _NOT_OF_FUNDS
    return None


def no_line_twice(inputs: Inputs) -> Iterator[Finding]:
    """One kind of money is one line."""
    first: dict[Hashable, LedgerLine] = {}
    for line in inputs.ledger.all_lines:
        key = (
            line.agency, line.function, line.department_economic, line.government_economic,
            line.fund, line.origin, line.period, line.project, *line.own,
        )  # fmt: skip
        if key in first:
            other = first[key].position
            note = Note("另一处在这里", other)
            yield about_line(line, f"与第{other.line}行完全同一口径，疑似重复录入", "如确属两笔请合并成一行。", (note,))
        first.setdefault(key, line)


def basic_has_basic_codes(inputs: Inputs) -> Iterator[Finding]:
    """基本支出 is paid from 301, 302, 303, 309, 310 and 399 only; some of these are a project's by what they buy."""
    for line in inputs.ledger.lines:
        if line.project or not line.department_economic:
            continue
        if not line.department_economic.startswith(_BASIC_GROUPS):
            yield about_line(line, f"{line.department_economic}不能列入基本支出", "请登记为项目支出，或核对科目。")
        elif line.department_economic.startswith(_PROJECTS_ONLY):
            code = line.department_economic
            name = inputs.classification.department_economic.get(code, "")
            message = f"基本支出中有{code}{name}{line.money}，该科目一般只用于项目支出"
            yield about_line(line, message, "请登记为项目支出，或核对科目。", severity=Severity.WARNING)


def basic_codes_in_projects(inputs: Inputs) -> Iterator[Finding]:
    """福利费, 工会经费 and 其他交通费用 normally belong to 基本支出."""
    for line in inputs.ledger.lines:
        if line.project and line.department_economic in _USUALLY_BASIC:
            name = inputs.department.projects[line.project].name
            what = f"“{_USUALLY_BASIC[line.department_economic]}”{line.money}"
            yield about_line(line, f"项目“{name}”列支了{what}，该科目一般属于基本支出公用经费", "请核对科目。")


def origin_fits_name(inputs: Inputs) -> Iterator[Finding]:
    """A project named after money from above is money from above."""
    for project in inputs.department.projects.values():
        if project.level == OWN and _FROM_ABOVE_WORDS.search(project.name):
            yield Finding(
                f"项目“{project.name}”看似上级转移支付，层级却是“{OWN}”",
                f"请核对；如是上级资金请改为“层级: {FROM_ABOVE}”，否则“其中：财政拨款”会偏大。",
                project.position,
            )


def project_names_differ(inputs: Inputs) -> Iterator[Finding]:
    """The same name twice is the same project twice, also where brackets and spaces are typed otherwise.

    Two units may each have a project of one name.
    """
    seen: dict[tuple[str, str], Project] = {}
    for project in inputs.department.projects.values():
        plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", project.name))
        other = seen.setdefault((project.agency, plain), project)
        if other is not project:
            same = other.name == project.name
            yield Finding(
                f"项目“{project.name}”出现两次"
                if same
                else f"项目“{project.name}”与“{other.name}”疑似同一项目的两种写法",
                "请合并，或把名称写清楚。",
                project.position,
                (Note("另一处在这里", other.position),),
            )


def department_code_is_whole(inputs: Inputs) -> Iterator[Finding]:
    """A code of less than three digits has lost the zeros before it."""
    code = inputs.department.code
    if code.isdigit() and len(code) < 3:
        yield Finding(
            f"部门代码“{code}”只有{len(code)}位，疑似丢了前面的0",
            f'请核对，并加引号，如“代码: "{code:0>3}"”；预算单位的代码也要核对。',
            Position(f"{inputs.folder}/department.yaml"),
        )
    elif inputs.last_year and inputs.last_year.code not in ("", code):
        yield Finding(
            f"部门代码“{code}”与{inputs.department.year - 1}年的“{inputs.last_year.code}”不同",
            "请核对；确已更换代码的，可以接受这条警告。",
            Position(f"{inputs.folder}/department.yaml"),
        )


def project_codes_of_one_length(inputs: Inputs) -> Iterator[Finding]:
    """A project's code is as long as most others', and as those of last year."""
    projects = list(inputs.department.projects.values())
    usual, count = _usual_length(projects)
    if inputs.last_year:
        before, known = _usual_length(inputs.last_year.projects.values())
        if before != usual and count * 2 > len(projects) and known == len(inputs.last_year.projects) > 0:
            yield Finding(
                f"项目编码为{usual}位，{inputs.department.year - 1}年的都是{before}位",
                "请核对编码；如从Excel复制请先设为文本格式。",
                projects[0].position,
            )
    for project in projects:
        if len(project.code) != usual and count * 2 > len(projects):
            yield Finding(
                f"项目“{project.name}”的编码{project.code}为{len(project.code)}位，其他项目为{usual}位",
                "请核对编码；如从Excel复制请先设为文本格式。",
                project.position,
            )


def _usual_length(projects: Iterable[Project]) -> tuple[int, int]:
    """How long most codes are, and how many are that long."""
    [(usual, count)] = Counter(len(project.code) for project in projects).most_common(1) or [(0, 0)]
    return usual, count


def one_origin_a_project(inputs: Inputs) -> Iterator[Finding]:
    """A project is paid from money of one level; the tables of goals put it under each it has."""
    first: dict[str, LedgerLine] = {}
    told: set[str] = set()
    for line in inputs.ledger.lines:
        other = first.setdefault(line.project, line)
        if line.project and line.origin != other.origin and line.project not in told:
            told.add(line.project)
            yield about_line(
                line,
                f"项目“{inputs.department.projects[line.project].name}”同时有本级和上级资金",
                "绩效目标表会在本级、上级各列一次，请确认或拆成两个项目。",
                (Note(f"{other.origin}资金在这里", other.position),),
            )


def words_are_of_something(inputs: Inputs) -> Iterator[Finding]:
    """What a person says of one 功能科目, project … is of one that has money, this year or in a basis."""
    sayings = inputs.department.sayings
    there = inputs.with_lines(sayings)
    for (dimension, code), words in sayings.items():
        if words and (dimension, code) not in there:
            names = inputs.classification.names(dimension) if dimension in LISTS else {}
            name = names.get(code.rpartition("/")[2], "")
            said = f"{code} {name}".strip()
            yield Finding(
                f"{dimension}“{said}”没有金额，却填写了“{'”“'.join(words)}”", "文档不会印出，请删去，或核对编码。",
                next(iter(words.values())).position,
            )  # fmt: skip


LEDGER_RULES: tuple[Rule[Inputs], ...] = (
    Rule(
        "D007", "科目与单位性质相符", Severity.WARNING, codes_fit_nature, "政府收支分类科目",
        "2080101 行政运行（单位性质: 事业）", "2080150 事业运行",
    ),
    Rule(
        "D037", "所属事业单位写明单位性质", Severity.WARNING, nature_of_each_unit, "政府收支分类科目",
        '单位性质: 行政\n预算单位: {"045002": 某县河道管理所}',
        '预算单位: {"045002": {名称: 某县河道管理所, 单位性质: 事业}}',
    ),
    Rule(
        "D008", "行政运行只列基本支出", Severity.WARNING, administrative_function_with_project, "政府收支分类科目",
        "2080101 行政运行（在projects.yaml里）", "2080102 一般行政管理事务",
    ),
    Rule(
        "D009", "资金与功能科目相符", Severity.ERROR, fund_fits_function, "政府收支分类科目",
        "资金来源: 一般公共预算\n支出:\n  2296013 用于城乡医疗救助的彩票公益金支出: …",
        "资金来源: 政府性基金预算\n支出:\n  2296013 用于城乡医疗救助的彩票公益金支出: …",
    ),
    Rule(
        "D014", "台账没有重复行", Severity.WARNING, no_line_twice, "一笔资金一行",
        "30201 办公费: 3.00\n30201: 1.00", "30201 办公费: 4.00",
    ),
    Rule(
        "D015", "部门代码没有丢0，与上年一致", Severity.WARNING, department_code_is_whole, "预算单位代码",
        "代码: 27", '代码: "027"',
    ),
    Rule(
        "D016", "项目编码一样长，与上年也一样", Severity.WARNING, project_codes_of_one_length, "项目库编码",
        'P1、P2的编码21位，P3编码: "410395"', 'P3编码: "410395220000000007669"',
    ),
    Rule(
        "D017", "项目名称不重复", Severity.WARNING, project_names_differ, "一个项目一个名称",
        "- 名称: 培训(一期)\n- 名称: 培训（一期）", "- 名称: 培训（一期）\n- 名称: 培训（二期）",
    ),
    Rule(
        "D019", "基本支出的经济科目", Severity.ERROR, basic_has_basic_codes, "部门预算支出经济分类科目",
        "31302 对社会保险基金补助: 8.00（在basic.yaml里）", "在projects.yaml里登记项目，再填31302",
    ),
    Rule(
        "D021", "一个项目一个层级", Severity.WARNING, one_origin_a_project, "项目绩效目标表分本级、上级两块",
        "一个项目的“资金”里既有“层级: 本级”又有“层级: 上级”", "拆成两个项目，各填自己的“层级”",
    ),
    Rule(
        "D022", "上级资金的层级", Severity.WARNING, origin_fits_name, "表2、表4“其中：财政拨款”",
        "名称: 提前下达中央补助资金\n层级: 本级", "名称: 提前下达中央补助资金\n层级: 上级",
    ),
    Rule(
        "D026", "公用经费科目列入项目", Severity.WARNING, basic_codes_in_projects, "部门预算支出经济分类科目",
        "30229 福利费: 3.00（在projects.yaml里）", "30229 福利费: 3.00（在basic.yaml里）",
    ),
    Rule(
        "D058", "说明的各项都有金额", Severity.WARNING, words_are_of_something, "逐项的句子",
        "说明: {功能科目: {2080502: {用途: …}}}（台账没有2080502）", "删去，或改为有金额的2080505",
    ),
)  # fmt: skip

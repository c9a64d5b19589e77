"""Rules over the years in the department's own words: what was copied from last year still says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.rules import Finding, NotApplicable, Rule
from generator.check.words import REGISTERED, Hit, has_any
from generator.model.department import Inputs
from generator.model.ledger import CARRIED_FORWARD
from generator.model.patterns import any_of
from generator.model.problem import Note, Severity

_YEAR = re.compile(
    rf"(?:(?<!\d)(?:19|20)\d\d?|(?:一九|二{any_of(*'〇○零')}){any_of(*'〇○零一二三四五六七八九')}{{2}})"
    rf"(?=年(?!{any_of(*'代修版')}))"
)
_ANY_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_TITLE = r"《[^《》]*》"
_HISTORY = (
    "成立", "设立", "组建", "挂牌", "更名", "划转", "划入", "并入", "合并", "转隶", "建成", "立项", "开工", "竣工", "完工", "投入使用", "开通",
    "批准", "批复", "印发", "修订", "出台", "颁布", "公布", "施行", "以来", "年起",
)  # fmt: skip
_DASHES = "-－—–~～"
_DASH = r"\-－—–~～"
_BEFORE_TARGET = ("到", "至", *_DASHES)
_RANGE = rf"年?度?[{_DASH}至到]+(\d{{4}})年?"
_AHEAD = (
    r"年(?:\d{1,2}月)?(?:\d{1,2}日)?[初中末底]?(?:以?前|之前)|年(?:远景|愿景|[规计]划|.{0,4}目标|[基全]?[本面]?建成)"
)
_CLAUSE = rf"{any_of(*'，。；：！？')}|\n"
_BASE_BEFORE = rf"(?:[比较与同和自从到至以在对由于经{_DASH}]|截[至止]|超过|[高低优]于|不[少低]于|参照|按照?|根据|依据)$"
_BASE_AFTER = f"年?度?(?:[期年]?[末初底]|年终|预算|同期|[起至到{_DASH}])"
_OLD_BUSINESS = (
    "决算|结转|结余|尾款|余款|欠|补[发缴助]?差|补发|补缴|清算|结算|兑付|质保|考核|奖励|奖金|评价|审计|整改|续建|跨年"
    "|基[数础期]|相比|同期|水平|执行情况|完成情况|实际"
)
_DONE = (
    "今年", "本年", "上年", "去年", "相比", "较", "到期", "结束", "一次性", "已", "完成", "退休", "调出", "调入", "划出", "划入", "取消", "不再",
)  # fmt: skip


def years_of_this_budget(inputs: Inputs) -> Iterator[Finding]:
    """A year in the words is this one, but for titles of laws, what was founded when, ends of plans, and last year's base.

    Names of projects may hold last year's: ``names_of_this_budget`` asks about those that were last year's too.
    """
    year = inputs.department.year
    for passage in inputs.department.passages:
        found: dict[str, list[Hit]] = {}
        for match in _YEAR.finditer(passage.text.value) if "年" in passage.text.value else ():
            found.setdefault(match[0], []).append(Hit(passage, match.start(), match[0]))
        for text, hits in found.items():
            number = int(text.translate(_DIGITS))
            asked = [one for hit in hits if number != year for one in _asked(hit, number, year)]
            if asked:
                yield asked[0]._replace(notes=tuple(Note("这里也有", one.position) for one in asked[1:]))


def _asked(hit: Hit, number: int, year: int) -> Iterator[Finding]:
    if number == year - 1 and _may_tell_both(hit, year):
        return
    if _is_of_a_title(hit) or _tells_history(hit) or _is_of_a_plan(hit, number, year):
        return
    if number == year - 1:
        yield from _of_last_year(hit, year)
        return
    what = "只有三位，少了一位" if len(hit.text) == 3 else f"不是本年（{year}年）也不是上年"
    yield hit.finding(f"“{hit.text}年”{what}", "请核对是否为往年遗留或录入错误；确属需要可以保留。")


def _of_last_year(hit: Hit, year: int) -> Iterator[Finding]:
    """Last year in words that are not about it; a reason may tell what happened then, so it is asked mildly."""
    kind = hit.passage.kind
    if _is_the_base(hit) or (kind == "原因" and has_any(hit.passage.text.value, _DONE)):
        return
    found = hit.finding(
        f"“{hit.text}年”是上年，本年是{year}年",
        f"请核对是否为上年遗留：本年的事请改为{year}年；说的确是上年的事，可以保留。",
    )
    yield found._replace(severity=Severity.ADVICE) if kind == "原因" else found


def _may_tell_both(hit: Hit, year: int) -> bool:
    """Whether last year stands beside this one, or in a name that finance registered."""
    return hit.passage.kind == REGISTERED or str(year) in hit.passage.text.value


def names_of_this_budget(inputs: Inputs) -> Iterator[Finding | NotApplicable]:
    """A project whose name was last year's too holds no year gone by, neither as 年 nor in a document's number."""
    if inputs.last_year is None:
        yield NotApplicable("没有上年的数据目录")
        return
    year = inputs.department.year
    before = {project.name: project for project in inputs.last_year.projects.values()}
    carried = _carried_forward(inputs)
    stale = [
        (project, old)
        for code, project in inputs.department.projects.items()
        if (old := _year_gone_by(project.name, year)) and project.name in before and code not in carried
    ]
    if stale:
        (first, old), others = stale[0], stale[1:]
        more = f"等{len(stale)}个项目" if others else ""
        yield Finding(
            f"项目“{first.name}”{more}的名称与{year - 1}年的完全相同，里面是{old}年",
            "请核对名称和文号是否为上年遗留；财政系统登记如此、资金确是往年文件下达的，可以保留。",
            first.position,
            (
                Note(f"{year - 1}年的在这里", before[first.name].position),
                *(Note(f"项目“{project.name}”", project.position) for project, _ in others),
            ),
        )


def _carried_forward(inputs: Inputs) -> set[str]:
    """The projects that are paid from what last year left only: theirs is an old name by right."""
    lines = inputs.ledger.lines
    return {line.project for line in lines} - {line.project for line in lines if line.period != CARRIED_FORWARD}


def _year_gone_by(name: str, year: int) -> str:
    """A year before this one in a project's name, if all of its years are; empty where it may stand there."""
    if re.search(_OLD_BUSINESS, name):
        return ""
    plain = re.sub(_TITLE, "", name)
    years = [found[0] for found in re.finditer(_ANY_YEAR, plain)]
    return max(years) if years and int(max(years)) < year else ""


def _is_of_a_title(hit: Hit) -> bool:
    text = hit.passage.text.value
    return "《" in text and any(found.start() < hit.start < found.end() for found in re.finditer(_TITLE, text))


def _tells_history(hit: Hit) -> bool:
    return len(hit.text) == 4 and has_any(
        re.split(_CLAUSE, hit.passage.text.value[hit.start :], maxsplit=1)[0], _HISTORY
    )


def _is_of_a_plan(hit: Hit, number: int, year: int) -> bool:
    """“2021年至2025年” while it lasts, “到2025年”, “2025年底前”, and what is compared with there: “到2025年，比2020年提高”."""
    text, end = hit.passage.text.value, hit.start + len(hit.text)
    before, after = text[: hit.start], text[end:]
    span = re.match(_RANGE, after)
    if span and int(span[1]) >= year:
        return True
    if number > year:
        return before.endswith(_BEFORE_TARGET) or re.match(_AHEAD, after) is not None
    return before.endswith(("比", "较")) and any(int(found[0]) > year for found in re.finditer(_ANY_YEAR, before))


def _is_the_base(hit: Hit) -> bool:
    """Whether the words around are about last year itself: “2021年期末”, “与2021年相比”, “2021年结转”."""
    text, end = hit.passage.text.value, hit.start + len(hit.text)
    before, after = re.split(_CLAUSE, text[: hit.start])[-1], re.split(_CLAUSE, text[end:])[0]
    return bool(
        re.search(_BASE_BEFORE, before) or re.match(_BASE_AFTER, after) or re.search(_OLD_BUSINESS, before + after)
    )


YEAR_RULES: tuple[Rule[Inputs], ...] = (
    Rule(
        "T227", "年份是本年；上年只用来说上年", Severity.WARNING, years_of_this_budget, "文字不得留有往年的年份",
        "- 负责2021年医疗救助工作。（2022年预算）", "- 负责医疗救助工作。",
    ),
    Rule(
        "T245", "项目名称和文号不是往年留下的", Severity.WARNING, names_of_this_budget, "文字不得留有往年的年份",
        "名称: 豫财社〔2021〕634号提前下达2022年救助资金（2023年预算，2022年也是这个名称）",
        "名称: 豫财社〔2022〕598号提前下达2023年救助资金",
    ),
)  # fmt: skip

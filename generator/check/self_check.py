"""The inspectors' list before publication (公开前自查表), answered from what the rules came to and what the document has.

A rule that was not certain leaves its question open (无法检查); what no rule can know a person fills in. Nothing is answered
for lack of findings alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from generator.check.rules import Asked, Outcome
from generator.model.problem import Problem
from generator.model.publishing import Answered, Reply

_MOST_DAYS = 20
_FORMS = ("表1", "表2", "表3", "表4", "表5", "表6", "表8", "表9")
"""The eight forms that are to be public: 收支总表、收入总表、支出总表、财政拨款收支总表、一般公共预算支出表、基本支出表、“三公”经费表、政府性基金表."""


_FINE = (
    ("表5", "一般公共预算支出按功能分类公开到项", 7),
    ("表6", "一般公共预算基本支出按经济分类公开到款", 5),
)
"""Of which form the rows go down to codes of how many digits."""


class Evidence(NamedTuple):
    """What the list is answered from.

    ``asked`` are the rules' outcomes; ``problems`` and ``accepted`` what they found and what of it a person accepted. ``forms`` has the name of each
    national form, ``there`` those that the document has, each with how long the longest code is that it has a row for; ``words`` are its headings and sentences. ``files`` are the kinds of file that are
    published, ``remarks`` what was said when they were made; ``approved`` and ``published`` dates (2022-03-01), empty where nobody said them.
    """

    asked: Sequence[Asked]
    problems: Sequence[Problem]
    accepted: Sequence[Problem]
    forms: Mapping[str, str]
    there: Mapping[str, int]
    words: Sequence[str]
    files: Sequence[str]
    remarks: Sequence[str] = ()
    approved: str = ""
    published: str = ""


class _Question(NamedTuple):
    """A question that rules answer: their codes (a letter: all of that group), and words that must stand in the document."""

    aspect: str
    words: str
    codes: tuple[str, ...]
    left: str = ""
    says: tuple[str, ...] = ()


_WORDING = (
    "D029", "D064", "D065", "L310", "L311", "L312", "L313", "L314", "L316",
    "T227", "T228", "T229", "T231", "T232", "T233", "T234", "T235", "T237", "T240",
)  # fmt: skip
_INDICATORS = ("J306", "J307", "J308", "J309", "J31", "J32", "J34", "B104", "B105")
_SENTENCES = (
    "T201",
    "T202",
    "T203",
    "T204",
    "T205",
    "T206",
    "T207",
    "T208",
    "T209",
    "T211",
    "T216",
    "T217",
    "T236",
    "T239",
)
_QUESTIONS = (
    _Question("完整", "公开了部门职责和机构设置", ("T248", "T226", "T230"), "", ("职责", "机构", "预算单位")),
    _Question("完整", "各表齐全、依次，每表写明部门名称和金额单位，栏目齐全", ("L302", "L304", "L306", "L307")),
    _Question("完整", "没有数的表也列出，并说明没有数", ("L317",)),
    _Question("完整", "说明了机关（机构）运行经费", ("T220",), "", ("运行经费",)),
    _Question("完整", "说明了政府采购", ("T221", "T222"), "", ("政府采购",)),
    _Question("完整", "说明了国有资产的占用", ("T223", "T224"), "", ("国有资产", "国有资产占用", "固定资产", "公务用车", "车辆")),
    _Question("完整", "说明了预算绩效", ("T225", "J305"), "", ("绩效",)),
    _Question("完整", "增减变化说明了原因", ("T210", "T212", "B102", "D066", "T213", "T214", "T215"), "原因是否属实，由填报的人负责"),
    _Question("完整", "专业名词有解释", ("B108",)),
    _Question(
        "细化", "“三公”经费分为因公出国（境）费、公务用车购置费、公务用车运行费、公务接待费", ("J121", "J212", "T218", "T219", "L318")
    ),
    _Question("细化", "项目逐项列出，有绩效目标和指标", ("J122", "J304", "J305", "J306", "J124")),
    _Question("方式", "目录、标题、页码一致，标题的年度正确", ("L301", "L303", "L308", "L323")),
    _Question("方式", "文档里没有修订、批注、隐藏文字和个人信息", ("L324",)),
    _Question("方式", "文字规范：没有占位内容、残留标记、往年的年份、别的单位的名称、错别字", _WORDING),
    _Question("方式", "绩效指标写法规范", _INDICATORS),
    _Question("真实", "表内、表间勾稽相符", ("J1", "J2", "J301", "J302", "J303", "J304", "J305")),
    _Question("真实", "文字与表一致", _SENTENCES),
    _Question("真实", "与财政批复的数一致", ("B101", "D040", "D041"), "请拿批复文件核对控制数本身"),
    _Question("真实", "上年数与上年公开的一致", ("D023", "D024", "D036", "D053"), "上年数是填报的，请与上年公开的核对"),
    _Question("真实", "公开的文件与台账一致", ("R401", "R402")),
)  # fmt: skip


def self_check(evidence: Evidence) -> tuple[Reply, ...]:
    """Every question of the list, in its order."""
    return (
        _in_time(evidence),
        *_of(evidence, "完整"),
        _eight_forms(evidence),
        *(_as_fine(evidence, *asked) for asked in _FINE),
        *_of(evidence, "细化"),
        _files(evidence),
        _laid_out(evidence),
        *_of(evidence, "方式"),
        *_by_hand(),
        *_of(evidence, "真实"),
        _rest(evidence),
        _accepted(evidence),
    )


def _of(evidence: Evidence, aspect: str) -> Iterator[Reply]:
    return (_reply(question, evidence) for question in _QUESTIONS if question.aspect == aspect)


def _reply(question: _Question, evidence: Evidence) -> Reply:
    asked = [one for one in evidence.asked if one.code.startswith(question.codes)]
    found = Counter(one.outcome for one in asked)
    open_ = [problem for problem in evidence.problems if problem.code.startswith(question.codes)]
    accepted = [problem for problem in evidence.accepted if problem.code.startswith(question.codes)]
    missing = bool(question.says) and not any(word in text for word in question.says for text in evidence.words)
    left = [question.left] if question.left else []
    if open_:
        left.insert(0, f"有{len(open_)}处提示要看：{_codes(problem.code for problem in open_)}")
    return Reply(
        question.aspect,
        question.words,
        _answer(found, bool(open_), missing),
        _basis(found, len(accepted)) + (f"；全文没有“{question.says[0]}”" if missing else ""),
        "；".join(left),
    )


def _rest(evidence: Evidence) -> Reply:
    """All rules that no question names: nothing that was found is left out of the list."""
    named = tuple(code for question in _QUESTIONS for code in question.codes)
    codes = {one.code for one in evidence.asked} | {problem.code for problem in evidence.problems}
    rest = tuple(code for code in sorted(codes) if not code.startswith(named))
    return _reply(_Question("真实", "其余各条检查", rest), evidence)


def _answer(found: Counter[Outcome], is_open: bool, is_missing: bool) -> Answered:
    if is_missing:
        return Answered.NO
    if is_open:
        return Answered.LOOK
    if found[Outcome.PASSED] or found[Outcome.FAILED]:  # what failed was accepted by a person
        return Answered.YES
    return Answered.UNABLE if found[Outcome.UNABLE] else Answered.NOT_HERE


def _basis(found: Counter[Outcome], accepted: int) -> str:
    counted = [f"{outcome.value}{found[outcome]}条" for outcome in _IN_ORDER if found[outcome]]
    return f"规则：{'、'.join(counted) or '没有'}" + (f"（已接受{accepted}处）" if accepted else "")


_IN_ORDER = (Outcome.PASSED, Outcome.FAILED, Outcome.NOT_APPLICABLE, Outcome.UNABLE)


def _codes(codes: Iterator[str]) -> str:
    return "、".join(f"{code}（{count}处）" if count > 1 else code for code, count in sorted(Counter(codes).items()))


def _in_time(evidence: Evidence) -> Reply:
    question = f"在财政批复后{_MOST_DAYS}日内公开"
    if not evidence.approved or not evidence.published:
        missing = "、".join(
            name for name, day in (("批复日期", evidence.approved), ("公开日期", evidence.published)) if not day
        )
        return Reply("及时", question, Answered.PERSON, f"没有给出{missing}", "批复日期：________　公开日期：________")
    days = (date.fromisoformat(evidence.published) - date.fromisoformat(evidence.approved)).days
    answer = Answered.YES if 0 <= days <= _MOST_DAYS else Answered.NO
    said = f"批复{evidence.approved}，公开{evidence.published}，相隔{days}天"
    return Reply("及时", question, answer, said, "日期请与批复文件、公开页面核对")


def _eight_forms(evidence: Evidence) -> Reply:
    names = [evidence.forms.get(form, form) for form in _FORMS]
    gone = [evidence.forms.get(form, form) for form in _FORMS if form not in evidence.there]
    question = f"规定的{len(_FORMS)}张表都有：{'、'.join(names)}"
    if gone:
        return Reply("完整", question, Answered.LOOK, f"没有认出：{'、'.join(gone)}", "本地另有名称或不要求的，请核对")
    return Reply("完整", question, Answered.YES, "按表名认出")


def _as_fine(evidence: Evidence, form: str, question: str, digits: int) -> Reply:
    name, found = evidence.forms.get(form, form), evidence.there.get(form, 0)
    if not found:
        return Reply("细化", question, Answered.NOT_HERE, f"没有认出{name}，或者表里没有科目")
    answer = Answered.YES if found >= digits else Answered.NO
    return Reply("细化", question, answer, f"{name}的科目最细到{found}位代码（应到{digits}位）")


def _files(evidence: Evidence) -> Reply:
    said = f"有{'、'.join(evidence.files)}，文字可以检索、复制，不是扫描件"
    return Reply("方式", "公开的文件可以检索、可以下载", Answered.YES, said, "上传以后，请打开网页上的文件再看一遍")


def _laid_out(evidence: Evidence) -> Reply:
    question = "各种文件都生成了，字体没有替换，列宽没有压缩"
    if evidence.remarks:
        return Reply("方式", question, Answered.LOOK, "；".join(remark.rstrip("。") for remark in evidence.remarks))
    return Reply("方式", question, Answered.YES, "生成时没有提示")


def _by_hand() -> Iterator[Reply]:
    for question, left in (
        ("在门户网站或统一平台的专栏公开，并长期保留", "公开的网址：________________"),
        ("涉密和敏感信息经过审查", "审查人：________　日期：________"),
    ):
        yield Reply("方式", question, Answered.PERSON, "程序不能知道", left)


def _accepted(evidence: Evidence) -> Reply:
    question = "接受的提示都有理由和署名"
    if not evidence.accepted:
        return Reply("真实", question, Answered.NOT_HERE, "没有接受的提示")
    said = f"accepted.yaml 接受了{len(evidence.accepted)}处：{_codes(problem.code for problem in evidence.accepted)}"
    return Reply("真实", question, Answered.LOOK, said, "请负责人看过 accepted.yaml")

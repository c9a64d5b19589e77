"""Rules of the income section against 部门收入预算表: what is of this year and what is carried forward (T203, T239)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from generator.check.cells import attempt, total_of, value
from generator.check.forms import more_or_less, two_decimals
from generator.check.prose import (
    AMOUNT,
    MEND_WORDS,
    SENTENCES_SOURCE,
    Prose,
    Said,
    amount_after,
    rounding_of,
    said,
    spoken,
    within_a_cent,
)
from generator.check.rules import PASS, Answer, Finding, NotApplicable, Rule, Unbound
from generator.model.money import ZERO
from generator.model.problem import Severity
from generator.model.source import in_document

_OWN = ("事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入", "其他收入")
_COLUMNS = (
    (("本年收入合计", "本年收入"), (("本年收入", "合计"),)),
    (("一般公共预算",), (("本年收入", "一般公共预算", "小计"),)),
    (("政府性基金预算", "政府性基金"), (("本年收入", "政府性基金"),)),
    (("国有资本经营预算",), (("本年收入", "国有资本经营预算"),)),
    (("财政专户管理资金",), (("本年收入", "财政专户管理资金收入"),)),
    (("单位资金",), tuple(("本年收入", kind) for kind in _OWN)),
    (("上年结转结余", "上年结转"), (("上年结转结余", "合计"),)),
)  # fmt: skip
"""What the income section calls an amount, and the columns of 部门收入预算表 that add up to it."""
_HELD = rf"(一般公共预算|政府性基金|国有资本经营预算)收支预算{AMOUNT}（含上年结转{AMOUNT}）"


def income_total(section: str, text: str) -> Said:
    """收入总计 where the section tells it from 本年收入合计, else 收入合计. Raises Unbound."""
    return amount_after(text, "收入总计") or said(section, text, "收入合计")


def funds_add_up(prose: Prose) -> Iterator[Answer]:
    """The funds listed in the income section add up to the total before them, and none of them is zero."""
    section, text = prose.section("收入"), prose.text("收入")
    yield from _listed(prose, text.partition("其中")[2], "收入合计", income_total(section, text))
    this_year = amount_after(text, "本年收入合计")
    if "本年收入中" in text and this_year is not None:
        yield from _listed(prose, text.partition("本年收入中")[2], "本年收入合计", this_year)


def _listed(prose: Prose, rest: str, label: str, whole: Said) -> Iterator[Answer]:
    section = prose.section("收入")
    listed = [spoken(*found) for found in re.findall(AMOUNT, rest.partition("。")[0])]
    if not listed:
        raise Unbound(f"“{section}”没有列出各项资金")
    gap = sum((item.yuan for item in listed), ZERO) - whole.yuan
    exact = prose.forms.form("表2").scale is whole.scale
    rounded = ZERO if exact else rounding_of(len(listed), whole.scale)
    yield PASS if abs(gap) <= rounded else Finding(
        f"“{section}”所列资金合计比{label}“{whole.printed}”{more_or_less(gap)}{two_decimals(abs(gap) / whole.scale.value)}{whole.scale.label}",
        "请核对是否漏列资金（如上年结转）。", in_document(section),
    )  # fmt: skip
    if exact and any(not item.yuan for item in listed):  # else it may be less than half a cent
        yield Finding(f"“{section}”列出了为0的资金", "没有的资金不必列出。", in_document(section))


def income_as_in_table(prose: Prose) -> Iterator[Answer]:
    """What the prose says of each fund and of 上年结转 is what 部门收入预算表 shows; what is carried forward is said."""
    section, text = prose.section("收入"), prose.text("收入")
    carried = _carried_is_said(prose, section) if "上年结转" not in text else PASS
    yield carried
    for labels, columns in _COLUMNS if not isinstance(carried, Finding) else ():  # one cause, one finding
        found = next((here for label in labels if (here := amount_after(text, label))), None)
        if found is not None:
            yield from attempt(partial(_as_in_table, prose, section, labels[-1], found, columns))
    section, text = prose.section("拨款"), prose.text("拨款")
    for label, _, _, *held in re.findall(_HELD, text) if "含上年结转" in text else ():
        columns = (("上年结转结余", label),)
        yield from attempt(partial(_as_in_table, prose, section, f"{label}的上年结转", spoken(*held), columns))


def _as_in_table(prose: Prose, section: str, label: str, here: Said, columns: Iterable[tuple[str, ...]]) -> Answer:
    form = prose.forms.form("表2")
    amount = sum((value(total_of(prose.forms, "表2", *words)) for words in columns), ZERO)
    if within_a_cent(here.yuan, amount * form.scale.value, here.scale, form.scale):
        return PASS
    return Finding(
        f"“{section}”{label}写“{here.printed}”，“{form.name}”为{two_decimals(amount)}{form.scale.label}",
        MEND_WORDS, in_document(section),
    )  # fmt: skip


def _carried_is_said(prose: Prose, section: str) -> Answer:
    form = prose.forms.form("表2")
    carried = value(total_of(prose.forms, "表2", "上年结转结余", "合计"))
    if not carried:
        return NotApplicable("没有上年结转")
    return Finding(
        f"“{section}”没有说上年结转，“{form.name}”有上年结转{two_decimals(carried)}{form.scale.label}",
        "请写明上年结转，各项资金只写本年收入；在模板里写“总计 | 上年结转 | 金额”“总计 | 本年 | 金额”。",
        in_document(section),
    )


INCOME_RULES: tuple[Rule[Prose], ...] = (
    Rule("T203", "收入一节所列资金合计＝收入合计", Severity.ERROR, funds_add_up, SENTENCES_SOURCE,
         "漏列上年结转", "各项资金相加等于收入合计"),
    Rule("T239", "收入一节的本年收入、上年结转与收入总表一致", Severity.ERROR, income_as_in_table, SENTENCES_SOURCE,
         "收入合计6824.79万元，其中：一般公共预算6816.79万元（表中本年6799.79，上年结转17.00）",
         "收入总计6824.79万元，其中：本年收入合计6807.79万元，上年结转17.00万元"),
)  # fmt: skip

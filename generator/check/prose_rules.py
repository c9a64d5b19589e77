"""Relations of the numbers in prose: with the tables, with their parts, as shares (T201, T202, T204, T205, T216, T220, T239).

Each relation is declared once, over meanings; which code an instance has follows from what its numbers are of.
Source: 财预〔2016〕143号. What can't be bound is 无法检查, and what a document does not tell is 不适用.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial

from generator.check.numbers import Number
from generator.check.prose import (
    MEND_WORDS,
    Prose,
    Shown,
    in_unit,
    percents_of,
    sentence_rule,
    within_a_cent,
)
from generator.check.rules import PASS, Answer, Finding, NotApplicable, Rule, Unable, answers_of, attempt
from generator.model.bound import LostNumber
from generator.model.extent import extent_of, universe
from generator.model.ledger import CARRIED_FORWARD, OPERATING, Filter
from generator.model.meaning import EVERYTHING, Portion, Sum, term
from generator.model.money import ZERO, round_half_up
from generator.model.problem import Severity
from generator.model.sentence import Said, core, percent
from generator.model.source import in_document

_CENT = Decimal("0.01")
_CARRIED = Filter((("年度", (CARRIED_FORWARD,)),))


def _code(scope: Filter, words: str) -> str:
    """The code of an amount that should be the tables'."""
    if words.startswith("无"):
        return "T216"
    if term(scope, "年度"):
        return "T239"
    if term(scope, "经费") == (OPERATING,):
        return "T220"
    return "T202" if scope == EVERYTHING or extent_of(scope) == universe() else "T201"


def same(code: str, prose: Prose) -> Iterator[Answer]:
    """Every amount of a sentence is what the tables print of the same meaning."""
    yield from list(_same(prose, code)) or [NotApplicable("文中没有这样的数")]


def _same(prose: Prose, code: str) -> Iterator[Answer]:
    if code == "T239":
        untold = list(_carried_is_said(prose))
        yield from untold
        if untold:  # one cause, one finding
            return
    for number in (*prose.sums, *prose.mislabelled):
        if isinstance(number.meaning, Sum) and _code(number.meaning.scope, number.printed) == code:
            yield attempt(partial(_as_printed, prose, number, number.meaning.scope))
    for lost in prose.lost(Sum):
        if isinstance(lost.meaning, Sum) and _code(lost.meaning.scope, lost.words) == code:
            yield _lost(prose, lost, lost.meaning.scope)


def _as_printed(prose: Prose, number: Number, scope: Filter) -> Answer:
    cells, here = prose.shown(scope), number.said
    if not cells:
        return NotApplicable(f"各表没有与“{number.words or number.printed}”同一口径的数")
    known = [cell for cell in cells if cell.yuan is not None]
    if not known:
        return Unable(cells[0].why)
    if any(_agrees(here, cell, prose.off(here)) for cell in known):
        return PASS
    said = f"{number.words}写“{here.printed}”" if number.is_amount else f"写“{number.printed}”"
    return Finding(f"“{number.section}”{said}，{_as_said(known, number.words)}", MEND_WORDS, number.place)


def _agrees(here: Said, cell: Shown, off: Decimal) -> bool:
    if cell.scale is None or cell.yuan is None:
        return False
    off += cell.off
    return within_a_cent(here.yuan, cell.yuan, here.scale, cell.scale) or abs(here.yuan - cell.yuan) <= off


def _as_said(cells: Iterable[Shown], words: str) -> str:
    """How a message says what the tables have: the cell of that name, of the table that is about just this."""
    cell = max(cells, key=lambda one: (core(words) in one.words, one.is_about))
    assert cell.yuan is not None and cell.scale is not None
    return f"{cell.words}为{in_unit(cell.yuan, cell.scale)}"


def _lost(prose: Prose, lost: LostNumber, scope: Filter) -> Answer:
    """A number that is not there: nothing has to be said of nothing, but that it is nothing."""
    text = prose.text(lost.section)
    if text is None:
        return NotApplicable(f"没有“{lost.section}”这一节")
    cells = [cell for cell in prose.shown(scope) if cell.yuan is not None]
    nothing = bool(cells) and not any(cell.yuan for cell in cells)
    if lost.words.startswith("无"):
        said = f"“{lost.section}”没有写无此项支出，而{_as_said(cells, '')}" if nothing else ""
        return Finding(said, MEND_WORDS, in_document(lost.section)) if nothing else PASS
    if prose.denies(lost.section) or (nothing and lost.words not in text):
        return NotApplicable(f"“{lost.section}”没有安排")
    return Unable(lost.why)


def _carried_is_said(prose: Prose) -> Iterator[Answer]:
    """Where the income is told fund by fund, what is carried forward is told too."""
    listing = next((one for one in prose.families if one.code == "T203"), None)
    told = (
        any(term(one.scope, "年度") == (CARRIED_FORWARD,) for one in prose.sums if one.section == listing.section)
        if listing
        else True
    )
    carried = [cell for cell in prose.shown(_CARRIED) if cell.yuan is not None]
    if listing is not None and not told and carried and all(cell.yuan for cell in carried):
        yield Finding(
            f"“{listing.section}”没有说上年结转，{_as_said(carried, CARRIED_FORWARD)}",
            "请写明上年结转，各项资金只写本年收入；在模板里写“总计 | 上年结转 | 金额”“总计 | 本年 | 金额”。",
            in_document(listing.section),
        )


def shares_are_right(prose: Prose) -> Iterator[Answer]:
    """占比 = part / whole, two decimals half-up; a cent of a percent is allowed where rounding alone misses 100.00."""
    for group in _shares(prose):
        yield from answers_of(_group_is_right(prose, group))
    for lost in prose.lost(Portion):
        if prose.text(lost.section) is not None and not prose.denies(lost.section):
            yield Unable(lost.why)


def _shares(prose: Prose) -> list[list[tuple[Number, Portion]]]:
    """The 占比 of a section with one whole."""
    groups: dict[tuple[str, Filter], list[tuple[Number, Portion]]] = {}
    for number in prose.numbers:
        if isinstance(number.meaning, Portion):
            groups.setdefault((number.section, number.meaning.whole), []).append((number, number.meaning))
    return list(groups.values())


def _operands(prose: Prose, group: list[tuple[Number, Portion]]) -> tuple[Said, list[Said]]:
    first = group[0][0]
    whole = prose.said_of(group[0][1].whole, first.section, first.bound[:2])
    return whole, [prose.said_of(part.part, one.section, one.bound[:2]) for one, part in group]


def _group_is_right(prose: Prose, group: list[tuple[Number, Portion]]) -> Iterator[Answer]:
    whole, parts = _operands(prose, group)
    if not whole.yuan:
        return
    exact = [part.yuan * 100 / whole.yuan for part in parts]
    adds_up = sum((part.yuan for part in parts), ZERO) == whole.yuan  # thirds don't add up to 100
    missing = 100 - sum(map(round_half_up, exact)) if adds_up else ZERO
    largest = max(exact) if prose.derived and prose.derived.profile.conventions.shares_on_largest else None
    for (number, _), part, share in zip(group, parts, exact, strict=True):
        told, right = percent(number.printed), round_half_up(share)
        near = bool(missing) and (abs(told - share) < _CENT or (share == largest and told == right + missing))
        near = near or bool(prose.off(whole) or prose.off(part))  # written in fewer decimals: nothing to tell by
        yield PASS if prose.is_percent(number.printed, share) or near or _rounded_from(prose, whole, part, number.printed) else Finding(
            f"“{number.section}”{prose.name_of(number)}“占{number.printed}”应为{right}%（{part.printed}÷{whole.printed}）",
            MEND_WORDS, number.place,
        )  # fmt: skip


def _rounded_from(prose: Prose, whole: Said, part: Said, printed: str) -> bool:
    least, most = percents_of(part, whole.yuan, 1)
    near = least - _CENT < percent(printed) < most + _CENT
    return prose.finer(whole.scale) and (near or prose.is_within(printed, least, most))


def shares_sum_to_hundred(prose: Prose) -> Iterator[Answer]:
    """The 占比 of one whole add up to 100.00 when its parts add up to the whole."""
    conventions = prose.derived.profile.conventions if prose.derived else None
    usual = conventions.percent_format if conventions else None
    if usual is not None and usual.is_rough:
        raise NotApplicable("格式方案里百分比不印两位小数，各项占比各自取整，不凑成100%")
    if conventions is not None and not conventions.shares_to_hundred:
        raise NotApplicable("格式方案里各项占比各自四舍五入")
    for group in _shares(prose):
        yield attempt(partial(_sums_to_hundred, prose, group))


def _sums_to_hundred(prose: Prose, group: list[tuple[Number, Portion]]) -> Answer:
    whole, parts = _operands(prose, group)
    section, total = group[0][0].section, sum((percent(number.printed) for number, _ in group), ZERO)
    if any(prose.is_rough(number.printed) for number, _ in group):
        return PASS
    if total == 100 or not whole.yuan or sum((part.yuan for part in parts), ZERO) != whole.yuan:
        return PASS
    return Finding(f"“{section}”各项占比合计{total}%，应为100.00%", MEND_WORDS, in_document(section))


_W = Severity.WARNING


PROSE_RULES: tuple[Rule[Prose], ...] = (
    sentence_rule("T201", "文中的数等于表中的数", partial(same, "T201"), "文中6816.79万元，表中6826.79", "以表为准"),
    sentence_rule("T202", "收入总计＝支出总计＝收支总表", partial(same, "T202"), "收入总计6824.79，支出总计6824.97", "都是6824.79"),
    sentence_rule("T204", "占比＝部分÷整体，四舍五入到两位", shares_are_right, "基本支出168.56万元，占2.46%", "占2.47%"),
    sentence_rule("T205", "同一整体的各项占比合计100.00%", shares_sum_to_hundred, "33.33%×3", "33.34%、33.33%、33.33%")._replace(severity=_W),
    sentence_rule("T216", "没有支出写“无”，有支出不写“无”", partial(same, "T216"), "基金支出表8.00，文中“无政府性基金……支出”", "写明8.00万元"),
    sentence_rule("T220", "机构运行经费、公用经费与表中一致", partial(same, "T220"), "17.36与17.14", "都是17.36"),
    sentence_rule("T239", "文中的本年收入、上年结转与表中一致", partial(same, "T239"),
         "收入合计6824.79万元，其中：一般公共预算6816.79万元（表中本年6799.79，上年结转17.00）",
         "收入总计6824.79万元，其中：本年收入合计6807.79万元，上年结转17.00万元"),
)  # fmt: skip

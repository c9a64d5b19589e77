"""Relations of the numbers in prose: with the tables, with their parts, as shares (T201 … T205, T216 … T221, T223, T239).

Each relation is declared once, over meanings; which code an instance has follows from what its numbers are of.
Source: 财预〔2016〕143号. What can't be bound is 无法检查, and what a document does not tell is 不适用.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial

from generator.check.cells import attempt
from generator.check.families import Family
from generator.check.numbers import Number
from generator.check.prose import (
    MEND_WORDS,
    Prose,
    Shown,
    in_unit,
    percents_of,
    rounding_of,
    sentence_rule,
    within_a_cent,
)
from generator.check.rules import PASS, Answer, Finding, NotApplicable, Rule, Unable
from generator.model.bound import LostNumber
from generator.model.ledger import CARRIED_FORWARD, OPERATING, Filter
from generator.model.meaning import EVERYTHING, Part, Sum, Typed, term
from generator.model.money import ZERO, Scale, round_half_up
from generator.model.problem import Severity
from generator.model.sentence import Said, core, percent
from generator.model.source import in_document

_CENT = Decimal("0.01")
_CARRIED = Filter((("年度", (CARRIED_FORWARD,)),))
Find = Callable[[Prose], Iterator[Answer]]


def _code(scope: Filter, words: str) -> str:
    """The code of an amount that should be the tables'."""
    if words.startswith("无"):
        return "T216"
    if term(scope, "年度"):
        return "T239"
    if term(scope, "经费") == (OPERATING,):
        return "T220"
    return "T202" if scope == EVERYTHING else "T201"


def same(code: str) -> Find:
    """Every amount of a sentence is what the tables print of the same meaning."""

    def find(prose: Prose) -> Iterator[Answer]:
        answers = list(_same(prose, code))
        yield from answers or [NotApplicable("文中没有这样的数")]

    return find


def _same(prose: Prose, code: str) -> Iterator[Answer]:
    if code == "T239":
        untold = list(_carried_is_said(prose))
        yield from untold
        if untold:  # one cause, one finding
            return
    for number in prose.sums:
        if isinstance(number.meaning, Sum) and _code(number.meaning.scope, number.printed) == code:
            yield from attempt(partial(_as_printed, prose, number, number.meaning.scope))
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
    if any(_agrees(here, cell) for cell in known):
        return PASS
    said = f"{number.words}写“{here.printed}”" if number.is_amount else f"写“{number.printed}”"
    return Finding(f"“{number.section}”{said}，{_as_said(known, number.words)}", MEND_WORDS, number.place)


def _agrees(here: Said, cell: Shown) -> bool:
    return (
        cell.scale is not None and cell.yuan is not None and within_a_cent(here.yuan, cell.yuan, here.scale, cell.scale)
    )


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
    denied = any(not one.is_amount and one.printed.startswith("无") for one in prose.sections.get(lost.section, ()))
    if nothing and (denied or lost.words not in text):
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
        yield from attempt_all(partial(_group_is_right, prose, group))
    yield from (Unable(lost.why) for lost in prose.lost(Part) if prose.text(lost.section) is not None)


def attempt_all(find: Callable[[], list[Answer]]) -> Iterator[Answer]:
    """Comparisons that need the same amounts: without them there is one answer."""
    answers: list[Answer] = []

    def one() -> Answer:
        answers.extend(find())
        return PASS

    for answer in attempt(one):
        yield from answers or [answer]


def _shares(prose: Prose) -> list[list[tuple[Number, Part]]]:
    """The 占比 of a section with one whole."""
    groups: dict[tuple[str, Filter], list[tuple[Number, Part]]] = {}
    for number in prose.numbers:
        if isinstance(number.meaning, Part):
            groups.setdefault((number.section, number.meaning.whole), []).append((number, number.meaning))
    return list(groups.values())


def _operands(prose: Prose, group: list[tuple[Number, Part]]) -> tuple[Said, list[Said]]:
    first = group[0][0]
    whole = prose.said_of(group[0][1].whole, first.section, first.bound[:2])
    return whole, [prose.said_of(part.part, one.section, one.bound[:2]) for one, part in group]


def _group_is_right(prose: Prose, group: list[tuple[Number, Part]]) -> list[Answer]:
    whole, parts = _operands(prose, group)
    if not whole.yuan:
        return []
    exact = [part.yuan * 100 / whole.yuan for part in parts]
    adds_up = sum((part.yuan for part in parts), ZERO) == whole.yuan  # thirds don't add up to 100
    adjusted = adds_up and sum(map(round_half_up, exact)) != 100
    found: list[Answer] = []
    for (number, _), part, share in zip(group, parts, exact, strict=True):
        told, right = percent(number.printed), round_half_up(share)
        near = adjusted and abs(told - share) < _CENT
        found.append(PASS if told == right or near or _rounded_from(prose, whole, part, told) else Finding(
            f"“{number.section}”{prose.name_of(number)}“占{number.printed}”应为{right}%（{part.printed}÷{whole.printed}）",
            MEND_WORDS, number.place,
        ))  # fmt: skip
    return found


def _rounded_from(prose: Prose, whole: Said, part: Said, told: Decimal) -> bool:
    least, most = percents_of(part, whole.yuan, 1)
    return prose.finer(whole.scale) and least - _CENT < told < most + _CENT


def shares_sum_to_hundred(prose: Prose) -> Iterator[Answer]:
    """The 占比 of one whole add up to 100.00 when its parts add up to the whole."""
    for group in _shares(prose):
        yield from attempt(partial(_sums_to_hundred, prose, group))


def _sums_to_hundred(prose: Prose, group: list[tuple[Number, Part]]) -> Answer:
    whole, parts = _operands(prose, group)
    section, total = group[0][0].section, sum((percent(number.printed) for number, _ in group), ZERO)
    if total == 100 or not whole.yuan or sum((part.yuan for part in parts), ZERO) != whole.yuan:
        return PASS
    return Finding(f"“{section}”各项占比合计{total}%，应为100.00%", MEND_WORDS, in_document(section))


def adds_up(code: str) -> Find:
    """What a section lists as the parts of an amount adds up to it."""

    def find(prose: Prose) -> Iterator[Answer]:
        answers = [answer for family in prose.families if family.code == code for answer in _parts_of(prose, family)]
        if code == "T218":
            answers += [
                answer for family in prose.families if family.code == code for answer in _compared(prose, family)
            ]
            answers += _lost_items(prose)
        yield from answers or [NotApplicable("文中没有这样逐项列出的数")]

    return find


def _lost_items(prose: Prose) -> list[Answer]:
    """What can't be added up, since one of the items told by their codes was not read."""
    return [
        Unable(lost.why) for lost in prose.lost(Sum)
        if isinstance(lost.meaning, Sum) and term(lost.meaning.scope, "部门经济") and prose.text(lost.section) is not None
    ]  # fmt: skip


def _parts_of(prose: Prose, family: Family) -> Iterator[Answer]:
    whole, section = family.whole.said, family.section
    if not family.complete:
        yield from _none_is_larger(prose, family)
        return
    gap = sum((part.said.yuan for part in family.parts), ZERO) - whole.yuan
    exact = prose.exact(whole.scale)
    rounded = ZERO if exact else rounding_of(len(family.parts), whole.scale)
    yield PASS if abs(gap) <= rounded else Finding(_unlike(family, gap), _remedy(family), in_document(section))
    if (
        family.code == "T203" and exact and any(not part.said.yuan for part in family.parts)
    ):  # else less than half a cent
        yield Finding(f"“{section}”列出了为0的资金", "没有的资金不必列出。", in_document(section))


def _unlike(family: Family, gap: Decimal) -> str:
    section, whole = family.section, family.whole
    if family.code == "T203":
        more = "多" if gap > 0 else "少"
        return f"“{section}”所列资金合计比{whole.words}“{whole.printed}”{more}{in_unit(abs(gap), whole.said.scale)}"
    if family.code == "T218":
        return f"“{section}”{'、'.join(part.words for part in family.parts)}之和与“{whole.printed}”不符"
    return f"“{section}”{'＋'.join(part.printed for part in family.parts)}≠{whole.printed}"


def _remedy(family: Family) -> str:
    return "请核对是否漏列资金（如上年结转）。" if family.code == "T203" else MEND_WORDS


def _none_is_larger(prose: Prose, family: Family) -> Iterator[Answer]:
    """Of a list that may leave some out: no part is more than the whole."""
    whole = family.whole
    for part in family.parts:
        off = rounding_of(1, whole.said.scale) if part.said.scale is not whole.said.scale else ZERO
        yield PASS if part.said.yuan <= whole.said.yuan + off else Finding(
            f"“{family.section}”{part.words}{part.printed}大于{whole.words}{whole.printed}", MEND_WORDS, part.place
        )  # fmt: skip


def _compared(prose: Prose, family: Family) -> Iterator[Answer]:
    """Each of the items is compared with last year, as far as the place says each."""
    moves = prose.moves(family.section)
    once = prose.derived is not None and prose.derived.profile.conventions.cars_once
    for number in family.parts if _outer(prose, family) else (family.whole, *family.parts):
        below = _below(prose, number)
        if number.scope in moves or (prose.derived is not None and number.scope not in prose.known):
            continue
        if not (once and below is not None and not any(moves.get(part.scope) for part in below.parts)):
            yield Finding(
                f"“{family.section}”没有说明“{number.words}”与上年相比的增减",
                "请补上这一项与上年的比较。",
                number.place,
            )


def _outer(prose: Prose, family: Family) -> Family | None:
    """The family that has this one's whole among its parts."""
    return next((one for one in prose.families if family.whole in one.parts), None)


def _below(prose: Prose, number: Number) -> Family | None:
    """The family that an amount is the whole of."""
    return next((one for one in prose.families if one.whole is number), None)


def moves_add_up(prose: Prose) -> Iterator[Answer]:
    """The changes of parts add up to the change of their whole."""
    answers = [
        answer for family in prose.families if family.complete for answer in attempt(partial(_moved, prose, family))
    ]
    yield from (answers + _lost_items(prose)) or [NotApplicable("文中没有逐项与上年比较的数")]


def _moved(prose: Prose, family: Family) -> Answer:
    moves, section, scale = prose.moves(family.section), family.section, family.whole.said.scale
    parts = [_move_of(prose, moves, part) for part in family.parts]
    whole = moves.get(family.whole.scope)
    if all(part is None for part in parts) or (whole is None and _outer(prose, family) is not None):
        return NotApplicable(f"“{section}”没有逐项与上年比较")
    if whole is None or None in parts:
        return Unable(f"“{section}”有的项目没有与上年比较")
    added = sum((part for part in parts if part is not None), ZERO)
    rounded = rounding_of(len(parts) + 1, scale) if _rounds(prose, scale) else ZERO
    return PASS if abs(whole - added) <= rounded else Finding(
        f"“{section}”各项增减合计{in_unit(added, scale)}≠总增减{in_unit(whole, scale)}", MEND_WORDS, in_document(section)
    )  # fmt: skip


def _move_of(prose: Prose, moves: Mapping[Filter, Decimal], number: Number) -> Decimal | None:
    """By how much it moved; where only its parts are told, their sum."""
    below = _below(prose, number)
    if number.scope in moves or below is None:
        return moves.get(number.scope)
    told = [moves[part.scope] for part in below.parts if part.scope in moves]
    return sum(told, ZERO) if len(told) == len(below.parts) else None


def _rounds(prose: Prose, scale: Scale) -> bool:
    """Whether changes were rounded before they were printed."""
    typed = prose.derived is not None and prose.derived.inputs.ledger.scale is not prose.derived.book.scale
    return typed or not prose.exact(scale)


def typed_add_up(code: str) -> Find:
    """A sum of typed numbers is the sum of those it is made of: amounts (T221) or counts, as of last year's end (T223)."""

    def find(prose: Prose) -> Iterator[Answer]:
        sums = prose.derived.profile.sums if prose.derived else prose.statement.sums
        answers = [answer for name, parts in sums.items() for answer in _typed(prose, code, name, parts)]
        lost = [
            one for one in prose.lost(Typed) if _typed_code(prose, one) == code and prose.text(one.section) is not None
        ]
        answers += [Unable(one.why) for one in lost]
        yield from answers or [NotApplicable("文中没有这样的合计")]

    return find


def _typed_code(prose: Prose, lost: LostNumber) -> str:
    """A group's numbers are amounts or counts: as what it has left is printed, or as its section is called."""
    assert isinstance(lost.meaning, Typed)
    group = lost.meaning.name.rpartition(".")[0]
    like = [one for one in prose.numbers if isinstance(one.meaning, Typed) and one.meaning.name.startswith(f"{group}.")]
    return "T221" if any("元" in one.printed for one in like) or (not like and "采购" in group) else "T223"


def _typed(prose: Prose, code: str, name: str, names: Iterable[str]) -> Iterator[Answer]:
    typed = {one.meaning.name: one for one in reversed(prose.numbers) if isinstance(one.meaning, Typed)}
    whole = typed.get(name)
    if whole is None or ("T221" if "元" in whole.printed else "T223") != code:
        return
    parts = [typed[part] for part in names if part in typed] if names else _listed_behind(prose, whole)
    if parts and len(parts) >= len(tuple(names)):
        yield _typed_sum(prose, whole, parts)
    if code == "T223":
        yield from _cut_off(prose, whole)


def _listed_behind(prose: Prose, whole: Number) -> list[Number]:
    text = prose.bound.reading.paragraphs[whole.bound.paragraph].text
    end = next(
        (place for place, letter in enumerate(text) if letter in "；。" and place > whole.bound.start), len(text)
    )
    return [
        one for one in prose.sections[whole.section]
        if one.bound.paragraph == whole.bound.paragraph and whole.bound.start < one.bound.start < end
        and isinstance(one.meaning, Typed)
    ]  # fmt: skip


def _typed_sum(prose: Prose, whole: Number, parts: list[Number]) -> Answer:
    section = whole.section
    if "元" not in whole.printed:
        total = sum((Decimal(part.printed) for part in parts), ZERO)
        return PASS if total == Decimal(whole.printed) else Finding(
            f"“{section}”{whole.words}合计{whole.printed}≠各类之和{total}", "请核对各类的数量。", in_document(section)
        )  # fmt: skip
    rounded = ZERO if prose.exact(whole.said.scale) else rounding_of(len(parts), whole.said.scale)
    gap = sum((part.said.yuan for part in parts), ZERO) - whole.said.yuan
    return PASS if abs(gap) <= rounded else Finding(
        f"“{section}”{whole.words}{whole.printed}≠{'＋'.join(part.printed for part in parts)}",
        f"请核对{'、'.join(part.words for part in parts)}。", in_document(section),
    )  # fmt: skip


def _cut_off(prose: Prose, whole: Number) -> Iterator[Answer]:
    section = whole.section
    year, found = prose.year, re.search(r"(\d{4})年(?:期末|末|底|12月31日)", prose.text(section) or "")
    if found is None:
        yield Unable(f"“{section}”没有写截止日期")
    elif int(found[1]) != year - 1:
        said = f"“{section}”的截止日期写{found[1]}年，应为{year - 1}年末"
        yield Finding(said, "请更新截止日期。", in_document(section))


_W = Severity.WARNING


PROSE_RULES: tuple[Rule[Prose], ...] = (
    sentence_rule("T201", "文中的数等于表中的数", same("T201"), "文中6816.79万元，表中6826.79", "以表为准"),
    sentence_rule("T202", "收入总计＝支出总计＝收支总表", same("T202"), "收入总计6824.79，支出总计6824.97", "都是6824.79"),
    sentence_rule("T203", "收入一节所列资金合计＝收入合计", adds_up("T203"), "漏列上年结转", "各项资金相加等于收入合计"),
    sentence_rule("T204", "占比＝部分÷整体，四舍五入到两位", shares_are_right, "基本支出168.56万元，占2.46%", "占2.47%"),
    sentence_rule("T205", "同一整体的各项占比合计100.00%", shares_sum_to_hundred, "33.33%×3", "33.34%、33.33%、33.33%")._replace(severity=_W),
    sentence_rule("T216", "没有支出写“无”，有支出不写“无”", same("T216"), "基金支出表8.00，文中“无政府性基金……支出”", "写明8.00万元"),
    sentence_rule("T217", "句内各部分相加等于合计，部分不大于合计", adds_up("T217"), "168.56＋6656.00≠6824.79", "项目支出6656.23"),
    sentence_rule("T218", "“三公”经费分项相加、逐项比较", adds_up("T218"), "漏了公务用车购置费的比较", "逐项说明"),
    sentence_rule("T219", "各项增减合计＝总增减", moves_add_up, "“三公”经费各项持平，总数却增加", "总数持平"),
    sentence_rule("T220", "机构运行经费、公用经费与表中一致", same("T220"), "17.36与17.14", "都是17.36"),
    sentence_rule("T221", "填报金额的合计＝各项之和（政府采购＝货物＋工程＋服务）", typed_add_up("T221"), "10.00≠3.00＋0＋5.00", "各项相加10.00"),
    sentence_rule("T223", "填报数量的合计＝各类之和（车辆），截止上年末", typed_add_up("T223"), "2020年期末（本年度为2022年）", "2021年期末"),
    sentence_rule("T239", "文中的本年收入、上年结转与表中一致", same("T239"),
         "收入合计6824.79万元，其中：一般公共预算6816.79万元（表中本年6799.79，上年结转17.00）",
         "收入总计6824.79万元，其中：本年收入合计6807.79万元，上年结转17.00万元"),
)  # fmt: skip

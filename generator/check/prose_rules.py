"""Rules of the produced sentences against the tables (T201 … T225, T236 … T238). Source: 财预〔2016〕143号 and the forms.

The sentences are read as a citizen reads them: an amount is bound to a cell only through the words before it,
under the heading it stands under. What can't be bound so is 无法检查.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from generator.check.cells import Cell, attempt, income_line, spending_line, spent, total_of, value
from generator.check.forms import Forms, two_decimals
from generator.check.income_rules import income_total
from generator.check.project_rules import every_project_has_goals
from generator.check.prose import MEND_WORDS, Prose, Said, percents_of, rounding_of, said, sentence_rule, within_a_cent
from generator.check.rules import PASS, Absent, Answer, Finding, NotApplicable, Rule, Unable, Unbound
from generator.check.three_public_rules import about_item
from generator.model.money import ZERO, round_half_up
from generator.model.problem import Severity
from generator.model.source import in_document

_CENT = Decimal("0.01")
_ZERO = re.compile(r"(?<![\d.,])0(?:\.0+)?(?:万?元|[%％])")


class _Bound(NamedTuple):
    section: str
    label: str
    cell: Callable[[Forms], Cell]


def _at(key: str, *words: str) -> Callable[[Forms], Cell]:
    return partial(_total, key, words)


def _total(key: str, words: tuple[str, ...], forms: Forms) -> Cell:
    return total_of(forms, key, *words)


def _only(*words: str) -> Callable[[Forms], Cell]:
    """A column of the one row of T8."""

    def cell(forms: Forms) -> Cell:
        form = forms.form("表8")
        return form, 0, form.column(*words)

    return cell


_OPENING = "年初预算"
_BOUND = (
    _Bound("收入", "收入合计", _at("表2", "总计")),  # 收入总计 where something is carried forward
    _Bound("支出", "支出合计", _at("表3", "合计")),
    _Bound("支出", "基本支出", _at("表3", "基本支出", "小计")),
    _Bound("支出", "项目支出", _at("表3", "项目支出", "小计")),
    _Bound("拨款", "一般公共预算收支预算", lambda forms: spent(forms, "一般公共预算", "小计")),
    _Bound("拨款", "政府性基金收支预算", lambda forms: spent(forms, "政府性基金")),
    _Bound("拨款", "国有资本经营预算收支预算", lambda forms: spent(forms, "国有资本经营预算")),
    _Bound("一般", _OPENING, _at("表5", "合计")),
    _Bound("一般", "基本支出", _at("表5", "基本支出", "小计")),
    _Bound("一般", "项目支出", _at("表5", "项目支出", "小计")),
    _Bound("基本", _OPENING, _at("表6", "合计")),
    _Bound("基本", "人员经费", _at("表6", "人员经费")),
    _Bound("基本", "公用经费", _at("表6", "公用经费")),
    _Bound("三公", "经费支出预算", _only("“三公”经费合计")),
    _Bound("三公", "因公出国（境）费", _only("因公出国（境）费")),
    _Bound("三公", "公务接待费", _only("公务接待费")),
    _Bound("三公", "公务用车购置及运行费", _only("公务用车购置及运行费", "小计")),
    _Bound("三公", "公务用车购置费", _only("公务用车购置费")),
    _Bound("三公", "公务用车运行维护费", _only("公务用车运行费")),
    _Bound("基金", _OPENING, _at("表9", "合计")),
    _Bound("基金", "基本支出", _at("表9", "基本支出", "小计")),
    _Bound("基金", "项目支出", _at("表9", "项目支出", "小计")),
    _Bound("国资", _OPENING, _at("表10", "合计")),
    _Bound("国资", "基本支出", _at("表10", "基本支出", "小计")),
    _Bound("国资", "项目支出", _at("表10", "项目支出", "小计")),
)


def _agrees(prose: Prose, bound: _Bound) -> Answer:
    section, text = prose.section(bound.section), prose.text(bound.section)
    form, row, column = bound.cell(prose.forms)
    amount = form.amount(row, column)
    if not amount and (_AMOUNT_FREE.search(text) or bound.label not in text):
        return NotApplicable(f"“{section}”没有安排")
    spoken_here = _said(section, text, bound)
    if within_a_cent(spoken_here.yuan, amount * form.scale.value, spoken_here.scale, form.scale):
        return PASS
    return Finding(
        f"“{section}”写“{spoken_here.printed}”，“{form.name}”“{form.head(column)}”为{two_decimals(amount)}{form.scale.label}",
        MEND_WORDS, in_document(section),
    )  # fmt: skip


def _said(section: str, text: str, bound: _Bound) -> Said:
    if bound.section == "收入":
        return income_total(section, text)
    return said(section, about_item(text, bound.label) if bound.section == "三公" else text, bound.label)


_AMOUNT_FREE = re.compile(r"无[^，。]*安排的支出")


def amounts_agree(prose: Prose) -> Iterator[Answer]:
    """Every amount of a sentence is its table's cell."""
    for bound in _BOUND:
        if bound.section != "三公" or prose.forms.there("表8"):
            yield from attempt(partial(_agrees, prose, bound))


def totals_agree(prose: Prose) -> Iterator[Answer]:
    """收入总计 = 支出总计 = T1."""
    section, text = prose.section("总体"), prose.text("总体")
    for label, cell in (
        ("收入总计", income_line(prose.forms, "收入总计")),
        ("支出总计", spending_line(prose.forms, "支出总计")),
    ):
        here, form = said(section, text, label), cell[0]
        yield PASS if within_a_cent(here.yuan, value(cell) * form.scale.value, here.scale, form.scale) else Finding(
            f"“{section}”{label}写“{here.printed}”，“{form.name}”为{two_decimals(value(cell))}{form.scale.label}", MEND_WORDS, in_document(section)
        )  # fmt: skip


def shares_are_right(prose: Prose) -> Iterator[Answer]:
    """占比 = part / whole, two decimals half-up; a cent of a percent is allowed where rounding alone misses 100.00."""
    for group in prose.shares:
        if not group.whole.yuan:
            continue
        exact = [part.yuan * 100 / group.whole.yuan for _, part, _ in group.parts]
        whole = sum((part.yuan for _, part, _ in group.parts), ZERO) == group.whole.yuan  # thirds don't add up to 100
        adjusted = whole and sum(map(round_half_up, exact)) != 100
        for (label, part, percent), share in zip(group.parts, exact, strict=True):
            right = round_half_up(share)
            near = adjusted and abs(percent - share) < _CENT
            yield PASS if percent == right or near or _rounded_from(prose, group.whole, part, percent) else Finding(
                f"“{group.section}”{label}“占{percent}%”应为{right}%（{part.printed}÷{group.whole.printed}）",
                MEND_WORDS, in_document(group.section),
            )  # fmt: skip


def _rounded_from(prose: Prose, whole: Said, part: Said, percent: Decimal) -> bool:
    least, most = percents_of(part, whole.yuan, 1)
    return prose.finer(whole.scale) and least - _CENT < percent < most + _CENT


def shares_sum_to_hundred(prose: Prose) -> Iterator[Answer]:
    """The 占比 of one sentence add up to 100.00 when its parts add up to the whole."""
    for group in prose.shares:
        if sum((part.yuan for _, part, _ in group.parts), ZERO) == group.whole.yuan and group.whole.yuan:
            total = sum((percent for _, _, percent in group.parts), ZERO)
            yield (
                PASS
                if total == 100
                else Finding(
                    f"“{group.section}”各项占比合计{total}%，应为100.00%", MEND_WORDS, in_document(group.section)
                )
            )


def parts_sum_in_sentences(prose: Prose) -> Iterator[Answer]:
    """基本 + 项目 = 合计 and 人员 + 公用 = 基本, in the sentence itself."""
    for group in prose.shares:
        gap = abs(sum((part.yuan for _, part, _ in group.parts), ZERO) - group.whole.yuan)
        rounded = rounding_of(len(group.parts), group.whole.scale)
        exact = prose.derived is not None and prose.derived.book.scale is group.whole.scale
        yield PASS if gap <= (ZERO if exact else rounded) else Finding(
            f"“{group.section}”{'＋'.join(part.printed for _, part, _ in group.parts)}≠{group.whole.printed}", MEND_WORDS, in_document(group.section)
        )  # fmt: skip


def nothing_spent(prose: Prose) -> Iterator[Answer]:
    """A fund without spending has the 无-sentence, one with spending has not."""
    for key, table in (("基金", "表9"), ("国资", "表10")):
        yield from attempt(partial(_nothing_spent, prose, key, table))


def _nothing_spent(prose: Prose, key: str, table: str) -> Answer:
    section, cell = prose.section(key), total_of(prose.forms, table, "合计")
    none = _AMOUNT_FREE.search(prose.text(key)) is not None
    if none == (not value(cell)):
        return PASS
    state = f"写“{_AMOUNT_FREE.search(prose.text(key))[0]}”，而" if none else "没有写无此项支出，而"  # type: ignore[index]
    return Finding(f"“{section}”{state}“{cell[0].name}”为{two_decimals(value(cell))}", MEND_WORDS, in_document(section))


def operating_costs(prose: Prose) -> Iterator[Answer]:
    """机构（机关）运行经费 = T6 公用经费."""
    section = prose.section("运行")
    here, cell = (said(section, prose.text("运行"), "运行经费"), total_of(prose.forms, "表6", "公用经费"))
    form = cell[0]
    yield PASS if within_a_cent(here.yuan, value(cell) * form.scale.value, here.scale, form.scale) else Finding(
        f"“{section}”机构运行经费“{here.printed}”≠“{form.name}”公用经费{two_decimals(value(cell))}{form.scale.label}", MEND_WORDS, in_document(section)
    )  # fmt: skip


def procurement_adds_up(prose: Prose) -> Iterator[Answer]:
    """政府采购 = 货物 + 工程 + 服务."""
    section, text = prose.section("采购"), prose.text("采购")
    whole = said(section, text, "政府采购")
    parts = [said(section, text, kind) for kind in ("货物", "工程", "服务")]
    exact = prose.derived is not None and prose.derived.book.scale is whole.scale
    rounded = ZERO if exact else rounding_of(len(parts), whole.scale)
    yield PASS if abs(sum((part.yuan for part in parts), ZERO) - whole.yuan) <= rounded else Finding(
        f"“{section}”政府采购{whole.printed}≠{'＋'.join(part.printed for part in parts)}", "请核对货物、工程、服务三项。", in_document(section)
    )  # fmt: skip


def vehicles_add_up(prose: Prose) -> Iterator[Answer]:
    """车辆 = the sum of its kinds; the cut-off is the end of last year."""
    section, text = prose.section("资产"), prose.text("资产")
    clause = re.search(r"共?有?车辆(\d{1,9})辆，其中[:：]([^；。]*)", text)
    if clause is None:
        raise Unbound(f"“{section}”没有读到车辆数")
    kinds = [int(number) for number in re.findall(r"(\d{1,9})辆", clause[2])]
    yield PASS if sum(kinds) == int(clause[1]) else Finding(
        f"“{section}”车辆合计{clause[1]}辆≠各类之和{sum(kinds)}辆", "请核对各类车辆数。", in_document(section)
    )  # fmt: skip
    year, cut_off = year_of(prose), re.search(r"(\d{4})年(?:期末|末|底|12月31日)", text)
    if cut_off is None:
        yield Unable(f"“{section}”没有写截止日期")
    elif int(cut_off[1]) != year - 1:
        yield Finding(
            f"“{section}”的截止日期写{cut_off[1]}年，应为{year - 1}年末", "请更新截止日期。", in_document(section)
        )


def year_of(prose: Prose) -> int:
    """The budget year, as the cover says it."""
    found = re.search(r"(\d{4})\s*年", " ".join(prose.forms.reading.cover))
    if found is None:
        raise Unbound("封面没有写年度")
    return int(found[1])


def all_projects_have_goals(prose: Prose) -> Iterator[Answer]:
    """“项目均编制了绩效目标” is said when J305 holds, and only then."""
    section, text = prose.section("绩效"), prose.text("绩效")
    if not re.search(r"项目均[^。]*绩效目标|所有项目[^。]*绩效目标", text):
        raise Absent(f"“{section}”没有说全部项目都编制了绩效目标")
    missing = [found for found in every_project_has_goals(prose.forms) if isinstance(found, Finding)]
    for found in missing:
        yield Finding(
            f"“{section}”称项目均编制了绩效目标，但{found.message}",
            "请补上绩效目标，或改写这一句。",
            in_document(section),
        )
    yield PASS


def terms_of_titles(prose: Prose) -> Iterator[Answer]:
    """An income sentence speaks of 收入预算, as its table does."""
    section, text = prose.section("收入"), prose.text("收入")
    found = next((clause for clause in re.split("[，。；：]", text) if "收支预算" in clause), None)
    yield (
        PASS
        if found is None
        else Finding(
            f"“{section}”“{found[: found.rindex('收支预算') + 4]}”与“部门收入预算表”的口径不同",
            "收入一节请写“政府性基金预算”等收入口径的名称。",
            in_document(section),
        )
    )


def numbers_have_units(prose: Prose) -> Iterator[Answer]:
    """A share or a rate carries %, an amount its unit, once."""
    patterns = (
        (r"(?:占|增长|下降)\d+(?:\.\d+)?(?![\d.%％])", "缺少百分号"),
        (r"(?:总计|合计|预算为|增加|减少)\d+\.\d+(?![\d.]|万|元)", "缺少计量单位"),
        (r"\d(?:万元万元|元万元|%%|万元元)", "单位写了两次"),
    )
    own = "\n".join(passage.text.value for passage in prose.derived.inputs.department.passages) if prose.derived else ""
    for item in prose.forms.reading.paragraphs:
        for pattern, wrong in patterns:
            found = re.search(pattern, item.text)
            if found:
                said_so = Severity.WARNING if found[0] in own else None  # the department's own words are its own
                yield Finding(
                    f"“{item.section}”“{found[0]}”{wrong}",
                    "请补上“万元”或“%”，一个数一个单位。",
                    in_document(item.section),
                    severity=said_so,
                )
    yield PASS


def zeros_written_alike(prose: Prose) -> Iterator[Answer]:
    """Zero is written in one way: the place's 整数 (0万元, 0%), else all 0万元 or all 0.00万元."""
    seen: dict[bool, tuple[str, str]] = {}
    for item in prose.forms.reading.paragraphs:
        for found in _ZERO.finditer(item.text):
            seen.setdefault("." not in found[0], (item.section, found[0]))
    plain = prose.derived is not None and prose.derived.profile.conventions.plain_zero
    if False in seen and (plain or True in seen):
        section, zero = seen[False]
        other = f"，另有“{seen[True][1]}”" if True in seen else ""
        yield Finding(
            f"“{section}”的零写作“{zero}”{other}",
            f"请统一{'照格式方案写整数（0万元、0%）' if plain else '写法'}。",
            in_document(section),
        )
    yield PASS


_W, _A = Severity.WARNING, Severity.ADVICE


PROSE_RULES: tuple[Rule[Prose], ...] = (
    sentence_rule("T201", "文中的数等于表中的数", amounts_agree, "文中6816.79万元，表中6826.79", "以表为准"),
    sentence_rule("T202", "收入总计＝支出总计＝收支总表", totals_agree, "收入总计6824.79，支出总计6824.97", "都是6824.79"),
    sentence_rule("T204", "占比＝部分÷整体，四舍五入到两位", shares_are_right, "基本支出168.56万元，占2.46%", "占2.47%"),
    sentence_rule("T205", "一句之内各项占比合计100.00%", shares_sum_to_hundred, "33.33%×3", "33.34%、33.33%、33.33%")._replace(severity=_W),
    sentence_rule("T216", "没有支出写“无”，有支出不写“无”", nothing_spent, "基金支出表8.00，文中“无政府性基金……支出”", "写明8.00万元"),
    sentence_rule("T217", "句内各部分相加等于合计", parts_sum_in_sentences, "168.56＋6656.00≠6824.79", "项目支出6656.23"),
    sentence_rule("T220", "机构运行经费＝公用经费", operating_costs, "17.36与17.14", "都是17.36"),
    sentence_rule("T221", "政府采购＝货物＋工程＋服务", procurement_adds_up, "10.00≠3.00＋0＋5.00", "各项相加10.00"),
    sentence_rule("T223", "车辆合计＝各类之和，截止上年末", vehicles_add_up, "2020年期末（本年度为2022年）", "2021年期末"),
    sentence_rule("T225", "“均编制绩效目标”属实", all_projects_have_goals, "有一个项目没有绩效目标", "补上绩效目标"),
    sentence_rule("T236", "口径与表题一致", terms_of_titles, "收入一节写“政府性基金收支预算”", "政府性基金预算")._replace(severity=_A),
    sentence_rule("T240", "零的写法一致", zeros_written_alike, "0万元与0.00万元并存", "都写0万元")._replace(severity=_W),
    sentence_rule("T238", "数后有单位或百分号", numbers_have_units, "占76.23", "占76.23%"),
)  # fmt: skip

"""What lines must be before they go into files: known codes, amounts of two decimals that are not below zero."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.intake.ground import Ground, Line, said, wrong
from generator.intake.mapping import LISTS
from generator.intake.merging import fundings_of, items_of, spending_of
from generator.intake.projects import BASICS, PROJECTS
from generator.model.money import round_half_up
from generator.model.problem import Problem

_CENTS = Decimal("0.01")


def below_zero(lines: Sequence[Line]) -> Iterator[Problem]:
    """Amounts below zero, which no budget has."""
    for line in lines:
        if line.amount < 0:
            yield wrong(
                line.sheet,
                line.cell,
                f"金额为负数（{line.cell.text}）",
                "预算明细不应有负数；是调整的，请导出调整后的数。",
            )


def codes_unknown(lines: Sequence[Line], names: Mapping[tuple[str, str], str], ground: Ground) -> Iterator[Problem]:
    """Codes that no list has, and whose name the export does not say either."""
    told = set(names)
    for line in lines:
        for name, code in zip(LISTS, (line.function, line.economic, line.government), strict=True):
            if code and code not in ground.codes.names(name) and (name, code) not in told:
                told.add((name, code))
                yield wrong(
                    line.sheet,
                    line.cell,
                    f"这一行的{name}“{code}”不在科目表中",
                    "请核对编码；确是新科目的，请在表里加上名称，或在“增补科目”里写明。",
                )


def without_government(lines: Sequence[Line], ground: Ground) -> Iterator[Problem]:
    """部门经济 that no 政府经济 follows from, where neither the export nor the data say it."""
    typed = {
        codes
        for file in (BASICS, PROJECTS)
        for item in items_of(ground, file)
        for one in fundings_of(item)
        for codes, (_, _, value) in spending_of(one).items()
        if isinstance(value, dict)
    }
    told: set[tuple[str, str]] = set()
    for line in lines:
        nature = ground.natures[line.agency]
        known = line.government or not line.economic or (line.function, line.economic) in typed
        if (
            not known
            and (line.economic, nature) not in told
            and not ground.codes.government_code(line.economic, nature)
        ):
            told.add((line.economic, nature))
            message = f"{nature}单位的{line.economic}没有对应的政府经济科目，明细里也没有写"
            yield wrong(line.sheet, line.cell, message, "请导出时带上“政府预算支出经济分类”这一列。")


def in_cents(
    lines: Sequence[Line], rounded: bool, ground: Ground, problems: list[Problem]
) -> tuple[list[Line], list[str]]:
    """Lines of the same codes added; amounts finer than two decimals are rounded where a 对照 says so, else told."""
    added: dict[tuple[object, ...], Line] = {}
    for line in lines:
        key = (*line[:3], *line[4:8])
        first = added.get(key)
        added[key] = line if first is None else first._replace(amount=first.amount + line.amount)
    fine = [line for line in added.values() if line.amount > 0 and line.amount != line.amount.quantize(_CENTS)]
    merged = (
        [f"{len(lines)}行明细并成{len(added)}笔（科目、项目、资金都相同的相加）。"] if len(added) < len(lines) else []
    )
    if fine and not rounded:
        first = fine[0]
        message = f"金额换成{ground.scale}超过两位小数：{first.cell.text}是{said(first.amount)}{ground.scale}（共{len(fine)}笔）"
        remedy = "请把部门的金额单位改为元（department.yaml的“金额单位”，其他文件里的金额一并改）；或在对照文件里写“舍入: 四舍五入”，每笔各自四舍五入。"
        problems.append(wrong(first.sheet, first.cell, message, remedy))
        return list(added.values()), merged
    made = [line._replace(amount=round_half_up(line.amount)) for line in added.values()]
    if fine:
        exact, after = (sum((line.amount for line in many), Decimal(0)) for many in (list(added.values()), made))
        merged.append(
            f"{len(fine)}笔四舍五入到两位小数：合计由{said(exact)}变为{said(after)}{ground.scale}，相差{said(after - exact)}。"
        )
    return made, merged

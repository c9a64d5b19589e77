"""What was assumed where the tables did not tell, in words for a clerk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.intake.document.money import Side
from generator.intake.ground import CODE
from generator.model.problem import Problem, Problems, Severity
from generator.model.source import in_document

_MOST, _FEW = 20, 4
_REMEDY = "请财政部门或原表的填报人核对，改对以后再导入。"


def remarks_of(sides: Sequence[Side], made_up: int) -> Iterator[str]:
    """A line for each table that was shared out, each that disagrees, each value that was taken; ``made_up`` codes of projects."""
    assumed = [one for side in sides for one in side.solved.assumed]
    if assumed:
        yield (
            "各表之间怎样对应（功能科目与经济科目、项目与科目），文档没有印出来的，依次按金额相等、整行凑得上、名称相近、先后顺序分；"
            "各表的每一格都对得上，但分法可以不止一种，请核对下面这些："
        )
    yield from (f"“{one.title}”：{one.places}处，如{'、'.join(one.examples)}" for one in assumed)
    for side in sides:
        yield from _of_side(side)
    if made_up:
        yield f"{made_up}个项目的编码文档没有印，是编的，请改成财政系统里的编码"


def _of_side(side: Side) -> Iterator[str]:
    for wrong in side.solved.wrong[:_MOST]:
        amount, inside = wrong.cell.amount / side.unit, wrong.inside / side.unit
        yield f"{wrong.cell.place}是{amount:.2f}，它的各项合计是{inside:.2f}，没有用它"
    for title, missing in side.solved.unmet:
        yield f"“{title}”与其他表对不上，差{missing / side.unit:.2f}，没有用它"
    for chosen in side.chosen if not side.own else ():
        if chosen.times:
            yield f"{chosen.times}笔的{chosen.dimension}文档没有写，填了{chosen.value}，请核对"


def disagreements(sides: Sequence[Side]) -> Problems:
    """Sums of a workbook that are not what their parts come to, and tables that say otherwise than others; with both figures."""
    if not sides:
        return (
            Problem(
                CODE,
                Severity.ERROR,
                "各表里没有一个金额，像是没有填的样张",
                "请用填好的整套表导入。",
                in_document("各表"),
            ),
        )
    return tuple(_disagreements(sides))


def _disagreements(sides: Sequence[Side]) -> Iterator[Problem]:
    for side in sides:
        for wrong in side.solved.wrong:
            amount, inside = wrong.cell.amount / side.unit, wrong.inside / side.unit
            parts = "、".join(wrong.places[:_FEW]) + ("等" if len(wrong.places) > _FEW else "")
            said = f"这里是{amount:,.2f}，{parts}{'合计' if len(wrong.places) > 1 else ''}是{inside:,.2f}，相差{abs(amount - inside):,.2f}"
            yield Problem(CODE, Severity.ERROR, said, _REMEDY, in_document(wrong.cell.place))
        for cell, other in side.crossed[:_MOST] if not side.solved.wrong else ():
            here, there = cell.amount / side.unit, other.amount / side.unit
            said = f"这里是{here:,.2f}，{other.place}的同一个数是{there:,.2f}，相差{abs(here - there):,.2f}"
            yield Problem(CODE, Severity.ERROR, said, _REMEDY, in_document(cell.place))
        for title, missing in side.solved.unmet if not (side.solved.wrong or side.crossed) else ():
            said = f"“{title}”与其他表对不上，相差{missing / side.unit:,.2f}"
            yield Problem(CODE, Severity.ERROR, said, _REMEDY, in_document(title))


def not_ours(place: str, why: Problems) -> Problem:
    """That a document does not give a year's data; ``why`` is what the loader would say of what it gives."""
    first = next((one.message for one in why if one.severity is Severity.ERROR), "")
    said = f"读出来的内容凑不成一个年度的数据（{first}）：这份文档不像是按格式方案“{place}”做的"
    return Problem(CODE, Severity.ERROR, said, "请用 --profile 写明它是按哪个格式方案做的。", in_document("文档"))

"""What was assumed where the tables did not tell, in words for a clerk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.intake.document.money import Side

_MOST = 20


def remarks_of(sides: Sequence[Side], made_up: int) -> Iterator[str]:
    """A line for each table that was shared out, each that disagrees, each value that was taken; ``made_up`` codes of projects."""
    for side in sides:
        for one in side.solved.assumed:
            yield (
                f"“{one.title}”与前面各表之间的对应没有印出来（{one.places}处，如{'、'.join(one.examples)}）："
                "按金额相等、整行凑得上、名称相近、先后顺序分，各表的合计都对得上，请核对明细"
            )
        for wrong in side.solved.wrong[:_MOST]:
            amount, inside = wrong.cell.amount / side.unit, wrong.inside / side.unit
            yield f"{wrong.cell.place}是{amount:.2f}，它的各项合计是{inside:.2f}，没有用它"
        for title, missing in side.solved.unmet:
            yield f"“{title}”与其他表对不上，差{missing / side.unit:.2f}，没有用它"
        for chosen in side.chosen:
            if chosen.times and not side.own:
                yield f"{chosen.times}笔的{chosen.dimension}文档没有写，填了{chosen.value}，请核对"
    if made_up:
        yield f"{made_up}个项目的编码文档没有印，是编的，请改成财政系统里的编码"

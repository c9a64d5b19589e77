"""What the board says in sentences, for the page and the workbook alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from generator.model.board import Board, Change, Since
from generator.model.city import State

PAGE, WORKBOOK = "总览.html", "总览.xlsx"
_EVERY = (State.MISSING, State.FAILED, State.CHANGED, State.PUBLISHED, State.WARNED, State.MADE, State.OPEN)


def title(board: Board) -> str:
    """Which city's, of which year."""
    return f"{board.city} {board.year}年部门预算说明总览"


def ran(board: Board) -> str:
    """When it is of, and of what."""
    kind = "只检查、没有生成文档" if board.checking else ""
    ended = "" if board.ended else "没有跑完，再运行会接着做"
    return "，".join(filter(None, (f"{board.begun}运行", kind, ended))) + "。"


def headline(board: Board) -> tuple[str, ...]:
    """The sentences that say it all: who stands where, who is late, what changed since the run before."""
    return tuple(_sentences(board))


def changes(since: Since) -> str:
    """What changed since an earlier run, in one sentence."""
    return f"比{since.words}（{since.begun}）：{_changed(since)}。"


def _sentences(board: Board) -> Iterator[str]:
    states = board.states
    standing = "、".join(f"{state.value}{states[state]}" for state in _EVERY if states[state])
    yield f"应收{len(board.departments)}个部门" + (f"：{standing}。" if standing else "。")
    late = [one for one in board.departments if one.late]
    if late:
        yield f"过了截止日期还没有文档的{len(late)}个，最久的已过{max(one.late for one in late)}天。"
    aside = sum(bool(one.note) for one in board.departments)
    if aside:
        yield f"程序没有做成的{aside}个，原因在“问题”里。"
    if board.findings:
        yield f"跨部门核对发现{len(board.findings)}处。"
    yield changes(board.since[0]) if board.since else "这是第一次运行。"


def _changed(since: Since) -> str:
    turned = Counter(one.states[1] for one in since.changes if one.states)
    said = [f"变为{state.value}{turned[state]}" for state in _EVERY if turned[state]]
    said += _counted("总计变了", [one for one in since.changes if one.totals])
    said += _counted("文档变了", [one for one in since.changes if one.documents])
    return "、".join(said) or "没有变动"


def _counted(what: str, changes: Sequence[Change]) -> list[str]:
    return [f"{what}{len(changes)}"] if changes else []

"""The other way: what one typed line comes to in the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.explain.index import Index
from generator.explain.printed import Number, Origin, Stretch
from generator.explain.records import LIST
from generator.model.department import Control
from generator.model.explanation import Explanation, Kind, Place, Typed
from generator.model.figure import Change, Fact, Figure, Mover, Numeric, Share
from generator.model.money import Money
from generator.model.numerals import whole
from generator.model.problem import UsageError, did_you_mean
from generator.model.source import Passage, Position, Source, lines_of

_WHERE = re.compile(r"(.+?):(\d+)(?::\d+)?:?", re.DOTALL)


class _Lines(NamedTuple):
    """Lines of a file, first to last."""

    file: str
    first: int
    last: int

    def hold(self, position: Position | None) -> bool:
        return position is not None and position.file == self.file and self.first <= position.line <= self.last


def answer_line(index: Index, where: str) -> Explanation:
    """What the typed values of a line, or of what is indented under it, reach.

    Raises UsageError, in one line, when there is no such line or nothing on it.
    """
    source, line = _located(index, where)
    lines = _Lines(source.name, line, line)
    told = _told(index, lines)
    if told is None:
        last = _block_end(lines_of(source), line)
        told = _told(index, lines._replace(last=last)) if last > line else None
    if told is None:
        raise UsageError(f"{source.name}:{line} 这一行没有数，也没有印进文档的话。{_near(index, lines)}")
    return told


def _located(index: Index, where: str) -> tuple[Source, int]:
    found = _WHERE.fullmatch(where.strip())
    if not found:
        raise UsageError(f"“{where}”不是“文件:行”，请写成 {index.made.inputs.folder}/basic.yaml:12 的样子。")
    texts, name = index.made.texts, found[1].replace("\\", "/").removeprefix("./")
    names = [name] if name in texts else [known for known in texts if known.endswith(f"/{name}")]
    names = [known for known in names if known.startswith(index.made.inputs.folder)] or names
    if not names:
        mine = [known for known, source in texts.items() if known.startswith(index.made.inputs.folder) and source.text]
        raise UsageError(f"没有读 {name} 这个文件。{did_you_mean(name, mine) or '读了：' + '、'.join(mine) + '。'}")
    source, line = texts[names[0]], whole(found[2])
    count = source.text.rstrip("\n").count("\n") + 1
    if not 0 < line <= count:
        raise UsageError(f"{source.name} 只有{count}行，没有第{line}行。")
    return source, line


def _block_end(text: Sequence[str], line: int) -> int:
    """The last line indented under this one."""
    width = _indent(text[line - 1])
    last = line
    for number in range(line + 1, len(text) + 1):
        bare = text[number - 1].strip()
        if bare and not bare.startswith("#"):
            if _indent(text[number - 1]) <= width:
                break
            last = number
    return last


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _near(index: Index, lines: _Lines) -> str:
    found = [item.position.line for item in index.made.inputs.ledger.all_lines if item.position.file == lines.file]
    found += [item.text.position.line for item in index.words.typed if item.text.position.file == lines.file]
    nearest = min(found, key=lambda number: abs(number - lines.first), default=0)
    return f"最近的一行是{lines.file}:{nearest}。" if nearest else ""


def _told(index: Index, lines: _Lines) -> Explanation | None:
    typed = tuple(_typed(index, lines))
    if not typed:
        return None
    name = f"{lines.file}:{lines.first}" + (f"—{lines.last}" if lines.last > lines.first else "")
    reached = (*_numbers(index, lines), *_silent(index, lines), *_controls(index, lines), *_words(index, lines))
    return Explanation(Kind.TYPED, name, f"{len(typed)}处填写的内容", (), typed, (), (), reached)


def _typed(index: Index, lines: _Lines) -> Iterator[Typed]:
    inputs = index.made.inputs
    ledgers = [inputs.ledger, *([inputs.prior_ledger] if inputs.prior_ledger else [])]
    chosen = tuple(line for ledger in ledgers for line in ledger.all_lines if lines.hold(line.position))
    yield from index.figures.lines(chosen)
    of_bases = ((basis.printed, inputs.typed_of(basis)) for basis in index.made.profile.bases)
    for kind, facts in (("填报", inputs.department.facts), *of_bases):
        for fact in facts.values():
            if lines.hold(fact.position) and fact.position is not None:
                yield _amount(fact.position, f"{kind}“{fact.key}”", fact.value)
    records = index.figures.records.items()
    yield from (_amount(place, *said) for place, said in records if lines.hold(place))
    for control in inputs.department.controls:
        if lines.hold(control.figure.position):
            yield Typed(control.figure.position, f"控制数{control.name}", control.money)
    for passage in _passages(index, lines):
        yield Typed(passage.text.position, passage.text.value)


def _amount(place: Position, words: str, value: Money | int) -> Typed:
    return Typed(place, words, value) if isinstance(value, Money) else Typed(place, f"{words} {value}")


def _passages(index: Index, lines: _Lines) -> list[Passage]:
    facts = {_line_of(fact) for fact in index.made.inputs.department.facts.values()}
    return [
        item
        for item in index.words.typed
        if lines.hold(item.text.position) and (item.kind != "事项" or item.text.position.line not in facts)
    ]


def _line_of(fact: Fact) -> int:
    return fact.position.line if fact.position else 0


def _numbers(index: Index, lines: _Lines) -> tuple[Explanation, ...]:
    """The derived numbers it goes into, wherever they are printed."""
    memory: dict[int, bool] = {}

    def reached(number: Number) -> bool:
        numeric = index.numeric(number)
        if numeric is None:
            return False
        if isinstance(numeric, Change):
            return _touches(numeric, lines, number.printed.aspect)
        if id(numeric) not in memory:
            memory[id(numeric)] = _touches(numeric, lines)
        return memory[id(numeric)]

    return index.told(number for number in (*index.numbers, *_blanks(index)) if reached(number))


def _blanks(index: Index) -> Iterator[Number]:
    """Cells that lines go into and that print nothing, since these add up to 0."""
    for printed in index.printed:
        if printed.origin is Origin.AMOUNT and printed.numeric is not None and not printed.text:
            yield Number(printed, "", 0)


def _touches(numeric: Numeric, lines: _Lines, aspect: str = "") -> bool:
    match numeric:
        case Figure():
            return any(lines.hold(line.position) for line in numeric.lines)
        case Fact():
            return lines.hold(numeric.position) or any(_touches(part, lines) for part in numeric.parts)
        case Share():
            return _touches(numeric.part, lines) or _touches(numeric.whole, lines)
        case Change():
            return _touches(numeric.prior, lines) or (aspect != "上年数" and _touches(numeric.current, lines))
        case Mover():
            return any(lines.hold(line.position) for line in (*numeric.lines, *numeric.before))


def _silent(index: Index, lines: _Lines) -> Iterator[Explanation]:
    """Comparisons it goes into of which no number is printed: they only decide the words, such as 持平."""
    for change in index.made.book.changes.values():
        if _touches(change, lines) and not index.places.get(index.figures.key(change, "差额")):
            told = index.with_places(change, "差额")
            yield told._replace(notes=(*told.notes, "没有印出这个数，它只决定文中写不写、写持平还是增减"))


def _controls(index: Index, lines: _Lines) -> Iterator[Explanation]:
    for control in index.made.inputs.department.controls:
        if lines.hold(control.figure.position):
            yield _control(control)


def _control(control: Control) -> Explanation:
    note = f"只用来核对{control.name}，不印进文档"
    typed = (Typed(control.figure.position, f"控制数{control.name}", control.money),)
    return Explanation(Kind.CONTROL, f"控制数{control.name}", control.money, (note,), typed)


def _words(index: Index, lines: _Lines) -> Iterator[Explanation]:
    """The department's words on it, wherever the document says them."""
    for passage in _passages(index, lines):
        places = dict.fromkeys(place for printed in index.printed for place in _said(index, printed, passage))
        typed = (Typed(passage.text.position, passage.text.value),)
        name = f"{passage.kind}（{passage.place}）"
        yield Explanation(Kind.OWN, name, passage.text.value, (), typed, (), tuple(places))


def _said(index: Index, printed: Stretch, passage: Passage) -> Iterator[Place]:
    words = passage.text.value.strip()
    place = printed.text.find(words)
    if not words or ((place < 0 or passage.kind == LIST) and printed.hint != passage.text.position):
        return  # a record's “服务” is no other 服务 of the document
    found = index.words.passages(Number(printed, words, max(place, 0)))
    if any(item.passage.text.position == passage.text.position for item in found):
        yield printed.place

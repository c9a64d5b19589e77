"""The picture as one sheet of A4, a drawing. What does not fit is drawn smaller; nothing is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.model.picture import NOTHING, Bar, Group, Move, Picture
from generator.render.html.text import escape, tag
from generator.render.picture import pen
from generator.render.picture.code import code_path
from generator.render.picture.pen import FAINT, INK, Piece, Type, moved, stacked, words

WIDTH, HEIGHT = 794, 1123
"""A4 at 96 dots an inch."""
SIZES = (1.15, 1.1, 1.05, 1.0, 0.95, 0.9, 0.86, 0.82, 0.78, 0.74, 0.7, 0.65, 0.6, 0.5, 0.4, 0.3)
_EDGE, _BETWEEN, _GAP, _WIDEST_GAP, _CODE = 46, 34, 18, 34, 92
_FONTS = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC',SimHei,sans-serif"


def picture_svg(picture: Picture) -> str:
    """The sheet, complete in itself, with all that it says also in words."""
    size, drawn = next(_fitting(picture))
    sheet = pen.box(0, 0, WIDTH, HEIGHT, "#ffffff") + (
        drawn if size == 1 else f'<g transform="scale({size})">{drawn}</g>'
    )
    said = tag("title", escape(picture.whole_title), {"id": "t"}) + tag("desc", escape(_said(picture)), {"id": "d"})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="t d" lang="zh-CN" font-family="{_FONTS}">{said}{sheet}</svg>\n'
    )


def size_of(picture: Picture) -> float:
    """How large it is drawn to have room on the sheet: one of SIZES, or less."""
    return next(_fitting(picture))[0]


def _fitting(picture: Picture) -> Iterator[tuple[float, str]]:
    """The sheet in the largest size in which all of it has room, which is a sheet so much wider; the smallest anyway."""
    for size in SIZES:
        height, drawn = _Sheet(picture, WIDTH / size).drawn(HEIGHT / size)
        if height <= HEIGHT / size:
            yield size, drawn
    yield HEIGHT / height * size, drawn


class _Sheet(NamedTuple):
    """A picture on paper of a width; it grows as high as it must."""

    picture: Picture
    width: float

    @property
    def room(self) -> float:
        """Between both edges."""
        return self.width - 2 * _EDGE

    @property
    def main(self) -> str:
        """The place's colour."""
        return f"#{self.picture.main}"

    def drawn(self, height: float) -> tuple[float, str]:
        """The whole, and how high it is at least; what height is left goes between the parts."""
        head, foot = self._head(), self._foot()
        parts = [part for part in (self._lead(), *self._rows()) if part.height]
        used, gaps = head.height + foot.height + sum(part.height for part in parts), len(parts) + 1
        gap = min(max((height - used) / gaps, _GAP), _WIDEST_GAP)
        whole = used + gap * gaps
        body = moved(stacked(parts, gap), head.height + gap, _EDGE)
        return whole, head.xml + body + moved(foot, max(whole, height) - foot.height, _EDGE)

    def _head(self) -> Piece:
        wide = pen.width_of(self.picture.title, 32)
        title = words(
            self.picture.title, _EDGE, self.room, Type(min(32, max(32 * self.room / wide, 22)), "#ffffff", True), 1.35
        )
        agency = words(self.picture.agency, _EDGE, self.room, Type(16, "#ffffff"))
        height = title.height + agency.height + 52
        band = pen.box(0, 0, self.width, height, self.main)
        return Piece(height, band + moved(title, 25) + moved(agency, 28 + title.height))

    def _lead(self) -> Piece:
        total = self.picture.total
        if total == NOTHING:
            return Piece(0, "")
        size = min(54.0, 54 * self.room * 0.8 / pen.width_of(total.number.digits, 54))
        number = Piece(size * 1.15, pen.number_at(total.number, 0, size * 0.55, Type(size, self.main, True), 21))
        pieces = [words(total.name, 0, self.room, Type(15, FAINT)), number]
        pieces += [words(total.change, 0, self.room, Type(15, FAINT))] if total.change else []
        return stacked([*pieces, Piece(8, ""), self._split()] if self.picture.split else pieces)

    def _split(self) -> Piece:
        """The parts in one bar, their names below: the last at its end."""
        at, bars, names = 0, [], []
        for place, bar in enumerate(self.picture.split):
            last = 0 < place == len(self.picture.split) - 1
            bars.append((at, bar.length, pen.SECOND if place % 2 else self.main))
            x = self.room if last else self.room * place / len(self.picture.split)
            names.append(pen.text_at(f"{bar.name} {bar.number}", x, 12, Type(15, anchor="end" if last else "start")))
            at += bar.length
        return stacked([pen.track(0, self.room, 14, bars), Piece(24, "".join(names))], 4)

    def _rows(self) -> Iterator[Piece]:
        picture = self.picture
        yield self._pair(
            lambda room: self._group(picture.income, room), lambda room: self._group(picture.spending, room)
        )
        yield self._pair(self._public, self._moves)
        yield self._group(picture.projects, self.room)
        yield self._sentences()

    def _pair(self, one: Callable[[float], Piece], other: Callable[[float], Piece]) -> Piece:
        """Both beside each other; one that has nobody beside it is as wide as both."""
        half = (self.room - _BETWEEN) / 2
        left, right = one(half), other(half)
        if left.height and right.height:
            return pen.beside([left, right], half + _BETWEEN)
        return (one if left.height else other)(self.room)

    def _titled(self, title: str, room: float, pieces: list[Piece], gap: float = 8) -> Piece:
        head = words(title, 14, room - 14, Type(18, INK, True))
        mark = pen.box(0, 3, 4, 21, f"#{self.picture.accent}")
        return stacked([Piece(max(head.height, 27) + 7, mark + head.xml), stacked(pieces, gap)])

    def _group(self, group: Group, room: float) -> Piece:
        if not group.bars:
            return Piece(0, "")
        pieces = [self._bar(bar, room, True) for bar in group.bars]
        pieces += [words(group.rest, 0, room, Type(13, FAINT))] if group.rest else []
        return self._titled(group.title, room, pieces)

    def _public(self, room: float) -> Piece:
        """Its parts have bars where one of them is something."""
        total, group = self.picture.public_total, self.picture.public
        if not group.title:
            return Piece(0, "")
        drawn = any(bar.length for bar in group.bars)
        pieces = [self._bar(total, room, False, Type(24, self.main, True))] if total != NOTHING else []
        return self._titled(group.title, room, [*pieces, *(self._bar(bar, room, drawn) for bar in group.bars)])

    def _bar(self, bar: Bar, room: float, drawn: bool, look: Type = Type(15, INK, True)) -> Piece:  # noqa: B008 - never changed
        """A name, as wide as the number leaves room for it; below, how it stands to last year, and the bar."""
        number = pen.width_of(bar.number.digits, look.size) + pen.width_of(bar.number.unit, 13) + 16
        name = words(bar.name, 0, room - number, Type(14.5))
        pieces = [Piece(name.height, name.xml + pen.number_at(bar.number, room, 11, look._replace(anchor="end"), 12))]
        pieces += [words(bar.change, 0, room, Type(13, FAINT))] if bar.change else []
        return stacked([*pieces, pen.track(0, room, 7, [(0, bar.length, self.main)])] if drawn else pieces, 1)

    def _moves(self, room: float) -> Piece:
        pieces = [self._move(move, room) for move in self.picture.moves]
        return self._titled(self.picture.moves_title, room, pieces) if pieces else Piece(0, "")

    def _move(self, move: Move, room: float) -> Piece:
        """To the right of the middle what is more, to the left what is less."""
        half = max(move.length // 2, 2)
        part = (500, half, self.main) if move.sign > 0 else (500 - half, half, f"#{self.picture.accent}")
        name, said = words(move.name, 0, room, Type(14.5)), words(move.words, 0, room, Type(13, FAINT))
        return stacked([name, said, pen.track(0, room, 7, [part, (499, 2, pen.MIDDLE)])], 1)

    def _sentences(self) -> Piece:
        pieces = [self._sentence(place, text) for place, text in enumerate(self.picture.sentences, 1)]
        return self._titled(self.picture.sentences_title, self.room, pieces, 6) if pieces else Piece(0, "")

    def _sentence(self, place: int, text: str) -> Piece:
        said = words(text, 30, self.room - 30, Type(15), 1.6)
        mark = f'<circle cx="10" cy="12" r="10" fill="{self.main}"/>'
        mark += pen.text_at(str(place), 10, 12, Type(12, "#ffffff", True, "middle"))
        return Piece(said.height, mark + said.xml)

    def _foot(self) -> Piece:
        picture, small = self.picture, Type(12.5, FAINT)
        room = self.room - (_CODE + 30 if picture.url else 0)
        said = stacked([words(picture.source, 0, room, small), words(picture.url, 0, room, small)])
        line = pen.box(0, 0, self.room, 1, "#d9dfe7")
        if not picture.url:
            return Piece(said.height + 30, line + moved(said, 12))
        path, wide = code_path(picture.url)
        white, left = pen.box(0, 0, wide, wide, "#ffffff"), self.room - _CODE
        code = f'<g transform="translate({left:.1f} 8) scale({_CODE / wide:.4f})">{white}<path d="{path}"/></g>'
        name = pen.text_at(picture.code, self.room - _CODE / 2, _CODE + 16, small._replace(anchor="middle"))
        height = max(_CODE + 40, said.height + 24)
        return Piece(height, line + code + name + moved(said, height - 14 - said.height))


def _said(picture: Picture) -> str:
    """All of it in words, in the order of reading."""
    told = [_told(bar) for bar in (picture.total, *picture.split) if bar != NOTHING]
    public = picture.public._replace(bars=(picture.public_total, *picture.public.bars))
    for group in (picture.income, picture.spending, public, picture.projects):
        names = "，".join(_told(bar) for bar in group.bars if bar != NOTHING)
        told += [f"{group.title}——{names}"] if names else []
    told += [f"{move.name}：{move.words}" for move in picture.moves]
    return "；".join(told) + "。" + "".join(picture.sentences)


def _told(bar: Bar) -> str:
    return f"{bar.name}：{bar.number}{f'，{bar.change}' if bar.change else ''}"

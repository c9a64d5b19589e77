"""picture.yaml: the words and colours of 一图读懂, a place's own over those that ship."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from generator.load.fields import Fields, brief, count_of, fields_of, items_of, pairs_of, text_of
from generator.load.files import access
from generator.load.filters import read_filter
from generator.load.layers import Layered
from generator.load.shipped import label_of
from generator.load.yaml_text import Node, Reader
from generator.model.basis import LAST_YEAR
from generator.model.ledger import Dimension
from generator.model.picture import Named, PictureSpec, Ways
from generator.model.problem import Problems, has_errors, which_of
from generator.model.source import Source, Text

FILE = "picture.yaml"
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
LEAST_CONTRAST = 4.5
"""Of words against what is behind them: WCAG 2.2, 1.4.3."""
_MOST_LISTED = 8


def load_picture(
    path: Path, layers: tuple[Path, ...], usual: Path, own: Iterable[Dimension] = (), figures: Collection[str] = ()
) -> tuple[PictureSpec | None, Problems, tuple[Source, ...]]:
    """What the profile at ``path`` wants, over the folder of the ``usual`` one; None where it has errors, which are returned.

    ``own`` are the dimensions that the place declares (维度), ``figures`` the names of its numbers: what the shipped file names
    need not be among them.
    """
    with access():
        folder = Layered(path, (*layers, *(() if usual in layers else (usual,))))
        folder.own = {one.name: one for one in own}
        reader, node = folder.merged(FILE)
        spec = _read(reader, fields_of(reader, node, FILE)) if node is not None else None
        for named in spec.named if spec is not None and figures else ():
            if named.figure.value not in figures and named.figure.position.file != label_of(usual / FILE):
                remedy = f"请填 figures.yaml 里“数”的名称。{which_of(named.figure.value, tuple(figures))}"
                reader.report("P006", named.figure.position, f"没有“{named.figure.value}”这个数", remedy)
    problems = folder.problems
    return (None if has_errors(problems) else spec), problems, tuple(folder.sources)


def _read(reader: Reader, fields: Fields) -> PictureSpec:
    spec = PictureSpec(
        fields.words("标题"),
        _colour(reader, fields, "主色"),
        _colour(reader, fields, "强调色"),
        _total(reader, fields.take("总数")),
        tuple(_listed(reader, fields.take("分作"))),
        fields.words("收入"),
        read_filter(reader, fields.take("收入取", False)),
        fields.words("支出"),
        *_compared(reader, fields.take("比上年")),
        *_public(reader, fields.take("三公")),
        *_projects(reader, fields.take("项目")),
        *_said(reader, fields.take("几句话")),
        fields.words("其余"),
        fields.words("二维码"),
        fields.words("来源"),
        _ways(reader, fields.take("增减")),
    )
    fields.finish()
    return spec


def _total(reader: Reader, node: Node | None) -> Named:
    fields = fields_of(reader, node, "“总数”")
    name, figure = fields.text("名称"), fields.words("数")
    fields.finish()
    return Named(name, figure)


def _compared(reader: Reader, node: Node | None) -> tuple[str, Text, tuple[Named, ...]]:
    fields = fields_of(reader, node, "“比上年”")
    basis, title = fields.text("基准", LAST_YEAR.name), fields.words("标题")
    names = tuple(_named(reader, fields.take("数"), "“数”"))
    fields.finish()
    return basis, title, names


def _public(reader: Reader, node: Node | None) -> tuple[Text, tuple[Named, ...]]:
    fields = fields_of(reader, node, "“三公”")
    title, names = fields.words("标题"), tuple(_named(reader, fields.take("数"), "“数”"))
    fields.finish()
    return title, names


def _projects(reader: Reader, node: Node | None) -> tuple[Text, int]:
    fields = fields_of(reader, node, "“项目”")
    title, listed = fields.words("标题"), fields.take("列出")
    fields.finish()
    most = count_of(reader, listed, "“列出”") if listed is not None else 0
    return title, min(most or 0, _MOST_LISTED)


def _said(reader: Reader, node: Node | None) -> tuple[Text, tuple[Named, ...]]:
    fields = fields_of(reader, node, "“几句话”")
    title, names = fields.words("标题"), tuple(_listed(reader, fields.take("数")))
    fields.finish()
    return title, names


def _ways(reader: Reader, node: Node | None) -> Ways:
    fields = fields_of(reader, node, "“增减”")
    ways = Ways(*(fields.text(name) for name in ("比", "增加", "减少", "增长", "下降", "持平")))
    fields.finish()
    return ways


def _named(reader: Reader, node: Node | None, what: str) -> Iterator[Named]:
    """“称呼: 数的名称”, line by line."""
    for key, value in pairs_of(reader, node, what):
        yield _of_figure(reader, value, key.value.strip())


def _listed(reader: Reader, node: Node | None) -> Iterator[Named]:
    for item in items_of(reader, node, "“数”"):
        yield _of_figure(reader, item, "")


def _of_figure(reader: Reader, node: Node, label: str) -> Named:
    figure = Text(text_of(reader, node, f"“{label or '数'}”"), reader.at(node))
    return Named(label or figure.value, figure)


def _colour(reader: Reader, fields: Fields, name: str) -> str:
    """Six hexadecimal digits of a colour on which white words can be read."""
    said = fields.words(name)
    found = _COLOUR.fullmatch(said.value)
    if found is None:
        if said.value:
            message = f"“{name}”不能是“{brief(said.value)}”"
            reader.report(
                "Y008", said.position, message, '请写六位的颜色，如 1F4E79；要加引号，写成 “主色: "1F4E79"”。'
            )
        return "000000"
    if contrast(found[1], "FFFFFF") < LEAST_CONTRAST:
        message = f"“{name}”{found[1]}太浅，上面的白字看不清"
        remedy = f"请换一个深一些的：与白色的对比度要到{LEAST_CONTRAST}，现在是{contrast(found[1], 'FFFFFF'):.1f}。"
        reader.report("Y008", said.position, message, remedy)
    return found[1].upper()


def contrast(one: str, other: str) -> float:
    """How far two colours are apart for the eye, 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

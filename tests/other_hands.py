"""Word files of other hands, made up: what Word, WPS and LibreOffice put into a file, at random, and one edited into another."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import docx

Inline = tuple[str, str]
"""Its kind, and what it says."""

_PHRASES = (
    "负责全区医疗保险基金的管理", "支出预算", "增加", "减少", "主要原因是人员变动", "压减办公费", "一般公共预算", "财政拨款收入",
    "政府性基金", "“三公”经费", "全年", "项目", "城乡居民", "完成上级交办的任务", "Budget", "（含）", "其中：", "较上年",
)  # fmt: skip
_ENDS = ("。", "；", "，", "：")
_NAMES = (
    "教育",
    "社会保障和就业",
    "卫生健康",
    "住房保障",
    "农林水",
    "城乡社区",
    "行政运行",
    "事业运行",
    "其他",
    "小计",
    "合计",
)
_STYLES = ("Normal", "Normal", "Normal", "BodyText", "ListBullet", "ListNumber", "Quote")
_KINDS = (
    *("t",) * 30, "bold", "bold", "tab", "br", "page", "link", "field", "simple", "sdt", "smart", "sym", "ruby", "hyphen",
    "soft", "note", "box", "mark", "proof", "cr", "ptab",
)  # fmt: skip


class Cell:
    """A table's cell: its blocks, how many columns it covers, "" or how it is merged downwards."""

    def __init__(self, blocks: list[Any], span: int = 1, merge: str = "") -> None:
        self.blocks, self.span, self.merge = blocks, span, merge


class Table:
    """A table: rows of cells, of which some are headers; ``held``: rows stand in content controls."""

    def __init__(self, rows: list[list[Cell]], header: int, held: bool) -> None:
        self.rows, self.header, self.held = rows, header, held


class Para:
    """A paragraph; ``held`` in a content control; ``section``: it ends one."""

    def __init__(self, inlines: list[Inline], style: str, held: str = "", section: bool = False) -> None:
        self.inlines, self.style, self.held, self.section = inlines, style, held, section


class File(NamedTuple):
    """A body, and what its header says."""

    blocks: list[Para | Table]
    header: list[Para]


def amount(rng: random.Random) -> str:
    return f"{rng.choice((9, 99, 9999)) * rng.random():,.2f}"


def sentence(rng: random.Random, most: int = 4) -> str:
    parts = (
        rng.choice(_PHRASES) + (f"{amount(rng)}万元" if rng.random() < 0.4 else "") for _ in range(rng.randint(1, most))
    )
    return "".join(f"{part}{rng.choice(_ENDS)}" for part in parts)


def inlines(rng: random.Random, most: int = 4, kinds: tuple[str, ...] = _KINDS) -> list[Inline]:
    found = []
    for _ in range(rng.choice((0, 1, 1, 1, 2, most))):
        kind = rng.choice(kinds)
        text = {"t": sentence(rng), "sym": rng.choice("FE6")}.get(kind, rng.choice(_NAMES))
        found.append((kind, amount(rng) if kind in ("field", "simple") else text))
    return found


def para(rng: random.Random, kinds: tuple[str, ...] = _KINDS) -> Para:
    style, held = rng.choice(_STYLES), rng.choice(("", "", "", "", "", "", "sdt", "customXml"))
    if rng.random() < 0.15:
        return Para([("t", f"{rng.choice('一二三四五')}、{rng.choice(_PHRASES)}")], f"Heading{rng.randint(1, 3)}")
    return Para(inlines(rng, 4, kinds), style, held)


def cell(rng: random.Random, text: str, deep: int) -> Cell:
    blocks: list[Para | Table] = [Para([("t", text)] if text else [], "Normal")]
    if rng.random() < 0.12:
        blocks += [Para(inlines(rng, 2), "Normal") for _ in range(rng.randint(1, 2))]
    if deep and rng.random() < 0.04:
        blocks[1:] = [table(rng, 0), Para([], "Normal")]
    return Cell(blocks)


def row(rng: random.Random, width: int, deep: int) -> list[Cell]:
    texts = [
        rng.choice((str(rng.randint(201, 230)), "")),
        rng.choice(_NAMES),
        *(rng.choice((amount(rng), amount(rng), "")) for _ in range(9)),
    ]
    return [cell(rng, text, deep) for text in texts[:width]]


def table(rng: random.Random, deep: int = 1) -> Table:
    width = rng.randint(1, 6)
    made = Table([row(rng, width, deep) for _ in range(rng.randint(1, 9))], 0, rng.random() < 0.07)
    for line in made.rows:
        if width > 2 and rng.random() < 0.15:
            place = rng.randrange(width - 1)
            line[place].span = 2
            del line[place + 1]
    if width > 1 and rng.random() < 0.4:
        _merge_down(rng, made)
    made.header = rng.choice((0, 0, 1, 2)) if len(made.rows) > 2 else 0
    return made


def _merge_down(rng: random.Random, made: Table) -> None:
    wide = [all(item.span == 1 for item in line) for line in made.rows]
    for number in range(1, len(made.rows)):
        if (
            rng.random() < 0.5
            and wide[number]
            and wide[number - 1]
            and len(made.rows[number]) == len(made.rows[number - 1])
        ):
            above, below = made.rows[number - 1][0], made.rows[number][0]
            above.merge = above.merge or "restart"
            below.merge, below.blocks = "continue", [Para([], "Normal")]


def file(rng: random.Random, most: int = 24) -> File:
    """A file at random; a table is followed by a paragraph, as Word has it."""
    blocks: list[Para | Table] = []
    for _ in range(rng.randint(1, most)):
        if rng.random() < 0.2:
            blocks += [table(rng), para(rng)]
        else:
            blocks.append(para(rng))
    for place in rng.sample(range(len(blocks)), min(len(blocks), rng.choice((0, 0, 1, 2)))):
        block = blocks[place]
        if isinstance(block, Para):
            block.section, block.held = True, ""
    return File(
        [*blocks, Para(inlines(rng, 2), "Normal")],
        [Para([("t", rng.choice(_PHRASES)), ("page number", "1")], "Header")],
    )


# edits


def edited(rng: random.Random, old: File, times: int) -> File:
    """The same after some edits."""
    new = deepcopy(old)
    for _ in range(times):
        rng.choice((*_EDITS, _words, _words, _words))(rng, new)
    return new


def _paragraphs(blocks: list[Any]) -> Iterator[Para]:
    for block in blocks:
        if isinstance(block, Para):
            yield block
        else:
            yield from (
                inner
                for line in block.rows
                for item in line
                if item.merge != "continue"
                for inner in _paragraphs(item.blocks)
            )


def _tables(new: File) -> list[Table]:
    return [block for block in new.blocks if isinstance(block, Table)]


def _words(rng: random.Random, new: File) -> None:
    found = [item for item in _paragraphs(new.blocks) if item.inlines]
    if not found:
        return
    item = rng.choice(found)
    place = rng.randrange(len(item.inlines))
    kind, text = item.inlines[place]
    cut = sorted(rng.randrange(len(text) + 1) for _ in range(2))
    put = rng.choice(("", amount(rng), rng.choice(_PHRASES), sentence(rng, 1)))
    item.inlines[place] = (
        kind,
        "FE6"[(cut[0]) % 3] if kind == "sym" else (text[: cut[0]] + put + text[cut[1] :]) or put or "空",
    )


def _inline(rng: random.Random, new: File) -> None:
    item = rng.choice(list(_paragraphs(new.blocks)))
    if item.inlines and rng.random() < 0.4:
        del item.inlines[rng.randrange(len(item.inlines))]
    else:
        place = rng.randint(0, len(item.inlines))
        item.inlines[place:place] = inlines(rng, 1)


def _insert(rng: random.Random, new: File) -> None:
    place = rng.randrange(len(new.blocks))
    new.blocks[place:place] = [para(rng) for _ in range(rng.choice((1, 1, 2)))]


def _insert_table(rng: random.Random, new: File) -> None:
    place = rng.randrange(len(new.blocks))
    new.blocks[place:place] = [table(rng), para(rng)]


def _last(rng: random.Random, new: File) -> None:
    """At the end, where a paragraph has none after it."""
    if rng.random() < 0.5:
        new.blocks.append(Para(inlines(rng), "Normal"))
    elif len(new.blocks) > 2 and isinstance(new.blocks[-2], Para):
        new.blocks.pop()
        new.blocks[-1].held = ""


def _delete(rng: random.Random, new: File) -> None:
    if len(new.blocks) > 2:
        del new.blocks[rng.randrange(len(new.blocks) - 1)]


def _move(rng: random.Random, new: File) -> None:
    if len(new.blocks) > 2:
        new.blocks.insert(rng.randrange(len(new.blocks) - 1), new.blocks.pop(rng.randrange(len(new.blocks) - 1)))


def _split(rng: random.Random, new: File) -> None:
    place = rng.randrange(len(new.blocks))
    item = new.blocks[place]
    if isinstance(item, Para) and item.inlines:
        cut = rng.randint(0, len(item.inlines))
        new.blocks[place : place + 1] = [
            Para(item.inlines[:cut], item.style),
            Para(item.inlines[cut:], item.style, "", item.section),
        ]


def _rows(rng: random.Random, new: File) -> None:
    if not (found := _tables(new)):
        return
    made = rng.choice(found)
    place = rng.randrange(len(made.rows))
    if rng.random() < 0.5 or len(made.rows) < 2:
        made.rows.insert(place, row(rng, sum(item.span for item in made.rows[place]), 1))
    else:
        made.header -= place < made.header
        del made.rows[place]
    _mend_merges(made)


def _mend_merges(made: Table) -> None:
    for number, line in enumerate(made.rows):
        above = made.rows[number - 1][0].merge if number else ""
        if line[0].merge == "continue" and not above:
            line[0].merge = "restart"


def _column(rng: random.Random, new: File) -> None:
    if found := _tables(new):
        for line in (made := rng.choice(found)).rows:
            line.append(cell(rng, amount(rng), 0))
        assert made.rows


def _header(rng: random.Random, new: File) -> None:
    new.header[0].inlines[0] = ("t", rng.choice(_PHRASES))


_EDITS: tuple[Callable[[random.Random, File], None], ...] = (
    _inline, _insert, _insert, _insert_table, _last, _delete, _delete, _move, _split, _rows, _rows, _column, _header,
)  # fmt: skip


# XML


def _field(instruction: str) -> str:
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{sign('begin')}{code}{sign('separate')}{{run}}{sign('end')}"


class _Numbers:
    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        self.last += 1
        return self.last


def _run(content: str) -> str:
    return f"<w:r>{content}</w:r>"


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def _box(text: str, number: int) -> str:
    inner = f"<w:txbxContent><w:p>{_run(_text(text))}</w:p></w:txbxContent>"
    shape = (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="900000" cy="300000"/>'
        f'<wp:docPr id="{number}" name="框{number}"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="300000"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    legacy = f'<w:pict><v:rect id="r{number}" style="width:70pt;height:24pt"><v:textbox>{inner}</v:textbox></v:rect></w:pict>'
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice><mc:Fallback>{legacy}</mc:Fallback>'
        "</mc:AlternateContent>"
    )


_PTAB = '<w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/>'
_RUBY = (
    '<w:rubyPr><w:rubyAlign w:val="center"/><w:hps w:val="10"/><w:hpsRaise w:val="18"/><w:hpsBaseText w:val="21"/>'
    '<w:lid w:val="zh-CN"/></w:rubyPr>'
)
_IN_A_RUN = {
    "tab": "{first}<w:tab/>{rest}",
    "cr": "{first}<w:cr/>{rest}",
    "hyphen": "{first}<w:noBreakHyphen/>{rest}",
    "soft": "{first}<w:softHyphen/>{rest}",
    "br": "{first}{rest}<w:br/>",
    "page": '{first}{rest}<w:br w:type="page"/>',
    "ptab": _PTAB + "{first}{rest}",
    "sym": '<w:sym w:font="Wingdings" w:char="F0{text}E"/>',
    "ruby": "<w:ruby>" + _RUBY + "<w:rt><w:r><w:t>zhu</w:t></w:r></w:rt><w:rubyBase>{run}</w:rubyBase></w:ruby>",
    "box": "{box}",
}
_AROUND_A_RUN = {
    "link": '<w:hyperlink w:anchor="b1" w:history="1">{run}</w:hyperlink>',
    "simple": '<w:fldSimple w:instr=" SEQ 表 ">{run}</w:fldSimple>',
    "sdt": "<w:sdt><w:sdtPr/><w:sdtContent>{run}</w:sdtContent></w:sdt>",
    "smart": '<w:smartTag w:uri="urn:x" w:element="e">{run}</w:smartTag>',
    "note": '{run}<w:r><w:footnoteReference w:id="2"/></w:r>',
    "mark": '<w:bookmarkStart w:id="{number}" w:name="m{number}"/>{run}<w:bookmarkEnd w:id="{number}"/>',
    "proof": '<w:proofErr w:type="spellStart"/>{run}<w:proofErr w:type="spellEnd"/>',
    "field": _field("PAGEREF b1 \\h"),
    "page number": _field("PAGE"),
    "bold": "<w:r><w:rPr><w:b/></w:rPr>{first}</w:r><w:r><w:rPr><w:i/></w:rPr>{rest}</w:r>",
}


def _inline_xml(item: Inline, numbers: _Numbers) -> str:
    kind, text = item
    number = numbers.next()
    pieces = {
        "text": text, "first": _text(text[:1]), "rest": _text(text[1:]), "run": _run(_text(text)), "number": number,
        "box": _box(text, number) if kind == "box" else "",
    }  # fmt: skip
    return (
        _run(_IN_A_RUN[kind].format_map(pieces))
        if kind in _IN_A_RUN
        else _AROUND_A_RUN.get(kind, "{run}").format_map(pieces)
    )


def _section(orientation: str = "portrait") -> str:
    width, height = (11906, 16838) if orientation == "portrait" else (16838, 11906)
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/><w:pgSz w:w="{width}" w:h="{height}" w:orient="{orientation}"/>'
        '<w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
    )


def _para_xml(item: Para, numbers: _Numbers) -> str:
    own = f'<w:pStyle w:val="{item.style}"/>' + (_section("landscape") if item.section else "")
    made = f"<w:p><w:pPr>{own}</w:pPr>{''.join(_inline_xml(inline, numbers) for inline in item.inlines)}</w:p>"
    return _held(made, item.held)


def _held(made: str, held: str) -> str:
    if held == "customXml":
        return f'<w:customXml w:uri="urn:x" w:element="e">{made}</w:customXml>'
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{made}</w:sdtContent></w:sdt>" if held else made


def _table_xml(item: Table, numbers: _Numbers) -> str:
    width = max(sum(cell.span for cell in line) for line in item.rows)
    grid = '<w:gridCol w:w="1200"/>' * width
    rows = "".join(
        _held(
            f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if number < item.header else ''}{''.join(_cell_xml(cell, numbers) for cell in line)}</w:tr>",
            "sdt" * (item.held and number % 2),
        )
        for number, line in enumerate(item.rows)
    )
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'


def _cell_xml(item: Cell, numbers: _Numbers) -> str:
    span = f'<w:gridSpan w:val="{item.span}"/>' if item.span > 1 else ""
    merge = "" if not item.merge else "<w:vMerge/>" if item.merge == "continue" else '<w:vMerge w:val="restart"/>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{1200 * item.span}" w:type="dxa"/>{span}{merge}</w:tcPr>{_blocks_xml(item.blocks, numbers)}</w:tc>'


def _blocks_xml(blocks: list[Any], numbers: _Numbers) -> str:
    return "".join(
        _table_xml(block, numbers) if isinstance(block, Table) else _para_xml(block, numbers) for block in blocks
    )


_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}
_DECLARED = " ".join(f'xmlns:{name}="{space}"' for name, space in _SPACES.items())
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@cache
def _package() -> dict[str, bytes]:
    buffer = BytesIO()
    docx.Document().save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(made: File) -> bytes:
    """The .docx."""
    numbers = _Numbers()
    body = (
        f'<w:bookmarkStart w:id="9000" w:name="b1"/>{_blocks_xml(made.blocks[:1], numbers)}<w:bookmarkEnd w:id="9000"/>'
    )
    body += _blocks_xml(made.blocks[1:], numbers) + _section()
    note = f"<w:p>{_run('<w:footnoteRef/>')}{_run(_text('附注'))}</w:p>"
    parts = dict(_package())
    parts["word/document.xml"] = f"<w:document {_DECLARED}><w:body>{body}</w:body></w:document>".encode()
    parts["word/header9.xml"] = f"<w:hdr {_DECLARED}>{_blocks_xml(list(made.header), numbers)}</w:hdr>".encode()
    parts["word/footnotes.xml"] = (
        f'<w:footnotes {_DECLARED}><w:footnote w:id="2">{note}</w:footnote></w:footnotes>'.encode()
    )
    links = "".join(
        f'<Relationship Id="rId{name.title()}" Type="{_RELATED}/{name}" Target="{target}.xml"/>'
        for name, target in (("header", "header9"), ("footnotes", "footnotes"))
    )
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>", f"{links}</Relationships>".encode()
    )
    kinds = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
        for part, kind in (("header9", "header"), ("footnotes", "footnotes"))
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", f"{kinds}</Types>".encode())
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def pair(seed: int, times: int = 3) -> tuple[bytes, bytes]:
    """Two files, one the other edited."""
    rng = random.Random(seed)
    old = file(rng)
    return packed(old), packed(edited(rng, old, rng.randint(0, times)))

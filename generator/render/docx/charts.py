"""Bar charts that Word can edit: the drawing in the body, its part, and the workbook behind “编辑数据”."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.model.document import ChartBlock
from generator.render.docx.layout import LaidChart
from generator.render.docx.package import zipped
from generator.render.docx.xml import escape, paragraph, run

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATIONS, _TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
_EMU = 635
"""English metric units in a twip."""
_ROOM = 60
"""How much lower the drawing is than its paragraph, for the line it stands on, twips."""
_COLOURS = ("1F4E79", "C55A11")
_AXES = '<c:axId val="1001"/><c:axId val="1002"/>'


def chart_xml(item: LaidChart) -> str:
    """The drawing in a paragraph of known height, and its caption.

    “atLeast” and a drawing a little lower come to just that height; an exact line might cut the drawing.
    """
    block = item.block
    line = f'<w:spacing w:before="0" w:after="0" w:line="{item.height}" w:lineRule="atLeast"/>'
    plain = '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>'
    small = '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>'
    drawing = f"<w:r>{small}<w:drawing>{_inline(block, item.width, item.height - _ROOM)}</w:drawing></w:r>"
    drawn = paragraph("BodyGW", drawing, f"<w:keepNext/>{line}{plain}{small}")
    return drawn + paragraph("BodyGW", run(block.caption), plain)


def _inline(block: ChartBlock, width: int, height: int) -> str:
    return (
        f'<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width * _EMU}" cy="{height * _EMU}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{9000 + block.number}" name="图表 {block.number}" descr="{escape(block.alt)}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/chart">'
        f'<c:chart xmlns:c="{_DRAWING}/chart" xmlns:r="{_OFFICE}" r:id="rIdChart{block.number}"/>'
        "</a:graphicData></a:graphic></wp:inline>"
    )


def with_charts(parts: Mapping[str, bytes], charts: Sequence[ChartBlock]) -> Mapping[str, bytes]:
    """A package's parts with a chart and a workbook for each block, and what leads to them."""
    if not charts:
        return parts
    first = 1 + sum(name.startswith("word/charts/chart") for name in parts)  # after the master's own
    found, relations, types = dict(parts), "", ""
    for number, block in enumerate(charts, first):
        found.update(_parts(block, number))
        relations += _relation(f"rIdChart{block.number}", f"{_OFFICE}/chart", f"charts/chart{number}.xml")
        types += f'<Override PartName="/word/charts/chart{number}.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>'
    if b'Extension="xlsx"' not in parts[_TYPES]:
        types = f'<Default Extension="xlsx" ContentType="{_WORKBOOK}.sheet"/>{types}'
    found[_RELATIONS] = _before(parts[_RELATIONS], "</Relationships>", relations)
    found[_TYPES] = _before(parts[_TYPES], "</Types>", types)
    return found


def _parts(block: ChartBlock, number: int) -> dict[str, bytes]:
    workbook = f"embeddings/Microsoft_Excel_Sheet{number}.xlsx"
    relation = _relation("rId1", f"{_OFFICE}/package", f"../{workbook}")
    return {
        f"word/charts/chart{number}.xml": _chart(block).encode(),
        f"word/charts/_rels/chart{number}.xml.rels": _relations(relation),
        f"word/{workbook}": _workbook(block),
    }


def _chart(block: ChartBlock) -> str:
    legend = '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>' if len(block.series) > 1 else ""
    series = "".join(_series(block, place) for place in range(len(block.series)))
    return (
        f'{_HEAD}<c:chartSpace xmlns:c="{_DRAWING}/chart" xmlns:a="{_DRAWING}/main" xmlns:r="{_OFFICE}">'
        '<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="60"/><c:overlap val="100"/>{_AXES}</c:barChart>'
        '<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        '<c:crossAx val="1002"/><c:crosses val="autoZero"/></c:catAx>'
        '<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="1"/>'
        '<c:axPos val="b"/><c:numFmt formatCode="0.00" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1001"/><c:crosses val="max"/></c:valAx>'
        f'</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1000"/></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )  # fmt: skip


def _series(block: ChartBlock, place: int) -> str:
    name, amounts = block.series[place]
    column, last = _column(place + 1), len(block.categories) + 1
    shape = f'<c:spPr><a:solidFill><a:srgbClr val="{_COLOURS[place % len(_COLOURS)]}"/></a:solidFill></c:spPr>'
    labels = "".join(
        f'<c:{option} val="{value}"/>'
        for option, value in (
            ("dLblPos", "outEnd"), ("showLegendKey", 0), ("showVal", 1), ("showCatName", 0), ("showSerName", 0),
            ("showPercent", 0), ("showBubbleSize", 0),
        )
    )  # fmt: skip
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>'
        f"<c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f><c:strCache>{_points([name])}</c:strCache></c:strRef></c:tx>"
        f'{shape}<c:invertIfNegative val="0"/><c:dLbls><c:numFmt formatCode="0.00" sourceLinked="0"/>{labels}</c:dLbls>'
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f>"
        f"<c:strCache>{_points(block.categories)}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f><c:numCache>"
        f"<c:formatCode>0.00</c:formatCode>{_points(amounts)}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _points(texts: Sequence[str]) -> str:
    points = (f'<c:pt idx="{place}"><c:v>{escape(text)}</c:v></c:pt>' for place, text in enumerate(texts) if text)
    return f'<c:ptCount val="{len(texts)}"/>{"".join(points)}'


def _workbook(block: ChartBlock) -> bytes:
    """The least that Excel opens: one sheet of the chart's table."""
    sheet = _relation("rId1", f"{_OFFICE}/worksheet", "worksheets/sheet1.xml")
    book = '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets>'
    types = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_WORKBOOK}.{kind}+xml"/>'
        for name, kind in (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"))
    )
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return zipped(
        {
            "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{defaults}{types}</Types>'.encode(),
            "_rels/.rels": _relations(_relation("rId1", f"{_OFFICE}/officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}">{book}</workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": _relations(sheet),
            "xl/worksheets/sheet1.xml": _sheet(block).encode(),
        }
    )


def _sheet(block: ChartBlock) -> str:
    names = [name for name, _ in block.series]
    rows = [
        ["", *names],
        *([name, *amounts] for name, *amounts in zip(block.categories, *_amounts(block), strict=True)),
    ]
    body = "".join(f'<row r="{number}">{"".join(_cells(row, number))}</row>' for number, row in enumerate(rows, 1))
    return f'{_HEAD}<worksheet xmlns="{_SHEETS}"><sheetData>{body}</sheetData></worksheet>'


def _amounts(block: ChartBlock) -> Iterable[tuple[str, ...]]:
    return (amounts for _, amounts in block.series)


def _cells(row: Sequence[str], number: int) -> Iterator[str]:
    """Words in the first row and column, amounts in the others; nothing where there is none."""
    for place, text in enumerate(row):
        at = f"{_column(place)}{number}"
        if text and (number == 1 or place == 0):
            yield f'<c r="{at}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        elif text:
            yield f'<c r="{at}"><v>{text}</v></c>'


def _column(place: int) -> str:
    return "ABCDEFGHIJ"[place]


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'


def _relations(content: str) -> bytes:
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{content}</Relationships>'.encode()


def _before(part: bytes, end: str, added: str) -> bytes:
    return part.replace(end.encode(), (added + end).encode())

"""Bar charts that Word can edit: the drawing in the body, its part, and the workbook behind “编辑数据”."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.model.document import ChartBlock
from generator.render.docx.laid import LaidChart
from generator.render.docx.package import DRAWING, HEAD, OFFICE, relation, relations
from generator.render.docx.workbook import SHEET, SHEET_TYPE, cell_name, plain_digits, workbook
from generator.render.docx.xml import escape, paragraph, run

_RELATIONS, _TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
_EMU = 635
"""English metric units in a twip."""
_ROOM = 60
"""How much lower the drawing is than its paragraph, for the line it stands on, twips."""
_COLOURS = ("1F4E79", "C55A11")
_CENTRED = '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>'
_SMALL = '<w:sz w:val="2"/><w:szCs w:val="2"/>'
_AXES = '<c:axId val="1001"/><c:axId val="1002"/>'


def chart_xml(item: LaidChart) -> str:
    """The drawing in a paragraph of known height, and its caption."""
    return drawing_paragraph(item, drawing_run(item, item.block)) + caption_paragraph(run(item.block.caption))


def drawing_paragraph(item: LaidChart, drawing: str, mark: str = "") -> str:
    """A drawing's run in a paragraph of known height; ``mark`` says what became of the paragraph.

    “atLeast” and a drawing a little lower come to just that height; an exact line might cut the drawing.
    """
    line = f'<w:spacing w:before="0" w:after="0" w:line="{item.height}" w:lineRule="atLeast"/>'
    small = f"<w:rPr>{mark}{_SMALL}</w:rPr>"
    return paragraph("BodyGW", drawing, f"<w:keepNext/>{line}{_CENTRED}{small}")


def caption_paragraph(words: str, mark: str = "") -> str:
    """The runs of a caption below its drawing."""
    return paragraph("BodyGW", words, _CENTRED + mark)


def drawing_run(item: LaidChart, block: ChartBlock) -> str:
    """A run with the block's drawing, in the size of the item's place."""
    inline = _inline(block, item.width, item.height - _ROOM)
    return f"<w:r><w:rPr>{_SMALL}</w:rPr><w:drawing>{inline}</w:drawing></w:r>"


def _inline(block: ChartBlock, width: int, height: int) -> str:
    return (
        f'<wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width * _EMU}" cy="{height * _EMU}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{9000 + block.number}" name="图表 {block.number}" descr="{escape(block.alt)}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/chart">'
        f'<c:chart xmlns:c="{DRAWING}/chart" xmlns:r="{OFFICE}" r:id="rIdChart{block.number}"/>'
        "</a:graphicData></a:graphic></wp:inline>"
    )


def with_charts(parts: Mapping[str, bytes], charts: Sequence[ChartBlock]) -> Mapping[str, bytes]:
    """A package's parts with a chart and a workbook for each block, and what leads to them."""
    if not charts:
        return parts
    first = 1 + sum(name.startswith("word/charts/chart") for name in parts)  # after the master's own
    found, links, types = dict(parts), "", ""
    for number, block in enumerate(charts, first):
        found.update(_parts(block, number))
        links += relation(f"rIdChart{block.number}", f"{OFFICE}/chart", f"charts/chart{number}.xml")
        types += f'<Override PartName="/word/charts/chart{number}.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>'
    if b'Extension="xlsx"' not in parts[_TYPES]:
        types = f'<Default Extension="xlsx" ContentType="{SHEET_TYPE}"/>{types}'
    found[_RELATIONS] = _before(parts[_RELATIONS], "</Relationships>", links)
    found[_TYPES] = _before(parts[_TYPES], "</Types>", types)
    return found


def _parts(block: ChartBlock, number: int) -> dict[str, bytes]:
    name = f"embeddings/Microsoft_Excel_Sheet{number}.xlsx"
    link = relation("rId1", f"{OFFICE}/package", f"../{name}")
    return {
        f"word/charts/chart{number}.xml": _chart(block).encode(),
        f"word/charts/_rels/chart{number}.xml.rels": relations(link),
        f"word/{name}": workbook(block),
    }


def _chart(block: ChartBlock) -> str:
    legend = '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>' if len(block.series) > 1 else ""
    series = "".join(_series(block, place) for place in range(len(block.series)))
    return (
        f'{HEAD}<c:chartSpace xmlns:c="{DRAWING}/chart" xmlns:a="{DRAWING}/main" xmlns:r="{OFFICE}">'
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
    series, pattern = block.series[place], escape(block.pattern)
    last = len(block.categories)
    names, amounts = (f"{SHEET}!{cell_name(column, 1)}:{cell_name(column, last)}" for column in (0, place + 1))
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
        f"<c:tx><c:strRef><c:f>{SHEET}!{cell_name(place + 1, 0)}</c:f><c:strCache>{_points([series.name])}</c:strCache></c:strRef></c:tx>"
        f'{shape}<c:invertIfNegative val="0"/><c:dLbls><c:numFmt formatCode="{pattern}" sourceLinked="0"/>{labels}</c:dLbls>'
        f"<c:cat><c:strRef><c:f>{names}</c:f>"
        f"<c:strCache>{_points(block.categories)}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{amounts}</c:f><c:numCache>"
        f"<c:formatCode>{pattern}</c:formatCode>{_points([plain_digits(text) for text in series.texts])}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _points(texts: Sequence[str]) -> str:
    points = (f'<c:pt idx="{place}"><c:v>{escape(text)}</c:v></c:pt>' for place, text in enumerate(texts) if text)
    return f'<c:ptCount val="{len(texts)}"/>{"".join(points)}'


def _before(part: bytes, end: str, added: str) -> bytes:
    return part.replace(end.encode(), (added + end).encode())

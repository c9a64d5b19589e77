"""The workbook behind a chart, which opens for “编辑数据”: one sheet of its table, and all that Excel asks of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.model.document import ChartBlock
from generator.render.docx.package import DRAWING, HEAD, OFFICE, PACKAGE, relation, relations, zipped
from generator.render.docx.xml import escape

SHEET = "Sheet1"
_KIND = "application/vnd.openxmlformats-officedocument"
SHEET_TYPE = f"{_KIND}.spreadsheetml.sheet"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PARTS = {
    "workbook": f"{_KIND}.spreadsheetml.sheet.main+xml",
    "worksheets/sheet1": f"{_KIND}.spreadsheetml.worksheet+xml",
    "styles": f"{_KIND}.spreadsheetml.styles+xml",
    "sharedStrings": f"{_KIND}.spreadsheetml.sharedStrings+xml",
    "theme/theme1": f"{_KIND}.theme+xml",
}
_AMOUNT = 'numFmtId="164" fontId="0" fillId="0" borderId="0"'
_COLOURS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6", "accent1": "1F4E79", "accent2": "C55A11",
    "accent3": "7F7F7F", "accent4": "BF8F00", "accent5": "2E75B6", "accent6": "548235", "hlink": "0563C1",
    "folHlink": "954F72",
}  # fmt: skip


def cell_name(column: int, row: int) -> str:
    """A cell as a chart's formula names it, counted from 0."""
    return f"${_letter(column)}${row + 1}"


def plain_digits(text: str) -> str:
    """A printed amount as a file holds it: without separators and plus sign."""
    return text.replace(",", "").removeprefix("+")


def workbook(block: ChartBlock) -> bytes:
    """Categories in the first column, a series in each other, names in the first row."""
    rows = [("", *(series.name for series in block.series))]
    rows += zip(block.categories, *(series.texts for series in block.series), strict=True)
    words = _words(rows)
    parts = {
        "workbook": _book(),
        "worksheets/sheet1": _sheet(rows, words),
        "styles": _styles(block.pattern),
        "sharedStrings": _strings(words),
        "theme/theme1": _theme(),
    }
    return zipped(
        {
            "[Content_Types].xml": _types(),
            "_rels/.rels": relations(relation("rId1", f"{OFFICE}/officeDocument", "xl/workbook.xml")),
            "xl/_rels/workbook.xml.rels": relations("".join(_links())),
            **{f"xl/{name}.xml": f"{HEAD}{content}".encode() for name, content in parts.items()},
        }
    )


def _types() -> bytes:
    parts = "".join(f'<Override PartName="/xl/{name}.xml" ContentType="{kind}"/>' for name, kind in _PARTS.items())
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    ).encode()


def _links() -> Iterator[str]:
    kinds = ("worksheet", "styles", "sharedStrings", "theme")
    names = [name for name in _PARTS if name != "workbook"]
    for number, (kind, name) in enumerate(zip(kinds, names, strict=True), 1):
        yield relation(f"rId{number}", f"{OFFICE}/{kind}", f"{name}.xml")


def _book() -> str:
    sheets = f'<sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets>'
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{OFFICE}">{sheets}</workbook>'


def _words(rows: Sequence[tuple[str, ...]]) -> Mapping[str, int]:
    """The number of each text of the first row and column."""
    texts = dict.fromkeys(text for text in (*rows[0], *(row[0] for row in rows)) if text)
    return {text: number for number, text in enumerate(texts)}


def _strings(words: Mapping[str, int]) -> str:
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in words)
    return f'<sst xmlns="{_MAIN}" uniqueCount="{len(words)}">{items}</sst>'


def _sheet(rows: Sequence[tuple[str, ...]], words: Mapping[str, int]) -> str:
    body = "".join(
        f'<row r="{number + 1}">{"".join(_cells(row, number, words))}</row>' for number, row in enumerate(rows)
    )
    columns = '<cols><col min="1" max="1" width="28" customWidth="1"/>'
    columns += f'<col min="2" max="{len(rows[0])}" width="16" customWidth="1"/></cols>'
    return f'<worksheet xmlns="{_MAIN}">{columns}<sheetData>{body}</sheetData></worksheet>'


def _cells(row: tuple[str, ...], number: int, words: Mapping[str, int]) -> Iterator[str]:
    """Words in the first row and column, amounts in the others; nothing where there is none."""
    for place, text in enumerate(row):
        at = f"{_letter(place)}{number + 1}"
        if text and (number == 0 or place == 0):
            yield f'<c r="{at}" t="s"><v>{words[text]}</v></c>'
        elif text:
            yield f'<c r="{at}" s="1"><v>{plain_digits(text)}</v></c>'


def _styles(pattern: str) -> str:
    """Two looks of a cell: words, and amounts in the chart's own format."""
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="{escape(pattern)}"/></numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="宋体"/><family val="3"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
        '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        f'<xf {_AMOUNT} xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _theme() -> str:
    """The least theme there is: Excel makes no workbook without one."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items())
    font = '<a:latin typeface="Calibri"/><a:ea typeface="宋体"/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="{DRAWING}/main" name="Office"><a:themeElements><a:clrScheme name="Office">{colours}'
        f'</a:clrScheme><a:fontScheme name="Office"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont>'
        f'</a:fontScheme><a:fmtScheme name="Office"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}'
        f"</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


def _letter(place: int) -> str:
    return "ABCDEFGHIJ"[place]

"""How the fill-in workbook looks: its colours, and the formats of cells by what they hold."""

from __future__ import annotations

from typing import Any

from generator.filling.nouns import Kind

FONT = "微软雅黑"
HEAD, LOCKED, OPEN, LINE = "#1F4E79", "#F2F2F2", "#FFFFFF", "#BFBFBF"
MISSING, DOUBT, WRONG, RIGHT = "#FFD9D9", "#FFE699", "#FF9999", "#C6E0B4"
LEGEND = (
    (OPEN, "白色：填在这里。"),
    (LOCKED, "灰色：说明，不用填，也改不了（没有密码，审阅—撤销工作表保护）。"),
    (MISSING, "粉红：应填还空着，或写着“待填”。"),
    (DOUBT, "黄色：金额不是数，算不进合计。"),
    (WRONG, "红色：与控制数不相等；绿色：相等。"),
)
_BASE = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
_CELL = {**_BASE, "border": 1, "border_color": LINE}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {**_BASE, "bold": True, "font_size": 14, "font_color": HEAD},
    "about": {**_BASE, "font_color": "#595959"},
    "head": {**_CELL, "bold": True, "bg_color": HEAD, "font_color": "#FFFFFF", "text_wrap": True},
    "who": {**_BASE, "font_size": 9, "font_color": "#7F7F7F", "italic": True},
    "label": {**_CELL, "bg_color": LOCKED, "text_wrap": True},
    "label_money": {**_CELL, "bg_color": LOCKED, "num_format": "#,##0.00", "align": "right"},
    "text": {**_CELL, "num_format": "@", "locked": False, "text_wrap": True},
    "money": {**_CELL, "num_format": "#,##0.00", "align": "right", "locked": False},
    "count": {**_CELL, "num_format": "0", "align": "right", "locked": False},
    "plain": {**_BASE, "text_wrap": True},
    "step": {**_BASE, "text_wrap": True, "bold": True},
    "link": {**_BASE, "font_color": "#0563C1", "underline": 1},
    "column_text": {**_BASE, "num_format": "@", "locked": False, "text_wrap": True},
    "column_money": {**_BASE, "num_format": "#,##0.00", "align": "right", "locked": False},
    "column_count": {**_BASE, "num_format": "0", "align": "right", "locked": False},
    "column_label": {**_BASE, "bg_color": OPEN},
}
LOOKS |= {f"legend {colour}": {**_CELL, "bg_color": colour} for colour, _ in LEGEND}


def look_of(kind: Kind) -> str:
    """The name of the format of cells that hold such."""
    return {Kind.MONEY: "money", Kind.COUNT: "count"}.get(kind, "text")


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column of so many signs; a Chinese sign is as wide as two."""
    lines = text.split("\n") or [""]
    return sum(max(1, -(-sum(2 if ord(sign) > 0x2000 else 1 for sign in line) // max(1, width))) for line in lines)

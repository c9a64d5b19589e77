"""A Difference as one small page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from generator.model.difference import Difference
from generator.render.difference.rows import NOTHING, Bit, Item, Section, heading, pieces, remarks, sections, summary
from generator.render.problems import display_width

_FOLDED = 40
_WHOLE = 14  # an amount with its unit, which in a narrow window would else be cut in two between its digits
_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 15px/1.6 sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em; color: #222; background: #fff }}
table {{ border-collapse: collapse; width: 100%; margin: .5em 0 1.5em }}
th, td {{ border: 1px solid #ccc; padding: .3em .6em; text-align: left; vertical-align: top; overflow-wrap: anywhere }}
th {{ background: #f3f3f3 }}
del {{ background: #fdd; text-decoration: none }}
ins {{ background: #dfd; text-decoration: none }}
.whole {{ white-space: nowrap }}
summary {{ font-weight: bold; cursor: pointer }}
.remark {{ color: #a00 }}
</style>
</head>
<body>
<h1>预算变化</h1>
{body}
</body>
</html>
"""


def difference_html(difference: Difference) -> str:
    """All lists, each as a table that can be folded."""
    title = escape(heading(difference))
    lines = [f"<p>{title}</p>", *(f'<p class="remark">{escape(remark)}</p>' for remark in remarks(difference))]
    found = sections(difference)
    lines.append(f"<p>{NOTHING if difference.empty else summary(found)}</p>")
    lines += [line for section in found for line in _section(section)]
    return _PAGE.format(title=title, body="\n".join(lines))


def _section(section: Section) -> Iterator[str]:
    is_open = "" if len(section.rows) > _FOLDED else " open"
    yield f"<details{is_open}><summary>{section.title}（{len(section.rows)}）</summary>"
    heads = [head for head in section.heads if head]
    yield f"<table>\n<tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>"
    for row in section.rows:
        shown = zip(heads, (row.place, row.old, row.new, row.delta), _cells(row), strict=False)
        yield f"<tr>{''.join(_cell(text or '', cell) for _, text, cell in shown)}</tr>"
    yield "</table></details>"


def _cell(text: str, cell: str) -> str:
    whole = ' class="whole"' if any(map(str.isdigit, text)) and display_width(text) <= _WHOLE else ""
    return f"<td{whole}>{cell}</td>"


def _cells(row: Item) -> tuple[str, str, str, str]:
    if row.old is not None and row.new is not None:
        was, now = pieces(row.old, row.new)
    else:
        was, now = (Bit(row.old or "", True),), (Bit(row.new or "", True),)
    return escape(row.place), _marked(was, "del"), _marked(now, "ins"), escape(row.delta)


def _marked(parts: tuple[Bit, ...], tag: str) -> str:
    return "".join(
        f"<{tag}>{escape(part.text)}</{tag}>" if part.changed and part.text else escape(part.text) for part in parts
    )

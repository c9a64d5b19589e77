"""Rules of sheet that only the written file can answer: pages, widths, fonts, what a file tells of persons (L308 … L325)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from generator.check.page import Page
from generator.check.rules import PASS, Answer, Finding, NotApplicable, Rule, Unable
from generator.check.sheets import Sheet, amount_in, bare_title, title_of
from generator.model.numerals import whole
from generator.model.problem import Severity
from generator.model.reading import ReadHeading, ReadTable
from generator.model.source import in_document

_NARROWEST = 75  # twips of a half-width character at 7.5 points, the smallest size a table is set in
_NOT_COMPARED = dict.fromkeys(map(ord, '\\/:*?"<>|（）()“”.'))


def contents_have_pages(page: Page) -> Iterator[Answer]:
    """Every contents entry has a page number, and they never go back."""
    last, above = 0, ""
    for line in page.tables.bound.reading.contents if page.look else ():
        if not line.page:
            yield Finding(f"目录“{line.text}”没有页码", "请更新目录。", in_document("目录"))
        elif whole(line.page) < last and not _stands_before(page, line.text, above):
            yield Finding(f"目录“{line.text}”的页码{line.page}小于上一条的{last}", "请更新目录。", in_document("目录"))
        else:
            last, above = whole(line.page), line.text
            yield PASS


def _stands_before(page: Page, entry: str, other: str) -> bool:
    """Whether what an entry names stands before what another names: contents may list all tables where they are announced."""
    blocks = page.tables.bound.reading.blocks
    named = (
        block.text if isinstance(block, ReadHeading) else block.caption
        for block in blocks
        if isinstance(block, (ReadHeading, ReadTable))
    )
    titles = [bare_title(text) for text in named]
    renamed = page.derived.profile.renamed if page.derived else ()
    called = {bare_title(said.replace("{{ }}", "一")): bare_title(title) for title, said in renamed}
    wanted = [title if title in titles else called.get(title, title) for title in map(bare_title, (entry, other))]
    places = [titles.index(title) if title in titles else -1 for title in wanted]
    return 0 <= places[0] < places[1]


def headers_repeat(page: Page) -> Iterator[Answer]:
    """A table's header repeats on each page, and no row is split."""
    for table in page.looked_at:
        if table.look is None:
            continue
        name = title_of(table.caption)
        if any(table.columns) and not table.look.repeats_header:
            yield Finding(f"“{name}”跨页时不重复表头", "请设置“重复标题行”。", in_document(name))
        elif not table.look.rows_kept_whole:
            yield Finding(f"“{name}”有的行允许跨页断开", "请取消“允许跨页断行”。", in_document(name))
        else:
            yield PASS


def numbers_stand_right(page: Page) -> Iterator[Answer]:
    """Amounts are aligned right."""
    for table in page.looked_at:
        sheet = page.tables.plain(table)
        alignments = table.look.alignments if table.look else ()
        wrong = (
            (row, column)
            for column in sheet.amounts
            if not {letters[column : column + 1] for letters in set(alignments)} <= {"", "r"}
            for row, (letters, text) in enumerate(zip(alignments, sheet.texts(column), strict=False))
            if letters[column : column + 1] not in ("", "r") and re.fullmatch(r"[\d,]+\.\d\d", text)
        )
        for row, column in islice(wrong, 1):
            where = f"“{sheet.name}”{sheet.named(row)}“{sheet.head(column)}”"
            yield Finding(f"{where}未右对齐", "请设为右对齐。", sheet.place(row, column))
        yield PASS


def tables_fit(page: Page) -> Iterator[Answer]:
    """No table is wider than its page, no column narrower than its longest number."""
    for table in page.looked_at:
        sheet = page.tables.plain(table)
        grid = table.look.grid if table.look else ()
        if table.look and sum(grid) > table.look.text_width + 40:
            yield Finding(f"“{sheet.name}”宽度超出版心", "建议用横向页面或减少列。", in_document(sheet.name))
            continue
        narrow = [column for column, width in enumerate(grid) if width < _NARROWEST * _longest_number(sheet, column)]
        yield (
            Finding(
                f"“{sheet.name}”“{sheet.head(narrow[0])}”一栏放不下最长的数", "请加宽这一栏。", in_document(sheet.name)
            )
            if narrow
            else PASS
        )


def _longest_number(sheet: Sheet, column: int) -> int:
    longest = sorted(set(sheet.texts(column)), key=len, reverse=True)
    return next((len(text) for text in longest if "." in text and amount_in(text) is not None), 0)


def fonts_come_from_styles(page: Page) -> Iterator[Answer]:
    """No word carries a font set by hand beside its style's."""
    fonts = page.look.fonts
    yield (
        Finding(f"正文里有手工设置的字体：{'、'.join(fonts)}", "请改用样式的字体。", in_document("全文"))
        if fonts
        else PASS
    )


def pages_count_on(page: Page) -> Iterator[Answer]:
    """Pages are numbered, and the count starts once."""
    look = page.look
    if not look.numbered_footers:
        yield Finding("页脚没有页码", "请插入页码。", in_document("页脚"))
    elif len(look.number_restarts) > 1:
        yield Finding(f"页码重新起算{len(look.number_restarts)}次", "正文页码应连续。", in_document("页脚"))
    else:
        yield PASS


_PERSONAL = ("creator", "lastmodifiedby", "manager", "company")


def nothing_internal_left(page: Page) -> Iterator[Answer]:
    """The copy to publish has no tracked changes, comments, hidden words, and no person's name in its properties."""
    look = page.look
    for place, revisions, comments, hidden in (("全文", look.revisions, look.comments, look.hidden), *look.beside):
        where = "" if place == "全文" else f"的{place}"
        if revisions or comments:
            yield Finding(
                f"公开稿{where}中仍含{revisions}处修订、{comments}处批注", "请接受或删除后再发布。", in_document(place)
            )
        if hidden:
            yield Finding(
                f"公开稿{where}中有{hidden}处隐藏文字", "请删除。", in_document(place), (), 1, Severity.WARNING
            )
    department = page.derived.inputs.department.name if page.derived else page.title
    for name, text in (*look.properties, *look.custom):
        own = text in department or department in text
        if ((name, text) in look.custom or name.lower() in _PERSONAL) and text.strip() and not own:
            yield Finding(
                f"文档属性“{name}”为“{text}”",
                "请清除作者等个人信息。",
                in_document("文档属性"),
                (),
                1,
                Severity.WARNING,
            )
    yield PASS


def file_named_as_cover(page: Page) -> Iterator[Answer]:
    """The file is called what the cover is called, but where the place has a name of its own for the file."""
    if not page.file_name:
        raise Unable("生成文件后才能检查")
    profile = page.derived.profile if page.derived else None
    if profile is not None and profile.file_name.value != profile.title.value:
        raise NotApplicable("格式方案另定了文件名")
    good = _only_words(page.file_name) == _only_words(page.title)
    yield (
        PASS
        if good
        else Finding(
            f"文件名“{page.file_name}”与封面标题“{page.title}”不一致", "请以封面标题为文件名。", in_document("文件名")
        )
    )


def _only_words(text: str) -> str:
    return "".join(text.split()).translate(_NOT_COMPARED)[:60]


_A143, _GBT = "财预〔2016〕143号", "GB/T 9704-2012"
_E, _W, _A = Severity.ERROR, Severity.WARNING, Severity.ADVICE


FILE_RULES: tuple[Rule[Page], ...] = (
    Rule("L308", "目录有页码且不倒退", _E, contents_have_pages, _GBT, "目录没有更新，页码为旧", "更新目录"),
    Rule("L309", "跨页重复表头，行不断开", _W, headers_repeat, _GBT, "第二页没有表头", "设为重复标题行"),
    Rule("L320", "金额右对齐", _A, numbers_stand_right, _GBT, "金额居中", "金额右对齐"),
    Rule("L321", "表不超出版心，数不被截断", _W, tables_fit, _GBT, "20列的表用纵向页面", "用横向页面"),
    Rule("L322", "字体出自样式", _W, fonts_come_from_styles, _GBT, "一段粘贴来的文字是宋体", "清除直接格式"),
    Rule("L323", "有页码且连续", _W, pages_count_on, _GBT, "横向一节的页码从1重新开始", "连续编号"),
    Rule("L324", "公开稿没有修订、批注和个人信息", _E, nothing_internal_left, "政府信息公开", "批注“领导：此处再核”", "删除后再发布"),
    Rule("L325", "文件名与封面标题一致", _A, file_named_as_cover, _A143, "最终版3.docx", "2022年……部门预算说明.docx"),
)  # fmt: skip

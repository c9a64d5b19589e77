"""Rules of form: titles, contents, numbering, notes, and what only the written file can show (L301 … L326)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from generator.check.book_rules import Derived
from generator.check.cells import AMOUNT_COLUMNS, class_rows, each_form, ordinal
from generator.check.forms import BY_FUNCTION, Form, Forms, amount_in, title_of, together
from generator.check.rules import PASS, Absent, Answer, Finding, Rule, Unable, Unbound, answers_of
from generator.model.numerals import NUMERAL, number_of, numeral, whole
from generator.model.problem import Severity
from generator.model.reading import FileLook, ReadTable
from generator.model.source import Position, in_document

_LEVELS = (
    (re.compile(rf"第([{NUMERAL}]+)部分"), "第{}部分"),
    (re.compile(rf"([{NUMERAL}]+)、"), "{}、"),
    (re.compile(rf"（([{NUMERAL}]+)）"), "（{}）"),
)
_ITEM = re.compile(r"(\d{1,9})([.．、])")
_NARROWEST = 75  # twips of a half-width character at 7.5 points, the smallest size a table is set in
_SAYS_NONE = re.compile("(?:[无未]|没有|不涉及)[^。]*(?:安排|支出|预算|数据|内容|收入|经费)")
_IS_EMPTY = re.compile("空表|空白表|无数据|无内容|不涉及|没有数据")
_ZEROS = frozenset({"", "0.00", "0", "0.0"})
_CLOSING = "，。、；：！？）》”’%％"


class Page(NamedTuple):
    """The document as a page-setter looks at it; ``file_name`` is empty before there is a file."""

    forms: Forms
    derived: Derived | None = None
    file_name: str = ""

    @property
    def look(self) -> FileLook:
        """What the file shows. Raises Unbound when the document is not a file yet."""
        if self.forms.reading.look is None:
            raise Unbound("生成文件后才能检查")
        return self.forms.reading.look

    @property
    def looked_at(self) -> tuple[ReadTable, ...]:
        """The tables as they stand in the file."""
        if self.forms.reading.look is None:
            raise Unbound("生成文件后才能检查")
        return self.forms.reading.tables

    @property
    def title(self) -> str:
        """The cover's title on one line."""
        return self.forms.reading.cover[0].replace("\n", "") if self.forms.reading.cover else ""


def contents_match(page: Page) -> Iterator[Answer]:
    """A contents entry is its heading's or caption's words, apart from blanks, year, number and the department's name."""
    reading = page.forms.reading
    if not reading.contents:
        raise Absent("本文档没有目录")
    name = together(page.derived.inputs.department.name if page.derived else page.title)
    texts = (*(item.text for item in reading.headings), *(item.caption for item in reading.tables))
    titles = dict.fromkeys(map(_bare, texts))
    for line in reading.contents:
        entry = _bare(line.text)
        if entry in titles or any(_names(title.removesuffix(entry), name) for title in titles if title.endswith(entry)):
            yield PASS
        else:
            yield Finding(
                f"目录“{line.text}”在正文里没有相同的标题或表题", "请使目录与正文标题一致。", in_document("目录")
            )


def _names(before: str, name: str) -> bool:
    """Whether the words before a title are the department's name, or say whose the section is (关于某局的…)."""
    return before in name or (name != "" and name in before)


def _bare(text: str) -> str:
    plain = re.sub(
        rf"^(?:第[{NUMERAL}\d]+(?:部分|章|节)|[{NUMERAL}]+[、.．]|（[{NUMERAL}\d]+）|附件[{NUMERAL}\d]*：?|附?表[{NUMERAL}\d]+[、.．：]?|\d+[.．、])",
        "",
        together(text),
    )
    return re.sub(r"^(?:\d{4}年(?:度)?)+", "", plain)


def every_table_is_there(page: Page) -> Iterator[Answer]:
    """All tables of the profile are there, in order, also the empty ones."""
    titles = [title_of(table.caption) for table in page.forms.reading.tables]
    if page.derived is None:
        raise Unbound("没有格式方案，不知道应有哪些表")
    place = 0
    for spec in page.derived.profile.tables:
        name = title_of(spec.title.value)
        if "{" in name:
            continue
        if name not in titles:
            yield Finding(f"缺少“{name}”", "没有数据也应列出空表并说明。", in_document("附表"))
        elif titles.index(name) < place:
            yield Finding(f"“{name}”的顺序不对", "请照格式方案的顺序排列。", in_document(name))
        else:
            place = titles.index(name)
            yield PASS


def captions_carry_the_year(page: Page) -> Iterator[Answer]:
    """All captions carry the year of the cover, once, or none does."""
    captions = [table.caption for table in page.forms.reading.tables]
    with_year = [caption for caption in captions if re.match(r".{0,6}\d{4}年", caption)]
    cover = re.search(r"\d{4}年", page.title)
    for caption in captions:
        year = re.search(r"(\d{4}年)", caption)
        if re.match(r"(\d{4}年度?)\1", caption):
            yield Finding(
                f"表题“{caption}”的年度印了两遍",
                "格式方案的“表题”已经写了年度，请在这个表的“标题”里删去。",
                in_document(title_of(caption)),
            )
        elif with_year and not year:
            yield Finding(f"表题“{caption}”缺少年度，其他表题有", "请统一。", in_document(title_of(caption)))
        elif year and cover and year[1] != cover[0]:
            yield Finding(
                f"表题“{caption}”的年度与封面“{cover[0]}”不同",
                "请更新年度。",
                in_document(title_of(caption)),
                (),
                1,
                Severity.ERROR,
            )
        else:
            yield PASS


def numbering_is_continuous(page: Page) -> Iterator[Answer]:
    """Headings count on from one at each level; so do the numbered items under one heading."""
    counts = [0, 0, 0]
    for heading in page.forms.reading.headings:
        for level, (pattern, shape) in enumerate(_LEVELS):
            found = pattern.match(heading.text)
            if found is None:
                continue
            number = number_of(found[1])
            if number != counts[level] + 1:
                yield Finding(
                    f"“{heading.text}”的编号{found[0]}不连续，应为{shape.format(numeral(counts[level] + 1))}",
                    "请重新编号。",
                    in_document(heading.text),
                )
            counts[level] = number
            counts[level + 1 :] = [0] * (len(counts) - level - 1)
            break
    yield from _items_count_on(page)
    yield from _paragraphs_count_on(page)
    yield PASS


def _paragraphs_count_on(page: Page) -> Iterator[Answer]:
    """Paragraphs numbered like headings: a list may begin again at 一, but not leave a number out."""
    section, counts = "", [0, 0]
    for item in page.forms.reading.paragraphs:
        if item.section != section:
            section, counts = item.section, [0, 0]
        for level, (pattern, shape) in enumerate(_LEVELS[1:]):
            found = pattern.match(item.text)
            if found is None:
                continue
            number, last = ordinal(found[1] + "、"), counts[level]
            if last and number not in (1, last + 1):
                message = (
                    f"“{section}”{shape.format(numeral(last))}之后是{found[0]}，应为{shape.format(numeral(last + 1))}"
                )
                yield Finding(message, "请重新编号。", in_document(section))
            counts[level] = number


def _items_count_on(page: Page) -> Iterator[Answer]:
    section, last = "", 0
    for item in page.forms.reading.paragraphs:
        found = _ITEM.match(item.text)
        if item.section != section:
            section, last = item.section, 0
        if found is None:
            if any(pattern.match(item.text) for pattern, _ in _LEVELS[1:]):
                last = 0  # items of the next paragraph begin again
            continue
        decimal = item.text[found.end() : found.end() + 1].isdigit()  # “3.14…”, or “3.” before a year
        if whole(found[1]) != last + 1:
            if decimal:
                continue
            yield Finding(
                f"“{section}”编号{found[0]}之后不连续，应为{last + 1}{found[2]}", "请重新编号。", in_document(section)
            )
        last = whole(found[1])


def classes_numbered_by_code(page: Page) -> Iterator[Answer]:
    """The ordinal of a 类 is its code less 200 (so 十八, 二十五, 二十六 and 二十八 are missing, rightly)."""
    if page.derived is None:
        raise Unbound("没有科目表")
    functions = page.derived.inputs.classification.function
    codes = {name: int(code) - 200 for code, name in functions.items() if len(code) == 3}
    for key in page.forms.there("表1", "表4"):
        yield from answers_of(_numbered_by_code(page.forms, key, codes))


def _numbered_by_code(forms: Forms, key: str, codes: Mapping[str, int]) -> Iterator[Answer]:
    form = forms.form(key, "支出")
    column = form.column("项目")
    for row in class_rows(form):
        right = codes.get(form.label(row, column))
        if right is None or right == ordinal(form.text(row, column)):
            yield PASS
        else:
            yield Finding(
                f"“{form.name}”“{form.text(row, column)}”的序号与科目代码不符，应为{numeral(right)}",
                "请改正序号。",
                form.place(row, column),
            )


def headlines_name_the_unit(page: Page) -> Iterator[Answer]:
    """Every table but the overall goals' says whose it is and in which unit."""
    for table in page.forms.reading.tables:
        if page.forms.key_of(table) == "表12":
            continue
        name = title_of(table.caption)
        if not table.headline:
            yield Unable(f"“{name}”上方没有部门和单位一行")
        elif not re.search(r"单位[:：]\s*(?:人民币)?(?:万元|元)\s*$", table.headline):
            yield Finding(
                f"“{name}”缺“单位：万元”或书写不全：“{table.headline}”", "请写“单位：万元”。", in_document(name)
            )
        else:
            yield PASS


def headers_are_complete(page: Page) -> Iterator[Answer]:
    """The spending tables have all nine columns of amounts."""
    yield from each_form(page.forms, BY_FUNCTION, _has_all_columns)


def _has_all_columns(form: Form) -> Iterator[Answer]:
    if not any(path[:1] == ("科目编码",) and len(path) > 1 for path in form.paths):
        raise Unbound(f"“{form.name}”不是按类、款、项列的表")
    for words in AMOUNT_COLUMNS:
        yield (
            PASS
            if form.has(*words)
            else Finding(f"“{form.name}”表头缺“{'·'.join(words)}”", "请补上这一栏。", in_document(form.name))
        )


def contents_have_pages(page: Page) -> Iterator[Answer]:
    """Every contents entry has a page number, and they never go back."""
    last = 0
    for line in page.forms.reading.contents if page.look else ():
        if not line.page:
            yield Finding(f"目录“{line.text}”没有页码", "请更新目录。", in_document("目录"))
        elif whole(line.page) < last:
            yield Finding(f"目录“{line.text}”的页码{line.page}小于上一条的{last}", "请更新目录。", in_document("目录"))
        else:
            last = whole(line.page)
            yield PASS


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


def empty_tables_say_so(page: Page) -> Iterator[Answer]:
    """A table without data has the note that says why; one with data has none."""
    for table in page.forms.reading.tables:
        if page.forms.key_of(table) != "表12":
            yield _says_so(page, table)


def _says_so(page: Page, table: ReadTable) -> Answer:
    name = title_of(table.caption)
    goals = {column for column, path in enumerate(table.columns) if path[:1] == ("绩效目标",)}
    amounts = any(
        "." in text and place not in goals and amount_in(text) for row in table.rows for place, text in enumerate(row)
    )
    said = any(_SAYS_NONE.search(note) and _IS_EMPTY.search(note) for note in table.notes)
    if amounts:
        return Finding(f"“{name}”有数据，却注明无数据", "请删去这条备注。", in_document(name)) if said else PASS
    if said:
        return PASS
    defined = _definition_of(page, name) if table.notes else None
    return Finding(
        f"“{name}”没有数据，{'备注没有说明是空表' if defined else '须加注说明'}",
        "请加“备注：……年无……安排的支出，故此表无数据。”",
        defined or in_document(name),
        severity=Severity.WARNING if defined else None,
    )


def _definition_of(page: Page, name: str) -> Position | None:
    """Where the profile defines a table, and the note for when it is empty; None where it has no such note."""
    specs = page.derived.profile.tables if page.derived else ()
    noted = (spec.title for spec in specs if spec.empty_note)
    return next((title.position for title in noted if title_of(title.value) == name), None)


def three_public_prints_zeros(page: Page) -> Iterator[Answer]:
    """A table of 三公 without money prints 0.00 and keeps its note, but where the table's definition says blank."""
    form = page.forms.form("表8")
    if page.derived and any(
        spec.zero is False and title_of(spec.title.value) == form.name for spec in page.derived.profile.tables
    ):
        raise Absent(f"格式方案里“{form.name}”的零值是空白")
    blank = [column for row in form.rows for column in form.columns if not form.text(row, column)]
    yield (
        Finding(f"“{form.name}”有空白的格", "没有安排的建议填0.00，并保留说明。", in_document(form.name))
        if blank
        else PASS
    )


def zeros_are_uniform(page: Page) -> Iterator[Answer]:
    """Within a table zero is blank everywhere or 0.00 everywhere. Rows of indicators have blanks of another kind."""
    for table in page.forms.reading.tables:
        if page.forms.key_of(table) == "表13":
            continue
        form = page.forms.plain(table)
        zeros = _ZEROS.intersection(text for column in form.amount_columns for text in form.texts(column))
        yield (
            Finding(f"“{form.name}”零值有的空白，有的写“{max(zeros)}”", "请统一。", in_document(form.name))
            if len(zeros) > 1
            else PASS
        )


def numbers_stand_right(page: Page) -> Iterator[Answer]:
    """Amounts are aligned right."""
    for table in page.looked_at:
        form = page.forms.plain(table)
        alignments = table.look.alignments if table.look else ()
        wrong = (
            (row, column)
            for column in form.amount_columns
            for row, (letters, text) in enumerate(zip(alignments, form.texts(column), strict=False))
            if letters[column : column + 1] not in ("", "r") and re.fullmatch(r"[\d,]+\.\d\d", text)
        )
        for row, column in islice(wrong, 1):
            where = f"“{form.name}”{form.named(row)}“{form.head(column)}”"
            yield Finding(f"{where}未右对齐", "请设为右对齐。", form.place(row, column))
        yield PASS


def tables_fit(page: Page) -> Iterator[Answer]:
    """No table is wider than its page, no column narrower than its longest number."""
    for table in page.looked_at:
        form = page.forms.plain(table)
        grid = table.look.grid if table.look else ()
        if table.look and sum(grid) > table.look.text_width + 40:
            yield Finding(f"“{form.name}”宽度超出版心", "建议用横向页面或减少列。", in_document(form.name))
            continue
        narrow = [column for column, width in enumerate(grid) if width < _NARROWEST * _longest_number(form, column)]
        yield (
            Finding(
                f"“{form.name}”“{form.head(narrow[0])}”一栏放不下最长的数", "请加宽这一栏。", in_document(form.name)
            )
            if narrow
            else PASS
        )


def _longest_number(form: Form, column: int) -> int:
    texts = set(form.texts(column))
    return max((len(text) for text in texts if "." in text and amount_in(text) is not None), default=0)


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
    """The file is called what the cover is called."""
    if not page.file_name:
        raise Unbound("生成文件后才能检查")
    good = _only_words(page.file_name) == _only_words(page.title)
    yield (
        PASS
        if good
        else Finding(
            f"文件名“{page.file_name}”与封面标题“{page.title}”不一致", "请以封面标题为文件名。", in_document("文件名")
        )
    )


def _only_words(text: str) -> str:
    return re.sub(r'[\\/:*?"<>|\s（）()“”.]', "", text)[:60]


def lines_break_well(page: Page) -> Iterator[Answer]:
    """No line of the cover begins with a mark that belongs to the line above."""
    for text in page.forms.reading.cover:
        bad = [line for line in text.split("\n")[1:] if line[:1] and line[0] in _CLOSING]
        yield Finding(f"封面一行以“{bad[0][0]}”开头", "请调整标题的换行。", in_document("封面")) if bad else PASS


_A143, _GBT = "财预〔2016〕143号", "GB/T 9704-2012"
_E, _W, _A = Severity.ERROR, Severity.WARNING, Severity.ADVICE
Find = Callable[[Page], Iterator[Answer]]


LAYOUT_RULES: tuple[Rule[Page], ...] = (
    Rule("L301", "目录与标题、表题一致", _E, contents_match, _GBT, "目录“九、政府性基金预算支出预算表”，表题“政府性基金支出预算表”", "一个标题只写一次，各处引用"),
    Rule("L302", "各表齐全、依次，空表也要列出", _E, every_table_is_there, _A143, "国有资本经营没有支出，删了该表", "列出空表并说明"),
    Rule("L303", "表题的年度统一", _W, captions_carry_the_year, _GBT, "十二张表题有“2022年”，一张没有", "都有"),
    Rule("L304", "编号连续", _E, numbering_is_continuous, _GBT, "一、二、四、", "一、二、三、"),
    Rule("L305", "类级科目的序号＝科目代码－200", _A, classes_numbered_by_code, "政府收支分类科目", "十七、援助其他地区支出（219）", "十九、援助其他地区支出"),
    Rule("L306", "每表写明部门名称和金额单位", _E, headlines_name_the_unit, _A143, "单位：万", "单位：万元"),
    Rule("L307", "支出表的栏齐全", _E, headers_are_complete, _A143, "缺“特定目标类”", "九栏齐全"),
    Rule("L308", "目录有页码且不倒退", _E, contents_have_pages, _GBT, "目录没有更新，页码为旧", "更新目录"),
    Rule("L309", "跨页重复表头，行不断开", _W, headers_repeat, _GBT, "第二页没有表头", "设为重复标题行"),
    Rule("L317", "空表有说明，有数的表不写无数据", _E, empty_tables_say_so, _A143, "空表没有备注", "备注：……故此表无数据。"),
    Rule("L318", "“三公”经费表没有安排的填0.00", _A, three_public_prints_zeros, _A143, "整行空白", "0.00"),
    Rule("L319", "一张表里零值写法统一", _A, zeros_are_uniform, _GBT, "有的空白，有的0.00", "统一为空白"),
    Rule("L320", "金额右对齐", _A, numbers_stand_right, _GBT, "金额居中", "金额右对齐"),
    Rule("L321", "表不超出版心，数不被截断", _W, tables_fit, _GBT, "20列的表用纵向页面", "用横向页面"),
    Rule("L322", "字体出自样式", _W, fonts_come_from_styles, _GBT, "一段粘贴来的文字是宋体", "清除直接格式"),
    Rule("L323", "有页码且连续", _W, pages_count_on, _GBT, "横向一节的页码从1重新开始", "连续编号"),
    Rule("L324", "公开稿没有修订、批注和个人信息", _E, nothing_internal_left, "政府信息公开", "批注“领导：此处再核”", "删除后再发布"),
    Rule("L325", "文件名与封面标题一致", _A, file_named_as_cover, _A143, "最终版3.docx", "2022年……部门预算说明.docx"),
    Rule("L326", "行首不出现标点", _A, lines_break_well, _GBT, "“）社会保障…”在行首", "在词间换行"),
)  # fmt: skip

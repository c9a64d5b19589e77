"""Rules of form: titles, contents, headers, notes (L301 … L303, L306, L307, L317 … L319, L326)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from generator.check.page import Page
from generator.check.rules import PASS, Answer, Finding, NotApplicable, Rule, Unable
from generator.check.sheets import Sheet, amount_in, bare_title, title_of, together
from generator.model.ledger import THREE_PUBLIC
from generator.model.patterns import any_of
from generator.model.problem import Severity
from generator.model.reading import ReadTable
from generator.model.source import Position, in_document
from generator.model.table_spec import AmountColumn, IndicatorColumn, paths

_SAYS_NONE = re.compile("(?:[无未]|没有|不涉及)[^，。；：]{2}")
_IS_EMPTY = re.compile(any_of("空表", "空白表", "无数据", "无内容", "不涉及", "没有数据", "无相关收支项目"))
_ZEROS = frozenset({"", "0.00", "0", "0.0"})
_CLOSING = "，。、；：！？）》”’%％"


def contents_match(page: Page) -> Iterator[Answer]:
    """A contents entry is its heading's or caption's words, apart from blanks, year, number and the department's name."""
    reading = page.tables.bound.reading
    if not reading.contents:
        raise NotApplicable("本文档没有目录")
    name = together(page.derived.inputs.department.name if page.derived else page.title)
    said = (*(item.text for item in reading.headings), *(item.caption for item in reading.tables))
    texts = dict.fromkeys(map(together, said))
    others = [line for line in reading.contents if together(line.text) not in texts]
    titles = dict.fromkeys(map(bare_title, texts)) if others else {}
    for line in others:
        entry = bare_title(line.text)
        near = (title.removesuffix(entry) for title in titles if title.endswith(entry))
        if (
            entry not in titles
            and not any(_names(before, name) for before in near)
            and not _renamed(page, line.text, texts)
        ):
            yield Finding(
                f"目录“{line.text}”在正文里没有相同的标题或表题", "请使目录与正文标题一致。", in_document("目录")
            )


def _renamed(page: Page, entry: str, texts: Iterable[str]) -> bool:
    """Whether the profile says that the contents have another name for a title that is there."""
    said = bare_title(entry)
    if page.derived and any(_fills(bare_title(title), said) for title in page.derived.profile.only_listed):
        return True
    return any(
        any(_may_be(called, way) for way in {said, together(entry)})
        and any(_may_be(title, way) for text in texts for way in {bare_title(text), text})
        for title, called in (page.derived.profile.renamed if page.derived else ())
    )


def _may_be(template: str, text: str) -> bool:
    """Whether a template may come to a title without its number and year."""
    bare = bare_title(re.sub(r"\{\{ *年 *\}\}", "2000", template))
    return _fills(template, text) or _fills(bare, text)


def _fills(template: str, text: str) -> bool:
    """Whether a template may come to this text."""
    parts = re.split(r"\{\{.*?\}\}", together(template))
    return re.fullmatch(".*?".join(map(re.escape, parts)), text) is not None


def _names(before: str, name: str) -> bool:
    """Whether the words before a title are the department's name, or say whose the section is (关于某局的…)."""
    return before in name or (name != "" and name in before)


def every_table_is_there(page: Page) -> Iterator[Answer]:
    """All tables of the profile are there, in order, also the empty ones."""
    if page.derived is None:
        raise Unable("没有格式方案，不知道应有哪些表")
    names = {title_of(spec.title.value) for spec in page.derived.profile.tables}
    titles = [title_of(table.caption) for table in page.tables.bound.reading.tables]
    bound = zip(titles, page.tables.bound.tables, strict=False)
    keys = [one.key if title not in names else "" for title, one in bound]  # a caption may say more than the title
    place = 0
    for spec in page.derived.profile.tables:
        name = title_of(spec.title.value)
        if "{" in name:
            continue
        at = titles.index(name) if name in titles else keys.index(spec.key) if spec.key in keys else -1
        if at < 0:
            yield Finding(f"缺少“{name}”", "没有数据也应列出空表并说明。", in_document("附表"))
        elif at < place:
            yield Finding(f"“{name}”的顺序不对", "请照格式方案的顺序排列。", in_document(name))
        else:
            place = at
            yield PASS


def captions_carry_the_year(page: Page) -> Iterator[Answer]:
    """All captions carry the year of the cover, once, or none does; where few do, it is the title of these alone."""
    captions = [table.caption for table in page.tables.bound.reading.tables]
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
        elif not year and 2 * len(with_year) >= len(captions):
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


def headlines_name_the_unit(page: Page) -> Iterator[Answer]:
    """Every table but the overall goals' says whose it is and in which unit."""
    for table in page.tables.bound.reading.tables:
        if page.tables.is_form(table):
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
    """Each table has all the columns of amounts that its definition has."""
    for bound in page.tables.bound.tables:
        name, spec = title_of(bound.table.caption), page.tables.specs.get(bound.key)
        there = {leaf.filter for leaf in bound.columns if isinstance(leaf, AmountColumn)}
        columns = [found for panel in spec.panels for found in paths(panel.columns)] if spec is not None else []
        lost = [path for path, leaf in columns if isinstance(leaf, AmountColumn) and leaf.filter not in there]
        said = f"“{name}”表头缺" + "、".join(f"“{'·'.join(path)}”" for path in lost)
        yield Finding(said, "请补上缺的栏。", in_document(name)) if lost else PASS


def empty_tables_say_so(page: Page) -> Iterator[Answer]:
    """A table without data has the note that says why; one with data has none."""
    for table in page.tables.bound.reading.tables:
        if not page.tables.is_form(table):
            yield _says_so(page, table)


def _says_so(page: Page, table: ReadTable) -> Answer:
    name = title_of(table.caption)
    goals = page.tables.columns_of(table, IndicatorColumn)
    whole = page.tables.columns_of(table, AmountColumn)  # printed without decimals, they look like codes elsewhere
    amounts = any(
        ("." in text or place in whole) and place not in goals and amount_in(text)
        for row in table.rows
        for place, text in enumerate(row)
    )
    said = any(_SAYS_NONE.search(note) and _IS_EMPTY.search(note) for note in table.notes)
    targets = not whole and any(row[place] for row in table.rows for place in goals)  # a table of goals alone
    if amounts or targets:
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
    sheets = [sheet for sheet in page.tables.sheets if _is_three_public(sheet)]
    if not sheets:
        raise NotApplicable("本文档没有“三公”经费表")
    for sheet in sheets:
        spec = page.tables.specs.get(sheet.key)
        if page.derived and spec is not None and spec.zero is False:
            raise NotApplicable(f"格式方案里“{sheet.name}”的零值是空白")
        blank = any(not sheet.text(row, column) for row in range(len(sheet.table.rows)) for column in sheet.amounts)
        said = Finding(f"“{sheet.name}”有空白的格", "没有安排的建议填0.00，并保留说明。", in_document(sheet.name))
        yield said if blank else PASS


def _is_three_public(sheet: Sheet) -> bool:
    """Whether a table is of nothing but what counts as 三公: by its own filter, or by each of its columns'."""
    extents = [sheet.whole] if "部门经济" in dict(sheet.whole.codes) else [*sheet.column_extents.values()]
    codes = [dict(extent.codes).get("部门经济", ()) for extent in extents]
    return bool(codes) and all(one and set(one) <= {*THREE_PUBLIC} for one in codes)


def zeros_are_uniform(page: Page) -> Iterator[Answer]:
    """Within a table zero is blank everywhere or 0.00 everywhere. Rows of indicators have blanks of another kind."""
    for table in page.tables.bound.reading.tables:
        if page.tables.columns_of(table, IndicatorColumn):
            continue
        sheet = page.tables.plain(table)
        zeros = _ZEROS.intersection(chain.from_iterable(map(sheet.texts, sheet.amounts)))
        if len(zeros) > 1:
            zeros = frozenset() if _written_apart(page, table) else _zeros_of_rows(page, table, zeros)
        yield (
            Finding(f"“{sheet.name}”零值有的空白，有的写“{max(zeros)}”", "请统一。", in_document(sheet.name))
            if len(zeros) > 1
            else PASS
        )


def _written_apart(page: Page, table: ReadTable) -> bool:
    """Whether the definition has the zeros of some columns written otherwise than those of others."""
    leaves = [leaf for sheet in page.tables.sheets if sheet.table is table for leaf in sheet.bound.columns]
    return len({leaf.format.zero for leaf in leaves if isinstance(leaf, AmountColumn) and leaf.format}) > 1


def _zeros_of_rows(page: Page, table: ReadTable, zeros: frozenset[str]) -> frozenset[str]:
    """The same without what is left empty to fill a panel up, where a definition says which columns are one panel."""
    sheets = [sheet for sheet in page.tables.sheets if sheet.table is table and not sheet.is_form]
    cells = (
        sheet.text(row, column)
        for sheet in sheets
        for row in range(len(table.rows))
        if any(sheet.text(row, column) for column in sheet.columns)
        for column in sheet.amounts
    )
    return _ZEROS.intersection(cells) if sheets else zeros


def lines_break_well(page: Page) -> Iterator[Answer]:
    """No line of the cover begins with a mark that belongs to the line above."""
    for text in page.tables.bound.reading.cover:
        bad = [line for line in text.split("\n")[1:] if line[:1] and line[0] in _CLOSING]
        yield Finding(f"封面一行以“{bad[0][0]}”开头", "请调整标题的换行。", in_document("封面")) if bad else PASS


_A143, _GBT = "财预〔2016〕143号", "GB/T 9704-2012"
_E, _W, _A = Severity.ERROR, Severity.WARNING, Severity.ADVICE


LAYOUT_RULES: tuple[Rule[Page], ...] = (
    Rule("L301", "目录与标题、表题一致", _E, contents_match, _GBT, "目录“九、政府性基金预算支出预算表”，表题“政府性基金支出预算表”", "一个标题只写一次，各处引用"),
    Rule("L302", "各表齐全、依次，空表也要列出", _E, every_table_is_there, _A143, "国有资本经营没有支出，删了该表", "列出空表并说明"),
    Rule("L303", "表题的年度统一", _W, captions_carry_the_year, _GBT, "十二张表题有“2022年”，一张没有", "都有"),
    Rule("L306", "每表写明部门名称和金额单位", _E, headlines_name_the_unit, _A143, "单位：万", "单位：万元"),
    Rule("L307", "各表的栏齐全", _E, headers_are_complete, _A143, "缺“特定目标类”", "九栏齐全"),
    Rule("L317", "空表有说明，有数的表不写无数据", _E, empty_tables_say_so, _A143, "空表没有备注", "备注：……故此表无数据。"),
    Rule("L318", "“三公”经费表没有安排的填0.00", _A, three_public_prints_zeros, _A143, "整行空白", "0.00"),
    Rule("L319", "一张表里零值写法统一", _A, zeros_are_uniform, _GBT, "有的空白，有的0.00", "统一为空白"),
    Rule("L326", "行首不出现标点", _A, lines_break_well, _GBT, "“）社会保障…”在行首", "在词间换行"),
)  # fmt: skip

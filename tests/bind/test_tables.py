"""A profile reads as well as it writes: what its words make of a reading is what composing it meant."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given

from generator.bind.document import bound_of
from generator.bind.tables import bind
from generator.bind.titles import kinds_of
from generator.bind.words import plain
from generator.load.national import load_national
from generator.model.bound import Bound, BoundTable
from generator.model.classification import Classification
from generator.model.department import Inputs
from generator.model.document import TableBlock
from generator.model.ledger import Filter
from generator.model.meaning import normal
from generator.model.profile import Profile
from generator.model.reading import ReadBlock, Reading, ReadTable
from generator.model.table_spec import AmountColumn, IndicatorColumn, Leaf, TableSpec, TextColumn
from generator.readback.document import reading_of
from generator.readback.docx import read_back
from generator.render.docx.render import render_docx
from tests import varied
from tests.conftest import ROOT, some
from tests.damaged_readings import damaged
from tests.departments import departments, yibin
from tests.made_up import KEPT, examples
from tests.runs import Run, run
from tests.test_properties import document_of

TESTS = ROOT / "tests"
Row = tuple[Filter | None, ...]
NATIONAL = load_national()


@cache
def classification() -> Classification:
    done = run(ROOT / "data", ROOT / "templates", "yibin", 2022, KEPT)
    assert done.inputs is not None
    return done.inputs.classification


def bound(reading: Reading, profile: Profile | None = None) -> Bound:
    return bind(reading, profile or yibin(), NATIONAL, classification())


def scopes(table: BoundTable) -> list[Row]:
    """What each cell adds up, in normal form."""
    return [
        tuple(normal(scope) if (scope := table.scope_of(number, column)) else None for column in range(len(row)))
        for number, row in enumerate(table.table.rows)
    ]


def kind(leaf: Leaf | None) -> object:
    """What stands in a column, whatever it is called."""
    match leaf:
        case AmountColumn():
            return normal(leaf.filter)
        case TextColumn():
            return leaf.source
        case IndicatorColumn():
            return leaf.category, leaf.field
    return None


def meanings(found: Bound) -> dict[str, object]:
    return {
        table.key: (table.form, normal(table.scope), [kind(leaf) for leaf in table.columns], scopes(table))
        for table in found.tables
    }


def as_written(done: Run) -> tuple[Bound, Bound]:
    """A run's file read through its profile, and what its cells were composed of."""
    assert done.document is not None and done.profile is not None and done.inputs is not None
    reading = read_back(render_docx(done.document, done.profile.master).data)
    read = bind(reading, done.profile, NATIONAL, done.inputs.classification)
    return read, bound_of(done.document, reading, kinds_of(done.profile, NATIONAL))


def unbound(found: Bound) -> list[str]:
    return [*found.unbound, *(reason for table in found.tables for reason in table.unbound)]


# ---- our own documents ----


def test_the_document_of_2022_is_read_as_it_was_written(run_2022: Run) -> None:
    read, written = as_written(run_2022)
    assert meanings(read) == meanings(written)
    assert unbound(read) == []
    assert [table.form for table in read.tables] == [f"表{number}" for number in range(1, 14)]


def test_another_profile_reads_what_it_wrote() -> None:
    """Nothing says a project's code here: its name stands for it."""
    done = run(TESTS / "data", TESTS / "profiles", "tiny", 2023)
    assert done.inputs is not None
    read, written = as_written(done)
    names = {code: plain(project.name) for code, project in done.inputs.department.projects.items()}
    assert meanings(read) == meanings(_by_name(written, names))
    assert unbound(read) == []
    assert {table.key: table.form for table in read.tables} == {"funds": "表9", "functions": "", "income": "表1"}


def test_rows_by_a_closed_list_are_told_by_its_values(tmp_path: Path) -> None:
    """By 类别, by 资金 inside it, and by what a place tells apart itself, whatever brackets its values have."""
    shutil.copytree(TESTS / "profiles" / "tiny", tmp_path / "tiny")
    report, table = tmp_path / "tiny" / "report.yaml", tmp_path / "tiny" / "tables" / "funds.yaml"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("大纲:", "维度: {用途: [一般（平时）, 专门]}\n大纲:"), encoding="utf-8")
    table.write_text(
        "标题: 各类支出\n列: [{名称: 名称}, {金额: {}}]\n行: [{按: 类别, 下级: [{按: 资金}]}, {按: 用途}]\n",
        encoding="utf-8",
    )
    read, written = as_written(run(TESTS / "data", tmp_path, "tiny", 2023))
    assert table_of(read, "funds").unbound == ()
    assert scopes(table_of(read, "funds")) == scopes(table_of(written, "funds"))
    said = {
        dimension for row in scopes(table_of(read, "funds")) for scope in row if scope for dimension, _ in scope.terms
    }
    assert said == {"类别", "资金", "用途"}


def test_rows_by_several_kinds_are_told_by_the_words_of_each(tmp_path: Path) -> None:
    """A project's name and a closed list's value stand beside the unit; the rows count themselves."""
    shutil.copytree(TESTS / "profiles" / "tiny", tmp_path / "tiny")
    (tmp_path / "tiny" / "tables" / "funds.yaml").write_text(
        "标题: 各类支出\n列: [{行次: 行次}, {单位: 单位.名称}, {名称: 项目.名称}, {级次: 来源}, {金额: {}}]\n行: [{按: [单位, 项目, 来源]}]\n",
        encoding="utf-8",
    )
    table = table_of(as_written(run(TESTS / "data", tmp_path, "tiny", 2023))[0], "funds")
    assert table.unbound == ()
    said = [{dimension for scope in row if scope for dimension, _ in scope.terms} for row in scopes(table)]
    assert said and all({"单位", "项目", "来源"} <= dimensions for dimensions in said)


def _by_name(found: Bound, names: Mapping[str, str]) -> Bound:
    def named(scope: Filter | None) -> Filter | None:
        return scope and Filter(
            tuple((name, tuple(names.get(value, value) for value in values)) for name, values in scope.terms)
        )

    rows = [tuple(tuple(map(named, row)) for row in table.scopes) for table in found.tables]
    tables = tuple(table._replace(scopes=new) for table, new in zip(found.tables, rows, strict=True))
    return found._replace(tables=tables)


@given(departments())
@examples(15)
def test_made_up_departments_are_read_as_they_were_written(inputs: Inputs) -> None:
    document = document_of(inputs, remember=KEPT)
    reading = reading_of(document)
    read = bind(reading, yibin(), NATIONAL, inputs.classification)
    written = bound_of(document, reading, kinds_of(yibin(), NATIONAL))
    names = [plain(project.name) for project in inputs.department.projects.values()]
    for own, other in zip(written.tables, read.tables, strict=True):
        if own.key == "11-projects" and len(set(names)) < len(names):
            continue  # names without codes: two of one name can't be told apart
        assert other.unbound == ()
        assert scopes(other) == scopes(own), own.key


@pytest.mark.parametrize("seed", [1, 4])
def test_files_of_varied_departments_are_read_as_they_were_written(seed: int, tmp_path: Path) -> None:
    varied.make(seed, tmp_path)
    read, written = as_written(run(tmp_path, ROOT / "templates", "yibin", 2022, KEPT))
    assert meanings(read) == meanings(written)


# ---- documents of others: the same words otherwise called, put or left out ----


def edited(reading: Reading, caption: str, change: Callable[[ReadTable], ReadTable]) -> Reading:
    """The reading with the table whose caption ends so changed."""
    blocks: list[ReadBlock] = [
        change(block) if isinstance(block, ReadTable) and block.caption.endswith(caption) else block
        for block in reading.blocks
    ]
    assert tuple(blocks) != reading.blocks
    return reading._replace(blocks=tuple(blocks))


def ordered(table: ReadTable, places: Sequence[int]) -> ReadTable:
    """The table with these of its columns, in this order."""
    rows = tuple(tuple(row[place] for place in places) for row in table.rows)
    return table._replace(columns=tuple(table.columns[place] for place in places), rows=rows)


def with_aliases(key: str, aliases: Mapping[str, tuple[str, ...]], kind: str = "") -> Profile:
    """The real profile with a table that says what else its words are called."""

    def changed(spec: TableSpec) -> TableSpec:
        return spec._replace(aliases=aliases, kind=kind) if spec.key == key else spec

    profile = yibin()
    outline = tuple(
        item._replace(tables=tuple(map(changed, item.tables))) if hasattr(item, "tables") else item
        for item in profile.outline
    )
    return profile._replace(outline=outline)


def table_of(found: Bound, key: str) -> BoundTable:
    return next(table for table in found.tables if table.key == key)


@pytest.mark.parametrize(
    "caption",
    [
        "2022年部门收入预算总表",  # as other places call it
        "表2　2022年部门收入总体情况表",
        "二、部门收入总表",
        "附表2：2022年度收入预算总表",
        "某某区财政局2022年部门收入预算表",
        "2022 年 部门 收入 预算表",
    ],
)
def test_a_table_retitled_keeps_its_meanings(caption: str, reading_2022: Reading) -> None:
    reading = edited(reading_2022, "部门收入预算表", lambda table: table._replace(caption=caption))
    assert meanings(bound(reading)) == meanings(bound(reading_2022))


@pytest.mark.parametrize("caption", ["2022年收入一览", "2022年部门收入支出", ""])
def test_a_table_that_nobody_calls_so_is_not_bound_and_told(caption: str, reading_2022: Reading) -> None:
    reading = edited(reading_2022, "部门收入预算表", lambda table: table._replace(caption=caption))
    found = bound(reading)
    everything = meanings(bound(reading_2022))
    assert meanings(found) == {key: meant for key, meant in everything.items() if key != "02-income"}
    assert found.unbound == (f"“{caption}”不是格式方案里的表", "没有“部门收入预算表”这张表")


def test_a_profile_says_what_else_its_table_is_called_and_which_form_it_is(reading_2022: Reading) -> None:
    reading = edited(reading_2022, "部门收入预算表", lambda table: table._replace(caption="2022年收入一览表"))
    profile = with_aliases("02-income", {"部门收入预算表": ("收入一览表",)}, "表2")
    assert meanings(bound(reading, profile)) == meanings(bound(reading_2022))


def renamed(words: Mapping[str, str]) -> Callable[[ReadTable], ReadTable]:
    return lambda table: table._replace(
        columns=tuple(tuple(words.get(word, word) for word in path) for path in table.columns)
    )


def test_columns_called_otherwise_keep_their_meanings(reading_2022: Reading) -> None:
    words = {
        "部门（单位）代码": "单位编码",
        "政府性基金": "政府性基金预算",
        "上年结转结余": "上年结转",
        "总计": "合  计",
    }
    reading = edited(reading_2022, "部门收入预算表", renamed(words))
    assert meanings(bound(reading)) == meanings(bound(reading_2022))
    assert table_of(bound(reading), "02-income").unbound == ()


def test_a_column_called_as_only_the_profile_knows(reading_2022: Reading) -> None:
    reading = edited(reading_2022, "部门收入预算表", renamed({"上级补助收入": "上级拨来"}))
    own, lost = bound(reading_2022), bound(reading)
    assert table_of(lost, "02-income").unbound == (
        "没有“上级补助收入”这一栏",
        "“本年收入·上级拨来”这一栏不是格式方案里的栏",
    )
    assert meanings(lost) != meanings(own)
    profile = with_aliases("02-income", {"上级补助收入": ("上级拨来",)})
    assert meanings(bound(reading, profile)) == meanings(own)


@pytest.mark.parametrize("caption", ["部门收入预算表", "部门支出预算表", "财政拨款收支预算表", "项目支出预算表"])
def test_columns_in_another_order_keep_their_meanings(caption: str, reading_2022: Reading) -> None:
    own = bound(reading_2022)
    key = next(table.key for table in own.tables if table.table.caption.endswith(caption))
    before = table_of(own, key)
    places = random.Random(1).sample(range(len(before.columns)), len(before.columns))
    after = table_of(bound(edited(reading_2022, caption, lambda table: ordered(table, places))), key)
    assert after.unbound == ()
    assert scopes(after) == [tuple(row[place] for place in places) for row in scopes(before)]


@pytest.mark.parametrize("caption", ["部门收支预算表", "部门收入预算表", "支出经济分类汇总表", "项目支出预算表"])
def test_a_column_left_out_takes_only_its_own_meaning_away(caption: str, reading_2022: Reading) -> None:
    own = bound(reading_2022)
    key = next(table.key for table in own.tables if table.table.caption.endswith(caption))
    before = table_of(own, key)
    for gone, leaf in enumerate(before.columns):
        if not isinstance(leaf, AmountColumn):
            continue
        places = [place for place in range(len(before.columns)) if place != gone]
        after = table_of(bound(edited(reading_2022, caption, lambda table, to=places: ordered(table, to))), key)
        assert after.unbound == (f"没有“{leaf.label}”这一栏",)
        assert scopes(after) == [tuple(row[place] for place in places) for row in scopes(before)], leaf


def test_codes_in_one_column_or_in_several_are_the_same_codes(reading_2022: Reading) -> None:
    """类, 款 and 项 apart here, 功能科目编码 there; 科目编码 here, 类 and 款 there."""

    def together(table: ReadTable) -> ReadTable:
        rows = tuple(("".join(row[:3]), *row[3:]) for row in table.rows)
        return table._replace(columns=(("功能科目编码",), *table.columns[3:]), rows=rows)

    own = bound(reading_2022)
    after = table_of(bound(edited(reading_2022, "部门支出预算表", together)), "03-expenditure")
    assert after.unbound == () and kind(after.columns[0]) == "功能科目.代码"
    assert [row[1:] for row in scopes(after)] == [row[3:] for row in scopes(table_of(own, "03-expenditure"))]
    done = run(TESTS / "data", TESTS / "profiles", "tiny", 2023)
    assert done.document is not None and done.inputs is not None and done.profile is not None
    reading = reading_of(done.document)
    found = [
        bind(one, done.profile, NATIONAL, done.inputs.classification)
        for one in (reading, edited(reading, "支出功能分类预算表", apart_in_three))
    ]
    one, other = (table_of(each, "functions") for each in found)
    assert other.unbound == () and [kind(leaf) for leaf in other.columns[:3]] == [
        f"功能科目.{part}" for part in "类款项"
    ]
    assert [row[1:] for row in scopes(one)] == [row[3:] for row in scopes(other)]


def apart_in_three(table: ReadTable) -> ReadTable:
    """A table whose first column is a code, with its parts in three columns."""
    head = tuple(("科目编码", part) for part in "类款项")
    rows = tuple((row[0][:3], row[0][3:5], row[0][5:], *row[1:]) for row in table.rows)
    return table._replace(columns=(*head, *table.columns[1:]), rows=rows)


def test_a_column_nobody_asked_for_means_nothing(reading_2022: Reading) -> None:
    def wider(table: ReadTable) -> ReadTable:
        rows = tuple((*row, "1.00") for row in table.rows)
        return table._replace(columns=(*table.columns, ("备注", "金额")), rows=rows)

    own = table_of(bound(reading_2022), "02-income")
    after = table_of(bound(edited(reading_2022, "部门收入预算表", wider)), "02-income")
    assert after.unbound == ("“备注·金额”这一栏不是格式方案里的栏",)
    assert scopes(after) == [(*row, None) for row in scopes(own)]


def rows_as(
    change: Callable[[Sequence[tuple[str, ...]]], Sequence[tuple[str, ...]]],
) -> Callable[[ReadTable], ReadTable]:
    return lambda table: table._replace(rows=tuple(change(table.rows)))


def test_labels_with_other_ordinals_blanks_and_names_keep_their_meanings(reading_2022: Reading) -> None:
    words = {
        "一、一般公共预算": "1．一般公共预算 拨款", "二、政府性基金预算拨款收入": "（二）政府性基金预算",
        "上年结转结余": "上年结转", "收入总计": "收 入 总 计", "八、社会保障和就业支出": "三、社会保障和就业",
    }  # fmt: skip
    assert all(any(word in row for row in reading_2022.tables[0].rows) for word in words)
    change = rows_as(lambda rows: [tuple(words.get(text, text) for text in row) for row in rows])
    reading = edited(reading_2022, "部门收支预算表", change)
    assert meanings(bound(reading)) == meanings(bound(reading_2022))


def test_a_row_called_as_only_the_profile_knows(reading_2022: Reading) -> None:
    change = rows_as(lambda rows: [tuple(text.replace("其他收入", "别的收入") for text in row) for row in rows])
    reading = edited(reading_2022, "部门收支预算表", change)
    (reason,) = table_of(bound(reading), "01-income-expenditure").unbound
    assert reason.endswith("“九、别的收入”不是格式方案里的行")
    profile = with_aliases("01-income-expenditure", {"其他收入": ("别的收入",)})
    assert meanings(bound(reading, profile)) == meanings(bound(reading_2022))


def test_classes_without_amounts_may_be_left_out_and_the_rest_counted_anew(reading_2022: Reading) -> None:
    """As Shanghai prints it: only what there is, 一、二、三."""
    own = table_of(bound(reading_2022), "01-income-expenditure")
    filled = [number for number, row in enumerate(own.table.rows) if row[3] and row[2][:1] not in "本支"]
    kept = [own.table.rows[number][2:] for number in filled]
    counted = [(f"{'一二三四五六'[index]}、{name.split('、')[1]}", amount) for index, (name, amount) in enumerate(kept)]
    change = rows_as(
        lambda rows: [
            (*row[:2], *(counted[number] if number < len(kept) else ("", ""))) for number, row in enumerate(rows)
        ]
    )
    after = table_of(bound(edited(reading_2022, "部门收支预算表", change)), "01-income-expenditure")
    assert after.unbound == ()
    assert [row[3] for row in scopes(after)][: len(kept)] == [scopes(own)[number][3] for number in filled]


def test_subtotals_of_the_levels_above_are_told_by_their_codes(reading_2022: Reading) -> None:
    """Rows of 类 and 款 that the definition does not have: their codes say what they are."""
    own = table_of(bound(reading_2022), "03-expenditure")
    first = next(number for number, row in enumerate(own.table.rows) if row[0])
    code = own.table.rows[first][0]
    more = (code, "", "", "", "某一类", *own.table.rows[first][5:])
    change = rows_as(lambda rows: [*rows[:first], more, *rows[first:]])
    after = table_of(bound(edited(reading_2022, "部门支出预算表", change)), "03-expenditure")
    assert after.unbound == ()
    assert after.scope_of(first, 5) == Filter((("单位", ("027001",)), ("功能科目", (code,))))
    assert scopes(after)[first + 1 :] == scopes(own)[first:]


@pytest.mark.parametrize(
    ("caption", "key", "moved"),
    [("部门支出预算表", "03-expenditure", "合计"), ("部门收支预算表", "01-income-expenditure", "收入总计")],
)
def test_a_total_in_another_place_keeps_its_meaning(caption: str, key: str, moved: str, reading_2022: Reading) -> None:
    """As other places print it: 合计 at the bottom, or at the top."""
    own = table_of(bound(reading_2022), key)
    (place,) = (number for number, row in enumerate(own.table.rows) if moved in row)
    order = [number for number in range(len(own.table.rows)) if number != place]
    order = [*order, place] if not place else [place, *order]
    after = table_of(
        bound(edited(reading_2022, caption, rows_as(lambda rows: [rows[number] for number in order]))), key
    )
    assert after.unbound == ()
    assert scopes(after) == [scopes(own)[number] for number in order]


def test_rows_of_several_meanings_are_not_told_where_rows_are_out_of_order(reading_2022: Reading) -> None:
    """What is carried forward first, then this year's: whose 一般公共预算拨款 is which only people see."""
    own = table_of(bound(reading_2022), "04-appropriation")
    rows = own.table.rows
    twice = [number for number, row in enumerate(rows) if row[0] == "（一）一般公共预算拨款"]
    later = next(number for number, row in enumerate(rows) if row[0] == "二、上年结转")
    first = next(number for number, row in enumerate(rows) if row[0] == "一、本年收入")
    order = [*range(later, later + 4), *range(first, later), *range(later + 4, len(rows))]
    change = rows_as(lambda rows: [rows[number] for number in order])
    after = table_of(bound(edited(reading_2022, "财政拨款收支预算表", change)), "04-appropriation")
    for row, number in zip(scopes(after), order, strict=True):
        assert row[1] == (None if number in twice or rows[number][0].startswith("（") else scopes(own)[number][1])


# ---- what can't be told for certain ----


def test_a_row_of_two_meanings_is_not_bound_when_the_rows_between_are_gone(reading_2022: Reading) -> None:
    """一般公共预算拨款 of this year or of last year: without the lines around it nobody can tell."""
    labels = ["一、本年收入", "其中：财政拨款", "二、上年结转", "收入合计"]
    own = table_of(bound(reading_2022), "04-appropriation")

    def only(*kept: str) -> BoundTable:
        change = rows_as(lambda rows: [row for row in rows if row[0] in kept])
        return table_of(bound(edited(reading_2022, "财政拨款收支预算表", change)), "04-appropriation")

    said = [row[0] for row in own.table.rows]
    twice = "（一）一般公共预算拨款"
    assert said.count(twice) == 2 and set(labels) <= set(said)
    doubtful = change_once(only(labels[0], twice, labels[3]), twice)
    assert [doubtful.scope_of(number, 1) is None for number in range(3)] == [False, True, False]
    assert doubtful.unbound[0].startswith("第2行“(一)一般公共预算拨款")
    certain = change_once(only(labels[0], twice, labels[2], labels[3]), twice)
    assert scopes(certain)[1][1] == scopes(own)[said.index(twice)][1]


def change_once(table: BoundTable, label: str) -> BoundTable:
    """The table bound again with only the first row of this label."""
    rows, seen = [], False
    for row in table.table.rows:
        if row[0] != label or not seen:
            rows.append(row)
        seen = seen or row[0] == label
    reading = Reading((), (), (table.table._replace(rows=tuple(rows)),))
    return bound(reading).tables[0]


def two_units(tmp_path: Path) -> tuple[Bound, Reading]:
    varied.make(12, tmp_path)
    done = run(tmp_path, ROOT / "templates", "yibin", 2022, KEPT)
    assert done.document is not None and done.inputs is not None
    assert len(done.inputs.department.agencies) > 1
    reading = reading_of(done.document)
    return bound_of(done.document, reading), reading


def test_codes_under_a_unit_that_is_not_known_belong_nowhere(tmp_path: Path) -> None:
    own, reading = two_units(tmp_path)
    before = table_of(own, "03-expenditure")
    units = [number for number, row in enumerate(before.table.rows) if len(row[3]) == 6]
    assert len(units) == 2
    spoilt = rows_as(
        lambda rows: [(*row[:3], "", "??", *row[5:]) if number == units[1] else row for number, row in enumerate(rows)]
    )
    after = table_of(bound(edited(reading, "部门支出预算表", spoilt)), "03-expenditure")
    assert scopes(after)[: units[1]] == scopes(before)[: units[1]]
    assert not any(any(row) for row in scopes(after)[units[1] :])
    assert len(after.unbound) == 2 and after.unbound[1].endswith("上面有认不出来的行，它属于哪里不能确定")
    gone = rows_as(lambda rows: [row for number, row in enumerate(rows) if number not in units[:1]])
    after = table_of(bound(edited(reading, "部门支出预算表", gone)), "03-expenditure")
    assert not any(any(row) for row in scopes(after)[2 : units[1] - 1])  # of which unit is gone; the second's are known
    assert scopes(after)[units[1] - 1 :] == scopes(before)[units[1] :]


def test_units_without_a_department_above_them_are_units(reading_2022: Reading) -> None:
    """A code that the others begin with is the department's; where none is, all are units."""
    own = table_of(bound(reading_2022), "02-income").table

    def read(*codes: str) -> list[Filter | None]:
        rows = tuple((code, f"单位{code}" if code else "合计", *own.rows[0][2:]) for code in ("", *codes))
        table = own._replace(rows=rows)
        return [row[2] for row in scopes(bound(Reading((), (), (table,))).tables[0])]

    def unit(code: str) -> Filter:
        return Filter((("单位", (code,)),))

    assert read("027", "027001", "027002") == [Filter(), Filter(), unit("027001"), unit("027002")]
    assert read("027001", "031001") == [Filter(), unit("027001"), unit("031001")]
    assert read("027001", "027002") == [Filter(), unit("027001"), unit("027002")]
    assert read("027", "027") == [Filter(), Filter(), unit("027")]


def test_a_total_that_stands_twice_is_not_bound_and_the_rest_is(reading_2022: Reading) -> None:
    own = table_of(bound(reading_2022), "02-income")
    total = own.table.rows[0]
    change = rows_as(lambda rows: [*rows, total])
    after = table_of(bound(edited(reading_2022, "部门收入预算表", change)), "02-income")
    nothing = (None,) * len(own.columns)
    assert scopes(after) == [nothing, *scopes(own)[1:], nothing]


def test_a_table_that_stands_twice_is_not_bound(reading_2022: Reading) -> None:
    reading = reading_2022._replace(blocks=(*reading_2022.blocks, reading_2022.tables[1]))
    found = bound(reading)
    assert "02-income" not in meanings(found)
    assert found.unbound == ("“部门收入预算表”出现2次，分不清哪一张是",)


def test_two_projects_of_one_name_without_a_code_are_not_told_apart(reading_2022: Reading) -> None:
    def alike(table: ReadTable) -> ReadTable:
        return table._replace(
            rows=tuple((row[0], "同一个项目", *row[2:]) if row[0][-1:] == "类" else row for row in table.rows)
        )

    after = table_of(bound(edited(reading_2022, "项目支出预算表", alike)), "11-projects")
    projects = [number for number, row in enumerate(after.table.rows) if row[0] and row[0] != "合计"]
    assert len(projects) > 1 and not any(any(scopes(after)[number]) for number in projects)
    assert all(reason.endswith("在本表里不止一行") for reason in after.unbound)


def test_a_name_of_two_codes_is_not_told_apart_elsewhere(reading_2022: Reading) -> None:
    goals = table_of(bound(reading_2022), "13-project-performance").table
    first, second = [row[1] for row in goals.rows if len(row[0]) > 6][:2]
    change = rows_as(lambda rows: [tuple(first if text == second else text for text in row) for row in rows])
    reading = edited(edited(reading_2022, "项目支出预算表", change), "部门预算项目绩效目标表", change)
    after = table_of(bound(reading), "11-projects")
    same = [number for number, row in enumerate(after.table.rows) if row[1] == first]
    assert len(same) == 2 and not any(any(scopes(after)[number]) for number in same)
    assert len(after.unbound) == 2 and all(
        reason.endswith("与别的行同名，又没有编码，分不清") for reason in after.unbound
    )
    own = table_of(bound(reading_2022), "11-projects")
    others = [number for number in range(len(own.table.rows)) if number not in same]
    assert [scopes(after)[number] for number in others] == [scopes(own)[number] for number in others]


def test_a_name_that_says_less_is_another_name_only_where_the_table_selects_no_more(reading_2022: Reading) -> None:
    """财政拨款收入 is 本年收入 in a table of 财政拨款, and not in one of everything."""
    change = rows_as(lambda rows: [tuple(text.replace("本年收入", "财政拨款收入") for text in row) for row in rows])
    reading = edited(reading_2022, "财政拨款收支预算表", change)
    assert meanings(bound(reading)) == meanings(bound(reading_2022))
    wider = yibin()._replace(
        outline=tuple(
            item._replace(tables=tuple(table._replace(filter=Filter()) for table in item.tables))
            if hasattr(item, "tables")
            else item
            for item in yibin().outline
        )
    )
    assert scopes(table_of(bound(reading_2022, wider), "04-appropriation"))[0][1] is not None
    assert scopes(table_of(bound(reading, wider), "04-appropriation"))[0][1] is None


@pytest.mark.parametrize("seeds", some([range(15), range(15, 75)], 1))
def test_whatever_is_damaged_is_no_traceback_and_a_reason_is_chinese(reading_2022: Reading, seeds: range) -> None:
    for seed in seeds:
        rng = random.Random(seed)
        found = bound(damaged(rng, reading_2022))
        assert all(reason for reason in unbound(found))
        for table in found.tables:
            assert len(table.scopes) == len(table.table.rows) and len(table.columns) == len(table.panels)
            scopes(table)
    assert bound(Reading((), (), ())).tables == ()


@pytest.mark.parametrize(
    "key",
    some(
        ["02-income", "12-overall-performance", "01-income-expenditure", "04-appropriation", "06-general-basic"],
        2,
    ),
)
def test_rows_lost_take_no_other_row_s_meaning_away_or_give_it_another(key: str, reading_2022: Reading) -> None:
    """Of tables whose rows stand for themselves: rows lost leave the others as they are, or unbound."""
    rng = random.Random(5)
    before = table_of(bound(reading_2022), key)
    meant: dict[tuple[str, ...], list[Row]] = {}
    for row, scope in zip(before.table.rows, scopes(before), strict=True):
        meant.setdefault(row, []).append(scope)
    bound_cells = 0
    for _ in range(12):
        kept = sorted(rng.sample(range(len(before.table.rows)), len(before.table.rows) * 2 // 3))
        rows = tuple(before.table.rows[number] for number in kept)
        left = rows_as(lambda _, to=rows: to)
        after = table_of(bound(edited(reading_2022, before.table.caption, left)), key)
        for row, scope in zip(rows, scopes(after), strict=True):
            for column, one in enumerate(scope):
                assert one is None or one in [other[column] for other in meant[row]], (key, row)
                bound_cells += one is not None
    assert bound_cells > 30


def test_ten_thousand_rows_are_bound_as_fast_as_they_are_read(reading_2022: Reading) -> None:
    own = table_of(bound(reading_2022), "03-expenditure")
    functions = [code for code in classification().function if len(code) == 7]
    rows = list(own.table.rows[:2])
    for unit in range(20):
        rows.append(("", "", "", f"0270{unit:02}", f"单位{unit}", *own.table.rows[0][5:]))
        rows += [(code[:3], code[3:5], code[5:], "", "某科目", *own.table.rows[0][5:]) for code in functions[:500]]
    table = own.table._replace(rows=tuple(rows))
    found = bound(Reading((), (), (table,))).tables[0]
    assert found.unbound == ()
    assert found.scope_of(len(rows) - 1, 5) == Filter((("单位", ("027019",)), ("功能科目", (functions[499],))))


@pytest.mark.parametrize("number", [0, 1, 2, 3, 5, 6, 7, 10, 12])
def test_a_header_that_its_file_does_not_mark_is_found(number: int, run_2022: Run, reading_2022: Reading) -> None:
    assert run_2022.document is not None
    block = [block for block in run_2022.document.blocks if isinstance(block, TableBlock)][number]
    header = [[""] * len(block.columns) for _ in range(block.header_rows)]
    for cell in block.header:
        header[cell.row][cell.column] = cell.text
    top = tuple(map(tuple, header))

    def unmarked(table: ReadTable) -> ReadTable:
        middle = len(table.rows) // 2  # a page ends here, and somebody wrote the header again
        rows = (*top, *table.rows[:middle], *top, *table.rows[middle:])
        return table._replace(columns=((),) * len(table.columns), rows=rows)

    own = table_of(bound(reading_2022), block.key)
    after = table_of(bound(edited(reading_2022, block.caption, unmarked)), block.key)
    middle, nothing = len(own.table.rows) // 2, [(None,) * len(block.columns)] * len(top)
    assert after.unbound == ()
    assert scopes(after) == [*nothing, *scopes(own)[:middle], *nothing, *scopes(own)[middle:]]


def test_any_column_left_out_leaves_the_others_as_they_are_or_unbound(reading_2022: Reading) -> None:
    own = bound(reading_2022)
    coded = [table_of(own, key).table for key in ("02-income", "03-expenditure", "13-project-performance")]
    kept = asked = 0
    for before in own.tables:
        few = reading_2022._replace(blocks=tuple({id(one): one for one in (before.table, *coded)}.values()))
        for gone in range(len(before.columns)):
            if before.key == "13-project-performance" and gone == 0:
                continue  # the projects' codes stand nowhere else: then their names stand for them
            places = [place for place in range(len(before.columns)) if place != gone]
            left = edited(few, before.table.caption, lambda table, to=places: ordered(table, to))
            after = scopes(table_of(bound(left), before.key))
            for row, meant in zip(after, scopes(before), strict=True):
                for place, scope in zip(places, row, strict=True):
                    assert scope is None or scope == meant[place], (before.key, before.columns[gone])
                    asked, kept = asked + (meant[place] is not None), kept + (scope is not None)
    assert kept > asked * 4 // 5

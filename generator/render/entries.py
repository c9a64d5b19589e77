"""The ledger's entries as a table, for those who want them line by line: one row an entry, in the order they were typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from generator.model.book import Book
from generator.model.department import Inputs
from generator.model.ledger import LedgerLine, value_of
from generator.model.profile import Profile

Told = Callable[[Inputs, LedgerLine], str]


class EntryField(NamedTuple):
    """A column of words: its name, what an entry has in it, and what that is."""

    name: str
    told: Told
    meaning: str


class Entries(NamedTuple):
    """The entries in the unit of the tables: ``fields`` are the columns of words, ``rows`` their words and the amount of each."""

    fields: tuple[EntryField, ...]
    rows: tuple[tuple[tuple[str, ...], Decimal], ...]
    unit: str


def entries_of(inputs: Inputs, book: Book, profile: Profile) -> Entries:
    """All entries of the document; columns in which no entry has anything are left out."""
    ledger = book.ledger or inputs.ledger
    own = tuple(EntryField(name, partial(_own, name), "本地另加的分类") for name in profile.own)
    fields = (*_FIELDS, *own)
    told = [tuple(field.told(inputs, line) for field in fields) for line in ledger.all_lines]
    used = [place for place in range(len(fields)) if any(row[place] for row in told)]
    rows = tuple(
        (tuple(row[place] for place in used), line.money.amount)
        for row, line in zip(told, ledger.all_lines, strict=True)
    )
    return Entries(tuple(fields[place] for place in used), rows, book.scale.label)


def _own(name: str, _: Inputs, line: LedgerLine) -> str:
    return value_of(name)(line)


def _place(inputs: Inputs, line: LedgerLine) -> str:
    """File and line from the data folder on: what is above it is a matter of this machine, and tables are handed on."""
    above, year, file = line.position.file_and_line.rpartition(f"/{inputs.department.year}/")
    return f"{above.rpartition('/')[2]}{year}{file}"


def _project(inputs: Inputs, line: LedgerLine) -> Iterator[str]:
    project = inputs.department.projects.get(line.project)
    if project is not None:
        yield project.name


_FIELDS = (
    EntryField("预算单位代码", lambda _, line: line.agency, "预算单位代码"),
    EntryField(
        "预算单位名称", lambda inputs, line: inputs.department.agencies.get(line.agency, ""), "预算单位名称"
    ),
    EntryField("功能科目代码", lambda _, line: line.function, "支出功能分类科目代码，到项"),
    EntryField(
        "功能科目名称", lambda inputs, line: inputs.classification.function.get(line.function, ""), "支出功能分类科目名称"
    ),
    EntryField("部门经济代码", lambda _, line: line.department_economic, "部门预算支出经济分类科目代码，到款"),
    EntryField(
        "部门经济名称",
        lambda inputs, line: inputs.classification.department_economic.get(line.department_economic, ""),
        "部门预算支出经济分类科目名称",
    ),
    EntryField("政府经济代码", lambda _, line: line.government_economic, "政府预算支出经济分类科目代码，到款"),
    EntryField(
        "政府经济名称",
        lambda inputs, line: inputs.classification.government_economic.get(line.government_economic, ""),
        "政府预算支出经济分类科目名称",
    ),
    EntryField("资金来源", lambda _, line: line.fund, "一般公共预算、政府性基金预算等"),
    EntryField("资金层级", lambda _, line: line.origin, "本级，或上级转移支付"),
    EntryField("资金年度", lambda _, line: line.period, "本年，或上年结转"),
    EntryField("支出类别", lambda _, line: line.kind, "基本支出或项目支出"),
    EntryField("经费类别", lambda _, line: line.use, "人员经费或公用经费，只有基本支出有"),
    EntryField("项目代码", lambda _, line: line.project, "项目代码，只有项目支出有"),
    EntryField("项目名称", lambda inputs, line: "".join(_project(inputs, line)), "项目名称"),
    EntryField("项目类型", lambda _, line: line.project_kind, "其他运转类或特定目标类"),
    EntryField("填报位置", lambda inputs, line: _place(inputs, line), "这一笔写在哪个文件的哪一行"),
)  # fmt: skip

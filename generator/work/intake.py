"""The verb import: files of others (a workbook, an export, a published document) become a change of a year's folder.

SOURCES has a row for each kind of file. A row recognises its files and reads them into trees; all else is the same for
every kind and stands here: which files change, what is wrong with them, the new texts. Nothing is written here.

To add a kind of file, write a reader in its room (``filling/``, ``intake/``) and a row below:

- ``name``: what a clerk calls such a file, as in “这是{name}”; ``looks``: how to know one, for the message of what can be imported;
- ``recognises``: whether all of the handed files are of this kind, by their names and bytes; never raises, and is quick: a name's
  ending and the first bytes come before anything is opened;
- ``read``: takes a ``Handed`` and returns a ``Taken`` (``work/handed.py``: readers import that module, never this one). What is wrong
  with the files is a Problem in it, with a position that reads ``填报表.xlsx 支出明细!C7`` (``Sheet.position``), all of them at once; never
  an exception, unless it is wrong use (UsageError). It changes nothing and need not look whether anything differs: what a file says
  already stays byte by byte.

Rows import their readers inside the functions: no other run pays for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.model.doubts import BLANK
from generator.model.problem import Problem, Problems, UsageError, has_errors
from generator.model.replacement import Replacement
from generator.model.source import Source
from generator.opc import bytes_of
from generator.work.data_files import opened, saying
from generator.work.handed import Given, Handed, Origin, Taken

if TYPE_CHECKING:
    from generator.model.tree import Trees
    from generator.work.workshop import Workshop


class Intake(NamedTuple):
    """What an import comes to: of which kind the files are, of which year, and what it changes; nothing with an error among ``problems``."""

    kind: str
    year: int
    changes: tuple[Replacement, ...]
    remarks: tuple[str, ...]
    problems: Problems
    sources: Mapping[str, Source]

    @property
    def failed(self) -> bool:
        """Whether something forbids the change."""
        return has_errors(self.problems)


def _flat_detail(handed: Handed) -> Taken:
    from generator.work.flat_detail import read_flat_detail

    return read_flat_detail(handed)


def _is_table(files: Sequence[Given]) -> bool:
    return bool(files) and all(file.name.lower().endswith(_TABLES) for file in files)


def _filled(handed: Handed) -> Taken:
    from generator.work.filling import read_filled

    return read_filled(handed)


def _is_filled(files: Sequence[Given]) -> bool:
    if not all(file.name.lower().endswith(_BOOKS) for file in files):
        return False
    from generator.work.filling import is_filled

    return is_filled(files)


def _finished(handed: Handed) -> Taken:
    from generator.work.finished_tables import read_finished

    return read_finished(handed)


def _is_finished(files: Sequence[Given]) -> bool:
    if not files or not files[0].name.lower().endswith(_BOOKS):
        return False
    from generator.work.finished_tables import is_finished

    return is_finished(files)


def _published(handed: Handed) -> Taken:
    from generator.work.published import read_published

    return read_published(handed)


def _is_document(files: Sequence[Given]) -> bool:
    return len(files) == 1 and files[0].name.lower().endswith(".docx")


_BOOKS = (".xlsx", ".xlsm", ".xls")
_TABLES = (".xlsx", ".xlsm", ".xls", ".et", ".csv", ".tsv", ".txt")
SOURCES: tuple[Origin, ...] = (
    Origin("填报表", "用 shuoming workbook 生成的", _is_filled, _filled),
    Origin("财政局的整套表", "一张表一个工作表的 .xlsx、.xls", _is_finished, _finished, True),
    Origin("已公开的预算说明", "按格式方案做出的一个 .docx", _is_document, _published, True),
    Origin(
        "财政系统导出的支出明细", "一行一笔的 .xlsx、.xls、.csv", _is_table, _flat_detail
    ),  # the last: any table may be one
)


def intake(shop: Workshop, data: Path, year: int, paths: Sequence[Path], unit: str = "") -> Intake:
    """What files change in ``data/<year>``. Raises UsageError where one can't be read, is of no known kind, or no year is known."""
    files = tuple(Given(path, bytes_of(path)) for path in paths)
    origin = next((row for row in SOURCES if row.recognises(files)), None)
    if origin is None:
        raise UsageError(_unknown(files))
    taken = origin.read(Handed(shop, data, year, files, unit))
    if taken.year and year and taken.year != year:
        raise UsageError(f"{files[0].name} 是{taken.year}年的，--year 写的是{year}。请核对是不是这个文件。")
    whose = taken.year or year
    if not whose:
        raise UsageError("不知道是哪一年的，请加上 --year，如 --year 2028。")
    changes, problems, sources = _changes(data / str(whose), taken.trees)
    problems = (*taken.problems, *problems)
    remarks = (*_overwritten(changes, origin), *taken.remarks)
    return Intake(origin.name, whose, () if has_errors(problems) else changes, remarks, problems, sources)


def _overwritten(changes: Sequence[Replacement], origin: Origin) -> Iterator[str]:
    """What a person should know before what was typed gives way to what was inferred; what is 待填 may."""
    typed = [change.path.name for change in changes if change.before and BLANK.encode() not in change.before]
    if origin.infers and typed:
        yield (
            f"{typed[0]}{f'等{len(typed)}个文件' if len(typed) > 1 else ''}里已经填了内容，会改成从“{origin.name}”推出来的，"
            "那里没有印的对应关系（哪笔钱用哪个科目）是推测。原来填的更可靠，就不要写入，只看下面的改动核对。"
        )


def _unknown(files: Sequence[Given]) -> str:
    names = "、".join(file.name for file in files)
    known = "；".join(f"{row.name}（{row.looks}）" for row in SOURCES) or "无"
    several = "，一次只能导入一种" if len(files) > 1 else ""
    return f"认不出“{names}”是什么文件{several}。能导入的有：{known}。"


def _changes(folder: Path, trees: Trees) -> tuple[tuple[Replacement, ...], Problems, Mapping[str, Source]]:
    """The files whose text differs once they say their trees; what is wrong with those that are there, or would be."""
    changes, problems = list[Replacement](), list[Problem]()
    files = {name: opened(folder / name) for name in trees}
    for name, file in files.items():
        change, found = saying(file, trees[name]) if not file.problems else ((), file.problems)
        changes += change
        problems += found
    return tuple(changes), tuple(problems), {file.source.name: file.source for file in files.values()}

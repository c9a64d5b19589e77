"""A year's codes from files of finance offices: read, completed, and compared with the edition before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.load.classification import load_classification
from generator.load.code_table import CodeEntry, CodeTable, merged, read_sheets, read_table
from generator.load.editions import read_editions
from generator.load.files import LIMIT, access
from generator.load.layers import Layered
from generator.load.watch import layers_of
from generator.model.classification import LISTS, Classification, Edition, ExtraCodes
from generator.model.imported import Imported
from generator.model.ledger import GENERAL
from generator.model.problem import Problem, Problems, Severity, UsageError
from generator.model.source import Position, Source

_MOST_TOLD = 200
_MOST_GONE = 20  # one in so many: a new year ends one code in fifty or so


class Import(NamedTuple):
    """What an import came to: no list at all where something is wrong. ``income`` codes were passed over."""

    lists: tuple[Imported, ...]
    income: int
    problems: Problems
    sources: Mapping[str, Source]


def import_codes(paths: Sequence[Path], year: int, profile: Path, whole: bool) -> Import:
    """The lists of ``year`` that the files hold together, compared with what a profile's folder had before that year.

    ``whole``: believe that they are whole, however much is missing. Raises UsageError for files that can't be read.
    """
    layers = layers_of(profile)
    if not any((layer / "report.yaml").is_file() for layer in layers):
        raise UsageError(f"没有 {profile.as_posix()} 这个格式方案。")
    folder = Layered(profile, layers)
    with access():
        editions = tuple(read_editions(folder, year))
    found = [pair for path in paths for pair in _tables(path)]
    table = merged([table for _, table in found])
    base = load_classification(year, ExtraCodes(), editions)
    problems = (*folder.problems, *table.problems, *_orphans(table, base))
    lists = [_imported(key, table.codes[key], year, base) for key in LISTS if table.codes.get(key)]
    if not lists and not problems:
        raise UsageError("文件里没有支出科目（功能科目、部门经济、政府经济）。")
    problems += () if whole or problems else tuple(_incomplete(lists, paths[0].as_posix()))
    sources = {source.name: source for source in (*folder.sources, *(source for source, _ in found)) if source.text}
    return Import(() if problems else tuple(lists), table.income, _first(problems), sources)


def _tables(path: Path) -> list[tuple[Source, CodeTable]]:
    """The sheets of a file that are lists of codes: at least one."""
    data = _bytes(path)
    try:
        sheets = read_sheets(path.as_posix(), data)
    except UsageError as error:
        raise UsageError(f"{path.as_posix()}：{error}") from error
    found = [(source, table) for source, rows in sheets if (table := read_table(source, rows)) is not None]
    if not found:
        remedy = "请在第一行写上“科目编码,科目名称”，再导入。"
        raise UsageError(f"{path.as_posix()} 里没有找到“科目编码”“科目名称”这样的表头。{remedy}")
    return found


def _first(problems: Problems) -> Problems:
    """As many as a person reads; a file that is no list of codes has thousands."""
    if len(problems) <= _MOST_TOLD:
        return problems
    rest = f"另有{len(problems) - _MOST_TOLD}处，没有列出"
    last = Problem(
        "D032", Severity.ERROR, rest, "请先改上面的；如果整个文件不是科目表，请换一个。", problems[_MOST_TOLD].position
    )
    return (*problems[:_MOST_TOLD], last)


def edition_text(edition: Edition) -> str:
    """The file to be kept; funds written out, so that a person can fill in what is not known."""
    codes = sorted(edition.names.items())
    if edition.key != LISTS[0]:
        rows = ["编码,名称", *(f"{code},{name}" for code, name in codes)]
    else:
        rows = ["编码,名称,资金", *(f"{code},{name},{edition.funds.get(code, GENERAL)}" for code, name in codes)]
    return "\n".join(rows) + "\n"


def _bytes(path: Path) -> bytes:
    with access():
        if path.stat().st_size > LIMIT:
            raise UsageError(f"{path.as_posix()} 过大，没有读取。")
        return path.read_bytes()


def _orphans(table: CodeTable, base: Classification) -> Iterator[Problem]:
    """Codes whose 类 or 款 neither the files nor the edition before have: its name would be printed and is not known."""
    for key, entries in table.codes.items():
        for code, entry in entries.items():
            above = code[:-2]
            if len(code) > 3 and above not in entries and above not in base.names(key):
                message = f"“{code} {entry.name}”的上级科目“{above}”不在文件里，上一版科目表里也没有"
                remedy = "请核对编码；确有的，请在文件里补上它的上级科目。"
                yield Problem("D032", Severity.ERROR, message, remedy, entry.position)


def _incomplete(lists: Iterable[Imported], name: str) -> Iterator[Problem]:
    """A list that lacks much of the edition before is a part of one: what it lacks would be refused."""
    for made in lists:
        groups = [f"{code} {title}" for code, title in made.gone.items() if len(code) == 3]
        if groups or len(made.gone) * _MOST_GONE > len(made.edition.names):
            more = f"等{len(groups)}类" if len(groups) > 3 else ""
            lost = f"，其中整类：{'、'.join(groups[:3])}{more}" if groups else ""
            message = f"{made.edition.key}比{made.base}年版少了{len(made.gone)}个{lost}，疑似不是整版"
            remedy = "请把各部分的文件一起导入（文件名依次写出）；只是几个新增的科目，请写进“增补科目”；确是整版的，加 --whole。"
            yield Problem("D032", Severity.ERROR, message, remedy, Position(name))


def _imported(key: str, entries: Mapping[str, CodeEntry], year: int, base: Classification) -> Imported:
    before, typed = base.names(key), {code: entry.name for code, entry in entries.items()}
    above = {code[:length] for code in typed for length in (3, 5) if length < len(code)}
    filled = {code: before[code] for code in sorted(above - typed.keys()) if code in before}
    names = {**typed, **filled}
    funds = _funds(entries, names, base) if key == LISTS[0] else {}
    added = {code: names[code] for code in sorted(names.keys() - before.keys())}
    return Imported(
        Edition(key, year, names, funds),
        base.editions[key],
        added,
        {code: before[code] for code in sorted(before.keys() - names.keys())},
        {code: (before[code], names[code]) for code in sorted(names) if code in before and names[code] != before[code]},
        filled,
        {code: names[code] for code in sorted(funds) if not funds[code] and len(code) > 5},
    )


def _funds(entries: Mapping[str, CodeEntry], names: Mapping[str, str], base: Classification) -> dict[str, str]:
    """Funds that are not 一般公共预算: as the files say, as before, as the 款's; empty where nobody knows."""
    said = {code: entry.fund for code, entry in entries.items() if entry.fund}
    known = base.and_also(LISTS[0], names, said)
    return {code: fund for code in names if (fund := said.get(code, known.funds.get(code, GENERAL))) != GENERAL}

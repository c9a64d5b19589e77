"""Lists of codes that a place brought: ``codes/<year>-<list>.csv`` in a profile's folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from generator.load.files import LIMIT
from generator.load.layers import Layered
from generator.load.yaml_text import Reader
from generator.model.classification import LISTS, Edition
from generator.model.ledger import GENERAL
from generator.model.problem import UsageError
from generator.model.source import Position

FOLDER = "codes"


def read_editions(folder: Layered, before: int = 9999) -> Iterator[Edition]:
    """The lists in a profile's folder, of the years before one; what is wrong with them is the folder's."""
    for name in folder.listed(FOLDER, "*.csv"):
        edition = _read(folder, folder.at(f"{FOLDER}/{name}"), before)
        if edition is not None:
            yield edition


def file_name(year: int, key: str) -> str:
    """Where a profile's folder has a list of a year."""
    return f"{FOLDER}/{year}-{key}.csv"


def _read(folder: Layered, path: Path, before: int) -> Edition | None:
    from generator.load.code_table import read_table  # most profiles have brought none
    from generator.sheets.text import decoded, rows_of

    name = f"{FOLDER}/{path.name}"
    named = re.fullmatch(rf"([12][0-9]{{3}})-({'|'.join(LISTS)})\.csv", path.name)
    if named is None:
        wanted = "、".join(f"2027-{key}.csv" for key in LISTS)
        _report(folder.reader(name), "科目表的文件名不对", f"应为：{wanted}；请用 codes import 导入，不要自己放入。")
        return None
    if int(named[1]) >= before:
        return None
    key, size = named[2], path.stat().st_size
    if size > LIMIT:
        _report(folder.reader(name), f"文件过大（{size // 1024 // 1024} MB）", "请用 codes import 重新导入。")
        return None
    try:
        text = decoded(path.read_bytes())
        rows = rows_of(text)
    except UsageError as error:
        _report(folder.reader(name), str(error).rstrip("。"), "请用 codes import 重新导入。")
        return None
    reader = folder.reader(name, text)
    table = read_table(reader.source, rows)
    if table is None or set(table.codes) != {key}:
        _report(reader, f"文件里应有“编码”“名称”两列，全是{key}的科目", "请用 codes import 重新导入。")
        return None
    reader.problems += table.problems
    entries = table.codes[key]
    funds = {code: entry.fund for code, entry in entries.items() if entry.fund != GENERAL and key == LISTS[0]}
    return Edition(key, int(named[1]), {code: entry.name for code, entry in entries.items()}, funds)


def _report(reader: Reader, message: str, remedy: str) -> None:
    reader.report("D032", Position(reader.source.name), message, remedy)

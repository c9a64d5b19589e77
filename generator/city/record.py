"""The door to the record of a city (汇总.sqlite): opened by one run at a time, begun where there is none, and whatever is in the way told in Chinese."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from generator.city.schema import TABLES, VERSION
from generator.city.store import Store
from generator.model.failure import why_not_written
from generator.model.problem import UsageError

RECORD = "汇总.sqlite"
_LOCK = ".正在运行"
_A_MOMENT, _PATIENCE = 100, 30_000
"""Milliseconds: how long a run waits in its midst, and at its beginning and end, for somebody who reads the record."""


@contextmanager
def opened(folder: Path, now: str, checking: bool) -> Iterator[Store]:
    """The record in a city's output, with a run begun in it; made where there is none.

    Raises UsageError where another run is at work there, and where the disk does not let it be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"无法写入 {folder.as_posix()}：{why_not_written(error)}。") from error
    try:
        with _alone(folder), _connected(folder / RECORD) as connection:
            run = connection.execute("INSERT INTO 运行 (开始, 只检查) VALUES (?, ?)", (now, checking)).lastrowid or 0
            connection.execute(f"PRAGMA busy_timeout = {_A_MOMENT:d}")
            yield Store(connection, run)
            connection.execute(f"PRAGMA busy_timeout = {_PATIENCE:d}")
            connection.commit()
    except sqlite3.Error as error:
        raise UsageError(f"无法读写 {(folder / RECORD).as_posix()}：{_why(error)}。") from error


def earlier(folder: Path, query: str) -> list[tuple[Any, ...]]:
    """What a query gives of the record in another folder, which is only read; nothing where there is none, or it is another version's."""
    path = (folder / RECORD).absolute()
    if not path.is_file():
        return []
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            known = connection.execute("PRAGMA user_version").fetchone()[0] == VERSION
            return connection.execute(query).fetchall() if known else []
    except sqlite3.Error:  # no record of ours: nobody is kept from this year's work
        return []


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, timeout=_PATIENCE / 1000)
    try:
        connection.execute("PRAGMA cache_spill = OFF")  # nothing is written before the commit, which may have to wait
        if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            _begin(connection)
        yield connection
    finally:
        connection.close()


def _begin(connection: sqlite3.Connection) -> None:
    """The tables, empty, all at once; those of another version go, somebody else's don't."""
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    if names and "部门" not in names:
        raise sqlite3.DatabaseError("not a database of ours")
    old = "".join(f"DROP TABLE {name};\n" for name in names)
    connection.executescript(f"BEGIN EXCLUSIVE;\n{old}{TABLES}\nPRAGMA user_version = {VERSION};\nCOMMIT;")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While it holds, no other run can; the system lets go of it when a run ends, also by kill -9. A data base, since those lock on every system."""
    with closing(sqlite3.connect(folder / _LOCK, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = MEMORY")  # nothing is written: no file beside it
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise UsageError(f"另一次运行正在写 {folder.as_posix()}，请等它做完。") from error
        yield


_NOT_OURS = "它不是本程序的汇总文件，或已损坏；移走它再运行，各部门会重新做一遍"
_NOT_ALLOWED = "没有写入的权限，或磁盘是只读的"
_WHY = {
    sqlite3.SQLITE_FULL: "磁盘已满，请清理后重试；已经记下的不会丢",
    sqlite3.SQLITE_IOERR: "磁盘已满，或磁盘、网络盘出了故障；已经记下的不会丢",
    sqlite3.SQLITE_BUSY: "有别的程序正打开着它，请关闭后再运行，会接着做",
    sqlite3.SQLITE_READONLY: _NOT_ALLOWED, sqlite3.SQLITE_CANTOPEN: _NOT_ALLOWED, sqlite3.SQLITE_PERM: _NOT_ALLOWED,
    sqlite3.SQLITE_NOTADB: _NOT_OURS, sqlite3.SQLITE_CORRUPT: _NOT_OURS,
}  # fmt: skip


def _why(error: sqlite3.Error) -> str:
    """By what SQLite says; where it says nothing of the disk, the tables are not as we made them."""
    return _WHY.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, _NOT_OURS)

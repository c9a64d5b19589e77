"""The record of a city (汇总.sqlite): what was asked, made and found of each department, kept from run to run. The only room with SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from generator.city.schema import TABLES, VERSION
from generator.city.states import Standing, documents_in, state_of, still_published
from generator.model.city import KNOWN_BEFORE, Ending, FileLine, Finding, Made, Member, Result, State
from generator.model.failure import why_not_written
from generator.model.problem import UsageError

RECORD = "汇总.sqlite"
_LOCK = ".正在运行"
_OF_A_DEPARTMENT = ("文件", "问题", "金额", "项目", "单位", "往来")
TOTAL = "总计"
_A_MOMENT, _PATIENCE = 100, 30_000
"""Milliseconds: how long a run waits in its midst, and at its beginning and end, for somebody who reads the record."""


class Change(NamedTuple):
    """What of a department changed in a run."""

    key: str
    what: str
    before: str
    now: str


class Run(NamedTuple):
    """A run: its number, when it began and ended (empty: it did not), and whether it only checked."""

    number: int
    begun: str
    ended: str
    checking: bool


class Store:
    """An open record. What is written is on the disk after ``keep``; a run that is killed loses what came later, never more."""

    def __init__(self, connection: sqlite3.Connection, run: int) -> None:
        self.connection, self.run = connection, run

    def keep(self) -> None:
        """What was written until now stays, whatever happens; while somebody reads the record, it is kept the next time."""
        try:
            self.connection.commit()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise

    def members(self, members: Sequence[Member]) -> tuple[str, ...]:
        """From now on these are waited for; the keys of those that are no longer, of which nothing is kept."""
        execute = self.connection.execute
        known = {key for (key,) in execute("SELECT 标识 FROM 部门")}
        gone = known - {member.key for member in members}
        for key in gone:
            for table in ("部门", *_OF_A_DEPARTMENT):
                execute(f"DELETE FROM {table} WHERE 标识 = ?", (key,))  # noqa: S608 - a name of ours
        for number, member in enumerate(members):
            self._member(number, member)
        return tuple(sorted(gone))

    def _member(self, number: int, member: Member) -> None:
        said = {
            "序号": number, "代码": member.code, "名称": member.name, "目录": member.folder, "地区": member.place, "格式": member.profile,
            "联系人": member.contact, "截止日期": member.due, "公开日期": member.published, "公开网址": member.url,
        }  # fmt: skip
        begun = {
            "状态": "", "错误": 0, "警告": 0, "建议": 0, "结果": "", "说明": "", "查过": "", "做自": "", "文件格式": "", "公开时": "", "数据代码": "", "数据名称": "", "数据文件": "", "毫秒": 0,
            "内存MB": 0, "做于": 0,
        }  # fmt: skip
        row = {"标识": member.key, **said, **begun}
        self.connection.execute(
            f"INSERT INTO 部门 ({', '.join(row)}) VALUES ({', '.join('?' * len(row))}) ON CONFLICT (标识) DO UPDATE SET "  # noqa: S608
            + ", ".join(f"{name} = excluded.{name}" for name in said),
            tuple(row.values()),
        )

    def before(self) -> Mapping[str, Made]:
        """What earlier runs left of each department, by its key."""
        files: dict[str, list[FileLine]] = {}
        for key, *line in self.connection.execute("SELECT 标识, 单位, 名称, 大小, 校验 FROM 文件 ORDER BY rowid"):
            files.setdefault(key, []).append(FileLine(*line))
        rows = self.connection.execute("SELECT 标识, 查过, 做自, 文件格式, 结果 FROM 部门")
        return {
            key: Made(asked, made, tuple(formats.split()), ending == Ending.FAILED, tuple(files.get(key, ())))
            for key, asked, made, formats, ending in rows
        }

    def record(self, result: Result, formats: Sequence[str]) -> Result:
        """What came of a department; of one that is as it was, nothing has to be said. What can't be recorded is BLOCKED, and given back so."""
        if result.ending is Ending.SAME:
            return result
        if not self.connection.in_transaction:
            self.connection.execute("BEGIN")
        self.connection.execute("SAVEPOINT one")
        try:
            self._record(result, formats)
        except (OverflowError, UnicodeError):
            self.connection.execute("ROLLBACK TO one")
            result = Result(result.key, Ending.BLOCKED, note="汇总记不下它的数据：有的金额太大，请核对")
            self._record(result, formats)
        return result

    def _record(self, result: Result, formats: Sequence[str]) -> None:
        known = result.ending in (Ending.MADE, Ending.CHECKED, Ending.FAILED)
        facts: dict[str, object] = {
            "结果": result.ending.value, "说明": result.note, "查过": result.fingerprint if known else "",
            "毫秒": result.milliseconds, "内存MB": result.memory, "做于": self.run,
        }  # fmt: skip
        if result.ending is Ending.MADE:
            facts |= {"做自": result.fingerprint, "文件格式": " ".join(formats)}
        elif result.ending not in KNOWN_BEFORE and documents_in(result.files) != dict(self._documents(result.key)):
            facts["做自"] = ""  # somebody took one away, or changed it
        if result.ending not in KNOWN_BEFORE:
            facts |= {word: sum(line.severity == word for line in result.problems) for word in ("错误", "警告", "建议")}
            facts |= dict(zip(("数据代码", "数据名称", "数据文件"), result.summary.head, strict=True))
        self._note_changes(result)
        self.connection.execute(
            f"UPDATE 部门 SET {', '.join(f'{name} = ?' for name in facts)} WHERE 标识 = ?",  # noqa: S608
            (*facts.values(), result.key),
        )
        if result.ending not in KNOWN_BEFORE:
            self._lines(result)

    def _lines(self, result: Result) -> None:
        summary = result.summary
        lines = result.files, result.problems, summary.amounts, summary.projects, summary.units, summary.transfers
        for table, rows in zip(_OF_A_DEPARTMENT, lines, strict=True):
            self.connection.execute(f"DELETE FROM {table} WHERE 标识 = ?", (result.key,))  # noqa: S608
            if rows:
                marks = ", ".join("?" * (1 + len(rows[0])))
                insert = f"INSERT INTO {table} VALUES ({marks})"  # noqa: S608
                self.connection.executemany(insert, ((result.key, *row) for row in rows))

    def _note_changes(self, result: Result) -> None:
        """Where a department was looked at before: what its total is now, and whether its documents are others."""
        told = result.ending in (Ending.MADE, Ending.CHECKED, Ending.FAILED) and self._one(
            "SELECT 做于 FROM 部门 WHERE 标识 = ?", result.key
        )
        if not told:
            return
        total = self._one("SELECT 本年 FROM 金额 WHERE 标识 = ? AND 口径 = ?", result.key, TOTAL)
        now = next((amount.now for amount in result.summary.amounts if amount.kind == TOTAL), None)
        if total is not None and now is not None and now != total:
            self._change(result.key, TOTAL, str(total), str(now))
        files = {name: digest for name, digest in self._documents(result.key)}
        made = documents_in(result.files)
        if files and made and files != made:
            self._change(result.key, "文档", f"{len(files)}个文件", f"{len(made)}个文件")

    def _documents(self, key: str) -> Iterator[tuple[str, str]]:
        rows = self.connection.execute("SELECT 单位, 名称, 大小, 校验 FROM 文件 WHERE 标识 = ?", (key,))
        yield from documents_in(FileLine(*row) for row in rows).items()

    def _one(self, query: str, *values: object) -> Any:
        row = self.connection.execute(query, values).fetchone()
        return row[0] if row else None

    def _change(self, key: str, what: str, before: str, now: str) -> None:
        self.connection.execute("INSERT INTO 变动 VALUES (?, ?, ?, ?, ?)", (self.run, key, what, before, now))

    def settle(self) -> None:
        """Say where each department stands, now that all has been recorded."""
        rows = self.connection.execute(
            "SELECT 标识, 状态, 结果, 查过, 做自, 公开日期, 公开时, 错误, 警告 FROM 部门"
        ).fetchall()
        for key, before, ending, asked, made, published, snapshot, errors, warnings in rows:
            documents = dict(self._documents(key))
            snapshot = still_published(published, snapshot, documents)
            standing = Standing(ending, asked, made, bool(published), snapshot, documents, errors, warnings)
            state = state_of(standing)
            self.connection.execute("UPDATE 部门 SET 状态 = ?, 公开时 = ? WHERE 标识 = ?", (state.value, snapshot, key))
            if before and before != state.value:
                self._change(key, "状态", before, state.value)

    def states(self) -> Mapping[str, State]:
        """Where each department stands, by its key."""
        return {key: State(state) for key, state in self.connection.execute("SELECT 标识, 状态 FROM 部门")}

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """What a query gives, row by row."""
        yield from self.connection.execute(query)

    def findings(self, findings: Iterable[Finding]) -> None:
        """These are what rules across departments find now."""
        self.connection.execute("DELETE FROM 跨部门")
        rows = ((one.code, one.severity, "、".join(one.keys), one.message, one.remedy) for one in findings)
        self.connection.executemany("INSERT INTO 跨部门 VALUES (?, ?, ?, ?, ?)", rows)

    def end(self, now: str) -> None:
        """The run came to its end."""
        self.connection.execute("UPDATE 运行 SET 结束 = ? WHERE 编号 = ?", (now, self.run))


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

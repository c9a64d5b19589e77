"""The record of a city (汇总.sqlite): what was asked, made and found of each department, kept from run to run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.city.states import Known, documents_in, state_of, still_published
from generator.model.city import KNOWN_BEFORE, TOTAL, Ending, FileLine, Finding, Made, Member, Result, State

_OF_A_DEPARTMENT = ("文件", "问题", "金额", "项目", "单位", "往来")


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
        for key, published, snapshot in execute(
            "SELECT 标识, 公开日期, 公开时 FROM 部门 WHERE 公开日期 <> ''"
        ).fetchall():
            self._published(
                key, published, snapshot, self._documents(key)
            )  # what was published can't be what this run is going to make
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
        self._settle(result.key)
        return result

    def _record(self, result: Result, formats: Sequence[str]) -> None:
        known = result.ending in (Ending.MADE, Ending.CHECKED, Ending.FAILED)
        facts: dict[str, object] = {
            "结果": result.ending.value, "说明": result.note, "查过": result.fingerprint if known else "",
            "毫秒": result.milliseconds, "内存MB": result.memory, "做于": self.run,
        }  # fmt: skip
        if result.ending is Ending.MADE:
            facts |= {"做自": result.fingerprint, "文件格式": " ".join(formats)}
        elif result.ending not in KNOWN_BEFORE and documents_in(result.files) != self._documents(result.key):
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
        files = self._documents(result.key)
        made = documents_in(result.files)
        if files and made and files != made:
            self._change(result.key, "文档", f"{len(files)}个文件", f"{len(made)}个文件")

    def _documents(self, key: str) -> Mapping[str, str]:
        rows = self.connection.execute("SELECT 单位, 名称, 大小, 校验 FROM 文件 WHERE 标识 = ?", (key,))
        return documents_in(FileLine(*row) for row in rows)

    def _one(self, query: str, *values: object) -> Any:
        row = self.connection.execute(query, values).fetchone()
        return row[0] if row else None

    def _change(self, key: str, what: str, before: str, now: str) -> None:
        self.connection.execute("INSERT INTO 变动 VALUES (?, ?, ?, ?, ?)", (self.run, key, what, before, now))

    def settle(self) -> None:
        """Say where each department stands, now that all has been recorded."""
        for (key,) in self.connection.execute("SELECT 标识 FROM 部门").fetchall():
            self._settle(key)

    def _settle(self, key: str) -> None:
        """Said at once of whatever has been recorded: the record is true also of a run that is killed."""
        before, ending, asked, made, published, snapshot, warnings = self.connection.execute(
            "SELECT 状态, 结果, 查过, 做自, 公开日期, 公开时, 警告 FROM 部门 WHERE 标识 = ?", (key,)
        ).fetchone()
        documents = self._documents(key)
        snapshot = self._published(key, published, snapshot, documents)
        state = state_of(Known(ending, asked, made, bool(published), snapshot, documents, warnings))
        if before != state.value:
            self.connection.execute("UPDATE 部门 SET 状态 = ? WHERE 标识 = ?", (state.value, key))
        if before and before != state.value:
            self._change(key, "状态", before, state.value)

    def _published(self, key: str, published: str, before: str, documents: Mapping[str, str]) -> str:
        """The documents as they were when it was published, recorded where that is new."""
        now = still_published(published, before, documents)
        if now != before:
            self.connection.execute("UPDATE 部门 SET 公开时 = ? WHERE 标识 = ?", (now, key))
        return now

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

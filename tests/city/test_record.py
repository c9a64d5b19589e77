"""The record where something is in its way: somebody who reads it, a disk that may not be written, a file that is none of ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from generator.city import record as room
from generator.city.city import Work
from generator.city.record import RECORD, opened
from generator.model.city import Ending, Member, Order, Result
from generator.model.problem import UsageError
from tests.city.towns import SOUND, run, town_of

A = Member("001-甲", "001", "甲")


def reading(folder: Path) -> sqlite3.Connection:
    """Somebody who looks at the record, and goes on looking."""
    connection = sqlite3.connect(folder / RECORD, isolation_level=None)
    connection.execute("BEGIN")
    connection.execute("SELECT * FROM 部门").fetchall()
    return connection


def test_who_reads_the_record_is_waited_for_at_the_end(tmp_path: Path) -> None:
    """While a run is in its midst it goes on, and keeps later what it could not keep."""
    town, output = town_of(tmp_path / "全市", SOUND), tmp_path / "输出"
    run(town, output, "")

    def meanwhile(work: Work, orders: Sequence[Order]) -> Iterator[Result]:
        reader = reading(output)
        yield from map(work, orders)
        reader.close()

    assert run(town, output, runner=meanwhile).endings == {Ending.MADE: 1}
    assert run(town, output).endings == {Ending.SAME: 1}


def test_who_does_not_let_go_of_the_record_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_PATIENCE", 50)
    with opened(tmp_path, "now", False) as store:
        store.members([A])
    with (
        closing(reading(tmp_path)),
        pytest.raises(UsageError, match="有别的程序正打开着它，请关闭后再运行，会接着做。"),
        opened(tmp_path, "now", False) as store,
    ):
        store.members([A])


def test_a_record_of_another_version_is_begun_anew(tmp_path: Path) -> None:
    with opened(tmp_path, "now", False) as store:
        store.members([A])
    with closing(sqlite3.connect(tmp_path / RECORD)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("CREATE TABLE 新表 (列)")
    with opened(tmp_path, "now", False) as store:
        assert not store.before() and store.run == 1
        assert not [*store.rows("SELECT 1 FROM sqlite_master WHERE name = '新表'")]


def _damaged(path: Path) -> None:
    path.write_bytes(b"no data base at all" * 100)


def _anothers(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE 我的 (列)")


def _changed(path: Path) -> None:
    with opened(path.parent, "now", False):
        pass
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE 文件")


@pytest.mark.parametrize("spoil", [_damaged, _anothers, _changed])
def test_what_is_no_record_of_ours_is_left_alone(spoil: object, tmp_path: Path) -> None:
    path = tmp_path / RECORD
    spoil(path)  # type: ignore[operator]
    before = path.read_bytes()
    with pytest.raises(UsageError, match="它不是本程序的汇总文件，或已损坏"), opened(tmp_path, "now", False) as store:
        store.members([A])
        store.before()
    assert path.read_bytes() == before


def test_where_the_folder_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "2022").write_bytes(b"")
    with pytest.raises(UsageError, match="2022：有同名的文件或目录占着位置"), opened(tmp_path / "2022", "now", False):
        pass
    with pytest.raises(UsageError, match="没有写入的权限，或磁盘是只读的"), opened(Path("/proc/self"), "now", False):
        pass

"""A run that is ended from outside at any moment, and started again: nothing is lost, nothing half-written, nobody left behind."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from generator.city.record import RECORD
from tests.city.towns import department, files_in, spoil
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

_MANY = 40
_SEED = 14
_OF_THE_RUN = {"运行", "变动"}
_OF_ITS_TIME = {"毫秒", "内存MB", "做于"}
_PROGRAM = """
import os, sys
from itertools import count
from generator import save
from generator.cli import main

written, whole, least = count(), save._temporary, int(sys.argv.pop(1))

def full(folder):
    handle, name = whole(folder)
    if next(written) >= least:
        os.close(handle)
        handle = os.open("/dev/full", os.O_RDWR)
    return handle, name

save._temporary = full if least else whole
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every tenth department has errors, and one has no data."""
    town = tmp_path_factory.mktemp("town") / "全市"
    for number in range(1, _MANY):
        folder = department(town, f"{number:03}-局")
        if number % 10 == 0:
            spoil(folder)
    (town / f"{_MANY:03}-局").mkdir()
    return town


@pytest.fixture(scope="module")
def undisturbed(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one run makes."""
    output = tmp_path_factory.mktemp("once")
    assert begun(town, output).wait(60) == 1
    return output / "2022"


def begun(town: Path, output: Path, full_after: int = 0) -> subprocess.Popen[str]:
    """A run in a session of its own; from the so manieth file on, each worker's disk is full."""
    arguments = ["city", str(town), "--year", "2022", "--jobs", "2", "--output", str(output)]
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(full_after), *arguments, "--templates", str(ROOT / "templates")],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def after(process: subprocess.Popen[str], output: Path, departments: int) -> None:
    """Wait until a run has begun so many departments' folders."""
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        if len(list((output / "2022").glob("*-局"))) >= departments:
            return
        time.sleep(0.002)


def of_session(leader: int) -> list[int]:
    """The processes of a run that live."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session, *_ = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(session) == leader and state != "Z":
            found.append(int(path.parent.name))
    return found


def rows_in(output: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the record but what is of a run and its time."""
    with closing(sqlite3.connect(output / RECORD)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {}
        for table in sorted({*tables} - _OF_THE_RUN):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            wanted = ", ".join(name for name in columns if name not in _OF_ITS_TIME)
            found[table] = sorted(connection.execute(f"SELECT {wanted} FROM {table}").fetchall(), key=repr)
        return found


def killed_all(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGKILL)


def killed_parent(process: subprocess.Popen[str]) -> None:
    process.kill()


def killed_worker(process: subprocess.Popen[str]) -> None:
    workers = [one for one in of_session(process.pid) if one != process.pid]
    if workers:
        os.kill(random.Random(process.pid).choice(workers), signal.SIGKILL)  # noqa: S311 - no secret


def interrupted(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGINT)


def interrupted_twice(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGINT)
    time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)


def terminated(process: subprocess.Popen[str]) -> None:
    process.terminate()


def nothing(process: subprocess.Popen[str]) -> None:
    """The disk is full."""


_ENDS: dict[str, tuple[Callable[[subprocess.Popen[str]], None], set[int]]] = {
    "kill -9 of all": (killed_all, {-9}),
    "kill -9 of the parent": (killed_parent, {-9}),
    "kill -9 of a worker": (killed_worker, {1}),
    "Ctrl-C": (interrupted, {130}),
    "Ctrl-C twice": (interrupted_twice, {130}),
    "SIGTERM": (terminated, {130}),
    "full disk": (nothing, {2}),
}


@pytest.mark.parametrize("end", _ENDS)
def test_started_again_it_ends_as_one_run(end: str, town: Path, undisturbed: Path, tmp_path: Path) -> None:
    expected, chance = files_in(undisturbed), random.Random(f"{_SEED}{end}")  # noqa: S311 - no secret
    how, codes = _ENDS[end]
    ended = set[int]()
    for _ in range(2):
        process = begun(town, tmp_path, chance.randrange(1, 20) if how is nothing else 0)
        after(process, tmp_path, len(list((tmp_path / "2022").glob("*-局"))) + chance.randrange(1, 15))
        time.sleep(chance.random() / 50)
        how(process)
        said, told = process.communicate(timeout=60)
        ended.add(process.returncode)
        assert "Traceback" not in told and (how is not nothing or "磁盘已满" in told)
        until = time.monotonic() + 10
        while of_session(process.pid) and time.monotonic() < until:
            time.sleep(0.02)
        assert not of_session(process.pid)
        there = {name: data for name, data in files_in(tmp_path / "2022").items() if name.endswith((".docx", ".txt"))}
        assert there == {name: expected[name] for name in there}
    assert ended & codes and ended <= codes | {1}  # it may have been over before
    process = begun(town, tmp_path)
    assert process.wait(60) == 1
    assert files_in(tmp_path / "2022") == expected
    assert rows_in(tmp_path / "2022") == rows_in(undisturbed)
    assert not [*tmp_path.rglob("*.tmp"), *tmp_path.rglob("*-journal")]
    shutil.rmtree(tmp_path)

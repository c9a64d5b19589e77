"""Workers as processes: all results, whoever dies; nobody left behind, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from generator.city import pool
from generator.city.pool import LARGEST, in_processes
from generator.model.city import Ending, Member, Order, Result
from generator.model.problem import UsageError
from tests.conftest import ROOT

Work = Callable[[Order], Result]


def orders(number: int) -> list[Order]:
    return [Order(Member(f"{at:03}", "", ""), size=at % 7) for at in range(number)]


def done(order: Order, memory: int = 0) -> Result:
    return Result(order.member.key, Ending.MADE, note=str(os.getpid()), memory=memory)


def deadly(keys: dict[str, str], marks: Path, order: Order) -> Result:
    """Kills its worker: ``always`` or only the first time."""
    key = order.member.key
    how = keys.get(key, "")
    mark = marks / key
    if how == "always" or (how == "once" and not mark.exists()):
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return done(order)


def full(order: Order) -> Result:
    if order.member.key == "003":
        raise UsageError("磁盘已满")
    return done(order)


def mistaken(order: Order) -> Result:
    return Result(order.member.key, Ending.MADE, note=(lambda: "")) if order.member.key == "003" else done(order)  # type: ignore[arg-type]


def slow(marks: Path, order: Order) -> Result:
    time.sleep(0.3)
    (marks / order.member.key).touch()
    return done(order)


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_every_order_once_and_the_large_ones_first(jobs: int) -> None:
    results = list(in_processes(done, orders(40), jobs))
    assert sorted(result.key for result in results) == [f"{at:03}" for at in range(40)]
    assert len({result.note for result in results}) <= jobs and str(os.getpid()) not in {one.note for one in results}
    assert results[0].key in {"006", "013", "020", "027", "034"}
    assert list(in_processes(done, [], jobs)) == []


def test_who_dies_is_replaced_and_who_kills_twice_is_set_aside(tmp_path: Path) -> None:
    work = partial(deadly, {"004": "always", "011": "once"}, tmp_path)
    results = list(in_processes(work, orders(20), 2))
    assert len(results) == len({result.key for result in results}) == 20
    aside = [result for result in results if result.ending is Ending.ASIDE]
    assert [(one.key, one.note) for one in aside] == [("004", "做它的进程2次没有做完就没了（内存不够？）")]


def test_what_would_befall_all_ends_the_run() -> None:
    with pytest.raises(UsageError, match="磁盘已满"):
        list(in_processes(full, orders(20), 2))


def test_a_result_that_cannot_be_sent_costs_one_department() -> None:
    results = {result.key: result for result in in_processes(mistaken, orders(8), 2)}
    assert len(results) == 8 and results["003"].ending is Ending.BROKEN


def test_a_worker_that_has_grown_makes_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "held", lambda: 0)
    results = list(in_processes(partial(done, memory=LARGEST + 1), orders(4), 1))
    assert len({result.note for result in results}) == 4


def test_what_a_worker_was_born_with_is_not_held_against_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who runs a city from a large program (a notebook) would have a fresh worker for each department."""
    monkeypatch.setattr(pool, "held", lambda: LARGEST)
    results = list(in_processes(partial(done, memory=LARGEST + 1), orders(8), 1))
    assert len({result.note for result in results}) == 1


def test_whoever_stops_listening_leaves_nobody_behind(tmp_path: Path) -> None:
    results = in_processes(partial(slow, tmp_path), orders(20), 2)
    worker = int(next(results).note)
    assert isinstance(results, Iterator)
    results.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


_PROGRAM = """
import sys
from functools import partial
from pathlib import Path
from generator.city.pool import in_processes
from tests.city.test_pool import orders, slow
try:
    for result in in_processes(partial(slow, Path(sys.argv[1])), orders(60), 2):
        print(result.key, result.note, flush=True)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_signal_in_the_middle(number: signal.Signals, tmp_path: Path) -> None:
    """To the whole group, as a terminal sends Ctrl-C; -9 to the parent alone."""
    command = [sys.executable, "-c", _PROGRAM, str(tmp_path)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    first = process.stdout.readline()
    worker = int(first.split()[1])
    os.kill(process.pid, number) if number == signal.SIGKILL else os.killpg(process.pid, number)
    said = (first + process.stdout.read()).splitlines()
    process.wait(10)
    process.stdout.close()
    if number != signal.SIGKILL:
        assert said[-1] == "interrupted" and len(said) < 10
        assert {line.split()[0] for line in said[:-1]} == {path.name for path in tmp_path.iterdir()}
    until = time.monotonic() + 5
    while _lives(worker) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _lives(worker)


def _lives(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return False

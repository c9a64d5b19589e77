"""Workers as processes: all results, whoever dies; nobody left behind, however it ends."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.city import pool
from generator.city.memory import most_held
from generator.city.pool import LARGEST, in_processes, in_turn
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


def heavy(order: Order) -> Result:
    """More than a pipe takes, in both directions."""
    return done(order)._replace(note="词" * 1_000_000)


def held(order: Order) -> Result:
    return done(order, most_held())


def once(marks: Path, order: Order) -> Result:
    """Fails where somebody has begun it before."""
    (marks / order.member.key).touch(exist_ok=False)
    time.sleep(0.02)
    return done(order, LARGEST + 1)


def endless(marks: Path, order: Order) -> Result:
    """With a file and a program that are to be cleared away."""
    with TemporaryDirectory(dir=marks), subprocess.Popen(["sleep", "60"]) as program:
        (marks / f"{program.pid}.at").touch()
        try:
            time.sleep(60)
        finally:
            program.kill()
    return done(order)


def slow(marks: Path, order: Order) -> Result:
    time.sleep(0.3)
    (marks / order.member.key).touch()
    return done(order)


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_every_order_is_done_once(jobs: int) -> None:
    results = list(in_processes(done, orders(40), jobs))
    assert sorted(result.key for result in results) == [f"{at:03}" for at in range(40)]
    assert len({result.note for result in results}) <= jobs and str(os.getpid()) not in {one.note for one in results}
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


def test_a_worker_that_has_grown_makes_way() -> None:
    results = list(in_processes(partial(done, memory=LARGEST + 1), orders(4), 1))
    assert len({result.note for result in results}) == 4


def test_a_worker_that_has_grown_is_not_taken_from_its_next_department(tmp_path: Path) -> None:
    results = list(in_processes(partial(once, tmp_path), orders(12), 3))
    assert {result.ending for result in results} == {Ending.MADE}


def test_the_largest_departments_go_to_different_workers(tmp_path: Path) -> None:
    first, second = in_processes(partial(slow, tmp_path), orders(4)[2:], 2)
    assert first.note != second.note


def test_large_orders_and_results_do_not_wait_for_each_other() -> None:
    large = [order._replace(packed=bytes(1_000_000)) for order in orders(6)]
    assert len(list(in_processes(heavy, large, 2))) == 6


def test_what_the_parent_holds_is_not_counted_as_a_workers() -> None:
    everyone = [bytes(100) + bytes([at % 256]) for at in range(700_000)]
    results = list(in_processes(held, orders(3), 1))
    assert everyone and len({result.note for result in results}) == 1
    assert 0 < results[0].memory < LARGEST


def test_a_system_that_refuses_a_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(multiprocessing.get_context("fork").Process, "start", refuse)
    with pytest.raises(UsageError, match="开不了做事的进程（.*）。请用 --jobs 少开几个"):
        list(in_processes(done, orders(3), 2))


@pytest.mark.slow
def test_workers_that_are_not_forked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows."""
    monkeypatch.setattr(pool, "_CONTEXT", multiprocessing.get_context("spawn"))
    results = list(in_processes(partial(deadly, {"001": "always"}, tmp_path), orders(6), 2))
    assert [result.key for result in results if result.ending is Ending.ASIDE] == ["001"] and len(results) == 6


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
from tests.city import test_pool
try:
    for result in in_processes(partial(getattr(test_pool, sys.argv[2]), Path(sys.argv[1])), test_pool.orders(60), 2):
        print(result.key, result.note, flush=True)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_signal_in_the_middle(number: signal.Signals, tmp_path: Path) -> None:
    """To the whole group, as a terminal sends Ctrl-C; -9 to the parent alone."""
    command = [sys.executable, "-c", _PROGRAM, str(tmp_path), "slow"]
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
    assert _soon(lambda: not _lives(worker))


@pytest.mark.parametrize("numbers", [[signal.SIGINT, signal.SIGTERM, signal.SIGINT], [signal.SIGKILL]])
def test_a_worker_breaks_off_when_all_is_over(numbers: list[signal.Signals], tmp_path: Path) -> None:
    """In the middle of a department: its temporary files and the program that it waits for go too."""
    command = [sys.executable, "-c", _PROGRAM, str(tmp_path), "endless"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert _soon(lambda: len(list(tmp_path.glob("*.at"))) == 2)
    for number in numbers:
        process.send_signal(number)
        time.sleep(0.05)
    said, _ = process.communicate(timeout=10)
    assert said == ("" if numbers == [signal.SIGKILL] else "interrupted\n")
    programs = [int(path.stem) for path in tmp_path.glob("*.at")]
    assert _soon(lambda: not any(map(_lives, programs)) and not [path for path in tmp_path.iterdir() if path.is_dir()])


def _soon(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + 10
    while not holds() and time.monotonic() < until:
        time.sleep(0.05)
    return holds()


def _lives(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return False


def test_some_of_middle_size_come_first_then_the_largest() -> None:
    """A few departments prove the relations of all: that is cheap on small ones, and none of the large ones is left for the end."""
    orders = [Order(Member(f"{size:03}", "", ""), size=size) for size in range(12)]
    assert [one.size for one in in_turn(orders, 2)] == [5, 4, 3, 11, 10, 9, 8, 7, 6, 2, 1, 0]
    assert [one.size for one in in_turn(orders[:3], 2)] == [2, 1, 0] and in_turn([], 0) == []

"""The work of a city on one machine: a few processes, each of which loads a place once and does one department after the other."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from pickle import PicklingError
from typing import Any

from generator.city.memory import after_each, begin
from generator.model.city import Ending, Order, Result
from generator.model.failure import why_not_read
from generator.model.problem import UsageError

Work = Callable[[Order], Result]
STRIKES = 2
"""How many workers a department may bring down."""
LARGEST = 110
"""MB: a worker that has held as much makes way for a fresh one."""
FIRST = 40
"""Departments of middle size that each worker is given before the large ones."""
_MOST = 60 if sys.platform == "win32" else 1_000
"""Workers: Windows waits for 63 pipes at once."""
_LOOK = 0.2
"""Seconds after which the parent looks whether it is to stop."""
_PDEATHSIG = 1
_CONTEXT: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def in_processes(work: Work, orders: Sequence[Order], jobs: int = 0) -> Iterator[Result]:
    """The results of all orders, as they come.

    ``jobs`` 0: as many processes as this process may use cores. A worker that dies is replaced; the department it was at is tried once more, then
    it is set aside (ASIDE). After Ctrl-C or SIGTERM each worker ends what it is at, and KeyboardInterrupt follows the last result; a second one
    interrupts at once. Raises UsageError where a worker can't go on (a full disk) or can't be started. No process stays behind, whatever happens.
    """
    with stoppable() as stop:
        number = min(jobs or cores(), len(orders), _MOST)
        pool = _Pool(work, in_turn(orders, number))
        try:
            pool.hire(number)
            yield from pool.results(stop)
        finally:
            pool.end()
        if stop.is_set():
            raise KeyboardInterrupt


def in_turn(orders: Sequence[Order], jobs: int) -> list[Order]:
    """Large departments first, so that none is left over at the end; but before them some of middle size.

    What these prove of the relations between tables (work/proof.py) is not asked of the large ones, which would take more time and memory.
    """
    by_size = sorted(orders, key=lambda order: -order.size)
    start = len(by_size) // 2
    end = start + min(FIRST * jobs, len(by_size) // 4)
    return [*by_size[start:end], *by_size[:start], *by_size[end:]]


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker:
    """A process, the parent's end of the pipe to it, and the order it is at.

    It never has a second one: what waits in a pipe could be done by another, and two full pipes would wait for each other.
    """

    def __init__(self, process: Any, pipe: Connection) -> None:
        self.process, self.pipe, self.at = process, pipe, None

    process: Any
    pipe: Connection
    at: Order | None


class _Pool:
    """The workers of one run, and what is still to be done."""

    def __init__(self, work: Work, orders: Sequence[Order]) -> None:
        self.work, self.left, self.strikes = work, deque(orders), dict[str, int]()
        self.workers: list[_Worker] = []

    def hire(self, number: int) -> None:
        """So many more workers. Raises UsageError where the system refuses one."""
        for _ in range(number):
            self._start()

    def results(self, stop: threading.Event) -> Iterator[Result]:
        """Until nothing is left; with ``stop`` only until the workers have done what they are at."""
        while True:
            for worker in self.workers:
                self._feed(worker, stop)
            by_pipe: dict[Any, _Worker] = {worker.pipe: worker for worker in self.workers if worker.at}
            if not by_pipe:
                return
            for pipe in wait(list(by_pipe), _LOOK):
                said = self._heard(by_pipe[pipe], stop)
                if said is not None:
                    yield said

    def end(self) -> None:
        """No worker is left. One that is at work breaks off: its files are whole all the same."""
        for worker in self.workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join(1)
            worker.process.kill()
            worker.process.join()
        self.workers.clear()

    def _start(self) -> None:
        ours, theirs = _CONTEXT.Pipe()
        others = [ours, *(worker.pipe for worker in self.workers)] if _CONTEXT.get_start_method() == "fork" else []
        process = _CONTEXT.Process(target=_worker, args=(self.work, theirs, others, os.getpid()), daemon=True)
        try:
            process.start()
        except OSError as error:
            ours.close()
            raise UsageError(
                f"开不了做事的进程（{why_not_read(error)}）。请用 --jobs 少开几个，再运行会接着做。"
            ) from error
        finally:
            theirs.close()
        self.workers.append(_Worker(process, ours))

    def _feed(self, worker: _Worker, stop: threading.Event) -> None:
        if worker.at or not self.left or stop.is_set():
            return
        worker.at = self.left.popleft()
        with suppress(OSError):  # it has died: that is heard of at its pipe
            worker.pipe.send(worker.at)

    def _heard(self, worker: _Worker, stop: threading.Event) -> Result | None:
        """What a worker says of the order it was at; it goes on with the next before anybody looks at that."""
        order, worker.at = worker.at, None
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            self._replace(worker)
            return self._died(order) if order else None
        if isinstance(said, str):
            raise UsageError(said)
        if said.memory > LARGEST:
            self._replace(worker)
        else:
            self._feed(worker, stop)
        return said  # type: ignore[no-any-return]

    def _died(self, order: Order) -> Result | None:
        """Tried again when all others are begun: it may have been too much beside another large one."""
        key = order.member.key
        self.strikes[key] = strikes = self.strikes.get(key, 0) + 1
        if strikes >= STRIKES:
            return Result(key, Ending.ASIDE, note=f"做它的进程{strikes}次没有做完就没了（内存不够？）")
        self.left.append(order)
        return None

    def _replace(self, worker: _Worker) -> None:
        self.workers.remove(worker)
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()
        self._start()


def _worker(work: Work, pipe: Connection, others: Sequence[Connection], parent: int) -> None:
    """What a worker does until its parent closes the pipe or is gone."""
    for other in others:  # else it would hold open what tells its siblings that the parent is gone
        other.close()
    _go_with(parent)
    begin()
    with suppress(EOFError, OSError):
        while True:
            order = pipe.recv()
            try:
                pipe.send(answered(work, order))
            except (TypeError, AttributeError, ValueError, PicklingError) as error:  # nothing of it was sent
                pipe.send(_mistake(order, error))
            after_each()


def _go_with(parent: int) -> None:
    """Signals to the whole group are the parent's; SIGTERM is its word that all is over, and the system's that it is gone (Linux)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    if sys.platform != "win32":
        os.setpgid(0, 0)
    if sys.platform == "linux":
        with suppress(ImportError, AttributeError):
            import ctypes

            ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            _leave()


def _leave(*_: object) -> None:
    """With all that is to be cleared away: temporary files, programs that were started."""
    raise SystemExit


def answered(work: Work, order: Order) -> Result | str:
    """The result, or why nobody can go on: what a worker of any kind says of an order."""
    try:
        return work(order)
    except UsageError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - a mistake of ours between departments: told as one's, the worker goes on
        return _mistake(order, error)


def _mistake(order: Order, error: Exception) -> Result:
    return Result(order.member.key, Ending.BROKEN, note=f"程序里有没有料到的错误：{error!r}")


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """Meanwhile the first Ctrl-C or SIGTERM only sets the event; the second interrupts, and who ends then is left in peace."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def heard(number: int, frame: object) -> None:
        if stop.is_set():
            for each in before:
                signal.signal(each, signal.SIG_IGN)
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, heard)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)

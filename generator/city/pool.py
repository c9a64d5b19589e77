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
from typing import Any, NamedTuple

from generator.city.memory import after_each, begin, held
from generator.model.city import Ending, Order, Result
from generator.model.problem import UsageError

Work = Callable[[Order], Result]
AHEAD = 2
"""Orders that a worker has at once: while it does one, the next is there already."""
STRIKES = 2
"""How many workers a department may bring down."""
LARGEST, GROWN = 110, 50
"""MB: a worker that has held as much makes way for a fresh one; where its parent brought it most of that, one that has grown by so much."""
_LOOK = 0.2
"""Seconds after which the parent looks whether it is to stop."""
_CONTEXT: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def in_processes(work: Work, orders: Sequence[Order], jobs: int = 0) -> Iterator[Result]:
    """The results of all orders, as they come; large departments first, so that none is left over at the end.

    ``jobs`` 0: as many processes as this process may use cores. A worker that dies is replaced; the department it was at is tried once more, then
    it is set aside (ASIDE). After Ctrl-C or SIGTERM each worker ends what it is at, and KeyboardInterrupt follows the last result; a second one
    interrupts at once. Raises UsageError where a worker can't go on (a full disk). No process stays behind, whatever happens.
    """
    pool = _Pool(work, sorted(orders, key=lambda order: -order.size), min(jobs or cores(), len(orders)))
    with stoppable() as stop:
        try:
            yield from pool.results(stop)
        finally:
            pool.end()
        if stop.is_set():
            raise KeyboardInterrupt


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker(NamedTuple):
    """A process, the parent's end of the pipe to it, and the orders it has, the one it is at first."""

    process: Any
    pipe: Connection
    held: deque[Order]


class _Pool:
    """The workers of one run, and what is still to be done."""

    def __init__(self, work: Work, orders: Sequence[Order], jobs: int) -> None:
        self.work, self.left, self.strikes = work, deque(orders), dict[str, int]()
        self.workers: list[_Worker] = []
        self.largest = max(LARGEST, held() + GROWN)
        for _ in range(jobs):
            self._start()

    def results(self, stop: threading.Event) -> Iterator[Result]:
        """Until nothing is left; with ``stop`` only until the workers have done what they are at."""
        while any(worker.held for worker in self.workers) or (self.left and not stop.is_set()):
            for worker in list(self.workers):
                self._feed(worker, stop)
            by_pipe = {worker.pipe: worker for worker in self.workers}
            for pipe in wait(list(by_pipe), _LOOK):
                yield from self._heard(by_pipe[pipe])  # type: ignore[index]

    def end(self) -> None:
        """No worker is left. One that waits for orders ends by itself, one that is at work is killed: its files are whole all the same."""
        for worker in self.workers:
            worker.pipe.close()
            if worker.held:
                worker.process.kill()
        for worker in self.workers:
            worker.process.join(1)
            worker.process.kill()
            worker.process.join()
        self.workers.clear()

    def _start(self) -> None:
        ours, theirs = _CONTEXT.Pipe()
        others = [ours, *(worker.pipe for worker in self.workers)] if _CONTEXT.get_start_method() == "fork" else []
        process = _CONTEXT.Process(target=_worker, args=(self.work, theirs, others), daemon=True)
        process.start()
        theirs.close()
        self.workers.append(_Worker(process, ours, deque()))

    def _feed(self, worker: _Worker, stop: threading.Event) -> None:
        """Who has been at a department that brought a worker down does that alone."""
        while self.left and not stop.is_set() and len(worker.held) < AHEAD:
            alone = any(self.strikes.get(order.member.key) for order in (*worker.held, self.left[0]))
            if alone and worker.held:
                return
            with suppress(OSError):  # it has died: that is heard of at its pipe
                worker.pipe.send(self.left[0])
            worker.held.append(self.left.popleft())

    def _heard(self, worker: _Worker) -> Iterator[Result]:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._died(worker)
            return
        if isinstance(said, str):
            raise UsageError(said)
        worker.held.popleft()
        yield said
        if said.memory > self.largest:
            self._replace(worker)

    def _died(self, worker: _Worker) -> Iterator[Result]:
        if worker.held:
            order = worker.held.popleft()
            self.strikes[order.member.key] = strikes = self.strikes.get(order.member.key, 0) + 1
            if strikes >= STRIKES:
                yield Result(order.member.key, Ending.ASIDE, note=f"做它的进程{strikes}次没有做完就没了（内存不够？）")
            else:
                self.left.append(order)
        self._replace(worker)

    def _replace(self, worker: _Worker) -> None:
        """By a fresh one; what it has not done goes to others: a file that it may be writing is whole or not there."""
        self.workers.remove(worker)
        self.left.extendleft(reversed(worker.held))
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()
        self._start()


def _worker(work: Work, pipe: Connection, others: Sequence[Connection]) -> None:
    """What a worker does until its parent closes the pipe or is gone."""
    for other in others:  # else it would hold open what tells its siblings that the parent is gone
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # both go to the whole group; the parent says when it is over
    begin()
    with suppress(EOFError, OSError):
        while True:
            order = pipe.recv()
            try:
                pipe.send(work(order))
            except OSError:
                raise
            except UsageError as error:
                pipe.send(str(error))
                return
            except Exception as error:  # noqa: BLE001 - a mistake of ours between departments: told as one's, the worker goes on
                pipe.send(Result(order.member.key, Ending.BROKEN, note=f"程序里有没有料到的错误：{error!r}"))
            after_each()


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """Meanwhile the first Ctrl-C or SIGTERM only sets the event; the second interrupts as ever."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def heard(number: int, frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, heard) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

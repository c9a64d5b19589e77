"""The work of a city on many machines: batches of orders as futures of a Dask cluster that somebody else started and looks after."""

from __future__ import annotations

import gc
import logging
import pickle
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import uuid4

from generator.city.batch import MARK, Done, Given, Mark, batch, weight, why_not
from generator.city.packing import packed_order
from generator.city.place import place_of
from generator.city.pool import Work, stoppable
from generator.model.city import Ending, Order, Plan, Result
from generator.model.failure import why_not_written
from generator.model.problem import UsageError

BATCH = 600_000
"""Bytes of data in a batch: a second's work or two. Dask needs some milliseconds for each, so its share is below a hundredth."""
_AT_LEAST = 5_000
"""Bytes that an order counts for, however little there is to read."""
_SHARE = 4
"""Batches that each worker shall still get of what is left: they become small towards the end, so that all end together."""
AHEAD = 2
"""Batches that a worker has at once: while it does one, the next is there already."""
PATIENCE = 60.0
"""Seconds without any worker, after which nobody is waited for any more."""
REACHED = 10.0
"""Seconds within which a scheduler answers."""
_COUNT = 2.0
"""Seconds after which the workers are counted again."""
_LOOKED_AT = 10
"""Departments of which a worker must see the same data as we do before it begins: a copy of another day would make other documents."""
_LOOK = 0.2
"""Seconds after which the run looks whether it is to stop."""


def on_cluster(work: Work, orders: Sequence[Order], scheduler: str, plan: Plan) -> Iterator[Result]:
    """The results of all orders, as they come; large departments first.

    ``plan`` is the one that ``work`` follows: where data travels, each order is packed just before it is sent; otherwise all
    folders must be the same for every worker. A worker that dies is made up for by Dask; a department with which, alone in the cluster, as many die as the
    scheduler allows is set aside (ASIDE). After Ctrl-C or SIGTERM what has begun is finished, and KeyboardInterrupt follows the last result.

    Raises UsageError where there is no Dask, no scheduler or no worker; where a worker has another program or does not see the folders; and where a
    worker can't go on (a full disk).
    """
    with _client(scheduler) as client, _marks(plan, orders) as marks, stoppable() as stop:
        given = Given(work, plan, marks)
        for address, wrong in client.run(why_not, plan.program, marks, on_error="return").items():
            if wrong:
                raise UsageError(wrong if isinstance(wrong, str) else f"工作机 {address} {_unable(wrong)}")
        run = _Run(client, given, sorted(orders, key=lambda order: -order.size))
        try:
            yield from run.results(stop)
        finally:
            run.end()
        if stop.is_set():
            raise KeyboardInterrupt


@contextmanager
def _client(scheduler: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("没有装 Dask。请运行 pip install 'shuoming[dask]'，再试一次。") from error
    for name in ("distributed", "distributed.client"):  # what they say in English is said here in Chinese
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    collecting = gc.isenabled()
    gc.enable()  # a run may take hours, and what Dask leaves behind are cycles
    try:
        try:
            client: Any = Client(scheduler, timeout=REACHED, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError, ImportError) as error:
            raise UsageError(
                f"连不上调度器 {scheduler}。请看那台电脑上 dask scheduler 是否开着，地址像 tcp://192.168.1.10:8786 这样写。"
            ) from error
        try:
            _await_worker(client)
            yield client
        finally:
            client.close(timeout=REACHED)
    finally:
        if not collecting:
            gc.disable()


def _await_worker(client: Any) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise UsageError(_NOBODY) from error


_LOST = "调度器停了，或集群被重启了。已经做好的都记下了，再运行会接着做。"
_NOBODY = (
    f"等了{PATIENCE:.0f}秒，集群里一台工作机也没有。请在各台电脑上运行 dask worker（写调度器的地址），再运行会接着做。"
)


@contextmanager
def _marks(plan: Plan, orders: Sequence[Order]) -> Iterator[tuple[Mark, ...]]:
    """What every worker must see where nothing travels.

    A file that was just written to the output (a folder of the same name on a worker's own disk has none), the profiles, and the
    data of some departments.
    """
    if plan.travels:
        yield ()
        return
    output, templates = Path(plan.output), Path(plan.templates)
    if not (output.is_absolute() and templates.is_absolute()):
        raise UsageError(f"{plan.output}、{plan.templates} 要写全路径，别的电脑才找得到。")
    for old in output.glob(f"{MARK}*"):  # of a run that was killed
        old.unlink(missing_ok=True)
    mark = output / f"{MARK}{uuid4().hex}"
    try:
        mark.touch()
    except OSError as error:
        raise UsageError(f"无法写入 {output.as_posix()}：{why_not_written(error)}。") from error
    there = [order for order in orders if order.size]
    some = [place_of(plan, _absolute(order).member).data for order in there[:: len(there) // _LOOKED_AT + 1]]
    try:
        folders = [templates] * templates.is_dir() + [data / str(plan.year) for data in some]
        yield (Mark(mark.as_posix(), 0), *(Mark(folder.as_posix(), weight(folder)) for folder in folders))
    finally:
        mark.unlink(missing_ok=True)


class _Run:
    """The batches of one run: what is left, what is with the workers, and which orders may have brought workers down."""

    def __init__(self, client: Any, given: Given, orders: Sequence[Order]) -> None:
        from distributed import as_completed

        self.client, self.plan, self.given = client, given.plan, pickle.dumps(given)
        self.left, self.bytes = deque(orders), sum(map(_counts, orders))
        self.suspects, self.flying = deque[Order](), dict[Any, tuple[Order, ...]]()
        self.ended: Any = as_completed([], loop=client.loop, with_results=True, raise_errors=False)  # type: ignore[no-untyped-call]
        self.alone: Any = None
        self.threads, self.counted, self.seen = 1, 0.0, time.monotonic()

    def results(self, stop: threading.Event) -> Iterator[Result]:
        """Until nothing is left; with ``stop`` only until the workers have done what they are at."""
        stopping = False
        while self.flying or ((self.left or self.suspects) and not stop.is_set()):
            if not stop.is_set():
                yield from self._feed()
            elif not stopping:
                stopping = True
                self._call_off()
            self._look_for_workers()
            with suppress(Empty):
                yield from self._taken(*self.ended.queue.get(timeout=_LOOK))

    def end(self) -> None:
        """Nothing of this run is left with the cluster; what a worker is at it ends, and nobody hears of it."""
        if self.flying:
            self.client.cancel(list(self.flying), force=True)
            self.flying.clear()

    def _feed(self) -> Iterator[Result]:
        """Suspects one at a time, and with nothing beside them: then it is known who brings workers down."""
        if self.suspects:
            if not self.flying:
                self.alone = self._send((self.suspects.popleft(),))
            return
        while self.left and len(self.flying) < AHEAD * self.threads:
            ready = list[Order]()
            for order in self._next():
                sent = packed_order(self.plan, order) if self.plan.travels else _absolute(order)
                if isinstance(sent, Result):
                    yield sent
                else:
                    ready.append(sent)
            if ready:
                self._send(tuple(ready))

    def _next(self) -> Iterator[Order]:
        """The orders of the next batch."""
        room = min(BATCH, self.bytes // (_SHARE * self.threads))
        while self.left:
            yield (order := self.left.popleft())
            self.bytes -= _counts(order)
            room -= _counts(order)
            if room < _counts(order):
                return

    def _send(self, orders: tuple[Order, ...]) -> Any:
        """As bytes: the scheduler, which only passes them on, has nothing to build of them."""
        key = f"shuoming-{uuid4().hex}"
        future = self.client.submit(batch, self.given, pickle.dumps(orders), key=key, pure=False)
        self.flying[future] = orders
        self.ended.add(future)
        return future

    def _taken(self, future: Any, result: Any) -> Iterator[Result]:
        from distributed import KilledWorker

        orders = self.flying.pop(future, None)
        if orders is None:  # called off
            return
        if future.status == "finished":
            done: Done = pickle.loads(result)  # noqa: S301 - of our own worker
            yield from done.results
            if done.wrong:
                raise UsageError(done.wrong)
        elif future.status != "error":
            raise UsageError(_LOST)
        elif not isinstance(error := result[1], KilledWorker):
            raise UsageError(f"有一台电脑{_unable(error)}") from error
        elif future is self.alone:
            yield Result(orders[0].member.key, Ending.ASIDE, note="做它的工作机一再没有做完就没了（内存不够？）")
        else:
            self.suspects.extend(orders)

    def _call_off(self) -> None:
        """What no worker has begun."""
        begun = {key for keys in self.client.call_stack(futures=list(self.flying)).values() for key in keys}
        waiting = [future for future in self.flying if future.key not in begun]
        for future in waiting:
            del self.flying[future]
        self.client.cancel(waiting)

    def _look_for_workers(self) -> None:
        """How many there are now: they may come and go while it runs."""
        now = time.monotonic()
        if now - self.counted < _COUNT:
            return
        try:
            self.threads = sum(self.client.nthreads().values())
        except OSError as error:
            raise UsageError(_LOST) from error
        self.counted = now
        if self.threads:
            self.seen = now
        elif now - self.seen > PATIENCE:
            raise UsageError(_NOBODY)


def _counts(order: Order) -> int:
    return order.size + _AT_LEAST


def _absolute(order: Order) -> Order:
    """Its folder as it is called wherever somebody stands."""
    folder = order.member.folder
    return order._replace(member=order.member._replace(folder=Path(folder).absolute().as_posix())) if folder else order


def _unable(error: BaseException) -> str:
    """Why a worker did not even get to the work; Dask wraps what went wrong, and leaves only its words."""
    if any(words in repr(error) for words in ("No module named", "deserialization")):
        return "没有装本程序。请在每一台（包括调度器那台）装上同一版本的 shuoming[dask]，在装了它的环境里启动。"
    return f"做不了：{error!r}。"

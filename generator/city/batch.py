"""What a worker of a cluster does for a batch of orders: the same as for one, many times; it and the client speak in bytes."""

from __future__ import annotations

import gc
import pickle
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from socket import gethostname
from typing import NamedTuple

from generator.city.fingerprint import program
from generator.city.memory import after_each
from generator.city.place import place_of
from generator.city.pool import Work, answered
from generator.model.city import Plan, Result

MARK = ".集群-"
"""How a file begins by which a worker knows the city's output."""
_TRIES = 3
"""How often, a second apart, a worker looks for what was just written to a shared folder."""
_ALONE = threading.Lock()
"""A worker with several threads does one department at a time all the same: what is loaded once is made for one."""
_SHARED = "共享的目录要在每台电脑上是同一个全路径；不用共享目录，就加 --travel。"


class Mark(NamedTuple):
    """A file or folder that a worker must see as the client does, by its whole path and the bytes in it."""

    path: str
    size: int


class Given(NamedTuple):
    """What a worker needs for any batch."""

    work: Work
    plan: Plan
    marks: tuple[Mark, ...]


class Done(NamedTuple):
    """What a batch came to: the results until it was through, or until what ``wrong`` says ended it."""

    results: tuple[Result, ...]
    wrong: str = ""


@cache
def why_not(wanted: str, marks: tuple[Mark, ...]) -> str:
    """Why this worker must not work: it would make other bytes, or find other data or none; empty: it may."""
    if program() != wanted:
        return f"工作机 {gethostname()} 上的程序（或 Python、zlib）与这里的不是同一版本，做出来的文件会不同。请各台装同一版本。"
    for _ in range(_TRIES):
        other = [mark for mark in marks if weight(Path(mark.path)) != mark.size]
        if not other:
            return ""
        time.sleep(1)
    path = Path(other[0].path)
    if path.name.startswith(MARK) or not path.exists():
        return f"工作机 {gethostname()} 看不到 {(path.parent if path.name.startswith(MARK) else path).as_posix()}。{_SHARED}"
    return f"工作机 {gethostname()} 上的 {path.as_posix()} 与这里的内容不同。{_SHARED}"


def weight(path: Path) -> int:
    """The bytes of a file, or of all files in a folder; -1 where there is neither."""
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return path.stat().st_size if path.is_file() else -1


def batch(given: bytes, orders: bytes) -> bytes:
    """The results of a batch, as bytes."""
    work, plan, marks = _unpacked(given)
    results = list[Result]()
    with _undisturbed():
        if wrong := why_not(plan.program, marks):
            return pickle.dumps(Done((), wrong))
        for order in pickle.loads(orders):  # noqa: S301 - of our own run
            if order.size and not plan.travels and not place_of(plan, order.member).data.is_dir():
                return pickle.dumps(
                    Done(tuple(results), f"工作机 {gethostname()} 看不到 {order.member.folder}。{_SHARED}")
                )
            said = answered(work, order)
            if isinstance(said, str):
                return pickle.dumps(Done(tuple(results), f"工作机 {gethostname()}：{said}"))
            results.append(said)
            after_each()
    return pickle.dumps(Done(tuple(results)))


@lru_cache(maxsize=1)
def _unpacked(given: bytes) -> Given:
    """Once in a run: of a travelling plan it is a large piece."""
    unpacked: Given = pickle.loads(given)  # noqa: S301 - of our own run
    return unpacked


@contextmanager
def _undisturbed() -> Iterator[None]:
    """One department at a time, and no garbage collected within one; between batches the worker is as it was."""
    with _ALONE:
        collecting = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if collecting:
                gc.enable()

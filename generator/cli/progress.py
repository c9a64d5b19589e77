"""A line on the terminal for what takes more than two seconds; nothing where nobody sits before it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import TextIO, TypeVar

AFTER = 2.0
"""Seconds; who waits less needs to be told nothing."""
_CLEARED = "\r\x1b[K"
_Item = TypeVar("_Item")


class Progress:
    """What is being done now, on the last line of a terminal, which is free again once it is told nothing.

    A stream that is no terminal (a file, a pipe, a log) gets nothing.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._lock = stream, Lock()
        self._words, self._is_due, self._is_drawn = "", False, False
        self._timer = Timer(AFTER, self._begin)
        self._timer.daemon = True
        if stream.isatty():
            self._timer.start()

    def __call__(self, words: str) -> None:
        """Now this is done: “生成网页”; nothing: other words may be written."""
        with self._lock:
            self._words = words
            self._draw()

    def end(self) -> None:
        """All is done, or something went wrong."""
        self._timer.cancel()
        with self._lock:
            self._words = ""
            self._draw()
            self._is_due = False

    def _begin(self) -> None:
        with self._lock:
            self._is_due = True
            self._draw()

    def _draw(self) -> None:
        if self._is_due and (self._words or self._is_drawn):
            self._stream.write(_CLEARED + (f"正在{self._words}……" if self._words else ""))
            self._stream.flush()
            self._is_drawn = bool(self._words)


@contextmanager
def progress(words: str = "") -> Iterator[Progress]:
    """What is done meanwhile is told on standard error, if it takes long."""
    told = Progress(sys.stderr)
    told(words)
    try:
        yield told
    finally:
        told.end()


def counted(items: Iterable[_Item], words: str) -> Iterator[_Item]:
    """The items, one made after the other; while one is, a line says the how manieth it is: “生成文档（第3份）”."""
    with progress(f"{words}（第1份）") as told:
        for number, item in enumerate(items, 2):
            told("")
            yield item
            told(f"{words}（第{number}份）")

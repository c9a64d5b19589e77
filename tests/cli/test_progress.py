"""A line on a terminal for what takes long, and nothing anywhere else."""

from __future__ import annotations

import io
import time
from types import SimpleNamespace

import pytest

from generator.cli import progress as module
from generator.cli.progress import counted, progress

CLEARED = "\r\x1b[K"


class Terminal(io.StringIO):
    """A stream that a person sits before."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    stream = Terminal()
    monkeypatch.setattr(module, "sys", SimpleNamespace(stderr=stream))
    return stream


def wait_for(stream: io.StringIO, words: str) -> None:
    for _ in range(2000):
        if words in stream.getvalue():
            return
        time.sleep(0.005)
    raise AssertionError(stream.getvalue())


def test_what_takes_long_is_told_and_taken_away(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AFTER", 0.0)
    with progress("检查数据") as tell:
        wait_for(terminal, "正在检查数据……")
        tell("生成网页")
        assert terminal.getvalue().endswith(f"{CLEARED}正在生成网页……")
    assert terminal.getvalue().endswith(f"……{CLEARED}")


def test_what_is_quick_is_not_told(terminal: Terminal) -> None:
    with progress("检查数据") as tell:
        tell("生成网页")
    assert terminal.getvalue() == ""


def test_nothing_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AFTER", 0.0)
    stream = io.StringIO()
    monkeypatch.setattr(module, "sys", SimpleNamespace(stderr=stream))
    with progress("检查数据"):
        time.sleep(0.02)
    assert stream.getvalue() == ""


def test_an_error_leaves_the_line_free(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AFTER", 0.0)
    with pytest.raises(ValueError), progress("检查数据"):  # noqa: PT011
        wait_for(terminal, "检查数据")
        raise ValueError
    assert terminal.getvalue().endswith(CLEARED)


def test_items_are_counted_between_other_words(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AFTER", 0.0)

    def slow() -> object:
        for number in (1, 2):
            wait_for(terminal, f"第{number}份")
            yield number

    for item in counted(slow(), "生成文档"):  # type: ignore[arg-type]
        assert terminal.getvalue().endswith(CLEARED)
        terminal.write(f"<{item}>\n")
    assert terminal.getvalue().count("正在生成文档（第2份）……") == 1

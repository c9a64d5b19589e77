"""What is remembered between runs is only ever a shortcut."""

from __future__ import annotations

from pathlib import Path

from generator.save import remembered


def test_made_once_and_kept(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"filled"

    assert [remembered(tmp_path, b"key", make) for _ in range(3)] == [b"filled"] * 3
    assert len(made) == 1
    assert remembered(tmp_path, b"another key", make) == b"filled" and len(made) == 2
    assert remembered(None, b"key", make) == b"filled" and len(made) == 3


def test_a_damaged_one_is_made_again(tmp_path: Path) -> None:
    remembered(tmp_path, b"key", lambda: b"old")
    [kept] = tmp_path.iterdir()
    for damage in (b"", b"short", kept.read_bytes()[:-1], kept.read_bytes() + b"x"):
        kept.write_bytes(damage)
        assert remembered(tmp_path, b"key", lambda: b"new") == b"new"


def test_a_folder_that_cannot_be_written_is_let_be(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    assert remembered(blocked, b"key", lambda: b"made") == b"made"

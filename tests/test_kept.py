"""What is kept between runs is only ever a shortcut: damage changes nothing, and what others put there is not read."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from generator.kept import remembered, remembering
from generator.load import classification
from generator.load.kept_profile import kept_profile
from generator.load.watch import layers_of
from generator.model.department import UNIT
from generator.model.remember import anew
from generator.render.docx.render import render_docx
from tests.conftest import ROOT, SOAK, some
from tests.runs import Unread, make

FLIPS = 1000 if SOAK else 8
"""Bits turned over in each kept file."""


def test_made_once_and_kept(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"filled"

    assert [remembered(tmp_path, b"key", make) for _ in range(3)] == [b"filled"] * 3
    assert len(made) == 1
    assert remembered(tmp_path, b"another key", make) == b"filled" and len(made) == 2
    assert anew(b"key", make) == b"filled" and len(made) == 3


def test_the_oldest_of_many_go(tmp_path: Path) -> None:
    """A cache does not grow for ever, and takes away nothing but its own."""
    (tmp_path / "other").write_text("another program's", encoding="utf-8")
    for number in range(205):
        remembered(tmp_path, b"%d" % number, lambda: b"made")
        newest = max(tmp_path.glob("kept-*"), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, ns=(number, number))
    assert len(list(tmp_path.iterdir())) == 201 and (tmp_path / "other").exists()
    assert remembered(tmp_path, b"204", lambda: b"new") == remembered(tmp_path, b"5", lambda: b"new") == b"made"
    assert remembered(tmp_path, b"0", lambda: b"new") == b"new"


def kept_file(folder: Path, data: bytes = b"old") -> Path:
    """The one file in which something is kept."""
    remembered(folder, b"key", lambda: data)
    [kept] = folder.iterdir()
    assert remembered(folder, b"key", lambda: b"new") == data
    return kept


def test_a_damaged_one_is_made_again(tmp_path: Path) -> None:
    kept = kept_file(tmp_path)
    whole = kept.read_bytes()
    turned = [bytes([*whole[:i], whole[i] ^ 1 << bit, *whole[i + 1 :]]) for i in range(len(whole)) for bit in range(8)]
    for damage in (b"", b"short", whole[:-1], whole + b"x", *turned):
        kept.write_bytes(damage)
        assert remembered(tmp_path, b"key", lambda: b"new") == b"new"


def test_one_under_another_key_is_made_again(tmp_path: Path) -> None:
    kept = kept_file(tmp_path)
    remembered(tmp_path, b"other", lambda: b"of the other")
    [other] = set(tmp_path.iterdir()) - {kept}
    kept.write_bytes(other.read_bytes())
    assert remembered(tmp_path, b"key", lambda: b"new") == b"new"


def _linked(path: Path) -> None:
    path.rename(path.parent.parent / "elsewhere")
    path.symlink_to(path.parent.parent / "elsewhere")


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    "meddle",
    [lambda path: path.chmod(0o664), lambda path: path.chmod(0o646), _linked, _pipe],
    ids=["its group may write", "all may write", "a link", "a pipe"],
)
def test_what_others_may_have_put_there_is_made_again(tmp_path: Path, meddle: Callable[[Path], None]) -> None:
    (tmp_path / "cache").mkdir()
    meddle(kept_file(tmp_path / "cache"))
    signal.alarm(20)  # a pipe nobody writes into would be waited for without end
    assert remembered(tmp_path / "cache", b"key", lambda: b"new") == b"new"
    signal.alarm(0)
    assert remembered(tmp_path / "cache", b"key", lambda: b"newer") == b"new", "and kept as our own"


def test_what_others_own_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_file(tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert remembered(tmp_path, b"key", lambda: b"new") == b"new"


def test_a_folder_that_cannot_be_written_is_let_be(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    assert remembered(blocked, b"key", lambda: b"made") == b"made"


@pytest.mark.parametrize(
    ("mode", "home", "used"),
    [
        (0o700, "{}", True),
        (0o755, "{}", True),
        (0o775, "{}", False),
        (0o777, "{}", False),
        (0o700, "relative", False),
        (0o700, "", False),
        (0o700, "{}/file", False),
        (0o700, "/dev/null", False),
        (0o700, "{}/" + "x" * 300, False),
        (0o700, "{}/pipe", False),
    ],
)
def test_which_folder_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, home: str, used: bool
) -> None:
    """The user's own, that nobody else may write; a relative name is none (as the XDG rules have it)."""
    cache = tmp_path / "cache"
    (cache / "shuoming").mkdir(parents=True)
    (cache / "file").touch()
    os.mkfifo(cache / "pipe")
    (cache / "shuoming").chmod(mode)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setenv("HOME", str(cache / "file"))  # no other cache folder
    monkeypatch.setenv("XDG_CACHE_HOME", home.format(cache))
    monkeypatch.chdir(tmp_path)
    assert isinstance(remembering(), partial) is used
    assert not (tmp_path / "relative").exists() and not (tmp_path / "shuoming").exists()


def test_turned_bits_change_no_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiled templates: whatever bit of whatever file is turned over."""
    remember = partial(remembered, tmp_path)

    def document() -> bytes:
        monkeypatch.setattr(classification, "_READ", {})  # another process
        done = make(ROOT / "data", ROOT / "templates", "yibin", 2022, remember)
        assert isinstance(done, Unread)
        return render_docx(done.document, done.profile.master).data

    sound, rng = document(), random.Random(20220101)
    files = {path: path.read_bytes() for path in sorted(tmp_path.iterdir())}
    assert len(files) > 3
    for _ in range(FLIPS):  # one bit of each file at once: as many runs as bits would take minutes
        for path, whole in files.items():
            bit = rng.randrange(len(whole) * 8)
            path.write_bytes(bytes([*whole[: bit // 8], whole[bit // 8] ^ 1 << bit % 8, *whole[bit // 8 + 1 :]]))
        assert document() == sound
        assert list(files) == sorted(tmp_path.iterdir())


def kept_before(folder: Path, key: bytes, _: object) -> bytes:
    """What is kept, made by nobody now."""
    return remembered(folder, key, lambda: b"lost")


_PLACES = sorted(
    path.parent for path in (*ROOT.glob("templates/*/report.yaml"), *ROOT.glob("tests/profiles/*/report.yaml"))
)


@pytest.mark.parametrize("edition", some(["", UNIT], 1))
@pytest.mark.parametrize("place", _PLACES, ids=lambda path: path.name)
def test_a_profile_of_any_place_is_kept_as_it_was_read(place: Path, edition: str, tmp_path: Path) -> None:
    """With the formats of numbers, lists, dimensions and years that it has."""
    for year in (2016, 2018, 2019, 2025):
        layers = layers_of(place, year, edition)
        read = kept_profile(place, anew, layers)
        kept_profile(place, partial(remembered, tmp_path), layers)
        assert kept_profile(place, partial(kept_before, tmp_path), layers) == read, year

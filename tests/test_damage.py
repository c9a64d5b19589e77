"""What a slip of the hand, a bad merge or a broken disk does to a file: a message, never a traceback or a silent change.

Every mutant is one small damage to one file of the real department or its profile. Three things must hold: the program
ends in a result or in wrong use said in one line; it does not take long; and a document that came out different
either comes with a message or from a value that is different.

``make soak`` makes many more of them (SHUOMING_SOAK=1).
"""

from __future__ import annotations

import random
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
import yaml

from generator.kept import remembered
from generator.model.problem import Problem, UsageError
from generator.render.docx.render import render_docx
from generator.render.problems import problems_text
from generator.render.reports import problems_json
from tests.conftest import LATER, ROOT, SOAK, bring
from tests.runs import run

MUTANTS = 10_000 if SOAK else 104
SHARES = 4
"""make test tries the first of so many equal shares of the mutants, CI all."""
SECONDS = 2.0
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("data/2022", "templates/yibin")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".yaml", ".j2", ".docx")
)
ODD = [
    ":",
    ": ",
    "：",
    "#",
    " #",
    "-",
    "- ",
    "'",
    '"',
    "{",
    "}",
    "[",
    "]",
    ",",
    "，",
    "&甲 ",
    "*甲",
    "!",
    "|",
    ">",
    "%",
    "@",
]
ODD += [
    "\t",
    " ",
    "　",
    "\r",
    "\n",
    "\u200b",
    "\u202e",
    "\ufeff",
    "\x00",
    "\x1b",
    "\ue0001\ue001",
    "😀",
    "~",
    "?",
    "---\n",
    "...\n",
]
ODD += [
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "{{ 部门 }}",
    "{% endif %}",
    "**",
    "//",
    "<",
    "&lt;",
    "<w:p>",
    "0",
    "9" * 30,
    "-1",
]

Damage = Callable[[random.Random, bytes], bytes]


def delete_line(rng: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    del lines[rng.randrange(len(lines))]
    return b"".join(lines)


def duplicate_line(rng: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    line = rng.randrange(len(lines))
    return b"".join([*lines[: line + 1], *lines[line:]])


def swap_lines(rng: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def move_block(rng: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    start = rng.randrange(len(lines))
    end = start + rng.randint(1, 12)
    block, rest = lines[start:end], lines[:start] + lines[end:]
    place = rng.randint(0, len(rest))
    return b"".join([*rest[:place], *block, *rest[place:]])


def duplicate_block(rng: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    start = rng.randrange(len(lines))
    end = start + rng.randint(2, 25)
    return b"".join([*lines[:end], *lines[start:]])


def delete_block(rng: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    start = rng.randrange(len(lines))
    return b"".join([*lines[:start], *lines[start + rng.randint(2, 25) :]])


def indent(rng: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    start = rng.randrange(len(lines))
    by = rng.choice([-4, -2, -1, 1, 2, 4])
    for line in range(start, min(len(lines), start + rng.choice([1, 1, 2, 5]))):
        bare = lines[line].lstrip(b" ")
        lines[line] = b" " * max(0, len(lines[line]) - len(bare) + by) + bare
    return b"".join(lines)


def join_lines(rng: random.Random, data: bytes) -> bytes:
    places = [index for index, byte in enumerate(data) if byte == 10]
    place = rng.choice(places)
    return data[:place] + data[place + 1 :]


def flip_bit(rng: random.Random, data: bytes) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << rng.randrange(8)]) + data[place + 1 :]


def insert_byte(rng: random.Random, data: bytes) -> bytes:
    place = rng.randint(0, len(data))
    return data[:place] + bytes([rng.randrange(256)]) + data[place:]


def delete_byte(rng: random.Random, data: bytes) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + data[place + 1 :]


def cut(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data))]


def change_digit(rng: random.Random, data: bytes) -> bytes:
    place = rng.choice([index for index, byte in enumerate(data) if 48 <= byte <= 57] or [0])
    return data[:place] + str(rng.randrange(10)).encode() + data[place + 1 :]


def insert_characters(rng: random.Random, data: bytes) -> bytes:
    text = data.decode()
    place = rng.randint(0, len(text))
    return (text[:place] + rng.choice(ODD) + text[place:]).encode()


def replace_character(rng: random.Random, data: bytes) -> bytes:
    text = data.decode()
    place = rng.randrange(len(text))
    return (text[:place] + rng.choice([*ODD, rng.choice(text)]) + text[place + 1 :]).encode()


def delete_character(rng: random.Random, data: bytes) -> bytes:
    text = data.decode()
    place = rng.randrange(len(text))
    return (text[:place] + text[place + 1 :]).encode()


def swap_characters(rng: random.Random, data: bytes) -> bytes:
    text = data.decode()
    place = rng.randrange(len(text) - 1)
    return (text[:place] + text[place + 1] + text[place] + text[place + 2 :]).encode()


BYTES: tuple[Damage, ...] = (flip_bit, insert_byte, delete_byte, cut)
CHARACTERS: tuple[Damage, ...] = (insert_characters, replace_character, delete_character, swap_characters, change_digit)
LINES: tuple[Damage, ...] = (
    delete_line, duplicate_line, swap_lines, move_block, duplicate_block, delete_block, indent, join_lines,
)  # fmt: skip


class Mutant(NamedTuple):
    """One damaged file."""

    file: str
    seed: int
    damage: str
    data: bytes

    def __str__(self) -> str:
        return f"{self.file} seed {self.seed} ({self.damage})"


def mutant(file: str, seed: int) -> Mutant:
    """The mutant of a file with this number: the same on every machine."""
    rng = random.Random(seed * 1_000_003 + zlib.crc32(file.encode()))
    data = (ROOT / file).read_bytes()
    if file.endswith(".docx") and rng.random() < 0.7:
        return _inside(rng, file, seed, data)
    kinds = rng.choice([BYTES, CHARACTERS, LINES]) if not file.endswith(".docx") else BYTES
    damage = rng.choice(kinds)
    return Mutant(file, seed, damage.__name__, damage(rng, data))


def _inside(rng: random.Random, file: str, seed: int, data: bytes) -> Mutant:
    """A sound package with one damaged part: what another program that writes Word files could leave."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(sorted(parts) + ["word/document.xml", "word/styles.xml"] * 3)
    damage = rng.choice([*BYTES, *CHARACTERS, remove_tag, remove_part])
    parts[name] = damage(rng, parts[name])
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part, content in parts.items():
            if content or part != name:
                archive.writestr(part, content)
    return Mutant(file, seed, f"{damage.__name__} in {name}", buffer.getvalue())


def remove_tag(rng: random.Random, data: bytes) -> bytes:
    start = rng.choice([index for index, byte in enumerate(data) if byte == ord("<")])
    return data[:start] + data[data.index(b">", start) + 1 :]


def remove_part(rng: random.Random, data: bytes) -> bytes:
    return b""


class Outcome(NamedTuple):
    """What came of a run: the bytes (none when it failed), the file's name, and what was said."""

    data: bytes
    name: str
    said: tuple[str, ...]


class Bench:
    """One temporary copy of everything; only the file under damage is written, and put back."""

    def __init__(self, folder: Path) -> None:
        bring(folder)
        (folder / "cache").mkdir()
        self.folder = folder
        self.sound = self.outcome()
        assert self.sound.data

    def outcome(self) -> Outcome:
        try:
            done = run(
                self.folder / "data",
                self.folder / "templates",
                "yibin",
                2022,
                partial(remembered, self.folder / "cache"),
            )
            for problem in done.problems:
                _check_place(problem)
            assert problems_json(done.problems)
            said = _said(done.problems)
            problems_text(done.problems, done.sources)
            if done.failed:
                assert said, "no document, and nothing said"
                return Outcome(b"", "", said)
            rendered = render_docx(done.document, done.profile.master)
        except UsageError as error:
            return Outcome(b"", "", (str(error),))
        return Outcome(rendered.data, done.document.file_name, said + rendered.remarks)

    def try_out(self, item: Mutant) -> str:
        """What is wrong with how the program takes this mutant; empty when nothing is."""
        path = self.folder / item.file
        path.write_bytes(item.data)
        started = time.process_time()
        try:
            after = self.outcome()
        except Exception as error:  # noqa: BLE001 - any exception is what is looked for
            return f"{item}: {type(error).__name__}: {error}"
        finally:
            path.write_bytes((ROOT / item.file).read_bytes())
        taken = time.process_time() - started
        if taken > SECONDS:
            return f"{item}: took {taken:.1f} s"
        if not after.data:
            return ""
        return _broken(item, after) or self._silent(item, after)

    def _silent(self, item: Mutant, after: Outcome) -> str:
        changed = after.data != self.sound.data or after.name != self.sound.name
        if changed and after.said == self.sound.said and values(item) == values(original(item.file)):
            return f"{item}: another document from the same values, and no word about it"
        return ""


def _check_place(problem: Problem) -> None:
    assert problem.position.line >= 0 and problem.position.column >= 0 and problem.length > 0
    assert problem.message and problem.remedy


def _said(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    return tuple(f"{problem.code} {problem.message}" for problem in problems)


def _broken(item: Mutant, after: Outcome) -> str:
    with zipfile.ZipFile(BytesIO(after.data)) as archive:
        try:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    ElementTree.fromstring(archive.read(name))
        except ElementTree.ParseError as error:
            return f"{item}: {name} of the document is not well-formed: {error}"
    return ""


def original(file: str) -> Mutant:
    return Mutant(file, 0, "none", (ROOT / file).read_bytes())


def values(item: Mutant) -> object:
    """What a file says, whatever it looks like: YAML as nested tuples of texts in their order, else the text."""
    if item.file.endswith(".docx"):
        return item.data
    text = item.data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return _tree(yaml.compose(text, yaml.CSafeLoader)) if item.file.endswith(".yaml") else text


def _tree(node: yaml.Node | None) -> object:
    if isinstance(node, yaml.MappingNode):
        return tuple((_tree(key), _tree(value)) for key, value in node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_tree(value) for value in node.value]
    return node.value if node is not None else None


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("damage"))


def seeds(file: str, share: int) -> Iterator[int]:
    """The numbers of a file's mutants in a share: all files together have MUTANTS."""
    first = FILES.index(file) + share * len(FILES)
    return iter(range(first, MUTANTS, len(FILES) * SHARES))


@pytest.mark.parametrize("share", [0, *(pytest.param(share, marks=LATER) for share in range(1, SHARES))])
@pytest.mark.parametrize("file", FILES)
def test_damage_is_said_or_does_no_harm(file: str, share: int, bench: Bench) -> None:
    found = [wrong for seed in seeds(file, share) if (wrong := bench.try_out(mutant(file, seed)))]
    assert not found, "\n".join(found)


def test_mutants_do_damage(bench: Bench) -> None:
    """The mutants reach the program: some are refused, some change the document, some change nothing."""
    outcomes: Mapping[str, int] = {"refused": 0, "changed": 0, "same": 0}
    for seed in range(30):
        item = mutant("data/2022/projects.yaml", seed)
        (bench.folder / item.file).write_bytes(item.data)
        after = bench.outcome()
        kind = "refused" if not after.data else "changed" if after.data != bench.sound.data else "same"
        outcomes[kind] += 1
        if all(outcomes.values()):
            break
    (bench.folder / item.file).write_bytes((ROOT / item.file).read_bytes())
    assert all(outcomes.values()), outcomes

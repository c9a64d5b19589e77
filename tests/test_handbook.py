"""The handbook (docs/profile.md) is so: each example gives what it shows, every key stands in its index and in an example."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.load.fields import Fields
from generator.load.profile import load_profile
from tests.conftest import ROOT
from tests.handbook import CHAPTERS, FRONT, Example, composed, errors, missing, sections, written

PLACES: Mapping[str, str] = {
    "profile._read": "report.yaml",
    "profile._conventions": "惯例",
    "profile._charts": "图表",
    "outline.read_numbering": "编号",
    "outline._Outline.part": "大纲",
    "number_formats._format": "数的格式",
    "dimensions._long": "维度",
    "extra_codes.read_extra_codes": "增补科目",
    "extra_codes._code": "增补科目的一个科目",
    "extra_codes._government": "增补科目的政府经济",
    "profile._read_figures": "figures.yaml",
    "profile._figure": "数",
    "bases.read_bases": "基准",
    "record_lists.read_lists": "清单",
    "record_lists.read_record_sum": "清单的合计",
    "tables.read_table": "表",
    "tables._panels": "分栏",
    "columns._column": "列",
    "columns._columns_at": "按列",
    "tables._row": "行",
    "tables._form_row": "表单",
    "tables._form_cell": "表单的格",
}
"""By the function that takes a mapping of a profile apart, what the index calls it."""
LOADERS = (
    "profile",
    "outline",
    "number_formats",
    "dimensions",
    "extra_codes",
    "bases",
    "record_lists",
    "tables",
    "columns",
)
TAKES = ("take", "text", "flag", "choice", "located", "words")
OF_DEPARTMENTS = {"单位"}
"""What record_lists reads of a department's list."""
Key = tuple[str, str]


def _examples() -> list[Example]:
    return [example for path in sorted(CHAPTERS.glob("*.md")) for example in sections(path)]


EXAMPLES = _examples()


class Seen:
    """The keys that loaders asked for, and those that files of a profile called 例 have, each with its place."""

    def __init__(self) -> None:
        self.asked: set[Key] = set()
        self.used: set[Key] = set()

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        finish = Fields.finish

        def finished(fields: Fields) -> None:
            code = sys._getframe(1).f_code
            place = PLACES.get(f"{Path(code.co_filename).stem}.{code.co_qualname}", "")
            if Path(code.co_filename).stem in LOADERS and code.co_qualname != "_record":
                place = place or f"{Path(code.co_filename).stem}.{code.co_qualname}"
                self.asked |= {(place, key) for key in fields.asked}
                here = {key for key, (node, _) in fields.values.items() if "/例/" in fields.reader.at(node).file}
                self.used |= {(place, key) for key in here & fields.asked}
            finish(fields)

        patch.setattr(Fields, "finish", finished)


@cache
def _tried() -> dict[Example, tuple[Seen, dict[str, tuple[list[str], list[str]]]]]:
    return {}


def tried(example: Example) -> tuple[Seen, dict[str, tuple[list[str], list[str]]]]:
    """The example's document, and its units' that it shows, each with what is wrong; what was read of it."""
    known = _tried()
    if id(example) not in known:
        seen = Seen()
        wanted = {about for about, _ in example.shown} - {"检查"} | {""}
        with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            seen.watch(patch)
            written(example, Path(folder))
            known[id(example)] = seen, {about: composed(Path(folder), "例", about) for about in wanted}
    return known[id(example)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.chapter}-{one.title}")
def test_an_example_gives_what_is_shown(example: Example) -> None:
    _, done = tried(example)
    for lines, told in done.values():
        assert bool(errors(told)) == example.wrong, told
        assert lines or example.wrong
    for about, block in example.shown:
        lines, told = done["" if about == "检查" else about]
        assert missing(block.lines, told if about == "检查" else lines) == [], f"{example.chapter}:{block.line}"


@cache
def index() -> dict[Key, str]:
    """The index of the front page: by what a key is of, and the key, the chapter it leads to."""
    found, place = dict[Key, str](), ""
    for line in FRONT.read_text(encoding="utf-8").partition("## 全部的键")[2].split("\n"):
        if line.startswith("### "):
            place = line[4:].strip()
        row = re.match(r"\| `([^`]+)` \|.*\(profile/([^)#]+)[^)]*\) \|$", line)
        assert row or not line.startswith("| `"), line
        if row:
            found[place, row[1]] = row[2]
    return found


@cache
def asked() -> frozenset[Key]:
    """All that loaders ask for in the profiles that ship, in those of tests, and in the examples."""
    seen = Seen()
    with pytest.MonkeyPatch.context() as patch:
        seen.watch(patch)
        for report in (*ROOT.glob("templates/*/report.yaml"), *ROOT.glob("tests/profiles/*/report.yaml")):
            load_profile(report.parent)
    return frozenset(seen.asked.union(*(tried(example)[0].asked for example in EXAMPLES)))


def _of_files(keys: Mapping[Key, str] | frozenset[Key]) -> set[Key]:
    return {key for key in keys if key[0] in PLACES.values() or "." in key[0]}


def test_the_index_has_the_keys_that_loaders_know() -> None:
    assert _of_files(index()) == _of_files(asked())


def test_every_key_that_a_loader_s_code_names_was_asked_for() -> None:
    """So that a key which only some files are asked for can't be passed over."""
    known = {key for _, key in asked()} | OF_DEPARTMENTS
    assert {key for name in LOADERS for key in _named(name)} - known == set()


def _named(name: str) -> Iterator[str]:
    tree = ast.parse((ROOT / "generator" / "load" / f"{name}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TAKES:
            for part in ast.walk(node.args[0]) if node.args else ():
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def test_every_key_stands_in_an_example_of_its_chapter() -> None:
    used = {(example.chapter, *key) for example in EXAMPLES if not example.wrong for key in tried(example)[0].used}
    wanted = {(chapter, *key) for key, chapter in index().items() if key[0] in PLACES.values()}
    assert wanted - used == set()

"""Every key and word that a profile may have stands in the index of the handbook's front page, and in an example where it leads."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import pytest

from generator.compose.context import Context
from generator.load import columns, tables
from generator.load.profile import SEVERITIES, load_profile
from generator.model.ledger import CARRIED_FORWARD, DIMENSIONS, GROUPINGS, THIS_YEAR
from generator.model.profile import TEMPLATE_WORDS
from generator.render.docx.styles import NAMES
from tests.conftest import ROOT
from tests.handbook import CHAPTERS, FRONT, sections
from tests.handbook_keys import EXAMPLES, LOADERS, PLACES, Key, Seen, pictured, place_of, tried

TAKES = ("take", "text", "flag", "choice", "located", "words")
OF_DEPARTMENTS = {"单位"}
"""What record_lists reads of a department's list."""
CHANGE = re.findall(r'"(\w+)": ', inspect.getsource(Context._change))
"""What templates may ask of a change."""


@cache
def index() -> dict[Key, str]:
    """The index of the front page: by what a key is of, and the key, the section it leads to, as links name it."""
    found, place = dict[Key, str](), ""
    for line in FRONT.read_text(encoding="utf-8").partition("## 全部的键")[2].split("\n"):
        if line.startswith("### "):
            place = line[4:].strip()
        row = re.match(r"\| `([^`]+)` \|.*\(profile/([^)#]+#[^)]+)\) \|$", line)
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
        for report in ROOT.glob("templates/*/report.yaml"):
            pictured(report.parent)
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


def test_every_key_stands_in_an_example_of_the_section_that_its_index_leads_to() -> None:
    used = {(place_of(one), *key) for one in EXAMPLES if not one.wrong for key in tried(one)[0].used}
    wanted = {(place, *key) for key, place in index().items() if key[0] in PLACES.values()}
    assert wanted - used == set()


OF_WORDS: Mapping[str, frozenset[str]] = {
    "条件": frozenset(DIMENSIONS),
    "文字里的名称": TEMPLATE_WORDS | {"附表"},
    "文字里的写法": frozenset(
        re.findall(r'"(\w+)": ', inspect.getsource(Context.filters)) + [THIS_YEAR, CARRIED_FORWARD, "有数"]
    ),
}
"""By what the index calls them, words that are no keys: dimensions, names and filters of templates."""


@pytest.mark.parametrize("place", OF_WORDS)
def test_the_index_has_the_words_of_filters_and_templates(place: str) -> None:
    found = {word: chapter for (what, word), chapter in index().items() if what == place}
    assert set(found) == OF_WORDS[place]
    for word, where in found.items():
        chapter = where.partition("#")[0]
        code = "\n".join(line for one in sections(CHAPTERS / chapter) for block in one.blocks for line in block.lines)
        text = (CHAPTERS / chapter).read_text(encoding="utf-8")
        assert re.search(rf"\b{word}\b", code) or f"`{word}`" in text, word


@pytest.mark.parametrize(
    ("chapter", "words"),
    [
        ("表格", (*columns.SOURCES[:8], *tables.ORDERS, *tables.FORM_LISTS, *tables.FORM_VALUES, *GROUPINGS)),
        ("文字", CHANGE),
        ("母版", (*NAMES.values(), "[[目录]]", "[[正文]]", "[[横向]]")),
        ("数", [word for one in DIMENSIONS.values() for word in one.choices]),
        ("基础", SEVERITIES),
        ("数的格式", ("四舍五入", "截断", "至多2", "0或2", "空白", "照常")),
    ],
)
def test_a_chapter_names_every_word_that_may_be_written(chapter: str, words: Sequence[str]) -> None:
    text = (CHAPTERS / f"{chapter}.md").read_text(encoding="utf-8")
    assert [word for word in words if word not in text] == []

"""The handbook (docs/profile.md) is so: each example gives what it shows, every key stands in its index and in an example."""

from __future__ import annotations

import ast
import inspect
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.cli import main
from generator.compose.context import Context
from generator.load import columns, tables
from generator.load.fields import Fields
from generator.load.profile import SEVERITIES, load_profile
from generator.model.ledger import CARRIED_FORWARD, DIMENSIONS, GROUPINGS, THIS_YEAR
from generator.model.profile import TEMPLATE_WORDS
from generator.render.docx.styles import NAMES
from tests.conftest import ROOT
from tests.handbook import (
    CHAPTERS,
    DATA,
    FRONT,
    PROGRAM,
    Example,
    composed,
    edited,
    errors,
    missing,
    sections,
    walk,
    written,
)

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
CHANGE = re.findall(r'"(\w+)": ', inspect.getsource(Context._change))
"""What templates may ask of a change."""
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


def place_of(example: Example) -> str:
    """A section as links of forges name it."""
    return f"{example.chapter}#{slug(example.title)}"


def slug(title: str) -> str:
    """A heading's anchor: without marks, blanks as “-”."""
    return re.sub(r"[^\w\- ]", "", title).replace(" ", "-").lower()


@pytest.mark.parametrize(
    "whole", [pytest.param(False, id="quick"), pytest.param(True, id="whole", marks=pytest.mark.slow)]
)
def test_the_walk_as_it_is_written(
    whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command gives what is shown; without the one that tries a hundred departments where it must be quick."""
    shutil.copytree(ROOT / "templates" / "通用", tmp_path / "templates" / "通用")
    shutil.copytree(DATA, tmp_path / "examples" / "handbook")
    monkeypatch.chdir(tmp_path)
    for what, lines, how in walk():
        if how:
            edited(Path(what), lines, how)
        elif what.startswith(PROGRAM):
            if whole or "profile check" not in what:
                main(what.removeprefix(PROGRAM).split())
                printed = capsys.readouterr()
                _as_shown(what, lines, (printed.err + printed.out).split("\n"))
        else:
            assert not lines
            subprocess.run(what.split(), check=True)  # noqa: S603 - cp and rm, of the handbook


def _as_shown(command: str, shown: list[str], lines: list[str]) -> None:
    assert missing(shown, lines) == [], (command, lines)
    if "…" not in shown:
        assert [line for line in lines if line] == shown, command


@pytest.mark.parametrize("path", [FRONT, *sorted(CHAPTERS.glob("*.md"))], ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
        file, _, place = link.partition("#")
        target = path.parent / file if file else path
        assert target.exists(), link
        titles = re.findall(r"(?m)^#+ (.+)$", target.read_text(encoding="utf-8"))
        assert not place or place in map(slug, titles), link


def test_the_front_page_lists_every_chapter() -> None:
    listed = re.findall(
        r"(?m)^\| \[(\w+)\]\(profile/(\w+)\.md\)", FRONT.read_text(encoding="utf-8").partition("## 各章")[2]
    )
    assert sorted(name for name, file in listed if name == file) == sorted(path.stem for path in CHAPTERS.glob("*.md"))


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


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("基本支出: {类别: 基本支出}", "基本支出: {类型: 基本支出}"),
        ("320.00", "320.01"),
        ("标题: 支出明细表", "标提: 支出明细表"),
        ("2026年支出明细表", "2026年支出明细单"),
    ],
)
def test_a_wrong_letter_in_the_handbook_is_noticed(old: str, new: str, tmp_path: Path) -> None:
    text = (CHAPTERS / "表格.md").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "表格.md").write_text(text.replace(old, new, 1), encoding="utf-8")
    example = next(sections(tmp_path / "表格.md"))
    with pytest.raises(AssertionError):
        test_an_example_gives_what_is_shown(example)

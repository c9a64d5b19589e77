"""A data file edited: it says the tree, and what did not change keeps its bytes and its comments."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.edit import edited, same, tree_of
from generator.load.profile import load_profile
from generator.load.yaml_text import Reader, parse
from generator.load.yaml_text import tree_of as loaded
from generator.model.source import Source
from generator.model.tree import Tree
from generator.trial.departments import trials
from generator.work.profile_check import codes_of
from tests.conftest import ROOT, some
from tests.made_up import examples

_FEW = 2
"""So many entries go: of a list's items, one that lost much may look more like its neighbour."""
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("data", "examples", "tests/data", "tests/profiles")
    for path in (ROOT / folder).rglob("*.yaml")
)
_ODD = (
    "34.60", "0.00", "-1", "027", "045001", "410395220000000008236", "4.1E+20", "1e3", "0x1F", "1:30", "2024-03-31", "[]", "{}",
    "", "-", "- 一", "无", "null", "~", "true", "是", "yes", "名称: 内容", "a:", "：", "1号楼 #3", "#", "a #b", ">90%", "≥95%", "|", "%",
    "@甲", "`乙", "&a", "*b", "!c", "?", "? d", ", ", "甲, 乙", "[甲", "甲]", "{乙", "'", '"', "“三公”经费", "甲'乙", "\\", "=", "<<", "---", "...",
    "第一行\n第二行", "\n", " 前", "后 ", "\u3000", "\t", "😀", "长" * 300, "a: b: c", "https://a.b/c?d=e&f#g",
)  # fmt: skip
_TEXTS = st.sampled_from(_ODD) | st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=8)
_NAMES = st.sampled_from([text for text in _ODD if text.strip() == text]) | st.sampled_from(
    ("名称", "编码", "支出", "2080101 行政运行", "2080101 行政运营", "30201 办公费")
)
_TREES: st.SearchStrategy[Tree] = st.recursive(
    _TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAMES, inner, max_size=4), max_leaves=12
)


@pytest.mark.parametrize(
    "name", some([*FILES[::4], *(name for at, name in enumerate(FILES) if at % 4)], len(FILES[::4]))
)
def test_a_file_that_says_it_already_keeps_its_bytes(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert edited(text, tree_of(text)) is text
    reader = Reader(Source(name, text))
    root = parse(reader)
    assert root is None or same(loaded(root), tree_of(text))


def test_there_are_such_files() -> None:
    assert len(FILES) > 100


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.yaml")), ids=str)
def test_so_does_a_file_of_a_profile(path: Path) -> None:
    text = path.read_text("utf-8")
    assert edited(text, tree_of(text)) is text


@examples(200)
@given(_TREES, _TREES)
def test_an_edited_text_says_the_tree(old: Tree, new: Tree) -> None:
    text = edited("", old)
    assert same(tree_of(text), old)
    assert same(tree_of(edited(text, new)), new)


@examples(200)
@given(_TREES)
def test_what_is_written_the_loader_reads_as_it_was_meant(tree: Tree) -> None:
    reader = Reader(Source("甲.yaml", edited("", tree) or "[]"))
    root = parse(reader)
    assert not [problem for problem in reader.problems if problem.code not in ("Y008", "Y010", "Y011")]
    assert root is None or not tree or same(loaded(root), tree)


@examples(100)
@given(
    st.sampled_from(FILES),
    st.sampled_from(("changed", "gone", "came", "moved", "all")),
    st.randoms(use_true_random=False),
)
def test_an_edited_file_says_the_tree_and_other_lines_stay(name: str, kind: str, rng: random.Random) -> None:
    """Each line gets a comment of its own first, so that one can tell where each went."""
    text = commented((ROOT / name).read_text("utf-8"))
    tree = tree_of(text)
    changes = Changes(kind, rng)
    new = edited(text, changes.of(tree))
    assert same(tree_of(new), changes.last)
    before, after = lines(text), lines(new)
    if kind == "changed":
        assert len(before) == len(after)
        assert sum(map(str.__ne__, before, after)) <= changes.made
        assert [line.partition("# k")[2] for line in before] == [line.partition("# k")[2] for line in after]
    elif kind in ("gone", "came") and not re.search(r"[\[{]", text):
        fewer, more = (after, before) if kind == "gone" else (before, after)
        rest = iter(line.strip("- ") for line in more)
        assert all(line.strip("- ") in rest for line in fewer if not re.search(r": (\[\]|{})", line))
    elif kind == "moved" and "[" not in text and "{" not in text:
        bare = [sorted(line.strip("- ") for line in some) for some in (before, after)]
        assert bare[0] == bare[1]
    assert same(tree_of(edited(new, tree)), tree)


def commented(text: str) -> str:
    """A text with a comment at the end of each line that may have one."""
    if re.search(r"[|>]-?$|[\[{]$", text, re.MULTILINE):
        return text
    some = (f"{line}  # k{number}" if line.strip() else "" for number, line in enumerate(text.splitlines()))
    new = "\n".join(some) + "\n"
    return new if same(tree_of(new), tree_of(text)) else text


def lines(text: str) -> list[str]:
    """The lines that are not blank, without the blanks before comments."""
    return [re.sub(" +# k", " # k", line) for line in text.splitlines() if line.strip()]


class Changes:
    """A tree with a few values, entries or orders changed; how many there were."""

    def __init__(self, kind: str, rng: random.Random) -> None:
        self.kind, self.rng, self.made, self.gone, self.last = kind, rng, 0, 0, ""

    def of(self, tree: Tree) -> Tree:
        self.last: Tree = self._of(tree)
        return self.last

    def _now(self, kind: str, share: float) -> bool:
        now = self.kind in (kind, "all") and self.rng.random() < share and (kind != "gone" or self.gone < _FEW)
        self.gone += now and kind == "gone"
        return now

    def _of(self, tree: Tree, item: bool = False) -> Tree:
        if isinstance(tree, str):
            self.made += (changed := self._now("changed", 0.1) and (len(tree) > 3 or not item))
            return (
                tree if not changed else f"{tree}甲" if item else self.rng.choice(_ODD)
            )  # one of a list is known again
        if isinstance(tree, list):
            items = [self._of(one, True) for one in tree if not self._now("gone", 0.1)]
            if self._now("moved", 0.2):
                self.rng.shuffle(items)
            if self._now("came", 0.2):
                new = self.rng.choice((*_ODD, {"名称": "新的", "支出": {"30201 办公费": "1.00"}}, []))
                items.insert(self.rng.randint(0, len(items)), new)
            return items
        stay = [name for name in tree if not self._now("gone", 0.05)]
        pairs = [(name, tree[name] if name == "编码" else self._of(tree[name])) for name in stay]
        if self._now("moved", 0.2):
            self.rng.shuffle(pairs)
        if self._now("came", 0.2):
            value = self.rng.choice((*_ODD, ["甲", "乙"], {"丙": {}}))
            pairs.insert(self.rng.randint(0, len(pairs)), ("新的", value))
        return dict(pairs)


@pytest.mark.slow
def test_so_does_a_file_of_a_made_up_department() -> None:
    profile, problems, _ = load_profile(ROOT / "templates" / "通用")
    assert profile is not None, problems
    every = {text for trial in trials(profile, 2024, codes_of(profile, 2024)) for text in trial.files.values()}
    texts = sorted(every)[::6]
    assert len(texts) > 15
    for text in texts:
        tree = tree_of(text)
        assert edited(text, tree) is text
        assert same(tree_of(edited("", tree)), tree)

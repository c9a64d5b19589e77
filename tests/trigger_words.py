"""The words that rules look for, taken from the rules themselves, so that made-up text meets them without their numbers."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator
from functools import cache

from tests.conftest import ROOT

_ROOMS = ("generator/check/*.py", "generator/readback/*.py")
_LOOKING = {
    "compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "split", "startswith", "endswith", "find",
    "partition", "rpartition", "removeprefix", "removesuffix", "replace", "index", "count", "column", "row", "has",
}  # fmt: skip
_WORD = re.compile("[“”（）《》〔〕【】㐀-鿿]{1,10}")
_ALTERNATIVES = re.compile(r"[][|()?*+{}^$.\\:<>=!,，。；：、]+")
NUMBERS = (
    "", "0", "0.00", "-1.00", "1.00", "1,234.56", "12.3", "1e3", "0.01", "2021", "2022", "一", "第一", "-0", "١", "²", "１２",
    "9" * 30, "9" * 5000, "0." + "0" * 40 + "1", ",,,",
)  # fmt: skip
SIGNS = ("，", "。", "；", "：", "、", "\n", "（", "）", " ", "　", "\t", "万元", "元", "%", "％", "年", "占")


@cache
def triggers() -> tuple[str, ...]:
    """Every Chinese word of a pattern or of a comparison in the rooms that read, in order."""
    found: set[str] = set()
    for room in _ROOMS:
        for path in ROOT.glob(room):
            for text in _looked_for(ast.parse(path.read_text(encoding="utf-8"))) if path.stem != "catalogue" else ():
                for piece in _ALTERNATIVES.split(text):
                    found.update(_WORD.findall(piece))
    return tuple(sorted(found))


def _looked_for(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        called = getattr(node, "func", None)
        if isinstance(node, ast.Compare) or getattr(called, "attr", getattr(called, "id", "")) in _LOOKING:
            yield from _strings(node)
    for node in tree.body:  # tables of words; the rules' own rows hold sentences
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and "_RULES" not in ast.unparse(node)[:40]:
            yield from _strings(node)


def _strings(node: ast.AST) -> Iterator[str]:
    return (item.value for item in ast.walk(node) if isinstance(item, ast.Constant) and isinstance(item.value, str))


def sentence(rng: random.Random, most: int = 8) -> str:
    """Trigger words in any order, with numbers, units and marks between them, or none."""
    pieces = []
    for _ in range(rng.randint(1, most)):
        pieces.append(rng.choice(triggers()))
        pieces += [rng.choice(NUMBERS), rng.choice(("", *SIGNS))] if rng.random() < 0.6 else [rng.choice(SIGNS)]
    return "".join(pieces)

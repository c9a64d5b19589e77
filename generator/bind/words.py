"""The words of captions, headers and rows: when two of them are one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.model.ledger import DIMENSIONS, Filter
from generator.model.meaning import normal
from generator.model.numerals import NUMERAL
from generator.model.profile import NUMBER_PLACE, Numbering, ordinal_pattern

_QUOTES = dict.fromkeys(map(ord, "“”\"'‘’「」《》"))
_HOLE = re.compile(r"\{\{\s*(.*?)\s*\}\}|\{%.*?%\}", re.DOTALL)
_FILLED = {"年": r"\d{4}", "上年": r"\d{4}", "表内单位": "万?元", "部门": ".+?"}
_ANY = ""
"""Instead of the values of a dimension that a scope does not look at."""
_ORDINAL = rf"[{NUMERAL}]+[、.]|\([{NUMERAL}]+\)|\d{{1,2}}[、.](?!\d)|\(\d{{1,2}}\)"


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The text as words are compared: no blanks and no quotation marks (unless it is nothing else), all of one width."""
    return "".join(unicodedata.normalize("NFKC", text.translate(_QUOTES)).split()) or text.strip()


class Word(NamedTuple):
    """A word of a definition: how it reads, as a pattern where it is a template, and what else it may be called.

    ``others`` are its other names in the nation, ``own`` those that the definition gives it.
    """

    text: str
    pattern: re.Pattern[str] | None = None
    others: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()

    def is_said(self, said: str) -> bool:
        """Whether a plain text is just this word."""
        return said == self.text or (self.pattern is not None and self.pattern.fullmatch(said) is not None)

    def is_meant(self, said: str) -> bool:
        """Whether a plain text is this word or another name of it."""
        return said in self.others or said in self.own or self.is_said(said)

    def as_wide(self, scope: Filter) -> Word:
        """The word without other names that say less than ``scope``: 财政拨款收入 is 收入 only where that is 财政拨款."""
        return self._replace(others=frozenset(other for other in self.others if not narrows(other, scope)))


def narrows(word: str, scope: Filter) -> bool:
    """Whether a plain word names a fund or the like that is not all that a scope selects: it means less."""
    wanted = dict(normal(scope).terms)
    return any(
        plain(value) in word and not set(wanted.get(row.name, (_ANY,))) <= set(row.groups.get(value, (value,)))
        for row in DIMENSIONS.values()
        if row.name != "年度"  # 本年支出 is what places call all of it
        for value in row.choices
    )


class Words:
    """Makes the words of one definition; ``same`` are groups of words that mean one thing, ``own`` a definition's others."""

    def __init__(self, same: Iterable[Sequence[str]], own: Mapping[str, Sequence[str]], numbering: Numbering) -> None:
        self._own = {plain(word): frozenset(map(plain, others)) for word, others in own.items()}
        self._others: dict[str, frozenset[str]] = {}
        for group in same:
            members = frozenset(map(plain, group))
            for word in members:
                self._others[word] = self._others.get(word, frozenset()) | members
        bounded = (pattern for pattern in numbering.ordinals if NUMBER_PLACE.sub("", pattern))  # else any number is one
        patterns = [ordinal_pattern(pattern, plain) for pattern in bounded]
        self._ordinal = re.compile("|".join([*patterns, _ORDINAL]))

    def word(self, text: str) -> Word:
        """A definition's word."""
        said = plain(text)
        others, own = self._others.get(said, frozenset()), self._own.get(said, frozenset())
        return Word(said, template(text) if "{" in text else None, others, own)

    def bare(self, said: str) -> str:
        """A plain text without the ordinal before it; as it is where nothing else would be left."""
        return said[found.end() :] or said if (found := self._ordinal.match(said)) else said


@lru_cache(maxsize=1024)
def template(text: str, title: str = "", number: str = "") -> re.Pattern[str]:
    """A template as a pattern over plain texts; 表名 and 表号 in it are ``title`` and ``number``, themselves patterns."""
    filled = {name: f"(?:{said})" for name, said in (("表名", title), ("表号", number)) if said} | _FILLED
    parts, end = [], 0
    for hole in _HOLE.finditer(text):
        parts += [re.escape(plain(text[end : hole.start()])), filled.get(hole[1] or "", ".*?")]
        end = hole.end()
    return re.compile("".join([*parts, re.escape(plain(text[end:]))]))

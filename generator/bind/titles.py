"""Which definition a table is of, and which national form a definition is: by the words of captions and titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from generator.bind.words import Word, Words, plain, template
from generator.model.national import National
from generator.model.numerals import NUMERAL
from generator.model.profile import Profile, ordinal_pattern
from generator.model.reading import ReadTable
from generator.model.table_spec import TableSpec

_COUNT = rf"(?:[{NUMERAL}]+|\d{{1,2}}(?:-\d{{1,2}})?)"
_NUMBER = re.compile(rf"^\s*\(?附?表?\s*{_COUNT}\s*[.、:)]|^\s*附?表\s*{_COUNT}(?!\d)")
_YEAR = re.compile(r"^.*\d{4}年(?:度)?")


def kinds_of(profile: Profile, national: National) -> dict[str, str]:
    """Which national form each table of a profile is (表1 … 表13), by the table's key: as it says, or by its title."""
    typed = {spec.key: spec.kind for spec in profile.tables if spec.kind}
    named = {spec.key: kind for spec in profile.tables if (kind := kind_of(spec.title.value, national))}
    return {key: kind for key, kind in named.items() if kind not in typed.values()} | typed


def kind_of(caption: str, national: National) -> str:
    """Which national form a caption names; empty when none."""
    return _essences(national).get(_essence(_bare(caption), national.fillers), "")


def specs_of(
    tables: Iterable[ReadTable], profile: Profile, kinds: Mapping[str, str], national: National
) -> list[tuple[TableSpec, ...]]:
    """For each table the definitions that it may be of: one where that is certain.

    A caption as the profile writes it counts first, then its title under any number and year, then the national form.
    """
    titled = [
        (
            spec,
            template(spec.standing.caption.value, _either(spec, profile), _number(spec, profile)),
            _title(spec, profile),
        )
        for spec in profile.tables
    ]

    def of(caption: str) -> tuple[TableSpec, ...]:
        said, unnumbered, bare = plain(caption), plain(_unnumbered(caption)), _bare(caption)
        kind = kind_of(caption, national)
        ways: Sequence[Callable[[TableSpec, re.Pattern[str], Word], bool]] = (
            lambda spec, pattern, title: pattern.fullmatch(said) is not None,
            lambda spec, pattern, title: title.is_meant(said) or title.is_meant(bare) or title.is_meant(unnumbered),
            lambda spec, pattern, title: bool(kind) and kinds.get(spec.key) == kind,
        )  # fmt: skip
        found = (tuple(spec for spec, pattern, title in titled if way(spec, pattern, title)) for way in ways)
        return next(filter(None, found), ())

    return [of(table.caption) for table in tables]


def _title(spec: TableSpec, profile: Profile) -> Word:
    word = Words((), spec.aliases, profile.numbering).word(spec.title.value)
    return word if word.pattern else word._replace(others=word.others | {_bare(spec.title.value)})


def _number(spec: TableSpec, profile: Profile) -> str:
    return ordinal_pattern(spec.standing.number or profile.numbering.table, plain, "")


def _either(spec: TableSpec, profile: Profile) -> str:
    title = _title(spec, profile)
    words = [title.pattern.pattern if title.pattern else re.escape(title.text)]
    return "|".join([*words, *map(re.escape, sorted(title.others | title.own))])


def _bare(caption: str) -> str:
    """A caption without its number, and without its year and what stands before that (whose it is)."""
    return _YEAR.sub("", plain(_unnumbered(caption)))


def _unnumbered(caption: str) -> str:
    """A caption without the number of the table, which blanks may part from a year."""
    return _NUMBER.sub("", unicodedata.normalize("NFKC", caption))


def _essence(title: str, fillers: Iterable[str]) -> str:
    for word in fillers:
        title = title.replace(word, "")
    return title


@lru_cache(maxsize=2)
def _known(names: tuple[tuple[str, tuple[str, ...]], ...], fillers: tuple[str, ...]) -> dict[str, str]:
    return {_essence(_bare(title), fillers): key for key, titles in names for title in titles}


def _essences(national: National) -> dict[str, str]:
    names = tuple((key, (name, *national.titles[key])) for key, name in national.names.items())
    return _known(names, national.fillers)

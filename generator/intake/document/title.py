"""Whose document it is: the department's name where the place's own words print it, on the cover and above tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from generator.model.profile import Profile
from generator.model.reading import Reading

_DATE = (
    r"[\d〇一二三四五六七八九零]{4} ?年 ?[\d〇一二三四五六七八九十]{1,3} ?月(?: ?[\d〇一二三四五六七八九十]{1,3} ?日)?"
)
_PLACE = r"\{\{ *(.*?) *\}\}"


def name_in(reading: Reading, profile: Profile, year: int) -> str:
    """The name that most of these places have; empty where none does."""
    found = Counter(_names(reading, profile, year))
    return found.most_common(1)[0][0] if found else ""


def date_in(reading: Reading) -> str:
    """The date that a line of the cover is; empty where none is."""
    lines = (line.strip() for line in reading.cover)
    return next((line for line in lines if re.fullmatch(_DATE, line)), "")


def _names(reading: Reading, profile: Profile, year: int) -> Iterator[str]:
    said = [re.sub(r"\s", "", text) for text in (*reading.cover, *(heading.text for heading in reading.headings))]
    heads = [part for table in reading.tables for part in table.headline.split("\t")]
    templates = [part.title.value for part in profile.outline if part.title is not None]
    for template, texts in (
        (profile.title.value, said),
        *((one, said) for one in templates),
        *((one.value, heads) for one in profile.headline),
    ):
        pattern = _pattern(template, year)
        if pattern is not None:
            yield from (hit["name"] for text in texts if (hit := re.fullmatch(pattern, re.sub(r"\s", "", text))))


def _pattern(template: str, year: int) -> str | None:
    """A template as a pattern for texts without blanks; None where it has no 部门, or more than one."""
    known = {"年": str(year), "上年": str(year - 1), "版": "(?:部门|单位)", "部门": "(?P<name>.{2,60})"}
    pieces = re.split(_PLACE, template)
    if pieces[1::2].count("部门") != 1:
        return None
    return "(?:第.{1,3}部分)?" + "".join(
        known.get(piece, ".*?") if at % 2 else re.escape(re.sub(r"\s", "", piece)) for at, piece in enumerate(pieces)
    )

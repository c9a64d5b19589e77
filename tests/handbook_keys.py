"""The examples of the handbook, each made once, and the keys that loaders asked for and found meanwhile."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.load.fields import Fields
from generator.load.picture import load_picture
from generator.load.profile import load_profile
from generator.load.watch import layers_of
from tests.handbook import CHAPTERS, Example, composed, sections, written

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
    "picture._read": "picture.yaml",
    "picture._total": "一图的总数",
    "picture._compared": "一图的比上年",
    "picture._public": "一图的三公",
    "picture._projects": "一图的项目",
    "picture._said": "一图的几句话",
    "picture._ways": "一图的增减",
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
    "picture",
)
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
            pictured(Path(folder) / "templates" / "例")
            known[id(example)] = seen, {about: composed(Path(folder), "例", about) for about in wanted}
    return known[id(example)]


def pictured(place: Path) -> None:
    """A profile's picture.yaml read, as the verb picture does; what is wrong in it fails."""
    profile, _, _ = load_profile(place)
    own = profile.dimensions if profile is not None else ()
    spec, problems, _ = load_picture(place, layers_of(place, 2026), place.parent / "通用", own)
    assert spec is not None, problems


def place_of(example: Example) -> str:
    """A section as links of forges name it."""
    return f"{example.chapter}#{slug(example.title)}"


def slug(title: str) -> str:
    """A heading's anchor: without marks, blanks as “-”."""
    return re.sub(r"[^\w\- ]", "", title).replace(" ", "-").lower()

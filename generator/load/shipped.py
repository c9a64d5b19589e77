"""Profiles that come with the program (随附的格式方案): for a folder of data that has none of its own.

In a checkout they stand in ``templates/``; a wheel carries that folder as ``generator/places`` (pyproject.toml). A profile
that a person has in a folder of templates wins over the shipped one of its name; where it has no report.yaml, it says only
what differs from that one.
"""

from __future__ import annotations

from pathlib import Path

_HOUSE = Path(__file__).parent.parent
_LABEL = "随附的格式方案"


def shipped() -> Path:
    """The folder of the profiles that come with this program; it may not be there."""
    inside = _HOUSE / "places"
    return inside if inside.is_dir() else _HOUSE.parent / "templates"


def standing_in(path: Path) -> Path | None:
    """The shipped profile of a folder's name, unless it is that folder."""
    other = shipped() / path.name
    return other if (other / "report.yaml").is_file() and other.resolve() != path.resolve() else None


def home_of(templates: Path, name: str) -> Path:
    """Where a profile stands: in the folder of templates, else shipped; where it should stand when it does in neither."""
    own = templates / name
    return own if own.is_dir() else standing_in(own) or own


def names_of(templates: Path) -> list[str]:
    """The names of all profiles there are, a folder's own and the shipped ones, in order."""
    found = {path.parent.name for folder in (templates, shipped()) for path in folder.glob("*/report.yaml")}
    return sorted(found)


def below(folder: Path, templates: Path) -> str:
    """A profile's folder, or one in it, as it is called within the folder that holds it."""
    inside = templates if folder.is_relative_to(templates) else shipped()
    return folder.relative_to(inside).as_posix()


def label_of(path: Path) -> str:
    """A profile's file as messages and the page name it: a shipped one the same on every machine."""
    inside = _HOUSE / "places"
    return f"{_LABEL}/{path.relative_to(inside).as_posix()}" if path.is_relative_to(inside) else path.as_posix()

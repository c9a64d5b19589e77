"""What the pages for people who change the code promise about their own looks."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

LONGEST = 120
_MARKER = re.compile(r"(?:[-*]|\d+\.) ")


def paragraphs(text: str) -> list[str]:
    """The paragraphs and list items of a page: without headings, table rows and code blocks."""
    found: list[str] = []
    fenced, goes_on = False, False
    for line in text.splitlines():
        fence = line.lstrip().startswith("```")
        fenced ^= fence
        inside = goes_on and bool(line.strip())
        if (
            fence
            or fenced
            or not line.strip()
            or line.startswith(("|", "#"))
            or (line.startswith("    ") and not inside)
        ):
            goes_on = False
        elif inside and not _MARKER.match(line.lstrip()):
            found[-1] += " " + line.strip()
        else:
            found.append(line.strip())
            goes_on = True
    return found


def test_a_page_falls_into_paragraphs_and_items() -> None:
    page = "# A title\n\none\ntwo\n\n- three\n  four\n- five\n\n    code\n\n| a | row |\n```\nmore code\n```\nsix\n"
    assert paragraphs(page) == ["one two", "- three four", "- five", "six"]


@pytest.mark.parametrize("name", ["docs/design.md", "CONTRIBUTING.md"])
def test_no_paragraph_is_longer_than_a_person_reads_at_once(name: str) -> None:
    found = paragraphs((ROOT / name).read_text(encoding="utf-8"))
    assert len(found) > 20
    assert [(len(one.split()), one[:60]) for one in found if len(one.split()) > LONGEST] == []


def test_the_house_has_the_rooms_that_its_plan_shows() -> None:
    """The plan in docs/design.md section 3, the contract of the layers, and generator/ itself name the same."""
    plan = (
        (ROOT / "docs" / "design.md")
        .read_text(encoding="utf-8")
        .split("    generator/\n")[1]
        .split("    templates/")[0]
    )
    shown = {name.rstrip("/").removesuffix(".py") for name in re.findall(r"^      (\S+)", plan, re.M)}
    there = {path.stem for path in (ROOT / "generator").iterdir() if not path.name.startswith("__")}
    layers = (ROOT / ".importlinter").read_text(encoding="utf-8").split("layers =\n")[1].split("exhaustive")[0]
    assert shown == there
    assert set(re.findall(r"\w+", layers)) - {"__main__"} == there


def test_every_module_that_the_design_names_is_there() -> None:
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![*\w/])(?:\w+/)*\w+\.py\b", text))
    there = [path.as_posix() for folder in ("generator", "tests", "bench") for path in (ROOT / folder).rglob("*.py")]
    assert len(named) > 50
    assert [name for name in named if not any(path.endswith(f"/{name}") for path in there)] == []

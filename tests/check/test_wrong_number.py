"""One wrong digit in a sentence, of our own documents and of another place's, with the data at hand and without: is it found?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.check.book_rules import Derived
from generator.check.catalogue import SENTENCE_RULES
from generator.check.rules import check
from generator.model.document import Document
from generator.model.profile import Profile
from generator.model.reading import Reading, ReadParagraph
from generator.readback.document import reading_of
from generator.work.binding import nouns
from tests.runs import Run, run

HERE = Path(__file__).parent.parent
NUMBER = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?=万元|%|辆|套)")
RULES = [rule for rule in SENTENCE_RULES if rule.code != "T225"]  # it is about the tables of projects
NOBODY_KNOWS = ("单位价值", "公益金支持城乡医疗救助资金”")
"""What numbers follow that have no second source: the sorts of assets, and a person's own words in a reason."""


def wrong_digits(reading: Reading, every: int) -> Iterator[tuple[str, Reading]]:
    """The words before a number, and the reading with one of its digits changed."""
    places = [
        (at, block, number, place)
        for at, block in enumerate(reading.blocks)
        if isinstance(block, ReadParagraph)
        for number in NUMBER.finditer(block.text)
        for place in range(number.start(), number.end())
        if block.text[place].isdigit()
    ]
    for at, block, number, place in places[::every]:
        text = block.text[:place] + str((int(block.text[place]) + 1) % 10) + block.text[place + 1 :]
        changed = (*reading.blocks[:at], block._replace(text=text), *reading.blocks[at + 1 :])
        yield block.text[: number.start()], reading._replace(blocks=changed)


def said(reading: Reading, known: Derived | Profile, document: Document | None) -> set[str]:
    return {problem.message for problem in check(nouns(reading, known, document)[1], RULES).problems}


def missed(done: Run, every: int, with_data: bool) -> tuple[int, list[str]]:
    """How many digits were tried, and before which numbers nothing was found."""
    derived, reading = Derived(done.inputs, done.profile, done.book), reading_of(done.document)
    known, document = (derived, done.document) if with_data else (done.profile, None)
    sound = said(reading, known, document)
    found = [(words, said(changed, known, document) - sound) for words, changed in wrong_digits(reading, every)]
    return len(found), [words for words, problems in found if not problems]


@pytest.mark.parametrize("every", [11, pytest.param(1, marks=pytest.mark.slow)])
def test_a_wrong_digit_of_the_real_document_is_found(every: int, run_2022: Run) -> None:
    tried, silent = missed(run_2022, every, with_data=True)
    assert tried > 150 // every
    assert [words for words in silent if not words.endswith(NOBODY_KNOWS)] == []


@pytest.mark.parametrize("every", [13, pytest.param(1, marks=pytest.mark.slow)])
def test_most_are_found_without_its_data(every: int, run_2022: Run) -> None:
    """The statement's labels, the tables and the sentences themselves; last year's amounts and what was typed nobody knows."""
    _, silent = missed(run_2022, every, with_data=False)
    assert [
        words for words in silent if not words.endswith((*NOBODY_KNOWS, "通用设备", "专用设备", "增加", "减少", "下降"))
    ] == []


def test_a_wrong_digit_of_another_place_s_document_is_found() -> None:
    done = run(HERE / "data", HERE / "profiles", "tiny", 2023)
    assert isinstance(done, Run)
    tried, silent = missed(done, 1, with_data=True)
    assert (tried, silent) == (35, [])

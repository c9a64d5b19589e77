"""What is written beside a field, inside of which nothing may be marked."""

from __future__ import annotations

import pytest

from tests.conftest import some
from tests.render.docx.test_found import field, run
from tests.render.docx.test_marked import ROWS, WORDS, edited, elsewhere, marked, prove


def with_words(inside: str) -> bytes:
    return edited(elsewhere(WORDS, ROWS), lambda xml: xml.replace("<w:sectPr", f"<w:p>{inside}</w:p><w:sectPr", 1))


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    some([
        (field("表2 收入"), field("表3 收入"), ["表2 收入"], ["表3 收入"]),
        (run("旧的，") + field("表2"), field("表2"), ["旧的，"], []),
        (field("表2") + run("，旧的话"), field("表2"), ["，旧的话"], []),
        (field("表2"), field("表2") + run("，新的话"), [], ["，新的话"]),
        (run("见，") + field("表2") + run("，") + field("附件"), run("见，") + field("附件"), ["表2，"], []),
    ], 3),
)  # fmt: skip
def test_words_beside_a_field_are_marked_and_the_field_only_as_a_whole(
    old: str, new: str, gone: list[str], come: list[str]
) -> None:
    data = prove(with_words(old), with_words(new))
    assert (marked(data, "del"), marked(data, "ins")) == (gone, come)
    prove(with_words(new), with_words(old))

"""Nouns come back from bytes as they went in."""

from enum import Enum
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from generator.model.plain import packed, unpacked


class Colour(Enum):
    """An Enum."""

    RED = "红"


class Nothing(NamedTuple):
    """No field."""


class Holder(NamedTuple):
    """Anything."""

    value: Any
    other: Any = None


class Unknown(NamedTuple):
    """Not among the kinds."""

    value: int


KINDS = {Holder: Holder, Nothing: Nothing, Colour: Colour}


@pytest.mark.parametrize(
    "value",
    [
        "文", b"\x00", 3, None, True, (), ("一", (2, ())), Nothing(), (Nothing(), Colour.RED),
        Holder(Holder((1, "a"), {"键": Holder(()), ("一", "二"): ("三",)}), Colour.RED),
    ],
)  # fmt: skip
def test_what_comes_back_is_what_went_in(value: object) -> None:
    found = unpacked(packed(value, KINDS), KINDS)
    assert found == value and repr(found) == repr(value)


def test_a_mapping_that_cannot_be_changed_comes_back_as_a_dict() -> None:
    assert unpacked(packed(Holder(MappingProxyType({"a": ()})), KINDS), KINDS) == Holder({"a": ()})


@pytest.mark.parametrize("value", [Unknown(1), (Holder(Unknown(1)),)])
def test_a_noun_that_is_not_known_is_refused(value: object) -> None:
    with pytest.raises(KeyError):
        packed(value, KINDS)

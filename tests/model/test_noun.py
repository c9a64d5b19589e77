"""A noun is the ``NamedTuple`` of ``typing``, but for how it was made."""

from __future__ import annotations

import copy
import pickle
from typing import Any, Generic, NamedTuple, TypeVar
from typing import NamedTuple as Usual

import pytest

T = TypeVar("T")


class Empty(NamedTuple):
    """No field."""


class Place(NamedTuple):
    """Where."""

    file: str
    line: int = 0
    column: int = 0

    def __bool__(self) -> bool:
        return self.line > 0

    @property
    def both(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"


class Pair(NamedTuple, Generic[T]):
    """Two of a kind."""

    first: T
    second: T


class UsualPlace(Usual):
    """Where."""

    file: str
    line: int = 0
    column: int = 0


def test_it_is_made_read_and_changed_as_usual() -> None:
    made, usual = Place("甲", column=3), UsualPlace("甲", column=3)
    assert (
        made == usual and hash(made) == hash(usual) and made == ("甲", 0, 3) and (made.file, made.column) == ("甲", 3)
    )
    assert repr(made) == repr(usual).removeprefix("Usual")
    assert made._replace(line=4) == usual._replace(line=4) and type(made._replace(line=4)) is Place
    assert made._asdict() == usual._asdict() and Place._make("abc") == UsualPlace._make("abc")
    assert Place._fields == UsualPlace._fields and Place._field_defaults == UsualPlace._field_defaults
    assert (bool(made), made.both, repr(Empty()), Empty() == ()) == (False, "甲:0", "Empty()", True)
    assert Pair(1, 2) == Pair[int](1, 2) == (1, 2)
    match made:
        case Place(file, line=0):
            assert file == "甲"
    assert copy.copy(made) == pickle.loads(pickle.dumps(made)) == made
    with pytest.raises(AttributeError):
        made.line = 1  # type: ignore[misc]
    with pytest.raises(AttributeError):
        made.other = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("given", [((), {}), ((1, 2, 3, 4), {}), ((1,), {"other": 2}), ((1,), {"file": 2})])
def test_wrong_fields_are_refused_as_usual(given: tuple[Any, dict[str, Any]]) -> None:
    told = []
    for made in (Place, UsualPlace):
        with pytest.raises(TypeError) as caught:
            made(*given[0], **given[1])
        told.append(str(caught.value).partition("__new__")[2].partition("() ")[2])
    assert told[0] == told[1] != ""
    for wrong, error in (({"other": 1}, ValueError), ({"file": 1, "others": 2}, ValueError)):
        with pytest.raises(error, match="other"):
            Place("甲")._replace(**wrong)
    with pytest.raises(TypeError):
        Place._make("ab")


def test_a_field_without_a_default_may_not_follow_one_that_has_one() -> None:
    with pytest.raises(TypeError, match="default"):
        type(NamedTuple.__mro_entries__(())[0])("Wrong", (), {"__annotations__": {"a": int, "b": int}, "a": 1})  # type: ignore[attr-defined]

"""Places of words: under which character a caret stands."""

from __future__ import annotations

from generator.model.source import Passage, Position, Text, in_document


def test_where_a_character_stands() -> None:
    passage = Passage("说明", "第1项", Text("负责展览", Position("x.yaml", 3, 5)))
    assert passage.at(2) == Position("x.yaml", 3, 7)
    assert passage._replace(literal=False).at(2) == Position("x.yaml", 3, 5)


def test_places_as_they_are_printed() -> None:
    assert str(Position("x.yaml", 3, 5)) == "x.yaml:3:5"
    assert str(Position("x.yaml")) == "x.yaml"
    assert in_document("附表") == Position("", 0, 0, "附表")
    assert str(in_document("附表")) == "附表"

"""What a data file says, without how it is written: maps, lists and texts, every number as it was typed."""

from collections.abc import Mapping

Tree = str | list["Tree"] | dict[str, "Tree"]
"""A file's content. Nothing in it is a number: “34.60” stays “34.60”, “027” keeps its zero."""
Trees = Mapping[str, Tree]
"""The files of a year's folder, by their names in it (basic.yaml, units/045001.yaml)."""

"""PyYAML, imported for libyaml's parser alone: its readers, constructors and writers in Python stay unloaded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from generator.later import sparing

_IN_PYTHON = "reader scanner parser composer constructor resolver emitter serializer representer"

with sparing(*(f"yaml.{name}" for name in _IN_PYTHON.split()), package="yaml"):
    import yaml.error
    import yaml.events
    import yaml.nodes
    import yaml.tokens

    with suppress(ImportError):  # a PyYAML without libyaml
        import yaml._yaml
for _part in (yaml.error, yaml.nodes, yaml.tokens):  # as its own __init__ does
    vars(yaml).update({name: value for name, value in vars(_part).items() if name[0] != "_"})


_parser: Any = yaml._yaml.CParser if "_yaml" in vars(yaml) else yaml.SafeLoader


class Loader(_parser):  # type: ignore[misc]
    """Nodes and tokens of a text; nothing that is typed without “!” is given a type."""

    resolve = descend_resolver = ascend_resolver = "".format
    """The tag of what has none, and where in the tree it stands: “” whatever the parser tells. It asks three times a node."""


def composed(text: str) -> yaml.Node | None:
    """The root node of a text, None where it says nothing. Raises YAMLError."""
    found: yaml.Node | None = Loader(text).get_single_node()
    return found


def scanned(text: str) -> Iterator[yaml.Token]:
    """The tokens of a text. Raises YAMLError."""
    loader = Loader(text)
    while loader.check_token():
        yield loader.get_token()

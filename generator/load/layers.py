"""A profile's folders read as one, and YAML files that say only what differs from the one below."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from generator.load.fields import brief
from generator.load.files import Folder
from generator.load.shipped import label_of
from generator.load.yaml_text import Node, Reader
from generator.model.source import Position, Source

_REMOVED, _CONTINUED, _FROM = "删去", "沿用", "沿用"
_DEEPEST = 2
"""How many mappings deep two files are merged: a figure's filter or a table's columns are replaced as a whole."""


class Layered(Folder):
    """A profile's folders read as one: of each file the nearest; of a YAML file what it adds to those below it."""

    def __init__(self, path: Path, layers: tuple[Path, ...]) -> None:
        super().__init__(path)
        self._layers = layers or (path,)

    def named(self, path: Path) -> str:
        """A file as messages name it: one of a shipped profile without where the program is installed."""
        return label_of(path)

    def at(self, name: str) -> Path:
        """The nearest file of that name; where it would stand in the profile's own folder when there is none."""
        return next(self._all(name), self.path / name)

    def listed(self, folder: str, pattern: str) -> list[str]:
        """The names of files in one of its folders, in all layers, in order."""
        return sorted({path.name for layer in self._layers for path in (layer / folder).glob(pattern)})

    def shadowed(self, folder: str, pattern: str) -> Iterator[tuple[str, Source]]:
        """Prose below a nearer file of its name, as “通用/part-2.j2”, so that the nearer one can extend it."""
        for name in self.listed(folder, pattern):
            for path in list(self._all(f"{folder}/{name}"))[1:]:
                source = self.prose_at(path)
                yield f"{path.parent.parent.name}/{name}", source

    def merged(self, name: str) -> tuple[Reader, Node | None]:
        """A YAML file of every layer that has it, the nearer over the farther."""
        return self._joined([self.open_at(path) for path in self._all(name)] or [self.open(name)])

    def continued(self, name: str) -> tuple[Reader, Node | None]:
        """A YAML file, over the one that it continues (沿用: its own name is the one of the layer below)."""
        opened: list[tuple[Reader, Node | None]] = []
        path: Path | None = self.at(name)
        seen: set[Path] = set()
        while path is not None and path not in seen:
            seen.add(path)
            opened.append(self.open_at(path))
            path = self._continues(path, *opened[-1])
        return self._joined(opened)

    def _continues(self, path: Path, reader: Reader, root: Node | None) -> Path | None:
        pairs = root.value if isinstance(root, yaml.MappingNode) else []
        node = next((value for key, value in pairs if key.value == _FROM), None)
        if not isinstance(node, yaml.ScalarNode):
            return None
        folder, wanted = path.parent.name, node.value.strip()
        others = list(self._all(f"{folder}/{wanted}.yaml"))
        below = others[others.index(path) + 1 :] if path in others else others
        if not below:
            message = f"“沿用”的“{brief(wanted)}”不在{folder}/里" + ("，下面各层也没有" if wanted == path.stem else "")
            reader.report("P001", node, message, "请填另一个表的文件名（不带“.yaml”），或所基于的方案里同名的表。")
            return None
        return below[0]

    def _all(self, name: str) -> Iterator[Path]:
        return (layer / name for layer in self._layers if (layer / name).exists())

    def _joined(self, opened: list[tuple[Reader, Node | None]]) -> tuple[Reader, Node | None]:
        if len(opened) == 1:
            return opened[0]
        reader = _Joined(opened[0][0])
        reader.own, reader.widened = self.own, self.widened
        reader.lists, reader.formats = self.lists, self.formats
        self.adopt(reader)
        root: Node | None = None
        for one, node in opened:
            if node is not None:
                reader.note(node, one.source.name)
                root = node if root is None else _over(root, node, reader, _DEEPEST)
        return reader, root


class _Joined(Reader):
    """Reads nodes of several files; each position names the node's own."""

    def __init__(self, nearest: Reader) -> None:
        super().__init__(nearest.source)
        self._files: dict[int, str] = {}
        self._held: list[Node] = []  # while they live, their ids are theirs

    def note(self, node: Node, name: str) -> None:
        """Remember of which file a tree is."""
        self._files[id(node)] = name
        self._held.append(node)
        children = node.value if isinstance(node, (yaml.MappingNode, yaml.SequenceNode)) else ()
        for child in children:
            for one in child if isinstance(child, tuple) else (child,):
                self.note(one, name)

    def like(self, made: Node, node: Node) -> Node:
        """Remember that a node made here stands where another does."""
        self._files[id(made)] = self._files[id(node)]
        self._held.append(made)
        return made

    def at(self, node: Node) -> Position:
        """Where a node starts, in its own file."""
        return super().at(node)._replace(file=self._files.get(id(node), self.source.name))


def _over(near: Node, far: Node, reader: _Joined, depth: int) -> Node:
    if isinstance(near, yaml.SequenceNode) and isinstance(far, yaml.SequenceNode) and _continues(near):
        items = [*far.value, *near.value[1:]]
        return reader.like(yaml.SequenceNode(near.tag, items, near.start_mark, near.end_mark), near)
    if not (depth and isinstance(near, yaml.MappingNode) and isinstance(far, yaml.MappingNode)):
        return near
    pairs = {key.value: (key, value) for key, value in far.value}
    for key, value in near.value:
        if key.value in pairs and isinstance(value, yaml.ScalarNode) and value.value.strip() == _REMOVED:
            del pairs[key.value]
        elif key.value in pairs:
            pairs[key.value] = key, _over(value, pairs[key.value][1], reader, depth - 1)
        else:
            pairs[key.value] = key, value
    return reader.like(yaml.MappingNode(near.tag, list(pairs.values()), near.start_mark, near.end_mark), near)


def _continues(node: yaml.SequenceNode) -> bool:
    first = node.value[0] if node.value else None
    return isinstance(first, yaml.ScalarNode) and first.value.strip() == _CONTINUED

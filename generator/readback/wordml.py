"""WordprocessingML as a stream: elements by name, never a tree of them in memory; styles read that way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import IO, NamedTuple
from xml.parsers import expat

from generator.model.problem import UsageError
from generator.opc import feed, pieces_of

ALIGNED = {"left": "l", "start": "l", "both": "l", "center": "c", "right": "r", "end": "r"}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006 ",
    "m": f"{_OFFICE}/math ",
    "r": f"{_OFFICE}/relationships ",
}
_PREFIXES = {prefix: f"{prefix}:" for prefix in _SPACES}

Start = Callable[[dict[str, str]], None]
End = Callable[[], None]


class Style(NamedTuple):
    """What a paragraph takes from its style: outline level (0 none, 1 highest), alignment (l, c, r, "" unsaid).

    ``name`` is what Word calls it: programs give styles other ids when they save, and keep the names.
    """

    outline: int = 0
    aligned: str = ""
    name: str = ""


def number(text: str) -> int:
    """A whole number as files have it, 0 for what is none."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


def level(text: str) -> int:
    """An outline level as files have it (0 the highest, 9 none), counted from 1; 0 for none."""
    return number(text) + 1 if text in tuple("012345678") else 0


def read_styles(stream: IO[bytes]) -> dict[str, Style]:
    """The styles of ``word/styles.xml`` by id, with what they inherit. Raises UsageError when it is damaged."""
    reader = _StyleReader()
    parse(pieces_of(stream), reader)
    return {name: _inherited(name, reader.styles, reader.parents) for name in reader.styles}


def _inherited(name: str, styles: Mapping[str, Style], parents: Mapping[str, str]) -> Style:
    outline, aligned, own, seen = 0, "", styles[name].name, set[str]()
    while name in styles and name not in seen:
        seen.add(name)
        outline, aligned = outline or styles[name].outline, aligned or styles[name].aligned
        name = parents.get(name, "")
    return Style(outline, aligned, own)


class Reader:
    """What is done where an element starts or ends, by its local name (``mc:``, ``m:`` before those of other namespaces).

    ``w`` and ``r`` stand before the names of attributes.
    """

    def __init__(self) -> None:
        self.w, self.val, self.r = "w:", "w:val", "r:"
        self.parser = expat.ParserCreate()
        self.hearing: Callable[[str, dict[str, str]], None] | None = None
        self.starts: dict[str, Start] = {}
        self.ends: dict[str, End] = {}

    @property
    def hears(self) -> bool:
        """Whether elements are told now, not left out."""
        return self.parser.StartElementHandler is self.hearing

    def skip(self) -> None:
        """Hear nothing of the element that has just begun."""
        parser, depth = self.parser, 1
        listening = parser.StartElementHandler, parser.EndElementHandler

        def deeper(_: str, __: dict[str, str]) -> None:
            nonlocal depth
            depth += 1

        def out(_: str) -> None:
            nonlocal depth
            depth -= 1
            if not depth:
                parser.StartElementHandler, parser.EndElementHandler = listening

        parser.StartElementHandler, parser.EndElementHandler = deeper, out

    def leave(self) -> None:
        """Forget what is heard. A reader and its parser hold each other, and a run collects no garbage."""
        self.parser.StartElementHandler = self.parser.EndElementHandler = self.parser.CharacterDataHandler = None
        self.hearing = None
        self.starts, self.ends = {}, {}


def parse(pieces: Iterable[bytes], reader: Reader, ours: bool = False) -> None:
    """Every element of a part told to the reader. Raises UsageError for what no Word file holds.

    ``ours``: written by us, so that names have the prefixes they always have; a fifth quicker than looking them up.
    """
    try:
        _feed(listen(reader, ours), pieces)
    finally:
        reader.leave()


def listen(reader: Reader, ours: bool = False) -> expat.XMLParserType:
    """A new parser that tells the reader every element."""
    spaces = _PREFIXES if ours else _SPACES
    parser = expat.ParserCreate() if ours else expat.ParserCreate(namespace_separator=" ")
    starts = {_full(name, spaces): action for name, action in reader.starts.items()}
    ends = {_full(name, spaces): action for name, action in reader.ends.items()}

    def start(name: str, attributes: dict[str, str]) -> None:
        action = starts.get(name)
        if action is not None:
            action(attributes)

    def end(name: str) -> None:
        action = ends.get(name)
        if action is not None:
            action()

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    reader.w, reader.val, reader.r, reader.parser = spaces["w"], spaces["w"] + "val", spaces["r"], parser
    reader.hearing = start
    return parser


def _full(name: str, spaces: Mapping[str, str]) -> str:
    prefix, _, local = name.rpartition(":")
    return spaces[prefix or "w"] + local


def _feed(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> None:
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refused
    feed(parser, pieces)


def _refused(*_: object) -> None:
    """Word writes no document type; one could hold entities that unfold without end."""
    raise UsageError("这个Word文件里有不允许的声明，没有读取。")


class _StyleReader(Reader):
    def __init__(self) -> None:
        super().__init__()
        self.name = ""
        self.styles: dict[str, Style] = {}
        self.parents: dict[str, str] = {}
        self.starts = {
            "style": self._style, "name": self._named, "basedOn": self._based, "outlineLvl": self._outline,
            "jc": self._jc,
        }  # fmt: skip
        self.ends = {"style": self._past}

    def _style(self, attributes: dict[str, str]) -> None:
        self.name = attributes.get(self.w + "styleId", "")
        self.styles[self.name] = Style()

    def _past(self) -> None:
        self.name = ""

    def _named(self, attributes: dict[str, str]) -> None:
        if self.name:
            self.styles[self.name] = self.styles[self.name]._replace(name=attributes.get(self.val, ""))

    def _based(self, attributes: dict[str, str]) -> None:
        self.parents[self.name] = attributes.get(self.val, "")

    def _outline(self, attributes: dict[str, str]) -> None:
        if self.name:
            self.styles[self.name] = self.styles[self.name]._replace(outline=level(attributes.get(self.val, "")))

    def _jc(self, attributes: dict[str, str]) -> None:
        if self.name:
            aligned = ALIGNED.get(attributes.get(self.val, ""), "")
            self.styles[self.name] = self.styles[self.name]._replace(aligned=aligned)


def read_properties(stream: IO[bytes]) -> tuple[tuple[str, str], ...]:
    """Name and text of each of the file's properties that has one (``docProps/core.xml``). Raises UsageError.

    A custom one goes by the name that a person gave it.
    """
    texts: list[tuple[str, list[str]]] = []
    given = [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        given[0] = attributes.get("name", "") if local == "property" else given[0]
        texts.append((given[0] or local, []))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.CharacterDataHandler = lambda text: texts[-1][1].append(text)
    _feed(parser, pieces_of(stream))
    return tuple((name, "".join(parts).strip()) for name, parts in texts if "".join(parts).strip())


def read_words(stream: IO[bytes], *names: str) -> tuple[str, ...]:
    """What stands in the elements of these local names: the words of a diagram, a chart. Raises UsageError."""
    found: list[list[str]] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, _: dict[str, str]) -> None:
        words: list[str] = []
        if name.rpartition(" ")[2] in names:
            found.append(words)
        parser.CharacterDataHandler = words.append

    parser.StartElementHandler = start
    _feed(parser, pieces_of(stream))
    return tuple(text for words in found if (text := "".join(words).strip()))

"""WordprocessingML as a stream: elements by name, never a tree of them in memory; styles read that way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import IO, NamedTuple
from xml.parsers import expat

from generator.model.problem import UsageError

_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
ALIGNED = {"left": "l", "start": "l", "both": "l", "center": "c", "right": "r", "end": "r"}
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_CHUNK = 1 << 18
# Half of a table's elements say how a cell looks and hold no word: not parsing them saves a fifth of the time.
_WORDLESS = re.compile(rb"<w:(?:tcW|vAlign|trHeight) [^<>]*/>")

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
    parse(stream, reader)
    return {name: _inherited(name, reader.styles, reader.parents) for name in reader.styles}


def _inherited(name: str, styles: Mapping[str, Style], parents: Mapping[str, str]) -> Style:
    outline, aligned, own, seen = 0, "", styles[name].name, set[str]()
    while name in styles and name not in seen:
        seen.add(name)
        outline, aligned = outline or styles[name].outline, aligned or styles[name].aligned
        name = parents.get(name, "")
    return Style(outline, aligned, own)


class Reader:
    """What is done where an element starts or ends, by its local name; ``w`` stands before the names of attributes.

    ``alternatives``: the same for the elements of mc:AlternateContent.
    """

    def __init__(self) -> None:
        self.w, self.val = "w:", "w:val"
        self.parser = expat.ParserCreate()
        self.starts: dict[str, Start] = {}
        self.ends: dict[str, End] = {}
        self.alternatives: dict[str, Start] = {}

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


def parse(stream: IO[bytes], reader: Reader) -> None:
    """Every element of the stream told to the reader. Raises UsageError for what no Word file holds."""
    chunk = stream.read(_CHUNK)
    if f'xmlns:w="{_TRANSITIONAL}"'.encode() in chunk:
        parser, w, mc = expat.ParserCreate(), "w:", "mc:"  # a fifth quicker than with names looked up
    else:
        parser, w = expat.ParserCreate(namespace_separator=" "), _space_of(chunk) + " "
        mc = f"{_COMPATIBLE} "
    starts = {w + name: action for name, action in reader.starts.items()}
    starts |= {mc + name: action for name, action in reader.alternatives.items()}
    ends = {w + name: action for name, action in reader.ends.items()}

    def start(name: str, attributes: dict[str, str]) -> None:
        action = starts.get(name)
        if action is not None:
            action(attributes)

    def end(name: str) -> None:
        action = ends.get(name)
        if action is not None:
            action()

    parser.StartElementHandler, parser.EndElementHandler = start, end
    reader.w, reader.val, reader.parser = w, w + "val", parser
    _feed(parser, chunk, stream)


def _feed(parser: expat.XMLParserType, chunk: bytes, stream: IO[bytes]) -> None:
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refused
    try:
        while chunk:
            parser.Parse(_WORDLESS.sub(b"", chunk))
            chunk = stream.read(_CHUNK)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UsageError("这个Word文件的内容已损坏。") from error


def _space_of(chunk: bytes) -> str:
    return _STRICT if _STRICT.encode() in chunk else _TRANSITIONAL


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
    """Name and text of each of the file's properties that has one (``docProps/core.xml``). Raises UsageError."""
    texts: list[tuple[str, list[str]]] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, _: texts.append((name.rpartition(" ")[2], []))
    parser.CharacterDataHandler = lambda text: texts[-1][1].append(text)
    _feed(parser, stream.read(_CHUNK), stream)
    return tuple((name, "".join(parts).strip()) for name, parts in texts if "".join(parts).strip())

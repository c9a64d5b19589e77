"""The one door for Word files of others: a .docx as parts that are sound, bounded, and in one language of XML.

Nothing is run, no link leads outside, nothing is unpacked beyond a limit. What is wrong is a UsageError of one line.
"""

import posixpath
import re
import stat
import zlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from io import BytesIO
from pathlib import Path
from struct import error as StructError
from typing import IO, NamedTuple
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from generator.model.problem import UsageError

LARGEST_FILE = 128 * 1024 * 1024
MOST_UNPACKED = 256 * 1024 * 1024
"""Of a whole package, as many bytes as really came out, whatever it says of itself."""
MOST_XML = 128 * 1024 * 1024
MOST_PARTS = 5000
MOST_ELEMENTS = 6_000_000
MOST_LETTERS = 10_000_000
"""Of a file that is compared with another: a few times what the largest department prints."""
DEEPEST = 200  # Word nests a few dozen; libxml2 gives up at 256
LONGEST_TOKEN = 1 << 20
"""Of a tag with its attributes, a comment: expat 2.5.0 reads one again with every piece it gets."""
CHUNK = 1 << 18
BROKEN = (
    BadZipFile, zlib.error, EOFError, OSError, LookupError, ValueError, RuntimeError, OverflowError, StructError,
)  # fmt: skip
"""What zipfile raises for a file that is no sound package."""
_NO_DOCX = "这不是有效的Word文件（.docx）"
_MAIN = "word/document.xml"
_ENTRY = b"PK\x01\x02"
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
# Patterns are strings here: most files need none of them.
_ODD_NAME = r"[\x00-\x1f\x7f\\]|(?:^|/)\.\.?(?:/|$)|^/|//"
_XML = (".xml", ".rels", ".vml")
_DECLARED = rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["'][^>]*\?>"""
_DECLARATION = r"\s*<\?xml[^>]*\?>"
_UTF_16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_SAFE = (b"utf-8", b"us-ascii", b"ascii")
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_STRICT = b"http://purl.oclc.org/ooxml/"
_USUAL = b"http://schemas.openxmlformats.org"
_STRICT_NAME = rb"""(=\s*["'])http://purl\.oclc\.org/ooxml/([A-Za-z/]+)(?=["'])"""
_RENAMED = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}
_CONFORMANCE = rb"""\s(?:[\w.-]+:)?conformance\s*=\s*(?:"strict"|'strict')"""
_HEAD = 1 << 14


class Link(NamedTuple):
    """An arrow from a part to another part of the package, or (``part`` empty) to somewhere outside."""

    name: str
    kind: str
    part: str


def bytes_of(path: Path) -> bytes:
    """The bytes of a file of others. Raises UsageError, which names it, for one that can't be read, is no file, or too large."""
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):  # a pipe would wait, a device would never end
            raise UsageError(f"{path.as_posix()} 不是普通文件，没有读取。")
        if state.st_size > LARGEST_FILE:
            raise UsageError(f"{path.as_posix()} 过大（最多{LARGEST_FILE >> 20} MB），没有读取。")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise UsageError(f"无法读取 {path.as_posix()}，请确认文件在、且有读取的权限。") from error


class Package:
    """A .docx that has been opened: its parts are unpacked when they are asked for, and all together within a limit.

    XML comes as UTF-8 without document types, Strict namespaces as the usual ones. Raises UsageError, on opening and
    on reading, for a file that is damaged, encrypted, too large, or that holds what no Word file holds. ``trusted``: the
    file is our own, so that its XML is not looked through first.
    """

    def __init__(self, data: bytes, trusted: bool = False) -> None:
        self._archive = _opened(data)
        self._trusted = trusted
        self._unpacked: dict[str, int] = {}
        self._sound: dict[str, bytes] = {}
        self._links: dict[str, tuple[Link, ...]] = {}
        self._entries = (
            {info.filename: info for info in self._archive.infolist()} if trusted else _entries(self._archive)
        )
        self.names = tuple(self._entries)

    @cached_property
    def main(self) -> str:
        """The name of the part that holds the body: where the package's own links lead, else where Word has it."""
        links = () if self._trusted and _MAIN in self else self.links("")
        named = next((link.part for link in links if link.kind == "officeDocument"), _MAIN)
        if named not in self._entries:
            raise UsageError(f"{_NO_DOCX}：缺少正文。")
        return named

    def links(self, part: str) -> tuple[Link, ...]:
        """Where a part leads to; of the package itself for the empty name."""
        if part not in self._links:
            folder, name = posixpath.split(part)
            file = posixpath.join(folder, "_rels", f"{name}.rels")
            self._links[part] = tuple(_links(self.xml(file), folder)) if file in self else ()
        return self._links[part]

    def linked(self, part: str, kind: str, usual: str = "") -> tuple[str, ...]:
        """The parts of a kind that a part leads to and that are there; failing any link, the one of the usual name.

        Our own have their usual names, and kinds without one (headers) are what theirs begin with.
        """
        if self._trusted:
            return (usual,) if usual in self else tuple(name for name in self.names if name.startswith(f"word/{kind}"))
        found = [link.part for link in self.links(part) if link.kind == kind]
        return tuple(name for name in dict.fromkeys(found or [usual]) if name in self)

    def __contains__(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._entries

    def read(self, name: str) -> bytes:
        """A part as it is."""
        return b"".join(self._pieces(name))

    def xml(self, name: str) -> bytes:
        """A part of XML."""
        if self._trusted:
            return self.read(name)
        if name not in self._sound:
            self._sound[name] = sound_xml(b"".join(self._pieces(name, MOST_XML)), name)
        return self._sound[name]

    def stream(self, name: str) -> IO[bytes]:
        """A part of XML as a stream: our own as it comes out of the package, another's when it has been looked through."""
        return self._archive.open(self._entries[name]) if self._trusted else BytesIO(self.xml(name))

    def parts(self) -> dict[str, bytes]:
        """All parts, those of XML as ``xml`` has them."""
        return {name: self.xml(name) if name.endswith(_XML) else self.read(name) for name in self.names}

    def _pieces(self, name: str, most: int = MOST_UNPACKED) -> Iterator[bytes]:
        size = 0
        try:
            with self._archive.open(self._entries[name]) as stream:
                while piece := stream.read(CHUNK):
                    size += len(piece)
                    self._unpacked[name] = size
                    if size > most or sum(self._unpacked.values()) > MOST_UNPACKED:
                        raise UsageError(f"这个Word文件解压后过大（{name}），没有读取。")
                    yield piece
        except BROKEN as error:
            raise UsageError(f"{_NO_DOCX}：{name} 已损坏。") from error


def _opened(data: bytes) -> ZipFile:
    if data.startswith(_OLD_FORMAT):
        raise UsageError(f"{_NO_DOCX}：是 .doc 或有密码的文件，请在Word里去掉密码、另存为 .docx。")
    if data.count(_ENTRY) > MOST_PARTS:
        raise UsageError(f"这个Word文件里的部分过多（最多{MOST_PARTS}个），没有读取。")
    try:
        return ZipFile(BytesIO(data))
    except BROKEN as error:
        raise UsageError(f"{_NO_DOCX}。") from error


def _entries(archive: ZipFile) -> dict[str, ZipInfo]:
    """The parts by name. Two of one name, or a name that leads elsewhere, are no work of Word's."""
    found: dict[str, ZipInfo] = {}
    for info in archive.infolist():
        if info.is_dir():
            continue
        if info.filename in found:
            raise UsageError(f"{_NO_DOCX}：里面有两个 {_printable(info.filename)}。")
        if re.search(_ODD_NAME, info.filename):
            raise UsageError(f"{_NO_DOCX}：里面有名称不对的部分（{_printable(info.filename)}）。")
        if info.flag_bits & 1:
            raise UsageError("这个Word文件有加密的部分，没有读取；请在Word里去掉密码，另存一份。")
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise UsageError(f"{_NO_DOCX}：压缩方法不认识。")
        found[info.filename] = info
    return found


def _printable(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name[:80])


def sound_xml(data: bytes, name: str = "XML") -> bytes:
    """A part of XML in UTF-8 and the usual namespaces. Raises UsageError for what no Word file holds or what is broken."""
    data = _in_utf_8(data, name)
    if b"<!DOCTYPE" in data:
        raise UsageError(f"这个Word文件里有不允许的声明（{name}），没有读取。")
    _look_through(data, name)
    return _unstrict(data) if _STRICT in data else data


def _in_utf_8(data: bytes, name: str) -> bytes:
    encoding = _UTF_16.get(data[:2], "")
    try:
        if encoding:
            return re.sub(_DECLARATION, "", data.decode(encoding), count=1).encode()
    except UnicodeError as error:
        raise UsageError(f"这个Word文件的内容已损坏（{name}）。") from error
    declared = re.match(_DECLARED, data[:_HEAD].removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].lower() not in _SAFE:
        code = declared[1][:20].decode("ascii", "replace")
        raise UsageError(f"这个Word文件里有不认识的编码（{name}：{_printable(code)}），没有读取。")
    return data


def pieces_of(stream: IO[bytes]) -> Iterator[bytes]:
    """A stream piece by piece."""
    while piece := stream.read(CHUNK):
        yield piece


def feed(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> None:
    """A part's bytes to a parser. Raises UsageError when they are no XML, or one token of it never ends."""
    fed = 0
    try:
        for piece in pieces:
            parser.Parse(piece)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > LONGEST_TOKEN:
                raise UsageError("这个Word文件里有长得不合常理的标记，没有读取。")
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UsageError("这个Word文件的内容已损坏。") from error


def _look_through(data: bytes, name: str) -> None:
    """Nothing in it is nested too deep, too long or too many: whoever reads it afterwards need not count."""
    parser = expat.ParserCreate()
    depth = elements = 0

    def start(_: str, __: dict[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > DEEPEST or elements > MOST_ELEMENTS:
            raise UsageError(f"这个Word文件里的 {name} 层次或元素过多，没有读取。")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    feed(parser, pieces_of(BytesIO(data)))


def _unstrict(data: bytes) -> bytes:
    """ISO's Strict names as the usual ones: the same elements under other namespaces."""

    def usual(found: re.Match[bytes]) -> bytes:
        room, *rest = found[2].split(b"/")
        return b"/".join((found[1] + _USUAL, room, b"2006", *(_RENAMED.get(word, word) for word in rest)))

    data = re.sub(_STRICT_NAME, usual, data)
    return re.sub(_CONFORMANCE, b"", data[:_HEAD], count=1) + data[_HEAD:]


def _links(data: bytes, folder: str) -> Iterator[Link]:
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    element = f"{_RELATIONSHIPS} Relationship"
    parser.StartElementHandler = lambda name, attributes: found.append(attributes) if name == element else None
    feed(parser, pieces_of(BytesIO(data)))
    for attributes in found:
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        inside = attributes.get("TargetMode", "Internal") == "Internal"
        yield Link(attributes.get("Id", ""), kind, _target(target, folder) if inside else "")


def _target(target: str, folder: str) -> str:
    """The part that a link means, as the package names it."""
    path = target.partition("#")[0]
    if "%" in path:
        from urllib.parse import unquote

        path = unquote(path)
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")

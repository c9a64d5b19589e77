"""The verb package: all files of a document that are made public, and what stays in the office, as one folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import NamedTuple

from generator.bind.titles import kinds_of
from generator.check.rules import Outcome
from generator.check.self_check import Evidence, self_check
from generator.load.national import load_national
from generator.load.revision import commit_with
from generator.load.states import Where, sources_of
from generator.model.classification import LISTS
from generator.model.document import ChartBlock, Document, Heading, Paragraph, TableBlock
from generator.model.picture import Picture
from generator.model.problem import Severity, UsageError, has_errors
from generator.model.publishing import Reply
from generator.model.version import VERSION
from generator.render.publishing.manifest import Made, files_listed, manifest_json, manifest_text
from generator.render.publishing.self_check import TITLE, self_check_text, self_check_xlsx, summary
from generator.work.check import make, read_over
from generator.work.drawings import DRAWINGS
from generator.work.formats import FORMATS, File, open_data, public_page, workbook
from generator.work.picture import address_of, picture_in
from generator.work.report import file_name
from generator.work.stages import Ended, Finished, Unread
from generator.work.workshop import Workshop

KEPT = "内部留存（不公开）"
"""The folder inside the folder that is not uploaded."""
MANIFEST = f"{KEPT}/清单.json"
DRAFT = "待填"
"""What a draft prints where a person's words are missing."""


class Choice(NamedTuple):
    """Whose document (a ``unit``'s code; empty: the department's), when finance ``approved`` the budget and when it is ``published``,
    and at which ``url``: then 一图读懂 has a QR code.

    Dates are as a person typed them (2022-03-01), empty where nobody did.
    """

    unit: str = ""
    approved: str = ""
    published: str = ""
    url: str = ""


THE_DEPARTMENTS = Choice()
Tell = Callable[[str], None]


class Package(NamedTuple):
    """How the run ended for whom (a ``unit``'s code), and the folder's ``name`` and files by their names in it: none where an error or a draft forbids it.

    ``remarks`` are what a person should know of them, ``refused`` why there are none though no rule found an error, ``answers`` counts the
    answers of the self-check list.
    """

    ended: Ended
    name: str = ""
    files: Mapping[str, bytes] = MappingProxyType({})
    remarks: tuple[str, ...] = ()
    refused: str = ""
    answers: str = ""
    unit: str = ""


class _Ready(NamedTuple):
    """What the files are written of; without a picture, ``why`` says what is wrong with it."""

    done: Finished
    pictures: tuple[Picture, ...]
    why: str = ""


class _Piece(NamedTuple):
    """A file that is made public: the kind of file, its name ({} is the document's), and who makes it; ``may_lack`` where a machine can't."""

    kind: str
    name: str
    write: Callable[[_Ready], File]
    may_lack: bool = False


def _drawn(ending: str) -> Callable[[_Ready], File]:
    def draw(ready: _Ready) -> File:
        for picture in ready.pictures:
            return File(DRAWINGS[ending].write(picture))
        raise UsageError(ready.why)

    return draw


_PIECES = (
    _Piece("PDF", "{}.pdf", lambda ready: FORMATS["pdf"].write(ready.done), True),
    _Piece("Excel 工作簿", "{}（附表）.xlsx", lambda ready: workbook(ready.done, ledger=False)),
    _Piece("网页", "{}.html", lambda ready: public_page(ready.done)),
    _Piece("开放数据", "开放数据/datapackage.json", lambda ready: open_data(ready.done, ledger=False)),
    _Piece("一图读懂", "{}（一图读懂）.html", _drawn("html"), True),
    _Piece("一图读懂的图片", "{}（一图读懂）.png", _drawn("png"), True),
)


def _unheard(_: str) -> None:
    """Nobody listens."""


def package(shop: Workshop, data: Path, year: int, choice: Choice = THE_DEPARTMENTS, tell: Tell = _unheard) -> Package:
    """The folder of ``data/<year>``; ``tell`` hears what is being made.

    The same bytes from the same inputs, but for the PDF, which LibreOffice and the fonts make. Nothing is saved.
    Raises UsageError where a folder is missing or can't be read.
    """
    url = address_of(choice.url)
    tell("检查数据")
    made = make(shop, data, year, choice.unit)
    if not isinstance(made, Unread):
        return Package(made, unit=choice.unit)
    name = file_name(made.document.file_name)
    tell("排版 Word 文档")
    word = FORMATS["docx"].write(made) if not has_errors(made.problems) else File(b"")
    done = read_over(made, word.data, name)
    if done.failed:
        return Package(done, unit=choice.unit)
    drafts = [text for text in _words(done.document) if DRAFT in text]
    if drafts:
        refused = f"文档里还有{len(drafts)}处“{DRAFT}”，没有生成：{drafts[0]}"
        return Package(done, refused=refused, unit=choice.unit)
    public = _public(_ready(shop, done, url), name, word, tell)
    replies = self_check(_evidence(done, public, choice))
    tell("列出清单")
    files = {**public.files, **_kept(done.document.title, replies)}
    told = _made(shop, data, done, choice.unit)
    files |= {MANIFEST: manifest_json(told, files), f"{KEPT}/清单.txt": manifest_text(told, files)}
    return Package(done, f"{name}（公开）", files, public.remarks, "", summary(replies), choice.unit)


def every_package(
    shop: Workshop, data: Path, year: int, choice: Choice = THE_DEPARTMENTS, tell: Tell = _unheard
) -> Iterator[Package]:
    """The department's folder, then one for each of its units; a unit's that would have another's name has its code before it.

    What is made of a unit's document does not depend on whether another's has errors.
    """
    with shop.reading_once():
        whole = package(shop, data, year, choice._replace(unit=""), tell)
        yield whole
        if not isinstance(whole.ended, Finished):
            return
        taken = {whole.name}
        for code in whole.ended.inputs.department.agencies:
            made = package(shop, data, year, choice._replace(unit=code), lambda words: tell(f"{code}：{words}"))  # noqa: B023
            made = made._replace(name=f"{code}{made.name}") if made.name in taken else made
            taken.add(made.name)
            yield made


class _Public(NamedTuple):
    """The files to be uploaded, which kinds there are, and what a person should know."""

    files: dict[str, bytes]
    kinds: tuple[str, ...]
    remarks: tuple[str, ...]


def _ready(shop: Workshop, done: Finished, url: str) -> _Ready:
    drawn, problems, _ = picture_in(shop, done, url)
    if drawn is not None and not has_errors(problems):
        return _Ready(done, (drawn,))
    first = next(problem for problem in problems if problem.severity is Severity.ERROR)
    return _Ready(done, (), f"{first.position}：{first.message}。怎么改，请运行 shuoming picture。")


def _public(ready: _Ready, name: str, word: File, tell: Tell) -> _Public:
    files, kinds, remarks = {f"{name}.docx": word.data}, ["Word 文档"], list(word.remarks)
    for piece in _PIECES:
        tell(f"生成{piece.kind}")
        try:
            file = piece.write(ready)
        except UsageError as error:
            if not piece.may_lack:
                raise
            remarks.append(f"没有{piece.kind}：{error}")
            continue
        kinds.append(piece.kind)
        remarks += file.remarks
        path = piece.name.format(name)
        folder = PurePosixPath(path).parent
        files |= {path: file.data, **{str(folder / beside): content for beside, content in file.beside.items()}}
    return _Public(files, tuple(kinds), tuple(dict.fromkeys(remarks)))


def own_files(folder: Path) -> frozenset[str]:
    """What an earlier run of ``package`` made in a folder, as its manifest says; nothing where there is none."""
    try:
        listed = files_listed((folder / MANIFEST).read_bytes())
    except OSError:
        return frozenset()
    return listed | {MANIFEST, f"{KEPT}/清单.txt"} if listed else frozenset()


def _words(document: Document) -> Iterator[str]:
    for block in document.blocks:
        match block:
            case Heading():
                yield block.ordinal + block.title
            case Paragraph():
                yield block.text
            case ChartBlock():
                yield block.caption
            case TableBlock():
                yield from (block.caption, *block.notes, *(text for row in block.rows for text in row.texts))


def _evidence(done: Finished, public: _Public, choice: Choice) -> Evidence:
    national = load_national()
    known = kinds_of(done.profile, national)
    blocks = [block for block in done.document.blocks if isinstance(block, TableBlock)]
    return Evidence(
        done.asked,
        done.problems,
        tuple(problem for problem, _ in done.accepted),
        national.names,
        {known[block.key]: _finest(block) for block in blocks if block.key in known},
        tuple(_words(done.document)),
        public.kinds,
        public.remarks,
        choice.approved,
        choice.published,
    )


def _finest(block: TableBlock) -> int:
    """How many digits the longest code has that a table has a row for."""
    scopes = (scope for row in block.rows for scope in row.scopes if scope is not None)
    codes = (code for scope in scopes for name, values in scope.terms if name in LISTS for code in values)
    return max(map(len, codes), default=0)


def _kept(title: str, replies: tuple[Reply, ...]) -> dict[str, bytes]:
    return {
        f"{KEPT}/{TITLE}.xlsx": self_check_xlsx(title, replies),
        f"{KEPT}/{TITLE}.txt": self_check_text(title, replies).replace("\n", "\r\n").encode("utf-8-sig"),
    }


def _made(shop: Workshop, data: Path, done: Finished, unit: str) -> Made:
    year = done.inputs.department.year
    sources = sources_of(Where("", data, shop.templates, year), shop.name, last_year=True)
    told = "".join(f"{kind}\0{sha256(source.text.encode()).hexdigest()}\n" for kind, source in sorted(sources.items()))
    outcomes = Counter(asked.outcome for asked in done.asked)
    counted = "，".join(f"{outcome.value}{outcomes[outcome]}条" for outcome in Outcome if outcomes[outcome])
    checked = f"{len(done.asked)}条规则：{counted}；错误0处，提示{len(done.problems)}处，已接受{len(done.accepted)}处。"
    commit = commit_with((data / str(year), *shop.folders))
    return Made(done.document.title, year, unit, shop.name, sha256(told.encode()).hexdigest(), commit, VERSION, checked)

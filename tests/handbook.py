"""The handbook (docs/profile.md and its chapters) as examples: a section's files, and what it shows of their document.

A code block says in its first line what file it is: “# report.yaml”, “# tables/支出.yaml”, “{# prose/通知.j2 #}” are files of
a profile over 通用; “# 部门的 narrative.yaml” is one of the department in examples/handbook. All blocks of a section are one
place. A ``text`` block shows lines of its document, cells between “│”; “…” leaves some out. Its first line may say of what
they are: “（045002的单位版）”, “（检查）”. A file that is “（写错的）” gives errors, which the section shows.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.model.problem import Severity
from generator.model.reading import ReadHeading, Reading, ReadTable
from generator.readback.document import reading_of
from generator.render.text import reading_text
from generator.work.check import check
from generator.work.stages import Finished
from generator.work.workshop import Workshop
from tests.conftest import ROOT

PROGRAM = ".venv/bin/shuoming "
FRONT = ROOT / "docs" / "profile.md"
CHAPTERS = ROOT / "docs" / "profile"
DATA = ROOT / "examples" / "handbook"
YEAR = 2026
_NAME = re.compile(r"(?:# |\{# )(部门的 )?([\w/.-]+\.(?:yaml|j2))(（写错的）)?(?: #\}|$)")
_CAPTION = "{{ 年 }}年{{ 表名 }}"
_STEP = re.compile(r"(?:# |\{# )([\w/.-]+)（(新文件|整个文件改成|末尾加上|改成|删去)）(?: #\})?$")
_ABOUT = re.compile(r"（(?:(\w+)的单位版|检查)）$")


class Block(NamedTuple):
    """A code block: its language, its lines, and where it begins."""

    language: str
    lines: list[str]
    line: int


class Example(NamedTuple):
    """A section of a chapter: its files and what it shows."""

    chapter: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def files(self) -> Iterator[tuple[str, str, bool]]:
        """Each file's name, text, and whether it is the department's."""
        for block in self.blocks:
            if block.language in ("yaml", "jinja"):
                found = _NAME.match(block.lines[0])
                assert found, f"{self.chapter}:{block.line}: 第一行没有写是哪个文件：{block.lines[0]}"
                yield found[2], "\n".join(block.lines[1:]) + "\n", bool(found[1])

    @property
    def wrong(self) -> bool:
        """Whether it shows what is said of a mistake."""
        return any("（写错的）" in block.lines[0] for block in self.blocks)

    @property
    def shown(self) -> Iterator[tuple[str, Block]]:
        """What it shows, and of what: the document, 检查, or a unit's code."""
        for block in self.blocks:
            if block.language == "text":
                about = _ABOUT.match(block.lines[0])
                lines = block.lines[1:] if about else block.lines
                yield (about[1] or "检查") if about else "", block._replace(lines=lines)


def sections(path: Path) -> Iterator[Example]:
    """A chapter's sections that have code blocks."""
    title, blocks, open_block = path.stem, list[Block](), None
    for number, line in enumerate([*path.read_text(encoding="utf-8").split("\n"), "# "], 1):
        fence = re.match(r"```(\w*)\s*$", line)
        if open_block is not None:
            if fence:
                blocks.append(open_block)
                open_block = None
            else:
                open_block.lines.append(line)
        elif fence:
            assert fence[1] in ("yaml", "jinja", "text", "console"), f"{path.name}:{number}: {line}"
            open_block = Block(fence[1], [], number)
        elif line.startswith("#"):
            if blocks:
                yield Example(path.name, title, tuple(blocks))
            title, blocks = line.lstrip("# "), []
    assert open_block is None, f"{path.name}: 代码块没有结束"


def walk() -> Iterator[tuple[str, list[str], str]]:
    """The front page's walk, step by step: a command and what it says, or an edit of a file: its text, and how (新文件 …)."""
    for example in sections(FRONT):
        for block in example.blocks:
            if block.language == "console":
                for one in re.split(r"(?m)^\$ ", "\n".join(block.lines))[1:]:
                    command, *said = one.rstrip("\n").split("\n")
                    yield command, said, ""
            else:
                found = _STEP.match(block.lines[0])
                assert found, f"{FRONT.name}:{block.line}: 第一行没有写是哪个文件、怎么改：{block.lines[0]}"
                yield found[1], block.lines[1:], found[2]


def edited(path: Path, lines: list[str], how: str) -> None:
    """A file as a step of the walk says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    old = path.read_text(encoding="utf-8").split("\n") if path.exists() else [""]
    assert path.exists() == (how != "新文件")
    match how:
        case "末尾加上":
            new = [*old[:-1], *lines, ""]
        case "改成":
            [line] = lines
            assert sum(one.split(":")[0] == line.split(":")[0] for one in old) == 1
            new = [line if one.split(":")[0] == line.split(":")[0] else one for one in old]
        case "删去":
            assert set(lines) <= set(old)
            new = [one for one in old if one not in lines]
        case _:
            new = [*lines, ""]
    path.write_text("\n".join(new), encoding="utf-8")


def written(example: Example, folder: Path, name: str = "例") -> None:
    """The example's profile in ``folder``/templates, and its department in ``folder``/data."""
    shutil.copytree(DATA, folder / "data")
    shutil.copytree(ROOT / "templates" / "通用", folder / "templates" / "通用")
    texts: dict[str, str] = {}
    for file, text, of_department in example.files:
        if of_department:
            _typed(folder / "data" / str(YEAR) / file, text)
        else:
            texts[file] = texts.get(file, "") + text
    report = texts.pop("report.yaml", "")
    head = "".join(
        f"{key}: {value}\n"
        for key, value in (("基于", "通用"), ("名称", "例"))
        if not re.search(f"(?m)^{key}:", report)
    )
    texts["report.yaml"] = head + report + _listed(texts, report)
    for file, text in texts.items():
        path = folder / "templates" / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _listed(texts: dict[str, str], report: str) -> str:
    """Tables and words that no outline names are put at the document's end, so that an example need not say it."""
    new = [Path(file) for file in texts if re.match(r"(?:tables|prose)/", file)]
    new = [file for file in new if not (ROOT / "templates" / "通用" / file).exists()]
    if re.search("(?m)^大纲:", report):
        return ""
    used = "".join(texts.values())
    tables = [file.stem for file in new if file.suffix == ".yaml" and f"沿用: {file.stem}\n" not in used]
    words = [file.name for file in new if file.suffix == ".j2" and f'"{file.name}"' not in used]
    added = [f"  - {{部分: 例子, 正文: {name}}}\n" for name in words]
    added += [f"  - {{附件: 例子, 表题: '{_CAPTION}', 附表: [{', '.join(tables)}]}}\n"] if tables else []
    return "大纲:\n  - 沿用\n" + "".join(added) if added else ""


def _typed(path: Path, text: str) -> None:
    """A department's file with what an example says of it: an item more of a list, else its keys instead of those there."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    if text.startswith("- "):
        path.write_text(before + text, encoding="utf-8")
        return
    path.write_text(_over(text, before), encoding="utf-8")


def _over(text: str, before: str, top: str = r"(?m)^(?=\S)") -> str:
    """A mapping with another's lines: of a key in both, the new; where both go on in lines of their own, what is in either."""
    old = {part.split(":")[0]: part for part in re.split(top, before) if part.strip()}
    for part in filter(str.strip, re.split(top, text)):
        key, _, rest = part.partition(":")
        lines = old.get(key, "").partition("\n")[2]
        joined = rest.startswith("\n  ") and lines.startswith("  ") and not lines.startswith("  -")
        old[key] = f"{key}:\n{_over(rest[1:], lines, '(?m)^(?=  [^ ])')}" if joined else part
    return "".join(old.values())


def composed(folder: Path, name: str, unit: str = "") -> tuple[list[str], list[str]]:
    """The lines of a document, and those of what is wrong."""
    ended = check(Workshop(folder / "templates", name), folder / "data", YEAR, unit)
    lines = list(_lines(reading_of(ended.document))) if isinstance(ended, Finished) else []
    told = [
        line
        for problem in ended.problems
        for line in (f"{problem.severity.label} {problem.code} {problem.message}", f"改法：{problem.remedy}")
    ]
    return lines, told


def _lines(reading: Reading) -> Iterator[str]:
    yield from (*reading.cover, *(line.text for line in reading.contents))
    for block in reading.blocks:
        if isinstance(block, ReadTable):
            yield from reading_text(reading._replace(cover=(), contents=(), blocks=(block,), stories=())).split("\n")
        else:
            yield f"{'#' * block.level} {block.text}" if isinstance(block, ReadHeading) else block.text


def errors(told: list[str]) -> list[str]:
    """Those lines that say an error."""
    return [line for line in told if line.startswith(Severity.ERROR.label)]


def missing(shown: list[str], lines: list[str]) -> list[str]:
    """The lines shown that the others don't have, in order: a row as it is, of a paragraph some words between “……”."""
    place, absent = 0, []
    for line in filter(None, (line.strip("…").rstrip() for line in shown)):
        found = next((at for at in range(place, len(lines)) if _is(line, lines[at])), None)
        if found is None:
            absent.append(line)
        else:
            place = found + ("│" in line)
    return absent


def _is(shown: str, line: str) -> bool:
    return _cells(shown) == _cells(line) if "│" in shown else re.search(_words(shown), line) is not None


def _words(shown: str) -> str:
    return ".*".join(map(re.escape, shown.split("……")))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split("[│\t]", line.rstrip(" │\t"))]

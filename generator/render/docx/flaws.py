"""What is wrong with a master, in words for the person who keeps it."""

from collections.abc import Iterator
from typing import NamedTuple

from generator.model.problem import Severity
from generator.render.docx.furniture import words_in
from generator.render.docx.parts import Outside
from generator.render.docx.tree import Element

_TRACKED = frozenset((
    "w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:moveFromRangeStart", "w:moveToRangeStart", "w:cellIns", "w:cellDel",
    "w:cellMerge", "w:delText",
))  # fmt: skip


class Flaw(NamedTuple):
    """One thing wrong, and how to mend it."""

    code: str
    message: str
    remedy: str
    severity: Severity = Severity.ERROR


class Flawed(Exception):
    """A flaw with which nothing more can be said of the master."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.flaw = Flaw(code, message, remedy)


def brief(words: str) -> str:
    """The beginning of some words of a master."""
    words = " ".join(words.split())
    return words if len(words) <= 40 else f"{words[:40]}…"


def story_flaws(root: Element, where: str) -> Iterator[Flaw]:
    """Of a header, a footer or the part with the cover: what would be printed as it is, and what no public file holds."""
    for words in words_in(root):
        if words.has_braces:
            yield Flaw(
                "P011",
                f"母版的{where}里“{brief(words.around)}”有花括号，会原样印出",
                "要由程序填写的，写成半角的“{{ 部门 }}”，两边各两个花括号。",
            )
    names = {element.name for element in root.walk()}
    if names & _TRACKED or any(name.startswith("w:") and name.endswith("Change") for name in names):
        yield Flaw("P012", f"母版的{where}里有修订", "请在Word里接受或拒绝全部修订，关闭“修订”，再保存。")
    if "w:commentReference" in names:
        yield Flaw("P012", f"母版的{where}里有批注", "请在Word里删去全部批注，再保存。")


def outside_flaw(link: Outside) -> Flaw:
    """Of a link that leads out of the file: a person may want a hyperlink; nothing else would be there for the public."""
    target = brief(link.target)
    if link.kind == "hyperlink":
        return Flaw(
            "P013",
            f"母版里有指向“{target}”的链接，会随文档公开",
            "请核对；不要的，在Word里取消超链接。",
            Severity.WARNING,
        )
    return Flaw("P013", f"母版引用了文件以外的“{target}”", "请在Word里断开链接，把图片等插入到文件中。")

"""A master looked through: what is wrong with it, and all that the document needs of it, as plain values."""

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

from generator.model.problem import Severity, UsageError
from generator.opc import Package
from generator.render.docx.doubts import doubts_of
from generator.render.docx.flaws import Flaw, Flawed, brief
from generator.render.docx.frame import Examined, Frame
from generator.render.docx.furniture_words import beyond_paragraph, words_in
from generator.render.docx.paper import Paper
from generator.render.docx.parts import MAIN, Outside, Parts, parts_of
from generator.render.docx.sections import MARKERS, Section, places_of, said, sections_of, text_flaws
from generator.render.docx.style_sheet import read_styles, with_our_ids
from generator.render.docx.tree import Element, tree_of

_STORIES = {"header": "页眉", "footer": "页脚"}
_MOST_ELEMENTS = 200_000
_TRACKED = frozenset((
    "w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:moveFromRangeStart", "w:moveToRangeStart", "w:cellIns", "w:cellDel",
    "w:cellMerge", "w:delText",
))  # fmt: skip


def examine(data: bytes) -> Examined:
    """A master's frame and its flaws."""
    try:
        return _looked_through(parts_of(Package(data)))
    except Flawed as error:
        return Examined(None, (error.flaw,))
    except UsageError as error:
        flaw = Flaw("P007", f"母版打不开：{str(error).rstrip('。')}", "请在Word里打开它，另存一份。")
    except (ExpatError, ElementTree.ParseError):  # names without a namespace, which opc does not look at
        flaw = Flaw("P007", "母版里有读不懂的内容", "请在Word里打开它，另存一份。")
    return Examined(None, (flaw,))


def _looked_through(parts: Parts) -> Examined:
    styles_name = parts.named("styles", "word/styles.xml")
    ours = with_our_ids(parts.data, styles_name)
    names = {MAIN: "封面", **{name: _STORIES[kind] for name, kind in parts.kinds.items() if kind in _STORIES}}
    stories = {name: _story(ours[name], name) for name in names}
    flaws = [flaw for name, where in names.items() for flaw in _story_flaws(stories[name], where)]
    flaws += map(_outside_flaw, dict.fromkeys(parts.outside))
    sections = tuple(sections_of(stories[MAIN]))
    places = places_of(sections)
    flaws += text_flaws(sections, places)
    styles = read_styles(ours.get(styles_name, b"<styles/>"))
    settings = ours.get(parts.named("settings", "word/settings.xml"))
    paper = Paper(ours, parts.links, styles, sections, None if settings is None else tree_of(settings), {})
    sheets = paper.sheet(0), paper.sheet(places[0]), paper.sheet(places[1]), paper.sheet(places[2])
    counted = {"正文": places[1], "横向": places[2]}
    doubts = doubts_of(styles, {name: paper.properties(place) for name, place in counted.items()}, paper.settings)
    doubts += tuple(paper.doubts(counted))
    slots = {name: tuple(slot for words in words_in(root) for slot in words.slots) for name, root in stories.items()}
    edges = _edges(sections, places, len(ours[MAIN]))
    frame = Frame(ours, slots, edges, sheets, styles.styles, paper.spacing_added, doubts)
    templates = [slot.template for held in slots.values() for slot in held]
    return Examined(frame, tuple(dict.fromkeys(flaws)), any(map(beyond_paragraph, templates)))


def _edges(sections: tuple[Section, ...], places: tuple[int, int, int], size: int) -> tuple[tuple[int, int], ...]:
    """Where the main part's pieces begin and end: up to the contents, down to the body, after the tables, and the rest."""
    first, second, third = places
    marked = next(child for child in sections[first].children if MARKERS[0] in said(child))
    last = sections[-1].properties.end
    back = sections[third].end if third < len(sections) - 1 else last
    return (0, marked.start), (sections[first].end, sections[second - 1].end), (back, last), (last, size)


def _story(data: bytes, name: str) -> Element:
    root = tree_of(data)
    if not data[root.start : root.start + 3] == b"<w:" or sum(1 for _ in root.walk()) > _MOST_ELEMENTS:
        raise Flawed("P007", f"母版里的 {name} 不是Word写出的样子", "请用Word打开它，另存一份。")
    return root


def _story_flaws(root: Element, where: str) -> Iterator[Flaw]:
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


def _outside_flaw(link: Outside) -> Flaw:
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

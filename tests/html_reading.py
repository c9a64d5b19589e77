"""Reads a page as a strict reader would: a tree, or an assertion that says what is not well-formed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "col", "br"}
RAW = {"script", "style"}


class Element:
    """A tag, its attributes, and what is inside: elements and words."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag, self.attributes = tag, attributes
        self.inside: list[Element | str] = []

    def all(self, *tags: str) -> Iterator[Element]:
        """Every element below, in order; only these tags where some are named."""
        for item in self.inside:
            if isinstance(item, Element):
                if not tags or item.tag in tags:
                    yield item
                yield from item.all(*tags)

    @property
    def kinds(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        return "".join(item if isinstance(item, str) else item.text for item in self.inside)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attributes]
        assert len(set(names)) == len(names), f"an attribute twice: {tag} {names}"
        element = Element(tag, {name: value or "" for name, value in attributes})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def parsed(page: str) -> Element:
    """The page's root; every tag closed in order, no id twice, every reference inside the page leads somewhere."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == [reader.root], [element.tag for element in reader.open]
    ids = Counter(element.attributes["id"] for element in reader.root.all() if "id" in element.attributes)
    assert [name for name, count in ids.items() if count > 1] == []
    for element in reader.root.all():
        for name in ("for", "aria-labelledby", "aria-controls", "aria-describedby"):
            wanted = element.attributes.get(name, "").split()
            assert set(wanted) <= set(ids), (element.tag, name, wanted)
        if element.attributes.get("href", "").startswith("#"):
            assert element.attributes["href"][1:] in ids, element.attributes["href"]
    return reader.root


def outline(root: Element) -> str:
    """What a reader finds, block by block: ⟦a figure⟧, cells with their spans; of problems only the codes."""
    [main] = root.all("main")
    return "".join(f"{line}\n" for line in _lines(main))


def _lines(element: Element) -> Iterator[str]:
    for item in element.inside:
        if isinstance(item, str):
            assert not item.strip(), item
        elif item.tag in ("h1", "h2", "h3", "h4", "p", "li", "summary"):
            yield f"{item.tag}{_kinds(item)} {_words(item)}"
        elif item.tag == "aside":
            yield f"aside {' '.join(code.text for code in item.all('b'))}"
        elif item.tag == "tr":
            yield f"  {' | '.join(_cell(cell) for cell in item.all('th', 'td'))}"
        elif item.tag == "svg":
            yield f"svg {' '.join(text.text for text in item.all('text'))}"
        elif item.tag != "colgroup" and item.attributes.get("id") != "problems":
            yield f"<{item.tag}{_kinds(item)}>"
            yield from _lines(item)


def _cell(cell: Element) -> str:
    spans = [
        f"{cell.attributes[name]}{mark}"
        for name, mark in (("colspan", "→"), ("rowspan", "↓"))
        if name in cell.attributes
    ]
    return f"{'*' if cell.tag == 'th' else ''}{''.join(spans)}{_words(cell)}"


def _words(element: Element) -> str:
    found = ""
    for item in element.inside:
        if isinstance(item, str):
            found += item.replace("\n", "⏎")
        elif "n" in item.kinds:
            found += f"⟦{item.text}⟧"
        elif "mark" in item.kinds:
            found += f"▲{item.attributes['aria-label'].split('：')[0]}"
        else:
            found += _words(item)
    return found


def _kinds(element: Element) -> str:
    return "".join(f".{kind}" for kind in element.kinds)

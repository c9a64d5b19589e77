"""一图读懂: what a place wants on it, and what is on one. Whatever stands on it stands in the document."""

from typing import NamedTuple

from generator.model.ledger import Filter
from generator.model.source import Text


class Named(NamedTuple):
    """A number by the name it has in figures.yaml, with what the picture calls it."""

    label: str
    figure: Text


class Ways(NamedTuple):
    """How a change is said: 增加, 减少, 增长, 下降 and 持平 in a place's words; ``than`` stands before it where no title says it."""

    than: str
    more: str
    less: str
    grown: str
    fallen: str
    same: str


class PictureSpec(NamedTuple):
    """picture.yaml. Titles are templates; where one is empty, its part is left out.

    ``main`` and ``accent`` are colours, six hexadecimal digits, dark enough for white words (4.5 to 1).
    ``income_scope`` are the lines that come in, where a place has them apart from the spending, else nothing;
    ``split`` are what the total is made of, ``compared`` what is told against the ``basis``, ``public`` 三公 and then its
    parts, ``said`` the numbers whose sentences are quoted; ``listed`` is how many projects are shown.
    """

    title: Text
    main: str
    accent: str
    total: Named
    split: tuple[Named, ...]
    income: Text
    income_scope: Filter
    spending: Text
    basis: str
    compared_title: Text
    compared: tuple[Named, ...]
    public_title: Text
    public: tuple[Named, ...]
    projects: Text
    listed: int
    said_title: Text
    said: tuple[Named, ...]
    rest: Text
    code: Text
    source: Text
    ways: Ways

    @property
    def named(self) -> tuple[Named, ...]:
        """Every number that it names."""
        return (self.total, *self.split, *self.compared, *self.public, *self.said)


class Number(NamedTuple):
    """An amount as the document prints it, and its unit."""

    digits: str
    unit: str

    def __str__(self) -> str:
        """Both, as one word."""
        return self.digits + self.unit


class Bar(NamedTuple):
    """A name, its number, and how long its bar is, in thousandths of the longest one. ``change`` says it against last year."""

    name: str
    number: Number
    length: int
    change: str = ""


class Move(NamedTuple):
    """What became of a number: more (1) or less (-1), its length in thousandths of the largest move, and words."""

    name: str
    sign: int
    length: int
    words: str


NOTHING = Bar("", Number("", ""), 0)
"""Where there is no number to show."""


class Group(NamedTuple):
    """Bars under a title; ``rest`` says that there are more."""

    title: str = ""
    bars: tuple[Bar, ...] = ()
    rest: str = ""


class Picture(NamedTuple):
    """All that is on it, in the order of reading. A part without anything to show is empty.

    ``split`` are the parts of the total, with lengths in thousandths of it; ``public`` are those of ``public_total``.
    """

    title: str
    agency: str
    main: str
    accent: str
    total: Bar
    split: tuple[Bar, ...]
    income: Group
    spending: Group
    moves_title: str
    moves: tuple[Move, ...]
    public_total: Bar
    public: Group
    projects: Group
    sentences_title: str
    sentences: tuple[str, ...]
    source: str
    code: str = ""
    url: str = ""

    @property
    def whole_title(self) -> str:
        """Whose it is, and what."""
        return f"{self.agency} {self.title}"

"""Made-up files of other hands, one the other edited: the redline is both of them, marks little, and is seldom refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from generator.compare import compare
from generator.model.comparison import Mark
from generator.model.document import Document, Heading, Paragraph, Run
from generator.work.redline import Side, redlined
from tests import other_hands, slow_reading, tracked
from tests.conftest import seeds, some
from tests.other_hands import Cell, File, Para, Table, packed
from tests.render.docx.test_marked import edited, faults
from tests.render.docx.test_redline import WHO, marked
from tests.slow_reading import W

HEADER = "word/header9.xml"


def redline(old: bytes, new: bytes) -> bytes:
    """As the command makes it: proved by the program itself before it is written."""
    return redlined(Side("旧.docx", old), Side("新.docx", new), WHO).data


def prove(old: bytes, new: bytes) -> bytes:
    data = redline(old, new)
    for settled, meant in ((tracked.accepted(data), new), (tracked.rejected(data), old)):
        for part in ("word/document.xml", HEADER):
            assert slow_reading.lines(settled, part) == slow_reading.lines(meant, part), part
    return data


@pytest.mark.parametrize("seed", seeds(20, 3, 1000))
def test_accepted_and_rejected(seed: int) -> None:
    prove(*other_hands.pair(seed))


@pytest.mark.parametrize("seed", seeds(40, 0, 500))
def test_after_more_edits(seed: int) -> None:
    prove(*other_hands.pair(4000 + seed, 12))


@pytest.mark.parametrize("seed", seeds(10, 0, 100))
def test_an_audit_finds_no_more_than_in_the_new_file(seed: int, tmp_path: Path) -> None:
    old, new = other_hands.pair(100 + seed, 8)
    more, known = faults(redline(old, new), tmp_path / "redline.docx"), faults(new, tmp_path / "new.docx")
    assert not set(more) - set(known)


def text(words: str, style: str = "Normal") -> Para:
    return Para([("t", words)], style)


def of(*blocks: Para | Table) -> bytes:
    return packed(File([*blocks, text("完")], [text("页眉")]))


def cells(*texts: str) -> list[Cell]:
    return [Cell([text(words)]) for words in texts]


DUTIES = [text(f"负责第{number}类医疗保险基金的管理和{number}日常监督工作。") for number in range(1, 9)]
ROWS = [cells(f"20{number}", f"第{number}类支出", f"{number}.00") for number in range(1, 9)]


def letters(data: bytes) -> int:
    return sum(map(len, marked(data, "ins") + marked(data, "del")))


@pytest.mark.parametrize(
    ("old", "new", "most"),
    some([
        ((text("一、职责", "Heading1"), *DUTIES), (text("一、职责", "Heading1"), *DUTIES[:4], text("二、监督", "Heading1"), *DUTIES[4:]), 4),
        ((Table([cells("科目", "名称", "金额"), *ROWS], 0, False),), (Table([cells("科目", "名称", "金额"), *ROWS], 1, False),), 0),
        ((Table([cells("科目", "名称", "金额"), *ROWS], 1, False),),
         (Table([cells("科目", "名称", "金额"), cells("一", "二", "三"), *ROWS], 2, False),), 3),
        ((text("选择："), *DUTIES), (Para([("t", "选择："), ("sym", "F")], "Normal"), *DUTIES), 0),
        ((*DUTIES, Table(ROWS, 0, False), text("尾")), (text("尾"),), 300),
    ], 2),
)  # fmt: skip
def test_little_is_marked(old: tuple[Para | Table, ...], new: tuple[Para | Table, ...], most: int) -> None:
    for before, after in ((of(*old), of(*new)), (of(*new), of(*old))):
        assert letters(prove(before, after)) <= most


def test_what_went_is_struck_as_it_was() -> None:
    inner = Table([cells("内一", "内二"), cells("内三", "内四")], 0, False)
    whole = Para(
        [("sym", "F"), ("t", "甲"), ("page", "乙"), ("hyphen", "丙丁"), ("ruby", "筑"), ("tab", "戊己")], "Normal"
    )
    row = [Cell([inner, text("")]), Cell([text("外")])]
    old = of(whole, *DUTIES, Table([row, *(cells("甲", f"乙{number}") for number in range(4))], 0, False))
    data = prove(old, of(*DUTIES, Table([cells("甲", f"乙{number}") for number in range(4)], 0, False)))
    body = slow_reading.body_of(tracked.rejected(data))
    assert [item.get(f"{W}char") for item in body.iter(f"{W}sym")] == ["F0FE"]
    assert [item.get(f"{W}type") for item in body.iter(f"{W}br")] == ["page"]
    assert len(list(body.iter(f"{W}noBreakHyphen"))) == 1 and len(list(body.iter(f"{W}tbl"))) == 2


def test_words_in_the_last_paragraph_when_all_of_it_is_another_with_tables() -> None:
    table = Table(ROWS, 0, False)
    old, new = (
        packed(File([table, text(words)], [text("页眉")]))
        for words in ("全部原来的话语。", "Something else altogether")
    )
    other = packed(File([text("起"), Table([cells("甲", "乙")], 0, False), text("后面完全不同的内容")], [text("页眉")]))
    for before, after in ((old, new), (old, other), (other, new)):
        data = prove(before, after)
        assert slow_reading.lines(tracked.accepted(data)) == slow_reading.lines(after)


def test_the_end_of_a_paragraph_in_a_content_control() -> None:
    held = Para([("t", "负责预算编制。")], "Normal", "sdt")
    for old, new in (((*DUTIES, held), DUTIES), ((held, *DUTIES), DUTIES), ((*DUTIES[:3], held, *DUTIES[3:]), DUTIES)):
        prove(of(*old), of(*new))
        prove(of(*new), of(*old))


def document(texts: list[str], level: int = 0) -> Document:
    blocks = tuple(Heading(level, "", words, "") if level else Paragraph((Run(words),)) for words in texts)
    return Document("", "", "", (), (), blocks)


def kept(old: list[str], new: list[str]) -> int:
    return sum(pair.blocks.mark is Mark.KEPT for pair in compare(document(old), document(new)).blocks)


def test_a_long_list_counted_again() -> None:
    names = [f"第{number % 37}号项目由{number * 7919 % 10007}单位承担" for number in range(1500)]
    old = [f"{number}．{name}。" for number, name in enumerate(names)]
    new = [f"{number}．{name}。" for number, name in enumerate(["新增一项", *names])]
    assert kept(old, new) == 1500


@pytest.mark.parametrize(
    ("old", "new", "least"),
    [
        ([""] * 1500, [*[""] * 1499, "甲"], 1499),
        (["", "甲" * 5] * 1500, ["", "乙"] * 1500, 1500),
        (["甲", *[""] * 1500], ["乙", *[""] * 1200], 1200),
    ],
)
def test_blank_paragraphs_cost_no_time(old: list[str], new: list[str], least: int) -> None:
    """Thousands of them took a minute."""
    assert kept(old, new) >= least


def damaged(seed: int, old: bytes) -> bytes:
    """Elements at other places: well-formed, and no longer what Word writes."""
    import random

    rng = random.Random(seed)

    def change(xml: str) -> str:
        root = etree.fromstring(xml.encode())
        items = [item for item in root.iter() if item.getparent() not in (None, root)]
        for _ in range(rng.randint(1, 3)):
            item, other = rng.choice(items), rng.choice(items)
            if item is other or item in other.iterancestors():
                continue
            move: Callable[[etree._Element], None] = rng.choice((other.append, other.addnext, other.addprevious))
            move(item)
        return etree.tostring(root, encoding="unicode") + "\n"

    return edited(old, change)


@pytest.mark.parametrize("seed", seeds(12, 2, 500))
def test_elements_at_wrong_places_are_no_traceback(seed: int) -> None:
    from generator.model.problem import UsageError
    from generator.readback.docx import read_docx

    old, new = other_hands.pair(seed)
    for before, after in ((damaged(seed, old), new), (old, damaged(seed, new))):
        try:
            read_docx(before), read_docx(after)
            data = redline(before, after)
        except UsageError as error:
            assert "\n" not in str(error)
        else:
            assert zipfile.ZipFile(BytesIO(data)).testzip() is None

"""The words of a master: what is filled, what is kept, what is left behind, and what is refused."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from generator.model.document import Document, Heading, TableBlock
from generator.model.problem import Severity, UsageError
from generator.readback.docx import read_docx
from generator.render.docx.master import Master, master_problems, master_texts, open_master
from generator.render.docx.numbers import twips, whole
from generator.render.docx.render import render_docx
from tests.conftest import LATER, ROOT, SOAK
from tests.docx_reading import paragraphs
from tests.render.docx.master_edits import DOCUMENT, STYLES, parts_of, restyled, shipped, with_header, zipped
from tests.runs import Run, run

P = "word/document.xml"
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2000" w:right="1400" w:bottom="1900" w:left="1500"/></w:sectPr>'


def words(data: bytes) -> list[str]:
    return [text for _, text in paragraphs(data)]


def para(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def codes(master: bytes) -> list[str]:
    return [problem.code for problem in master_problems(master, "master.docx")]


@pytest.fixture(scope="module")
def document(run_2022: Run) -> Document:
    assert run_2022.document is not None
    return run_2022.document


def cover(master: Master) -> str:
    return re.sub("<[^>]+>", "", master.opening.replace("</w:p>", "\n"))


def test_a_template_may_lie_in_pieces(document: Document) -> None:
    """As Word leaves it after a correction: a run for each piece, other runs' looks around it."""
    pieces = '单位：{{</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t> 部</w:t></w:r><w:proofErr w:type="spellEnd"/><w:r><w:t>门 }}（章）'
    master = restyled((DOCUMENT, "{{ 部门 }}", pieces))
    assert codes(master) == []
    assert f"单位：{dict(document.furniture)['部门']}（章）" in cover(open_master(master, document)).splitlines()


def test_the_cover_may_say_what_prose_may() -> None:
    text = "{% if 日期 %}{{ 年 }}年{{ 部门 }}{% endif %}共{{ 总计 | 金额 }}"
    master = restyled((DOCUMENT, "{{ 部门 }}", text))
    assert master_texts(master) == ("{{ 标题 }}", text, "{{ 日期 }}")


def test_smart_quotes_in_a_template_are_quotes() -> None:
    assert master_texts(restyled((DOCUMENT, "{{ 部门 }}", "“{{ 部门 ~ “局” }}”")))[1] == '“{{ 部门 ~ "局" }}”'


def test_the_line_break_of_the_cover_stays_on_the_cover(document: Document) -> None:
    master = with_header("<w:p><w:r><w:t>{{ 标题 }}</w:t></w:r></w:p>")
    made = open_master(master, document)
    assert "<w:br/>" in made.opening
    header = made.parts["word/header9.xml"].decode()
    assert document.title in header and "<w:br/>" not in header


def test_words_with_signs_of_xml_and_jinja_are_words(document: Document) -> None:
    hostile = document._replace(
        furniture=(("标题", "甲"), ("部门", "<w:p>&{{ 日期 }}\t{%"), ("日期", "")), furnished=()
    )
    assert "&lt;w:p&gt;&amp;{{ 日期 }}" in open_master(shipped(), hostile).opening


def test_what_stands_in_sections_of_its_own_is_kept(document: Document) -> None:
    between, back = para("编制说明") + para("说明完", SECTION), para("封底：0379-0000000")
    master = _with_back(between, back)
    assert codes(master) == []
    data = render_docx(document, master).data
    said = words(data)
    first = next(index for index, text in enumerate(said) if text.startswith("第一部分") and "\t" not in text)
    contents = max(index for index, text in enumerate(said) if "\t" in text and index < first)
    assert contents < said.index("编制说明") < said.index("说明完") < first
    assert said[-1] == "封底：0379-0000000"
    assert read_docx(data).blocks[-1:] != ()


def _with_back(between: str, back: str) -> bytes:
    xml = parts_of(shipped())[P].decode()
    marked = xml.rindex("<w:p>", 0, xml.index("[[正文]]"))
    last = xml[xml.rindex("<w:sectPr>") : xml.rindex("</w:body>")]
    landscape = xml.rindex("<w:p>", 0, xml.index("[[横向]]"))
    made = (
        xml[:marked] + between + xml[marked:landscape] + para("[[横向]]", last) + back + last + "</w:body></w:document>"
    )
    return zipped({**parts_of(shipped()), P: made.encode()})


PERSONAL = {
    "docProps/app.xml": "<Properties><Manager>张三</Manager><Company>某单位</Company></Properties>",
    "docProps/custom.xml": "<Properties><property>张三 00000000000</property></Properties>",
    "docProps/thumbnail.jpeg": "张三",
    "word/people.xml": "<people>张三</people>",
    "word/vbaProject.bin": "张三",
}


def test_what_tells_of_persons_stays_behind(document: Document) -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    template = f'<Relationship Id="rId1" Type="{office}/attachedTemplate" Target="file:///C:/Users/张三/a.dotx" TargetMode="External"/>'
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{office}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate((("people", "people.xml"), ("vbaProject", "vbaProject.bin")), 50)
    )
    master = restyled(
        ("word/_rels/document.xml.rels", "</Relationships>", f"{links}</Relationships>"),
        ("word/settings.xml", "<w:zoom", '<w:attachedTemplate r:id="rId1" xmlns:r="x"/><w:zoom'),
        added={
            "word/_rels/settings.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{template}</Relationships>'
        },
    )
    data = render_docx(
        document, zipped({**parts_of(master), **{name: text.encode() for name, text in PERSONAL.items()}})
    ).data
    parts = parts_of(data)
    assert not [name for name, content in parts.items() if "张三".encode() in content or b"attachedTemplate" in content]
    assert parts["docProps/app.xml"] == parts_of(shipped())["docProps/app.xml"]


def renamed_main(master: bytes) -> bytes:
    """As Word online names it."""
    parts = {name.replace("document.xml", "document2.xml"): data for name, data in parts_of(master).items()}
    for name in ("[Content_Types].xml", "_rels/.rels"):
        parts[name] = parts[name].replace(b"word/document.xml", b"word/document2.xml")
    return zipped(parts)


def strict(master: bytes) -> bytes:
    """As Word saves “Strict Open XML”."""
    usual, iso = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    return zipped(
        {
            name: data.replace(usual + b"wordprocessingml/2006/main", iso + b"wordprocessingml/main").replace(
                usual + b"officeDocument/2006/relationships", iso + b"officeDocument/relationships"
            )
            for name, data in parts_of(master).items()
        }
    )


def utf_16(master: bytes) -> bytes:
    parts = parts_of(master)
    return zipped({**parts, STYLES: parts[STYLES].decode().replace("UTF-8", "UTF-16").encode("utf-16")})


@pytest.mark.parametrize("change", [renamed_main, strict, utf_16])
def test_other_ways_to_write_the_same_master(document: Document, change: Callable[[bytes], bytes]) -> None:
    usual, other = (render_docx(document, master).data for master in (shipped(), change(shipped())))
    assert parts_of(other)[P] == parts_of(usual)[P]
    assert parts_of(other).keys() == parts_of(usual).keys()


def encrypted(master: bytes) -> bytes:
    place = master.index(b"PK\x01\x02")
    return master[: place + 8] + b"\x01" + master[place + 9 :]


def swollen(master: bytes) -> bytes:
    """A hundred and forty megabytes that the zip says are little."""
    parts = parts_of(master)
    return zipped({**parts, "word/theme/theme1.xml": b"<a>" + b" " * 140_000_000 + b"</a>"})


@pytest.mark.parametrize(
    "change",
    [
        encrypted, pytest.param(swollen, marks=pytest.mark.slow), lambda master: master[: len(master) // 2], lambda _: b"", lambda _: b"\xd0\xcf\x11\xe0" + b"0" * 99,
        lambda master: zipped({**parts_of(master), STYLES: parts_of(master)[STYLES][:-9]}),
        lambda master: zipped({**parts_of(master), P: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + parts_of(master)[P].partition(b"?>")[2]}),
        lambda master: zipped({**parts_of(master), P: b"<a" * 300 + b"/>"}),
        lambda master: zipped({name: data for name, data in parts_of(master).items() if name != P}),
    ],
)  # fmt: skip
def test_what_is_no_sound_package_is_one_line(document: Document, change: Callable[[bytes], bytes]) -> None:
    master = change(shipped())
    assert codes(master) == ["P007"]
    assert master_texts(master) == ()
    with pytest.raises(UsageError, match="母版"):
        render_docx(document, master)


@pytest.mark.parametrize(
    ("text", "length"), [("28pt", 560), ("1.5cm", 850), ("-3", -3), ("10mm", 567), ("720.0", 720), ("0", 0)]
)
def test_a_length_is_twips_or_has_a_unit(text: str, length: int) -> None:
    assert twips(text, "行距") == length


@pytest.mark.parametrize(
    "text", ["", "abc", "9" * 5000, "1e5", "NaN", "inf", "28 pt", "99999", "٣", "10.5", "0x10", "１"]
)
def test_what_is_no_number_is_a_flaw(text: str) -> None:
    for read in (twips, whole):
        if (read, text) == (whole, "99999"):
            continue
        with pytest.raises(Exception, match="不是能用的数"):
            read(text, "行距")


def test_check_sees_what_report_will_refuse() -> None:
    """Each flaw is an error of ``check``, and then ``report`` comes to no document."""
    done = run(ROOT / "data", ROOT / "templates", "yibin", 2022)
    assert done.profile is not None and not done.failed
    broken = restyled((STYLES, '<w:sz w:val="32"/>', '<w:sz w:val="10.5"/>'))
    problems = master_problems(broken, done.profile.master_position.file)
    assert [(problem.code, problem.severity) for problem in problems] == [("P014", Severity.ERROR)]
    assert problems[0].position.file.endswith("templates/yibin/master.docx")


ODD = (
    "", "0", "-1", "10.5", "28pt", "9" * 50, "nan", "auto", "\u0663", "1e9", "true", "x", "240", "exact", "{{ 部门 }}", "[[正文]]", "{",
)  # fmt: skip


Places = list[tuple[int, int]]


def _attribute(xml: str, dice: random.Random) -> str:
    return _replaced(xml, [found.span(1) for found in re.finditer(r'="([^"]*)"', xml)], dice, dice.choice(ODD))


def _text(xml: str, dice: random.Random) -> str:
    words = dice.choice((*ODD, "{{ 1/0 }}", "{% for i in 部门 %}", "｛部门｝"))
    return _replaced(xml, [found.span(1) for found in re.finditer(r"<w:t[^>]*>([^<]*)<", xml)], dice, words)


def _element(xml: str, dice: random.Random) -> str:
    """An element gone, or doubled."""
    pattern = dice.choice(
        (r"<w:\w+(?: [^<>]*)?/>", r"<w:(p|r|style|sectPr|pPr)(?: [^<>]*)?>.*?</w:\1>", "<Relationship .*?>")
    )
    found = [found.span() for found in re.finditer(pattern, xml, re.DOTALL)]
    start, end = dice.choice(found) if found else (0, 0)
    return xml[:start] + xml[end:] if dice.random() < 0.5 else xml[:end] + xml[start:end] + xml[end:]


def _name(xml: str, dice: random.Random) -> str:
    tags = sorted(set(re.findall(r"<(w:\w+)", xml))) or ["w:p"]
    return re.sub(rf"(</?){dice.choice(tags)}(?=[ />])", rf"\1{dice.choice(tags)}", xml)


def _replaced(xml: str, places: Places, dice: random.Random, new: str) -> str:
    start, end = dice.choice(places) if places else (0, 0)
    return xml[:start] + new + xml[end:] if places else xml


PARTS = (P, P, STYLES, STYLES, "word/settings.xml", "word/footer1.xml", "word/_rels/document.xml.rels")


def damaged(dice: random.Random) -> bytes:
    """The shipped master with a few things gone, doubled, moved or renumbered in its parts."""
    parts = parts_of(shipped())
    for _ in range(dice.randint(1, 4)):
        name = dice.choice(PARTS)
        parts[name] = dice.choice((_attribute, _text, _element, _name))(parts[name].decode(), dice).encode()
    return zipped(parts)


@pytest.fixture(scope="module")
def short(document: Document) -> Document:
    """Its first pages and its first table."""
    end = next(index for index, block in enumerate(document.blocks) if isinstance(block, TableBlock)) + 1
    blocks = document.blocks[:end]
    anchors = {block.anchor for block in blocks if isinstance(block, (Heading, TableBlock))}
    entries = tuple(entry for entry in document.entries if entry.anchor in anchors)
    return document._replace(blocks=blocks, entries=entries)


@pytest.mark.parametrize("seeds", [range(60), pytest.param(range(60, 20_000 if SOAK else 1000), marks=LATER)])
def test_damaged_masters_come_to_a_document_or_a_problem(short: Document, seeds: range) -> None:
    made = refused = 0
    for seed in seeds:
        master = damaged(random.Random(seed))
        wrong = [item.severity for item in master_problems(master, "master.docx") if item.severity is Severity.ERROR]
        try:
            read_docx(render_docx(short, master).data)
        except UsageError as error:
            assert wrong or "没有填上" in str(error), seed
            refused += 1
        else:
            assert not wrong, seed
            made += 1
    assert made > len(seeds) // 10
    assert refused > len(seeds) // 10

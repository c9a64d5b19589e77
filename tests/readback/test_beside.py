"""What stands beside the body is read where a reader looks for it, whatever its part is called."""

from __future__ import annotations

import pytest

from generator.model.reading import ReadStory
from generator.readback.docx import read_docx
from tests.made_files import SPACES, field, made, packed, paragraph, parts, section, story


def stories(data: bytes) -> list[tuple[str, tuple[str, ...]]]:
    return [(found.kind, found.lines) for found in read_docx(data).stories]


def test_every_kind_of_story_is_read() -> None:
    chart = f"<c:chart {SPACES}><c:v>12.50</c:v><a:t>收入</a:t></c:chart>"
    body = paragraph("一", section("header/default/r1", "header/first/r2", "footer/even/r3")) + section()
    data = made(
        body,
        {
            "r1": ("header", "x9.xml", story("header", "某局", "内部")),
            "r2": ("header", "x1.xml", story("header", "首页的")),
            "r3": ("footer", "x5.xml", story("footer", f"{paragraph('— ')[5:-6]}{field('PAGE', '7')}")),
            "r4": ("footnotes", "notes.xml", story("footnotes", "含上年结转5.00万元")),
            "r5": ("endnotes", "ends.xml", story("endnotes", "尾注的话")),
            "r6": ("comments", "said.xml", story("comments", "此处再核")),
            "r7": ("chart", "charts/c.xml", chart),
            "r8": ("diagramData", "diagrams/d.xml", f"<a:x {SPACES}><a:t>组织结构</a:t></a:x>"),
        },
    )
    assert stories(data) == [
        ("首页页眉", ("首页的",)), ("页眉", ("某局", "内部")), ("偶数页页脚", ("— 〔页码〕",)),
        ("脚注", ("含上年结转5.00万元",)), ("尾注", ("尾注的话",)), ("批注", ("此处再核",)),
        ("图表", ("12.50", "收入")), ("图形", ("组织结构",)),
    ]  # fmt: skip


def test_a_section_without_its_own_header_goes_on_with_the_one_before() -> None:
    sections = [section("header/default/r1"), section(), section("header/default/r2"), section("header/default/r1")]
    body = "".join(paragraph(str(number), own) for number, own in enumerate(sections))
    beside = {name: ("header", f"{name}.xml", story("header", text)) for name, text in (("r1", "甲"), ("r2", "乙"))}
    assert stories(made(body, beside)) == [("页眉", ("甲",)), ("页眉", ("乙",)), ("页眉", ("甲",))]


@pytest.mark.parametrize(
    "code",
    ["PAGE", "NUMPAGES \\* MERGEFORMAT", "SECTIONPAGES"],
)
def test_a_page_number_is_the_same_on_whatever_page_it_was_kept(code: str) -> None:
    def footer(inside: str) -> tuple[str, ...]:
        body = section("footer/default/r1")
        return read_docx(made(body, {"r1": ("footer", "f.xml", story("footer", inside))})).stories[0].lines

    simple = f'<w:fldSimple w:instr=" {code} "><w:r><w:t>3</w:t></w:r></w:fldSimple>'
    nested = field("IF 1 = 1", "甲") + field(code, "12")
    assert footer(field(code, "3")) == footer(field(code, "4")) == footer(simple) == ("〔页码〕",)
    assert footer(nested) == ("甲〔页码〕",)
    assert footer(field("DOCPROPERTY x", "3")) == ("3",)


def test_a_formula_is_words_of_its_paragraph() -> None:
    data = made(
        paragraph(
            "执行率＝<m:oMath><m:r><m:t>95%</m:t></m:r></m:oMath>".replace("执行率＝", "<w:r><w:t>执行率＝</w:t></w:r>")
        )
    )
    assert read_docx(data).cover == ("执行率＝95%",)


def test_properties_that_people_write_are_read_and_those_of_programs_are_not() -> None:
    custom = (
        '<Properties><property name="拟稿人"><x>张三</x></property>'
        '<property name="KSOProductBuildVer"><x>2052-12.1</x></property></Properties>'
    )
    app = "<Properties><Application>WPS</Application><Company>某局</Company></Properties>"
    more = {"docProps/custom.xml": custom.encode(), "docProps/app.xml": app.encode()}
    found = read_docx(packed(parts(paragraph("一")) | more))
    assert found.stories == (ReadStory("文档属性", ("单位：某局", "拟稿人：张三")),)
    assert found.look is not None and found.look.custom == (("拟稿人", "张三"),)


def test_what_has_no_words_has_a_fingerprint() -> None:
    def sealed(picture: bytes, name: str = "a.png") -> tuple[tuple[str, str], ...]:
        return read_docx(made(paragraph("一"), {"r1": ("image", f"media/{name}", picture)})).sealed

    assert sealed(b"1") == sealed(b"1", "b.png") != sealed(b"2")
    assert [kind for kind, _ in sealed(b"1")] == ["图片"]
    chunk = read_docx(made(paragraph("一"), {"r1": ("aFChunk", "a.html", "<p>别的话</p>")}))
    assert [kind for kind, _ in chunk.sealed] == ["嵌入的文件"]


def test_traces_are_counted_in_every_story_also_in_one_that_no_section_shows() -> None:
    left = '<w:ins w:id="1" w:author="x"><w:r><w:rPr><w:vanish/></w:rPr><w:t>新</w:t></w:r></w:ins>'
    data = made(paragraph("一"), {"r1": ("footer", "f.xml", story("footer", left))})
    look = read_docx(data).look
    assert look is not None and look.beside == (("页脚", 1, 0, 1),) and look.revisions == 0

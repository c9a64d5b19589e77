"""What differs beside the body is told, in ``diff`` and in ``redline``; what is not compared is named."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from generator.cli import main
from generator.work.redline import Side, redlined
from tests import slow_reading, tracked
from tests.made_files import SPACES, field, made, paragraph, section, story
from tests.render.docx.test_redline import WHO

BODY = paragraph("收入总计100.00万元。")


def headed(*texts: str, parts: str = "h") -> bytes:
    """A file of as many sections, each with a header of its own."""
    names = [f"r{number}" for number in range(len(texts))]
    body = "".join(paragraph(f"第{name}节的话。", section(f"header/default/{name}")) for name in names)
    return made(
        body,
        {
            name: ("header", f"{parts}{name}.xml", story("header", text))
            for name, text in zip(names, texts, strict=True)
        },
    )


def with_part(kind: str, content: str | bytes, name: str = "part.xml") -> bytes:
    return made(BODY, {"r1": (kind, name, content)})


def formula(text: str) -> bytes:
    return made(paragraph(f"<w:r><w:t>执行率＝</w:t></w:r><m:oMath><m:r><m:t>{text}</m:t></m:r></m:oMath>"))


def chosen(text: str) -> bytes:
    inside = f"<w:r><w:t>{text}</w:t></w:r>"
    either = f"<mc:AlternateContent><mc:Choice Requires='wps'>{inside}</mc:Choice></mc:AlternateContent>"
    return made(BODY + paragraph(either))


def pages(number: str) -> bytes:
    footer = story("footer", field("PAGE", number))
    return made(BODY + section("footer/default/r1"), {"r1": ("footer", "f.xml", footer)})


def chart(value: str) -> bytes:
    return with_part("chart", f"<c:chart {SPACES}><c:v>{value}</c:v></c:chart>", "charts/c.xml")


CHANGED: dict[str, tuple[bytes, bytes, str, str]] = {
    "a header that came": (made(BODY + section()), headed_one := made(BODY + section("header/default/r1"), {"r1": ("header", "h.xml", story("header", "内部资料"))}), "页眉: + 内部资料", ""),
    "a header that went": (headed_one, made(BODY + section()), "页眉: - 内部资料", "页眉有改动"),
    "a header's words": (headed("甲局"), headed("乙局"), "页眉: 甲局 → 乙局", ""),
    "a note": (with_part("footnotes", story("footnotes", "结转5.00")), with_part("footnotes", story("footnotes", "结转8.00")), "脚注: 结转5.00 → 结转8.00", "脚注有改动"),
    "a comment": (made(BODY), with_part("comments", story("comments", "此处再核")), "批注: + 此处再核", "批注有改动"),
    "a formula": (formula("95%"), formula("98%"), "执行率＝95% → 执行率＝98%", "公式有改动"),
    "alternatives": (chosen("应为1.00"), chosen("应为2.00"), "应为1.00 → 应为2.00", "图形等对象有改动"),
    "a chart": (chart("1.00"), chart("2.00"), "图表: 1.00 → 2.00", "图表有改动"),
    "a picture": (with_part("image", b"1", "a.png"), with_part("image", b"2", "a.png"), "图片有变化，里面的内容没有比较。", "图片有改动"),
    "another file inside": (made(BODY), with_part("aFChunk", "<p>话</p>", "a.html"), "嵌入的文件有变化，里面的内容没有比较。", "嵌入的文件有改动"),
}  # fmt: skip


@pytest.mark.parametrize("kind", CHANGED)
def test_a_change_beside_the_body_is_told(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new, told, unmarked = CHANGED[kind]
    monkeypatch.chdir(tmp_path)
    Path("旧.docx").write_bytes(old)
    Path("新.docx").write_bytes(new)
    assert main(["diff", "旧.docx", "新.docx"]) == 0
    printed = capsys.readouterr().out
    assert told in printed and "没有变化" not in printed
    assert main(["redline", "旧.docx", "新.docx", "-o", "x.docx"]) == 0
    printed = capsys.readouterr().out
    assert unmarked in printed and "没有差别" not in printed
    assert ("修订稿没有标出" in printed) == ("里面没有修订" in printed) == bool(unmarked)


SAME: dict[str, tuple[bytes, bytes]] = {
    "other names of the parts": (headed("甲", "乙"), headed("甲", "乙", parts="z")),
    "parts numbered the other way round": (headed("甲", "乙"), swapped := made(
        "".join(paragraph(f"第{name}节的话。", section(f"header/default/{name}")) for name in ("r0", "r1")),
        {"r0": ("header", "hr1.xml", story("header", "甲")), "r1": ("header", "hr0.xml", story("header", "乙"))},
    )),
    "a copy of the header for each section": (headed("甲", "甲", "甲"), made(
        "".join(paragraph(f"第r{number}节的话。", section("header/default/r0")) for number in range(3)),
        {"r0": ("header", "h.xml", story("header", "甲"))},
    )),
    "the page it was saved at": (pages("1"), pages("27")),
    "an empty header": (made(BODY + section()), made(BODY + section("header/default/r1"), {"r1": ("header", "h.xml", story("header", ""))})),
}  # fmt: skip


@pytest.mark.parametrize("kind", SAME)
def test_what_only_the_package_has_otherwise_is_no_change(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for old, new in (SAME[kind], SAME[kind][::-1]):
        Path("旧.docx").write_bytes(old)
        Path("新.docx").write_bytes(new)
        assert main(["diff", "旧.docx", "新.docx"]) == main(["redline", "旧.docx", "新.docx", "-o", "x.docx"]) == 0
        printed = capsys.readouterr().out
        assert "没有变化。" in printed and "（两边的文字和表没有差别，里面没有修订）" in printed
        with zipfile.ZipFile("x.docx") as archive:
            assert not any(re.search(b"<w:(?:ins|del) ", archive.read(name)) for name in archive.namelist())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (headed("甲局一", "乙局一"), headed("甲局二", "乙局二")),
        (headed("甲局一"), headed("甲局一", "乙局一")),
        (headed("甲局一", "乙局一", "丙局"), headed("甲局一", "丁局", "丙局")),
        (headed("甲局一", "乙局一"), headed("乙局一", "甲局一")),
    ],
)
def test_headers_are_marked_in_the_section_they_belong_to(old: bytes, new: bytes) -> None:
    redline = redlined(Side("旧", old), Side("新", new), WHO)
    assert not redline.clean

    def shown(data: bytes) -> list[str]:
        from generator.readback.docx import read_docx

        return ["".join(found.lines) for found in read_docx(data).stories]

    assert shown(tracked.accepted(redline.data)) == shown(new)
    if len(shown(old)) == len(shown(new)):
        assert set(shown(tracked.rejected(redline.data))) <= set(shown(old))


def test_blanks_alone_are_marked_and_so_the_redline_is_not_clean() -> None:
    old, new = made(paragraph("收入 总计")), made(paragraph("收入　总计"))
    redline = redlined(Side("旧", old), Side("新", new), WHO)
    assert not redline.clean and b"<w:del " in _part(redline.data, "word/document.xml")


def _part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


def test_a_header_that_comes_out_otherwise_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.model.problem import UsageError
    from generator.render.docx.pen import Pen

    original = Pen.reword

    def faulty(self: Pen, old: object, new: object) -> None:
        item: slow_reading.Element = new  # type: ignore[assignment]
        if item.getroottree().getroot().tag.endswith("hdr"):
            item.remove(item[0])
        else:
            original(self, old, new)  # type: ignore[arg-type]

    monkeypatch.setattr(Pen, "reword", faulty)
    with pytest.raises(UsageError, match="对不上"):
        redlined(Side("旧", headed("甲局")), Side("新", headed("乙局")), WHO)

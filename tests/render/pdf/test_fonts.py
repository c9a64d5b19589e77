"""Which fonts a file asks for, by its styles in use, its theme and its words; and what counts as the same font."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from generator.render.pdf.fonts import is_font, lines_in, wanted_fonts

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STYLES = f"""<w:styles {_W}>
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:rPr><w:rFonts w:eastAsia="仿宋"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="c"/></w:style>
<w:style w:type="paragraph" w:styleId="c"><w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="unused"><w:rPr><w:rFonts w:eastAsia="幼圆"/></w:rPr></w:style>
</w:styles>"""
_THEME = """<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:minorFont><a:latin typeface="Calibri"/>
<a:ea typeface=""/><a:font script="Jpan" typeface="游明朝"/><a:font script="Hans" typeface="等线"/></a:minorFont></a:theme>"""
_WORDS = f"""<w:document {_W}><w:body><w:p><w:pPr><w:pStyle w:val="b"/></w:pPr><w:r><w:rPr>
<w:rFonts w:ascii="宋体" w:hint="eastAsia"/></w:rPr><w:t>1</w:t></w:r></w:p></w:body></w:document>"""


def test_fonts_are_those_of_what_is_used(report_2022: bytes) -> None:
    file = BytesIO()
    with ZipFile(file, "w") as package:
        for name, text in (("styles", _STYLES), ("theme/theme1", _THEME), ("document", _WORDS)):
            package.writestr(f"word/{name}.xml", text)
    assert wanted_fonts(file.getvalue()) == (
        ("Calibri", "Aa1"),
        ("仿宋", "汉字"),
        ("宋体", "Aa1"),
        ("等线", "汉字"),
        ("黑体", "汉字"),
    )
    assert {font.name for font in wanted_fonts(report_2022)} >= {"仿宋_GB2312", "黑体", "Times New Roman"}


def test_each_font_is_tried_in_a_file_of_its_own(report_2022: bytes) -> None:
    fonts = wanted_fonts(report_2022)
    files = lines_in(fonts)
    for font, data in zip(fonts, files.values(), strict=True):
        text = ZipFile(BytesIO(data)).read("word/document.xml").decode()
        assert f'w:eastAsia="{font.name}"' in text and font.letters in text


@pytest.mark.parametrize(
    ("name", "printed", "same"),
    [
        ("Times New Roman", "TimesNewRomanPSMT", True),
        ("仿宋_GB2312", "FangSong_GB2312", True),
        ("Noto Serif CJK SC", "NotoSerifCJKsc-Regular", True),
        ("方正小标宋简体", "FZXBSJW--GB1-0", True),
        ("黑体", "FandolHei-Regular", False),
        ("Times New Roman", "LiberationSerif", False),
        ("仿宋", "SimSun", False),
    ],
)
def test_a_font_is_known_by_the_name_it_has_in_a_pdf(name: str, printed: str, same: bool) -> None:
    assert is_font(name, printed) is same

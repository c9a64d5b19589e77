"""Line counts and widths, each expected value seen in LibreOffice 7.4.7's PDF."""

from random import Random

import pytest

from generator.render.docx.measure import (
    EM,
    USUAL,
    Letters,
    _cell_lines,
    _room,
    cell_lines,
    count_lines,
    high_cells,
    text_width,
)

TEXT_WIDTH = 8845
"""Text area of the portrait page, twips."""

PARAGRAPHS = [
    ("", 1),
    ("服务中4,441,374425.850.17心2022年政府性基金预", 1),
    ("目支出6648.23万元，占593797.", 1),
    ("算情况说明伊滨经开区（示范区）社会保障事务服务中心2022年收入总", 2),
    (
        "费、过路过桥费、保险费、安全奖励费用等支出；公务接待费反映单位按规定开支的各类公务接待（含外宾接待）支出。八、行政（事业）单位机构",
        3,
    ),
    ("公”经费支出预算情况说明伊56145.86滨经开区（示范区）社会保障事务44604.8820.99%服务中心2", 2),
    ("20万34.05%元，占857732.923.54%09.784350%；公", 1),
    ("院34464.78有关规定及部门预算管理有关规4973定,“三公”经49.62%费包括因公出国(境)", 2),
    ("%。主要原因：2021年上级财政补助资8222", 1),
    ("责经办城8325乡居7,058,406.43民养老、失地农95.4664750.74%民社", 2),
    ("业基金弥补收支差额：是指事业单位在当年的“财政拨款收入”、“事业收入", 2),
]
"""Text, lines: 16 pt, first line indented by two characters."""

EDGES = [
    ("一" * 26 + "、一二三四五六七八", 2),
    ("一" * 27 + "、一二三四五六七八", 2),
    ("一" * 27 + "）一二三四五六七八", 2),
    ("一" * 27, 1),
    ("一" * 28, 2),
    ("一" * 27 + "、", 1),
    ("一" * 27 + "）", 2),
    ("一" * 27 + "\n一", 2),
]
"""Text, lines: no indent; 27 characters fit, a comma or stop may hang, a bracket may not."""

CELLS = [
    ("按《预算法》（2018修正）执行", 2242, 18, 2),
    ("不低于上年", 752, 18, 2),
    ("顺利开展城乡居民 医疗保险报销拨付 工作", 3359, 18, 2),
    ("公务用车购置及运行费", 738, 15, 3),
    ("城乡居民基本养老保险区级配套资金", 2093, 15, 2),
    ("符合待遇领取条 件的城乡老年居 民满意度", 1066, 21, 4),
    ("（1）完成率≥90%；（2）满意度≥95%", 1612, 15, 2),
    ("各类公务接待（含外宾接待）支出。八、行8255.24政（事业", 2914, 21, 2),
    ("重点工作任务完成率", 903, 15, 2),
    ("部门（单位）名称", 829, 21, 4),
    ("十五、资源勘探信息等", 776, 21, 4),
    ("服务对象满意度", 656, 15, 2),
    ("顺利开展社保工作，营造良好社会氛围", 1578, 21, 3),
    ("机关事业单位职业年金缴费支出", 821, 18, 4),
    ("及时率=100%", 635, 18, 2),
    ("部门绩效评价完成率", 942, 18, 2),
    ("0。万元≥，主578A,808.11要用于按GDP规定开支的各", 3634, 15, 2),
    ("履职效益", 408, 21, 4),
    ("对社会保险基金补助", 567, 21, 5),
    ("（十九）援助其他地区支出", 2358, 21, 2),
    ("符合条件的农村低收入人口资助参保政策覆盖率", 1652, 15, 2),
    ("参保补助政策覆 盖", 474, 15, 3),
    ("Microsoft Office 2016专业版", 844, 21, 4),
    ("提高各科室工作效 率", 1048, 15, 2),
]
"""Text, width, size, lines: inside a table, where nothing hangs."""

WIDTHS = [
    ("中中", 640),
    ("中1中", 928),
    ("12.5%中", 1147),
    ("中≥中", 960),
    ("≥90%", 763),
    ("“文”", 782),
    ("中“文”", 1280),
    ("1、中", 800),
]
"""Text, twips at 16 pt, within the PDF's tenth of a point."""


@pytest.mark.parametrize(("text", "lines"), PARAGRAPHS)
def test_body_paragraph(text: str, lines: int) -> None:
    assert count_lines(text, TEXT_WIDTH, 32, 640) == lines


@pytest.mark.parametrize(("text", "lines"), EDGES)
def test_line_end(text: str, lines: int) -> None:
    assert count_lines(text, TEXT_WIDTH, 32) == lines


@pytest.mark.parametrize(("text", "width", "size", "lines"), CELLS)
def test_cell(text: str, width: int, size: int, lines: int) -> None:
    assert cell_lines(text, width, size) == lines


@pytest.mark.parametrize(("text", "twips"), WIDTHS)
def test_width(text: str, twips: int) -> None:
    assert abs(text_width(text, 32) - twips) <= 3


def test_nothing_hangs_in_a_table() -> None:
    text = "一" * 27 + "、"
    assert (count_lines(text, TEXT_WIDTH, 32), cell_lines(text, TEXT_WIDTH, 32)) == (1, 2)


def test_an_endless_word_is_cut_at_the_width() -> None:
    assert cell_lines("A" * 100, 2000, 21) == -(-100 // (2000 * EM // (21 * 10) // 1479))


@pytest.mark.parametrize("letters", [USUAL, Letters(extra=6), Letters(scale=90, hanging=False)])
def test_digits_are_alike(letters: Letters) -> None:
    """A text takes the same lines whatever its digits are, whether it is measured by itself, as it is, or in a column."""
    random = Random(7)
    texts = [
        "".join(random.choices("预算（第）项目-—…“”,.、A z%0123456789", k=random.randrange(40))) for _ in range(300)
    ]
    lines = [_cell_lines(text, _room(1500, 21), 21, letters) for text in texts]
    high = high_cells(set(texts), 1500, 21, letters)
    assert lines == [cell_lines(text, 1500, 21, letters) for text in texts] == [high.get(text, 1) for text in texts]
    assert max(lines) > 3

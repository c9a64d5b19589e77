"""The reviewer's copy: each figure of the prose and each total says where it comes from, each warning stands at its words."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openxml_audit import OpenXmlValidator

from generator.cli import main
from generator.model.comment import Comment, Spot
from generator.model.document import Paragraph, TableBlock
from generator.model.figure import Change, Figure, Share
from generator.model.problem import Problem, Severity
from generator.model.source import in_document
from generator.render.docx.render import render_docx
from generator.render.review import review
from tests import docx_reading, libreoffice
from tests.conftest import ROOT
from tests.docx_reading import W
from tests.runs import Run


@pytest.fixture(scope="module")
def comments(run_2022: Run) -> tuple[Comment, ...]:
    assert run_2022.document is not None
    return review(run_2022.document, run_2022.problems, run_2022.sources)


@pytest.fixture(scope="module")
def reviewed(run_2022: Run, comments: tuple[Comment, ...]) -> bytes:
    assert run_2022.document is not None and run_2022.profile is not None
    return render_docx(run_2022.document, run_2022.profile.master, comments=comments).data


def said(data: bytes) -> dict[str, str]:
    """The text of each comment by its number."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read("word/comments.xml"))
    return {item.get(f"{W}id", ""): "\n".join(map(docx_reading.text_of, item)) for item in root}


def on(data: bytes) -> list[tuple[str, str]]:
    """What each comment stands on, and what it says."""
    texts = said(data)
    found = []
    for parent in docx_reading.body_of(data).iter():
        for place, item in enumerate(parent):
            if item.tag == f"{W}commentRangeStart":
                number = item.get(f"{W}id", "")
                words = ""
                for other in list(parent)[place:]:
                    if other.tag == f"{W}commentRangeEnd" and other.get(f"{W}id") == number:
                        break
                    words += "".join(text.text or "" for text in other.iter(f"{W}t"))
                found.append((words, texts.pop(number)))
    assert not texts
    return found


def test_it_is_valid_and_opens(reviewed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "review.docx"
    file.write_bytes(reviewed)
    assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_opens_it(reviewed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "review.docx"
    file.write_bytes(reviewed)
    [made] = libreoffice.convert([file], tmp_path)
    assert libreoffice.page_count(made) > 25


def test_the_words_are_those_of_the_clean_copy(reviewed: bytes, report_2022: bytes) -> None:
    def everything(data: bytes) -> list[str]:
        return [docx_reading.text_of(item) for item in docx_reading.body_of(data)]

    assert everything(reviewed) == everything(report_2022)


def test_the_numbers_of_comments_agree_in_all_parts(reviewed: bytes) -> None:
    body = docx_reading.body_of(reviewed)
    marks = [
        [item.get(f"{W}id") for item in body.iter(f"{W}{name}")]
        for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
    ]
    assert marks[0] and sorted(marks[0], key=int) == sorted(marks[1], key=int) == sorted(marks[2], key=int)  # type: ignore[arg-type]
    assert set(marks[0]) == set(said(reviewed)) and len(set(marks[0])) == len(marks[0])


def test_every_derived_figure_of_the_prose(run_2022: Run, comments: tuple[Comment, ...]) -> None:
    assert run_2022.document is not None
    spots = {comment.spot for comment in comments}
    for index, block in enumerate(run_2022.document.blocks):
        if isinstance(block, Paragraph):
            seen: list[object] = []
            for place, run in enumerate(block.runs):
                if isinstance(run.figure, Figure | Share | Change) and run.figure not in seen:
                    seen.append(run.figure)
                    assert Spot(index, -1, place) in spots, (run.text, block.text)


def test_every_table_with_a_total_and_not_every_cell(run_2022: Run, comments: tuple[Comment, ...]) -> None:
    assert run_2022.document is not None
    blocks = run_2022.document.blocks
    cells = [comment.spot for comment in comments if comment.spot.row >= 0]
    tables = [
        index
        for index, block in enumerate(blocks)
        if isinstance(block, TableBlock)
        and any(
            row.texts[place].endswith("合计") and any(row.figures)
            for row in block.rows
            for place in range(len(row.texts))
        )
    ]
    assert len(tables) >= 9 and set(tables) <= {spot.block for spot in cells}
    assert len(comments) < 150


SHARE = (
    "基本支出占总计（占比）：基本支出168.56万元 ÷ 总计6824.79万元 = 2.47%\n四舍五入到两位小数；各项之和调整为100.00%"
)


def test_what_is_said(reviewed: bytes) -> None:
    found = on(reviewed)
    assert (
        "3981.15万元",
        "总计（比上年）：本年6824.79万元 − 上年10805.94万元 = −3981.15万元\n上年数是填报的（data/2022/prior.yaml:4）\n"
        "3981.15万元 ÷ 上年10805.94万元 = 36.84%\n原因写在 data/2022/narrative.yaml:4",
    ) in [(words, text.replace(f"{ROOT.as_posix()}/", "")) for words, text in found]
    assert ("2.47%", SHARE) in found
    [total] = [text for words, text in found if words == "151.20万元"]
    lines = total.replace(f"{ROOT.as_posix()}/", "").split("\n")
    assert lines[0] == "人员经费（合计）：台账12行相加，得151.20万元"
    assert lines[1:] == [
        "data/2022/basic.yaml:7　30107 绩效工资: 3.99",
        "data/2022/basic.yaml:8　30102 津贴补贴: 34.60",
        "data/2022/basic.yaml:9　30103 奖金: 22.50",
        "……另有9行",
    ]


def test_warnings_stand_at_their_words(reviewed: bytes, run_2022: Run) -> None:
    found = [(words, text) for words, text in on(reviewed) if text.startswith("警告")]
    assert len(found) == len([problem for problem in run_2022.problems if problem.severity is Severity.WARNING])
    for words, text in found:
        quoted = re.findall(r"指标“([^“”]+)”似被截断", text)
        assert not quoted or words == quoted[0]
    assert [words for words, text in found if "L310" in text] == ["顺利开展到龄人员人脸识别认证工作,提升群众满意"]


def test_the_same_words_in_two_projects(run_2022: Run, comments: tuple[Comment, ...]) -> None:
    spots = [comment.spot for comment in comments if "“住院救助人次”" in comment.text]
    assert len(set(spots)) == 2


@pytest.mark.parametrize(
    ("place", "row", "column"),
    [
        ("部门支出预算表!208 01 01 行政运行/合计", 3, 5),
        ("部门支出预算表!合计/小计", 0, 6),
        ("部门支出预算表!第2行/第1格", 1, 0),
        ("部门支出预算表", -1, -1),
        ("部门收支预算表!二、外交支出/金额", 1, 3),
    ],
)
def test_places_of_the_document(run_2022: Run, place: str, row: int, column: int) -> None:
    assert run_2022.document is not None
    problem = Problem("X1", Severity.WARNING, "不符", "请核对。", in_document(place))
    [found] = [comment for comment in review(run_2022.document, [problem], {}) if "X1" in comment.text]
    assert found.spot[1:] == (row, column) and found.text == "警告 X1：不符\n请核对。"


def test_a_heading_and_a_place_nowhere(run_2022: Run) -> None:
    assert run_2022.document is not None
    for place, count in (("三、支出预算总体情况说明", 1), ("页脚", 0), ("全文", 0)):
        problem = Problem("X1", Severity.ERROR, "不符", "请核对。", in_document(place))
        found = [item for item in review(run_2022.document, [problem], {}) if "X1" in item.text]
        assert len(found) == count


def test_the_clean_copy_is_clean(tmp_path: Path, report_2022: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--data", str(ROOT / "data"), "--templates", str(ROOT / "templates"), "--output"]
    assert main(["report", "2022", "--review", *options, str(tmp_path)]) == 0
    clean, review_copy = sorted((tmp_path / "2022").iterdir(), key=lambda path: len(path.name))
    assert review_copy.name == f"{clean.stem}（审阅稿）.docx"
    assert clean.read_bytes() == report_2022
    with zipfile.ZipFile(clean) as archive:
        assert "word/comments.xml" not in archive.namelist()
        assert b"commentReference" not in archive.read("word/document.xml")
    before = review_copy.read_bytes()
    assert main(["report", "2022", "--review", *options, str(tmp_path)]) == 0
    assert review_copy.read_bytes() == before
    assert "（审阅稿）.docx（批注" in capsys.readouterr().out

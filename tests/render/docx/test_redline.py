"""Accepting everything gives the new document, rejecting everything the old one; nothing else is marked."""

from __future__ import annotations

import random
import re
import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from generator.compare import compare, compare_words
from generator.model.document import Document, Paragraph, TableBlock
from generator.render.docx.redline import render_redline
from generator.render.docx.render import render_docx
from generator.render.docx.revision import Revision
from tests import docx_reading, libreoffice, tracked, varied
from tests.conftest import ROOT, seeds
from tests.docx_reading import W
from tests.runs import Run, make

WHO = Revision("财务科", "2022-03-01T09:00:00Z")
Content = dict[str, Any]
Change = Callable[[Path], None]


def composed(folder: Path) -> Run:
    done = make(folder, ROOT / "templates", "yibin", 2022)
    assert done.document is not None and done.profile is not None, done.problems
    return done


def redline(old: Run, new: Run) -> bytes:
    assert old.document is not None and new.document is not None and new.profile is not None
    return render_redline(compare(old.document, new.document), compare_words, new.profile.master, WHO)


def plain(done: Run) -> bytes:
    assert done.document is not None and done.profile is not None
    return render_docx(done.document, done.profile.master).data


def read(data: bytes, document: Document) -> list[tuple[str, object]]:
    """Everything the body says, in order. What a merged cell says again on a new page is left out."""
    blocks = iter([block for block in document.blocks if isinstance(block, TableBlock)])
    found: list[tuple[str, object]] = []
    for item in docx_reading.items(data):
        if item.tag == f"{W}p":
            found.append((docx_reading.style_of(item), docx_reading.text_of(item)))
        elif item.tag == f"{W}tbl":
            block = next(blocks)
            found.append(("header", docx_reading.rows_of(item, header=True)))
            rows = docx_reading.rows_of(item)
            for row, meant in zip(rows, block.rows, strict=True):
                for place in [place for place, goes_on in enumerate(meant.joined) if goes_on]:
                    row[place] = ""
            found.append(("rows", rows))
    assert next(blocks, None) is None
    return found


def prove(old: Run, new: Run) -> bytes:
    """The redline of two runs, proved."""
    assert old.document is not None and new.document is not None
    data = redline(old, new)
    assert read(tracked.accepted(data), new.document) == read(plain(new), new.document)
    assert read(tracked.rejected(data), old.document) == read(plain(old), old.document)
    return data


def marked(data: bytes, tag: str) -> list[str]:
    """The texts of every w:ins or w:del in the body."""
    name = f"{W}delText" if tag == "del" else f"{W}t"
    found = ["".join(text.text or "" for text in item.iter(name)) for item in docx_reading.body_of(data).iter(W + tag)]
    return [text for text in found if text]


def valid(data: bytes, file: Path) -> None:
    file.write_bytes(data)
    assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[Change], tuple[Run, Run]]:
    """The department of 2022, and the same after a change of its files."""

    def made(change: Change) -> tuple[Run, Run]:
        shutil.copytree(ROOT / "data" / "2022", tmp_path / "2022")
        change(tmp_path / "2022")
        return composed(ROOT / "data"), composed(tmp_path)

    return made


def replaced(file: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


PROJECT = """
- 名称: 长期护理保险试点
  编码: "410395220000000009999"
  类型: 特定目标类
  层级: 本级
  资金来源: 一般公共预算
  支出:
    2101301 城乡医疗救助:
      30227 委托业务费: 20.00
  绩效指标:
    成本指标: {预算资金: ≤资金总额}
    产出指标: {参保人数: ≥1000人, 评估人次: ≥500人次}
    效益指标: {护理服务: 明显}
    满意度指标: {参保人员满意度: ≥90%}
"""
STATE_CAPITAL = PROJECT.replace("一般公共预算", "国有资本经营预算").replace(
    "2101301 城乡医疗救助", "2230199 其他解决历史遗留问题及改革成本支出"
)


def added(project: str) -> Change:
    def change(folder: Path) -> None:
        with (folder / "projects.yaml").open("a", encoding="utf-8") as file:
            file.write(project)

    return change


def deleted(folder: Path) -> None:
    path = folder / "projects.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("- 名称: 城乡医疗救助\n")
    path.write_text(text[:start] + text[text.index("- 名称:", start + 5) :], encoding="utf-8")


def together(folder: Path) -> None:
    for change in CHANGES.values():
        if change is not together:
            change(folder)


CHANGES: dict[str, Change] = {
    "amount": replaced("basic.yaml", "30107 绩效工资: 3.99", "30107 绩效工资: 4.99"),
    "reason": replaced("narrative.yaml", "在编人员减少，公用经费等预算减少", "在编人员减少，压减差旅费"),
    "project added": added(PROJECT.replace("9999", "8888")),
    "project deleted": deleted,
    "fund": added(STATE_CAPITAL),
    "duty": replaced("department.yaml", "  - 负责医疗救助工作。\n", "  - 负责医疗救助工作。\n  - 负责异地就医结算。\n"),
    "name": replaced(
        "department.yaml", "名称: 伊滨经开区（示范区）社会保障事务服务中心\n", "名称: 社会保障中心 & <医保>\n"
    ),
    "together": together,
}


QUICK = ("amount",)  # the others run with the slow tests


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in QUICK else (pytest.mark.slow,)) for name in CHANGES]
)
def test_accepted_and_rejected(name: str, changed: Callable[[Change], tuple[Run, Run]], tmp_path: Path) -> None:
    old, new = changed(CHANGES[name])
    data, back = prove(old, new), prove(new, old)
    if name in ("fund", "together"):  # an audit takes two seconds
        valid(data, tmp_path / "redline.docx")
        valid(back, tmp_path / "back.docx")


def test_only_the_number_is_marked(changed: Callable[[Change], tuple[Run, Run]]) -> None:
    data = redline(*changed(CHANGES["amount"]))
    gone, come = marked(data, "del"), marked(data, "ins")
    assert all(re.fullmatch(r"[\d.]+(?:万元|%)?", text) for text in gone + come), set(gone + come)
    assert {"3981.15万元", "3.99", "36.84%"} <= set(gone) and {"3980.15万元", "4.99", "36.83%"} <= set(come)


def test_a_reason_marks_its_own_words(changed: Callable[[Change], tuple[Run, Run]]) -> None:
    data = redline(*changed(CHANGES["reason"]))
    assert marked(data, "del") == ["公用经费等预算减少"] and marked(data, "ins") == ["压减差旅费"]


def test_rows_come_and_go_whole(changed: Callable[[Change], tuple[Run, Run]]) -> None:
    data = redline(*changed(CHANGES["project deleted"]))
    goals = docx_reading.tables(data)["2022年部门预算项目绩效目标表"]
    rows = [row for row in goals.findall(f"{W}tr") if row.find(f"{W}trPr/{W}del") is not None]
    assert 1 < len(rows) < 8 and "城乡医疗救助" in "".join(text.text or "" for text in rows[0].iter(f"{W}delText"))
    assert all(not docx_reading.text_of(row) for row in rows)


def test_an_empty_table_gains_rows(changed: Callable[[Change], tuple[Run, Run]]) -> None:
    data = redline(*changed(CHANGES["fund"]))
    table = docx_reading.tables(data)["2022年国有资本经营预算支出预算表"]
    assert len([row for row in table.findall(f"{W}tr") if row.find(f"{W}trPr/{W}ins") is not None]) == 3
    assert any("故此表无数据" in text for text in marked(data, "del"))


def test_nothing_is_marked_where_nothing_changed(run_2022: Run) -> None:
    data = redline(run_2022, run_2022)
    assert not [item for item in docx_reading.body_of(data).iter() if item.tag in (tracked.INS, tracked.DEL)]


def test_every_mark_says_who_and_when(changed: Callable[[Change], tuple[Run, Run]]) -> None:
    old, new = changed(together)
    data = redline(old, new)
    marks = [item for item in docx_reading.body_of(data).iter() if item.tag in (tracked.INS, tracked.DEL)]
    assert len(marks) > 200
    assert {item.get(f"{W}author") for item in marks} == {"财务科"}
    assert {item.get(f"{W}date") for item in marks} == {"2022-03-01T09:00:00Z"}
    numbers = [item.get(f"{W}id") for item in docx_reading.body_of(data).iter() if item.get(f"{W}id")]
    starts = [item.get(f"{W}id") for item in docx_reading.body_of(data).iter(f"{W}bookmarkStart")]
    assert len(set(numbers)) == len(numbers) - len(starts)  # a bookmark's end has the number of its start
    assert data == redline(old, new)


def recounted(document: Document) -> Document:
    """The same with its bookmarks counted again from one."""
    names = [block.anchor for block in document.blocks if not isinstance(block, Paragraph)]
    found = {name: f"toc{number:04d}" for number, name in enumerate(names, 1)}
    return document._replace(
        blocks=tuple(
            block if isinstance(block, Paragraph) else block._replace(anchor=found[block.anchor])
            for block in document.blocks
        ),
        entries=tuple(entry._replace(anchor=found[entry.anchor]) for entry in document.entries),
    )


@pytest.mark.slow
def test_a_table_that_vanishes_and_one_that_appears(run_2022: Run, tmp_path: Path) -> None:
    assert run_2022.document is not None
    document = run_2022.document
    keys = [block.key for block in document.blocks if isinstance(block, TableBlock)]
    for key in (keys[1], keys[-1]):
        kept = tuple(block for block in document.blocks if not (isinstance(block, TableBlock) and block.key == key))
        anchors = {block.anchor for block in kept if hasattr(block, "anchor")}
        entries = tuple(entry for entry in document.entries if entry.anchor in anchors)
        fewer = run_2022._replace(document=recounted(document._replace(blocks=kept, entries=entries)))
        for old, new in ((run_2022, fewer), (fewer, run_2022)):
            data = redline(old, new)
            if key == keys[1]:
                valid(data, tmp_path / "redline.docx")
            names = [item.get(f"{W}name") for item in docx_reading.body_of(data).iter(f"{W}bookmarkStart")]
            assert len(names) == len(set(names))
            for settled, done in ((tracked.accepted(data), new), (tracked.rejected(data), old)):
                assert done.document is not None
                said, meant = (read(file, done.document) for file in (settled, plain(done)))
                blank = ("SectionEnd", "")  # paper turned for a table that is gone may turn twice now
                assert [line for line in said if line != blank] == [line for line in meant if line != blank], key


def test_other_columns_are_another_table(run_2022: Run) -> None:
    assert run_2022.document is not None
    document = run_2022.document
    place, block = next(
        (place, block)
        for place, block in enumerate(document.blocks)
        if isinstance(block, TableBlock) and block.landscape
    )
    assert isinstance(block, TableBlock)
    width = len(block.alignments)
    narrower = block._replace(
        header=tuple(cell for cell in block.header if cell.column + cell.span < width),
        alignments=block.alignments[:-1],
        rows=tuple(row._replace(texts=row.texts[:-1], figures=row.figures[:-1]) for row in block.rows),
    )
    blocks = (*document.blocks[:place], narrower, *document.blocks[place + 1 :])
    prove(run_2022, run_2022._replace(document=document._replace(blocks=blocks)))


@pytest.mark.parametrize("seed", seeds(5, 1, 50))
def test_one_department_into_another(seed: int, tmp_path: Path) -> None:
    varied.make(300 + seed, tmp_path / "old")
    varied.make(400 + seed, tmp_path / "new")
    data = prove(composed(tmp_path / "old"), composed(tmp_path / "new"))
    if seed:
        valid(data, tmp_path / "redline.docx")


@pytest.mark.parametrize("seed", seeds(8, 1, 100))
def test_a_department_edited(seed: int, tmp_path: Path) -> None:
    varied.make(500 + seed, tmp_path / "old")
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    edit(random.Random(seed), tmp_path / "new" / "2022")
    data = prove(composed(tmp_path / "old"), composed(tmp_path / "new"))
    valid(data, tmp_path / "redline.docx")


def edit(rng: random.Random, folder: Path) -> None:
    """Some of what a department changes between two drafts."""
    department, projects, performance = (
        varied.load(folder / f"{name}.yaml") for name in ("department", "projects", "performance")
    )
    projects = list(projects)
    agencies = list(department["预算单位"])
    if projects and rng.random() < 0.6:
        del projects[rng.randrange(len(projects))]
    if rng.random() < 0.6:
        projects.insert(rng.randrange(len(projects) + 1), varied.project(rng, 90, agencies))
    if len(projects) > 1 and rng.random() < 0.5:
        projects.append(projects.pop(0))
    for project in rng.sample(projects, min(3, len(projects))):
        goals = project["绩效指标"]["产出指标"]
        goals.pop(rng.choice(list(goals))) if len(goals) > 1 and rng.random() < 0.5 else goals.update(
            {"新指标": "及时"}
        )
        project["支出"] = {code: dict.fromkeys(lines, varied.amount(rng)) for code, lines in project["支出"].items()}
    duties = department["主要职责"]
    duties.insert(rng.randrange(len(duties) + 1), varied.words(rng, 5, 60) + "。")
    duties[rng.randrange(len(duties))] = varied.words(rng, 5, 60) + "。"
    performance["年度履职目标"] = performance["年度履职目标"][1:] + [varied.words(rng, 10, 90)]
    for name, content in (("department", department), ("projects", projects), ("performance", performance)):
        varied.dump(folder / f"{name}.yaml", content)


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_opens_accepts_and_rejects(changed: Callable[[Change], tuple[Run, Run]], tmp_path: Path) -> None:
    """A program that knows nothing of ours comes to the same words and cells.

    Only page numbers differ: it counts pages again; and it writes page breaks as line breaks.
    """
    old, new = changed(together)
    file = tmp_path / "redline.docx"
    file.write_bytes(redline(old, new))
    [made] = libreoffice.convert([file], tmp_path)
    assert libreoffice.page_count(made) > 25

    def words(data: bytes, document: Document) -> list[object]:
        lines = [item if isinstance(item, list) else item.strip("\n") for _, item in read(data, document)]  # type: ignore[attr-defined]
        return [re.sub(r"\t\d+$", "", line) if isinstance(line, str) else line for line in lines if line]

    [settled] = libreoffice.settled([file], tmp_path)
    for data, done in zip(settled, (new, old), strict=True):
        assert done.document is not None
        assert words(data, done.document) == words(plain(done), done.document)


def test_parts_stay_the_same(run_2022: Run, report_2022: bytes) -> None:
    """Beside the body nothing is added: the package holds the parts of the clean document."""
    with zipfile.ZipFile(BytesIO(redline(run_2022, run_2022))) as one, zipfile.ZipFile(BytesIO(report_2022)) as other:
        assert one.namelist() == other.namelist()

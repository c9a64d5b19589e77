"""A master in docxtpl's own language: what its statements come to, and what is said of those that come to nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from generator.compose.master import MasterTemplates, master_templates
from generator.model.document import Document
from generator.model.problem import Problem
from generator.model.remember import anew
from generator.model.source import Position
from generator.render.docx.expand import expanded
from generator.render.docx.master import has_statements, open_master
from generator.render.docx.render import render_docx
from tests.conftest import ROOT
from tests.docx_reading import paragraphs
from tests.render.docx.master_edits import DOCUMENT, parts_of, restyled, shipped, with_header
from tests.runs import Run, run

PLACE = Position("master.docx")
AGENCY = r"<w:p>(?:(?!<w:p>).)*?\{\{ 部门 \}\}"


def para(*texts: str) -> str:
    return "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)


def rows(*cells: str) -> str:
    made = "".join(f"<w:tr><w:tc><w:tcPr/>{para(cell)}</w:tc></w:tr>" for cell in cells)
    return f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid>{made}</w:tbl>{para("表后")}'


def with_cover(xml: str) -> bytes:
    """The shipped master with more between title and 部门."""
    return restyled((DOCUMENT, AGENCY, lambda found: xml + found[0]))  # type: ignore[arg-type]


Templates = Callable[..., MasterTemplates]


@pytest.fixture
def templates(run_2022: Run) -> Templates:
    def made(**words: str) -> MasterTemplates:
        assert run_2022.inputs is not None and run_2022.book is not None and run_2022.profile is not None
        inputs = run_2022.inputs
        department = inputs.department._replace(**words)
        return master_templates(inputs._replace(department=department), run_2022.book, run_2022.profile, anew)

    return made


def said(master: bytes, part: str = DOCUMENT) -> list[str]:
    """The paragraphs of a part, but for the cover's own."""
    found = re.findall(r"<w:p[ >].*?</w:p>", parts_of(master)[part].decode(), re.DOTALL)
    words = ["".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)<", paragraph)) for paragraph in found]
    if part != DOCUMENT:
        return words
    return words[1 : words.index("{{ 部门 }}", words.index("表后") if "表后" in words else 0)]


def rendered(master: bytes, templates: MasterTemplates) -> bytes:
    made, problems = expanded(master, templates.fill, PLACE)
    assert (templates.problems, problems) == ([], ())
    return made


CONDITION = para("{%p if 日期 %}", "公开日期：{{ 日期 }}", "{%p else %}", "日期另定", "{%p endif %}", "表后")


def test_a_paragraph_may_depend_on_something(templates: Templates) -> None:
    assert said(rendered(with_cover(CONDITION), templates(date="")))[0] == "日期另定"
    assert said(rendered(with_cover(CONDITION), templates(date="2022年2月")))[0] == "公开日期：{{ 日期 }}"


def test_rows_are_repeated(templates: Templates, run_2022: Run) -> None:
    assert run_2022.inputs is not None
    duties = run_2022.inputs.department.duties
    cells = "{%tr for 职责 in 主要职责 %}", "{{ loop.index | 序号 if 0 else 职责 }}", "{%tr endfor %}"
    assert said(rendered(with_cover(rows(*cells)), templates()))[: len(duties) + 1] == [*duties, "表后"]


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (para("{% if 年 %}甲", "乙{% endif %}"), ["甲", "乙"]),
        (para("{% if 年 %}甲", "乙{% else %}丙{% endif %}"), ["甲", "乙"]),
        (para("{% if 日期 %}甲", "乙{% else %}丙{% endif %}"), ["丙"]),
        (para("甲{%r if 年 %}乙{%r endif %}"), ["甲乙"]),
        (para("{{r 总计 | 金额 }}"), ["6824.79万元"]),
        (para("{%p set 局 = “甲&amp;乙” %}", "{{ 局 }}"), ["甲&amp;乙"]),
        (para("{%p for 部门 in [“甲”, “乙”] %}", "{{ 部门 }}", "{%p endfor %}"), ["甲", "乙"]),
        (para("{%p if 年 %}", "{{ 部门 ~ “局” }}", "{%p endif %}"), ["&lt;甲&gt;&amp;局"]),
    ],
)
def test_docxtpls_language(templates: Templates, xml: str, words: list[str]) -> None:
    master = rendered(with_cover(xml + para("表后")), templates(name="<甲>&", date=""))
    assert [text for text in said(master) if text][: len(words) + 1] == [*words, "表后"]


def test_data_is_no_template(templates: Templates, run_2022: Run) -> None:
    made = templates(name="{{ 日期 }}{%p if")
    master = rendered(with_cover(para("{%p if 年 %}", "{{ 部门 ~ “局” }}", "{%p endif %}", "表后")), made)
    assert said(master)[0] == "{{ 字1 }}"
    assert made.held == {"字1": "{{ 日期 }}{%p if局"}


def test_what_is_kept_between_runs_prints_nothing(run_2022: Run) -> None:
    """Words in quotes are printed by each run, though the template's code is compiled by the first only."""
    kept: dict[bytes, bytes] = {}

    def remember(key: bytes, make: Callable[[], bytes]) -> bytes:
        return kept.setdefault(key, kept.get(key) or make())

    assert run_2022.inputs is not None and run_2022.book is not None and run_2022.profile is not None
    for _ in range(2):
        made = master_templates(run_2022.inputs, run_2022.book, run_2022.profile, remember)
        master = rendered(with_cover(para("{%p if 年 %}", "{{ “{甲}” }}", "{%p endif %}", "表后")), made)
        assert (said(master)[0], made.held) == ("{{ 字1 }}", {"字1": "{甲}"})


def test_what_word_would_not_open_is_left_out(templates: Templates) -> None:
    """A table without rows, and a cell without a paragraph."""
    cells = "{%tr for 单位 in 机构.所属单位 %}", "{{ 单位 }}", "{%tr endfor %}"
    assert b"<w:tbl>" not in parts_of(rendered(with_cover(rows(*cells)), templates()))[DOCUMENT]
    cell = rows("甲").replace(para("甲"), para("{%p if 0 %}", "甲", "{%p endif %}"))
    assert b"<w:tcPr/><w:p/></w:tc>" in parts_of(rendered(with_cover(cell), templates()))[DOCUMENT]


def test_a_header_may_depend_on_something(templates: Templates) -> None:
    master = with_header(para("{% if 日期 %}{{ 日期 }}", "乙{% else %}{{ 标题 }}{% endif %}"))
    assert said(rendered(master, templates(date="")), "word/header9.xml") == ["{{ 标题 }}"]
    assert said(rendered(master, templates(date="今日")), "word/header9.xml") == ["{{ 日期 }}", "乙"]


WRONG = {
    "{%p if 年 %}": ("P101", "{% if 年 %}”：模板语法有误"),
    "{%p endif %}": ("P101", "{% endif %}”：模板语法有误"),
    "{%p 如果 %}": ("P101", "{% 如果 %}”：模板语法有误"),
    "{%r if 某某 %}甲{%r endif %}": ("P102", "没有“某某”这个名称"),
    "{{r 某某 }}": ("P102", "没有“某某”这个名称"),
    "{{r 1/0 }}": ("P103", "“{{ 1/0 }}”：模板这一行无法计算"),
    "{{r 总计 }}": ("P103", "没有写它的格式"),
    "{{r “甲”.ljust(2000000000) }}": ("P103", "模板产生的文字过长"),
    "{{r “甲” * 2000000000 }}": ("P104", "不允许的操作"),
    "{{r “”.__class__ }}": ("P104", "不允许的操作"),
    "{{r [“甲”] | random }}": ("P104", "不允许的操作"),
    "{%r for i in range(99999) %}{% for j in range(99999) %}甲{% endfor %}{%r endfor %}": ("P103", "循环次数过多"),
    "{{r “\\x07” }}": ("P103", "看不见的控制字符"),
    "{{r “\\ue0005\\ue001” }}": ("P103", "无法计算"),
    "{%p include “某某” %}": ("P103", "无法计算"),
    "{{p 部门 }}": ("P103", "不再是Word的内容"),
    "{{tr 部门 }}": ("P101", "“{{tr 部门 }}”：模板语法有误"),
    "{%r if 年 %}甲</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>{%r endif %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>": ("P103", "不再是Word的内容"),
    f"{{% if 日期 %}}甲</w:t></w:r></w:p>{rows('乙{% endif %}')}<w:p><w:r><w:t>": ("P103", "不再是Word的内容"),
    "{%p if 年 %}</w:t></w:r></w:p><w:p><w:r><w:t>{{ 部门": ("P011", "有花括号"),
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_what_comes_to_nothing_is_a_problem_of_the_master(templates: Templates, text: str) -> None:
    made = templates()
    found: list[Problem] = [*expanded(with_cover(para(text)), made.fill, PLACE)[1], *made.problems]
    code, words = WRONG[text]
    assert [(problem.code, problem.position, words in problem.message) for problem in found] == [(code, PLACE, True)]


def test_a_section_does_not_end_with_a_statement(templates: Templates) -> None:
    """docxtpl puts the statement in its paragraph's place: cover and contents would be one page."""
    master = restyled(
        (DOCUMENT, AGENCY, lambda found: para("{%p if 年 %}") + found[0]),  # type: ignore[arg-type]
        (DOCUMENT, "{{ 日期 }}", "{%p endif %}"),
    )
    [problem] = expanded(master, templates().fill, PLACE)[1]
    assert (problem.code, "分节符" in problem.message) == ("P009", True)


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("{{ 部门 }}", False), ("{% if 日期 %}{{ 年 }}{% else %}甲{% endif %}", False), ("{# 注 #}", False),
        ("{% for 责 in 主要职责 %}{{ 责 }}{% endfor %}", False), ("{{ p }}", False),
        ("{%p if 日期 %}", True), ("{{r 部门 }}", True), ("{% if 日期 %}", True), ("{% endif %}", True), ("{%tr endfor %}", True),
        ("{%- if 日期 %}{% endif %}", True), ("{% set 甲 = 部门 %}", True), ("{#p 注 #}", True),
    ],
)  # fmt: skip
def test_docxtpl_runs_where_it_is_needed(text: str, needed: bool) -> None:
    assert has_statements(with_cover(para(text))) is needed
    assert not has_statements(shipped())


def place(folder: Path, master: bytes) -> Path:
    shutil.copytree(ROOT / "templates" / "yibin", folder / "templates" / "yibin")
    (folder / "templates" / "yibin" / "master.docx").write_bytes(master)
    return folder / "templates"


def document_of(done: Run) -> tuple[Document, bytes]:
    assert done.document is not None and done.profile is not None
    return done.document, done.profile.master


def test_the_whole_way_comes_to_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the clock says; titles are broken into lines, as on any cover."""
    xml = CONDITION + para("{%p if 年 %}", "{{ 部门 ~ “{局” }}", "{%p endif %}")
    folder, made = place(tmp_path, with_cover(xml)), []
    for year in (1999, 2044):
        monkeypatch.setattr("time.time", lambda year=year: (year - 1970) * 31557600.0)
        monkeypatch.setattr("time.localtime", lambda *_, year=year: (year, 1, 1, 1, 1, 1, 0, 1, 0))
        document, master = document_of(run(ROOT / "data", folder, "yibin", 2022))
        made.append((master, render_docx(document, master).data))
    assert made[0] == made[1]
    name = dict(document.furniture)["部门"]
    cover = [text for _, text in paragraphs(made[0][1])][:5]
    assert cover[1:] == ["日期另定", "表后", f"{name}{{局", name]
    assert "<w:br/>" in open_master(master, document).opening
    assert b"python-docx" not in b"".join(parts_of(made[0][1]).values())


@pytest.mark.parametrize(
    ("command", "texts", "told"),
    [
        ("check", ("{%p if 年 %}", "{{ 某某 }}", "{%p endif %}"), "错误 P102 “{{ 某某 }}{% endif %}”：没有“某某”这个名称"),
        ("report", ("{%p if 年 %}", "{{ 某某 }}", "{%p endif %}"), "错误 P102 “{{ 某某 }}{% endif %}”：没有“某某”这个名称"),
        ("check", ("{%p if 年 %}", "{{ 部门", "{%p endif %}"), "错误 P011 母版的封面里“{{ 部门”有花括号"),
    ],
)  # fmt: skip
def test_commands_name_the_master(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, texts: tuple[str, ...], told: str
) -> None:
    folder = place(tmp_path, with_cover(para(*texts)))
    where = ["--output", str(tmp_path / "out")] if command == "report" else []
    assert main([command, "2022", "--templates", str(folder), "--data", str(ROOT / "data"), *where]) == 1
    said = "".join(capsys.readouterr())
    assert f"master.docx: {told}" in said and "错误1处" in said


def test_a_simple_master_does_not_load_docxtpl(tmp_path: Path) -> None:
    code = f"import sys\nfrom generator.cli import main\ntry: main(['report', '2022', '--output', {str(tmp_path)!r}])\nexcept SystemExit: pass\nassert not {{'docx', 'docxtpl'}} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)

"""Text that means something to XML, Jinja, Excel or mark-up arrives as typed; templates reach nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.render.docx.render import render_docx
from tests import docx_reading
from tests.conftest import ROOT, some
from tests.runs import run

HERE = Path(__file__).parent
WORDS = (
    "甲&乙<丙>\"丁\"'戊'",
    "{{ 部门 }}与{% if %}",
    "## 不是标题",
    '=HYPERLINK("http://example.invalid")',
    "表情😀与𠮷",
    "[[正文]]",
    "A" * 400,
    "~下划线_与*星号*",
)


@pytest.mark.parametrize("text", some(WORDS, 3))
def test_words_arrive_as_typed(text: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    path = tmp_path / "data" / "2022" / "department.yaml"
    quoted = "'" + text.replace("'", "''") + "'"
    source = path.read_text(encoding="utf-8").replace("负责医疗救助工作。", quoted)
    path.write_text(
        source.replace("  - 负责经办城乡居民养老、失地农民社保业务。\n", f"  - {quoted}\n"), encoding="utf-8"
    )
    done = run(tmp_path / "data", ROOT / "templates", "yibin", 2022)
    if "{{" in text:
        assert [problem.code for problem in done.problems if problem.severity.value == "error"] == ["D029", "D029"]
        return
    assert done.document is not None and done.profile is not None and not done.failed, done.problems
    data = render_docx(done.document, done.profile.master).data
    body = [shown for style, shown in docx_reading.paragraphs(data) if style == "BodyGW"]
    assert f"4.{text}" in body
    assert len(docx_reading.tables(data)) == 13


@pytest.mark.parametrize(
    "template",
    [
        "{% for 一 in range(100000) %}{% for 二 in range(100000) %}很长的一段话{% endfor %}{% endfor %}",
        "{{ [].__class__.__base__.__subclasses__() }}",
        "{{ ''.__class__ }}",
        "{% include '/etc/passwd' %}",
        "{% from '../../x' import 甲 %}",
        "{{ range(999999999) | list }}",
        "{{ 表.__globals__ }}",
        "{{ 基本 / 0 }}",
    ],
)
def test_templates_reach_nothing(template: str, tmp_path: Path) -> None:
    shutil.copytree(HERE / "profiles" / "tiny", tmp_path / "tiny")
    path = tmp_path / "tiny" / "prose" / "notes.j2"
    path.write_text(path.read_text(encoding="utf-8") + "\n" + template + "\n", encoding="utf-8")
    done = run(HERE / "data", tmp_path, "tiny", 2023)
    errors = [problem for problem in done.problems if problem.severity.value == "error"]
    assert done.failed and len(errors) == 1
    assert errors[0].position.file.endswith("notes.j2") and errors[0].code.startswith("P10")

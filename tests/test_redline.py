"""``shuoming redline`` as a person meets it: which states it takes, what it refuses, and that nothing is left behind."""

from __future__ import annotations

import random
import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from generator.cli import main
from tests import docx_reading, tracked
from tests.conftest import ROOT, some
from tests.difference.test_diff import edit, git, give_another_reason, raise_pay, repository, workplace
from tests.docx_reading import W
from tests.render.docx.test_expand import CONDITION, with_cover
from tests.render.docx.test_marked import ROWS, TRACKED, WORDS, edited, elsewhere, lines
from tests.render.docx.test_redline import marked

__all__ = ["repository", "workplace"]  # fixtures
OUT = Path("修订稿.docx")


def redlined(*states: str) -> bytes:
    assert main(["redline", *states, "-o", str(OUT), "--date", "2022-03-01"]) == 0
    return OUT.read_bytes()


def report(name: str) -> bytes:
    assert main(["report", "2022", "--output", "made"]) == 0
    [file] = Path("made/2022").iterdir()
    file.rename(name)
    return Path(name).read_bytes()


def test_the_states_that_diff_takes(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "switch", "--quiet", "--create", "branch")
    give_another_reason()
    assert "压减差旅费、办公费" in marked(redlined("HEAD"), "ins")
    git(repository, "commit", "--all", "--quiet", "--message=改原因")
    of_revisions = redlined("main", "branch")
    assert "压减差旅费、办公费" in marked(of_revisions, "ins")
    assert of_revisions == redlined("HEAD~1", "HEAD") == redlined("HEAD~1", "data/2022") == redlined("main", "2022")
    git(repository, "switch", "--quiet", "main")
    raise_pay()
    git(repository, "commit", "--all", "--quiet", "--message=加工资")
    of_branch = redlined("main...branch")
    assert of_branch == of_revisions, "what main did since is no change of the branch"
    assert sorted(path.name for path in repository.iterdir()) == [".git", "data", "templates", str(OUT)]
    assert "shuoming-" not in capsys.readouterr().err


@pytest.mark.slow
def test_what_a_masters_statements_decide_is_marked(repository: Path) -> None:
    """The new master alone would say that the old cover had a date."""
    Path("templates/yibin/master.docx").write_bytes(with_cover(CONDITION))
    git(repository, "commit", "--all", "--quiet", "--message=母版")
    edit("data/2022/department.yaml", ("年度: 2022", "年度: 2022\n日期: 2022年2月"))
    data = redlined("HEAD")
    assert "日期另定" in marked(data, "del") and "公开日期：2022年2月" in marked(data, "ins")
    give_another_reason()
    assert "压减差旅费、办公费" in marked(redlined("HEAD"), "ins")


def test_two_years_and_two_folders(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree("data/2022", "data/2023")
    edit("data/2023/department.yaml", ("年度: 2022", "年度: 2023"))
    Path("data/2023/prior.yaml").unlink()
    assert "2023" in "".join(marked(redlined("2022", "2023"), "ins"))
    capsys.readouterr()
    assert not marked(redlined("before", "data", "--year", "2022"), "ins")
    assert "没有差别" in capsys.readouterr().out
    raise_pay()
    assert marked(redlined("before", "data", "--year", "2022"), "ins")
    assert "没有差别" not in capsys.readouterr().out


@pytest.mark.parametrize("states", some([(("旧.docx", "2022"),), (("before", "新.docx"),)], 1))
def test_a_word_file_against_data(states: tuple[str, str], workplace: Path) -> None:
    """Two files: tests/render/docx/test_marked.py."""
    old = report("旧.docx")
    give_another_reason()
    raise_pay()
    new = report("新.docx")
    data = redlined(*states)
    assert lines(tracked.accepted(data)) == lines(new) and lines(tracked.rejected(data)) == lines(old)
    assert "压减差旅费、办公费" in "".join(marked(data, "ins"))


def wrong(amount: str) -> None:
    edit("data/2022/basic.yaml", ("30107 绩效工资: 3.99", f"30107 绩效工资: {amount}"))


def test_the_old_data_may_hold_errors(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong("3.98")
    git(repository, "commit", "--all", "--quiet", "--message=写错")
    edit("data/2022/basic.yaml", ("3.98", "3.99"))
    data = redlined("HEAD")
    assert "3.98" in marked(data, "del") and "3.99" in marked(data, "ins")
    printed = capsys.readouterr()
    label = git(repository, "rev-parse", "--short=8", "HEAD")
    assert printed.err == f"HEAD（{label}）有1处错误（B101），照原样比较。\n"
    OUT.unlink()
    assert main(["redline", "2022", "HEAD", "-o", str(OUT)]) == 1
    printed = capsys.readouterr()
    assert "data/2022/department.yaml" in printed.err and "B101" in printed.err and "shuoming-" not in printed.err
    assert printed.err.endswith(f"HEAD（{label}）有错误，没有生成文档。\n") and not OUT.exists()


def test_old_data_that_come_to_no_document(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree("data")
    shutil.copytree("before", "data")
    edit("before/2022/basic.yaml", ("30107 绩效工资: 3.99", "30107 绩效工资: 三"))
    assert main(["redline", "before", "data", "-o", str(OUT)]) == 1
    printed = capsys.readouterr().err
    assert "before/2022/basic.yaml:7:19: 错误 D010" in printed and printed.endswith("before有错误，没有生成文档。\n")
    assert not OUT.exists()


def test_old_templates_that_are_broken(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    part = Path("templates/yibin/prose/part-2.j2")
    text = part.read_text(encoding="utf-8")
    part.write_text(text + "{{ 总记 | 金额 }}\n", encoding="utf-8")
    git(repository, "commit", "--all", "--quiet", "--message=写错")
    part.write_text(text, encoding="utf-8")
    assert main(["redline", "HEAD", "-o", str(OUT)]) == 1
    printed = capsys.readouterr().err
    assert "templates/yibin/prose/part-2.j2" in printed and "P102" in printed and not OUT.exists()


def bomb() -> bytes:
    buffer = BytesIO(stripped(GOOD, "word/styles.xml"))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/styles.xml", b" " * 140_000_000)
    return buffer.getvalue()


def stripped(data: bytes, part: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w") as made:
        for name in archive.namelist():
            if name != part:
                made.writestr(name, archive.read(name))
    return buffer.getvalue()


GOOD = elsewhere(WORDS, ROWS)
DOCUMENT = "word/document.xml"
WRONG: dict[str, tuple[Callable[[], bytes], str]] = {
    "no zip": (lambda: b"\xd0\xcf\x11\xe0" * 900, "不是有效的Word文件"),
    "empty": (lambda: b"", "不是有效的Word文件"),
    "cut": (lambda: GOOD[: len(GOOD) // 2], "不是有效的Word文件"),
    "no body part": (lambda: stripped(GOOD, DOCUMENT), "缺少正文"),
    "tracked": (lambda: edited(GOOD, lambda xml: xml.replace("</w:p>", f"{TRACKED}</w:p>", 1)), "已有修订痕迹"),
    "damaged body": (lambda: edited(GOOD, lambda xml: xml[:-40]), "已损坏"),
    "damaged header": (lambda: edited(GOOD, lambda xml: xml[:-9], "word/header1.xml"), "已损坏"),
    "damaged styles": (lambda: edited(GOOD, lambda xml: xml[:-9], "word/styles.xml"), "已损坏"),
    "entities": (lambda: edited(GOOD, lambda xml: '<!DOCTYPE a [<!ENTITY b "c">]>' + xml[xml.index("<w:document") :]), "不允许的声明"),
    "huge": (bomb, "过大"),
    "deep": (lambda: edited(GOOD, lambda xml: xml.replace("<w:body>", "<w:body>" + "<w:sdt>" * 9000).replace("</w:body>", "</w:sdt>" * 9000 + "</w:body>")), "层次或元素过多"),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_file_gives_one_line_and_no_file(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    make, why = WRONG[kind]
    Path("好.docx").write_bytes(GOOD)
    Path("坏.docx").write_bytes(make())
    for states in (("好.docx", "坏.docx"), ("坏.docx", "好.docx")):
        assert main(["redline", *states, "-o", str(OUT)]) == 2
        printed = capsys.readouterr()
        assert printed.out == "" and printed.err.startswith("错误：") and printed.err.count("\n") == 1
        assert why in printed.err and not OUT.exists()


@pytest.mark.parametrize("name", ["旧.doc", "旧.wps", "旧.pdf"])
def test_files_of_other_kinds(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(b"\xd0\xcf\x11\xe0")
    Path("新.docx").write_bytes(GOOD)
    assert main(["redline", name, "新.docx", "-o", str(OUT)]) == 2
    assert capsys.readouterr().err == f"错误：{name} 不是 .docx 文件；Word、WPS的其他文件请先另存为 .docx。\n"


@pytest.mark.parametrize("seed", [pytest.param(n, marks=() if n < 10 else (pytest.mark.slow,)) for n in range(60)])
def test_damage_gives_a_document_or_one_line(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    rng = random.Random(seed)
    if seed % 2:
        damaged = bytearray(GOOD)
        for _ in range(rng.randint(1, 4)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
    else:

        def spoilt(xml: str) -> str:
            place = rng.randrange(xml.index("<w:body>"), len(xml))
            what = rng.choice(["", "9", "-", "<w:p/>", "<w:tc/>", "</w:r>", "&#5;", 'w:val="x"', "<w:tbl/>", "<w:tr/>"])
            return xml[:place] + what + xml[place + rng.randrange(1, 9) :]

        damaged = bytearray(edited(GOOD, spoilt))
    Path("好.docx").write_bytes(elsewhere(WORDS[::2], ROWS[:3]))
    Path("坏.docx").write_bytes(damaged)
    for states in (("好.docx", "坏.docx"), ("坏.docx", "好.docx")):
        code = main(["redline", *states, "-o", str(OUT)])
        printed = capsys.readouterr()
        assert (code, OUT.exists(), printed.err.count("\n")) in ((0, True, 0), (2, False, 1)), printed.err
        OUT.unlink(missing_ok=True)


def test_a_redline_that_says_something_else_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from generator.render.docx import marker

    monkeypatch.chdir(tmp_path)
    Path("旧.docx").write_bytes(GOOD)
    Path("新.docx").write_bytes(elsewhere(WORDS[:2], (*ROWS, ("221", "住房", "4.00"))))
    assert main(["redline", "旧.docx", "新.docx", "-o", str(OUT)]) == 0
    OUT.unlink()
    monkeypatch.setattr(marker.Pen, "add_row", lambda self, row: None)
    assert main(["redline", "旧.docx", "新.docx", "-o", str(OUT)]) == 2
    assert "修订稿与它们对不上，没有写出" in capsys.readouterr().err and not OUT.exists()


def test_an_author_that_no_file_can_hold(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["redline", "HEAD", "-o", str(OUT), "--author", "a\x01"]) == 2
    assert "--author" in capsys.readouterr().err and not OUT.exists()
    redlined("HEAD", "2022", "--author", "张三 & <李四>")
    authors = {item.get(f"{W}author") for item in docx_reading.body_of(OUT.read_bytes()).iter(f"{W}ins")}
    assert authors <= {"张三 & <李四>"}


def test_help_says_what_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["redline", "--help"])
    shown = capsys.readouterr().out
    assert all(word in shown for word in ("git版本", "Word文件", "main...分支", "全部接受", "全部拒绝"))


def test_folders_of_another_place_are_compared_in_its_format(
    workplace: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The folders that are compared say whose format they have; ``data`` beside them is another place's."""
    for name in ("old", "new"):
        shutil.copytree(ROOT / "examples" / "hunan" / "2025", tmp_path / name / "2025")
    narrative = tmp_path / "new" / "2025" / "narrative.yaml"
    narrative.write_text(narrative.read_text(encoding="utf-8").replace("压减公务接待费", "少接待"), encoding="utf-8")
    for old, new in (("old/2025", "new/2025"), ("old", "new")):
        sides = [str(tmp_path / old), str(tmp_path / new), "--templates", str(ROOT / "templates")]
        assert main(["redline", *sides, "-o", "修订.docx"]) == 0, capsys.readouterr()
        assert main(["diff", *sides]) == 0
        assert "变动的句子1处" in capsys.readouterr().out

"""``shuoming diff`` as a person meets it: what an edit moved, and nothing that it did not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from tests.conftest import ROOT, Golden, bring
from tests.test_cli import Terminal

EXPECTED = ROOT / "tests" / "golden" / "diff"
Edit = Callable[..., None]


def git(folder: Path, *arguments: str) -> str:
    who = {f"GIT_{role}_{what}": "test" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=os.environ | who, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data as they were in ``before`` and as they are being edited in ``data``."""
    bring(tmp_path)
    shutil.copytree(ROOT / "data", tmp_path / "before")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def repository(workplace: Path) -> Path:
    shutil.rmtree(workplace / "before")
    git(workplace, "init", "--quiet", "--initial-branch=main")
    git(workplace, "add", ".")
    git(workplace, "commit", "--quiet", "--message=起点")
    return workplace


def edit(file: str, *pairs: tuple[str, str]) -> None:
    path = Path(file)
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, f"{old} stands {text.count(old)} times in {file}"
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def raise_pay() -> None:
    edit("data/2022/basic.yaml", ("30101 基本工资: 35.35", "30101 基本工资: 36.35"))
    totals = (("总计", "6824", "6825"), ("一般公共预算", "6816", "6817"), ("基本支出", "168.56", "169.56"))
    edit("data/2022/department.yaml", *((f"  {name}: {old}", f"  {name}: {new}") for name, old, new in totals))


def give_another_reason() -> None:
    edit("data/2022/narrative.yaml", ("在编人员减少，公用经费等预算减少", "压减差旅费、办公费"))


def swap_a_project() -> None:
    path = Path("data/2022/projects.yaml")
    head, *projects = path.read_text(encoding="utf-8").split("- 名称: ")
    new = projects[0].replace("运转经费", "宣传经费").replace("8236", "9999").replace("5.00", "7.48")
    assert projects.pop(1).startswith("社保、医保经办经费")
    path.write_text(
        "- 名称: ".join([head, *projects, "\n" + new]).replace("- 名称: \n", "\n- 名称: "), encoding="utf-8"
    )


EDITS = {"amount": raise_pay, "reason": give_another_reason, "projects": swap_a_project}


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize(("form", "ending"), [("text", "txt"), ("markdown", "md")])
def test_an_edit_and_what_follows(
    workplace: Path, golden: Golden, capsys: pytest.CaptureFixture[str], name: str, form: str, ending: str
) -> None:
    EDITS[name]()
    assert main(["diff", "before", "data", "--format", form]) == 0
    golden(EXPECTED / f"{name}.{ending}", capsys.readouterr().out)


@pytest.mark.parametrize("name", ["amount", "reason"])
def test_the_page_says_what_the_comment_says(workplace: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    EDITS[name]()
    said = []
    for form in ("html", "markdown"):
        assert main(["diff", "before", "data", "--format", form]) == 0
        said.append(capsys.readouterr().out)
    marks = [re.findall(r"<(del|ins)>(.*?)</\1>", text.replace("\\", "").replace("&#45;", "-")) for text in said]
    assert marks[0] == marks[1] and len(marks[0]) > 3
    assert re.findall(r"[一-龥、]+（\d+）(?=</summary>)", said[0]) == re.findall(
        r"(?<=\*\*|y>)[一-龥、]+（\d+）(?=\*\*|</summary>)", said[1]
    )


def test_another_order_of_tables_moves_no_number(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree("templates/yibin", "templates/other")
    edit(
        "templates/other/report.yaml",
        ("      - 02-income\n", ""),
        ("      - 03-expenditure\n", "      - 03-expenditure\n      - 02-income\n"),
    )
    for name in ("one", "two"):
        assert main(["report", "2022", "--output", name, "--profile", "yibin" if name == "one" else "other"]) == 0
    capsys.readouterr()
    [one], [two] = Path("one/2022").iterdir(), Path("two/2022").iterdir()
    assert main(["diff", str(one), str(two)]) == 0
    assert capsys.readouterr().out.endswith("\n没有变化。\n")


def test_order_of_tables_in_the_profile(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(
        "templates/yibin/report.yaml",
        ("      - 02-income\n", ""),
        ("      - 03-expenditure\n", "      - 03-expenditure\n      - 02-income\n"),
    )
    assert main(["diff", "HEAD"]) == 0
    shown = capsys.readouterr().out
    assert "templates/yibin/report.yaml:" in shown and shown.endswith("数据和格式的改动2处。\n")


def test_two_word_files(workplace: Path, golden: Golden, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "2022", "--output", "one"]) == 0
    raise_pay()
    give_another_reason()
    assert main(["report", "2022", "--output", "two"]) == 0
    for name in ("one", "two"):
        [made] = Path(name, "2022").iterdir()
        made.rename(f"{name}.docx")
    capsys.readouterr()
    assert main(["diff", "one.docx", "two.docx"]) == 0
    shown = capsys.readouterr().out
    golden(EXPECTED / "word.txt", shown)
    assert main(["diff", "before", "data"]) == 0
    of_data = capsys.readouterr().out
    for title in ("\n变动的句子", "\n变动的单元格"):  # a file and its data are compared alike
        assert shown.split(title)[1].split("\n\n")[0] == of_data.split(title)[1].split("\n\n")[0]


def test_a_word_file_beside_its_data(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whether somebody edited the document by hand: words and cells are compared, sources and problems are not."""
    assert main(["report", "2022"]) == 0
    [made] = Path("output", "2022").iterdir()
    capsys.readouterr()
    assert main(["diff", str(made), "2022"]) == 0
    assert capsys.readouterr().out == f"{made} → 2022年度\n没有变化。\n"
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b">6824.79<", b">6842.79<", 1)
    with zipfile.ZipFile("改过.docx", "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert main(["diff", "2022", "改过.docx"]) == 0
    assert capsys.readouterr().out == (
        "2022年度 → 改过.docx\n\n变动的单元格（1）\n"
        "  2022年部门收支预算表·本年收入合计·收入／金额: 6824.79 → 6842.79\n\n变动的单元格1处。\n"
    )
    assert main(["diff", "改过.docx", "2021"]) == 2


def test_two_revisions(repository: Path, golden: Golden, capsys: pytest.CaptureFixture[str]) -> None:
    give_another_reason()
    git(repository, "commit", "--all", "--quiet", "--message=改原因")
    assert main(["diff", "HEAD~1", "HEAD"]) == 0
    shown = re.sub(r"（[0-9a-f]{8}）", "（…）", capsys.readouterr().out)
    golden(EXPECTED / "revisions.txt", shown)
    raise_pay()
    assert main(["diff", "HEAD"]) == 0
    assert "总计: 6824.79万元 → 6825.79万元（+1.00万元）" in capsys.readouterr().out


def test_the_example_in_the_readme(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raise_pay()
    assert main(["diff", "HEAD"]) == 0
    shown = re.sub(r"（[0-9a-f]{8}）", "（…）", capsys.readouterr().out).split("\n")
    example = (
        (ROOT / "docs" / "比较与副本.md").read_text(encoding="utf-8").split("shuoming diff HEAD\n")[1].split("\n```")[0]
    )
    lines = [line for line in example.split("\n") if line != "…"]
    assert [line for line in lines if line not in shown] == []
    assert [line for line in shown if line in set(filter(None, lines))] == [line for line in lines if line]


def test_a_branch_against_where_it_left(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "switch", "--quiet", "--create", "branch")
    give_another_reason()
    git(repository, "commit", "--all", "--quiet", "--message=改原因")
    git(repository, "switch", "--quiet", "main")
    raise_pay()
    git(repository, "commit", "--all", "--quiet", "--message=加工资")
    assert main(["diff", "main...branch"]) == 0
    shown = capsys.readouterr().out
    assert "压减差旅费" in shown and "6825.79" not in shown
    assert main(["diff", "main", "branch"]) == 0
    assert "总计: 6825.79万元 → 6824.79万元（-1.00万元）" in capsys.readouterr().out


def test_revisions_leave_nothing_behind(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path_factory.mktemp("scratch")
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    assert main(["diff", "HEAD", "HEAD"]) == 0
    assert list(scratch.iterdir()) == []
    assert git(repository, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    "name",
    ["--upload-pack=touch pwned", "-h", "; touch pwned", "$(touch pwned)", "`touch pwned`", "HEAD\n--exec", "a\0b", "HEAD:data", "^HEAD", "HEAD..HEAD", "nonsense", "a...b...c", ""],
)  # fmt: skip
def test_hostile_revisions(repository: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    for arguments in (["--", name, "HEAD"], ["--", "HEAD", name], ["--", f"{name}...HEAD"]):
        if (name, arguments[1]) == ("", "...HEAD"):
            continue  # an empty side is HEAD, as in git
        assert main(["diff", *arguments]) == 2
        printed = capsys.readouterr()
        assert printed.out == "" and printed.err.startswith("错误：") and printed.err.count("\n") == 1
    assert not (repository / "pwned").exists()


def test_links_in_a_revision_are_not_followed(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = repository.parent / "secret.yaml"
    secret.write_text("秘密: 42\n", encoding="utf-8")
    (repository / "data" / "2022" / "prior.yaml").unlink()
    (repository / "data" / "2022" / "prior.yaml").symlink_to(secret)
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message=链接")
    assert main(["diff", "HEAD~1", "HEAD"]) == 0
    shown = capsys.readouterr().out
    assert "秘密" not in shown and "data/2022/prior.yaml: - " in shown


def test_no_git_repository(
    workplace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(workplace.parent))
    assert main(["diff", "HEAD"]) == 2
    assert "“HEAD”不是年度" in capsys.readouterr().err
    monkeypatch.setenv("PATH", "")
    assert main(["diff", "HEAD"]) == 2
    assert "没有找到 git" in capsys.readouterr().err
    assert main(["diff", "before", "data"]) == 0


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_nothing_changed(workplace: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert main(["diff", "2022", "data", "--format", form]) == 0
    assert "没有变化。" in capsys.readouterr().out


def test_a_broken_side_is_told(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit("data/2022/basic.yaml", ("30101 基本工资: 35.35", "30101 基本工资: 三十五"))
    assert main(["diff", "HEAD"]) == 0
    shown = capsys.readouterr().out
    assert "现在的文件有错误，没有成文" in shown
    assert "data/2022/basic.yaml:12:19: 错误 D010" in shown
    assert "data/2022/basic.yaml:12: 30101 基本工资: 35.35 → 30101 基本工资: 三十五" in shown
    assert "出现和消失的问题（1）" in shown, "what was not checked is not gone"
    assert "现在的文件还没有检查到的问题，不算出现或消失。" in shown
    git(repository, "commit", "--all", "--quiet", "--message=写错")
    assert main(["diff", "HEAD~1", "HEAD"]) == 0
    shown = capsys.readouterr().out
    assert "\ndata/2022/basic.yaml:12:19: 错误 D010" in shown and "shuoming-" not in shown
    assert main(["diff", "HEAD", "HEAD~1"]) == 0
    assert "出现和消失的问题（1）" in capsys.readouterr().out, "what was not checked has not come"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["2021", "2022"], "没有 data/2021 这个目录。现有年度：2022。"),
        (["2022", "2023"], "没有 data/2023 这个目录。现有年度：2022。"),
        (["旧稿", "data/2022"], "旧稿 里是一个年度的数据，目录名却不是年份。"),
        (["data/2022", "旧稿"], "旧稿 里是一个年度的数据，目录名却不是年份。"),
        (["templates", "data/2022"], "没有 templates/2022 这个目录。现有年度：无。"),
    ],
)
@pytest.mark.parametrize("command", ["diff", "redline"])
def test_a_year_or_folder_that_is_not_there(
    workplace: Path, capsys: pytest.CaptureFixture[str], command: str, names: list[str], said: str
) -> None:
    shutil.copytree("data/2022", "旧稿")
    assert main([command, *names, *(["-o", "修订稿.docx"] if command == "redline" else [])]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and said in printed.err


def test_a_year_that_is_new(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree("data/2022", "data/2023")
    edit("data/2023/department.yaml", ("年度: 2022", "年度: 2023"))
    assert main(["diff", "HEAD"]) == 0
    shown = capsys.readouterr().out
    assert "没有 data/2023 这个目录。现有年度：2022。" in shown
    assert re.search(r"data/2023/basic.yaml: \+ \d+行\n", shown)
    assert main(["diff", "2022", "2023"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("2022年度 → 2023年度\n")
    assert "总计上年数: 10805.94万元 → 6824.79万元（-3981.15万元）" in shown
    assert "变动的单元格" not in shown, "only the year moved in the tables"


def test_colour_on_a_terminal_only(
    workplace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raise_pay()
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for settings, coloured in ((None, True), ("1", False)):
        if settings:
            monkeypatch.setenv("NO_COLOR", settings)
        stream = Terminal()
        with monkeypatch.context() as patch:
            patch.setattr("sys.stdout", stream)
            assert main(["diff", "before", "data"]) == 0
        assert ("\033[31m" in stream.getvalue()) == coloured


def test_data_are_never_mark_up(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(
        "data/2022/narrative.yaml",
        ("在编人员减少，公用经费等预算减少", "'@all <img src=x onerror=alert(1)> `|` [x](http://e) #1'"),
    )
    assert main(["diff", "before", "data", "--format", "markdown"]) == 0
    shown = capsys.readouterr().out
    assert "@all" not in shown and "<img" not in shown and "[x]" not in shown and "http://" not in shown
    assert all(line.count("|") - line.count("\\|") in (0, 4, 5) for line in shown.splitlines() if line.startswith("|"))
    assert main(["diff", "before", "data", "--format", "html"]) == 0
    assert "<img" not in capsys.readouterr().out


def test_a_comment_is_no_longer_than_a_forge_takes(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("data/2022/basic.yaml")
    path.write_text(
        path.read_text(encoding="utf-8") + "".join(f"# {number} {'长' * 80}\n" for number in range(2000)),
        encoding="utf-8",
    )
    assert main(["diff", "before", "data", "--format", "markdown"]) == 0
    shown = capsys.readouterr().out
    assert len(shown) < 65_536 and "处没有列出" in shown

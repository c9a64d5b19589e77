"""The command line as a person meets it: exit codes, Chinese help, JSON, nothing half-written."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from generator.cli import COMMANDS, main
from generator.work.formats import FORMATS
from tests.conftest import LATER


def test_report_writes_the_document(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "2022"]) == 0
    printed = capsys.readouterr()
    [made] = (workplace / "output" / "2022").iterdir()
    assert made.name == "2022年伊滨经开区（示范区）社会保障事务服务中心部门预算说明.docx"
    assert f"已生成 output/2022/{made.name}" in printed.out
    assert "警告34处，建议5处" in printed.err


def test_a_first_report_is_told_in_less_than_twenty_lines(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "2022"]) == 0
    printed = capsys.readouterr()
    assert len((printed.out + printed.err).splitlines()) < 20
    assert (
        "逐处列出：shuoming check 2022 --all\n看过了，以后只看新的：shuoming accept --seen --year 2022\n" in printed.err
    )
    (workplace / "data").rename(workplace / "别的 数据")
    shutil.copytree("templates/yibin", "templates/洛阳")
    for name in ("python", "shuoming"):
        (workplace / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
        (workplace / ".venv" / "bin" / name).touch()
    assert main(["report", "2022", "--data", "别的 数据", "--profile", "洛阳"]) == 0
    assert (
        "逐处列出：.venv/bin/shuoming check 2022 --all --data='别的 数据' --profile=洛阳\n" in capsys.readouterr().err
    )


def test_report_lists_every_place_where_that_is_asked_for(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "2022", "--all"]) == 0
    everything = capsys.readouterr().err
    assert main(["check", "2022", "--all"]) == 0
    first, _, rest = capsys.readouterr().out.partition("\n")
    assert everything == rest and first.startswith("有14条规则没有可查的内容：生成文件后才能检查（")


def test_check_writes_nothing(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "2022"]) == 0
    assert not (workplace / "output").exists()
    assert capsys.readouterr().out.endswith("警告34处，建议5处。\n下一步：shuoming report 2022\n")


def test_check_as_json(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "2022", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["summary"] == {"error": 0, "warning": 34, "advice": 5}
    assert {"D007", "T215", "J310"} < {problem["code"] for problem in found["problems"]}
    assert set(found["problems"][0]) == {
        "code",
        "severity",
        "file",
        "line",
        "column",
        "length",
        "place",
        "message",
        "remedy",
        "notes",
    }
    assert found["problems"][0]["file"] == "data/2022/basic.yaml"


def test_an_error_leaves_the_old_document(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "2022"]) == 0
    [made] = (workplace / "output" / "2022").iterdir()
    before = made.read_bytes()
    basic = workplace / "data" / "2022" / "basic.yaml"
    basic.write_text(basic.read_text(encoding="utf-8").replace("3.99", "3.98"), encoding="utf-8")
    assert main(["report", "2022"]) == 1
    assert [made] == list((workplace / "output" / "2022").iterdir())
    assert made.read_bytes() == before
    assert "没有生成文档" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report"], "缺少"),
        (
            ["报告", "2022"],
            f"没有“报告”，可用的有：{'、'.join(COMMANDS)}。",
        ),
        (["check", "2021"], "没有 data/2021 这个目录。现有年度：2022"),
        (["check", "../.."], "四位数字"),
        (["check", "2022; x"], "四位数字"),
        (["check", "２０２２"], "四位数字"),
        (["check", "2022", "--profile", "../x"], "格式方案名"),
        (["check", "2022", "--profile", "none"], "现有方案：yibin"),
        (["check", "2022", "--templates", "none"], "没有 none 这个目录；--templates 后面写格式方案所在的目录"),
        (["check", "2022", "--format", "xml"], "没有“xml”"),
        (["report", "2022", "--format", "wps"], f"没有“wps”，可用的有：{'、'.join(FORMATS)}。"),
        (["report", "2022", "--format", "html", "--review"], "--review 只用于 Word 文档"),
        (["preview", "2021"], "没有 data/2021 这个目录"),
        (["preview", "2022", "--port", "x"], "端口应是0到65535"),
        (["preview", "2022", "--port", "65536"], "端口应是0到65535"),
        (["check", "2022", "--nothing"], "不认识“--nothing”"),
        (["check", "2022", "--data"], "--data 后面少了内容。用法见 shuoming check --help。"),
        (["todo", "2022", "--confirm"], "--confirm 后面少了内容。用法见 shuoming todo --help。"),
        (["redline", "data/2022", "data/2022"], "缺少"),
        (["redline", "data/2022", "data/2022", "-o", "x.pdf"], "应是 .docx 文件"),
        (["redline", "data/2022", "data/2021", "-o", "x.docx"], "不是年度、git版本、目录或Word文件"),
        (["redline", "2021", "2022", "-o", "x.docx"], "没有 data/2021 这个目录"),
        (["redline", "a.docx", "data/2022", "-o", "x.docx"], "没有 a.docx 这个文件"),
        (["redline", "data/2022/basic.yaml", "2022", "-o", "x.docx"], "不是 .docx 文件"),
        (["redline", "data/2022", "data/2022", "-o", "x.docx", "--date", "2022-02-30"], "--date 应写作"),
        (["redline", "data/2022", "data/2022", "-o", "x.docx", "--date", "now"], "--date 应写作"),
        (["text", "none.docx"], "无法读取 none.docx"),
        (["text", "data"], "无法读取 data"),
        (["diff", "坏.docx", "坏.docx"], "错误：坏.docx：这不是有效的Word文件"),
        ([], "缺少"),
    ],
)
def test_wrong_use(workplace: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    Path("坏.docx").write_text("坏", encoding="utf-8")
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("错误：") and printed.err.count("\n") == 1
    assert said in printed.err


@pytest.mark.parametrize(
    ("arguments", "link", "to"),
    [
        (["redline", "旧.docx", "2022", "-o", "旧.docx"], "", ""),
        pytest.param(["redline", "2022", "旧.docx", "-o", "./data/../旧.docx"], "", "", marks=LATER),  # test_save.py
        pytest.param(["redline", "旧.docx", "2022", "-o", "新.docx"], "新.docx", "旧.docx", marks=LATER),
        (["redline", "旧.docx", "2022", "-o", "templates/yibin/master.docx"], "", ""),
        (["redline", "2022", "2022", "-o", "新.docx"], "新.docx", "data/2022/basic.yaml"),
        (["report", "2022", "--output", "data"], "", ""),
        pytest.param(["report", "2022", "--output", "data/2022"], "", "", marks=LATER),
        pytest.param(["report", "2022", "--output", "templates/yibin", "--review"], "", "", marks=LATER),
        pytest.param(["report", "2022", "--format", "html", "--output", "data"], "", "", marks=LATER),
        (["report", "2022"], "output/2022", "templates/yibin"),
        (["schema", "--output", "data/2022"], "", ""),
        (["schema", "--output", "schemas"], "schemas/prior.json", "data/2022/prior.yaml"),
    ],
)
def test_no_command_writes_over_what_it_reads(
    workplace: Path, capsys: pytest.CaptureFixture[str], report_2022: bytes, arguments: list[str], link: str, to: str
) -> None:
    Path("旧.docx").write_bytes(report_2022)
    if link:
        Path(link).parent.mkdir(parents=True, exist_ok=True)
        Path(link).symlink_to(Path(to).absolute())
    before = {path: path.read_bytes() for folder in ("data", "templates") for path in Path(folder).rglob("*.*")}
    assert main(arguments) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith("错误：不能写到 ")
    assert Path("旧.docx").read_bytes() == report_2022
    assert before == {path: path.read_bytes() for folder in ("data", "templates") for path in Path(folder).rglob("*.*")}


@pytest.mark.parametrize(
    "arguments",
    [[], *([name] for name in ("report", "preview", "check", "explain", "diff", "redline", "text", "rules", "schema"))],
)
def test_help_is_chinese(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main([*arguments, "--help"])
    assert done.value.code == 0
    printed = capsys.readouterr().out
    assert "用法" in printed
    assert not [word for word in ("usage", "options", "positional", "show this help", "default") if word in printed]


def test_a_folder_that_cannot_be_written(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workplace / "output").write_text("a file in the way", encoding="utf-8")
    assert main(["report", "2022"]) == 2
    assert "无法写入" in capsys.readouterr().err


def test_a_master_that_is_no_document(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workplace / "templates" / "yibin" / "master.docx").write_bytes(b"not a zip")
    assert main(["report", "2022"]) == 1
    assert "打不开" in capsys.readouterr().err


@pytest.mark.parametrize(("form", "begin"), [("github", "::warning file="), ("sarif", '{\n  "$schema"')])
def test_check_for_other_programs(workplace: Path, capsys: pytest.CaptureFixture[str], form: str, begin: str) -> None:
    assert main(["check", "2022", "--format", form, "--verbose"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith(begin)
    assert "共检查规则" in printed.err and "共检查规则" not in printed.out


def redlined(*options: str) -> bytes:
    assert main(["redline", "old/2022", "data/2022", "-o", "out/修订.docx", *options]) == 0
    return Path("out/修订.docx").read_bytes()


def test_redline_writes_one_file(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(workplace / "data", workplace / "old")
    narrative = workplace / "data" / "2022" / "narrative.yaml"
    narrative.write_text(
        narrative.read_text(encoding="utf-8").replace("公用经费等预算减少", "压减差旅费"), encoding="utf-8"
    )
    plain = redlined()
    assert plain == redlined() and plain != redlined("--author", "办公室")
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        assert b"w:date=" not in archive.read("word/document.xml")
    with zipfile.ZipFile(io.BytesIO(redlined("--author", "<张三>", "--date", "2022-03-01"))) as archive:
        text = archive.read("word/document.xml").decode()
    assert 'w:author="&lt;张三&gt;" w:date="2022-03-01T00:00:00Z"' in text
    assert capsys.readouterr().out.endswith("已生成 out/修订.docx\n")


def test_redline_of_wrong_data_is_none(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(workplace / "data", workplace / "old")
    basic = workplace / "data" / "2022" / "basic.yaml"
    basic.write_text(basic.read_text(encoding="utf-8").replace("3.99", "3.98"), encoding="utf-8")
    assert main(["redline", "old/2022", "data/2022", "-o", "修订.docx"]) == 1
    assert not (workplace / "修订.docx").exists()
    printed = capsys.readouterr().err
    assert "data/2022/department.yaml" in printed and "没有生成文档" in printed


def test_rules_are_listed_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    assert "J101 错误 收支总表：收入总计＝支出总计（检查文档）\n" in capsys.readouterr().out
    assert main(["rules", "j101"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("J101 ") and "不符的例子：" in shown and "改正以后：" in shown
    assert main(["rules", "J99"]) == 2
    assert "没有“J99”这条规则" in capsys.readouterr().err


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("settings", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colour_on_a_terminal_only(
    workplace: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], coloured: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    stream = Terminal()
    monkeypatch.setattr("sys.stdout", stream)
    assert main(["check", "2022", "--all"]) == 0
    assert ("\033[33m" in stream.getvalue()) == coloured

"""``shuoming package``: all that is published and nothing that is not, whole or not at all, the same bytes each time."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from generator.check.catalogue import catalogue
from generator.check.rules import Asked, Outcome
from generator.check.self_check import _QUESTIONS, Evidence, self_check
from generator.cli import main
from generator.load.revision import commit_with
from generator.model.problem import Problem, Severity
from generator.model.publishing import Answered, Reply
from generator.model.source import Position
from generator.model.version import VERSION
from generator.work import package as module
from generator.work.formats import FORMATS, File
from generator.work.package import KEPT, MANIFEST, Choice, own_files, package
from tests.conftest import ROOT
from tests.render.test_formats import KINDS, SOME
from tests.runs import held

TITLE = "2022年伊滨经开区（示范区）社会保障事务服务中心部门预算说明"


@pytest.fixture
def without_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without LibreOffice and without a browser: what they make is not the same everywhere."""
    from generator.model.problem import UsageError

    def none(_: object) -> File:
        raise UsageError("没有找到 LibreOffice。")

    pieces = tuple(
        piece._replace(write=none) if piece.kind in ("PDF", "一图读懂的图片") else piece for piece in module._PIECES
    )
    monkeypatch.setattr(module, "_PIECES", pieces)


def packed(folder: str, profile: str, year: int, choice: Choice = Choice()) -> module.Package:  # noqa: B008
    return package(held(ROOT / "templates", profile), ROOT / folder, year, choice)


@pytest.mark.parametrize(("folder", "profile", "year"), [one for one in SOME if one is not KINDS])
@pytest.mark.usefixtures("without_pdf")
def test_nothing_internal_is_published(folder: str, profile: str, year: int) -> None:
    """Where a number was typed, the entries behind it, and what a check found stay in the office."""
    made = packed(folder, profile, year)
    assert made.files and made.files == packed(folder, profile, year).files
    public = {name: data for name, data in made.files.items() if not name.startswith(KEPT)}
    assert {name.rpartition(".")[2] for name in public} == {"docx", "xlsx", "html", "csv", "json"}
    assert sum(name.endswith("（一图读懂）.html") for name in public) == 1
    for name, data in public.items():
        for text in words_in(name, data):
            assert not re.search(rf"\.yaml|台账|{re.escape(str(year))}/basic", text), name
    assert any("没有PDF：没有找到 LibreOffice。" in remark for remark in made.remarks)


def words_in(name: str, data: bytes) -> list[str]:
    if name.endswith((".docx", ".xlsx")):
        with ZipFile(BytesIO(data)) as file:
            return [file.read(one).decode() for one in file.namelist() if one.endswith((".xml", ".rels"))]
    return [data.decode()]


@pytest.mark.slow
@pytest.mark.usefixtures("without_pdf")
def test_the_manifest_names_every_file_as_it_is() -> None:
    made = packed("data", "yibin", 2022)
    told = json.loads(made.files[MANIFEST])
    listed = {one["名称"]: (one["字节"], one["sha256"]) for one in told["文件"]}
    others = {name: data for name, data in made.files.items() if "清单" not in name}
    assert listed == {name: (len(data), sha256(data).hexdigest()) for name, data in others.items()}
    lines = made.files[f"{KEPT}/清单.txt"].decode().splitlines()
    assert [line for line in lines if line[0] != "#"] == [f"{listed[name][1]}  {name}" for name in sorted(listed)]
    assert told["程序版本"] == VERSION and re.fullmatch("[0-9a-f]{64}", told["数据"]["摘要"])
    assert "通过" in told["检查"] and "错误0处" in told["检查"]
    assert FORMATS["docx"].write(made.ended).data == made.files[f"{TITLE}.docx"]  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.usefixtures("without_pdf")
def test_the_digest_follows_the_data(workplace: Path) -> None:
    def digest() -> str:
        made = package(module.Workshop(Path("templates"), "yibin"), Path("data"), 2022)
        return str(json.loads(made.files[MANIFEST])["数据"]["摘要"])

    before = digest()
    with (workplace / "data" / "2022" / "basic.yaml").open("a", encoding="utf-8") as file:
        file.write("# 看过了\n")
    assert digest() != before


def test_a_commit_is_named_only_where_it_holds_the_data(workplace: Path) -> None:
    who = {f"GIT_{role}_{what}": "x" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], env=os.environ | who, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    folders = (Path("data/2022"), Path("templates/yibin"))
    assert commit_with(folders) == ""
    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "x")
    assert commit_with(folders) == git("rev-parse", "HEAD")
    file = workplace / "data" / "2022" / "basic.yaml"
    before = file.read_bytes()
    file.write_bytes(before + b"\n")
    assert commit_with(folders) == ""
    file.write_bytes(before)
    (workplace / "data" / "2022" / "new.yaml").touch()
    assert commit_with(folders) == "" and commit_with((workplace / "data",)) == ""


@pytest.mark.usefixtures("without_pdf")
def test_the_folder_is_replaced_whole(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["package", "2022", "-o", "out", "--approved", "2022-02-10", "--date", "2022-03-01"]) == 0
    (folder,) = (workplace / "out" / "2022").iterdir()
    assert folder.name == f"{TITLE}（公开）"
    assert "不要上传" in capsys.readouterr().out
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == own_files(folder)
    (folder / "开放数据" / "旧.csv").write_text("x", encoding="utf-8")
    assert main(["package", "2022", "-o", "out"]) == 2
    assert "里有不是本命令生成的 开放数据/旧.csv" in capsys.readouterr().err
    assert own_files(folder) and (folder / "开放数据" / "旧.csv").exists()
    (folder / MANIFEST).write_text("{}", encoding="utf-8")
    assert own_files(folder) == frozenset()  # somebody else's


@pytest.mark.usefixtures("without_pdf")
@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda text: text.replace("总计: 6824.79", "总计: 6824.78", 1), "有错误，没有生成公开的文件。"),
        (lambda text: text.replace("负责医疗救助工作。", "负责医疗救助工作（待填）。", 1), ""),
    ],
)
def test_wrong_data_and_drafts_give_no_folder(
    workplace: Path, capsys: pytest.CaptureFixture[str], edit: Callable[[str], str], said: str
) -> None:
    file = workplace / "data" / "2022" / "department.yaml"
    file.write_text(edit(file.read_text(encoding="utf-8")), encoding="utf-8")
    assert main(["package", "2022", "-o", "out"]) == 1
    assert said in capsys.readouterr().err
    assert not (workplace / "out").exists()


def test_a_draft_without_an_error_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DRAFT", "定点医药机构")
    made = packed("data", "yibin", 2022)
    assert not made.files and made.refused.startswith("文档里还有1处“定点医药机构”，没有生成")


@pytest.mark.parametrize(("option", "text"), [("--date", "3月1日"), ("--approved", "2022-02-30")])
def test_a_date_is_a_day(option: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["package", "2022", option, text]) == 2
    assert f"{option} 应写作 2022-03-01，不能是“{text}”" in capsys.readouterr().err


def test_the_list_asks_rules_that_there_are() -> None:
    known = {entry.code for entry in catalogue()}
    for question in _QUESTIONS:
        for code in question.codes:
            assert any(one.startswith(code) for one in known), (question.words, code)


def asked(**outcomes: Outcome) -> tuple[Asked, ...]:
    return tuple(Asked(code, outcome) for code, outcome in outcomes.items())


def replies(evidence: Evidence) -> dict[str, Reply]:
    return {reply.question: reply for reply in self_check(evidence)}


NOTHING = Evidence((), (), (), {"表5": "一般公共预算支出表"}, {}, (), ("Word 文档",))
FOUND = Problem("J101", Severity.WARNING, "…", "…", Position("表"))


@pytest.mark.parametrize(
    ("evidence", "question", "answer"),
    [
        (NOTHING, "表内、表间勾稽相符", Answered.NOT_HERE),
        (NOTHING._replace(asked=asked(J101=Outcome.UNABLE)), "表内、表间勾稽相符", Answered.UNABLE),
        (NOTHING._replace(asked=asked(J101=Outcome.NOT_APPLICABLE)), "表内、表间勾稽相符", Answered.NOT_HERE),
        (NOTHING._replace(asked=asked(J101=Outcome.PASSED, J102=Outcome.UNABLE)), "表内、表间勾稽相符", Answered.YES),
        (NOTHING._replace(asked=asked(J101=Outcome.FAILED), problems=(FOUND,)), "表内、表间勾稽相符", Answered.LOOK),
        (NOTHING._replace(asked=asked(J101=Outcome.FAILED), accepted=(FOUND,)), "表内、表间勾稽相符", Answered.YES),
        (NOTHING._replace(asked=asked(X999=Outcome.FAILED), problems=(FOUND._replace(code="X999"),)), "其余各条检查", Answered.LOOK),
        (NOTHING, "说明了政府采购", Answered.NO),
        (NOTHING._replace(words=("政府采购预算0万元。",), asked=asked(T221=Outcome.PASSED)), "说明了政府采购", Answered.YES),
        (NOTHING, "在财政批复后20日内公开", Answered.PERSON),
        (NOTHING._replace(approved="2022-02-10", published="2022-03-02"), "在财政批复后20日内公开", Answered.YES),
        (NOTHING._replace(approved="2022-02-10", published="2022-03-03"), "在财政批复后20日内公开", Answered.NO),
        (NOTHING._replace(approved="2022-02-10", published="2022-02-09"), "在财政批复后20日内公开", Answered.NO),
        (NOTHING, "一般公共预算支出按功能分类公开到项", Answered.NOT_HERE),
        (NOTHING._replace(there={"表5": 5}), "一般公共预算支出按功能分类公开到项", Answered.NO),
        (NOTHING._replace(there={"表5": 7}), "一般公共预算支出按功能分类公开到项", Answered.YES),
        (NOTHING, "涉密和敏感信息经过审查", Answered.PERSON),
        (NOTHING._replace(accepted=(FOUND,)), "接受的提示都有理由和署名", Answered.LOOK),
    ],
)  # fmt: skip
def test_a_question_is_answered_by_what_is_known(evidence: Evidence, question: str, answer: Answered) -> None:
    assert replies(evidence)[question].answer is answer


@pytest.mark.slow
@pytest.mark.usefixtures("without_pdf")
def test_every_finding_is_in_the_list() -> None:
    """The list hides nothing: its counts of what is to be looked at are all that the check found."""
    made = packed("data", "yibin", 2022, Choice("", "2022-02-10", "2022-03-01"))
    text = made.files[f"{KEPT}/公开前自查表.txt"].decode("utf-8-sig")
    assert sum(int(number) for number in re.findall(r"有(\d+)处提示要看", text)) == len(made.ended.problems)
    rules = sum(
        int(number) for line in text.splitlines() if "规则：" in line for number in re.findall(r"(\d+)条", line)
    )
    assert rules >= len(made.ended.asked)
    sheet = load_workbook(BytesIO(made.files[f"{KEPT}/公开前自查表.xlsx"])).active
    assert sheet is not None
    answers = [str(row[3].value) for row in sheet.iter_rows(min_row=5) if row[3].value]
    assert answers == re.findall(r"^\d+\. \[(.*?)\]", text, re.MULTILINE)
    assert sheet.page_setup.orientation == "landscape"


@pytest.mark.slow
@pytest.mark.usefixtures("without_pdf")
def test_a_units_folder(workplace: Path) -> None:
    shutil.copytree(ROOT / "templates" / "通用", workplace / "templates" / "通用")
    made = package(module.Workshop(Path("templates"), "yibin"), Path("data"), 2022, Choice("027001"))
    assert made.files and json.loads(made.files[MANIFEST])["单位"] == "027001"


@pytest.mark.slow
@pytest.mark.usefixtures("without_pdf")
def test_the_department_and_all_its_units(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["package", "2025", "--data", "examples/hunan", "--all-units", "-o", str(tmp_path)]) == 0
    folders = list((tmp_path / "2025").iterdir())
    assert len(folders) == 3 and all(own_files(folder) for folder in folders)
    printed = capsys.readouterr()
    assert printed.out.count("公开前自查表：") == 3 and printed.err.count("没有PDF") == 1
    assert main(["package", "2025", "--data", "examples/hunan", "--all-units", "--unit", "1"]) == 2

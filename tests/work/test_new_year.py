"""The year around the document: new, todo, reasons, draft, confirmed, final. In the process."""

from __future__ import annotations

import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from generator.cli import main
from generator.edit import tree_of
from generator.model.problem import Severity, UsageError
from generator.save import save_all
from generator.trial.departments import trials
from generator.work.check import check
from generator.work.draft import draft
from generator.work.new_year import new_year
from generator.work.profile_check import codes_of
from generator.work.reasons import reasons
from generator.work.stages import Finished
from generator.work.todo import confirm, todo
from generator.work.workshop import Workshop
from tests import docx_reading
from tests.conftest import ROOT, Golden
from tests.runs import held

GOLDEN = ROOT / "tests" / "golden"
EXAMPLES = {
    "beijing": ("北京", 2025),
    "hunan": ("湖南", 2025),
    "shanghai": ("上海", 2025),
    "sichuan": ("四川", 2025),
    "shanghai-final": ("上海决算", 2024),
    "handbook": ("通用", 2026),
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)  # a checkout with an environment of its own calls the program otherwise
    shutil.copytree(ROOT / "data" / "2022", tmp_path / "data" / "2022")
    return tmp_path / "data"


def shop(name: str = "yibin") -> Workshop:
    return held(ROOT / "templates", name)


def run(data: Path, *arguments: str) -> int:
    return main([*arguments, "--data", str(data), "--templates", str(ROOT / "templates")])


def opened(data: Path, year: int = 2023, since: int = 0) -> Path:
    save_all(new_year(shop(), data, year, since).changes)
    return data / str(year)


def replaced(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def test_from_2022_to_2023(data: Path, capsys: pytest.CaptureFixture[str], golden: Golden) -> None:
    """What a clerk sees from the opened year to the final document."""
    told: list[str] = []

    def tell(*arguments: str) -> int:
        code = run(data, *arguments)
        shown = (
            "".join(capsys.readouterr()).replace(str(data), "data").replace(f" --templates={ROOT / 'templates'}", "")
        )
        told.append(f"$ shuoming {' '.join(arguments).replace(str(data), 'data')}\n{shown}")
        return code

    assert tell("new", "2023") == 0
    assert tell("todo", "2023") == 0
    assert tell("report", "2023", "--output", str(data / "out")) == 1
    assert not (data / "out").exists()
    replaced(data / "2023" / "basic.yaml", ("30101 基本工资: 35.35", "30101 基本工资: 50.00"))
    replaced(
        data / "2023" / "projects.yaml", ("31302 对社会保险基金补助: 1909.20", "31302 对社会保险基金补助: 2000.00")
    )
    controls = (data / "2023" / "department.yaml").read_text(encoding="utf-8")
    controls = re.sub(r"(?m)^控制数:.*(?:\n .*)*", "控制数: {总计: 6930.24}", controls)
    (data / "2023" / "department.yaml").write_text(controls, encoding="utf-8")
    assert tell("todo", "2023", "--confirm", "运转经费", "narrative.yaml") == 0
    assert tell("reasons", "2023", "总计") == 0
    assert tell("todo", "2023", "--confirm", "全部") == 0
    golden(GOLDEN / "new-year-2023.txt", "\n".join(told))
    done = check(shop(), data, 2023)
    assert isinstance(done, Finished) and not done.failed
    words = "\n".join(getattr(block, "text", "") for block in done.document.blocks)
    assert (
        "与2022年预算相比，收支各增加105.45万元，增长1.55%。主要原因：项目“城乡居民基本医疗保险区级配套资金”增加90.80万元。"
        in words
    )
    assert "？" not in words and "待填" not in words


def test_an_opened_year_keeps_its_text(data: Path) -> None:
    """Nothing but what has to change does: comments, order, quotes, places of numbers."""
    folder = opened(data)
    for name, changed in {"basic": 0, "projects": 0, "performance": 0, "department": 7, "narrative": 5}.items():
        old, new = (
            (data / year / f"{name}.yaml").read_text(encoding="utf-8").splitlines() for year in ("2022", "2023")
        )
        assert len([line for line in old if line not in new]) == changed, name
    assert not (folder / "prior.yaml").exists()
    narrative = (folder / "narrative.yaml").read_text(encoding="utf-8")
    assert "# 变动原因:" in narrative and "#   机构运行经费: 在编人员减少，公用经费等预算减少" in narrative
    listed = tree_of((folder / "unconfirmed.yaml").read_text(encoding="utf-8"))
    assert isinstance(listed, dict) and sorted(listed) == [
        f"{name}.yaml" for name in ("basic", "department", "narrative", "performance", "projects")
    ]


@pytest.mark.slow
def test_what_is_changed_is_confirmed_by_that(data: Path) -> None:
    folder = opened(data)
    before = todo(shop(), data, 2023).count("待确认")
    replaced(folder / "basic.yaml", ("30101 基本工资: 35.35", "30101 基本工资: 36.00"))
    replaced(folder / "department.yaml", ("  - 负责医疗救助工作。\n", ""))
    replaced(folder / "projects.yaml", ("公岗和劳务派遣人员总人数: 15人", "公岗和劳务派遣人员总人数: 16人"))
    assert todo(shop(), data, 2023).count("待确认") == before - 3
    moved = (folder / "projects.yaml").read_text(encoding="utf-8")
    head, *projects = moved.split("\n- 名称: ")
    (folder / "projects.yaml").write_text("\n- 名称: ".join([head, *projects[::-1]]) + "\n", encoding="utf-8")
    assert todo(shop(), data, 2023).count("待确认") == before - 3  # in another order it is as unconfirmed as before


@pytest.mark.parametrize(
    ("year", "since", "said"),
    [
        (2022, 0, "已经有了"),
        (2023, 2021, "没有数据"),
        (2021, 0, "没有可以结转的年度"),
        (2021, 2022, "只能从以前的年度结转"),
    ],
)
def test_a_year_that_can_not_be_opened(year: int, since: int, said: str, data: Path) -> None:
    with pytest.raises(UsageError, match=said):
        new_year(shop(), data, year, since)


def test_a_broken_year_is_not_carried(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "2022" / "basic.yaml").write_text("- 资金来源：全角\n  支出: [\n", encoding="utf-8")
    assert run(data, "new", "2023") == 1
    assert not (data / "2023").exists()
    assert "basic.yaml:1" in capsys.readouterr().err


@pytest.mark.slow
def test_a_year_is_left_out(data: Path) -> None:
    """Last year has no folder: its amounts are to be filled in, and no reason can be drafted."""
    folder = opened(data, 2024)
    prior = tree_of((folder / "prior.yaml").read_text(encoding="utf-8"))
    assert isinstance(prior, dict) and set(prior.values()) == {"待填"} and "机构运行经费" in prior
    assert todo(shop(), data, 2024).count("待填") == 6 + len(prior)
    (folder / "prior.yaml").write_text((data / "2022" / "prior.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    missing = [item.what for item in todo(shop(), data, 2024).items if item.kind == "缺"]
    assert [re.findall("“(.+?)”", what)[0] for what in missing] == ["总计", "一般公共预算", "机构运行经费"]
    made = draft(shop(), data, 2024, "txt")
    text = next(iter(made.files.values())).data.decode("utf-8-sig")
    assert text.count("主要原因：〔待填：变动原因〕") == 3


@pytest.mark.slow
def test_a_confirmed_word_must_be_there(data: Path) -> None:
    opened(data)
    with pytest.raises(UsageError, match="没有要确认的“没有的”"):
        confirm(data, 2023, ["没有的"])
    done = confirm(data, 2023, ["运转经费", "2080101 行政运行"])
    save_all(done.changes)
    assert done.open == 211
    assert todo(shop(), data, 2023).count("待确认") == 211 - 13 - 14  # a project, and a code wherever it stands


def test_a_draft_can_not_be_taken_for_final(data: Path) -> None:
    folder = opened(data)
    replaced(folder / "basic.yaml", ("30101 基本工资: 35.35", "30101 基本工资: 待填：问人事"))
    replaced(folder / "narrative.yaml", ("一般公务用车: 0", "一般公务用车: 待填"))
    replaced(folder / "department.yaml", ("负责医疗救助工作。", "待填：新职责"))
    made = draft(shop(), data, 2023, "docx")
    assert not made.ended.failed, [one for one in made.ended.problems if one.severity is Severity.ERROR]
    ((name, file),) = made.files.items()
    assert name == "2023年伊滨经开区（示范区）社会保障事务服务中心部门预算说明（草稿）.docx"
    texts = [text for _, text in docx_reading.paragraphs(file.data)]
    assert texts[0].endswith("部门预算说明（草稿）") or "（草稿）" in "".join(texts[:6])
    assert any(text.startswith("草稿，不得公开") for text in texts)
    assert any("〔待填：新职责〕" in text for text in texts)
    assert any("【负责经办城乡居民养老、失地农民社保业务。？】" in text for text in texts)
    assert any("收入总计6789.44万元？" in text for text in texts)
    rows = docx_reading.rows_of(docx_reading.tables(file.data)["2023年一般公共预算基本支出预算表"])
    assert ["30101", "基本工资", "50501", "工资福利支出", "〔待填〕", "〔待填〕", ""] in rows
    assert [cell for cell in rows[0] if cell] == ["合计", "133.21？", "115.85？", "17.36？"]
    with zipfile.ZipFile(BytesIO(file.data)) as package:
        body, core = (package.read(f"{part}.xml").decode() for part in ("word/document", "docProps/core"))
    assert "（草稿）</dc:title>" in core
    marked = re.findall(r'<w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">([^<]*)</w:t>', body)
    assert {"〔待填：新职责〕", "〔待填〕", "（草稿）"} <= set(marked)
    assert all(re.fullmatch(r"（草稿）|〔待填.*〕|【.*？】|[-0-9.,]+.*？", text) for text in marked)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["html", "md", "txt"])
def test_a_draft_in_other_formats(form: str, data: Path) -> None:
    replaced(opened(data) / "basic.yaml", ("30101 基本工资: 35.35", "30101 基本工资: 待填"))
    made = draft(shop(), data, 2023, form)
    text = next(iter(made.files.values())).data.decode("utf-8-sig")
    assert "（草稿）" in text and "〔待填〕" in text
    assert ("<mark>〔待填〕</mark>" in text) == (form == "html")


@pytest.mark.slow
def test_other_mistakes_stop_a_draft(data: Path) -> None:
    replaced(opened(data) / "basic.yaml", ("30101 基本工资: 35.35", "30101 基本工资: 35.355"))
    made = draft(shop(), data, 2023, "docx")
    assert not made.files and "D012" in {problem.code for problem in made.ended.problems}
    with pytest.raises(UsageError, match="草稿只有这些格式"):
        draft(shop(), data, 2023, "xlsx")


@pytest.mark.slow
def test_a_year_without_doubts_gives_the_same_document_as_a_draft_but_for_its_name(data: Path) -> None:
    text = next(iter(draft(shop(), data, 2022, "txt").files.values())).data.decode("utf-8-sig")
    assert "？" not in text.split("共0处待填，0处待确认。")[1]


@pytest.mark.slow
def test_reasons_are_offered_and_put_nowhere(data: Path) -> None:
    (data / "原因库.yaml").write_text("减少: {运行经费: [我们自己的说法]}\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in data.rglob("*.yaml")}
    found = {one.name: one for one in reasons(shop(), data, 2022).figures}
    assert [*found] == ["总计", "一般公共预算", "政府性基金", "机构运行经费"]
    assert found["机构运行经费"].offered[0] == "我们自己的说法"
    assert found["政府性基金"].offered[0].startswith("上级下达")
    assert before == {path: path.read_bytes() for path in data.rglob("*.yaml")}
    with pytest.raises(UsageError, match="持平"):
        reasons(shop(), data, 2022, "公务接待费")
    (data / "原因库.yaml").write_text("变少: {运行经费: [我们自己的说法]}\n", encoding="utf-8")
    assert [problem.code for problem in reasons(shop(), data, 2022).problems] == ["Y007"]


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_carried(example: str, tmp_path: Path) -> None:
    """Its draft has no other errors; once all is confirmed and filled in, nothing of it is left to do."""
    place, year = EXAMPLES[example]
    shutil.copytree(ROOT / "examples" / example, tmp_path / "data")
    data = tmp_path / "data"
    done = new_year(shop(place), data, year + 1)
    save_all(done.changes)
    for path in (data / str(year + 1)).rglob("*.yaml"):
        assert not re.search("(?m)^待填$", path.read_text(encoding="utf-8")), path  # a file that said only reasons
    made = draft(shop(place), data, year + 1, "docx")
    assert made.files, [one for one in made.ended.problems if one.severity is Severity.ERROR]
    assert todo(shop(place), data, year + 1).count("待确认") == done.unconfirmed
    save_all(confirm(data, year + 1, ["全部"]).changes)
    assert todo(shop(place), data, year + 1).count("待确认") == 0


@pytest.mark.slow
def test_the_chapter_is_right(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """docs/新年度.md: its commands in their order, and every line of output that it shows."""
    text = (ROOT / "docs" / "新年度.md").read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines() if line.startswith("    ")]
    assert sum(line.startswith("shuoming ") for line in lines) == 7
    told = ""
    for line in lines:
        if not line.startswith("shuoming "):
            assert line in told
            continue
        arguments = line.split()[1:]
        output = ["--output", str(data.parent / "output")] if arguments[0] == "report" else []
        code = run(data, *arguments, *output)
        told = "".join(capsys.readouterr())
        final = arguments == ["report", "2023"]
        assert code == (1 if final else 0), told
        if final:  # the approved totals are still to come
            assert "还有待填6处" in told
    made = [path.name for path in (data.parent / "output" / "2023").iterdir()]
    assert made == ["2023年伊滨经开区（示范区）社会保障事务服务中心部门预算说明（草稿）.docx"]


@pytest.mark.slow
def test_made_up_departments_are_carried(tmp_path: Path) -> None:
    """Odd words, zeros, empty lists, several units: each opens, says what waits, and gives a draft or its own mistakes."""
    place = shop("通用")
    profile = place.profile(2024)[0]
    assert profile is not None
    for number, trial in enumerate(trials(profile, 2024, codes_of(profile, 2024))):
        data = tmp_path / str(number)
        for name, text in trial.files.items():
            path = data / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        done = new_year(place, data, 2025)
        assert done.changes, trial.name
        save_all(done.changes)
        left = todo(place, data, 2025)
        assert left.count("待确认") == done.unconfirmed, trial.name
        assert left.errors or draft(place, data, 2025, "docx").files, trial.name

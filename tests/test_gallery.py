"""The error gallery: one small mistake each, and exactly what the clerk is told.

A case edits one file of the small department (data/2023) or of the tiny profile (方案检查: that is tried on made-up
departments), or (文档) the produced 2022
document (方案: tiny or kinds, that profile's) as a hand in Word would, read as a place with other 惯例 would have it where the
case says so; expected.txt is what ``check`` prints, or (导入: 是) ``import`` of the file (填报表: of the fill-in
workbook with these cells). ``make golden`` rewrites; git diff shows
what changed.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from openpyxl import load_workbook

from generator.check import agreements
from generator.check.book_rules import Derived
from generator.check.rules import Answer, Checked, Outcome, check
from generator.check.tables import Tables
from generator.check.written_rules import WRITTEN_RULES, Written
from generator.cli import main
from generator.model.profile import Conventions
from generator.model.reading import Reading
from generator.readback.document import reading_of
from generator.render.problems import problems_text
from generator.work.filling import workbook
from generator.work.reading import check_reading
from generator.work.stages import Stopped
from generator.work.workshop import Workshop
from tests.conftest import LATER, Golden
from tests.reading_edits import damaged
from tests.runs import Run, run

HERE = Path(__file__).parent
ALL = {
    path.parent: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((HERE / "gallery").glob("*/case.yaml"))
}
CASES = [folder for folder, case in ALL.items() if "文档" not in case]
DOCUMENTS = [folder for folder, case in ALL.items() if "文档" in case]


NOTHING_TO_ASK = ["J129", "J141", "J142"]
"""Rules that have nothing to ask of the undamaged document: no row of a 类 among economic codes, no table that is no national form, no column that compares."""


def tried(case: Path) -> tuple[pytest.MarkDecorator, ...]:
    """That a whole format is tried takes seconds; test_profile_check.py tries one that is broken in every way."""
    return (pytest.mark.slow,) if "方案检查" in ALL[case] else ()


def damage(folder: Path, case: dict[str, Any]) -> None:
    path = folder / case["文件"]
    if "删除" in case:
        path.unlink()
    elif "编码" in case:
        path.write_bytes(path.read_text(encoding="utf-8").encode(case["编码"]))
    elif "内容" in case:
        path.parent.mkdir(exist_ok=True)
        path.write_text(case["内容"], encoding="utf-8")
    elif "部分" in case:
        damage_part(path, case)
    elif "填报表" in case:
        damage_workbook(folder, case)
    elif "接上" in case:
        path.write_text(path.read_text(encoding="utf-8") + case["接上"], encoding="utf-8")
    else:
        text = path.read_text(encoding="utf-8")
        assert case["把"] in text
        path.write_text(text.replace(case["把"], case["改成"], 1), encoding="utf-8")
    if "另" in case:
        damage(folder, case["另"])


def files(case: dict[str, Any]) -> list[str]:
    """Those that a case touches."""
    return [case["文件"], *(files(case["另"]) if "另" in case else ())]


def move_to(year: str, data: Path) -> None:
    """The small department as of another year."""
    (data / "2023").rename(data / year)
    path = data / year / "department.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("年度: 2023", f"年度: {year}"), encoding="utf-8")


def damage_part(path: Path, case: dict[str, Any]) -> None:
    """One part of a Word file, as a hand in Word would leave it."""
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    old, new = case["把"].encode(), case["改成"].encode()
    assert old in parts[case["部分"]]
    parts[case["部分"]] = parts[case["部分"]].replace(old, new, 1)
    with ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def damage_workbook(folder: Path, case: dict[str, Any]) -> None:
    """The fill-in workbook of the folder's only year, with these values in these cells."""
    made = workbook(Workshop(folder, "profile"), folder / "data", int(next((folder / "data").iterdir()).name))
    assert not isinstance(made, Stopped)
    book = load_workbook(BytesIO(made.data))
    for address, value in case["填报表"].items():
        sheet, _, cell = address.partition("!")
        book[sheet][cell] = value
    book.save(folder / case["文件"])


def test_the_gallery_is_there() -> None:
    assert len(ALL) >= 150


@pytest.mark.parametrize("case", [pytest.param(case, marks=tried(case)) for case in CASES], ids=lambda path: path.name)
def test_a_mistake_is_told_like_this(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], golden: Golden
) -> None:
    shutil.copytree(HERE / "data" / "2023", tmp_path / "data" / "2023")
    if any(file.startswith("profile") for file in files(ALL[case])):
        shutil.copytree(HERE / "profiles" / "tiny", tmp_path / "profile")
    else:
        (tmp_path / "profile").symlink_to(HERE / "profiles" / "tiny")
    year = str(ALL[case].get("年度", "2023"))
    move_to(year, tmp_path / "data")
    damage(tmp_path, ALL[case])
    monkeypatch.chdir(tmp_path)
    tried = "方案检查" in ALL[case]
    imports = "导入" in ALL[case]
    asked = ["profile", "check", "profile"] if tried else ["check", year, "--all", "--profile", "profile"]
    if imports:
        asked = ["import", ALL[case]["文件"], "--year", year, "--yes", "--profile", "profile"]
    status = main([*asked, "--templates", "."])
    printed = capsys.readouterr()
    assert imports or printed.err == ""
    told = printed.out + printed.err
    told = re.sub(r"^有\d+条规则没有可查的内容.*\n", "", told, flags=re.MULTILINE)  # tests/cli/test_check.py
    golden(case / "expected.txt", told)
    code = case.name[:4]
    assert f" {code} " in told
    assert status == (1 if "错误" in told.splitlines()[-1] else 0)


@pytest.fixture(scope="module")
def tables_asked_once(reading_2022: Reading) -> Iterator[None]:
    """What the relations of tables came to that no hand has touched, as in most cases: two thirds of reading a document.

    They are asked of each document anew in tests/check/test_damaged.py.
    """
    known: dict[tuple[int, ...], dict[str, list[Answer]]] = {}
    ask = agreements.answers_of_all

    def asked(tables: Tables) -> dict[str, list[Answer]]:
        whole = list(map(id, tables.bound.reading.tables)) == list(map(id, reading_2022.tables))
        key = tuple(map(id, tables.specs.values()))
        if not whole or key not in known:
            found = ask(tables)
            return known.setdefault(key, found) if whole else found
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(agreements, "answers_of_all", asked)
        yield


_FIRST = {case.name[:4]: case for case in reversed(DOCUMENTS)}
"""Each rule's first case; make test leaves its others to CI."""


@pytest.mark.usefixtures("tables_asked_once")
@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=() if case in _FIRST.values() else LATER) for case in DOCUMENTS],
    ids=lambda path: path.name,
)
def test_a_damaged_document_is_told_like_this(case: Path, run_2022: Run, reading_2022: Reading, golden: Golden) -> None:
    """What the rules say of the finished document after a hand has been at it."""
    if "方案" in ALL[case]:
        golden(case / "expected.txt", problems_text(_of_another_profile(case).problems, {}))
        return
    reading = damaged(reading_2022, ALL[case]["文档"])
    if case.name.startswith("R"):  # every damage is found on reading back, so only these cases say so
        checked = check(Written(reading, reading_2022, run_2022.book), WRITTEN_RULES)
    else:
        profile = run_2022.profile._replace(conventions=conventions(run_2022.profile.conventions, ALL[case]))
        derived = Derived(run_2022.inputs, profile, run_2022.book)
        checked = check_reading(reading, derived, run_2022.document.file_name, run_2022.document)
    silent = [asked for asked in checked.asked if asked.why and asked.code not in NOTHING_TO_ASK]
    lines = "".join(f"{asked.code} {asked.outcome.value}：{asked.why}\n" for asked in silent)
    golden(case / "expected.txt", problems_text(checked.problems, {}) + lines)
    assert case.name[:4] in {problem.code for problem in checked.problems} | {asked.code for asked in silent}


_DATA = {"tiny": (HERE / "data", 2023), "kinds": (HERE / "data" / "kinds", 2024)}


def _of_another_profile(case: Path) -> Checked:
    """The same of a document whose tables are no national forms."""
    profile = ALL[case]["方案"]
    data, year = _DATA[profile]
    made = run(data, HERE / "profiles", profile, year)
    assert isinstance(made, Run)
    checked = check_reading(damaged(reading_of(made.document), ALL[case]["文档"]), made.profile)
    assert case.name[:4] in {problem.code for problem in checked.problems}
    return checked


def conventions(usual: Conventions, case: dict[str, Any]) -> Conventions:
    """Those a case's place has, where they are not the real one's."""
    known = {
        ("零基数增幅", "不计算"): {"zero_base_is_hundred": False},
        ("文中零", "两位小数"): {"plain_zero": False},
        ("公务用车合计增减", "每次都写"): {"cars_once": False},
    }
    for item in case.get("惯例", {}).items():
        usual = usual._replace(**known[item])
    return usual


def test_the_undamaged_document_breaks_no_rule(run_2022: Run, reading_2022: Reading) -> None:
    """The cases above mean something only because this finds nothing, in the file as well."""
    assert run_2022.document and run_2022.inputs and run_2022.profile and run_2022.book
    derived = Derived(run_2022.inputs, run_2022.profile, run_2022.book)
    checked = check_reading(reading_2022, derived, run_2022.document.file_name, run_2022.document)
    assert checked.problems == ()
    assert {asked.outcome for asked in checked.asked} == {Outcome.PASSED, Outcome.NOT_APPLICABLE}
    assert [asked.code for asked in checked.asked if asked.outcome is Outcome.NOT_APPLICABLE] == NOTHING_TO_ASK

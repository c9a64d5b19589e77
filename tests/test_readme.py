"""What the documents say of the program is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.cli import main
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CHECKS = (ROOT / "docs" / "检查.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "命令行.md").read_text(encoding="utf-8")
DOCUMENTS = (
    "README.md",
    "README.en.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    *sorted(file.relative_to(ROOT).as_posix() for file in (ROOT / "docs").rglob("*.md") if file.name != "rules.md"),
)
RULES = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
FILES = [file.as_posix() for folder in ("generator", "tests", "bench") for file in (ROOT / folder).rglob("*.*")]
MADE = {"data/2022/accepted.yaml", "templates/yibin/codes/", "templates/yibin/codes/2027-功能科目.csv"}  # by a person


def test_as_many_rules_as_the_list_has() -> None:
    [counted] = re.findall(r"D、J、T、L 四组共 (\d+) 条", RULES)
    assert f"\n{counted} 条规则，分四组" in CHECKS


def test_what_a_first_report_prints(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("python", "shuoming"):
        (workplace / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
        (workplace / ".venv" / "bin" / name).touch()
    assert main(["report", "2022"]) == 0
    printed = capsys.readouterr()
    shown = (printed.err + printed.out).splitlines()
    first, last = README.split("$ make report YEAR=2022\n")[1].split("\n```")[0].split("\n…\n")
    assert shown[: first.count("\n") + 1] == first.split("\n")
    assert shown[-last.count("\n") - 1 :] == last.split("\n")
    warnings, advice = re.findall(r"警告(\d+)处，建议(\d+)处。", printed.err)[0]
    assert f"有 {warnings} 处警告、{advice} 处建议" in README


def test_what_a_wrong_amount_is_answered_with(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    basic = workplace / "data/2022/basic.yaml"
    basic.write_text(basic.read_text(encoding="utf-8").replace("工资: 3.99", "工资: 3.99万元"), encoding="utf-8")
    assert main(["check", "2022"]) == 1
    printed = capsys.readouterr().out
    for text in (README, CHECKS):
        assert text.split("程序说：\n\n```\n")[1].split("```")[0] in printed


def test_calling_from_python(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exec(COMMANDS.split("## 在 Python 里调用")[1].split("```python\n")[1].split("```")[0], {})  # noqa: S102 - it is ours
    counted = re.findall(r"有 (\d+) 处警告、(\d+) 处建议", README)[0]
    assert capsys.readouterr().out == f"{sum(map(int, counted))} 处要看\n"
    assert main(["report", "2022"]) == 0
    (made,) = Path().glob("*.docx")
    assert made.read_bytes() == (Path("output/2022") / made.name).read_bytes()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_and_rules_that_a_document_names_are_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = {link for link in re.findall(r"\]\(([^)#:]+)\)", text) if not (ROOT / name).parent.joinpath(link).exists()}
    paths = {
        path for path in re.findall(r"`((?:data/2022|templates/yibin)/[^` ]*)`", text) if not (ROOT / path).exists()
    }
    modules = {
        module
        for module in re.findall(r"(?<![\w*/.])(?:\w+/)*\w+\.(?:py|js|css)\b", text)
        if not any(file.endswith(f"/{module}") for file in FILES)
    }
    codes = {code for code in re.findall(r"\b[BDJLPRTY]\d{3}\b", text) if f"| {code} |" not in RULES}
    assert (links, paths - MADE, modules, codes) == (set(), set(), set(), set())

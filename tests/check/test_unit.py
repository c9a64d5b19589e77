"""金额单位 against the size of the amounts: a folder in the wrong unit, and folders that are only small or large."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from generator.check.rules import check
from generator.check.unit_rules import UNIT_RULES
from generator.cli import main
from generator.model.department import Inputs
from generator.model.ledger import Ledger
from generator.model.money import Money, Scale
from tests.runs import Run


def inputs_of(made: Run, scale: Scale, *amounts: tuple[str, str]) -> Inputs:
    """The real department with these lines (economic code, amount) and no others."""
    assert made.inputs is not None
    first = made.inputs.ledger.lines[0]
    lines = tuple(
        first._replace(department_economic=code, money=Money(Decimal(amount), scale)) for code, amount in amounts
    )
    return made.inputs._replace(ledger=Ledger(2022, scale, lines))


@pytest.mark.parametrize(
    ("amounts", "severity"),
    [
        ([("30101", "35.35"), ("31302", "6824.79")], "error"),
        ([("30101", "3500.35"), ("31302", "250000.00")], "warning"),
        ([("30101", "36000.00"), ("30201", "5000.00")], "warning"),
        ([("30201", "3.00"), ("30211", "5.50")], "warning"),
        ([("30101", "36000.00"), ("31302", "900000.00")], ""),
        ([("30201", "20000.00")], ""),
        ([("31302", "900000.00")], ""),
        ([("30101", "3500.35"), ("31302", "250000.00"), *[("30201", "2.50")] * 6], "error"),
        ([("30101", "36000.00"), ("31302", "2500000.00"), *[("30201", "99.99")] * 6], "error"),
        ([("31302", "250000.00"), *[("30201", "99.99")] * 7], "error"),
        ([("31302", "250000.00"), *[("30201", "99.99")] * 6], ""),
        ([*[("31302", "250000.00")] * 5, *[("30201", "99.99")] * 4], ""),
        ([("30201", "0.00")], ""),
        ([], ""),
    ],
)
def test_yuan_where_it_is_wan(amounts: list[tuple[str, str]], severity: str, run_2022: Run) -> None:
    found = check(inputs_of(run_2022, Scale.YUAN, *amounts), UNIT_RULES).problems
    assert [problem.severity.value for problem in found] == ([severity] if severity else [])
    assert all("把“金额单位”改为“万元”" in problem.remedy for problem in found)


@pytest.mark.parametrize(
    ("amounts", "severity"),
    [
        ([("30201", f"{number}00.00") for number in range(10, 20)], "warning"),
        ([*(("30201", f"{number}00.00") for number in range(10, 19)), ("30211", "0.50")], "warning"),
        ([*(("30201", f"{number}00.00") for number in range(10, 18)), ("30211", "0.50"), ("30213", "1.20")], ""),
        ([("30201", f"{number}00.00") for number in range(10, 17)], ""),
        ([("30201", f"{number}00.50") for number in range(10, 20)], ""),
        ([("30201", f"{number}.00") for number in range(10, 30)], ""),
        ([("30201", f"{number}00000.55") for number in range(10, 18)], "error"),
        ([("31302", "10000000.00")], "warning"),
        ([("30201", f"{number}0000.55") for number in range(10, 18)], "warning"),
        ([("30101", "500000.55"), *(("30201", f"{number}00.55") for number in range(10, 17))], "error"),
        ([("30101", "499999.55"), *(("30201", f"{number}00.55") for number in range(10, 17))], "warning"),
        ([("30101", "500000.55"), *(("30201", f"{number}.55") for number in range(10, 17))], ""),
        ([("30101", "150000.55"), *(("30201", f"{number}00.55") for number in range(10, 17))], ""),
        ([("31302", "9990000.00"), *(("30201", f"{number}.55") for number in range(10, 18))], ""),
    ],
)
def test_wan_where_it_is_yuan(amounts: list[tuple[str, str]], severity: str, run_2022: Run) -> None:
    found = check(inputs_of(run_2022, Scale.WAN, *amounts), UNIT_RULES).problems
    assert [problem.severity.value for problem in found] == ([severity] if severity else [])
    assert all("把“金额单位”改为“元”" in problem.remedy for problem in found)


def test_the_wrong_unit_is_the_only_thing_told(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    department = workplace / "data/2022/department.yaml"
    department.write_text(
        department.read_text(encoding="utf-8").replace("金额单位: 万元", "金额单位: 元"), encoding="utf-8"
    )
    accepted = workplace / "data/2022/accepted.yaml"
    accepted.write_text("- {规则: J310, 内容: 按时发, 原因: 已核对, 接受人: 财务科}\n", encoding="utf-8")
    assert main(["check", "2022", "--all"]) == 1
    printed = capsys.readouterr().out
    assert printed.startswith("data/2022/department.yaml:7:7: 错误 B109 “金额单位”是元")
    assert printed.endswith("错误1处。\n") and "警告" not in printed
    for command in (["report"], ["explain"], ["redline", "data/2022"]):
        arguments = [*command, "2022", *(["总计"] if command == ["explain"] else [])]
        arguments += ["-o", "x.docx"] if command[0] == "redline" else []
        assert main(arguments) == 1
        printed = capsys.readouterr()
        assert "B109" in printed.out + printed.err
    assert main(["diff", "data/2022", "2022"]) == 0
    profile = workplace / "templates/yibin/report.yaml"
    profile.write_text(profile.read_text(encoding="utf-8") + "\n检查: {B109: 关}\n", encoding="utf-8")
    main(["check", "2022", "--all"])
    assert " B109 " not in capsys.readouterr().out

"""What a place switches off and what a person accepts, from the files to the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main


def checked(capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    status = main(["check", "2022", "--all", *more])
    return status, capsys.readouterr().out


def profile_says(workplace: Path, text: str) -> None:
    path = workplace / "templates" / "yibin" / "report.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"\n检查:\n{text}", encoding="utf-8")


def accepts(workplace: Path, rule: str, words: str) -> None:
    text = f"- 规则: {rule}\n  内容: {words}\n  原因: 与财政局核对过\n  接受人: 财务科\n"
    (workplace / "data" / "2022" / "accepted.yaml").write_text(text, encoding="utf-8")


def test_a_rule_is_switched_off(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert " D026 " in checked(capsys)[1]
    profile_says(workplace, "  D026: 关\n")
    status, text = checked(capsys, "--verbose")
    assert status == 0 and "警告 D026" not in text
    assert "不适用 D026 公用经费科目列入项目：格式方案关闭了这条规则" in text


def test_a_rule_is_taken_more_seriously(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile_says(workplace, "  D026: 错误\n  T230: 建议\n")
    status, text = checked(capsys)
    assert status == 1 and "错误 D026" in text and "建议 T230" in text and "警告 T230" not in text


def test_a_rule_that_does_not_exist(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile_says(workplace, "  D999: 关\n")
    status, text = checked(capsys)
    assert status == 1 and "P008 没有“D999”这条规则" in text


def test_a_word_that_is_no_severity(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile_says(workplace, "  D026: 忽略\n")
    status, text = checked(capsys)
    assert status == 1 and "Y008 规则“D026”不能设为“忽略”" in text


def test_a_finding_is_accepted_and_still_listed(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accepts(workplace, "D026", "社保、医保经办经费")
    status, text = checked(capsys)
    assert status == 0 and "警告 D026" not in text
    assert "已接受 D026 项目“社保、医保经办经费”列支了“福利费”" in text
    assert "  原因：与财政局核对过（财务科）" in text
    assert text.rstrip().endswith("已接受1处。")


def test_one_code_in_the_wrong_place_is_one_error(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workplace / "data" / "2022" / "basic.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("30202 印刷费", "31204 费用补贴"), encoding="utf-8")
    status, text = checked(capsys)
    assert status == 1 and "错误 D019 31204不能列入基本支出" in text and " J110 " not in text
    profile_says(workplace, "  D019: 关\n")
    status, text = checked(capsys)
    assert status == 1 and "错误 J110" in text and " D019 " not in text


def test_an_acceptance_of_nothing_is_a_warning(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accepts(workplace, "D026", "别的项目")
    assert "accepted.yaml:1:7: 警告 B106 接受记录“D026 别的项目”没有对应的问题" in checked(capsys)[1]
    accepts(workplace, "D999", "别的项目")
    assert "警告 B106 没有“D999”这条规则，这条接受记录不起作用" in checked(capsys)[1]


def test_an_error_cannot_be_accepted(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workplace / "data" / "2022" / "basic.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("3.99", "3.98"), encoding="utf-8")
    accepts(workplace, "B101", "控制数")
    status, text = checked(capsys)
    assert status == 1 and "错误 B101" in text and "警告 B106 B101是错误，不能接受" in text

"""What is read of the year before beside its money."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.load.department import load_department
from generator.load.profile import load_profile
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("narrative", "reasons"),
    [
        ('变动原因:\n  全部: " 新增项目 "\n  从前的数: 旧\n别的: 1\n', {"全部": "新增项目", "从前的数": "旧"}),
        ("变动原因: 无\n", {}),
        ("变动原因:\n  全部: [甲]\n", {}),
        ("- 甲\n", {}),
        ("变动原因：{全部\n", {}),  # broken: last year's words only add to what can be said
        (None, {}),
    ],
)
def test_reasons_of_last_year_are_read_if_they_can_be(
    narrative: str | None, reasons: dict[str, str], tmp_path: Path
) -> None:
    for year in ("2022", "2023"):
        shutil.copytree(ROOT / "tests" / "data" / "2023", tmp_path / year)
    (tmp_path / "2023" / "prior.yaml").unlink()
    department = tmp_path / "2022" / "department.yaml"
    department.write_text(department.read_text(encoding="utf-8").replace("2023", "2022"), encoding="utf-8")
    if narrative is not None:
        (tmp_path / "2022" / "narrative.yaml").write_text(narrative, encoding="utf-8")
    profile, _, _ = load_profile(ROOT / "tests" / "profiles" / "tiny")
    assert profile is not None
    inputs, problems, _ = load_department(tmp_path, 2023, profile)
    assert problems == () and inputs is not None and inputs.last_year is not None
    assert inputs.last_year.code == "105" and list(inputs.last_year.projects) == ["P-01"]
    assert {name: text.value for name, text in inputs.last_year.reasons.items()} == reasons

"""Words that look wrong to a hasty rule and are right: nothing is said about them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.runs import run

WORDS = (
    "按照财预〔2021〕634号文件要求，落实《中华人民共和国预算法》（2018年修正）。",
    "《2019年度社会保险基金核定办法》规定的职责。",
    "截至2021年期末，覆盖25万人、12万户，2022年计划8.00万元。",
    "“十四五”规划到2025年完成，2021—2025年分步实施。",
    "主要包括：1）登记；2）核定；3）发放。",
    "（1）登记；（2）核定。",
    "负责“医保“一站式”结算”工作（含《办法》的落实）。",
    "基本委托业务、资本局面、全部机关干部、成本中心、蚊帐和帐篷的管理。",
    "工作时间为8:30至17:30，比例为2:1，合计1,000.00万元。",
    "使用Word 2016、Excel软件，网址http://www.example.gov.cn。",
    "到场率=（到场人数/应到人数）×100%。",
    "选拔人才，实效显著，其他事项截止后不再受理。",
    "人均补助标准为580元，全年共12.00万元。",
    "省财政厅、市人力资源和社会保障局2022年工作部署的落实。",
    "2006年11月经批准，于2007年4月28日正式挂牌；自2015年起承担医保工作。",
    "人均12000元，另有一次性补助30000元/人，共12.00万元。",
    "20世纪90年代、建党100周年、第200期。",
    "依法行政等——必要时——其他工作。",
)
NAMES = (
    "目标任务完成率: 100%",
    "文书送达: 及时",
    "软件研发: 3套",
    "城乡全覆盖: 100%",
    "门诊救助人次: ≥530人次",
    "参保人数: ≥25万人",
    "收入增长率: ≥120%",
    "各科室工作效率: 明显",
    "各科室工作效益: 有保障",
    "住院人次: ≥ 15 人次",
    "报销比例: ≥50%，≤80%",
    "服务覆盖地区: 全区",
    "残疾人: ≥5人",
    "不合格率: ≤1%",
    "检查合格率: ≥99%",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data" / "2022", tmp_path / "2022")
    return tmp_path


def test_words(folder: Path) -> None:
    path = folder / "2022" / "department.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    first = lines.index("主要职责:") + 1
    text = "\n".join([*lines[:first], *(f"  - {words}" for words in WORDS), *lines[first:]])
    path.write_text(text + "\n", encoding="utf-8")
    assert not said(folder, "department.yaml", range(first + 1, first + 1 + len(WORDS)))


def test_indicators(folder: Path) -> None:
    path = folder / "2022" / "projects.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    first = lines.index("    产出指标:") + 1
    text = "\n".join([*lines[:first], *(f"      {name}" for name in NAMES), *lines[first:]])
    path.write_text(text + "\n", encoding="utf-8")
    assert not said(folder, "projects.yaml", range(first + 1, first + 1 + len(NAMES)))


def said(folder: Path, file: str, lines: range) -> list[str]:
    done = run(folder, ROOT / "templates", "yibin", 2022)
    assert not done.failed, done.problems
    return [
        f"{problem.position.line}: {problem.code} {problem.message}"
        for problem in done.problems
        if problem.position.file.endswith(file) and problem.position.line in lines
    ]

"""Departments that differ in everything a page count hangs on: how many projects, how long the words, which funds."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import yaml

from tests.conftest import ROOT

WORDS = (
    "负责贯彻落实上级关于医疗保障、社会保险等方面的法律法规、政策方针，统筹协调社会保险及其补充保险基金管理使用，"
    "建立统一的社会保险公共服务平台，建立健全覆盖全民、统筹城乡的多层次医疗保障体系，查处医疗保障领域违法违规行为，"
    "2022年安排资金1234.56万元，比上年增长12.34%，其中“三公”经费（含公务接待费）0.50万元；按照财预〔2016〕143号文件要求公开。"
)
FUNCTIONS = (
    "2080107 社会保险业务管理事务",
    "2101301 城乡医疗救助",
    "2010302 一般行政管理事务",
    "2130153 耕地建设与利用",
)
ECONOMICS = ("30201 办公费", "30227 委托业务费", "30217 公务接待费", "30231 公务用车运行维护费", "31002 办公设备购置")
FUNDS = ("一般公共预算", "事业收入", "其他收入", "财政专户管理资金")


def words(rng: random.Random, least: int, most: int) -> str:
    start, length = rng.randrange(len(WORDS)), rng.randint(least, most)
    return (WORDS * 4)[start : start + length].strip("，。；、）”% ") or "办公"


def amount(rng: random.Random) -> str:
    return f"{rng.choice([0.01, 1, 100, 10000]) * rng.randint(1, 9999) / 100 + 0.01:.2f}"


def make(seed: int, data: Path) -> None:
    """A department in ``data/2022`` made from the real one."""
    rng = random.Random(seed)
    folder = data / "2022"
    shutil.copytree(ROOT / "data" / "2022", folder)
    department = load(folder / "department.yaml")
    department["名称"] = rng.choice(
        ["财政局", "伊滨经开区（示范区）社会保障事务服务中心", "市" + "农业农村和乡村振兴" * rng.randint(1, 3) + "局"]
    )
    department["主要职责"] = [words(rng, 5, 160) + "。" for _ in range(rng.randint(1, 25))]
    department.pop("控制数")
    if rng.random() < 0.3:
        department["预算单位"]["027002"] = "第二" + words(rng, 3, 20)
    agencies = list(department["预算单位"])
    dump(folder / "department.yaml", department)
    basic = load(folder / "basic.yaml")
    for block in basic:
        block["单位"] = rng.choice(agencies)
    dump(folder / "basic.yaml", basic)
    dump(folder / "projects.yaml", [project(rng, index, agencies) for index in range(rng.choice([0, 1, 5, 12, 30]))])
    narrative = load(folder / "narrative.yaml")
    narrative["变动原因"] = {"总计": words(rng, 10, 300)} if rng.random() < 0.7 else {}
    dump(folder / "narrative.yaml", narrative)
    performance = load(folder / "performance.yaml")
    performance["年度履职目标"] = [words(rng, 10, 90) for _ in range(rng.randint(1, 6))]
    dump(folder / "performance.yaml", performance)


def project(rng: random.Random, index: int, agencies: list[str]) -> dict[str, object]:
    lines = {rng.choice(ECONOMICS): amount(rng) for _ in range(rng.randint(1, 4))}
    return {
        "名称": f"{index}号" + words(rng, 3, 45),
        "编码": f"4103952200000000{index:05d}",
        "类型": rng.choice(["其他运转类", "特定目标类"]),
        "层级": rng.choice(["本级", "本级", "上级"]),
        "单位": rng.choice(agencies),
        "资金来源": rng.choice(FUNDS),
        "年度": rng.choice(["本年", "本年", "上年结转"]),
        "支出": {rng.choice(FUNCTIONS): lines},
        "绩效指标": {
            "成本指标": {"预算资金": "≤资金总额"},
            "产出指标": {
                f"{n}{words(rng, 2, 30)}": rng.choice(["≥90%", "100%", "及时", words(rng, 2, 12)])
                for n in range(rng.randint(1, 6))
            },
            "效益指标": {words(rng, 4, 24): "明显"},
        },
    }


def load(path: Path) -> dict:  # type: ignore[type-arg]
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - strings only


def dump(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10000), encoding="utf-8")

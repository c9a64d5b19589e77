"""Write the deterministic data that is measured: a department of many projects, a long ledger.

python -m bench.workload department FOLDER PROJECTS    FOLDER/2022/*.yaml
python -m bench.workload ledger FILE LINES             one file shaped like basic.yaml
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from itertools import cycle, islice, product
from pathlib import Path

from generator.load.classification import load_classification
from generator.model.classification import ExtraCodes
from generator.model.ledger import CARRIED_FORWARD, FROM_ABOVE, FUNDS, OWN, PROJECT_KINDS, THIS_YEAR

YEAR = 2022
_FUND_FUNCTIONS = {"政府性基金预算": ("22960",)}
_FUNCTIONS = ("20805", "20807", "20820", "21011", "22102")
_ECONOMICS = ("30201", "30202", "30207", "30211", "30227", "30305", "30307", "31002", "31007")
_AGENCIES = {"900001": "示例单位甲", "900002": "示例单位乙", "900003": "示例单位丙"}
_FILES = {
    "department.yaml": f"""年度: {YEAR}
名称: 示例社会保障中心
代码: "900"
单位性质: 事业
金额单位: 万元
预算单位: {{{", ".join(f'"{code}": {name}' for code, name in _AGENCIES.items())}}}
主要职责: [测量生成文档的时间]
机构构成: {{预算范围: 本级预算, 内设机构归属: 本级预算, 内设机构: [办公室]}}
""",
    "basic.yaml": """- 单位: "900001"
  资金来源: 一般公共预算
  支出:
    2080505:
      30108: 10.95
""",
    "performance.yaml": "年度履职目标: []\n年度主要任务: []\n指标: {}\n",
    "narrative.yaml": "变动原因: {}\n",
}
_CLASSIFICATION = load_classification(YEAR, ExtraCodes())


def department(folder: Path, count: int) -> None:
    """A year's folder with ``count`` projects."""
    year = folder / str(YEAR)
    year.mkdir(parents=True)
    for name, text in _FILES.items():
        (year / name).write_text(text, encoding="utf-8")
    with (year / "projects.yaml").open("w", encoding="utf-8") as file:
        file.writelines(_projects(count))


def _projects(count: int) -> Iterator[str]:
    rng = random.Random(YEAR)  # noqa: S311
    functions = {fund: _items(_FUND_FUNCTIONS.get(fund, _FUNCTIONS)) for fund in FUNDS}
    for number in range(1, count + 1):
        fund = rng.choices(FUNDS, (60, 10, 2, 8, 8, 3, 3, 3, 3))[0]
        company = "甲乙&丙公司" if number % 50 == 0 else f"第{rng.randrange(1, 400)}号单位"
        yield (
            f"- 名称: 委托{company}项目{number}\n"
            f'  编码: "P{number:06d}"\n'
            f"  类型: {rng.choice(PROJECT_KINDS)}\n"
            f"  层级: {rng.choices((OWN, FROM_ABOVE), (3, 1))[0]}\n"
            f'  单位: "{rng.choice(list(_AGENCIES))}"\n'
            f"  资金来源: {fund}\n"
            f"  年度: {rng.choices((THIS_YEAR, CARRIED_FORWARD), (4, 1))[0]}\n"
            f"  支出:\n    {rng.choice(functions[fund])}:\n"
        )
        for code in rng.sample(_ECONOMICS, rng.choice((1, 2))):
            yield f"      {code} {_CLASSIFICATION.department_economic[code]}: {rng.randrange(1, 1_000_000) / 100:.2f}\n"
        yield "  绩效指标:\n    成本指标:\n      预算资金: ≤资金总额\n"


def _items(groups: tuple[str, ...]) -> list[str]:
    """Every 项 of these 款, as “code name”."""
    names = _CLASSIFICATION.function
    return [f"{code} {name}" for code, name in names.items() if len(code) == 7 and code.startswith(groups)]


def ledger(path: Path, count: int) -> None:
    """Blocks of 50 economic codes under each function; a new funding when the functions are used up."""
    rng = random.Random(YEAR)  # noqa: S311
    functions = _items(("20", "21", "22"))
    names = _CLASSIFICATION.department_economic
    usable = [code for code in names if len(code) == 5 and _CLASSIFICATION.government_code(code, "事业")][:50]
    blocks = cycle(product(FUNDS, functions))
    with path.open("w", encoding="utf-8") as file:
        for fund, function in islice(blocks, count // len(usable)):
            if function == functions[0]:
                file.write(f"- 资金来源: {fund}\n  支出:\n")
            file.write(f"    {function}:\n")
            file.writelines(f"      {code} {names[code]}: {rng.randrange(1, 1_000_000) / 100:.2f}\n" for code in usable)


if __name__ == "__main__":
    {"department": department, "ledger": ledger}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))

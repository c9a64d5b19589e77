"""What a made-up department's files say: which lines there are, what projects and their indicators are called, and the texts around them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from bench.measure import ROOT
from bench.workload import YEAR

BASIC = {
    "30101": 420, "30102": 310, "30103": 260, "30112": 4, "30199": 90, "30201": 30, "30202": 8, "30205": 4, "30206": 12,
    "30207": 10, "30211": 24, "30213": 15, "30215": 6, "30216": 8, "30217": 3, "30228": 18, "30229": 22, "30231": 14, "30239": 60,
    "30299": 20,
}  # fmt: skip
"""What a person costs a year by economic code, in 0.01 of 万元 or so; on the unit's own 项."""
SMALL = ("30101", "30102", "30103", "30201", "30207", "30211", "30217", "30228", "30229", "30231", "30239")
"""What a very small department has of these."""
ENTITLED = {
    "2080501": {"30302": 70}, "2080505": {"30108": 110}, "2080506": {"30109": 55}, "2101101": {"30110": 48}, "2101103": {"30111": 30},
    "2210201": {"30113": 95},
}  # fmt: skip
"""The same on 项 that every office has, and the institutions' own in place of an office's."""
INSTITUTIONS_OWN = {"2080501": "2080502", "2101101": "2101102"}
PROJECT_ECONOMICS = (
    "30201", "30202", "30205", "30207", "30211", "30213", "30214", "30218", "30226", "30227", "30299", "31002", "31003", "31006", "31007",
)  # fmt: skip
PROJECT_NAMES = (
    "专项工作经费", "信息系统运行维护", "设备购置和更新", "房屋修缮", "政策解读和培训", "委托第三方", "重点工作保障", "监督检查", "基础数据普查",
    "基层能力提升", "示范点建设", "安全隐患排查整治", "人才引进和培养", "配套资金", "以奖代补", "应急保障",
)  # fmt: skip
INDICATORS = {
    "产出指标": (
        ("完成{}任务数量", "≥{}项", 2, 40), ("服务{}对象人次", "≥{}人次", 100, 9000), ("{}工作验收合格率", "≥{}%", 90, 99),
        ("{}资金支付及时率", "≥{}%", 90, 100), ("{}工作按期完成率", "≥{}%", 90, 100), ("组织{}培训场次", "≥{}场", 1, 30),
        ("购置{}设备数量", "≥{}台", 1, 60),
    ),
    "效益指标": (
        ("{}服务覆盖率", "≥{}%", 80, 99), ("{}问题整改率", "≥{}%", 90, 100), ("{}事项办结率", "≥{}%", 90, 100),
    ),
    "满意度指标": (("{}服务对象满意度", "≥{}%", 85, 98),),
}  # fmt: skip
"""By group what is measured, the value wanted, and between what it lies."""
REASONS = {True: "本年新增项目，项目支出增加", False: "部分项目上年已经完成，项目支出减少"}
RUNNING_REASONS = {True: "在职人员增加，公用经费相应增加", False: "厉行节约，公用经费减少"}


def department_text(code: str, name: str, about: str, units: Mapping[str, str], controls: Mapping[str, str]) -> str:
    """department.yaml; all units but the first are institutions."""
    (first, own), *others = units.items()
    rows = "".join(f'  "{unit}": {{名称: {called}, 单位性质: 事业}}\n' for unit, called in others)
    totals = "".join(f"  {item}: {amount}\n" for item, amount in controls.items())
    return f"""年度: {YEAR}
名称: {name}
代码: "{code}"
单位性质: 行政
金额单位: 万元

预算单位:
  "{first}": {own}
{rows}
主要职责:
  - 贯彻执行{about}工作的法律法规和方针政策，起草有关规范性文件并监督实施。
  - 拟订{about}发展规划和年度计划并组织实施。
  - 负责{about}方面的行政审批、监督管理和执法工作。
  - 负责{about}资金的分配、使用管理和绩效评价。
  - 指导乡镇和所属单位的{about}工作。
  - 负责{about}方面的统计、信息公开和宣传培训。
  - 完成县委、县政府交办的其他任务。

机构构成:
  预算范围: 机关本级{"和所属单位" if others else ""}预算
  内设机构归属: 机关本级
  内设机构: [办公室, 人事科, 财务科, 政策法规科, 业务一科, 业务二科]

控制数:
{totals}"""


def narrative_text(reason: str, running: str, fund: bool, units: int) -> str:
    """narrative.yaml."""
    funds = "  政府性基金: 上级下达的彩票公益金有变动\n" if fund else ""
    return f"""变动原因:
  总计: {reason}
  一般公共预算: {reason}
  三公经费: 按实际需要安排
  公务接待费: 按接待任务安排
  公务用车: 按车辆状况安排
  公务用车运行维护费: 按车辆状况安排
{funds}  机构运行经费: {running}

政府采购:
  货物: 0.00
  工程: 0.00
  服务: 0.00

国有资产:
  一般公务用车: {units}
  一般执法执勤用车: 0
  特种专业技术用车: 0
  其他用车: 0
  通用设备: {units // 3}
  专用设备: 0

专项转移支付项目: []
"""


def performance_text(about: str) -> str:
    """performance.yaml: the real one's indicators, which are the same for everybody."""
    return f"""年度履职目标:
  - 完成{about}年度重点任务
  - 提高{about}公共服务水平
  - 做好{about}领域安全生产和应急工作

年度主要任务:
  - 任务名称: 基本支出类
    主要内容: 保障人员的各项经费和单位的正常运转。
  - 任务名称: {about}专项工作
    主要内容: 开展{about}方面的专项工作，购买服务、维护系统、更新设备。
  - 任务名称: 上级补助项目
    主要内容: 按上级要求使用补助资金，及时足额拨付。

{_real_indicators().replace("社保", about)}"""


@cache
def _real_indicators() -> str:
    text = (ROOT / "data" / str(YEAR) / "performance.yaml").read_text(encoding="utf-8")
    return text[re.search(r"(?m)^指标:", text).start() :]  # type: ignore[union-attr]


def prior_text(amounts: Mapping[str, str]) -> str:
    """prior.yaml."""
    return "".join(f"{item}: {amount}\n" for item, amount in amounts.items())

"""Who usually knows what a department has to type: one table, the first row that fits."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ROWS = (
    (r"^projects\.yaml/.*绩效指标|^performance\.yaml|整体绩效", "业务科室（绩效目标申报表）"),
    (r"^projects\.yaml", "业务科室、单位财务（项目库）"),
    (r"^(?:basic|income)\.yaml", "单位财务（一体化系统，工资数问人事）"),
    (r"控制数", "财政局业务科（批复、控制数通知）"),
    (r"^(?:prior|last-[a-z]+|initial)\.yaml|/(?:上年|上年[^/]{2,6})(?:/|$)", "单位财务（上年批复、决算）"),
    (r"变动原因|变动说明|口径变化|/原因$|“变动原因”", "单位财务（问业务科室为什么变）"),
    (r"编制|人数|在职|离休|退休|遗属|实有|机构构成|内设机构|主要职责|预算单位|机构", "办公室、人事（三定方案、人员名册）"),
    (r"国有资产|资产|车辆|用车|设备", "资产管理（上年末资产报表）"),
    (r"政府采购|购买服务|^procurement|^services|采购", "单位财务、采购经办（采购预算）"),
    (r"三公|出国|接待|会议|培训", "办公室、单位财务"),
    (r"绩效|指标|履职目标|主要任务", "业务科室（绩效目标申报表）"),
    (r"^department\.yaml", "办公室、单位财务"),
    (r"", "单位财务"),
)  # fmt: skip


def who_knows(file: str, path: Sequence[str]) -> str:
    """Who to ask for what stands in a file under these names."""
    where = "/".join((file, *path))
    return next(who for pattern, who in _ROWS if re.search(pattern, where))

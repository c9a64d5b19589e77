"""Names that data files have for things, as the loaders read them (tests/filling/test_keys.py holds both together)."""

SPENT, AMOUNT, GOVERNMENT, NO_FUNCTION = "支出", "金额", "政府经济", "未列科目"
"""The body of a 资金 in basic.yaml and projects.yaml; of an entry of income; a line's 政府经济; an amount of no 功能科目."""
FUNDINGS, INDICATORS = "资金", "绩效指标"
REASONS, REDEFINED, SAYINGS, LINES = "变动原因", "口径变化", "说明", "台账"
PERFORMANCE, CONTROLS, AGENCIES = "整体绩效", "控制数", "预算单位"
DEPARTMENT, BASIC_FILE, PROJECTS, NARRATIVE, GOALS = (
    "department.yaml",
    "basic.yaml",
    "projects.yaml",
    "narrative.yaml",
    "performance.yaml",
)
SCALES = ("万元", "元")


def unit_file(code: str) -> str:
    """The file of what a unit says of itself."""
    return f"units/{code}.yaml"

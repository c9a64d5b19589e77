"""Boards that nobody reported: a small one whose words are odd, and large ones of a realistic size."""

from __future__ import annotations

from random import Random

from generator.model.board import (
    URGENT,
    Board,
    Change,
    Compared,
    Department,
    Detail,
    Due,
    Public,
    RuleCount,
    Since,
    Split,
)
from generator.model.city import Finding, State

_NAMES = [
    "教育局",
    "民政局",
    "财政局",
    "人力资源和社会保障局",
    "自然资源和规划局",
    "住房和城乡建设局",
    "交通运输局",
    "农业农村局",
    "文化广电和旅游局",
    "卫生健康委员会",
    "市场监督管理局",
    "统计局",
    "医疗保障局",
    "信访局",
    "档案馆",
    "地方志编纂委员会办公室",
    "公共资源交易中心",
    "机关事务服务中心",
]
_PLACES = ["东城区", "西山县", "南湖市", "北岭县", "高新区"]
_SHARES = (3, 5, 2, 6, 30, 40, 14)
_RULES = (
    ("B101", "错误", "台账合计等于控制数"), ("J301", "错误", "各表同一个数相等"), ("D021", "警告", "增减的原因说了方向"), ("L112", "警告", "句末有句号"),
    ("D033", "警告", "绩效指标有指标值"), ("L204", "建议", "数字后面的单位前后一致"), ("J140", "警告", "表内相加"), ("T206", "警告", "文中的增减与表一致"), ("L315", "建议", "用词前后一致"),
)  # fmt: skip


def board_of(many: int, seed: int = 0) -> Board:
    """A board of so many departments, with some twenty problems each."""
    chance = Random(seed)
    departments = tuple(_department(number, chance) for number in range(1, many + 1))
    changes = tuple(_change(one, chance) for one in departments if chance.random() < 0.12)
    rules = tuple(
        RuleCount(code, severity, title, sum(at in dict(one.found) for one in departments), sum(dict(one.found).get(at, 0) for one in departments))
        for at, (code, severity, title) in enumerate(_RULES)
    )  # fmt: skip
    details = tuple(
        Detail(one.key, "", _RULES[at][1], _RULES[at][0], f"data/2027/projects.yaml:{line}:5", f"“差旅费”的说明第{line}处与表中的数不一致", "请改成表中的数，或改台账")
        for one in departments for at, places in one.found for line in range(1, places + 1)
    )  # fmt: skip
    since = (
        Since("上次运行", "2027-03-02 09:12:30", changes[: len(changes) // 3]),
        Since("前一天最后一次运行", "2027-03-01 18:02:11", changes),
    )
    findings = tuple(
        Finding("K201", "错误", tuple(one.key for one in departments[at : at + 2]), f"项目代码41039522000000000{at:04}在两个部门里都有", "请核对是哪个部门的项目")
        for at in range(0, many - 1, 97)
    )  # fmt: skip
    return Board("某市", 2027, "2027-03-02 18:00:05", "2027-03-02 18:03:41", False, departments, since, rules, _splits(departments), findings, (), details)  # fmt: skip


def _department(number: int, chance: Random) -> Department:
    code = f"{number:03}001"
    name = f"{chance.choice(_PLACES)}{chance.choice(_NAMES)}" if number > len(_NAMES) else _NAMES[number - 1]
    state = chance.choices(URGENT, _SHARES)[0]
    due = Due("2027-03-01", 1) if chance.random() < 0.9 else Due("2027年3月5日", -3)
    one = Department(f"{code}-{name}", code, name, state, chance.choice(_PLACES), due=due, contact=f"王{chance.choice('伟芳娜敏静')} 0379-6{chance.randrange(10**6, 10**7)}")  # fmt: skip
    if state in (State.MISSING, State.OPEN):
        return one
    now = round(chance.lognormvariate(22, 1.4) / 10000) * 10000
    before = None if chance.random() < 0.05 else round(now * chance.lognormvariate(0, 0.15) / 10000) * 10000
    found = tuple(
        (at, chance.randint(1, 6)) for at, rule in enumerate(_RULES)
        if chance.random() < 0.7 and (rule[1] != "错误" or state is State.FAILED) and (rule[1] != "警告" or state is not State.MADE)
    )  # fmt: skip
    counts = {word: sum(places for at, places in found if _RULES[at][1] == word) for word in ("错误", "警告", "建议")}
    parts = [
        Compared(round(now * share / 10000) * 10000, None if before is None else round(before * share / 10000) * 10000)
        for share in (0.001, 0.004, 0.003)
    ]
    whole = Compared(sum(part.now for part in parts), None if before is None else sum(part.before or 0 for part in parts))  # fmt: skip
    document = f"2027年{name}部门预算说明.docx"
    return one._replace(
        errors=counts["错误"], warnings=counts["警告"], advice=counts["建议"], total=Compared(now, before), document=document,
        page=document.replace(".docx", ".html"), problems="问题.txt" if found else "", found=found,
        messages=("“项目支出”控制数为6656.23万元，台账合计为6657.23万元，台账多1.00万元",) if counts["错误"] else (),
        public=Public(whole, *parts), published="2027-03-02" if state is State.PUBLISHED else "",
        url="https://example.org/2027" if state is State.PUBLISHED else "",
        note="做它的进程两次没有做完就没了" if state is State.FAILED and chance.random() < 0.1 else "",
    )  # fmt: skip


def _change(one: Department, chance: Random) -> Change:
    totals = (one.total.now - 1_000_000, one.total.now) if one.total and chance.random() < 0.5 else None
    return Change(one.key, (chance.choice([state for state in URGENT if state is not one.state]), one.state), totals, one.document != "")  # fmt: skip


def _splits(departments: tuple[Department, ...]) -> tuple[Split, ...]:
    known = [one.total for one in departments if one.total]
    parts = (
        ("总计", "总计", "总计", 1.0), ("资金来源", "一般公共预算", "一般公共预算", 0.9), ("资金来源", "政府性基金预算", "政府性基金预算", 0.1),
        ("功能类", "205", "教育支出", 0.5), ("功能类", "208", "社会保障和就业支出", 0.3), ("功能类", "221", "住房保障支出", 0.2),
        ("支出类别", "基本支出", "基本支出", 0.6), ("支出类别", "项目支出", "项目支出", 0.4),
    )  # fmt: skip
    return tuple(
        Split(kind, code, name, len(known), *_sums(known, share), sum(one.before is None for one in known))
        for kind, code, name, share in parts
        if known
    )


def _sums(known: list[Compared], share: float) -> tuple[int, int, int]:
    cents = [(round(one.now * share), None if one.before is None else round(one.before * share)) for one in known]
    return (
        sum(now for now, _ in cents),
        sum(before for _, before in cents if before is not None),
        sum(now for now, before in cents if before is not None),
    )


def odd_board() -> Board:
    """A small board with everything that a board can have, in words that a page or a workbook could stumble over."""
    evil = Department(
        "001-恶", "001", "</script><script>alert('1')</script>", State.FAILED, "“东”&<西>", 3, 1, 0, Compared(682_479_000_00, 1_080_594_000_00),
        Due("2027-03-01", 1), "=HYPERLINK(\"x\")", "", "", "2027年 “恶”#1%20.docx", "2027年 “恶”#1%20.html", "问题.txt", "", ((0, 3), (1, 1)),
        ("<b>控制数</b>与台账相差1.00万元 & 更多",), Public(Compared(3_000_00, 5_000_00), Compared(0, 0), Compared(3_000_00, 5_000_00), Compared(0, None)),
    )  # fmt: skip
    unknown = Department(
        "002-乙", "002", "乙局", State.PUBLISHED, "", 0, 0, 0, Compared(5_000), Due("三月底"), "", "2027-03-02", "https://example.org/?a=1&b=2",
        "乙.docx", "乙.html", public=Public(Compared(0)),
    )  # fmt: skip
    unsafe = Department(
        "无代码的局",
        "",
        "无代码的局",
        State.MADE,
        total=Compared(-1_500_000, 0),
        url="javascript:alert(1)",
        document="丙.pdf",
    )
    late = Department("004-丁", "004", "丁局", State.MISSING, "东", due=Due("2027-2-1", 29), contact="赵 0379-1")
    aside = Department(
        "005-戊", "005", "戊局", State.FAILED, "东", note="做它的进程两次没有做完就没了", problems="程序错误.txt"
    )
    changes = (
        Change("001-恶", (State.MADE, State.FAILED), (682_478_000_00, 682_479_000_00)),
        Change("002-乙", documents=True),
    )
    return Board(
        "<某&市>", 2027, "2027-03-02 18:00:05", "", True, (evil, unknown, unsafe, late, aside),
        (Since("上次运行", "2027-03-02 09:12:30", changes[:1]), Since("前一天最后一次运行", "2027-03-01 18:02:11", changes)),
        (RuleCount("B101", "错误", "合计等于<控制数>", 1, 3), RuleCount("L112", "警告", "句末有句号", 1, 1)),
        (
            Split("总计", "总计", "总计", 3, 68_246_405_000, 108_059_400_000, 68_246_400_000, 1),
            Split("资金来源", "一般公共预算", "一般公共预算", 3, 68_246_405_000, None, 0, 3),
            Split("功能类", "208", "社会保障和就业支出", 2, 0, 0, 0, 0),
            Split("功能类", "229", "其他支出", 1, 68_246_405_000, 34_123_202_500, 68_246_405_000, 0),
        ),
        (
            Finding("K201", "错误", ("001-恶", "002-乙"), "项目编码<P-01>有2个部门在用", "请核对"),
            Finding("K301", "警告", (), "全市的总计与控制数不等", "请核对"),
        ),
        (("K212", "没有<上年>的汇总"),),
        (
            Detail("001-恶", "", "错误", "B101", "data/2027/department.yaml:32:3", "<b>控制数</b>与台账相差1.00万元", "=请改正"),
            Detail("001-恶", "027001", "警告", "L112", "", "  末尾\x07没有_x0041_“。”\n&", "补上"),
        ), 2,
    )  # fmt: skip

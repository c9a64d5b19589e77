"""Each branch of the rules over the ledger's lines, with the fewest lines that reach it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.check.book_rules import Derived
from generator.check.ledger_rules import LEDGER_RULES
from generator.check.plausibility_rules import PLAUSIBILITY_RULES
from generator.check.rules import check
from generator.check.total_rules import TOTAL_RULES
from generator.model.department import Inputs, LastYear
from generator.model.figure import Fact
from generator.model.ledger import Ledger, LedgerLine
from generator.model.money import Money, Scale
from generator.model.problem import Problem
from generator.model.source import Position
from tests.runs import Run

ONE, OTHER = "410395220000000008236", "410395220000000007669"  # 运转经费, 社保、医保经办经费
WAGES = {"function": "2080150", "economic": "30101"}
Line = dict[str, str]
SAID: tuple[tuple[list[Line], list[str]], ...] = (
    ([{}], []),
    (
        [{"function": "2080101"}, {"function": "2080101", "economic": "30102"}],
        ["D007 1 单位性质为事业，却使用了“行政运行”（2080101）"],
    ),
    ([{"government": "50101"}], ["D007 1 单位性质为事业，政府经济科目却是50101（机关工资福利支出）"]),
    (
        [{"government": "50101"}, {"government": "50201", "economic": "30201"}],
        ["D007 1 单位性质为事业，政府经济科目却是50101（机关工资福利支出） 另有1行"],
    ),
    (
        [
            {},
            {"function": "2080101", "project": ONE, "economic": "30201"},
            {"function": "2080101", "project": ONE, "economic": "30205"},
        ],
        [
            "D007 2 单位性质为事业，却使用了“行政运行”（2080101）",
            "D008 2 项目“运转经费”列在“行政运行”（2080101），该科目只反映基本支出",
        ],
    ),
    ([{"function": "2090101", "project": ONE}], ["D009 1 2090101基本养老金是社会保险基金预算科目，不编入部门预算"]),
    (
        [{"function": "2230199", "project": ONE}],
        [
            "D009 1 2230199其他解决历史遗留问题及改革成本支出是国有资本经营预算科目，不能列入“一般公共预算”",
        ],
    ),
    ([{"function": "2230199", "project": ONE, "fund": "国有资本经营预算"}], []),
    (
        [{"function": "2296013", "project": ONE}],
        [
            "D009 1 2296013用于城乡医疗救助的彩票公益金支出是政府性基金预算科目，不能列入“一般公共预算”",
        ],
    ),
    ([{"function": "2296013", "project": ONE, "fund": "事业收入"}], []),
    ([{"fund": "政府性基金预算"}], ["D009 1 2080150事业运行不是政府性基金预算科目，却列入了“政府性基金预算”"]),
    (
        [{}, {"agency": "2"}, {"fund": "事业收入"}, {"period": "上年结转"}, {"origin": "上级"}, {"economic": "30102"}],
        [],
    ),
    ([{}, {"economic": "30102"}, {}], ["D014 3 与第1行完全同一口径，疑似重复录入 另一处在这里"]),
    ([{"economic": "31302"}], ["D019 1 31302不能列入基本支出"]),
    ([{"economic": "31302", "project": ONE}], []),
    ([{"economic": "31005"}], ["D019 1 基本支出中有31005基础设施建设1.00万元，该科目一般只用于项目支出"]),
    ([{"economic": "30902"}], ["D019 1 基本支出中有30902办公设备购置1.00万元，该科目一般只用于项目支出"]),
    ([{"economic": "31005", "project": ONE}], []),
    ([{"economic": code} for code in ("31013", "31022", "31099", "30307")], []),
    (
        [{"function": "2082201", "fund": "国有资本经营预算"}],
        ["D009 1 2082201移民补助是政府性基金预算科目，不能列入“国有资本经营预算”"],
    ),
    ([{"function": "2137001"}], ["D009 1 2137001基础设施建设和经济发展是政府性基金预算科目，不能列入“一般公共预算”"]),
    (
        [{"function": "2080451", "project": ONE}],
        ["D009 1 2080451国有资本经营预算补充社保基金支出是国有资本经营预算科目，不能列入“一般公共预算”"],
    ),
    (
        [{"economic": "30239", "project": ONE}],
        [
            "D026 1 项目“运转经费”列支了“其他交通费用”1.00万元，该科目一般属于基本支出公用经费",
        ],
    ),
    ([{"project": ONE}, {"project": OTHER, "origin": "上级"}], []),
    (
        [
            {"project": ONE},
            {"project": ONE, "origin": "上级"},
            {"project": ONE, "origin": "上级", "economic": "30102"},
            {"project": OTHER},
            {"project": OTHER, "origin": "上级"},
        ],
        [
            "D021 2 项目“运转经费”同时有本级和上级资金 本级资金在这里",
            "D021 5 项目“社保、医保经办经费”同时有本级和上级资金 本级资金在这里",
        ],
    ),
    ([{"economic": "30228", "amount": "2"}, {"economic": "30229", "amount": "2.5"}], []),
    ([{"economic": "30228", "amount": "2.2"}, {"economic": "30229", "amount": "2.5"}], []),
    (
        [{"economic": "30228", "amount": "2.21"}, {"economic": "30229", "amount": "2.5"}],
        [
            "D025 1 工会经费2.21万元与福利费2.50万元的比例不是2∶2.5 福利费在这里",
        ],
    ),
    (
        [{"economic": "30228", "amount": "1.79"}, {"economic": "30229", "amount": "2.5"}],
        [
            "D025 1 工会经费1.79万元与福利费2.50万元的比例不是2∶2.5 福利费在这里",
        ],
    ),
    (
        [
            {"economic": "30217", "project": ONE},
            {"economic": "30217", "project": OTHER},
            {"economic": "30217", "project": ONE, "period": "上年结转"},
            {"economic": "30217", "project": ONE, "agency": "2"},
            {"economic": "30217"},
            {"economic": "30217", "project": ONE, "fund": "事业收入"},
        ],
        [
            "D027 1 项目支出中有公务接待费4.00万元，已计入“三公”经费 项目“运转经费” 项目“社保、医保经办经费” 项目“运转经费”"
        ],
    ),
    (
        [{"function": "2080506", "economic": "31302", "project": ONE}],
        [
            "D030 1 2080506机关事业单位职业年金缴费支出的1.00万元列在31302对社会保险基金补助",
        ],
    ),
    ([{"function": "2080506", "economic": "30109"}, {"economic": "31302", "project": ONE}], []),
    (
        [{"economic": "30231"}],
        [
            "T224 1 车辆为0辆，而公务用车运行维护费有1.00万元",
        ],
    ),
    ([{"economic": code, "project": ONE, "amount": "0.00"} for code in ("30217", "30227", "30231")], []),
)


def line(number: int, given: Line) -> LedgerLine:
    fields = {
        "agency": "1", "government": "50501", "fund": "一般公共预算", "origin": "本级", "period": "本年",
        "project": "", "amount": "1", **WAGES, **given,
    }  # fmt: skip
    return LedgerLine(
        fields["agency"], fields["function"], fields["economic"], fields["government"], fields["fund"],
        fields["origin"], fields["period"], fields["project"], "", Money(Decimal(fields["amount"])),
        Position("basic.yaml", number, 7), Position("basic.yaml", number, 5),
    )  # fmt: skip


def inputs_of(run: Run, *lines: Line, bought: str = "0", cars: int = 0) -> Inputs:
    assert run.inputs is not None
    projects = {code: run.inputs.department.projects[code] for code in (ONE, OTHER)}
    facts = {
        "政府采购.货物": Fact("政府采购.货物", Money(Decimal(bought)), Position("narrative.yaml", 10, 7)),
        "国有资产.其他用车": Fact("国有资产.其他用车", 0, Position("narrative.yaml", 20, 7)),
        "国有资产.一般公务用车": Fact("国有资产.一般公务用车", cars, Position("narrative.yaml", 21, 7)),
        "国有资产.通用设备": Fact("国有资产.通用设备", 9, Position("narrative.yaml", 22, 7)),
    }
    department = run.inputs.department._replace(projects=projects, facts=facts)
    ledger = Ledger(2022, Scale.WAN, tuple(line(number, given) for number, given in enumerate(lines, 1)))
    return run.inputs._replace(department=department, ledger=ledger)


def said(problem: Problem) -> str:
    return " ".join([problem.code, str(problem.position.line), problem.message, *(note.text for note in problem.notes)])


@pytest.mark.parametrize(("lines", "expected"), SAID)
def test_said_of_lines(lines: list[Line], expected: list[str], run_2022: Run) -> None:
    found = check(inputs_of(run_2022, *lines), LEDGER_RULES + PLAUSIBILITY_RULES).problems
    assert [said(problem) for problem in found] == expected
    marked = {(at.position.column, at.length) for at in found if at.position.file == "basic.yaml"}
    assert marked <= {(7, 5), (5, 7)}  # the code of the line, or that of the function above it


def test_an_administrative_unit_has_codes_of_its_own(run_2022: Run) -> None:
    given = inputs_of(run_2022, {}, {"function": "2080101", "government": "50101"})
    given = given._replace(department=given.department._replace(nature="行政"))
    found = check(given, LEDGER_RULES).problems
    assert [said(problem) for problem in found] == [
        "D007 1 单位性质为行政，却使用了“事业运行”（2080150）",
        "D007 1 单位性质为行政，政府经济科目却是50501（对事业单位经常性补助）",
    ]
    assert found[0].remedy == "请核对单位性质，或改用“行政运行”等相应的项级科目。"


UNITS = {"1": "某县水利局", "2": "某县河道管理所", "3": "某县水利站"}


@pytest.mark.parametrize(
    ("natures", "lines", "expected"),
    [
        # each unit by its own 单位性质
        ({"2": "事业", "3": "事业"}, [{"government": "50101"}, {"agency": "2"}, {"agency": "3", "economic": "30102"}], []),
        ({"2": "事业", "3": "参公"}, [{"agency": "2"}, {"agency": "3", "government": "50101"}], []),
        ({"3": "行政", "2": "事业"}, [{"agency": "3", "function": "2080101", "government": "50101"}, {"agency": "2", "function": "2080101"}],
         ["D007 2 “某县河道管理所”单位性质为事业，却使用了“行政运行”（2080101）"]),
        ({"2": "事业", "3": "事业"}, [{"agency": "2", "government": "50101"}, {"agency": "2", "government": "50201"}, {"agency": "3", "government": "50201"}],
         ["D007 1 “某县河道管理所”单位性质为事业，政府经济科目却是50101（机关工资福利支出） 另有1行",
          "D007 3 “某县水利站”单位性质为事业，政府经济科目却是50201（机关商品和服务支出）"]),
        # whose codes say what it is, D037 does not ask; who is named as the department, or as offices are, neither
        ({"3": "事业"}, [{"agency": "2"}], ["D007 1 “某县河道管理所”单位性质为行政，政府经济科目却是50501（对事业单位经常性补助）"]),
        ({}, [{"government": "50101"}, {"agency": "3"}],
         ["D007 2 “某县水利站”单位性质为行政，政府经济科目却是50501（对事业单位经常性补助）",
          "D037 0 “某县河道管理所”没有写单位性质，按部门的“行政”取了政府经济科目（501、502等）"]),
    ],
)  # fmt: skip
def test_each_unit_has_the_codes_of_its_own_nature(
    natures: dict[str, str], lines: list[Line], expected: list[str], run_2022: Run
) -> None:
    usual = {"function": "2080107"}
    given = inputs_of(run_2022, *({**usual, **fields} for fields in lines))
    department = given.department._replace(nature="行政", name="某县水利局", agencies=UNITS, natures=natures)
    found = check(given._replace(department=department), LEDGER_RULES).problems
    assert [said(problem) for problem in found if problem.code in ("D007", "D037")] == expected
    own = '请在department.yaml的“预算单位”下写成“"2": {名称: 某县河道管理所, 单位性质: 行政}”'
    assert all(own in problem.remedy for problem in found if "河道管理所”单位性质为事业" in problem.message)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("某县不动产登记中心", True), ("某县第一小学", True), ("某县水利站", True), ("某镇卫生院", True), ("某县种子管理所", True),
        ("某县城关派出所", False), ("某镇司法所", False), ("城关市场监督管理所", False), ("某县人民法院", False), ("某县监察大队", False),
        ("某县水利局", False), ("某县财政局", False),
    ],
)  # fmt: skip
def test_a_unit_named_as_institutions_are_says_what_it_is(name: str, asked: bool, run_2022: Run) -> None:
    given = inputs_of(run_2022, {"function": "2080107", "government": "50101"})
    department = given.department._replace(nature="行政", name="某县水利局", agencies={"1": "某县水利局", "2": name})
    for natures, told in (({}, asked), ({"2": "参公"}, False)):
        changed = given._replace(department=department._replace(natures=natures))
        assert [problem.code for problem in check(changed, LEDGER_RULES).problems] == ["D037"] * told
    alone = given._replace(department=department._replace(agencies={"2": name}))
    institution = given._replace(department=department._replace(nature="事业"))
    for other in (alone, institution):
        assert not [problem for problem in check(other, LEDGER_RULES).problems if problem.code == "D037"]


def test_purchases_of_the_ledger_that_are_not_planned(run_2022: Run) -> None:
    lines = (
        {"economic": "31002", "project": ONE, "amount": "3"},
        {"economic": "30202"},
        {"economic": "30202", "agency": "2"},
        {"economic": "30227"},
    )
    assert beside(run_2022, inputs_of(run_2022, *lines)) == [
        "T222 10 政府采购预算为0，而台账里有办公设备购置3.00万元、印刷费2.00万元、委托业务费1.00万元"
        " 办公设备购置3.00万元 印刷费1.00万元 印刷费1.00万元"
    ]
    nothing = {"economic": "30227", "project": ONE, "amount": "0.00"}
    unasked = inputs_of(run_2022, {"economic": "30202"})
    unasked = unasked._replace(department=unasked.department._replace(facts={}))
    planned = inputs_of(run_2022, {"economic": "30202"}, bought="1")
    for given in (inputs_of(run_2022, nothing), planned, unasked):
        assert not beside(run_2022, given)


def beside(run: Run, inputs: Inputs) -> list[str]:
    assert run.profile and run.book
    found = check(Derived(inputs, run.profile, run.book), TOTAL_RULES).problems
    return [said(problem) for problem in found if problem.code == "T222"]


def test_cars_without_their_costs(run_2022: Run) -> None:
    found = check(inputs_of(run_2022, {}, cars=2), PLAUSIBILITY_RULES).problems
    assert [said(problem) for problem in found] == ["T224 21 有车辆2辆，而没有安排公务用车运行维护费"]
    assert not check(inputs_of(run_2022, {"economic": "30231"}, cars=2), PLAUSIBILITY_RULES).problems


def test_cars_that_are_counted_together(run_2022: Run) -> None:
    given = inputs_of(run_2022, {"economic": "30231"})
    cars = {"国有资产.车辆": Fact("国有资产.车辆", 0, Position("narrative.yaml", 20, 7))}
    asked = given._replace(department=given.department._replace(facts=cars))
    assert [problem.code for problem in check(asked, PLAUSIBILITY_RULES).problems] == ["T224"]


def test_what_does_not_apply(run_2022: Run) -> None:
    given = inputs_of(run_2022, {})
    classes = given.classification
    known = {code: name for code, name in classes.department_economic.items() if code != "31304"}
    given = given._replace(
        department=given.department._replace(facts={}), classification=classes._replace(department_economic=known)
    )
    asked = check(given, PLAUSIBILITY_RULES).asked
    assert [one.why for one in asked if one.why] == [
        "没有同时安排工会经费和福利费",
        "2022年科目没有31304",
        "没有填报车辆",
    ]


@pytest.mark.parametrize(
    ("codes", "told"),
    [(("1234", "5678", "12"), ["12"]), (("1234", "12"), []), (("1234", "123", "12"), []), ((), [])],
)
def test_project_codes_of_one_length(codes: tuple[str, ...], told: list[str], run_2022: Run) -> None:
    given = inputs_of(run_2022)
    project = given.department.projects[ONE]
    projects = {code: project._replace(code=code, name=f"项目{code}") for code in codes}
    found = check(given._replace(department=given.department._replace(projects=projects)), LEDGER_RULES).problems
    assert [problem.message for problem in found] == [
        f"项目“项目{code}”的编码{code}为{len(code)}位，其他项目为4位" for code in told
    ]


@pytest.mark.parametrize(("code", "said"), [("27", True), ("7", True), ("027", False), ("A1", False)])
def test_a_code_that_lost_its_zeros(code: str, said: bool, run_2022: Run) -> None:
    given = inputs_of(run_2022)
    found = check(given._replace(department=given.department._replace(code=code)), LEDGER_RULES).problems
    assert [problem.remedy for problem in found] == (
        [f'请核对，并加引号，如“代码: "{code:0>3}"”；预算单位的代码也要核对。'] if said else []
    )


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ("027", "027", []),
        ("027", "27", ["部门代码“027”与2021年的“27”不同"]),
        ("27", "027", ["部门代码“27”只有2位，疑似丢了前面的0"]),
        ("027", "", []),
    ],
)
def test_the_department_code_of_last_year(now: str, before: str, said: list[str], run_2022: Run) -> None:
    given = inputs_of(run_2022, {})
    given = given._replace(
        department=given.department._replace(code=now, projects={}), last_year=LastYear(before, {}, {})
    )
    assert [problem.message for problem in check(given, LEDGER_RULES).problems if problem.code == "D015"] == said


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (("1234", "5678"), ("4321",), []),
        (("1234", "5678"), ("12345", "54321"), ["项目编码为4位，2021年的都是5位"]),
        (("1234", "567"), ("12345",), []),  # this year's differ among themselves: which is usual is not known
        (("1234",), ("12345", "12"), []),  # last year's did
        (("1234",), (), []),
        ((), ("12345",), []),
    ],
)
def test_the_length_of_project_codes_last_year(
    now: tuple[str, ...], before: tuple[str, ...], said: list[str], run_2022: Run
) -> None:
    given = inputs_of(run_2022, {})
    [some, *_] = given.department.projects.values()
    projects, old = ({code: some._replace(code=code, name=code) for code in codes} for codes in (now, before))
    given = given._replace(department=given.department._replace(projects=projects), last_year=LastYear("", old, {}))
    assert [problem.message for problem in check(given, LEDGER_RULES).problems if problem.code == "D016"] == said

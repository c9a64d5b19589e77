"""Departments made up by hypothesis: real codes, any funds, words that mean something to YAML, XML or Jinja."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from generator.load.department import load_department
from generator.load.profile import load_profile
from generator.model.classification import Classification
from generator.model.department import NATURES, PROJECT_TOTAL, Indicator, Inputs, Project
from generator.model.figure import Fact
from generator.model.ledger import (
    CARRIED_FORWARD,
    FROM_ABOVE,
    FUNDS,
    GENERAL,
    OWN,
    PROJECT_KINDS,
    THIS_YEAR,
    Ledger,
    LedgerLine,
)
from generator.model.money import Money, Scale
from generator.model.profile import Profile
from generator.model.source import Passage, Position, Text
from tests.conftest import ROOT
from tests.trigger_words import SIGNS, triggers

NOWHERE = Position("made up", 1, 1)
BASIC_GROUPS = ("301", "302", "303", "309", "310", "399")
FUNCTIONS = ("2080101", "2080505", "2101102", "2130153", "2210201", "2296013")
THREE_PUBLIC = ("30212", "30217", "30231", "31013")
CATEGORIES = ("成本指标", "产出指标", "效益指标", "满意度指标")
PRIOR = (
    "一般公共预算", "政府性基金", "国有资本经营预算", "因公出国费", "公务接待费", "公务用车购置费", "公务用车运行维护费",
    "机构运行经费",
)  # fmt: skip
TRAPS = "甲乙丙丁，、；“”（）%:#-&*!|>'\"{}[]@`~?=+<\\/ 0123456789.abYN"
MET = (*triggers(), *(sign for sign in SIGNS if sign.strip()), "0", "0.00", "1,234.56", "12.3", "2022", "一")
WORDS = (
    st.one_of(
        st.text(TRAPS, min_size=1, max_size=14),
        st.lists(st.sampled_from(MET), min_size=1, max_size=6).map(
            "".join
        ),  # what rules look for, without what they expect
    )
    .map(str.strip)
    .filter(bool)
)
CENTS = st.one_of(st.just(0), st.integers(0, 300), st.integers(0, 10**8), st.integers(0, 10**14))


@cache
def yibin(scale: Scale = Scale.WAN) -> Profile:
    """The real profile; ``scale`` is the unit of its tables."""
    profile, problems, _ = load_profile(ROOT / "templates" / "yibin")
    assert profile is not None, problems
    return profile._replace(conventions=profile.conventions._replace(table_scale=scale))


class Codes(dict[Any, str]):
    """A list of codes that does not fill the page where a failing example is shown."""

    def __repr__(self) -> str:
        return f"<{len(self)} codes>"


@cache
def real() -> Inputs:
    """The real department: what is not made up is taken from it."""
    inputs, problems, _ = load_department(ROOT / "data", 2022, yibin())
    assert inputs is not None, problems
    return inputs._replace(classification=Classification(*map(Codes, inputs.classification)))


@cache
def codes(nature: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """项级 functions, and (department, government) economic codes of a 单位性质."""
    classification = real().classification
    functions = tuple(sorted(code for code in classification.function if len(code) == 7))
    pairs = ((code, classification.government_code(code, nature)) for code in classification.department_economic)
    return functions, tuple(sorted((code, government) for code, government in pairs if government and len(code) == 5))


def money(scale: Scale) -> st.SearchStrategy[Money]:
    return CENTS.map(lambda cents: Money(Decimal(cents).scaleb(-2), scale))


INDICATORS = st.lists(
    st.builds(Indicator, name=WORDS, value=WORDS | st.just(f"≤{PROJECT_TOTAL}")),
    min_size=1,
    max_size=4,
    unique_by=lambda item: item.name,
)
SOME_CATEGORIES = st.lists(st.sampled_from(CATEGORIES), min_size=1, unique=True)
SERIAL = st.integers(0, 9)
REASONED = st.just([]) | st.lists(st.sampled_from(("总计", *PRIOR)), max_size=3, unique=True)


@st.composite
def departments(draw: Callable[..., Any], scale: Scale = Scale.WAN, most: int = 20) -> Inputs:
    """Everything of one department; last year either as a ledger or as amounts by figure."""
    nature = draw(st.sampled_from(NATURES))
    agencies = {f"02700{number}": draw(WORDS) for number in range(1, draw(st.integers(1, 3)) + 1)}
    own = draw(st.dictionaries(st.sampled_from(sorted(agencies)), st.sampled_from(NATURES)))
    natures = {agency: own[agency] for agency in agencies if agency in own}
    of_units = {agency: natures.get(agency, nature) for agency in agencies}
    least = draw(st.sampled_from((0, 2, 3)))
    projects = {project.code: project for project in draw(st.lists(_projects(agencies), min_size=least, max_size=5))}
    ledger = draw(_ledgers(2022, scale, of_units, projects, most))
    used = {line.project for line in ledger.lines}
    prior_ledger = draw(_ledgers(2021, scale, of_units, projects, 8)) if draw(st.booleans()) else None
    prior = {name: Fact(name, draw(money(scale)), NOWHERE) for name in PRIOR}
    duties = tuple(draw(st.lists(WORDS, min_size=1, max_size=3)))
    reasons = {name: Text(draw(WORDS), NOWHERE) for name in draw(REASONED)}
    passages = (
        *(Passage("职责", "“主要职责”", Text(words, NOWHERE)) for words in duties),
        *(Passage("原因", f"“{name}”", text) for name, text in reasons.items()),
        *(Passage("项目", "“名称”", Text(project.name, NOWHERE)) for project in projects.values()),
        *(
            Passage(kind, "“产出指标”", Text(words, NOWHERE))
            for project in projects.values()
            for indicators in project.indicators.values()
            for item in indicators
            for kind, words in (("指标", item.name), ("指标值", item.value))
        ),
    )
    department = real().department._replace(
        name=draw(WORDS),
        nature=nature,
        scale=scale,
        agencies=agencies,
        duties=duties,
        controls=(),
        projects={code: project for code, project in projects.items() if code in used},
        facts={name: _fact(draw, fact, scale) for name, fact in real().department.facts.items()},
        reasons=reasons,
        passages=passages,
        prior=prior,
        natures=natures,
    )
    return real()._replace(department=department, ledger=ledger, prior_ledger=prior_ledger)


def _fact(draw: Callable[..., Any], fact: Fact, scale: Scale) -> Fact:
    value = draw(st.integers(0, 99)) if isinstance(fact.value, int) else draw(money(scale))
    return Fact(fact.key, value, NOWHERE)


@st.composite
def _projects(draw: Callable[..., Any], agencies: Mapping[str, str]) -> Project:
    indicators = {category: tuple(draw(INDICATORS)) for category in draw(SOME_CATEGORIES)}
    return Project(
        f"P{draw(SERIAL)}",
        draw(WORDS),
        draw(st.sampled_from(PROJECT_KINDS)),
        draw(st.sampled_from((OWN, FROM_ABOVE))),
        draw(st.sampled_from(sorted(agencies))),
        indicators,
        NOWHERE,
    )


@st.composite
def _ledgers(
    draw: Callable[..., Any],
    year: int,
    scale: Scale,
    natures: Mapping[str, str],
    projects: Mapping[str, Project],
    most: int,
) -> Ledger:
    functions = codes(NATURES[0])[0]
    usual = draw(st.lists(money(scale), min_size=1, max_size=3))  # so that equal amounts meet
    some = draw(st.lists(st.sampled_from(functions) | st.sampled_from(FUNCTIONS), min_size=2, max_size=5, unique=True))
    lines = []
    for number in range(draw(st.integers(0, 2) | st.integers(3, most) | st.integers(most // 2, most))):
        project = projects.get(draw(st.sampled_from(["", *projects])))
        agency = project.agency if project else draw(st.sampled_from(sorted(natures)))
        economics = codes(natures[agency])[1]
        basic = tuple(pair for pair in economics if pair[0].startswith(BASIC_GROUPS))
        watched = tuple(pair for pair in basic if pair[0] in THREE_PUBLIC)
        department, government = draw(st.sampled_from(economics if project else basic) | st.sampled_from(watched))
        lines.append(
            LedgerLine(
                agency=agency,
                function=draw(st.sampled_from(some)),
                department_economic=department,
                government_economic=draw(st.sampled_from((government, "59999"))),
                fund=draw(st.sampled_from((*FUNDS, GENERAL, GENERAL, GENERAL))),
                origin=draw(st.sampled_from((OWN, FROM_ABOVE))),
                period=draw(st.sampled_from((THIS_YEAR, CARRIED_FORWARD))),
                project=project.code if project else "",
                project_kind=project.kind if project else "",
                money=draw(st.sampled_from(usual) | money(scale)),
                position=Position("made up", number + 1, 1),
            )
        )
    order = ["", *projects]  # as the two files are read
    lines.sort(key=lambda line: order.index(line.project))
    return Ledger(year, scale, tuple(lines))


def with_amounts(inputs: Inputs, change: Callable[[Money], Money]) -> Inputs:
    """The same department with every amount changed alike, last year's too."""

    def ledger(given: Ledger) -> Ledger:
        scale = change(Money(Decimal(0), given.scale)).scale
        return Ledger(given.year, scale, tuple(line._replace(money=change(line.money)) for line in given.lines))

    def facts(given: Mapping[str, Fact]) -> dict[str, Fact]:
        return {
            name: fact if isinstance(fact.value, int) else fact._replace(value=change(fact.value))
            for name, fact in given.items()
        }

    department = inputs.department
    changed = ledger(inputs.ledger)
    return inputs._replace(
        ledger=changed,
        prior_ledger=ledger(inputs.prior_ledger) if inputs.prior_ledger else None,
        department=department._replace(
            scale=changed.scale, prior=facts(department.prior), facts=facts(department.facts)
        ),
    )


def write(inputs: Inputs, folder: Path) -> None:
    """The year's folder that says the same: every line in a block of its own, so that their order is kept."""
    department = inputs.department
    head = {
        "年度": department.year, "名称": department.name, "代码": department.code, "单位性质": department.nature,
        "金额单位": department.scale.label, "预算单位": {agency: _unit(name, department.natures.get(agency)) for agency, name in department.agencies.items()},
        "日期": department.date,
        "主要职责": list(department.duties),
        "机构构成": {
            "预算范围": department.structure.scope, "内设机构归属": department.structure.owner,
            "内设机构": list(department.structure.offices),
        },
    }  # fmt: skip
    if not department.date:
        del head["日期"]
    lines = inputs.ledger.lines
    narrative: dict[str, Any] = {name: [text.value for text in texts] for name, texts in department.words.items()}
    narrative["变动原因"] = {name: text.value for name, text in department.reasons.items()}
    for name, fact in department.facts.items():
        group, _, key = name.rpartition(".")
        narrative.setdefault(group, {})[key] = fact.value if isinstance(fact.value, int) else _plain(fact.value)
    files: dict[str, Any] = {
        "department": head,
        "basic": [{"单位": line.agency, **_funding(line)} for line in lines if not line.project],
        "projects": [_project(project, lines) for project in department.projects.values()],
        "narrative": narrative,
        "prior": {name: _plain(fact.value) for name, fact in department.prior.items() if isinstance(fact.value, Money)},
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10**6)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "performance.yaml").write_bytes((ROOT / "data" / "2022" / "performance.yaml").read_bytes())


def _unit(name: str, nature: str | None) -> str | dict[str, str]:
    return {"名称": name, "单位性质": nature} if nature else name


def _plain(amount: Money) -> str:
    return f"{amount.amount:.2f}"


def _funding(line: LedgerLine) -> dict[str, Any]:
    economic = {line.department_economic: {"金额": _plain(line.money), "政府经济": line.government_economic}}
    return {"资金来源": line.fund, "层级": line.origin, "年度": line.period, "支出": {line.function: economic}}


def _project(project: Project, lines: tuple[LedgerLine, ...]) -> dict[str, Any]:
    return {
        "名称": project.name, "编码": project.code, "类型": project.kind, "层级": project.level, "单位": project.agency,
        "资金": [_funding(line) for line in lines if line.project == project.code],
        "绩效指标": {
            category: {item.name: item.value for item in items} for category, items in project.indicators.items()
        },
    }  # fmt: skip

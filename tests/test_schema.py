"""The schemas editors read: valid, up to date, content with real data, and not with typical mistakes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator.cli import main
from generator.cli.schema import FILES
from generator.load.classification import load_classification
from generator.load.profile import load_profile
from generator.load.schema import schemas_of
from tests.conftest import ROOT

COMMITTED = ROOT / "schemas"
Data = Any


def named(value: Data) -> Data:
    """As an editor sees it: every name is a text."""
    if isinstance(value, dict):
        return {str(key): named(item) for key, item in value.items()}
    return [named(item) for item in value] if isinstance(value, list) else value


def typed(path: Path) -> Data:
    return named(yaml.safe_load(path.read_text(encoding="utf-8")))


def errors(name: str, value: Data) -> list[str]:
    schema = json.loads((COMMITTED / f"{name}.json").read_text(encoding="utf-8"))
    return [error.message for error in Draft202012Validator(schema).iter_errors(value)]


@pytest.mark.parametrize("name", FILES)
def test_a_valid_schema_that_is_up_to_date(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["schema", name, "--year", "2022"]) == 0
    text = (COMMITTED / f"{name}.json").read_text(encoding="utf-8")
    assert capsys.readouterr().out == text, "stale: run make schema"
    Draft202012Validator.check_schema(json.loads(text))


def test_all_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["schema"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == list(FILES)
    assert main(["schema", "--output", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in COMMITTED.iterdir())
    assert main(["schema", "--data", str(tmp_path)]) == 2
    assert "--year" in capsys.readouterr().err


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "2022").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_real_data_and_where_their_schema_is(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n")[0]
    assert first == f"# yaml-language-server: $schema=../../schemas/{path.stem}.json"
    assert (path.parent / first.split("$schema=")[1]).resolve() == COMMITTED / f"{path.stem}.json"
    assert errors(path.stem, typed(path)) == []


def test_another_profile_and_its_data() -> None:
    profile, _, _ = load_profile(ROOT / "tests" / "profiles" / "tiny")
    assert profile is not None
    schemas = schemas_of(profile, load_classification(2023, profile.extra_codes), {"T212": "变动原因"})
    assert set(schemas) == set(FILES)
    for path in sorted((ROOT / "tests" / "data" / "2023").glob("*.yaml")):
        Draft202012Validator.check_schema(schemas[path.stem])
        assert list(Draft202012Validator(schemas[path.stem]).iter_errors(typed(path))) == []
    accepted = [{"规则": "T212", "内容": "总计", "原因": "已核对", "接受人": "张三"}]
    assert Draft202012Validator(schemas["accepted"]).is_valid(accepted)


@pytest.mark.parametrize("path", sorted(ROOT.glob("examples/*/*/units/*.yaml")), ids=lambda path: path.parts[-4])
def test_what_units_say_of_themselves(path: Path) -> None:
    year = path.parent.parent
    profile, _, _ = load_profile(ROOT / "templates" / typed(year / "department.yaml")["格式"], int(year.name))
    assert profile is not None
    schema = schemas_of(profile, load_classification(int(year.name), profile.extra_codes), {})["unit"]
    said = typed(path)
    assert list(Draft202012Validator(schema).iter_errors(said)) == []
    assert [error.path[0] for error in Draft202012Validator(schema).iter_errors(said | {"上年": {"总记": "1.00"}})] == [
        "上年"
    ]


def pay(data: Data) -> Data:
    return data[0]["支出"]["2080101 行政运行"]


def changed(where: Callable[[Data], Data], old: str, new: str, value: Data = None) -> Callable[[Data], None]:
    """Another name for a field, or another value under its name."""

    def change(data: Data) -> None:
        inside = where(data)
        typed_value = inside.pop(old)
        inside[new] = typed_value if value is None else value

    return change


def whole(data: Data) -> Data:
    return data


def first(data: Data) -> Data:
    return data[0]


MISTAKES = {
    "an amount with its unit": ("basic", changed(pay, "30107 绩效工资", "30107 绩效工资", "3.99万元")),
    "an amount below nothing": ("basic", changed(pay, "30107 绩效工资", "30107 绩效工资", -3.99)),
    "no space between code and name": ("basic", changed(pay, "30107 绩效工资", "30107绩效工资")),
    "a 功能科目 of five digits": ("basic", lambda data: changed(lambda _: data[0]["支出"], "2080101 行政运行", "20801 人力资源")(data)),
    "a fund nobody knows": ("basic", changed(first, "资金来源", "资金来源", "一般预算")),
    "a field's name mistyped": ("basic", changed(first, "资金来源", "资金渠道")),
    "a project of another kind": ("projects", changed(first, "类型", "类型", "人员类")),
    "a project without money": ("projects", lambda data: data[0].pop("支出")),
    "a project without goals": ("projects", lambda data: data[0].pop("绩效指标")),
    "another nature": ("department", changed(whole, "单位性质", "单位性质", "企业")),
    "a unit of another nature": ("department", lambda data: data["预算单位"].update({"027002": {"名称": "站", "单位性质": "企业"}})),
    "a unit without a name": ("department", lambda data: data["预算单位"].update({"027002": {"单位性质": "行政"}})),
    "another unit of money": ("department", changed(whole, "金额单位", "金额单位", "千元")),
    "nothing typed": ("department", lambda data: data.update({"名称": None})),
    "one text for a list": ("department", changed(whole, "主要职责", "主要职责", "负责全部工作")),
    "a 控制数 of nothing": ("department", lambda data: data["控制数"].update({"总数": 1})),
    "a reason of nothing": ("narrative", lambda data: data["变动原因"].update({"总数": "人员增加"})),
    "half a car": ("narrative", lambda data: data["国有资产"].update({"其他用车": 0.5})),
    "an amount forgotten": ("narrative", lambda data: data["政府采购"].pop("货物")),
    "a figure nobody knows": ("prior", changed(whole, "总计", "合计")),
    "a task without a name": ("performance", lambda data: data["年度主要任务"][0].pop("任务名称")),
}  # fmt: skip


@pytest.mark.parametrize("what", MISTAKES)
def test_a_typical_mistake(what: str) -> None:
    name, make = MISTAKES[what]
    data = typed(ROOT / "data" / "2022" / f"{name}.yaml")
    make(data)
    assert errors(name, data), what


def test_a_unit_may_have_a_nature_of_its_own() -> None:
    data = typed(ROOT / "data" / "2022" / "department.yaml")
    data["预算单位"] |= {"027002": {"名称": "某区医疗保障局", "单位性质": "行政"}, "027003": {"名称": "某区医保站"}}
    assert not errors("department", data)


def test_an_acceptance_of_nothing() -> None:
    assert errors("accepted", [{"规则": "J999", "内容": "总计", "原因": "已核对", "接受人": "张三"}])
    assert errors("accepted", [{"规则": "J101", "内容": "总计"}])
    assert not errors(
        "accepted", [{"规则": "J101", "内容": "总计", "原因": "已核对", "接受人": "张三", "日期": "2022-01-30"}]
    )

"""JSON Schemas of the files that hold money: spending, projects, what stands beside them, amounts of a basis."""

from __future__ import annotations

from generator.load.narrative import LINES
from generator.load.schema_shapes import (
    AMOUNT_SHAPE,
    TEXT,
    Schema,
    choice_of,
    code_of,
    described,
    list_of,
    mapping_of,
    object_of,
    text_of,
)
from generator.load.sides import AMOUNT, NO_FUNCTION
from generator.model.basis import LAST_YEAR, Basis
from generator.model.classification import Classification
from generator.model.ledger import (
    BASIC,
    DIMENSIONS,
    OUTSIDE,
    PAID_BY,
    PAID_TO,
    PROJECT,
    PROJECT_KINDS,
    TRANSFER,
    Dimension,
    Filter,
)
from generator.model.profile import Profile


def figure_of(name: str, filter_: Filter) -> Schema:
    terms = "；".join(f"{dimension}：{'、'.join(values)}" for dimension, values in filter_.terms)
    return {**AMOUNT_SHAPE, "title": name, "description": f"{terms or '全部'}。"}


def _spending(classification: Classification, coarse: bool) -> Schema:
    """支出: every 项 of the year is suggested with where it stands; other codes of the right length are let pass."""
    names = classification.function
    economic = {"$ref": "#/$defs/经济"}
    under = {"anyOf": [AMOUNT_SHAPE, economic]} if coarse else economic
    items = {
        f"{code} {name}": {
            "description": f"{names.get(code[:3], '')} › {names.get(code[:5], '')}",
            **under,
        }
        for code, name in sorted(names.items())
        if len(code) == 7
    }
    return {
        "title": "支出",
        "description": "功能科目（项级，7位）下面是部门预算支出经济分类科目（款级，5位）和金额。"
        + ("也可以只写金额。" if coarse else ""),
        "type": "object",
        "minProperties": 1,
        "properties": items,
        "patternProperties": {"^[0-9]{7}( +[^ ].*)?$": under},
        "additionalProperties": False,
    }


def _definitions(classification: Classification, coarse: bool) -> Schema:
    departmental = classification.department_economic
    economic = {
        f"{code} {name}": {"description": departmental.get(code[:3], ""), "$ref": "#/$defs/金额"}
        for code, name in sorted(departmental.items())
        if len(code) == 5
    }
    government = [
        f"{code} {name}" for code, name in sorted(classification.government_economic.items()) if len(code) == 5
    ]
    explicit = {
        "金额": AMOUNT_SHAPE,
        "政府经济": {
            "title": "政府预算支出经济分类科目",
            "anyOf": [{"enum": government}, {"type": ["string", "integer"], "pattern": "^[0-9]{5}( +[^ ].*)?$", "minimum": 10000, "maximum": 99999, "errorMessage": "填政府预算支出经济分类的5位编码，如 50502 商品和服务支出。"}],
        },
    }  # fmt: skip
    return {
        "支出": _spending(classification, coarse),
        "经济": {
            "title": "部门预算支出经济分类科目",
            "type": "object",
            "properties": economic,
            "patternProperties": {"^[0-9]{5}( +[^ ].*)?$": {"$ref": "#/$defs/金额"}},
            "additionalProperties": False,
        },
        "金额": {"anyOf": [AMOUNT_SHAPE, object_of("指明政府经济科目", explicit)]},
    }


def funding_of(profile: Profile) -> tuple[dict[str, Schema], tuple[str, ...]]:
    """What is typed of one 支出, and what of it may be left out."""
    known = {**DIMENSIONS, **profile.widened}
    typed = [row for row in (*known.values(), *profile.dimensions) if row.typed and not row.file and row.name != "类别"]
    fields = {row.typed: choice_of(row.typed, row.values, row.hint) for row in typed}
    optional = (*(row.typed for row in typed if row.usual), TRANSFER, OUTSIDE)
    return {**fields, **_transfers(profile), "支出": {"$ref": "#/$defs/支出"}}, optional


def _transfers(profile: Profile, paid: bool = True) -> dict[str, Schema]:
    """内部往来 and 部门间往来: who is paid; or who paid, and out of which 资金来源."""
    fund = (profile.widened.get("资金") or DIMENSIONS["资金"]).values
    got = {
        PAID_BY: code_of(PAID_BY, "付款单位的代码。"),
        "资金来源": choice_of("资金来源", fund, "付款单位那笔钱的资金来源。"),
    }
    sides = [object_of("收款的一边", got)]
    if paid:
        sides.append(object_of("付款的一边", {PAID_TO: code_of(PAID_TO, "收款单位的代码。")}))
    what = {
        TRANSFER: "部门里一个单位付给另一个单位的钱，两边都写，部门版只算一次。",
        OUTSIDE: "付给别的部门的单位、或别的部门的单位付来的钱，写对方的单位代码；照印照算，财政汇总时核对两边是否相等。",
    }
    return {key: {"title": key, "description": told, "anyOf": sides} for key, told in what.items()}


def basic_of(profile: Profile, classification: Classification) -> Schema:
    funding, optional = funding_of(profile)
    fields = {"单位": code_of("单位", "单位代码，有两个以上预算单位时要填。"), **funding}
    if "类别" in profile.widened:
        kinds = [value for value in profile.widened["类别"].values if value != PROJECT]
        fields["类别"] = choice_of("类别", kinds, "不填为基本支出。")
        optional = (*optional, "类别")
    item = object_of("一笔资金的基本支出", fields, ("单位", *optional))
    return {**list_of("基本支出", item), "$defs": _definitions(classification, profile.coarse)}


def side_of(dimension: Dimension, profile: Profile) -> Schema:
    """What is typed beside the spending: the other values of a dimension that are not added to it."""
    below = f"{'、'.join(dimension.below_zero)}可以是负数。" if dimension.below_zero else ""
    amount = {**AMOUNT_SHAPE, "description": f"{AMOUNT_SHAPE['description']}{below}"}
    if below:
        amount = {name: value for name, value in amount.items() if name != "minimum"}
        amount["pattern"] = AMOUNT_SHAPE["pattern"].replace("^", "^-?")
    each = mapping_of("功能科目: 金额", amount, (NO_FUNCTION,))
    known = {**DIMENSIONS, **profile.widened}
    rest = [
        row for row in (*known.values(), *profile.dimensions) if row.typed and row.name not in ("类别", dimension.name)
    ]
    fields = {
        "单位": code_of("单位", "单位代码，有两个以上预算单位时要填。"),
        dimension.name: choice_of(dimension.name, dimension.values[1:]),
        **{row.typed: choice_of(row.typed, row.values, row.hint) for row in rest},
        **_transfers(profile, paid=False),
        AMOUNT: {"title": AMOUNT, "anyOf": [amount, each]},
    }
    optional = ("单位", TRANSFER, OUTSIDE, *(row.typed for row in rest if row.usual))
    return list_of(dimension.file, object_of(f"一笔{dimension.name}", fields, optional))


def projects_of(profile: Profile, classification: Classification) -> Schema:
    indicators = mapping_of("三级指标: 指标值", TEXT)
    funding, optional = funding_of(profile)
    fields = {
        "名称": text_of("项目名称"),
        "编码": code_of("项目编码", "加引号；每个项目不同。"),
        "类型": choice_of("项目类型", PROJECT_KINDS, "人员类和公用经费填在 basic.yaml。"),
        "单位": code_of("单位", "单位代码，有两个以上预算单位时要填。"),
        **funding,
        "资金": list_of("资金", object_of("一笔资金", funding, optional), "有几种资金来源时，每种一项。"),
        "绩效指标": {**mapping_of("绩效指标", indicators, profile.indicator_categories), "description": "指标值写“≤资金总额”时，印出时换成项目金额。"},
    }  # fmt: skip
    optional = ("单位", *optional, "资金来源", "支出", "资金")
    item = object_of("项目", fields, optional, anyOf=[{"required": ["资金来源", "支出"]}, {"required": ["资金"]}])
    return {**list_of("项目支出", item), "$defs": _definitions(classification, profile.coarse)}


def prior_of(profile: Profile, basis: Basis) -> Schema:
    whose, title = ("上年的", "上年年初预算数") if basis == LAST_YEAR else (f"{basis.name}的", basis.printed)
    fields = {figure.name: figure_of(f"{whose}{figure.name}", figure.filter) for figure in profile.figures}
    told = fields | {LINES: _basis_ledger(profile)}
    return object_of(title, told, told)


def _basis_ledger(profile: Profile) -> Schema:
    """台账: lines that may tell less than this year's."""
    funding, _ = funding_of(profile)
    spent = mapping_of("支出", {"anyOf": [AMOUNT_SHAPE, mapping_of("经济科目", AMOUNT_SHAPE)]})
    fields = funding | {
        "单位": code_of("单位", "单位代码；不填就不知道各单位多少。"),
        "类别": choice_of("类别", (BASIC, PROJECT), "不填就不知道基本支出、项目支出各多少。"),
        "支出": described(spent, "功能科目: 金额；知道经济科目的，写成“功能科目: {经济科目: 金额}”。"),
    }
    line = object_of("一笔", fields, (name for name in fields if name != "支出"))
    return list_of(LINES, line, "逐项填；没有说的就是不知道。")

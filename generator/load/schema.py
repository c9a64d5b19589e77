"""JSON Schemas of the data files, for editors that complete and explain while a person types.

Made from the same lists the loaders check against, the profile and the year's classification. An editor sees less than
``check``: it knows one file, and codes only as suggestions, for the next year's may be others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generator.load.controls import listed_by, sums_of_money
from generator.load.department import SCALES
from generator.load.extra_codes import DAY
from generator.load.fields import NONE
from generator.load.narrative import LINES, REASONS, REDEFINED, SAYINGS
from generator.load.sides import AMOUNT, NO_FUNCTION
from generator.model.basis import LAST_YEAR, Basis, key_of
from generator.model.classification import LISTS, Classification
from generator.model.department import NATURES
from generator.model.ledger import (
    APPROPRIATIONS,
    BASIC,
    DIMENSIONS,
    PAID_BY,
    PAID_TO,
    PROJECT,
    PROJECT_KINDS,
    TRANSFER,
    Dimension,
    Filter,
)
from generator.model.profile import FactKind, Profile
from generator.model.record import FieldKind, RecordList

Schema = dict[str, Any]
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": ["string", "number", "boolean"], "minLength": 1}
_AMOUNT: Schema = {
    "title": "金额",
    "description": "只填阿拉伯数字，最多两位小数，不带单位、逗号和空格；没有金额填0.00。",
    "type": ["number", "string"],
    "minimum": 0,
    "pattern": r"^(0|[1-9][0-9]{0,14})(\.[0-9]{1,2})?$",
    "errorMessage": "金额只填阿拉伯数字，最多两位小数，前面不多写0，不带单位、逗号和空格。",  # instead of the pattern
}
_COUNT: Schema = {"title": "数量", "description": "整数，没有填0。", "type": "integer", "minimum": 0,
                  "errorMessage": "填整数，没有填0。"}  # fmt: skip


def schemas_of(profile: Profile, classification: Classification, rules: Mapping[str, str]) -> dict[str, Schema]:
    """One schema for each data file, by the file's name; ``rules`` are the rules that a finding can be of, by code."""
    made = {
        "department": _department(profile),
        "basic": _basic(profile, classification),
        "projects": _projects(profile, classification),
        "performance": _performance(),
        "narrative": _narrative(profile),
        **{basis.file.removesuffix(".yaml"): _prior(profile, basis) for basis in profile.bases},
        **{one.file.removesuffix(".yaml"): _records(one) for one in profile.lists},
        "accepted": _accepted(rules),
        "unit": _unit(profile),
        **{one.file.removesuffix(".yaml"): _side(one, profile) for one in profile.dimensions if one.file},
    }
    return {name: {"$schema": _DRAFT, **schema} for name, schema in made.items()}


def _object(title: str, fields: Mapping[str, Schema], optional: Iterable[str] = (), **more: Any) -> Schema:
    """A mapping with these fields and no others; those not optional are required."""
    left_out = set(optional)
    required = [name for name in fields if name not in left_out]
    schema = {"title": title, "type": "object", **more, "properties": dict(fields), "additionalProperties": False}
    return schema | ({"required": required} if required else {})


def _free(title: str, values: Schema, known: Iterable[str] = ()) -> Schema:
    """A mapping whose names a person chooses; ``known`` are suggested."""
    schema: Schema = {"title": title, "type": "object", "additionalProperties": values}
    suggested = {name: values for name in known}
    return schema | ({"properties": suggested} if suggested else {})


def _list(title: str, item: Schema, description: str = "") -> Schema:
    return _told({"title": title, "type": "array", "items": item}, description)


def _text(title: str, description: str = "") -> Schema:
    return _told({"title": title, **TEXT}, description)


def _choice(title: str, values: Iterable[str], description: str = "") -> Schema:
    choices = list(values)
    return _told({"title": title, "enum": choices, "errorMessage": f"可以填：{'、'.join(choices)}。"}, description)


def _told(schema: Schema, description: str) -> Schema:
    return schema | ({"description": description} if description else {})


def _code(title: str, description: str) -> Schema:
    return {
        "title": title,
        "description": description,
        "type": ["string", "integer"],
        "pattern": "^[0-9A-Za-z-]+$",
        "errorMessage": "代码只用数字、字母和“-”。",
    }


def _department(profile: Profile) -> Schema:
    structure = {
        "预算范围": _text("预算范围", "如“本级预算”“本级及所属单位预算”。"),
        "内设机构归属": _text("内设机构归属"),
        "内设机构": {
            "title": "内设机构",
            "description": "一项一个；没有的写[]，或写“无”。",
            "anyOf": [{"type": "array", "items": TEXT}, {"enum": list(NONE)}],
        },
    }
    nature = _choice("单位性质", NATURES, "与部门的单位性质不同时填。")
    own = _object("有自己的单位性质", {"名称": _text("单位名称"), "单位性质": nature}, ("单位性质",))
    agencies: Schema = {
        "title": "预算单位",
        "description": "单位代码（加引号，以部门代码开头）: 单位名称；单位性质与部门不同的，写成“{名称: …, 单位性质: …}”。",
        "type": "object",
        "additionalProperties": {"anyOf": [TEXT, own]},
    }
    fields = {
        "格式": _text("格式", "用哪个格式方案，如 yibin；可以不填。"),
        "年度": {"title": "年度", "description": "与目录名一致。", "type": ["integer", "string"], "minimum": 1000, "maximum": 2999, "pattern": "^[12][0-9]{3}$", "errorMessage": "年度是四位数字，如 2022。"},
        "名称": _text("部门名称", "全称，印在封面和各处。"),
        "代码": _code("部门代码", "加引号，前面的0才不会丢。"),
        "单位性质": _choice("单位性质", NATURES, "决定政府预算支出经济分类；单位与部门不同的，写在“预算单位”里。"),
        "金额单位": _choice("金额单位", SCALES, "本目录各文件里的金额都用这个单位。"),
        "日期": _text("日期", "印在封面，如“2022年5月”；可以不填。"),
        "预算单位": agencies,
        "主要职责": _list("主要职责", TEXT, "一条一行，不写序号。"),
        "机构构成": _object("机构构成", structure),
        "控制数": _controls(profile),
        "增补科目": _extra_codes(),
    }  # fmt: skip
    if profile.cover:
        words = {name: _text(name, "印在封面；可以不填。") for name in profile.cover}
        fields["封面"] = _object("封面", words, profile.cover)
    return _object("部门基本情况", fields, ("格式", "日期", "控制数", "增补科目", "封面"))


def _controls(profile: Profile) -> Schema:
    totals = {figure.name: _figure(figure.name, figure.filter) for figure in profile.figures}
    for name in sums_of_money(profile):
        totals[name] = {**_AMOUNT, "title": name, "description": f"{'、'.join(profile.sums[name])}之和。"}
    lists = {
        name: _told(_free(f"各{name}的控制数", _AMOUNT), "编码或名称: 金额，按批复逐项填。")
        for name in listed_by(profile)
    }
    both = {name: {"anyOf": [totals[name], lists[name]]} for name in lists if name in totals}
    fields = totals | lists | both
    return _object("控制数", fields, fields, description="财政批复的数，只用来核对，不印。")


def _extra_codes() -> Schema:
    fields = {name: {**_free(name, _extra_code(name)), "propertyNames": {"pattern": "^[0-9]+$"}} for name in LISTS}
    pairs = "|".join((*NATURES, "any"))
    fields["对应"] = {**_free("部门经济/单位性质: 政府经济", TEXT), "propertyNames": {"pattern": f"^[0-9]+/({pairs})$"}}
    return _object("增补科目", fields, fields, description="科目表里没有的科目，编码: 名称。")


def _extra_code(key: str) -> Schema:
    """A name alone, or with whose money it is, its government code, and since when it is there."""
    day: Schema = {
        "type": ["string", "integer"],
        "pattern": DAY,
        "errorMessage": "填年度或日期，如 2026 或 2026-05-01。",
    }
    government = {"type": ["string", "integer"], "pattern": "^5[0-9]{4}( .*)?$"}
    fields = {
        "名称": _text("科目名称"),
        "自": {"title": "自", "description": "从哪一年、哪一天起才有。", **day},
        "至": {"title": "至", "description": "用到哪一年、哪一天。", **day},
        "文号": _text("文号", "增设它的文件。"),
    }
    if key == LISTS[0]:
        fields["资金"] = _choice("资金", APPROPRIATIONS, "属于哪一个预算；不填时同它的款。")
    if key == LISTS[1]:
        each = _object("各单位性质的政府经济", dict.fromkeys(NATURES, government), NATURES)
        fields["政府经济"] = {"title": "政府预算支出经济分类科目", "anyOf": [government, each]}
    return {"anyOf": [TEXT, _object("科目", fields, [name for name in fields if name != "名称"])]}


def _figure(name: str, filter_: Filter) -> Schema:
    terms = "；".join(f"{dimension}：{'、'.join(values)}" for dimension, values in filter_.terms)
    return {**_AMOUNT, "title": name, "description": f"{terms or '全部'}。"}


def _spending(classification: Classification, coarse: bool) -> Schema:
    """支出: every 项 of the year is suggested with where it stands; other codes of the right length are let pass."""
    names = classification.function
    economic = {"$ref": "#/$defs/经济"}
    under = {"anyOf": [_AMOUNT, economic]} if coarse else economic
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
        "金额": _AMOUNT,
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
        "金额": {"anyOf": [_AMOUNT, _object("指明政府经济科目", explicit)]},
    }


def _funding(profile: Profile) -> tuple[dict[str, Schema], tuple[str, ...]]:
    """What is typed of one 支出, and what of it may be left out."""
    known = {**DIMENSIONS, **profile.widened}
    typed = [row for row in (*known.values(), *profile.dimensions) if row.typed and not row.file and row.name != "类别"]
    fields = {row.typed: _choice(row.typed, row.values, row.hint) for row in typed}
    optional = (*(row.typed for row in typed if row.usual), TRANSFER)
    return {**fields, TRANSFER: _transfer(profile), "支出": {"$ref": "#/$defs/支出"}}, optional


def _transfer(profile: Profile, paid: bool = True) -> Schema:
    """内部往来: who is paid; or who paid, and out of which 资金来源."""
    fund = (profile.widened.get("资金") or DIMENSIONS["资金"]).values
    got = {
        PAID_BY: _code(PAID_BY, "付款单位的代码。"),
        "资金来源": _choice("资金来源", fund, "付款单位那笔钱的资金来源。"),
    }
    sides = [_object("收款的一边", got)]
    if paid:
        sides.append(_object("付款的一边", {PAID_TO: _code(PAID_TO, "收款单位的代码。")}))
    what = "部门里一个单位付给另一个单位的钱，两边都写，部门版只算一次。"
    return {"title": TRANSFER, "description": what, "anyOf": sides}


def _basic(profile: Profile, classification: Classification) -> Schema:
    funding, optional = _funding(profile)
    fields = {"单位": _code("单位", "单位代码，有两个以上预算单位时要填。"), **funding}
    if "类别" in profile.widened:
        kinds = [value for value in profile.widened["类别"].values if value != PROJECT]
        fields["类别"] = _choice("类别", kinds, "不填为基本支出。")
        optional = (*optional, "类别")
    item = _object("一笔资金的基本支出", fields, ("单位", *optional))
    return {**_list("基本支出", item), "$defs": _definitions(classification, profile.coarse)}


def _side(dimension: Dimension, profile: Profile) -> Schema:
    """What is typed beside the spending: the other values of a dimension that are not added to it."""
    below = f"{'、'.join(dimension.below_zero)}可以是负数。" if dimension.below_zero else ""
    amount = {**_AMOUNT, "description": f"{_AMOUNT['description']}{below}"}
    if below:
        amount = {name: value for name, value in amount.items() if name != "minimum"}
        amount["pattern"] = _AMOUNT["pattern"].replace("^", "^-?")
    each = _free("功能科目: 金额", amount, (NO_FUNCTION,))
    known = {**DIMENSIONS, **profile.widened}
    rest = [
        row for row in (*known.values(), *profile.dimensions) if row.typed and row.name not in ("类别", dimension.name)
    ]
    fields = {
        "单位": _code("单位", "单位代码，有两个以上预算单位时要填。"),
        dimension.name: _choice(dimension.name, dimension.values[1:]),
        **{row.typed: _choice(row.typed, row.values, row.hint) for row in rest},
        TRANSFER: _transfer(profile, paid=False),
        AMOUNT: {"title": AMOUNT, "anyOf": [amount, each]},
    }
    optional = ("单位", TRANSFER, *(row.typed for row in rest if row.usual))
    return _list(dimension.file, _object(f"一笔{dimension.name}", fields, optional))


def _projects(profile: Profile, classification: Classification) -> Schema:
    indicators = _free("三级指标: 指标值", TEXT)
    funding, optional = _funding(profile)
    fields = {
        "名称": _text("项目名称"),
        "编码": _code("项目编码", "加引号；每个项目不同。"),
        "类型": _choice("项目类型", PROJECT_KINDS, "人员类和公用经费填在 basic.yaml。"),
        "单位": _code("单位", "单位代码，有两个以上预算单位时要填。"),
        **funding,
        "资金": _list("资金", _object("一笔资金", funding, optional), "有几种资金来源时，每种一项。"),
        "绩效指标": {**_free("绩效指标", indicators, profile.indicator_categories), "description": "指标值写“≤资金总额”时，印出时换成项目金额。"},
    }  # fmt: skip
    optional = ("单位", *optional, "资金来源", "支出", "资金")
    item = _object("项目", fields, optional, anyOf=[{"required": ["资金来源", "支出"]}, {"required": ["资金"]}])
    return {**_list("项目支出", item), "$defs": _definitions(classification, profile.coarse)}


def _performance() -> Schema:
    task = _object("任务", {"任务名称": _text("任务名称"), "主要内容": _text("主要内容")})
    target = _object("指标", {"指标值": _text("指标值"), "说明": _text("说明")}, ("说明",))
    third = _free("三级指标", {"anyOf": [TEXT, target]})
    fields = {
        "年度履职目标": _list("年度履职目标", TEXT, "一条一行，不写序号。"),
        "年度主要任务": _list("年度主要任务", task),
        "指标": {**_free("一级指标", _free("二级指标", third)), "description": "一级指标 › 二级指标 › 三级指标。"},
    }
    return _object("整体绩效目标", fields)


def _narrative(profile: Profile) -> Schema:
    compared = [figure for figure in profile.figures if figure.compared]
    reasons = {
        figure.name: _text(f"{figure.name}的变动原因", "只写原因；金额和增减由程序写。不填时由程序起草。")
        for figure in compared
    }
    redefined = {
        figure.name: _text(f"{figure.name}的口径变化", "与上年口径不同、不能比较时写；这个数就不再核对增减。")
        for figure in compared
    }
    fields: dict[str, Schema] = {
        REASONS: _object(REASONS, reasons, reasons),
        REDEFINED: _object(REDEFINED, redefined, redefined),
    }
    groups: dict[str, dict[str, Schema]] = {}
    for name, kind in profile.facts.items():
        group, _, item = name.partition(".")
        if item:
            groups.setdefault(group, {})[item] = _fact(item, kind)
        else:
            fields[name] = _fact(name, kind)
    words = {name for name, kind in profile.facts.items() if kind is FactKind.WORDS}
    for group, items in groups.items():
        fields[group] = _object(group, items, [item for item in items if f"{group}.{item}" in words])
    if profile.sayings:
        fields[SAYINGS] = _sayings(profile)
    optional = [REASONS, REDEFINED, SAYINGS, *(name for name in fields if name in words)]
    return _object("只有部门知道的事", fields, optional)


def _unit(profile: Profile) -> Schema:
    """units/<代码>.yaml: any of what the department's own files say of these; what is left out is the department's or is asked for."""
    of_department = _department(profile)["properties"]
    own = {name: of_department[name] for name in ("主要职责", "机构构成", "控制数")}
    goals = {"整体绩效": _performance()} if profile.shows_performance else {}
    bases = {}
    for basis in profile.bases:
        amounts = {name: one for name, one in _prior(profile, basis)["properties"].items() if name != LINES}
        bases[key_of(basis)] = _object(basis.printed, amounts, amounts)
    of_narrative = _narrative(profile)["properties"].items()
    facts = {name: {key: value for key, value in one.items() if key != "required"} for name, one in of_narrative}
    fields = own | goals | bases | facts
    return _object("一个预算单位自己的数和话", fields, fields)


def _sayings(profile: Profile) -> Schema:
    """说明: words by code or name, of which no schema knows all."""
    told = {
        dimension: _free(dimension, {"anyOf": [_object(dimension, {word: _text(word) for word in asked}, asked),
                                               *([TEXT] if len(asked) == 1 else [])]})
        for dimension, asked in profile.sayings.items()
    }  # fmt: skip
    return _told(_object(SAYINGS, told, told), "按编码或名称逐项填，如“2080501 行政单位离退休”。")


def _fact(name: str, kind: FactKind) -> Schema:
    match kind:
        case FactKind.MONEY:
            return {**_AMOUNT, "title": name}
        case FactKind.COUNT:
            return {**_COUNT, "title": name}
    return {"title": name, "anyOf": [TEXT, {"type": "array", "items": TEXT}]}


def _prior(profile: Profile, basis: Basis) -> Schema:
    whose, title = ("上年的", "上年年初预算数") if basis == LAST_YEAR else (f"{basis.name}的", basis.printed)
    fields = {figure.name: _figure(f"{whose}{figure.name}", figure.filter) for figure in profile.figures}
    told = fields | {LINES: _basis_ledger(profile)}
    return _object(title, told, told)


def _basis_ledger(profile: Profile) -> Schema:
    """台账: lines that may tell less than this year's."""
    funding, _ = _funding(profile)
    spent = _free("支出", {"anyOf": [_AMOUNT, _free("经济科目", _AMOUNT)]})
    fields = funding | {
        "单位": _code("单位", "单位代码；不填就不知道各单位多少。"),
        "类别": _choice("类别", (BASIC, PROJECT), "不填就不知道基本支出、项目支出各多少。"),
        "支出": _told(spent, "功能科目: 金额；知道经济科目的，写成“功能科目: {经济科目: 金额}”。"),
    }
    line = _object("一笔", fields, (name for name in fields if name != "支出"))
    return _list(LINES, line, "逐项填；没有说的就是不知道。")


def _records(declared: RecordList) -> Schema:
    kinds: dict[FieldKind, Schema] = {FieldKind.MONEY: _AMOUNT, FieldKind.COUNT: _COUNT}
    fields = {
        field.name: _choice(field.name, field.choices)
        if field.choices
        else kinds.get(field.kind, TEXT) | {"title": field.name}
        for field in declared.fields
    }
    agency = {} if "单位" in fields else {"单位": _text("单位", "单位代码；只有一个单位时不用填。")}
    return _list(
        declared.name, _object(declared.name, {**fields, **agency}, (*fields, *agency)), "一项一条；没有的写[]。"
    )


def _accepted(rules: Mapping[str, str]) -> Schema:
    known = [{"const": code, "title": title} for code, title in rules.items()]
    fields = {
        "规则": {"title": "规则编号", "anyOf": known},
        "内容": _text("内容", "那条提示里的几个字，说明接受的是哪一处。"),
        "原因": _text("原因", "为什么可以接受。"),
        "接受人": _text("接受人"),
        "日期": _text("日期"),
        "单位": _code("单位", "只是这个单位的单位版里有的，写单位代码。"),
    }
    return _list("看过并接受的检查结果", _object("一条", fields, ("日期", "单位")))

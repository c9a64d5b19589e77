"""JSON Schemas of the data files, for editors that complete and explain while a person types.

Made from the same lists the loaders check against, the profile and the year's classification. An editor sees less than
``check``: it knows one file, and codes only as suggestions, for the next year's may be others.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.load.controls import listed_by, sums_of_money
from generator.load.department import SCALES
from generator.load.extra_codes import DAY
from generator.load.fields import NONE
from generator.load.narrative import LINES, REASONS, REDEFINED, SAYINGS
from generator.load.schema_money import basic_of, figure_of, prior_of, projects_of, side_of
from generator.load.schema_shapes import (
    AMOUNT_SHAPE,
    COUNT,
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
from generator.model.basis import key_of
from generator.model.classification import LISTS, Classification
from generator.model.department import NATURES
from generator.model.ledger import (
    APPROPRIATIONS,
)
from generator.model.profile import FactKind, Profile
from generator.model.record import FieldKind, RecordList

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas_of(profile: Profile, classification: Classification, rules: Mapping[str, str]) -> dict[str, Schema]:
    """One schema for each data file, by the file's name; ``rules`` are the rules that a finding can be of, by code."""
    made = {
        "department": _department(profile),
        "basic": basic_of(profile, classification),
        "projects": projects_of(profile, classification),
        "performance": _performance(),
        "narrative": _narrative(profile),
        **{basis.file.removesuffix(".yaml"): prior_of(profile, basis) for basis in profile.bases},
        **{one.file.removesuffix(".yaml"): _records(one) for one in profile.lists},
        "accepted": _accepted(rules),
        "unit": _unit(profile),
        **{one.file.removesuffix(".yaml"): side_of(one, profile) for one in profile.dimensions if one.file},
    }
    return {name: {"$schema": _DRAFT, **schema} for name, schema in made.items()}


def _department(profile: Profile) -> Schema:
    structure = {
        "预算范围": text_of("预算范围", "如“本级预算”“本级及所属单位预算”。"),
        "内设机构归属": text_of("内设机构归属"),
        "内设机构": {
            "title": "内设机构",
            "description": "一项一个；没有的写[]，或写“无”。",
            "anyOf": [{"type": "array", "items": TEXT}, {"enum": list(NONE)}],
        },
    }
    nature = choice_of("单位性质", NATURES, "与部门的单位性质不同时填。")
    own = object_of("有自己的单位性质", {"名称": text_of("单位名称"), "单位性质": nature}, ("单位性质",))
    agencies: Schema = {
        "title": "预算单位",
        "description": "单位代码（加引号，以部门代码开头）: 单位名称；单位性质与部门不同的，写成“{名称: …, 单位性质: …}”。",
        "type": "object",
        "additionalProperties": {"anyOf": [TEXT, own]},
    }
    fields = {
        "格式": text_of("格式", "用哪个格式方案，如 yibin；可以不填。"),
        "年度": {"title": "年度", "description": "与目录名一致。", "type": ["integer", "string"], "minimum": 1000, "maximum": 2999, "pattern": "^[12][0-9]{3}$", "errorMessage": "年度是四位数字，如 2022。"},
        "名称": text_of("部门名称", "全称，印在封面和各处。"),
        "代码": code_of("部门代码", "加引号，前面的0才不会丢。"),
        "单位性质": choice_of("单位性质", NATURES, "决定政府预算支出经济分类；单位与部门不同的，写在“预算单位”里。"),
        "金额单位": choice_of("金额单位", SCALES, "本目录各文件里的金额都用这个单位。"),
        "日期": text_of("日期", "印在封面，如“2022年5月”；可以不填。"),
        "预算单位": agencies,
        "主要职责": list_of("主要职责", TEXT, "一条一行，不写序号。"),
        "机构构成": object_of("机构构成", structure),
        "控制数": _controls(profile),
        "增补科目": _extra_codes(),
    }  # fmt: skip
    if profile.cover:
        words = {name: text_of(name, "印在封面；可以不填。") for name in profile.cover}
        fields["封面"] = object_of("封面", words, profile.cover)
    return object_of("部门基本情况", fields, ("格式", "日期", "控制数", "增补科目", "封面"))


def _controls(profile: Profile) -> Schema:
    totals = {figure.name: figure_of(figure.name, figure.filter) for figure in profile.figures}
    for name in sums_of_money(profile):
        totals[name] = {**AMOUNT_SHAPE, "title": name, "description": f"{'、'.join(profile.sums[name])}之和。"}
    lists = {
        name: described(mapping_of(f"各{name}的控制数", AMOUNT_SHAPE), "编码或名称: 金额，按批复逐项填。")
        for name in listed_by(profile)
    }
    both = {name: {"anyOf": [totals[name], lists[name]]} for name in lists if name in totals}
    fields = totals | lists | both
    return object_of("控制数", fields, fields, description="财政批复的数，只用来核对，不印。")


def _extra_codes() -> Schema:
    fields = {name: {**mapping_of(name, _extra_code(name)), "propertyNames": {"pattern": "^[0-9]+$"}} for name in LISTS}
    pairs = "|".join((*NATURES, "any"))
    fields["对应"] = {
        **mapping_of("部门经济/单位性质: 政府经济", TEXT),
        "propertyNames": {"pattern": f"^[0-9]+/({pairs})$"},
    }
    return object_of("增补科目", fields, fields, description="科目表里没有的科目，编码: 名称。")


def _extra_code(key: str) -> Schema:
    """A name alone, or with whose money it is, its government code, and since when it is there."""
    day: Schema = {
        "type": ["string", "integer"],
        "pattern": DAY,
        "errorMessage": "填年度或日期，如 2026 或 2026-05-01。",
    }
    government = {"type": ["string", "integer"], "pattern": "^5[0-9]{4}( .*)?$"}
    fields = {
        "名称": text_of("科目名称"),
        "自": {"title": "自", "description": "从哪一年、哪一天起才有。", **day},
        "至": {"title": "至", "description": "用到哪一年、哪一天。", **day},
        "文号": text_of("文号", "增设它的文件。"),
    }
    if key == LISTS[0]:
        fields["资金"] = choice_of("资金", APPROPRIATIONS, "属于哪一个预算；不填时同它的款。")
    if key == LISTS[1]:
        each = object_of("各单位性质的政府经济", dict.fromkeys(NATURES, government), NATURES)
        fields["政府经济"] = {"title": "政府预算支出经济分类科目", "anyOf": [government, each]}
    return {"anyOf": [TEXT, object_of("科目", fields, [name for name in fields if name != "名称"])]}


def _performance() -> Schema:
    task = object_of("任务", {"任务名称": text_of("任务名称"), "主要内容": text_of("主要内容")})
    target = object_of("指标", {"指标值": text_of("指标值"), "说明": text_of("说明")}, ("说明",))
    third = mapping_of("三级指标", {"anyOf": [TEXT, target]})
    fields = {
        "年度履职目标": list_of("年度履职目标", TEXT, "一条一行，不写序号。"),
        "年度主要任务": list_of("年度主要任务", task),
        "指标": {
            **mapping_of("一级指标", mapping_of("二级指标", third)),
            "description": "一级指标 › 二级指标 › 三级指标。",
        },
    }
    return object_of("整体绩效目标", fields)


def _narrative(profile: Profile) -> Schema:
    compared = [figure for figure in profile.figures if figure.compared]
    reasons = {
        figure.name: text_of(
            f"{figure.name}的变动原因", "只写原因；金额和增减由程序写。不填时由程序按上年台账起草；没有上年台账的要填。"
        )
        for figure in compared
    }
    redefined = {
        figure.name: text_of(f"{figure.name}的口径变化", "与上年口径不同、不能比较时写；这个数就不再核对增减。")
        for figure in compared
    }
    fields: dict[str, Schema] = {
        REASONS: object_of(REASONS, reasons, reasons),
        REDEFINED: object_of(REDEFINED, redefined, redefined),
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
        fields[group] = object_of(group, items, [item for item in items if f"{group}.{item}" in words])
    if profile.sayings:
        fields[SAYINGS] = _sayings(profile)
    optional = [REASONS, REDEFINED, SAYINGS, *(name for name in fields if name in words)]
    return object_of("只有部门知道的事", fields, optional)


def _unit(profile: Profile) -> Schema:
    """units/<代码>.yaml: any of what the department's own files say of these; what is left out is the department's or is asked for."""
    of_department = _department(profile)["properties"]
    own = {name: of_department[name] for name in ("主要职责", "机构构成", "控制数")}
    goals = {"整体绩效": _performance()} if profile.shows_performance else {}
    bases = {}
    for basis in profile.bases:
        amounts = {name: one for name, one in prior_of(profile, basis)["properties"].items() if name != LINES}
        bases[key_of(basis)] = object_of(basis.printed, amounts, amounts)
    of_narrative = _narrative(profile)["properties"].items()
    facts = {name: {key: value for key, value in one.items() if key != "required"} for name, one in of_narrative}
    fields = own | goals | bases | facts
    return object_of("一个预算单位自己的数和话", fields, fields)


def _sayings(profile: Profile) -> Schema:
    """说明: words by code or name, of which no schema knows all."""
    told = {
        dimension: mapping_of(dimension, {"anyOf": [object_of(dimension, {word: text_of(word) for word in asked}, asked),
                                               *([TEXT] if len(asked) == 1 else [])]})
        for dimension, asked in profile.sayings.items()
    }  # fmt: skip
    return described(object_of(SAYINGS, told, told), "按编码或名称逐项填，如“2080501 行政单位离退休”。")


def _fact(name: str, kind: FactKind) -> Schema:
    match kind:
        case FactKind.MONEY:
            return {**AMOUNT_SHAPE, "title": name}
        case FactKind.COUNT:
            return {**COUNT, "title": name}
    return {"title": name, "anyOf": [TEXT, {"type": "array", "items": TEXT}]}


def _records(declared: RecordList) -> Schema:
    kinds: dict[FieldKind, Schema] = {FieldKind.MONEY: AMOUNT_SHAPE, FieldKind.COUNT: COUNT}
    fields = {
        field.name: choice_of(field.name, field.choices)
        if field.choices
        else kinds.get(field.kind, TEXT) | {"title": field.name}
        for field in declared.fields
    }
    agency = {} if "单位" in fields else {"单位": text_of("单位", "单位代码；只有一个单位时不用填。")}
    return list_of(
        declared.name, object_of(declared.name, {**fields, **agency}, (*fields, *agency)), "一项一条；没有的写[]。"
    )


def _accepted(rules: Mapping[str, str]) -> Schema:
    known = [{"const": code, "title": title} for code, title in rules.items()]
    fields = {
        "规则": {"title": "规则编号", "anyOf": known},
        "内容": text_of("内容", "那条提示里的几个字，说明接受的是哪一处。"),
        "原因": text_of("原因", "为什么可以接受。"),
        "接受人": text_of("接受人"),
        "日期": text_of("日期"),
        "单位": code_of("单位", "只是这个单位的单位版里有的，写单位代码。"),
    }
    return list_of("看过并接受的检查结果", object_of("一条", fields, ("日期", "单位")))

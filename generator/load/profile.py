"""A profile's folder into a Profile: report.yaml, figures.yaml, tables/*.yaml, prose/*.j2, master.docx."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from generator.load.bases import TAKEN, read_bases
from generator.load.department import SCALES
from generator.load.dimensions import meant, read_added, read_dimensions
from generator.load.editions import read_editions
from generator.load.extra_codes import read_extra_codes
from generator.load.fields import Fields, brief, fields_of, items_of, pairs_of, text_of
from generator.load.files import access, report_missing
from generator.load.filters import read_filter, reject_unknown_codes
from generator.load.layers import Layered
from generator.load.number_formats import chosen_format, read_formats, with_formats
from generator.load.outline import read_numbering, read_outline
from generator.load.record_lists import read_lists, read_record_sum
from generator.load.tables import read_headline
from generator.load.watch import LATEST, layers_of
from generator.load.yaml_text import Node, Reader
from generator.model.basis import LAST_YEAR, Basis
from generator.model.ledger import DIMENSIONS, Declared, widened
from generator.model.problem import Problems, UsageError, did_you_mean, has_errors, which_of
from generator.model.profile import CHART_WORDS, TEMPLATE_WORDS, Composition, Conventions, FactKind, FigureSpec, Profile
from generator.model.record import FieldKind, RecordList, RecordSum
from generator.model.source import Position, Source, Text
from generator.model.table_spec import ComparedColumn

_LARGEST_MASTER = 64 * 1024 * 1024
_MASTER_REMEDY = "可从 templates/yibin/master.docx 复制。"
_NAME = re.compile(r"[^\W\d]\w*")
_BASES = ("实际的数", "印出的数")
SEVERITIES = ("关", "建议", "警告", "错误")


def load_profile(
    path: Path, year: int = LATEST, layers: tuple[Path, ...] = ()
) -> tuple[Profile | None, Problems, tuple[Source, ...]]:
    """The profile as it is for a year, from its ``layers`` where they are known; None when it has errors, all of which are returned."""
    with access():
        return _load_profile(path, layers or layers_of(path, year))


def _load_profile(path: Path, layers: tuple[Path, ...]) -> tuple[Profile | None, Problems, tuple[Source, ...]]:
    if not layers:
        from generator.load.shipped import names_of

        found = names_of(path.parent)
        hint = did_you_mean(path.name, found) or f"现有方案：{'、'.join(found) or '无'}。"
        raise UsageError(f"没有“{path.name}”这个格式方案。{hint}")
    folder = Layered(path, layers)
    profile = _read(folder)
    problems = folder.problems
    return (None if has_errors(problems) else profile), problems, tuple(folder.sources)


def _read(folder: Layered) -> Profile:
    reader, node = folder.merged("report.yaml")
    fields = fields_of(reader, node, "report.yaml")
    _reject_no_base(folder, reader, fields)
    fields.text("说明", "")
    folder.own = read_dimensions(reader, fields.take("维度", False))
    added = read_added(reader, fields.take("增补值", False))
    folder.widened = {name: widened(DIMENSIONS[name], values) for name, values in added.items()}
    folder.formats = reader.formats = dict(read_formats(reader, fields.take("数的格式", False)))
    numbering = read_numbering(reader, fields.take("编号", False))
    named = _read_figures(*folder.merged("figures.yaml"))
    folder.lists = {one.name: one for one in named.lists}
    profile = Profile(
        fields.text("名称"),
        fields.words("标题"),
        fields.words("文件名"),
        fields.text("目录标题", "目录"),
        read_headline(reader, fields.take("表头行")),
        _conventions(reader, fields.take("惯例", False)),
        numbering,
        read_outline(
            folder, reader, fields.take("大纲"), numbering, int(fields.choice("目录层次", ("1", "2", "3"), "2"))
        ),
        named.figures,
        named.compositions,
        named.facts,
        named.sums,
        {
            **{name: folder.prose(f"prose/{name}") for name in folder.listed("prose", "*.j2")},
            **dict(folder.shadowed("prose", "*.j2")),
        },
        _master(folder),
        read_extra_codes(reader, fields.take("增补科目", False)),
        dict(_severities(reader, fields.take("检查", False))),
        tuple(read_editions(folder)),
        {
            one.name: Declared(one.values, one.apart, one.below_zero, one.balance, one.file, one.by_unit)
            for one in folder.own.values()
        },
        named.bases,
        named.lists,
        named.record_sums,
        named.sayings,
        _cover(reader, fields.take("封面", False)),
        fields.choice("支出细到", ("部门经济", "功能科目"), "部门经济") == "功能科目",
        added,
    )
    fields.finish()
    if not profile.outline and not has_errors(reader.problems):
        reader.report("Y009", reader.at(fields.node), "“大纲”没有填写", "请列出各部分和附件。")
    _reject_repeated(reader, profile)
    _reject_unknown_bases(reader, profile)
    reject_unknown_codes(folder.readers, profile.extra_codes, profile.editions)
    return with_formats(profile)


def _reject_no_base(folder: Layered, reader: Reader, fields: Fields) -> None:
    """基于 names a profile beside this one; of a circle, the last is said."""
    base = fields.located("基于")
    if base is None:
        return
    from generator.load.shipped import names_of, standing_in  # most profiles have no base

    found = names_of(folder.path.parent)
    own_over_shipped = standing_in(folder.path) is not None  # a person's of a name may build on the shipped one
    over = "" if own_over_shipped else folder.path.name
    if base.value not in found or base.value == over:
        others = [name for name in found if name != over]
        hint = did_you_mean(base.value, others) or f"现有：{'、'.join(others) or '无'}。"
        reader.report("P001", base.position, f"没有可以基于的方案“{brief(base.value)}”", f"请核对名称。{hint}")


def _cover(reader: Reader, node: Node | None) -> tuple[str, ...]:
    """封面: what a department types for its cover, by the names that the master has for it."""
    names = _names(reader, node, "“封面”")
    for place, name in enumerate(names):
        if not _NAME.fullmatch(name.value) or name.value in ("标题", "日期", *TEMPLATE_WORDS, *_values(names[:place])):
            message = f"“{brief(name.value)}”不能作封面上的名称"
            reader.report("P006", name.position, message, "请换一个没有用过的名称，只用汉字、字母、数字和“_”。")
    return _values(names)


def _severities(reader: Reader, node: Node | None) -> Iterator[tuple[str, Text]]:
    for key, value in pairs_of(reader, node, "检查"):
        word = text_of(reader, value, f"“{key.value}”")
        if word in SEVERITIES:
            yield key.value, Text(word, reader.at(key))
        else:
            reader.report("Y008", value, f"规则“{key.value}”不能设为“{word}”", f"只能是：{'、'.join(SEVERITIES)}。")


def _master(folder: Layered) -> bytes:
    path, name = folder.at("master.docx"), "master.docx"
    reader, place = folder.reader(name), Position(folder.label(name))
    data = _beginning(path) if path.is_file() else None
    if data is None:
        report_missing(reader, path, place, f"请放入Word母版。{_MASTER_REMEDY}")
    elif len(data) > _LARGEST_MASTER:
        reader.report("P007", place, "母版过大", f"请删去里面的大图片，最多{_LARGEST_MASTER >> 20} MB。")
    elif not (data.startswith(b"PK") and b"PK\x05\x06" in data[-65557:]):  # a zip's first bytes and its directory's end
        reader.report("P007", place, "母版打不开，不是完整的Word文档（.docx）", f"请重新放入。{_MASTER_REMEDY}")
    return data or b""


def _beginning(path: Path) -> bytes:
    """The file, or enough of it to know that it is too large."""
    with path.open("rb") as file:
        return file.read(_LARGEST_MASTER + 1)


def _conventions(reader: Reader, node: Node | None) -> Conventions:
    if node is None:
        return Conventions(formats=reader.formats)
    fields = fields_of(reader, node, "“惯例”")
    conventions = Conventions(
        SCALES[fields.choice("文中金额单位", tuple(SCALES), "万元")],
        SCALES[fields.choice("表内金额单位", tuple(SCALES), "万元")],
        fields.flag("文中千分位"),
        fields.flag("表内千分位"),
        fields.choice("文中零", ("两位小数", "整数"), "两位小数") == "整数",
        fields.choice("零基数增幅", ("不计算", "计100%"), "不计算") == "计100%",
        fields.choice("表内零", ("空白", "0.00"), "空白") == "0.00",
        fields.choice("指标金额", ("两位小数", "去尾零"), "两位小数") == "去尾零",
        _charts(reader, fields.take("图表", False)),
    )
    whole = fields.choice("占比合计", ("凑成100", "尾差归最大的", "各自四舍五入"), "凑成100")
    cars = fields.choice("公务用车合计增减", ("每次都写", "分项持平时省略", "只写分项"), "每次都写")
    prose, table = chosen_format(reader, fields, "文中金额"), chosen_format(reader, fields, "表内金额")
    conventions = conventions._replace(
        percent_format=chosen_format(reader, fields, "百分比"),
        formats=reader.formats,
        shares_to_hundred=whole != "各自四舍五入",
        shares_on_largest=whole == "尾差归最大的",
        printed_shares=fields.choice("占比基数", _BASES, "实际的数") == "印出的数",
        printed_rates=fields.choice("增幅基数", _BASES, "实际的数") == "印出的数",
        cars_once=cars == "分项持平时省略",
        cars_in_parts=cars == "只写分项",
        assets_of_year=fields.choice("国有资产截至", ("上年末", "当年末"), "上年末") == "当年末",
    )
    if prose is not None:
        plain = conventions.plain_zero if prose.zero is None else prose.zero == "0"
        conventions = conventions._replace(
            prose_scale=prose.scale, prose_thousands=prose.thousands, plain_zero=plain, prose_format=prose
        )
    if table is not None:
        reckoned = conventions.table_scale if "表内金额单位" in fields.values else table.scale
        zero = conventions.table_zero if table.zero is None else bool(table.zero)
        conventions = conventions._replace(
            table_scale=reckoned, table_thousands=table.thousands, table_zero=zero, table_format=table
        )
    fields.finish()
    return conventions


def _charts(reader: Reader, node: Node | None) -> dict[str, Text]:
    """是 is charts in the usual words, a mapping those it has in its own; none at all without charts."""
    if node is None:
        return {}
    if isinstance(node, yaml.ScalarNode):
        word = text_of(reader, node, "“图表”")
        if word not in ("是", "否", ""):
            remedy = f"只能是：是、否，或另起几行写图里的说法（{'、'.join(CHART_WORDS)}）。"
            reader.report("Y008", node, f"“图表”不能是“{brief(word)}”", remedy)
        return {name: Text(usual, reader.at(node)) for name, usual in CHART_WORDS.items()} if word == "是" else {}
    fields = fields_of(reader, node, "“图表”")
    words = {name: fields.located(name) or Text(usual, reader.at(node)) for name, usual in CHART_WORDS.items()}
    fields.finish()
    return words


def _reject_repeated(reader: Reader, profile: Profile) -> None:
    seen: set[str] = set()
    for table in profile.tables:
        if table.title.value in seen:
            reader.report(
                "P005", table.title.position, f"表名“{table.title.value}”重复", "同一个表只能列一次，两个表不能同名。"
            )
        seen.add(table.title.value)


def _reject_unknown_bases(reader: Reader, profile: Profile) -> None:
    known = [basis.name for basis in profile.bases]
    for table in profile.tables:
        for leaf in table.leaves:
            if isinstance(leaf, ComparedColumn) and leaf.basis not in known:
                remedy = f"请在figures.yaml的“基准”里写明，或核对写法。{which_of(leaf.basis, known)}"
                reader.report("P002", leaf.position, f"列“{leaf.label}”的基准“{leaf.basis}”没有定义", remedy)


class _Figures(NamedTuple):
    figures: tuple[FigureSpec, ...]
    compositions: tuple[Composition, ...]
    facts: dict[str, FactKind]
    sums: dict[str, tuple[str, ...]]
    bases: tuple[Basis, ...]
    lists: tuple[RecordList, ...]
    record_sums: dict[str, RecordSum]
    sayings: dict[str, tuple[str, ...]]


def _read_figures(reader: Reader, node: Node | None) -> _Figures:
    fields = fields_of(reader, node, "figures.yaml")
    compared = {LAST_YEAR.name: _names(reader, fields.take("比上年", False), "比上年")}
    bases = (LAST_YEAR, *read_bases(reader, fields.take("基准", False)))
    for key, value in pairs_of(reader, fields.take("比较", False), "比较"):
        compared[key.value] = _names(reader, value, f"比较“{key.value}”")
        _reject_undefined(reader, ("比较", "基准"), [reader.text(key)], [basis.name for basis in bases[1:]])
    figures = tuple(
        _figure(reader, key, value, tuple(basis for basis, names in compared.items() if key.value in _values(names)))
        for key, value in pairs_of(reader, fields.take("数"), "数")
    )
    composed = [
        (reader.text(key), _names(reader, value, "构成"))
        for item in items_of(reader, fields.take("构成", False), "构成")
        for key, value in pairs_of(reader, item, "构成")
    ]
    facts = dict(_facts(reader, fields.take("填报", False)))
    lists = tuple(read_lists(reader, fields.take("清单", False), figures, [*TAKEN, *(basis.file for basis in bases)]))
    of_lists = {one.name: one for one in lists}
    sums, record_sums = _read_sums(reader, fields.take("合计", False), of_lists)
    sayings = _read_asked(reader, fields.take("说明", False))
    known = [figure.name for figure in figures]
    parts = [name for whole, parts in composed for name in (whole, *parts)]
    for basis, names in compared.items():
        _reject_undefined(reader, ("比上年" if basis == LAST_YEAR.name else "比较", "数"), names, known)
    _reject_undefined(reader, ("构成", "数"), parts, known)
    _reject_undefined(
        reader, ("合计", "填报"), [name for parts in sums.values() for name in parts], [*facts, *record_sums]
    )
    _reject_taken(reader, fields, [*known, *facts, *sums, *record_sums, *of_lists])
    kinds = {**facts, **{name: _kind_of(one, of_lists) for name, one in record_sums.items()}}
    _reject_mixed(reader, fields, kinds, {name: _values(parts) for name, parts in sums.items()})
    fields.finish()
    compositions = _compositions([(whole.value, _values(parts)) for whole, parts in composed])
    summed = {name: _values(parts) for name, parts in sums.items()}
    return _Figures(figures, compositions, facts, summed, bases, lists, record_sums, sayings)


def _read_asked(reader: Reader, node: Node | None) -> dict[str, tuple[str, ...]]:
    if node is None:
        return {}
    from generator.load.sayings import read_asked  # few places ask for words on single items

    return dict(read_asked(reader, node))


def _read_sums(
    reader: Reader, node: Node | None, lists: Mapping[str, RecordList]
) -> tuple[dict[str, tuple[Text, ...]], dict[str, RecordSum]]:
    """合计: sums of facts by their names, and sums over lists."""
    sums, over_lists = {}, {}
    for key, value in pairs_of(reader, node, "合计"):
        if not isinstance(value, yaml.MappingNode):
            sums[key.value] = _names(reader, value, "合计")
        elif found := read_record_sum(reader, value, lists):
            over_lists[key.value] = found
    return sums, over_lists


def _kind_of(one: RecordSum, lists: Mapping[str, RecordList]) -> FactKind:
    field = lists[one.list].field(one.field)
    return FactKind.MONEY if field is not None and field.kind is FieldKind.MONEY else FactKind.COUNT


def _compositions(typed: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[Composition, ...]:
    """Of two lists of one whole, one inside the other, the longer has the parts, the shorter those last year needs."""
    found = []
    for whole, parts in typed:
        others = [set(other) for same, other in typed if same == whole]
        if any(set(parts) < other for other in others):
            continue
        inside = [other for other in others if other < set(parts)]
        needed = min(inside, key=len, default=set(parts))
        found.append(Composition(whole, parts, tuple(part for part in parts if part in needed)))
    return tuple(found)


def _names(reader: Reader, node: Node | None, what: str) -> tuple[Text, ...]:
    return tuple(Text(text_of(reader, item, what), reader.at(item)) for item in items_of(reader, node, what))


def _values(texts: Sequence[Text]) -> tuple[str, ...]:
    return tuple(text.value for text in texts)


def _reject_undefined(reader: Reader, where: tuple[str, str], names: Sequence[Text], known: list[str]) -> None:
    for name in names:
        if name.value not in known:
            message = f"“{where[0]}”里的“{brief(name.value)}”没有在“{where[1]}”里定义"
            reader.report("P006", name.position, message, f"请核对写法。{did_you_mean(name.value, known)}")


def _reject_taken(reader: Reader, fields: Fields, names: Sequence[str]) -> None:
    """A template finds each value by its name, so a name is one value or one group, and not a word of the program's."""
    groups = {name.rsplit(".", 1)[0] for name in names if "." in name}
    for index, name in enumerate(names):
        if name in names[:index] or name in groups or name.split(".")[0] in TEMPLATE_WORDS:
            message = f"“{name}”已有别的用处，不能再作一个数的名称"
            reader.report("P006", reader.at(fields.node), message, "请换一个名称。")


def _reject_mixed(reader: Reader, fields: Fields, facts: dict[str, FactKind], sums: dict[str, tuple[str, ...]]) -> None:
    for name, parts in sums.items():
        kinds = {facts[part] for part in parts if part in facts}
        if len(kinds) != 1 or FactKind.WORDS in kinds:
            message = f"“合计”里的“{name}”不是同一种数相加"
            reader.report("P006", reader.at(fields.node), message, "各项应都是“金额”，或都是“数量”。")


def _figure(reader: Reader, key: yaml.ScalarNode, node: Node, bases: tuple[str, ...]) -> FigureSpec:
    if not all(_NAME.fullmatch(part) for part in key.value.split(".")):
        reader.report(
            "P006", key, f"“{key.value}”不能作数的名称", "名称只用汉字、字母、数字和“_”，可用“.”分组，不能以数字开头。"
        )
    if not any(inner.value == "取" for inner, _ in (node.value if isinstance(node, yaml.MappingNode) else ())):
        return FigureSpec(key.value, meant(read_filter(reader, node), reader), bases, reader.at(key))
    fields = fields_of(reader, node, f"“{key.value}”")
    wanted, chosen = meant(read_filter(reader, fields.take("取")), reader), chosen_format(reader, fields)
    fields.finish()
    return FigureSpec(key.value, wanted, bases, reader.at(key), chosen)


def _facts(reader: Reader, node: Node | None) -> list[tuple[str, FactKind]]:
    facts = []
    for key, value in pairs_of(reader, node, "填报"):
        if isinstance(value, yaml.ScalarNode):
            facts.append((key.value, _kind(reader, value)))
            continue
        for item, kind in pairs_of(reader, value, f"“{key.value}”"):
            facts.append((f"{key.value}.{item.value}", _kind(reader, kind)))
    return facts


def _kind(reader: Reader, node: Node) -> FactKind:
    value = text_of(reader, node, "填报")
    kinds = {kind.value: kind for kind in FactKind}
    if value not in kinds:
        reader.report("P006", reader.at(node), f"填报的种类不能是“{value}”", f"只能是：{'、'.join(kinds)}。")
    return kinds.get(value, FactKind.WORDS)

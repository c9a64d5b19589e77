"""Rules over the meaning of the department's own words: units, other offices, terms, wrong characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.rules import Finding, NotApplicable, Rule
from generator.check.words import Hit, all_hits, has_any, hits, is_a_rate, of_kinds
from generator.model.department import Inputs
from generator.model.numerals import whole
from generator.model.patterns import any_of
from generator.model.problem import Note, Severity
from generator.model.source import Passage

_BARE_WAN = rf"\d[\d.,]*\s*万(?=$|{any_of(*'，。；、）')}|[)\s])"
_MANY_WAN = r"(?<![\d.,])[\d,]{7,}(?:\.\d+)?(?=万元)"
_YUAN = r"(?<![\d.,])\d[\d,]{4,}(?:\.\d+)?元(?!/)"
_AMOUNT = r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?=万元)"
_PERCENT = r"(?<![\d.,])\d+(?:\.\d+)?(?=[%％])"
_TWO_PLACES = r"\.\d\d$"
_OFFICES = any_of(*"局委厅部")
_BODY = (
    rf"(?<!{any_of(*'全内外干')})(?P<body>{_OFFICES})机关(?:本级)?|机关本级"
    rf"|(?<!{any_of(*'基资成原版文根日')})(?:本(?P<own>{any_of(*'局委厅')})|我(?P<ours>{any_of(*'局委厅')}))"
    rf"(?!{any_of(*'部势限托派任培员')})"
)
_ANY_BODY = ("机关", "本局", "本委", "本厅", "我局", "我委", "我厅")
_OWN_HOUSE = r"(?<![基资成原版文根日样标])本(?P<house>中心|[馆院校站])(?![区子长务点])"
_ANY_HOUSE = ("本中心", "本馆", "本院", "本校", "本站")
_OTHER_NAME = (
    r"(?P<name>[^\W\d_]{3,}(?:局|委员会|委|中心|办公室|学校|医院))(?:19|20)\d\d年"
    r"(?:(?:收入|支出)(?:总计|合计)|一般公共预算|政府性基金|“三公”|三公|机[构关]运行经费|政府采购预算)"
)
_ANY_TITLE = ("年收入", "年支出", "年一般公共预算", "年政府性基金", "年“三公”", "年三公", "年机", "年政府采购预算")
_OBSOLETE = {
    "用事业基金弥补收支差额": "使用非财政拨款结余",
    "医疗卫生与计划生育支出": "卫生健康支出",
    "文化体育与传媒支出": "文化旅游体育与传媒支出",
    "国土海洋气象等支出": "自然资源海洋气象等支出",
    "资源勘探信息等支出": "资源勘探工业信息等支出",
    "城乡社区事务支出": "城乡社区支出",
    "农林水事务支出": "农林水支出",
    "预算外资金": "财政专户管理资金",
    "公共财政预算": "一般公共预算",
}
_TERMS = (
    ("差旅费", "(?<!差)旅费"),
    ("事业单位经营收入", "(?<!事业单位)经营收入"),
    ("机关运行经费", "机构运行经费"),
    ("“三公”经费", "“三公经费”|(?<!“)三公经费(?!”)"),
)
_ANY_TERM = ("旅费", "经营收入", "运行经费", "三公")
_MISSPELT = (
    r"(?<![蚊营])帐(?![篷幕子])|其它|部份|按排|布署|拔(?=付|款)|(?<=[划核缴])拔"
    r"|截止(?=(?:到|至)?(?:19|20)\d\d年)|(?<=数量、)实效|实效(?=、质量)|实效(?=指标)"
)
_RIGHT = {
    "帐": "账", "其它": "其他", "部份": "部分", "按排": "安排", "布署": "部署", "拔": "拨", "截止": "截至", "实效": "时效",
}  # fmt: skip
_WIDTH = str.maketrans("()[],:;", "（）［］，：；")


def units_of_amounts(inputs: Inputs) -> Iterator[Finding]:
    """万元 is written out (of costs J307 says so), no amount is absurd, and no large one in 元 stands beside 万元."""
    passages = [passage for passage in inputs.department.passages if "万" in passage.text.value]
    for hit in hits((passage for passage in passages if "“成本指标”" not in passage.place), _BARE_WAN):
        yield hit.finding(f"计量单位写作“万”（{hit.text}）", "金额请写“万元”，人数请写“万人”。")
    for hit in hits(passages, _MANY_WAN):
        if whole(re.sub(r",|\..*", "", hit.text)) >= 1_000_000:
            yield hit.finding(f"“{hit.text}万元”超过一百亿元", "请核对是否把“元”写成了“万元”。")
    for hit in hits((passage for passage in passages if "万元" in passage.text.value), _YUAN):
        if not is_a_rate(hit.passage.text.value, hit.start, hit.start + len(hit.text)):
            yield hit.finding(f"同一段话里既用“万元”又用“元”（{hit.text}）", "请统一用“万元”。")


def decimals_of_reasons(inputs: Inputs) -> Iterator[Finding]:
    """Amounts of a reason have two decimals, as all others of the text it stands in; its percentages are alike."""
    for passage in of_kinds(inputs.department.passages, "原因"):
        uneven = [hit for hit in all_hits([passage], _AMOUNT) if _is_uneven(hit.text)]
        if uneven:
            yield _uneven(uneven, "万元", "正文里的金额都有两位小数")
        percents = list(all_hits([passage], _PERCENT))
        uneven = [hit for hit in percents if _is_uneven(hit.text)]
        if uneven and len(uneven) < len(percents):
            yield _uneven(uneven, "%", "同一句的百分比都有两位小数")


def kind_of_body(inputs: Inputs) -> Iterator[Finding]:
    """局机关, 本委 and the like are for departments of that name, 机关本级 is not for a 事业单位."""
    names = "".join((inputs.department.name, *inputs.department.agencies.values()))
    for passage in of_kinds(inputs.department.passages, "职责", "机构", "原因", "目标", "任务", "说明", "事项"):
        for found in re.finditer(_BODY, passage.text.value) if has_any(passage.text.value, _ANY_BODY) else ():
            word = found["body"] or found["own"] or found["ours"]
            if word in names if word else _may_have_an_office(inputs, names):
                continue
            what = f"名称里没有“{word}”" if word else "单位性质是事业"
            yield Hit(passage, found.start(), found[0]).finding(
                f"写“{found[0]}”，而本部门“{inputs.department.name}”{what}", "疑似模板遗留，请改为本部门的叫法。"
            )


def other_bodies(inputs: Inputs) -> Iterator[Finding]:
    """Words that are another department's: 本中心 where none is one, or its name before its numbers."""
    names = {inputs.department.name, *inputs.department.agencies.values()}
    passages = [passage for passage in inputs.department.passages if passage.kind not in ("项目", "名称")]
    for passage in passages:
        text = passage.text.value
        for found in re.finditer(_OWN_HOUSE, text) if has_any(text, _ANY_HOUSE) else ():
            if not any(found["house"] in name for name in names):
                yield Hit(passage, found.start(), found[0]).finding(
                    f"写“{found[0]}”，而本部门和所属单位都不是“{found['house']}”", "疑似从其他单位复制，请核对。"
                )
        for found in re.finditer(_OTHER_NAME, text) if has_any(text, _ANY_TITLE) else ():
            if not any(found["name"].endswith(name) or name.endswith(found["name"]) for name in names):
                yield Hit(passage, found.start("name"), found["name"]).finding(
                    f"出现其他单位名称“{found['name']}”", "疑似从其他单位复制，请核对。"
                )


def obsolete_terms(inputs: Inputs) -> Iterator[Finding]:
    """Terms that budgets no longer use."""
    for hit in hits(inputs.department.passages, "|".join(_OBSOLETE), *_OBSOLETE):
        yield hit.finding(f"“{hit.text}”已不再使用", f"现称“{_OBSOLETE[hit.text]}”，请核对。")


def one_term_one_spelling(inputs: Inputs) -> Iterator[Finding]:
    """The same thing is called the same everywhere."""
    passages = [
        passage
        for passage in inputs.department.passages
        if passage.kind != "项目" and has_any(passage.text.value, _ANY_TERM)
    ]
    for usual, pattern in _TERMS:
        other = next(hits(passages, pattern), None)
        here = next(hits(passages, usual), None)
        if other and here:
            found = other.finding(f"“{other.text}”与“{usual}”指同一事项", "请统一叫法。")
            yield found._replace(notes=(*found.notes, Note(f"“{usual}”在这里", here.passage.at(here.start))))


def wrong_characters(inputs: Inputs) -> Iterator[Finding]:
    """Characters that are often taken for others."""
    for hit in hits(inputs.department.passages, _MISSPELT, *_RIGHT):
        context = hit.passage.text.value[max(0, hit.start - 3) : hit.start + len(hit.text) + 3]
        yield hit.finding(f"“{context}”中的“{hit.text}”疑应为“{_RIGHT[hit.text]}”", "请核对。")


def names_written_alike(inputs: Inputs) -> Iterator[Finding]:
    """The department's name is written in the same characters everywhere."""
    name = inputs.department.name
    wide = name.translate(_WIDTH)
    for passage in inputs.department.passages:
        place = passage.text.value.translate(_WIDTH).find(wide) if name[0] in passage.text.value else -1
        written = passage.text.value[place : place + len(name)]
        if place >= 0 and written != name:
            yield Hit(passage, place, written).finding(
                f"部门名称写作“{written}”，与“名称”一行的“{name}”不同", "请用同样的括号和标点。"
            )


def scope_fits_agencies(inputs: Inputs) -> Iterator[Finding | NotApplicable]:
    """预算范围 speaks of 所属单位 when there are some, and only then."""
    passage = _scope(inputs)
    if passage is None:
        yield NotApplicable("没有填预算范围")
        return
    text, several = passage.text.value, len(inputs.department.agencies) > 1
    found = re.search(any_of("所属", "下属", "二级"), text)
    if found and not several:
        yield Hit(passage, found.start(), found[0]).finding(
            f"预算范围提到“{found[0]}”单位，而“预算单位”只有一个", "请改预算范围，或补上所属单位。"
        )
    elif several and not found:
        count = len(inputs.department.agencies)
        yield Hit(passage, 0, text).finding(
            f"“预算单位”有{count}个，预算范围没有提到所属单位", "请补上，如“本级及所属单位预算”。"
        )


def _scope(inputs: Inputs) -> Passage | None:
    return next((passage for passage in inputs.department.passages if passage.place.endswith("“预算范围”")), None)


def _may_have_an_office(inputs: Inputs, names: str) -> bool:
    return inputs.department.nature != "事业" or any(word in names for word in "局委厅部")


def _is_uneven(number: str) -> bool:
    return not re.search(_TWO_PLACES, number) and number.replace(",", "") != "0"


def _uneven(found: list[Hit], unit: str, why: str) -> Finding:
    first = found[0]._replace(more=len(found) - 1)
    whole, _, decimals = first.text.partition(".")
    if len(decimals) > 2:
        return first.finding(f"“{first.text}{unit}”的小数位不一致：{why}", "请按四舍五入写两位小数。")
    return first.finding(f"“{first.text}{unit}”的小数位不一致：{why}", f"请写作“{whole}.{decimals:0<2}{unit}”。")


WORD_RULES: tuple[Rule[Inputs], ...] = (
    Rule(
        "T226", "预算范围与预算单位一致", Severity.WARNING, scope_fits_agencies, "第一部分与表2一致",
        "预算范围: 本级及所属单位预算（只有一个预算单位）", "预算范围: 本级预算",
    ),
    Rule(
        "T228", "金额单位写全且统一", Severity.WARNING, units_of_amounts, "金额单位为万元",
        "总计: 新增培训项目12万", "总计: 新增培训项目12.00万元",
    ),
    Rule(
        "T229", "小数位一致", Severity.WARNING, decimals_of_reasons, "金额和百分比保留两位小数",
        "总计: 新增培训项目12.5万元", "总计: 新增培训项目12.50万元",
    ),
    Rule(
        "T230", "机构称呼与部门类型相符", Severity.WARNING, kind_of_body, "文字与部门一致",
        "预算范围: 局机关本级预算（部门是“中心”）", "预算范围: 中心本级预算",
    ),
    Rule(
        "T231", "没有其他单位的名称", Severity.WARNING, other_bodies, "文字与部门一致",
        "本馆负责医疗救助工作（部门是“中心”）", "本中心负责医疗救助工作",
    ),
    Rule(
        "T232", "不用已废止的说法", Severity.ADVICE, obsolete_terms, "政府会计制度、政府收支分类科目",
        "用事业基金弥补收支差额", "使用非财政拨款结余",
    ),
    Rule(
        "T233", "一个事项一种叫法", Severity.ADVICE, one_term_one_spelling, "术语统一",
        "差旅费减少；压减旅费", "差旅费减少；压减差旅费",
    ),
    Rule(
        "T234", "常见错别字", Severity.WARNING, wrong_characters, "通用规范汉字",
        "截止2021年12月31日，结清往来帐款", "截至2021年12月31日，结清往来账款",
    ),
    Rule(
        "T235", "名称前后一致", Severity.WARNING, names_written_alike, "同一事实同一写法",
        "某区(示范区)服务中心", "某区（示范区）服务中心",
    ),
)  # fmt: skip

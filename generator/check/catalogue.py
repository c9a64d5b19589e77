"""Every code a clerk can meet: what it says, who checks it, and an example. ``shuoming rules`` and docs/rules.md print it."""

from __future__ import annotations

from typing import Any

from generator.check.document_rules import DOCUMENT_RULES
from generator.check.each_time import DERIVED_RULES, INPUT_RULES, PAGE_RULES, SAID_RULES
from generator.check.prose import Prose
from generator.check.proved import FORM_RULES, PROVED_SENTENCES
from generator.check.rules import Rule, by_code
from generator.check.written_rules import WRITTEN_RULES
from generator.model.entry import Checker, Entry
from generator.model.problem import Severity


def _of(rules: tuple[Rule[Any], ...], checker: Checker) -> tuple[Entry, ...]:
    return tuple(
        Entry(rule.code, rule.title, rule.severity, checker, rule.source, rule.wrong, rule.right) for rule in rules
    )


def _loading(code: str, title: str, wrong: str, right: str) -> Entry:
    return Entry(code, title, Severity.ERROR, Checker.LOADING, _SOURCES.get(code[0], ""), wrong, right)


_SOURCES = {
    "D": "政府收支分类科目、部门预算编制要求",
    "Y": "数据文件的格式",
    "P": "格式方案的格式",
    "T": "财预〔2016〕143号",
}

LOADING: tuple[Entry, ...] = (
    _loading("D001", "功能科目在当年科目表中", "2082603 …", "2082602 财政对城乡居民基本养老保险基金的补助"),
    _loading("D002", "功能科目编到项级（7位）", "20805 …", "2080505 机关事业单位基本养老保险缴费支出"),
    _loading("D003", "科目名称与科目表一致", "2101102 事业单位医疗保险: …", "2101102 事业单位医疗: …")._replace(severity=Severity.WARNING),
    _loading("D004", "部门预算支出经济分类科目存在", "30318 …", "30218 专用材料费"),
    _loading("D005", "政府预算支出经济分类科目存在", "政府经济: 50599…", "政府经济: 50502"),
    _loading("D006", "部门经济科目与政府经济科目有对应关系", "行政单位用505…", "行政单位用501…"),
    _loading("D010", "金额是数字", "1,909.20 或 1909.20万", "1909.20"),
    _loading("D011", "金额不为负", "-5.00", "5.00"),
    _loading("D012", "金额不超过两位小数", "12.345", "12.35"),
    _loading("D018", "每个项目都有支出明细", "支出: {}", "支出: {2101301 城乡医疗救助: {30307 医疗费补助: 568.78}}"),
    _loading("D020", "项目类型是其他运转类或特定目标类", "类型: 人员类", "类型: 特定目标类"),
    _loading("D028", "必填的内容齐全，年度与目录一致", "年度: 2021（在data/2022/下）", "年度: 2022"),
    _loading("D031", "比科目表新的科目，核对编码和名称", "2070188 数字文化: …（年度: 2026，科目表到2024年）", "增补科目: {功能科目: {2070188: 数字文化}}")._replace(severity=Severity.WARNING),
    _loading("D032", "科目的起止时间和导入的科目表正确", "自: 5月", "自: 2026-05-01"),
    _loading("D055", "部门内部往来两边相等", "甲: 内部往来: {付给: …}，5.00；乙: 内部往来: {来自: 甲, 资金来源: …}，4.00", "两边都是5.00"),
    _loading("D057", "逐项的句子里各项都有要写的话", "2013101 行政运行有8072.29万元，没有写用途", "说明: {功能科目: {2013101 行政运行: {用途: 机关人员经费和日常运转}}}")._replace(severity=Severity.WARNING),
    _loading("D063", "部门的数与各单位填的合计一致", "narrative.yaml: 车辆: 5；units/: 车辆: 2、车辆: 2", "车辆: 4，或不填部门的")._replace(severity=Severity.WARNING),
    _loading("D064", "没有待填的内容", "差旅费: 待填", "差旅费: 5.00"),
    _loading("D065", "从上年结转来的内容都已确认", "unconfirmed.yaml 里列着、数据里还是上年的样子", "改过，或用 shuoming todo --confirm 确认"),
    _loading("D066", "要说明原因的变动，填了原因，或有上年台账可以起草", "总计减少3981.15万元，没有填原因，也没有上年的数据目录", "变动原因: {总计: …}"),
    _loading("D070", "导入的支出明细各行认得出、合计对得上", "合计83.50，各行加起来是88.50", "合计88.50"),
    _loading("D071", "填报表填得对，每一格都读得出", "支出明细!I12 金额：约三万", "3.00"),
    _loading("T210", "要与上年比较的数有上年数", "prior.yaml没有“机构运行经费”", "机构运行经费: 23.62"),
    _loading("Y001", "文件是UTF-8编码", "GBK编码的文件", "另存为UTF-8"),
    _loading("Y002", "文件符合YAML的写法", "名称：社保中心（全角冒号）", "名称: 社保中心"),
    _loading("Y003", "同一名称不重复出现", "名称写了两行", "删去一行"),
    _loading("Y004", "不用引用", "*a", "把内容写全"),
    _loading("Y005", "不用类型标记", "!!str 5", "5"),
    _loading("Y006", "该有的项都有", "没有“名称: …”", "补上"),
    _loading("Y007", "没有多余的项", "名成: …", "名称: …"),
    _loading("Y008", "值的写法对", "单位性质: 公司", "单位性质: 事业"),
    _loading("Y009", "值不为空", "名称:", "名称: …"),
    _loading("Y010", "缩进用空格", "行首是Tab", "行首是空格"),
    _loading("Y011", "没有看不见的控制字符", "从网页粘贴来的文字", "删除后重新输入"),
    _loading("Y013", "要用的文件都在", "没有basic.yaml", "新建该文件"),
    _loading("Y014", "文件不过大", "误把压缩包改名为yaml", "换成数据文件"),
    _loading("Y015", "“#”后面的字没有漏掉", "名称: 设备购置 #2期", '名称: "设备购置 #2期"')._replace(severity=Severity.WARNING),
    _loading("P001", "大纲列的表都有定义", "附表: [fund]，没有tables/fund.yaml", "附表: [funds]"),
    _loading("P002", "表的定义正确", "按: 功能种类", "按: 功能类"),
    _loading("P003", "筛选的写法正确", "{资金来源: 一般公共预算}", "{资金: 一般公共预算}"),
    _loading("P004", "编号有序号的位置", "一级: “、”", "一级: “{一}、”"),
    _loading("P005", "一张表只列一次", "附表: [funds, funds]", "附表: [funds]"),
    _loading("P006", "构成的名称已定义", "构成: {总计: [基本]}", "构成: {总计: [基本支出, 项目支出]}"),
    _loading("P007", "master.docx是有效的Word文件", "改了扩展名的其他文件", "从 templates/yibin/ 复制一份"),
    _loading("P008", "“检查”和接受记录里的规则存在", "检查: {J999: 关}", "检查: {J129: 关}"),
    _loading("P009", "母版的标记、分节和样式齐全", "没有“[[横向]]”", "从 templates/yibin/ 复制"),
    _loading("P010", "母版里的文字都会印出", "[[正文]]（公开稿）", "[[正文]]单独成段"),
    _loading("P011", "母版里没有留下花括号", "｛｛ 部门 ｝｝", "{{ 部门 }}"),
    _loading("P012", "母版里没有修订和批注", "页脚里有未接受的修订", "接受或拒绝全部修订"),
    _loading("P013", "母版不引用外面的文件", "链接到 C:\\图片\\章.png", "把图片插入到文件中"),
    _loading("P014", "母版的字号、行距等是能用的数", "行距0磅", "行距28.95磅"),
    _loading("P101", "模板语法正确", "{% if 甲 %}…（没有endif）", "{% if 甲 %}…{% endif %}"),
    _loading("P102", "模板里的名称已定义", "{{ 总记 | 金额 }}", "{{ 总计 | 金额 }}"),
    _loading("P103", "模板能够计算", "{{ 总计 }}", "{{ 总计 | 金额 }}"),
    _loading("P201", "试编的各种部门，句子都通顺", "内设机构包括：。", "{% if 机构.内设机构 %}内设机构包括：…。{% else %}无内设机构。{% endif %}")._replace(severity=Severity.WARNING, checker=Checker.PROFILE),
    _loading("P202", "试编的各种部门，表的合计都加得起来", "小计 | 工资福利支出 | 商品和服务支出（没有列其他支出）", "补上“其他支出”一列")._replace(checker=Checker.PROFILE),
    _loading("P203", "写了的都用得到", "{% if 总计 is 有数 and not 总计 is 有数 %}", "删去用不到的一支、数、表")._replace(severity=Severity.ADVICE, checker=Checker.PROFILE),
    _loading("P104", "模板只取值、判断和循环", "{{ ''.__class__ }}", "删去"),
)  # fmt: skip


OTHERS: tuple[Entry, ...] = (
    Entry("B106", "接受记录有对应的问题", Severity.WARNING, Checker.DATA, "接受记录accepted.yaml", "问题已经改正，接受记录还在", "删去这条记录"),
    Entry("L315", "一段话不断成两段", Severity.ADVICE, Checker.LEFT_OUT, "", "", "", "数据里每段是一项，断不开；导入他人的文件时再检查"),
)  # fmt: skip

SENTENCE_RULES: tuple[Rule[Prose], ...] = by_code(PROVED_SENTENCES, SAID_RULES)
READING_RULES: tuple[Rule[Any], ...] = (*DOCUMENT_RULES, *FORM_RULES, *SENTENCE_RULES, *PAGE_RULES)
RULES: tuple[Rule[Any], ...] = (*INPUT_RULES, *DERIVED_RULES, *READING_RULES, *WRITTEN_RULES)
RULE_CODES = frozenset(rule.code for rule in RULES)
_ORDER = "YPDJTLBR"


def catalogue() -> tuple[Entry, ...]:
    """All entries: reading, profile, then D, J, T, L, this program's own B and R."""
    found = (
        *LOADING,
        *_of((*INPUT_RULES, *DERIVED_RULES), Checker.DATA),
        *_of(READING_RULES, Checker.READING),
        *_of(WRITTEN_RULES, Checker.FILE),
        *OTHERS,
    )
    return tuple(sorted(found, key=lambda entry: (_ORDER.index(entry.code[0]), entry.code)))

"""Rules between tables of the produced document (J201 … J217). Source: 财预〔2016〕143号附表勾稽关系."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial

from generator.check.cells import (
    AMOUNT_COLUMNS,
    alike,
    appropriated,
    by_class,
    classes,
    each_form,
    form_rule,
    income_line,
    overall_amount,
    same,
    spending_line,
    spent,
    total_of,
    value,
)
from generator.check.forms import (
    MEND,
    Form,
    Forms,
    economic_rows,
    equal,
    function_rows,
    total_row,
    two_decimals,
    which_is_more,
)
from generator.check.rules import PASS, Answer, Finding, Rule, Unbound
from generator.model.money import ZERO
from generator.model.problem import Severity
from generator.model.source import in_document

_INCOME_LINES = (
    ("一般公共预算", ("本年收入", "一般公共预算", "小计")), ("政府性基金预算拨款收入", ("本年收入", "政府性基金")),
    ("国有资本经营预算拨款收入", ("本年收入", "国有资本经营预算")), ("财政专户管理资金收入", ("本年收入", "财政专户管理资金收入")),
    ("事业收入", ("本年收入", "事业收入")), ("事业单位经营收入", ("本年收入", "事业单位经营收入")),
    ("上级补助收入", ("本年收入", "上级补助收入")), ("附属单位上缴收入", ("本年收入", "附属单位上缴收入")),
    ("其他收入", ("本年收入", "其他收入")), ("上年结转结余", ("上年结转结余", "合计")), ("收入总计", ("总计",)),
)  # fmt: skip
_THREE_PUBLIC = (
    (("因公出国（境）费",), ("30212",)), (("公务接待费",), ("30217",)), (("公务用车运行费",), ("30231",)),
    (("公务用车购置费",), ("31013", "30913")),
)  # fmt: skip
_FUNDS_OF_T7 = (("一般公共预算", "小计"), ("其中：财政拨款",), ("政府性基金",), ("国有资本经营预算",))
_FUND_OF_FORM = {"表5": ("一般公共预算", "小计"), "表9": ("政府性基金",), "表10": ("国有资本经营预算",)}


def income_lines(forms: Forms) -> Iterator[Answer]:
    """Each line of T1's income is T2's column."""
    for label, words in _INCOME_LINES:
        yield from alike(partial(income_line, forms, label), partial(total_of, forms, "表2", *words))


def spending_total(forms: Forms) -> Iterator[Answer]:
    """T1 本年支出合计 = T3 合计."""
    yield same(spending_line(forms, "本年支出合计"), total_of(forms, "表3", "合计"))


def _classes_agree(form: Form, column: int, other: Form, there: int) -> Iterator[Answer]:
    sums = by_class(other, there)
    printed = classes(form, column)
    for code, (row, _) in printed.items():
        said = f"{{row}}“{{column}}”{{a}}≠“{other.name}”该类各项之和{{b}}"
        yield form.agrees(row, column, sums.get(code, ZERO), said)
    for code in sums.keys() - printed.keys():
        yield Finding(f"“{other.name}”有{code}类的支出，“{form.name}”没有这一类", MEND, in_document(form.name))


def classes_of_spending(forms: Forms) -> Iterator[Answer]:
    """T1's 类 = T3's rows of that 类."""
    form, other = forms.form("表1", "支出"), forms.form("表3")
    yield from _classes_agree(form, form.column("金额"), other, other.column("合计"))


def appropriations(forms: Forms) -> Iterator[Answer]:
    """T4 收入合计 = T1's three funds, and what is carried over of them; that is T2's."""
    form, row, column = appropriated(forms, "收入合计")
    funds = sum((value(income_line(forms, label)) for label, _ in _INCOME_LINES[:3]), ZERO)
    carried = form.amount(form.row("上年结转", "项目"), column)
    yield form.agrees(row, column, funds + carried, "收入合计{a}≠收支总表财政拨款各项之和加结转{b}")
    columns = (("上年结转结余", fund) for fund in ("一般公共预算", "政府性基金", "国有资本经营预算"))
    theirs = sum((value(total_of(forms, "表2", *words)) for words in columns), ZERO)
    row = form.row("上年结转", "项目")
    yield form.agrees(row, column, theirs, "上年结转{a}≠收入总表财政拨款各项上年结转结余之和{b}")


def classes_by_fund(forms: Forms) -> Iterator[Answer]:
    """T4's 类 of each fund = the rows of T5, T9, T10."""
    form = forms.form("表4", "支出")

    def agree(other: Form) -> Iterator[Answer]:
        column = form.column(*_FUND_OF_FORM[forms.key_of(other.table)])
        yield from _classes_agree(form, column, other, other.column("合计"))

    yield from each_form(forms, _FUND_OF_FORM, agree)


def functions_by_fund(forms: Forms) -> Iterator[Answer]:
    """T3 = T5 + T9 + T10 for each 功能科目 and column; ≥ where other money is in it."""
    whole = forms.form("表3")
    parts = [forms.form(key) for key in ("表5", "表9", "表10")]
    only = not _other_money(forms)
    first = {whole.code(row, "科目编码"): row for row in reversed(function_rows(whole))}
    for words in AMOUNT_COLUMNS:
        sums, column = _by_function(parts, words), whole.column(*words)
        for code, left in _by_function([whole], words).items():  # over all units: each has rows of its own
            right = sums.get(code, ZERO)
            good = left == right if only else left >= right
            yield PASS if good else Finding(
                f"“{whole.named(first[code])}”“{whole.head(column)}”：“{whole.name}”为{two_decimals(left)}，各拨款支出表之和为{two_decimals(right)}，{which_is_more(left, right)}",
                MEND, whole.place(first[code], column),
            )  # fmt: skip


def _by_function(parts: Iterable[Form], words: tuple[str, ...]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for form in parts:
        for row in function_rows(form):
            code = form.code(row, "科目编码")
            sums[code] = sums.get(code, ZERO) + form.amount(row, form.column(*words))
    return sums


def _other_money(forms: Forms) -> bool:
    return any(value(income_line(forms, label)) for label, _ in _INCOME_LINES[3:-1])


def basic_of_general(forms: Forms) -> Iterator[Answer]:
    """T5 基本支出小计 = T6 合计."""
    yield same(total_of(forms, "表5", "基本支出", "小计"), total_of(forms, "表6", "合计"))


def basic_by_kind(forms: Forms) -> Iterator[Answer]:
    """T5's columns of 301, 303, 302 and 资本性 = T6's rows of those 类."""
    form, other = forms.form("表5"), forms.form("表6")
    row, there = total_row(form), other.column("合计")
    for words, begins in (
        ("工资福利支出", ("301",)),
        ("对个人和家庭的补助", ("303",)),
        ("商品和服务支出", ("302",)),
        ("资本性支出", ("309", "310", "399")),
    ):
        column = form.column(words)
        added = other.total((line for line, code, _ in economic_rows(other) if code.startswith(begins)), there)
        yield form.agrees(row, column, added, f"“{words}”{{a}}≠“{other.name}”相应科目之和{{b}}")


def economic_total(forms: Forms) -> Iterator[Answer]:
    """T7 总计 = T1 支出总计 = T3 合计; its funds = T4's, or T2's where something is carried over."""
    yield same(total_of(forms, "表7", "总计"), spending_line(forms, "支出总计"))
    yield same(total_of(forms, "表7", "总计"), total_of(forms, "表3", "合计"))
    if not value(income_line(forms, "上年结转结余")):
        for words in _FUNDS_OF_T7:
            yield from alike(partial(total_of, forms, "表7", *words), partial(spent, forms, *words))
        return
    pairs = ((words, ("本年收入", *words)) for words in _FUNDS_OF_T7)
    for words, theirs in (*pairs, (("上年结转结余",), ("上年结转结余", "合计"))):
        yield from alike(partial(total_of, forms, "表7", *words), partial(total_of, forms, "表2", *theirs))


def _pairs(form: Form, column: int) -> dict[tuple[str, str], Decimal]:
    sums: dict[tuple[str, str], Decimal] = {}
    for row, ours, theirs in economic_rows(form):
        sums[ours, theirs] = sums.get((ours, theirs), ZERO) + form.amount(row, column)
    return sums


def economic_covers_basic(forms: Forms) -> Iterator[Answer]:
    """T7 ≥ T6 for each pair of codes in 一般公共预算, and what is left is T5's 项目支出."""
    form, other = forms.form("表7"), forms.form("表6")
    if value(income_line(forms, "上年结转结余")):
        raise Unbound("有上年结转，经济分类汇总表的一般公共预算一栏不含结转")
    general, basic = _pairs(form, form.column("一般公共预算", "小计")), _pairs(other, other.column("合计"))
    for pair, amount in basic.items():
        if general.get(pair, ZERO) < amount:
            yield Finding(
                f"经济科目{pair[0]}：“{form.name}”一般公共预算{two_decimals(general.get(pair, ZERO))}小于“{other.name}”{two_decimals(amount)}",
                MEND,
                in_document(f"{form.name}!{pair[0]}"),
            )
    left = sum(general.values(), ZERO) - sum(basic.values(), ZERO)
    said = f"“{form.name}”一般公共预算减去“{other.name}”为{{a}}，应等于项目支出{{b}}"
    yield equal(said, left, value(total_of(forms, "表5", "项目支出", "小计")), in_document(form.name))


def personnel_in_basic(forms: Forms) -> Iterator[Answer]:
    """301 is paid from 基本支出; what a project pays of it must be looked at."""
    form, spending = forms.form("表7"), forms.form("表3")
    for begin, words in (("301", "工资福利支出"),):
        added = form.total((row for row, code, _ in economic_rows(form) if code.startswith(begin)), form.column("总计"))
        basic = value((spending, total_row(spending), spending.column(words)))
        yield PASS if added == basic else Finding(
            f"“{form.name}”{words}{two_decimals(added)}≠“{spending.name}”基本支出的{words}{two_decimals(basic)}，差额{two_decimals(abs(added - basic))}为项目列支",
            "请确认项目中是否应列工资福利支出。", in_document(f"{form.name}!{words}"), (), 1, Severity.WARNING,
        )  # fmt: skip


def three_public_by_code(forms: Forms) -> Iterator[Answer]:
    """T8's items = T7's 30212, 30217, 30231, 31013 and 30913 of 一般公共预算."""
    form, other = forms.form("表8"), forms.form("表7")
    if len(form.rows) != 1:
        raise Unbound(f"“{form.name}”有{len(form.rows)}行，不知道哪一行是合计")
    if value(income_line(forms, "上年结转结余")):
        raise Unbound("有上年结转，经济分类汇总表的一般公共预算一栏不含结转")
    there = other.column("一般公共预算", "小计")
    for words, codes in _THREE_PUBLIC:
        column = form.column(*words)
        added = other.total((row for row, code, _ in economic_rows(other) if code in codes), there)
        yield form.agrees(0, column, added, f"{words[0]}{{a}}≠“{other.name}”经济科目{'、'.join(codes)}{{b}}")


def fund_tables(forms: Forms) -> Iterator[Answer]:
    """T9 and T10 = the fund in T1, T4 and T7; where something is carried over, T4, and T1 with T2's 上年结转 of the fund."""
    for key, label, words in (
        ("表9", "政府性基金预算拨款收入", ("政府性基金",)),
        ("表10", "国有资本经营预算拨款收入", ("国有资本经营预算",)),
    ):
        whole = partial(total_of, forms, key, "合计")
        yield from alike(whole, partial(spent, forms, *words))
        if not value(income_line(forms, "上年结转结余")):
            yield from alike(whole, partial(income_line, forms, label))
            yield from alike(whole, partial(total_of, forms, "表7", *words))
            continue
        form, row, column = whole()
        income = value(income_line(forms, label)) + value(total_of(forms, "表2", "上年结转结余", *words))
        yield form.agrees(row, column, income, f"{{column}}{{a}}≠{label}加上年结转{{b}}")


def overall_agrees(forms: Forms) -> Iterator[Answer]:
    """T12 = T3's total, 基本, 项目; its 政府预算资金 = T4."""
    form = forms.form("表12")
    for label, cell in (
        (f"部门预算总额（{form.scale.label}）", total_of(forms, "表3", "合计")), ("基本支出", total_of(forms, "表3", "基本支出", "小计")),
        ("项目支出", total_of(forms, "表3", "项目支出", "小计")), ("政府预算资金", appropriated(forms, "收入合计")),
    ):  # fmt: skip
        row, column = overall_amount(form, label)
        other, place, there = cell
        said = f"{label}{{a}}≠“{other.name}”“{other.head(there)}”{{b}}"
        yield form.agrees(row, column, other.amount(place, there), said, in_document(f"{form.name}!{label}"))


def own_money_agrees(forms: Forms) -> Iterator[Answer]:
    """其中：财政拨款 is one number in T1, T2, T4 and T7."""
    first = income_line(forms, "其中：财政拨款")
    yield same(total_of(forms, "表2", "其中：财政拨款"), first)
    yield same(appropriated(forms, "其中：财政拨款"), first)
    yield same(total_of(forms, "表7", "其中：财政拨款"), first)


def functions_in_both(forms: Forms) -> Iterator[Answer]:
    """The 功能科目 of T3 are those of T5, T9 and T10 together."""
    whole = forms.form("表3")
    ours = _spent_on(whole)
    theirs = {code for key in ("表5", "表9", "表10") for code in _spent_on(forms.form(key))}
    for code in sorted(theirs - ours):
        yield Finding(f"科目{code}见于各拨款支出表而不见于“{whole.name}”", MEND, in_document(f"{whole.name}!{code}"))
    if not _other_money(forms):
        for code in sorted(ours - theirs):
            yield Finding(
                f"科目{code}见于“{whole.name}”而不见于各拨款支出表", MEND, in_document(f"{whole.name}!{code}")
            )
    yield PASS


def _spent_on(form: Form) -> set[str]:
    column = form.column("合计")
    return {form.code(row, "科目编码") for row in function_rows(form) if form.amount(row, column)}


CROSS_RULES: tuple[Rule[Forms], ...] = (
    form_rule("J201", "收支总表各项收入＝收入总表各栏", income_lines, "收支总表政府性基金8.00，收入总表为空", "两表都是8.00"),
    form_rule("J202", "收支总表支出＝支出总表合计", spending_total, "6824.79与6816.79", "两表一致"),
    form_rule("J203", "收支总表各类＝支出总表该类各项之和", classes_of_spending, "卫生健康支出2618.84，支出总表210各项之和2610.84", "两表一致"),
    form_rule("J204", "财政拨款收支总表收入合计＝收支总表三项拨款之和", appropriations, "把单位资金也计入", "只含三本预算"),
    form_rule("J205", "财政拨款收支总表各类＝各拨款支出表该类之和", classes_by_fund, "229类8.00列在一般公共预算", "列在政府性基金"),
    form_rule("J206", "支出总表＝一般公共预算＋政府性基金＋国有资本经营预算支出表", functions_by_fund, "2101301：支出总表698.78，各表之和690.78", "各表之和698.78"),
    form_rule("J207", "一般公共预算基本支出＝基本支出表合计", basic_of_general, "168.56与168.50", "两表都是168.56"),
    form_rule("J208", "一般公共预算支出表各列＝基本支出表相应科目之和", basic_by_kind, "商品和服务支出17.36，302各款之和17.14", "两表一致"),
    form_rule("J209", "经济分类汇总表总计＝支出总计，各资金一致", economic_total, "经济分类汇总表漏了一个项目", "总计6824.79"),
    form_rule("J210", "经济分类汇总表减基本支出表＝项目支出", economic_covers_basic, "30211：汇总表3.00，基本支出表8.00", "汇总表8.00"),
    form_rule("J211", "工资福利支出只由基本支出列支", personnel_in_basic, "项目里列了30199", "请确认")._replace(severity=Severity.WARNING),
    form_rule("J212", "“三公”经费表＝相应经济科目", three_public_by_code, "汇总表30217有2.00，“三公”经费表为0", "公务接待费2.00"),
    form_rule("J213", "政府性基金、国有资本经营预算在各表一致", fund_tables, "基金支出表8.00，收支总表0", "各表8.00"),
    form_rule("J214", "整体绩效目标表＝支出总表", overall_agrees, "总额停在年初的6800.00", "总额6824.79"),
    form_rule("J215", "“其中：财政拨款”在各表一致", own_money_agrees, "6694.79与6816.79", "各表6694.79"),
    form_rule("J217", "功能科目在支出总表与各拨款表一致", functions_in_both, "2296013只在支出总表", "也在政府性基金支出表"),
)  # fmt: skip

"""Every kind of mistake there is a planter for, under the name the table of outcomes gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.mistakes import amounts, codes, goals, words
from tests.mistakes.folder import Folder, Mistake


class Kind(NamedTuple):
    """A kind's name and its planter."""

    name: str
    plant: Callable[[Folder], Iterator[Mistake]]


KINDS = (
    Kind("金额错一位", amounts.ledger_digits),
    Kind("金额两位颠倒", amounts.ledger_turned),
    Kind("金额差十倍、百倍、万倍", amounts.wrong_units),
    Kind("金额带负号", amounts.negative),
    Kind("金额漏一行", amounts.dropped),
    Kind("金额重复一行", amounts.doubled),
    Kind("金额互换：同一科目下", amounts.swapped_under_one),
    Kind("金额互换：基本支出两个科目", amounts.swapped_in_basic),
    Kind("金额互换：两个项目", amounts.swapped_between_projects),
    Kind("金额互换：基本支出与项目", amounts.swapped_with_basic),
    Kind("金额一多一少，相抵", amounts.compensating),
    Kind("金额列到别的功能科目", amounts.moved),
    Kind("功能科目错成邻号", codes.function_code_only),
    Kind("功能科目连名称错成邻号", codes.function_with_name),
    Kind("功能科目互换", codes.functions_swapped),
    Kind("经济科目错成邻号", codes.economic_code_only),
    Kind("经济科目连名称错成邻号", codes.economic_with_name),
    Kind("经济科目错一位，连名称", codes.economic_of_other_group),
    Kind("项目编码错一位", codes.project_code_digits),
    Kind("项目编码互换", codes.project_codes_swapped),
    Kind("项目编码多、少一位，或同别的项目", codes.project_code_cut),
    Kind("部门、单位代码错一位", codes.department_code),
    Kind("层级写反", codes.levels),
    Kind("名称与层级说法不一", codes.project_levels_and_names),
    Kind("资金来源错", codes.funds),
    Kind("项目类型写反", codes.kinds),
    Kind("本年写成上年结转", codes.carried_over),
    Kind("单位性质、金额单位、年度错", codes.nature_and_unit),
    Kind("项目漏一个", codes.projects_dropped),
    Kind("项目重复一个", codes.projects_doubled),
    Kind("项目名称互换", codes.project_names_swapped),
    Kind("上年数错一位", amounts.prior_digits),
    Kind("上年数漏一项", amounts.prior_dropped),
    Kind("上年数互换", amounts.prior_swapped),
    Kind("上年部分大于总计", amounts.prior_part_over_whole),
    Kind("控制数错一位", amounts.control_digits),
    Kind("控制数漏", amounts.control_dropped),
    Kind("控制数互换", amounts.control_swapped),
    Kind("采购、资产数错", amounts.facts),
    Kind("名称缺字", words.names_cut),
    Kind("文字缺字", words.texts_cut),
    Kind("文字重字", words.words_doubled),
    Kind("看不见的字符", words.invisible),
    Kind("形似字符", words.look_alikes),
    Kind("列表重复一项", words.items_doubled),
    Kind("列表漏一项", words.items_dropped),
    Kind("年份错", words.years),
    Kind("文号错", words.document_numbers),
    Kind("单位名称与部门不一", words.agency_unlike_department),
    Kind("原因里的金额错", words.reason_amounts),
    Kind("原因里的项目没有", words.reason_projects),
    Kind("原因互换、漏、写反", words.reasons_swapped),
    Kind("指标名称缺字", words.indicators_cut),
    Kind("指标比较符写反", goals.signs_turned),
    Kind("指标比较符漏、多", goals.signs_lost),
    Kind("指标值错一位", goals.digits),
    Kind("指标值多、少一位", goals.magnitudes),
    Kind("指标单位错", goals.units),
    Kind("指标值互换", goals.values_swapped),
    Kind("指标类别互换", goals.categories_swapped),
    Kind("指标漏一条", goals.dropped),
    Kind("指标重复一条", goals.doubled),
    Kind("成本指标错", goals.costs),
    Kind("绩效指标互换", goals.of_other_projects),
)

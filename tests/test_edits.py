"""Each edit in exactly one place, and the whole document follows."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model.problem import Severity
from generator.render.docx.render import render_docx
from generator.work.report import report
from generator.work.workshop import Workshop
from tests import docx_reading
from tests.conftest import ROOT, bring
from tests.runs import Run, run

Edit = Callable[[str, str, str], None]


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    bring(tmp_path)

    def replace(file: str, old: str, new: str) -> None:
        path = tmp_path / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


def make(folder: Path, year: int = 2022) -> tuple[Run, bytes]:
    done = run(folder / "data", folder / "templates", "yibin", year)
    assert done.document is not None and done.profile is not None and not done.failed, done.problems
    return done, render_docx(done.document, done.profile.master).data


def words(data: bytes) -> str:
    return "\n".join(text for _, text in docx_reading.paragraphs(data))


def cells(data: bytes, caption: str) -> list[list[str]]:
    return docx_reading.rows_of(docx_reading.tables(data)[caption])


def test_one_amount_changes_what_hangs_on_it(edit: Edit, tmp_path: Path) -> None:
    edit("data/2022/basic.yaml", "30101 基本工资: 35.35", "30101 基本工资: 36.35")
    edit("data/2022/department.yaml", "  总计: 6824.79", "  总计: 6825.79")
    for name, old, new in (("一般公共预算", "6816.79", "6817.79"), ("基本支出", "168.56", "169.56")):
        edit("data/2022/department.yaml", f"{name}: {old}", f"{name}: {new}")
    _, data = make(tmp_path)
    text = words(data)
    assert "收入总计6825.79万元，支出总计6825.79万元，与2021年预算相比，收支各减少3980.15万元，下降36.83%" in text
    assert "基本支出169.56万元，占2.48%；项目支出6656.23万元，占97.52%" in text
    assert "人员经费支出152.20万元，占89.76%" in text
    assert "6824.79" not in text
    for caption in docx_reading.tables(data):
        assert not [cell for row in cells(data, caption) for cell in row if cell == "6824.79"]
    assert ["30101", "基本工资", "50501", "工资福利支出", "36.35", "36.35", ""] in cells(
        data, "2022年一般公共预算基本支出预算表"
    )


def test_one_reason_changes_its_sentence(edit: Edit, tmp_path: Path) -> None:
    edit("data/2022/narrative.yaml", "在编人员减少，公用经费等预算减少", "压减一般性支出")
    _, data = make(tmp_path)
    assert "机构运行经费支出减少6.26万元，下降26.50%。主要原因：压减一般性支出。" in words(data)


def test_no_reason_is_drafted_where_all_is_new(edit: Edit, tmp_path: Path) -> None:
    edit(
        "data/2022/narrative.yaml",
        "  政府性基金: 2022年上级下达“2022年中央专项彩票公益金支持城乡医疗救助资金”8.00万元\n",
        "",
    )
    done, data = make(tmp_path)
    text = words(data)
    assert (
        "主要原因：2021年无此项预算，2022年新增洛财预【2021】632号提前下达2022年中央专项彩票公益金支持城乡医疗救助资金8.00万元。"
        in text
    )
    assert [problem.code for problem in done.problems].count("B102") == 1


def test_no_reason_is_made_up_without_last_years_ledger(edit: Edit, tmp_path: Path) -> None:
    edit("data/2022/narrative.yaml", "  机构运行经费: 在编人员减少，公用经费等预算减少\n", "")
    done = run(tmp_path / "data", tmp_path / "templates", "yibin", 2022)
    assert [problem.code for problem in done.problems if problem.severity is Severity.ERROR] == ["D066"]
    assert "B102" not in [problem.code for problem in done.problems]


def test_one_title_changes_wherever_it_is_named(edit: Edit, tmp_path: Path) -> None:
    edit("templates/yibin/tables/02-income.yaml", "标题: 部门收入预算表", "标题: 部门收入预算总表")
    edit("templates/yibin/prose/part-3.j2", "+ 事业收入：", '+ 见{{ 表("部门收入预算总表") }}：')
    _, data = make(tmp_path)
    text = words(data)
    assert "二、部门收入预算总表\t10" in text
    assert "\n2022年部门收入预算总表\n" in text
    assert "二、见附表二：" in text


def test_a_reordered_table_renumbers(edit: Edit, tmp_path: Path) -> None:
    edit("templates/yibin/report.yaml", "      - 01-income-expenditure\n", "")
    edit(
        "templates/yibin/report.yaml",
        "      - 03-expenditure\n",
        "      - 03-expenditure\n      - 01-income-expenditure\n",
    )
    _, data = make(tmp_path)
    contents = [text.split("\t")[0] for style, text in docx_reading.paragraphs(data) if style == "Contents2"]
    assert contents[-13:-9] == [
        "一、部门收入预算表",
        "二、部门支出预算表",
        "三、部门收支预算表",
        "四、财政拨款收支预算表",
    ]
    assert list(docx_reading.tables(data))[:3] == [
        "2022年部门收入预算表",
        "2022年部门支出预算表",
        "2022年部门收支预算表",
    ]


def test_one_column_changes_one_table(edit: Edit, tmp_path: Path) -> None:
    edit(
        "templates/yibin/tables/11-projects.yaml", "  - 合计: {}\n", "  - 合计: {}\n  - 其中：上级资金: {来源: 上级}\n"
    )
    _, data = make(tmp_path)
    rows = cells(data, "2022年项目支出预算表")
    assert rows[0][:6] == ["合计", "", "", "6656.23", "130.00", "6648.23"]
    assert (
        docx_reading.rows_of(docx_reading.tables(data)["2022年项目支出预算表"], header=True)[0][4] == "其中：上级资金"
    )


def test_one_margin_changes_one_section(tmp_path: Path) -> None:
    """What a clerk does in Word's page set-up of the master: the body's left margin, and the pages follow."""
    bring(tmp_path)
    master = tmp_path / "templates" / "yibin" / "master.docx"
    parts = {}
    with zipfile.ZipFile(master) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = parts["word/document.xml"].decode()
    place = document.index("[[目录]]")
    parts["word/document.xml"] = (
        document[:place] + document[place:].replace('w:left="1587"', 'w:left="3000"')
    ).encode()
    with zipfile.ZipFile(master, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    _, data = make(tmp_path)
    text = words(data)
    assert re.search(r"第三部分　名词解释\t(\d+)", text)
    before = words(render(ROOT))
    assert page_of("第三部分　名词解释", text) > page_of("第三部分　名词解释", before)
    widths = [
        int(column.get(f"{docx_reading.W}w", ""))
        for column in docx_reading.tables(data)["2022年部门收支预算表"].iter(f"{docx_reading.W}gridCol")
    ]
    assert sum(widths) == 8845 - (3000 - 1587)


def render(folder: Path) -> bytes:
    return make(folder)[1]


def page_of(title: str, text: str) -> int:
    found = re.search(re.escape(title) + r"\t(\d+)", text)
    assert found
    return int(found[1])


def test_a_fund_not_used_so_far(edit: Edit, tmp_path: Path) -> None:
    edit("data/2022/projects.yaml", "  资金来源: 政府性基金预算\n", "  资金来源: 国有资本经营预算\n")
    edit(
        "data/2022/projects.yaml",
        "    2296013 用于城乡医疗救助的彩票公益金支出:",
        "    2230199 其他解决历史遗留问题及改革成本支出:",
    )
    edit("data/2022/department.yaml", "  政府性基金: 8.00\n", "")
    done, data = make(tmp_path)
    text = words(data)
    assert (
        "2022年国有资本经营预算支出年初预算为8.00万元。其中：基本支出0万元，占0%；项目支出8.00万元，占100.00%。" in text
    )
    assert "2022年无政府性基金预算拨款安排的支出。" in text
    assert "备注：伊滨经开区（示范区）社会保障事务服务中心2022年无政府性基金预算拨款安排的支出，故此表无数据。" in text
    assert "无国有资本经营预算拨款安排的支出，故此表无数据" not in text
    assert len(cells(data, "2022年政府性基金预算支出预算表")) == 1
    assert cells(data, "2022年国有资本经营预算支出预算表")[-1][4] == "其他解决历史遗留问题及改革成本支出"
    assert any("没有填写变动原因" in problem.message for problem in done.problems)


def test_a_deleted_project(edit: Edit, tmp_path: Path) -> None:
    path = tmp_path / "data" / "2022" / "projects.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("- 名称: 城乡医疗救助\n")
    path.write_text(text[:start] + text[text.index("- 名称:", start + 5) :], encoding="utf-8")
    folder = tmp_path / "data" / "2022" / "department.yaml"
    folder.write_text(re.sub(r"控制数:.*", "", folder.read_text(encoding="utf-8"), flags=re.DOTALL), encoding="utf-8")
    _, data = make(tmp_path)
    assert "项目支出6087.45万元" in words(data)
    for caption in ("2022年项目支出预算表", "2022年部门预算项目绩效目标表"):
        assert not [row for row in cells(data, caption) if "城乡医疗救助" in row]


def test_a_project_longer_than_a_page(edit: Edit, tmp_path: Path) -> None:
    """Its cells are said again on each page, and reading the file back finds nothing wrong with that."""
    many = "".join(f"      第{number}类业务办理数量: {number}件\n" for number in range(1, 90))
    first = "    产出指标:\n      公岗和劳务派遣人员总人数: 15人\n"
    edit("data/2022/projects.yaml", first, first + many)
    _, data = make(tmp_path)
    rows = cells(data, "2022年部门预算项目绩效目标表")
    assert sum(row[1] == "运转经费" for row in rows) > 2
    assert report(Workshop(tmp_path / "templates", "yibin"), tmp_path / "data", 2022).files


def test_next_year_compares_with_this_one(edit: Edit, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "data" / "2022", tmp_path / "data" / "2023")
    edit("data/2023/department.yaml", "年度: 2022", "年度: 2023")
    (tmp_path / "data" / "2023" / "prior.yaml").unlink()
    narrative = tmp_path / "data" / "2023" / "narrative.yaml"
    text = narrative.read_text(encoding="utf-8")
    narrative.write_text(text[text.index("政府采购:") :], encoding="utf-8")
    edit(
        "data/2023/projects.yaml",
        "      31302 对社会保险基金补助: 1909.20\n",
        "      31302 对社会保险基金补助: 2000.00\n",
    )
    folder = tmp_path / "data" / "2023" / "department.yaml"
    folder.write_text(re.sub(r"控制数:.*", "", folder.read_text(encoding="utf-8"), flags=re.DOTALL), encoding="utf-8")
    done, data = make(tmp_path, 2023)
    text = words(data)
    assert (
        "与2022年预算相比，收支各增加90.80万元，增长1.33%。主要原因：项目“城乡居民基本医疗保险区级配套资金”增加90.80万元。"
        in text
    )
    assert "政府性基金收支预算持平。" in text
    assert "2022年期末" in text
    assert "\n2023年部门收支预算表\n" in text
    assert done.document is not None and done.document.title.startswith("2023年")


def test_a_prior_that_differs_from_last_years_ledger_is_an_error(edit: Edit, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "data" / "2022", tmp_path / "data" / "2023")
    edit("data/2023/department.yaml", "年度: 2022", "年度: 2023")
    done = run(tmp_path / "data", tmp_path / "templates", "yibin", 2023)
    found = [problem.message for problem in done.problems if problem.code == "D024"]
    assert "上年“一般公共预算”填的是10805.94万元，上年台账合计是6816.79万元" in found
    assert done.failed


def test_nothing_changed_reads_well(edit: Edit, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "data" / "2022", tmp_path / "data" / "2023")
    edit("data/2023/department.yaml", "年度: 2022", "年度: 2023")
    (tmp_path / "data" / "2023" / "prior.yaml").unlink()
    _, data = make(tmp_path, 2023)
    text = words(data)
    assert "与2022年预算相比，收支均持平。" in text
    assert "与2022年相比，一般公共预算收支预算持平；政府性基金收支预算持平。" in text
    assert "与2022年预算相比，机构运行经费支出持平。" in text
    assert "预算数与2022年保持一致。" in text
    assert "主要原因" not in text

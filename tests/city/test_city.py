"""A run over a small city: who costs whom what, what is made again, and what is left after each end a run can have."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from generator.city import city as verb
from generator.city import task
from generator.city.city import Wish, Work, city
from generator.city.members import members_of
from generator.city.packing import packed_order, packed_plan
from generator.city.record import RECORD, opened
from generator.model.city import Ending, Order, Result, State
from generator.model.problem import UsageError
from generator.work.report import every_edition
from generator.work.workshop import Workshop
from tests.city.towns import BROKEN, SOUND, files_in, mend, plan, replaced, run, spoil, town_of
from tests.conftest import ROOT

DOCX = "2022年伊滨经开区（示范区）社会保障事务服务中心部门预算说明.docx"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Two departments: one that is sound, one with an error."""
    town_of(tmp_path / "全市", SOUND, BROKEN)
    spoil(tmp_path / "全市" / BROKEN / "data" / "2022")
    return tmp_path / "全市"


def asked(output: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(output / RECORD)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_who_fails_costs_only_himself(town: Path, tmp_path: Path) -> None:
    (town / "003-三局").mkdir()
    done = run(town, tmp_path / "输出")
    assert done.endings == {Ending.MADE: 1, Ending.FAILED: 1, Ending.MISSING: 1}
    assert done.states == {State.WARNED: 1, State.FAILED: 1, State.MISSING: 1}
    names = [name for name in files_in(tmp_path / "输出") if not name.endswith("files")]
    assert names == [f"{SOUND}/{DOCX}", f"{SOUND}/问题.txt", f"{BROKEN}/问题.txt"]
    rows = asked(tmp_path / "输出", "SELECT 规则, 文件, 行, 列 FROM 问题 WHERE 标识 LIKE '002%' AND 级别 = '错误'")
    assert rows == [("B101", "data/2022/department.yaml", 32, 3)]
    told = (tmp_path / "输出" / BROKEN / "问题.txt").read_text(encoding="utf-8-sig")
    assert "\ndata/2022/department.yaml:32:3: 错误 B101 " in told and str(town) not in told


def test_what_is_as_it_was_is_not_made_again(town: Path, tmp_path: Path) -> None:
    output = tmp_path / "输出"
    run(town, output)
    before = files_in(output)
    assert run(town, output).endings == {Ending.SAME: 2}
    (output / SOUND / DOCX).write_bytes(before[f"{SOUND}/{DOCX}"][:-1])
    (output / BROKEN / "问题.txt").unlink()
    assert run(town, output).endings == {Ending.MADE: 1, Ending.FAILED: 1}
    assert files_in(output) == before
    (town / SOUND / "data" / "2022" / "seen.yaml").write_text("[]\n", encoding="utf-8")
    assert run(town, output).endings == {Ending.MADE: 1, Ending.SAME: 1}
    later = plan(output)._replace(program="another")
    assert city(later, members_of(town)).endings == {Ending.MADE: 1, Ending.FAILED: 1}


def test_a_changed_profile_changes_every_department(town: Path, tmp_path: Path) -> None:
    output, templates = tmp_path / "输出", tmp_path / "方案"
    (templates / "yibin").mkdir(parents=True)
    (templates / "yibin" / "wording.txt").write_text("", encoding="utf-8")
    known = plan(output)._replace(templates=templates.as_posix())
    assert city(known, members_of(town)).endings == {Ending.MADE: 1, Ending.FAILED: 1}
    assert city(known, members_of(town)).endings == {Ending.SAME: 2}
    (templates / "yibin" / "report.yaml").write_text("基于: yibin\n名称: 本地\n", encoding="utf-8")
    assert Ending.SAME not in city(known, members_of(town)).endings


def test_the_old_document_stays_until_the_data_is_sound_again(town: Path, tmp_path: Path) -> None:
    output, folder = tmp_path / "输出", town / SOUND / "data" / "2022"
    run(town, output)
    before = files_in(output)
    spoil(folder)
    done = run(town, output)
    assert done.states == {State.FAILED: 2}
    now = files_in(output)
    assert (
        now[f"{SOUND}/{DOCX}"] == before[f"{SOUND}/{DOCX}"] and now[f"{SOUND}/问题.txt"] != before[f"{SOUND}/问题.txt"]
    )
    mend(folder)
    run(town, output)
    assert files_in(output) == before


def test_other_formats_take_the_place_of_those_that_are_no_longer_asked_for(town: Path, tmp_path: Path) -> None:
    output = tmp_path / "输出"
    run(town, output, "md", "csv")
    assert list((output / SOUND).glob("*（开放数据）/*.csv")) and list((output / SOUND).glob("*.md"))
    mine = output / SOUND / "我的批注.docx"
    mine.write_bytes(b"mine")
    assert run(town, output, "md", "csv").endings == {Ending.SAME: 2}
    run(town, output, "md")
    made = {name for name in files_in(output) if name.startswith(SOUND) and not name.endswith("files")}
    assert made == {f"{SOUND}/{DOCX.replace('.docx', '.md')}", f"{SOUND}/问题.txt", f"{SOUND}/我的批注.docx"}
    assert not list((output / SOUND).glob("*（开放数据）"))


def test_check_makes_nothing_and_says_that_data_has_changed(town: Path, tmp_path: Path) -> None:
    output = tmp_path / "输出"
    assert run(town, output, "").states == {State.WARNED: 1, State.FAILED: 1}
    assert not list(output.rglob("*.docx"))
    run(town, output)
    before = files_in(output)
    replaced(town / SOUND / "data" / "2022" / "projects.yaml", "差旅费: 5.00", "差旅费: 5.0")
    assert run(town, output, "").states == {State.CHANGED: 1, State.FAILED: 1}
    assert files_in(output) == before
    assert run(town, output).states == {State.WARNED: 1, State.FAILED: 1}


def test_a_run_that_ends_anywhere_goes_on_from_there(tmp_path: Path) -> None:
    town = town_of(tmp_path / "全市", *(f"00{number}-局" for number in range(1, 5)))
    spoil(town / "002-局" / "data" / "2022")
    whole, pieces = tmp_path / "一次", tmp_path / "几次"
    run(town, whole)

    def killed(work: Work, orders: Sequence[Order]) -> Iterator[Result]:
        yield work(orders[0])
        work(orders[1])  # its files are there, and nobody was told
        raise RuntimeError

    with pytest.raises(RuntimeError):
        run(town, pieces, runner=killed)
    assert len(asked(pieces, "SELECT 1 FROM 部门 WHERE 结果 <> ''")) == 1
    assert run(town, pieces).endings == {Ending.SAME: 1, Ending.MADE: 2, Ending.FAILED: 1}
    assert files_in(pieces) == files_in(whole)


def test_ctrl_c_keeps_what_was_done(town: Path, tmp_path: Path) -> None:
    def interrupted(work: Work, orders: Sequence[Order]) -> Iterator[Result]:
        yield work(orders[0])
        raise KeyboardInterrupt

    done = run(town, tmp_path / "输出", runner=interrupted)
    assert done.interrupted and done.endings == {Ending.MADE: 1}
    assert done.states == {State.WARNED: 1, State.OPEN: 1}
    assert asked(tmp_path / "输出", "SELECT 结束 FROM 运行") == [(None,)]


def test_a_name_that_a_killed_run_wrote_does_not_stay(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The document gets a new name, the run dies before it is recorded, and the department goes back to the old name."""
    output, head = tmp_path / "输出", town / SOUND / "data" / "2022" / "department.yaml"
    run(town, output)
    before = files_in(output)
    name = "伊滨经开区（示范区）社会保障事务服务中心"
    text = head.read_text(encoding="utf-8")
    head.write_text(text.replace(name, "社会保障中心", 1), encoding="utf-8")
    monkeypatch.setattr(verb.Store, "record", lambda *_: (_ for _ in ()).throw(RuntimeError))
    with pytest.raises(RuntimeError):
        run(town, output, wish=Wish(only=("001",)))
    assert len(list((output / SOUND).glob("*.docx"))) == 2 or files_in(output) != before
    monkeypatch.undo()
    head.write_text(text, encoding="utf-8")
    run(town, output)
    assert files_in(output) == before


def test_a_full_disk_ends_the_run_and_the_next_goes_on(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "输出"

    def full(*_: object, **__: object) -> None:
        raise UsageError("无法写入 输出：磁盘已满，请清理后重试。")

    monkeypatch.setattr(task, "replace_files", full)
    with pytest.raises(UsageError, match="磁盘已满"):
        run(town, output)
    monkeypatch.undo()
    assert run(town, output).endings == {Ending.MADE: 1, Ending.FAILED: 1}


def test_a_mistake_of_ours_costs_one_department(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("所料未及")

    monkeypatch.setattr(task, "every_edition", broken)
    done = run(town, tmp_path / "输出")
    assert done.endings == {Ending.BROKEN: 2} and done.states == {State.FAILED: 2}
    assert dict(done.broken)[SOUND].startswith("程序里有没有料到的错误（ZeroDivisionError，test_city.py:")
    assert "ZeroDivisionError: 所料未及" in (tmp_path / "输出" / SOUND / "程序错误.txt").read_text(encoding="utf-8")
    monkeypatch.undo()
    assert run(town, tmp_path / "输出").endings == {Ending.MADE: 1, Ending.FAILED: 1}
    assert not (tmp_path / "输出" / SOUND / "程序错误.txt").exists()


def test_what_cannot_be_read_is_one_departments_problem(town: Path, tmp_path: Path) -> None:
    (town / BROKEN / "data" / "2022" / "department.yaml").write_text("格式: 没有\n", encoding="utf-8")
    done = run(town, tmp_path / "输出")
    assert done.states == {State.WARNED: 1, State.FAILED: 1}
    told = (tmp_path / "输出" / BROKEN / "问题.txt").read_text(encoding="utf-8-sig")
    assert told.startswith("错误：没有") or "没有" in told


def test_who_brought_its_worker_down_is_set_aside_and_keeps_its_files(town: Path, tmp_path: Path) -> None:
    output = tmp_path / "输出"
    run(town, output)
    before = files_in(output)
    replaced(town / SOUND / "data" / "2022" / "projects.yaml", "差旅费: 5.00", "差旅费: 5.0")
    aside = [Result(SOUND, Ending.ASIDE, note="做它的进程两次没有做完就没了")]
    done = run(town, output, runner=lambda work, orders: iter(aside), wish=Wish(only=(SOUND,)))
    assert done.states == {State.FAILED: 1} and files_in(output) == before
    assert run(town, output).endings == {Ending.MADE: 1, Ending.SAME: 1}
    assert [name for name in files_in(output)] == list(before)


def test_two_runs_at_once(town: Path, tmp_path: Path) -> None:
    with opened(tmp_path / "输出", "now", False), pytest.raises(UsageError, match="另一次运行正在写"):
        run(town, tmp_path / "输出")


def test_only_and_limit(town: Path, tmp_path: Path) -> None:
    output = tmp_path / "输出"
    assert run(town, output, "", wish=Wish(only=("二*",))).endings == {Ending.FAILED: 1}
    assert run(town, output, "", wish=Wish(limit=1)).endings == {Ending.CHECKED: 1}
    with pytest.raises(UsageError, match="没有叫“无此局”的部门"):
        run(town, output, wish=Wish(only=("无此局",)))
    with pytest.raises(UsageError, match="没有叫“无此局”的部门"):  # also where others are there
        run(town, output, wish=Wish(only=("001", "无此局")))
    (tmp_path / "空").mkdir()
    with pytest.raises(UsageError, match="没有部门可做"):
        run(tmp_path / "空", output)


def test_who_is_no_longer_waited_for_goes_from_the_record(town: Path, tmp_path: Path) -> None:
    run(town, tmp_path / "输出", "")
    (town / BROKEN).rename(town / "004-四局")
    done = run(town, tmp_path / "输出", "")
    assert done.gone == (BROKEN,)
    assert asked(tmp_path / "输出", "SELECT DISTINCT 标识 FROM 问题 ORDER BY 标识") == [(SOUND,), ("004-四局",)]


def test_data_is_never_written_over(town: Path) -> None:
    with pytest.raises(UsageError, match="里是要读的文件"):
        run(town, town)
    with pytest.raises(UsageError, match="里是要读的文件"):
        run(town, town / SOUND / "data" / "输出")
    (town / SOUND / "data" / "2022").rename(town / SOUND / "2022")
    (town / SOUND / "data").rmdir()
    with pytest.raises(UsageError, match="里是要读的文件"):
        run(town, town / SOUND / "2022")


def test_data_that_travels_gives_the_same_files(town: Path, tmp_path: Path) -> None:
    """As a worker on another machine does it: it sees neither the city's folders nor the output."""
    (town / "003-三局").mkdir()
    here, there = tmp_path / "这里", tmp_path / "那里"
    run(town, here)
    travelling = packed_plan(plan(there))

    def elsewhere(work: Work, orders: Sequence[Order]) -> Iterator[Result]:
        for order in orders:
            sent = packed_order(travelling, order)
            yield sent if isinstance(sent, Result) else work(sent)

    done = city(travelling, members_of(town), runner=elsewhere)
    assert done.endings == {Ending.MADE: 1, Ending.FAILED: 1, Ending.MISSING: 1}
    assert files_in(there) == files_in(here)
    assert asked(there, "SELECT * FROM 问题") == asked(here, "SELECT * FROM 问题")
    assert city(travelling, members_of(town), runner=elsewhere).endings == {Ending.SAME: 2, Ending.MISSING: 1}


@pytest.mark.slow
def test_departments_of_many_places_in_one_run(tmp_path: Path) -> None:
    """Each by its own profile and with its units, as ``report --all-units`` makes it; years right in its folder."""
    examples = {"江苏": "jiangsu", "上海": "shanghai", "湖南": "hunan", "四川": "sichuan", "北京": "beijing"}
    table = "名称,目录,格式,版本\n" + "".join(
        f"{place},{ROOT / 'examples' / name},{place},单位版\n" for place, name in examples.items()
    )
    (tmp_path / "应收清单.csv").write_text(table, encoding="utf-8")
    output = tmp_path / "输出"
    done = city(plan(output)._replace(year=2025), members_of(tmp_path))
    assert done.endings == {Ending.MADE: 4, Ending.MISSING: 1}
    for place, name in examples.items():
        shop = Workshop(ROOT / "templates", place)
        made = [] if name == "jiangsu" else list(every_edition(shop, ROOT / "examples" / name, 2025))
        expected = {file: content.data for one in made for file, content in one.files.items()}
        there = {path.name: path.read_bytes() for path in (output / name).glob("*.docx")}
        assert there == expected


def test_what_is_no_file_and_what_is_too_large_costs_one_department(town: Path, tmp_path: Path) -> None:
    """A pipe, which would be waited for without end; a folder; a large file that somebody put there; a link in a circle."""
    folder = town / SOUND / "data" / "2022"
    (folder / "basic.yaml").unlink()
    os.mkfifo(folder / "basic.yaml")
    (folder / "圈").symlink_to(folder)
    (folder / "prior.yaml").unlink()
    (folder / "prior.yaml").mkdir()
    done = run(town, tmp_path / "输出")
    assert done.endings == {Ending.FAILED: 2}
    told = (tmp_path / "输出" / SOUND / "问题.txt").read_text(encoding="utf-8-sig")
    assert "data/2022/basic.yaml: 错误 Y013 这不是一个文件" in told


def test_who_only_checks_or_fails_takes_no_document_away(town: Path, tmp_path: Path) -> None:
    """Not even where the record is lost: it may be damaged, and then people are told to move it away."""
    output = tmp_path / "输出"
    run(town, output)
    documents = [output / SOUND / DOCX]
    (output / RECORD).unlink()
    run(town, output, "")
    assert all(path.is_file() for path in documents)
    (output / RECORD).unlink()
    spoil(town / SOUND / "data" / "2022")
    run(town, output)
    assert all(path.is_file() for path in documents)
    mend(town / SOUND / "data" / "2022")
    assert run(town, output, "md").endings == {Ending.MADE: 1, Ending.SAME: 1}
    assert not any(path.is_file() for path in documents)


def test_a_document_that_cannot_be_replaced_costs_one_department(town: Path, tmp_path: Path) -> None:
    """As where somebody has it open in Word: Windows doesn't let it be replaced."""
    output, other = tmp_path / "输出", "003-三局"
    town_of(town, other)
    (output / SOUND / DOCX).mkdir(parents=True)
    output.joinpath("003-三局").write_bytes(b"not a folder")
    done = run(town, output)
    assert done.endings == {Ending.BLOCKED: 2, Ending.FAILED: 1} and done.states == {State.FAILED: 3}
    assert dict(done.broken)[SOUND] == f"无法写入 {output}/{SOUND}/{DOCX}：有同名的文件或目录占着位置，请改名或移开"
    (output / SOUND / DOCX).rmdir()
    (output / other).unlink()
    assert run(town, output).endings == {Ending.MADE: 2, Ending.SAME: 1}


def test_a_document_that_is_gone_is_not_said_to_be_there(town: Path, tmp_path: Path) -> None:
    output = tmp_path / "输出"
    run(town, output)
    (output / SOUND / DOCX).unlink()
    assert run(town, output, "").states == {State.WARNED: 1, State.FAILED: 1}
    assert asked(output, "SELECT 名称 FROM 文件 WHERE 标识 LIKE '001%'") == [("问题.txt",)]
    assert asked(output, "SELECT 做自 FROM 部门 WHERE 标识 LIKE '001%'") == [("",)]
    assert run(town, output).endings == {Ending.MADE: 1, Ending.SAME: 1}


def test_an_amount_that_no_record_holds_costs_one_department(town: Path, tmp_path: Path) -> None:
    """In 分 it is more than SQLite's largest number."""
    replaced(town / SOUND / "data" / "2022" / "projects.yaml", "差旅费: 5.00", "差旅费: 999999999999999.00")
    done = run(town, tmp_path / "输出", "")
    assert done.endings == {Ending.BLOCKED: 1, Ending.FAILED: 1} and done.states == {State.FAILED: 2}
    assert done.broken == ((SOUND, "汇总记不下它的数据：有的金额太大，请核对"),)
    assert not asked(tmp_path / "输出", "SELECT * FROM 金额 WHERE 标识 LIKE '001%'")


def test_a_file_whose_name_is_no_text_costs_nobody_else_anything(town: Path, tmp_path: Path) -> None:
    (town / SOUND / "data" / "2022" / os.fsdecode(b"\xff.yaml")).write_bytes(b"")
    done = run(town, tmp_path / "输出", "")
    assert sum(done.endings.values()) == 2


def test_what_was_published_is_not_what_this_run_makes(town: Path, tmp_path: Path) -> None:
    """Data and 公开日期 come in one evening: the document of the day before was published."""
    output, table = tmp_path / "输出", town / "应收清单.csv"
    head, row = "代码,名称,公开日期\n", SOUND.replace("-", ",")
    table.write_text(f"{head}{row},\n", encoding="utf-8")
    run(town, output)
    table.write_text(f"{head}{row},2022-03-01\n", encoding="utf-8")
    replaced(town / SOUND / "data" / "2022" / "narrative.yaml", "公用经费等预算减少", "公用经费减少")
    assert run(town, output).states == {State.CHANGED: 1}
    table.write_text(f"{head}{row},2022-03-02\n", encoding="utf-8")
    assert run(town, output).states == {State.PUBLISHED: 1}
    table.write_text(f"{head}{row},\n", encoding="utf-8")
    assert run(town, output).states == {State.WARNED: 1}


def test_the_record_of_a_killed_run_says_where_each_stands(town: Path, tmp_path: Path) -> None:
    output = tmp_path / "输出"
    run(town, output, "")
    (town / SOUND / "data" / "2022" / "department.yaml").unlink()

    def killed(work: Work, orders: Sequence[Order]) -> Iterator[Result]:
        yield work(orders[0])
        raise RuntimeError

    with pytest.raises(RuntimeError):
        run(town, output, runner=killed)
    assert asked(output, "SELECT 状态 FROM 部门 ORDER BY 序号") == [("有错误",), ("有错误",)]
    assert asked(output, "SELECT 原来, 现在 FROM 变动") == [("有警告", "有错误")]


def test_a_short_name_of_a_folder_is_taken_from_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """“a/” also ends “data/”."""
    town_of(tmp_path / "全市", SOUND).joinpath(SOUND).rename(tmp_path / "全市" / "a")
    monkeypatch.chdir(tmp_path / "全市")
    run(Path(), tmp_path / "输出", "")
    told = (tmp_path / "输出" / "a" / "问题.txt").read_text(encoding="utf-8-sig")
    assert "\ndata/2022/basic.yaml:" in told and str(tmp_path) not in told


def test_a_document_that_somebody_changed_without_changing_its_length_is_made_again(town: Path, tmp_path: Path) -> None:
    output = tmp_path / "输出"
    run(town, output)
    before = files_in(output)
    (output / SOUND / DOCX).write_bytes(bytes(len(before[f"{SOUND}/{DOCX}"])))
    assert run(town, output).endings == {Ending.MADE: 1, Ending.SAME: 1}
    assert files_in(output) == before


def test_results_are_kept_while_the_run_goes_on(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who kills it then finds them."""
    output, seen = tmp_path / "输出", list[int]()
    monkeypatch.setattr(verb, "_KEEP_EVERY", -1)

    def watched(work: Work, orders: Sequence[Order]) -> Iterator[Result]:
        for order in orders:
            yield work(order)
            seen.append(len(asked(output, "SELECT 1 FROM 部门 WHERE 结果 <> ''")))

    run(town, output, runner=watched)
    assert seen == [1, 2]

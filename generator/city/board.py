"""The bureau's board out of the record: what of each department, of all of them, and what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from generator.check.catalogue import catalogue
from generator.city.members import day_of
from generator.city.store import Store
from generator.model.board import (
    Board,
    Change,
    Compared,
    Department,
    Detail,
    Due,
    Public,
    RuleCount,
    Since,
    Split,
)
from generator.model.city import BESIDE, BROKEN_FILE, NOT_DONE, PROBLEMS_FILE, PUBLIC, TOTAL, Finding, State

_MESSAGES, _LONGEST = 3, 300
_MOST = 100_000
"""So many problems stand one by one in the workbook; a sheet holds a million rows, but nobody opens it."""
_SEVERITIES = ("错误", "警告", "建议")
_WORST_FIRST = "CASE 级别 WHEN '错误' THEN 0 WHEN '警告' THEN 1 ELSE 2 END"
_DOCUMENTS = (".docx", ".pdf", ".md", ".txt", ".xlsx")
"""What leads to a department's document, the best first."""
_Rows = Mapping[str, list[tuple[Any, ...]]]


class _Lines(NamedTuple):
    """What else is recorded of departments, each by its key."""

    files: _Rows
    totals: _Rows
    public: _Rows
    found: _Rows
    errors: _Rows


def board_of(store: Store, city: str, year: int) -> Board:
    """The board of the run that is being recorded; ``city`` is what the folder of all departments is called."""
    number, begun, ended, checking = next(store.rows(f"SELECT * FROM 运行 WHERE 编号 = {store.run:d}"))  # noqa: S608
    rules = _rules(store)
    lines = _Lines(
        _by_key(store, "SELECT 标识, 名称 FROM 文件 WHERE 单位 = '' ORDER BY rowid"),
        _by_key(store, f"SELECT 标识, 本年, 上年 FROM 金额 WHERE 口径 = '{TOTAL}'"),  # noqa: S608
        _by_key(store, f"SELECT 标识, 代码, 本年, 上年 FROM 金额 WHERE 口径 = '{PUBLIC}' ORDER BY rowid"),  # noqa: S608
        _by_key(store, "SELECT 标识, 级别, 规则, COUNT(*) FROM 问题 GROUP BY 标识, 级别, 规则"),
        _by_key(store, "SELECT 标识, 说明 FROM 问题 WHERE 级别 = '错误' ORDER BY rowid"),
    )
    places = {(rule.severity, rule.code): at for at, rule in enumerate(rules)}
    today = date.fromisoformat(begun[:10])
    departments = tuple(_departments(store, lines, places, today))
    return Board(
        city, year, begun, ended or "", bool(checking), departments, tuple(_since(store, begun)), rules, _splits(store),
        tuple(_findings(store, departments)), (), *_details(store),
    )  # fmt: skip


def _by_key(store: Store, query: str) -> _Rows:
    found = defaultdict[str, list[tuple[Any, ...]]](list)
    for key, *row in store.rows(query):
        found[key].append(tuple(row))
    return found


def _departments(
    store: Store, lines: _Lines, places: Mapping[tuple[str, str], int], today: date
) -> Iterator[Department]:
    query = """SELECT 标识, 代码, 名称, 状态, 地区, 错误, 警告, 建议, 截止日期, 联系人, 公开日期, 公开网址, 结果, 说明
        FROM 部门 ORDER BY 序号"""
    for key, code, name, state, place, errors, warnings, advice, due, contact, published, url, ending, note in store.rows(query):  # fmt: skip
        document, page, problems = _files([file for (file,) in lines.files.get(key, ())])
        found = sorted((places[severity, rule], many) for severity, rule, many in lines.found.get(key, ()))
        yield Department(
            key, code, name, State(state), place, errors, warnings, advice, _total(lines.totals.get(key, ())), _due(due, today),
            contact, published, url, document, page, problems, note if ending in NOT_DONE else "",
            tuple(found), _messages(lines.errors.get(key, ())), _public(lines.public.get(key, ())),
        )  # fmt: skip


def _files(names: Sequence[str]) -> tuple[str, str, str]:
    """Its document, its page, and what says what is wrong."""
    documents = [name for name in names if name not in BESIDE and "/" not in name]
    best = next((name for end in _DOCUMENTS for name in documents if PurePosixPath(name).suffix == end), "")
    page = next((name for name in documents if name.endswith(".html")), "")
    return best, page, next((name for name in (BROKEN_FILE, PROBLEMS_FILE) if name in names), "")


def _total(rows: Sequence[tuple[Any, ...]]) -> Compared | None:
    return Compared(*rows[0]) if rows else None


def _public(rows: Iterable[tuple[Any, ...]]) -> Public | None:
    """Of 公务用车 the widest figure that the place has: buying and running them together, else running them."""
    found = {code: Compared(now, before) for code, now, before in rows}
    cars = max((code for code in found if "30231" in code.split("+")), key=len, default="")
    return Public(found[""], found.get("30212"), found.get(cars), found.get("30217")) if "" in found else None


def _messages(rows: Iterable[tuple[Any, ...]]) -> tuple[str, ...]:
    """The first errors, each once: editions of a department share most of them."""
    return tuple(islice(dict.fromkeys(_short(text) for (text,) in rows), _MESSAGES))


def _due(text: str, today: date) -> Due:
    day = day_of(text)
    return Due(text) if day is None else Due(text, (today - day).days)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _rules(store: Store) -> tuple[RuleCount, ...]:
    """The worst first, of these what the most departments have."""
    titles = {entry.code: entry.title for entry in catalogue()}
    rows = store.rows("SELECT 规则, 级别, COUNT(DISTINCT 标识), COUNT(*) FROM 问题 GROUP BY 级别, 规则")
    found = [
        RuleCount(code, severity, titles.get(code, ""), departments, places)
        for code, severity, departments, places in rows
    ]
    return tuple(sorted(found, key=lambda one: (_SEVERITIES.index(one.severity), -one.departments, one.code)))


def _splits(store: Store) -> tuple[Split, ...]:
    """The largest first. Added here: what departments typed may be more than the record can add."""
    sums: dict[tuple[str, str], list[Any]] = {}
    for kind, code, name, now, before in store.rows("SELECT 口径, 代码, 名称, 本年, 上年 FROM 金额 ORDER BY rowid"):
        one = sums.setdefault((kind, code), [name, 0, 0, None, 0, 0])
        one[1] += 1
        one[2] += now
        if before is None:
            one[5] += 1
        else:
            one[3] = (one[3] or 0) + before
            one[4] += now
    found = (Split(kind, code, *numbers) for (kind, code), numbers in sums.items())
    return tuple(sorted(found, key=lambda one: (one.kind, -one.now, one.code)))


def _since(store: Store, begun: str) -> Iterator[Since]:
    """The last run that came to its end, and the last one of an earlier day where that is another."""
    runs = [*store.rows(f"SELECT 编号, 开始 FROM 运行 WHERE 编号 < {store.run:d} AND 结束 IS NOT NULL ORDER BY 编号")]  # noqa: S608
    if not runs:
        return
    yield Since("上次运行", runs[-1][1], _changes(store, runs[-1][0]))
    earlier = [run for run in runs if run[1][:10] < begun[:10]]
    if earlier and earlier[-1] != runs[-1]:
        yield Since("前一天最后一次运行", earlier[-1][1], _changes(store, earlier[-1][0]))


def _changes(store: Store, number: int) -> tuple[Change, ...]:
    """What is otherwise than at the end of a run: what changed and changed back is not."""
    found = defaultdict[str, dict[str, tuple[str, str]]](dict)
    rows = store.rows(
        f"SELECT 标识, 项, 原来, 现在 FROM 变动 JOIN 部门 USING (标识) WHERE 运行 > {number:d} ORDER BY 序号, 变动.rowid"  # noqa: S608
    )
    for key, what, before, now in rows:
        first = found[key].get(what, (before, now))[0]
        found[key][what] = first, now
    changes = (_change(key, said) for key, said in found.items())
    return tuple(one for one in changes if one.states or one.totals or one.documents)


def _change(key: str, said: Mapping[str, tuple[str, str]]) -> Change:
    before, now = said.get("状态", ("", ""))
    old, new = said.get(TOTAL, ("", ""))
    return Change(
        key,
        (State(before), State(now)) if before != now else None,
        (int(old), int(new)) if old != new else None,
        "文档" in said,
    )


def _findings(store: Store, departments: Iterable[Department]) -> Iterator[Finding]:
    """The worst first, with keys that may hold the sign that stands between them."""
    keys = {one.key for one in departments}
    query = f"SELECT * FROM 跨部门 ORDER BY {_WORST_FIRST}, rowid"  # noqa: S608
    for code, severity, concerned, message, remedy in store.rows(query):
        yield Finding(code, severity, tuple(_keys(concerned.split("、"), keys)), message, remedy)


def _keys(pieces: Sequence[str], keys: set[str]) -> Iterator[str]:
    at, most = 0, 1 + max((key.count("、") for key in keys), default=0)
    while at < len(pieces):
        ends = (end for end in range(min(at + most, len(pieces)), at, -1) if "、".join(pieces[at:end]) in keys)
        end = next(ends, at + 1)
        yield "、".join(pieces[at:end])
        at = end


def _details(store: Store) -> tuple[tuple[Detail, ...], int]:
    """The problems one by one, the worst first, and how many were too many."""
    query = f"""SELECT 标识, 单位, 级别, 规则, 文件, 行, 列, 位置, 问题.说明, 改法 FROM 问题 JOIN 部门 USING (标识)
        ORDER BY {_WORST_FIRST}, 序号, 问题.rowid LIMIT {_MOST}"""  # noqa: S608
    found = tuple(
        Detail(key, unit, severity, code, _where(file, line, column, place), message, remedy)
        for key, unit, severity, code, file, line, column, place, message, remedy in store.rows(query)
    )
    return found, next(store.rows("SELECT COUNT(*) FROM 问题"))[0] - len(found)


def _where(file: str, line: int, column: int, place: str) -> str:
    at = ":".join([file, *(str(number) for number in (line, column) if number)]) if file else ""
    return "，".join(filter(None, (at, place)))

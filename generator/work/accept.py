"""The verb accept: a finding that a person looked at and keeps goes into accepted.yaml; all that stand, into seen.yaml."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.check.catalogue import RULE_CODES, catalogue
from generator.model.problem import SEEN_FILE, Problem, Problems, Severity, UsageError, has_errors
from generator.model.replacement import Replacement
from generator.model.seen import UNITS_KEY, seen_of
from generator.render.problems import ordered
from generator.work.check import check
from generator.work.data_files import DataFile, opened, said, saying
from generator.work.workshop import Workshop

if TYPE_CHECKING:
    from generator.model.tree import Tree

ACCEPTED_FILE = "accepted.yaml"
_ABOVE = {
    ACCEPTED_FILE: "# 核对过、决定保留的提示，各有原因。提示没有了，就删去那一条。\n",
    SEEN_FILE: "# 上次看过的提示（shuoming accept --seen 写的，不用手改）。以后 check 先列这里没有的。\n",
}


class Wish(NamedTuple):
    """What a person accepts: a rule's findings that have all these ``words``, or the one of a ``number`` in the list; why, who, when.

    ``every``: all of them, where there are several.
    """

    rule: str
    words: tuple[str, ...] = ()
    number: int = 0
    every: bool = False
    reason: str = ""
    by: str = ""
    date: str = ""


class Accepting(NamedTuple):
    """What a wish comes to: the findings it may mean, those it accepts (none: it does not say which), and what is to be saved.

    ``meant`` has how often each is found: a record accepts by words, and so all that say the same.
    """

    meant: Mapping[str, int]
    accepted: tuple[str, ...] = ()
    changes: tuple[Replacement, ...] = ()
    problems: Problems = ()


def accept(shop: Workshop, data: Path, year: int, wish: Wish, unit: str = "") -> Accepting:
    """The records that accept findings of ``data/<year>``, appended to its accepted.yaml.

    Raises UsageError for a rule that there isn't, for one that is an error here, and where no finding is meant.
    """
    if wish.rule not in RULE_CODES | {entry.code for entry in catalogue()}:
        raise UsageError(f"没有“{wish.rule}”这条规则，请照 check 印出的编号写。")
    ended = check(shop, data, year, unit)
    of_rule = [problem for problem in ordered(ended.problems) if problem.code == wish.rule]
    if has_errors(of_rule):
        raise UsageError(
            f"{wish.rule} 是错误，不能接受：{of_rule[0].message}。请改正；规则不适用的，在格式方案的“检查”下调整。"
        )
    found = Counter(problem.message for problem in of_rule)
    meant = {message: times for message, times in found.items() if all(word in message for word in wish.words)}
    if not meant:
        raise UsageError(_none_of(wish, [*found], [problem for problem, _ in ended.accepted]))
    if wish.number > len(meant):
        raise UsageError(f"{wish.rule} 只有{len(meant)}处，没有第{wish.number}处。")
    every = tuple(meant)
    chosen = every[wish.number - 1 : wish.number] if wish.number else every if wish.every or len(every) == 1 else ()
    if not chosen:
        return Accepting(meant)
    changes, problems = _appended(opened(data / str(year) / ACCEPTED_FILE), chosen, wish, unit)
    return Accepting(meant, chosen, changes, problems)


def _none_of(wish: Wish, messages: Sequence[str], accepted: Sequence[Problem]) -> str:
    before = [
        problem
        for problem in accepted
        if problem.code == wish.rule and all(word in problem.message for word in wish.words)
    ]
    if before:
        return f"{wish.rule} 已经接受过：{before[0].message}。"
    if not messages:
        return f"检查没有报 {wish.rule}，没有可接受的。"
    return f"{wish.rule} 的{len(messages)}处里没有“{' '.join(wish.words)}”，如：{messages[0]}。"


def _appended(
    file: DataFile, messages: Sequence[str], wish: Wish, unit: str
) -> tuple[tuple[Replacement, ...], Problems]:
    if file.problems:
        return (), file.problems
    before = said(file)
    records: list[Tree] = list(before) if isinstance(before, list) else []
    by = wish.by or _last_by(records) or "编制人"
    for message in messages:
        unit_of = {UNITS_KEY: unit} if unit else {}
        dated = {"日期": wish.date} if wish.date else {}
        records.append(
            {"规则": wish.rule, "内容": _seen(message), **unit_of, "原因": wish.reason, "接受人": by, **dated}
        )
    return _saying(file, records)


def _last_by(records: Sequence[Tree]) -> str:
    """Who accepted last."""
    names = [record.get("接受人") for record in records if isinstance(record, dict)]
    return next((name for name in reversed(names) if isinstance(name, str)), "")


def _seen(message: str) -> str:
    """The longest part of a message that a file can hold: it may quote what nobody sees."""
    parts = re.split(r"[^\S ]|\n", "".join(letter if letter.isprintable() else "\n" for letter in message))
    return max(parts, key=len).strip()


def keep_seen(shop: Workshop, data: Path, year: int, unit: str = "") -> tuple[int, tuple[Replacement, ...], Problems]:
    """How many findings stand in ``data/<year>``, and the seen.yaml that remembers them.

    Raises UsageError while there are errors: what was not asked would be new afterwards.
    """
    ended = check(shop, data, year, unit)
    if ended.failed:
        number = sum(problem.severity is Severity.ERROR for problem in set(ended.problems))
        raise UsageError(f"还有{number}处错误，先改好再记下看过的提示。")
    file = opened(data / str(year) / SEEN_FILE)
    if file.problems:  # nothing in it is a person's
        file = file._replace(source=file.source._replace(text=""), problems=())
    before = said(file)
    before = before if isinstance(before, dict) else {}
    now: dict[str, Tree] = {code: [*words] for code, words in seen_of(set(ended.problems), ended.sources).items()}
    units = before.get(UNITS_KEY)
    units = dict(units) if isinstance(units, dict) else {}
    if unit:
        now = {**{code: words for code, words in before.items() if code != UNITS_KEY}, UNITS_KEY: {**units, unit: now}}
    elif units:
        now[UNITS_KEY] = units
    changes, problems = _saying(file, now)
    return len(set(ended.problems)), changes, problems


def _saying(file: DataFile, tree: Tree) -> tuple[tuple[Replacement, ...], Problems]:
    if not file.source.text.strip():
        file = file._replace(source=file.source._replace(text=_ABOVE[file.path.name]))
    return saying(file, tree)

"""Whatever is done to a city, in whatever order: files, record and states are what a plain model says, and what is not ours stays."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from generator.city.city import Wish, Work, city
from generator.city.members import members_of
from generator.city.record import RECORD
from generator.model.city import Order, Result, State
from tests.city.towns import department, files_in, plan, replaced, run, spoil

KEYS = ("001-一局", "002-二局", "003-三局", "004-四局")
SOUND, OTHER, BROKEN, ABSENT = "正确", "改过", "有错", "没有"
VARIANTS = (SOUND, OTHER, BROKEN, ABSENT)
PROBLEMS = "问题.txt"
Files = dict[str, bytes]


@cache
def _kept() -> Path:
    return Path(tempfile.mkdtemp(prefix="shuoming-any-order-"))


def written(town: Path, key: str, variant: str) -> None:
    """The department's data in one of the variants."""
    folder = town / key
    shutil.rmtree(folder, ignore_errors=True)
    if variant == ABSENT:
        folder.mkdir(parents=True)
        return
    year = department(town, key)
    if variant == BROKEN:
        spoil(year)
    if variant == OTHER:
        replaced(year / "narrative.yaml", "公用经费等预算减少", "公用经费减少")


@cache
def fresh(key: str, variant: str, form: str) -> Files:
    """What a run into an empty folder leaves of a department; an empty ``form``: it only checks."""
    folder = Path(tempfile.mkdtemp(dir=_kept()))
    written(folder / "全市", key, variant)
    run(folder / "全市", folder / "输出", form)
    return {
        name.partition("/")[2]: data for name, data in files_in(folder / "输出").items() if "/.shuoming" not in name
    }


class Known(NamedTuple):
    """What the record should say of a department: what was last looked at, of which its documents were made, and those."""

    seen: str = ""
    asked: tuple[str, str] | None = None
    made: tuple[str, str] | None = None
    form: str = ""
    documents: tuple[tuple[str, bytes], ...] = ()
    date: str = ""
    published: tuple[tuple[str, bytes], ...] | None = None


class City(RuleBasedStateMachine):
    """Three departments, a fourth name, and all that people do with them."""

    @initialize()
    def begin(self) -> None:
        """All is sound, and nothing is made yet."""
        self.folder = Path(tempfile.mkdtemp(dir=_kept()))
        self.town, self.output, self.program = self.folder / "全市", self.folder / "输出", "1"
        self.data = dict.fromkeys(KEYS, SOUND)
        self.dates = dict.fromkeys(KEYS[:3], "")
        self.disk: dict[str, Files] = {}
        self.record: dict[str, Known] = {}
        self.states: dict[str, str] = {}
        for key in KEYS:
            written(self.town, key, SOUND)

    # what people do

    @rule(key=st.sampled_from(KEYS), variant=st.sampled_from(VARIANTS))
    def edit(self, key: str, variant: str) -> None:
        """Data are edited, broken, mended, taken away."""
        written(self.town, key, variant)
        self.data[key] = variant

    @rule(key=st.sampled_from(KEYS))
    def list_or_not(self, key: str) -> None:
        """A row of the table goes, or comes."""
        if key in self.dates and len(self.dates) > 1:
            del self.dates[key]
        else:
            self.dates[key] = self.dates.get(key, "")

    @rule(key=st.sampled_from(KEYS), date=st.sampled_from(["", "2022-03-01", "2022-03-02"]))
    def publish(self, key: str, date: str) -> None:
        """A 公开日期 comes, changes, goes."""
        if key in self.dates:
            self.dates[key] = date

    @rule(
        key=st.sampled_from(KEYS),
        variant=st.sampled_from((SOUND, OTHER)),
        date=st.sampled_from(["2022-03-01", "2022-03-02"]),
    )
    def publish_and_edit(self, key: str, variant: str, date: str) -> None:
        """Both before anybody runs it again."""
        self.publish(key, date)
        self.edit(key, variant)

    @rule(key=st.sampled_from(KEYS), edit=st.booleans(), which=st.integers(0, 2))
    def touch_output(self, key: str, edit: bool, which: int) -> None:
        """A file of the output is deleted, or edited."""
        names = sorted(set(self.disk.get(key, {})) - {"我的.txt"})
        if not names:
            return
        name = names[which % len(names)]
        path = self.output / key / name
        if edit:
            path.write_bytes(path.read_bytes() + b"!")
            self.disk[key][name] += b"!"
        else:
            path.unlink()
            del self.disk[key][name]

    @rule(key=st.sampled_from(KEYS))
    def mine(self, key: str) -> None:
        """Somebody puts a file of his own there."""
        (self.output / key).mkdir(parents=True, exist_ok=True)
        (self.output / key / "我的.txt").write_bytes(b"mine")
        self.disk.setdefault(key, {})["我的.txt"] = b"mine"

    @rule()
    def another_program(self) -> None:
        """The program, or the profile, is another."""
        self.program += "1"

    @rule()
    def lose_record(self) -> None:
        """The record is moved away, as one is told where it is damaged."""
        (self.output / RECORD).unlink(missing_ok=True)
        self.record, self.states = {}, {}

    @rule(form=st.sampled_from(["docx", "docx", "md"]))
    def make(self, form: str) -> None:
        """All of them are made."""
        self.runs(form, "*", 0, "", 0)

    @rule()
    def check(self) -> None:
        """All of them are checked."""
        self.runs("", "*", 0, "", 0)

    @rule(form=st.sampled_from(["", "docx", "md"]), only=st.sampled_from(["*", *KEYS]), limit=st.sampled_from([0, 0, 0, 2]),
          ends=st.sampled_from(["", "", "", "", "Ctrl-C", "kill"]), after=st.integers(0, 2))  # fmt: skip
    def runs(self, form: str, only: str, limit: int, ends: str, after: int) -> None:
        """A run, which may be ended."""
        listed = sorted(self.dates)
        if only not in ("*", *listed):
            return
        table = "".join(f"{key.replace('-', ',')},{date}\n" for key, date in self.dates.items())
        (self.town / "应收清单.csv").write_text(f"代码,名称,公开日期\n{table}", encoding="utf-8")
        wanted = [key for key in listed if only in ("*", key)][: limit or None]
        until = min(after, len(wanted) - 1) if ends else len(wanted)
        asked = plan(self.output, form)._replace(program=self.program)
        with suppress(RuntimeError):
            city(asked, members_of(self.town), Wish((only,), limit), partial(_until, until, ends))
        before = self.record
        self.record = {key: self._noted(before.get(key, Known()), self.dates[key]) for key in listed}
        for key in wanted[:until]:
            self.record[key] = self._worked(key, form, self.record[key])
        if ends == "kill":
            self._worked(wanted[until], form, self.record[wanted[until]])
            done = {key: self._state(self.record[key]).value for key in wanted[:until]}
            self.states = {key: self.states.get(key, "") for key in listed} | done
            return
        self.record = {key: self._noted(known, self.dates[key]) for key, known in self.record.items()}
        self.states = {key: self._state(known).value for key, known in self.record.items()}

    # what should be

    def _noted(self, known: Known, date: str) -> Known:
        """What was published is what stood there when its date was first seen."""
        if known.date == date and (known.published is not None or not date):
            return known
        return known._replace(date=date, published=known.documents if date and known.documents else None)

    def _worked(self, key: str, form: str, known: Known) -> Known:
        """What is found on the disk afterwards, and what is known of it."""
        variant, disk = self.data[key], self.disk.setdefault(key, {})
        documents = {name: data for name, data in known.documents if disk.get(name) == data}
        now = fresh(key, variant, form) if variant != ABSENT else {}
        if form and variant in (SOUND, OTHER):
            documents = {name: data for name, data in now.items() if name != PROBLEMS}
            for name in [name for name in disk if name != "我的.txt"]:
                del disk[name]
        disk.pop(PROBLEMS, None)
        disk |= now
        print_of = (variant, self.program)
        made = known.made if tuple(documents.items()) == known.documents else None
        if form and variant in (SOUND, OTHER):
            made = print_of
        asked = None if variant == ABSENT else print_of
        return self._noted(
            known._replace(seen=variant, asked=asked, made=made, form=form, documents=tuple(documents.items())),
            known.date,
        )

    def _state(self, known: Known) -> State:
        if known.seen in (BROKEN, ABSENT):
            return State.FAILED if known.seen == BROKEN else State.MISSING
        there, forms = dict(known.documents), {Path(name).suffix for name, _ in known.documents}
        differ = any(
            there.get(name) != data for name, data in known.published or () if not forms or Path(name).suffix in forms
        )
        if (known.made and known.asked != known.made) or (known.date and differ):
            return State.CHANGED
        if known.date:
            return State.PUBLISHED
        return State.WARNED if known.seen else State.OPEN

    @invariant()
    def files_are_right(self) -> None:
        """And nothing else stands there."""
        if not hasattr(self, "disk"):
            return
        found = files_in(self.output) if self.output.is_dir() else {}
        there = {name: data for name, data in found.items() if "/.shuoming" not in name}
        assert there == {f"{key}/{name}": data for key, files in self.disk.items() for name, data in files.items()}

    @invariant()
    def record_is_right(self) -> None:
        """States and documents."""
        if not hasattr(self, "states") or not (self.output / RECORD).is_file():
            return
        with closing(sqlite3.connect(self.output / RECORD)) as connection:
            states = dict(connection.execute("SELECT 标识, 状态 FROM 部门").fetchall())
            rows = connection.execute("SELECT 标识, 名称 FROM 文件 WHERE 名称 <> ?", (PROBLEMS,)).fetchall()
        assert states == self.states
        assert sorted(rows) == sorted((key, name) for key, known in self.record.items() for name, _ in known.documents)


def _until(number: int, ends: str, work: Work, orders: Sequence[Order]) -> Iterator[Result]:
    """So many results; then the run is ended, by kill -9 while it is at the next one."""
    for order in orders[:number]:
        yield work(order)
    if ends == "Ctrl-C":
        raise KeyboardInterrupt
    if ends == "kill":
        work(orders[number])
        raise RuntimeError


@pytest.mark.slow
def test_any_order() -> None:
    try:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            City,
            settings=settings(
                max_examples=20,
                stateful_step_count=20,
                deadline=None,
                derandomize=True,
                suppress_health_check=[*HealthCheck],
            ),
        )
    finally:
        shutil.rmtree(_kept(), ignore_errors=True)
        _kept.cache_clear()
        fresh.cache_clear()

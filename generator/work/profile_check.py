"""The verb of ``profile check``: a profile tried on made-up departments, from one that has nothing to one that has all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.compose.names import names_in
from generator.compose.traced import Branch, Trace
from generator.load.classification import NEWEST, load_classification
from generator.load.profile import load_profile
from generator.load.shipped import label_of
from generator.load.watch import LATEST, layers_of
from generator.model.basis import LAST_YEAR
from generator.model.classification import LISTS, Classification
from generator.model.department import UNIT
from generator.model.problem import Problem, Problems, Severity, has_errors
from generator.model.profile import Profile
from generator.model.source import Position, Source
from generator.model.table_spec import TextColumn
from generator.render.docx.master import master_problems, master_texts
from generator.trial.departments import EVERYTHING, trials
from generator.trial.unused import Idle, Used, idle_files, idle_in_report, idle_of, idle_titles
from generator.work.picture import wanted_in
from generator.work.trying import Tried, Trying, alike
from generator.work.workshop import Workshop

_IDLE = "P203"


class ProfileChecked(NamedTuple):
    """What is wrong with a profile, the files it was read from, and on how many made-up documents it was tried."""

    problems: Problems
    sources: Mapping[str, Source]
    documents: int

    @property
    def failed(self) -> bool:
        """Whether something has to be mended before the profile is used."""
        return has_errors(self.problems)


def _unheard(_: str) -> None:
    """Nobody listens."""


def check_profile(shop: Workshop, scratch: Path, tell: Callable[[str], None] = _unheard) -> ProfileChecked:
    """The profile tried in every year that it says a difference of, in both editions; ``tell`` hears which department it is.

    The files of the made-up departments are laid into ``scratch``, an empty folder that the caller takes away. Raises
    UsageError where there is no such profile.
    """
    states = list(_states(shop))
    problems = tuple(dict.fromkeys(problem for _, found, _ in states for problem in found))
    sources = {source.name: source for _, _, read in states for source in read}
    profiles = [profile for profile, _, _ in states if profile is not None]
    if len(profiles) < len(states):
        return ProfileChecked(problems, sources, 0)
    for profile in profiles[:1]:
        problems += master_problems(profile.master, profile.master_position.file, shop.remember)
        _, found, read_too = wanted_in(shop, profile)
        problems, sources = (*problems, *found), {**sources, **read_too}
    trace, results = Trace(), list[Tried]()
    for year in _years(shop):
        of_year = shop.profile(year, "")[0] or profiles[0]
        trying = Trying(shop, year, trace)
        made = trials(of_year, year, codes_of(of_year, year))
        for number, trial in enumerate(sorted(made, key=lambda one: one.name != EVERYTHING)):
            tell(f"用试编的部门检查（{year}年，第{number + 1}个）")
            results += trying.tried(trial, scratch / f"{year}-{number}")
    told = {alike(problem): problem for result in reversed(results) for problem in reversed(result.problems)}
    titles = frozenset(title for result in results for title in result.titles)
    broken = {one.position.file for one in told.values() if one.code.startswith("P1")}
    taken = (branch for branch in _own(shop, trace) if branch.position.file not in broken)  # half of it never ran
    idle = [*map(_branch, taken), *_idle(shop, profiles, sources, titles)]
    if not has_errors(told.values()):  # else what is not there may be missing for that
        idle += [*_unmoved(shop, profiles, results), *_silent(shop, profiles, results)]
    found = tuple(Problem(_IDLE, Severity.ADVICE, one.what, one.remedy, one.position) for one in idle)
    return ProfileChecked((*problems, *told.values(), *found), sources, len(results))


def _years(shop: Workshop) -> tuple[int, ...]:
    """A year of each state the profile has: before its first folder of a year, and from each of them on."""
    years = sorted({int(folder.name) for folder in shop.folders if folder.name.isdigit()})
    return (years[0] - 1, *years) if years else (NEWEST,)


def _states(shop: Workshop) -> Iterator[tuple[Profile | None, Problems, tuple[Source, ...]]]:
    for year in _years(shop):
        yield shop.profile(year, "")
        yield shop.profile(year, UNIT)


def codes_of(profile: Profile, year: int) -> Classification:
    """The codes that were the same in the year and all that it is compared with, they and those above them."""
    earlier = {year - basis.years for basis in profile.bases} - {year}
    found, *before = (
        load_classification(one, profile.extra_codes, profile.editions) for one in (year, *sorted(earlier))
    )
    for key in LISTS:
        names = found.names(key)
        same = {code for code, name in names.items() if all(one.names(key).get(code) == name for one in before)}
        kept = {code: names[code] for code in names if {code[:3], code[:5], code} <= same}
        found = found.with_names(key, kept)
    return found


def _own(shop: Workshop, trace: Trace) -> Iterator[Branch]:
    """The branches of the profile's own templates that nothing took."""
    own = _folder(shop)
    return (branch for branch in trace.untaken() if branch.position.file.startswith(own))


def _branch(branch: Branch) -> Idle:
    what = f"模板里“{branch.tag}”这一支，试编的各种部门都没有用到"
    return Idle(what, "请核对条件写得对不对；用不着的可以删去，是为别的部门留的可以不改。", branch.position)


def _unmoved(shop: Workshop, profiles: list[Profile], results: list[Tried]) -> Iterator[Idle]:
    """Figures that are compared with last year and whose change no sentence says: a department would be asked for reasons."""
    if any(_building_on(shop)):
        return  # which may say it
    moved = frozenset(name for result in results for name in result.moved)
    compared = [one.name for one in profiles[-1].figures if LAST_YEAR.name in one.bases]
    idle = [name for name in compared if name not in moved]
    if idle:
        remedy = "部门却要填它的上年数和变动原因：请把它写进句子；不写的，在 figures.yaml 的“比上年”里写全要比的，不写“沿用”。"
        where = Position(f"{_folder(shop)}figures.yaml")
        yield Idle(f"“比上年”里的{'、'.join(f'“{name}”' for name in idle)}没有用到：句子里没有说增减", remedy, where)


def _silent(shop: Workshop, profiles: list[Profile], results: list[Tried]) -> Iterator[Idle]:
    """Columns of words in the profile's own tables that say nothing in any row of any document."""
    said = frozenset(column for result in results for column in result.said)
    filled = {file for file, _ in said}
    for spec in profiles[-1].tables:
        file = spec.title.position.file
        for leaf in spec.leaves if file.startswith(_folder(shop)) and file in filled else ():
            if isinstance(leaf, TextColumn) and (file, leaf.label) not in said:
                remedy = f"请核对“{leaf.source}”：行要按它列，如“按: [项目, 功能科目]”；留给手填的可以不改。"
                yield Idle(f"表“{spec.title.value}”的列“{leaf.label}”从来没有内容", remedy, spec.title.position)


def _building_on(shop: Workshop) -> Iterator[Path]:
    """The report.yaml of each profile that builds on this one."""
    for path in sorted(shop.home.parent.glob("*/report.yaml")):
        if path.parent.name != shop.name and shop.home in layers_of(path.parent, LATEST):
            yield path


def _folder(shop: Workshop) -> str:
    return f"{label_of(shop.home)}/"


def _idle(
    shop: Workshop, profiles: list[Profile], sources: Mapping[str, Source], titles: frozenset[str]
) -> Iterator[Idle]:
    """What the profile's own files declare and neither it nor one that builds on it uses."""
    own, every = _folder(shop), dict(sources)
    users = list(profiles)
    for path in _building_on(shop):
        profile, _, read = load_profile(path.parent)
        users += [profile] if profile is not None else []
        every |= {source.name: source for source in read}
    named = names_in(_templates(users, every))
    used = Used(named.uses, lambda word: word in named.words or word in named.parts, titles)
    for folder in layers_of(shop.home, LATEST, UNIT):
        for name in ("figures.yaml", "report.yaml"):
            source = every.get(f"{label_of(folder)}/{name}")
            if source is None or not source.name.startswith(own):
                continue
            if name == "figures.yaml":
                yield from idle_of(users, source, used)
            else:
                texts = [one.text for one in every.values() if one.name.endswith(".yaml")]
                yield from idle_in_report(profiles[0], source, texts, used)
    yield from dict.fromkeys(one for profile in profiles for one in idle_titles(profile, used, own))
    outlined = [part.prose.name for profile in users for part in profile.outline if part.prose is not None]
    files = sorted(
        label_of(path) for pattern in ("tables/*.yaml", "prose/*.j2") for path in shop.home.glob(f"**/{pattern}")
    )
    tables = [name for name in every if "/tables/" in name]
    yield from idle_files(files, (*tables, *outlined), named.files)


def _templates(profiles: list[Profile], sources: Mapping[str, Source]) -> Iterator[Source]:
    """All texts that a template may stand in: prose, the lines of YAML files that have one, the master's."""
    for source in sources.values():
        if source.name.endswith(".j2"):
            yield source
        else:
            yield from (Source(source.name, line) for line in source.text.split("\n") if "{{" in line)
    for profile in profiles:
        yield from (Source("", text) for text in master_texts(profile.master))

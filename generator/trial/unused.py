"""What a profile declares and nothing of it uses: tables, texts, figures, facts, lists, words, formats, titles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.model.profile import Profile
from generator.model.source import Position, Source
from generator.model.table_spec import BlockRows, GroupRows, RecordRows, RowSpec

_REMEDY = "请删去，或在正文、表里用上。"


class Idle(NamedTuple):
    """Something declared and never used: what, how to mend it, where."""

    what: str
    remedy: str
    position: Position


class Used(NamedTuple):
    """What is used by the profile and by those that build on it.

    ``value`` says whether a template names a value, ``word`` whether one has a word in quotes or asks it of an item.
    ``titles`` are the headings and entries that some document had.
    """

    value: Callable[[str], bool]
    word: Callable[[str], bool]
    titles: frozenset[str]


def idle_of(profiles: Sequence[Profile], figures: Source, used: Used) -> Iterator[Idle]:
    """What the file ``figures`` (figures.yaml of the profile itself) declares and no one of ``profiles`` uses."""
    told = set[str]()
    for profile in profiles:
        for kind, name, is_used in (
            *(("数", one.name, _is_used_figure(one.name, profile, used)) for one in profile.figures),
            *(("填报", name, _is_used_fact(name, profile, used)) for name in profile.facts),
            *(("合计", name, used.value(name)) for name in (*profile.sums, *profile.record_sums)),
            *(("清单", one.name, _is_used_list(one.name, profiles, used)) for one in profile.lists),
            *(("说明", word, used.word(word)) for words in profile.sayings.values() for word in words),
        ):
            place = _place(figures, kind, name)
            if is_used:
                told.add(kind + name)
            elif place.line and kind + name not in told:
                told.add(kind + name)
                yield Idle(f"“{kind}”里的“{name}”没有用到", _REMEDY, place)


def _is_used_figure(name: str, profile: Profile, used: Used) -> bool:
    """Named by a template, or what a share, a sum or a list needs."""
    composed = {one for parts in profile.compositions for one in (parts.whole, *parts.parts)}
    checked = {figure for one in profile.lists for figure in one.equals.values()}
    return used.value(name) or name in composed or name in checked


def _is_used_fact(name: str, profile: Profile, used: Used) -> bool:
    return used.value(name) or any(name in parts and used.value(total) for total, parts in profile.sums.items())


def _is_used_list(name: str, profiles: Iterable[Profile], used: Used) -> bool:
    every = list(profiles)
    rows = (row for profile in every for table in profile.tables for panel in table.panels for row in panel.rows)
    summed = (one for profile in every for total, one in profile.record_sums.items() if used.value(total))
    return used.value(name) or any(one.list == name for one in summed) or any(_lists(row, name) for row in rows)


def _lists(row: RowSpec, name: str) -> bool:
    if isinstance(row, RecordRows):
        return row.list == name
    inner = row.below if isinstance(row, GroupRows) else row.rows if isinstance(row, BlockRows) else ()
    return any(_lists(one, name) for one in inner)


def idle_in_report(profile: Profile, report: Source, texts: Iterable[str], used: Used) -> Iterator[Idle]:
    """数的格式 and 封面 that the file ``report`` (report.yaml) names and nothing chooses; ``texts`` are the profile's YAML files."""
    every = "\n".join(texts)
    for name in profile.conventions.formats:
        chosen = re.search(rf":\s*[\"']?{re.escape(name)}[\"']?\s*(?:[,}}#]|$)", every, re.MULTILINE)
        place = _place(report, "数的格式", name)
        if place.line and not used.word(name) and not chosen:
            yield Idle(f"“数的格式”里的“{name}”没有用到", "请删去，或在惯例、表或数里选用。", place)
    for name in profile.cover:
        place = _place(report, "封面", name)
        if place.line and not used.value(name):
            yield Idle(f"“封面”里的“{name}”没有用到", f"请在母版的封面上写“{{{{ {name} }}}}”，或删去。", place)


def idle_titles(profile: Profile, used: Used, own: str) -> Iterator[Idle]:
    """Titles of the outline that no document had, neither as a heading nor in its contents."""
    for part in profile.outline:
        title = part.title
        if title is None or not title.position.file.startswith(own):
            continue
        said = [_like(text.value) for text in (title, part.entry) if text is not None]
        if not any(re.search(pattern, shown) for pattern in said for shown in used.titles):
            remedy = "它下面没有过文字和表，目录里也就没有：请核对正文和附表，或删去这一项。"
            yield Idle(f"标题“{title.value}”没有用到", remedy, title.position)


def _like(title: str) -> str:
    """A pattern of what a title may have become."""
    return ".*".join(map(re.escape, re.split(r"\{\{.*?\}\}", title))) + "$"


def idle_files(own: Iterable[str], read: Iterable[str], named: Iterable[str]) -> Iterator[Idle]:
    """Files of the profile's own folders: tables that nobody reads, texts that neither the outline nor a template names."""
    used, words = set(read), set(named)
    for path in own:
        name = path.rpartition("/")[2]
        if path in used or name in words or any(path.endswith(f"/{word}") for word in words):
            continue
        what = "这张表" if "/tables/" in path else "这份文字"
        where = "大纲里没有列，也没有别的表沿用它" if "/tables/" in path else "大纲和别的模板都没有用它"
        yield Idle(f"{what}没有用到：{where}", "请列进大纲，或删去这个文件。", Position(path))


def _place(source: Source, section: str, name: str) -> Position:
    """Where a section of a file declares a name; no line where it does not."""
    start = re.search(rf"(?m)^{re.escape(section)}:", source.text)
    if start is None:
        return Position(source.name)
    rest = re.search(r"(?m)^[^\s#]", source.text[start.end() :])
    end = start.end() + rest.start() if rest else len(source.text)
    begin = start.end()
    words = [name] if f"{name}:" in source.text else name.split(".")
    for word in words:
        found = re.compile(rf"(?<![\w.]){re.escape(word)}\s*(?=[:,\]}}\n]|$)").search(source.text, begin, end)
        if found is None:
            return Position(source.name)
        begin = found.start()
    return source.at(begin)

"""A year's folder into Inputs: department, ledger, projects, performance, last year, words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from generator.load.accepted import read_accepted
from generator.load.classification import load_classification
from generator.load.code_book import CodeBook
from generator.load.controls import read_controls
from generator.load.extra_codes import read_extra_codes
from generator.load.fields import Fields, brief, fields_of, names_of, pairs_of, text_of, texts_of
from generator.load.files import Folder, access
from generator.load.narrative import LINES, read_narrative, read_prior, read_reasons
from generator.load.performance import read_performance
from generator.load.projects import read_basic, read_projects
from generator.load.spending import SpendingReader
from generator.load.yaml_text import Node, Reader
from generator.model.basis import LAST_YEAR
from generator.model.classification import Classification
from generator.model.department import (
    NATURES,
    Department,
    Inputs,
    LastYear,
    Performance,
    Project,
    Sayings,
    Structure,
    Unit,
)
from generator.model.doubts import UNCONFIRMED, Doubts
from generator.model.figure import Fact
from generator.model.ledger import Ledger, LedgerLine, ledger_of
from generator.model.money import Scale
from generator.model.problem import Problems, UsageError, has_errors
from generator.model.profile import Profile
from generator.model.remember import Remember, anew
from generator.model.source import Source

if TYPE_CHECKING:
    from generator.model.record import Record

_CODE = re.compile(r"[0-9A-Za-z-]+")
SCALES = {"万元": Scale.WAN, "元": Scale.YUAN}


def load_department(
    data: Path, year: int, profile: Profile, remember: Remember = anew, draft: bool = False
) -> tuple[Inputs | None, Problems, tuple[Source, ...]]:
    """All of ``data/<year>``; last year's ledger too when ``data/<year-1>`` is there.

    None when something is wrong that a document can't be made from; every problem is returned. ``remember`` may keep
    the classification. For a ``draft`` what is not filled in or confirmed (待填, 待确认) is only warned of.
    """
    with access():
        return _load_department(data, year, profile, remember, draft)


def _load_department(
    data: Path, year: int, profile: Profile, remember: Remember, draft: bool
) -> tuple[Inputs | None, Problems, tuple[Source, ...]]:
    folder = data / str(year)
    if not folder.is_dir():
        years = sorted(path.name for path in data.glob("[0-9][0-9][0-9][0-9]") if path.is_dir())
        raise UsageError(f"没有 {folder.as_posix()} 这个目录。现有年度：{'、'.join(years) or '无'}。")
    own = {dimension.name: dimension for dimension in profile.dimensions}
    now, before = Folder(folder, own), Folder(data / str(year - 1), own)
    now.widened = before.widened = profile.widened
    now.draft, before.draft = draft, False
    inputs = _load_year(now, year, profile, remember)
    if inputs is not None and (before.path / "department.yaml").exists():
        ledger, last_year = _load_prior(before, year - 1, profile, remember)
        inputs = inputs._replace(prior_ledger=ledger, last_year=last_year)
    others = [basis for basis in profile.bases if basis != LAST_YEAR and basis.has_folder]
    folders = {basis.name: Folder(data / str(year - basis.years), own) for basis in others}
    for one in folders.values():
        one.widened, one.draft = profile.widened, False
    for basis in others:
        if inputs is not None and (folders[basis.name].path / "department.yaml").exists():
            ledger, _ = _load_prior(folders[basis.name], year - basis.years, profile, remember)
            inputs = inputs._replace(earlier={**inputs.earlier, basis.name: ledger})
    all_read = (now, before, *folders.values())
    if any(has_errors(one.problems) for one in all_read[1:]):
        inputs = None  # compared with half a ledger, every number would be told wrong
    problems = tuple(problem for one in all_read for problem in one.problems)
    return inputs, problems, tuple(source for one in all_read for source in one.sources)


def _load_year(folder: Folder, year: int, profile: Profile, remember: Remember) -> Inputs | None:
    head, codes = _read_head(folder, year, profile, remember)
    if has_errors(folder.problems):
        for name in ("basic.yaml", "projects.yaml", "performance.yaml", "narrative.yaml", "prior.yaml"):
            folder.open(name, required=False)  # their syntax is still worth telling; their content hangs on this file
        return None
    ledger, projects = _read_money(folder, head, codes, profile)
    performance = read_performance(*folder.open("performance.yaml", required=profile.shows_performance))
    said = partial(_sayings, profile=profile, codes=codes, known=(projects, head.agencies))
    units = _units(folder, head, profile, said)
    of_units = {name for unit in units.values() for name in unit.facts}
    needed = bool(profile.facts.keys() - of_units)
    reader, node = folder.open("narrative.yaml", needed)
    narrative = read_narrative(reader, node, profile, head.scale, (of_units, ()))
    sayings = said(reader, narrative.sayings)
    typed, ledgers = _read_bases(folder, profile, codes, head)
    records = _records(folder, head, profile)
    doubts = _doubts(folder)
    accepted = tuple(read_accepted(*folder.open("accepted.yaml", required=False), tuple(head.agencies)))
    if has_errors(folder.problems):
        return None
    department = head._replace(
        projects=projects,
        performance=performance,
        facts=narrative.facts,
        units=units,
        records=records,
        words=narrative.words,
        reasons=narrative.reasons,
        redefined=narrative.redefined,
        prior=typed.pop(LAST_YEAR.name),
        typed_bases=typed,
        typed_ledgers=ledgers,
        sayings=sayings,
        passages=folder.passages,
        acceptances=accepted,
    )
    if units:
        from generator.load.units import summed

        department = department._replace(facts=summed(narrative.facts, units, tuple(head.agencies)))
    made = ledger_of(year, head.scale, ledger, folder.own.values())
    return Inputs(folder.path.as_posix(), department, made, None, codes.with_learned, doubts=doubts)


def _doubts(folder: Folder) -> Doubts | None:
    """What a draft has to mark as not filled in or not confirmed; None for a document that may not have any."""
    if not folder.draft and not (folder.path / UNCONFIRMED).exists():
        return None
    from generator.load.unconfirmed import doubts_of, read_unconfirmed

    pending = read_unconfirmed(folder)
    return doubts_of(folder, pending) if folder.draft else None


def _read_bases(
    folder: Folder, profile: Profile, codes: CodeBook, head: Department
) -> tuple[dict[str, dict[str, Fact]], dict[str, Ledger]]:
    """What was typed of each basis, by its name: amounts by figure, and line by line."""
    typed, ledgers = {}, {}
    for basis in profile.bases:
        reader, node = folder.open(basis.file, required=False)
        typed[basis.name] = read_prior(reader, node, profile, head.scale, basis)
        if isinstance(node, yaml.MappingNode) and any(key.value == LINES for key, _ in node.value):
            from generator.load.basis_ledger import read_basis_ledger  # few places type an earlier year line by line

            ledgers[basis.name] = read_basis_ledger(reader, node, codes, head)
    return typed, ledgers


def _sayings(
    reader: Reader, node: Node | None, profile: Profile, codes: CodeBook, known: tuple[Mapping[str, Project], Mapping[str, str]]
) -> Sayings:  # fmt: skip
    if node is None:
        return {}
    from generator.load.sayings import read_sayings  # few places ask for them

    return read_sayings(reader, node, profile, codes.with_learned, known)


def _units(
    folder: Folder, head: Department, profile: Profile, said: Callable[[Reader, Node | None], Sayings]
) -> dict[str, Unit]:
    if not (folder.path / "units").is_dir():
        return {}
    from generator.load.units import Readers, read_units  # most departments have one unit

    return read_units(folder, head, profile, Readers(_structure, said))


def _records(folder: Folder, head: Department, profile: Profile) -> dict[str, tuple[Record, ...]]:
    if not profile.lists:
        return {}
    from generator.load.record_lists import read_records  # few places have lists

    return {one.name: read_records(*folder.open(one.file, required=False), one, head) for one in profile.lists}


def _load_prior(folder: Folder, year: int, profile: Profile, remember: Remember) -> tuple[Ledger, LastYear]:
    head, codes = _read_head(folder, year, profile, remember)
    lines, projects = _read_money(folder, head, codes, profile)
    reasons = read_reasons(*folder.aside("narrative.yaml"))
    last_year = LastYear(head.code, projects, reasons, codes.with_learned.function, head.name, head.agencies)
    return ledger_of(year, head.scale, lines, folder.own.values()), last_year


def _read_head(folder: Folder, year: int, profile: Profile, remember: Remember) -> tuple[Department, CodeBook]:
    reader, node = folder.open("department.yaml")
    fields = fields_of(reader, node, "department.yaml")
    extra = profile.extra_codes.and_also(read_extra_codes(reader, fields.take("增补科目", False)))
    head = _head(reader, fields, year, profile)
    fields.finish()
    return head, CodeBook(load_classification(year, extra, profile.editions, remember), year, extra)


def load_head(
    data: Path, year: int, profile: Profile, remember: Remember = anew
) -> tuple[Department | None, Classification, Problems]:
    """department.yaml alone, and the codes of the year: what whoever fills the other files has to know.

    None when something is wrong with it; what is not filled in (待填) is only warned of. Raises UsageError where there is no such folder.
    """
    with access():
        folder = Folder(data / str(year), {dimension.name: dimension for dimension in profile.dimensions})
        folder.draft = True  # 控制数 often come after the details
        if not folder.path.is_dir():
            raise UsageError(f"没有 {folder.path.as_posix()} 这个目录。")
        head, codes = _read_head(folder, year, profile, remember)
    return None if has_errors(folder.problems) else head, codes.classification, folder.problems


def _read_money(
    folder: Folder, head: Department, codes: CodeBook, profile: Profile
) -> tuple[list[LedgerLine], dict[str, Project]]:
    reader, node = folder.open("basic.yaml")
    spending = SpendingReader(reader, codes, head, profile.coarse)
    read_basic(spending, node, head.agencies)
    reader, node = folder.open("projects.yaml")
    of_projects = SpendingReader(reader, codes, head, profile.coarse)
    projects = read_projects(of_projects, node, head.agencies)
    return [*spending.lines, *of_projects.lines, *_sides(folder, head, codes)], projects


def _sides(folder: Folder, head: Department, codes: CodeBook) -> Iterator[LedgerLine]:
    """What a place has typed beside the spending, in files of its own."""
    for dimension in folder.own.values():
        if dimension.file:
            from generator.load.sides import read_sides  # most places have only spending

            yield from read_sides(*folder.open(dimension.file, required=False), codes, head, dimension)


def _cover(reader: Reader, fields: Fields, profile: Profile) -> Mapping[str, str]:
    """封面: what the place's cover says beside title, department and date."""
    if not profile.cover:
        return {}
    inner = fields_of(reader, fields.take("封面", False), "“封面”")
    said = {name: inner.text(name, "") for name in profile.cover}
    inner.finish()
    return said


def _head(reader: Reader, fields: Fields, year: int, profile: Profile) -> Department:
    """department.yaml; what the other files say is still empty."""
    _check_year(reader, fields, year)
    fields.text("格式", "")  # followed before this file was read for good: load/watch.py
    scale = SCALES[fields.choice("金额单位", tuple(SCALES))]
    code, agencies, natures = _agencies(reader, fields)
    return Department(
        year=year,
        name=fields.text("名称"),
        code=code,
        nature=fields.choice("单位性质", NATURES),
        scale=scale,
        agencies=agencies,
        date=fields.text("日期", ""),
        cover=_cover(reader, fields, profile),
        duties=texts_of(reader, fields.take("主要职责"), "主要职责"),
        structure=_structure(reader, fields.take("机构构成")),
        controls=read_controls(reader, fields.take("控制数", False), profile, scale),
        projects={},
        performance=Performance((), (), ()),
        facts={},
        words={},
        reasons={},
        prior={},
        natures=natures,
        scale_position=reader.at(fields.values["金额单位"][1]) if "金额单位" in fields.values else None,
    )


def _check_year(reader: Reader, fields: Fields, year: int) -> None:
    node = fields.take("年度")
    typed = text_of(reader, node, "“年度”") if node is not None else ""
    if node is not None and typed and typed != str(year):
        message = f"年度“{brief(typed)}”与目录名“{year}”不一致"
        reader.report("D028", node, message, f"请改为{year}，或把文件放到对应年度的目录。")


def _agencies(reader: Reader, fields: Fields) -> tuple[str, dict[str, str], dict[str, str]]:
    """The department's code, its units by theirs, and the 单位性质 of those that have one of their own."""
    node = fields.take("代码")
    code = text_of(reader, node, "“代码”") if node is not None else ""
    if node is not None and code and not _CODE.fullmatch(code):
        message = f"部门代码“{brief(code)}”含有数字和字母以外的字符"
        reader.report("D015", node, message, "请只填代码，用半角数字，引号也要用半角。")
        code = ""
    agencies: dict[str, str] = {}
    natures: dict[str, str] = {}
    for key, value in pairs_of(reader, fields.take("预算单位"), "预算单位"):
        if code and not key.value.startswith(code):
            reader.report(
                "D015", key, f"单位代码“{brief(key.value)}”应以部门代码“{code}”开头", "请核对代码，注意前面的0。"
            )
        if isinstance(value, yaml.MappingNode):
            inner = fields_of(reader, value, f"预算单位“{key.value}”")
            agencies[key.value] = inner.text("名称")
            nature = inner.choice("单位性质", NATURES, "")
            natures |= {key.value: nature} if nature else {}
            inner.finish()
        else:
            agencies[key.value] = text_of(reader, value, "单位名称")
    if not agencies:
        agencies[code] = ""
    return code, agencies, natures


def _structure(reader: Reader, node: Node | None) -> Structure:
    fields = fields_of(reader, node, "“机构构成”")
    structure = Structure(
        fields.text("预算范围"),
        fields.text("内设机构归属"),
        tuple(name.value for name in names_of(reader, fields.take("内设机构"), "内设机构")),
    )
    fields.finish()
    return structure

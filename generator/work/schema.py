"""The verb schema: what each data file of a place may hold, for editors that help while typing."""

from __future__ import annotations

from pathlib import Path

from generator.check.catalogue import RULE_CODES, catalogue
from generator.load.classification import load_classification
from generator.load.schema import schemas_of
from generator.load.watch import years_in
from generator.model.problem import UsageError, has_errors
from generator.work.stages import Stopped
from generator.work.workshop import Workshop


def schemas_at(shop: Workshop, year: int) -> dict[str, dict[str, object]] | Stopped:
    """A JSON Schema for each data file, by its name without “.yaml”; ``Stopped`` where the profile has errors."""
    profile, problems, sources = shop.profile(year)
    if profile is None or has_errors(problems):
        return Stopped(problems, {source.name: source for source in sources})
    rules = {entry.code: entry.title for entry in catalogue() if entry.code in RULE_CODES}
    return schemas_of(profile, load_classification(year, profile.extra_codes, profile.editions), rules)


def newest(data: Path) -> int:
    """The newest year there is data of. Raises UsageError where there is none."""
    for folder in reversed(years_in(data)):
        return int(folder.name)
    raise UsageError(f"{data.as_posix()} 里没有任何年度，请用 --year 指明用哪一年的科目。")

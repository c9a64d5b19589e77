"""The catalogue stands rule by rule, and docs/rules.md is what it prints."""

from __future__ import annotations

from collections import Counter

from generator.check.catalogue import RULE_CODES, catalogue
from generator.city.rules import entries
from generator.model.entry import Checker
from generator.render.catalogue import catalogue_markdown
from tests.conftest import ROOT, Golden

NUMBERS = {
    "D0": (*range(1, 34), 36, 37, *range(40, 59), *range(61, 67), 70, 71),
    "J1": (*range(1, 30), 40, 41, 42),
    "J2": range(1, 20),
    "J3": (*range(1, 22), 40, 41),
    "T2": (*range(1, 41), *range(45, 51)),
    "L3": range(1, 28),
}
CODES = [f"{group}{number:02d}" for group, numbers in NUMBERS.items() for number in numbers]
TOO_LARGE = {"Y014"}  # a file of 100 MB: tests/test_environment.py


def test_every_rule_of_the_catalogue_is_accounted_for() -> None:
    found = Counter(entry.code for entry in catalogue())
    assert max(found.values()) == 1
    assert sorted(code for code in found if code[0] in "DJTL") == sorted(CODES)


def test_every_entry_has_examples_or_a_reason() -> None:
    for entry in catalogue():
        if entry.checker is Checker.LEFT_OUT:
            assert entry.why and not entry.wrong, entry.code
        else:
            assert entry.wrong and entry.right and entry.source, entry.code


def test_every_code_has_a_case_that_provokes_it() -> None:
    shown = {path.parent.name[:4] for path in (ROOT / "tests" / "gallery").glob("*/case.yaml")}
    codes = {entry.code for entry in catalogue() if entry.checker is not Checker.LEFT_OUT}
    assert codes >= RULE_CODES
    assert codes - TOO_LARGE == shown


def test_the_page_of_rules_is_fresh(golden: Golden) -> None:
    golden(ROOT / "docs" / "rules.md", catalogue_markdown((*catalogue(), *entries())))

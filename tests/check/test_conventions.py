"""What a place prints by custom is no mistake there, and is one where another custom is declared."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from generator.check.book_rules import Derived
from generator.check.catalogue import PAGE_RULES, SENTENCE_RULES
from generator.check.page import Page
from generator.check.phrase_rules import WRITTEN_NUMBER_RULES
from generator.check.rules import check
from generator.compose.document import compose
from generator.derive.book import derive
from generator.model.document import Document, Paragraph, Run
from generator.model.money import Money, Scale
from generator.model.number_format import NumberFormat
from generator.model.profile import Profile
from generator.model.reading import Reading
from generator.model.table_spec import TableSpec
from generator.readback.document import reading_of
from generator.work.binding import nouns
from tests.departments import real, yibin
from tests.made_up import KEPT

CUSTOMS = [
    {"plain_zero": plain, "zero_base_is_hundred": hundred, "cars_once": once}
    for plain, hundred, once in product((False, True), repeat=3)
]


def place(**customs: bool) -> Profile:
    return yibin()._replace(conventions=yibin().conventions._replace(**customs))


def composed(profile: Profile, cars: str = "") -> Document:
    """The real department's document as a place prints it; ``cars`` is this year's amount for buying some."""
    inputs = real()
    if cars:
        line = inputs.ledger.lines[0]._replace(department_economic="31013", money=Money(Decimal(cars)))
        inputs = inputs._replace(ledger=inputs.ledger._replace(lines=(*inputs.ledger.lines, line)))
    book, _ = derive(inputs, profile)
    document, problems = compose(inputs, book, profile, KEPT)
    assert not problems
    return document


def printed(profile: Profile, cars: str = "") -> Reading:
    return reading_of(composed(profile, cars))


def found(document: Document, profile: Profile) -> set[str]:
    book, _ = derive(real(), profile)
    reading, derived = reading_of(document), Derived(real(), profile, book)
    return {one.code for one in check(nouns(reading, derived, document)[1], SENTENCE_RULES).problems}


@pytest.mark.parametrize("customs", CUSTOMS)
def test_what_a_place_prints_is_right_there(customs: dict[str, bool]) -> None:
    profile = place(**customs)
    assert found(composed(profile), profile) == set()


@pytest.mark.parametrize(
    ("custom", "codes"),
    [
        ("zero_base_is_hundred", {"T209"}),
        ("cars_once", {"T218"}),
        ("plain_zero", set()),  # 0万元 throughout is one way to write it where none is declared
    ],
)
def test_a_custom_is_a_mistake_where_it_is_not_declared(custom: str, codes: set[str]) -> None:
    sound = dict.fromkeys(CUSTOMS[0], False)
    assert found(composed(place(**{**sound, custom: True})), place(**sound)) == codes


def test_cars_may_be_compared_in_their_parts_alone_whether_they_changed_or_not() -> None:
    sound = dict.fromkeys(CUSTOMS[0], False)
    in_parts = composed(place(**{**sound, "cars_once": True}))
    assert found(in_parts, place(**sound)) == {"T218"}
    assert found(in_parts, place(**sound, cars_in_parts=True)) == set()


def test_two_decimals_are_a_mistake_where_zero_is_plain() -> None:
    sound = dict.fromkeys(CUSTOMS[0], False)
    assert found(composed(place(**sound)), place(**{**sound, "plain_zero": True})) == {"T240"}


def test_zeros_of_amounts_and_of_percentages_are_each_written_in_their_own_format() -> None:
    """0万元 beside 0.0% is right where amounts are cut and percentages have one decimal."""
    written = Document("题", "", "", (), (), (Paragraph((Run("基本支出0万元，占0.0%；项目支出0.00万元。"),)),))
    cut = NumberFormat(Scale.WAN, 2, trimmed=True)
    conventions = place(plain_zero=False).conventions._replace(
        prose_format=cut, percent_format=NumberFormat(Scale.WAN, 1)
    )
    profile = yibin()._replace(conventions=conventions)
    derived = Derived(real(), profile, derive(real(), profile)[0])

    def told(document: Document) -> list[str]:
        rules = [rule for rule in WRITTEN_NUMBER_RULES if rule.code == "T240"]
        return [one.message for one in check(nouns(reading_of(document), derived, document)[1], rules).problems]

    assert [message.partition("的")[2] for message in told(written)] == ["零写作“0.00万元”，另有“0万元”"]
    assert told(written._replace(blocks=(Paragraph((Run("基本支出0万元，占0.0%。"),)),))) == []


def test_the_comparison_of_all_cars_is_left_out_only_where_nothing_changed() -> None:
    whole = "公务用车购置及运行费预算数"
    assert whole not in words(printed(place(cars_once=True)))
    assert f"{whole}与2021年保持一致。" in words(printed(place(cars_once=False)))
    assert f"{whole}比2021年增加18.00万元，增长100.00%。" in words(printed(place(cars_once=True), cars="18.00"))


def words(reading: Reading) -> str:
    return "".join(item.text for item in reading.paragraphs)


@pytest.mark.parametrize(("zero", "outcome"), [(True, "不符"), (None, "不符"), (False, "不适用")])
def test_a_blank_table_of_three_public_where_its_definition_says_so(zero: bool | None, outcome: str) -> None:
    """What the profile's 表内零 says of all tables is not said of this one."""
    profile = with_zero(zero)
    book, _ = derive(real(), profile)
    derived = Derived(real(), profile, book)
    page = Page(nouns(printed(with_zero(False)), derived)[0], derived)
    rules = [rule for rule in PAGE_RULES if rule.code == "L318"]
    assert [asked.outcome.value for asked in check(page, rules).asked] == [outcome]


def with_zero(zero: bool | None) -> Profile:
    """The profile with another 零值 of its table of 三公."""
    outline = tuple(
        item._replace(tables=tuple(_with_zero(spec, zero) for spec in item.tables)) for item in yibin().outline
    )
    return yibin()._replace(outline=outline)


def _with_zero(spec: TableSpec, zero: bool | None) -> TableSpec:
    return spec._replace(zero=zero) if spec.key == "08-three-public" else spec

"""The law packs that come with the program, and which of them are in force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from tui.domain.contact import Basis, Contact
from tui.domain.law import binding, law_check
from tui.domain.window import Hours
from tui.phone import country
from tui.settings import lawpacks
from tui.settings.lawpacks import CODES, LawBook, in_force, read_packs, register_days
from tui.settings.load import Loaded

Load = Callable[..., Loaded]


@pytest.mark.parametrize("where", sorted(CODES))
def test_every_pack_names_its_rule_and_the_day_it_was_looked_up(where):
    packs = read_packs(where)
    assert packs
    for pack in packs:
        assert pack.country == where
        assert pack.id.startswith(where)
        assert len(pack.citation) > 10
        assert date(2026, 1, 1) <= pack.as_of <= date(2026, 12, 31)
        assert pack.register_days > 0 or where == "DE"  # Germany keeps no register


def hours_of(pack_id):
    return next(p.hours for p in read_packs(pack_id[:2]) if p.id == pack_id)


def test_the_hours_are_those_of_the_practice():
    day, evening = 24 * 60, 60
    assert day == 24 * evening
    nine_to = {end: ((9 * 60, end),) for end in (17 * 60, 20 * 60, 21 * 60 + 30)}
    assert hours_of("US").week == (((8 * 60, 21 * 60),),) * 7
    for state in ("US-FL", "US-OK", "US-MD", "US-WA"):
        assert hours_of(state).week == (((8 * 60, 20 * 60),),) * 7
    assert hours_of("CA").week == (*(nine_to[21 * 60 + 30],) * 5, *(((10 * 60, 18 * 60),),) * 2)
    assert hours_of("IT").week == (*(nine_to[20 * 60],) * 5, ((10 * 60, 19 * 60),), ())
    assert hours_of("IT").eve == ((10 * 60, 19 * 60),)
    assert hours_of("FR").week == (*(((600, 780), (840, 1200)),) * 5, (), ())
    assert hours_of("AU").week == (*(nine_to[20 * 60],) * 5, nine_to[17 * 60], ())
    assert hours_of("ES").week == (*(((540, 1260),),) * 5, (), ())
    assert hours_of("GB") is None
    assert hours_of("DE") is None


@pytest.mark.parametrize(
    ("number", "consumer", "rules"),
    [
        ("+17285550123", False, {"US", "US-FL"}),
        ("+12065550123", False, {"US"}),
        ("+12065550123", True, {"US", "US-WA"}),
        ("+14105550123", False, {"US", "US-MD"}),
        ("+12025550123", True, {"US"}),
    ],
)
def test_a_state_is_known_by_the_area_code(number, consumer, rules):
    packs = binding(read_packs("US"), Contact("c1"), "US", number, consumer)
    assert {pack.id for pack in packs} == rules


@pytest.mark.parametrize(("where", "customer_may"), [("DE", False), ("ES", True), ("FR", True)])
def test_a_consumer_needs_a_consent_and_in_germany_a_customer_too(where, customer_may):
    noon = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
    packs = binding(read_packs(where), Contact("c1"), where, "", consumer=True)

    def blocked(**known):
        return [check.code for check in law_check(Contact("c1", **known), (), packs, noon, ("Europe/Paris",))]

    assert blocked() == ["law_consent"]
    assert blocked(basis=Basis("consent")) == []
    assert blocked(customer=True) == ([] if customer_may else ["law_consent"])
    assert blocked(basis=Basis("contract")) == ([] if customer_may else ["law_consent"])


def test_public_holidays_and_the_teams_own_dates_close_the_day():
    own = frozenset({date(2026, 11, 24)})
    (italy,) = LawBook(extra=own).of("IT")
    assert italy.hours.spans_on(date(2026, 12, 8)) == ()
    assert italy.hours.spans_on(date(2026, 12, 7)) == ((600, 1140),)
    assert italy.hours.spans_on(date(2026, 11, 24)) == ()


def test_without_the_package_only_the_teams_own_dates_close(monkeypatch):
    monkeypatch.setattr(lawpacks, "has_holidays", lambda: False)
    lawpacks._public_holidays.cache_clear()
    lawpacks.read_packs.cache_clear()
    try:
        (italy,) = LawBook(extra=frozenset({date(2026, 11, 24)})).of("IT")
        assert italy.hours.holidays == frozenset({date(2026, 11, 24)})
    finally:
        lawpacks._public_holidays.cache_clear()
        lawpacks.read_packs.cache_clear()


@pytest.mark.parametrize(
    ("names", "countries"),
    [
        (("all",), set(CODES)),
        (("all", "-IT"), set(CODES) - {"IT"}),
        (("IT", "US"), {"IT", "US"}),
        ((), set()),
    ],
)
def test_a_team_names_packs_or_turns_one_off(names, countries):
    assert in_force(names) == countries
    book = LawBook(names)
    assert book.countries == countries
    assert bool(book.of("IT")) is ("IT" in countries)
    assert book.may_bind("+390694802000") is ("IT" in countries)


def test_a_map_turns_one_off_and_the_list_still_works(settings_from: Load) -> None:
    found = settings_from(team="calling_window: {law_packs: {IT: off}}")
    assert found.problems == ()
    assert in_force(found.settings.law_packs) == set(CODES) - {"IT"}
    assert settings_from(team="calling_window: {law_packs: [IT]}").settings.law_packs == ("IT",)
    assert settings_from(team="").settings.law_packs == ("all",)


def test_a_locked_pack_cannot_be_turned_off_by_a_rep(settings_from: Load) -> None:
    team = "calling_window: {law_packs: [all]}\nlock: [calling_window.law_packs]"
    found = settings_from(team=team, own="calling_window: {law_packs: {IT: off}}")
    assert [p.code for p in found.problems] == ["PH916"]
    assert in_force(found.settings.law_packs) == set(CODES)


def test_each_rule_set_has_a_hash_of_its_own():
    assert LawBook(("IT",)).hash() == LawBook(("IT",)).hash()
    hashes = [LawBook().hash(), LawBook(("IT",)).hash(), LawBook(()).hash()]
    assert len({*hashes, LawBook(extra=frozenset({date(2026, 1, 2)})).hash()}) == 4


def test_the_hours_of_a_next_step_come_back_by_their_ids():
    assert LawBook().hours_of("US US-FL") == (hours_of("US"), hours_of("US-FL"))
    assert LawBook(("IT",)).hours_of("US") == ()
    assert isinstance(LawBook().hours_of("IT")[0], Hours)


@pytest.mark.parametrize(
    ("number", "where"),
    [
        ("+442079460100", "GB"),
        ("+12025550100", "US"),
        ("+14165550100", "CA"),
        ("+390694802000", "IT"),
        ("+33199000000", "FR"),
        ("+61255501234", "AU"),
        ("+4930230125000", "DE"),
        ("not a number", ""),
    ],
)
def test_the_first_digits_tell_the_country(number, where):
    assert country(number) == where


def test_register_copies_age_as_the_country_says():
    assert (register_days("US"), register_days("GB"), register_days("IT"), register_days("DE")) == (
        31,
        28,
        15,
        0,
    )

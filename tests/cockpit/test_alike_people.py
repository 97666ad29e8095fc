"""People who were never called and are alike are decided once: nothing that decides a next step may be forgotten."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product

import pytest
from msgspec.structs import replace

from tests.rows import each
from tui.cockpit.queue.restrictions import Alike, Bounds
from tui.domain.contact import Basis, Contact, Number, Preferences, Refusal, Source, Touch
from tui.domain.why import why

NOW = datetime(2026, 11, 23, 15, 1, tzinfo=UTC)
EARLIER = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ANN = Contact("ann", created_at=NOW, name="Ann Rossi", numbers=(Number("+442079460100"),), lists=("Fair",))
OTHER = {
    "id": "bo",
    "rev": 3,
    "edited_at": EARLIER,
    "created_at": EARLIER,
    "import_id": "0a0a0a0a",
    "name": "Bo Lund",
    "given": "Bo",
    "family": "Lund",
    "company": "Nordkap",
    "role": "Owner",
    "numbers": (Number("+12025550143"),),
    "emails": ("bo@nordkap.example",),
    "lists": ("Autumn", "VIP"),
    "source": Source("Autumn", "7"),
    "zone": "Asia/Tokyo",
    "language": "it",
    "owner": "Jo",
    "owner_id": "r2",
    "tags": ("consumer",),
    "fields": {"State": "WA", "Country": "US"},
    "customer": True,
    "open_problem": "a pump is broken",
    "prefers": Preferences(30, "email", "16:00", EARLIER),
    "remembered": {"fleet": "3 vans"},
    "basis": Basis("consent", date(2026, 1, 2)),
    "touched_at": Touch(EARLIER, "Autumn"),
    "do_not_call": Refusal("they asked"),
    "priority": 7,
    "pursuit": "soft",
    "pursuit_reason": "budget",
    "pursuit_since": EARLIER,
    "kept_at": EARLIER,
    "orders": (("emails", ("ann@nordkap.example",)),),
    "stamps": {"role": "0000000000001.00000.a"},
}
NUMBERS = [
    (),
    (Number(raw="ask reception"),),
    (Number("+442079460100", bad=True),),
    (Number("+442079460100", barred=why("number_refused", noted="", on="", like="")),),
    (Number("+4915112345678", label="mobile"), Number("+442079460100")),
    (Number("+12065550143"),),
    (Number("+61255501234"),),
]


@pytest.fixture
def fresh(bench):
    """Makes limits that have decided nobody yet."""
    state = bench.cockpit._state
    return lambda: Bounds(state.store, state.settings, state.ranking.unclear)


def test_every_value_of_a_person_is_varied_here():
    assert OTHER.keys() == set(Contact.__struct_fields__)


@each("name", sorted(OTHER))
def test_who_differs_in_one_value_is_decided_for_themselves(fresh, name):
    _same_as_alone(fresh, replace(ANN, **{name: OTHER[name]}))


@pytest.mark.parametrize("numbers", NUMBERS)
def test_who_differs_in_their_numbers_is_decided_for_themselves(fresh, numbers):
    _same_as_alone(fresh, replace(ANN, numbers=numbers))


CUSTOMER = replace(ANN, customer=True, touched_at=OTHER["touched_at"])
GERMAN = replace(ANN, numbers=(Number("+4930123456"),), tags=("consumer",), fields={"Consumer": "yes"})
AMERICAN = replace(GERMAN, numbers=(Number("+12065550143"),))


@each(("base", "name"), product((CUSTOMER, GERMAN, AMERICAN), sorted(OTHER)))
def test_of_two_values_none_hides_another(fresh, base, name):
    _same_as_alone(fresh, replace(base, **{name: OTHER[name]}), after=base)


def test_a_consent_decides_where_a_law_asks_for_one(fresh):
    consumer = fresh().step(GERMAN, (), NOW, ())
    assert consumer != fresh().step(replace(GERMAN, basis=OTHER["basis"]), (), NOW, ())


def test_another_moment_is_another_decision(fresh):
    here, alike = fresh(), Alike()
    bo = replace(ANN, id="bo", name="Bo Lund")
    assert here.step(ANN, (), NOW, (), alike) is here.step(bo, (), NOW, (), alike)
    later = NOW.replace(hour=23)
    assert here.step(ANN, (), later, (), alike) == fresh().step(ANN, (), later, ())


def _same_as_alone(fresh, person: Contact, after: Contact = ANN) -> None:
    """Somebody decided after another who is nearly the same is decided as where nobody was before."""
    behind, alike = fresh(), Alike()
    behind.step(after, (), NOW, (), alike)
    assert behind.step(person, (), NOW, (), alike) == fresh().step(person, (), NOW, ())

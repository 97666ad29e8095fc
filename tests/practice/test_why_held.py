"""Why somebody is held never contradicts itself, for any calling hours, zones and days.

After hours it is said when the window opens next, in the future; "can be called now" never stands beside "outside".
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.cockpit_bench import IN_LONDON, Bench
from tests.costly import costly
from tests.practice.test_every_dial import a_history
from tests.practice.test_next_opening import NOW, row_of
from tests.practice_bench import past
from tui.cockpit.wording.why import sentence
from tui.domain.contact import DEMO_LIST, Contact, Number
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.domain.window import Hours, local
from tui.settings.settings import Me
from tui.storage.protocol import Change

pytestmark = pytest.mark.slow

NUMBERS = (
    *("+442079460101", "+447700900123", "+12025550143", "+18085550143", "+493023125001", "+390212345678"),
    *("+61291920101", "+81312345678", "+5511912345678", "+77012345678", "+18005550143"),
)
"""Fixed and mobile, in one zone, in many, and in none."""
ZONES = (
    "",
    "",
    "",
    "Europe/London",
    "Asia/Kolkata",
    "America/New_York",
    "Pacific/Auckland",
    "Australia/Lord_Howe",
)
HOME = ("Europe/London", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Kiritimati", "Europe/Rome")
SPANS = ((), (), ((540, 1080),), ((480, 720), (840, 1140)), ((600, 610),), ((0, 1440),), ((1320, 1440),))
OUTSIDE = ("outside calling hours", "outside the hours of the law")


def a_bench(chance: Random) -> Bench:
    """A cockpit somewhere, with hours of its own, at some moment of two years."""
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(2 * 365 * 1440))
    closed = frozenset((start + timedelta(days=n)).date() for n in range(5) if chance.random() < 0.2)
    week = tuple(chance.choice(SPANS) for _ in range(7))
    hours = chance.choice((Hours(), Hours(week, closed), Hours(holidays=closed, eve=((540, 720),))))
    policy = replace(IN_LONDON.policy, hours=hours)
    bench = Bench(
        replace(IN_LONDON, zone=chance.choice(HOME), allowed_countries=(), policy=policy, me=Me("Sam", ""))
    )
    bench.clock.step(minutes=(start - bench.clock.now()).total_seconds() // 60)
    bench.cockpit = bench._cockpit()
    return bench


def a_person(chance: Random, bench: Bench, place: int) -> Contact:
    now = bench.clock.now()
    one = chance.choice(NUMBERS)
    return Contact(
        uuid7(now + timedelta(milliseconds=place)),
        created_at=now - timedelta(days=60),
        name=f"Person {'ABC'[place]}",
        lists=(chance.choice(("autumn", "autumn", "autumn", DEMO_LIST)),),
        numbers=(Number(one, one, "office"),),
        zone=chance.choice(ZONES),
        customer=chance.random() < 0.2,
    )


def a_message(chance: Random, bench: Bench, person: Contact) -> None:
    """They said not now, or asked for something by another channel than the phone, whose day may be over."""
    days = chance.choice((1, 31, 40, 100))
    if chance.random() < 0.5:
        past(bench, person, "nurture", Category.NURTURE, days)
    else:
        at = bench.clock.now() + timedelta(hours=chance.choice((-50, -2, 3, 60)))
        promise = Promise(
            at, "Europe/London", chance.choice(("minute", "day", "part")), chance.choice(("email", "visit"))
        )
        past(bench, person, "promise", Category.PROMISE, days, promise=promise)


async def look(seed: int) -> None:
    chance = Random(seed)
    bench = a_bench(chance)
    people = [a_person(chance, bench, place) for place in range(3)]
    bench.store.commit(Change(contacts=tuple(people)), bench.clock.now())
    for person in people:
        chance.choice((a_history, a_history, a_message))(chance, bench, person)
    await bench.cockpit.open()
    for _ in range(4):
        bench.clock.step(minutes=chance.randint(1, 4000))
        view = await bench.cockpit.tick()
        for person in people:
            agrees(bench, view, person)


def agrees(bench: Bench, view, person) -> None:
    state, now = bench.cockpit._state, bench.clock.now()
    lines = bench.cockpit.card.explain(person.id)
    ready = person.id in [row.contact_id for row in view.queue.ready]
    outside = [line for line in lines if any(words in line for words in OUTSIDE)]
    assert (NOW in lines) == ready, lines
    assert not (ready and outside), lines
    opens = state.ranking.opens(person.id, now)
    assert ready == (opens == now), lines
    for check in bench.cockpit.card._line.gate.checks(person):
        if check.code not in ("outside_hours", "law_hours"):
            continue
        assert sentence(check.why) in outside
        again = check.why.values.get("again")
        assert not again or datetime.fromisoformat(again) > now, (again, now)
    if outside and opens is not None:
        assert opens > now
        assert any(line.startswith("Next call: ") for line in lines)
    step, clocks = state.step(person), state.clocks(person)
    if step.action != "call" and step.due is not None:
        is_over = local(step.due, clocks.theirs).date() < local(now, clocks.theirs).date()
        (following,) = (line for line in lines if line.startswith("Next by "))
        assert ("now, due since" in following) == is_over, following
        assert ("now, due since" in row_of(view, person.id).why) == (
            is_over and not state.ranking.held_because(person.id)
        )


@costly
@given(st.integers(0, 1 << 30))
def test_what_is_said_agrees_for_any_hours_zones_and_days(seed):
    asyncio.run(look(seed))

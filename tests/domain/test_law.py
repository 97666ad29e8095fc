"""What a law pack forbids, and that no next step is ever due when it does."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.cockpit.wording.why import sentence
from tui.domain.cadence import Policy
from tui.domain.call import Call, Dial
from tui.domain.contact import Basis, Contact, Number
from tui.domain.dial_check import dial_check
from tui.domain.law import Cap, LawPack, binding, is_consumer, law_check, offer_near
from tui.domain.outcome import Category
from tui.domain.policy import next_step
from tui.domain.promise import Promise
from tui.domain.window import Hours, is_open

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
ROME, NEW_YORK = ("Europe/Rome",), ("America/New_York",)
LONG = ((540, 1200),)
LATE = ((600, 1140),)
CHRISTMAS = frozenset({date(2026, 12, 8), date(2026, 12, 25), date(2026, 12, 26)})
ITALY = LawPack(
    "IT",
    "IT",
    "Italy",
    "DPR 26/2022",
    date(2026, 11, 1),
    hours=Hours((*(LONG,) * 5, LATE, ()), CHRISTMAS, LATE),
)
FRANCE = LawPack(
    "FR",
    "FR",
    "France",
    "L223-1",
    date(2026, 11, 1),
    audience="consumer",
    hours=Hours((*(((600, 780), (840, 1200)),) * 5, (), ())),
    caps=(Cap(4, 30 * DAY),),
    cooling_off=60 * DAY,
    consent_from=date(2026, 8, 11),
)
US = LawPack(
    "US", "US", "United States", "47 CFR 64.1200", date(2026, 11, 1), hours=Hours((((480, 1260),),) * 7)
)
FLORIDA = replace(
    US,
    id="US-FL",
    name="Florida",
    hours=Hours((((480, 1200),),) * 7),
    caps=(Cap(3, DAY),),
    states=frozenset({"FL"}),
    prefixes=("+1305",),
)
ANN = Contact("c", name="Ann Rossi", zone="Europe/Rome", numbers=(Number("+390694802000"),))
OPEN_ALL_WEEK = Policy(hours=Hours((((0, 1440),),) * 7))


def at(text, zone="Europe/Rome"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def dial(text, outcome=Category.NO_ANSWER):
    moment = at(text)
    return Call(text, "c", moment, str(outcome), outcome, dials=(Dial("+390694802000", moment),))


@pytest.mark.parametrize(
    ("when", "allowed"),
    [
        ("2026-11-23T08:59", False),
        ("2026-11-23T09:00", True),
        ("2026-11-23T19:59", True),
        ("2026-11-23T20:00", False),
        ("2026-11-28T09:30", False),
        ("2026-11-28T18:59", True),
        ("2026-11-29T11:00", False),
        ("2026-12-08T11:00", False),
        ("2026-12-07T09:30", False),
        ("2026-12-07T18:30", True),
        ("2026-12-07T19:30", False),
    ],
)
def test_italys_hours_bind_on_weekdays_saturdays_holidays_and_their_eves(when, allowed):
    assert (law_check(ANN, (), (ITALY,), at(when), ROME) == ()) is allowed


def test_a_block_names_its_rule_the_citation_its_day_and_when_it_is_allowed_again():
    (check,) = law_check(ANN, (), (ITALY,), at("2026-11-28T19:30"), ROME)
    assert (check.level, check.code) == ("block", "law_hours")
    for part in ("Italy", "Sat 28 Nov 19:30", "Mon 30 Nov 09:00", "DPR 26/2022", "as of 1 November 2026"):
        assert part in sentence(check.why)


def test_an_unsure_zone_is_callable_only_where_all_zones_agree():
    both = ("America/New_York", "America/Los_Angeles")
    assert law_check(ANN, (), (US,), at("2026-11-23T09:00", "America/New_York"), both)
    assert not law_check(ANN, (), (US,), at("2026-11-23T12:00", "America/New_York"), both)


def test_the_fourth_dial_in_24_hours_is_forbidden_in_florida_and_dials_are_what_counts():
    noon = at("2026-11-23T12:00")
    twice = replace(
        dial("2026-11-23T10:00"), dials=(Dial("+1", noon - 2 * MINUTE), Dial("+2", noon - MINUTE))
    )
    assert not law_check(ANN, (twice,), (FLORIDA,), noon, ROME)
    (check,) = law_check(ANN, (twice, dial("2026-11-23T11:00")), (FLORIDA,), noon, ROME)
    assert (check.code, "called 3 times in 24 hours" in sentence(check.why)) == ("law_cap", True)
    taken_back = replace(dial("2026-11-23T11:00"), voided_at=noon)
    assert not law_check(ANN, (twice, taken_back), (FLORIDA,), noon, ROME)


def test_after_a_refusal_a_french_consumer_is_left_alone_for_60_days():
    asked = replace(ANN, basis=Basis("consent"))
    calls = (dial("2026-09-01T11:00", Category.NURTURE),)
    codes = [c.code for c in law_check(asked, calls, (FRANCE,), at("2026-10-30T11:00"), ROME)]
    assert codes == ["law_cooling_off"]
    assert not law_check(asked, calls, (FRANCE,), at("2026-11-02T11:00"), ROME)


def test_a_french_consumer_needs_consent_from_the_day_of_the_law_on():
    assert not law_check(ANN, (), (FRANCE,), at("2026-08-10T11:00"), ROME)
    codes = [c.code for c in law_check(ANN, (), (FRANCE,), at("2026-08-11T11:00"), ROME)]
    assert codes == ["law_consent"]
    for allowed in (replace(ANN, basis=Basis("Consent")), replace(ANN, customer=True)):
        assert not law_check(allowed, (), (FRANCE,), at("2026-08-11T11:00"), ROME)
    step = next_step(ANN, (), Policy(), at("2026-11-23T11:00"), law=(FRANCE,))
    assert (step.action, step.why[0].code) == ("rethink", "law_consent")


def test_packs_bind_by_country_state_number_and_kind_of_person_the_strictest_first():
    packs = (US, FLORIDA, FRANCE, ITALY)
    assert [p.id for p in binding(packs, ANN, "US", "+13055550100")] == ["US-FL", "US"]
    assert [p.id for p in binding(packs, ANN, "US", "+12025550100")] == ["US"]
    resident = replace(ANN, fields={"State": "fl"})
    assert [p.id for p in binding(packs, resident, "US", "+12025550100")] == ["US-FL", "US"]
    assert binding(packs, ANN, "FR", "+33123456789") == ()
    assert [p.id for p in binding(packs, ANN, "FR", "+33123456789", consumer=True)] == ["FR"]


def test_a_consumer_is_told_by_field_or_tag_before_the_list():
    private = frozenset({"households"})
    assert is_consumer(replace(ANN, fields={"consumer": "yes"}))
    assert is_consumer(replace(ANN, tags=("Consumer",)))
    assert is_consumer(replace(ANN, lists=("households",)), private)
    assert not is_consumer(replace(ANN, lists=("households",), fields={"consumer": "no"}), private)
    assert not is_consumer(ANN, private)


def test_an_offer_is_half_an_hour_before_closing_or_the_next_opening():
    assert offer_near(at("2026-11-28T19:30"), (ITALY,), ROME) == at("2026-11-28T18:30")
    assert offer_near(at("2026-11-29T12:00"), (ITALY,), ROME) == at("2026-11-30T09:00")
    assert offer_near(at("2026-11-23T07:00"), (ITALY,), ROME) == at("2026-11-23T09:00")


def test_a_dial_outside_the_law_is_blocked_even_for_a_promise():
    made = dial("2026-11-20T11:00", Category.PROMISE)
    made = replace(made, promise=Promise(at("2026-11-28T19:30"), "Europe/Rome", "minute"))
    checks = dial_check(ANN, (made,), OPEN_ALL_WEEK, at("2026-11-28T19:30"), law=(ITALY,))
    assert [c.code for c in checks if c.level == "block"] == ["law_hours"]
    step = next_step(ANN, (made,), OPEN_ALL_WEEK, at("2026-11-28T12:00"), law=(ITALY,))
    assert (step.kind, step.due) == ("promise", at("2026-11-30T09:00"))


ZONES = ["Europe/Rome", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata"]
instants = st.integers(0, 700 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + minutes * MINUTE
)
CATEGORIES = [c for c in Category if c not in (Category.DO_NOT_CALL, Category.NOT_A_FIT)]


@st.composite
def histories(draw):
    calls = []
    for i, moment in enumerate(sorted(draw(st.lists(instants, max_size=8, unique=True)))):
        category = draw(st.sampled_from(CATEGORIES))
        promise = None
        if category is Category.PROMISE:
            due = moment + draw(st.integers(30, 60 * 24 * 20)) * MINUTE
            promise = Promise(due, "UTC", draw(st.sampled_from(["minute", "day"])))
        way = draw(st.sampled_from(["out", "out", "in"]))
        calls.append(Call(f"{i}", "c", moment, str(category), category, direction=way, promise=promise))
    return tuple(calls)


people = st.builds(
    Contact,
    id=st.just("c"),
    created_at=st.just(datetime(2026, 1, 1, tzinfo=UTC)),
    zone=st.sampled_from(ZONES),
    customer=st.booleans(),
    numbers=st.just((Number("+390694802000"), Number("+390694802001"))),
)


@given(
    people,
    histories(),
    st.sampled_from([Policy(), OPEN_ALL_WEEK]),
    instants,
    st.lists(st.sampled_from([ITALY, FRANCE, US, FLORIDA]), min_size=1, max_size=3, unique=True),
)
def test_no_call_is_ever_due_inside_an_hour_a_law_pack_forbids(contact, calls, policy, now, packs):
    step = next_step(contact, calls, policy, now, law=tuple(packs))
    if step.action == "call" and step.due is not None:
        for pack in packs:
            assert is_open(pack.hours, contact.zone, step.due)
            wall = step.due.astimezone(ZoneInfo(contact.zone))
            minute = wall.hour * 60 + wall.minute
            spans = pack.hours.spans_on(wall.date())
            assert any(start <= minute < end for start, end in spans)
        assert law_check(contact, calls, tuple(packs), step.due, (contact.zone,)) == ()


@given(people, histories(), instants)
def test_house_hours_never_move_a_promise_that_the_law_allows(contact, calls, now):
    made = max((call.at for call in calls), default=now) + MINUTE
    due = made + 3 * DAY
    calls = (
        *calls,
        Call("p", "c", made, "p", Category.PROMISE, promise=Promise(due, contact.zone, "minute")),
    )
    step = next_step(contact, calls, Policy(), now, law=(US,))
    if is_open(US.hours, contact.zone, due):
        assert (step.kind, step.due) == ("promise", due)
    else:
        assert step.due > due

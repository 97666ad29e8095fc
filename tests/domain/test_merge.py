"""The merge is the same in any order, grouping and number of times; and it loses nothing that a rep wrote."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.domain.call import Call, Dial, Note
from tui.domain.contact import Basis, Contact, Number, Preferences, Rep, Source, Touch
from tui.domain.do_not_call import Entry, KnownAs
from tui.domain.outcome import Category
from tui.domain.promise import Owed
from tui.domain.promise_state import PlannedCall
from tui.domain.session import Pause, Session
from tui.domain.shared.forgotten import Forgotten, HashKey, erased
from tui.domain.shared.leaves import OF_THE_RECORD, kept_stamps, leaves_of, stamps_after, values_of
from tui.domain.shared.merge import Record, merged, shared
from tui.domain.shared.same_person import Persons, SamePerson, decided

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MOMENTS = st.sampled_from([NOON, NOON.replace(hour=15), NOON.replace(day=24)])
SOMETIMES = st.none() | MOMENTS
WORDS = st.sampled_from(["", "one", "two"])
SOME = st.lists(st.sampled_from(["a/b", "c~", "D", "é"]), unique=True, max_size=3).map(tuple)
MAPS = st.dictionaries(st.sampled_from(["x/y", "z"]), WORDS, max_size=2)
ONE, TWO = "+442079460101", "+442079460102"
NUMBERS = st.lists(
    st.builds(Number, e164=st.sampled_from([ONE, TWO]), label=WORDS, bad=st.booleans()),
    unique_by=lambda number: number.e164,
    max_size=2,
).map(tuple)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("name", "given", "family", "company", "role", "zone", "language"), WORDS),
    **dict.fromkeys(("owner", "owner_id", "open_problem", "pursuit", "pursuit_reason"), WORDS),
    **dict.fromkeys(("emails", "lists", "tags"), SOME),
    **dict.fromkeys(("fields", "remembered"), MAPS),
    "numbers": NUMBERS,
    "source": st.builds(Source, WORDS, WORDS),
    "customer": st.booleans(),
    "prefers": st.builds(
        Preferences, st.sampled_from([None, 7]), st.sampled_from([None, "phone"]), st.none(), SOMETIMES
    ),
    "basis": st.builds(Basis, WORDS, st.sampled_from([None, date(2026, 1, 31)])),
    "touched_at": st.none() | st.builds(Touch, MOMENTS, WORDS),
    "priority": st.integers(0, 2),
    "pursuit_since": SOMETIMES,
    "kept_at": SOMETIMES,
}
MADE = st.builds("{:013d}.{:05d}.{}".format, st.integers(1, 3), st.integers(0, 1), st.sampled_from("ab"))
STAMPS = st.just("") | MADE
OF_THE_DOCUMENT = {"rev": st.integers(0, 2), "edited_at": SOMETIMES}


@st.composite
def contacts(draw: st.DrawFn, values: dict[str, st.SearchStrategy[Any]] = VALUES) -> Contact:
    """A person of whom some things were written by hand, and some were removed."""
    person = Contact(
        "c1", created_at=draw(SOMETIMES), **{name: draw(value) for name, value in values.items()}
    )
    leaves = leaves_of(person)
    gone = ["company", "tags/gone", f"numbers/{ONE}", f"bad/{ONE}", f"bad/{TWO}", "fields/z"]
    gone = [path for path in gone if path.split("/")[0] in {*values, "bad"}]
    paths = draw(st.lists(st.sampled_from([*leaves, *gone]), unique=True, max_size=6))
    stamps = {path: draw(STAMPS) for path in paths}
    about = {name: draw(value) for name, value in OF_THE_DOCUMENT.items()}
    about["import_id"] = draw(st.sampled_from(["", "0a", "0b"]))
    return replace(person, stamps=kept_stamps(leaves, dict.fromkeys(leaves, "") | stamps), **about)


FEW = {name: VALUES[name] for name in ("name", "owner", "tags", "fields", "numbers", "prefers")}
OWED = st.none() | st.builds(
    Owed, WORDS.filter(bool), st.just(date(2026, 11, 25)), SOMETIMES, SOMETIMES
).filter(lambda owed: not (owed.done_at and owed.opened_at) or owed.opened_at < owed.done_at)
CALLS = st.builds(
    Call,
    id=st.just("k1"),
    contact_id=st.sampled_from(["c1", "c2"]),
    at=MOMENTS,
    outcome=WORDS,
    is_=st.sampled_from([Category.NO_ANSWER, Category.CONVERSATION]),
    session_id=st.sampled_from([None, "s1"]),
    rep=st.just("a"),
    dials=st.lists(st.builds(Dial, st.sampled_from([ONE, TWO]), MOMENTS), max_size=1).map(tuple),
    notes=st.lists(st.builds(Note, MOMENTS, WORDS), max_size=1).map(tuple),
    owed=OWED,
    talk_s=st.sampled_from([None, 12.0]),
    ready_s=st.sampled_from([0.0, 3.0]),
    keys=st.integers(0, 2),
    identify_s=st.sampled_from([None, 0.0, 1.5]),
    lifted_at=SOMETIMES,
    before=st.none() | MAPS,
    after=st.none() | MAPS,
    voided_at=SOMETIMES,
    **OF_THE_DOCUMENT,
)
CORRECTED = st.builds(
    lambda call, before: replace(call, revisions=tuple(before)), CALLS, st.lists(CALLS, max_size=1)
)
ENTRIES = st.builds(
    Entry,
    id=st.just("e1"),
    at=MOMENTS,
    on=st.just(NOON.date()),
    why=WORDS,
    contact_id=st.just("c1"),
    who=st.builds(KnownAs, WORDS),
    numbers=st.lists(st.sampled_from([ONE, TWO]), unique=True).map(tuple),
    lifts=SOME,
    voided_at=SOMETIMES,
    hashes=st.lists(st.sampled_from(["k:1", "k:2"]), unique=True, max_size=2).map(tuple),
    **OF_THE_DOCUMENT,
)
LIFTS = ENTRIES.map(lambda entry: replace(entry, kind="lift"))
PLANS = st.builds(
    PlannedCall, st.just("p1"), st.just("c1"), MOMENTS, st.just("Europe/London"), st.just("minute"), WORDS, MOMENTS,
    replaced_at=SOMETIMES, **OF_THE_DOCUMENT,
)  # fmt: skip
SESSIONS = st.builds(
    Session,
    id=st.just("s1"),
    started_at=MOMENTS,
    planned_s=st.sampled_from([300.0, 900.0]),
    rep=st.just("a"),
    ended_at=SOMETIMES,
    pauses=st.lists(st.builds(Pause, WORDS, MOMENTS), max_size=2).map(tuple),
    state=st.sampled_from(["ended", "abandoned"]),
    spent=st.dictionaries(st.sampled_from(["ready", "wrap"]), st.sampled_from([1.0, 2.0])),
    **OF_THE_DOCUMENT,
).map(lambda session: session if session.ended_at else replace(session, state="running"))
REPS = st.builds(Rep, st.just("a"), WORDS, SOME, **OF_THE_DOCUMENT)
DECISIONS = st.builds(
    SamePerson, st.just("d1"), st.just("c1"), st.just("c2"), st.booleans(), MOMENTS, WORDS, **OF_THE_DOCUMENT
)
GONE = st.builds(Forgotten, st.just("c1"), MOMENTS, WORDS, **OF_THE_DOCUMENT)
KEYS = st.builds(HashKey, st.just("h1"), st.sampled_from(["0f" * 32, "a0" * 32]), MOMENTS, **OF_THE_DOCUMENT)
KINDS = {
    "contact": contacts(),
    "contact of few values": contacts(FEW),
    "numbers": contacts({"numbers": NUMBERS}),
    "call": CORRECTED,
    "entry": ENTRIES,
    "lift": LIFTS,
    "plan": PLANS,
    "session": SESSIONS,
    "rep": REPS,
    "same person": DECISIONS,
    "forgotten": GONE,
    "hash key": KEYS,
}


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_in_any_order_grouping_and_number_of_times_it_is_the_same(kind, data):
    one, other, third = (data.draw(KINDS[kind]) for _ in range(3))
    both: Record = merged(one, other)
    assert both == merged(other, one)
    assert merged(both, third) == merged(one, merged(other, third))
    assert merged(both, other) == both == merged(both, one)
    assert merged(one, one) == one


@pytest.mark.parametrize("kind", ["call", "session"])
@given(data=st.data())
def test_what_is_a_reps_own_comes_back_with_nobodys_account(kind, data):
    mine, theirs = data.draw(KINDS[kind]), data.draw(KINDS[kind])
    # What others may have is what a merge of what others may have gives.
    assert shared(merged(mine, theirs)) == shared(merged(shared(mine), shared(theirs)))
    assert merged(mine, shared(mine)) == mine


@given(CORRECTED, CORRECTED)
def test_a_forgotten_call_is_the_same_before_and_after_a_merge(one, other):
    assert erased(merged(one, other)) == merged(erased(one), erased(other))


@given(contacts())
def test_a_contact_survives_its_leaves(person):
    bare = replace(person, stamps={})
    nobody, all_names = Contact("c1"), set(VALUES)
    again = replace(nobody, **values_of(leaves_of(bare), all_names, nobody, nobody))
    assert leaves_of(again) == leaves_of(bare)
    assert replace(bare, **values_of(leaves_of(bare), all_names, bare, bare)) == bare


def test_every_value_of_a_contact_is_a_leaf():
    assert set(Contact.__struct_fields__) - OF_THE_RECORD - {"do_not_call"} == VALUES.keys()


def written(stored: Contact, after: Contact, stamp: str) -> Contact:
    """The contact after a rep made it what `after` says."""
    made = replace(after, rev=stored.rev + 1, stamps=stored.stamps)
    return replace(made, stamps=stamps_after(stored, made, lambda over: stamp))


@given(contacts(), contacts(), contacts())
def test_edits_of_different_things_are_both_kept(start, by_ann, by_bob):
    start = replace(start, stamps={})
    ann = written(start, by_ann, "0000000000001.00000.ann")
    bob = written(start, by_bob, "0000000000002.00000.bob")
    both, base = leaves_of(merged(ann, bob)), leaves_of(start)
    hers, his = leaves_of(ann), leaves_of(bob)
    for path in ann.stamps.keys() - bob.stamps.keys():
        assert both.get(path) == hers.get(path) != base.get(path)
    for path in bob.stamps:
        assert both.get(path) == his.get(path)  # Bob was later


IDS = st.sampled_from("abcdef")
PAIRS = st.lists(st.tuples(IDS, IDS).filter(lambda pair: pair[0] != pair[1]), max_size=8)


@given(PAIRS, st.randoms())
def test_who_is_one_person_does_not_depend_on_the_order(pairs, chance):
    turned = [pair if chance.random() < 0.5 else pair[::-1] for pair in pairs]
    chance.shuffle(turned)
    first, second = (
        Persons(decided(*pair, same=True, at=NOON, rep="a") for pair in some) for some in (pairs, turned)
    )
    for one in "abcdef":
        assert first.of(one) == second.of(one) <= one
        assert first.ids(one) == second.ids(one)
        assert one in first.ids(one)
        assert {first.of(other) for other in first.ids(one)} == {first.of(one)}


def test_two_that_are_not_one_person_are_not_asked_about_again():
    persons = Persons(
        [decided("b", "a", same=False, at=NOON, rep="r"), decided("c", "b", same=True, at=NOON, rep="r")]
    )
    assert persons.are_decided("a", "b")
    assert persons.are_decided("b", "c")
    assert not persons.are_decided("a", "c")
    assert persons.of("a") == "a"
    with pytest.raises(ValueError, match="one id"):
        decided("a", "a", same=True, at=NOON, rep="r")

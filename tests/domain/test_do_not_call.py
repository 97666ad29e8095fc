"""What the entries of the do-not-call list add up to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

from msgspec.structs import replace

from tui.domain.contact import Contact, Number, Refusal
from tui.domain.do_not_call import DoNotCallList, Entry, RegisterCopy
from tui.domain.may_call import MayCall

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ONE, TWO = "+442079460801", "+442079460802"
ANN = Contact("ann", name="Ann Reed", company="Bramble Ltd", numbers=(Number(ONE), Number(TWO)))
BEN = Contact("ben", name="Ben Hale", company="bramble  LTD", numbers=(Number(ONE),))
ASKED = Entry("a", NOON, NOON.date(), why="they asked", contact_id="ann")
NUMBERS = Entry("n", NOON, NOON.date(), why="a letter", numbers=(ONE, TWO))
FIRM = Entry("f", NOON, NOON.date(), why="their lawyer wrote", firm="bramble ltd", contact_id="ann")


def lift(*entries: Entry, numbers: tuple[str, ...] = (), days: int = 1) -> Entry:
    at = NOON + timedelta(days=days)
    ids = tuple(entry.id for entry in entries)
    return Entry(f"l{days}", at, at.date(), "lift", why="wrote to us", lifts=ids, numbers=numbers)


def test_an_empty_list_forbids_nothing():
    assert not DoNotCallList()
    assert DoNotCallList().refusal(ANN) is None
    assert MayCall(DoNotCallList()).marked(ANN) is ANN


def test_a_person_a_firm_and_a_number_each_forbid_the_call():
    assert DoNotCallList([ASKED]).refusal(ANN) == ASKED
    assert DoNotCallList([ASKED]).refusal(BEN) is None
    assert DoNotCallList([FIRM]).refusal(BEN) == FIRM
    assert DoNotCallList([FIRM]).refusal(replace(ANN, company="Castle Ltd")) == FIRM
    assert MayCall(DoNotCallList([FIRM])).marked(BEN).do_not_call == Refusal("their lawyer wrote", FIRM.on)


def test_a_refusal_of_which_nobody_wrote_the_words_forbids_the_call_too():
    assert MayCall(DoNotCallList([replace(ASKED, why="")])).marked(ANN).do_not_call


def test_who_has_another_number_may_be_called_on_that_one():
    never = DoNotCallList([replace(NUMBERS, numbers=(ONE,))])
    assert never.refusal(BEN) is not None
    assert never.refusal(ANN) is None
    assert never.refusal(ANN, ONE) is not None
    assert never.refusal(ANN, TWO) is None
    assert [number.dialable for number in MayCall(never).marked(ANN).numbers] == [False, True]


def test_a_lift_ends_what_it_names_whatever_the_order_in_which_entries_come():
    for entries in permutations([ASKED, FIRM, lift(ASKED)]):
        never = DoNotCallList(entries)
        assert never.of_person("ann") == (FIRM,)
        assert not never.binds(ASKED)
        assert never.binds(FIRM)


def test_a_refusal_after_a_lift_binds_again():
    again = replace(ASKED, id="a2", at=NOON + timedelta(days=2))
    never = DoNotCallList([ASKED, lift(ASKED), again])
    assert never.refusal(ANN) == again


def test_of_several_numbers_one_is_lifted_alone_and_with_the_last_one_all_is():
    first = DoNotCallList([NUMBERS, lift(NUMBERS, numbers=(ONE,))])
    assert list(first.numbers) == [TWO]
    assert first.binds(NUMBERS)
    assert not first.with_entries(lift(NUMBERS, numbers=(TWO,), days=2)).binds(NUMBERS)


def test_an_undone_call_leaves_the_list_as_if_nothing_had_been_said():
    said = replace(FIRM, call_id="k1")
    never = DoNotCallList([ASKED, said])
    undone = never.without_call("k1", NOON)
    assert undone.refusal(BEN) is None
    assert undone.refusal(ANN) == ASKED
    assert undone.since(never) == (replace(said, voided_at=NOON),)
    assert never.without_call("k2", NOON) is never


def test_an_undone_lift_lifts_nothing():
    assert DoNotCallList([ASKED, replace(lift(ASKED), voided_at=NOON)]).refusal(ANN) == ASKED


def test_the_last_lift_of_a_person_a_firm_and_a_number_is_found():
    first, second = lift(ASKED), lift(FIRM, days=3)
    third = lift(NUMBERS, numbers=(TWO,), days=2)
    never = DoNotCallList([ASKED, FIRM, NUMBERS, second, third, first])
    assert never.lifts == (first, third, second)
    assert never.last_lift(contact_id="ann") == second
    assert never.last_lift(firm="BRAMBLE Ltd") == second
    assert never.last_lift(number=TWO) == third
    assert never.last_lift(number=ONE) is None
    assert never.last_lift(contact_id="ben") is None


def test_of_a_public_register_the_copy_drawn_last_counts():
    older = Entry("r1", NOON, date(2026, 11, 20), register="TPS", country="GB", numbers=(ONE,))
    newer = Entry("r2", NOON - timedelta(hours=1), date(2026, 11, 22), register="TPS", country="GB")
    never = DoNotCallList([newer, older])
    assert never.registers == {"TPS": RegisterCopy("GB", date(2026, 11, 22))}
    assert list(never.numbers) == [ONE]


def test_what_could_not_be_saved_is_taken_back_and_what_came_in_meanwhile_stays():
    before = DoNotCallList([ASKED, NUMBERS])
    undone = replace(ASKED, voided_at=NOON)
    said = (undone, FIRM)
    from_outside = replace(NUMBERS, id="o", numbers=(TWO,))
    newer = replace(NUMBERS, why="a second letter")
    after = before.with_entries(*said).with_entries(from_outside, newer).taken_back(said, before)
    assert after.entries == {"a": ASKED, "n": newer, "o": from_outside}
    # What was said and then changed by somebody else is no longer ours to take back.
    again = replace(FIRM, why="their lawyer wrote twice")
    assert before.with_entries(FIRM).with_entries(again).taken_back((FIRM,), before).entries["f"] == again

"""Undo over every value of a contact: back is what the outcome changed, and nothing that was edited since."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.domain.call import Call
from tui.domain.contact import Basis, Contact, Number, Preferences, Source, Touch
from tui.domain.outcome import Category
from tui.storage.documents import contact_to_document
from tui.storage.other_documents import changed_values, without

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LATER = NOON.replace(hour=15)
WORDS = st.sampled_from(["", "one", "two", "three"])
MOMENTS = st.sampled_from([None, NOON, LATER])
SOME = st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True, max_size=3).map(tuple)
MAPS = st.dictionaries(st.sampled_from(["x", "y", "z"]), st.sampled_from(["1", "2", "3"]), max_size=3)
NUMBERS = st.lists(
    st.builds(
        Number,
        e164=st.sampled_from(["", "+442079460801", "+442079460802"]),
        raw=st.sampled_from(["ask for Jo", "020 7946 0803"]),
        label=WORDS,
        ext=st.sampled_from(["", "12"]),
        bad=st.booleans(),
    ),
    max_size=3,
    unique_by=lambda number: (number.e164 or number.raw, number.ext),
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
        Preferences, st.sampled_from([None, 7, 30]), st.sampled_from([None, "phone"]), st.none(), MOMENTS
    ),
    "basis": st.builds(Basis, WORDS, st.sampled_from([None, date(2026, 1, 31)])),
    "touched_at": st.none() | st.builds(Touch, st.sampled_from([NOON, LATER]), WORDS),
    "priority": st.integers(0, 2),
    "pursuit_since": MOMENTS,
    "kept_at": MOMENTS,
}
CONTACTS = st.builds(Contact, id=st.just("c1"), **VALUES)
CHANGES = st.fixed_dictionaries({}, optional=VALUES)
NOT_THERE = object()
WHOLE = ("source", "basis", "touched_at")


def outcome(before: Contact, after: Contact) -> Call:
    """The call whose outcome made the one out of the other."""
    was, became = changed_values(before, after)
    return Call("k1", "c1", NOON, "talked", Category.CONVERSATION, before=was, after=became)


def leaves(contact: Contact) -> dict[tuple[Any, ...], Any]:
    """Every single thing that is said about a contact, by where it stands."""
    found: dict[tuple[Any, ...], Any] = {}
    for name, value in contact_to_document(contact).items():
        if name == "numbers":
            for number in value:
                which = number["e164"] or number["raw"], number["ext"]
                found |= {(name, which, part): said for part, said in number.items()}
        elif isinstance(value, list):
            found |= {(name, text): True for text in value}
        elif isinstance(value, dict) and name not in WHOLE:
            found |= {(name, part): said for part, said in value.items()}
        else:
            found[name,] = value
    return found


def test_every_value_of_a_contact_is_tried():
    untouched = {
        "id",
        "rev",
        "edited_at",
        "created_at",
        "import_id",
        "orders",
        "stamps",
        "do_not_call",
    }  # the last is the list's, not the contact's
    assert set(Contact.__struct_fields__) == VALUES.keys() | untouched


@given(CONTACTS, CHANGES, CHANGES)
def test_what_was_edited_since_stays_and_all_else_is_as_before(before, changed, edited):
    after = replace(before, **changed)
    now = replace(after, **edited)
    undone = without(now, outcome(before, after))
    was, became, is_now = leaves(before), leaves(after), leaves(now)
    expected = {}
    for leaf in {*was, *became, *is_now}:
        is_later = is_now.get(leaf, NOT_THERE) != became.get(leaf, NOT_THERE)
        if leaf[0] == "numbers" and not _stood_there_all_the_time(leaf, was, became, is_now):
            # A number comes and goes as a whole: one that was edited since is as it is now.
            is_later = any(_of(leaf, is_now).get(part) != said for part, said in _of(leaf, became).items())
            is_later |= _of(leaf, is_now).keys() != _of(leaf, became).keys()
        value = (is_now if is_later else was).get(leaf, NOT_THERE)
        if value is not NOT_THERE:
            expected[leaf] = value
    assert leaves(undone) == expected


def _of(leaf: tuple[Any, ...], every: dict[tuple[Any, ...], Any]) -> dict[str, Any]:
    return {other[2]: said for other, said in every.items() if other[:2] == leaf[:2]}


def _stood_there_all_the_time(leaf: tuple[Any, ...], *every: dict[tuple[Any, ...], Any]) -> bool:
    return all(_of(leaf, one) for one in every)


@given(CONTACTS, CHANGES)
def test_with_nothing_edited_since_everything_is_as_before(before, changed):
    after = replace(before, **changed)
    assert without(after, outcome(before, after)) == before


@given(CONTACTS, CHANGES, CHANGES, CHANGES)
def test_two_outcomes_undone_one_after_the_other_leave_the_edit_between_them(before, first, edited, second):
    edited = {name: value for name, value in edited.items() if name not in first and name not in second}
    after_first = replace(before, **first)
    with_edit = replace(after_first, **edited)
    after_second = replace(with_edit, **second)
    undone = without(without(after_second, outcome(with_edit, after_second)), outcome(before, after_first))
    assert undone == replace(before, **edited)


def test_a_number_that_was_removed_since_does_not_come_back_empty():
    right, wrong = Number("+442079460801", "1"), Number("+442079460801", "1", bad=True)
    before = Contact("c1", numbers=(right,))
    after = replace(before, numbers=(wrong,))
    typed = Number("+442079460809", "9")
    assert without(replace(after, numbers=(typed,)), outcome(before, after)).numbers == (typed,)


def test_a_number_that_stands_there_twice_is_not_lost():
    desk, home = Number("+442079460801", "1", ext="1"), Number("+442079460801", "1", ext="2")
    before = Contact("c1", numbers=(desk, home))
    after = replace(before, numbers=(replace(desk, bad=True), home))
    typed = Number("+442079460809", "9")
    now = replace(after, numbers=(*after.numbers, typed))
    assert without(now, outcome(before, after)).numbers == (desk, home, typed)


def test_an_address_the_outcome_added_goes_and_one_typed_since_stays():
    before = Contact("c1", emails=("ann@example.com",))
    after = replace(before, emails=("ann@example.com", "office@example.com"))
    now = replace(after, emails=(*after.emails, "typed@example.com"))
    assert without(now, outcome(before, after)).emails == ("ann@example.com", "typed@example.com")

"""What is left of somebody who was forgotten: counts, and that nobody calls them."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from tui.domain.call import Call, Dial, Note
from tui.domain.contact import Contact, Number
from tui.domain.do_not_call import DoNotCallList, Entry, known_as
from tui.domain.may_call import MayCall
from tui.domain.outcome import Category
from tui.domain.shared.forgotten import (
    Hashes,
    HashKey,
    erased,
    hashed,
    hashes_of,
    is_about,
    is_key,
    new_key,
    redacted,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEY = HashKey("019a0000-0000-7000-8000-00000000f001", "0f" * 32, NOON)
OFFICE, MOBILE = "+442079460101", "+442079460102"
ANN = Contact(
    "c1",
    name="Ann Rossi",
    company="Acme",
    numbers=(Number(OFFICE), Number(MOBILE)),
    emails=("ann@acme.example",),
)
ASKED = Entry("e1", NOON, NOON.date(), why="they asked", name="Ann Rossi", contact_id="c1", who=known_as(ANN))


def may_call(*entries: Entry, keys: tuple[HashKey, ...] = (KEY,)) -> MayCall:
    return MayCall(DoNotCallList(entries), hashes=Hashes(keys).of)


def test_a_hash_is_known_by_its_key_and_by_no_other():
    assert hashed(OFFICE, KEY) == hashed(OFFICE, KEY) != hashed(MOBILE, KEY)
    assert hashed("Ann@Acme.example ", KEY) == hashed("ann@acme.example", KEY)
    other = new_key("019a0000-0000-7000-8000-00000000f002", NOON, "r")
    assert is_key(other.key)
    assert hashed(OFFICE, other) != hashed(OFFICE, KEY)
    assert OFFICE[3:] not in hashed(OFFICE, KEY)
    assert not is_key("0f")
    assert (
        len(hashes_of(replace(ANN, emails=("info@acme.example",)), KEY)) == 2
    )  # a firm's mailbox is nobody's


def test_a_call_of_somebody_forgotten_still_counts_and_says_nothing_of_them():
    call = Call(
        "k1", "c1", NOON, "talked", Category.CONVERSATION, talk_s=60.0, dials=(Dial(OFFICE, NOON, NOON),)
    )
    left = erased(
        replace(call, notes=(Note(NOON, "has twins"),), answers={"offer": "too dear"}, one_of=("c1",))
    )
    assert left == replace(call, dials=(Dial("", NOON, NOON),))


def test_a_refusal_of_somebody_forgotten_binds_whoever_has_their_number_or_mailbox():
    gone = redacted(ASKED, KEY)
    assert not any(word in repr(gone) for word in ("Rossi", "Acme", "asked", OFFICE, MOBILE, "example"))
    asking = may_call(gone)
    back = Contact("c9", name="Anna R.", numbers=(Number(OFFICE), Number("+442079460109")))
    assert [number.barred is None for number in asking.marked(back).numbers] == [False, True]
    assert asking.why_not(back, OFFICE).code == "number_refused"
    assert asking.why_not(back) is None
    assert asking.why_not(Contact("c9", emails=("ANN@acme.example",))).code == "refused"
    assert asking.why_not(Contact("c9", name="Ann Rossi", company="Acme")) is None  # no match by name
    assert may_call(gone, keys=()).why_not(back, OFFICE) is None  # nobody without the key can tell
    assert redacted(gone, KEY) == gone


def test_a_number_that_was_lifted_stays_lifted():
    lift = Entry("l1", NOON, NOON.date(), "lift", contact_id="c1", numbers=(OFFICE,), lifts=("e1",))
    refused = replace(ASKED, contact_id="", numbers=(OFFICE, MOBILE))
    asking = may_call(redacted(refused, KEY), redacted(lift, KEY))
    assert asking.why_not(Contact("c9", numbers=(Number(OFFICE),))) is None
    assert asking.why_not(Contact("c9", numbers=(Number(MOBILE),))).code == "number_refused"
    whole = replace(lift, numbers=())
    assert may_call(redacted(refused, KEY), redacted(whole, KEY)).why_not(ANN, MOBILE) is None


def test_what_an_entry_is_about():
    numbers = Entry("e2", NOON, NOON.date(), numbers=(OFFICE,))
    assert is_about(ASKED, {"c1"}, ())
    assert is_about(numbers, set(), (ANN,))
    assert not is_about(replace(numbers, numbers=(OFFICE, "+442079460199")), set(), (ANN,))
    assert not is_about(replace(numbers, register="TPS"), set(), (ANN,))
    assert not is_about(ASKED, {"c2"}, (ANN,))

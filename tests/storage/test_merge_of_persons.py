"""Reps work apart and find that two of their people are one, or forget somebody: m08 and m09."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.storage import desks_bench
from tests.storage.desks_bench import (
    ANN,
    MOBILE,
    NOON,
    OFFICE,
    TALKED,
    Desk,
    account,
    desks,
    merge,
    minutes,
    planned,
    refused,
)
from tui.domain.call import Call, Note
from tui.domain.contact import Contact, Number
from tui.domain.do_not_call import DoNotCallList, known_as
from tui.domain.may_call import MayCall
from tui.domain.outcome import Category
from tui.domain.shared.forgotten import Forgotten, Hashes
from tui.domain.shared.same_person import decided

together = desks_bench.together


def twins(names: str = "sam jo ben") -> list[Desk]:
    """Reps who have one person under two ids, each with a call; one has a third id."""
    found = desks(names, TALKED)
    for desk, other in zip(found[1:], ("c2", "c3"), strict=False):
        twin = replace(
            ANN, id=other, name="", role="Buyer", numbers=(Number(MOBILE),), lists=(f"list {other}",)
        )
        desk.write(1, contacts=(twin,), origin="file")
        desk.write(2, calls=(replace(TALKED, id=f"k{other}", contact_id=other, at=minutes(2), keys=0),))
    return found


@pytest.mark.parametrize("turned", [False, True])
def test_m08_two_ids_are_one_person_with_both_histories_in_whatever_order_they_are_joined(together, turned):
    _, jo, ben = three = twins()
    pairs = [("c2", "c1"), ("c3", "c2")]
    for desk, pair in zip((jo, ben), reversed(pairs) if turned else pairs, strict=True):
        desk.write(5, same_person=(decided(*pair, same=True, at=minutes(5), rep=desk.rep),))
    ben.write(6, do_not_call=(replace(refused("e1", minutes(6)), contact_id="c3"),))
    store = together(three)
    (ann,) = store.contacts()
    assert store.contact_ids() == ("c1",)
    assert store.contact("c3") == ann == store.contact("c1")
    assert (ann.id, ann.name, ann.role) == ("c1", "Ann Rossi", "Buyer")
    assert ann.numbers == (Number(OFFICE, label="office"), Number(MOBILE))
    assert ann.lists == ("autumn", "list c2", "list c3")
    assert [(call.id, call.contact_id) for call in store.calls("c2")] == [
        ("k1", "c1"),
        ("kc2", "c1"),
        ("kc3", "c1"),
    ]
    assert store.calls() == store.calls("c1")
    assert DoNotCallList(store.do_not_call()).refusal(ann)
    # Nothing is dropped: each record stands as it was written, and so a mistake can be taken back.
    jo.write(8, same_person=(decided(*pairs[1 if turned else 0], same=False, at=minutes(8), rep="jo"),))
    merge(store, account(jo.store))
    assert len(store.contact_ids()) == 2


def test_m08_what_is_written_of_a_joined_person_holds_for_all_their_ids(together):
    sam, jo, _ = three = twins()
    merge(sam.store, account(jo.store))
    sam.write(5, same_person=(decided("c1", "c2", same=True, at=minutes(5), rep="sam"),))
    assert sam.ann.role == "Buyer"
    sam.edit(10, role="Owner", numbers=())
    call = sam.store.call("kc2")
    sam.write(11, calls=(replace(call, voided_at=minutes(11)),))
    again = sam.ann
    sam.write(12, contacts=(replace(again, company="Aardvark"),), origin="file")
    assert sam.ann.company == "Aardvark"
    ann = together(three).contact("c1")
    assert (ann.role, ann.numbers) == ("Owner", ())
    assert [one.contact_id for one in sam.store.accounts() if isinstance(one, Call)] == ["c1", "c2"]


def test_m09_who_is_forgotten_stays_so_when_a_colleague_logs_a_call_later(together):
    sam, jo = both = desks("sam jo", replace(TALKED, notes=(Note(NOON, "has twins"),)))
    sam.write(5, do_not_call=(refused("e1", minutes(5), numbers=(OFFICE,)),))
    merge(jo.store, account(sam.store))
    sam.write(10, forgotten=(Forgotten("c1", minutes(10), "sam"),))
    jo.edit(20, role="Buyer")
    jo.write(21, calls=(replace(TALKED, id="k2", at=minutes(21), notes=(Note(NOON, "moves to Leeds"),)),))
    jo.write(22, plans=(planned(minutes(22)),))
    jo.write(23, do_not_call=(refused("e2", minutes(23), who=known_as(ANN)),))
    store = together(both)
    assert store.contact("c1") is None
    assert store.plans("c1") == ()
    assert [(call.id, call.is_, call.notes, call.dials[0].number) for call in store.calls()] == [
        ("k1", Category.CONVERSATION, (), ""),
        ("k2", Category.CONVERSATION, (), ""),
    ]
    everything = repr(list(store.accounts()))
    for word in ("Rossi", "Acme", "acme", OFFICE, "twins", "Leeds", "they asked"):
        assert word not in everything
    # A list brings them back under another id, and nobody calls them.
    may_call = MayCall(DoNotCallList(store.do_not_call()), hashes=Hashes(store.hash_keys()).of)
    assert (
        may_call.why_not(Contact("c9", name="Ann Rossi", numbers=(Number(OFFICE),))).code == "number_refused"
    )
    assert (
        may_call.why_not(Contact("c9", emails=("ANN@acme.example",), numbers=(Number(MOBILE),))).code
        == "refused"
    )
    assert (
        may_call.why_not(Contact("c9", name="Ann Rossi", company="Acme Tools", numbers=(Number(MOBILE),)))
        is None
    )


def test_m09_both_forget_and_make_a_key_each(together):
    sam, jo = both = desks()
    for desk, number, after in ((sam, OFFICE, 5), (jo, MOBILE, 6)):
        desk.write(after, contacts=(replace(ANN, id=desk.rep, numbers=(Number(number),)),), origin="file")
        desk.write(after, do_not_call=(replace(refused(f"e{after}", minutes(after)), contact_id=desk.rep),))
        desk.write(after + 1, forgotten=(Forgotten(desk.rep, minutes(after + 1), desk.rep),))
    store = together(both)
    assert len(store.hash_keys()) == 2
    may_call = MayCall(DoNotCallList(store.do_not_call()), hashes=Hashes(store.hash_keys()).of)
    for number in (OFFICE, MOBILE):
        assert may_call.why_not(Contact("c9", numbers=(Number(number),))).code == "number_refused"


def test_m09_who_is_joined_to_somebody_forgotten_is_forgotten_too(together):
    sam, jo, ben = three = twins()
    merge(ben.store, account(jo.store))
    sam.write(10, forgotten=(Forgotten("c1", minutes(10), "sam"),))
    ben.write(11, same_person=(decided("c1", "c2", same=True, at=minutes(11), rep="ben"),))
    store = together(three)
    assert store.contact_ids() == ("c3",)
    assert all(not call.dials[0].number for call in store.calls() if call.id != "kc3")

"""Two or three reps work apart and their records become one: m01 to m12, in every order, twice, and in both stores."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from bench.memory_store import MemoryStore
from tui.cockpit.queue.owed import done, opened_again
from tui.domain.call import Call, Dial, Note, corrected, has_to_do
from tui.domain.contact import Contact, Number, Source
from tui.domain.do_not_call import DoNotCallList, Entry, known_as
from tui.domain.may_call import MayCall
from tui.domain.outcome import Category
from tui.domain.promise import Owed
from tui.domain.promise_state import PlannedCall, open_plan, plan_id
from tui.domain.shared.forgotten import Forgotten, Hashes
from tui.domain.shared.merge import shared
from tui.domain.shared.same_person import decided
from tui.domain.shared.stamp import ahead
from tui.storage.protocol import Change, Store
from tui.storage.tiny import TinyStore

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
OFFICE, MOBILE = "+442079460101", "+442079460102"
ANN = Contact(
    "c1",
    name="Ann Rossi",
    company="Acme Tools",
    numbers=(Number(OFFICE, label="office"),),
    emails=("ann@acme.example",),
    lists=("autumn",),
    source=Source("autumn", "17"),
)
TALKED = Call(
    "k1",
    "c1",
    NOON,
    "talked",
    Category.CONVERSATION,
    rep="sam",
    dials=(Dial(OFFICE, NOON),),
    talk_s=60.0,
    keys=4,
)
FAR = timedelta(days=400)


def minutes(after: float) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=after)


@dataclass
class Desk:
    """One rep with a store of their own. `slow` is what their clock is behind."""

    rep: str
    store: Store
    slow: timedelta = timedelta(0)

    def write(self, after: float, **change: Any) -> None:
        """Commit so many minutes after noon, as the rep's own work unless it says otherwise."""
        self.store.commit(
            Change(**{"state": {"rep": {"id": self.rep}}, **change}), minutes(after) - self.slow
        )

    def edit(self, after: float, contact_id: str = "c1", **values: Any) -> None:
        """The rep changes something of a person."""
        contact = self.store.contact(contact_id)
        assert contact is not None
        self.write(after, contacts=(replace(contact, **values),))

    @property
    def ann(self) -> Contact:
        """The person all this is about."""
        contact = self.store.contact("c1")
        assert contact is not None
        return contact


def desks(names: str = "sam jo", *records: Any, slow: timedelta = timedelta(0)) -> list[Desk]:
    """Reps who imported the same file, and hold these calls besides; the first rep's clock is slow."""
    found = [Desk(name, MemoryStore()) for name in names.split()]
    found[0].slow = slow
    for desk in found:
        desk.store.commit(Change(contacts=(ANN,), origin="file"), NOON - timedelta(days=1))
        desk.store.commit(Change(calls=records), NOON)
    return found


def merge(store: Store, records: Iterable[Any], now: datetime = NOON + timedelta(hours=10)) -> Store:
    """Take in an account of another rep, one record a commit, as a run that is killed again and again does."""
    kinds = {
        "Contact": "contacts", "Call": "calls", "Session": "sessions", "Entry": "do_not_call", "PlannedCall": "plans",
        "Rep": "reps", "SamePerson": "same_person", "Forgotten": "forgotten", "HashKey": "hash_keys",
    }  # fmt: skip
    for record in records:
        store.commit(Change(**{kinds[type(record).__name__]: (record,)}, origin="merge"), now)
    return store


def account(store: Store) -> list[Any]:
    """All that others may have of a store, in a fixed order."""
    return sorted(map(shared, store.accounts()), key=lambda record: (type(record).__name__, record.id))


Same = Callable[[list[Desk]], Store]


@pytest.fixture
def together(tmp_path: Path) -> Same:
    """Merges what the desks hold in every order, twice, backwards too; gives one store, after all were equal."""

    def merged(all_desks: list[Desk]) -> Store:
        accounts = {desk.rep: account(desk.store) for desk in all_desks}
        found = []
        for order in permutations(accounts):
            store = MemoryStore()
            for rep in (*order, *order[:1]):
                merge(store, accounts[rep] if order[0] < order[-1] else reversed(accounts[rep]))
            found.append(account(store))
        tiny = TinyStore.open(tmp_path / "tiny")
        for rep in accounts:
            merge(tiny, accounts[rep])
        found.append(account(tiny))
        tiny.close()
        for mine in all_desks:
            for order in permutations(rep for rep in accounts if rep != mine.rep):
                store = merge(MemoryStore(), mine.store.accounts())
                for rep in order:
                    merge(store, accounts[rep])
                found.append(account(store))
        for one in found:
            assert one == found[0]
        return merge(MemoryStore(), found[0])

    return merged


@pytest.mark.parametrize(
    "slow", [timedelta(0), timedelta(minutes=50), FAR], ids=["right", "slow", "far behind"]
)
def test_m01_edits_of_different_things_are_both_kept(together, slow):
    sam, jo = both = desks(slow=slow)
    sam.edit(10, role="Buyer", tags=("van",))
    jo.edit(5, company="Acme Group", tags=("vip",), fields={"Town": "Leeds"})
    ann = together(both).contact("c1")
    assert (ann.role, ann.company, ann.tags, ann.fields) == (
        "Buyer",
        "Acme Group",
        ("van", "vip"),
        {"Town": "Leeds"},
    )


def test_m02_of_one_thing_the_later_word_holds(together):
    sam, jo, ben = three = desks("sam jo ben")
    sam.edit(10, role="Buyer")
    jo.edit(20, role="Head of buying")
    ben.edit(15, role="Clerk")
    assert together(three).contact("c1").role == "Head of buying"


def test_m02_who_has_seen_a_word_writes_over_it_whatever_the_clocks_say(together):
    sam, jo = both = desks(slow=FAR)
    jo.edit(20, role="Head of buying")
    merge(sam.store, account(jo.store))
    sam.edit(30, role="Owner")
    assert together(both).contact("c1").role == "Owner"


def test_m02_a_clock_that_was_far_ahead_rules_over_nothing_but_what_it_wrote(together):
    sam, jo = both = desks(slow=-FAR)
    sam.edit(10, role="Buyer")
    merge(jo.store, account(sam.store))
    assert ahead(jo.ann.stamps["role"], minutes(15)) > timedelta(days=300)
    jo.edit(15, role="Owner")  # after it, though our clock is right
    jo.edit(20, company="Acme Group")
    sam.slow = timedelta(0)
    sam.edit(25, company="Acme Ltd")  # the clock was put right, and so is what it stamps
    ann = together(both).contact("c1")
    assert (ann.role, ann.company) == ("Owner", "Acme Ltd")
    assert ahead(ann.stamps["company"], minutes(25)) == timedelta(0)


def test_m02_a_clock_set_back_makes_no_earlier_stamps(together):
    sam, _ = desks()
    sam.edit(10, role="Buyer")
    sam.slow = timedelta(hours=3)
    sam.edit(13, name="Anna Rossi")
    assert sam.ann.stamps["name"] > sam.ann.stamps["role"]


def test_m03_what_a_rep_wrote_is_not_overwritten_by_another_reps_import(together):
    sam, jo = both = desks()
    sam.edit(10, role="Buyer", numbers=())
    told = replace(
        ANN, role="Zookeeper", zone="Europe/London", numbers=(Number(OFFICE, label="switchboard"),)
    )
    jo.write(20, contacts=(told,), origin="file")
    ann = together(both).contact("c1")
    assert (ann.role, ann.zone, ann.numbers) == ("Buyer", "Europe/London", ())


def test_m04_a_removal_and_an_edit_are_ordered_like_two_edits(together):
    sam, jo = both = desks()
    sam.edit(10, emails=(), numbers=())
    jo.edit(20, numbers=(Number(OFFICE, label="direct"),))
    ann = together(both).contact("c1")
    assert ann.emails == ()  # nobody wrote it since
    assert ann.numbers == (Number(OFFICE, label="direct"),)
    jo.edit(30, numbers=())
    assert together(both).contact("c1").numbers == ()


def test_m04_what_was_first_stays_first_when_both_add_something(together):
    sam, jo = both = desks()
    office, first = ANN.numbers[0], "zoe@acme.example"
    for desk in both:
        desk.write(1, contacts=(replace(ANN, emails=(first,)),), origin="file")
    sam.edit(10, emails=(first, "ann@acme.example"), numbers=(office, Number(MOBILE)))
    jo.edit(20, emails=(first, "accounts@acme.example"), numbers=(office, Number("+442079460001")))
    store = together(both)
    ann = store.contact("c1")
    assert ann.emails == (first, "accounts@acme.example", "ann@acme.example")
    assert ann.numbers == (office, Number("+442079460001"), Number(MOBILE))
    merge(sam.store, account(jo.store))
    sam.edit(30, emails=(*sam.ann.emails, "aa@acme.example"))
    assert together(both).contact("c1").emails == (*ann.emails, "aa@acme.example")


def refused(one: str, at: datetime, **values: Any) -> Entry:
    """An addition that binds Ann."""
    return Entry(one, at, at.date(), why="they asked", contact_id="c1", **values)


def test_m05_a_lift_ends_only_the_refusals_it_has_seen(together):
    sam, jo = both = desks("sam jo")
    sam.write(5, do_not_call=(refused("e1", minutes(5)),))
    merge(jo.store, account(sam.store))
    sam.write(10, do_not_call=(Entry("l1", minutes(10), NOON.date(), "lift", lifts=("e1",)),))
    assert not DoNotCallList(together(both).do_not_call()).refusal(ANN)
    jo.write(11, do_not_call=(refused("e2", minutes(11)),))
    assert DoNotCallList(together(both).do_not_call()).refusal(ANN).id == "e2"


def test_m05_a_refusal_that_was_a_slip_of_the_finger_stays_undone(together):
    sam, jo = both = desks()
    sam.write(5, do_not_call=(refused("e1", minutes(5)),))
    merge(jo.store, account(sam.store))
    sam.write(6, do_not_call=(replace(sam.store.do_not_call()[0], voided_at=minutes(6)),))
    jo.write(7, do_not_call=(replace(jo.store.do_not_call()[0], numbers=(OFFICE,)),))
    (entry,) = together(both).do_not_call()
    assert (entry.voided_at, entry.numbers) == (minutes(6), (OFFICE,))


def test_m06_a_call_that_one_undid_and_another_corrected_stays_undone(together):
    sam, jo = both = desks("sam jo", TALKED)
    sam.write(10, calls=(replace(sam.store.call("k1"), voided_at=minutes(10)),))
    jo.write(20, calls=(corrected(jo.store.call("k1"), outcome="no_answer", is_=Category.NO_ANSWER),))
    call = together(both).call("k1")
    assert (call.outcome, call.voided_at) == ("no_answer", minutes(10))
    assert [one.outcome for one in call.revisions] == ["talked"]
    assert sam.store.call("k1").keys == 4  # what is Sam's own, nobody else's account takes from him
    assert merge(sam.store, account(jo.store)).call("k1").keys == 4


def test_m07_what_one_did_of_the_to_dos_is_done_for_all_until_it_is_opened_again(together):
    owing = replace(TALKED, owed=Owed("the offer", date(2026, 11, 25)))
    sam, jo = both = desks("sam jo", owing)
    sam.write(10, calls=(done(sam.store.call("k1"), minutes(10)),))
    jo.write(20, calls=(corrected(jo.store.call("k1"), notes=(Note(NOON, "two vans"),)),))
    call = together(both).call("k1")
    assert not has_to_do(call)
    assert call.notes
    merge(jo.store, account(sam.store))
    jo.write(30, calls=(opened_again(jo.store.call("k1"), minutes(30)),))
    assert has_to_do(together(both).call("k1"))
    sam.write(40, calls=(done(sam.store.call("k1"), minutes(40)),))
    assert not has_to_do(together(both).call("k1"))


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


def test_m10_a_number_marked_wrong_and_a_new_number_are_both_kept(together):
    sam, jo = both = desks()
    sam.edit(10, numbers=(Number(OFFICE, label="office", bad=True),))
    jo.edit(20, numbers=(Number(OFFICE, label="switchboard"), Number(MOBILE)))
    assert together(both).contact("c1").numbers == (
        Number(OFFICE, label="switchboard", bad=True),
        Number(MOBILE),
    )


def test_m10_what_was_recorded_of_a_number_outlives_its_removal(together):
    sam, jo = both = desks()
    sam.edit(10, numbers=(Number(OFFICE, label="office", bad=True),))
    jo.edit(20, numbers=())
    assert together(both).contact("c1").numbers == ()
    merge(jo.store, account(sam.store))
    jo.edit(30, numbers=(Number(OFFICE),))
    assert together(both).contact("c1").numbers == (Number(OFFICE),)


def test_m11_a_person_handed_over_on_both_sides_has_one_owner_with_their_id(together):
    sam, jo = both = desks()
    sam.edit(10, owner="Ben", owner_id="ben")
    jo.edit(20, owner="Kim", owner_id="")
    ann = together(both).contact("c1")
    assert (ann.owner, ann.owner_id) == ("Kim", "")


def planned(at: datetime) -> PlannedCall:
    """The call-back of the file, as it came in at this time."""
    day = NOON + timedelta(days=1)
    return PlannedCall(plan_id("c1", day.isoformat(), "autumn"), "c1", day, "UTC", "minute", "autumn", at)


def test_m12_a_planned_call_that_one_worked_stays_worked_when_another_imports_it_again(together):
    sam, jo = both = desks()
    for desk, after in ((sam, 0), (jo, 60)):
        desk.write(after, plans=(planned(minutes(after)),))
    sam.write(30, calls=(replace(TALKED, at=minutes(30)),))
    store = together(both)
    (plan,) = store.plans("c1")
    assert plan.made_at == NOON
    assert open_plan([plan], store.calls("c1")) is None
    jo.write(90, plans=(replace(jo.store.plans("c1")[0], replaced_at=minutes(90)),))
    assert together(both).plans("c1")[0].replaced_at == minutes(90)

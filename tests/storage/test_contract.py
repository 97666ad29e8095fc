"""What every store promises, asked of each of them; the file also after a close and after a crash."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from tui.domain.call import corrected
from tui.domain.contact import Contact, Number, Refusal
from tui.domain.do_not_call import KnownAs
from tui.domain.next_step import NextStep
from tui.domain.outcome import Category
from tui.domain.promise import Owed
from tui.storage.protocol import Change, NotSaved

OFFICE = "+442079460101"


def test_records_come_back_as_they_were_committed(again, records):
    change = Change(
        contacts=(records.contact(),),
        calls=(records.call(),),
        sessions=(records.session(),),
        do_not_call=(records.entry(),),
        plans=(records.plan(),),
        reps=(records.rep(),),
        same_person=(records.same_person(),),
        hash_keys=(records.hash_key(),),
        state={"running": {"step": ["opener", 2], "note": "half a no"}},
        next_steps={records.contact().id: records.step()},
        policy_hash="p1",
        origin="file",
    )
    again().commit(change, records.now)
    store = again()
    stamp = {"rev": 1, "edited_at": records.now}
    contact = replace(records.contact(), created_at=records.now, **stamp)
    assert store.contact(contact.id) == contact
    assert list(store.contacts()) == [contact]
    assert list(store.contact_ids()) == [contact.id]
    call = replace(records.call(), **stamp)
    assert store.call(call.id) == call
    assert store.calls() == store.calls(contact.id) == (call,)
    assert store.sessions() == (replace(records.session(), **stamp),)
    assert store.do_not_call() == (records.entry(),)
    assert store.plans(contact.id) == (records.plan(),)
    assert store.plans("somebody else") == ()
    assert store.rep("rep-1") == records.rep()
    assert store.rep("somebody else") is None
    assert store.reps() == (records.rep(),)
    assert store.same_person() == (records.same_person(),)
    assert store.hash_keys() == (records.hash_key(),)
    assert store.state("running") == {"step": ["opener", 2], "note": "half a no"}
    assert store.next_steps("p1") == {contact.id: records.step()}


def test_bare_records_come_back_as_they_were_committed(again, records):
    now = records.now
    bare = replace(records.call(), promise=None, owed=None, talk_s=None, before=None, dials=(), notes=())
    again().commit(Change(contacts=(Contact("c1"),), calls=(bare,)), now)
    store = again()
    assert store.contact("c1") == Contact("c1", rev=1, edited_at=now, created_at=now)
    assert store.call(bare.id) == replace(bare, rev=1, edited_at=now)


def test_what_is_not_there_is_none_or_empty(again, records):
    store = again()
    assert store.contact("nobody") is None
    assert store.call("nothing") is None
    assert store.calls("nobody") == store.calls() == store.sessions() == ()
    assert store.state("running") == {}
    assert store.next_steps("p1") == {}
    assert list(store.contacts()) == list(store.contact_ids()) == []


def test_a_repeat_of_the_same_change_is_harmless(again, records):
    change = Change(
        contacts=(records.contact(),),
        calls=(records.call(),),
        sessions=(records.session(),),
        state={"a": {"b": 1}},
    )
    again().commit(change, records.now)
    again().commit(change, records.now + timedelta(minutes=1))
    store = again()
    assert len(store.calls()) == len(store.sessions()) == len(list(store.contacts())) == 1
    assert store.contact(records.contact().id).rev == 1
    assert store.call(records.call().id).edited_at == records.now


def test_a_changed_record_counts_its_revisions(again, records):
    now, later = records.now, records.now + timedelta(minutes=1)
    again().commit(Change(contacts=(records.contact(),)), now)
    stored = again().contact(records.contact().id)
    again().commit(Change(contacts=(replace(stored, role="Head of buying"),)), later)
    edited = again().contact(stored.id)
    assert (edited.rev, edited.edited_at, edited.created_at) == (2, later, now)
    again().commit(Change(contacts=(edited,)), later + timedelta(minutes=1))
    assert again().contact(stored.id) == edited


def test_a_corrected_call_counts_its_revisions_and_keeps_what_it_said(again, records):
    now, later = records.now, records.now + timedelta(days=1)
    again().commit(Change(calls=(records.call(),)), now)
    first = again().call(records.call().id)
    again().commit(Change(calls=(corrected(first, outcome="talked", is_=Category.CONVERSATION),)), later)
    right = again().call(first.id)
    assert (right.rev, right.edited_at, right.outcome) == (2, later, "talked")
    assert right.revisions == (replace(first, before=None, after=None),)
    assert again().calls() == (right,)


def test_why_nobody_calls_a_person_is_not_stored_with_them(again, records):
    marked = replace(records.contact(), do_not_call=Refusal("they asked", records.now.date()))
    again().commit(Change(contacts=(marked,)), records.now)
    assert again().contact(marked.id).do_not_call == Refusal()


def test_the_list_is_read_oldest_first_and_an_entry_counts_its_revisions(again, records):
    later = replace(records.entry(), id="a", at=records.now + timedelta(hours=1), rev=0, edited_at=None)
    again().commit(Change(do_not_call=(later, records.entry())), records.now)
    again().commit(Change(do_not_call=(replace(later, voided_at=None),)), records.now)
    store = again()
    assert [(entry.id, entry.rev) for entry in store.do_not_call()] == [(records.entry().id, 1), ("a", 2)]


def test_a_plan_that_changes_is_found_once_and_leaves_with_its_contact(again, records):
    plan = replace(records.plan(), replaced_at=None, rev=0, edited_at=None)
    again().commit(Change(contacts=(records.contact(),), plans=(plan,)), records.now)
    again().commit(Change(plans=(replace(plan, replaced_at=records.now),)), records.now)
    (stored,) = again().plans(plan.contact_id)
    assert (stored.rev, stored.replaced_at) == (2, records.now)
    again().commit(Change(removed=(plan.contact_id,)), records.now)
    assert again().plans(plan.contact_id) == ()


def test_going_back_to_an_older_record_is_a_further_revision(again, records):
    now = records.now
    again().commit(Change(contacts=(records.contact(),)), now)
    first = again().contact(records.contact().id)
    again().commit(Change(contacts=(replace(first, role="Head of buying"),)), now)
    edited = again().contact(first.id)
    again().commit(Change(contacts=(first,)), now)
    undone = again().contact(first.id)
    assert undone == replace(first, rev=3, stamps=undone.stamps)
    assert first.stamps["role"] < edited.stamps["role"] < undone.stamps["role"]


def test_a_record_that_is_merged_keeps_its_own_revision_time_and_stamps(again, records):
    elsewhere = records.now - timedelta(days=3)
    theirs = replace(records.contact(), rev=7, edited_at=elsewhere, created_at=elsewhere)
    for _ in range(2):
        again().commit(Change(contacts=(theirs,), origin="merge"), records.now)
        assert again().contact(theirs.id) == theirs


def test_what_comes_next_is_worked_out_again_for_whom_a_merge_brings_news(again, records):
    ann, other = records.contact(), replace(records.contact(), id="c2")
    steps = {one: records.step() for one in (ann.id, "c2", "c3")}
    again().commit(
        Change(contacts=(ann, other), next_steps=steps, policy_hash="p", origin="file"), records.now
    )
    same, late = again().contact("c2"), replace(records.call(), contact_id="c3", rev=1)
    later = replace(again().contact(ann.id), role="Owner", stamps={"role": "1795435300000.00000.jo"})
    again().commit(Change(contacts=(later, same), calls=(late,), origin="merge"), records.now)
    assert again().next_steps("p").keys() == {"c2"}


def test_calls_are_oldest_first_and_from_a_time_on(again, records):
    now = records.now
    hours = {"k3": 3, "k1": 1, "k2": 2}
    for call_id, hour in hours.items():
        again().commit(
            Change(calls=(replace(records.call(), id=call_id, at=now + timedelta(hours=hour)),)), now
        )
    store = again()
    assert [call.id for call in store.calls()] == ["k1", "k2", "k3"]
    since = now + timedelta(hours=2)
    assert [call.id for call in store.calls(since=since)] == ["k2", "k3"]
    assert [call.id for call in store.calls(records.contact().id, since)] == ["k2", "k3"]
    assert store.calls("somebody else") == ()


def test_a_call_that_changes_hands_is_found_under_its_contact_only(again, records):
    again().commit(Change(calls=(records.call(),)), records.now)
    again().commit(Change(calls=(replace(records.call(), contact_id="c2"),)), records.now)
    store = again()
    assert [call.id for call in store.calls("c2")] == [records.call().id]
    assert store.calls(records.contact().id) == ()
    again().commit(Change(calls=(records.call(),)), records.now)
    assert len(again().calls(records.contact().id)) == 1


def test_sessions_are_oldest_first_and_from_a_time_on(again, records):
    now = records.now
    for name, hour in (("s2", 2), ("s1", 1)):
        session = replace(records.session(), id=name, started_at=now + timedelta(hours=hour))
        again().commit(Change(sessions=(session,)), now)
    assert [session.id for session in again().sessions()] == ["s1", "s2"]
    assert [session.id for session in again().sessions(since=now + timedelta(hours=2))] == ["s2"]


def test_state_is_replaced_and_removed_by_name(again, records):
    again().commit(Change(state={"running": {"note": "a"}, "rep": {"id": "r1"}}), records.now)
    again().commit(Change(state={"running": {"form": {}}}), records.now)
    assert again().state("running") == {"form": {}}
    again().commit(Change(state={"running": None, "never": None}), records.now)
    assert again().state("running") == {}
    assert again().state("rep") == {"id": "r1"}


def test_state_handed_out_is_the_callers_own(again, records):
    mine = {"notes": ["a"]}
    again().commit(Change(state={"running": mine}), records.now)
    mine["notes"].append("b")
    again().state("running")["notes"].append("c")
    assert again().state("running") == {"notes": ["a"]}


def test_next_steps_of_another_policy_are_left_out(again, records):
    step = NextStep("call", "fresh", None)
    again().commit(Change(next_steps={"c1": step, "c2": step}, policy_hash="p1"), records.now)
    again().commit(Change(next_steps={"c2": records.step()}, policy_hash="p2"), records.now)
    assert again().next_steps("p1") == {"c1": step}
    assert again().next_steps("p2") == {"c2": records.step()}
    again().commit(Change(next_steps={"c1": None, "c9": None}, policy_hash="p1"), records.now)
    assert again().next_steps("p1") == {}


def test_what_a_file_cannot_hold_is_refused_and_changes_nothing(again, records):
    again().commit(Change(contacts=(records.contact(),)), records.now)
    for value in ({1, 2}, float("nan"), object(), records.now):
        with pytest.raises(NotSaved):
            again().commit(Change(contacts=(Contact("c2"),), state={"running": {"x": [value]}}), records.now)
    assert [contact.id for contact in again().contacts()] == [records.contact().id]
    assert again().state("running") == {}


def test_a_time_without_a_zone_is_refused(again, records):
    with pytest.raises(NotSaved):
        again().commit(Change(contacts=(records.contact(),)), datetime(2026, 11, 23, 12, 0))
    assert again().contact(records.contact().id) is None


def test_two_records_of_one_id_in_one_change_are_one_record(again, records):
    first, second = records.contact(), replace(records.contact(), role="Owner")
    for _ in range(2):
        again().commit(Change(contacts=(first, second)), records.now)
    assert [(contact.role, contact.rev) for contact in again().contacts()] == [("Owner", 1)]


def test_a_removed_contact_takes_its_calls_and_next_step_along(again, records):
    other = replace(records.call(), id="k2", contact_id="c2")
    step = records.step()
    again().commit(
        Change(
            contacts=(records.contact(), Contact("c2")),
            calls=(records.call(), other),
            next_steps={records.contact().id: step, "c2": step},
            policy_hash="p",
        ),
        records.now,
    )
    for _ in range(2):
        again().commit(Change(removed=(records.contact().id, "never there")), records.now)
    store = again()
    assert list(store.contact_ids()) == ["c2"]
    assert [call.id for call in store.calls()] == ["k2"]
    assert store.calls(records.contact().id) == ()
    assert store.next_steps("p") == {"c2": step}


def test_text_of_the_whole_world_comes_back_unchanged(again, records):
    strange = replace(
        records.contact(),
        name="Zoë Łukasz 李雷 שלום",
        company='Brandt & Sohn "Süd" \\ 50% [x]',
        numbers=(Number("", "0٣١ 12", "büro"),),
        fields={"Größe": "ß", "quote": '"', "[/]": "[bold]"},
    )
    again().commit(Change(contacts=(strange,), origin="file"), records.now)
    assert again().contact(strange.id) == replace(
        strange, rev=1, edited_at=records.now, created_at=records.now
    )


def test_what_became_empty_is_empty_when_it_is_read_again(again, records):
    call = replace(records.call(), owed=Owed("a price", records.now.date(), records.now, records.now))
    known = KnownAs("Ann Rossi", "Acme", (OFFICE,), ("ann@acme.example",))
    entry = replace(records.entry(), name="Ann", why="asked", numbers=(OFFICE,), who=known)
    entry = replace(entry, voided_at=records.now)
    plan = replace(records.plan(), replaced_at=records.now)
    again().commit(Change(calls=(call,), do_not_call=(entry,), plans=(plan,)), records.now)
    bare = replace(entry, name="", why="", numbers=(), who=KnownAs(company="Acme"), voided_at=None)
    opened = replace(call, owed=Owed("a price", records.now.date()))
    change = Change(calls=(opened,), do_not_call=(bare,), plans=(replace(plan, replaced_at=None),))
    again().commit(change, records.now)
    store = again()
    (found,) = store.do_not_call()
    assert replace(found, rev=0, edited_at=None) == replace(bare, rev=0, edited_at=None)
    assert store.plans(plan.contact_id)[0].replaced_at is None
    assert store.call(call.id).owed == opened.owed


def test_every_record_is_found_by_table_and_id(again, records):
    again().commit(Change(contacts=(records.contact(),), calls=(records.call(),)), records.now)
    store = again()
    assert store.account("calls", records.call().id).id == records.call().id
    assert store.account("contacts", records.call().id) is None
    assert store.account("state", "rep") is None

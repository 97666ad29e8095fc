"""Any row of commits, checkpoints, closes and crashes leaves the file with what the store in memory holds."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace

from bench.memory_store import MemoryStore
from tui.domain.call import Call, Note
from tui.domain.contact import Contact, Number, Refusal
from tui.domain.next_step import NextStep
from tui.domain.outcome import Category
from tui.domain.session import Session
from tui.domain.why import Why
from tui.plaintext import clean
from tui.storage.protocol import Change
from tui.storage.tiny import TinyStore

pytestmark = pytest.mark.slow

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
IDS = st.sampled_from(["a", "b", "c", "d"])
TEXTS = st.text(max_size=12).map(clean)

CONTACTS = st.builds(
    lambda contact_id, name, raw, fields, do_not_call: Contact(
        contact_id, name=name, numbers=(Number(raw=raw),), fields=fields, do_not_call=Refusal(do_not_call)
    ),
    IDS,
    TEXTS,
    TEXTS,
    st.dictionaries(TEXTS, TEXTS, max_size=2),
    TEXTS,
)
CALLS = st.builds(
    lambda call_id, contact_id, minute, category, text, talked: Call(
        call_id,
        contact_id,
        START + timedelta(minutes=minute),
        category.value,
        category,
        notes=(Note(START, text),),
        talk_s=talked,
    ),
    IDS,
    IDS,
    st.integers(0, 3),
    st.sampled_from(Category),
    TEXTS,
    st.none() | st.floats(0, 5000),
)
SESSIONS = st.builds(
    lambda session_id, minute, spent: Session(
        session_id, START + timedelta(minutes=minute), 900.0, spent={"talking": spent}
    ),
    IDS,
    st.integers(0, 3),
    st.floats(0, 900),
)
VALUES = st.none() | st.dictionaries(TEXTS, TEXTS | st.integers() | st.booleans(), max_size=2)
STEPS = st.none() | st.builds(
    lambda kind, due, why: NextStep("call", kind, START if due else None, why, tries=1),
    st.sampled_from(["fresh", "promise", "end"]),
    st.booleans(),
    st.tuples(st.builds(lambda noted: Why("refused", {"noted": noted}), TEXTS)),
)


def _change(removed, **written):
    """A change that removes only whom it does not write to."""
    named = {contact.id for contact in written["contacts"]} | set(written["next_steps"])
    named |= {call.contact_id for call in written["calls"]}
    return Change(removed=tuple(set(removed) - named), **written)


CHANGES = st.builds(
    _change,
    removed=st.sets(IDS, max_size=1),
    contacts=st.lists(CONTACTS, max_size=2).map(tuple),
    calls=st.lists(CALLS, max_size=2).map(tuple),
    sessions=st.lists(SESSIONS, max_size=1).map(tuple),
    state=st.dictionaries(IDS, VALUES, max_size=2),
    next_steps=st.dictionaries(IDS, STEPS, max_size=2),
    policy_hash=st.sampled_from(["p1", "p2"]),
)


class FileAgainstMemory(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = TinyStore.open(self.folder)
        self.model = MemoryStore()
        self.now = START

    @rule(change=CHANGES, again=st.booleans())
    def commit(self, change, again):
        self.now += timedelta(seconds=1)
        for _ in range(1 + again):
            self.store.commit(change, self.now)
            self.model.commit(change, self.now)

    @rule(contact_id=IDS, role=TEXTS)
    def edit(self, contact_id, role):
        if (contact := self.model.contact(contact_id)) is not None:
            self.commit(Change(contacts=(replace(contact, role=role),)), False)

    @rule()
    def crash(self):
        self.store.db.storage.abandon()
        self.store = TinyStore.open(self.folder)

    @rule()
    def close(self):
        self.store.close()
        self.store = TinyStore.open(self.folder)

    @rule()
    def checkpoint(self):
        self.store.db.storage.checkpoint()

    @invariant()
    def the_same_is_read_from_both(self):
        assert self.store.notes == []
        for store in (self.store, TinyStore.open(self.folder, read_only=True)):
            assert {c.id: c for c in store.contacts()} == {c.id: c for c in self.model.contacts()}
            assert sorted(store.calls(), key=lambda c: c.id) == sorted(self.model.calls(), key=lambda c: c.id)
            for contact_id in "abcd":
                assert store.contact(contact_id) == self.model.contact(contact_id)
                assert {c.id for c in store.calls(contact_id)} == {c.id for c in self.model.calls(contact_id)}
                assert store.state(contact_id) == self.model.state(contact_id)
            assert {s.id: s for s in store.sessions()} == {s.id: s for s in self.model.sessions()}
            for policy in ("p1", "p2"):
                assert store.next_steps(policy) == self.model.next_steps(policy)

    def teardown(self):
        self.store.close()
        shutil.rmtree(self.folder)


FileAgainstMemory.TestCase.settings = settings(max_examples=30, stateful_step_count=10, deadline=None)
TestFileAgainstMemory = FileAgainstMemory.TestCase

"""The screen reads while the disk thread commits: neither meets an error, and no commit is missed."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace

from tui.storage.protocol import Change
from tui.storage.tiny import TinyStore


@pytest.fixture
def restless():
    """Threads that take turns a thousand times more often than usual."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("restless", "no_sync")
def test_one_thread_reads_while_another_commits(folder, records):
    for _ in range(3):
        with ThreadPoolExecutor() as threads:
            store = TinyStore.open(folder)
            before = len(store.calls())

            def write(store=store, before=before):
                for number in range(before, before + 60):
                    contact = replace(records.contact(), id=f"c{number}")
                    call = replace(records.call(), id=f"k{number}", contact_id=contact.id)
                    steps = {contact.id: records.step()}
                    change = Change((contact,), (call,), next_steps=steps, policy_hash="p")
                    store.commit(change, records.now)

            writing = threads.submit(write)
            while not writing.done():
                people = {contact.id for contact in store.contacts()}
                assert len(store.next_steps("p")) >= before
                assert len(store.calls(since=records.now)) >= before
                assert all(len(store.calls(contact_id)) <= 1 for contact_id in people)
            writing.result()
            assert len(store.calls()) == len(list(store.contacts())) == before + 60
            store.close()

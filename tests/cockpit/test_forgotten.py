"""Somebody is forgotten whose call a killed cockpit left in hand: the next start opens the queue without them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cockpit_bench import call_selected
from tui.cockpit.view import Phase
from tui.domain.shared.forgotten import Forgotten
from tui.storage.protocol import Change

NOTE = "her mother is ill"


async def killed_while_talking(bench):
    """A cockpit that was killed in a call with Ann Rossi, with a note kept and one half written."""
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(3)
    await bench.cockpit.call.answered()
    await bench.cockpit.talk.type_note(NOTE)
    await bench.cockpit.talk.keep_note()
    await bench.cockpit.talk.type_note("half a word of Ann Rossi")
    bench.clock.step(1)
    await bench.cockpit.tick()
    await bench.cockpit.save()
    return bench.contact("Ann Rossi").id


def forget(bench, contact_id):
    now = bench.clock.now()
    bench.store.commit(Change(forgotten=(Forgotten(contact_id, now, "rep-1"),)), now)


@pytest.mark.parametrize("later", [timedelta(seconds=30), timedelta(hours=20)])
async def test_the_queue_opens_and_nothing_is_put_aside(bench, later):
    ann = await killed_while_talking(bench)
    forget(bench, ann)
    bench.clock.step(later.total_seconds())
    view = await bench.killed_and_started_again().open()
    assert view.phase is Phase.QUEUE
    assert "Ann" not in str(view.queue)
    assert bench.store.pages == []
    await bench.cockpit.save()
    assert NOTE not in str(bench.store.state("running"))
    assert "Ann Rossi" not in str([bench.store.state(name) for name in ("running", "left_open", "rep")])


async def test_who_was_left_open_since_yesterday_is_not_asked_for(bench):
    ann = await killed_while_talking(bench)
    bench.clock.step(20 * 3600)
    await bench.killed_and_started_again().open()
    await bench.cockpit.save()
    forget(bench, ann)
    view = await bench.killed_and_started_again().open()
    assert view.phase is Phase.QUEUE
    assert bench.store.pages == []

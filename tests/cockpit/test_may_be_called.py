"""Each kind of "may not be called" on the queue, on the card and at the dial."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import Bench, names
from tui.cockpit.view import Phase
from tui.domain.call import Call
from tui.domain.contact import Number
from tui.domain.do_not_call import Entry
from tui.domain.outcome import Category
from tui.storage.protocol import Change

OTHER, PREMIUM = "+442079460177", "+449098790123"
KINDS = ("person", "number", "firm", "register", "call", "wrong", "premium")


def entry_of(kind, ann, now):
    number = ann.numbers[0].e164
    said = Entry("said", now, now.date(), why="a letter")
    return {
        "person": replace(said, contact_id=ann.id),
        "number": replace(said, numbers=(number,)),
        "firm": replace(said, firm="rossi ltd"),
        "register": replace(said, numbers=(number,), register="TPS", country="GB"),
    }.get(kind)


async def with_ann(kind, *more: Number) -> Bench:
    """Ann Rossi may not be called, at least on her first number."""
    bench = Bench()
    ann, _ = bench.people("Ann Rossi", "Bo Lund")
    now, first = bench.clock.now(), ann.numbers[0]
    if kind == "wrong":
        first = replace(first, bad=True)
    elif kind == "premium":
        first = Number(PREMIUM, PREMIUM)
    ann = replace(ann, numbers=(first, *more))
    entry = entry_of(kind, ann, now)
    calls = ()
    if kind == "call":
        calls = (Call("c1", ann.id, now - timedelta(days=9), "do_not_call", Category.DO_NOT_CALL),)
    bench.store.commit(Change(contacts=(ann,), calls=calls, do_not_call=(entry,) if entry else ()), now)
    await bench.cockpit.open()
    return bench


@pytest.mark.parametrize("kind", KINDS)
async def test_nobody_is_offered_opened_as_callable_or_dialled(kind):
    bench = await with_ann(kind)
    cockpit, ann = bench.cockpit, bench.contact("Ann Rossi")
    assert names(cockpit.view.queue.ready) == ["Bo Lund"]
    assert names(cockpit.view.queue.held) == ["Ann Rossi"]
    view = await cockpit.queue.call_person(ann.id)
    assert bench.dialer.dialled == []
    assert view.phase is Phase.QUEUE or view.notice
    (row,) = cockpit.callers.look_up("ann rossi")
    assert row.why_not
    assert row.why.startswith(row.why_not)
    assert "can be called now" not in " ".join(cockpit.card.explain(ann.id))


@pytest.mark.parametrize("kind", KINDS)
async def test_the_card_says_why_not_and_its_enter_line_never_says_call(kind):
    bench = await with_ann(kind)
    view = await bench.cockpit.queue.call_person(bench.contact("Ann Rossi").id, 15)
    assert view.card
    assert not view.card.dials.startswith("call ")
    if kind != "wrong":  # there is no number at all then
        assert view.card.blocked
        assert "why nobody calls Ann Rossi" in view.card.dials
    await bench.cockpit.call.dial()
    assert bench.dialer.dialled == []
    assert bench.cockpit.view.notice


@pytest.mark.parametrize("kind", ["number", "register", "wrong", "premium"])
async def test_a_free_number_is_called_and_the_barred_one_never_even_by_hand(kind):
    bench = await with_ann(kind, Number(OTHER, OTHER))
    cockpit, ann = bench.cockpit, bench.contact("Ann Rossi")
    assert "Ann Rossi" in names(cockpit.view.queue.ready)
    view = await cockpit.queue.call_person(ann.id, 15)
    assert bench.dialer.dialled == [OTHER]
    assert (view.card.number, view.card.other) == ("+44 20 7946 0177", "")
    view = await cockpit.call.dial_by_hand(ann.numbers[0].e164)
    assert bench.dialer.dialled == [OTHER]
    assert view.notice

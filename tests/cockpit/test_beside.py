"""What stands beside the queue and a call: made while somebody looks, from what the contact page shows too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tui.cockpit.view import Phase
from tui.domain.call import Call, Dial
from tui.domain.do_not_call import Entry, known_as
from tui.domain.outcome import Category
from tui.storage.protocol import Change

pytestmark = pytest.mark.usefixtures("warms_up")


async def warm(bench):
    await bench.cockpit.open()
    await bench.cockpit._warming


def acme(bench):
    """Ann Rossi of Acme Tools with all that a list can say, and Jo Marsh of the same firm, written another way."""
    ann, jo, bo = bench.people("Ann Rossi", "Jo Marsh", "Bo Lund")
    ann = replace(
        ann,
        company="Acme Tools",
        role="Buyer",
        emails=("ann@acme.example",),
        tags=("proposal",),
        fields={"website": "acme.example"},
    )
    jo = replace(jo, company="acme  TOOLS", role="finance")
    bench.store.commit(Change(contacts=(ann, jo), origin="file"), bench.clock.now())
    return ann, jo, bo


async def test_nothing_is_made_while_nobody_looks(bench):
    acme(bench)
    await warm(bench)
    assert bench.cockpit.view.beside is None
    seen = (await bench.cockpit.look_beside(True)).beside
    assert seen.person.contact_id == bench.cockpit.view.queue.selected
    await bench.cockpit.look_beside(False)
    assert (await bench.cockpit.tick()).beside is None


async def test_beside_the_queue_stands_whom_enter_calls_and_what_is_said_first(bench):
    ann, _, bo = acme(bench)
    await warm(bench)
    await bench.cockpit.look_beside(True)
    for one in (bo, ann):
        await bench.cockpit.queue.select(one.id)
        view = await bench.cockpit.look_beside(True)
        assert view.beside.person.contact_id == view.queue.enter.contact_id == one.id
    words, card = view.beside.script, view.beside.card
    assert ("Last", "") not in card.lines
    called = await call_selected(bench.cockpit, 15)
    assert (called.script.words, called.script.voicemail) == (words.words, words.voicemail)
    assert (called.card.name, called.card.there) == (card.name, card.there)


async def test_what_the_facts_tell_is_not_told_on_the_card_above_them_once_more(bench):
    ann, _, _ = acme(bench)
    told = {"notes": "two vans", "city": "Leeds"}
    bench.store.commit(Change(contacts=(replace(ann, fields=told),)), bench.clock.now())
    state = bench.cockpit._state
    state.settings = replace(state.settings, card_fields=("city",))
    await warm(bench)
    await bench.cockpit.look_beside(True)
    await bench.cockpit.queue.select(ann.id)
    beside = (await bench.cockpit.look_beside(True)).beside
    both = [words for _, words in (*beside.person.lines, *beside.card.lines)]
    assert {words: both.count(words) for words in told.values()} == {"two vans": 1, "Leeds": 1}
    card = (await call_selected(bench.cockpit, 15)).card
    assert {"two vans", "Leeds"} <= {words for _, words in card.lines}


async def test_while_the_cursor_passes_nobody_is_searched_and_no_words_are_made(bench, monkeypatch):
    ann, _, bo = acme(bench)
    await warm(bench)
    await bench.cockpit.look_beside(True)
    await bench.cockpit.queue.select(bo.id)
    await bench.cockpit.look_beside(True)
    cockpit, made = bench.cockpit, []
    real = cockpit._reading.prepare
    monkeypatch.setattr(
        cockpit._reading, "prepare", lambda working: (made.append(working.contact.id), real(working))
    )
    seen = (await cockpit.queue.select(ann.id)).beside
    assert seen.card.name == "Ann Rossi"
    assert ("Website", "acme.example") in seen.person.reach
    assert (seen.whole, seen.script, seen.person.firm, made) == (False, None, (), [])
    seen = (await cockpit.tick()).beside
    assert (seen.whole, [who for who, _ in seen.person.firm], made) == (True, ["Jo Marsh, finance"], [ann.id])
    assert seen.script.words
    await cockpit.tick()
    assert made == [ann.id]


async def test_the_facts_are_those_of_the_contact_page_and_follow_what_is_written(bench):
    ann, *_ = acme(bench)
    await warm(bench)
    await bench.cockpit.look_beside(True)
    await bench.cockpit.queue.select(ann.id)
    view = await call_selected(bench.cockpit, 15)
    bench.clock.step(3)
    assert view.beside.person.called == "not yet"
    assert [who for who, _ in view.beside.person.firm] == ["Jo Marsh, finance"]
    assert ("Website", "acme.example") in view.beside.person.reach
    await bench.cockpit.outcome.choose("voicemail")
    await bench.cockpit.session.to_queue()
    await bench.cockpit.queue.select(ann.id)
    view = await bench.cockpit.look_beside(True)
    person, page = view.beside.person, bench.cockpit.card.view(ann.id)
    assert person.called == "once, never talked, voicemail once"
    assert (person.lines, person.history, person.firm) == (page.lines, page.history, page.firm)
    assert view.beside.today == (0, 0, 0)


async def test_a_call_has_what_was_learned_and_the_whole_reply_while_an_objection_is_met(bench):
    ann, *_ = acme(bench)
    then = bench.clock.now() - timedelta(days=20)
    before = Call(
        "before", ann.id, then, "voicemail", Category.VOICEMAIL, dials=(Dial("+442079460100", then),)
    )
    bench.store.commit(Change(calls=(before,), origin="file"), then)
    await warm(bench)
    cockpit = bench.cockpit
    await cockpit.look_beside(True)
    await cockpit.queue.select(ann.id)
    await call_selected(cockpit, 15)
    bench.clock.step(3)
    view = await cockpit.call.answered()
    assert view.beside.objections
    assert not view.beside.reply
    assert view.script.then[0] == "What did you and your team make of it?"
    await cockpit.talk.jump("offer")
    await cockpit.talk.answer("1")
    view = await cockpit.talk.signal("+")
    assert view.beside.so_far == (("Proposal read", "they like it"), ("Buying signals", "1"))
    (target, label), *_ = cockpit.talk.search("expensive")
    view = await cockpit.talk.jump(target)
    assert label in view.beside.reply_to
    assert [line.at for line in view.beside.reply] == ["now", *["coming"] * (len(view.beside.reply) - 1)]
    view = await cockpit.talk.step_on()
    assert [line.at for line in view.beside.reply[:2]] == ["said", "now"]
    assert view.beside.reply[1].text == view.script.text
    view = await cockpit.call.over()
    assert view.phase is Phase.CALL_OVER
    assert ("Proposal read", "they like it") in view.beside.so_far


async def test_the_time_of_a_planned_call_that_is_over_is_not_shown_as_its_file_wrote_it(bench):
    written = {"call_back": "2026-11-23T10:00", "city": "Leeds"}
    (ann,) = bench.people("Ann Rossi", fields=written)
    (bo,) = bench.people("Bo Lund", fields={"call_back": "after Easter"})
    await warm(bench)
    await bench.cockpit.look_beside(True)
    labels = dict((await bench.cockpit.queue.select(ann.id)).beside.person.reach)
    assert "Leeds" in labels.values()
    assert "2026-11-23T10:00" not in labels.values()
    assert "after Easter" in dict((await bench.cockpit.queue.select(bo.id)).beside.person.reach).values()


async def test_of_who_is_not_called_today_the_whole_reason_stands_beside_the_list_and_once(bench):
    ann, _, _ = acme(bench)
    problem = "the last delivery was two boxes short and nobody called back"
    worried = replace(ann, customer=True, open_problem=problem)
    refused = Call("refused", worried.id, bench.clock.now() - timedelta(days=3), "nurture", Category.NURTURE)
    bench.store.commit(Change(contacts=(worried,), calls=(refused,)), bench.clock.now())
    await warm(bench)
    await bench.cockpit.queue.show_held(True)
    await bench.cockpit.queue.select(ann.id)
    view = await bench.cockpit.look_beside(True)
    (row,) = (row for row in view.queue.held if row.contact_id == ann.id)
    card = view.beside.card
    assert card.lines[0] == ("Not today", row.why)
    assert [warning for warning in card.warnings if warning in row.why] == []


async def test_a_refusal_is_said_once_and_nobody_is_given_words_for_such_a_call(bench):
    ann, _, _ = acme(bench)
    await warm(bench)
    now = bench.clock.now()
    numbers = tuple(number.e164 for number in ann.numbers)
    refusal = Entry(
        "d1", now, now.date(), contact_id=ann.id, why="they asked", who=known_as(ann), numbers=numbers
    )
    await bench.cockpit.do_not_call.add(refusal)
    await bench.cockpit.queue.show_held(True)
    await bench.cockpit.queue.select(ann.id)
    beside = (await bench.cockpit.look_beside(True)).beside
    assert beside.card.blocked.startswith("Do not call: they asked")
    facts = [fact for fact in beside.person.reach if fact not in beside.card.in_warnings]
    assert not [words for pair in (*facts, *beside.card.lines) for words in pair if "asked" in words]
    assert dict(facts)["Office"] == "+44 20 7946 0100"
    assert (beside.script.text, beside.script.voicemail) == ("", "")

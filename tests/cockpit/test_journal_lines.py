"""A line of the journal holds what is new: its size stays flat over a power hour, whatever has piled up by then."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cockpit_bench import MONDAY, Bench, call_selected
from tui.domain.call import Call, Owed
from tui.domain.contact import Contact
from tui.domain.outcome import Category
from tui.storage.protocol import Change
from tui.storage.tiny import TinyStore

pytestmark = pytest.mark.slow

CALLS = 24
MANY = 100
NAMES = ("Ann Rossi", "Bo Lund", "Cy Dent", "Di Hart")


@pytest.fixture
def on_disk(bench, tmp_path):
    bench.store = TinyStore.open(tmp_path)
    bench.killed_and_started_again()
    yield bench
    bench.store.close()


async def break_and_call(bench, journal):
    """A break, a dial that nobody answers, and the bytes its outcome took in the journal."""
    cockpit = bench.cockpit
    await cockpit.session.ask_pause()
    await cockpit.question.answer("b")
    bench.clock.step(8)
    await cockpit.session.go_on()
    await cockpit.call.dial()
    bench.clock.step(5)
    before = journal.stat().st_size
    await cockpit.outcome.choose("no_answer")
    return journal.stat().st_size - before


async def test_the_line_of_a_call_does_not_grow_with_the_pauses_before_it(on_disk, tmp_path):
    bench = on_disk
    bench.people(*(f"Ann{n:02} Rossi{n:02}" for n in range(CALLS + 2)))
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 60)
    bench.clock.step(5)
    await bench.cockpit.outcome.choose("no_answer")
    sizes = [await break_and_call(bench, tmp_path / "sessions.json.journal") for _ in range(CALLS)]
    assert max(sizes[-4:]) < 1.1 * max(sizes[:4])

    view = await bench.killed_and_started_again().open()
    left = view.clock.left_s
    await bench.cockpit.session.show_recap()
    await bench.cockpit.session.end()
    (ended,) = bench.store.sessions()
    assert [pause.reason for pause in ended.pauses[:CALLS]] == ["break"] * CALLS
    assert sum(ended.spent.values()) - ended.spent["paused:break"] == pytest.approx(3600 - left)


async def test_a_session_that_was_left_keeps_the_time_it_took(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(5)
    await bench.cockpit.outcome.choose("no_answer")
    bench.clock.step(hours=2)
    await bench.killed_and_started_again().open()
    await bench.cockpit.tick()
    (session,) = bench.store.sessions()
    assert (session.state, session.spent) == ("abandoned", {"dialling": 5})


def piled_up(bench, many, draft):
    """So many to-dos, people put off and half-written notes, each kind in one list, as older releases stored them."""
    people = tuple(Contact(f"past{n:03}", name=f"Past{n:03} Lund", created_at=MONDAY) for n in range(many))
    due, at = MONDAY.date() + timedelta(days=1), MONDAY - timedelta(days=9)
    calls = tuple(
        Call(f"call{n:03}", one.id, at, "talked", Category.CONVERSATION, owed=Owed("the price list", due))
        for n, one in enumerate(people)
    )
    drafts = {one.id: {**draft, "contact_id": one.id, "draft": "half a note"} for one in people}
    skips = {one.id: [[MONDAY.isoformat(), "not now"]] for one in people}
    owed = {"open": [call.id for call in calls]}
    state = {"owed": owed, "drafts": drafts, "rep": {"id": "rep", "skips": skips}}
    bench.store.commit(Change(contacts=people, calls=calls, state=state), MONDAY)


async def a_draft():
    """A call in hand as it is stored."""
    bench = Bench()
    bench.people("Zed Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 60)
    return bench.store.state("running")["stack"][0]


async def power_hour(bench, journal, breaks):
    """Bytes that each kind of commit took in the journal, after so many breaks."""
    cockpit, sizes = bench.cockpit, {}

    async def measured(name, action):
        before = journal.stat().st_size
        bench.clock.step(1)
        await action
        sizes[name] = journal.stat().st_size - before

    ann, bo, cy = (bench.contact(name) for name in NAMES[:3])
    await cockpit.open()
    await measured("the first", cockpit.queue.show_list(""))
    await measured("start", cockpit.queue.call_person(ann.id, 60))
    await cockpit.talk.type_note("two vans")
    await measured("note", cockpit.save())
    await cockpit.talk.keep_note()
    await measured("note kept", cockpit.save())
    await cockpit.call.over()
    await cockpit.outcome.choose("email_asked")
    await measured("a to-do", cockpit.outcome.save_form())
    (asked,) = bench.store.calls(ann.id)
    await measured("done", cockpit.people.tick_owed(asked.id))
    await measured("not done", cockpit.undo.last())
    await measured("correcting", cockpit.correcting.correct(asked.id))
    await measured("corrected", cockpit.outcome.choose("no_answer"))
    await measured("correction undone", cockpit.undo.last())
    for _ in range(breaks):
        await cockpit.session.ask_pause()
        await cockpit.question.answer("b")
        await cockpit.session.go_on()
    await cockpit.session.ask_pause()
    await measured("break", cockpit.question.answer("b"))
    await measured("break over", cockpit.session.go_on())
    await cockpit.people.skip(bo.id)
    await measured("skip", cockpit.question.answer("1"))
    await measured("skip undone", cockpit.undo.last())
    await measured("next", cockpit.queue.call_person(cy.id))
    await measured("no answer", cockpit.outcome.choose("no_answer"))
    await measured("undone", cockpit.undo.last())
    await measured("voicemail", cockpit.outcome.choose("voicemail"))
    await measured("pursuit", cockpit.people.decide(cy.id, "e"))
    await measured("heartbeat", cockpit.save())
    await cockpit.session.show_recap()
    await measured("end", cockpit.session.end())
    return sizes


async def test_the_line_of_no_commit_grows_with_to_dos_skips_drafts_and_breaks(tmp_path):
    sizes, draft = [], await a_draft()
    for many in (1, MANY):
        bench, folder = Bench(), tmp_path / str(many)
        bench.store = TinyStore.open(folder)
        bench.people(*NAMES)
        piled_up(bench, many, draft)
        bench.killed_and_started_again()
        sizes.append(await power_hour(bench, folder / "sessions.json.journal", many // 10))
        assert len(bench.cockpit._state.owed.ids) == many + 1
        assert len(bench.cockpit._state.ranking.skips) == many
        assert len(bench.cockpit._state.drafts) == many
        bench.store.close()
    few, grown = sizes
    del grown["the first"], grown["end"]  # takes each of the old lists apart; writes the whole session, once
    assert {name: size for name, size in grown.items() if size > few[name] + 50} == {}


async def test_to_dos_skips_and_drafts_of_an_older_release_are_there_and_stay_over_restarts(bench):
    piled_up(bench, 3, await a_draft())
    for _ in range(3):
        cockpit = bench.killed_and_started_again()
        await cockpit.open()
        await cockpit.queue.show_list("")
        assert sorted(cockpit._state.owed.ids) == ["call000", "call001", "call002"]
        assert set(cockpit._state.ranking.skips) == {"past000", "past001", "past002"}
        assert set(cockpit._state.drafts) == {"past000", "past001", "past002"}
    assert not bench.store.state("owed")
    await cockpit.people.tick_owed("call001")
    cockpit = bench.killed_and_started_again()
    await cockpit.open()
    assert sorted(cockpit._state.owed.ids) == ["call000", "call002"]

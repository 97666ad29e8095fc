"""Who called is a fact or a question: only the exact number names somebody, and of several people none is picked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
from tinydb import TinyDB

from tests.cockpit_bench import call_selected
from tests.phone_bench import settle
from tui.cockpit.view import Phase
from tui.dialer.protocol import CallState, Cause
from tui.domain.call import Call
from tui.domain.contact import Number
from tui.domain.metrics import summary
from tui.domain.outcome import Category
from tui.storage.protocol import Change
from tui.storage.tiny import TinyStore

SHARED = "+442079460100"
UNKNOWN = "+442079460999"


@pytest.fixture
def office(phone_bench):
    """Ann, Bob and Cy Rossi on one number, Dee with her own."""
    bench = phone_bench
    people = bench.people("Ann Rossi", "Bob Rossi", "Cy Rossi", "Dee Dow")
    same = tuple(replace(one, numbers=(Number(SHARED, SHARED),)) for one in people[:3])
    bench.store.commit(Change(contacts=same), bench.clock.now())
    return bench


def past(bench, name: str, is_: Category, ago: timedelta) -> None:
    at = bench.clock.now() - ago
    call = Call(f"{name}-{ago}", bench.contact(name).id, at, str(is_), is_)
    bench.store.commit(Change(calls=(call,)), at)


async def calls_us(bench, number: str, name: str = "", call_id: str = "in-1") -> None:
    bench.dialer.say(call_id, CallState.INCOMING, outgoing=False, number=number, name=name)
    await settle()


async def gives_up(bench, call_id: str = "in-1") -> None:
    bench.dialer.say(call_id, CallState.ENDED, outgoing=False, cause=Cause.NO_ANSWER)
    await settle()


async def misses(bench, number: str, name: str = "") -> None:
    await calls_us(bench, number, name)
    await gives_up(bench)


def people_in(bench) -> int:
    return len(list(bench.store.contact_ids()))


async def test_of_several_people_on_one_number_the_likeliest_comes_first_and_all_are_there(office):
    day = timedelta(days=1)
    past(office, "Bob Rossi", Category.VOICEMAIL, 2 * day)
    past(office, "Cy Rossi", Category.NO_ANSWER, timedelta(hours=1))
    await office.cockpit.open()
    await calls_us(office, "020 7946 0100")
    assert [row.name for row in office.cockpit.view.ringing.rows] == ["Cy Rossi", "Bob Rossi", "Ann Rossi"]


async def test_twelve_people_on_one_number_can_all_be_reached(phone_bench):
    bench = phone_bench
    people = bench.people(*(f"Person {n}" for n in range(12)))
    bench.store.commit(
        Change(contacts=tuple(replace(one, numbers=(Number(SHARED, SHARED),)) for one in people)),
        bench.clock.now(),
    )
    await bench.cockpit.open()
    await calls_us(bench, SHARED)
    assert len(bench.cockpit.view.ringing.rows) == 12
    assert len(bench.cockpit.callers.look_up("020 7946 0100")) == 12


async def test_a_missed_call_of_several_people_is_logged_as_one_of_these(office):
    await office.cockpit.open()
    await misses(office, SHARED)
    [missed] = office.store.calls()
    assert missed.contact_id == ""
    assert set(missed.one_of) == {office.contact(f"{one} Rossi").id for one in ("Ann", "Bob", "Cy")}
    for name in ("Ann Rossi", "Bob Rossi", "Cy Rossi"):
        assert office.store.calls(office.contact(name).id) == ()
    assert summary(office.store.calls()).inbound == 1
    view = office.cockpit.view
    assert (
        view.notice.text
        == "Ann Rossi, Bob Rossi or Cy Rossi called and nobody answered. They are on top of the queue."
    )
    assert [row.why for row in view.queue.ready][:2] == [
        "Missed call 14:01: Ann Rossi, Bob Rossi or Cy Rossi",
        "Never called",
    ]
    history = office.cockpit.card.view(office.contact("Cy Rossi").id).history
    assert history[0][1] == "Missed call from Ann Rossi, Bob Rossi or Cy Rossi"


async def test_the_words_for_one_of_several_do_not_say_that_we_missed_them(office):
    await office.cockpit.open()
    await misses(office, SHARED)
    view = await office.cockpit.queue.select(next(iter(office.cockpit.view.queue.ready)).contact_id)
    view = await call_selected(office.cockpit, 15)
    assert view.card.name == "Ann Rossi"
    assert "missed your call" not in view.script.text
    assert ("Missed", "14:01: Ann Rossi, Bob Rossi or Cy Rossi") in view.card.lines
    why = office.cockpit.card.view(office.contact("Ann Rossi").id).why
    assert why[0] == "Missed call 14:01: Ann Rossi, Bob Rossi or Cy Rossi."


@pytest.mark.parametrize("back", ["Ann Rossi", "Cy Rossi"])
async def test_calling_any_of_them_back_settles_it_for_all_and_undo_opens_it_again(office, back):
    await office.cockpit.open()
    await misses(office, SHARED)
    office.clock.step(60)
    await office.cockpit.queue.select(office.contact(back).id)
    await call_selected(office.cockpit, 15)
    office.clock.step(5)
    office.dialer.say("line-1", CallState.ENDED, cause=Cause.NO_ANSWER)
    await settle()
    assert [row.effect for row in office.cockpit.view.outcomes if row.id == "no_answer"] == [
        "again tomorrow morning"
    ]
    view = await office.cockpit.outcome.choose("no_answer")
    assert view.saved.text == f"No answer · {back} → again tomorrow morning"
    assert not [row for row in view.queue.ready if "Missed" in row.why]
    await office.cockpit.undo.last()
    assert [row.name for row in office.cockpit.view.queue.ready if "Missed" in row.why] == ["Ann Rossi"]


async def test_whoever_may_not_be_called_does_not_stand_for_the_others(office):
    ann = office.contact("Ann Rossi")
    await office.cockpit.open()
    await office.cockpit.queue.select(ann.id)
    await call_selected(office.cockpit, 15)
    office.clock.step(5)
    office.dialer.say("line-1", CallState.ENDED, cause=Cause.REMOTE)
    await settle()
    await office.cockpit.outcome.choose("do_not_call")
    await office.cockpit.outcome.save_form()
    office.clock.step(60)
    await misses(office, SHARED)
    waiting = [row.name for row in office.cockpit.view.queue.ready if "Missed" in row.why]
    assert waiting in (["Bob Rossi"], [])  # the number itself may be on the list
    assert "Ann Rossi" not in waiting


async def test_what_is_missed_is_there_after_a_new_start_and_a_plain_tinydb_reads_it(office, tmp_path):
    await office.cockpit.open()
    await misses(office, SHARED)
    path = tmp_path / "store"
    store = TinyStore.open(path)
    store.commit(
        Change(contacts=tuple(office.store.contacts()), calls=office.store.calls()), office.clock.now()
    )
    store.close()
    store = TinyStore.open(path)
    [missed] = store.calls("")
    assert missed == office.store.calls()[0]
    office.store = store
    cockpit = office.killed_and_started_again()
    view = await cockpit.open()
    assert next(iter(view.queue.ready)).why.startswith("Missed call 14:01: Ann Rossi")
    await cockpit.close()
    store.close()
    [file] = path.glob("*.json")
    [document] = [row for row in TinyDB(file).table("calls").all() if row.get("one_of")]
    assert (document["contact_id"], len(document["one_of"])) == ("", 3)


async def test_the_one_person_with_the_number_is_a_fact_and_a_stranger_is_kept(office):
    await office.cockpit.open()
    await misses(office, office.contact("Dee Dow").first_number)
    assert [call.contact_id for call in office.store.calls()] == [office.contact("Dee Dow").id]
    await misses(office, UNKNOWN)
    [kept] = [one for one in office.store.contacts() if one.lists == ("callers",)]
    assert kept.first_number == UNKNOWN


@pytest.mark.parametrize("ending", ["7946 0100", "+39 02 0794 60100", "9 020 7946 0100"])
async def test_a_number_that_ends_alike_is_not_theirs(office, ending):
    await office.cockpit.open()
    await calls_us(office, ending.replace(" ", ""))
    assert office.cockpit.view.ringing.rows == ()
    await gives_up(office)
    assert all(
        not call.one_of
        and call.contact_id not in {office.contact(f"{one} Rossi").id for one in ("Ann", "Bob", "Cy")}
        for call in office.store.calls()
    )


@pytest.mark.parametrize(
    ("number", "name", "said"),
    [
        (
            "",
            "",
            "Somebody called without showing a number, and nobody answered. There is nobody to call back.",
        ),
        (
            "",
            "Ann Rossi",
            "Somebody called without showing a number, and nobody answered. There is nobody to call back.",
        ),
        (
            "118",
            "Reception",
            "Extension 118 called, and nobody answered. It is no number to call back, so no contact was made.",
        ),
        (
            "60100",
            "",
            "Extension 60100 called, and nobody answered. It is no number to call back, so no contact was made.",
        ),
        (
            "sales",
            "Bo",
            "Sales called, and nobody answered. It is no number to call back, so no contact was made.",
        ),
    ],
)
async def test_a_caller_nobody_can_call_back_makes_no_contact_and_no_record(office, number, name, said):
    await office.cockpit.open()
    before = people_in(office)
    await calls_us(office, number, name)
    assert office.cockpit.view.ringing.rows == ()
    await gives_up(office)
    assert (people_in(office), office.store.calls()) == (before, ())
    assert office.cockpit.view.notice.text == said


async def test_a_caller_without_a_number_who_is_answered_makes_a_call_and_no_contact(office):
    await office.cockpit.open()
    before = people_in(office)
    await calls_us(office, "", "Colleague Kate")
    await office.cockpit.incoming.take(None)
    await office.cockpit.talk.type_note("asked for the price list")
    await office.cockpit.talk.keep_note()
    office.clock.step(60)
    await office.cockpit.call.over()
    view = await office.cockpit.outcome.choose("promise")
    assert "You do not know yet who this is" in view.notice.text
    await office.cockpit.outcome.choose("talked")
    view = await office.cockpit.outcome.save_form()
    [call] = office.store.calls()
    assert (call.contact_id, call.notes[0].text, people_in(office)) == (
        "",
        "asked for the price list",
        before,
    )
    assert view.saved.text == "Talked · unknown caller → no contact made"
    view = await office.cockpit.undo.last()
    assert (view.phase, people_in(office)) == (Phase.CALL_OVER, before)
    await office.cockpit.callers.choose(office.contact("Dee Dow").id)
    await office.cockpit.question.answer("y")
    await office.cockpit.outcome.choose("talked")
    await office.cockpit.outcome.save_form()
    [told] = office.store.calls(office.contact("Dee Dow").id)
    assert told.notes[0].text == "asked for the price list"


async def test_who_it_is_can_be_changed_before_the_outcome_and_the_notes_go_along(office):
    await office.cockpit.open()
    await calls_us(office, SHARED)
    view = await office.cockpit.incoming.take(office.contact("Ann Rossi").id)
    await office.cockpit.talk.type_note("two vans")
    await office.cockpit.talk.keep_note()
    await office.cockpit.talk.type_note("half a no")
    await office.cockpit.incoming.open_look_up()
    assert [row.name for row in office.cockpit.callers.look_up("")] == ["Ann Rossi", "Bob Rossi", "Cy Rossi"]
    view = await office.cockpit.callers.choose(office.contact("Bob Rossi").id)
    assert (view.card.name, view.draft, view.phase) == ("Bob Rossi", "half a no", Phase.TALKING)
    assert view.notice.text == "This call is with Bob Rossi now. Your notes came along."
    await office.cockpit.call.over()
    await office.cockpit.outcome.choose("talked")
    await office.cockpit.outcome.save_form()
    [call] = office.store.calls()
    assert call.contact_id == office.contact("Bob Rossi").id
    assert [note.text for note in call.notes] == ["two vans", "half a no"]
    assert call.dials[0].number == SHARED


@pytest.mark.parametrize(("answer", "cards"), [("y", 1), ("n", 2)])
async def test_where_the_line_cannot_tell_the_rep_says_whether_it_is_another_call(bench, answer, cards):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await bench.cockpit.callers.choose(bench.contact("Ann Rossi").id, "ann")
    await bench.cockpit.talk.type_note("two vans")
    view = await bench.cockpit.callers.choose(bench.contact("Bo Lund").id, "bo")
    assert view.ask.title == "Bo Lund: the caller on this card, or another call?"
    view = await bench.cockpit.question.answer(answer)
    assert (view.card.name, len(bench.cockpit._state.stack)) == ("Bo Lund", cards)
    assert view.draft == ("two vans" if answer == "y" else "")


async def test_a_number_somebody_no_longer_has_names_them_no_more(office):
    dee = office.contact("Dee Dow")
    await office.cockpit.open()
    assert [row.name for row in office.cockpit.callers.look_up(dee.first_number)] == ["Dee Dow"]
    wrong = replace(dee, numbers=(replace(dee.numbers[0], bad=True), Number(UNKNOWN, UNKNOWN)))
    office.store.commit(Change(contacts=(wrong,)), office.clock.now())
    office.cockpit._state.ranking.search.changed((dee.id,))
    await calls_us(office, dee.first_number)
    assert office.cockpit.view.ringing.rows == ()
    await calls_us(office, UNKNOWN, call_id="in-2")
    await gives_up(office)
    assert [row.name for row in office.cockpit.view.ringing.rows] == ["Dee Dow"]


async def test_whoever_a_colleague_talked_to_on_another_phone_is_no_stranger(office):
    bench = office
    await bench.cockpit.open()
    for call_id, number in (("in-1", bench.contact("Dee Dow").first_number), ("in-2", SHARED)):
        await calls_us(bench, number, call_id=call_id)
        bench.dialer.say(call_id, CallState.ENDED, outgoing=False, cause=Cause.ELSEWHERE)
        await settle()
    # Of the three on one number nobody knows who it was.
    touched = {one.name: one.touched_at for one in bench.store.contacts() if one.touched_at}
    assert touched.keys() == {"Dee Dow"}
    assert bench.store.calls() == ()
    assert bench.cockpit.view.queue.ready[-1].name != "Dee Dow"
    dee = bench.contact("Dee Dow").id
    assert ("Last contacted", "Mon 23 Nov, answered on another phone") in bench.cockpit.card.view(dee).lines
    await bench.cockpit.queue.select(dee)
    view = await call_selected(bench.cockpit, 15)
    assert view.ask is not None
    view = await bench.cockpit.question.answer(view.ask.choices[0][0])
    assert "We haven't spoken before" not in view.script.text


async def test_only_who_stands_there_is_said_to_be_on_top_of_the_queue(office):
    await office.cockpit.open()
    await misses(office, office.contact("Dee Dow").first_number)
    assert (
        office.cockpit.view.notice.text == "Dee Dow called and nobody answered. They are on top of the queue."
    )
    office.clock.step(60)
    await misses(office, SHARED)
    assert office.cockpit.view.notice.text == (
        "Ann Rossi, Bob Rossi or Cy Rossi called and nobody answered. They are in the queue, below Dee Dow."
    )


async def test_a_missed_call_of_somebody_who_is_never_called_promises_no_place_in_the_queue(office):
    dee = office.contact("Dee Dow")
    office.store.commit(Change(contacts=(replace(dee, owner="Jo"),)), office.clock.now())
    await office.cockpit.open()
    await misses(office, dee.first_number)
    assert office.cockpit.view.notice.text == "Dee Dow called and nobody answered."

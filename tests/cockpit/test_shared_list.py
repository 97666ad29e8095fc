"""Reps with a cockpit each and one shared list: what one writes the others know, and nobody is called by two."""

from __future__ import annotations

import asyncio

import pytest

from tests.cockpit_bench import names
from tests.shared_list.list_bench import ANN, BO, EVA, PEOPLE, Desk, Team
from tui.cockpit.actions.team import list_people, list_records, shared_list
from tui.cockpit.view import Phase
from tui.shared_list.port import Heard
from tui.storage.sharing.notes import UNSENT


async def test_a_new_colleague_gets_everybody_and_sends_no_fictional_people(
    team: Team, desks: tuple[Desk, Desk]
) -> None:
    sent = {record_id for table, record_id in team.list.records if table == "contacts"}
    assert sent == {one.id for one in PEOPLE}
    assert desks[1].view.team_list.words == f"shared list {desks[1].view.now:%H:%M}"


async def test_calls_and_promises_of_a_colleague_come_in(team: Team, desks: tuple[Desk, Desk]) -> None:
    ann, kim = desks
    await ann.calls(BO, "no_answer")
    await ann.cockpit.session.to_queue()
    await ann.all_sent()
    await kim.until(kim.store.calls)
    assert [call.contact_id for call in kim.store.calls()] == [BO.id]
    assert "Bo Lund" not in names(kim.view.queue.ready)


async def test_b60_nobody_is_called_while_a_colleague_has_them(team: Team, desks: tuple[Desk, Desk]) -> None:
    ann, kim = desks
    await ann.cockpit.queue.call_person(BO.id, 15)
    assert len(ann.dialer.dialled) == 1
    await kim.cockpit.queue.call_person(BO.id, 15)
    assert kim.dialer.dialled == []
    assert kim.view.notice is not None
    assert kim.view.notice.text == "Ann has them now."


async def test_the_next_person_is_one_whom_no_colleague_has(team: Team, desks: tuple[Desk, Desk]) -> None:
    ann, kim = desks
    await ann.cockpit.queue.call_person(ANN.id, 15)
    await ann.until(lambda: len(ann.state.leases.held) == 4)
    free = ({one.id for one in PEOPLE} - ann.state.leases.held.keys()).pop()
    await kim.until(lambda: len(kim.state.leases.not_offered) == 4)
    await kim.calls(next(one for one in PEOPLE if one.id == free), "no_answer")
    assert kim.view.phase is Phase.QUEUE  # nobody else can be called by her now
    assert len(kim.dialer.dialled) == 1


async def test_whoever_is_skipped_is_given_back(team: Team, desks: tuple[Desk, Desk]) -> None:
    ann, kim = desks
    await ann.calls(BO, "no_answer")
    await ann.until(
        lambda: ann.view.card and ann.view.card.name == "Ann Rossi" and ann.state.leases.has(ANN.id)
    )
    await ann.cockpit.people.put_off(ANN.id, "1")
    await ann.until(lambda: ANN.id not in ann.state.leases.held)
    await kim.cockpit.queue.call_person(ANN.id, 15)
    assert kim.dialer.dialled == [ANN.numbers[0].e164]


async def test_whoever_was_called_rests_for_others(team: Team, desks: tuple[Desk, Desk]) -> None:
    ann, kim = desks
    await ann.calls(BO, "no_answer")
    await ann.cockpit.session.end()
    assert len(ann.dialer.dialled) == 1
    await ann.until(lambda: not ann.state.leases.held)
    kim.state.leases.are_held((), "")
    await kim.cockpit.queue.call_person(BO.id, 15)
    assert kim.dialer.dialled == []


async def test_a_refusal_elsewhere_stops_the_dial_without_a_tick(
    team: Team, desks: tuple[Desk, Desk]
) -> None:
    ann, kim = desks
    await kim.refuses(ANN)
    await kim.all_sent()
    await ann.cockpit.queue.call_person(ANN.id, 15)
    assert ann.dialer.dialled == []
    await ann.until(ann.store.do_not_call)
    assert [entry.why for entry in ann.store.do_not_call()] == ["a letter"]


@pytest.mark.parametrize("what", ["refusal", "lease"])
async def test_b60_the_countdown_stops_when_they_are_not_ours_to_call(
    team: Team, desks: tuple[Desk, Desk], what: str
) -> None:
    ann, kim = desks
    await ann.calls(BO, "no_answer")
    await ann.until(lambda: ann.state.leases.has(ANN.id))
    working = ann.state.working
    working.enter(Phase.NEXT_IN, ann.state.now)
    ann.state.countdown_to = ann.team.clock.monotonic() + 1e6
    if what == "refusal":
        await kim.refuses(ANN)
        await kim.all_sent()
    else:
        with team.turn:
            team.list.slots[ANN.id].rep, team.list.slots[ANN.id].token = str(kim.state.rep["id"]), 99
        team.step(minutes=2)
    await ann.until(lambda: working.phase is Phase.READY)
    assert ann.view.notice is not None
    wanted = {"refusal": "Do not call Ann Rossi: a letter", "lease": "Kim has them now."}[what]
    assert ann.view.notice.text.startswith(wanted)
    assert len(ann.dialer.dialled) == 1


async def test_b60_a_refusal_that_the_list_tells_of_stops_the_countdown_before_the_next_tick(
    team: Team, desks: tuple[Desk, Desk]
) -> None:
    ann, kim = desks
    await ann.calls(BO, "no_answer")
    await ann.until(lambda: ann.state.leases.has(ANN.id) and not ann.state.store.names(UNSENT))
    working = ann.state.working
    working.enter(Phase.NEXT_IN, ann.state.now)
    ann.state.countdown_to = ann.team.clock.monotonic() + 1e6
    sharing, painted = ann.cockpit.do_not_call.sharing, list[Phase]()
    ann.cockpit.subscribe(lambda view: painted.append(view.phase))
    team.step(seconds=1)  # a round is not begun upon a round
    await kim.refuses(ANN)
    await kim.all_sent()
    async with asyncio.timeout(60):
        while Phase.READY not in painted:  # of her own desk nothing ticks; what the list tells begins a round
            team.step(seconds=1)
            if sharing._round is not None and sharing._round.done():
                sharing._round = None  # as a tick leaves it
            sharing._heard(Heard(is_news=True))
            await asyncio.sleep(0.01)
    assert ann.view.notice is not None
    assert ann.view.notice.text.startswith("Do not call Ann Rossi: a letter")
    assert ann.state.countdown_to is None


async def test_b60_without_a_line_only_own_and_held_people_are_called(
    team: Team, desks: tuple[Desk, Desk]
) -> None:
    ann, _ = desks
    await ann.cockpit.people.take(EVA.id)
    await ann.all_sent()
    team.step(hours=22)  # whoever had her before has not called her since
    await ann.cockpit.queue.call_person(BO.id, 60)
    await ann.until(lambda: len(ann.state.leases.held) == 4)
    others = {one.id for one in PEOPLE} - ann.state.leases.held.keys() - {EVA.id}
    team.list.is_down = True
    await ann.until(lambda: ann.view.team_list.is_trouble)
    since = f"{ann.view.now:%H:%M}"
    assert ann.view.team_list.words == f"offline since {since}: your own people only"
    await ann.ticks(5)
    await ann.cockpit.outcome.choose("no_answer")
    called = len(ann.dialer.dialled)
    held = next(one for one in PEOPLE if one.id in ann.state.leases.held and one is not BO)
    await ann.calls(held, "no_answer")
    assert len(ann.dialer.dialled) == called + 1
    for other in others:
        await ann.cockpit.session.to_queue()
        await ann.cockpit.queue.call_person(other, 60)
        assert len(ann.dialer.dialled) == called + 1
    team.step(minutes=100)  # what was held lapses, what is one's own stays
    await ann.cockpit.session.to_queue()
    await ann.cockpit.queue.call_person(EVA.id, 60)
    assert len(ann.dialer.dialled) == called + 2


async def test_what_was_written_without_a_line_goes_there_later(team: Team, desks: tuple[Desk, Desk]) -> None:
    ann, kim = desks
    await ann.cockpit.queue.call_person(BO.id, 60)
    await ann.ticks(5)
    team.list.is_down = True
    await ann.cockpit.outcome.choose("no_answer")
    await ann.until(lambda: ann.view.team_list.is_trouble)
    team.step(minutes=60)
    await ann.killed()
    await ann.ticks(3)
    team.list.is_down = False
    await ann.all_sent()
    await kim.until(kim.store.calls)


async def test_b59_a_list_that_never_answers_holds_no_key(
    team: Team, desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, _ = desks
    await ann.cockpit.people.take(ANN.id)
    await ann.all_sent()
    team.step(hours=22)
    monkeypatch.setattr(list_people, "DIAL_S", 0.05)
    monkeypatch.setattr(shared_list, "LOOK_S", 0.01)
    monkeypatch.setattr(shared_list, "LEAVE_S", 0.01)
    team.answers.clear()
    async with asyncio.timeout(60):
        await ann.cockpit.queue.call_person(ANN.id, 15)
        assert ann.dialer.dialled == [ANN.numbers[0].e164]
        assert ann.view.team_list.is_trouble
        await ann.cockpit.call.answered()
        await ann.cockpit.talk.type_note("two vans")
        await ann.cockpit.talk.keep_note()
        await ann.cockpit.call.over()
        await ann.cockpit.outcome.choose("no_answer")
        await ann.cockpit.undo.last()
        await ann.cockpit.outcome.choose("no_answer")
        await ann.ticks(3)
        assert await ann.close() == ""


async def test_a_list_restored_from_a_copy_gets_everything_again(
    team: Team, desks: tuple[Desk, Desk]
) -> None:
    ann, kim = desks
    await ann.calls(BO, "no_answer")
    await ann.cockpit.session.to_queue()
    await ann.all_sent()
    await kim.until(kim.store.calls)
    before = set(team.list.records)
    with team.turn:
        team.list.restored()
    for desk in desks:
        await desk.until(lambda: before <= set(team.list.records))
        await desk.all_sent()


async def test_leaving_sends_the_last_words_and_gives_people_back(
    team: Team, desks: tuple[Desk, Desk]
) -> None:
    ann, kim = desks
    await ann.calls(BO, "no_answer")
    await ann.until(lambda: len(ann.state.leases.held) > 1)
    await ann.close()
    assert any(table == "calls" for table, _ in team.list.records)
    ours = ann.state.rep["id"]  # a colleague may have them at once
    mine = [one for one, slot in team.list.slots.items() if slot.rep == ours and slot.until > team.list.at]
    assert mine == []
    await kim.cockpit.queue.call_person(ANN.id, 15)
    assert len(kim.dialer.dialled) == 1


async def test_who_leaves_with_something_unsent_gives_nobody_back(
    team: Team, desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, _ = desks
    await ann.calls(BO, "no_answer")
    await ann.until(lambda: len(ann.state.leases.held) > 1)

    async def fails(_: object) -> None:
        raise list_records.NotTaken

    monkeypatch.setattr(list_records.ListRecords, "push", fails)
    await ann.close()
    ours = ann.state.rep["id"]
    assert sum(slot.rep == ours and slot.until > team.list.at for slot in team.list.slots.values()) > 1


async def test_a_lift_that_only_a_manager_may_make_is_said(team: Team, desks: tuple[Desk, Desk]) -> None:
    ann, kim = desks
    await kim.refuses(ANN)
    await kim.all_sent()
    await ann.until(ann.store.do_not_call)
    await ann.cockpit.do_not_call.lift_person(ANN, "asked us to call")
    await ann.until(lambda: ann.view.notice and "only a manager lifts" in ann.view.notice.text)
    await ann.all_sent()
    await ann.cockpit.queue.call_person(ANN.id, 15)
    assert ann.dialer.dialled == []


@pytest.mark.parametrize("is_known", [False, True], ids=["the list does not know", "it heard a moment ago"])
async def test_who_was_just_taken_is_not_ones_own_without_a_line(
    team: Team, desks: tuple[Desk, Desk], is_known: bool
) -> None:
    ann, _ = desks
    if is_known:
        await ann.cockpit.people.take(EVA.id)
        await ann.all_sent()
    team.list.is_down = True
    await ann.until(lambda: ann.view.team_list.is_trouble)
    if not is_known:
        await ann.cockpit.people.take(EVA.id)
        team.step(hours=30)
    view = await ann.cockpit.queue.call_person(EVA.id, 15)
    assert ann.dialer.dialled == []
    assert (
        view.notice.text == "The shared list does not answer, and a colleague may be calling them: not now."
    )


async def test_a_new_person_is_called_without_a_line_and_with_one_once_the_list_knows_them(
    team: Team, desks: tuple[Desk, Desk]
) -> None:
    ann, _ = desks
    team.list.is_down = True
    await ann.until(lambda: ann.view.team_list.is_trouble)
    await ann.cockpit.people.add({"name": "Max Hill", "number": "+44 20 7946 0177"})
    new = next(one for one in ann.store.contacts() if one.name == "Max Hill")
    await ann.cockpit.queue.call_person(new.id, 15)
    assert ann.dialer.dialled == ["+442079460177"]
    await ann.ticks(5)
    await ann.cockpit.outcome.choose("no_answer")
    team.list.is_down = False
    await ann.all_sent()
    assert ("contacts", new.id) in team.list.records


async def test_a_lapsed_lease_is_asked_for_again_at_the_dial(team: Team, desks: tuple[Desk, Desk]) -> None:
    ann, _ = desks
    await ann.calls(BO, "no_answer")
    await ann.until(lambda: ann.state.leases.has(ANN.id))
    team.step(hours=2)
    assert not ann.state.leases.has(ANN.id)
    await ann.cockpit.queue.call_person(ANN.id, 15)
    assert len(ann.dialer.dialled) == 2

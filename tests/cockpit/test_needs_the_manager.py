"""A rep says on the card that the manager is to decide; the manager sees them first and answers with a note."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import IN_LONDON, Bench, names
from tui.domain.contact import MANAGER_SAID, NEEDS_MANAGER
from tui.settings.listed import Member

TEAM = (Member("Sam", role="manager"), Member("Kim Dale"))
AS_SAM, AS_KIM = (replace(IN_LONDON, members=TEAM, me=replace(IN_LONDON.me, name=one.name)) for one in TEAM)


async def opened(settings, *people: str) -> Bench:
    bench = Bench(settings)
    bench.people(*people)
    await bench.cockpit.open()
    await bench.cockpit.tick()
    return bench


async def asked(bench: Bench, name: str, words: str):
    await bench.cockpit.manager.ask(bench.contact(name).id)
    return await bench.cockpit.question.answer(words)


async def test_a_rep_asks_and_nothing_else_changes_for_them() -> None:
    kim = await opened(AS_KIM, "Ann Rossi", "Bo Lund")
    view = await kim.cockpit.manager.ask(kim.contact("Bo Lund").id)
    assert view.ask.title == "What should your manager decide about Bo Lund?"
    view = await kim.cockpit.question.answer("10% off for two years?")
    assert view.saved.text == "Needs the manager · Bo Lund → first in the manager's queue"
    bo = kim.contact("Bo Lund")
    assert bo.remembered == {NEEDS_MANAGER: "10% off for two years? (Kim Dale, 23 November 2026)"}
    assert f"remembered/{NEEDS_MANAGER}" in bo.stamps
    assert names(view.queue.for_manager) == []
    view = await kim.cockpit.undo.last()
    assert kim.contact("Bo Lund").remembered == {}


async def test_b62_the_manager_sees_them_first_also_a_colleagues_and_takes_the_flag_off_with_a_note() -> None:
    sam = await opened(AS_SAM, "Ann Rossi", "Bo Lund")
    await sam.cockpit.people.edit(sam.contact("Bo Lund").id, {"owner": "Kim Dale"})
    view = await asked(sam, "Bo Lund", "a discount?")
    assert [(row.name, row.why.partition(" (")[0]) for row in view.queue.for_manager] == [
        ("Bo Lund", "a discount?")
    ]
    assert (names(view.queue.ready), names(view.queue.held)) == (
        ["Ann Rossi"],
        [],
    )  # nobody stands there twice
    view = await sam.cockpit.queue.select(sam.contact("Bo Lund").id)
    await sam.cockpit.tick()
    assert sam.cockpit.view.queue.selected == sam.contact("Bo Lund").id
    view = await asked(sam, "Bo Lund", "five percent")
    assert names(view.queue.for_manager) == []
    assert sam.contact("Bo Lund").remembered == {MANAGER_SAID: "five percent (Sam, 23 November 2026)"}
    assert view.saved.text == "Answered · Bo Lund → on the card of every rep"


async def test_what_was_asked_and_answered_stands_on_the_card_of_a_call() -> None:
    kim = await opened(AS_KIM, "Ann Rossi")
    await asked(kim, "Ann Rossi", "a discount?")
    view = await kim.cockpit.queue.call_person(kim.contact("Ann Rossi").id, 15)
    assert dict(view.card.lines)["Manager"] == "a discount? (Kim Dale, 23 November 2026)"


@pytest.mark.parametrize("typed", ["", "   "])
async def test_nothing_typed_changes_nothing(typed: str) -> None:
    kim = await opened(AS_KIM, "Ann Rossi")
    view = await asked(kim, "Ann Rossi", typed)
    assert view.notice.text == "Nothing was changed: write one sentence."
    assert kim.contact("Ann Rossi").remembered == {}


async def test_the_list_of_those_who_need_the_manager_outlives_a_restart() -> None:
    sam = await opened(AS_SAM, "Ann Rossi")
    await asked(sam, "Ann Rossi", "a discount?")
    again = sam.killed_and_started_again()
    await again.open()
    view = await again.tick()
    assert names(view.queue.for_manager) == ["Ann Rossi"]

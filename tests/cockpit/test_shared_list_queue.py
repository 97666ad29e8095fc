"""What the queue says and counts of people whom a colleague has, or may have."""

from __future__ import annotations

from tests.shared_list.list_bench import BO, PEOPLE, Desk, Team
from tui.cockpit.view import Phase


async def test_the_queue_says_who_has_them_now(team: Team, desks: tuple[Desk, Desk]) -> None:
    ann, kim = desks
    await ann.cockpit.queue.call_person(BO.id, 15)

    def why() -> dict[str, str]:
        return {row.name: row.why for row in kim.view.queue.ready}

    await kim.until(lambda: why()["Bo Lund"] == "Ann has Bo Lund now")
    view = await kim.cockpit.queue.select(BO.id)
    assert (view.queue.enter.does, view.queue.enter.words) == ("nothing", "Ann has Bo Lund now")


async def test_whoever_a_colleague_has_is_not_counted_and_enter_calls_somebody_else(
    team: Team, desks: tuple[Desk, Desk]
) -> None:
    ann, kim = desks
    first = kim.view.queue.selected
    await ann.cockpit.queue.call_person(first, 15)
    await ann.until(lambda: len(ann.state.leases.held) == 4)
    await kim.until(lambda: len(kim.state.leases.not_offered) == 4)
    view = await kim.cockpit.tick()
    assert view.queue.summary.startswith(f"{len(PEOPLE) - 4} to call now;")
    assert view.queue.selected not in kim.state.leases.not_offered
    assert view.queue.enter.does == "call"
    view = await kim.cockpit.queue.select(first)
    view = await kim.cockpit.tick()
    assert view.queue.selected == first  # the rep may look at whoever it is


async def test_without_the_list_the_queue_counts_nobody_it_may_not_call(
    team: Team, desks: tuple[Desk, Desk]
) -> None:
    ann, _ = desks
    await ann.cockpit.queue.call_person(BO.id, 15)
    await ann.until(lambda: len(ann.state.leases.held) == 4)
    await ann.cockpit.session.to_queue()
    team.list.is_down = True
    await ann.until(lambda: ann.state.leases.is_away)
    said = (await ann.cockpit.tick()).queue.summary
    assert (
        said == "Without the shared list you can call your own people, and 4 people the list holds for you."
    )


async def test_without_the_list_one_count_rules_and_rows_and_the_next_person_go_by_it(
    team: Team, desks: tuple[Desk, Desk]
) -> None:
    ann, _ = desks
    await ann.cockpit.queue.call_person(BO.id, 60)
    await ann.until(lambda: len(ann.state.leases.held) == 4)
    held = {*ann.state.leases.held}
    (other,) = {one.id for one in PEOPLE} - held
    team.list.is_down = True
    await ann.until(lambda: ann.state.leases.is_away)
    queue = ann.view.queue
    assert (queue.free, len(queue.ready)) == (4, 5)
    said = {row.contact_id: row.why for row in queue.ready}
    assert {one for one, why in said.items() if why == "A colleague may be calling them"} == {other}
    called = set()
    while ann.view.phase is not Phase.QUEUE:
        assert ann.state.working is not None
        called.add(ann.state.working.contact.id)
        await ann.cockpit.call.dial() if ann.view.phase is Phase.READY else None
        await ann.ticks(5)
        await ann.cockpit.outcome.choose("no_answer")
    assert called == held
    queue = ann.view.queue
    assert (queue.free, [row.contact_id for row in queue.ready]) == (0, [other])
    team.step(minutes=100)
    assert (await ann.cockpit.tick()).queue.summary == "Without the shared list you can call your own people."


async def test_without_the_list_enter_says_whom_it_may_not_call(team: Team, desks: tuple[Desk, Desk]) -> None:
    _, kim = desks
    team.list.is_down = True
    await kim.until(lambda: kim.state.leases.is_away and not kim.state.leases.held)
    view = await kim.cockpit.queue.select(BO.id)
    assert (view.queue.enter.does, view.queue.enter.words) == (
        "nothing",
        "A colleague may be calling Bo Lund now",
    )
    assert view.queue.summary == "Without the shared list you can call your own people."

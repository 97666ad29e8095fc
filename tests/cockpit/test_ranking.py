"""Who is ready, who is later and who is held, as people and time change; and what is shown of them."""

from __future__ import annotations

from msgspec.structs import replace

from tests.cockpit_bench import call_selected, names
from tui.cockpit.state import others
from tui.storage.protocol import Change


async def test_everybody_in_view_is_ready_later_today_or_held(bench):
    people = bench.people(*(f"Ann Rossi{place}" for place in range(6)))
    await bench.cockpit.open()
    ranking = bench.cockpit._state.ranking
    ranking.skips.add(people[0].id, "not now", bench.clock.now())
    await bench.cockpit.queue.filter("rossi")
    assert len(ranking.ready) + len(ranking.later) + len(ranking.held) == 6
    assert list(ranking.held) == [people[0].id]


async def test_an_outcome_moves_a_person_in_the_filtered_view_and_in_the_whole(bench):
    bench.people("Ann Rossi", "Bo Lund", "Eva Brandt")
    await bench.cockpit.open()
    await bench.cockpit.queue.filter("o")
    view = await call_selected(bench.cockpit)
    called = view.card.name
    bench.clock.step(2)
    await bench.cockpit.outcome.choose("no_answer")
    view = await bench.cockpit.session.to_queue()
    assert called not in names(view.queue.ready)
    assert called in names(view.queue.held)
    view = await bench.cockpit.queue.clear_filter()
    assert called not in names(view.queue.ready)
    assert called in names(view.queue.held)


async def test_a_call_made_while_everybody_is_read_again_stays_where_it_put_them(bench, monkeypatch):
    people = bench.people("Ann Rossi", "Bo Lund", "Eva Brandt")
    await bench.cockpit.open()
    state = bench.cockpit._state
    view = await call_selected(bench.cockpit)
    bench.clock.step(2)
    bench.store.commit(Change(next_steps=dict.fromkeys(one.id for one in people)), bench.clock.now())
    monkeypatch.setattr(others, "AT_ONCE", 1)
    run, parts = state.disk.run, []

    async def one_part_and_then_a_key(work, *args):
        part = await run(work, *args)
        if work is next:
            parts.append(part)
            if len(parts) == 1:
                await bench.cockpit.outcome.choose("no_answer")
        return part

    monkeypatch.setattr(state.disk, "run", one_part_and_then_a_key)
    await others.reload(state)
    assert len(parts) == len(people)
    view = await bench.cockpit.session.to_queue()
    assert len(view.queue.ready) == 2
    (held,) = view.queue.held
    assert held.name not in names(view.queue.ready)


async def test_a_filter_finds_somebody_by_the_name_they_were_given_just_now(bench):
    ann = bench.people("Ann Rossi", "Bo Lund")[0]
    await bench.cockpit.open()
    assert names((await bench.cockpit.queue.filter("rossi")).queue.ready) == ["Ann Rossi"]
    await bench.cockpit.people.edit(ann.id, {"name": "Ann Bellow"})
    assert names((await bench.cockpit.queue.filter("bellow")).queue.ready) == ["Ann Bellow"]
    assert not len((await bench.cockpit.queue.filter("rossi ann")).queue.held)


async def test_a_line_of_the_queue_changes_with_its_person_and_with_the_minute(bench):
    ann = bench.people("Ann Rossi")[0]
    view = await bench.cockpit.open()
    assert (view.queue.ready[0].name, view.queue.ready[0].their_time) == ("Ann Rossi", "14:01")
    view = await bench.cockpit.people.edit(ann.id, {"name": "Ann Bellow"})
    assert view.queue.ready[0].name == "Ann Bellow"
    bench.clock.step(60)
    assert (await bench.cockpit.tick()).queue.ready[0].their_time == "14:02"


async def test_the_effects_of_the_outcomes_follow_the_minute(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    before = (await call_selected(bench.cockpit)).outcomes
    bench.clock.step(hours=30)
    after = (await bench.cockpit.tick()).outcomes
    assert [row.id for row in before] == [row.id for row in after]
    assert [row.effect for row in before] != [row.effect for row in after]


async def test_the_lists_are_counted_as_people_come_and_change(bench):
    ann, *_ = bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    ranking = bench.cockpit._state.ranking
    assert ranking.list_sizes() == (("autumn", 2),)
    ranking.place_all({ann.id: replace(ranking.step(ann.id), lists=("fair",))})
    assert ranking.list_sizes() == (("autumn", 1), ("fair", 1))


async def test_a_voicemail_of_a_moment_ago_comes_first_in_the_look_up_until_it_is_taken_back(bench):
    bench.people("Ann Rossi", "Bea Rossi", "Cleo Rossi")
    await bench.cockpit.open()
    assert names(bench.cockpit.callers.look_up("ross"))[0] == "Ann Rossi"
    while (await call_selected(bench.cockpit)).card.name != "Cleo Rossi":
        bench.clock.step(2)
        await bench.cockpit.outcome.choose("no_answer")
    bench.clock.step(2)
    await bench.cockpit.outcome.choose("voicemail")
    assert names(bench.cockpit.callers.look_up("ross"))[0] == "Cleo Rossi"
    await bench.cockpit.undo.last()
    assert names(bench.cockpit.callers.look_up("ross"))[0] == "Ann Rossi"


async def test_a_start_tells_how_many_next_steps_it_works_out_again(bench):
    bench.people("Ann Rossi", "Bo Lund", "Eva Brandt")
    assert bench.cockpit.opening == "Reading your contacts."
    seen = []
    ranking = bench.cockpit._state.ranking
    compute = ranking.compute

    def noted(*args):
        seen.append(bench.cockpit.opening)
        return compute(*args)

    ranking.compute = noted
    await bench.cockpit.open()
    assert seen == [f"Updating your queue: {number} of 3" for number in range(3)]

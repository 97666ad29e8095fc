"""A hand-over has a receiver, a promise stays with its giver until it is taken, and nobody is in no queue."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.practice_bench import call_anyway, past, ready_names
from tui.cockpit.call_view import NotHandedOver
from tui.domain.call import Call
from tui.domain.contact import Rep
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.settings.listed import Member
from tui.storage.protocol import Change

TEAM = (Member("Kat Example", ("Kitty",), "kat@example.com"), Member("Sam"), Member("Jo Hart"))


@pytest.fixture
def team(make_bench, bench):
    """A cockpit of Sam's, whose team names its members."""
    return make_bench(replace(bench.settings, members=TEAM))


def promised(bench, person, rep, hours=1):
    """A promise that a rep gave yesterday, due in some hours."""
    now = bench.clock.now()
    due = Promise(now + timedelta(hours=hours), "Europe/London", words="two vans")
    before = now - timedelta(days=1)
    call = Call(uuid7(before), person.id, before, "promise", Category.PROMISE, rep=rep, promise=due)
    bench.store.commit(Change(calls=(call,)), now)


def whys(view):
    return {row.name: row.why for row in view.queue.ready}


@pytest.mark.parametrize("to", ["Kat Example", "KAT EXAMPLE", "kitty", "Kat@example.com", "Example, Kat"])
async def test_b37_a_receiver_is_known_by_any_name_and_gets_their_own(team, to):
    (ann,) = team.people("Ann Rossi")
    await team.cockpit.open()
    changed = await team.cockpit.people.hand_over(ann.id, to, "wants two vans", True)
    assert (changed.owner, changed.owner_id) == ("Kat Example", "")
    held = {row.name: row.why for row in team.cockpit.view.queue.held}
    assert held == {"Ann Rossi": "Kat Example looks after them."}


async def test_b37_a_stranger_is_asked_about_with_the_nearest_name(team):
    (ann,) = team.people("Ann Rossi")
    await team.cockpit.open()
    with pytest.raises(NotHandedOver, match=r'called "Kat Exmaple"\. Did you mean Kat Example') as refused:
        await team.cockpit.people.hand_over(ann.id, "Kat Exmaple", "wants two vans", True)
    assert (refused.value.field_id, refused.value.near) == ("unknown", "Kat Example")
    assert team.store.contact(ann.id).owner == ""
    changed = await team.cockpit.people.hand_over(ann.id, "Kat Exmaple", "wants two vans", True, anyway=True)
    assert changed.owner == "Kat Exmaple"


async def test_b37_reps_of_whom_there_is_a_record_are_known_without_a_setting(bench):
    (ann,) = bench.people("Ann Rossi")
    bench.store.commit(Change(reps=(Rep("kats-id", "Kat Example", ("Kitty",)),)), bench.clock.now())
    await bench.cockpit.open()
    with pytest.raises(NotHandedOver, match="Did you mean Kat Example"):
        await bench.cockpit.people.hand_over(ann.id, "Kat Exmaple", "wants two vans", True)
    assert (await bench.cockpit.people.hand_over(ann.id, "kitty", "n", True)).owner == "Kat Example"


async def test_b36_who_belongs_to_nobody_on_the_team_is_in_a_tier_of_their_own_behind_all(team):
    team.people("Ann Rossi", owner="Kat Exmaple")
    team.people("Bo Lund")
    team.people("Cy Park", owner="kitty")
    team.people("Eva Brandt", owner="Kat Exmaple")
    team.people("Fay Osei", owner="Sam")
    view = await team.cockpit.open()
    assert ready_names(view)[:2] == ["Bo Lund", "Fay Osei"] or ready_names(view)[:2] == [
        "Fay Osei",
        "Bo Lund",
    ]
    assert sorted(ready_names(view)[2:]) == ["Ann Rossi", "Eva Brandt"]
    assert whys(view)["Ann Rossi"] == 'Never called; "Kat Exmaple" is nobody on the team'
    ann = next(row for row in view.queue.ready if row.name == "Ann Rossi")
    why = team.cockpit.card.explain(ann.contact_id)
    assert 'Ann Rossi belongs to "Kat Exmaple", and nobody on the team is called that.' in why


async def test_b36_of_those_who_belong_to_nobody_a_promise_comes_first(team):
    team.people("Ann Rossi", owner="Nobody Known")
    bo, *_ = team.people("Bo Lund", owner="Nobody Known")
    team.people("Eva Brandt")
    promised(team, bo, "somebody-elses", hours=-1)
    assert ready_names(await team.cockpit.open()) == ["Eva Brandt", "Bo Lund", "Ann Rossi"]


@pytest.mark.parametrize("members", [(), TEAM])
async def test_b37_a_promise_stays_with_its_giver_until_it_is_taken(make_bench, bench, members):
    bench = make_bench(replace(bench.settings, members=members))
    (ann,) = bench.people("Ann Rossi")
    await bench.cockpit.open()
    promised(bench, ann, bench.cockpit._state.rep["id"])
    await bench.cockpit.people.hand_over(ann.id, "Kat Example", "wants two vans", True)
    assert "stays with you until Kat Example has taken them over" in bench.cockpit.view.saved.note
    bench.clock.step(hours=1)
    view = await bench.cockpit.tick()
    assert ready_names(view) == ["Ann Rossi"]
    assert whys(view)["Ann Rossi"].endswith("; handed to Kat Example, not taken yet")
    assert (
        "You promised this call. Kat Example has not taken Ann Rossi over yet."
        in bench.cockpit.card.explain(ann.id)
    )
    taken = replace(bench.store.contact(ann.id), owner_id="kats-id")
    bench.store.commit(Change(contacts=(taken,), next_steps={ann.id: None}), bench.clock.now())
    view = await bench.killed_and_started_again().open()
    assert ready_names(view) == []
    assert [row.why for row in view.queue.held] == ["Kat Example looks after them."]


@pytest.mark.parametrize("giver", ["jos-id", "unnamed-id"])
async def test_b36_nowhere_is_it_said_that_i_promised_what_a_colleague_did(team, giver):
    (ann,) = team.people("Ann Rossi")
    team.store.commit(Change(reps=(Rep("jos-id", "Jo Hart"), Rep("unnamed-id", ""))), team.clock.now())
    promised(team, ann, giver, hours=30)
    await team.cockpit.open()
    told = "\n".join(team.cockpit.card.explain(ann.id))
    assert "You promised" not in told
    name = {"jos-id": "Jo Hart", "unnamed-id": "a colleague"}[giver]
    assert f"They expect {name}'s call" in told
    assert f"It was {name} who promised this call." in told


async def test_b37_a_promise_of_a_colleague_is_not_mine_to_keep(team):
    (ann,) = team.people("Ann Rossi", owner="Jo Hart")
    promised(team, ann, "jos-id", hours=-1)
    assert ready_names(await team.cockpit.open()) == []


async def test_b38_who_is_nobodys_is_the_colleagues_to_whom_they_were_promised(team):
    (ann,) = team.people("Ann Rossi")
    team.store.commit(Change(reps=(Rep("jos-id", "Jo Hart"),)), team.clock.now())
    promised(team, ann, "jos-id", hours=1)
    view = await team.cockpit.open()
    assert [row.why for row in view.queue.held] == ["They expect Jo Hart's call: today 15:01"]
    said = team.cockpit.card.explain(ann.id)
    assert said[0] == "They expect Jo Hart's call: Mon 23 Nov 2026 15:01 their time."
    assert not [line for line in said if "You promised" in line]
    team.clock.step(hours=1)
    view = await team.cockpit.tick()
    assert ready_names(view) == []
    await team.cockpit.people.take(ann.id)
    assert ready_names(team.cockpit.view) == ["Ann Rossi"]


@pytest.mark.parametrize(
    ("giver", "said"),
    [
        ("jos-id", "I know Jo Hart said we'd call on Friday. I'm calling sooner"),
        ("sams-id", "I know I said I'd call on Friday. I'm calling sooner"),
    ],
)
async def test_b36_the_words_of_a_promise_say_who_gave_it(team, giver, said):
    (ann,) = team.people("Ann Rossi")
    me = {"rep": {"id": "sams-id"}}
    team.store.commit(Change(reps=(Rep("jos-id", "Jo Hart"),), state=me), team.clock.now())
    promised(team, ann, giver, hours=97)
    await team.cockpit.open()
    await team.cockpit.queue.select(ann.id)
    view = await call_anyway(team.cockpit)
    assert said in view.script.text


async def test_b38_a_promise_of_nobody_we_know_is_kept_by_whoever_is_here(team):
    (ann,) = team.people("Ann Rossi")
    promised(team, ann, "an-id-that-was-lost", hours=-1)
    assert ready_names(await team.cockpit.open()) == ["Ann Rossi"]


async def test_b37_a_call_to_my_own_promise_asks_nothing_about_the_colleague(team):
    (ann,) = team.people("Ann Rossi")
    await team.cockpit.open()
    promised(team, ann, team.cockpit._state.rep["id"], hours=0)
    await team.cockpit.people.hand_over(ann.id, "Kat Example", "wants two vans", True)
    assert not [line for line in team.cockpit.card.explain(ann.id) if "in their place" in line]


async def test_who_takes_somebody_over_has_their_id_and_u_gives_them_back(team):
    (ann,) = team.people("Ann Rossi", owner="Kat Exmaple")
    await team.cockpit.open()
    await team.cockpit.people.take(ann.id)
    mine, me = team.store.contact(ann.id), team.cockpit._state.rep["id"]
    assert (mine.owner, mine.owner_id) == ("Sam", me)
    assert whys(team.cockpit.view) == {"Ann Rossi": "Never called"}
    await team.cockpit.people.take(ann.id)
    assert team.cockpit.view.notice.text == "Ann Rossi is yours already."
    await team.cockpit.undo.last()
    assert (team.store.contact(ann.id).owner, team.store.contact(ann.id).owner_id) == ("Kat Exmaple", "")


async def test_an_owner_that_is_typed_on_the_card_has_taken_nobody_yet(team):
    (ann,) = team.people("Ann Rossi", owner="Sam", owner_id="an-old-one")
    await team.cockpit.open()
    await team.cockpit.people.edit(ann.id, {"owner": "Jo Hart"})
    assert (team.store.contact(ann.id).owner, team.store.contact(ann.id).owner_id) == ("Jo Hart", "")
    await team.cockpit.people.edit(ann.id, {"owner": "sam"})
    assert team.store.contact(ann.id).owner_id == team.cockpit._state.rep["id"]


async def test_b37_the_minute_of_a_colleagues_promise_strikes_in_their_cockpit_alone(team):
    ann, bo = team.people("Ann Rossi", owner="Jo Hart") + team.people("Bo Lund", owner="Sam")
    for person in (ann, bo):
        promised(team, person, "jos-id", hours=1)
    await team.cockpit.open()
    page = team.cockpit.report_page()
    assert [line for _, lines in page.sections for line in lines if "today 15:01" in line] == [
        "Bo Lund: today 15:01"
    ]
    team.clock.step(hours=1)
    view = await team.cockpit.tick()
    assert view.notice.text == "Due now: you promised to call Bo Lund."


async def test_b48_a_colleague_writes_to_their_own_people(team):
    people = team.people("Ann Rossi", owner="Jo Hart") + team.people("Bo Lund", owner="Sam")
    for person in people:
        past(team, person, "nurture", Category.NURTURE, 31)
    await team.cockpit.open()
    assert [touch.contact.name for touch in team.cockpit.messages.due_by("email")] == ["Bo Lund"]

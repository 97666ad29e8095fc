"""One rep for one customer: the owner's people, handing over, and a date that binds the whole team."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tests.practice_bench import ready_names
from tui.cockpit.call_view import NotHandedOver
from tui.cockpit.view import Phase
from tui.domain.cadence import Policy
from tui.domain.call import Call
from tui.domain.do_not_call import Entry
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.storage.protocol import Change


async def test_b36_another_reps_people_are_not_in_my_queue(bench):
    bench.people("Ann Rossi", owner="Jo")
    bench.people("Bo Lund", owner=" sam ")
    bench.people("Eva Brandt")
    view = await bench.cockpit.open()
    assert sorted(ready_names(view)) == ["Bo Lund", "Eva Brandt"]
    held = {row.name: row.why for row in view.queue.held}
    assert held == {"Ann Rossi": "Jo looks after them."}


async def test_b36_that_they_refused_is_said_before_whose_they_are(bench):
    (ann,) = bench.people("Ann Rossi", owner="Jo")
    refusal = Entry("e1", bench.clock.now(), bench.clock.now().date(), contact_id=ann.id, why="they asked")
    bench.store.commit(Change(do_not_call=(refusal,)), bench.clock.now())
    view = await bench.cockpit.open()
    (row,) = view.queue.held
    assert "they asked" in row.why


async def test_b36_ringing_them_shows_the_hand_over_line_and_a_warning_and_is_not_blocked(bench):
    (ann,) = bench.people("Ann Rossi", owner="Jo")
    await bench.cockpit.open()
    await bench.cockpit.outcome.log_elsewhere(ann.id)
    await bench.cockpit.call.back()
    await bench.cockpit.queue.select(ann.id)
    view = await call_selected(bench.cockpit, 15)
    assert bench.dialer.dialled == []
    assert view.ask.title == "Jo looks after this person: say that you call in their place. Call anyway?"
    view = await bench.cockpit.question.answer(view.ask.default)
    assert view.phase is Phase.RINGING
    assert bench.dialer.dialled == [ann.numbers[0].e164]
    assert (
        dict(view.card.lines)["Say first"] == "\"It's Sam. I'm calling in place of Jo, who looks after you.\""
    )
    assert any("Jo looks after this person" in line for line in bench.cockpit.card.explain(ann.id))


async def test_b36_a_team_that_turns_it_off_shares_everybody(make_bench, bench):
    policy = Policy(same_rep="off")
    shared = make_bench(replace(bench.settings, policy=policy))
    shared.people("Ann Rossi", owner="Jo")
    assert ready_names(await shared.cockpit.open()) == ["Ann Rossi"]


@pytest.mark.parametrize(
    ("to", "note", "agreed", "missing"),
    [
        ("", "wants the export team", True, "Who takes Ann Rossi over"),
        ("Jo", "  ", True, "needs a note"),
        ("Jo", "wants the export team", False, "only if they agree"),
    ],
)
async def test_b37_a_hand_over_needs_a_rep_a_note_and_the_customers_agreement(
    bench, to, note, agreed, missing
):
    (ann,) = bench.people("Ann Rossi")
    await bench.cockpit.open()
    with pytest.raises(NotHandedOver, match=missing):
        await bench.cockpit.people.hand_over(ann.id, to, note, agreed)
    assert bench.store.contact(ann.id).owner == ""


async def test_b37_a_hand_over_with_all_three_moves_them_and_keeps_the_note(bench):
    (ann,) = bench.people("Ann Rossi")
    await bench.cockpit.open()
    changed = await bench.cockpit.people.hand_over(ann.id, "Jo", "wants the export team", True)
    assert bench.store.contact(ann.id).owner == "Jo"
    assert changed.owner == "Jo"
    assert "wants the export team" in changed.remembered["handed over"]
    assert ready_names(await bench.cockpit.tick()) == []
    lines = dict(bench.cockpit.card.view(ann.id).lines)
    assert "from Sam to Jo on 23 November 2026, they agreed" in lines["Handed over"]


async def test_b38_a_date_agreed_with_a_colleague_binds_everybody(bench):
    (ann,) = bench.people("Ann Rossi")
    now = bench.clock.now()
    promise = Promise(now + timedelta(days=3), "Europe/London", words="we think it over")
    talk = Call(uuid7(now), ann.id, now, "promise", Category.PROMISE, rep="another-rep", promise=promise)
    bench.store.commit(Change(calls=(talk,)), now)
    assert ready_names(await bench.cockpit.open()) == []
    why = " ".join(bench.cockpit.card.explain(ann.id))
    assert "They expect a colleague's call: Thu 26 Nov 2026 14:01" in why
    assert "Say why you call before it" in why
    bench.clock.step(hours=71)
    assert ready_names(await bench.cockpit.tick()) == []
    bench.clock.step(hours=1)
    assert ready_names(await bench.cockpit.tick()) == ["Ann Rossi"]


async def test_b38_the_form_says_so_before_it_is_saved(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(3)
    await bench.cockpit.call.answered()
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("promise")
    view = await bench.cockpit.outcome.set_field("when", "fri 3pm")
    preview = next(f.preview for f in view.form.fields if f.id == "when")
    assert "Nobody on the team calls before then." in " ".join(preview)


async def test_b37_a_hand_over_by_mistake_is_taken_back_with_u(bench):
    (ann,) = bench.people("Ann Rossi")
    await bench.cockpit.open()
    await bench.cockpit.people.hand_over(ann.id, "Jo", "wants the export team", True)
    await bench.cockpit.undo.last()
    back = bench.store.contact(ann.id)
    assert (back.owner, back.remembered) == ("", {})
    assert ready_names(bench.cockpit.view) == ["Ann Rossi"]

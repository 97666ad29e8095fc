"""The recap of a session over the seeded store: every line is worked out once more, and a planted lie is found."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import SCRIPTS, Bench, call_selected
from tests.practice.fortnight import recaps
from tests.seeded_store import NOW, contact_id, seeded
from tui.script.files.library import Library

CALLS = {
    "Bo Lund": ("voicemail", 0, {}),
    "Eva Brandt": ("promise", 60, {"when": "tomorrow 9:30"}),
    "Fay Osei": ("win", 90, {"when": "thu 10:00"}),
    "Cy Park": ("talked", 45, {}),
    "Kim Sato": ("email_asked", 40, {}),
    "Una Kerr": ("gatekeeper", 20, {}),
    "Tom Hale": ("not_a_fit", 50, {}),
    "Rita Moss": ("nurture", 8, {}),
}
"""Outcome, seconds of talk, and what is typed in the form."""


_MADE: list[tuple[Any, recaps.Known]] = []


@pytest.fixture
async def desk():
    """The recap of these calls over the seeded store, and what is on record; no test changes either."""
    if not _MADE:
        _MADE.append(await _called())
    return _MADE[0]


async def _called():
    bench = Bench()
    bench.store, bench.library = seeded(), Library(SCRIPTS)
    bench.clock.set(days=(NOW - bench.clock.now()).days)
    cockpit = bench._cockpit()
    await cockpit.open()
    for name, (outcome, seconds, fields) in CALLS.items():
        await cockpit.session.to_queue()
        await cockpit.queue.select(contact_id(name))
        view = await call_selected(cockpit, 60)
        while view.ask:
            view = await cockpit.question.answer(view.ask.default or "y")
        bench.clock.step(5)
        if seconds:
            await cockpit.call.answered()
            if outcome == "talked":
                await cockpit.talk.signal("+")
                await cockpit.talk.type_note("likes the blue one")
                await cockpit.talk.keep_note()
            bench.clock.step(seconds)
            await cockpit.call.over()
        view = await cockpit.outcome.choose(outcome)
        for field, value in fields.items():
            await cockpit.outcome.set_field(field, value)
        if view.form:
            view = await cockpit.outcome.save_form()
            assert view.form is None, (name, view.form)
    view = await cockpit.session.show_recap()
    run = cockpit._state.run
    assert run is not None
    known = recaps.Known(
        bench.clock.now(),
        tuple(bench.store.contacts()),
        [one for one in bench.store.calls() if one.voided_at is None],
        run.session.id,
        cockpit._state.ranking.step,
    )
    return view.recap, known


async def test_b73_every_line_of_a_session_with_all_kinds_of_calls_is_true(desk):
    recap, known = desk
    labels = [label for label, _ in recap.sections]
    assert labels == ["Good to hear", "Next steps", "You promised", "To do", "Tomorrow", ""]
    assert dict(recap.sections)[""][0] == "You talked with 5 of 8 people."
    assert list(recaps.untrue(recap, known)) == []


@pytest.mark.parametrize(
    ("label", "lie"),
    [
        ("Good to hear", "Rita Moss wants to go on."),
        ("Good to hear", 'Cy Park wants to go on: "likes the red one".'),
        ("Next steps", "Cy Park: you call tomorrow 09:30"),
        ("Next steps", "Eva Brandt: you call tomorrow 10:30"),
        ("You promised", "2 calls: they come up in your queue when due"),
        ("To do", "Cy Park: The e-mail, by today"),
        ("Tomorrow", "2 promises, the first at 09:30: Eva Brandt"),
        ("", "You talked with 6 of 8 people."),
        ("", "You talked with 5 of 8 people; last week it was 1 in 6."),
        ("", "Nobody you called answered this time: 1 voicemail left."),
        ("", "One thing to try: 2 of your last 20 talks ended with a next step. Ask for a day."),
        ("", "0 of 0 people"),
    ],
)
async def test_b73_a_planted_lie_is_found(desk, label, lie):
    recap, known = desk
    assert len(list(recaps.untrue(replace(recap, sections=((label, (lie,)),)), known))) >= 1

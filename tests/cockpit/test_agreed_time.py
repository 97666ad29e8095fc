"""A day they named when the script asked for it stands in the form, whatever the answer is called."""

import pytest

from tests.cockpit_bench import call_selected
from tui.cockpit.view import Phase
from tui.domain.outcome import Category
from tui.script.files.library import Library

HEAD = "title: T\nopener: Hi {{first_name|there}}. Two minutes?\n"
WHEN = "ask: When shall I call you about it?, save: callback_day, type: date"
ENDS = "ask: When does it end?, save: ends, type: date"
NOTHING = "tue 14:00"
"""What the form proposes when nobody named a day: tomorrow at this hour."""


@pytest.fixture
def form_after(bench, tmp_path):
    """What stands on the time line of an outcome's form after a call that named days, in this order."""

    async def play(script: str, outcome: str, *named: str) -> str:
        (tmp_path / "s.yaml").write_text(HEAD + script, encoding="utf-8")
        bench.library = Library(tmp_path)
        bench.people("Ann Rossi")
        cockpit = bench.killed_and_started_again()
        await cockpit.open()
        await call_selected(cockpit, 15)
        bench.clock.step(5)
        await cockpit.call.answered()
        await cockpit.talk.step_on()
        for words in named:
            await cockpit.talk.type_note(words)
            await cockpit.talk.keep_note()
        bench.clock.step(60)
        await cockpit.call.over()
        view = await cockpit.outcome.choose(outcome)
        assert view.phase is Phase.FORM
        return next((line.value for line in view.form.fields if line.id in ("when", "again")), "")

    return play


@pytest.mark.parametrize(
    ("script", "outcome", "named", "wanted"),
    [
        # the name says nothing: what the question proposes does
        (f"close: [{{{WHEN}, outcome: promise}}]\n", "promise", ["fri 3pm"], "fri 3pm"),
        ("close: [{ask: When?, save: promised, type: date}]\n", "promise", ["fri 3pm"], "fri 3pm"),
        ("close: [{ask: When?, type: date, outcome: promise}]\n", "promise", ["fri 3pm"], "fri 3pm"),
        (f"close: [{{{WHEN}, next_in: 3d}}]\n", "promise", ["fri 3pm"], "fri 3pm"),
        # its branch ends in a promise
        (f"close: [{{{WHEN}}}, {{end: promise}}]\n", "promise", ["fri 3pm"], "fri 3pm"),
        (f"close: [{{{WHEN}}}, I will., {{end: promise}}]\n", "promise", ["fri 3pm"], "fri 3pm"),
        # a later question that is not about a day changes nothing
        (f"close: [{{{WHEN}, outcome: promise}}, {{ask: What?, save: bring}}]\n", "promise", ["fri 3pm", "it"],
         "fri 3pm"),
        # another day they named is no call of ours
        ("discovery: [{ask: When does it end?, save: ends, type: date}]\nclose: [Bye., {end: promise}]\n",
         "promise", ["31 dec"], NOTHING),
        (f"close: [{{{WHEN}, outcome: promise}}, {{{ENDS}}}, {{end: promise}}]\n",
         "promise", ["fri 3pm", "31 dec"], "fri 3pm"),
        (f"close: [{{{ENDS}}}, {{{WHEN}}}, {{end: promise}}]\n",
         "promise", ["31 dec", "fri 3pm"], "fri 3pm"),
        # the neighbours: a meeting, and a talk after which we call again
        ("close: [{ask: Which day is good?, save: day, type: date, outcome: win}]\n", "win", ["fri 3pm"], "fri 3pm"),
        ("close: [{ask: When may I call about it?, save: day, type: date, outcome: email_asked}]\n",
         "email_asked", ["fri 3pm"], "fri 3pm"),
        (f"close: [{{{WHEN}, outcome: promise}}]\n", "talked", ["fri 3pm"], "fri 3pm"),
        (f"close: [{{{WHEN}, outcome: promise}}]\n", "win", ["fri 3pm"], ""),
        ("close: [{ask: Which day is good?, save: day, type: date, outcome: win}]\n", "talked", ["fri 3pm"], ""),
        # what is no time stands where the rep must see it, and nowhere else
        (f"close: [{{{WHEN}, outcome: promise}}]\n", "promise", ["after the fair"], "after the fair"),
        (f"close: [{{{WHEN}, outcome: promise}}]\n", "talked", ["after the fair"], ""),
        (f"close: [{{{WHEN}, outcome: promise}}]\n", "promise", [], NOTHING),
    ],
)  # fmt: skip
async def test_the_day_they_named_is_in_the_form(form_after, script, outcome, named, wanted):
    assert await form_after(script, outcome, *named) == wanted


async def test_it_is_kept_with_one_key(form_after, bench):
    await form_after(f"close: [{{{WHEN}, outcome: promise}}]\n", "promise", "fri 3pm")
    await bench.cockpit.outcome.save_form()
    call = bench.store.calls()[0]
    assert call.is_ is Category.PROMISE
    assert call.promise.from_.isoformat() == "2026-11-27T15:00:00+00:00"
    assert call.answers["callback_day"] == "fri 3pm"


HOW_OFTEN = "ask: How often?, save: preferred_interval, keep: contact"
BY_WHAT = "ask: By phone or by e-mail?, save: preferred_channel, keep: contact"


@pytest.mark.parametrize(
    ("outcome", "interval", "channel", "wanted", "prefers"),
    [
        ("talked", "every month", "e-mail", {"again": "every month", "how": "e-mail"}, (30, "email")),
        ("talked", "ogni tre mesi", "Telefono", {"again": "ogni tre mesi", "how": "phone"}, (90, "phone")),
        (
            "talked",
            "only when there's news",
            "text message",
            {"again": "", "how": "text message"},
            (None, "text"),
        ),
        (
            "talked",
            "every 2 weeks",
            "phone or e-mail",
            {"again": "every 2 weeks", "how": "phone"},
            (14, None),
        ),
        ("nurture", "every month", "per telefono", {"how": "phone"}, (None, "phone")),
        ("nurture", "", "a pigeon", {"how": "e-mail"}, (None, None)),
    ],
)
async def test_how_they_want_to_hear_from_us_is_in_the_form_and_kept(
    form_after, bench, outcome, interval, channel, wanted, prefers
):
    script = f"close: [{{{HOW_OFTEN}}}, {{{BY_WHAT}}}]\n"
    await form_after(script, outcome, interval or "whenever", channel)
    lines = {line.id: line.value for line in bench.cockpit.view.form.fields}
    assert wanted.items() <= lines.items()
    await bench.cockpit.outcome.save_form()
    kept = bench.store.contact(bench.store.calls()[0].contact_id).prefers
    assert (kept.every, kept.channel) == prefers


async def test_not_now_but_by_phone_is_no_call_before_the_sixty_days_are_over(form_after, bench):
    await form_after(f"close: [{{{BY_WHAT}}}]\n", "nurture", "phone")
    await bench.cockpit.outcome.save_form()
    call = bench.store.calls()[0]
    step = bench.cockpit._state.step(bench.store.contact(call.contact_id))
    assert (step.action, step.kind) == ("call", "asked")
    assert step.due >= call.at + bench.settings.policy.after_not_now

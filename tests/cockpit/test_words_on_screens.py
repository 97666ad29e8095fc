"""What a rep reads is the language of the trade, and nothing of it is cut on a terminal of 80 columns."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tests.practice_bench import call_anyway, past
from tui.cockpit.wording import form, outcomes
from tui.cockpit.wording.team_settings import change_words
from tui.cockpit.wording.why import sentence
from tui.commands import COMMANDS, PLACES
from tui.domain.day_words import Clocks, every_days, number_of, times
from tui.domain.next_step import NextStep
from tui.domain.outcome import DEFAULT_OUTCOMES, Category
from tui.domain.why import why
from tui.locale.choose import choose
from tui.locale.spoken import speaking
from tui.settings import changes
from tui.storage.protocol import Change
from tui.widgets.lines import Line, cut
from tui.widgets.outcome_form import LABEL_WIDTH, OutcomeList, field_line

BRITISH = re.compile(
    r"\b(rang|rung|(who|you|we|they|somebody|to|is) (is )?ring(s|ing)?( (me|us))?)\b", re.IGNORECASE
)
"""A phone rings; a person calls."""


def refused(law):
    return why("law_cooling_off", law=law, until="2026-03-02", citation="Act 7", as_of="2026-01-01")


def text(line: Line) -> str:
    return "".join(part for part, _ in line)


@pytest.mark.parametrize("outcome", [o.id for o in DEFAULT_OUTCOMES])
async def test_no_label_of_an_outcomes_form_is_cut(bench, outcome):
    bench.people("Ann Rossi")
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 15)
    await cockpit.call.answered()
    await cockpit.call.over()
    view = await cockpit.outcome.choose(outcome)
    for field in view.form.fields if view.form else ():
        assert f" {field.label} " in text(field_line(field, field.value, False, 80))
        assert cut(field.label, LABEL_WIDTH - 2) == field.label, "the line that is typed on"


@pytest.mark.parametrize("tries", [0, 1, 3])
@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York"])
async def test_what_an_outcome_would_do_is_not_cut(bench, zone, tries):
    """The longest row is a voicemail's: that it uses up the reason stands first, the end of a far date may be cut."""
    (ann,) = bench.people("Ann Rossi")
    for days in (30, 20, 10)[:tries]:
        past(bench, ann, "no_answer", Category.NO_ANSWER, days)
    bench.store.commit(Change(contacts=(replace(ann, zone=zone),)), bench.clock.now())
    cockpit = bench.cockpit
    await cockpit.open()
    await call_anyway(cockpit)
    view = await cockpit.call.over()
    menu = OutcomeList()
    menu.view = view
    rows = [text(line) for line in menu.lines(80)]
    assert any("uses up this reason" in row for row in rows)
    assert not [row for row in rows if "…" in row and "uses up this reason" not in row]


def test_no_command_says_ring_where_a_rep_calls():
    said = [words for command in COMMANDS for words in (command.label, command.help)] + list(PLACES.values())
    assert not [words for words in said if BRITISH.search(words)]


@pytest.mark.parametrize(
    ("count", "dials", "people", "often"),
    [
        (0, "0 dials", "0 people", "0 times"),
        (1, "1 dial", "1 person", "once"),
        (2, "2 dials", "2 people", "twice"),
    ],
)
def test_a_number_takes_the_right_noun(count, dials, people, often):
    assert (number_of(count, "dial"), number_of(count, "person", "people"), times(count)) == (
        dials,
        people,
        often,
    )


@pytest.mark.parametrize(
    ("reason", "inside"),
    [
        (why("no_number"), "no number to call: add one"),
        (why("no_number", number="2025550143"), "2025550143 cannot be called as it is written: correct it"),
        (why("not_a_fit", reason="no budget"), "doesn't fit: no budget"),
        (
            refused("Italy"),
            "Italy: they refused; no call before Mon 2 Mar 2026. (Act 7, as of 1 January 2026)",
        ),
        (
            refused("United Kingdom"),
            "United Kingdom: they refused; no call before Mon 2 Mar 2026. (Act 7, as of 1 January 2026)",
        ),
    ],
)
def test_a_reason_behind_an_outcome_is_a_part_of_its_line(reason, inside):
    clocks = Clocks("Europe/Rome", "Europe/Rome", datetime(2026, 11, 23, 14, tzinfo=UTC))
    assert outcomes.again(NextStep("rethink", "end", None, (reason,)), clocks, None) == inside


@pytest.mark.parametrize(("days", "words"), [(1, "every day"), (2, "every 2 days")])
async def test_a_rhythm_of_one_day_is_every_day(bench, days, words):
    """As the form reads it back, on the card, and in the why."""
    (ann,) = bench.people("Ann Rossi")
    assert every_days(days) == words
    wish = replace(ann, prefers=replace(ann.prefers, every=days))
    bench.store.commit(Change(contacts=(wish,)), bench.clock.now())
    cockpit = bench.cockpit
    await cockpit.open()
    view = await call_anyway(cockpit)
    assert dict(view.card.lines)["Asked"] == f"to hear from us {words}"
    await cockpit.call.over()
    await cockpit.outcome.choose("talked")
    view = await cockpit.outcome.set_field("again", words)
    again = next(field for field in view.form.fields if field.id == "again")
    assert again.preview[0].startswith(f"As they asked, {words}: ")


@pytest.mark.parametrize(
    ("ahead", "said"),
    [(0.4, "as planned"), (1.0, "1 call more than planned"), (-11.2, "11 calls fewer than planned")],
)
def test_the_pace_says_what_it_counts(ahead, said):
    assert outcomes.pace(ahead) == said


@pytest.mark.parametrize(
    ("outcome", "called"),
    [("no_answer", "No answer"), ("sent_brochure", "Sent brochure"), ("gatekeeper", "Gatekeeper")],
)
async def test_an_outcome_the_team_has_no_more_is_told_in_words_wherever_a_call_is(bench, outcome, called):
    """A colleague's settings had it, or the team's did; a screen, the undo and the correction never show its id."""
    bench.settings = replace(
        bench.settings, outcomes=tuple(o for o in bench.settings.outcomes if o.id != "gatekeeper")
    )
    (ann,) = bench.people("Ann Rossi")
    call = past(bench, ann, outcome, Category.CONVERSATION, 1)
    cockpit = bench.killed_and_started_again()
    await cockpit.open()
    view = cockpit.card.view(ann.id)
    said = [view.history[0][1], cockpit.card.past_calls(ann.id)[0].what]
    said += [(await cockpit.correcting.correct(call.id)).past.words]
    assert [one for one in said if called not in one] == []


async def test_a_code_of_the_record_is_a_name_on_the_card(bench):
    (ann,) = bench.people("Ann Rossi")
    theirs = replace(ann, zone="America/New_York", language="it-CH")
    bench.store.commit(Change(contacts=(theirs,)), bench.clock.now())
    await bench.cockpit.open()
    lines = dict(bench.cockpit.card.view(ann.id).lines)
    assert (lines["Time zone"], lines["Language"]) == ("New York", "Italian")


@pytest.mark.parametrize(
    ("law", "called"), [("United Kingdom", "Regno Unito"), ("Florida", "Florida"), ("Haus Nord", "Haus Nord")]
)
def test_a_law_is_called_by_its_country_in_the_language_of_the_screens(law, called):
    with speaking(choose("it", {}, None, Path()).language):
        assert sentence(refused(law)).startswith(f"{called}: ")
        assert f"({called})" in form.not_legal("oggi", law, "")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("GB", "gb, IT", "United Kingdom, now United Kingdom, Italy (looser)."),
        ("", "UK, Italy", "now United Kingdom, Italy."),
        ("all", "all, -IT", "all, now all, not Italy (looser)."),
    ],
)
@pytest.mark.parametrize("name", ["allowed_countries", "calling_window.law_packs"])
def test_a_change_of_countries_names_them(name, before, after, said):
    assert change_words(changes.Change(name, before, after, "looser")).endswith(said)

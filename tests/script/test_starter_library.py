"""The scripts to start from: in English and Italian, clean, timed, and with words for every reason."""

from datetime import date

import pytest

from tui.domain.contact import Contact
from tui.domain.outcome import DEFAULT_OUTCOMES
from tui.script.facts import Facts, contact_values
from tui.script.flow import graph_of
from tui.script.paths import ways_of
from tui.script.report import check_files
from tui.script.speech import seconds
from tui.script.subject import Options, steps_of
from tui.script.walk import Walk

ENGLISH = (
    *("friendly_call", "first_call", "referral", "enquiry", "event_followup"),
    *("proposal_followup", "renewal", "win_back", "missed_call", "they_ring_back"),
)
CALLS = [name for name in ENGLISH if name != "they_ring_back"]
BOTH = [*CALLS, *(f"{name}_it" for name in CALLS)]
ANN = {
    **contact_values(Contact("c1", name="Ann Rossi", company="Acme Tools")),
    **{
        "my_name": "Sam",
        "my_company": "Northgate",
        "my_number": "020 7946 0955",
        "last_call_when": "on Thursday",
    },
}


def test_there_are_eight_scripts_or_more_each_in_both_languages(shipped):
    ids = {script.id for script in shipped.scripts()}
    assert ids == {*ENGLISH, *(f"{name}_it" for name in ENGLISH)}
    assert len(ENGLISH) >= 8


def test_the_checker_has_nothing_to_say_not_even_a_hint(shipped_folder):
    options = Options(
        outcomes={outcome.id: outcome.is_ for outcome in DEFAULT_OUTCOMES},
        team_names={language: frozenset({"first_name"}) for language in ("en", "it")},
        today=date(2026, 11, 23),
    )
    report = check_files([shipped_folder], options)
    assert report.text("concise") == ""


@pytest.mark.parametrize("name", ENGLISH)
def test_the_italian_script_asks_the_same_and_keeps_it_under_the_same_names(shipped, name):
    original, italian = shipped.get(name), shipped.get(f"{name}_it")
    assert (italian.language, italian.translation_of) == ("it", name)
    assert italian.source_version == original.version

    def shape(script):
        return [
            (step.id, step.save, step.kind, step.type, step.keep, step.outcome, step.end, len(step.answers))
            for _, step in steps_of(script)
        ]

    assert shape(italian) == shape(original)
    assert [o.id for o in italian.objections] == [o.id for o in original.objections]
    assert set(italian.branches) == set(original.branches)
    if original.followup:
        assert [r.id for r in italian.followup.reasons] == [r.id for r in original.followup.reasons]
        assert italian.followup.stop_after == original.followup.stop_after


@pytest.mark.parametrize("name", BOTH)
def test_a_call_is_timed(shipped, name):
    script = shipped.get(name)
    longest = max(seconds(line.say, script.language) for line in script.opener.steps)
    assert len({line.when for line in script.opener.steps}) == len(script.opener.steps)
    assert abs(script.opener.seconds - longest) <= 1
    assert script.opener.seconds <= 15
    ways = ways_of(script, "call")
    assert max(way.seconds for way in ways.ways) < 180
    assert all(way.end != "loose" for way in ways.ways)


@pytest.mark.parametrize("name", [name for name in BOTH if not name.startswith("missed_call")])
def test_every_reason_is_a_clause_that_fits_where_it_is_said(shipped, name):
    script = shipped.get(name)
    for reason in script.followup.reasons:
        assert reason.say[-1] not in ".!?"
        assert reason.say[0].islower() or reason.say.startswith("I ")
        filled = {**ANN, "reason": reason.say}
        walk = Walk.begin(script, "they_ring_back", Facts("c1", filled))
        said = walk.line(filled).text
        capital = reason.say[0].upper() + reason.say[1:]
        assert f". {capital.split('{{')[0]}" in said


@pytest.mark.parametrize(
    ("tags", "kind", "script"),
    [
        (("referral",), "fresh", "referral"),
        (("referral",), "promise", "referral"),
        (("trade fair",), "fresh", "event_followup"),
        (("renewal",), "check_in", "renewal"),
        (("win-back",), "follow_up", "win_back"),
        (("enquiry",), "fresh", "enquiry"),
        ((), "fresh", "first_call"),
        ((), "follow_up", "first_call"),
        (("offer",), "follow_up", "proposal_followup"),
        ((), "came_back", "missed_call"),
    ],
)
@pytest.mark.parametrize("language", ["en", "it"])
def test_a_tag_picks_the_script_in_the_persons_language(shipped, tags, kind, script, language):
    person = Contact("c1", tags=tags, language=language)
    assert shipped.choose(person, kind).id == (script if language == "en" else f"{script}_it")


@pytest.mark.parametrize("name", [*ENGLISH, *(f"{name}_it" for name in ENGLISH)])
@pytest.mark.parametrize("entry", ["call", "follow_up", "they_ring_back", "gatekeeper", "stop"])
def test_no_line_has_a_gap_when_nothing_is_known_about_the_person(shipped, name, entry):
    script = shipped.get(name)
    facts = Facts("c1", {"my_name": "Sam", "my_company": "Northgate", "my_number": "020 7946 0955"})
    for path, place in graph_of(script, entry).places.items():
        if place.kind in ("say", "ask", "do") and not (place.step and place.step.when):
            assert Walk(script, entry, facts, path).line().missing == (), path

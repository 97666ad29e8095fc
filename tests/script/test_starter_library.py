"""The scripts to start from: in English and Italian, clean, timed, and with words for every reason."""

import re
from datetime import date

import pytest

from tui.domain.contact import Contact
from tui.domain.outcome import DEFAULT_OUTCOMES
from tui.script.author.paths import ways_of
from tui.script.call.walk import Walk, opening_lines
from tui.script.call.wording import voicemail_for
from tui.script.check.check import check_files
from tui.script.check.check_context import Options, steps_of, texts_of
from tui.script.language.facts import Facts, contact_values
from tui.script.language.graph import graph_of
from tui.script.language.languages import seconds_to_say

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
    original, italian = shipped.find(name), shipped.find(f"{name}_it")
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
    script = shipped.find(name)
    longest = max(seconds_to_say(line.say, script.language) for line in script.opener.steps)
    assert len({line.when for line in script.opener.steps}) == len(script.opener.steps)
    assert abs(script.opener.seconds - longest) <= 1
    assert script.opener.seconds <= 15
    ways = ways_of(script, "call")
    assert max(way.seconds for way in ways.ways) < 180
    assert all(way.end != "loose" for way in ways.ways)


@pytest.mark.parametrize("name", [name for name in BOTH if not name.startswith("missed_call")])
def test_every_reason_is_a_clause_that_fits_where_it_is_said(shipped, name):
    script = shipped.find(name)
    for reason in script.followup.reasons:
        assert reason.say[-1] not in ".!?"
        assert reason.say[0].islower() or re.match(r"I\b", reason.say)
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
    assert shipped.choose(person, kind).script.id == (script if language == "en" else f"{script}_it")


@pytest.mark.parametrize("name", [*ENGLISH, *(f"{name}_it" for name in ENGLISH)])
@pytest.mark.parametrize("entry", ["call", "follow_up", "they_ring_back", "gatekeeper", "stop"])
def test_no_line_has_a_gap_when_nothing_is_known_about_the_person(shipped, name, entry):
    script = shipped.find(name)
    facts = Facts("c1", {"my_name": "Sam", "my_company": "Northgate", "my_number": "020 7946 0955"})
    for path, place in graph_of(script, entry).places.items():
        if place.kind in ("say", "ask", "do") and not (place.step and place.step.when):
            assert Walk(script, entry, path, facts=facts).line().missing == (), path


TIMINGS = ("on_time", "early", "tried", "late")


@pytest.mark.parametrize("name", [name for name in BOTH if not name.startswith("missed_call")])
@pytest.mark.parametrize("timing", TIMINGS)
def test_what_is_owed_is_said_before_the_customer_is_asked_for_time(shipped, name, timing):
    facts = Facts("c1", {**ANN, "promised_date": "on Friday", "reason": "it's ready"}, timing=timing)
    said = [
        line
        for line in opening_lines(Walk.begin(shipped.find(name), "follow_up", facts))
        if line.kind == "say"
    ]
    assert [line.path for line in said][1] == f"followup.{timing}"
    assert "?" not in said[0].text


@pytest.mark.parametrize("name", [name for name in BOTH if not name.startswith("missed_call")])
def test_a_message_to_somebody_who_was_promised_a_call_keeps_to_the_promise(shipped, name):
    script = shipped.find(name)
    kept = "come promesso" if name.endswith("_it") else "as promised"
    for timing, words in (("on_time", kept), ("tried", kept), ("late", "promised_date")):
        assert words in voicemail_for(script, Facts("c1", ANN, timing=timing, attempt=1)).text
    assert kept not in voicemail_for(script, Facts("c1", ANN, attempt=1)).text


@pytest.mark.parametrize("name", ["referral", "referral_it"])
def test_a_referral_names_nobody_the_list_does_not_name(shipped, name):
    script = shipped.find(name)
    told, untold = (
        Walk.begin(script, "call", Facts("c1", {**ANN, **more})).line().text
        for more in ({"referrer": "Bo Lund"}, {})
    )
    assert "Bo Lund" in told
    assert not re.search("know|conosc", untold)


GENDERED = re.compile(
    r"\b(?:l'ho|l'avrei|averla) \w+[ao]\b|si è trovat|(?-i:\bE meglio\b)|va tutto bene", re.IGNORECASE
)
STIFF = re.compile(
    r"\b(?:(?:I am|I will|I have|I would|do not|did not|is not|you are) \w|(?:ring|rings|rang)\b)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", [*ENGLISH, *(f"{name}_it" for name in ENGLISH)])
def test_the_words_are_those_somebody_would_say(shipped, name):
    script = shipped.find(name)
    wrong = GENDERED if script.language == "it" else STIFF
    assert [text.words for text in texts_of(script) if text.spoken and wrong.search(text.words)] == []
    assert "{{segment" not in " ".join(text.words for text in texts_of(script))

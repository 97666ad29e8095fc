"""The practice (docs/practice.md) as far as scripts carry it."""

from pathlib import Path

import pytest

from tui.domain.contact import Contact
from tui.domain.outcome import DEFAULT_OUTCOMES
from tui.script.call.walk import Walk, opening_lines
from tui.script.call.wording import next_reason, reason_id, used_up, voicemail_for
from tui.script.check.check import check_script
from tui.script.files.library import Library, builtin
from tui.script.files.load import load
from tui.script.language.facts import Facts, contact_values
from tui.script.language.languages import count_words, seconds_to_say
from tui.script.language.model import Script

LIBRARY = Library(Path(__file__).parents[2] / "scripts")
SCRIPTS = [*LIBRARY.scripts(), builtin()]
FLOWING = [script for script in SCRIPTS if script.can("call")]
EVERY = pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.id)
EVERY_CALL = pytest.mark.parametrize("script", FLOWING, ids=lambda script: script.id)
SAM = {
    "my_name": "Sam",
    "my_company": "Northgate",
    "my_number": "020 7946 0955",
    "promised_date": "on Friday",
    "last_call_when": "on Thursday",
}
ANN = {**SAM, **contact_values(Contact("c1", name="Ann Rossi", company="Acme Tools"))}
ON_THE_LIST = {
    "reference": "Nordkap",
    "price_until": "30 November",
    "what_changed": "our delivery",
    "wanted_by": "this month",
    "referrer": "Bo Lund",
    "renewal_date": "31 March",
}
"""Columns of a list that some news waits for."""


def asked(script: Script, section: str) -> list[str]:
    found = script.section(section)
    return [step.ask for step in found.steps if step.ask] if found else []


@pytest.mark.parametrize("name", ["friendly_call", "friendly_call_it"])
def test_b08_a_friendly_call_catches_up_and_asks_where_help_is_needed_before_any_offer(name):
    walk = Walk.begin(LIBRARY.find(name), "call", Facts("c1", ANN)).on()
    sections = []
    while not walk.finished:
        sections.append((walk.line().section, walk.at))
        walk = walk.answer(0) if walk.line().kind == "ask" else walk.on()
    paths = [path for _, path in sections]
    first_offer = next(i for i, (section, _) in enumerate(sections) if section == "pitch")
    assert paths.index("catch_up") < paths.index("help") < first_offer


@EVERY_CALL
def test_b13_the_voicemail_for_this_person_and_reason_is_ready_while_it_rings(script):
    for attempt, last in ((1, False), (2, False), (3, False), (6, True)):
        facts = Facts("c1", {**ANN, "reason": "the price list holds until Friday"}, {}, attempt, last)
        message = voicemail_for(script, facts)
        text = Walk.begin(script, "voicemail", facts).line().text
        assert text.count("020 7946 0955") == 2
        assert "‹" not in text
        assert message.seconds <= 20


def test_b13_the_voicemail_carries_the_reason_of_this_call():
    facts = Facts("c1", {**ANN, "reason": "the price list holds until Friday"}, {}, 2)
    text = Walk.begin(LIBRARY.find("friendly_call"), "voicemail", facts).line().text
    assert "The price list holds until Friday." in text


@EVERY
def test_b16_who_rings_back_hears_the_call_back_words_not_the_opener(script):
    walk = Walk.begin(script, "they_ring_back", Facts("c1", ANN))
    assert walk.line().section == "they_ring_back"
    opener = script.opener.steps[0].say if script.opener else ""
    assert walk.line().text != opener
    while walk.line().kind != "ask":
        walk = walk.on()
    assert walk.line().section == "they_ring_back"


@EVERY_CALL
def test_b16_the_call_back_words_say_why_we_called(script):
    said = " ".join(
        line.text for line in opening_lines(Walk.begin(script, "they_ring_back", Facts("c1", ANN)))
    )
    assert "on Thursday" in said


@pytest.mark.parametrize("language", ["en", "it", "sv", ""])
def test_b17_an_unknown_caller_meets_words_at_once(language, tmp_path):
    for library in (LIBRARY, Library(tmp_path)):
        walk = Walk.begin(library.ring_back(language), "they_ring_back", Facts(values=SAM))
        assert "Northgate" in walk.line().text
        assert walk.line().missing == ()


@pytest.fixture
def checked(tmp_path):
    """Code to problem of a script's text."""

    def check(text: str):
        path = tmp_path / "s.yaml"
        path.write_text(text, encoding="utf-8")
        return {problem.code: problem for problem in check_script(load(path))}

    return check


def test_b08_a_friendly_call_that_only_sells_is_warned_about_with_a_line(checked):
    text = "title: T\naudience: {kinds: [check_in]}\nopener: Hi\ndiscovery:\n  - {ask: What will you buy?}\n"
    problem = checked(text)["PH519"]
    assert (problem.line, problem.severity) == (4, "warning")
    assert "what they need help with" in problem.message


def test_b19_a_script_without_call_back_words_gets_a_warning_with_a_cure(checked):
    problem = checked("title: T\nopener: Hi\n")["PH502"]
    assert (problem.line, problem.severity) == (1, "warning")
    assert "what will you say when they call back?" in problem.help
    assert "PH502" not in checked("title: T\nopener: Hi\nthey_ring_back: Hello\n")


def test_b20_call_back_words_that_are_too_long_get_a_warning(checked):
    text = "title: T\nopener: Hi\nthey_ring_back:\n  - {}\n  - ask: Why?\n"
    assert "PH520" in checked(text.format("word " * 76))
    assert "PH520" not in checked(text.format("word " * 75))


def test_b26_an_empty_phrase_is_a_warning_in_every_language_and_never_refused(checked):
    for language, phrase in (
        ("en", "I am just checking in"),
        ("it", "Scusi il disturbo"),
        ("de", "Störe ich"),
        ("es", "Perdone la molestia"),
        ("fr", "Je voulais juste savoir"),
    ):
        problem = checked(f"title: T\nlanguage: {language}\nopener: {phrase}\n")["PH512"]
        assert problem.severity == "warning"
        assert "reason" in problem.help


@EVERY
def test_b20_the_call_back_words_are_short_before_the_first_question(script):
    lines = opening_lines(Walk.begin(script, "they_ring_back", Facts("c1", ANN)))
    assert lines[-1].kind == "ask"
    assert sum(count_words(line.text) for line in lines[:-1]) <= 75


@EVERY_CALL
def test_b24_a_reason_this_person_has_heard_is_never_offered_again(script):
    if script.followup is None:
        assert next_reason(script, Facts()) is None
        return
    heard: set[str] = set()
    listed = ON_THE_LIST | ({"wanted_by": "questo mese"} if script.language == "it" else {})
    while (
        due := next_reason(script, Facts("c1", {**ANN, **listed}, used_reasons=frozenset(heard)))
    ) is not None:
        assert due.id not in heard
        heard.add(due.id)
    assert heard == {reason_id(reason) for reason in script.followup.reasons}
    assert len(heard) >= 3


def test_b24_the_next_reason_is_spoken_in_the_call():
    script = LIBRARY.find("proposal_followup")
    used = frozenset({"question_from_us"})
    facts = Facts("c1", {**ANN, **ON_THE_LIST}, timing="early", used_reasons=used)
    said = " ".join(line.text for line in opening_lines(Walk.begin(script, "follow_up", facts)))
    assert "the price in it holds until 30 November" in said
    assert "one point in the offer" not in said


def test_b25_a_used_up_library_says_so_and_the_script_still_speaks():
    script = LIBRARY.find("proposal_followup")
    everything = frozenset(reason_id(reason) for reason in script.followup.reasons)
    facts = Facts("c1", ANN, timing="early", used_reasons=everything)
    assert used_up(script, facts)
    assert script.followup.no_reason
    early = Walk.begin(script, "follow_up", facts).on().line()
    assert early.missing == ()
    assert early.text == "I know I said I'd call on Friday. Tell me if you'd rather wait."


@EVERY_CALL
def test_b33_a_call_before_the_promised_day_acknowledges_it(script):
    facts = Facts("c1", {**ANN, "reason": "the price changes tomorrow"}, timing="early")
    opening = opening_lines(Walk.begin(script, "follow_up", facts))
    early = next(line for line in opening if line.path == "followup.early")
    assert "Friday" in early.text
    assert "the price changes tomorrow" in early.text


@EVERY_CALL
def test_b33_whether_the_acknowledgement_was_said_is_known(script):
    walk = Walk.begin(script, "follow_up", Facts("c1", ANN, timing="early"))
    while walk.at != "followup.early":
        assert not walk.acknowledged
        walk = walk.on()
    assert not walk.acknowledged
    assert walk.on().acknowledged
    assert not Walk.begin(script, "follow_up", Facts("c1", ANN)).on().on().acknowledged


@EVERY_CALL
def test_b39_an_offer_comes_after_its_question_and_for_something_in_return(script):
    for objection in script.objections:
        assert objection.ask
        for rung in objection.ladder:
            assert rung.ask
            assert rung.in_return


def test_b39_an_offer_shown_before_its_question_was_asked_is_recorded():
    walk = Walk.begin(LIBRARY.find("first_call"), "call", Facts("c1", ANN))
    walk = walk.heard("too_expensive").offered("too_expensive", 0, asked=False)
    assert "objections.too_expensive[0] not asked" in walk.steps


@EVERY
def test_b41_a_clear_no_has_its_closing_words_and_a_hint_to_stop(script):
    walk = Walk.begin(script, "stop", Facts("c1", ANN))
    assert walk.line().kind == "say"
    assert walk.on().suggested_outcome == "do_not_call"


@EVERY_CALL
def test_openers_are_short(script):
    assert script.opener is not None
    for step in script.opener.steps:
        assert seconds_to_say(step.say, script.language) <= 15


@EVERY
def test_only_outcomes_of_the_practice_are_proposed(script):
    known = {outcome.id for outcome in DEFAULT_OUTCOMES}
    for entry in ("call", "follow_up", "gatekeeper", "they_ring_back", "stop"):
        for place in Walk.begin(script, entry).graph.places.values():
            if place.step is not None:
                named = {
                    place.step.end,
                    place.step.outcome,
                    *(a.outcome for a in place.step.answers.values()),
                }
                assert named - {""} <= known

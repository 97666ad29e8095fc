"""What is left on a voicemail, and the order, opening and reasons of a follow-up."""

import re
from datetime import date

import pytest

from tests.script.walking import paths
from tui.script.call.walk import Walk, opening_lines
from tui.script.call.wording import next_reason, open_reasons, used_up, voicemail_for
from tui.script.language.facts import TIMINGS, Facts
from tui.script.language.languages import ACKNOWLEDGE, OF_A_COLLEAGUE


def test_the_voicemail_of_a_try_is_its_own_way_in(script_of):
    script = script_of(
        "title: A\nopener: Hi\nvoicemail: [{attempt: 1, say: One}, {attempt: 2, say: 'Two {{my_name}}'}]\n"
    )
    walk = Walk.begin(script, "voicemail", Facts(values={"my_name": "Sam"}, attempt=3))
    assert walk.line().text == "Two Sam"
    assert walk.on().finished


def test_the_voicemail_fits_the_try(script_of):
    script = script_of(
        "title: A\nopener: Hi\nvoicemail:\n  - {attempt: 2, say: Two}\n  - {attempt: last, say: Last}\n"
        "  - {attempt: 4, say: Four A, id: a}\n  - {attempt: 4, say: Four B}\n"
    )
    said = [voicemail_for(script, Facts(attempt=n)).text for n in (1, 2, 3)]
    assert said == ["Two", "Two", "Two"]
    fourth = {voicemail_for(script, Facts(f"c{n}", attempt=4)).id for n in range(40)}
    assert fourth == {"a", "voicemail[3]"}
    assert voicemail_for(script, Facts(attempt=4, last_attempt=True)).text == "Last"
    assert voicemail_for(script_of("title: A\nopener: Hi\n"), Facts()) is None


FOLLOW = """
title: A
opener: Hi, about the offer.
variables: {promised_date: Friday}
followup:
  early: I said {{promised_date}}; I ring now because {{reason}}.
  reasons:
    - {id: a, say: the price holds}
    - {id: b, say: "a {{segment}} near you began", when: segment is known}
    - {id: c, say: it is spring, starts: 2027-03-01}
    - {id: d, say: it is autumn, until: 2026-11-30}
    - the last reason of all there is
  steps: [{ask: Did it help?, save: helped}]
discovery: [{ask: What is missing?, save: gap}]
"""


def test_a_follow_up_runs_in_its_order(script_of):
    walk = Walk.begin(script_of(FOLLOW), "follow_up", Facts(timing="early"))
    assert paths(walk, "on", "on", 0) == ["opener[0]", "followup.early", "followup[0]", "discovery[0]"]
    assert paths(Walk.begin(script_of(FOLLOW), "follow_up"), "on") == ["opener[0]", "followup[0]"]
    assert paths(Walk.begin(script_of(FOLLOW), "call"), "on") == ["opener[0]", "discovery[0]"]


def test_a_line_the_script_lacks_is_said_all_the_same(script_of):
    walk = Walk.begin(script_of(FOLLOW), "follow_up", Facts(timing="late")).on()
    assert walk.line().text == "I said I'd call Friday, and I didn't. I'm sorry about that."
    italian = script_of("title: A\nlanguage: it\nopener: Ciao\n")
    assert "Mi scusi" in Walk.begin(italian, "follow_up", Facts(timing="late")).on().line().text


def test_reasons_come_in_their_order_and_only_when_they_hold(script_of):
    script = script_of(FOLLOW)
    autumn = Facts(today=date(2026, 11, 23))
    assert [r.id for r in open_reasons(script, autumn)] == ["a", "d", "the_last_reason_of_all_there"]
    retail = Facts(values={"segment": "shop"}, today=date(2027, 3, 2), used_reasons=frozenset({"a"}))
    assert [r.id for r in open_reasons(script, retail)][:2] == ["b", "c"]
    assert Walk.begin(script, "follow_up", retail).wording.reason().say == "a shop near you began"


def test_the_opening_of_a_follow_up_holds_the_acknowledgement(script_of):
    walk = Walk.begin(script_of(FOLLOW), "follow_up", Facts(timing="early")).on().on()
    assert [line.text for line in opening_lines(walk)] == [
        "Hi, about the offer.",
        "I said Friday; I ring now because the price holds.",
    ]


@pytest.mark.parametrize("timing", TIMINGS)
def test_nobody_says_that_they_promised_what_a_colleague_promised(script_of, timing):
    first_person = {"en": "I said", "it": "Avevo", "de": "Ich hatte", "es": "dije", "fr": "Je vous avais"}
    for language, mine in first_person.items():
        script = script_of(FOLLOW.replace("title:", f"language: {language}\ntitle:", 1))
        facts = Facts(
            values={"promised_by": "Jo Hart", "promised_date": "X"}, timing=timing, in_their_place=True
        )
        said = Walk.begin(script, "follow_up", facts).on().line().text
        assert mine not in said
        assert "Jo Hart" in said or timing == "tried"
    nameless = Facts(timing="late", in_their_place=True)
    said = Walk.begin(script_of(FOLLOW), "follow_up", nameless).on().line().text
    assert said == "A colleague said we'd call Friday, and we didn't. I'm sorry about that."


def test_a_message_says_nothing_of_a_promise_that_a_colleague_gave(script_of):
    script = script_of(
        "title: A\nopener: Hi\nvoicemail:\n  - say: Hello, it's Sam.\n"
        '  - {when: promise_timing == "late", say: I said I\'d call.}\n'
    )
    assert voicemail_for(script, Facts(timing="late")).text == "I said I'd call."
    assert voicemail_for(script, Facts(timing="late", in_their_place=True)).text == "Hello, it's Sam."


TOLD = Facts(
    values={"promised_date": "Friday"},
    timing="early",
    used_reasons=frozenset({"a", "b", "c", "d", "the_last_reason_of_all_there"}),
    today=date(2026, 11, 23),
)


@pytest.mark.parametrize(
    ("early", "said"),
    [
        (
            "I know I said {{promised_date|later}}. I ring sooner because {{reason}}. Is that all right?",
            "I know I said Friday. Is that all right?",
        ),
        (
            "I said {{promised_date}}; I ring now because {{reason}}.",
            "I know I said I'd call Friday. Tell me if you'd rather wait.",
        ),
        (
            "About the offer. I said {{promised_date}}, but {{reason}}.",
            "I know I said I'd call Friday. Tell me if you'd rather wait.",
        ),
        (
            "I said {{promised_date}} to Mr. Lund. I ring because {{reason|of the fair}}.",
            "I said Friday to Mr. Lund. I ring because of the fair.",
        ),
        ("I know it is early. I ring because {{reason}}.", "I know it is early."),
    ],
)
def test_without_news_left_the_words_for_an_early_call_can_still_be_said(script_of, early, said):
    script = script_of(
        FOLLOW.replace("I said {{promised_date}}; I ring now because {{reason}}.", f'"{early}"')
    )
    line = Walk.begin(script, "follow_up", TOLD).on().line()
    assert (line.path, line.text, line.missing) == ("followup.early", said, ())


@pytest.mark.parametrize("language", ["en", "it", "es", "de", "fr"])
def test_without_news_left_the_usual_words_name_the_day_and_no_reason(script_of, language):
    script = script_of(f"title: A\nlanguage: {language}\nopener: Hi\n")
    line = Walk.begin(script, "follow_up", TOLD).on().line()
    assert "Friday" in line.text
    assert "‹" not in line.text
    assert line.text.count(".") == 2


def test_a_sentence_is_never_cut_at_an_abbreviation(script_of):
    script = script_of("title: A\nopener: I ring Mr. Lund because {{reason}}.\n")
    assert Walk.begin(script).line().text == "I ring Mr. Lund because ‹reason?›."


def test_a_reason_written_for_this_person_comes_before_the_library(script_of):
    facts = Facts(values={"reason": "your van is ready"}, timing="early")
    walk = Walk.begin(script_of(FOLLOW), "follow_up", facts).on()
    assert walk.line().text == "I said Friday; I ring now because your van is ready."


def test_a_used_up_library_is_told(script_of):
    script = script_of("title: A\nopener: Hi\nfollowup: {reasons: [{id: a, say: x}]}\n")
    assert not used_up(script, Facts())
    used = Facts(used_reasons=frozenset({"a"}))
    assert used_up(script, used)
    assert next_reason(script, used) is None
    assert not used_up(script_of("title: A\nopener: Hi\n"), Facts())


PROMISED = """
title: A
opener:
  - {say: Hi. Is this a good moment?, when: promise_timing is unknown}
  - {say: Hi., when: promise_timing is known}
followup: {late: I'm sorry I'm late. Is this a good moment?, reasons: [{id: a, say: it's here}]}
voicemail:
  - {attempt: 1, say: One}
  - {attempt: 2, say: Two}
  - {when: 'promise_timing in (on_time, tried)', say: 'As promised. {{reason}}.'}
  - {when: promise_timing == "late", say: Late}
"""


@pytest.mark.parametrize(
    ("timing", "said", "message"),
    [
        ("", "Hi. Is this a good moment?", "Two"),
        ("late", "Hi. I'm sorry I'm late. Is this a good moment?", "Late"),
        ("on_time", "Hi. I said I'd call Friday, so here I am.", "As promised. {{reason}}."),
        (
            "early",
            "Hi. I know I said I'd call Friday. I'm calling sooner because it's here. "
            "Tell me if you'd rather wait.",
            "Two",
        ),
    ],
)
def test_the_opener_and_the_voicemail_know_how_the_call_stands_to_the_promise(
    script_of, timing, said, message
):
    script = script_of(PROMISED)
    facts = Facts(values={"promised_date": "Friday"}, timing=timing, attempt=2)
    lines = opening_lines(Walk.begin(script, "follow_up", facts))
    assert " ".join(line.text for line in lines) == said
    assert voicemail_for(script, facts).text == message


def test_a_reason_of_the_reps_own_is_said_to_whoever_was_promised_a_call(script_of):
    facts = Facts(values={"reason": "your van is ready"}, timing="on_time", attempt=1)
    walk = Walk.begin(script_of(PROMISED), "voicemail", facts)
    assert walk.line().text == "As promised. Your van is ready."


@pytest.mark.parametrize("timing", TIMINGS)
def test_no_sentence_about_a_promise_needs_another_word_before_a_name_or_a_day(timing):
    french = (ACKNOWLEDGE["fr"][timing], OF_A_COLLEAGUE["fr"][timing])  # qu'Anne, d'hier
    assert not any(re.search(r"\b(que|de|le|la|je|se) \{\{", said) for said in french)
    spanish = OF_A_COLLEAGUE["es"][timing]  # al lunes, del lunes
    assert not re.search(r"\b(a|de) \{\{", spanish)

"""Every code of the domain has its sentence, and a row that somebody edited never stops the program."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import tui.domain
import tui.phone
from tui.cockpit.wording.card import name_of
from tui.cockpit.wording.why import _SENTENCES, refusal, sentence, sentences
from tui.domain.contact import Contact, Refusal
from tui.domain.next_step import NextStep
from tui.domain.why import why

ACT = {"citation": "Act 7", "as_of": "2026-01-01"}
CODES = re.compile(r'(?:why\(|yield |append\(\(|NotUnderstood\(|GuardLevel\.[A-Z]+, )"([a-z_]*)"')


def test_every_code_of_the_domain_has_a_sentence_and_every_sentence_a_code():
    folders = (Path(*tui.domain.__path__), Path(*tui.phone.__path__))
    sources = [path.read_text() for folder in folders for path in folder.rglob("*.py")]
    codes = {code for source in sources for code in CODES.findall(source)}
    given_by_name = {
        "gone",
        "on_the_list",
        "stop",
        "rethink",
        "nurture",
        "follow_up",
        "follow_up_soon",
        "tried_on_time",
        "tried_late",
    }
    assert len(codes) > 30
    assert codes | given_by_name == set(_SENTENCES)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (why("tried_late", calls=1), "You called once, no answer: they expect you."),
        (why("messages_unanswered", sent=1), "1 message without a reply: let go."),
        (why("calls_unanswered", calls=1), "1 call without an answer."),
        (
            why(
                "law_cap",
                law="Ohio",
                calls=2,
                hours=72,
                most=2,
                now="2026-12-31",
                again="2027-01-02T09:00",
                **ACT,
            ),
            "Ohio: called twice in 3 days, the law allows 2. Allowed again Sat 2 Jan 2027 09:00."
            " (Act 7, as of 1 January 2026)",
        ),
        (why("outside_hours", now="2026-12-31T20:00"), "It is 20:00 there, outside calling hours."),
        (why("planned", source="autumn"), "planned"),
        (why("refused", noted="they asked", on="2026-11-02"), "Do not call: they asked (2 November 2026)."),
        (why("refused", noted="they asked (2 November 2026)"), "Do not call: they asked (2 November 2026)."),
        (why("refused"), "They asked not to be called: never again."),
        (
            why("other_country", country="IT", team="GB, US"),
            "This number is from another country: Italy. The team calls: United Kingdom, United States. Call anyway?",
        ),
        (
            why("other_country", country="", team="GB"),
            "This number belongs to no known country. The team calls: United Kingdom. Call anyway?",
        ),
    ],
)
def test_a_count_a_day_and_what_is_not_known_are_said_right(reason, said):
    assert sentence(reason) == said


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Refusal("they asked", date(2026, 11, 2)), "they asked (2 November 2026)"),
        (Refusal("opted out in autumn.csv"), "opted out in autumn.csv"),
        (Refusal("", date(2026, 11, 2)), "no reason on record (2 November 2026)"),
    ],
)
def test_a_refusal_is_said_with_what_is_known_of_it(said, words):
    assert refusal(said) == words


def test_somebody_of_whom_nothing_is_known_has_a_name_on_the_screen_alone():
    assert (Contact("x").shown_name, name_of(Contact("x"))) == ("", "No name")
    assert name_of(Contact("x", company="Acme")) == "Acme"


EDITED = (
    why("came_back", day="Friday"),
    why("came_back", day=5),
    why("came_back", day="2026-11-05", now="noon"),
    why("of_tomorrow"),
)


@pytest.mark.parametrize("reason", EDITED)
def test_what_a_hand_wrote_into_a_stored_step_is_shown_as_its_code(reason):
    assert sentences(NextStep("call", "came_back", None, (reason,))) == (reason.code,)

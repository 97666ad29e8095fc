"""How a call on record is named, on the card and in the history: a call from them is never told as one of ours."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.rows import each
from tui.cockpit.wording.card import OUR_LABELS, last_line, past_call
from tui.domain.call import MISSED as CAUSE_MISSED
from tui.domain.call import Call, Dial, Note
from tui.domain.day_words import Clocks
from tui.domain.outcome import Category

NOW = datetime(2026, 11, 23, 14, 1, tzinfo=UTC)
THEN = datetime(2026, 11, 20, 14, 1, tzinfo=UTC)
CLOCKS = Clocks("Europe/London", "Europe/London", NOW)


def call(outcome, is_, **known):
    return Call("c1", "p1", THEN, outcome, is_, **known)


MISSED = call("no_answer", Category.NO_ANSWER, direction="in")
MISSED_ON_THE_LINE = call(
    "no_answer",
    Category.NO_ANSWER,
    direction="in",
    dials=(Dial("+1", THEN, ended_at=THEN, cause=CAUSE_MISSED),),
)
CALLED_BACK = call("no_answer", Category.NO_ANSWER, direction="in", dials=(Dial("+1", THEN),))
VOICEMAIL_BACK = call(
    "voicemail", Category.VOICEMAIL, direction="in", dials=(Dial("+1", THEN, THEN), Dial("+1", THEN))
)
THEIR_VOICEMAIL = call("voicemail", Category.VOICEMAIL, direction="in")
THEY_TALKED = call("talked", Category.CONVERSATION, direction="in", talk_s=245)
NO_ANSWER = call("no_answer", Category.NO_ANSWER)
VOICEMAIL = call("voicemail", Category.VOICEMAIL, talk_s=70)
WON = call("win", Category.WIN, talk_s=245, answers={"topic": "two vans"}, notes=(Note(THEN, "in May"),))
PROMISED = call("promise", Category.PROMISE, talk_s=20, notes=(Note(THEN, "busy until the fair"),))
TALKED = call(
    "talked", Category.CONVERSATION, talk_s=65, notes=(Note(THEN, "two vans"), Note(THEN, "maybe 3"))
)
TEAMS = call("sap", Category.CONVERSATION)


@each(
    ("then", "history", "card"),
    [
        (MISSED, "They called, nobody answered", "they called, nobody answered"),
        (MISSED_ON_THE_LINE, "They called, nobody answered", "they called, nobody answered"),
        (CALLED_BACK, "They called, we called back: no answer", "they called, we called back: no answer"),
        (
            VOICEMAIL_BACK,
            "They called, we called back: left voicemail",
            "they called, we called back: you left a voicemail",
        ),
        (THEIR_VOICEMAIL, "They called and left a voicemail", "they called and left a voicemail"),
        (THEY_TALKED, "They called us: talked, 4 min", "they called us: talked"),
        (NO_ANSWER, "No answer", "no answer"),
        (VOICEMAIL, "Left voicemail", "you left a voicemail"),
        (PROMISED, 'We call back: "busy until the fair"', "we call back: busy until the fair"),
        (TALKED, 'Talked, 1 min: "two vans", "maybe 3"', "talked: maybe 3"),
        (WON, 'Meeting or sale, talked 4 min: two vans, "in May"', "meeting or sale: two vans"),
        (TEAMS, "SAP demo", "SAP demo"),
    ],
)
def test_a_past_call_is_named_by_who_called_and_what_came_of_it(then, history, card):
    labels = {**OUR_LABELS, "sap": "SAP demo"}
    assert past_call(then, labels[then.outcome], (), CLOCKS) == history
    assert last_line(then, labels, CLOCKS) == f"Fri 20 Nov, {card}"

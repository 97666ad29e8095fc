"""Views made by hand: the people, the card, the script and the form of the design, in every state."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from tui.cockpit.call_view import (
    Answer,
    FormField,
    FormView,
    KeptNote,
    OutcomeRow,
    RecapView,
)
from tui.cockpit.queue_view import EnterKey, QueueRow, QueueView, Rows
from tui.cockpit.view import Card, ClockView, Phase, ScriptView, View
from tui.script.language.line import Words

NOW = datetime(2026, 11, 23, 15, 1, tzinfo=UTC)

PEOPLE = (
    QueueRow("ann", "Ann Rossi", "Acme Tools", "You promised: today 14:00", "14:01"),
    QueueRow("bo", "Bo Lund", "Nordkap", "Follow-up 3 of 6, until 15:25", "15:01"),
    QueueRow("eva", "Eva Brandt", "Brandt & Sohn", "Called us Friday, no talk yet", "15:01"),
    QueueRow("fay", "Fay Osei", "Kente Foods", "Quiet for 62 days", "14:01"),
    QueueRow("dee", "Dee Wu", "Wu Optics", "Never called", "14:01"),
    *(QueueRow(f"p{n}", f"Person {n}", f"Firm {n}", "Never called", "14:01") for n in range(1, 20)),
)
LATER = (
    QueueRow("cy", "Cy Park", "Parkline", "You promised: today 16:30", "16:01"),
    QueueRow("ida", "Ida Holm", "Holm Foods", "Follow-up 2 of 6, from 16:00", "15:01"),
)
OWED = (QueueRow("jo", "Jo Marsh", "Marsh Ltd", "Send the price list, since Friday", call_id="call-jo"),)
HELD = (
    QueueRow("kim", "Kim Sato", "Sato Tea", "Talked yesterday: again on Thu 26 Nov", "00:01"),
    QueueRow("lee", "Lee Cruz", "Cruz Rope", "Their day is over: from 09:00 tomorrow", "22:01"),
)
OUTCOMES = (
    OutcomeRow(
        "no_answer", "n", "No answer", "they expect you; again today 16:02 their time", while_ringing="line"
    ),
    OutcomeRow("voicemail", "v", "Left voicemail", "the same; uses up this reason", while_ringing="line"),
    OutcomeRow("gatekeeper", "g", "Gatekeeper", "notes who and the best time", while_ringing="named"),
    OutcomeRow("talked", "t", "Talked", "asks when; else again in 5 days", suggested=True),
    OutcomeRow("promise", "c", "We call back", "exactly then"),
    OutcomeRow("win", "m", "Meeting or sale", "a friendly call in 60 days"),
    OutcomeRow("nurture", "l", "Not now", "by e-mail instead; no call for 60 days"),
    OutcomeRow("email_asked", "e", "Asked for an e-mail", "you owe the e-mail today; again in 3 days"),
    OutcomeRow("not_a_fit", "d", "Doesn't fit", "leaves the list, with a reason"),
    OutcomeRow("wrong_number", "w", "Wrong number", "never this number again", while_ringing="named"),
    OutcomeRow("do_not_call", "x", "Do not call again", "never again, by any channel"),
)
CARD = Card(
    contact_id="ann",
    name="Ann Rossi",
    about="Buyer, Acme Tools",
    there="14:02 in London",
    number="+44 20 7946 0100",
    number_label="office",
    other="+44 7700 900123",
    lines=(
        ("Promised", 'today 14:00 their time: "after the trade fair"'),
        ("Last", "Thu 19 Nov, you left a voicemail about the price list"),
        ("Reason", "the price list holds until 30 Nov"),
    ),
)
OPENER = ScriptView(
    title="Proposal follow-up",
    words=(
        Words(
            "say",
            "Hi Ann, it's Sam at Northgate. You asked me to call after the trade fair. Is this still a good moment?",
        ),
    ),
    voicemail="Hi Ann, Sam at Northgate, 020 7946 0955. I'm calling after the fair, as agreed. "
    "The price list holds until the 30th. 020 7946 0955.",
    voicemail_s=17,
)
QUESTION = ScriptView(
    title="Proposal follow-up",
    part="2 of 5",
    kind="ask",
    said="You asked me to call after the trade fair ...",
    words=(Words("say", "How did the offer go down with you and your team?"),),
    answers=(
        Answer("1", "They like it"),
        Answer("2", "Not read yet"),
        Answer("3", "Too expensive"),
        Answer("4", "Somebody else decides"),
        Answer("0", "Did not ask"),
    ),
    coach="then stop talking. Count to five.",
)
FORM = FormView(
    outcome_id="promise",
    key="c",
    label="We call back",
    fields=(
        FormField(
            "when",
            "When",
            "fri 3pm",
            proposed=True,
            preview=(
                "Friday 27 November 15:00 in London, 16:00 here. In 4 days.",
                "Within calling hours. Nobody on the team calls before then.",
            ),
        ),
        FormField("how", "How", "phone", "choice", ("phone", "e-mail", "text message", "visit")),
        FormField("about", "About", hint="their words, if any"),
        FormField("owe", "To do", "the offer for two vans", hint="by today"),
    ),
    answers=(("offer", "too expensive"), ("decides", "Jo Marsh")),
    saves="save, then show Bo Lund (Enter again calls)",
)
CLOCK = ClockView(left_s=41 * 60 + 7, talked=3, talked_goal=6, agreed=2)
NOTE = "two vans, not three. New depot in Leeds opens in March"
NEXT_UP = "Bo Lund, Nordkap. Follow-up 3 of 6, can be called until 15:25"
RECAP = RecapView(
    title="Your session so far",
    sections=(
        ("Good to hear", ('Ann Rossi wants to go on: "two vans, not three. New depot in Leeds."',)),
        ("Next steps", ("Ann Rossi: you call Fri 15:00", "Fay Osei: meeting Thu 10:00")),
        ("You promised", ("1 call: it comes up in your queue when due",)),
        ("To do", ("Jo Marsh: The price list, since Fri 20 Nov",)),
        ("Tomorrow", ("3 promises, the first at 09:30: Cy Park",)),
        ("", ("You talked with 2 of 9 people; last week it was 1 in 6.",)),
    ),
    running=True,
    numbers=("answered by a person: 3 of 9 (33 %, likely 12 to 65 %)", "11 dials to 9 people"),
)


def rows(people: tuple[QueueRow, ...]) -> Rows:
    """Rows that look people up only when asked."""
    by_id = {row.call_id or row.contact_id: row for row in people}
    return Rows(tuple(by_id), by_id.__getitem__)


def queue_view(**more: Any) -> QueueView:
    """The queue of the design, with one person later today."""
    made = QueueView(
        title="Autumn customers",
        people=212,
        selected="ann",
        enter=EnterKey("call", "call Ann Rossi and start 15 minutes", "ann", "Ann Rossi"),
        summary="24 to call now; time for about 12. Goal: 2 talks with a next step.",
        ready=rows(PEOPLE),
        later=rows(LATER[:1]),
        owed=rows(OWED),
        held=rows(HELD),
        held_count=186,
    )
    return replace(made, **more)


def views() -> dict[str, View]:
    """One view of every state, by name."""
    base = View(Phase.QUEUE, NOW, queue=queue_view())
    call = replace(
        base,
        clock=CLOCK,
        now=NOW.replace(minute=2),
        card=CARD,
        script=OPENER,
        draft_of="call-1",
        next_up=NEXT_UP,
    )
    note = (KeptNote("15:03", NOTE),)
    over = replace(call, script=QUESTION, notes=note, next_up="")
    return {
        "queue": base,
        "queue_running": replace(base, clock=CLOCK, queue=queue_view(running=True)),
        "ready": replace(call, phase=Phase.READY),
        "next_in": replace(call, phase=Phase.NEXT_IN, state_s=2.4),
        "dialling": replace(call, phase=Phase.DIALLING, state_s=1, outcomes=OUTCOMES),
        "ringing": replace(call, phase=Phase.RINGING, state_s=7, outcomes=OUTCOMES),
        "talking": replace(
            over,
            phase=Phase.TALKING,
            state_s=48,
            card=replace(CARD, there="14:03 in London"),
            outcomes=OUTCOMES,
        ),
        "call_over": replace(over, phase=Phase.CALL_OVER, state_s=240, outcomes=OUTCOMES),
        "form": replace(over, phase=Phase.FORM, state_s=245, form=FORM),
        "paused": replace(
            call, phase=Phase.PAUSED, state_s=130, clock=replace(CLOCK, pause_reason="a break")
        ),
        "recap": replace(base, phase=Phase.RECAP, clock=CLOCK, recap=RECAP),
    }


@pytest.fixture
def all_views() -> dict[str, View]:
    return views()

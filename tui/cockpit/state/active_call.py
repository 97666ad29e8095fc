"""The call being worked on: from the card to the outcome, with everything typed on the way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from tui.cockpit.clock import measured, seconds_between
from tui.cockpit.form.outcome_form import Filled, Form
from tui.cockpit.view import LINE_OPEN, Back, Phase
from tui.cockpit.wording.answers import GIVEN_ON_THE_PHONE
from tui.dialer.protocol import NEVER_RANG
from tui.domain.call import Call, Dial, Note, ScriptRef
from tui.domain.contact import Contact, Number
from tui.domain.outcome import RIGHT_PARTY, Category, Outcome
from tui.phone import parse
from tui.script.call.walk import Walk
from tui.script.files.choose import Chosen

DISPOSITIONS = {
    Category.NO_ANSWER: "no_answer",
    Category.VOICEMAIL: "voicemail",
    Category.WRONG_NUMBER: "answered",
}
"""What the line did, as far as the outcome tells when the dialer cannot."""


_UP = frozenset({Phase.DIALLING, Phase.RINGING})
_DURING = frozenset(Phase) - {Phase.QUEUE, Phase.RECAP, Phase.PAUSED}
LEADS_TO = {
    Phase.READY: _UP | {Phase.NEXT_IN, Phase.TALKING, Phase.CALL_OVER, Phase.PAUSED},
    Phase.NEXT_IN: _UP | {Phase.READY, Phase.PAUSED},
    Phase.DIALLING: _UP | {Phase.TALKING, Phase.CALL_OVER, Phase.FORM, Phase.PAUSED},
    Phase.RINGING: _UP | {Phase.TALKING, Phase.CALL_OVER, Phase.FORM, Phase.PAUSED},
    Phase.TALKING: frozenset({Phase.CALL_OVER, Phase.PAUSED}),
    Phase.CALL_OVER: _UP | {Phase.TALKING, Phase.CALL_OVER, Phase.FORM, Phase.PAUSED},
    Phase.FORM: frozenset({Phase.CALL_OVER, Phase.FORM, Phase.PAUSED}),
    Phase.PAUSED: _DURING,
}
"""From each phase of a call to those that can follow it. Who calls us is TALKING at once; a call that was made
elsewhere or is put right begins with CALL_OVER; from there Esc leads back, and one that was cut off is called again.
A phase ends with the call itself too. The table of the session's clock stands in `domain/session.py`."""


class Working(Struct):
    """One attempt at a person while it lasts."""

    id: str
    contact: Contact
    since: datetime
    """When this phase began (UTC)."""
    taken_at: datetime
    """When the card came up (UTC)."""
    phase: Phase = Phase.READY
    before_pause: Phase | None = None
    direction: Literal["out", "in"] = "out"
    elsewhere: bool = False
    """The call was made with another phone: nothing is dialled here."""
    left_open: bool = False
    """The program or the session ended before it had an outcome: it is asked for afterwards."""
    correcting: str = ""
    """Id of the call on record that is being corrected; empty: this is a call of its own."""
    undone: str = ""
    """Id of the record that an earlier run wrote of this call and that was taken back: the words said stand there."""
    session_id: str | None = None
    """The session a call left open belongs to; None: no session, or the one that is running."""
    started_at: datetime | None = None
    answered_at: datetime | None = None
    over_at: datetime | None = None
    dead_s: float = 0.0
    """Seconds of the talk in which the program was not running: nobody knows whether they talked, so they are none."""
    number: str = ""
    dials: list[Dial] = field(default_factory=list)
    line: str = ""
    """The dialer's id of the line that is up; empty when none is."""
    muted: bool = False
    held: bool = False
    recording: bool = False
    """Dials of this attempt are recorded; chosen before it rings."""
    entry: str = "call"
    walk: Walk | None = None
    chosen: Chosen | None = None
    """The script the words come from, and why; None where nobody chose one."""
    aside: tuple[str, int] | None = None
    """An objection being met, and how far: the script waits at its place."""
    given: dict[str, str] = field(default_factory=dict)
    """Concessions made, and what was got for each."""
    override: str = ""
    """The rule of law against this call, and why the rep called all the same."""
    lawful: str = ""
    """The number for which that reason was typed; it holds for one dial."""
    warned: set[str] = field(default_factory=set)
    """Rules of the house the rep has seen on the card or in a question: each is said once."""
    gatekeeper: bool = False
    """The gatekeeper's words are on the screen."""
    notes: list[Note] = field(default_factory=list)
    draft: str = ""
    changing: int | None = None
    """Place of the kept note that stands on the note line to be changed; None: what stands there is a new one."""
    signals: list[str] = field(default_factory=list)
    reason_id: str = ""
    own_reason: str = ""
    """A reason the rep typed for this call alone, when the script's are used up (B25)."""
    identify_s: float | None = None
    """Seconds it took to find who calls (B21)."""
    acknowledged: bool = False
    form: Form | None = None
    forms: dict[str, Form] = field(default_factory=dict)
    """Forms left with Esc; their text is kept."""
    highlighted: str = ""
    """Outcome Enter would take."""
    keys: int = 0
    came_from: Phase | None = None
    """QUEUE or RECAP, when this call was taken in hand there: then it ends there."""
    typed_number: str = ""
    """What the rep typed when somebody called whom we do not know yet."""

    def enter(self, phase: Phase, now: datetime) -> None:
        """Go to a phase at a time, one of `LEADS_TO`; a kept note that was being changed is kept as it stands."""
        self.phase, self.since = phase, now
        if phase is Phase.CALL_OVER:
            self.settle_note()

    def measure_from(self, now: datetime) -> None:
        """Settle how long ago everything was, after a restart: a clock that is set later changes no duration."""
        self.since, self.taken_at = measured(self.since, now), measured(self.taken_at, now)
        self.started_at = self.started_at and measured(self.started_at, now)
        self.answered_at = self.answered_at and measured(self.answered_at, now)
        self.over_at = self.over_at and measured(self.over_at, now)

    def ring(self, number: str, line: str, now: datetime) -> None:
        """A number has been dialled."""
        self.end_dial(now)
        self.number, self.line, self.lawful = number, line, ""
        self.muted = self.held = False
        self.started_at = self.started_at or now
        self.dials.append(Dial(number, now))

    def answer(self, now: datetime) -> None:
        """Somebody is on the line."""
        self.answered_at = self.answered_at or now
        self._change_dial(answered_at=now, disposition="answered")

    def end_dial(self, now: datetime, disposition: str = "", cause: str = "") -> None:
        """The line is down; a dial that has ended stays as it was."""
        if self.dials and self.dials[-1].ended_at is None:
            changes: dict[str, Any] = {"ended_at": now, "cause": cause}
            if disposition:
                changes["disposition"] = disposition
            self._change_dial(**changes)

    def _change_dial(self, **changes: Any) -> None:
        if self.dials:
            self.dials[-1] = replace(self.dials[-1], **changes)

    @property
    def has_work(self) -> bool:
        """Whether anything would be lost if this call were put away."""
        return bool(
            self.notes or self.draft or self.dials or self.form or self.signals or self.phase in LINE_OPEN
        )

    @property
    def was_made(self) -> bool:
        """Whether somebody was called, or called us: then it needs an outcome."""
        incoming = self.direction == "in" and self.started_at is not None
        return not self.correcting and (bool(self.dials) or incoming or self.left_open)

    @property
    def back_leads(self) -> Back:
        """Where Esc leads from the question for the outcome."""
        if self.correcting:
            return "corrected"
        if self.left_open and not self.line:
            return "later"
        if self.answered_at or self.direction == "in":
            return "talking"
        if self.dials and self.line:
            return "ringing"
        return "stays" if self.reached_out else "away"

    @property
    def reached_out(self) -> bool:
        """Whether a phone rang, or may have: such an attempt counts for caps and law, so it goes on record."""
        return not self.elsewhere and any(dial.cause not in NEVER_RANG for dial in self.dials)

    @property
    def can_be_called_again(self) -> bool:
        """Whether redial may call the number once more: not after a call made elsewhere or in the past."""
        return not (self.elsewhere or self.left_open or self.correcting)

    @property
    def may_not_have_happened(self) -> bool:
        """Whether the rep may throw it away: asked for afterwards, or a caller nobody has seen on a line."""
        return self.left_open or (self.direction == "in" and not self.dials and not self.correcting)

    @property
    def is_from_them(self) -> bool:
        """Whether somebody who called us is on this card, and its outcome is still open."""
        return self.direction == "in" and not self.correcting and not self.left_open

    def has_no_length(self, now: datetime) -> bool:
        """Whether the clock was set between two starts, so that nobody knows how long they talked."""
        return self.answered_at is not None and _seconds(self.answered_at, self.over_at or now) is None

    def happened_at(self, now: datetime) -> datetime:
        """When what the outcome tells of was so: now, or the time of a call that is judged afterwards."""
        return (self.started_at or self.taken_at) if self.left_open or self.correcting else now

    def answers(self) -> Mapping[str, str]:
        """Answers to the script's questions so far."""
        return self.walk.answers if self.walk else {}

    def note_at(self, place: int | None) -> None:
        """Put a kept note back onto the line, or (None) an empty line; the one that stood there stays as it is."""
        self.settle_note()
        if place is not None:
            self.changing, self.draft = place, self.notes[place].text

    def settle_note(self) -> None:
        """Keep the note being changed as it stands on the line, at its time; an emptied line changes nothing."""
        if self.changing is not None:
            if words := self.draft.strip():
                self.reword(self.changing, words)
            self.changing, self.draft = None, ""

    def reword(self, place: int, words: str) -> None:
        """Other words for a kept note, at its place and time, and for the answer it gave; no words: it goes."""
        note = self.notes[place]
        self.notes[place : place + 1] = [replace(note, text=words)] if words else []
        if self.walk:
            self.walk = self.walk.reworded(note.text, words)

    def notes_of_answers(self, now: datetime) -> None:
        """Keep what was answered so far as notes: the script begins again, because somebody else is on the line."""
        noted = {note.text for note in self.notes}
        unnamed = self.walk.for_notes if self.walk else ()
        said = (
            *(f"{question} {said}" for question, said in unnamed),
            *map(": ".join, self.answers().items()),
        )
        self.notes += [Note(now, words) for words in said if words not in noted]

    def close_notes(self, now: datetime) -> tuple[Note, ...]:
        """Answers to questions without a name, kept notes and, as the last line, a half-written one."""
        noted = {note.text for note in self.notes}
        unnamed = self.walk.for_notes if self.walk else ()
        answered = (Note(now, f"{question} {said}") for question, said in unnamed if said not in noted)
        rest = (Note(now, self.draft.strip()),) if self.draft.strip() else ()
        return (*answered, *self.notes, *rest)

    def would(self, outcome: Outcome, filled: Filled) -> Call:
        """The call with everything the rules look at, if this outcome were saved now."""
        return Call(
            id=self.id,
            contact_id=self.contact.id,
            at=self.started_at or self.taken_at,
            outcome=outcome.id,
            is_=outcome.is_,
            direction=self.direction,
            dials=tuple(self.dials),
            reason_id=self.reason_id,
            promise=filled.promise,
            owed=filled.owed,
            acknowledged=self.acknowledged,
            signals=tuple(self.signals),
            reason_code=filled.reason_code,
        )

    def record(self, outcome: Outcome, filled: Filled, now: datetime, script: ScriptRef, **more: Any) -> Call:
        """The call as it is stored; one left open ended when the program did, whenever it is judged."""
        if self.left_open:
            now = self.over_at or now
        self.end_dial(now, derived_disposition(outcome.is_, answered=self.answered_at is not None))
        return replace(
            self.would(outcome, filled),
            notes=self.close_notes(now),
            answers={**self.answers(), **self._reason(), **self.given, **filled.asked_for},
            steps=self.walk.steps if self.walk else (),
            script=script,
            talk_s=self._talk_s(outcome),
            ready_s=_seconds(self.taken_at, self.started_at) or 0.0,
            wrap_s=_seconds(self.over_at, now) or 0.0,
            keys=self.keys,
            override=self.override,
            identify_s=self.identify_s,
            **more,
        )

    def _reason(self) -> Mapping[str, str]:
        return {"reason": self.own_reason} if self.own_reason else {}

    def _talk_s(self, outcome: Outcome) -> float | None:
        if self.answered_at is None:
            return None if outcome.is_ in RIGHT_PARTY else 0.0
        return self.talked_s(self.over_at)

    def talked_s(self, until: datetime | None) -> float | None:
        """Seconds of the talk up to a moment; None when the clock was set meanwhile and nobody knows."""
        seconds = _seconds(self.answered_at, until)
        return None if seconds is None else max(seconds - self.dead_s, 0.0)


def derived_disposition(category: Category, *, answered: bool) -> str:
    """What the line did, where only the outcome tells; empty when it does not."""
    return DISPOSITIONS.get(category, "answered" if answered else "")


def _seconds(start: datetime | None, end: datetime | None) -> float | None:
    return seconds_between(start, end) if start and end else 0.0


def contact_after(
    contact: Contact, working: Working, outcome: Outcome, filled: Filled, once: Call | None = None
) -> Contact:
    """What the outcome changes about the person, beside the do-not-call list: a wish, answers kept, a wrong number.

    `once`: the record of this call that was taken back, where the script's answers stand.
    """
    if filled.prefers:
        contact = replace(contact, prefers=filled.prefers)
    kept = {
        **(working.walk.kept if working.walk else {}),
        **(_kept_by(once) if once else {}),
        **_remember(outcome, filled),
    }
    if kept:
        contact = replace(contact, remembered={**contact.remembered, **kept})
    if outcome.is_ is Category.WRONG_NUMBER:
        numbers = (replace(n, bad=True) if n.e164 == working.number else n for n in contact.numbers)
        contact = replace(contact, numbers=tuple(numbers))
    return contact


def _kept_by(call: Call) -> Mapping[str, str]:
    """Answers of the script that a call kept with the contact; what a gatekeeper was asked is no such answer."""
    was, became = ((side or {}).get("remembered", {}) for side in (call.before, call.after))
    changed = {name: said for name, said in became.items() if was.get(name) != said}
    asked = call.is_ is Category.GATEKEEPER
    return {} if asked else {name: said for name, said in changed.items() if name in call.answers}


def _remember(outcome: Outcome, filled: Filled) -> Mapping[str, str]:
    return dict(filled.asked_for) if outcome.is_ is Category.GATEKEEPER else {}


def with_right_number(contact: Contact, filled: Filled, region: str) -> Contact:
    """The contact with the number that was given on the phone, if one was."""
    if not filled.right_number:
        return contact
    parsed = parse(filled.right_number, region)
    number = Number(parsed.e164, filled.right_number, GIVEN_ON_THE_PHONE, parsed.ext)
    return replace(contact, numbers=(*contact.numbers, number))

"""What a screen may know: one frozen `View`, made by the cockpit after every change. Words are ready to be drawn.

Every string here is clean plain text and must be drawn as text, never as markup.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from tui.cockpit.queue_view import QueueView
from tui.domain.next_step import Urgency

if TYPE_CHECKING:
    from tui.cockpit.call_view import (
        Answer,
        FormView,
        KeptNote,
        LineView,
        OutcomeRow,
        PersonFacts,
        RecapView,
        ReplyLine,
        RingingView,
        TeamHourView,
    )
    from tui.script.language.line import Words


class Phase(StrEnum):
    """Where the rep is."""

    QUEUE = "queue"
    READY = "ready"
    NEXT_IN = "next_in"
    DIALLING = "dialling"
    RINGING = "ringing"
    TALKING = "talking"
    CALL_OVER = "call_over"
    FORM = "form"
    PAUSED = "paused"
    RECAP = "recap"


BEFORE_A_DIAL = frozenset({Phase.READY, Phase.NEXT_IN})
"""Phases of a card that waits to be called."""
Back = Literal["talking", "ringing", "later", "corrected", "away", "stays"]
"""Where Esc leads from the question for the outcome: into the call, away from it, or nowhere."""
Placed = Literal["seen", "asked", "by_hand"]
"""How a call is placed: on a line the cockpit sees, by a program that was asked to, or by the rep."""
LINE_OPEN = frozenset({Phase.DIALLING, Phase.RINGING, Phase.TALKING})
"""Phases in which a line may be up: quitting asks first."""


class ClockView(Struct, frozen=True):
    """Line 1 of every screen in a session."""

    left_s: float
    """Seconds of the planned time left; negative in overtime."""
    talked: int = 0
    talked_goal: int = 0
    agreed: int = 0
    agreed_goal: int = 0
    overtime: bool = False
    pause_reason: str = ""
    serving_s: float = 0.0
    """Seconds paused because a customer called: shown as `serving customers`."""


class Card(Struct, frozen=True):
    """The person on the screen."""

    contact_id: str
    name: str
    about: str = ""
    """`Buyer, Acme Tools`."""
    there: str = ""
    """`14:02 in London`."""
    number: str = ""
    """Grouped as in its country."""
    number_label: str = ""
    other: str = ""
    """The number behind `o`, grouped; empty when there is no other."""
    lines: tuple[tuple[str, str], ...] = ()
    """Label and words: Promised, Last, Reason, then the team's card fields. The first is what we promised."""
    urgency: Urgency = ""
    """Of the promise of the first line."""
    warnings: tuple[str, ...] = ()
    """House rules that speak against calling now; they never block."""
    in_warnings: tuple[tuple[str, str], ...] = ()
    """Label and words of facts that a warning tells, so that nothing else has to."""
    blocked: str = ""
    """Why this person must not be dialled; empty when they may be."""
    dials: str = ""
    """What Enter does while the card waits to be called."""


class ScriptView(Struct, frozen=True):
    """The words on the screen."""

    title: str = ""
    part: str = ""
    """`2 of 5`; empty before the call is answered."""
    kind: Literal["say", "ask", "do", "end"] = "say"
    said: str = ""
    """What was just said, dimmed above the words; empty when a reply to an answer comes first."""
    words: tuple[Words, ...] = ()
    """What to say now, a reply to an answer before the next line, and what to do and not to read out, in order."""
    takes: str = ""
    """How long it takes to say: `9 s`, or `4 s of 12 s` when its section may take longer; empty if nothing is said."""
    answers: tuple[Answer, ...] = ()
    coach: str = ""
    voicemail: str = ""
    """The message for this contact and this reason, ready while it rings (B13)."""
    voicemail_s: int = 0
    voicemail_then: str = ""
    """What the rep does right after leaving the message."""
    voicemail_tip: str = ""
    """A trainer's advice for it."""
    gatekeeper: tuple[Words, ...] = ()
    """The words to whoever decides who gets through; set once `g` was pressed."""
    asks: tuple[tuple[str, str, str], ...] = ()
    """Names the script asks the rep for, what each means, and its value; those without one first."""
    then: tuple[str, ...] = ()
    """The words of the lines that come next while every question is passed."""
    at_end: bool = False
    """Nothing more to say: Esc chooses the outcome."""
    problem: str = ""
    """One sentence when the script was broken and another is in use."""

    @property
    def text(self) -> str:
        """All that is to be said now as one text; empty when there is nothing to say."""
        from tui.script.language.line import said_in  # the first screen is drawn before any script is read

        return said_in(self.words)


class Beside(Struct, frozen=True):
    """What stands beside the queue or a call where there is room, and in its place behind a key."""

    person: PersonFacts
    card: Card | None = None
    """On the queue: the card as it would be if Enter were pressed now, without what the history tells."""
    script: ScriptView | None = None
    """On the queue: the words the call would begin with."""
    today: tuple[int, int, int] = (0, 0, 0)
    """On the queue: with how many the rep talked today, how many next steps were agreed, how much is to do."""
    objections: tuple[str, ...] = ()
    """In a call: what the script has a reply to, as they say it."""
    reply_to: str = ""
    """`They said: too expensive`, while that is met; `reply` is all that is said to it."""
    reply: tuple[ReplyLine, ...] = ()
    so_far: tuple[tuple[str, str], ...] = ()
    """In a call: what was learned in it, each with its name."""
    whole: bool = True
    """On the queue: False while the cursor passes; the words and who else works there come once it rests."""


class Ask(Struct, frozen=True):
    """A one-key question: skip reason, pause reason, a decision, call anyway."""

    id: str
    title: str
    choices: tuple[tuple[str, str], ...]
    """Key and label; Esc leaves it."""
    text: bool = False
    """A typed sentence is asked for instead of a key."""
    default: str = ""
    """The choice that Enter takes; empty: Enter takes none."""
    leave: str = "leave it"
    """What Esc does."""
    typed: str = ""
    """What stands on the line already."""


class Past(Struct, frozen=True):
    """A call of the past that is in hand: one left open by a crash, or one on record that is being corrected."""

    label: str
    """`Left open` or `Correcting`."""
    words: str
    """When it was, and what is asked."""
    made_at: str = ""
    """`2026-11-23 14:01`, where the rep can put it right; empty where a line knows better."""


class Notice(Struct, frozen=True):
    """One sentence for the rep, e.g. `Bo Lund is not ringing yet`. `id` grows with each."""

    id: int
    text: str
    tone: Literal["info", "warn", "error"] = "info"
    bell: bool = False
    """Said once with the terminal's bell: the minute of a promise."""
    at_length: bool = False
    """What a start has to say, shown whole however many sentences it is."""


class PhoneView(Struct, frozen=True):
    """What line 1 says of the phone, or of the people folder; all empty when there is nothing to say."""

    words: str = ""
    """`not signed in since 10:05: the phone server says nothing`."""
    short: str = ""
    """The same for less room; `shortest` for the least."""
    shortest: str = ""
    is_trouble: bool = False
    loose: bool = False
    """A call is up that belongs to no card."""


class Saved(Struct, frozen=True):
    """What was saved a moment ago, from the result of the commit."""

    text: str
    """`Left a voicemail · Ann Rossi → again today 12:11`."""
    note: str = ""
    """What else is worth knowing: a to-do, a talk too short to count. Empty: nothing."""


class View(Struct, frozen=True):
    """One moment of the cockpit."""

    phase: Phase
    now: datetime
    """The rep's local time."""
    test_clock: bool = False
    clock: ClockView | None = None
    state_s: float = 0.0
    """Seconds in this state; for NEXT_IN the seconds left."""
    placed: Placed = "seen"
    talked_s: float = 0.0
    """Seconds of the talk of the call in hand once it is over; 0: nobody answered."""
    queue: QueueView = field(default_factory=QueueView)
    card: Card | None = None
    script: ScriptView = field(default_factory=ScriptView)
    notes: tuple[KeptNote, ...] = ()
    draft: str = ""
    """The half-written note, as it was last saved; a screen sets its line from it when `draft_of` changes."""
    draft_of: str = ""
    """What the draft belongs to: the call in hand, and the kept note that is being changed."""
    call_id: str = ""
    """The call in hand."""
    past: Past | None = None
    """Set when the call in hand is judged afterwards."""
    leave: str = ""
    """What Esc does while the outcome is asked for."""
    can_call_again: bool = True
    """The same number can be called once more, as the same attempt."""
    can_throw_away: bool = False
    """The call may never have happened: one key takes it away without a trace."""
    changing: int | None = None
    """Place among `notes` of the kept note that stands on the line to be changed."""
    draft_saved: bool = True
    """Whether what stands on the note line is on the disk."""
    unsaved: str = ""
    """Why the last write failed; empty when everything is on the disk."""
    outcomes: tuple[OutcomeRow, ...] = ()
    outcome_keys: tuple[tuple[str, str], ...] = ()
    """Key and id of every outcome, also while none can be chosen: the cockpit then says why."""
    form: FormView | None = None
    ask: Ask | None = None
    next_up: str = ""
    """`Bo Lund, Nordkap. Follow-up 3 of 6, can be called until 15:25`."""
    inbound: bool = False
    """The customer called us."""
    waiting: str = ""
    """Who waits while this call is served: `Ann Rossi waits, with your half-written note`."""
    beside: Beside | None = None
    """What stands beside the list or the call; None while nobody looks there."""
    recap: RecapView | None = None
    ringing: RingingView | None = None
    """A call is coming in on the line right now, and the caller's card is shown."""
    banner: str = ""
    """Who is calling while the rep is at something else: one line says so, and takes no key."""
    notice: Notice | None = None
    tour: str = ""
    """What a rep on the guided first call reads in this phase; empty for all others."""
    saved: Saved | None = None
    """What the last outcome or decision saved; gone after a few seconds or with the next key that does something."""
    problems: tuple[str, ...] = ()
    """What is wrong with the shared files, one sentence each."""
    team_news: tuple[str, ...] = ()
    """What changed in the team's settings, one sentence each."""
    can_undo: bool = True
    """Something was done in this session that `u` undoes."""
    can_hang_up: bool = False
    """A line is up that the dialer can end."""
    phone: PhoneView = PhoneView()
    team_list: PhoneView = PhoneView()
    team_hour: TeamHourView | None = None
    """None while it is not on, and for who is alone."""
    line: LineView | None = None
    """None where the dialer can do nothing with the line."""

    @property
    def line_words(self) -> str:
        """What is special about the line, beside the number: `muted, encrypted`; empty when nothing is."""
        return self.line.words(before_dial=self.phase in BEFORE_A_DIAL) if self.line else ""

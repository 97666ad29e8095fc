"""The parts of a `View` that the queue does without: words and form of a call, callers, recap, a person, the team hour.

The first screen is drawn before this is read.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tui.domain.contact import Contact
from tui.domain.identity.person_fields import PERSON_FIELDS, PersonField
from tui.domain.next_step import Urgency
from tui.locale.spoken import translated
from tui.phone import shown


class Answer(Struct, frozen=True):
    """One answer to the question on the screen, the digit that gives it, and the sign a trainer gave it, if any."""

    digit: str
    label: str
    key: str = ""
    letter: str = ""
    """The letter a trainer gave it in place of a sign: it begins a note."""


class KeptNote(Struct, frozen=True):
    """A kept note: the rep's local time and the words."""

    at: str
    text: str


class OutcomeRow(Struct, frozen=True):
    """One outcome, its key, and what pressing it would do, said before it is pressed."""

    id: str
    key: str
    label: str
    effect: str = ""
    suggested: bool = False
    """Enter takes it."""
    is_: str = ""
    """The closed category."""
    while_ringing: Literal["", "line", "named"] = ""
    """How it is offered while it rings: on a line of its own, by name alone, or behind the key for all of them."""


class FormField(Struct, frozen=True):
    """One line of the outcome form."""

    id: str
    label: str
    value: str = ""
    kind: Literal["text", "choice"] = "text"
    choices: tuple[str, ...] = ()
    """For `choice`: Space goes to the next."""
    proposed: bool = False
    """The value is a proposal; the first letter typed replaces it."""
    preview: tuple[str, ...] = ()
    """What we understood, in their time and ours; drawn under the field."""
    problem: str = ""
    """Why it cannot be saved so, with an offer."""
    offers: tuple[str, ...] = ()
    """Times of which one is meant; saving asks which."""
    hint: str = ""
    """Shown to the right, dimmed."""


class FormView(Struct, frozen=True):
    """The form behind an outcome; only what is needed."""

    outcome_id: str
    key: str
    label: str
    fields: tuple[FormField, ...]
    focus: str = ""
    """Id of the field that had the cursor when this form was last saved or restored."""
    answers: tuple[tuple[str, str], ...] = ()
    saves: str = ""
    """`save, then show Bo Lund (Enter again calls)`."""


class CallerRow(Struct, frozen=True):
    """One person who may be calling us."""

    contact_id: str
    name: str
    company: str = ""
    number: str = ""
    why: str = ""
    """`you left a voicemail on Thursday about the price list`; first why nobody may call them back."""
    why_not: str = ""
    """Why nobody may call them; empty when somebody may."""


class RingingView(Struct, frozen=True):
    """A call coming in on the line: it stands over every screen until it is taken, declined or put off."""

    call_id: str
    number: str
    """Grouped, or `number withheld`."""
    name: str
    """The caller's name as the line gives it; may be empty."""
    rows: tuple[CallerRow, ...] = ()
    """Who it may be, the likeliest first."""


class RecapView(Struct, frozen=True):
    """What the session brought, or the report: what is good and agreed first, dials last (B11, B52)."""

    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    """Heading and lines, in the order to be shown; without a heading they are whole sentences."""
    running: bool = False
    """There is time left: Enter ends the session, Esc goes back into it."""
    once_more: int = 0
    """The time is up, and Enter begins a session of so many minutes; 0: nobody is left to call, so it begins none."""
    numbers: tuple[str, ...] = ()
    """Of the recap: the figures of the session, which stand before those of the report; the dials last."""
    quiet: tuple[str, ...] = ()
    """Lines drawn grey: the dials, and what too few dials say."""


class PersonFacts(Struct, frozen=True):
    """What we know of one person: the same beside the queue, beside a call, and on their own page."""

    contact_id: str
    name: str
    about: str = ""
    reach: tuple[tuple[str, str], ...] = ()
    """Label and words: every number, e-mail, what is planned, and the columns that came with the list."""
    rest: tuple[tuple[str, str], ...] = ()
    """Label and words of what is seldom needed in a call: lists, owner, legal basis and the like."""
    history: tuple[tuple[str, str], ...] = ()
    """When and what, the latest first."""
    called: str = ""
    """How often they were called, and what came of it: `3 times, talked once, voicemail twice`."""
    firm: tuple[tuple[str, str], ...] = ()
    """Others of the same company: `Jo Marsh, finance`, and what was last; by name, the first few."""
    firm_more: int = 0
    """How many more there are."""

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """All labels with their words."""
        return (*self.reach, *self.rest)


class ContactView(PersonFacts, frozen=True):
    """Everything we know of one person, and why they are, or are not, to be called now."""

    why: tuple[str, ...] = ()
    """Why now or why not, which rule, when free; sentences."""
    leads_to: tuple[str, ...] = ()
    """What each outcome would lead to, under a line that says so."""
    editable: tuple[FormField, ...] = ()
    """Lines the rep can change, with what stands there now; their ids are the keys of `edit_person`."""


class Person(Struct, frozen=True):
    """One of several people of a company."""

    contact_id: str
    name: str
    """With their role, where it is known: `Ann Rossi, Buyer`."""
    last: str
    """The last time anybody was in touch: `Thu 19 Nov, voicemail: the price list`."""
    next: str
    """Why they are called now, or when they are next, or why not."""
    urgency: Urgency = ""
    """What makes that urgent."""


class CompanyView(Struct, frozen=True):
    """Everybody of one company."""

    name: str
    people: tuple[Person, ...]
    now: int = 0
    """How many of them, the first ones, can be called now."""


class ReplyLine(Struct, frozen=True):
    """One line of the reply to an objection."""

    text: str
    then_do: str = ""
    """What the rep asks for or clears up beside the words; never read out."""
    at: Literal["said", "now", "coming"] = "coming"


class PastCall(Struct, frozen=True):
    """A call with somebody that can be corrected or, left open, answered."""

    call_id: str
    when: str
    what: str


class LineView(Struct, frozen=True):
    """The line of the call in hand, where the dialer can do something with it."""

    can: frozenset[str] = frozenset()
    """What the rep may do now: `tones`, `mute`, `hold`, `record`."""
    muted: bool = False
    held: bool = False
    recording: bool = False
    """The call is recorded; before it rings: it will be."""
    secure: bool = False
    """The voice is encrypted."""

    def words(self, *, before_dial: bool) -> str:
        """What is special about it, joined for one line; empty when nothing is."""
        said = (
            (self.muted, "muted"),
            (self.held, "on hold"),
            (self.recording, "will be recorded" if before_dial else "recording"),
            (self.secure, "encrypted"),
        )
        return ", ".join(translated(word) for is_so, word in said if is_so)


class TeamHourView(Struct, frozen=True):
    """The team's power hour, while it is on and the rep may be in it."""

    joined: bool = False
    left_s: float = 0.0
    offer: str = ""
    """What to press to join; empty once that was done."""
    talked: int = 0
    """Of the whole team, as the next is. There is nobody's own count."""
    agreed: int = 0
    colleagues: tuple[tuple[str, str], ...] = ()
    """First name and what they are doing (`in`, `talking`, `away`), in the order of the alphabet."""


class NotHandedOver(ValueError):  # noqa: N818 - something is still missing, nothing went wrong
    """A hand-over needs more; the message says what, `field_id` which of `to`, `note` and `agreed` is missing.

    `unknown`: nobody on the team has that name; `near` is the one most like it, empty when there is none.
    """

    def __init__(self, field_id: str, message: str, near: str = "") -> None:
        super().__init__(message)
        self.field_id, self.near = field_id, near


class SettingRow(Struct, frozen=True):
    """One setting on the settings screen."""

    name: str
    """`sessions.minutes`."""
    value: str
    """As one would write it in config.yaml; empty where nobody set it."""
    origin: str
    """`team config.yaml:76`; empty where nobody set it."""
    place: str = ""
    """The file with its folders and the line; empty for a built-in value."""
    help: str = ""
    """What it is for."""
    takes: str = ""
    """Which values are allowed, as a sentence."""
    choices: tuple[str, ...] = ()
    """The words it takes; empty where any text is read."""
    typed: str = ""
    """Its value as it stands on a line to be changed."""
    fixed: str = ""
    """Why it cannot be changed here; empty where it can."""
    counts: str = ""
    """When a change counts."""
    is_own: bool = False
    """The rep's own file says it: it can go back to the team's value."""


class NotTaken(ValueError):  # noqa: N818 - something was typed that cannot be used, nothing went wrong
    """What was typed for a setting is not written; the message says why, `field_id` for which."""

    def __init__(self, field_id: str, message: str) -> None:
        super().__init__(message)
        self.field_id = field_id


def on_line(field: PersonField, contact: Contact) -> str:
    """What stands on the line of a person's field, a number grouped as everywhere else."""
    stands = field.in_form(contact)
    if field.is_number:
        return shown(stands)
    return translated(stands) if field.is_word else stands


def person_form(contact: Contact) -> tuple[FormField, ...]:
    """Every field a rep can write, with what stands there now; the ids are the keys of `edit_person`."""
    return tuple(
        FormField(field.id, translated(field.label), on_line(field, contact), hint=translated(field.hint))
        for field in PERSON_FIELDS
        if field.write
    )

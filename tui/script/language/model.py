# ruff: noqa: RUF009  the declarations return dataclass fields
"""The contract of a call script: every key a file may hold, after short forms have been written out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar

from tui.yamlfile.fields import (
    day,
    duration,
    flag,
    language,
    many,
    named,
    number,
    obj,
    one,
    slug,
    text,
    whole,
)

FLOW = ("opener", "discovery", "pitch", "close")
"""The sections of a call in the order they run."""
SITUATIONS = ("gatekeeper", "they_ring_back", "stop")
"""Sections a situation leads to, never the flow."""
SECTIONS = (*FLOW, *SITUATIONS)

_ATTEMPT = re.compile(r"[1-9]\d?|last")
_ONE_CHARACTER = re.compile(r"\S")

# Without __eq__ and __repr__, which nobody needs here, the classes are made in half the time at start.


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Variable:
    """A name used in the texts of this script."""

    default: str = text("said when the contact has no value; never leave a rep with a blank")
    about: str = text("what it means, for whoever edits the script")
    ask: bool = flag("the rep is asked for it before the session starts")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Answer:
    """A possible answer to a question and what follows it."""

    short_forms: ClassVar = ("ask", "save")
    say: str = text("spoken after this answer")
    coach: str = text("advice for the rep; not spoken")
    steps: tuple[Step, ...] = many("Step")
    goto: str = text("section, branch or step id to go to")
    outcome: str = slug("outcome this answer suggests")
    next_in: timedelta | None = duration("when to be in touch again")
    hotkey: str = text(
        "a sign that answers on an empty note line, such as = * or #; letters begin a note",
        pattern=_ONE_CHARACTER,
        pattern_help="one character",
    )
    value: str = text("what is stored; default: the answer itself")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TextVariant:
    """One wording of a step under test."""

    short_forms: ClassVar = ()
    text: str = text(required=True)
    weight: int = whole(0, 100, default=1)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Step:
    """One line of a script: something to say, ask or do, a jump, or the end."""

    short_forms: ClassVar = ("yes", "no", "note")
    say: str = text("read aloud", example="say: the words the rep reads")
    ask: str = text("a question, read aloud")
    do: str = text("something the rep does; not spoken")
    use: str = slug("name of a snippet")
    end: str = slug("end of the call, with this outcome suggested")
    goto: str = text("afterwards go to a section, a branch or a step id")
    id: str = slug()
    when: str = text('shown only if, e.g.  segment == "retail" and attempt > 1')
    coach: str = text("advice for the rep; not spoken")
    seconds: int | None = whole(1, 600, "how long it takes to say, when the estimate is wrong")
    save: str = slug("keep the answer under this name in the call record")
    type: str = one("choice", "multi", "text", "number", "date", "yesno", default="text")
    answers: dict[str, Answer] = named(Answer, "the possible answers and what follows", any_key=True)
    required: bool = flag("worth an answer before the call is closed; `did not ask` is always possible")
    min: float | None = number()
    max: float | None = number()
    keep: str = one("call", "contact", default="call", doc="contact: remembered for the next calls")
    variants: dict[str, TextVariant] = named(TextVariant)
    outcome: str = slug("outcome suggested once this was asked or said")
    next_in: timedelta | None = duration("when to be in touch again")

    @property
    def kind(self) -> str:
        """What the step is: ask, say, do, end, use, hop (only a jump) or empty."""
        if self.ask:
            return "ask"
        if self.say or self.variants:
            return "say"
        for kind in ("do", "use", "end"):
            if getattr(self, kind):
                return kind
        return "hop" if self.goto else "empty"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Variant:
    """One version of a section under test."""

    short_forms: ClassVar = ("say", "ask")
    steps: tuple[Step, ...] = many(Step, required=True)
    weight: int = whole(0, 100, default=1)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Section:
    """Steps that run from top to bottom."""

    short_forms: ClassVar = ("say", "ask")
    steps: tuple[Step, ...] = many(Step)
    seconds: int | None = whole(1, 600, "how long the whole section should take to say")
    coach: str = text("advice for the rep at the start of the section")
    title: str = text("shown instead of the section's name")
    variants: dict[str, Variant] = named(Variant)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Voicemail:
    """A message for the answering machine."""

    when: str = text("only while this holds; then it comes before those without a condition")
    say: str = text(required=True, example="say: the words the rep reads")
    id: str = slug()
    attempt: str = text(
        "from which try on: 1, 2, 3 ... or last", pattern=_ATTEMPT, pattern_help="1, 2, 3 ... or last"
    )
    weight: int = whole(0, 100, default=1)
    seconds: int | None = whole(5, 120)
    then: str = text("the softer channel right after")
    coach: str = text()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Reason:
    """Why a follow-up call is worth the customer's time; each is used once per person."""

    say: str = text(required=True, example="say: what is new for them")
    id: str = slug()
    when: str = text("only for whom this holds")
    starts: date | None = day()
    until: date | None = day()
    coach: str = text()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Followup:
    """What a follow-up call adds to the flow."""

    on_time: str = text("said when calling at the promised date")
    early: str = text("said when calling before the promised date")
    tried: str = text("said when calling again after a call at the promised date found nobody")
    late: str = text("said when calling after it")
    reasons: tuple[Reason, ...] = many(Reason)
    steps: tuple[Step, ...] = many(Step)
    no_reason: str = text("shown when every reason has been used with this person")
    stop_after: int | None = whole(1, 20, "follow-ups of this script before it is enough")
    coach: str = text()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Rung:
    """One step of a ladder of concessions: ask first, then offer, for something in return."""

    offer: str = text(required=True, example="offer: what you give")
    ask: str = text("asked BEFORE the offer is made")
    in_return: str = text("what you get for it")
    approval: str = one("rep", "manager", default="rep")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Objection:
    """What a customer may object, and how to meet it: ask, say, prove, then step by step."""

    id: str = slug(required=True)
    heard: tuple[str, ...] = many(
        text(), "what the customer says, in several ways; the first is its name on the screen"
    )
    hotkey: str = text("found first by it", pattern=_ONE_CHARACTER, pattern_help="one character")
    ask: str = text("ask before you answer")
    say: str = text()
    proof: str = text()
    ladder: tuple[Rung, ...] = many(Rung, "concessions, smallest first")
    walk_away: str = text("the words when it is not to be")
    goto: str = text("where the call goes on")
    coach: str = text()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Audience:
    """For whom a script is picked when nobody names one."""

    tags: tuple[str, ...] = many(text())
    lists: tuple[str, ...] = many(text())
    stages: tuple[str, ...] = many(text(), "values of the contact's `stage` column")
    kinds: tuple[str, ...] = many(
        one("fresh", "follow_up", "promise", "asked", "check_in", "came_back"), "what kind of call it is"
    )
    exclude: tuple[str, ...] = many(text(), "tags or lists it is never used for")

    @property
    def names_somebody(self) -> bool:
        """Whether it says for whom the script is, not only for whom it is not."""
        return any((self.tags, self.lists, self.stages, self.kinds))


# Two scripts are the same only when they are one object, so what is derived from one can be cached.
@dataclass(frozen=True, slots=True, eq=False, repr=False, weakref_slot=True)
class Script:
    """A whole call script."""

    short_forms: ClassVar = ("ask",)
    script: str = one("1", default="1", doc="format version")
    id: str = slug("default: the file's name")
    title: str = text(required=True, example="title: Friendly call")
    language: str = language(default="en")
    version: str = text()
    status: str = one("draft", "live", "retired", default="live")
    owner: str = text("the team that looks after it, not a person")
    goal: str = text("what a good call ends with")
    about: str = text()
    audience: Audience = obj(Audience, default=Audience())
    extends: str = text("one file of the same folder whose parts are used here")
    include: tuple[str, ...] = many(text())
    without: tuple[str, ...] = many(text(), "parts of those files that are left out, by their name or id")
    translation_of: str = slug()
    source_version: str = text("version of the original this was translated from")
    experiment: str = slug("name of the test that `variants` belong to")
    variables: dict[str, Variable] = named(Variable)
    opener: Section | None = obj(Section)
    discovery: Section | None = obj(Section)
    pitch: Section | None = obj(Section)
    close: Section | None = obj(Section)
    gatekeeper: Section | None = obj(Section)
    they_ring_back: Section | None = obj(Section)
    stop: Section | None = obj(Section)
    voicemail: tuple[Voicemail, ...] = many(Voicemail)
    followup: Followup | None = obj(Followup)
    objections: tuple[Objection, ...] = many(Objection)
    branches: dict[str, Section] = named(Section)
    snippets: dict[str, Section] = named(Section)
    hash: str = field(default="", metadata={})
    """First 12 digits of the SHA-256 of the file and those it extends; never read from the file."""

    def section(self, name: str) -> Section | None:
        """A section or branch by its name."""
        if name in SECTIONS:
            found = getattr(self, name)
            return found if isinstance(found, Section) else None
        return self.branches.get(name)

    def sections(self) -> Iterator[tuple[str, Section]]:
        """The flow and situation sections that are written, in their order."""
        for name in SECTIONS:
            if (section := self.section(name)) is not None:
                yield name, section

    def can(self, entry: str) -> bool:
        """Whether the script has words for this way into a call."""
        if entry == "voicemail":
            return bool(self.voicemail)
        if entry in SITUATIONS:
            return self.section(entry) is not None
        return any(self.section(name) for name in FLOW)

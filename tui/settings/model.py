"""What config.yaml may hold: every key, with what it takes. Defaults are in `builtin.py`.

A value that needs more than a shape (hours, a zone, a share) is a text here and is read in `meaning.py`.
The classes leave out what nobody asks of them: twenty frozen ones would cost 20 ms of every start.
"""
# ruff: noqa: RUF009 - the calls declare what a key takes; no value is shared between instances.

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tui.yamlfile.contract import day, duration, language, many, named, number, obj, one, slug, text, whole
from tui.yamlfile.contract import flag as yes_or_no

COUNTRY = re.compile(r"[A-Z]{2}")
COUNTRY_HELP = "two capital letters such as GB, IT or US"
PACK = re.compile(r"all|-?[A-Z]{2}")
PACK_HELP = "all, or two capital letters such as GB, IT or US; {IT: off} turns one off"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(slots=True, eq=False, repr=False)
class Team:
    """Who we are."""

    company: str = text("The name of the company, for {{my_company}}")
    timezone: str = text("Where the team works, such as Europe/London; local: as on each computer")
    language: str = language("The language of scripts when a contact has none")


@dataclass(slots=True, eq=False, repr=False)
class AssignRule:
    """Which script for whom."""

    script: str = slug("Name of the script's file, without .yaml", required=True)
    lists: tuple[str, ...] = many(text(), "Only people of these lists")
    tags: tuple[str, ...] = many(text(), "Only people with one of these tags")
    language: str = language("Only people who speak this")
    customer: bool | None = yes_or_no("Only customers, or only people who are none", default=None)  # type: ignore[arg-type]


@dataclass(slots=True, eq=False, repr=False)
class Scripts:
    """Where the scripts are, and who gets which."""

    folder: str = text("The folder beside config.yaml")
    assign: tuple[AssignRule, ...] = many(AssignRule, "The first rule that fits a person gives the script")


@dataclass(slots=True, eq=False, repr=False)
class GoalKeys:
    """What an hour of calling should bring."""

    conversations: int = whole(0, 60, "Talks of an hour")
    next_steps: int = whole(0, 60, "Agreed next steps of an hour")


@dataclass(slots=True, eq=False, repr=False)
class Sessions:
    """The timed sessions."""

    minutes: tuple[int, ...] = many(whole(1, 480), "Lengths offered; the first one starts with Enter")
    goal: GoalKeys = obj(GoalKeys, "For one hour; a shorter session has its share")
    advance_after: str = text("off, or seconds until the next person is called (softphone only)")
    autosave: timedelta = duration("At most so much typing is lost in a crash")
    alarm: str = one("on", "off", doc="A bell, a title and a notification at the minute of a promise")
    sound_check: str = one("on", "off", doc="Ask for headset and quiet before the first call of the day")


@dataclass(slots=True, eq=False, repr=False)
class OutcomeKeys:
    """One outcome of a call."""

    is_: str = one(
        *("no_answer", "voicemail", "gatekeeper", "conversation", "promise", "win"),
        *("nurture", "not_a_fit", "wrong_number", "do_not_call"),
        doc="What it counts as",
        key="is",
    )
    key: str = text("One letter", pattern=re.compile(r"[a-z]"), pattern_help="one small letter, a to z")
    label: str = text("The words on the screen")
    next: str = text("When to call again, such as 3d, instead of our own pacing")
    owes: str = text("What we owe the customer afterwards")
    off: bool = yes_or_no("Remove this outcome")


@dataclass(slots=True, eq=False, repr=False)
class Cadence:
    """When to call, when to soften, when to stop."""

    attempts: int = whole(1, 30, "Unanswered calls before the softer channel")
    gaps: tuple[timedelta, ...] = many(duration(), "Wait after unanswered call 1, 2, 3 …; the last repeats")
    per_7_days: int = whole(0, 30, "Most calls to a person in 7 days; 0: no limit")
    per_30_days: int = whole(0, 60, "Most calls to a person in 30 days; 0: no limit")
    min_gap: timedelta = duration("Least time between two calls to a person")
    max_age: timedelta = duration("So long without one talk, then the softer channel")
    gatekeeper_tries: int = whole(1, 20, "Talks with the gatekeeper before another way in is proposed")
    check_in: timedelta = duration("Call a customer so long after the last talk, while nothing is wrong")
    after_talk: timedelta = duration("Call again so long after a talk at which nothing was agreed")
    after_not_now: timedelta = duration("No call for so long after `not now`")
    nurture_every: timedelta = duration("Between two messages by the softer channel")
    nurture_times: int = whole(0, 60, "Messages by the softer channel, then we let go")
    early_call: str = one("acknowledge", "warn", "off", doc="Calling before the promised time")
    same_rep: str = one("warn", "off", doc="Calling another rep's contact")
    active_limit: int = whole(0, 100_000, "Most people a rep pursues at once; 0: no limit")


@dataclass(slots=True, eq=False, repr=False)
class CallingWindow:
    """When people may be called, in THEIR time zone. `mon-fri` stands for the days between."""

    mon: str = text("09:00-18:00, several parts with commas, or closed")
    tue: str = text("Tuesday")
    wed: str = text("Wednesday")
    thu: str = text("Thursday")
    fri: str = text("Friday")
    sat: str = text("Saturday")
    sun: str = text("Sunday")
    holidays: tuple[date, ...] = many(day(), "Days on which nobody is called")
    law_packs: tuple[str, ...] = many(
        text(pattern=PACK, pattern_help=PACK_HELP), "Countries whose legal hours bind every call"
    )
    consumers: tuple[str, ...] = many(text(), "Lists of private people, for whom a law may be stricter")


@dataclass(slots=True, eq=False, repr=False)
class Queue:
    """The order of the queue."""

    fresh_share: str = text("Least share of dials to people never called")
    priority_field: str = text("The import's column that holds a priority")


@dataclass(slots=True, eq=False, repr=False)
class SpeechKeys:
    """How long words take to say."""

    words_per_minute: dict[str, int] = named(whole(60, 300), "By language")
    opener_seconds: int = whole(3, 120, "Longest opener")
    voicemail_seconds: int = whole(5, 120, "Longest voicemail")
    monologue_seconds: int = whole(5, 300, "Longest talk without a question")


@dataclass(slots=True, eq=False, repr=False)
class CheckKeys:
    """The checker of scripts."""

    ignore: tuple[str, ...] = many(
        text(pattern=re.compile(r"PH\d{3}"), pattern_help="a code such as PH517"), "Codes not reported"
    )
    fail_on: str = one("error", "warning", doc="What counts as failed")


@dataclass(slots=True, eq=False, repr=False)
class ExperimentKeys:
    """Comparing two variants of a script."""

    metric: str = one("conversation", "next_step", "win", doc="What the better variant has more of")
    min_per_variant: int = whole(10, 100_000, "No verdict before so many calls each")


@dataclass(slots=True, eq=False, repr=False)
class Metrics:
    """What is counted."""

    conversation_seconds: int = whole(0, 600, "A talk of at least so many seconds counts as a conversation")


@dataclass(slots=True, eq=False, repr=False)
class Record:
    """What is kept."""

    keep_notes: str = text("always, or how long, such as 2 years")


@dataclass(slots=True, eq=False, repr=False)
class DialerKeys:
    """How calls are made. The shared file holds the one word only."""

    kind: str = one("manual", "uri", "command", "softphone", doc="How calls are made")
    command: tuple[str, ...] = many(text(), "The program and its arguments; {e164}, {digits}, {national}")
    prefix: str = text(
        "For an outside line",
        pattern=re.compile(r"[0-9*#]{1,6}"),
        pattern_help="up to six digits, * or #, in quotes",
    )
    scheme: str = one("tel", "callto", "sip", doc="The kind of link that uri opens")


@dataclass(slots=True, eq=False, repr=False)
class MeKeys:
    """The rep."""

    name: str = text("For {{my_name}}")
    number: str = text("For {{my_number}}")
    title: str = text("For {{my_title}}")


@dataclass(slots=True, eq=False, repr=False)
class Config:
    """The whole file."""

    config: float | None = number(doc="The edition of this file's keys: 1")
    team: Team = obj(Team)
    scripts: Scripts = obj(Scripts)
    defaults: dict[str, dict[str, str]] = named(
        named(text(), any_key=True), "What is said when a contact has no value, by language", any_key=True
    )
    sessions: Sessions = obj(Sessions)
    outcomes: dict[str, OutcomeKeys] = named(OutcomeKeys, "The outcomes a rep can press")
    cadence: Cadence = obj(Cadence)
    calling_window: CallingWindow = obj(CallingWindow)
    queue: Queue = obj(Queue)
    card_fields: tuple[str, ...] = many(text(), "Columns of the import shown on the card")
    speech: SpeechKeys = obj(SpeechKeys)
    check: CheckKeys = obj(CheckKeys)
    experiments: ExperimentKeys = obj(ExperimentKeys)
    metrics: Metrics = obj(Metrics)
    record: Record = obj(Record)
    dialer: DialerKeys = obj(DialerKeys, "manual, uri, command or softphone")
    allowed_countries: tuple[str, ...] = many(
        text(pattern=COUNTRY, pattern_help=COUNTRY_HELP), "Countries dialled without a question"
    )
    theme: str = text("Colours")
    keys: dict[str, str] = named(text(), "Another key for a command", any_key=True)
    lock: tuple[str, ...] = many(text(), "Settings a rep may only make stricter")
    me: MeKeys = obj(MeKeys)
    softphone: dict[str, str] = named(text(), "The softphone's account")
    editor: tuple[str, ...] = many(text(), "The program that opens a script")
    team_file: str = text("Where the team's config.yaml is")

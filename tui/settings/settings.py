"""Every setting, declared once: its name, what it takes, its help, its built-in value, and who may change it how.

A row of this table is all a setting needs besides what reads it: loading, locks, the environment, `powerhour config`
and the settings in force follow from it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import asdict

from tui.domain.cadence import WORDS_PER_MINUTE, Policy
from tui.domain.outcome import DEFAULT_OUTCOMES, Category, Outcome
from tui.domain.session import MOST_MINUTES, Goal
from tui.domain.shared.team_hour import TeamHour
from tui.phone import region_for_zone
from tui.settings import meaning
from tui.settings.calling_rules import CADENCE, POLICY, WINDOW
from tui.settings.declare import ANY, Setting, by_hand, contract, group, row, rows_of, setting
from tui.settings.lawpacks import in_force
from tui.settings.layers import LOCAL
from tui.settings.listed import Assign, Member
from tui.settings.meaning import fewer, more
from tui.yamlfile.fields import duration, flag, language, many, number, one, text, whole
from tui.yamlfile.problem import Plain

_CODE = text(pattern=re.compile(r"PH\d{3}"), pattern_help="a code such as PH517")
_PREFIX = text(
    "For an outside line",
    pattern=re.compile(r"[0-9*#]{1,6}"),
    pattern_help="up to six digits, * or #, in quotes",
)
_LANGUAGE = language("The language of scripts when a contact has none")
_LETTER = text("One letter", pattern=re.compile(r"[a-z]"), pattern_help="one small letter, a to z")
_WORDS: dict[str, Plain] = {
    "en": {"first_name": "there", "next_call": "this week"},
    "it": {"first_name": "a lei", "next_call": "questa settimana"},
}
_PACE: dict[str, Plain] = {language: str(words) for language, words in WORDS_PER_MINUTE.items()}
_BUILT_IN_OUTCOMES: dict[str, Plain] = {
    outcome.id: {
        key.rstrip("_"): str(words) for key, words in asdict(outcome).items() if words and key != "id"
    }
    for outcome in DEFAULT_OUTCOMES
}


class Me(Struct, frozen=True):
    """The rep, for the words of a script. An empty text is not known."""

    name: str = row("me.name", text("Your name: {{my_name}} in scripts"), by="rep", empty=True)
    number: str = row(
        "me.number", text("The number people call you back on: {{my_number}}"), by="rep", empty=True
    )
    title: str = row("me.title", text("What you are at your company: {{my_title}}"), by="rep", empty=True)


class DialChoice(Struct, frozen=True):
    """How calls are made: what `tui.dialer.build` needs to know. The shared file may hold the kind only."""

    kind: str = row(
        "dialer.kind", one("manual", "uri", "command", "softphone", doc="How calls are made"), "manual"
    )
    command: tuple[str, ...] = row(
        "dialer.command",
        many(text(), "The program and its arguments; {e164}, {digits}, {national}"),
        read=meaning.command,
        by="rep",
        runs=True,
    )
    prefix: str = row("dialer.prefix", _PREFIX, by="rep", empty=True)
    scheme: str = row(
        "dialer.scheme",
        one("tel", "callto", "sip", doc="The kind of link that uri opens", default="tel"),
        by="rep",
    )


class Speech(Struct, frozen=True):
    """How fast people talk, and how long the parts of a call may be, in seconds."""

    words_per_minute: Mapping[str, int] = row(
        "speech.words_per_minute.*", whole(60, 300, "By language"), _PACE
    )
    opener_seconds: int = row("speech.opener_seconds", whole(3, 120, "Longest opener"), "15")
    voicemail_seconds: int = row("speech.voicemail_seconds", whole(5, 120, "Longest voicemail"), "30")
    monologue_seconds: int = row(
        "speech.monologue_seconds", whole(5, 300, "Longest talk without a question"), "25"
    )


class ScriptCheck(Struct, frozen=True):
    """How strict `powerhour scripts check` is."""

    ignore: frozenset[str] = row("check.ignore", many(_CODE, "Codes not reported"), [], read=frozenset)
    fail_on: Literal["error", "warning"] = row(
        "check.fail_on", one("error", "warning", doc="What counts as failed"), "error"
    )


class Experiments(Struct, frozen=True):
    """How two variants of a script are compared."""

    metric: Literal["conversation", "next_step", "win"] = row(
        "experiments.metric",
        one("conversation", "next_step", "win", doc="What the better variant has more of"),
        "conversation",
        by="team",
    )
    min_per_variant: int = row(
        "experiments.min_per_variant",
        whole(10, 100_000, "No verdict before so many calls each"),
        "50",
        by="team",
    )


_OUTCOMES = (
    setting("outcomes.*.is", one(*Category, doc="What it counts as"), _BUILT_IN_OUTCOMES, by="team"),
    setting("outcomes.*.key", _LETTER, by="team"),
    setting("outcomes.*.label", text("The words on the screen"), by="team"),
    setting(
        "outcomes.*.next",
        text("When to call again, such as 3d, instead of our own pacing"),
        read=meaning.after,
        by="team",
        empty=True,
    ),
    setting("outcomes.*.owes", text("What we owe the customer afterwards"), by="team", empty=True),
    setting("outcomes.*.off", flag("Remove this outcome"), by="team"),
)


class Settings(Struct, frozen=True):
    """Everything that config.yaml decides, typed and ready for use."""

    company: str = row(
        "team.company",
        text("The name of the company, for {{my_company}}"),
        "",
        by="team, else rep",
        empty=True,
    )
    members: tuple[Member, ...] = row(
        "team.members",
        many(Member, "Who is on the team: owners of lists and hand-overs are checked against them"),
        [],
        read=meaning.members,
        by="team",
    )
    zone: str = row(
        "team.timezone",
        text("Where the team works, such as Europe/London; local: as on each computer"),
        LOCAL,
        read=meaning.zone,
        by="team",
        bare="UTC",
    )
    """IANA zone of the team; a real one."""
    language: str = row("team.language", _LANGUAGE, "en", read=meaning.language, by="team")
    scripts_folder: Path = row(
        "scripts.folder",
        text("The folder beside config.yaml"),
        "scripts",
        read=meaning.folder,
        by="team",
        bare=Path("scripts"),
    )
    assign: tuple[Assign, ...] = row(
        "scripts.assign", many(Assign, "The first rule that fits a person gives the script"), [], by="team"
    )
    defaults: Mapping[str, Mapping[str, str]] = row(
        "defaults.*.*",
        text("What is said when a contact has no value, by language and variable"),
        _WORDS,
        by="anyone's file",
    )
    minutes: tuple[int, ...] = row(
        "sessions.minutes",
        many(whole(1, MOST_MINUTES), "Lengths offered; the first one starts with Enter"),
        ["15", "5", "60"],
        read=meaning.at_least_one,
    )
    goal: Goal = by_hand(
        lambda: Goal(6, 2),
        setting("sessions.goal.conversations", whole(0, 60, "Talks of an hour"), "6"),
        setting("sessions.goal.next_steps", whole(0, 60, "Agreed next steps of an hour"), "2"),
    )
    """For one hour; `goal_for` gives the share of a shorter session."""
    advance_after: float | None = row(
        "sessions.advance_after",
        text("off, or seconds until the next person is called (softphone only)"),
        "off",
        read=meaning.advance,
    )
    """Seconds until the next person is called by itself; None: never."""
    autosave: float = row(
        "sessions.autosave",
        duration("At most so much typing is lost in a crash"),
        "2s",
        read=meaning.saving,
    )
    """Seconds."""
    alarm: bool = row(
        "sessions.alarm",
        one("on", "off", doc="A bell, a title and a notification at the minute of a promise"),
        "on",
        read=meaning.is_on,
    )
    sound_check: bool = row(
        "sessions.sound_check",
        one("on", "off", doc="Ask for headset and quiet before the first call of the day (B43)"),
        "off",
        read=meaning.is_on,
    )
    streak: bool = row(
        "sessions.streak",
        one("on", "off", doc="The report counts days in a row with a session (B10)"),
        "off",
        read=meaning.is_on,
    )
    team_hour: TeamHour | None = row(
        "sessions.team_hour",
        text("off, or when the team calls together, such as 10:00 mon-fri 60m"),
        "off",
        read=meaning.team_hour,
    )
    """By the team's clock; None: never."""
    outcomes: tuple[Outcome, ...] = by_hand(lambda: DEFAULT_OUTCOMES, *_OUTCOMES)
    """Those a rep can press."""
    policy: Policy = by_hand(lambda: POLICY, *CADENCE, *WINDOW)
    law_packs: tuple[str, ...] = row(
        "calling_window.law_packs",
        many(
            text(),
            "Countries whose legal hours and caps bind every call: all, two letters, -IT without Italy",
        ),
        ["all"],
        read=meaning.packs,
        lock=lambda team, mine: in_force(mine) >= in_force(team),
    )
    consumer_lists: frozenset[str] = row(
        "calling_window.consumers",
        many(text(), "Lists of private people, for whom a law may be stricter"),
        [],
        read=frozenset,
        lock=more,
    )
    fresh_share: float = row(
        "queue.fresh_share", text("Least share of dials to people never called"), "25%", read=meaning.share
    )
    """0 to 1."""
    priority_field: str = row(
        "queue.priority_field", text("The import's column that holds a priority"), "priority", empty=True
    )
    card_fields: tuple[str, ...] = row(
        "card_fields", many(text(), "Columns of the import shown on the card"), []
    )
    speech: Speech = group(Speech)
    check: ScriptCheck = group(ScriptCheck)
    experiments: Experiments = group(Experiments)
    conversation_seconds: int = row(
        "metrics.conversation_seconds",
        whole(0, 600, "A talk of at least so many seconds counts as a conversation"),
        "30",
        by="team",
    )
    keep_notes: timedelta | None = row(
        "record.keep_notes",
        text("always, or how long, such as 2 years"),
        "always",
        read=meaning.kept,
        by="team",
    )
    """Notes older than this are blanked; None: kept."""
    keep_people: timedelta | None = row(
        "record.keep_people",
        text("always, or how long after the last contact with them, such as 24 months"),
        "always",
        read=meaning.kept_people,
        lock=meaning.shorter,
    )
    """People with whom nobody was in touch for so long are forgotten; None: kept."""
    dial: DialChoice = group(DialChoice)
    allowed_countries: tuple[str, ...] = row(
        "allowed_countries",
        many(text(), "Countries dialled without a question; empty: only the team's own"),
        [],
        read=meaning.countries,
        lock=fewer,
    )
    theme: str = row("theme", text("Colours"), "textual-dark")
    glyphs: str = row(
        "glyphs",
        one("unicode", "ascii", doc="ascii where the terminal shows boxes in place of signs"),
        "unicode",
    )
    screen_language: str = row(
        "screen_language",
        text(
            "Language of the screens: auto (as on the computer), en, it, or one of the team's folder locale"
        ),
        "auto",
    )
    """As it is written; `locale.choose` finds the catalogue."""
    bell: bool = row(
        "bell",
        one("on", "off", doc="The terminal's bell, at the minute of a promise and for a caller nobody sees"),
        "on",
        read=meaning.is_on,
    )
    keys: Mapping[str, str] = by_hand(
        dict,
        setting(
            "keymap", one("usual", "vim", doc="Which keys the commands have"), "usual", by="anyone's file"
        ),
        setting("keys.*", text("Another key for a command"), {}, by="anyone's file"),
    )
    """Command id to its keys, in Textual's names, several separated by a comma."""
    me: Me = group(Me)
    softphone: Mapping[str, str] = row("softphone.*", text("The softphone's account"), by="rep")
    people_folder: Path | None = row(
        "people_folder", text("Where your team exchanges people and calls"), by="rep", empty=True, bare=None
    )
    shared_list: str = row(
        "shared_list.postgresql",
        text("The address of the team's list, without a password"),
        by="rep",
        empty=True,
    )
    """As libpq takes it; empty: there is none."""
    editor: tuple[str, ...] = row(
        "editor", many(text(), "The program that opens a script"), by="rep", runs=True
    )

    @property
    def region(self) -> str:
        """Two-letter country in which numbers without a country code are read; empty when nobody can know.

        The country of the team's zone; when that is not among `allowed_countries`, the first of those.
        """
        home = region_for_zone(self.zone)
        if home and (not self.allowed_countries or home in self.allowed_countries):
            return home
        return self.allowed_countries[0] if self.allowed_countries else home

    def goal_for(self, minutes: float) -> Goal:
        """The goal of a session of so many minutes: its share of an hour, rounded up."""
        share = minutes / 60
        return Goal(math.ceil(self.goal.conversations * share), math.ceil(self.goal.next_steps * share))

    def outcome(self, outcome_id: str) -> Outcome | None:
        """The outcome with that id, or None when the team has removed it."""
        return next((outcome for outcome in self.outcomes if outcome.id == outcome_id), None)

    def defaults_for(self, language: str) -> Mapping[str, str]:
        """Variable to default text in a language (`en-GB` is `en` where it has no words of its own).

        The team's language when it is not listed.
        """
        tried = (name for one in (language, self.language) for name in (one, one.partition("-")[0]))
        return next((found for name in tried if (found := self.defaults.get(name))), {})


SETTINGS: tuple[Setting, ...] = (
    setting("config", number(doc="The edition of this file's keys: 1"), "1", by="anyone's file"),
    *rows_of(Settings),
    setting("lock", many(text(), "Settings a rep may only make stricter"), [], by="team"),
    setting("team_file", text("Where the team's config.yaml is"), by="rep", empty=True),
)
"""The table, in the order of the file. Beside the fields above: what decides how the files are read."""
CONTRACT = contract(SETTINGS)
"""The class with which a file is checked."""


_NAMED = {setting.path: setting for setting in SETTINGS}
_OF_A_NAME = tuple(setting for setting in SETTINGS if ANY in setting.path)


@cache
def setting_at(path: tuple[str, ...]) -> Setting | None:
    """The setting with that name, or None when there is none."""
    longest = (one for one in _OF_A_NAME if len(one.path) == len(path) and one.fits(path))
    return _NAMED.get(path) or next(longest, None)


def is_known(path: tuple[str, ...]) -> bool:
    """Whether there is a setting or a group of that name."""
    return any(one.fits(path) for one in SETTINGS)

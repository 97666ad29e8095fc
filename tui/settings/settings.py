"""The settings in force, typed and ready for use. Their defaults are those of the shipped config.yaml."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal

from tui.domain.cadence import Policy
from tui.domain.outcome import DEFAULT_OUTCOMES, Outcome
from tui.domain.session import Goal
from tui.phone import region_for_zone
from tui.settings.builtin import DEFAULT_WORDS, WORDS_PER_MINUTE


@dataclass(frozen=True, slots=True)
class Me:
    """The rep, for the words of a script: {{my_name}}, {{my_number}}, {{my_title}}."""

    name: str = ""
    number: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class DialChoice:
    """How the phone rings: what `tui.dialer.build` needs to know."""

    kind: str = "manual"
    """manual, uri, command or softphone."""
    command: tuple[str, ...] = ()
    prefix: str = ""
    scheme: str = "tel"


@dataclass(frozen=True, slots=True)
class Speech:
    """How fast people talk, and how long the parts of a call may be, in seconds."""

    words_per_minute: Mapping[str, int] = field(default_factory=lambda: WORDS_PER_MINUTE)
    opener_seconds: int = 15
    voicemail_seconds: int = 30
    monologue_seconds: int = 25


@dataclass(frozen=True, slots=True)
class ScriptCheck:
    """How strict `powerhour scripts check` is."""

    ignore: frozenset[str] = frozenset()
    """Codes that are not reported."""
    fail_on: Literal["error", "warning"] = "error"


@dataclass(frozen=True, slots=True)
class Experiments:
    """How two variants of a script are compared."""

    metric: Literal["conversation", "next_step", "win"] = "conversation"
    min_per_variant: int = 50


@dataclass(frozen=True, slots=True)
class Assign:
    """A script for some people: every condition that is given must hold; none given: everybody."""

    script: str
    """Its id; empty where the line of the file cannot be read."""
    lists: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""
    customer: bool | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that config.yaml decides."""

    company: str = ""
    zone: str = "UTC"
    """IANA zone of the team; a real one."""
    language: str = "en"
    scripts_folder: Path = Path("scripts")
    assign: tuple[Assign, ...] = ()
    """The first rule that fits a contact gives the script."""
    defaults: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: DEFAULT_WORDS)
    """Language to variable to what is said when a contact has no value."""
    minutes: tuple[int, ...] = (15, 5, 60)
    """Lengths of a session offered, the first one starts with Enter."""
    goal: Goal = field(default_factory=lambda: Goal(6, 2))
    """For one hour; `goal_for` gives the share of a shorter session."""
    advance_after: float | None = None
    """Seconds until the next person is called by itself; None: never."""
    autosave: float = 2.0
    """At most so many seconds of typing are lost in a crash."""
    alarm: bool = True
    """A sentence and a bell at the minute of a promised call."""
    sound_check: bool = False
    """Ask for headset and quiet before the first dial of the day (B43)."""
    outcomes: tuple[Outcome, ...] = DEFAULT_OUTCOMES
    policy: Policy = field(default_factory=lambda: Policy(after={"email_asked": timedelta(days=3)}))
    law_packs: tuple[str, ...] = ("all",)
    """Countries whose legal hours and caps bind every call: `all`, two letters, `-IT` without Italy."""
    consumer_lists: frozenset[str] = frozenset()
    """Lists of private people."""
    fresh_share: float = 0.25
    """Least share of a session's dials that goes to people never called, 0 to 1."""
    priority_field: str = "priority"
    card_fields: tuple[str, ...] = ()
    speech: Speech = Speech()
    check: ScriptCheck = ScriptCheck()
    experiments: Experiments = Experiments()
    conversation_seconds: int = 30
    keep_notes: timedelta | None = None
    """Notes older than this are blanked; None: kept."""
    dial: DialChoice = DialChoice()
    softphone: Mapping[str, str] = field(default_factory=dict)
    allowed_countries: tuple[str, ...] = ()
    """Countries dialled without a question; empty: only the team's own."""
    theme: str = "textual-dark"
    keys: Mapping[str, str] = field(default_factory=dict)
    """Command id to its keys, in Textual's names, several separated by a comma."""
    me: Me = Me()
    editor: tuple[str, ...] = ()

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
        return defaults_in(self.defaults, language) or defaults_in(self.defaults, self.language)


def defaults_in(defaults: Mapping[str, Mapping[str, str]], language: str) -> Mapping[str, str]:
    """What is said in a language when nothing is known, or in the language it is a kind of; may be empty."""
    return defaults.get(language) or defaults.get(language.partition("-")[0], {})

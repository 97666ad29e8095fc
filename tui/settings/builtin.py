"""The value of every setting before any file is read, as one would write it in config.yaml."""

from __future__ import annotations

from tui.domain.outcome import DEFAULT_OUTCOMES, Outcome
from tui.settings.layers import Plain

LOCAL = "local"
"""`team.timezone`: the zone of the computer."""

DEFAULT_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "first_name": "there",
        "next_call": "this week",
    },
    "it": {
        "first_name": "a lei",
        "next_call": "questa settimana",
    },
}
"""What a script says when a contact has no value."""

WORDS_PER_MINUTE = {"en": 150, "it": 150, "es": 160, "de": 130, "fr": 155}

THEMES = frozenset(
    {
        *("ansi-dark", "ansi-light", "atom-one-dark", "atom-one-light", "dracula", "flexoki", "gruvbox"),
        *("catppuccin-frappe", "catppuccin-latte", "catppuccin-macchiato", "catppuccin-mocha", "monokai"),
        *("nord", "rose-pine", "rose-pine-dawn", "rose-pine-moon", "solarized-dark", "solarized-light"),
        *("textual-dark", "textual-light", "tokyo-night"),
    }
)
"""The colour themes of the screen library, named here so that a command need not read that library."""


def _outcome(outcome: Outcome) -> dict[str, Plain]:
    keys: dict[str, Plain] = {"is": outcome.is_.value, "key": outcome.key, "label": outcome.label}
    return keys | {name: text for name, text in (("next", outcome.next), ("owes", outcome.owes)) if text}


BUILT_IN: dict[str, Plain] = {
    "config": "1",
    "team": {"company": "", "timezone": LOCAL, "language": "en"},
    "scripts": {"folder": "scripts", "assign": []},
    "defaults": {language: dict(words) for language, words in DEFAULT_WORDS.items()},
    "sessions": {
        "minutes": ["15", "5", "60"],
        "goal": {"conversations": "6", "next_steps": "2"},
        "advance_after": "off",
        "autosave": "2s",
        "alarm": "on",
        "sound_check": "off",
    },
    "outcomes": {outcome.id: _outcome(outcome) for outcome in DEFAULT_OUTCOMES},
    "cadence": {
        "attempts": "6",
        "gaps": ["1d", "2d", "3d", "5d", "7d"],
        "per_7_days": "3",
        "per_30_days": "6",
        "min_gap": "20h",
        "max_age": "90d",
        "gatekeeper_tries": "3",
        "check_in": "60d",
        "after_talk": "5d",
        "after_not_now": "60d",
        "nurture_every": "30d",
        "nurture_times": "6",
        "early_call": "acknowledge",
        "same_rep": "warn",
        "active_limit": "0",
    },
    "calling_window": {
        "mon-fri": "09:00-18:00",
        "sat": "closed",
        "sun": "closed",
        "holidays": [],
        "law_packs": ["all"],
        "consumers": [],
    },
    "queue": {"fresh_share": "25%", "priority_field": "priority"},
    "card_fields": [],
    "speech": {
        "words_per_minute": {language: str(pace) for language, pace in WORDS_PER_MINUTE.items()},
        "opener_seconds": "15",
        "voicemail_seconds": "30",
        "monologue_seconds": "25",
    },
    "check": {"ignore": [], "fail_on": "error"},
    "experiments": {"metric": "conversation", "min_per_variant": "50"},
    "metrics": {"conversation_seconds": "30"},
    "record": {"keep_notes": "always"},
    "dialer": "manual",
    "allowed_countries": [],
    "theme": "textual-dark",
    "keys": {},
    "lock": [],
}
"""The built-in layer. Keys of the rep's own file (`me`, `softphone` …) have no value here."""

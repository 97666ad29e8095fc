"""Outcomes: what the rep says of a call. Engine and reports depend only on the closed category `is`."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Category(StrEnum):
    """The closed set of outcome categories (`is` in config.yaml and in the records)."""

    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    GATEKEEPER = "gatekeeper"
    CONVERSATION = "conversation"
    PROMISE = "promise"
    WIN = "win"
    NURTURE = "nurture"
    NOT_A_FIT = "not_a_fit"
    WRONG_NUMBER = "wrong_number"
    DO_NOT_CALL = "do_not_call"


UNANSWERED = frozenset({Category.NO_ANSWER, Category.VOICEMAIL})
"""Nobody picked up."""
RIGHT_PARTY = frozenset(
    {Category.CONVERSATION, Category.PROMISE, Category.WIN, Category.NURTURE, Category.NOT_A_FIT}
)
"""The intended person was on the line."""
HUMAN = RIGHT_PARTY | {Category.GATEKEEPER, Category.DO_NOT_CALL}
"""A person answered (a connect)."""
BURNS_REASON = frozenset({Category.VOICEMAIL, Category.GATEKEEPER}) | RIGHT_PARTY
"""Somebody can have heard the reason, so it is used up (B23)."""
AGREED = frozenset({Category.PROMISE, Category.WIN})
"""A next step was agreed: the goal of a session counts these."""
NO_MORE_CALLS = frozenset({Category.NOT_A_FIT, Category.WRONG_NUMBER, Category.DO_NOT_CALL})
"""Nobody calls again of our own accord: the only outcomes that keep a promise not to."""
ONE_KEY = UNANSWERED
"""Saved with one key, without a form."""


class Outcome(Struct, frozen=True):
    """One outcome a rep can press: its id, category, key and words."""

    id: str
    is_: Category
    key: str
    label: str
    next: str = ""
    """The next step a team set instead of the policy's, e.g. `3d`; empty: the policy decides."""
    owes: str = ""
    """What the rep owes after it, e.g. `the e-mail`; empty when nothing."""


DEFAULT_OUTCOMES: tuple[Outcome, ...] = (
    Outcome("no_answer", Category.NO_ANSWER, "n", "No answer"),
    Outcome("voicemail", Category.VOICEMAIL, "v", "Left voicemail"),
    Outcome("gatekeeper", Category.GATEKEEPER, "g", "Gatekeeper"),
    Outcome("talked", Category.CONVERSATION, "t", "Talked"),
    Outcome("promise", Category.PROMISE, "c", "We call back"),
    Outcome("win", Category.WIN, "m", "Meeting or sale"),
    Outcome("nurture", Category.NURTURE, "l", "Not now"),
    Outcome("email_asked", Category.CONVERSATION, "e", "Asked for an e-mail", next="3d", owes="the e-mail"),
    Outcome("not_a_fit", Category.NOT_A_FIT, "d", "Doesn't fit"),
    Outcome("wrong_number", Category.WRONG_NUMBER, "w", "Wrong number"),
    Outcome("do_not_call", Category.DO_NOT_CALL, "x", "Do not call again"),
)
"""The outcomes of docs/practice.md; a team renames, re-keys, adds or removes them in config.yaml."""

RESERVED_KEYS = frozenset("ahijkoprsu")
"""Letters the cockpit keeps for itself; never an outcome."""
KEPT_CATEGORIES = frozenset(
    {Category.NO_ANSWER, Category.CONVERSATION, Category.PROMISE, Category.DO_NOT_CALL}
)
"""Categories of which a team must keep at least one outcome."""

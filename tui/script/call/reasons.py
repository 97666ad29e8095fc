"""Why a follow-up call is worth the customer's time: each reason is used once per person (B24, B25)."""

from __future__ import annotations

from dataclasses import dataclass

from tui.script.files.phrases import empty_phrase_in
from tui.script.language.conditions import ConditionError, holds, parse
from tui.script.language.facts import Facts, as_name
from tui.script.language.model import Reason, Script

_WORDS_IN_ID = 6


@dataclass(frozen=True, slots=True)
class ReasonCard:
    """A reason ready to be used: its stable id, its words, and advice for the rep."""

    id: str
    say: str
    """Still with names in it; fill it with the walk's values."""
    coach: str = ""


def reason_id(reason: Reason) -> str:
    """The reason's id; without one, made of its first words, so that it survives being moved in the list."""
    return reason.id or as_name(" ".join(reason.say.split()[:_WORDS_IN_ID]))


def own_reason_id(text: str) -> str:
    """The id under which a reason the rep typed counts as told."""
    return f"own_{as_name(' '.join(text.split()[:_WORDS_IN_ID]))}"


def empty_phrase(text: str) -> str:
    """The part of a reason that gives the customer nothing, in any of our languages; empty when it is fine (B26)."""
    return empty_phrase_in(text)


def next_reason(script: Script, facts: Facts) -> ReasonCard | None:
    """The first reason this person has not heard and that holds today; None when the library is used up."""
    return next(iter(open_reasons(script, facts)), None)


def open_reasons(script: Script, facts: Facts) -> tuple[ReasonCard, ...]:
    """All reasons still open for this person, in the order of the file."""
    if script.followup is None:
        return ()
    return tuple(
        ReasonCard(reason_id(reason), reason.say, reason.coach)
        for reason in script.followup.reasons
        if reason_id(reason) not in facts.used_reasons and _holds(reason, facts)
    )


def used_up(script: Script, facts: Facts) -> bool:
    """Whether the script has reasons and this person has none of them left."""
    return bool(script.followup and script.followup.reasons) and next_reason(script, facts) is None


def _holds(reason: Reason, facts: Facts) -> bool:
    if facts.today is not None and reason.starts and facts.today < reason.starts:
        return False
    if facts.today is not None and reason.until and facts.today > reason.until:
        return False
    if not reason.when:
        return True
    try:
        return holds(parse(reason.when), facts.known)
    except ConditionError:
        return False

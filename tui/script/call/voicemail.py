"""The message for the answering machine: which one, and how long it takes to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tui.script.language.conditions import ConditionError, holds, parse
from tui.script.language.facts import Facts
from tui.script.language.languages import seconds
from tui.script.language.model import Script, Voicemail
from tui.script.language.variables import pick

_LAST = 1_000
"""`attempt: last` counts as later than any number."""


@dataclass(frozen=True, slots=True)
class VoicemailWords:
    """A message still with names in it, its id for the record, and its length in seconds."""

    id: str
    text: str
    seconds: float
    then: str = ""
    """The softer channel to use right after."""
    coach: str = ""


def voicemail_for(
    script: Script, facts: Facts, rates: Mapping[str, int] | None = None
) -> VoicemailWords | None:
    """The message for this try: the latest begun; several of one try are under test. None: there is none.

    A message whose condition holds (`when: promise_timing == "late"`) comes before those without one.

    A reason the rep typed for this call is said: where the message of this try has no room for one, the first
    that has is taken.
    """
    known = _that_hold(script, facts)
    begun = [(i, v) for i, v in known if _from_try(v) <= (_LAST if facts.last_attempt else facts.attempt)]
    if not begun:
        begun = known[:1]
    if not begun:
        return None
    latest = max(_from_try(v) for _, v in begun)
    fitting = [(i, v) for i, v in begun if _from_try(v) == latest]
    if facts.values.get("reason") and not any("{{reason" in v.say for _, v in fitting):
        fitting = [(i, v) for i, v in known if "{{reason" in v.say][:1] or fitting
    chosen = pick(fitting, facts.contact_id, script.experiment or script.id)
    message = script.voicemail[chosen]
    length = message.seconds or seconds(message.say, script.language, rates)
    return VoicemailWords(
        message.id or f"voicemail[{chosen}]", message.say, length, message.then, message.coach
    )


def _that_hold(script: Script, facts: Facts) -> list[tuple[int, Voicemail]]:
    """The messages whose condition holds; when there are none, those without a condition."""
    numbered = list(enumerate(script.voicemail))
    wanted = [(i, message) for i, message in numbered if message.when and _holds(message.when, facts)]
    return wanted or [(i, message) for i, message in numbered if not message.when]


def _holds(condition: str, facts: Facts) -> bool:
    try:
        return holds(parse(condition), facts.known)
    except ConditionError:  # the checker reports it
        return False


def _from_try(message: Voicemail) -> int:
    if message.attempt == "last":
        return _LAST
    return int(message.attempt) if message.attempt else 0

"""The card's line on why this call is worth the customer's time."""

from __future__ import annotations

from collections.abc import Sequence

from tui.cockpit.working import Working
from tui.domain.call import Call
from tui.script.call.reasons import used_up
from tui.script.language.model import Script

SOFTER = "A line by e-mail may be kinder."
"""Said where the script has no `no_reason:`."""


def news_line(working: Working, calls: Sequence[Call], own_key: str) -> str:
    """The reason this call carries; a hint when all are told (B25) or the script has had its follow-ups.

    `own_key` is the key that types another reason.
    """
    walk = working.walk
    if working.own_reason:
        return working.own_reason
    if walk is None or working.entry != "follow_up":
        return ""
    due, followup = walk.wording.reason(), walk.script.followup
    enough = _enough(walk.script, calls)
    if due:
        return f"{due.say}. {enough}" if enough else due.say
    if followup is None or not used_up(walk.script, walk.facts):
        return enough
    used = f"all told already. {own_key} types one of your own."
    return f"{enough} {used} {walk.wording.fill(followup.no_reason).text or SOFTER}".strip()


def _enough(script: Script, calls: Sequence[Call]) -> str:
    """What the script's `stop_after:` says of one more follow-up with it; empty while there may be one."""
    most = script.followup.stop_after if script.followup is not None else None
    ours = (call.script for call in calls if not call.voided_at and call.direction == "out")
    made = sum(words.id == script.id and words.entry == "follow_up" for words in ours)
    if not most or made < most:
        return ""
    return f"Follow-up {made + 1} with this script, which says enough after {most}."

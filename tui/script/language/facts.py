"""What is known about this call when the words are chosen: the contact's values and what happened before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct, field

from tui.domain.contact import Contact
from tui.plaintext import fold
from tui.script.language.dates import interval

Timing = Literal["", "on_time", "early", "tried", "late"]
"""How this call stands to a promise: none open, at its time, before it, after we tried in time, after it untried."""
TIMINGS: tuple[Timing, ...] = ("on_time", "early", "tried", "late")
"""Those for which a script has a line of its own under `followup:`."""

_NOT_A_NAME = re.compile(r"[^a-z0-9]+")


class Facts(Struct, frozen=True):
    """What a script may refer to. Values are text; a blank one counts as unknown."""

    contact_id: str = ""
    """Decides which variant this person hears, always the same one."""
    values: Mapping[str, str] = field(default_factory=dict)
    """The contact, the rep, the last call: by name, as `{{name}}` uses them."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """The team's `defaults:` of the script's language."""
    attempt: int = 1
    """Which unanswered try this is, from 1."""
    last_attempt: bool = False
    """Whether the policy would stop calling after this one."""
    timing: Timing = ""
    used_reasons: frozenset[str] = frozenset()
    """Ids of the reasons this person has heard."""
    today: date | None = None
    """Decides which reasons have begun or run out; None: none has."""
    in_their_place: bool = False
    """Whether it was a colleague who promised this call, or tried to keep it: then nobody says that they did.
    `promised_by` in `values` is the name of who promised it."""

    @property
    def known(self) -> dict[str, str]:
        """What a condition may ask about before any answer: values that are not blank, never a default."""
        told = {"attempt": str(self.attempt), "promise_timing": self.timing}
        return {name: text for name, text in {**told, **self.values}.items() if str(text).strip()}


def contact_values(contact: Contact, language: str = "en") -> dict[str, str]:
    """A contact's values by the names scripts use: columns of the import, what was remembered, the record."""
    values = {name: text for key, text in contact.fields.items() if (name := as_name(key))}
    values |= {name: text for key, text in contact.remembered.items() if (name := as_name(key))}
    words = contact.name.split()
    often = interval(contact.prefers.every, language) if contact.prefers.every else ""
    known = {
        "name": contact.shown_name,
        "first_name": contact.given or (words[0] if words else ""),
        "last_name": contact.family or (words[-1] if len(words) > 1 else ""),
        "company": contact.company,
        "role": contact.role,
        "phone": next((n.raw or n.e164 for n in contact.dial_order), ""),
        "email": next(iter(contact.emails), ""),
        "owner": contact.owner,
        "language": contact.language,
        "customer": "yes" if contact.customer else "",
        "preferred_interval": values.get("preferred_interval") or often,
        "preferred_channel": values.get("preferred_channel") or contact.prefers.channel or "",
        "best_time": values.get("best_time") or contact.prefers.at or "",
    }
    return {**values, **{name: text for name, text in known.items() if text}}


def as_name(text: str, most: int = 48) -> str:
    """Words as a name: `Last order` becomes `last_order`; empty when nothing is left."""
    return _NOT_A_NAME.sub("_", fold(text)).strip("_")[:most]

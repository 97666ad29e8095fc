"""Who is due by a channel that is no phone: for the mail tool, and for the day's errands (B48)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tui.cockpit.desk import Desk
from tui.domain.contact import DEMO_LIST, Contact

SOFT = ("email", "text", "visit")
"""Channels that are no phone."""


@dataclass(frozen=True, slots=True)
class Touch:
    """A message or a visit that is due."""

    contact: Contact
    due: datetime
    """UTC."""
    why: str


def due_by(desk: Desk, channel: str) -> list[Touch]:
    """Touches by this channel due by the end of the rep's day, the earliest first; demo people left out."""
    tomorrow = (desk.here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    for one, step in desk.ranking.everybody().items():
        wanted = desk.settings.policy.soft_channel if step.action == "nurture" else step.action
        if wanted != channel or step.due is None or step.due >= tomorrow or DEMO_LIST in step.lists:
            continue
        contact = desk.store.contact(one)
        if contact is not None:
            found.append(Touch(contact, step.due, " ".join(step.why)))
    return sorted(found, key=lambda touch: (touch.due, touch.contact.shown_name))

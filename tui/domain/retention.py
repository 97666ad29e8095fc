"""Who is forgotten because nobody was in touch with them for as long as the team keeps people.

It is announced at least a week before, and it never strikes a customer, somebody with a problem or a to-do that is
open, nor whom we owe a call. Who is spoken to meanwhile, or kept by a rep, is not forgotten. Why these and no others:
who waits for something of ours, or buys from us, is no old record; all others may expect to be let go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct

from tui.domain.cadence import Policy
from tui.domain.call import Call, has_to_do
from tui.domain.contact import Contact
from tui.domain.history import PHONE, history_of
from tui.domain.promise_state import PlannedCall, open_plan, open_promise

NOTICE = timedelta(days=7)
"""At least so long before they go it is announced."""
_MONDAY = 0


def last_in_touch(contact: Contact, calls: Iterable[Call]) -> datetime | None:
    """When somebody was last in touch with a person (UTC): a talk, a call from them, a message.

    What an import says of it counts, and so does when a rep said to keep them; before any contact, when they came in.
    None: that is not known. Calls that nobody answered are no contact.
    """
    history = history_of(calls)
    reached = (call.at for call in history.touches if call.channel != PHONE)
    talked = (history.last_talk.at,) if history.last_talk else ()
    imported = (contact.touched_at.at,) if contact.touched_at else ()
    kept = (contact.kept_at,) if contact.kept_at else ()
    came = (contact.created_at,) if contact.created_at else ()
    return max((*reached, *talked, *imported, *kept, *came), default=None)


def is_needed(
    contact: Contact, calls: Iterable[Call], plans: Iterable[PlannedCall], now: datetime, policy: Policy
) -> bool:
    """Whether something speaks against forgetting a person, however long ago anybody was in touch with them."""
    touches = history_of(calls).touches
    return bool(
        contact.customer
        or contact.open_problem
        or contact.is_demo
        or any(map(has_to_do, touches))
        or open_promise(touches, now, policy)
        or open_plan(plans, touches)
    )


class Announced(Struct, frozen=True):
    """What is announced, and what may be done of it now."""

    on: Mapping[str, date]
    """The day on which each person is forgotten, by contact id."""
    new: tuple[str, ...]
    """Of them those nobody was told of before."""
    due: tuple[str, ...]
    """Those whose day has come: they were announced long enough ago."""


def announced(going: Iterable[str], before: Mapping[str, date], today: date) -> Announced:
    """What to announce of the people who are to go, given what was announced `before`.

    Who is announced is forgotten on the first Monday that is a week away, so that a week's people go together.
    """
    going = tuple(going)
    fresh = today + NOTICE
    fresh += timedelta(days=(_MONDAY - fresh.weekday()) % 7)
    on = {one: before.get(one, fresh) for one in going}
    due = tuple(one for one in going if one in before and before[one] <= today)
    return Announced(on, tuple(one for one in going if one not in before), due)

"""What comes after an outcome: the outcome list, the form, the card and the save ask the same question here."""

from __future__ import annotations

from tui.cockpit.desk import Desk
from tui.cockpit.forms import Filled
from tui.cockpit.working import Working, contact_after
from tui.domain.contact import Contact
from tui.domain.next_step import NextStep
from tui.domain.outcome import Outcome

NOTHING_FILLED = Filled()


def outlook(desk: Desk, working: Working, outcome: Outcome, filled: Filled = NOTHING_FILLED) -> NextStep:
    """The next step there would be if this outcome were saved now, with what its form says."""
    stored = desk.store.contact(working.contact.id) or working.contact
    return step_after(desk, working, outcome, filled, contact_after(stored, working, outcome, filled))


def step_after(desk: Desk, working: Working, outcome: Outcome, filled: Filled, contact: Contact) -> NextStep:
    """The next step of a contact as this outcome leaves them."""
    others = (call for call in desk.calls(contact) if call.id != working.correcting)
    calls = (*others, working.would(outcome, filled))
    return desk.ranking.compute(contact, calls, desk.now)

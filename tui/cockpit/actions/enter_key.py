"""What Enter does on the queue, and how long and for what goal the next session is started by it."""

from __future__ import annotations

from tui.cockpit.state.state import Desk
from tui.cockpit.view import EnterKey


def minutes_of(desk: Desk) -> int:
    """How long the next session is to last."""
    return int(desk.rep.get("minutes") or desk.settings.minutes[0])


def goal_of(desk: Desk, minutes: int) -> tuple[int, int]:
    """Conversations and next steps aimed at in so many minutes."""
    if chosen := desk.rep.get("goal"):
        return int(chosen[0]), int(chosen[1])
    goal = desk.settings.goal_for(minutes)
    return goal.conversations, goal.next_steps


def enter_key(desk: Desk) -> EnterKey:
    """What Enter does on the queue now."""
    selection = desk.selection
    contact = desk.store.contact(selection.contact_id) if selection.contact_id else None
    if selection.typing and not desk.ranking.narrowing.text:
        return EnterKey("keep", "end the search")
    if contact is None:
        return EnterKey(words=_nobody(desk))
    name = contact.shown_name
    if selection.typing:
        return EnterKey("keep", f"keep this search, {name} first", contact.id, name)
    if desk.working and desk.working.has_work:
        open_call = desk.working.contact
        words = f"back to {open_call.shown_name}: that call is still open"
        return EnterKey("back", words, open_call.id, open_call.shown_name)
    if refused := desk.ranking.bounds.refusal(contact, contact.first_number):
        return EnterKey("nothing", refused, contact.id, name)
    if not contact.first_number:
        return EnterKey("open", f"open {name}, who has no number yet", contact.id, name)
    return EnterKey("call", f"call {name} and {_then(desk)}", contact.id, name)


def _then(desk: Desk) -> str:
    if desk.run:
        return "go on"
    minutes = minutes_of(desk)
    return f"start {minutes} minute{'' if minutes == 1 else 's'}"


def _nobody(desk: Desk) -> str:
    """Why Enter does nothing."""
    ranking, selection = desk.ranking, desk.selection
    if selection.shows == "found":
        return f"Nobody matches '{ranking.narrowing.text}'. {desk.key('queue.clear')} clears the search."
    if selection.shows == "held":
        return "Nobody is held back today."
    if not len(ranking):
        bring, add = desk.key("queue.import"), desk.key("queue.add")
        return f"Nobody to call here. {bring} imports your contacts, {add} adds a person."
    return "Nobody can be called right now."

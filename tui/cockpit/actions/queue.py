"""What a rep does on the queue: choose somebody, narrow it, show a list, and call.

It works before the parts of a call are read: only calling somebody, and saving, needs those.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tui.cockpit.actions.action import action, look
from tui.cockpit.actions.do_not_call import ask_same_person
from tui.cockpit.queue_view import EnterKey
from tui.cockpit.state.standstill import nobody
from tui.cockpit.state.state import State
from tui.cockpit.wording import card
from tui.cockpit.wording.notices import notice
from tui.domain.contact import Contact
from tui.plaintext import clean

if TYPE_CHECKING:
    from tui.cockpit.actions.next_person import CallOrder
    from tui.cockpit.actions.session import SessionActions


class Queue:
    """Actions on the queue."""

    def __init__(
        self, state: State, session: Callable[[], SessionActions], flow: Callable[[], CallOrder]
    ) -> None:
        self._state, self._session, self._flow = state, session, flow

    # -- calling ---------------------------------------------------------------------------------------

    @look
    async def enter(self, key: EnterKey) -> None:
        """Enter on the queue: do exactly what the View said it does, for the person it named."""
        self._state.notice = None
        if key.does == "nothing":
            self._state.say(key.words)
        elif key.does == "keep":
            self._state.selection.typing = False
        elif key.does == "answer":
            ask_same_person(self._state, key.contact_id)
        else:
            await self.call_person(key.contact_id)

    @action
    async def call_person(self, contact_id: str, minutes: int | None = None) -> None:
        """Call one person, wherever they stand; starts a session when none runs."""
        length = minutes or minutes_of(self._state)
        await self._session().call_person(contact_id, length, goal_of(self._state, length))

    # -- choosing --------------------------------------------------------------------------------------

    @look
    async def select(self, contact_id: str, call_id: str = "") -> None:
        """Put the cursor on a person, or on something owed to them."""
        selection = self._state.selection
        selection.put_on(contact_id, call_id, wanted=not selection.has(contact_id, call_id))

    @look
    async def find(self, text: str) -> None:
        """Show everybody whom the text fits while it is typed; the cursor follows the best match."""
        state = self._state
        state.selection.typing, state.notice = True, None
        if text.strip() != state.ranking.narrowing.text or not state.ranking.narrowing.searching:
            state.ranking.look_for(text)
            state.selection.to_best()

    @look
    async def filter(self, text: str) -> None:
        """The same for a text that is not typed on: it is kept at once."""
        await self.find(text)
        self._state.selection.typing = False

    @look
    async def clear_filter(self) -> None:
        """Everybody in the list again."""
        self._state.selection.typing, self._state.notice = False, None
        self._state.ranking.look_for("")

    @look
    async def show_held(self, held: bool) -> None:
        """Show those who are not offered today, or the queue again."""
        self._state.selection.show_held(held)
        self._state.notice = None

    # -- lists -----------------------------------------------------------------------------------------

    @action
    async def show_list(self, name: str) -> None:
        """Show one list, a saved filter, or everybody (an empty name); remembered."""
        self._state.show_list(name)

    @action
    async def save_filter(self, name: str) -> None:
        """Keep the filter in view under a name."""
        filters: dict[str, Any] = dict(self._state.rep.get("filters", {}))
        filters[clean(name)] = self._state.ranking.narrowing.text
        self._state.rep["filters"] = filters

    def lists(self) -> tuple[tuple[str, int], ...]:
        """Names of lists and saved filters, with how many people each holds (a filter: -1)."""
        saved = tuple((name, -1) for name in self._state.rep.get("filters", {}))
        return (("", len(self._state.ranking)), *self._state.ranking.list_sizes(), *saved)

    # -- asking ----------------------------------------------------------------------------------------

    def named(self, text: str, most: int) -> tuple[tuple[str, str, str], ...]:
        """Id, name and company of at most so many people whom a text may mean, the likeliest first."""
        store = self._state.store
        found = (store.contact(one) for one in self._state.ranking.search.meant(text)[0][:most])
        return tuple((one.id, card.name_of(one), one.company) for one in found if one is not None)

    def meant(self, text: str) -> tuple[list[str], bool]:
        """Ids of those a command may mean by a text, and whether one alone is meant beyond doubt."""
        return self._state.ranking.search.meant(text)


def minutes_of(state: State) -> int:
    """How long the next session is to last; in the team's power hour until its end."""
    if state.team_hour and state.team_hour.joined:
        return max(math.ceil(state.team_hour.left_s / 60), 1)
    return int(state.rep.get("minutes") or state.settings.minutes[0])


def goal_of(state: State, minutes: int) -> tuple[int, int]:
    """Conversations and next steps aimed at in so many minutes."""
    if chosen := state.rep.get("goal"):
        return int(chosen[0]), int(chosen[1])
    goal = state.settings.goal_for(minutes)
    return goal.conversations, goal.next_steps


def enter_key(state: State) -> EnterKey:
    """What Enter does on the queue now."""
    selection = state.selection
    contact = state.store.contact(selection.contact_id) if selection.contact_id else None
    if selection.typing and not state.ranking.narrowing.text:
        return EnterKey("keep", notice("enter_end_search"))
    if contact is None:
        return EnterKey(words=nobody(state))
    name = card.name_of(contact)
    if selection.typing:
        return EnterKey("keep", notice("enter_keep_search", name=name), contact.id, name)
    if state.working and state.working.has_work:
        open_call = state.working.contact
        words = notice("enter_back", name=card.name_of(open_call))
        return EnterKey("back", words, open_call.id, card.name_of(open_call))
    # Whoever is offered may be called: that is how their next step was worked out. To ask about their numbers once more
    # would read the tables of all numbers for the first screen.
    offered = contact.first_number and state.ranking.is_offered(contact.id)
    offered = offered and not (state.leases and (state.leases.is_away or state.leases.colleague(contact.id)))
    if not offered and (other := _instead_of_a_call(state, contact, name)):
        return other
    words = notice(
        "enter_call" if state.run else "enter_call_and_start", name=name, minutes=minutes_of(state)
    )
    return EnterKey("call", words, contact.id, name)


def _instead_of_a_call(state: State, contact: Contact, name: str) -> EnterKey | None:
    bounds, leases = state.ranking.bounds, state.leases
    if leases and (colleague := leases.colleague(contact.id)):
        return EnterKey("nothing", notice("has_them_now", colleague=colleague, name=name), contact.id, name)
    if leases and leases.is_away and leases.why_not(contact):
        return EnterKey("nothing", notice("enter_offline", name=name), contact.id, name)
    first = bounds.may_call.first_number(contact)
    if like := bounds.may_call.marked(contact).do_not_call.like:
        return EnterKey("answer", notice("enter_answer", name=name, like=like), contact.id, name)
    if refused := bounds.refusal(contact, first):
        return EnterKey("nothing", refused, contact.id, name)
    return None if first else EnterKey("open", notice("enter_open", name=name), contact.id, name)

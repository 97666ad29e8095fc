"""What the records of others mean for the rep who works here: everybody is read again, and calls have their callers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tui.cockpit.state.state import State
from tui.cockpit.wording.card import A_COLLEAGUE
from tui.domain.call import Call, has_to_do
from tui.domain.contact import Touch
from tui.locale.spoken import translated
from tui.storage.protocol import OwnDocuments

AT_ONCE = 250
"""People read again at once: a tenth of a second in which no write of the rep's is done."""


async def reload(state: State) -> None:
    """Read everybody again, because many records changed otherwise than by what the rep does here."""
    persons = state.store.persons
    both: tuple[OwnDocuments[Any], ...] = (state.drafts, state.ranking.skips)
    for waiting in both:  # under the id that speaks for their person now
        for one in [one for one in waiting if persons.of(one) != one]:
            left = waiting.pop(one)
            waiting.setdefault(persons.of(one), left)
    await state.disk.in_parts(state.ranking.loading(state.now, AT_ONCE))
    for working in state.stack:
        working.contact = state.store.contact(working.contact.id) or working.contact
    for forget in state.forgetting:
        forget()


def follow_own_calls(state: State, call_ids: Iterable[str]) -> None:
    """Others knew more of these calls of the rep's own: what is still to do for them is to do."""
    for call_id in call_ids:
        call = state.store.call(call_id)
        state.owed.changed(call_id, call is not None and has_to_do(call))


def own_calls(state: State, calls: Iterable[Call]) -> list[Call]:
    """The calls of the rep who works here, without those that came from colleagues."""
    team = state.ranking.bounds.team
    return [call for call in calls if team.made_by_me(call.rep)]


def caller_of(state: State, call: Call | Touch | None) -> str:
    """The name of the colleague who made a call; empty for the rep's own."""
    if not isinstance(call, Call) or own_calls(state, (call,)):
        return ""
    return state.ranking.bounds.team.names.get(call.rep) or translated(A_COLLEAGUE)

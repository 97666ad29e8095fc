"""Whom the rep may call at this moment of those who are ready: how many, and who first.

That is everybody, except where the team shares a list: then nobody whom a colleague has now, and while the list does
not answer only who is held for the rep, the rep's own, or new.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from tui.cockpit.state.state import State


def count(state: State) -> int:
    """How many of those in view may be called now."""
    ready = state.ranking.ready
    allowed = _without_a_line(state)
    if allowed is not None:
        return sum(ready.place(one) is not None for one in allowed)
    taken = state.leases.with_colleagues if state.leases else frozenset[str]()
    return len(ready) - sum(ready.place(one) is not None for one in taken)


def is_free(state: State, contact_id: str) -> bool:
    """Whether a list that does not answer is no reason against calling somebody who is ready."""
    allowed = _without_a_line(state)
    return allowed is None or contact_id in allowed or state.ranking.ready.place(contact_id) is None


def best(state: State, exclude: Set[str] = frozenset()) -> str | None:
    """Who of them stands first, of all but these; None when nobody is left."""
    ready, allowed = state.ranking.ready, _without_a_line(state)
    if allowed is None:
        over = exclude | (state.leases.with_colleagues if state.leases else frozenset())
        return next((one for one in ready[: len(over) + 1] if one not in over), None)
    places = ((place, one) for one in allowed - exclude if (place := ready.place(one)) is not None)
    return min(places, default=(0, None))[1]


def next_up(state: State, dialled: Sequence[str], exclude: Set[str]) -> str | None:
    """Who comes next in a session in which these kinds of people were called; without a line the share of people
    never called waits, because there are few to choose from.
    """
    if _without_a_line(state) is not None:
        return best(state, exclude)
    passed_over = state.leases.not_offered if state.leases else frozenset[str]()
    return state.ranking.next_up(dialled, exclude={*exclude, *passed_over})


def _without_a_line(state: State) -> Set[str] | None:
    """Ids of all who may be called while the list does not answer; None while it does, and without one."""
    leases = state.leases
    if leases is None or not leases.is_away or state.ranking.is_demo:
        return None
    return leases.allowed((state.now.replace(second=0, microsecond=0), state.disk.records_written))

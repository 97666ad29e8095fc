"""Which of the queue's lists is on the screen, and the one row in it that Enter acts on."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import Literal

from tui.cockpit.queue.owed import OwedCalls
from tui.cockpit.queue.ranking import Ranking
from tui.domain.call import Call
from tui.domain.identity.lookup import unaccented, words

Shows = Literal["queue", "held", "found"]
"""Ready, later today and to do · not today · all whom the search fits, and to do."""


class Selection:
    """The cursor of the queue. It stays with its person, whatever happens to the order round them."""

    def __init__(self, ranking: Ranking, owed: OwedCalls) -> None:
        self._ranking, self._owed = ranking, owed
        self.contact_id = ""
        """Whoever has the cursor; empty when nobody has."""
        self.call_id = ""
        """Set when the cursor is on something to do: the call that made us owe it."""
        self._wanted = self.showing_held = False
        self.typing = False
        """Whether the search is still being typed: Enter ends that first."""
        self.moved = 0
        """How often the cursor went to another row although the rep pressed nothing."""
        self.passed_over: Callable[[], Set[str]] = frozenset
        """Ids of those in the queue whom a colleague has now."""
        self._passed_over: Set[str] = frozenset()
        self.best_free: Callable[[], str | None] = lambda: next(iter(ranking.ready), None)
        """Whoever stands first in the queue of those who may be called now; None when nobody is."""

    @property
    def shows(self) -> Shows:
        """Which lists are on the screen."""
        if self._ranking.narrowing.searching:
            return "found"
        return "held" if self.showing_held else "queue"

    @property
    def found(self) -> Sequence[str]:
        """Ids of all whom the search fits, the best match first."""
        return self._ranking.narrowing.found or ()

    @property
    def for_manager(self) -> Sequence[str]:
        """Ids of those in view about whom a rep asks the manager, when the rep at the keys is one."""
        return sorted(filter(self._ranking.narrowing.holds, self._ranking.for_manager))

    @property
    def owed(self) -> Sequence[str]:
        """Ids of the calls after which something is to be done, of people in view or with a task the search names."""
        return [call.id for call in self._owed_calls()]

    def _owed_calls(self) -> list[Call]:
        holds = self._ranking.narrowing.holds
        return [call for call in self._owed.calls() if holds(call.contact_id) or self._names(call)]

    def _names(self, call: Call) -> bool:
        narrowing = self._ranking.narrowing
        what = unaccented(call.owed.what) if call.owed and narrowing.searching else ""
        return bool(what) and all(word in what for word in words(narrowing.text))

    def put_on(self, contact_id: str, call_id: str = "", *, wanted: bool = False) -> None:
        """The cursor goes to a person, or to something to do for them.

        `wanted`: the rep means exactly this person, also when no list in view has them.
        """
        self.contact_id, self.call_id, self._wanted = contact_id, call_id, wanted

    def to_best(self) -> None:
        """The cursor goes to the best match, to the first held, or to whoever is called next; else to nobody."""
        ranking, shows = self._ranking, self.shows
        people: Sequence[str] = {"found": self.found, "held": ranking.held, "queue": ranking.ready}[shows]
        owed = self._owed_calls() if shows == "found" and not people else ()
        if owed:
            self.put_on(owed[0].contact_id, owed[0].id)
        else:
            free = self.best_free() if shows == "queue" else None
            self.put_on(free or next(iter(people), ""))

    def show_held(self, held: bool) -> None:
        """Show those who are not offered today, or the queue again; the cursor stays if its row is there too."""
        self.showing_held, self._wanted = held, False

    def settle(self) -> bool:
        """Put the cursor on a row that is there when its own is gone, or on somebody else when a colleague has just
        taken whoever it was on. True when it went to another.
        """
        taken = not self._wanted and self._is_taken()
        if (self.has(self.contact_id, self.call_id) and not taken) or (self._wanted and self.contact_id):
            return False
        before = self.contact_id, self.call_id
        self.to_best()
        return before != (self.contact_id, self.call_id)

    def _is_taken(self) -> bool:
        """Whether a colleague took whoever has the cursor since this was asked last; the rep may go back to them."""
        before, self._passed_over = self._passed_over, frozenset(self.passed_over())
        return self.shows == "queue" and not self.call_id and self.contact_id in self._passed_over - before

    def has(self, contact_id: str, call_id: str = "") -> bool:
        """Whether a row is in the lists on the screen."""
        ranking, shows = self._ranking, self.shows
        if call_id:
            return shows != "held" and call_id in self.owed
        if not contact_id:
            return False
        if shows == "found":
            return contact_id == next(iter(self.found), "") or ranking.narrowing.holds(contact_id)
        if shows == "held":
            return ranking.is_held(contact_id)
        if contact_id in self.for_manager:
            return True
        return ranking.is_offered(contact_id) and ranking.narrowing.holds(contact_id)

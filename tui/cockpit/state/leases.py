"""Whom the shared list holds for the rep and for colleagues, as far as we heard; ours are on the disk too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from typing import Any

from tui.cockpit.clock import Clock
from tui.domain.contact import BY_HAND_LIST, Contact
from tui.domain.shared.lease import Standing, Term, why_not
from tui.domain.why import Why
from tui.shared_list.port import Holder, Lease
from tui.storage.protocol import Store
from tui.storage.sharing.listed import LEASES, OWNED
from tui.storage.sharing.notes import UNSENT

DENIED_S = 30.0
"""So long after the list did not give us somebody we do not ask for them again."""


class Leases:
    """The leases of one rep."""

    def __init__(
        self, store: Store, clock: Clock, is_mine: Callable[[Contact], bool], is_unsent: Callable[[str], bool]
    ) -> None:
        """`is_mine`: whether the list knows a person as the rep's own; `is_unsent`: whether it does not know an id."""
        self._store, self._clock = store, clock
        self._is_mine, self._is_unsent = is_mine, is_unsent
        self.online = False
        """Whether the list answered when it was asked last."""
        self.is_away = False
        """Whether it is known not to answer, and the rep was told; not before it was asked for the first time."""
        self.held: dict[str, Lease] = {}
        """By the id that speaks for the person."""
        self._terms: dict[str, Term] = {}
        self._colleagues: dict[str, str] = {}
        self._refused: set[str] = set()
        self._denied: dict[str, float] = {}
        self._allowed: tuple[object, frozenset[str]] = (None, frozenset())
        for name, kept in store.states(LEASES).items():
            if (read := _read(kept)) is not None:
                self.held[name], self._terms[name] = read

    # -- asking ----------------------------------------------------------------------------------------

    def has(self, contact_id: str) -> bool:
        """Whether somebody is held for us at this moment."""
        term, clock = self._terms.get(contact_id), self._clock
        return term is not None and term.lasts(clock.elapsed(), clock.now().timestamp())

    def colleague(self, contact_id: str) -> str:
        """Who of the team has somebody now; empty when nobody does."""
        return self._colleagues.get(contact_id, "")

    @property
    def with_colleagues(self) -> Set[str]:
        """Ids of those whom colleagues have now."""
        return self._colleagues.keys()

    def why_not(self, contact: Contact) -> Why | None:
        """Why they are not called now, for all that leases know."""
        if contact.is_demo:
            return None
        one = Standing(
            self.has(contact.id),
            self._is_mine(contact),
            self.colleague(contact.id),
            contact.id in self._refused,
            self._is_unsent(contact.id),
            BY_HAND_LIST in contact.lists,
        )
        return why_not(one, online=self.online)

    def allowed(self, moment: object) -> Set[str]:
        """Ids of all who may be called without a line; worked out once for a `moment`, and when others are held."""
        made_from = moment, tuple(self.held)
        if self._allowed[0] != made_from:
            unsent = (name.partition(".") for name in self._store.names(UNSENT))
            new = (record_id for table, _, record_id in unsent if table == "contacts")
            ids = map(self._store.persons.of, (*self._store.names(OWNED), *new, *self.held))
            known = filter(None, map(self._store.contact, dict.fromkeys(ids)))
            free = frozenset(one.id for one in known if self.why_not(one) is None)
            self._allowed = made_from, free
        return self._allowed[1]

    @property
    def not_offered(self) -> set[str]:
        """Ids of those whom the list does not give us now: the next person is somebody else."""
        elapsed = self._clock.elapsed()
        denied = {one for one, until in self._denied.items() if elapsed < until}
        return {*self._colleagues, *denied} - self.held.keys()

    # -- what the list said ----------------------------------------------------------------------------

    def given(self, asked: Iterable[str], leases: Iterable[Lease]) -> None:
        """The list was asked for these people and gave these leases."""
        until = self._clock.elapsed() + DENIED_S
        self._denied |= dict.fromkeys(asked, until)
        self._keep(leases)

    def renewed(self, asked: Iterable[Lease], leases: Iterable[Lease]) -> None:
        """Of those the list was asked for, these are still ours; what it gave meanwhile stays."""
        for lease in asked:
            self.drop(self._store.persons.of(lease.ids[0]), lease)
        self._keep(one for one in leases if not self.has(self._store.persons.of(one.ids[0])))

    def _keep(self, leases: Iterable[Lease]) -> None:
        clock = self._clock
        for lease in leases:
            one = self._store.persons.of(lease.ids[0])
            left = lease.ends - clock.elapsed()
            self._denied.pop(one, None)
            self._refused.discard(one)
            if not _is_outdated(lease, self.held.get(one)):
                self.held[one], self._terms[one] = lease, Term(lease.ends, clock.now().timestamp() + left)

    def drop(self, contact_id: str, lease: Lease) -> None:
        """They are not ours any more, unless a newer lease came meanwhile: a dial asks beside a round."""
        if self.held.get(contact_id) is not lease:
            return
        del self.held[contact_id]
        self._terms.pop(contact_id, None)

    def refuse(self, contact_id: str) -> None:
        """The list says that they asked not to be called."""
        self._refused.add(contact_id)

    def are_held(self, holders: Iterable[Holder], nameless: str) -> None:
        """Whom colleagues have now; `nameless` is what somebody without a name is called."""
        of = self._store.persons.of
        self._colleagues = {of(one.id): one.name or nameless for one in holders}

    # -- on the disk -----------------------------------------------------------------------------------

    def unwritten(self) -> dict[str, Mapping[str, Any] | None]:
        """The pieces of state that differ from the store."""
        state: dict[str, Mapping[str, Any] | None] = {
            f"{LEASES}.{name}": None for name in self._store.names(LEASES) if name not in self.held
        }
        for name, lease in self.held.items():
            term, key = self._terms[name], f"{LEASES}.{name}"
            ids, tokens = list(lease.ids), list(lease.tokens)
            kept = {"ids": ids, "tokens": tokens, "ends": term.steady, "wall": term.wall}
            if self._store.state(key) != kept:
                state[key] = kept
        return state


def _is_outdated(lease: Lease, ours: Lease | None) -> bool:
    """Whether a newer lease of ours came before it: a dial and a round may claim somebody at the same moment."""
    tokens = dict(zip(ours.ids, ours.tokens, strict=True)) if ours else {}
    return any(token < tokens.get(one, token) for one, token in zip(lease.ids, lease.tokens, strict=True))


def _read(kept: Mapping[str, Any]) -> tuple[Lease, Term] | None:
    try:
        ids, tokens = tuple(map(str, kept["ids"])), tuple(map(int, kept["tokens"]))
        term = Term(float(kept["ends"]), float(kept["wall"]))
    except (KeyError, TypeError, ValueError):
        return None
    return (Lease(ids, tokens, term.steady), term) if ids and len(ids) == len(tokens) else None

"""Who is on the team, by every name they go by, and whose a person is: mine, a colleague's, or nobody's we know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.contact import Contact, Rep
from tui.domain.identity.lookup import unaccented
from tui.domain.identity.names import name_key

_NEAR = 0.6
"""So alike a name must be to be offered in place of one that nobody has; `difflib`'s own measure."""


class Whose(StrEnum):
    """Whose a person is, for the rep at the keys."""

    ANYBODYS = "anybodys"
    MINE = "mine"
    COLLEAGUES = "colleagues"
    UNKNOWN = "unknown"
    """They have an owner, and nobody on the team is called that."""


@lru_cache(maxsize=4096)
def called_alike(text: str) -> str:
    """A rep's name or e-mail address as it is compared: in any case, without accents, its words in any order."""
    folded = " ".join(unaccented(text).split())
    return folded if "@" in folded else " ".join(sorted(name_key(text))) or folded


class Team(Struct, frozen=True, dict=True):
    """The rep at the keys, the members that the team's settings name, and the reps of whom records are here."""

    me: Rep
    """Without a label nobody has said who works here."""
    members: tuple[Rep, ...] = ()
    """Their aliases hold their e-mail addresses too; they have no id."""
    reps: tuple[Rep, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """The names of the reps of whom there are records, by id."""
        return {rep.id: rep.label for rep in (*self.reps, self.me)}

    @property
    def names_its_members(self) -> bool:
        """Whether the team says who is on it: only then can anybody be known not to be."""
        return bool(self.members)

    def called(self, text: str) -> str:
        """The name of the one rep who goes by this name, alias or e-mail; empty for none, and for several."""
        found = self._by_name.get(called_alike(text), frozenset())
        return next(iter(found)) if len(found) == 1 else ""

    def nearest(self, text: str) -> str:
        """The name most like this one, or of which it is a part; empty when none is near."""
        wanted = called_alike(text)
        part_of = [key for key in self._by_name if wanted and set(wanted.split()) < set(key.split())]
        near = part_of or get_close_matches(wanted, self._by_name, 1, _NEAR)
        return min(self._by_name[near[0]]) if near else ""

    def is_me(self, text: str) -> bool:
        """Whether I am the one who goes by this name."""
        mine = called_alike(self.me.label)
        if not mine or called_alike(text) == mine:
            return bool(mine)
        return self.called(text) == self.called(self.me.label) != ""

    def taken(self, contact: Contact) -> Contact:
        """Somebody who comes from a file or a colleague: mine from now on, when they are given to me."""
        if not (contact.owner and self.me.id) or contact.owner_id or not self.is_me(contact.owner):
            return contact
        return replace(contact, owner_id=self.me.id)

    def made_by_me(self, rep_id: str) -> bool:
        """Whether a call with this rep's id is mine: also from an earlier data folder, or of before ids were kept."""
        return rep_id in ("", self.me.id) or any(
            rep.id == rep_id and self.is_me(rep.label) for rep in self.reps
        )

    def whose(self, owner: str, owner_id: str = "") -> Whose:
        """Whose somebody with this owner is. An id is a rep's own and counts before any name."""
        known = self._asked.get((owner, owner_id))
        if known is None:  # a long list has few owners
            known = self._asked[owner, owner_id] = self._whose(owner, owner_id)
        return known

    def _whose(self, owner: str, owner_id: str) -> Whose:
        if owner_id and owner_id == self.me.id:
            return Whose.MINE
        if owner_id and owner_id in self._ids:
            return Whose.COLLEAGUES
        if not owner.strip() or not self.me.label.strip():
            return Whose.ANYBODYS
        if self.is_me(owner):
            return Whose.MINE
        if self.called(owner) or not self.names_its_members:
            return Whose.COLLEAGUES
        return Whose.UNKNOWN

    @cached_property
    def _asked(self) -> dict[tuple[str, str], Whose]:
        return {}

    @cached_property
    def _ids(self) -> frozenset[str]:
        """Ids of the others; one that I had in an earlier data folder is none of them."""
        return frozenset(rep.id for rep in self.reps if rep.id != self.me.id and not self.is_me(rep.label))

    @cached_property
    def _by_name(self) -> dict[str, frozenset[str]]:
        """The names of whoever goes by a name; a member's own name stands for all they are called."""
        found: dict[str, set[str]] = defaultdict(set)
        for rep in self.members:
            _note(found, rep, rep.label)
        named = {key: min(labels) for key, labels in found.items() if len(labels) == 1}
        for rep in (*self.reps, self.me):
            known = (named.get(called_alike(one)) for one in (rep.label, *rep.aliases))
            _note(found, rep, next(filter(None, known), rep.label))
        return {key: frozenset(labels) for key, labels in found.items()}


def _note(found: dict[str, set[str]], rep: Rep, label: str) -> None:
    for name in (rep.label, *rep.aliases):
        if key := called_alike(name):
            found[key].add(label)


def known_reps(reps: Iterable[Rep], me: Rep) -> tuple[Rep, ...]:
    """The other reps of whom there is a record with a name."""
    return tuple(rep for rep in reps if rep.id != me.id and rep.label)

"""The team as settings and records name it, for the queue, hand-overs, the doctor and commands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from tui.domain.contact import HANDED_OVER, Contact, Rep
from tui.domain.shared.team import Team, Whose, known_reps
from tui.settings.settings import Settings
from tui.storage.protocol import Store


def team_of(settings: Settings, store: Store, rep_id: str = "") -> Team:
    """The team, with the rep of this data folder at the keys; `rep_id`: where the store does not name them yet."""
    my_id = rep_id or str(store.state("rep").get("id", ""))
    known = (store.rep(my_id) if my_id else None) or Rep(my_id)
    me = known.called(settings.me.name or known.label)
    members = tuple(
        Rep("", one.name, tuple(filter(None, (*one.aliases, one.email)))) for one in settings.members
    )
    return Team(me, members, known_reps(store.reps(), me))


class Owners(Struct, frozen=True):
    """Owners that somebody should look at, each with how many people belong to them."""

    unknown: dict[str, int]
    """Nobody on the team is called that."""
    not_taken: Counter[str]
    """Colleagues to whom people were handed over from here, who have not taken them."""


def owners_of(team: Team, store: Store) -> Owners:
    """The owners of everybody in the store."""
    owned = [one for one in store.contacts() if one.owner and not one.is_demo]
    handed = (one for one in owned if not one.owner_id and HANDED_OVER in one.remembered)
    not_taken = Counter(one.owner for one in handed if team.whose(one.owner) is Whose.COLLEAGUES)
    return Owners(unknown_among(owned, team), not_taken)


def unknown_among(people: Iterable[Contact], team: Team) -> dict[str, int]:
    """Owners of these people whom nobody on the team is called, and how many belong to each; the most first."""
    owners = ((one.owner, one.owner_id) for one in people if one.owner)
    counted = Counter(owners).most_common()
    found = Counter[str]()
    for (owner, owner_id), count in counted:
        if team.whose(owner, owner_id) is Whose.UNKNOWN:
            found[owner] += count
    return dict(found.most_common())

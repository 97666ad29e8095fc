"""The team as settings and records name it, for the queue, hand-overs, the doctor and commands."""

from __future__ import annotations

from collections import Counter

from tui.domain.contact import Rep
from tui.domain.team import Team, Whose, known_reps
from tui.settings.settings import Settings
from tui.storage.protocol import Store


def team_of(settings: Settings, store: Store, me: Rep | None = None) -> Team:
    """The team, with the rep of this data folder as the one at the keys; `me`: where no record holds them yet."""
    if me is None:
        my_id = str(store.state("rep").get("id", ""))
        known = (store.rep(my_id) if my_id else None) or Rep(my_id)
        me = known.called(settings.me.name or known.label)
    members = tuple(
        Rep("", one.name, tuple(filter(None, (*one.aliases, one.email)))) for one in settings.members
    )
    return Team(me, members, known_reps(store.reps(), me))


def unknown_owners(team: Team, store: Store) -> Counter[str]:
    """Owners whom nobody on the team is called, each with how many people belong to them."""
    owners = ((one.owner, one.owner_id) for one in store.contacts() if one.owner and not one.is_demo)
    counted = Counter(owners)
    found: Counter[str] = Counter()
    for (owner, owner_id), people in counted.items():
        if team.whose(owner, owner_id) is Whose.UNKNOWN:
            found[owner] += people
    return found

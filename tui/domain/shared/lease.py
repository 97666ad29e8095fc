"""Who may call whom while a team shares one list: what a lease allows, and what is still allowed without a line."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from tui.domain.why import Why, why

LONGEST = timedelta(minutes=90)
"""The longest lease."""
AHEAD = 3
"""People after the one on the card who are held for the rep."""


class Term(Struct, frozen=True):
    """Until when a lease lasts, by two clocks of ours; over as soon as it is by either.

    The steady clock was read before the list was asked, and no setting of a clock lengthens a lease by it. But it
    begins again when the machine is started: then the wall clock ends what is left.
    """

    steady: float
    """Seconds that never go back and also count while the machine sleeps."""
    wall: float
    """Seconds since 1970."""

    def lasts(self, steady: float, wall: float) -> bool:
        """Whether somebody may still be called under it."""
        return steady < self.steady and wall < self.wall


class Standing(Struct, frozen=True):
    """What we know of somebody at the moment of a dial."""

    is_held: bool = False
    """They are held for us, and for now nobody else can get them."""
    is_own: bool = False
    """The rep at the keys looks after them: the list gives them to nobody else."""
    colleague: str = ""
    """Whoever of the team has them now; empty when nobody does, as far as we heard."""
    is_refused: bool = False
    """The list says that they asked not to be called; the entry has not come yet."""
    is_unsent: bool = False
    """The list does not know them yet, as far as we know."""
    is_by_hand: bool = False
    """The rep wrote them down; others who come from a file may be known to colleagues."""


def is_settled(since: datetime, now: datetime, gap: timedelta) -> bool:
    """Whether somebody is the rep's own also without a line, whom the list has known as theirs `since` then.

    Whoever had them before may have called until the end of a lease, and nobody calls them within the gap after that.
    """
    return now - since >= LONGEST + gap


def why_not(one: Standing, *, online: bool) -> Why | None:
    """Why somebody is not called now, for all that leases know; None when they may be.

    Without a line only who is held, the rep's own, or new: nobody else can get those meanwhile.
    """
    if one.is_refused:
        return why("refused_on_the_list")
    if one.is_held:
        return None
    if one.colleague:
        return why("colleague_has_them", colleague=one.colleague)
    if not online:
        is_new = one.is_unsent and one.is_by_hand
        return None if one.is_own or is_new else why("offline_not_ours")
    return why("not_sent_yet") if one.is_unsent else why("not_free")

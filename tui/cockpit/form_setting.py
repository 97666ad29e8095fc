"""What a form needs to know of this moment: the customer's clock, our hours, and the law of the number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tui.domain.cadence import calendar_of
from tui.domain.contact import Contact
from tui.domain.law import LawPack, legal_hours
from tui.domain.policy import Policy
from tui.domain.window import Hours, NeverOpenError, next_open

TWO_CLOCKS = 8
"""So often the hours here and those of the number called next are asked in turn for one that suits both."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a form needs to know to understand a phrase."""

    now: datetime
    """When it was said (UTC): now, or the time of a call that is judged or corrected afterwards."""
    their_zone: str
    my_zone: str
    policy: Policy
    contact: Contact
    month_first: bool = False
    """11/12 is the twelfth of November, as in the United States."""
    law: tuple[LawPack, ...] = ()
    """Packs that bind every call to them."""
    zones: tuple[str, ...] = ()
    """Every zone they may be in."""
    next_law: tuple[LawPack, ...] = ()
    """Packs that bind the next call, which may go to another of their numbers."""
    next_zones: tuple[str, ...] = ()
    """Where that number is."""
    read_at: datetime | None = None
    """When the form is filled (UTC); None: at the moment it was said."""
    otherwise: str = ""
    """What comes when they name no time, in words: `again Thu morning`."""

    @property
    def read(self) -> datetime:
        """Now, for the one who reads the form."""
        return self.read_at or self.now

    @property
    def ours(self) -> date:
        """The day it was said, here."""
        return self.now.astimezone(ZoneInfo(self.my_zone)).date()

    @property
    def places(self) -> tuple[str, ...]:
        """Every zone the number in hand may be in, at least one."""
        return self.zones or (self.their_zone,)

    @property
    def hours(self) -> Hours | None:
        """The house's calling hours for this person; None when none bind them."""
        return calendar_of(self.contact, self.policy).hours

    @property
    def here(self) -> datetime:
        """Now on the customer's wall."""
        return self.now.astimezone(ZoneInfo(self.their_zone))

    def opens(self, t: datetime) -> datetime:
        """The first moment (UTC) from t on inside house hours and the law; t itself when there is none."""
        next_law, moment = legal_hours(self.next_law), t
        try:
            for _ in range(TWO_CLOCKS):
                ours = next_open(self.hours, self.places, moment, also=legal_hours(self.law))
                moment = next_open(None, self.next_zones, ours, also=next_law) if next_law else ours
                if moment == ours:
                    return moment
        except NeverOpenError:
            pass
        return t

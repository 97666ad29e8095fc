"""Which of several people on one number is calling: in what order they are offered. A question, never an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from tui.domain.call import Call
from tui.domain.history import is_our_call
from tui.domain.outcome import Category


class Likely(IntEnum):
    """Why somebody may be the one who calls, the best reason first."""

    CALLED_TODAY = 0
    VOICEMAIL_LEFT = 1
    PROMISED = 2
    KNOWN = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands with us when a number they share calls."""

    likely: Likely
    since: datetime | None = None
    """When what speaks for them happened (UTC); the latest comes first."""


def standing_of(
    calls: Iterable[Call],
    *,
    today: datetime,
    voicemail_since: datetime,
    promised: bool,
    dialled_at: datetime | None = None,
) -> Standing:
    """How one of them stands, from their calls in any order.

    `today`: when the rep's day began (UTC). `promised`: a call is owed to them. `dialled_at`: when a call to them
    that is not saved yet was dialled.
    """
    ours = [call for call in calls if call.voided_at is None and is_our_call(call)]
    last = max((*(call.at for call in ours), *filter(None, (dialled_at,))), default=None)
    if last is not None and last >= today:
        return Standing(Likely.CALLED_TODAY, last)
    left = max((call.at for call in ours if call.is_ is Category.VOICEMAIL), default=None)
    if left is not None and left >= voicemail_since:
        return Standing(Likely.VOICEMAIL_LEFT, left)
    return Standing(Likely.PROMISED if promised else Likely.KNOWN, last)


def likeliest_first(people: Mapping[str, Standing]) -> tuple[str, ...]:
    """Ids of all of them, the likeliest first: called today, left a voicemail, promised a call, then the rest.

    Among equals the one we called last, then as they are given.
    """

    def key(contact_id: str) -> tuple[int, float]:
        standing = people[contact_id]
        return standing.likely, -standing.since.timestamp() if standing.since else 0.0

    return tuple(sorted(people, key=key))

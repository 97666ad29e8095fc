"""What the cockpit asks of the team's list. A server keeps it (`server`), in tests one in memory keeps the same rules.

Every method is one question over the network: ask on a thread of its own, never on the way of a key. Each may raise
`NoLine` (ask again later) or `NotWelcome` (somebody has to do something first; the text says what).

How it is used, in this order, whenever there is a line:

1. `pull` from the cursor until `Changes.is_all`; write the rows and the cursor in ONE commit of the store.
2. `push` what waits, of each table in the order of `KIND_OF_TABLE`; what is `late` is pulled and merged first.
3. `claim` for the queue, `last_look` just before a dial, `give_back` whom nobody called.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from msgspec import Struct, field

from tui.domain.shared.merge import Record

Ref = tuple[str, str]
"""(table, id): `calls` and the id of a call. The tables are those of `tui.storage.kinds.KIND_OF_TABLE`."""
Ids = tuple[str, ...]
"""All ids under which we know one person, the one that speaks for them first (`Persons`). Two reps who know one of them
alike never both get the person."""

NOT_SENT = 0
"""The version of a record that the list has never had."""
FROM_THE_START = 0
"""The cursor of who has read nothing."""
AT_ONCE = 500
"""Records that one pull brings, or one push takes."""


class NoLine(ConnectionError):  # noqa: N818 - no fault of anybody's
    """The list cannot be reached now. The text is one sentence for the rep."""


class NotWelcome(RuntimeError):  # noqa: N818 - the same
    """The list answers, but not us: a wrong password, no rights, another schema. What happened, and what to do."""


# -- records -----------------------------------------------------------------------------------------------


class Outgoing(Struct, frozen=True):
    """A record that waits to be sent."""

    table: str
    record: Record
    """As the store has it; what is the rep's own is left out on the way."""
    base: int = NOT_SENT
    """The version at the list that ours was made from."""

    @property
    def ref(self) -> Ref:
        """Table and id."""
        return self.table, self.record.id


class Refused(StrEnum):
    """Why the list did not take a record, and will not take it however often it is sent."""

    ONLY_A_MANAGER_LIFTS = "only_a_manager_lifts"
    """A lift, or the undoing of a colleague's refusal. A manager has to write it."""
    NOT_YOURS = "not_yours"
    """A call or a session of a colleague's, or a refusal of theirs that names nobody who is forgotten."""
    UNREADABLE = "unreadable"
    """The database takes no such value."""


class Pushed(Struct, frozen=True):
    """What came of a push. Every record that was sent is in one of the three."""

    taken: Mapping[Ref, int]
    """With the version it has now: it waits no more, unless it was written again meanwhile."""
    late: frozenset[Ref] = frozenset()
    """Changed by somebody else meanwhile: pull, merge, push again. So is a repeat of a push whose answer was lost, and
    so are new people while we have not heard of everybody: else one person could come in twice and be called twice."""
    refused: Mapping[Ref, Refused] = field(default_factory=dict)
    """They need not be sent again."""
    heard: int = 0
    """The cursor from now on where it is higher than ours: nobody else wrote anything since what we had heard."""


class Incoming(Struct, frozen=True):
    """The newest version of a record, written by anybody, also by us."""

    table: str
    id: str
    version: int
    record: Record | None
    """None when nothing of it is left because its person was forgotten, or when a newer Power Hour wrote it."""

    @property
    def ref(self) -> Ref:
        """Table and id."""
        return self.table, self.id


class Changes(Struct, frozen=True):
    """What a pull brought."""

    rows: tuple[Incoming, ...]
    """In the order in which they were written."""
    cursor: int
    """Where the next pull goes on, once these rows are in the store."""
    newest: int
    """The number of the last change there is."""
    epoch: str
    """Another one than before: the list was restored from a copy or made again. Then start from `FROM_THE_START`, and
    everything known here waits again with the base `NOT_SENT`."""
    at: datetime
    """The server's clock (UTC), read when it answered."""

    @property
    def is_all(self) -> bool:
        """Whether nothing is left to pull."""
        return self.cursor >= self.newest


def was_restored(changes: Changes, cursor: int, epoch: str) -> bool:
    """Whether the list is no longer the one that was read up to `cursor` at `epoch` (empty: never read)."""
    return bool(epoch) and (changes.epoch != epoch or changes.newest < cursor)


# -- who may call whom -------------------------------------------------------------------------------------


class Lease(Struct, frozen=True):
    """A person whom nobody else calls for now. Keep it on the disk: after a crash they are still ours."""

    ids: Ids
    """Those ids of the person that the list knows, the one that speaks first."""
    tokens: tuple[int, ...]
    """One for each id: whoever has an older one has nothing."""
    ends: float
    """On our steady clock (`Clock.elapsed`), counted from BEFORE we asked: from then on we may not call them. After a
    start of the machine that clock begins again: keep the wall clock's time of the end too, and go by the earlier."""


class Look(StrEnum):
    """The last look before a dial."""

    FREE = "free"
    """Call them."""
    REFUSED = "refused"
    """They are on the do-not-call list."""
    TAKEN = "taken"
    """They are not ours, or no longer: a colleague has them or may have them."""


class Holder(Struct, frozen=True):
    """Who has somebody now."""

    id: str
    """The person."""
    rep: str
    """The rep's id in records (`Rep.id`); empty when they never said."""
    name: str
    """What they are called."""


# -- the team ----------------------------------------------------------------------------------------------


class Presence(StrEnum):
    """What a rep is doing. It is told to whoever listens, and kept nowhere."""

    IN = "in"
    TALKING = "talking"
    AWAY = "away"


class Member(Struct, frozen=True):
    """Somebody who works with the list."""

    rep: str
    """Their id in records."""
    name: str
    login: str
    """In the database."""
    is_manager: bool = False


class Said(Struct, frozen=True):
    """What a colleague is doing, as they just said."""

    rep: str
    presence: Presence


class Heard(Struct, frozen=True):
    """What came while we listened."""

    is_news: bool = False
    """Something was written: pull."""
    said: tuple[Said, ...] = ()


class Ear(Protocol):
    """A line of its own that only listens. Where the server tells nothing, `is_news` is heard at each timeout."""

    def wait(self, seconds: float) -> Heard:
        """What comes within that time, as soon as it comes; nothing heard when it is over or the ear was closed."""

    def close(self) -> None:
        """Let go of the line; may be called from another thread, and ends a `wait`."""


class SharedList(Protocol):
    """The team's list, for one rep. One thread at a time asks it."""

    def me(self) -> Member:
        """Who we are there, and whether as a manager."""

    def members(self) -> tuple[Member, ...]:
        """Everybody who has joined, by name."""

    def pull(self, cursor: int) -> Changes:
        """What was written after `cursor`, at most `AT_ONCE` records."""

    def push(self, rows: Sequence[Outgoing], heard: int) -> Pushed:
        """Send records, at most `AT_ONCE`. `heard`: the cursor up to which everything is in our store."""

    def claim(self, wanted: Sequence[Ids], most: int) -> tuple[Lease, ...]:
        """The first `most` whom nobody has, who did not refuse and are nobody else's, in our order; or fewer, or none.

        Whom we have already is given again, with fresh tokens. Who was never pushed cannot be claimed.
        """

    def renew(self, leases: Iterable[Lease]) -> tuple[Lease, ...]:
        """Those that are still ours, for longer. One that is missing is lost: a colleague may call them."""

    def give_back(self, leases: Iterable[Lease], *, called: bool) -> None:
        """Others may have them at once, or once the least gap is over when we called them."""

    def last_look(self, lease: Lease, keys: Sequence[str]) -> Look:
        """A moment before the dial; `keys` is what `keys.keys_of` gives for the person and the number.

        Without a line (`NoLine`) the lease alone decides, as long as it has not ended.
        """

    def held(self) -> tuple[Holder, ...]:
        """Whom colleagues have now."""

    def say(self, presence: Presence) -> None:
        """Tell colleagues what we are doing."""

    def listen(self) -> Ear:
        """Begin to listen."""

    def close(self) -> None:
        """Let go of the line. Asked again, it is made again."""

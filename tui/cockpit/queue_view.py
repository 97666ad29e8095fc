"""The part of a `View` that is the queue: its rows, made when somebody sees them, and what Enter does there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Literal

from msgspec import Struct, field

from tui.cockpit.made_when_seen import MadeWhenSeen
from tui.domain.next_step import Urgency


class QueueRow(Struct, frozen=True):
    """One line of the queue list."""

    contact_id: str
    name: str
    company: str = ""
    why: str = ""
    their_time: str = ""
    """`14:01`, or a span when their zone is unsure; empty when unknown."""
    call_id: str = ""
    """Set on a `To do` row: the call that made us owe it."""
    urgency: Urgency = ""

    @property
    def id(self) -> str:
        """What tells this row from all others of the queue: one person may have several."""
        return self.call_id or self.contact_id


class EnterKey(Struct, frozen=True):
    """What Enter does on the queue. The line that says so and the key itself both go by this one value."""

    does: Literal["call", "open", "answer", "back", "keep", "nothing"] = "nothing"
    """`call` the person; `open` the card of one who has no number; `answer` whether they are one who refused; go `back`
    to the call that is still open; `keep` the search that is being typed."""
    words: str = ""
    """`call Ann Rossi and start 15 minutes`; a sentence when Enter does nothing."""
    contact_id: str = ""
    """Whoever is meant; empty when nobody is."""
    name: str = ""


class Rows(MadeWhenSeen[QueueRow]):
    """The lines of people or calls, by their ids; each is made once for a View."""

    def __init__(
        self, ids: Sequence[str] = (), make: Callable[[str], QueueRow] = lambda one: QueueRow(one, one)
    ) -> None:
        once, place = cache(make), lambda one: ids.index(one) if one in ids else None
        place = ids.place if isinstance(ids, MadeWhenSeen) else place
        super().__init__(ids.__len__, lambda place: once(ids[place]), place)


class QueueView(Struct, frozen=True):
    """The first screen: who can be called, why, and what one key would do."""

    title: str = ""
    """Name of the list or saved filter in view, e.g. `Autumn customers`."""
    people: int = 0
    shows: Literal["queue", "held", "found"] = "queue"
    """Which lists are on the screen: `ready`, `later` and `owed`; `held`; or `found` and `owed`."""
    selected: str = ""
    """Contact id of the row with the cursor; empty when no row has it."""
    selected_call: str = ""
    """Call id of that row, when it is something owed."""
    nobody: str = ""
    """What stands in a list without people; empty: it is left out."""
    enter: EnterKey = EnterKey()
    """What Enter does, and for whom."""
    moved: int = 0
    """How often time alone has put the cursor on another row: Enter waits a moment after each."""
    minutes: int = 15
    conversations: int = 0
    """Goal of the next session in talks; 0: none."""
    next_steps: int = 0
    """Goal of the next session in agreed next steps; 0: none."""
    summary: str = ""
    """`24 to call now; time for about 12. Goal: 2 talks with a next step.`"""
    meanwhile: str = ""
    """What can be done while nobody can be called, or the phone is out of reach; empty otherwise."""
    ready: Rows = field(default_factory=Rows)
    free: int | None = None
    """How many of them may be called now; the others a colleague has, or may have. None: all."""
    later: Rows = field(default_factory=Rows)
    owed: Rows = field(default_factory=Rows)
    for_manager: Rows = field(default_factory=Rows)
    """About whom reps ask the manager, when the rep at the keys is the manager."""
    held: Rows = field(default_factory=Rows)
    """Who is not offered today; each row's `why` says why and until when."""
    held_count: int = 0
    found: Rows = field(default_factory=Rows)
    """Everybody whom the search fits, also who is not offered today: the best match first."""
    filter: str = ""
    narrowed: bool = False
    """A search, a filter or a list shows only some of the people."""
    typing: bool = False
    """The search is being typed."""
    twice: bool = False
    """Somebody may be in the list twice, and nobody has said yet whether they are."""
    demo: bool = False
    """The people shown are the fictional ones of the first start."""
    running: bool = False
    """A session is running; Enter goes on with it."""

    @property
    def selected_row(self) -> str:
        """Id of the row with the cursor; empty when no row has it."""
        return self.selected_call or self.selected

"""How a record is written: what it is once it is stored, and under which revision, time and stamps."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.do_not_call import Entry
from tui.domain.shared.forgotten import erased, without_words
from tui.domain.shared.leaves import orders_after, stamps_after
from tui.domain.shared.merge import Record, merged
from tui.domain.shared.stamp import OBEYED_AHEAD, ahead, next_stamp
from tui.storage.protocol import Origin

R = TypeVar("R", bound=Record)
_STAMPS = frozenset({"rev", "edited_at", "stamps", "orders"})


def last_of_each(records: Iterable[R]) -> Iterable[R]:
    """Of several records of one id in a change the last."""
    return {record.id: record for record in records}.values()


class Writing:
    """How the records of one commit are written: when, on whose word, and under which stamps."""

    def __init__(
        self, origin: Origin, now: datetime, rep: Callable[[], str], last: str, gone: Container[str]
    ) -> None:
        """`rep` gives the id of who works here, `last` the last stamp this store made or saw, `gone` who
        is forgotten."""
        self.origin = origin
        self.gone = gone
        self.now = now
        self.last = last
        self._rep = rep
        self._before = last

    def stamp(self, over: Iterable[str]) -> str:
        """A fresh stamp, later than those it is written over."""
        made = next_stamp(self.now, self._rep(), self._before, over)
        self.saw((made,))
        return made

    def saw(self, stamps: Iterable[str]) -> None:
        """Stamps that came in: those we make will be later, unless somebody's clock was far ahead."""
        later = (one for one in stamps if one > self.last and ahead(one, self.now) <= OBEYED_AHEAD)
        self.last = max(later, default=self.last)


def stamped(record: R, stored: R | None, how: Writing) -> R | None:
    """The record as it is to be stored, or None when the stored one says the same already.

    Of a contact each leaf that a rep changed gets a stamp, so that two reps' accounts can be merged; of another account
    (`merge`) the record becomes one with ours. Why nobody calls a person stands in the do-not-call list, and is stored
    there only.
    """
    record = as_it_may_stand(record, how)
    if how.origin == "merge":
        if isinstance(record, Contact):
            how.saw(record.stamps.values())
        # Once more, because of the two accounts the one that still tells of them may be the truer.
        made = record if stored is None else as_it_may_stand(merged(stored, record), how)
        return None if made == stored else made
    stamps = stamps_for(record, stored, how)
    if stamps is None:
        return None
    bare = record.without_refusals if isinstance(record, Contact) else record
    return cast(R, replace(bare, **stamps))


def stamps_for(record: R, stored: R | None, how: Writing) -> dict[str, Any] | None:
    """The values with which `stamped` stores what is no account of another, by field.

    None when the stored one says the same already.
    """
    if stored is not None and _says_the_same(record, stored):
        return None
    stamps: dict[str, Any] = {"rev": (0 if stored is None else stored.rev) + 1, "edited_at": how.now}
    if isinstance(record, Contact):
        known = stored if isinstance(stored, Contact) else None
        if record.created_at is None:
            stamps["created_at"] = (known.created_at if known else None) or how.now
        orders = orders_after(known, record) if known else ()
        if orders != record.orders:
            stamps["orders"] = orders
        if how.origin == "hand":
            stamps["stamps"] = stamps_after(known, record, how.stamp)
        elif known:
            stamps["stamps"] = known.stamps
    return stamps


def as_it_may_stand(record: R, how: Writing) -> R:
    """The record without what it tells of somebody who is forgotten."""
    if isinstance(record, Call) and record.contact_id in how.gone:
        return cast("R", erased(record))
    if isinstance(record, Entry) and record.contact_id in how.gone:
        return cast("R", without_words(record))
    return record


def _says_the_same(record: R, stored: R) -> bool:
    told: Any = record
    if isinstance(record, Contact) and isinstance(stored, Contact):
        told = record.without_refusals
        if told.created_at is None:
            told = replace(told, created_at=stored.created_at)
    kind: Any = type(record)
    content = _content_of(kind)
    return bool(content(told) == content(stored))


@cache
def _content_of(kind: type[Struct]) -> Callable[[Any], tuple[Any, ...]]:
    """Gives all that a record of this kind says, but for when and by whom it was written."""
    slots: tuple[str, ...] = kind.__struct_fields__
    return attrgetter(*(name for name in slots if name not in _STAMPS))

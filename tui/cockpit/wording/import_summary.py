"""What an import brings, in figures: who can be called, who cannot and why, and what to look at once more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from tui.cockpit.wording import card
from tui.cockpit.wording.notices import notice
from tui.domain.contact import Contact
from tui.locale.spoken import filled, number, translated
from tui.phone import shown


class Figure(StrEnum):
    """What is counted. A person is in one of the first seven; the others are about rows."""

    NOW = "callable_now"
    LATER = "callable_later"
    HELD = "held"
    NEEDS_COUNTRY = "needs_country"
    NO_NUMBER = "no_number"
    DO_NOT_CALL = "do_not_call"
    ALIKE = "looks_like_refused"
    PLANNED = "call_backs"
    MERGED = "merged"
    CHECK = "please_check"
    NOT_TAKEN = "not_taken"


class Behind(NamedTuple):
    """Somebody behind a figure."""

    row: int
    contact: Contact | None
    """None for a row that became nobody."""
    words: str
    """What there is to say of them here; empty: their number says it."""


_LABELS = {
    Figure.NOW: "Can be called now",
    Figure.LATER: "Can be called later",
    Figure.HELD: "Not today",
    Figure.NEEDS_COUNTRY: "Needs a country",
    Figure.NO_NUMBER: "No number to call",
    Figure.DO_NOT_CALL: "Do not call",
    Figure.ALIKE: "Looks like somebody who refused",
    Figure.PLANNED: "Call-backs taken over",
    Figure.MERGED: "Merged with an earlier row",
    Figure.CHECK: "Please check these",
    Figure.NOT_TAKEN: "Not taken",
}
_ALWAYS = frozenset({Figure.NOW, Figure.NO_NUMBER, Figure.NEEDS_COUNTRY, Figure.DO_NOT_CALL})
"""Said also when they are 0."""
_LINE = "{label}: {count:,}"
FIGURE_KEYS = "1234567890"
"""The keys that show who is behind the first, the second … figure."""


class Summary(Struct, frozen=True):
    """The figures of an import, and who is behind each."""

    behind: Mapping[Figure, Sequence[Behind]]

    @property
    def shown(self) -> tuple[Figure, ...]:
        """The figures that are said, in their order."""
        return tuple(one for one in Figure if one in _ALWAYS or self.behind.get(one))

    def count(self, figure: Figure) -> int:
        """How many there are."""
        return len(self.behind.get(figure, ()))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Label and count of each figure."""
        return tuple((title(one), number(self.count(one))) for one in self.shown)

    @property
    def lines(self) -> tuple[str, ...]:
        """The figures, a line each."""
        return tuple(filled(_LINE, {"label": title(one), "count": self.count(one)}) for one in self.shown)

    def counts(self) -> dict[str, int]:
        """Every figure by its code, for other programs."""
        return {str(one): self.count(one) for one in Figure}


def figure_of(key: str | None, summary: Summary | None) -> Figure | None:
    """The figure that a key shows; None when it shows none."""
    if summary is None or not key or key not in FIGURE_KEYS:
        return None
    place = FIGURE_KEYS.index(key)
    return summary.shown[place] if place < len(summary.shown) else None


def title(figure: Figure) -> str:
    """What a figure counts."""
    return translated(_LABELS[figure])


def behind_words(one: Behind) -> tuple[str, str, str]:
    """Row, name and what there is to say of somebody behind a figure."""
    row = number(one.row) if one.row else ""
    if one.contact is None:
        return row, "", one.words
    return row, card.name_of(one.contact), one.words or number_words(one.contact)


def number_words(contact: Contact) -> str:
    """The number they are called on, as people write it; what the file has instead when there is none."""
    called = contact.first_number
    return (
        shown(called) if called else next((number.raw for number in contact.numbers), notice("no_number_yet"))
    )

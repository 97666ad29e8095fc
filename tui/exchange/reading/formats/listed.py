"""People under headings, from a file that names what it says beside each value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from tui.exchange.reading.headings.headers import Meaning, is_fax, label_of, meaning_of
from tui.exchange.reading.mending import Escapes
from tui.exchange.reading.records import MOST_CELLS, Row
from tui.exchange.reading.sentences import sentence

_OWN_COLUMNS = 200
"""Headings of no known meaning that get a column each; what else a file names stands in one column together."""
_MORE = "More"
_LABEL, _VALUE = "Phone {} - Label", "Phone {} - Value"
"""As Google calls them: the one holds the label of the other."""
_ONE = frozenset({Meaning.NAME, Meaning.GIVEN, Meaning.MIDDLE, Meaning.FAMILY, Meaning.COMPANY, Meaning.ROLE})
"""One column holds these, whatever each entry calls it."""
NAMES = frozenset({Meaning.NAME, Meaning.GIVEN, Meaning.FAMILY, Meaning.COMPANY})
"""One of these says who somebody is."""
_BETWEEN = {Meaning.NOTES: "\n", Meaning.TAGS: " ::: ", Meaning.LIST: " ::: "}


def words(text: str) -> frozenset[str]:
    """The words of a text that lists them between blanks."""
    return frozenset(text.split())


class Said(Struct):
    """What a file says about one person, in its order: heading and value."""

    line: int = 0
    last_line: int = 0
    values: list[tuple[str, str]] = field(default_factory=list)
    problem: str = ""
    """Why it is nobody who can be called."""

    def add(self, heading: str, value: str) -> None:
        """One more value; a blank one says nothing."""
        if value.strip():
            self.values.append((heading, value))

    def add_phone(self, label: str, number: str) -> None:
        """A number under the label the file gives it: a heading that is understood, else the label beside it."""
        if is_fax(label):
            self.add("Fax" if "fax" in label.casefold() else label, number)
        elif known := label_of(label):
            self.add(f"{known.capitalize()} phone", number)
        elif label.strip() and number.strip():
            nth = sum(1 for heading, _ in self.values if heading.endswith(" - Value")) + 1
            self.values += ((_LABEL.format(nth), label), (_VALUE.format(nth), number))
        else:
            self.add("Phone", number)


class Listed(Struct, frozen=True):
    """The rows of a file. Without a header it is one of the rows."""

    rows: tuple[Row, ...]
    header: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def listed(people: Iterable[Said], notes: tuple[str, ...] = ()) -> Listed:
    """A row for each, with a column for each heading in the order they come; the first is row 1."""
    places: dict[str, int] = {}
    rows: list[Row] = []
    escapes = Escapes()
    for number, said in enumerate(people, start=1):
        cells: dict[int, str] = {}
        for heading, value in _united(said.values):
            place = _place(heading, places, cells)
            if place is None and (len(places) < _OWN_COLUMNS or meaning_of(heading) is not Meaning.FIELD):
                place = places.setdefault(heading, len(places))
            if place is not None:
                cells[place] = escapes.plain(value)
            else:
                more = places.setdefault(_MORE, len(places))
                cells[more] = "; ".join(filter(None, (cells.get(more, ""), f"{heading}: {value}")))
        width = max(cells, default=-1) + 1
        problem = said.problem or (sentence("many_cells", most=MOST_CELLS) if width > MOST_CELLS else "")
        row = () if problem else tuple(cells.get(place, "") for place in range(width))
        if row or problem:
            rows.append(Row(number, row, said.line, said.last_line, problem=problem))
    return Listed(tuple(rows), tuple(places), (*notes, *escapes.notes))


def _place(heading: str, places: dict[str, int], cells: dict[int, str]) -> int | None:
    """The column of a heading: its own, or that of the first heading that means the same, when the row has none yet."""
    if heading in places:
        return places[heading]
    meaning = meaning_of(heading)
    if meaning in _ONE:
        alike = (
            place for other, place in places.items() if meaning_of(other) is meaning and place not in cells
        )
        return next(alike, None)
    return None


def _united(values: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each heading once: notes and tags in one cell, of everything else a second one has a number behind it."""
    found: dict[str, str] = {}
    count: dict[str, int] = {}
    for heading, value in values:
        between = _BETWEEN.get(meaning_of(heading), "")
        if heading in found and not between:
            if found[heading] == value:
                continue
            count[heading] = count.get(heading, 1) + 1
            found[f"{heading} {count[heading]}"] = value
        else:
            found[heading] = f"{found[heading]}{between}{value}" if heading in found else value
    yield from found.items()

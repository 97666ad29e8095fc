"""Layouts of other programs in which a row is not simply a person: what is made of their rows before they are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui.exchange.reading.cells import is_no, is_yes
from tui.exchange.reading.decode import ImportRefused
from tui.exchange.reading.formats.json_list import cell_text
from tui.exchange.reading.formats.listed import words
from tui.exchange.reading.headings.headers import Meaning, meaning_of
from tui.exchange.reading.headings.words import words_of
from tui.exchange.reading.records import Row
from tui.exchange.reading.register import is_cut_number
from tui.exchange.reading.sentences import sentence
from tui.plaintext import fold

RowChange = Callable[[Iterator[Row]], Iterator[Row]]
"""Rows in, rows out: as many, in the same order."""

_CHILD = re.compile(r".+\((.+)\)")
"""`Number (Contact Numbers)`: a value of a list that the person has."""
_IDENTITY = frozenset(
    {Meaning.NAME, Meaning.GIVEN, Meaning.FAMILY, Meaning.COMPANY, Meaning.EMAIL, Meaning.ID}
)
_NAMES = frozenset({Meaning.NAME, Meaning.GIVEN, Meaning.MIDDLE, Meaning.FAMILY})
_FIRM_FLAG = re.compile(
    r"(?:is (?:a |an )?|e un |e una |ist (?:ein |eine )?|es (?:un |una )?|est (?:un |une )?)"
    r"(?:company|firm|organi[sz]ation|business|azienda|societa|impresa|ditta|unternehmen|firma|empresa|compania|"
    r"entreprise|societe)"
)
_KIND_WORDS = words("type kind art typ tipo genre categorie entity kontaktart")
_FIRM_WORDS = words("""
    company firm organization organisation account azienda societa ditta impresa ente unternehmen
    firma entreprise societe organisme empresa compania organizacion sociedad
""")
_PERSON_WORDS = words("""
    person individual contact persona individuo contatto privatperson einzelperson kontakt personne
    particulier individu contacto particular
""")


class Arranged(Struct, frozen=True):
    """The headings of a table with those its layout adds, and what is made of its rows."""

    header: tuple[str, ...]
    changes: tuple[RowChange, ...]


_JSON = ("[{", '["', '{"')


def arranged(header: tuple[str, ...], rows: Sequence[Row], text: str) -> Arranged:
    """What the layout of the file asks for, found by its headings, its first rows and its whole text."""
    changes: list[RowChange] = []
    if any(mark in text for mark in _JSON):
        changes.append(_plain_cells)
    if children := _children(header):
        changes.append(lambda rows: _filled_down(rows, header, children))
    flag = _firm_flag(header, rows)
    if flag is not None:
        wider = _with_parent(header)
        changes.append(lambda rows: _firms_apart(rows, wider, flag))
        header = wider
    return Arranged(header, tuple(changes))


def _plain_cells(rows: Iterator[Row]) -> Iterator[Row]:
    """Rows whose cells say what the JSON in them says."""
    for row in rows:
        if any(cell[:1] in ("[", "{") for cell in row.cells):
            row = replace(row, cells=tuple(cell_text(c) if c[:1] in ("[", "{") else c for c in row.cells))
        yield row


def _children(header: Sequence[str]) -> frozenset[int]:
    """The columns of a list that each person has; none unless other columns say who the person is."""
    lists = Counter(match.group(1) for one in header if (match := _CHILD.fullmatch(one)))
    several = {name for name, count in lists.items() if count > 1}
    found = frozenset(
        place for place, one in enumerate(header) if (m := _CHILD.fullmatch(one)) and m.group(1) in several
    )
    own = {meaning_of(one) for place, one in enumerate(header) if place not in found}
    return found if own & _IDENTITY else frozenset()


def _filled_down(rows: Iterator[Row], header: Sequence[str], children: frozenset[int]) -> Iterator[Row]:
    """A row that says nothing but the next value of a list is about the person above, and says so."""
    above: tuple[str, ...] = ()
    number = 0
    for row in rows:
        own = [cell for place, cell in enumerate(row.cells) if place not in children and cell.strip()]
        if own or row.problem:
            above, number = row.cells, row.number
        elif above:
            cells = (
                above[at] if at not in children and at < len(above) else c for at, c in enumerate(row.cells)
            )
            row = replace(row, cells=tuple(cells), continues=number)
        yield row


class _Flag(Struct, frozen=True):
    """The column that says whether a row is a firm, and how it says so."""

    place: int
    is_firm: Callable[[str], bool]


def _firm_flag(header: Sequence[str], rows: Sequence[Row]) -> _Flag | None:
    for place, heading in enumerate(header):
        said = {fold(row.cells[place].strip()) for row in rows if place < len(row.cells)}
        named = words_of(heading)
        if _FIRM_FLAG.fullmatch(named) and all(is_yes(one) or is_no(one) for one in said):
            return _Flag(place, is_yes)
        kinds = said - {""}
        is_kind = bool(words(named) & _KIND_WORDS) and (kinds & _PERSON_WORDS or words(named) & _FIRM_WORDS)
        if is_kind and kinds & _FIRM_WORDS and kinds <= _FIRM_WORDS | _PERSON_WORDS:
            return _Flag(place, _FIRM_WORDS.__contains__)
    return None


def _with_parent(header: tuple[str, ...]) -> tuple[str, ...]:
    """The headings with a place for a firm's own name and one for the firm it belongs to."""
    has = any(meaning_of(one) is Meaning.COMPANY for one in header)
    return (*header, "Parent company") if has else (*header, "Company")


def _firms_apart(rows: Iterator[Row], header: tuple[str, ...], flag: _Flag) -> Iterator[Row]:
    """A firm's name is a company and no person's; `Firm, Person` of a person is the person."""
    meanings = [meaning_of(one) for one in header]
    company = meanings.index(Meaning.COMPANY)
    names = [place for place, one in enumerate(meanings) if one in _NAMES]
    for row in rows:
        cells = [*row.cells, *[""] * (len(header) - len(row.cells))]
        if row.problem or not names:
            yield row
            continue
        if flag.is_firm(fold(cells[flag.place].strip())):
            own = next((cells[place] for place in names if cells[place].strip()), "")
            if company != len(header) - 1 and cells[company].strip() not in {"", own.strip()}:
                cells[-1] = cells[company]
            cells[company] = own or cells[company]
            cells = ["" if place in names else cell for place, cell in enumerate(cells)]
        else:
            firm = cells[company].strip()
            for place in names:
                if firm and cells[place].startswith(f"{firm}, "):
                    cells[place] = cells[place][len(firm) + 2 :]
        yield replace(row, cells=tuple(cells))


def refuse_register(name: str, rows: Sequence[Row]) -> None:
    """Raise `ImportRefused` for a copy of the US do-not-call register: whoever is in it must not be called."""
    if is_cut_number([tuple(map(str.strip, row.cells)) for row in rows]):
        raise ImportRefused(sentence("register", file=name))

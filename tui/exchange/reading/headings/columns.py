"""What each column of a file holds, by its header or its values."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.identity.names import is_title
from tui.exchange.reading.cells import emails_in, is_no, is_yes, plain_cell
from tui.exchange.reading.consent.columns import meaning_here
from tui.exchange.reading.date_orders import DateOrders, date_orders, order_named
from tui.exchange.reading.dates import DateOrder, is_moment
from tui.exchange.reading.decode import ImportRefused
from tui.exchange.reading.headings.beside_numbers import is_whole_number, meaning_beside, with_label_columns
from tui.exchange.reading.headings.by_values import (
    blank_give_way,
    columns_of_values,
    is_grouped_phone,
    looks_like_phone,
    only_numbers,
    share_of,
)
from tui.exchange.reading.headings.column import Column
from tui.exchange.reading.headings.headers import (
    PHRASES,
    Meaning,
    is_bare_number,
    is_fax,
    is_label_alone,
    label_of,
    meaning_of,
    names_an_id,
)
from tui.exchange.reading.headings.words import words_of
from tui.exchange.reading.own_export import own_columns
from tui.exchange.reading.records import Row
from tui.exchange.reading.sentences import sentence
from tui.exchange.reading.table import Table
from tui.plaintext import fold

MANY = frozenset(
    (
        *(Meaning.PHONE, Meaning.PHONE_LABEL, Meaning.EMAIL, Meaning.NOTES, Meaning.TAGS, Meaning.LIST),
        *(Meaning.DO_NOT_CALL, Meaning.MAY_CALL, Meaning.CALL_BACK, Meaning.LAST_CALLED),
        *(Meaning.PHONE_CODE, Meaning.FIELD, Meaning.IGNORE),
    )
)
"""Several columns may hold these; of everything else the first column counts and the others stay fields."""
IDENTIFYING = frozenset(
    {Meaning.NAME, Meaning.GIVEN, Meaning.FAMILY, Meaning.COMPANY, Meaning.PHONE, Meaning.EMAIL}
)
"""Without one of these a row is nobody."""
REGION = "region"
"""In place of a meaning: the word says which country numbers are in, `region=:US` or `region=Albion:GB`."""
NUMBERS, TO_CALL, NOT_TO_CALL = "numbers", "call", "do-not-call"
"""In place of a meaning: whether the numbers of a file that holds nothing else are of people to call."""
LEFT = "-"
"""In place of a country: nobody knows it, the numbers stay without one."""
_SWITCHBOARD = 2
"""Columns headed `Business`, `Home` … that hold numbers make a blank one beside them such a column too."""
_DATES = (Meaning.CALL_BACK, Meaning.LAST_CALLED, Meaning.BASIS_DATE)
_MOMENTS = frozenset({Meaning.CALL_BACK, Meaning.LAST_CALLED})
_PERSON_ONLY = frozenset({Meaning.GIVEN, Meaning.FAMILY, Meaning.ROLE, Meaning.COMPANY})
_PARTS_OF_NAME = frozenset({Meaning.GIVEN, Meaning.FAMILY})
_NAME_OR_PART = frozenset({"nome", "nombre", "nombres", "nom", "first", "last"})
"""Headings that may mean a part of a name or all of it."""
_WHO = frozenset({"who", "wer", "chi", "qui", "quien"})
"""Headings of a name where no other column has it; beside one they may be of whoever made the call."""
_ACCOUNT_WORDS = frozenset(
    (
        *("accountnumber", "industry", "annualrevenue", "annual revenue", "billingstreet", "billing street"),
        *(
            "type",
            "numberofemployees",
            "employees",
            "tickersymbol",
            "parentid",
            "vat",
            "partita iva",
            "ust id",
        ),
        "sic",
    )
)
"""Headers of a list of companies."""


class Mapping(Struct, frozen=True):
    """What each column of a file holds."""

    columns: tuple[Column, ...]
    file: str = ""
    sure: bool = True
    """False when the columns were guessed from their values: ask before importing."""
    offered: tuple[Column, ...] = ()
    """Columns of nothing but phone numbers that are not used as such."""
    own: bool = False
    """Whether it is our own export, of which nothing is guessed."""
    only_numbers: bool = False
    """Whether nothing but numbers is in it, and nobody said whether they are people to call."""
    date_order: DateOrder | None = None
    """What the rep said of dates that may be two days."""
    dates: DateOrders | None = None
    """In which order each column of dates is read; None until the file was looked through for it."""
    countries: tuple[tuple[str, str], ...] = ()
    """What the rep said of numbers without a country: the country as the rows write it, folded, blank when they write
    none, and the two-letter country it is, or `-`."""

    def of(self, meaning: Meaning) -> tuple[Column, ...]:
        """The columns that hold this, in the order of the file."""
        return tuple(column for column in self.columns if column.meaning is meaning)

    @property
    def undecided(self) -> tuple[Column, ...]:
        """The columns that may say who must not be called: without an answer nothing is imported."""
        return tuple(column for column in self.columns if column.asks)

    @property
    def problem(self) -> str:
        """Why nothing in the file can be a contact; empty when something can."""
        if any(column.meaning in IDENTIFYING for column in self.columns):
            return ""
        headers = ", ".join(column.header for column in self.columns[:6])
        more = " \u2026" if len(self.columns) > 6 else ""
        return sentence("no_column", file=self.file, columns=headers + more)


def guess(table: Table, priority: str = "priority") -> Mapping:
    """What each column holds, by its header; by its values when there is no header or none says phone.

    `priority` is the heading of the column that holds a priority. Where the file has no such column, the
    usual words count; an empty one means that no column is taken for a priority.
    """
    if table.has_header and (own := own_columns(table.header, table.name)):
        return Mapping(tuple(with_label_columns(own)), table.name, own=True)
    samples = _samples(table)
    if not table.has_header:
        found = enumerate(columns_of_values(table.header, samples))
        guessed = [Column(index, header, meaning) for index, (header, meaning) in found]
        alone = only_numbers(guessed, samples)
        return Mapping(tuple(_first_counts(guessed)), table.name, sure=False, only_numbers=alone)
    columns = [
        Column(at, header, meaning_of(header), label_of(header)) for at, header in enumerate(table.header)
    ]
    columns = _names_or_companies(_by_values(_with_priority(columns, priority), samples), table.sample())
    columns = with_label_columns(_first_counts(_who_may_be_called(columns, samples, table)))
    return Mapping(
        tuple(columns),
        table.name,
        offered=_offered(columns, samples),
        only_numbers=only_numbers(columns, samples),
    )


def _who_may_be_called(columns: list[Column], samples: list[list[str]], table: Table) -> list[Column]:
    """The columns with what they say of calls settled by heading and cells, and those that must be asked about."""
    decided = []
    for column, sample in zip(columns, samples, strict=True):
        cells = partial(column.cells, table.rows())
        meaning, asks = meaning_here(column.header, column.meaning, sample, cells, looks_like_phone)
        decided.append(replace(column, meaning=meaning, asks=asks))
    return decided


def _offered(columns: Sequence[Column], samples: Sequence[list[str]]) -> tuple[Column, ...]:
    return tuple(
        column
        for column, sample in zip(columns, samples, strict=True)
        if column.meaning is Meaning.FIELD
        and sample
        and not (is_fax(column.header) or names_an_id(column.header))
        and all(map(looks_like_phone, sample))
        and (share_of(sample, is_grouped_phone) > 0.5 or all(map(is_whole_number, sample)))
    )


def _with_priority(columns: list[Column], heading: str) -> list[Column]:
    """The team's own column of priorities, in place of any other."""
    wanted = words_of(heading)
    named = next((column for column in columns if words_of(column.header) == wanted != ""), None)
    if named is None and wanted:
        return columns
    others = [Meaning.FIELD if one.meaning is Meaning.PRIORITY else one.meaning for one in columns]
    taken = [replace(column, meaning=meaning) for column, meaning in zip(columns, others, strict=True)]
    if named is not None:
        taken[named.index] = replace(named, meaning=Meaning.PRIORITY, label="")
    return taken


def apply_map(mapping: Mapping, *assignments: str) -> Mapping:
    """The mapping after `--map` words: `phone=Mobile`, `family=3` (columns count from 1), `ignore=Photo`.

    Raises `ImportRefused` when a word or a column is not known.
    """
    columns = list(mapping.columns)
    countries = dict(mapping.countries)
    for assignment in assignments:
        word, separator, target = assignment.partition("=")
        if not separator or not target.strip():
            raise ImportRefused(sentence("map_unclear", said=assignment))
        if words_of(word) == "dates":
            mapping = replace(mapping, date_order=order_named(target))
            continue
        if word == NUMBERS:
            if target.strip() != TO_CALL:
                raise ImportRefused(sentence("not_to_call", file=mapping.file))
            mapping = replace(mapping, only_numbers=False)
            continue
        if word == REGION:
            said, _, country = target.rpartition(":")
            countries[fold(said)] = country
            continue
        meaning = _meaning_named(word)
        chosen = _column_named(columns, target.strip())
        for index, column in enumerate(columns):
            if column.meaning is meaning and meaning not in MANY:
                columns[index] = replace(column, meaning=Meaning.FIELD)
        columns[chosen] = replace(
            columns[chosen],
            meaning=meaning,
            label=label_of(columns[chosen].header),
            asks=False,
            answered=True,
        )
    offered = tuple(column for column in mapping.offered if not columns[column.index].answered)
    tied = tuple(with_label_columns(columns))
    return replace(
        mapping,
        columns=tied,
        sure=mapping.sure or tied != mapping.columns,
        offered=offered,
        dates=None,
        countries=tuple(countries.items()),
    )


def _meaning_named(word: str) -> Meaning:
    name = words_of(word).replace(" ", "_")
    try:
        return Meaning(name)
    except ValueError:
        close = "".join(difflib.get_close_matches(name, list(Meaning), n=1))
        code, known = "map_word_like" if close else "map_word", ", ".join(Meaning)
        raise ImportRefused(sentence(code, word=word.strip(), close=close, known=known)) from None


def _column_named(columns: Sequence[Column], target: str) -> int:
    """The place of the column with this header, or with this number counted from 1."""
    wanted = words_of(target)
    exact = next((column for column in columns if column.header == target), None)
    alike = (column for column in columns if words_of(column.header) == wanted != "")
    if found := exact or next(alike, None):
        return found.index
    if target.isdigit() and 1 <= int(target) <= len(columns):
        return int(target) - 1
    close = "".join(difflib.get_close_matches(target, [column.header for column in columns], n=1))
    code, headers = (
        "map_column_like" if close else "map_column",
        ", ".join(one.header for one in columns[:12]),
    )
    raise ImportRefused(sentence(code, column=target, close=close, count=len(columns), columns=headers))


def _samples(table: Table) -> list[list[str]]:
    """For each column, its cleaned values of the first rows, without the blank ones."""
    samples: list[list[str]] = [[] for _ in table.header]
    for row in table.sample():
        for values, raw in zip(samples, row.cells, strict=False):
            if value := plain_cell(raw):
                values.append(value)
    return samples


def _by_values(columns: list[Column], samples: list[list[str]]) -> list[Column]:
    """Headers that mean two things are settled by the values; a phone or e-mail nobody named is found."""
    has = {column.meaning for column in columns}
    settled = [
        replace(column, meaning=_settled(column, values, has))
        for column, values in zip(columns, samples, strict=True)
    ]
    settled = blank_give_way(settled, samples, MANY)
    places = [column for column in settled if is_label_alone(column.header)]
    if sum(column.meaning is Meaning.PHONE for column in places) < _SWITCHBOARD:
        return settled
    blank = {
        column.index for column in places if column.meaning is Meaning.FIELD and not samples[column.index]
    }
    return [replace(column, meaning=Meaning.PHONE) if column.index in blank else column for column in settled]


def _settled(column: Column, values: list[str], has: set[Meaning]) -> Meaning:
    meaning = meaning_beside(column.meaning, column.header, values)
    phones = share_of(values, looks_like_phone)
    if meaning is Meaning.CUSTOMER and share_of(values, lambda value: is_yes(value) or is_no(value)) < 0.5:
        return Meaning.COMPANY if values and Meaning.COMPANY not in has else Meaning.FIELD
    if meaning is Meaning.ROLE and share_of(values, is_title) > 0.5:
        return Meaning.FIELD
    if meaning is Meaning.OWNER and share_of(values, _looks_like_record_id) > 0.5:
        return Meaning.FIELD
    if meaning is Meaning.NAME and phones > 0.6:
        # `Contact` may be the number.
        return Meaning.PHONE
    is_bare = meaning is Meaning.PHONE and is_bare_number(column.header) and Meaning.PHONE_CODE not in has
    if is_bare and values and phones < 0.2:
        # The number of the row, an invoice or a house.
        return Meaning.FIELD
    if meaning is Meaning.CALL_BACK and phones > 0.6 and share_of(values, is_moment) < 0.5:
        # An address book's number to call back on; 20261124 is a day.
        return Meaning.PHONE
    if (
        meaning in _MOMENTS
        and values
        and words_of(column.header) not in PHRASES
        and not share_of(values, is_moment)
    ):
        # `Next activity` may hold what it is about.
        return Meaning.FIELD
    if meaning is Meaning.FIELD and is_label_alone(column.header) and phones > 0.6:
        return Meaning.PHONE
    if meaning is Meaning.FIELD and Meaning.EMAIL not in has and share_of(values, emails_in) > 0.6:
        return Meaning.EMAIL
    if meaning is Meaning.FIELD and Meaning.PHONE not in has and share_of(values, is_grouped_phone) > 0.6:
        return Meaning.FIELD if is_fax(column.header) else Meaning.PHONE
    return meaning


def _looks_like_record_id(value: str) -> bool:
    return " " not in value and len(value) > 14


def _names_or_companies(columns: list[Column], rows: Sequence[Row]) -> list[Column]:
    """Settle what a column of names holds by the columns beside it: whole name, family name or company."""
    columns = _who_gives_way(columns)
    has = {column.meaning for column in columns}
    words = {words_of(column.header) for column in columns}
    named: dict[Meaning, Meaning] = {}
    if Meaning.NAME in has and not has & _PERSON_ONLY and Meaning.EMAIL not in has and words & _ACCOUNT_WORDS:
        named[Meaning.NAME] = Meaning.COMPANY
    elif Meaning.NAME in has and len(has & _PARTS_OF_NAME) == 1 and not _holds_its_part(columns, rows):
        named[Meaning.NAME] = Meaning.FAMILY if Meaning.GIVEN in has else Meaning.GIVEN
    elif Meaning.NAME not in has and len(has & _PARTS_OF_NAME) == 1:
        alone = next(column for column in columns if column.meaning in _PARTS_OF_NAME)
        if words_of(alone.header) in _NAME_OR_PART or _holds_whole_names(alone, rows):
            named[alone.meaning] = Meaning.NAME
    return [replace(column, meaning=named.get(column.meaning, column.meaning)) for column in columns]


def _who_gives_way(columns: list[Column]) -> list[Column]:
    asks = {column.index for column in columns if words_of(column.header) in _WHO}
    named = {column.meaning for column in columns if column.index not in asks}
    if not asks or not named & {Meaning.NAME, *_PARTS_OF_NAME}:
        return columns
    return [replace(one, meaning=Meaning.FIELD) if one.index in asks else one for one in columns]


def _holds_whole_names(column: Column, rows: Sequence[Row]) -> bool:
    """Whether most cells of a column that is headed as one part of a name hold several words."""
    filled = [cell for cell in column.cells(rows) if cell]
    return sum(" " in cell for cell in filled) * 2 > len(filled)


def _holds_its_part(columns: Sequence[Column], rows: Sequence[Row]) -> bool:
    """Whether the column of names repeats the first or last name beside it, so that it holds whole names."""
    name = next(column for column in columns if column.meaning is Meaning.NAME)
    part = next(column for column in columns if column.meaning in _PARTS_OF_NAME)
    long = [row for row in rows if max(name.index, part.index) < len(row.cells)]
    pairs = zip(name.cells(long), part.cells(long), strict=True)
    said = [(whole.casefold(), one.casefold()) for whole, one in pairs if whole and one]
    return sum(1 for whole, one in said if one in whole) * 2 > len(said)


def _first_counts(columns: Iterable[Column]) -> list[Column]:
    """Of a thing that is there once the first column counts; the later ones stay fields."""
    seen: set[Meaning] = set()
    kept = []
    for column in columns:
        again = column.meaning in seen and column.meaning not in MANY
        seen.add(column.meaning)
        kept.append(replace(column, meaning=Meaning.FIELD) if again else column)
    return kept


def with_dates(table: Table, mapping: Mapping) -> Mapping:
    """The mapping with the order of its dates, for which the whole file is looked through once."""
    if mapping.dates is not None:
        return mapping
    columns = [column for column in mapping.columns if column.meaning in _DATES]
    return replace(mapping, dates=date_orders(table, columns, mapping.date_order))

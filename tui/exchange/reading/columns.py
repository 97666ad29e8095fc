"""What each column of a file holds, by its header or its values, and how the rows of the file are read by that."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise

from tui.exchange.reading.cells import (
    emails_in,
    is_honorific,
    is_no,
    is_yes,
    looks_like_firm,
    plain_cell,
    plain_text,
)
from tui.exchange.reading.dates import month_comes_first
from tui.exchange.reading.decode import ImportRefused
from tui.exchange.reading.headers import Meaning, label_of, meaning_of, words_of
from tui.exchange.reading.sentences import sentence
from tui.exchange.reading.table import Row, Table
from tui.plaintext import MAX_LINE, MAX_TEXT, clean, clean_text

_LEAD_LOADER = {
    header: Meaning(meaning or "field")
    for header, _, meaning in (
        column.partition(": ")
        for column in (
            *("vendor lead code: id", "source id", "list id: list", "phone code: phone_code"),
            *("phone number: phone", "title", "first name: given", "middle initial: middle"),
            *("last name: family", "address 1", "address 2", "address 3", "city", "state", "province"),
            *("postal code", "country: country", "gender", "date of birth", "alt phone: phone"),
            *("email: email", "security phrase", "comments: notes"),
        )
    )
}
"""The fixed columns of a dialler's lead file, which never has a header. Source: VICIdial's lead loader."""
_PHONE_LIKE = re.compile(r"\+?[\d(][\d\s().\-/]{6,22}\d(\s*(x|ext\.?)\s*\d{1,6})?")
_DATE_LIKE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*")
_WORDS_LIKE = re.compile(r"[^\W\d_]+([ '.\-][^\W\d_]+\.?)*", re.UNICODE)


def share_of(values: Sequence[str], holds: Callable[[str], object]) -> float:
    """Part of the values for which it holds, 0 to 1; 0 without values."""
    return sum(1 for value in values if holds(value)) / len(values) if values else 0.0


def _is_phone(value: str) -> bool:
    digits = sum(map(str.isdigit, value))
    return 7 <= digits <= 19 and bool(_PHONE_LIKE.fullmatch(value)) and not _DATE_LIKE.fullmatch(value)


def is_grouped_phone(value: str) -> bool:
    """A phone number beyond doubt: with a plus, a leading zero or spaces between digits, unlike an id."""
    return _is_phone(value) and (value[0] in "+0(" or any(mark in value for mark in " -./"))


def columns_of_values(placeholders: Sequence[str], samples: Sequence[list[str]]) -> list[tuple[str, Meaning]]:
    """Header and meaning of each column of a file without a header; `placeholders` stand in for headers."""
    if _is_lead_loader(samples):
        return [
            *_LEAD_LOADER.items(),
            *((header, Meaning.FIELD) for header in placeholders[len(_LEAD_LOADER) :]),
        ]
    meanings = _one_word_names([_meaning_of_values(values) for values in samples], samples)
    return list(zip(placeholders, meanings, strict=True))


def _is_lead_loader(samples: Sequence[list[str]]) -> bool:
    if len(samples) < len(_LEAD_LOADER):
        return False
    codes, phones = samples[3], samples[4]
    short = share_of(codes, lambda value: value.isdigit() and len(value) <= 3)
    return short > 0.9 and share_of(phones, lambda value: value.isdigit() and 6 <= len(value) <= 14) > 0.9


def _meaning_of_values(values: list[str]) -> Meaning:
    if share_of(values, emails_in) > 0.6:
        return Meaning.EMAIL
    sure = share_of(values, is_grouped_phone) + share_of(
        values, lambda value: value.isdigit() and len(value) >= 10
    )
    if share_of(values, _is_phone) > 0.6 and sure > 0.6:
        return Meaning.PHONE
    if share_of(values, looks_like_firm) > 0.2:
        return Meaning.COMPANY
    return Meaning.NAME if share_of(values, _is_whole_name) > 0.6 else Meaning.FIELD


def _is_whole_name(value: str) -> bool:
    return bool(_WORDS_LIKE.fullmatch(value)) and 2 <= len(value.split()) <= 4


def _one_word_names(meanings: list[Meaning], samples: Sequence[list[str]]) -> list[Meaning]:
    """Two neighbouring columns of single, mostly different words are given and family name."""
    if Meaning.NAME in meanings:
        return meanings
    single = [meaning is Meaning.FIELD and _is_name_word(samples[at]) for at, meaning in enumerate(meanings)]
    for index, pair in enumerate(pairwise(single)):
        if all(pair):
            return [*meanings[:index], Meaning.GIVEN, Meaning.FAMILY, *meanings[index + 2 :]]
    return meanings


def _is_name_word(values: list[str]) -> bool:
    words = share_of(values, lambda value: value.isalpha() and value[0].isupper() and len(value) > 1)
    return words > 0.8 and len({value.casefold() for value in values}) > 0.5 * len(values)


MANY = frozenset(
    (
        *(Meaning.PHONE, Meaning.PHONE_LABEL, Meaning.EMAIL, Meaning.NOTES, Meaning.TAGS, Meaning.LIST),
        *(Meaning.DO_NOT_CALL, Meaning.MAY_CALL, Meaning.FIELD, Meaning.IGNORE),
    )
)
"""Several columns may hold these; of everything else the first column counts and the others stay fields."""
IDENTIFYING = frozenset(
    {Meaning.NAME, Meaning.GIVEN, Meaning.FAMILY, Meaning.COMPANY, Meaning.PHONE, Meaning.EMAIL}
)
"""Without one of these a row is nobody."""
_DATES = (Meaning.CALL_BACK, Meaning.LAST_CALLED, Meaning.BASIS_DATE)
_PERSON_ONLY = frozenset({Meaning.GIVEN, Meaning.FAMILY, Meaning.ROLE, Meaning.COMPANY})
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


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place (from 0), its header, what it holds, and the label of its numbers."""

    index: int
    header: str
    meaning: Meaning
    label: str = ""
    label_index: int | None = None
    """The column that holds this number's label, row by row."""

    def cells(self, rows: Iterable[Row]) -> Iterator[str]:
        """What the rows have in this column, cleaned."""
        return (plain_cell(row.cells[self.index]) for row in rows if self.index < len(row.cells))


@dataclass(frozen=True, slots=True)
class Mapping:
    """What each column of a file holds."""

    columns: tuple[Column, ...]
    file: str = ""
    sure: bool = True
    """False when the columns were guessed from their values: ask before importing."""

    def of(self, meaning: Meaning) -> tuple[Column, ...]:
        """The columns that hold this, in the order of the file."""
        return tuple(column for column in self.columns if column.meaning is meaning)

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
    samples = _samples(table)
    if not table.has_header:
        found = enumerate(columns_of_values(table.header, samples))
        guessed = [Column(index, header, meaning) for index, (header, meaning) in found]
        return Mapping(tuple(_first_counts(guessed)), table.name, sure=False)
    columns = [
        Column(at, header, meaning_of(header), label_of(header)) for at, header in enumerate(table.header)
    ]
    columns = _names_or_companies(_by_values(_with_priority(columns, priority), samples))
    return Mapping(tuple(_with_label_columns(_first_counts(columns))), table.name)


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
    for assignment in assignments:
        word, separator, target = assignment.partition("=")
        if not separator or not target.strip():
            raise ImportRefused(sentence("map_unclear", said=assignment))
        meaning = _meaning_named(word)
        chosen = _column_named(columns, target.strip())
        for index, column in enumerate(columns):
            if column.meaning is meaning and meaning not in MANY:
                columns[index] = replace(column, meaning=Meaning.FIELD)
        columns[chosen] = replace(columns[chosen], meaning=meaning, label=label_of(columns[chosen].header))
    return replace(mapping, columns=tuple(_with_label_columns(columns)), sure=True)


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
    for column in columns:
        if column.header == target or words_of(column.header) == wanted != "":
            return column.index
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
    return [
        replace(column, meaning=_settled(column.meaning, values, has))
        for column, values in zip(columns, samples, strict=True)
    ]


def _settled(meaning: Meaning, values: list[str], has: set[Meaning]) -> Meaning:
    if meaning is Meaning.CUSTOMER and share_of(values, lambda value: is_yes(value) or is_no(value)) < 0.5:
        return Meaning.COMPANY if values and Meaning.COMPANY not in has else Meaning.FIELD
    if meaning is Meaning.ROLE and share_of(values, is_honorific) > 0.5:
        return Meaning.FIELD
    if meaning is Meaning.OWNER and share_of(values, _looks_like_record_id) > 0.5:
        return Meaning.FIELD
    if meaning is Meaning.FIELD and Meaning.EMAIL not in has and share_of(values, emails_in) > 0.6:
        return Meaning.EMAIL
    if meaning is Meaning.FIELD and Meaning.PHONE not in has and share_of(values, is_grouped_phone) > 0.6:
        return Meaning.PHONE
    return meaning


def _looks_like_record_id(value: str) -> bool:
    return " " not in value and len(value) > 14


def _names_or_companies(columns: list[Column]) -> list[Column]:
    """Settle what a column of names holds by the columns beside it: whole name, family name or company."""
    has = {column.meaning for column in columns}
    words = {words_of(column.header) for column in columns}
    named: dict[Meaning, Meaning] = {}
    if Meaning.NAME in has and not has & _PERSON_ONLY and Meaning.EMAIL not in has and words & _ACCOUNT_WORDS:
        named[Meaning.NAME] = Meaning.COMPANY
    elif Meaning.NAME in has and Meaning.GIVEN in has and Meaning.FAMILY not in has:
        named[Meaning.NAME] = Meaning.FAMILY
    elif Meaning.NAME not in has and Meaning.GIVEN in has and Meaning.FAMILY not in has:
        named[Meaning.GIVEN] = Meaning.NAME
    elif Meaning.NAME not in has and Meaning.FAMILY in has and Meaning.GIVEN not in has:
        named[Meaning.FAMILY] = Meaning.NAME
    return [replace(column, meaning=named.get(column.meaning, column.meaning)) for column in columns]


def _first_counts(columns: Iterable[Column]) -> list[Column]:
    """Of a thing that is there once the first column counts; the later ones stay fields."""
    seen: set[Meaning] = set()
    kept = []
    for column in columns:
        again = column.meaning in seen and column.meaning not in MANY
        seen.add(column.meaning)
        kept.append(replace(column, meaning=Meaning.FIELD) if again else column)
    return kept


def _with_label_columns(columns: Sequence[Column]) -> list[Column]:
    """Tie each number to the column that labels it: the one that comes last before it."""
    tied = []
    label_index: int | None = None
    for column in columns:
        if column.meaning is Meaning.PHONE:
            tied.append(replace(column, label_index=label_index))
            label_index = None
        else:
            tied.append(column)
            label_index = column.index if column.meaning is Meaning.PHONE_LABEL else label_index
    return tied


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything the rows of one import have in common."""

    file: str
    header: tuple[str, ...]
    columns: tuple[Column, ...]
    first: MappingType[Meaning, int]
    """The place of the first column of each meaning."""
    of: MappingType[Meaning, tuple[Column, ...]]
    month_first: MappingType[Meaning, bool]
    """For each column of dates, whether it writes the month before the day."""
    region: str
    """Two-letter country of numbers without a country code."""
    list_name: str
    now: datetime
    """UTC."""

    def values(self, row: Row) -> list[str]:
        """The cleaned cells of a row, one for each header, and whatever stands beyond the last header."""
        notes = self.of[Meaning.NOTES]
        values = [plain_cell(raw) if raw else "" for raw in row.cells]
        values += [""] * (len(self.header) - len(values))
        for column in notes:
            if column.index < len(row.cells):
                values[column.index] = plain_text(row.cells[column.index])
        return values

    def cut(self, row: Row) -> Iterator[str]:
        """A sentence for each cell of which `values` holds only the beginning."""
        notes = {column.index for column in self.of[Meaning.NOTES]}
        for place, raw in enumerate(row.cells):
            if len(raw) > MAX_LINE:
                most, read = (MAX_TEXT, clean_text) if place in notes else (MAX_LINE, clean)
                if len(read(raw, len(raw))) > most:
                    header = (
                        self.header[place]
                        if place < len(self.header)
                        else sentence("column", number=place + 1)
                    )
                    yield sentence("cut", column=header, most=most)


def layout_of(table: Table, mapping: Mapping, region: str, list_name: str, now: datetime) -> Layout:
    """The layout of a table under a mapping; `region` is two letters or empty, `now` is zoned."""
    samples = table.sample(500)
    dates = [column for column in mapping.columns if column.meaning in _DATES]
    return Layout(
        file=table.name,
        header=table.header,
        columns=mapping.columns,
        first={column.meaning: column.index for column in reversed(mapping.columns)},
        of={meaning: mapping.of(meaning) for meaning in Meaning},
        month_first={one.meaning: month_comes_first(one.cells(samples), region) for one in dates},
        region=region,
        list_name=list_name,
        now=now.astimezone(UTC),
    )

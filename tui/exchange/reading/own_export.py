"""Our own export of contacts: what stands under which heading, and what it means when it comes back.

Nothing is guessed. The export and the reading of its JSON both lay out a person by `cells`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from msgspec import Struct, field
from msgspec.structs import replace

from tui.domain.contact import Refusal
from tui.domain.identity.person_fields import PERSON_FIELDS
from tui.domain.ids import SCHEMA
from tui.exchange.reading.decode import ImportRefused
from tui.exchange.reading.headings.column import Column
from tui.exchange.reading.headings.headers import Meaning
from tui.exchange.reading.sentences import sentence
from tui.plaintext import fold

BETWEEN = " ::: "
"""Between the values of one cell."""
ID, SOURCE_LIST, SOURCE_ID, PLANNED = "id", "source list", "source id", "planned call"
COVERS, REFUSED, WRONG = "do not call covers", "numbers not to call", "wrong numbers"
FIRM, NUMBERS, QUESTION = "firm", "numbers", "same person"
"""What a refusal covers besides one person: everybody at the firm; the numbers not to call, and not the person; or it
is a question nobody answered, whether they are who refused, whose name stands behind it."""
OWNER, OWNER_ID = "owner", "owner id"
NO_CALLS, WHY_KEPT = "do not call", "not dealt out because"
"""Columns that a list gets when it is dealt out: whose they are, who is on our list, why nobody got a row."""
NTH_PHONE, NTH_LABEL, NTH_EMAIL, WITH_EXT = "phone {}", "phone {} label", "email {}", "{} ext. {}"
OTHER = "field: "
"""In front of the heading of a column that came with an import and is headed as one of ours."""
_FORMAT = "power hour format "
FORMAT = f"{_FORMAT}{SCHEMA}"
"""The last heading of every export. Its column is empty: the first line says the format, and spreadsheets and
imports that go by headings are not disturbed."""
_PHONE, _PHONE_LABEL, _EMAIL = (
    re.compile(words.format(r"\d+")) for words in (NTH_PHONE, NTH_LABEL, NTH_EMAIL)
)
_MEANINGS = {
    **{field.heading: Meaning(field.meaning) for field in PERSON_FIELDS if field.heading},
    **{
        ID: Meaning.OWN_ID,
        OWNER_ID: Meaning.OWNER_ID,
        SOURCE_LIST: Meaning.SOURCE_LIST,
        SOURCE_ID: Meaning.ID,
    },
    **{PLANNED: Meaning.CALL_BACK, FORMAT: Meaning.IGNORE},
    **{COVERS: Meaning.REFUSAL_COVERS, REFUSED: Meaning.REFUSED_NUMBERS, WRONG: Meaning.WRONG_NUMBERS},
}
_OF_CALLS = {"direction", "outcome", "contact_id"}


class ToldNumber(Struct, frozen=True):
    """One number of a person in the export."""

    number: str = ""
    """E.164, else as it was written."""
    label: str = ""
    ext: str = ""
    """Empty of a number that could not be read, which holds it already."""
    is_bad: bool = False
    is_barred: bool = False

    @property
    def is_to_call(self) -> bool:
        """Whether nothing is known against it."""
        return not self.is_bad and not self.is_barred


class Told(Struct, frozen=True):
    """What the export tells of one person, as text."""

    id: str = ""
    source_list: str = ""
    source_id: str = ""
    owner_id: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    """By the id of a field of a person; numbers and e-mails stand below."""
    numbers: Sequence[ToldNumber] = ()
    emails: Sequence[str] = ()
    covers: str = ""
    """As `covered` gives it."""
    planned: str = ""
    """When they are planned to be called."""
    others: Mapping[str, str] = field(default_factory=dict)
    """What else came with an import, by the heading it had there."""


def cells(person: Told) -> Iterator[tuple[str, str]]:
    """Every heading and what stands under it for a person, in the order of the export.

    Numbers nobody must call stand where no program takes them for numbers to call.
    """
    yield ID, person.id
    yield SOURCE_LIST, person.source_list
    yield SOURCE_ID, person.source_id
    yield OWNER_ID, person.owner_id
    good = [one for one in person.numbers if one.is_to_call]
    for one in PERSON_FIELDS:
        if one.id == "number":
            for nth, number in enumerate(good, start=1):
                yield NTH_LABEL.format(nth), number.label
                dialled = WITH_EXT.format(number.number, number.ext) if number.ext else number.number
                yield NTH_PHONE.format(nth), dialled
        elif one.id == "email":
            yield from ((NTH_EMAIL.format(nth), text) for nth, text in enumerate(person.emails, start=1))
        elif one.heading:
            yield one.heading, person.fields.get(one.id, "")
    yield COVERS, person.covers
    yield REFUSED, BETWEEN.join(n.number for n in person.numbers if n.is_barred and not n.is_bad)
    yield WRONG, BETWEEN.join(n.number for n in person.numbers if n.is_bad)
    yield PLANNED, person.planned
    for key in sorted(person.others):
        yield heading_of_other(key), person.others[key]
    yield FORMAT, ""


def heading_of_other(key: str) -> str:
    """The heading of a column that came with an import; it never reads as one of ours."""
    return f"{OTHER}{key}" if _meaning(key) is not Meaning.FIELD or key.startswith(OTHER) else key


def own_columns(header: Sequence[str], file: str) -> list[Column] | None:
    """What the columns of our own export hold; None for a file that is none, or of before it carried our ids.

    Raises `ImportRefused` for the export of calls, and for one of a later format than ours.
    """
    version = _version(header)
    if version is None:
        return None
    if version > SCHEMA:
        raise ImportRefused(sentence("newer_export", file=file, version=version, ours=SCHEMA))
    if _OF_CALLS.issubset(header):
        raise ImportRefused(sentence("calls_export", file=file))
    if SOURCE_ID not in header:
        return None
    return [Column(at, heading.removeprefix(OTHER), _meaning(heading)) for at, heading in enumerate(header)]


def own_id(text: str) -> str:
    """The id of a person, as we write it; empty when the text is none."""
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        return ""


def covered(refusal: Refusal) -> str:
    """What stands under `COVERS` for what is said against calling somebody."""
    return BETWEEN.join((QUESTION, refusal.like)) if refusal.like else refusal.covers


def as_exported(refusal: Refusal, covers: str, refused_numbers: str) -> Refusal:
    """What is said against calling somebody, with what stands under `COVERS`.

    False where only the numbers are meant, which `refused_numbers` has then.
    """
    if not covers:
        return refusal
    kind, _, whom = covers.partition(BETWEEN)
    if kind == NUMBERS and refused_numbers:
        return Refusal()
    if refusal and kind == QUESTION and whom:
        return Refusal(like=whom)
    return replace(refusal, covers=FIRM if fold(kind) == FIRM else "")


def own_values(cell: str) -> tuple[str, ...]:
    """The values of one cell, each once."""
    return tuple(dict.fromkeys(part for part in cell.split(BETWEEN) if part))


def _version(header: Iterable[str]) -> int | None:
    said = next((one for one in header if one.startswith(_FORMAT)), "").removeprefix(_FORMAT)
    return int(said) if said.isdecimal() and len(said) < 6 else None


def _meaning(heading: str) -> Meaning:
    for pattern, meaning in (
        (_PHONE_LABEL, Meaning.PHONE_LABEL),
        (_PHONE, Meaning.PHONE),
        (_EMAIL, Meaning.EMAIL),
    ):
        if pattern.fullmatch(heading):
            return meaning
    return _MEANINGS.get(heading, Meaning.FIELD)

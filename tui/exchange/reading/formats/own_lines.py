"""Our own export of contacts as lines of JSON: each record under the headings of the table we write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tui.domain.identity.person_fields import NOTE, PERSON_FIELDS
from tui.domain.ids import SCHEMA
from tui.exchange.reading.decode import ImportRefused
from tui.exchange.reading.formats.listed import Said
from tui.exchange.reading.own_export import (
    BETWEEN,
    COVERS,
    FORMAT,
    ID,
    NTH_EMAIL,
    NTH_LABEL,
    NTH_PHONE,
    OWNER_ID,
    PLANNED,
    REFUSED,
    SOURCE_ID,
    SOURCE_LIST,
    WITH_EXT,
    WRONG,
    heading_of_other,
)
from tui.exchange.reading.sentences import sentence

_KEYS = {"name": "name", "given": "given", "family": "family", "company": "company", "role": "role"} | {
    **{"owner": "owner", "language": "language", "zone": "zone", "open_problem": "open_problem"},
    **{"priority": "priority", "do_not_call": "do_not_call"},
}
_HEADINGS = {field.id: field.heading for field in PERSON_FIELDS}


def is_our_export(records: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the first record is the line that our export begins with."""
    return bool(records) and records[0].get("kind") == "export" and "schema" in records[0]


def people_of(records: Sequence[Mapping[str, Any]], name: str) -> list[Said]:
    """The people of our export. Raises `ImportRefused` for one of calls, and for a later format than ours."""
    version = records[0]["schema"]
    if isinstance(version, int) and version > SCHEMA:
        raise ImportRefused(sentence("newer_export", file=name, version=version, ours=SCHEMA))
    if records[0].get("holds") == "everything":
        raise ImportRefused(sentence("whole_account", file=name))
    people = [one for one in records[1:] if one.get("kind") == "contact"]
    if not people:
        raise ImportRefused(sentence("calls_export", file=name))
    return [Said(values=list(_cells(one))) for one in people]


def _cells(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    source, basis = _object(record, "source"), _object(record, "basis")
    yield ID, _text(record.get("id"))
    yield SOURCE_LIST, _text(source.get("list"))
    yield SOURCE_ID, _text(source.get("external_id"))
    yield OWNER_ID, _text(record.get("owner_id"))
    for key, field in _KEYS.items():
        yield _HEADINGS[field], _text(record.get(key) or "")
    yield from _numbers([one for one in record.get("numbers") or () if isinstance(one, Mapping)])
    for place, address in enumerate(record.get("emails") or (), start=1):
        yield NTH_EMAIL.format(place), _text(address)
    for key, field in (("lists", "lists"), ("tags", "tags")):
        yield _HEADINGS[field], BETWEEN.join(map(_text, record.get(key) or ()))
    yield _HEADINGS["customer"], "yes" if record.get("customer") else ""
    yield _HEADINGS["touched"], _text(_object(record, "touched_at").get("at"))
    yield _HEADINGS["basis"], _text(basis.get("kind"))
    yield _HEADINGS["basis_date"], _text(basis.get("date"))
    yield COVERS, _text(record.get("do_not_call_covers"))
    yield PLANNED, _text(record.get("planned_call"))
    for key, value in _object(record, "fields").items():
        yield _HEADINGS["note"] if key == NOTE else heading_of_other(key), _text(value)
    yield FORMAT, ""


def _numbers(numbers: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Numbers to call under their labels; wrong and refused ones where nobody takes them for such."""
    good = [one for one in numbers if not one.get("bad") and not one.get("barred")]
    for place, one in enumerate(good, start=1):
        yield NTH_LABEL.format(place), _text(one.get("label"))
        ext = _text(one.get("ext")) if one.get("e164") else ""
        yield NTH_PHONE.format(place), WITH_EXT.format(_dialled(one), ext) if ext else _dialled(one)
    yield REFUSED, BETWEEN.join(_dialled(one) for one in numbers if one.get("barred") and not one.get("bad"))
    yield WRONG, BETWEEN.join(_dialled(one) for one in numbers if one.get("bad"))


def _dialled(number: Mapping[str, Any]) -> str:
    return _text(number.get("e164") or number.get("raw"))


def _object(record: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = record.get(key)
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    return "" if value is None else str(value)

"""Our own export of contacts as lines of JSON: each record becomes what the table we write tells of a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tui.domain.identity.person_fields import NOTE, YES
from tui.domain.ids import SCHEMA
from tui.exchange.reading.decode import ImportRefused
from tui.exchange.reading.formats.listed import Said
from tui.exchange.reading.own_export import BETWEEN, Told, ToldNumber, cells
from tui.exchange.reading.sentences import sentence

_ONE = frozenset(
    {
        *("name", "given", "family", "company", "role", "owner", "language", "zone", "open_problem"),
        *("priority", "do_not_call"),
    }
)
_SEVERAL = frozenset({"lists", "tags"})
"""Fields of a person that the record has under the same name: one text, or several."""


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
    return [Said(values=list(cells(_told(one)))) for one in people]


def _told(record: Mapping[str, Any]) -> Told:
    """What the record says; hostile values are text like all others."""
    source, others = _object(record, "source"), _object(record, "fields")
    numbers = (one for one in record.get("numbers") or () if isinstance(one, Mapping))
    return Told(
        _text(record.get("id")),
        _text(source.get("list")),
        _text(source.get("external_id")),
        _text(record.get("owner_id")),
        _fields(record),
        [_number(one) for one in numbers],
        [_text(address) for address in record.get("emails") or ()],
        _text(record.get("do_not_call_covers")),
        _text(record.get("planned_call")),
        {key: _text(value) for key, value in others.items() if key != NOTE},
    )


def _fields(record: Mapping[str, Any]) -> dict[str, str]:
    basis = _object(record, "basis")
    return {
        **{key: _text(record.get(key) or "") for key in _ONE},
        **{key: BETWEEN.join(map(_text, record.get(key) or ())) for key in _SEVERAL},
        "customer": YES if record.get("customer") else "",
        "touched": _text(_object(record, "touched_at").get("at")),
        "basis": _text(basis.get("kind")),
        "basis_date": _text(basis.get("date")),
        "note": _text(_object(record, "fields").get(NOTE)),
    }


def _number(number: Mapping[str, Any]) -> ToldNumber:
    return ToldNumber(
        _text(number.get("e164") or number.get("raw")),
        _text(number.get("label")),
        _text(number.get("ext")) if number.get("e164") else "",
        is_bad=bool(number.get("bad")),
        is_barred=bool(number.get("barred")),
    )


def _object(record: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = record.get(key)
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    return "" if value is None else str(value)

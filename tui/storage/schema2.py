"""From format 1 to format 2: what each record of an older program becomes.

Only documents that change are parsed: a long history is looked through as text. What is derived here is the
same for every copy of a store, ids included, so that two copies can be combined later.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from tui.storage.cleaning import Document, dump, load
from tui.storage.documents import promise_from_document, promise_to_document
from tui.storage.rows import Changes, Rows
from tui.storage.schema2_refusals import entries_of
from tui.storage.values import DocumentError, each, text

_NO_ROWS = Rows()


def to_schema_2(tables: Mapping[str, Rows]) -> Changes:
    """The documents of format 2, by table and key, that differ from those stored; None removes one."""
    promised = dict(_holding(tables, "calls", b'"promise":{'))
    marked = dict(_holding(tables, "contacts", b'"do_not_call":'))
    state = {key: value for key, value in _holding(tables, "state", b'"do_not_call"') if _is_list(value)}
    refused = dict(_holding(tables, "calls", b'"is":"do_not_call"'))
    old_list = next((dict(value.get("value") or {}) for value in state.values()), {})
    concerned = {text(call.get("contact_id")) for call in refused.values()}
    concerned |= {text(lifted.get("what")) for lifted in each(old_list.get("lifted"), dict)}
    listed = entries_of(old_list, marked.values(), refused.values(), _people(tables, concerned))
    changes: dict[str, Mapping[int, bytes | None]] = {
        "calls": {
            key: dump({**call, "promise": made})
            for key, call in promised.items()
            if (made := _promise(call["promise"])) is not None
        },
        "contacts": {key: dump(_without(contact, "do_not_call")) for key, contact in marked.items()},
        "state": dict.fromkeys(state),
        "do_not_call": {key: dump(entry) for key, entry in enumerate(listed, start=1)},
        "next_steps": dict.fromkeys(tables.get("next_steps", _NO_ROWS).keys_now()),
    }
    return {table: documents for table, documents in changes.items() if documents}


def _holding(tables: Mapping[str, Rows], table: str, text: bytes) -> Iterator[tuple[int, Document]]:
    """Key and document of every row of a table in which this text stands."""
    for key, raw in tables.get(table, _NO_ROWS).raws():
        if text in raw:
            yield key, load(raw)


def _people(tables: Mapping[str, Rows], contact_ids: Collection[str]) -> dict[str, Document]:
    """The contacts with these ids."""
    wanted = [b'"id":"%s"' % one.encode("ascii", "ignore") for one in contact_ids if one]
    rows = tables.get("contacts", _NO_ROWS).raws() if wanted else ()
    found = (load(raw) for _, raw in rows if any(one in raw for one in wanted))
    return {text(contact.get("id")): contact for contact in found}


def _is_list(state: Document) -> bool:
    return state.get("key") == "do_not_call"


def _without(document: Document, key: str) -> Document:
    return {name: value for name, value in document.items() if name != key}


def _promise(stored: Document) -> Document | None:
    """A promise with a beginning and an end in place of one time; None when nobody can tell when it was for."""
    try:
        made = promise_to_document(promise_from_document(stored))
    except DocumentError:
        return None
    return {**made, **{key: value for key, value in stored.items() if key not in made and key != "at"}}

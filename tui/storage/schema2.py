"""From format 1 to format 2: what each record of an older program becomes.

Only documents that change are parsed: a long history is looked through as text. What is derived here is the
same for every copy of a store, ids included, so that two copies can be combined later.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from tui.storage.cleaning import Document, dump, load
from tui.storage.documents import promise_from_document, promise_to_document
from tui.storage.rows import Changes, Rows
from tui.storage.schema2_imports import plan_of, with_touch
from tui.storage.schema2_refusals import entries_of
from tui.storage.values import DocumentError, each, text

_NO_ROWS = Rows()
_ID = re.compile(rb'\{"id":"([^"\\]+)"')
"""Where our own contacts begin; only the others have to be parsed."""


def to_schema_2(tables: Mapping[str, Rows]) -> Changes:
    """The documents of format 2, by table and key, that differ from those stored; None removes one."""
    calls, plans = _calls(tables)
    marked = dict(_holding(tables, "contacts", b'"do_not_call":'))
    told = dict(_holding(tables, "contacts", b'"last_called":'))
    state = {key: value for key, value in _holding(tables, "state", b'"do_not_call"') if _is_list(value)}
    changes: dict[str, Mapping[int, bytes | None]] = {
        "calls": calls,
        "planned_calls": {key: dump(plan) for key, plan in enumerate(plans, start=1)},
        "contacts": {
            key: dump(with_touch(_without(contact, "do_not_call")))
            for key, contact in {**told, **marked}.items()
        },
        "state": dict.fromkeys(state),
        "do_not_call": {
            key: dump(entry) for key, entry in enumerate(_entries(tables, marked, state), start=1)
        },
        "next_steps": dict.fromkeys(tables.get("next_steps", _NO_ROWS).keys_now()),
    }
    return {table: documents for table, documents in changes.items() if documents}


def _calls(tables: Mapping[str, Rows]) -> tuple[dict[int, bytes | None], list[Document]]:
    """The calls with a promise as they are now, without those an import made up; and the plans these become."""
    promised = dict(_holding(tables, "calls", b'"promise":{'))
    people = _people(tables, {text(call.get("contact_id")) for call in promised.values()})
    calls: dict[int, bytes | None] = {}
    plans: dict[str, Document] = {}
    for key, call in promised.items():
        plan = plan_of(call, people.get(text(call.get("contact_id")), {}))
        if plan is not None:
            calls[key], plans[plan["id"]] = None, plan
        elif (made := _promise(call["promise"])) is not None:
            calls[key] = dump({**call, "promise": made})
    return calls, list(plans.values())


def _entries(
    tables: Mapping[str, Rows], marked: Mapping[int, Document], state: Mapping[int, Document]
) -> list[Document]:
    refused = dict(_holding(tables, "calls", b'"is":"do_not_call"'))
    old_list = next((dict(value.get("value") or {}) for value in state.values()), {})
    concerned = {text(call.get("contact_id")) for call in refused.values()}
    concerned |= {text(lifted.get("what")) for lifted in each(old_list.get("lifted"), dict)}
    return entries_of(old_list, marked.values(), refused.values(), _people(tables, concerned))


def _holding(tables: Mapping[str, Rows], table: str, text: bytes) -> Iterator[tuple[int, Document]]:
    """Key and document of every row of a table in which this text stands."""
    for key, raw in tables.get(table, _NO_ROWS).raws():
        if text in raw:
            yield key, load(raw)


def _people(tables: Mapping[str, Rows], contact_ids: Collection[str]) -> dict[str, Document]:
    """The contacts with these ids."""
    rows = tables.get("contacts", _NO_ROWS)
    heads = rows.heads(_ID) if contact_ids else ()
    wanted = (rows[str(key)] for key, head in heads if head is None or head[1].decode("ascii") in contact_ids)
    return {text(contact.get("id")): contact for contact in wanted}


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

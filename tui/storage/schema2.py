"""From format 1 to format 2: what each record of an older program becomes.

Only documents that change are parsed: a long history is looked through as text. What is derived here is the
same for every copy of a store, ids included, so that two copies can be combined later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.storage.cleaning import Document, dump, load
from tui.storage.documents import promise_from_document, promise_to_document
from tui.storage.rows import Changes, Rows
from tui.storage.values import DocumentError

_NO_ROWS = Rows()


def to_schema_2(tables: Mapping[str, Rows]) -> Changes:
    """The documents of format 2, by table and key, that differ from those stored; None removes one."""
    calls = {
        key: dump({**call, "promise": promise})
        for key, call in _holding(tables, "calls", b'"promise":{')
        if (promise := _promise(call["promise"])) is not None
    }
    steps = dict.fromkeys(tables.get("next_steps", _NO_ROWS).keys_now())
    changes: dict[str, Mapping[int, bytes | None]] = {"calls": calls, "next_steps": steps}
    return {table: documents for table, documents in changes.items() if documents}


def _holding(tables: Mapping[str, Rows], table: str, text: bytes) -> Iterator[tuple[int, Document]]:
    """Key and document of every row of a table in which this text stands."""
    for key, raw in tables.get(table, _NO_ROWS).raws():
        if text in raw:
            yield key, load(raw)


def _promise(stored: Document) -> Document | None:
    """A promise with a beginning and an end in place of one time; None when nobody can tell when it was for."""
    try:
        made = promise_to_document(promise_from_document(stored))
    except DocumentError:
        return None
    return {**made, **{key: value for key, value in stored.items() if key not in made and key != "at"}}

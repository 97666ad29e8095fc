"""From the format of an older program to ours, one step a format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tui.domain.ids import SCHEMA
from tui.storage import messages
from tui.storage.cleaning import dump, load
from tui.storage.generations import META, META_KEY
from tui.storage.journal import JournalStorage
from tui.storage.protocol import StoreError
from tui.storage.rows import Changes, Rows
from tui.storage.schema2 import to_schema_2

Migration = Callable[[Mapping[str, Rows]], Changes]
MIGRATIONS: dict[int, Migration] = {1: to_schema_2}
"""By the format they start from: what has to be written to reach the next one."""


def stored_schema(storage: JournalStorage) -> int | None:
    """The format of the stored tables; None for a store that holds nothing yet."""
    raw = storage.rows(META).raw(META_KEY)
    if raw is not None:
        return _schema_in(raw)
    return 1 if storage.read() else None


def refuse_newer(path: Path, formats: Iterable[bytes]) -> None:
    """Raise `StoreError` when any of these documents of the format is of a newer program."""
    newest = max(map(_schema_in, formats), default=0)
    if newest > SCHEMA:
        raise StoreError(messages.newer_schema(path, newest, SCHEMA))


def _schema_in(raw: bytes) -> int:
    schema = load(raw).get("schema")
    return schema if isinstance(schema, int) and schema >= 1 else 1


def meta_row(schema: int = SCHEMA) -> bytes:
    """The document of the format."""
    return dump({"schema": schema})


def migrate(storage: JournalStorage, read_only: bool = False) -> None:
    """Bring the tables to our format, each step one commit, so that a crash leaves the old format or the new one.

    The tables as they were are kept beside the file first. A store opened for reading is migrated in memory
    only. Raises `StoreError` when the copy cannot be written; nothing is changed then.
    """
    found = stored_schema(storage)
    if found is None:
        return
    for schema in range(found, SCHEMA):
        changes = {**MIGRATIONS[schema](storage.tables), META: {META_KEY: _next_meta(storage, schema + 1)}}
        if read_only:
            storage.show(changes)
            continue
        try:
            storage.keep_copy(f".schema-{schema}")
        except OSError as error:
            raise StoreError(messages.cannot_keep_old(storage.path, error)) from error
        storage.commit(changes)


def _next_meta(storage: JournalStorage, schema: int) -> bytes:
    rows = storage.rows(META)
    known = rows[str(META_KEY)] if rows.holds(META_KEY) else {}
    return dump({**known, "schema": schema})

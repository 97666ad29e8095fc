"""From the format of an older program to ours, one step a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui.storage import messages
from tui.storage.cleaning import dump
from tui.storage.journal import JournalStorage
from tui.storage.protocol import StoreError
from tui.storage.rows import Changes, Rows

SCHEMA = 1
"""The format this program writes."""
META = "meta"
"""The table whose one document holds the format."""
META_KEY = 1

Migration = Callable[[Mapping[str, Rows]], Changes]
MIGRATIONS: dict[int, Migration] = {}
"""By the format they start from: what has to be written to reach the next one."""


def stored_schema(storage: JournalStorage) -> int | None:
    """The format of the stored tables; None for a store that holds nothing yet."""
    rows = storage.rows(META)
    if rows.holds(META_KEY):
        schema = rows[str(META_KEY)].get("schema")
        return schema if isinstance(schema, int) else 1
    return 1 if storage.read() else None


def meta_row(schema: int = SCHEMA) -> bytes:
    """The document of the format."""
    return dump({"schema": schema})


def migrate(storage: JournalStorage, read_only: bool = False) -> None:
    """Brings the tables to our format, each step one commit; raises `StoreError` for a newer format.

    A store opened for reading is migrated in memory only.
    """
    found = stored_schema(storage)
    if found is None:
        return
    if found > SCHEMA:
        raise StoreError(messages.newer_schema(storage.path, found, SCHEMA))
    for schema in range(found, SCHEMA):
        changes = {**MIGRATIONS[schema](storage.tables), META: {META_KEY: meta_row(schema + 1)}}
        if read_only:
            storage.show(changes)
        else:
            storage.commit(changes)

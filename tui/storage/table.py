"""TinyDB over the journal: its tables and queries, each write costing only the documents it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

from tinydb import TinyDB
from tinydb.table import Table

from tui.storage.cleaning import Document, dump, load
from tui.storage.journal import JournalStorage
from tui.storage.rows import Rows


class _Touched(MutableMapping[int, Document]):
    """A table as TinyDB's updaters see it; parses what they read and remembers what they touched."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._touched: dict[int, Document | None] = {}

    def __getitem__(self, key: int) -> Document:
        if key not in self._touched:
            raw = self._rows.raw(key)
            self._touched[key] = None if raw is None else load(raw)
        document = self._touched[key]
        if document is None:
            raise KeyError(key)
        return document

    def __setitem__(self, key: int, document: Document) -> None:
        self._touched[key] = document

    def __delitem__(self, key: int) -> None:
        if key not in self:
            raise KeyError(key)
        self._touched[key] = None

    def __contains__(self, key: object) -> bool:
        if key in self._touched:
            return self._touched[key] is not None
        return isinstance(key, int) and self._rows.holds(key)

    def __iter__(self) -> Iterator[int]:
        return iter([key for key in dict.fromkeys((*self._rows.keys_now(), *self._touched)) if key in self])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Removes every document without reading it."""
        self._touched = dict.fromkeys(self._rows.keys_now())

    def changes(self) -> dict[int, bytes | None]:
        """What differs from the table, as it is to be written; raises TypeError or ValueError."""
        written = {key: None if doc is None else dump(doc) for key, doc in self._touched.items()}
        return {key: raw for key, raw in written.items() if raw != self._rows.raw(key)}


class JournalTable(Table):
    """TinyDB's table; a write goes to the journal."""

    _storage: JournalStorage

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        touched = _Touched(self._storage.rows(self.name))
        updater(touched)
        if changes := touched.changes():
            self._storage.commit({self.name: changes})
        self.clear_cache()

    def _read_table(self) -> Any:
        return self._storage.rows(self.name)

    def _get_next_id(self) -> int:
        return self._storage.rows(self.name).next_key()


class JournalDB(TinyDB):
    """`JournalDB(path)` where one would write `TinyDB(path)`; `read_only=True` opens beside a writer."""

    default_storage_class = JournalStorage  # type: ignore[assignment]
    table_class = JournalTable

    @property
    def storage(self) -> JournalStorage:
        """The storage below, for commits over several tables."""
        storage = super().storage
        assert isinstance(storage, JournalStorage)
        return storage

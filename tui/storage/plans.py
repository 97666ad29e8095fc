"""The table of planned calls: its documents, and the plans of each contact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.domain.promise_state import PlannedCall
from tui.storage.documents import promise_from_document, promise_to_document
from tui.storage.records import Records, Report
from tui.storage.rows import Rows
from tui.storage.values import Document, iso, moment, required, required_moment, text, whole

TABLE = "planned_calls"


def plan_to_document(plan: PlannedCall) -> Document:
    """The plan under the names promised to the outside, without empty values; times are UTC ISO."""
    when = promise_to_document(plan.when)
    document = {
        "id": plan.id,
        "contact_id": plan.contact_id,
        "from": when["from"],
        "until": when["until"],
        "zone": plan.zone,
        "precision": plan.precision,
        "source": plan.source,
        "made_at": iso(plan.made_at),
        "rev": plan.rev,
        "edited_at": iso(plan.edited_at),
        "replaced_at": iso(plan.replaced_at),
    }
    return {key: value for key, value in document.items() if value}


def plan_from_document(document: Mapping[str, Any]) -> PlannedCall:
    """The plan of a document; raises `DocumentError` without id, contact or times."""
    when = promise_from_document(document)
    return PlannedCall(
        id=required(document, "id"),
        contact_id=required(document, "contact_id"),
        from_=when.from_,
        zone=when.zone,
        precision=when.precision,
        source=text(document.get("source")),
        made_at=required_moment(document, "made_at"),
        rev=whole(document.get("rev")),
        edited_at=moment(document.get("edited_at")),
        replaced_at=moment(document.get("replaced_at")),
    )


class Plans(Records[PlannedCall]):
    """The planned calls, also by contact. There are few: all of them are read when the first is asked for."""

    def __init__(self, rows: Rows, report: Report) -> None:
        super().__init__(TABLE, rows, plan_to_document, plan_from_document, report)
        self._known: dict[str, dict[str, PlannedCall]] | None = None
        self._contact_of: dict[str, str] = {}

    def of(self, contact_id: str) -> tuple[PlannedCall, ...]:
        """The plans of one contact, in the order they were first written."""
        return tuple(self._by_contact.get(contact_id, {}).values())

    def index(self) -> None:
        """Read every plan now."""
        super().index()
        len(self._by_contact)

    def show(self, name: str, key: int) -> None:
        """Takes up a plan that was written or removed."""
        with self._building:
            super().show(name, key)
            if self._known is None:
                return
            plan, contact_id = self.get(name), self._contact_of.pop(name, "")
            self._known.get(contact_id, {}).pop(name, None)
            if plan is not None:
                self._take_up(self._known, plan)

    @property
    def _by_contact(self) -> dict[str, dict[str, PlannedCall]]:
        if self._known is None:
            with self._building:
                if self._known is None:
                    known: dict[str, dict[str, PlannedCall]] = {}
                    for plan in self.every():
                        self._take_up(known, plan)
                    self._known = known
        return self._known

    def _take_up(self, known: dict[str, dict[str, PlannedCall]], plan: PlannedCall) -> None:
        known.setdefault(plan.contact_id, {})[plan.id] = plan
        self._contact_of[plan.id] = plan.contact_id

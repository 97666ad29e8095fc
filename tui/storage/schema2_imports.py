"""What imports left in format 1: call-backs stood there as calls that were never made, last contacts as a text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tui.domain.contact import Touch
from tui.domain.planned import PlannedCall, plan_id
from tui.domain.window import zone_info
from tui.storage.cleaning import Document
from tui.storage.documents import promise_from_document, touch_to_document
from tui.storage.plans import plan_to_document
from tui.storage.values import DocumentError, day, moment, part_of, text

_IMPORTED = "from the imported list"
"""The words of every promise that an import made up."""


def plan_of(call: Document, contact: Document) -> Document | None:
    """The planned call that a call of an import stands for; None for a call that somebody made."""
    promise = part_of(call.get("promise"))
    made_up = promise.get("words") == _IMPORTED and not (
        call.get("dials") or call.get("notes") or call.get("rep")
    )
    try:
        when = promise_from_document(promise) if made_up else None
    except DocumentError:
        return None
    if when is None:
        return None
    contact_id, source = text(call.get("contact_id")), _list_of(contact)
    named = text(part_of(contact.get("fields")).get("call_back"))
    local = when.from_.astimezone(ZoneInfo(when.zone) if zone_info(when.zone) else UTC)
    made_at = moment(call.get("edited_at")) or moment(call.get("at")) or when.from_
    plan = PlannedCall(
        id=plan_id(contact_id, named or local.replace(tzinfo=None).isoformat(timespec="minutes"), source),
        contact_id=contact_id,
        from_=when.from_,
        zone=when.zone,
        precision=when.precision,
        source=source,
        made_at=made_at,
        rev=1,
        edited_at=made_at,
    )
    return plan_to_document(plan)


def with_touch(contact: Document) -> Document:
    """The contact with the day on which an import says they were last contacted, if it can be read."""
    on = day(part_of(contact.get("fields")).get("last_called"))
    if on is None or contact.get("touched_at"):
        return contact
    zone = zone_info(text(contact.get("zone"))) or UTC
    at = datetime(on.year, on.month, on.day, 12, tzinfo=zone).astimezone(UTC)
    return {**contact, "touched_at": touch_to_document(Touch(at, _list_of(contact)))}


def _list_of(contact: Mapping[str, object]) -> str:
    return text(part_of(contact.get("source")).get("list"))

"""Sessions to JSON documents and back. A missing key means empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.domain.session import Goal, Pause, Session
from tui.storage.cleaning import Document
from tui.storage.documents import Readers, values_of
from tui.storage.values import each, iso, moment, part_of, required, required_moment, seconds, text, whole


def session_to_document(session: Session) -> Document:
    """The session under the names promised to the outside; times are UTC ISO, lengths in seconds."""
    return {
        "id": session.id,
        "started_at": iso(session.started_at),
        "ended_at": iso(session.ended_at),
        "planned_s": session.planned_s,
        "rep": session.rep,
        "rev": session.rev,
        "edited_at": iso(session.edited_at),
        "goal": {"conversations": session.goal.conversations, "next_steps": session.goal.next_steps},
        "pauses": [
            {"reason": p.reason, "started_at": iso(p.started_at), "ended_at": iso(p.ended_at)}
            for p in session.pauses
        ],
        "state": session.state,
        "spent": dict(session.spent),
    }


def session_from_document(document: Mapping[str, Any]) -> Session:
    """The session of a document; raises `DocumentError` without id or start."""
    required(document, "id")
    return Session(
        **values_of(document, _SESSION),
        started_at=required_moment(document, "started_at"),
        planned_s=seconds(document.get("planned_s")),
    )


def _goal(value: Any) -> Goal:
    part = part_of(value)
    return Goal(whole(part.get("conversations")), whole(part.get("next_steps")))


def _pause(part: Mapping[str, Any]) -> Pause:
    return Pause(text(part.get("reason")), required_moment(part, "started_at"), moment(part.get("ended_at")))


_SESSION: Readers = {
    "id": text,
    "rev": whole,
    "edited_at": moment,
    "ended_at": moment,
    "rep": text,
    "goal": _goal,
    "pauses": lambda value: each(value, _pause),
    "state": lambda value: text(value) or "running",
    "spent": lambda value: {str(key): seconds(length) for key, length in part_of(value).items()},
}

"""Notes older than the team keeps (`record.keep_notes`): which they are, and a call without them.

The call, its outcome, its times and its promise stay, so that no figure changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from tui.domain.call import Call

_COUNTED = frozenset({"meeting_at"})
"""Answers a figure is made of: two meetings are told apart by them."""


def kept_from(now: datetime, keep: timedelta | None) -> datetime | None:
    """The moment since which notes are kept; None when they are kept for ever."""
    return None if keep is None else now - keep


def without_old_notes(call: Call, since: datetime | None) -> Call:
    """The call with the notes typed since then; the same object when it has no older one.

    An old note that also answered a question of the script goes from the answers too. So do the old notes of what
    the call said before it was corrected.
    """
    if since is None or not _has_old_notes(call, since):
        return call
    revisions = tuple(without_old_notes(one, since) for one in call.revisions)
    notes = tuple(note for note in call.notes if note.at >= since)
    gone = {note.text for note in call.notes} - {note.text for note in notes}
    answers = {name: said for name, said in call.answers.items() if name in _COUNTED or said not in gone}
    return replace(call, notes=notes, answers=answers, revisions=revisions)


def with_old_notes(calls: Iterable[Call], since: datetime) -> list[Call]:
    """The calls that hold a note typed before then."""
    return [call for call in calls if _has_old_notes(call, since)]


def _has_old_notes(call: Call, since: datetime) -> bool:
    return any(note.at < since for one in (call, *call.revisions) for note in one.notes)

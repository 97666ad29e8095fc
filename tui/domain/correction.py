"""Correcting a call: the record keeps its id, says the right thing, and keeps what it said before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tui.domain.call import Call

_FIXED = frozenset({"id", "contact_id", "rev", "edited_at", "revisions"})
"""What a correction can never change: it would be another call."""


def corrected(call: Call, **changes: Any) -> Call:
    """The call with these values; what it said before is the last of its `revisions`.

    The same call comes back when nothing differs. Storing it raises `rev`. Raises ValueError for a value that
    makes a call what it is: `id`, `contact_id` and the stamps.
    """
    if fixed := _FIXED & changes.keys():
        raise ValueError(f"a correction cannot change {', '.join(sorted(fixed))}")
    if all(getattr(call, name) == value for name, value in changes.items()):
        return call
    before = replace(call, revisions=(), before=None, after=None)
    return replace(call, **changes, revisions=(*call.revisions, before))

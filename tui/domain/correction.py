"""Taking one change back without touching what was changed later: value by value, from three documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tui.domain.call import Call


def reverted(now: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The document `now` without the change that made `after` out of `before`.

    `before` and `after` need hold only the keys that changed. A value that differs from `after` was changed
    later and stays; inside maps, and in lists of numbers, that is decided for each part by itself.
    """
    found = dict(now)
    for key in dict.fromkeys((*before, *after)):
        value = _value(now.get(key), before.get(key), after.get(key))
        if value is None:
            found.pop(key, None)
        else:
            found[key] = value
    return found


def _value(now: Any, before: Any, after: Any) -> Any:
    if before == after:
        return now
    if now == after:
        return before
    every = (now, before, after)
    if all(value is None or isinstance(value, Mapping) for value in every):
        return reverted(now or {}, before or {}, after or {})
    if all(value is None or _is_numbers(value) for value in every):
        return list(reverted(*(_by_number(value or ()) for value in every)).values())
    return now


def _is_numbers(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(part, Mapping) and "raw" in part for part in value)


def _by_number(numbers: Any) -> dict[str, Mapping[str, Any]]:
    return {str(part.get("e164") or part.get("raw")): part for part in numbers}


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

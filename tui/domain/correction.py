"""Taking one change back without touching what was changed later: value by value, from three documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tui.domain.call import Call

_ONE_FACT = frozenset({"source", "basis", "touched_at"})
"""Values of several parts that make sense together only."""


def reverted(
    now: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any], *, anyhow: bool = False
) -> dict[str, Any]:
    """The document `now` without the change that made `after` out of `before`.

    `before` and `after` need hold only the keys that changed. A value that differs from `after` was changed
    later and stays (unless `anyhow`); inside maps, in lists of numbers and of texts, that is decided for each part
    by itself.
    """
    found = dict(now)
    for key in dict.fromkeys((*before, *after)):
        value = _value(now.get(key), before.get(key), after.get(key), whole=key in _ONE_FACT, anyhow=anyhow)
        if value is None:
            found.pop(key, None)
        else:
            found[key] = value
    return found


def _value(now: Any, before: Any, after: Any, *, whole: bool, anyhow: bool) -> Any:
    if before == after:
        return now
    if now == after:
        return before
    every = (now, before, after)
    # What was removed later stays away, and what this change made and a later one changed stays.
    if whole or None in every:
        return before if anyhow else now
    if all(isinstance(value, Mapping) for value in every):
        return reverted(now, before, after, anyhow=anyhow)
    if all(_is_numbers(value) for value in every):
        return list(reverted(*map(_by_number, every), anyhow=anyhow).values())
    if all(_is_texts(value) for value in every):
        kept = [text for text in now if text in before or text not in after]
        return kept + [text for text in before if text not in after and text not in kept]
    return before if anyhow else now


def _is_numbers(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(part, Mapping) and "raw" in part for part in value)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _by_number(numbers: Any) -> dict[str, Mapping[str, Any]]:
    """By what tells one number from another; a number that stands there twice keeps both places."""
    found: dict[str, Mapping[str, Any]] = {}
    for part in numbers:
        name = f"{part.get('e164') or part.get('raw')} {part.get('ext') or ''}"
        while name in found:
            name += " again"
        found[name] = part
    return found


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

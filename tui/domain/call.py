"""A call: the record of one attempt at a person, with one or more dials; how it is corrected, and how one change of
any record is undone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from tui.domain.outcome import UNANSWERED, Category
from tui.domain.promise import Owed, Promise


class Dial(Struct, frozen=True):
    """One number called once. Times are UTC."""

    number: str
    started_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    disposition: str = ""
    """What the line did: answered, no_answer, busy, voicemail, failed; empty when nobody can know."""
    cause: str = ""
    """Why it ended, in the dialer's words."""


MISSED = "missed"
"""The cause of a call from them that nobody here took."""


class Note(Struct, frozen=True):
    """One kept line of notes and when it was typed (UTC)."""

    at: datetime
    text: str


class ScriptRef(Struct, frozen=True):
    """Which words were on the screen: script id, its version, content hash, variant and entry."""

    id: str = ""
    version: str = ""
    hash: str = ""
    variant: str = ""
    entry: str = "call"


class Call(Struct, frozen=True):
    """The record of one attempt. `is_` is stored beside the outcome id: a renamed outcome orphans nothing."""

    id: str
    contact_id: str
    """Empty: a call from them by somebody we do not know, or who is one of several (`one_of`)."""
    at: datetime
    """When the attempt began (UTC): the first dial, or the time given for a call made elsewhere."""
    outcome: str
    is_: Category
    rev: int = 0
    edited_at: datetime | None = None
    session_id: str | None = None
    rep: str = ""
    direction: Literal["out", "in"] = "out"
    channel: str = "phone"
    """phone, or the softer channel of a touch that was no call: email, text, visit."""
    dials: tuple[Dial, ...] = ()
    notes: tuple[Note, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[str, ...] = ()
    """Paths of the script steps reached."""
    script: ScriptRef = ScriptRef()
    reason_id: str = ""
    """The reason this call carried; is used up only when somebody can have heard it."""
    promise: Promise | None = None
    owed: Owed | None = None
    acknowledged: bool = False
    """The rep said the line that acknowledges a promise called early or late (B33)."""
    signals: tuple[str, ...] = ()
    """`+` buying and `-` no-buy signals."""
    reason_code: str = ""
    """Why it does not fit, why we stopped early, or whom do-not-call covers."""
    talk_s: float | None = None
    ready_s: float = 0.0
    wrap_s: float = 0.0
    keys: int = 0
    identify_s: float | None = None
    """A call from them: seconds from the first key of the look-up to their card (B21); None when not looked up."""
    cancelled_at: datetime | None = None
    """When a meeting or sale fell through later (UTC): the win counts no more (B42)."""
    override: str = ""
    """Why this call was made although a law pack spoke against it: the rule, and what the rep typed."""
    lifted_at: datetime | None = None
    """When a do-not-call was lifted by the customer; the record stays and no longer binds."""
    before: Mapping[str, Any] | None = None
    """Values of the contact that the outcome changed, as they were, for undo; of format 1 the whole contact."""
    after: Mapping[str, Any] | None = None
    """The same values as the outcome left them; None in calls of format 1."""
    one_of: tuple[str, ...] = ()
    """A missed call from a number that several people have: ids of those it may be from, the likeliest first."""
    revisions: tuple[Call, ...] = ()
    """What the call said before it was corrected, oldest first; see `corrected`."""
    voided_at: datetime | None = None
    """Set by undo; a voided call counts nowhere."""

    @property
    def first_number(self) -> str:
        """The number this attempt began with (E.164); empty for a call made with another phone."""
        return self.dials[0].number if self.dials else ""

    @property
    def our_dials(self) -> Sequence[Dial]:
        """The dials we made: all of a call of ours; of a call from them those by which we called back."""
        if self.direction == "out":
            return self.dials
        # What they dialled was missed, or begins here in the moment in which it was answered.
        return tuple(one for one in self.dials if one.cause != MISSED and one.answered_at != one.started_at)

    @property
    def missed_our_call_back(self) -> bool:
        """Whether they called us, we called back in the same attempt, and then nobody answered."""
        return self.direction == "in" and self.is_ in UNANSWERED and bool(self.our_dials)


def can_end_with(
    category: Category,
    direction: Literal["out", "in"],
    dials: Sequence[Dial] = (),
    on_record: Category | None = None,
) -> bool:
    """Whether a call can have come to this; what cannot be true of it is offered nowhere.

    Whoever called us was on the line: it was answered, and no voicemail of ours was left. Unless the line fell and we
    called them back: the last of the `dials` has no answer. `on_record`: what a past call says, such as that it was
    missed; it may stay what it is.

    A call of ours can have come to anything, also one that was answered: by a machine, by an announcement of the
    network, or only by a key that was pressed too early. All others can follow a call from them: somebody else of
    the firm can call back, and so can whoever has got the number now.
    """
    if direction == "out" or category not in UNANSWERED or category is on_record:
        return True
    return bool(dials) and dials[-1].answered_at is None


def has_to_do(call: Call) -> bool:
    """Whether something is still to do for this call: it was not undone, and nobody marked it as done."""
    owed = call.owed
    return owed is not None and bool(owed) and owed.done_at is None and call.voided_at is None


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

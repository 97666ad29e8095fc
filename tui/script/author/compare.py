"""What changed between two versions of a script, in a trainer's words: words, answers, tips, ways; never lines."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from typing import Any, Literal

from msgspec import Struct

from tui.script.author.paths import ENTRY_WORDS, Pace, entries_of, ways_of
from tui.script.language.facts import TIMINGS
from tui.script.language.model import Rung, Script, Step, Voicemail
from tui.yamlfile.fields import Rule

Sign = Literal["~", "+", "-", ">"]
"""changed, came in, left, moved."""

SPOKEN = frozenset({"say", "ask", "text", *TIMINGS, "proof", "walk_away", "offer"})
"""Fields that are said aloud."""
WORDS: Mapping[str, str] = {
    **{"say": "words", "ask": "question", "text": "words", "do": "what to do", "coach": "tip"},
    **{"when": "shown only if", "goto": "goes to", "end": "ends with", "save": "kept as", "steps": "lines"},
    **{
        "required": "must be answered",
        "type": "kind of answer",
        "keep": "remembered for",
        "then": "afterwards",
    },
    **{"next_in": "in touch again in", "heard": "the customer says", "in_return": "in return"},
    **{
        "walk_away": "last words",
        "on_time": "on time",
        "tried": "tried on time",
        "no_reason": "no reason left",
        "starts": "from",
    },
    **{"stop_after": "enough after", "they_ring_back": "they call back", "stop": "no more calls"},
    **{"followup": "follow-up", "use": "uses", "seconds": "seconds it takes"},
    **{"voicemail": "voicemail", "reasons": "reasons to call", "translation_of": "translation of"},
    **{"source_version": "translated from version"},
}
"""What a field is called on the screen; others keep their name."""
_ONE_OF: Mapping[str, str] = {
    **{"variants": "version", "answers": "answer", "branches": "branch", "snippets": "snippet"},
    **{"variables": "name"},
}
"""What one entry of a map is called."""
_UNTOLD = frozenset({"script", "hash"})
_MOST_PAIRS = 900
"""Lines are compared word by word only while this few could be the same."""
_ALIKE = 0.6
"""Two lines are the same line reworded when they are at least this alike (0 to 1)."""


class Difference(Struct, frozen=True):
    """One change: where, and the words before and after (empty: there were none, or there are none)."""

    sign: Sign
    where: tuple[str, ...]
    before: str = ""
    after: str = ""
    spoken: bool = False


def differences(old: Script, new: Script) -> list[Difference]:
    """Everything that changed for the rep, in the order of the script."""
    return list(_object(old, new, ()))


def way_changes(old: Script, new: Script, pace: Pace | None = None) -> list[str]:
    """Ways into the call that came, left, or changed in number or length, one sentence each."""
    before, after = entries_of(old), entries_of(new)
    rows = [f"{ENTRY_WORDS[entry]}: has words now" for entry in after if entry not in before]
    rows += [f"{ENTRY_WORDS[entry]}: has no words any more" for entry in before if entry not in after]
    for entry in after:
        if entry in before and entry != "voicemail":
            was, now = ways_of(old, entry, pace).summary, ways_of(new, entry, pace).summary
            rows += [f"{ENTRY_WORDS[entry]}: {was} → {now}"] if was != now else []
    return rows


def told(difference: Difference, pace: Pace) -> str:
    """One change as a line of text."""
    where = ", ".join(difference.where) or "script"
    before, after = difference.before, difference.after
    if difference.sign != "~":
        return f"{difference.sign} {where}" + (f": {after or before}" if after or before else "")
    takes = ""
    if difference.spoken and round(pace.of(before)) != round(pace.of(after)):
        takes = f"   ({pace.of(before):.0f} s → {pace.of(after):.0f} s)"
    return f"~ {where}: {marked(before, after)}{takes}"


def marked(before: str, after: str) -> str:
    """Both texts in one: [-words that left-] {+words that came+}; long stretches in common are shortened."""
    if not before or not after:
        return f"{{+{after}+}}" if after else f"[-{before}-]"
    was, now = before.split(), after.split()
    parts: list[str] = []
    for what, i, j, k, m in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if what == "equal":
            kept = was[i:j]
            parts += [*kept[:4], "…", *kept[-4:]] if len(kept) > 10 else kept
            continue
        parts += [f"[-{' '.join(was[i:j])}-]"] if j > i else []
        parts += [f"{{+{' '.join(now[k:m])}+}}"] if m > k else []
    return " ".join(parts)


def _object(old: Any, new: Any, where: tuple[str, ...]) -> Iterator[Difference]:
    """Every field of two things of the same kind."""
    for declared in fields(new):
        rule = declared.metadata.get("rule")
        if not isinstance(rule, Rule) or declared.name in _UNTOLD:
            continue
        before, after = getattr(old, declared.name), getattr(new, declared.name)
        if not _same(before, after):
            yield from _field(declared.name, before, after, where)


def _field(name: str, before: Any, after: Any, where: tuple[str, ...]) -> Iterator[Difference]:
    here = (*where, WORDS.get(name, name))
    some = before or after
    if isinstance(some, dict):
        yield from _named(name, before or {}, after or {}, where)
    elif isinstance(some, tuple) and some and is_dataclass(some[0]):
        # The lines of a section are told of the section, not of its `steps`.
        yield from _listed(before or (), after or (), where if name == "steps" else here)
    elif is_dataclass(some):
        yield from _part(before, after, here)
    else:
        was, now = _plain(before), _plain(after)
        yield Difference("~", here, was, now, name in SPOKEN)


def _part(before: Any, after: Any, here: tuple[str, ...]) -> Iterator[Difference]:
    if before is None or after is None:
        yield Difference("+" if before is None else "-", here, _gist(before), _gist(after))
    else:
        yield from _object(before, after, here)


def _named(
    name: str, before: Mapping[str, Any], after: Mapping[str, Any], where: tuple[str, ...]
) -> Iterator[Difference]:
    """The entries of a map by their name."""
    kind = _ONE_OF.get(name, name)
    for key in dict.fromkeys((*before, *after)):
        here = (*where, f"{kind} “{key}”")
        if key not in before or key not in after or not _same(before[key], after[key]):
            yield from _part(before.get(key), after.get(key), here)
    common = [key for key in before if key in after]
    if common != [key for key in after if key in before] and name == "answers":
        yield Difference(">", (*where, "answers"), after="another order: " + ", ".join(after))


def _listed(before: Sequence[Any], after: Sequence[Any], where: tuple[str, ...]) -> Iterator[Difference]:
    """The items of a list, each with the item it was before."""
    partner = _partners(before, after)
    order = sorted(partner.values())
    for position, item in enumerate(after):
        here = (*where, _name(item, position))
        if position not in partner:
            yield Difference("+", here, after=_gist(item))
            continue
        was = before[partner[position]]
        if order.index(partner[position]) != sorted(partner).index(position):
            yield Difference(">", here, after="stands elsewhere now")
        if not _same(was, item):
            yield from _object(was, item, here)
    for i, item in enumerate(before):
        if i not in order:
            yield Difference("-", (*where, _name(item, i)), before=_gist(item))


def _same(one: Any, other: Any) -> bool:
    """Whether two values hold the same; the parts of a script do not compare themselves."""
    if is_dataclass(one) and type(one) is type(other):
        return all(_same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    return bool(one == other)


def _partners(before: Sequence[Any], after: Sequence[Any]) -> dict[int, int]:
    """New position to old: by its own name, by the same words, then by words that are much alike."""
    left, right = dict(enumerate(before)), dict(enumerate(after))
    partner: dict[int, int] = {}
    for same in (_key, _gist):
        by_name = {same(item): i for i, item in reversed(left.items())}
        for k, item in list(right.items()):
            i = by_name.get(same(item)) if same(item) else None
            if i is not None and i in left:
                partner[k] = i
                del left[i], right[k]
    if all(isinstance(item, Rung) for item in (*left.values(), *right.values())):
        # A ladder is climbed in its order: the place of a rung is what it is.
        return partner | dict(zip(right, left, strict=False))
    if len(left) * len(right) > _MOST_PAIRS:
        return partner
    for k, item in list(right.items()):
        likeness = {i: _likeness(left[i], item) for i in left if type(left[i]) is type(item)}
        if likeness and max(likeness.values()) >= _ALIKE:
            best = max(likeness, key=lambda i: likeness[i])
            partner[k] = best
            del left[best], right[k]
    return partner


def _likeness(one: Any, other: Any) -> float:
    return difflib.SequenceMatcher(None, _gist(one), _gist(other), autojunk=False).ratio()


def _key(item: Any) -> str:
    """What names an item whatever its words are; empty when nothing does."""
    named = ((name, getattr(item, name, "")) for name in ("id", "save", "attempt"))
    return next((f"{name} {value}" for name, value in named if value), "")


def _name(item: Any, position: int) -> str:
    """What to call an item of a list."""
    named = getattr(item, "id", "") or getattr(item, "save", "")
    match item:
        case Step():
            kind = {"ask": "question", "say": "line", "do": "task", "end": "end", "hop": "jump"}.get(
                item.kind, item.kind
            )
            return f"{kind} “{named}”" if named else f"{kind} {position + 1}"
        case Voicemail(attempt=attempt) if attempt:
            return f"try {attempt}"
        case Rung():
            return f"offer {position + 1}"
    return f"“{named}”" if named else f"{position + 1}"


def _gist(item: Any) -> str:
    """The words by which a person knows it: all it says, in one line."""
    if isinstance(item, Step):
        spoken = (item.say, item.ask, item.do, *(v.text for v in item.variants.values()))
        jump = f"→ {item.end or item.goto or item.use}" if item.end or item.goto or item.use else ""
        return " ".join(part for part in (*spoken, jump) if part)
    if hasattr(item, "steps"):
        jump = f"→ {item.goto}" if getattr(item, "goto", "") else ""
        return " ".join(part for part in (getattr(item, "say", ""), *map(_gist, item.steps), jump) if part)
    texts = (getattr(item, name, "") for name in ("say", "offer", "text", "ask", "default"))
    return next((str(words) for words in texts if words), "")


def _plain(value: Any) -> str:
    """A value as it is said."""
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, timedelta):
        return f"{value.days} days" if value.days else str(value)
    if isinstance(value, date):
        return value.isoformat()
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)

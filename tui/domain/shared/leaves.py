"""A contact as a flat map of leaves, path to value: the parts that two reps may change without touching each other.

`company` is a leaf, and so is each single thing in what holds several: `tags/vip`, `fields/City`,
`numbers/+442079460100`, and `bad/+442079460100` for what somebody recorded of that number. What is one fact stays one
leaf: the parts of a name, an owner with their id, what was decided about pursuing them. What is empty has no leaf.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import date
from operator import attrgetter
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple, replace

from tui.domain.contact import Contact, Number, Preferences
from tui.domain.identity.lookup import unaccented

Leaves = Mapping[str, Any]
"""Path to value."""

_ONE_EACH = (
    *("company", "role", "zone", "language", "open_problem", "customer", "priority", "source", "basis"),
    "kept_at",
)
_TOGETHER: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "given", "family"),
    "owner": ("owner", "owner_id"),
    "pursuit": ("pursuit", "pursuit_reason", "pursuit_since"),
}
LEAVES_ALONE = frozenset((*_ONE_EACH, *_TOGETHER))
"""Paths of the values that are one leaf."""
_TEXTS = ("emails", "lists", "tags")
_MAPS = ("fields", "remembered")
_PREFERS = ("every", "channel", "at", "since")
ORDERED = (*_TEXTS, "numbers")
"""Values that hold several in an order."""
OF_THE_RECORD = frozenset({"id", "rev", "edited_at", "created_at", "import_id", "stamps", "orders"})
"""Values of a contact that are not about the person. No leaves either: `touched_at`, the later of two by its own
time, and `do_not_call`, which stands in a list of its own."""

_BAD = "bad/"
IS_BAD, IS_FINE = _SIGNS = "+-"
"""Behind the stamp of `bad/…`: what was recorded of a number is known while the number itself is removed."""
_EMPTY = Contact("")
_NOT_THERE = object()


def text_path(name: str, text: str) -> str:
    """The path of one text of `emails`, `lists` or `tags`: case and accents make no other of it."""
    return f"{name}/{_text_key(text)}"


def with_texts(texts: Iterable[str], added: Iterable[str], removed: Iterable[str]) -> tuple[str, ...]:
    """Tags or lists with some more and without others; case and accents make no other of one."""
    gone = set(map(_text_key, removed))
    found = {_text_key(text): text for text in texts}
    for text in added:
        found.setdefault(_text_key(text), text)
    return tuple(text for key, text in found.items() if key not in gone)


def leaves_of(contact: Contact, names: Container[str] | None = None) -> dict[str, Any]:
    """The leaves of these values of a contact, of all when none are named."""
    found: dict[str, Any] = {}
    for values, leaves in _PARTS:
        if names is None or values[0] in names:
            found |= leaves(contact)
    if names is not None and "numbers" not in names:
        return found
    for path, stamp in contact.stamps.items():
        if path.startswith(_BAD):  # what was recorded of a number outlives its removal
            found.pop(path, None)
            if stamp.endswith(IS_BAD):
                found[path] = True
    return found


def stamp_of(contact: Contact, path: str) -> str:
    """When the leaf was last written by hand; empty when it only came with a file."""
    return contact.stamps.get(path, "").rstrip(_SIGNS)


def kept_stamps(leaves: Leaves, stamps: Mapping[str, str]) -> dict[str, str]:
    """The stamps to keep with a contact of these leaves, by path; a stamp without a value stands for a removal.

    `stamps` holds one for each leaf, empty where nobody wrote it by hand.
    """
    found: dict[str, str] = {}
    for path, stamp in sorted(stamps.items()):
        if path.startswith(_BAD):
            is_there = f"numbers/{path.removeprefix(_BAD)}" in leaves
            if stamp or (path in leaves and not is_there):
                found[path] = stamp + (IS_BAD if path in leaves else IS_FINE)
        elif stamp:
            found[path] = stamp
    return found


def followed(account: Contact, contact: Contact, paths: Iterable[str]) -> Contact:
    """Another account of a person with these leaves as they are in `contact`, but for what a rep wrote into it."""
    leaves, now = leaves_of(account), leaves_of(contact)
    changed = set(paths) - account.stamps.keys()
    for path in changed:
        leaves.pop(path, None)
        if path in now:
            leaves[path] = now[path]
    return replace(account, **values_of(leaves, set(map(value_of, changed)), account, account))


def is_edited(contact: Contact, name: str) -> bool:
    """Whether a rep wrote something of this value of a contact by hand."""
    return any(path.partition("/")[0] == name for path in contact.stamps)


def without_removed(stored: Contact, incoming: Contact) -> Contact:
    """The incoming account of a person, of a file, without what a rep removed from the stored one."""
    removed = stored.stamps.keys() - leaves_of(stored).keys()
    if not removed:
        return incoming
    texts: dict[str, Any] = {
        name: tuple(text for text in getattr(incoming, name) if text_path(name, text) not in removed)
        for name in _TEXTS
    }
    keyed = _keyed_numbers(incoming.numbers)
    numbers = tuple(number for key, number in keyed.items() if f"numbers/{key}" not in removed)
    return replace(incoming, **texts, numbers=numbers)


def stamps_after(
    stored: Contact | None, contact: Contact, stamp: Callable[[Iterable[str]], str]
) -> dict[str, str]:
    """The stamps once a rep made the contact what it is: a fresh one on each leaf that differs from the stored one.

    `stamp` makes one that is later than those it is given: they stand on what is written over.
    """
    before = stored or Contact(contact.id)
    paths = differing(before, contact)
    marks: dict[str, str] = {}
    if before.numbers != contact.numbers:
        numbers = _keyed_numbers(contact.numbers)
        marks = {_BAD + key: IS_BAD if number.bad else IS_FINE for key, number in numbers.items()}
        # A number may come back of which something was recorded.
        recorded = marks.keys() & before.stamps.keys()
        paths |= {path for path in recorded if not before.stamps[path].endswith(marks[path])}
    if not paths:
        return dict(before.stamps)
    fresh = stamp(before.stamps[path] for path in paths if path in before.stamps)
    marked = {path: fresh + marks.get(path, IS_FINE) if path.startswith(_BAD) else fresh for path in paths}
    return {**before.stamps, **marked}


def differing(before: Contact, after: Contact) -> set[str]:
    """The paths whose values differ. Quick when little does: what is equal is not taken apart."""
    paths: set[str] = set()
    pairs = zip(_VALUES, _values(before), _values(after), strict=True)
    for leaves in {_PART_OF[name] for name, was, now in pairs if was != now}:
        was, now = leaves(before), leaves(after)
        paths.update(
            path for path in was.keys() | now.keys() if was.get(path, _NOT_THERE) != now.get(path, _NOT_THERE)
        )
    return paths


def apart(one: Contact, other: Contact) -> set[str]:
    """The values of two accounts of a person that are not the same on both, in what they say, their order or stamps.

    Of values that make one leaf the first stands for all. What is not apart need not be taken apart.
    """
    pairs = zip(_VALUES, _values(one), _values(other), strict=True)
    found = {
        _LEADS[name] for name, was, now in pairs if was != now or (name in _MAPS and list(was) != list(now))
    }
    if one.stamps != other.stamps:
        found |= {value_of(path) for path, _ in one.stamps.items() ^ other.stamps.items()}
    if one.orders != other.orders:
        found |= {name for name, _ in set(one.orders) ^ set(other.orders)}
    return found


def value_of(path: str) -> str:
    """The value of a contact to which a leaf belongs, the first where several make one leaf."""
    head = path.partition("/")[0]
    return "numbers" if head == "bad" else head


def values_of(leaves: Leaves, names: Container[str], one: Contact, other: Contact) -> dict[str, Any]:
    """These values of a contact (`apart`), made of their leaves and no others.

    What stands in an order keeps it: of two orders, that of each account that is merged, the longer one, then any fixed
    choice; what that does not name comes after it. So whoever added an e-mail or a number leaves the first one first.
    """
    values: dict[str, Any] = {
        name: leaves.get(name, getattr(_EMPTY, name)) for name in _ONE_EACH if name in names
    }
    for path, several in _TOGETHER.items():
        if path in names:
            empty = tuple(getattr(_EMPTY, name) for name in several)
            values |= zip(several, leaves.get(path, empty), strict=True)
    under: dict[str, dict[str, Any]] = {}
    for path, value in leaves.items():
        head, slash, rest = path.partition("/")
        if slash:
            under.setdefault(head, {})[rest] = value
    both = (one, other)
    for name in _MAPS:
        if name in names:
            values[name] = _in_order(under.get(name, {}), *(list(getattr(each, name)) for each in both))
    if "prefers" in names:
        values["prefers"] = Preferences(**under.get("prefers", {}))
    if "numbers" in names:
        bad = under.get("bad", {})
        under["numbers"] = {
            key: _number(value, key in bad) for key, value in under.get("numbers", {}).items()
        }
    orders = {name: order for name, order in one.orders if name not in names}
    for name in ORDERED:
        if name not in names:
            continue
        found = under.get(name, {})
        order = min((_order_of(each, name) for each in both), key=lambda order: (-len(order), order))
        shown = (*(key for key in order if key in found), *sorted(found.keys() - set(order)))
        values[name] = tuple(found[key] for key in shown)
        if shown != order:
            orders[name] = order
    return values | {"orders": tuple((name, orders[name]) for name in ORDERED if name in orders)}


def orders_after(stored: Contact, contact: Contact) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The orders to go by once the contact was changed: as it shows, and then what it shows no more.

    Else who still has the longer list would bring its order back.
    """
    found = dict(stored.orders)
    for name in ORDERED:
        if getattr(stored, name) != getattr(contact, name):
            shown, before = _shown_order(contact, name), _order_of(stored, name)
            found[name] = (*shown, *(key for key in before if key not in shown))
            if found[name] == shown:
                del found[name]
    return tuple((name, found[name]) for name in ORDERED if name in found)


def _order_of(contact: Contact, name: str) -> tuple[str, ...]:
    return dict(contact.orders).get(name) or _shown_order(contact, name)


def _shown_order(contact: Contact, name: str) -> tuple[str, ...]:
    shown = _keyed_numbers(contact.numbers) if name == "numbers" else map(_text_key, getattr(contact, name))
    return tuple(dict.fromkeys(shown))


def weight(value: Any) -> str:
    """A text that decides between two values which nothing else puts in order: the same on every machine."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Struct):
        return weight(astuple(value))
    if isinstance(value, Mapping):
        return weight(tuple(sorted((str(key), weight(one)) for key, one in value.items())))
    if isinstance(value, list | tuple | frozenset):
        parts = sorted(map(weight, value)) if isinstance(value, frozenset) else map(weight, value)
        return "\x1f".join(parts)
    return "\0" if value is None else str(value)


def _in_order(found: Mapping[str, Any], ours: list[str], theirs: list[str]) -> dict[str, Any]:
    kept = ours == theirs and len(ours) == len(found) and found.keys() == set(ours)
    return {one: found[one] for one in (ours if kept else sorted(found))}


def _text_key(text: str) -> str:
    return unaccented(text).strip()


def _keyed_numbers(numbers: Iterable[Number]) -> dict[str, Number]:
    """The numbers by what tells one from another; one that is there twice, by its extension."""
    found: dict[str, Number] = {}
    for number in numbers:
        key = number.e164 or number.raw
        found[f"{key} {number.ext}" if key in found else key] = number
    return found


def _number(said: tuple[str, str, str, str], bad: bool) -> Number:
    return Number(*said, bad=bad)


def _each(name: str) -> Callable[[Contact], dict[str, Any]]:
    empty = getattr(_EMPTY, name)

    def leaves(contact: Contact) -> dict[str, Any]:
        value = getattr(contact, name)
        return {} if value == empty else {name: value}

    return leaves


def _together(path: str, names: tuple[str, ...]) -> Callable[[Contact], dict[str, Any]]:
    empty = tuple(getattr(_EMPTY, name) for name in names)

    def leaves(contact: Contact) -> dict[str, Any]:
        value = tuple(getattr(contact, name) for name in names)
        return {} if value == empty else {path: value}

    return leaves


def _texts(name: str) -> Callable[[Contact], dict[str, Any]]:
    return lambda contact: {text_path(name, text): text for text in getattr(contact, name)}


def _map(name: str) -> Callable[[Contact], dict[str, Any]]:
    return lambda contact: {f"{name}/{key}": value for key, value in getattr(contact, name).items()}


def _prefers(contact: Contact) -> dict[str, Any]:
    told = ((name, getattr(contact.prefers, name)) for name in _PREFERS)
    return {f"prefers/{name}": value for name, value in told if value is not None}


def _numbers(contact: Contact) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, number in _keyed_numbers(contact.numbers).items():
        found[f"numbers/{key}"] = (number.e164, number.raw, number.label, number.ext)
        if number.bad:
            found[f"bad/{key}"] = True
    return found


_PARTS: tuple[tuple[tuple[str, ...], Callable[[Contact], dict[str, Any]]], ...] = (
    *(((name,), _each(name)) for name in _ONE_EACH),
    *((names, _together(path, names)) for path, names in _TOGETHER.items()),
    *(((name,), _texts(name)) for name in _TEXTS),
    *(((name,), _map(name)) for name in _MAPS),
    (("prefers",), _prefers),
    (("numbers",), _numbers),
)
"""Names of values of a contact, and the leaves they make."""
_PART_OF = {name: leaves for names, leaves in _PARTS for name in names}
_LEADS = {name: names[0] for names, _ in _PARTS for name in names}
_VALUES = tuple(_PART_OF)
_values = attrgetter(*_VALUES)

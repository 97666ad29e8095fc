"""What two versions of the settings differ in: what binds a rep first, each with whether it became stricter.

And what of a change counts while we work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from tui import plaintext
from tui.settings.assemble import assemble
from tui.settings.keymap import Known
from tui.settings.layers import DAYS, Leaf, Path, Source, Stack, days_together
from tui.settings.load import Loaded
from tui.settings.settings import SETTINGS, setting_at
from tui.yamlfile.problem import flow

SHOWN = 120
"""Characters of a value that are shown."""
How = Literal["stricter", "looser", "other", "locked", "unlocked"]
_FIRST = ("calling_window", "cadence", "law_packs", "allowed_countries", "lock")
_SHARED = (Source.BUILT_IN, Source.TEAM)
_TOPS = tuple(dict.fromkeys(one.path[0] for one in SETTINGS))


class Change(Struct, frozen=True):
    """One setting that the team's file gives another value; an outcome with all its keys is one."""

    name: str
    """`cadence.per_7_days`, `calling_window.mon-fri`, `outcomes.demo`."""
    before: str
    """As one would write it, without brackets; empty where there was none."""
    after: str
    how: How = "other"


def differences(before: Stack, after: Stack) -> tuple[Change, ...]:
    """What the team changed: hours, caps, laws, countries and locks first, then the order of the file."""
    paths = dict.fromkeys((*before.leaves, *after.leaves))
    pairs = ((path, before.shared(*path), after.shared(*path)) for path in paths)
    changed = [pair for pair in pairs if _value(pair[1]) != _value(pair[2])]
    found = [change for pair in changed for change in _changes(*pair)]
    found += _of_outcomes(before, after, {path[1] for path, *_ in changed if path[0] == "outcomes"})
    named = ((one.name, replace(one, name="")) for one in sorted(found, key=_rank))
    return tuple(replace(one, name=name) for name, one in days_together(named))


def obeying(loaded: Loaded, later: Loaded, environ: Mapping[str, str], known: Known) -> Loaded:
    """What is in force while we work, once the files changed: as before, but for each rule that became stricter."""
    stack = _with_stricter(loaded.stack, later.stack)
    settings = assemble(stack, loaded.places, known, environ, [])
    return replace(loaded, settings=settings, stack=stack)


AT_ONCE = (
    *("me", "team.company", "sessions", "cadence", "calling_window", "queue.fresh_share", "card_fields"),
    *("allowed_countries", "defaults", "theme"),
)
"""Settings and groups that count as soon as the rep changed them in the cockpit; all others from the next start."""


def counts_at_once(path: Path) -> bool:
    """Whether a change in the cockpit counts now."""
    name = ".".join(path)
    return any(f"{name}.".startswith(f"{one}.") for one in AT_ONCE)


def with_own(loaded: Loaded, later: Loaded, environ: Mapping[str, str], known: Known) -> Loaded:
    """What is in force once the rep's own file changed: as before, but for what counts at once there."""
    leaves = {path: [*found] for path, found in loaded.stack.leaves.items()}
    for path in filter(counts_at_once, {**leaves, **later.stack.leaves}):
        shared = [leaf for leaf in leaves.get(path, ()) if leaf.source in _SHARED]
        own = [leaf for leaf in later.stack.leaves.get(path, ()) if leaf.source not in _SHARED]
        leaves[path] = [*shared, *own]
    stack = Stack({path: found for path, found in leaves.items() if found}, {*loaded.stack.unread})
    return replace(loaded, settings=assemble(stack, loaded.places, known, environ, []), stack=stack)


def _with_stricter(before: Stack, after: Stack) -> Stack:
    """What is in force, with each rule that `after` makes stricter: such a rule need not wait for the next start."""
    found = Stack({path: [*leaves] for path, leaves in before.leaves.items()}, {*before.unread})
    for path in before.leaves:
        old, new, setting = before.leaf(*path), after.leaf(*path), setting_at(path)
        rule = setting.lock if setting else None
        if rule and old and new and old.value != new.value and rule(old.value, new.value):
            found.put([new])
    return found


def _value(leaf: Leaf | None) -> Any:
    return None if leaf is None else leaf.value


def _changes(path: Path, old: Leaf | None, new: Leaf | None) -> Iterator[Change]:
    if path[0] in ("outcomes", "config"):
        return
    name = plaintext.clean(".".join(path), SHOWN)
    if path != ("lock",):
        yield Change(name, _shown(old), _shown(new), _how(path, old, new))
        return
    was, now = (tuple(leaf.value) if leaf else () for leaf in (old, new))
    if added := [one for one in now if one not in was]:
        yield Change(name, "", _listed(added), "locked")
    if gone := [one for one in was if one not in now]:
        yield Change(name, _listed(gone), "", "unlocked")


def _how(path: Path, old: Leaf | None, new: Leaf | None) -> How:
    setting = setting_at(path)
    rule = setting.lock if setting else None
    if rule is None or old is None or new is None:
        return "other"
    if rule(old.value, new.value):
        return "stricter"
    return "looser" if rule(new.value, old.value) else "other"


def _of_outcomes(before: Stack, after: Stack, names: set[str]) -> Iterator[Change]:
    for name in (one for one in after.names("outcomes") + before.names("outcomes") if one in names):
        names.discard(name)
        was, now = (_outcome(stack, name) for stack in (before, after))
        yield Change(plaintext.clean(f"outcomes.{name}", SHOWN), was, now)


def _outcome(stack: Stack, name: str) -> str:
    keys = {path[2]: stack.shared(*path) for path in stack.leaves if path[:2] == ("outcomes", name)}
    if "off" in keys:
        return ""
    return _cut(", ".join(f"{key} {_shown(leaf)}" for key, leaf in keys.items() if leaf))


def _shown(leaf: Leaf | None) -> str:
    if leaf is None:
        return ""
    node = leaf.node
    return (
        _listed([flow(part) for part in node.parts]) if node.kind == "list" else _cut(node.text or flow(node))
    )


def _listed(items: list[str]) -> str:
    return _cut(", ".join(items))


def _cut(text: str) -> str:
    return plaintext.shortened(plaintext.clean(text), SHOWN)


def _rank(change: Change) -> tuple[int, int, int]:
    top, _, rest = change.name.partition(".")
    binds = "law_packs" if rest == "law_packs" else top
    first = _FIRST.index(binds) if binds in _FIRST else len(_FIRST)
    day = DAYS.index(rest) if rest in DAYS else len(DAYS)
    return first, _TOPS.index(top) if top in _TOPS else len(_TOPS), day

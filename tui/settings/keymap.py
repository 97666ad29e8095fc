"""The keys a rep or a team chose for commands: checked here, because a keymap fails in silence."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Mapping
from functools import cache

from msgspec import Struct, field

from tui.domain.outcome import RESERVED_KEYS, Outcome
from tui.settings.layers import Leaf, Stack
from tui.yamlfile.problem import Problem, did_you_mean, problem_at


class Known(Struct, frozen=True):
    """What the rest of the program keeps: handed in, so that settings need not know it."""

    commands: Mapping[str, str] = field(default_factory=dict)
    """Command id (`queue.skip`) to its keys, several separated by a comma."""
    reserved_letters: frozenset[str] = RESERVED_KEYS
    """Letters that are never an outcome's."""
    themes: frozenset[str] = frozenset()
    """Names of colour themes; empty: any name is taken."""
    keymaps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By the name of each keymap the commands whose keys it changes."""


THEMES = frozenset(
    {
        *("ansi-dark", "ansi-light", "atom-one-dark", "atom-one-light", "dracula", "flexoki", "gruvbox"),
        *("catppuccin-frappe", "catppuccin-latte", "catppuccin-macchiato", "catppuccin-mocha", "monokai"),
        *("nord", "rose-pine", "rose-pine-dawn", "rose-pine-moon", "solarized-dark", "solarized-light"),
        *("textual-dark", "textual-light", "tokyo-night"),
        *("colour-blind-dark", "colour-blind-light", "high-contrast"),
    }
)
"""The colour themes of the screen library and ours, named here so that a command need not read that library."""
EVERYWHERE = "app"
"""Place of commands that work on every screen: the part of the id before the dot."""
_NAMES = frozenset(
    {
        *("up", "down", "pageup", "pagedown", "space", "insert", "enter", "escape", "tab", "backspace"),
        *("left", "right", "home", "end", "delete"),
        *(f"f{number}" for number in range(1, 25)),
    }
)
_NEVER = frozenset({"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "f6", "f7", "ctrl+c", "ctrl+s", "ctrl+z"})
"""What a terminal or a text field cannot tell apart, or keeps: it stops a program, or holds what that writes."""
_FIXED = frozenset(
    {"enter", "escape", "tab", "shift+tab", "backspace", "delete", "left", "right", "home", "end"}
)
"""Keys that mean the same on every screen and in every text field; no other command may have them."""
_MODIFIERS = re.compile(r"((?:ctrl|shift|alt|super)\+)*")
_TEXTUAL_NAMES = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_OUTCOME_PLACES = ("ringing", "call_over", EVERYWHERE)
"""Places where an outcome's letter works."""


class _BadKeyError(ValueError):
    """A key that cannot be used; the message says why."""


def key_name(written: str) -> str:
    """Textual's name of a key as people write it: `?` gives question_mark. Raises ValueError with why not."""
    text = written.strip()
    start = _MODIFIERS.match(text.lower())
    modifiers = text[: start.end() if start else 0].lower()
    name = modifiers + _single(text[len(modifiers) :], bool(modifiers))
    if "alt+" in modifiers:
        raise _BadKeyError("a terminal cannot tell Alt from Esc")
    if name in _NEVER:
        raise _BadKeyError("terminals use it for something else")
    return name


def _single(rest: str, has_modifier: bool) -> str:
    if len(rest) == 1 and rest.isprintable() and not rest.isspace():
        if rest.isalnum():
            return rest.lower() if has_modifier else rest
        return _sign_name(rest)
    if rest.lower() in _NAMES:
        return rest.lower()
    if rest in _sign_names():
        return rest
    raise _BadKeyError("there is no such key")


def _sign_name(sign: str) -> str:
    """Textual's name of a punctuation sign."""
    name = unicodedata.name(sign, "").lower().replace("-", "_").replace(" ", "_")
    return _TEXTUAL_NAMES.get(name, name)


@cache
def _sign_names() -> frozenset[str]:
    return frozenset(_sign_name(sign) for sign in string.punctuation)


def read_keys(
    stack: Stack, known: Known, outcomes: tuple[Outcome, ...], problems: list[Problem]
) -> dict[str, str]:
    """Command id to keys, for the commands whose keys keymap, team or rep changed and that are all right."""
    keymap = stack.leaf("keymap")
    mapped = known.keymaps.get(keymap.value, {}) if keymap is not None else {}
    usual = {**known.commands, **mapped}
    chosen = {command: (keymap, tuple(keys.split(","))) for command, keys in mapped.items() if keymap}
    for command in stack.names("keys"):
        leaf = stack.leaf("keys", command)
        if leaf is not None and (keys := _keys(leaf, command, known, problems)):
            chosen.pop(command, None)  # what was written last goes first
            chosen[command] = (leaf, keys)
    letters = {outcome.key: outcome.id for outcome in outcomes}
    while refused := _first_clash(chosen, usual, letters):
        command, problem = refused
        problems.append(problem)
        del chosen[command]
    return {command: ",".join(keys) for command, (_, keys) in chosen.items()}


def _keys(leaf: Leaf, command: str, known: Known, problems: list[Problem]) -> tuple[str, ...]:
    """The keys one command was given; empty, and told, when one of them cannot be used."""
    if known.commands and command not in known.commands:
        named = [one for one in known.commands if one.partition(".")[2] == command.strip()]
        meant = did_you_mean(command, named[:1], 0) or did_you_mean(command, known.commands)
        advice = meant or "press ? in the cockpit for the names"
        problems.append(
            problem_at(leaf.node, "PH930", "error", f"there is no command `{command}`", advice, at_key=True)
        )
        return ()
    names = []
    for written in _parts(str(leaf.value)):
        try:
            name = key_name(written)
            if name in _FIXED and name not in known.commands.get(command, "").split(","):
                raise _BadKeyError("it means the same on every screen")
            if _place(command) == "talking" and len(name) == 1:
                raise _BadKeyError("during a call letters and digits are for notes and answers")
        except _BadKeyError as why:
            message = f"`{written}` cannot be the key of `{command}`: {why}"
            advice = "write one letter or sign, or such as  ctrl+n, f5, pagedown"
            problems.append(problem_at(leaf.node, "PH931", "error", message, advice))
            return ()
        names.append(name)
    return tuple(dict.fromkeys(names))


def _parts(text: str) -> list[str]:
    """Keys separated by commas; a comma that stands alone is the comma key."""
    if text.strip() == ",":
        return [","]
    return [part for part in text.split(",") if part.strip()]


def _first_clash(
    chosen: dict[str, tuple[Leaf, tuple[str, ...]]], usual: Mapping[str, str], letters: Mapping[str, str]
) -> tuple[str, Problem] | None:
    """The last command written whose keys do something else; leaving it out may free the others."""
    for command in reversed(chosen):
        leaf, keys = chosen[command]
        if (clash := _clash(command, keys, chosen, usual, letters)) is not None:
            return command, problem_at(leaf.node, "PH932", "error", *clash)
    return None


def _clash(
    command: str,
    keys: tuple[str, ...],
    chosen: Mapping[str, tuple[Leaf, tuple[str, ...]]],
    usual: Mapping[str, str],
    letters: Mapping[str, str],
) -> tuple[str, str] | None:
    """Message and advice when one of the keys does something else in the same place."""
    mine = usual.get(command, "").split(",")
    for other, theirs in usual.items():
        if other == command or not _meet(command, other):
            continue
        others = chosen[other][1] if other in chosen else tuple(theirs.split(","))
        # What both have anyway is meant so: they never work on one screen.
        if shared := [
            key for key in keys if key in others and not (key in mine and key in theirs.split(","))
        ]:
            return (
                f"the key `{shared[0]}` of `{command}` is already the one of `{other}`",
                f"choose another, or give `{other}` another key as well",
            )
    if _place(command) in _OUTCOME_PLACES and (taken := [key for key in keys if key in letters]):
        return (
            f"the key `{taken[0]}` of `{command}` is the outcome `{letters[taken[0]]}`",
            "choose another key",
        )
    return None


def _meet(command: str, other: str) -> bool:
    return _place(command) == _place(other) or EVERYWHERE in (_place(command), _place(other))


def _place(command: str) -> str:
    return command.partition(".")[0]

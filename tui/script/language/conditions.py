"""The conditions of `when:`, e.g. `segment == "retail" and (attempt > 1 or need is known)`. No eval.

`==` `!=` `<` `>` `<=` `>=`, `in (a, b)`, `has a`, `is known`, `is unknown`, a bare name, `and`, `or`, `not`, brackets.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>-?\d{1,12}(?:\.\d{1,6})?)|(?P<quoted>"[^"]*"|'[^']*')"""
    r"""|(?P<sign>==|!=|<=|>=|<|>|=|\(|\)|,)|(?P<word>[^\W\d][\w.-]{0,60}))"""
)
_ORDERED = {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}
_COMPARE = frozenset({"==", "!=", *_ORDERED})
_NO = frozenset({"no", "false", "0"})
_JOINING = frozenset({"and", "or", "not", "is", "in"})
MAX_DEPTH = 30


class ConditionError(ValueError):
    """A condition that cannot be read; `position` counts characters from 0."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


class Comparison(Struct, frozen=True):
    """One comparison of a name: `op` is ==, !=, <, >, <=, >=, in, has, known, unknown or true."""

    name: str
    op: str
    values: tuple[str, ...]
    position: int
    places: tuple[int, ...] = ()
    """Where each value stands, as the name in `position`."""


class Not(Struct, frozen=True):
    """The opposite of a condition."""

    of: Condition


class Both(Struct, frozen=True):
    """All (`and`) or any (`or`) of the parts."""

    word: str
    parts: tuple[Condition, ...]


Condition = Comparison | Not | Both


@lru_cache(maxsize=512)
def parse(text: str) -> Condition:
    """The condition a text spells. Raises ConditionError with the place where it stops making sense."""
    reader = _Reader(text)
    condition, left = reader.any_of(0), reader.peek()
    if left.kind != "end":
        raise ConditionError(f"`{left.text}` does not belong here", left.position)
    return condition


def holds(condition: Condition, values: Mapping[str, str]) -> bool:
    """Whether the condition is true for these values. A blank value counts as unknown."""
    if isinstance(condition, Both):
        results = (holds(part, values) for part in condition.parts)
        return all(results) if condition.word == "and" else any(results)
    if isinstance(condition, Not):
        return not holds(condition.of, values)
    return _passes(condition, str(values.get(condition.name, "")).strip())


def holds_in(when: str, known: Callable[[], Mapping[str, str]], unreadable: bool = False) -> bool:
    """Whether a `when:` holds; nothing written always does, and one nobody can read (the checker tells) as given.

    `known` is asked only where something is written: to work out what is known takes longer than the rest of a line.
    """
    try:
        return not when or holds(parse(when), known())
    except ConditionError:
        return unreadable


def joined_by_and(condition: Condition) -> Iterator[Comparison]:
    """The comparisons of a condition that all must hold."""
    if isinstance(condition, Comparison):
        yield condition
    elif isinstance(condition, Both) and condition.word == "and":
        for part in condition.parts:
            yield from joined_by_and(part)


def comparisons_in(condition: Condition) -> Iterator[Comparison]:
    """Every single comparison of a condition, for checking the names it uses."""
    if isinstance(condition, Comparison):
        yield condition
    elif isinstance(condition, Not):
        yield from comparisons_in(condition.of)
    else:
        for part in condition.parts:
            yield from comparisons_in(part)


def comparisons_of(
    when: str, wanted: Callable[[Condition], Iterator[Comparison]] = comparisons_in
) -> tuple[Comparison, ...]:
    """The comparisons of a `when:`; none where nothing is written or it cannot be read.

    `wanted`: all of them (`comparisons_in`), or those that all must hold (`joined_by_and`).
    """
    try:
        return tuple(wanted(parse(when)))
    except ConditionError:
        return ()


def _passes(test: Comparison, value: str) -> bool:
    if test.op in ("known", "unknown"):
        return bool(value) == (test.op == "known")
    if test.op == "true":
        return bool(value) and value.casefold() not in _NO
    if test.op == "!=":
        return not same(value, test.values[0])
    if not value:
        return False
    if test.op == "has":
        kept = f", {value}, ".casefold()  # several, as `vans, trucks`; one may hold a comma itself
        return any(f", {wanted.strip()}, ".casefold() in kept for wanted in test.values)
    if test.op in ("in", "=="):
        return any(same(value, wanted) for wanted in test.values)
    return _ordered(test.op, value, test.values[0])


def same(one: str, other: str) -> bool:
    """Whether two values are equal to a condition: as numbers where both are, else as words in any case."""
    try:
        return float(one) == float(other)
    except ValueError:
        return one.casefold() == other.strip().casefold()


def _ordered(op: str, one: str, other: str) -> bool:
    try:
        return bool(_ORDERED[op](float(one), float(other)))
    except ValueError:
        return bool(_ORDERED[op](one, other))


class _Token(Struct, frozen=True):
    kind: str
    text: str
    position: int


class _Reader:
    """Reads a condition from left to right."""

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.at = 0

    def peek(self) -> _Token:
        """The token that comes next."""
        return self.tokens[self.at]

    def take(self) -> _Token:
        """The token that comes next, passing it; the end stays the end."""
        token = self.tokens[self.at]
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def comes(self, word: str) -> bool:
        """Whether this word or sign comes next; if so it is passed."""
        token = self.peek()
        if token.kind in ("word", "sign") and token.text == word:
            self.take()
            return True
        return False

    def any_of(self, depth: int) -> Condition:
        """Parts joined by `or`."""
        return self.joined("or", self.all_of, depth)

    def all_of(self, depth: int) -> Condition:
        """Parts joined by `and`."""
        return self.joined("and", self.single, depth)

    def joined(self, word: str, read: Callable[[int], Condition], depth: int) -> Condition:
        """Parts joined by a word; one alone as it is."""
        parts = [read(depth)]
        while self.comes(word):
            parts.append(read(depth))
        return parts[0] if len(parts) == 1 else Both(word, tuple(parts))

    def single(self, depth: int) -> Condition:
        """A comparison, a `not`, or something in brackets."""
        if depth > MAX_DEPTH:
            raise ConditionError("too many brackets inside each other", self.peek().position)
        if self.comes("not"):
            return Not(self.single(depth + 1))
        if self.comes("("):
            inside = self.any_of(depth + 1)
            self.closes()
            return inside
        return self.comparison()

    def comparison(self) -> Comparison:
        """A name and what is asked of it."""
        name = self.take()
        if name.kind != "word" or name.text in _JOINING:
            raise ConditionError("a name is expected here", name.position)
        if self.comes("is"):
            state = self.take()
            if state.text not in ("known", "unknown"):
                raise ConditionError("after `is` write known or unknown", state.position)
            return Comparison(name.text, state.text, (), name.position)
        if self.comes("in"):
            return self.compared(name, "in", self.several())
        if self.comes("has"):
            bracket = self.peek().text == "("
            return self.compared(name, "has", self.several() if bracket else [self.value()])
        if self.peek().kind == "sign" and self.peek().text in _COMPARE:
            return self.compared(name, self.take().text, [self.value()])
        if self.peek().text == "=" and self.peek().kind == "sign":
            raise ConditionError("use == to compare", self.peek().position)
        return Comparison(name.text, "true", (), name.position)

    def compared(self, name: _Token, op: str, values: Sequence[_Token]) -> Comparison:
        """A comparison of a name with values."""
        words = tuple(value.text[1:-1] if value.kind == "quoted" else value.text for value in values)
        places = tuple(value.position + (value.kind == "quoted") for value in values)
        return Comparison(name.text, op, words, name.position, places)

    def several(self) -> list[_Token]:
        """Values in brackets, separated by commas."""
        if not self.comes("("):
            raise ConditionError("after `in` write a list in brackets: (a, b)", self.peek().position)
        values = [self.value()]
        while self.comes(","):
            values.append(self.value())
        self.closes()
        return values

    def closes(self) -> None:
        """Passes the closing bracket; raises when something else comes next."""
        if not self.comes(")"):
            raise ConditionError("a closing ) is missing", self.peek().position)

    def value(self) -> _Token:
        """A number, a word, or a text in quotes."""
        token = self.take()
        if token.kind in ("quoted", "number", "word"):
            return token
        raise ConditionError("a value is expected here", token.position)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise ConditionError(f"`{text[at : at + 1]}` is not understood here", at)
        kind = found.lastgroup or "end"
        tokens.append(_Token(kind, found.group(kind), found.start(kind)))
        at = found.end()
    return [*tokens, _Token("end", "", len(text))]

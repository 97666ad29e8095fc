"""PH210 to PH213: conditions. Names somebody fills, answers somebody can give, comparisons that can come true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tui.script.check.check_context import Subject
from tui.script.check.rules.text import known_names
from tui.script.language.conditions import (
    Both,
    Comparison,
    Condition,
    ConditionError,
    comparisons_in,
    holds,
    joined_by_and,
    parse,
    same,
)
from tui.script.language.facts import TIMINGS
from tui.script.language.variables import BUILT_IN
from tui.yamlfile.contract import Path
from tui.yamlfile.problem import Problem, did_you_mean

_FIGURES = frozenset({"attempt"})
"""Built-in names that hold a number."""
_DAYS = frozenset(
    {"today", "promised_date", "next_call", "last_call_when", "last_talk_when", "tried_when", "weekday"}
)
"""Built-in names that hold a day as it is said: `Friday`."""
_ORDER = frozenset({"<", ">", "<=", ">="})
_ONE = frozenset({"==", "in"})
_MOST_LISTED = 12


@dataclass(frozen=True, slots=True)
class _Asked:
    """What can be the answer under a name, from all questions that save it."""

    kind: str
    """number, date, several, picked, or open: then it may be anything."""
    offered: tuple[str, ...] = ()
    """The answers as they are kept."""


def conditions_make_sense(subject: Subject) -> Iterator[Problem]:
    """PH210: a `when:` that cannot be read, or that asks about a name nobody fills; then what it compares."""
    known, asked = known_names(subject), _asked(subject)
    for path, written in subject.values("when"):
        try:
            condition = parse(written)
        except ConditionError as error:
            yield subject.hit("PH210", path, str(error), part=(error.position, error.position + 1))
            continue
        if subject.loaded.shared:  # the names are filled by the scripts that take it from here
            continue
        for comparison in comparisons_in(condition):
            if comparison.name not in known:
                cure = did_you_mean(comparison.name, known)
                message = f"unknown name `{comparison.name}`"
                yield subject.hit("PH210", path, message, cure=cure, part=_name(comparison))
            else:
                yield from _compared(subject, path, comparison, asked)
        yield from _never_together(subject, path, condition, asked)


def _asked(subject: Subject) -> Mapping[str, _Asked]:
    """Names of this script's own questions, and of the built-in ones those with a known kind."""
    found = {name: _Asked("number") for name in _FIGURES} | {name: _Asked("said") for name in _DAYS}
    found["promise_timing"] = _Asked("picked", TIMINGS)
    for name, uses in subject.saved.items():
        if name in BUILT_IN:  # filled from elsewhere too
            continue
        steps = [step for _, step in uses]
        offered = tuple(answer.value or label for s in steps for label, answer in s.answers.items())
        if all(step.answers for step in steps):
            several = any(step.type == "multi" for step in steps)
            found[name] = _Asked("several" if several else "picked", tuple(dict.fromkeys(offered)))
        elif not offered and len(types := {step.type for step in steps}) == 1 and types <= {"number", "date"}:
            found[name] = _Asked(types.pop())
    return found


def _compared(
    subject: Subject, path: Path, test: Comparison, asked: Mapping[str, _Asked]
) -> Iterator[Problem]:
    """PH211 an answer no question offers; PH212 what can never be true; PH213 several answers as one."""
    of = asked.get(test.name)
    if of is None or not test.values:
        return
    name = test.name
    if of.kind == "date" or (of.kind == "said" and test.op in _ORDER):
        message = f"`{name}` is kept as it was said (`fri 3pm`), and cannot be compared"
        yield subject.hit("PH212", path, message, cure=f"write  {name} is known", part=_name(test))
    elif of.kind == "number" and test.op != "has":
        for value, at in zip(test.values, test.places, strict=True):
            if not _is_number(value):
                cure = f"`{name}` is a number: compare it with one"
                message = f"a number is never `{value}`"
                yield subject.hit("PH212", path, message, cure=cure, part=(at, at + len(value)))
    elif of.offered and test.op in _ORDER:
        if not any(map(_is_number, of.offered)):
            cure = f"write  {name} == answer  or  {name} in (...)"
            message = f"the answers to `{name}` are words: none is more or less than another"
            yield subject.hit("PH212", path, message, cure=cure, part=_name(test))
    elif of.offered and not (unknown := list(_not_offered(subject, path, test, of))):
        if of.kind == "several" and test.op != "has":
            values = ", ".join(test.values)
            cure = f"write  {name} has {values if len(test.values) == 1 else f'({values})'}"
            message = f"`{name}` keeps several answers: `{test.op}` holds only for one that was ticked alone"
            yield subject.hit("PH213", path, message, cure=cure, part=_name(test))
    elif of.offered:
        yield from unknown


def _not_offered(subject: Subject, path: Path, test: Comparison, of: _Asked) -> Iterator[Problem]:
    for value, at in zip(test.values, test.places, strict=True):
        if any(same(value, answer) for answer in of.offered):
            continue
        cure = did_you_mean(value, of.offered) or "its answers: " + ", ".join(of.offered[:_MOST_LISTED])
        message = f"no question offers the answer `{value}` for `{test.name}`"
        yield subject.hit("PH211", path, message, cure=cure, part=(at, at + len(value)))


def _never_together(
    subject: Subject, path: Path, condition: Condition, asked: Mapping[str, _Asked]
) -> Iterator[Problem]:
    """PH212: comparisons joined by `and` of which never all are true."""
    by_name: dict[str, list[Comparison]] = {}
    for test in joined_by_and(condition):
        before = by_name.setdefault(test.name, [])
        clash = next((one for one in before if _exclude(one, test)), None)
        if clash is not None and asked.get(test.name, _Asked("")).kind != "several":
            message = f"`{_told(clash)}` and `{_told(test)}` are never both true"
            cure = "write  or  between them, or delete one"
            yield subject.hit("PH212", path, message, cure=cure, part=_name(test))
            return
        before.append(test)
    either = isinstance(condition, Both) and condition.word == "or"
    for part in condition.parts if isinstance(condition, Both) else ():
        if either or (isinstance(part, Both) and part.word == "or"):
            yield from _never_together(subject, path, part, asked)


def _exclude(one: Comparison, other: Comparison) -> bool:
    """Whether two comparisons of a name can never both hold."""
    if "unknown" in (one.op, other.op):
        return {one.op, other.op} - {"unknown", "!="} != set()
    for first, second in ((one, other), (other, one)):
        if first.op in _ONE and second.op in _ONE:
            return not any(same(a, b) for a in first.values for b in second.values)
        if first.op in _ONE and second.op in _ORDER:
            figures = [float(value) for value in first.values if _is_number(value)]
            whole = len(figures) == len(first.values) and _is_number(second.values[0])
            return whole and not any(holds(second, {second.name: str(figure)}) for figure in figures)
    if one.op in _ORDER and other.op in _ORDER and _is_number(one.values[0]) and _is_number(other.values[0]):
        return _apart(one, other)
    return False


def _apart(one: Comparison, other: Comparison) -> bool:
    """Whether `< 3` and `> 5` leave no number between them."""
    low, high = (one, other) if one.op in (">", ">=") else (other, one)
    if low.op[0] == high.op[0]:
        return False
    least, most = float(low.values[0]), float(high.values[0])
    return least > most or (least == most and not (low.op == ">=" and high.op == "<="))


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def _name(test: Comparison) -> tuple[int, int]:
    return test.position, test.position + len(test.name)


def _told(test: Comparison) -> str:
    """A comparison as one would write it."""
    if test.op in ("known", "unknown"):
        return f"{test.name} is {test.op}"
    if test.op == "true":
        return test.name
    values = f"({', '.join(test.values)})" if test.op == "in" or len(test.values) > 1 else test.values[0]
    return f"{test.name} {test.op} {values}"


CHECKS = (conditions_make_sense,)

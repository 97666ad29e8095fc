"""PH2xx: the texts themselves. Names that exist, words that were finished, conditions that can come true."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from tui.script.check.check_context import Subject, Text
from tui.script.language.conditions import (
    Both,
    Comparison,
    Condition,
    ConditionError,
    comparisons_in,
    comparisons_of,
    holds,
    joined_by_and,
    parse,
    same,
)
from tui.script.language.facts import TIMINGS
from tui.script.language.graph import Graph, reached
from tui.script.language.variables import ALWAYS, BUILT_IN, Used, used_in
from tui.yamlfile.contract import Path
from tui.yamlfile.problem import Node, Problem, did_you_mean, nearest

_FOREIGN = re.compile(
    r"\{\{?[^{}]{0,80}\}?\}|%[a-z_]{2,40}%|\[[A-Z][A-Za-z ]{1,40}\]|\$\{[a-z_]{1,40}\}|<[A-Za-z_ ]{2,40}>"
    r"|--A--\w{1,40}--B--|\}\}|\{\{"
)
_CONTACT_DATA = re.compile(r"\+?\d[\d ()/.-]{7,30}\d|[\w.]{1,60}@[\w-]{1,60}\.\w{2,}")
_UNFINISHED = re.compile(r"\b(TODO|TBD|XXX|FIXME|lorem ipsum)\b", re.IGNORECASE)
_CUT = re.compile(r"\s+#\S")
_MOST_FOLDED = 40
"""Lines of one text that are looked at."""
_DASH = re.compile(r"^(?:-\S|[–—•·‣▪*]\s)")


def names_are_known(subject: Subject) -> Iterator[Problem]:
    """PH201 a name nobody fills; PH202 one that may stay blank; PH203 an answer used before its question."""
    known = known_names(subject)
    for text in subject.texts:
        for used in used_in(text.words):
            if used.name not in known:
                if not subject.loaded.shared:
                    yield _unknown(subject, text, used, known)
            elif not (used.default or "").strip():
                yield from _may_be_blank(subject, text, used)


def known_names(subject: Subject) -> set[str]:
    """Names a text of this script may use."""
    team = subject.team_names
    return {*BUILT_IN, *subject.script.variables, *subject.saved, *team}


def placeholders_are_ours(subject: Subject) -> Iterator[Problem]:
    """PH204: `[First Name]`, `%name%` and the like are read aloud as they stand."""
    for text in subject.texts:
        bare = _blanked(text.words)
        if found := _FOREIGN.search(bare):
            yield subject.hit(
                "PH204", text.path, f"`{found.group()}` is not a variable of this program", part=found.span()
            )


def texts_are_whole(subject: Subject) -> Iterator[Problem]:
    """PH205 a text cut short by #; PH206 a dash that was meant as a list."""
    for text in subject.texts:
        node = subject.node(text.path)
        if node.quoted or node.kind != "text":
            continue
        line = subject.source_line(node)
        if _CUT.match(line[node.col - 1 + node.length :]):
            message = "the text stops here: what follows # is taken as a comment"
            yield subject.hit("PH205", text.path, message, part=(node.length - 1, node.length))
        yield from _meant_as_a_list(subject, text, node)


def _meant_as_a_list(subject: Subject, text: Text, node: Node) -> Iterator[Problem]:
    """A dash without its space, or a dot as a word processor writes it, at the start of the text or of a line of it."""
    if _DASH.match(text.words):
        yield subject.hit(
            "PH206", text.path, "this text starts with a dash or a dot; was it meant as a list?", part=(0, 1)
        )
        return
    lines = subject.loaded.lines.get(node.file, [])
    for number in range(node.line, min(len(lines), node.line + _MOST_FOLDED)):
        words = " ".join(lines[number].split())
        if not words or words not in text.words:
            return
        if _DASH.match(words):
            message = "this line belongs to the text above; was it meant as a list?"
            col = len(lines[number]) - len(lines[number].lstrip()) + 1
            yield replace(subject.hit("PH206", text.path, message), line=number + 1, col=col, length=1)
            return


def variables_are_used(subject: Subject) -> Iterator[Problem]:
    """PH207: declared here and never used."""
    if subject.loaded.shared:
        return
    asked = {one.name for _, when in subject.values("when") for one in comparisons_of(when)}
    used = asked | {u.name for text in subject.texts for u in used_in(text.words)}
    for name in subject.script.variables:
        own = subject.node(("variables", name)).file == subject.loaded.file
        if own and name not in used:
            yield subject.hit("PH207", ("variables", name), f"variable `{name}` is never used", at_key=True)


def nothing_personal(subject: Subject) -> Iterator[Problem]:
    """PH208 numbers and addresses written in; PH209 unfinished texts."""
    for text in subject.texts:
        if not text.spoken:
            continue
        bare = _blanked(text.words)
        if found := _CONTACT_DATA.search(bare):
            yield subject.hit(
                "PH208",
                text.path,
                f"a phone number or address is written into the text: {found.group()}",
                part=found.span(),
            )
        signs = _UNFINISHED.search(bare)
        if span := signs.span() if signs else subject.phrases.find("unfinished", bare):
            yield subject.hit(
                "PH209", text.path, f"this text is not finished: {bare[slice(*span)]}", part=span
            )


def _unknown(subject: Subject, text: Text, used: Used, known: set[str]) -> Problem:
    near = nearest(used.name, known)
    cure = f"did you mean {{{{{near}}}}}?" if near else ""
    return subject.hit(
        "PH201", text.path, f"unknown variable {{{{{used.name}}}}}", cure=cure, part=(used.start, used.end)
    )


def _may_be_blank(subject: Subject, text: Text, used: Used) -> Iterator[Problem]:
    name, script = used.name, subject.script
    declared = script.variables.get(name)
    team = subject.team_names
    if name in ALWAYS or name in team or (declared is not None and declared.default):
        return
    if name == "reason" and script.followup is not None and script.followup.reasons:
        return
    part = (used.start, used.end)
    if name in subject.saved and name not in BUILT_IN:
        if not asked_before(subject, name, text.path):
            yield subject.hit(
                "PH203",
                text.path,
                f"{{{{{name}}}}} is blank when its question was not asked before",
                part=part,
            )
        return
    if text.spoken and not _only_when_known(subject, text.path, name):
        cure = f"write {{{{{name}|something safe}}}} or give it a default under `variables:`"
        yield subject.hit(
            "PH202", text.path, f"{{{{{name}}}}} may be blank and has no default", cure=cure, part=part
        )


def asked_before(subject: Subject, name: str, path: Path) -> bool:
    """Whether every way to a text passes a question saved under this name. Texts beside the flow: no."""
    return not any(_reached_unasked(graph, name, path) for graph in subject.graphs.values())


def _reached_unasked(graph: Graph, name: str, path: Path) -> bool:
    def onward(at: str) -> Iterable[str]:
        place = graph.places.get(at)
        if place is None or place.step.save != name:
            return graph.ways(at)
        return (place.next,) if place.step.when else ()  # a question that may be left out

    for at in reached((graph.start,), onward):
        place = graph.places.get(at)
        if place is None or path[: len(place.mark)] != place.mark:
            continue
        inside = path[len(place.mark) :]
        if "steps" in inside:  # of a step inside one of its answers
            continue
        if place.step.save != name or "answers" not in inside:
            return True
    return path[0] in ("objections", "voicemail") or "reasons" in path  # beside the flow


def _only_when_known(subject: Subject, path: Path, name: str) -> bool:
    """Whether the text is shown only `when: name is known`."""
    conditions = {place[:-1]: condition for place, condition in subject.values("when")}
    above = (conditions[path[:n]] for n in range(len(path), 0, -1) if path[:n] in conditions)
    asked = comparisons_of(next(above, ""))
    return any(one.name == name and one.op not in ("unknown", "!=") for one in asked)


def _blanked(words: str) -> str:
    """The text with our own names blanked out, every character staying at its place."""
    for used in reversed(used_in(words)):
        words = words[: used.start] + " " * (used.end - used.start) + words[used.end :]
    return words


# PH210 to PH213: conditions. Names somebody fills, answers somebody can give, comparisons that can come true.

_FIGURES = frozenset({"attempt"})
"""Built-in names that hold a number."""
_DAYS = frozenset(
    {"today", "promised_date", "next_call", "last_call_when", "last_talk_when", "tried_when", "weekday"}
)
"""Built-in names that hold a day as it is said: `Friday`."""
_ORDER = frozenset({"<", ">", "<=", ">="})
_ONE = frozenset({"==", "in"})
_MOST_LISTED = 12


class _Asked(Struct, frozen=True):
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
                yield subject.hit(
                    "PH210", path, f"unknown name `{comparison.name}`", cure=cure, part=_name(comparison)
                )
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
                yield subject.hit(
                    "PH212", path, f"a number is never `{value}`", cure=cure, part=(at, at + len(value))
                )
    elif of.offered and test.op in _ORDER:
        if not any(map(_is_number, of.offered)):
            yield subject.hit(
                "PH212",
                path,
                f"the answers to `{name}` are words: none is more or less than another",
                cure=f"write  {name} == answer  or  {name} in (...)",
                part=_name(test),
            )
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
            yield subject.hit(
                "PH212",
                path,
                f"`{_told(clash)}` and `{_told(test)}` are never both true",
                cure="write  or  between them, or delete one",
                part=_name(test),
            )
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


CHECKS = (
    names_are_known,
    placeholders_are_ours,
    texts_are_whole,
    variables_are_used,
    nothing_personal,
    conditions_make_sense,
)

"""The derived table `next_steps`: one row a contact, all read at once when the program starts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain, islice
from operator import attrgetter
from sys import intern
from typing import Any, get_args

from tui.domain.next_step import Action, Kind, NextStep
from tui.domain.why import Why
from tui.storage.documents import PRECISIONS, promise_from_document, promise_to_document
from tui.storage.records import Named
from tui.storage.rows import Rows
from tui.storage.values import (
    Document,
    DocumentError,
    dump,
    is_plain,
    iso,
    load,
    moment,
    quoted,
    text,
    texts,
    whole,
)
from tui.system.memory import without_collector

# Values many rows have in common are kept once: a hundred thousand steps then take half the memory.
_ACTIONS: dict[Any, Action] = {action: action for action in get_args(Action)}
_KINDS: dict[Any, Kind] = {kind: kind for kind in get_args(Kind)}
_SHARED = 4096
_AT_ONCE = 2_000
"""Rows parsed together: quick, and the memory for it stays small."""
_NO_REASONS: frozenset[str] = frozenset()
_BEFORE_DUE = attrgetter(*NextStep.__struct_fields__[: NextStep.__struct_fields__.index("due")])
_BEHIND_DUE = attrgetter(*NextStep.__struct_fields__[NextStep.__struct_fields__.index("due") + 1 :])
_ROW = re.compile(
    rb'"\d+":\{"contact_id":"([^"\\]+)",'
    rb'("policy":"[^"\\]*","action":"[^"\\]*","kind":"[^"\\]*"(?:,"precision":"[^"\\]*")?)'
    rb'(?:,"due":"([0-9T:.+-]+)")?(.*\})',
    re.DOTALL,
)
"""A row as we write it: key, contact, what stands before its due moment, that moment if there is one, and the rest."""


class Steps(Named):
    """The rows by contact id. They may be deleted at any time, so one that cannot be read is left out."""

    def __init__(self, rows: Rows) -> None:
        super().__init__("next_steps", rows, "contact_id")

    def read(self, policy_hash: str) -> dict[str, NextStep]:
        """The steps computed with this policy, by contact id. Contacts of the same step share one object."""
        found: dict[str, NextStep] = {}
        alike: dict[bytes, dict[bytes, NextStep]] = {}
        lines = self.rows.lines()
        with without_collector():
            while rows := [_split(line) for line in islice(lines, _AT_ONCE)]:
                fresh = list({row: None for _, row, _ in rows if row not in alike})
                for row, step in zip(fresh, _steps_of(fresh, policy_hash), strict=True):
                    alike[row] = {} if step is None else {b"": step}
                for contact_id, row, due in rows:
                    if contact_id and (by_due := alike[row]):
                        step = by_due.get(due) or by_due.setdefault(due, _due_at(by_due[b""], due))
                        found[contact_id] = step
        return found


def step_lines(steps: Mapping[str, NextStep | None], policy_hash: str) -> Iterator[tuple[str, bytes | None]]:
    """Each contact id with its row as it is written; None where the row goes.

    Many contacts of an import have one and the same step: its row is written out once, and each begins it with its id.
    """
    shared: dict[int, bytes] = {}
    for contact_id, step in steps.items():
        if step is None:
            yield contact_id, None
            continue
        rest = shared.get(id(step))
        if rest is None:
            rest = shared[id(step)] = dump(step_to_document("", step, policy_hash))[1:]
        yield contact_id, b'{"contact_id":%s,%s' % (quoted(contact_id), rest)


def step_to_document(contact_id: str, step: NextStep, policy_hash: str) -> Document:
    """The derived row of one contact; empty values are left out."""
    row = {
        "contact_id": contact_id,
        "policy": policy_hash,
        "action": step.action,
        "kind": step.kind,
        "precision": "" if step.precision == "day" else step.precision,
        "due": iso(step.due),
        "valid_until": iso(step.valid_until),
        "tries": step.tries,
        "left": step.left,
        "why": [[why.code, *chain(*why.values.items())] for why in step.why],
        "used_reasons": sorted(step.used_reasons),
        "zones": list(step.zones),
        "signal": step.signal,
        "priority": step.priority,
        "lists": list(step.lists),
        "owner": step.owner,
        "law": step.law,
        "promise": promise_to_document(step.promise) if step.promise else None,
        "promise_tries": step.promise_tries,
        "late_from": iso(step.late_from),
        "plan": promise_to_document(step.plan) if step.plan else None,
        "touched_at": iso(step.touched_at),
        "named_until": iso(step.named_until),
        "one_of": list(step.one_of),
        "owner_id": step.owner_id,
        "promised_by": step.promised_by,
        "needs_manager": step.needs_manager,
    }
    return {key: value for key, value in row.items() if value}


def step_from_document(document: Mapping[str, Any]) -> NextStep:
    """The step of a derived row; raises `DocumentError` when a value is none of ours."""
    get = document.get
    # Most rows hold few of these, and a hundred thousand rows are read before the first screen.
    used = get("used_reasons")
    try:
        return NextStep(
            _ACTIONS[get("action")],
            _KINDS[get("kind")],
            _moment(get("due")),
            _whys(*map(tuple, get("why", ()))),
            PRECISIONS[get("precision", "day")],
            whole(get("tries")),
            whole(get("left")),
            _reasons(*used) if used else _NO_REASONS,
            _moment(get("valid_until")),
            _texts(*get("zones", ())),
            get("signal") is True,
            whole(priority) if (priority := get("priority")) else 0,
            _texts(*get("lists", ())),
            _text(owner) if (owner := get("owner")) else "",
            _text(law) if (law := get("law")) else "",
            promise_from_document(promise) if (promise := get("promise")) else None,
            whole(tries) if (tries := get("promise_tries")) else 0,
            _moment(late) if (late := get("late_from")) else None,
            promise_from_document(plan) if (plan := get("plan")) else None,
            _moment(touched) if (touched := get("touched_at")) else None,
            _moment(named) if (named := get("named_until")) else None,
            texts(several) if (several := get("one_of")) else (),
            _text(taken) if (taken := get("owner_id")) else "",
            _text(giver) if (giver := get("promised_by")) else "",
            get("needs_manager") is True,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DocumentError(f"a value is unknown: {error}") from None


def _split(line: bytes) -> tuple[str | None, bytes, bytes]:
    """The contact of a row, if it has one, the row without it and without its due moment, and that moment.

    Most of a long list waits for the same thing, and much of the rest differs in nothing but the moment.
    """
    if ours := _ROW.fullmatch(line):
        return intern(ours[1].decode("ascii")), b"{" + ours[2] + ours[4], ours[3] or b""
    row = line[line.index(b":") + 1 :]
    named = load(row).get("contact_id")
    return named if isinstance(named, str) else None, row, b""


def _due_at(step: NextStep, due: bytes) -> NextStep:
    """The same step, due at the moment of a row that was read without it."""
    values: tuple[Any, ...] = (*_BEFORE_DUE(step), _moment(due.decode("ascii")), *_BEHIND_DUE(step))
    return NextStep(*values)


def _steps_of(rows: list[bytes], policy_hash: str) -> Iterator[NextStep | None]:
    """The step of each row of this policy; None for a row of another, or one that cannot be read."""
    # Parsed in one go: one by one takes three times as long. Rows that need cleaning are few.
    together: list[Document] = json.loads(b"[%s]" % b",".join(row if is_plain(row) else b"0" for row in rows))
    for row, document in zip(rows, together, strict=True):
        yield _step_of(document or load(row), policy_hash)


def _step_of(document: Document, policy_hash: str) -> NextStep | None:
    if document.get("policy") != policy_hash:
        return None
    try:
        return step_from_document(document)
    except DocumentError:
        return None


_moment = lru_cache(_SHARED)(moment)
_text = lru_cache(_SHARED)(text)


@lru_cache(_SHARED)
def _texts(*several: Any) -> tuple[str, ...]:
    return texts(list(several))


@lru_cache(_SHARED)
def _whys(*several: tuple[Any, ...]) -> tuple[Why, ...]:
    """Of each list its code, and behind it by turns the name of a value and the value."""
    return tuple(
        Why(
            text(code),
            {
                text(name): value if isinstance(value, int) else text(value)
                for name, value in zip(values[::2], values[1::2], strict=False)
            },
        )
        for code, *values in several
    )


@lru_cache(_SHARED)
def _reasons(*several: Any) -> frozenset[str]:
    return frozenset(texts(list(several)))

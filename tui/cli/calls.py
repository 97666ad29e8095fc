"""Commands about calls: the queue, who is ringing, a call made elsewhere, sessions, and why."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from tui.cli.contacts import the_one
from tui.cli.output import DONE, REFUSED, RefusedError, Row, print_json, print_rows, say
from tui.cli.report import beside_a_call, record_beside, say_noted
from tui.cli.wiring import Parts, assemble, in_cockpit, reading, writing
from tui.cockpit.actions.outcome import Earlier, read_at
from tui.cockpit.call_view import CallerRow
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.form import outcome_form
from tui.cockpit.view import QueueRow, QueueView, View
from tui.domain.call import Call
from tui.domain.day_words import time_words
from tui.domain.metrics import counted, is_agreed, is_conversation
from tui.domain.outcome import Outcome
from tui.domain.session import Session
from tui.plaintext import MAX_TEXT, clean, clean_text, fold
from tui.storage.protocol import NotSaved


def queue(args: argparse.Namespace) -> int:
    """Print who can be called now, later today, and what is owed; with `--held` the others and why not."""

    async def ask(cockpit: Cockpit) -> QueueView:
        view = await cockpit.queue.show_list(args.list) if args.list else cockpit.view
        _check_list(args.list, cockpit)
        return view.queue

    parts = assemble(args)
    with reading(parts) as store:
        found = in_cockpit(parts, store, ask)
        rows = [*_queue_rows("now", found.ready), *_queue_rows("later", found.later)]
        rows += _queue_rows("owed", found.owed)
        rows += _queue_rows("held", found.held) if args.held else []
    columns = {"when": "when", "name": "name", "company": "company", "why": "why", "their_time": "their time"}
    print_rows(rows, columns, args.json, "Nobody is to be called today. `powerhour queue --held` says why.")
    if not args.json and found.demo:
        say("\nThese people do not exist. Bring your own:  powerhour import FILE")
    return DONE


def _check_list(name: str, cockpit: Cockpit) -> None:
    known = [one for one, _ in cockpit.queue.lists() if one]
    if name and name not in known:
        raise RefusedError(f"There is no list {name!r}. Yours: {', '.join(known) or 'none yet'}.")


def _queue_rows(when: str, rows: Iterable[QueueRow]) -> list[Row]:
    return [{"when": when, **asdict(row)} for row in rows]


def who(args: argparse.Namespace) -> int:
    """Print who may be ringing, the likeliest first. Exit 1 when nobody fits."""

    async def ask(cockpit: Cockpit) -> list[Row]:
        return [_caller(row, cockpit) for row in cockpit.callers.look_up(text)]

    text, parts = clean(" ".join(args.text)), assemble(args)
    with reading(parts) as store:
        rows = in_cockpit(parts, store, ask)
    columns = {"name": "name", "company": "company", "number": "number", "why": "what you know"}
    print_rows(rows, columns, args.json, f"Nobody fits {text!r}.")
    return DONE if rows else REFUSED


def _caller(row: CallerRow, cockpit: Cockpit) -> Row:
    view = cockpit.card.view(row.contact_id)
    return {
        **asdict(row),
        "about": view.about if view else "",
        "last": view.history[0] if view and view.history else None,
    }


def explain(args: argparse.Namespace) -> int:
    """Print why somebody is in the queue or not, and what each outcome would do."""

    async def ask(cockpit: Cockpit) -> tuple[CallerRow, tuple[str, ...]]:
        person = the_one(cockpit, store, args.who)
        return person, cockpit.card.explain(person.contact_id)

    parts = assemble(args)
    with reading(parts) as store:
        person, lines = in_cockpit(parts, store, ask)
    if args.json:
        print_json(
            {
                "schema": 1,
                "rows": [{"contact_id": person.contact_id, "name": person.name, "why": list(lines)}],
            }
        )
        return DONE
    say(", ".join(part for part in (person.name, person.company) if part))
    for line in lines:
        say(f"  {line}")
    return DONE


def log(args: argparse.Namespace) -> int:
    """Record a call made elsewhere. Raises `RefusedError` when something is not understood."""

    async def ask(cockpit: Cockpit) -> tuple[CallerRow, Call | None, View]:
        person = the_one(cockpit, store, args.who)
        contact = store.contact(person.contact_id)
        if contact is None:
            raise RefusedError(f"{person.name} is no longer in your list.")
        note = whole_text(args.note)
        try:
            call = await cockpit.outcome.log(
                contact,
                outcome,
                note,
                at.at,
                dict.fromkeys(outcome_form.TIMES, args.when) if args.when else {},
            )
            return person, call, cockpit.view
        except outcome_form.NotYet as refused:
            raise RefusedError(f"{refused} Say when with --when, for example --when 'fri 3pm'.") from refused

    parts = assemble(args)
    at = _at(args.at, parts)
    if beside := beside_a_call(args, parts):
        return record_beside(args, parts, beside, at)
    outcome = _outcome(args.outcome, parts)
    if args.when and not outcome_form.asks_when(outcome):
        raise RefusedError(f"--when goes with an outcome that agrees a time, not with {outcome.label!r}.")
    with writing(parts) as store:
        person, call, view = in_cockpit(parts, store, ask)
    if call is None:
        raise NotSaved("Nothing was saved. `powerhour doctor` looks at the folder and the disk.")
    if args.json:
        print_json({"schema": 1, "rows": [_call_row(call, person)]})
    else:
        say_noted(view, parts, at)
    return DONE


def whole_text(text: str) -> str:
    """A note as it is stored. Raises `RefusedError` for one that would be cut."""
    if len(text) > MAX_TEXT:
        raise RefusedError(
            f"A note holds {MAX_TEXT:,} characters, and this one has {len(text):,}. Nothing was saved."
        )
    return clean_text(text)


def _outcome(text: str, parts: Parts) -> Outcome:
    wanted = fold(text).replace(" ", "_")
    for outcome in parts.settings.outcomes:
        if wanted in (outcome.id, outcome.key, fold(outcome.label).replace(" ", "_")):
            return outcome
    known = ", ".join(f"{outcome.id} ({outcome.key})" for outcome in parts.settings.outcomes)
    raise RefusedError(f"There is no outcome {clean(text)!r}. Yours: {known}.")


def _at(text: str, parts: Parts) -> Earlier:
    if not text:
        return Earlier(parts.clock.now())
    at = read_at(text, parts.here, parts.settings.zone)
    if at is None:
        raise RefusedError(
            f"--at {clean(text)!r} is no time. Write 14:05, 'yesterday 17:30' or 2026-11-23T14:05."
        )
    if at.at > parts.clock.now():
        raise RefusedError(f"--at {clean(text)!r} is still to come. A call is recorded after it was made.")
    return at


def _call_row(call: Call, person: CallerRow) -> Row:
    promise = call.promise.from_.isoformat() if call.promise else None
    named = {"contact_id": call.contact_id, "name": person.name, "outcome": call.outcome, "is": str(call.is_)}
    return {"id": call.id, "at": call.at.isoformat(), **named, "promise": promise}


def sessions(args: argparse.Namespace) -> int:
    """Print the sessions, oldest first, and what they brought."""
    parts = assemble(args)
    with reading(parts) as store:
        calls = counted(store.calls())
        rows = [_session_row(session, calls, parts) for session in store.sessions()]
    columns = {
        "day": "day",
        "minutes": "minutes",
        "agreed": "agreed",
        "talked": "talked",
        "calls": "calls",
        "state": "",
    }
    print_rows(rows, columns, args.json, "No session yet. Start one:  powerhour")
    return DONE


def _session_row(session: Session, calls: Sequence[Call], parts: Parts) -> Row:
    mine = [call for call in calls if call.session_id == session.id]
    return {
        "id": session.id,
        "started_at": session.started_at.isoformat(),
        "ended_at": session.ended_at.isoformat() if session.ended_at else None,
        "day": time_words(session.started_at, parts.settings.zone, parts.clock.now()),
        "minutes": round(session.planned_s / 60),
        "agreed": sum(map(is_agreed, mine)),
        "talked": sum(is_conversation(call, parts.settings.conversation_seconds) for call in mine),
        "calls": len(mine),
        "dials": sum(len(call.dials) for call in mine),
        "state": session.state,
    }

"""Commands about calls: the queue, who is calling, a call made elsewhere, sessions, the report, and why."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from msgspec.structs import asdict

from tui.cli.contacts import stored, the_one
from tui.cli.output import DONE, REFUSED, USAGE, RefusedError, Row, print_json, print_rows, say, tell, uncut
from tui.cli.wiring import Parts, assemble, changing, language_of, looking, reading, saved
from tui.cockpit.actions.messages import SENT
from tui.cockpit.actions.outcome import Earlier, read_at
from tui.cockpit.call_view import CallerRow
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.form import outcome_form
from tui.cockpit.pages.report import USUAL_DAYS, Report
from tui.cockpit.pages.report_page import page, rows
from tui.cockpit.queue.team import team_of
from tui.cockpit.queue_view import QueueView
from tui.cockpit.view import View
from tui.cockpit.wording.queue_reasons import one_of_times
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.day_words import Clocks, moment, time_words
from tui.domain.metrics import counted, is_agreed, is_conversation
from tui.domain.outcome import Outcome
from tui.domain.session import Session
from tui.locale.spoken import english, speaking
from tui.plaintext import MAX_TEXT, clean, clean_text, fold
from tui.storage.protocol import Store
from tui.yamlfile.fields import parse_duration

_CANCELLED = "cancelled"


def queue(args: argparse.Namespace) -> int:
    """Print who can be called now, later today, and what is owed; with `--held` the others and why not."""

    async def ask(cockpit: Cockpit, _: Store) -> QueueView:
        view = await cockpit.queue.show_list(args.list) if args.list else cockpit.view
        _check_list(args.list, cockpit)
        return view.queue

    found = looking(assemble(args), ask)
    groups = {"now": found.ready, "later": found.later, "owed": found.owed}
    groups |= {"held": found.held} if args.held else {}
    rows = [{"when": when, **asdict(row)} for when, shown in groups.items() for row in shown]
    columns = {"when": "when", "name": "name", "company": "company", "why": "why", "their_time": "their time"}
    print_rows(rows, columns, args.json, "Nobody is to be called today. `powerhour queue --held` says why.")
    if not args.json and found.demo:
        say("\nThese people do not exist. Bring your own:  powerhour import FILE")
    return DONE


def _check_list(name: str, cockpit: Cockpit) -> None:
    known = [one for one, _ in cockpit.queue.lists() if one]
    if name and name not in known:
        raise RefusedError(f"There is no list {name!r}. Yours: {', '.join(known) or 'none yet'}.")


def who(args: argparse.Namespace) -> int:
    """Print who may be calling, the likeliest first. Exit 1 when nobody fits."""

    async def ask(cockpit: Cockpit, _: Store) -> list[Row]:
        return [_caller(row, cockpit) for row in cockpit.callers.look_up(text)]

    text = clean(" ".join(args.text))
    rows = looking(assemble(args), ask)
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

    async def ask(cockpit: Cockpit, store: Store) -> tuple[CallerRow, tuple[str, ...]]:
        person = the_one(cockpit, store, args.who)
        return person, cockpit.card.explain(person.contact_id)

    person, lines = looking(assemble(args), ask)
    title = ", ".join(part for part in (person.name, person.company) if part)
    row = {"contact_id": person.contact_id, "name": person.name, "why": list(lines)}
    tell(args.json, row, title, *(f"  {line}" for line in lines))
    return DONE


def log(args: argparse.Namespace) -> int:
    """Record a call made elsewhere, a message that went out, or that a sale was cancelled.

    Raises `RefusedError` when something is not understood, `NotSaved` when nothing could be saved.
    """
    parts = assemble(args)
    at, word = _at(args.at, parts), _beside_a_call(args, parts)
    outcome = None if word else _outcome(args, parts)
    note = clean_text(uncut(args.note, MAX_TEXT))

    async def ask(cockpit: Cockpit, store: Store) -> tuple[CallerRow, Call | None, View]:
        person = the_one(cockpit, store, args.who)
        if outcome is not None:
            call = await _logged(cockpit, stored(store, person), outcome, note, at.at, args.when)
        elif word == SENT:
            call = await cockpit.messages.sent(person.contact_id, args.channel, note, at.at)
        else:
            call = await _cancelled(cockpit, person)
        return person, call, cockpit.view

    person, call, view = changing(parts, ask)
    tell(args.json, _call_row(saved(call), person), *_noted(view, parts, at))
    return DONE


def _beside_a_call(args: argparse.Namespace, parts: Parts) -> str:
    """`sent` or `cancelled` when no call is recorded; empty for an outcome. Raises `RefusedError`."""
    word = clean(args.outcome).casefold()
    is_word = word in (SENT, _CANCELLED) and parts.settings.outcome(word) is None
    if is_word and (word == SENT) != bool(args.channel):
        raise RefusedError("Say what they got: powerhour log WHO sent --channel email (or text, or visit).")
    if args.channel and not is_word:
        raise RefusedError("--channel goes with sent: powerhour log WHO sent --channel email.")
    return word if is_word else ""


def _outcome(args: argparse.Namespace, parts: Parts) -> Outcome:
    wanted = fold(args.outcome).replace(" ", "_")
    for outcome in parts.settings.outcomes:
        if wanted in (outcome.id, outcome.key, fold(outcome.label).replace(" ", "_")):
            if args.when and not outcome_form.asks_when(outcome):
                raise RefusedError(
                    f"--when goes with an outcome that agrees a time, not with {outcome.label!r}."
                )
            return outcome
    known = ", ".join(f"{outcome.id} ({outcome.key})" for outcome in parts.settings.outcomes)
    raise RefusedError(f"There is no outcome {clean(args.outcome)!r}. Yours: {known}.")


async def _logged(
    cockpit: Cockpit, contact: Contact, outcome: Outcome, note: str, at: datetime, when: str
) -> Call | None:
    """The call as it was saved; None when it was not. Raises `RefusedError` when the outcome needs a time."""
    try:
        fields = dict.fromkeys(outcome_form.TIMES, when) if when else {}
        return await cockpit.outcome.log(contact, outcome, note, at, fields)
    except outcome_form.NotYet as refused:
        if refused.choices:
            said = one_of_times([f"--when '{words}'" for words in refused.choices])
            raise RefusedError(f"{refused} Say {said}.", USAGE) from refused
        raise RefusedError(f"{refused} Say when with --when, for example --when 'fri 3pm'.") from refused


async def _cancelled(cockpit: Cockpit, person: CallerRow) -> Call | None:
    """The call whose sale was cancelled. Raises `RefusedError` when there is none."""
    call = await cockpit.messages.cancel_win(person.contact_id)
    notice = cockpit.view.notice
    if call is None and notice is not None:
        raise RefusedError(notice.text)
    return call


def _noted(view: View, parts: Parts, at: Earlier) -> Iterator[str]:
    """What was recorded, and for when: a time that was typed is said back as it was understood."""
    now, zone = parts.clock.now(), parts.settings.zone
    earlier = at.at < now - timedelta(minutes=1)
    when = f" for {moment(at.at, Clocks(zone, zone, now))}" if earlier else ""
    if view.saved is not None:
        yield f"Noted{when}: {view.saved.text}"
        yield view.saved.note
    yield at.moved
    yield view.notice.text if view.notice else ""


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
    return {
        "id": call.id,
        "at": call.at.isoformat(),
        "contact_id": call.contact_id,
        "name": person.name,
        "outcome": call.outcome,
        "is": str(call.is_),
        "promise": call.promise.from_.isoformat() if call.promise else None,
        "channel": call.channel,
        "cancelled_at": call.cancelled_at.isoformat() if call.cancelled_at else None,
    }


def sessions(args: argparse.Namespace) -> int:
    """Print the sessions, oldest first, and what they brought."""
    parts = assemble(args)
    with reading(parts) as store:
        calls = counted(store.calls())
        team = team_of(parts.settings, store)
        mine = (one for one in store.sessions() if team.made_by_me(one.rep))
        rows = [_session_row(session, calls, parts) for session in mine]
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


def report(args: argparse.Namespace) -> int:
    """Print what the calls brought, outcomes first. Raises `RefusedError` for a `--since` nobody understands."""

    async def ask(cockpit: Cockpit, _: Store) -> Report:
        return cockpit.report(since, team=args.team)

    parts = assemble(args)
    since = _since(args.since, parts)
    with speaking(english(weeks_of=language_of(parts).language)):
        found = looking(parts, ask)
        seen = None if found.is_empty else page(found, parts.settings.zone)
    if args.json:
        print_json({"rows": rows(found)})
        return DONE
    if seen is None:
        say("Nothing to report yet. It fills as you call real people:  powerhour")
        return DONE
    say(seen.title)
    for heading, lines in seen.sections:
        say("\n".join((f"\n{heading}", *(f"  {line}" for line in lines))))
    return DONE


def _since(text: str, parts: Parts) -> datetime | None:
    """The moment a `--since` means; None for `all`. Raises `RefusedError`."""
    wanted = clean(text).casefold()
    if wanted == "all":
        return None
    length = parse_duration(wanted) if wanted else timedelta(days=USUAL_DAYS)
    if length is not None:
        return parts.clock.now() - length
    try:
        day = datetime.fromisoformat(wanted)
    except ValueError:
        raise RefusedError(f"--since {clean(text)!r} is no time. Write 2026-09-01, 90d or all.") from None
    return day if day.tzinfo else day.replace(tzinfo=parts.here.tzinfo)

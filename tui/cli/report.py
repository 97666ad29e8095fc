"""Commands about what came of the calls: the report, and what is recorded beside calls."""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta

from tui.cli.contacts import the_one
from tui.cli.output import DONE, RefusedError, print_json, say
from tui.cli.wiring import Parts, assemble, in_cockpit, reading, writing
from tui.cockpit.actions.messages import SENT
from tui.cockpit.actions.outcome import Earlier
from tui.cockpit.call_view import CallerRow
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.pages.recap import page, rows
from tui.cockpit.pages.report import USUAL_DAYS, Report
from tui.cockpit.view import View
from tui.domain.call import Call
from tui.domain.day_words import Clocks, moment
from tui.plaintext import clean
from tui.storage.protocol import NotSaved
from tui.yamlfile.fields import parse_duration

CANCELLED = "cancelled"


def report(args: argparse.Namespace) -> int:
    """Print what the calls brought, outcomes first. Raises `RefusedError` for a `--since` nobody understands."""

    async def ask(cockpit: Cockpit) -> Report:
        return cockpit.report(since)

    parts = assemble(args)
    since = _since(args.since, parts)
    with reading(parts) as store:
        found = in_cockpit(parts, store, ask)
    if args.json:
        print_json({"schema": 1, "rows": rows(found)})
        return DONE
    if found.is_empty:
        say("Nothing to report yet. It fills as you call:  powerhour")
        return DONE
    seen = page(found, parts.settings.zone)
    say(seen.title)
    for heading, lines in seen.sections:
        say(f"\n{heading}")
        for line in lines:
            say(f"  {line}")
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


def beside_a_call(args: argparse.Namespace, parts: Parts) -> str:
    """`sent` or `cancelled` when `log` records no call; empty for an outcome. Raises `RefusedError`."""
    word = clean(args.outcome).casefold()
    is_word = word in (SENT, CANCELLED) and parts.settings.outcome(word) is None
    if is_word and (word == SENT) != bool(args.channel):
        raise RefusedError("Say what they got: powerhour log WHO sent --channel email (or text, or visit).")
    if args.channel and not is_word:
        raise RefusedError("--channel goes with sent: powerhour log WHO sent --channel email.")
    return word if is_word else ""


def record_beside(args: argparse.Namespace, parts: Parts, word: str, at: Earlier) -> int:
    """Record a message that went out, or a sale that was cancelled. Raises `RefusedError` or `NotSaved`."""

    async def ask(cockpit: Cockpit) -> tuple[CallerRow, Call | None, View]:
        person = the_one(cockpit, store, args.who)
        if word == SENT:
            call = await cockpit.messages.sent(person.contact_id, args.channel, args.note, at.at)
        else:
            call = await _cancel(cockpit, person)
        return person, call, cockpit.view

    with writing(parts) as store:
        person, call, view = in_cockpit(parts, store, ask)
    if call is None:
        raise NotSaved("Nothing was saved. `powerhour doctor` looks at the folder and the disk.")
    if args.json:
        print_json({"schema": 1, "rows": [_row(call, person)]})
    else:
        say_noted(view, parts, at)
    return DONE


def say_noted(view: View, parts: Parts, at: Earlier) -> None:
    """Say what was recorded, and for when: a time that was typed is said back as it was understood."""
    now, zone = parts.clock.now(), parts.settings.zone
    earlier = at.at < now - timedelta(minutes=1)
    when = f" for {moment(at.at, Clocks(zone, zone, now))}" if earlier else ""
    if view.saved is not None:
        say(f"Noted{when}: {view.saved.text}")
    lines = (view.saved.note if view.saved else "", at.moved, view.notice.text if view.notice else "")
    for line in filter(None, lines):
        say(line)


async def _cancel(cockpit: Cockpit, person: CallerRow) -> Call | None:
    """The call whose sale was cancelled. Raises `RefusedError` when there is none."""
    call = await cockpit.messages.cancel_win(person.contact_id)
    notice = cockpit.view.notice
    if call is None and notice is not None:
        raise RefusedError(notice.text)
    return call


def _row(call: Call, person: CallerRow) -> dict[str, object]:
    cancelled = call.cancelled_at.isoformat() if call.cancelled_at else None
    named = {"contact_id": call.contact_id, "name": person.name, "outcome": call.outcome, "is": str(call.is_)}
    return {
        "id": call.id,
        "at": call.at.isoformat(),
        **named,
        "channel": call.channel,
        "cancelled_at": cancelled,
    }

"""`powerhour import FILE`: show what the columns are taken for, ask, then write all of it or nothing."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tui.cli.output import DONE, INTERRUPTED, USAGE, RefusedError, print_json, progress, say
from tui.cli.wiring import Parts, assemble, changing
from tui.cockpit.actions.contact_import import look_at
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.wording.imports import DateDoubt, Doubt, Preview, Report, date_order_word
from tui.exchange.reading.dates import DateOrder
from tui.exchange.reading.decode import ImportCancelled, ImportRefused, known_encoding
from tui.exchange.reading.headers import Meaning
from tui.plaintext import clean
from tui.storage.protocol import NotSaved, Store

_YES = frozenset({"y", "yes", "s", "si", "sì", "j", "ja", "o", "oui"})
_LISTED = 20
"""Lines of a report that are printed; the rest is counted."""


def run(args: argparse.Namespace) -> int:
    """Import one file. Raises `RefusedError` when it cannot be imported or nobody said yes."""
    parts = assemble(args)
    maps = (*args.map, *(f"{Meaning.DO_NOT_CALL}={column}" for column in args.dnc), *_date_order(args))
    try:
        seen = _look(args, parts, maps)
        if not (args.json or args.yes):
            _show_first(seen)
        if args.dry_run:
            if args.yes and not args.json:
                _show(seen)
            if args.json:
                _tell(Report(0, 0, 0), seen, as_json=True)
            else:
                for doubt in seen.doubts:
                    say(doubt.flags)
                say("Nothing was written (--dry-run).")
            return DONE
        while seen.doubts:
            maps = (*maps, _decided(seen.doubts, can_ask=not (args.yes or args.json)))
            seen = _look(args, parts, maps)
        if not (args.yes or _agreed()):
            raise RefusedError("Nothing was imported.")
        report = _import(parts, seen)
    except ImportCancelled as stopped:
        raise RefusedError(str(stopped), INTERRUPTED) from stopped
    except ImportRefused as refused:
        hint = (
            f" Say what a column holds, for example --map phone={refused.example}." if refused.example else ""
        )
        raise RefusedError(f"{refused}{hint}") from refused
    # All that is printed comes after the commit: whoever reads it (`| head -1`) may be gone.
    if args.yes and not args.json:
        _show(seen)
    _tell(report, seen, args.json)
    return DONE


def _date_order(args: argparse.Namespace) -> tuple[str, ...]:
    """What the flags say of dates that may be two days. Raises `RefusedError` for both."""
    if args.day_first and args.month_first:
        raise RefusedError("Say --day-first or --month-first, not both.", USAGE)
    said = ((args.day_first, DateOrder.DAY_FIRST), (args.month_first, DateOrder.MONTH_FIRST))
    return tuple(date_order_word(order) for is_said, order in said if is_said)


def _look(args: argparse.Namespace, parts: Parts, maps: tuple[str, ...]) -> Preview:
    region, encoding = args.region.strip().upper(), _encoding(clean(args.encoding))
    return look_at(
        args.file, maps, clean(args.list), region, parts.settings, parts.clock.now(), encoding=encoding
    )


def _decided(doubts: tuple[Doubt | DateDoubt, ...], can_ask: bool) -> str:
    """The rep's answer to the first doubt, as a word of `--map`. Raises `RefusedError` where nobody can be asked."""
    if not (can_ask and sys.stdin.isatty()):
        missing = "\n".join(doubt.flags for doubt in doubts)
        raise RefusedError(f"Nothing was imported. {missing}", USAGE)
    doubt, keys = doubts[0], dict(doubts[0].keys)
    say(doubt.question)
    for key, meaning in doubt.keys:
        say(f"  {key}  {meaning}")
    try:
        answer = input(f"[{'/'.join(keys)}] ").strip().casefold()
    except EOFError:
        answer = ""
    if answer not in keys:
        raise RefusedError("Nothing was imported.")
    return doubt.answer(answer)


def _encoding(name: str) -> str:
    """The encoding somebody named, or empty. Raises `RefusedError` when there is none of that name."""
    try:
        return known_encoding(name) if name else ""
    except ImportRefused as unknown:
        raise RefusedError(str(unknown), USAGE) from unknown


def _show_first(seen: Preview) -> None:
    """Show it before anybody says yes. Raises `RefusedError` when nobody reads it."""
    try:
        _show(seen)
        sys.stdout.flush()
    except BrokenPipeError as gone:
        raise RefusedError("Nothing was imported: nobody reads what is asked. Say --yes.") from gone


def _show(seen: Preview) -> None:
    say(f"{seen.table.name}, list {seen.list_name!r}")
    for note in seen.notes:
        say(f"  {note}")
    width = max((len(header) for header, _ in seen.columns), default=0)
    for header, meaning in seen.columns:
        say(f"  {clean(header):<{width}}  {meaning}")
    for offer in seen.offers:
        say(f"  {offer.flag}")
    say("The first rows would become:")
    for line in seen.sample_lines:
        say(f"  {line}")


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise RefusedError(
            "Nothing was imported: nobody can be asked here. Look at it with --dry-run, then say --yes.",
            USAGE,
        )
    try:
        answer = input("Import it? Wrong columns are corrected with --map. [y/N] ")
    except EOFError:
        return False
    return answer.strip().casefold() in _YES


def _import(parts: Parts, seen: Preview) -> Report:
    async def ask(cockpit: Cockpit, _: Store) -> Report | None:
        with _stoppable() as stopped:
            return await cockpit.importing.run(
                seen, lambda rows: progress(f"{rows:,} rows "), lambda: bool(stopped)
            )

    report = changing(parts, ask)
    if report is None:
        raise NotSaved(
            "Nothing was imported: it could not be saved. `powerhour doctor` looks at folder and disk."
        )
    return report


@contextmanager
def _stoppable() -> Iterator[list[int]]:
    """A list that is filled by Ctrl+C: the import then stops between two rows, with nothing written."""
    stopped: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: stopped.append(number))
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)


def _as_json(report: Report) -> dict[str, object]:
    return {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "merged": report.merged,
        "rows": report.rows,
        "planned_calls": report.planned,
        "last_contacts": report.touched,
        "rejected": [
            {"row": one.row, "line": one.line, "last_line": one.last_line, "reason": one.reason}
            for one in report.rejected
        ],
        "conflicts": list(report.conflicts),
        "remarks": [{"row": row, "remark": text} for row, text in report.remarks],
        "notes": list(report.notes),
    }


def _tell(report: Report, seen: Preview, as_json: bool) -> None:
    if as_json:
        print_json(_as_json(report))
        return
    progress("")
    say(f"{seen.table.name}, {report.sentence}.")
    if report.taken_over:
        say(report.taken_over)
    _some([f"{one.where}: not taken, {one.reason}" for one in report.rejected])
    _some([f"row {row}: {text}" for row, text in report.remarks])
    _some([f"kept as you wrote it: {text}" for text in report.conflicts])
    if report.created:
        say("Start with:  powerhour")


def _some(lines: list[str]) -> None:
    for line in lines[:_LISTED]:
        say(f"  {line}")
    if len(lines) > _LISTED:
        say(f"  and {len(lines) - _LISTED} more; all of them with --json")

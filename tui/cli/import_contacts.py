"""`powerhour import FILE`: show what the columns are taken for, ask, then write all of it or nothing."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tui.cli.output import DONE, INTERRUPTED, USAGE, RefusedError, agreed, print_json, progress, say
from tui.cli.wiring import Parts, assemble, changing, looking
from tui.cockpit.actions.importing.contact_import import look_at, with_rows
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.wording.import_questions import (
    ENCODING_FLAG,
    TYPED_HELP,
    choices,
    flags,
    no_answer,
    question,
)
from tui.cockpit.wording.imports import Preview, Report
from tui.exchange.reading.dates import DateOrder
from tui.exchange.reading.decode import ImportCancelled, ImportRefused, known_encoding
from tui.exchange.reading.headings.columns import LEFT, REGION, TO_CALL
from tui.exchange.reading.headings.headers import Meaning
from tui.exchange.reading.questions import Question, date_order_word, numbers_word
from tui.phone import country_named
from tui.plaintext import clean
from tui.storage.protocol import NotSaved, Store

_LISTED = 20
"""Lines of a report that are printed; the rest is counted."""


def run(args: argparse.Namespace) -> int:
    """Import one file. Raises `RefusedError` when it cannot be imported or nobody said yes."""
    parts = assemble(args)
    try:
        seen = _read(args, parts, _answers(args))
        if args.dry_run:
            _would(parts, seen, args.json)
            return DONE
        if not args.yes:
            _show_first(seen, args.json)
        seen = _decided(args, parts, seen)
        if not args.yes:
            _show_figures(parts, seen, args.json)
            if not _agreed():
                raise RefusedError("Nothing was imported.")
        report = _import(parts, seen)
    except ImportCancelled as stopped:
        raise RefusedError(str(stopped), INTERRUPTED) from stopped
    except ImportRefused as refused:
        hint = (
            f" Say what a column holds, for example --map phone={refused.example}." if refused.example else ""
        )
        letters = f" {ENCODING_FLAG}" if refused.doubtful else ""
        raise RefusedError(f"{refused}{hint}{letters}") from refused
    # All that is printed comes after the commit: whoever reads it (`| head -1`) may be gone.
    if args.yes and not args.json:
        _show(seen)
    _tell(report, seen, args.json)
    return DONE


def _answers(args: argparse.Namespace) -> tuple[str, ...]:
    """What the flags answer, as words of `--map`. Raises `RefusedError` for one that says nothing."""
    return (
        *args.map,
        *(f"{Meaning.DO_NOT_CALL}={column}" for column in args.dnc),
        *_date_order(args),
        *_left(args),
        *((numbers_word(TO_CALL),) if args.to_call else ()),
        *(
            f"{REGION}={name}:{country_said(said)}"
            for name, _, said in (one.rpartition("=") for one in args.country)
        ),
    )


def _left(args: argparse.Namespace) -> tuple[str, ...]:
    """That nobody can be asked about numbers which the country of `--region` does not settle: they stay without one."""
    return (f"{REGION}=:{LEFT}",) if args.region.strip() and not _can_ask(args) else ()


def _can_ask(args: argparse.Namespace) -> bool:
    return not args.yes and not args.json and sys.stdin.isatty()


def country_said(said: str) -> str:
    """The two letters of a country somebody named. Raises `RefusedError` when none is called so."""
    if code := country_named(said):
        return code
    raise RefusedError(no_answer(said.strip()), USAGE)


def _date_order(args: argparse.Namespace) -> tuple[str, ...]:
    """What the flags say of dates that may be two days. Raises `RefusedError` for both."""
    if args.day_first and args.month_first:
        raise RefusedError("Say --day-first or --month-first, not both.", USAGE)
    said = ((args.day_first, DateOrder.DAY_FIRST), (args.month_first, DateOrder.MONTH_FIRST))
    return tuple(date_order_word(order) for is_said, order in said if is_said)


def _look(args: argparse.Namespace, parts: Parts, maps: tuple[str, ...]) -> Preview:
    region = country_said(args.region) if args.region.strip() else ""
    encoding = encoding_said(clean(args.encoding))
    return look_at(
        args.file, maps, clean(args.list), region, parts.settings, parts.clock.now(), encoding=encoding
    )


def _read(args: argparse.Namespace, parts: Parts, maps: tuple[str, ...]) -> Preview:
    """The file with all its rows, unless a column must be decided before they can be read."""
    seen = _look(args, parts, maps)
    if any(one.must for one in seen.questions):
        return seen
    with _stoppable() as stopped:
        seen = with_rows(seen, parts.clock.now(), _rows_read, lambda: bool(stopped))
    # Whose numbers are asked about depends on who may be called, which only the people who are here tell.
    return _figures(parts, seen) if any(one.must for one in seen.questions) else seen


def _rows_read(rows: int) -> None:
    progress(f"{rows:,} rows ")


def _decided(args: argparse.Namespace, parts: Parts, seen: Preview) -> Preview:
    """The file with everything decided that stops its import, one question after another.

    Raises `RefusedError` where nobody can be asked, with the flags that answer.
    """
    maps = _answers(args)
    while asked := [one for one in seen.questions if one.must]:
        if not _can_ask(args):
            missing = "\n".join(map(flags, asked))
            raise RefusedError(f"Nothing was imported. {missing}", USAGE)
        maps = (*maps, _answer(asked[0]))
        seen = _read(args, parts, maps)
    return seen


def _answer(asked: Question) -> str:
    """The rep's answer as a word of `--map`. Raises `RefusedError` when there is none."""
    progress("")
    say(question(asked))
    for key, meaning in choices(asked):
        say(f"  {key}  {meaning}")
    if not asked.choices:
        say(f"  {TYPED_HELP}")
    while True:
        try:
            typed = clean(input(f"[{'/'.join(asked.choices)}] " if asked.choices else "> ")).strip()
        except EOFError:
            raise RefusedError("Nothing was imported.") from None
        if answer := asked.answer(typed.casefold()):
            return answer
        if asked.choices:
            raise RefusedError("Nothing was imported.")
        say(no_answer(typed))


def encoding_said(name: str) -> str:
    """The encoding somebody named, or empty. Raises `RefusedError` when there is none of that name."""
    try:
        return known_encoding(name) if name else ""
    except ImportRefused as unknown:
        raise RefusedError(str(unknown), USAGE) from unknown


def _would(parts: Parts, seen: Preview, as_json: bool) -> None:
    """Say what an import would do, and what it would ask first."""
    if as_json:
        read = _figures(parts, seen)
        print_json({**_as_json(Report(0, 0, 0)), "figures": read.summary.counts() if read.summary else {}})
        return
    progress("")
    _show(seen)
    _show_figures(parts, seen, as_json)
    for one in seen.questions:
        if one.must:
            say(flags(one))
    say("Nothing was written (--dry-run).")


def _show_first(seen: Preview, as_json: bool) -> None:
    """Show it before anybody says yes. Raises `RefusedError` when nobody reads it."""
    if as_json:
        return
    try:
        progress("")
        _show(seen)
        sys.stdout.flush()
    except BrokenPipeError as gone:
        raise RefusedError("Nothing was imported: nobody reads what is asked. Say --yes.") from gone


def _figures(parts: Parts, seen: Preview) -> Preview:
    """The file with what importing it would bring, over the people who are here."""
    if seen.built is None:
        return seen

    async def ask(cockpit: Cockpit, _: Store) -> Preview:
        return await cockpit.importing.weigh(seen)

    return looking(parts, ask)


def _show_figures(parts: Parts, seen: Preview, as_json: bool) -> None:
    summary = None if as_json else _figures(parts, seen).summary
    if summary is not None:
        say("Importing it would bring:")
        for line in summary.lines:
            say(f"  {line}")


def _show(seen: Preview) -> None:
    say(f"{seen.table.name}, list {seen.list_name!r}")
    for note in seen.notes:
        say(f"  {note}")
    if seen.table.doubtful and not seen.encoding:
        say(f"  {ENCODING_FLAG}")
    width = max((len(header) for header, _ in seen.columns), default=0)
    for header, meaning in seen.columns:
        say(f"  {clean(header):<{width}}  {meaning}")
    for one in seen.questions:
        if not one.must:
            say(f"  {flags(one)}")
    say("The first rows would become:")
    for line in seen.sample_lines:
        say(f"  {line}")


def _agreed() -> bool:
    return agreed(
        "Import it? Wrong columns are corrected with --map.",
        "Nothing was imported: nobody can be asked here. Look at it with --dry-run, then say --yes.",
    )


def _import(parts: Parts, seen: Preview) -> Report:
    async def ask(cockpit: Cockpit, _: Store) -> Report | None:
        with _stoppable() as stopped:
            return await cockpit.importing.run(seen, _rows_read, lambda: bool(stopped))

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
        "figures": report.summary.counts(),
        "unknown_owners": dict(report.strangers),
    }


def _tell(report: Report, seen: Preview, as_json: bool) -> None:
    if as_json:
        print_json(_as_json(report))
        return
    progress("")
    say(f"{seen.table.name}, {report.sentence}.")
    for line in report.summary.lines:
        say(f"  {line}")
    for line in filter(None, (report.taken_over, report.of_nobody)):
        say(line)
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

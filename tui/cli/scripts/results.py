"""`powerhour scripts stats` and `suggestions`: what the calls say about the words, and what the reps say."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec.structs import asdict

from tui.cli.output import DONE, RefusedError, complain, print_json, print_rows, say
from tui.cli.wiring import Parts, assemble, library_of, reading
from tui.domain.call import Call
from tui.domain.day_words import time_words
from tui.plaintext import shortened
from tui.script.author.stats import (
    FORMULAS,
    Count,
    Metric,
    VersionVerdict,
    answered,
    counts,
    endings,
    never_reached,
    verdicts,
)
from tui.script.call.wording import reason_id
from tui.script.files.edit import EditError, origin_of
from tui.script.files.load import Loaded
from tui.script.files.suggestions import FILE, STATE_WORDS, Reviewed, Suggestion, read, review, take_over
from tui.script.language.graph import graph_of

_COLUMNS = {
    "kind": "",
    "script": "script",
    "version": "version",
    "name": "words",
    "n": "n",
    "hits": "of them",
}
_Wording = tuple[str, str, str]
"""Id, version and hash of a script."""


def stats(args: argparse.Namespace) -> int:
    """Show what calls with each script, version, opener, objection and reason to call came to."""
    parts = assemble(args)
    metric: Metric = args.metric or parts.settings.experiments.metric
    with reading(parts) as store:
        calls = [call for call in store.calls() if not args.name or call.script.id == args.name]
    rows = counts(calls, metric, parts.settings.conversation_seconds)
    told = verdicts(rows, parts.settings.experiments.min_per_variant)
    used = {call.script.id for call in calls}
    scripts = [one for one in library_of(parts).loaded() if one.script is not None and one.script.id in used]
    if args.json:
        _print_all(rows, told, scripts, calls, metric)
        return DONE
    columns = {**_COLUMNS, "rate": "rate", "interval": "95 % interval"}
    words, named = dict(_words(scripts)), _wordings(rows, scripts, parts.settings.zone, parts.clock.now())
    shown = [_shown(row, words, named) for row in rows]
    print_rows(shown, columns, False, "No answered call with a script yet.")
    if rows:
        say(f"rate: {FORMULAS[metric]}; after an objection: calls with a next step agreed")
    if any(name != wording[1] for wording, name in named.items()):
        say("A version that was edited on the way is counted apart for each wording: now, and until when.")
    for verdict in told:
        version = named[verdict.script, verdict.version, verdict.hash]
        say(f"{verdict.script} {version}: {verdict.sentence}".replace(" :", ":"))
    for loaded in scripts:
        _print_lines(loaded, calls)
    return DONE


def _wordings(
    rows: Sequence[Count], scripts: Sequence[Loaded], zone: str, now: datetime
) -> dict[_Wording, str]:
    """What each wording is called: its version; `now` or `until Thu 12 Nov 14:05` where that version had several."""
    present = {one.script.id: one.script for one in scripts if one.script is not None}
    hashes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        hashes[row.script, row.version].add(row.hash)
    for script in present.values():
        hashes[script.id, script.version].add(script.hash)
    named = {}
    for row in rows:
        name = row.version
        if len(hashes[row.script, row.version]) > 1 and row.last is not None:
            is_now = row.script in present and present[row.script].hash == row.hash
            state = "now" if is_now else f"until {time_words(row.last, zone, now)}"
            name = ", ".join(filter(None, (row.version, state)))
        named[row.script, row.version, row.hash] = name
    return named


def _print_lines(loaded: Loaded, calls: Sequence[Call]) -> None:
    """Where talks end, and which lines nobody came to, in the wording of today."""
    script = loaded.script
    if script is None:
        return
    if not any(answered(script, calls)):
        say(f"\n{script.title}: no answered call yet since it was edited")
        return
    if ends := endings(script, calls):
        say(f"\n{script.title}: talks end at")
        for end in ends:
            say(f"  {end.n:4}  {end.share:4.0%}  {shortened(end.text, 90) or end.path}")
    if unseen := never_reached(script, calls):
        say(f"\n{script.title}: never reached")
        for place in unseen:
            say(f"  {origin_of(loaded, place)}  {shortened(place.text, 90)}")


def _print_all(
    rows: Sequence[Count],
    told: Sequence[VersionVerdict],
    scripts: Sequence[Loaded],
    calls: Sequence[Call],
    metric: Metric,
) -> None:
    usable = [(loaded, loaded.script) for loaded in scripts if loaded.script is not None]
    print_json(
        {
            "metric": metric,
            "formula": FORMULAS[metric],
            "hash_now": {script.id: script.hash for _, script in usable},
            "rows": [{**asdict(row), "rate": row.rate, "interval": row.interval} for row in rows],
            "tests": [{**asdict(verdict), "sentence": verdict.sentence} for verdict in told],
            "endings": {script.id: [asdict(end) for end in endings(script, calls)] for _, script in usable},
            "never_reached": {
                script.id: [
                    {"path": place.path, "text": place.text, "origin": origin_of(loaded, place)}
                    for place in never_reached(script, calls)
                ]
                for loaded, script in usable
            },
        }
    )


def _words(scripts: Sequence[Loaded]) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Kind, script's hash and name of openers, objections and reasons to call, with the words people know them by."""
    for script in (loaded.script for loaded in scripts):
        if script is None:
            continue
        for path, place in graph_of(script, "follow_up").places.items():
            yield ("opener", script.hash, path), place.text
        for objection in script.objections:
            yield ("objection", script.hash, objection.id), ", ".join(objection.heard)
        for reason in script.followup.reasons if script.followup is not None else ():
            yield ("news", script.hash, reason_id(reason)), reason.say


def _shown(
    row: Count, words: Mapping[tuple[str, str, str], str], named: Mapping[_Wording, str]
) -> dict[str, Any]:
    low, high = row.interval
    rate = f"{row.rate:.0%}" if row.rate is not None else ""
    name = words.get((row.kind, row.hash, row.name)) or row.name
    version = named[row.script, row.version, row.hash]
    span = f"{low:.0%} to {high:.0%}"
    return {**asdict(row), "version": version, "name": name, "rate": rate, "interval": span}


def suggestions(args: argparse.Namespace) -> int:
    """Show the wordings reps proposed, each beside the line as it stands now; or take one over into its script."""
    parts = assemble(args)
    rows = list(enumerate(review(_read(args.places, parts), library_of(parts).loaded()), 1))
    if args.take is not None:
        return _take(args.take, rows)
    shown = [(n, row) for n, row in rows if not args.name or row.suggestion.script == args.name]
    if args.json:
        facts = [{"state": row.state, "now": row.now, "origin": row.origin} for _, row in shown]
        said = [{"number": n, **asdict(row.suggestion)} for n, row in shown]
        print_rows([one | more for one, more in zip(said, facts, strict=True)], {}, True, "")
        return DONE
    for number, row in shown:
        _print_suggestion(number, row)
    if any(row.state == "open" for _, row in shown):
        say("To take one over into its script: powerhour scripts suggestions --take NUMBER")
    if not shown:
        say("No suggestions yet. During a call a rep proposes a wording with one key.")
    return DONE


def _take(number: int, rows: Sequence[tuple[int, Reviewed]]) -> int:
    row = dict(rows).get(number)
    if row is None:
        many = f"There are {len(rows)}" if rows else "There are none"
        raise RefusedError(f"There is no suggestion {number}. {many}: powerhour scripts suggestions")
    try:
        lost = take_over(row)
    except EditError as error:
        raise RefusedError(str(error)) from None
    say(f"Taken over at {row.origin}")
    say(f"  before: {row.now}")
    say(f"  now:    {row.suggestion.new}")
    if lost:
        names = ", ".join(f"{{{{{name}}}}}" for name in lost)
        say(f"The line had {names}, and has not any more. To put it back: powerhour scripts preview, then e")
    return DONE


def _print_suggestion(number: int, row: Reviewed) -> None:
    one = row.suggestion
    state = f"  ({STATE_WORDS[row.state]})" if row.state != "open" else ""
    say(f"{number}  {row.origin or f'{one.script}, {one.path}'}  {one.at[:10]}{state}")
    if row.state != "taken":
        say(f"   now: {row.now or one.old}")
    say(f"   {'they' if one.unfit else 'rep'}: {one.new}\n")


def _read(places: Sequence[Path], parts: Parts) -> list[Suggestion]:
    """The suggestions of these folders or files, oldest first; of the own data folder when none is named."""
    found: list[Suggestion] = []
    for place in places or [parts.places.data]:
        some, damaged = read(place / FILE if place.is_dir() else place)
        found += some
        if damaged:
            complain(f"{place}: {damaged} lines of {FILE} cannot be read; the others are shown.")
    return sorted(found, key=lambda one: one.at)

"""What follows each call: the policy beside reading the same history, and a year of one rep."""

from __future__ import annotations

import json
import time
from datetime import timedelta

from bench import Row, beside
from bench.measure import processor_ms
from bench.people import NOW, ROOT
from bench.simulation import Plan, Played, Population, play
from tui.domain.call import Call
from tui.domain.policy import next_step
from tui.settings.settings import Me, Settings
from tui.storage.documents import call_to_document

_YEAR = Plan(weeks=52, sessions=((10, 60),), seed=1)
_PEOPLE = 400
_QUICK = Plan(weeks=4, sessions=((10, 60),), seed=1)
_REPEATS = 5
_MOST = 2
"""Times parsing the same history."""
_NOBODY = 1
"""Of a hundred: the rules in force forget nobody and pester nobody."""


def rows(quick: bool = False) -> list[Row]:
    """Processor time of the whole process: the store of the year's cockpit works on a thread of its own."""
    settings = Settings(zone="Europe/London", allowed_countries=("GB",), me=Me("Sam"))
    began = time.process_time()
    year = play(_QUICK if quick else _YEAR, Population(_PEOPLE), settings, ROOT / "scripts")
    spent = time.process_time() - began
    span = "four weeks" if quick else "a year"
    return [
        *_policy(year, settings),
        Row(f"{span} of one rep, {_PEOPLE} people, {len(year.calls):,} calls", round(spent, 1), "s"),
        Row("the same: calls played a second", round(len(year.calls) / spent), "/s"),
        Row(
            "the same: left waiting, of 100",
            _hundredth(year.report.waiting.left_waiting, _PEOPLE),
            "",
            limit=_NOBODY,
        ),
        Row(
            "the same: called too often, of 100",
            _hundredth(len(year.report.too_many), len(year.calls)),
            "",
            limit=_NOBODY,
        ),
    ]


def _policy(year: Played, settings: Settings) -> list[Row]:
    """A next step of each of the year's people, beside parsing the same histories from JSON."""
    calls: dict[str, list[Call]] = {contact.id: [] for contact in year.contacts}
    for call in year.calls:
        calls[call.contact_id].append(call)
    cases = [(contact, calls[contact.id]) for contact in year.contacts]
    texts = [json.dumps([call_to_document(call) for call in history]) for _, history in cases]
    now = max((call.at for call in year.calls), default=NOW) + timedelta(hours=1)

    def decide() -> None:
        for contact, history in cases:
            next_step(contact, history, settings.policy, now, zones=(contact.zone,))

    each = 1000 / len(cases)
    ours = min(processor_ms(decide) for _ in range(_REPEATS)) * each
    parsing = min(processor_ms(lambda: [json.loads(text) for text in texts]) for _ in range(_REPEATS)) * each
    mean = len(year.calls) / len(cases)
    name = f"next step of a person with {mean:.0f} calls"
    return [beside(name, ours, "µs", "parsing them as JSON", parsing, _MOST)]


def _hundredth(count: int, total: int) -> float:
    return round(100 * count / max(total, 1), 1)

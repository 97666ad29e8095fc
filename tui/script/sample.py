"""Ways to rehearse a script: with a fictional customer or with nothing known, by every way into the call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from tui.script.dates import at_time, full_day, part_of_day, past_day, promised_day, weekday
from tui.script.facts import Timing
from tui.script.flow import Entry
from tui.script.model import Script
from tui.script.paths import ENTRY_WORDS, entries_of

_ANN: Mapping[str, str] = {
    **{"first_name": "Ann", "last_name": "Rossi", "name": "Ann Rossi", "company": "Acme Tools"},
    **{"role": "Buyer", "city": "Leeds", "segment": "workshop", "phone": "020 7946 0100"},
    **{"topic": "the price list"},
}
"""A fictional customer; the number is from a range kept for fiction."""
_SAM: Mapping[str, str] = {
    **{"my_name": "Sam", "my_company": "Northgate", "my_number": "020 7946 0955", "my_title": "sales"},
}
"""A fictional rep."""
_MONDAY = date(2026, 11, 23)


def sample_values(language: str, known: bool = True, spoken: bool = False) -> dict[str, str]:
    """What is known on a rehearsal, on a Monday afternoon; not `known`: nothing but the rep and the day.

    `spoken`: they talked to us before, as with everybody to whom something was promised.
    """
    always = {
        **_SAM,
        "today": full_day(_MONDAY, language),
        "weekday": weekday(_MONDAY, language),
        "time_of_day": part_of_day(15, language),
    }
    if not known:
        return always
    friday, thursday = _MONDAY + timedelta(days=4), _MONDAY - timedelta(days=4)
    return {
        **always,
        **_ANN,
        "promised_date": promised_day(friday, _MONDAY, language),
        "next_call": promised_day(friday, _MONDAY, language),
        "last_call_when": past_day(thursday, _MONDAY, language),
        "tried_when": at_time(past_day(_MONDAY, _MONDAY, language), time(10), language),
        **(
            {"spoken_before": "yes", "last_talk_when": past_day(thursday, _MONDAY, language)}
            if spoken
            else {}
        ),
    }


@dataclass(frozen=True, slots=True)
class Way:
    """A way into the call that can be rehearsed."""

    entry: Entry
    label: str
    timing: Timing = ""
    attempt: int = 1
    last: bool = False


_TIMINGS: tuple[tuple[Timing, str], ...] = (
    *(("on_time", "as promised"), ("early", "early"), ("tried", "tried as promised"), ("late", "late")),
    ("", "nothing promised"),
)


def ways_into(script: Script | None) -> list[Way]:
    """The ways into a call, follow-ups by their promise and voicemails by their try; there is always one."""
    first_call = Way("call", ENTRY_WORDS["call"])
    ways: list[Way] = []
    for entry in entries_of(script) if script is not None else ():
        if entry == "follow_up":
            ways += [Way(entry, f"follow-up, {words}", timing) for timing, words in _TIMINGS]
        elif entry == "voicemail" and script is not None:
            tries = dict.fromkeys(message.attempt for message in script.voicemail if not message.when)
            ways += [_voicemail_way(attempt) for attempt in tries]
            if any("promise_timing" in message.when for message in script.voicemail):
                ways += [Way(entry, f"voicemail, {words}", timing) for timing, words in _TIMINGS if timing]
        else:
            ways.append(Way(entry, ENTRY_WORDS[entry]))
    return ways or [first_call]


def _voicemail_way(attempt: str) -> Way:
    if attempt == "last":
        return Way("voicemail", "voicemail, last try", attempt=99, last=True)
    return Way(
        "voicemail", f"voicemail, try {attempt}" if attempt else "voicemail", attempt=int(attempt or 1)
    )

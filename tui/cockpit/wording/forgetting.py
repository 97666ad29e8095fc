"""What is said of people who are forgotten, or will be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tui.cockpit.wording.why import in_words
from tui.domain.day_words import date_words, length_in_words

_SENTENCES: Mapping[str, str] = {
    # Because nobody was in touch with them.
    "will_go": (
        "{people:person|people} nobody has reached for {length} will be forgotten on {day}. "
        "powerhour retention lists them; its --keep WHO keeps one."
    ),
    "will_go_later": (
        "{people:person|people} nobody has reached for {length} will be forgotten on {day}, and "
        "{more:more|more} later. powerhour retention lists them; its --keep WHO keeps one."
    ),
    "gone": "{people:person was|people were} forgotten, as announced. Their calls stay in the counts.",
    "nobody_goes": "Nobody: everybody was reached in the last {length}, or is needed.",
    "kept_for_ever": "People are kept for ever (record.keep_people).",
    "not_announced": "not announced yet",
    "kept": "{name} is kept: {length} from today on, unless somebody is in touch with them.",
    # Because somebody said so.
    "goes": "Goes: the person, {plans:planned call|planned calls}, and all that {calls:call holds|calls hold} of them.",
    "stays": "Stays: that {calls:call was|calls were} made, for the counts.",
    "refusal_stays": "Stays: that they refused calls, by a code that tells nobody their number or e-mail.",
    "files_go": "Deleted with them: {files}.",
    "promised": "You promised them a call: {when}.",
    "to_do": "Still to do for them: {what}.",
    "forget_them": "Forget {name}? This cannot be undone.",
    "forgotten": "Forgotten: {name}. {calls:call stays|calls stay} in the counts.",
    "nobody_to_ask": "Nothing was done: nobody can be asked here. Say --yes.",
    "inbox_first": (
        "Nothing was done: the do-not-call inbox holds lines that cannot be read. Start Power Hour, which takes them "
        "up, then try again."
    ),
    "nothing_done": "Nothing was done.",
}


def say(code: str, **values: Any) -> str:
    """The sentence of a code. Raises `KeyError` for a code or a value that is not there."""
    return in_words(_SENTENCES[code], values)


def will_go(on: Mapping[str, date], keep: timedelta, today: date) -> str:
    """What is announced of people who will be forgotten, given the day of each; empty for nobody."""
    if not on:
        return ""
    first = min(on.values())
    people = sum(day == first for day in on.values())
    values = {"people": people, "length": length_in_words(keep), "day": date_words(first, today)}
    if more := len(on) - people:
        return say("will_go_later", **values, more=more)
    return say("will_go", **values)


def forgotten_now(people: int) -> str:
    """What was done about those whose day had come; empty for nobody."""
    return say("gone", people=people) if people else ""


def files_go(files: Sequence[Path]) -> str:
    """Which files go with them; empty for none."""
    return say("files_go", files=", ".join(map(str, files))) if files else ""

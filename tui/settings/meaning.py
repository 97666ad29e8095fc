"""Values that mean more than their shape says: hours, zones, shares, lengths of time; and which of two is stricter."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from tui.domain.shared.team import called_alike
from tui.domain.shared.team_hour import TeamHour
from tui.domain.window import Spans, zone_info
from tui.locale.spoken import said
from tui.phone import country_named
from tui.settings.layers import DAYS, LOCAL
from tui.settings.listed import Member
from tui.yamlfile.fields import DURATION_HELP, parse_duration
from tui.yamlfile.problem import did_you_mean

_SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})")
_SHARE = re.compile(r"(\d{1,3}) ?%")
_SECONDS = re.compile(r"(\d{1,2}) ?(?:s|seconds?)?")
_PLACEHOLDER = re.compile(r"\{(?:e164|digits|national)\}")
_MIDNIGHT = 24 * 60
_NEAR = frozenset({"AU", "CA", "DE", "ES", "FR", "GB", "IE", "IT", "US"})
"""Countries that are known without reading the tables of all of them."""
_LONGEST = timedelta(days=5 * 365)
_HOUR = timedelta(hours=1)


class WrongValueError(ValueError):
    """A value that has the right shape and still cannot be used: code, message, what to write, and which item it is."""

    def __init__(self, code: str, message: str, advice: str = "", item: int | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.advice, self.item = code, message, advice, item


Read = Callable[[Any], Any]
"""From a value of the right shape to what the program uses. Raises `WrongValueError`."""
Stricter = Callable[[Any, Any], bool]
"""Whether the second value, a rep's, is as strict as the first, the team's, or stricter."""


def _unclear(key: str, text: str) -> str:
    return said("`{value}` is not understood", value=f"{key}: {text}")


def hours(text: str) -> Spans:
    """`09:00-12:30, 14:00-18:00` in minutes of the day, in order; `closed` gives none."""
    if text.strip().casefold() == "closed":
        return ()
    spans = tuple(sorted(_span(part, text) for part in text.split(",")))
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        raise _bad_hours(said("the parts of `{text}` overlap", text=text))
    return spans


def _span(part: str, whole: str) -> tuple[int, int]:
    found = _SPAN.fullmatch(part.strip())
    if not found:
        raise _bad_hours(said("the hours `{text}` are not understood", text=whole))
    opens, closes = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
    if max(int(found[2]), int(found[4])) > 59 or closes > _MIDNIGHT:
        raise _bad_hours(said("there is no such time in `{text}`", text=whole))
    if opens >= closes:
        raise _bad_hours(said("`{text}` ends before it begins", text=part.strip()))
    return opens, closes


def _bad_hours(message: str) -> WrongValueError:
    return WrongValueError(
        "PH928", message, said("write  09:00-18:00,  09:00-12:30, 14:00-18:00  or  closed")
    )


def zone(text: str) -> str:
    """An IANA zone, or `local`."""
    name = text.strip()
    if name == LOCAL or (("/" in name or name == "UTC") and zone_info(name) is not None):
        return name
    from zoneinfo import available_timezones  # reads a whole folder, so only for a mistake

    cities = [zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")]
    advice = did_you_mean(name, cities) or said("write  Region/City, such as Europe/London, or  local")
    raise WrongValueError("PH929", said("there is no time zone `{name}`", name=name), advice)


def language(code: str) -> str:
    """A language code; `en-UK` is what people write for `en-GB`."""
    return code.replace("-UK", "-GB")


def share(text: str) -> float:
    """`25%` as 0.25."""
    found = _SHARE.fullmatch(text.strip())
    if not found or int(found[1]) > 100:
        raise WrongValueError(
            "PH927", said("`{text}` is not a share", text=text), said("write a percentage such as 25%")
        )
    return int(found[1]) / 100


def advance(text: str) -> float | None:
    """Seconds (1 to 60), or None for `off`."""
    if text.strip().casefold() in ("off", "no", "false"):
        return None
    found = _SECONDS.fullmatch(text.strip())
    if not found or not 1 <= int(found[1]) <= 60:
        raise WrongValueError(
            "PH927", _unclear("advance_after", text), said("write  off, or seconds from 1 to 60")
        )
    return float(found[1])


_TOGETHER = r"(?i)(\d{1,2})[:.](\d{2})\s+([a-z]+(?:\s*[-,]\s*[a-z]+)*)\s+(\d{1,3}) ?(m|min|minutes|h|hours?)"
"""Few teams call together: it is compiled when one says so."""
_TOGETHER_MINUTES = range(5, 241)


def team_hour(text: str) -> TeamHour | None:
    """When the team calls together: `10:00 mon-fri 60m`; None for `off`."""
    if text.strip().casefold() in ("off", "no", "false"):
        return None
    found = re.fullmatch(_TOGETHER, text.strip())
    if not found:
        raise _bad_team_hour(_unclear("team_hour", text))
    days = frozenset(day for part in found[3].casefold().split(",") for day in _days(part.strip(), text))
    opens = int(found[1]) * 60 + int(found[2])
    minutes = int(found[4]) * (60 if found[5].casefold().startswith("h") else 1)
    if minutes not in _TOGETHER_MINUTES:
        raise _bad_team_hour(
            said("`{text}` is no length for it: 5 minutes to 4 hours are", text=found[4] + found[5])
        )
    if int(found[2]) > 59 or opens + minutes > _MIDNIGHT:
        raise _bad_team_hour(said("`{text}` does not lie in one day", text=f"team_hour: {text}"))
    return TeamHour(opens, days, minutes)


def _days(part: str, text: str) -> Iterator[int]:
    first, _, last = (name.strip() for name in part.partition("-"))
    names = (first, last or first)
    if unknown := next((name for name in names if name not in DAYS), ""):
        raise _bad_team_hour(said("there is no day `{day}` in `{text}`", day=unknown, text=text))
    start, end = map(DAYS.index, names)
    return ((start + step) % 7 for step in range((end - start) % 7 + 1))


def _bad_team_hour(message: str) -> WrongValueError:
    return WrongValueError(
        "PH927", message, said("write  off, or a time, days and a length: 10:00 mon-fri 60m")
    )


def kept(text: str) -> timedelta | None:
    """How long notes are kept, at least a day; None for `always`."""
    return _kept(text, "keep_notes", timedelta(days=1), "2 years")


def kept_people(text: str) -> timedelta | None:
    """How long people are kept whom nobody contacts, at least 30 days; None for `always`."""
    return _kept(text, "keep_people", timedelta(days=30), "24 months")


def _kept(text: str, key: str, least: timedelta, example: str) -> timedelta | None:
    if text.strip().casefold() == "always":
        return None
    length = parse_duration(text)
    if length is None or length < least:
        raise WrongValueError(
            "PH927", _unclear(key, text), said("write  always, or a time such as {example}", example=example)
        )
    return length


def shorter(team: timedelta | None, mine: timedelta | None) -> bool:
    """Nothing is kept for longer than the team keeps it; None is for ever."""
    return team is None or (mine is not None and mine <= team)


def after(text: str) -> str:
    """When to call again after an outcome, as it was written: between an hour and five years."""
    length = parse_duration(text)
    if length is None:
        raise WrongValueError("PH924", _unclear("next", text), said("write {what}", what=said(DURATION_HELP)))
    wait(length)
    return text.strip()


def wait(length: timedelta) -> timedelta:
    """A wait of our pacing: between an hour and five years."""
    if not _HOUR <= length <= _LONGEST:
        raise WrongValueError(
            "PH927", said("this wait is out of reason"), said("write between 1h and 5 years")
        )
    return length


def saving(length: timedelta) -> float:
    """Seconds between two saves of what is being typed, 1 to 60."""
    if not 1 <= length.total_seconds() <= 60:
        raise WrongValueError(
            "PH927", said("autosave must be between 1s and 60s"), said("the built-in value is 2s")
        )
    return length.total_seconds()


def folder(text: str) -> str:
    """A folder inside the team folder."""
    name = text.strip()
    ways = (PurePosixPath(name), PureWindowsPath(name))
    if name.startswith("~") or any(way.anchor or way.is_absolute() or ".." in way.parts for way in ways):
        raise WrongValueError(
            "PH914", f"`folder: {name}` leaves the team folder", "use a folder beside config.yaml"
        )
    return name


def command(words: tuple[str, ...]) -> tuple[str, ...]:
    """A dial command: a program, and the number somewhere behind it."""
    example = 'write  command: [program, argument, "{e164}"]'
    if not words:
        raise WrongValueError("PH917", "`command` is empty", example)
    if not any(_PLACEHOLDER.search(word) for word in words[1:]):
        raise WrongValueError(
            "PH917",
            "every person would get the same call: {e164}, {digits} or {national} is missing",
            example,
        )
    return words


def countries(names: tuple[str, ...]) -> tuple[str, ...]:
    """Countries as two letters, however they are written: `UK`, `gb`, `Italy`."""
    found = tuple(_country(name) for name in names)
    if "" in found:
        item = found.index("")
        raise WrongValueError(
            "PH106",
            said("there is no country `{name}`", name=names[item]),
            said("use two capital letters such as GB, IT or US"),
            item,
        )
    return tuple(dict.fromkeys(found))


def packs(names: tuple[str, ...]) -> tuple[str, ...]:
    """Law packs: `all`, countries, and countries with a `-` in front. One that is none stays as it is written."""
    return tuple(map(_pack, names))


def _pack(name: str) -> str:
    written = name.strip()
    off, word = ("-", written[1:].strip()) if written.startswith("-") else ("", written)
    return written.casefold() if written.casefold() == "all" else off + (_country(word) or word)


def _country(name: str) -> str:
    """Two letters; empty when no country is called so. `UK` is what people write for GB."""
    code = {"UK": "GB"}.get(name.strip().upper(), name.strip().upper())
    return code if code in _NEAR else country_named(name)


def at_least_one(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """A list that may not be empty; what is written twice counts once."""
    if not values:
        raise WrongValueError("PH927", said("at least one is needed"), said("write one, or delete the line"))
    return tuple(dict.fromkeys(values))


def members(people: tuple[Member, ...]) -> tuple[Member, ...]:
    """Who is on the team: nobody is called as somebody else is, for then an owner's name says nothing."""
    taken: dict[str, Member] = {}
    for one in people:
        for name in filter(None, (one.name, *one.aliases, one.email)):
            if taken.setdefault(called_alike(name), one) is not one:
                raise WrongValueError(
                    "PH927", f"two members are called `{name}`", "give each a name that no other has"
                )
    return people


def waits(lengths: tuple[timedelta, ...]) -> tuple[timedelta, ...]:
    """The gaps of our pacing: at least one."""
    if not lengths:
        raise WrongValueError("PH927", said("at least one gap is needed"), said("write  gaps: [1d, 2d, 3d]"))
    return tuple(wait(length) for length in lengths)


def is_on(text: str) -> bool:
    """Whether a switch says `on`."""
    return text == "on"


def lower_limit(team: int, mine: int) -> bool:
    """Caps, of which 0 means none."""
    return team == 0 or 0 < mine <= team


def longer_gaps(team: tuple[Any, ...], mine: tuple[Any, ...]) -> bool:
    """Every gap is as long; the last one of either repeats."""
    length = max(len(team), len(mine))
    return all(
        own >= shared for shared, own in zip(_stretched(team, length), _stretched(mine, length), strict=True)
    )


def _stretched(gaps: tuple[Any, ...], length: int) -> tuple[Any, ...]:
    return gaps + gaps[-1:] * (length - len(gaps))


def within(team: Spans, mine: Spans) -> bool:
    """Every part of the day lies inside one of the team's."""
    return all(any(opens <= a and b <= closes for opens, closes in team) for a, b in mine)


def more(team: Collection[Any], mine: Collection[Any]) -> bool:
    """Nothing of the team's is left out."""
    return set(mine) >= set(team)


def fewer(team: Collection[Any], mine: Collection[Any]) -> bool:
    """Nothing is added to what the team allows; an empty list allows everything."""
    return not team or (bool(mine) and set(mine) <= set(team))


def not_milder(*mildest_first: str) -> Stricter:
    """Words that are in this order."""
    return lambda team, mine: mildest_first.index(mine) >= mildest_first.index(team)


lower, higher = operator.ge, operator.le
"""For which a lower value is stricter, or a higher one: the team's comes first."""

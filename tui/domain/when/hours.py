"""Hours that need reckoning: `quarter to 4` is `3.45`, `2-4pm` is `14:00~16:00`, `after 2` ends with the day."""

from __future__ import annotations

import re
from datetime import time

from tui.domain.promise import PARTS
from tui.domain.when.words import any_month, any_unit, any_weekday

_UNTIL_NIGHT = (PARTS["afternoon"].ends, PARTS["evening"].ends)
"""`after 2` ends with the working day, `after 6` with the evening."""
OPENS = 9
"""`before 10` begins here."""

_TIME = r"(?:at |um |le |las? |delle |dalle ){0,3}(\d{1,2})(?:[:.]?([0-5]\d))?(?: ?(?:h|uhr|horas?)\b)?(?: ?(am|pm)\b)?"
_NO_DATE = rf"(?![\d#/:.~-])(?! ?(?:{any_month}|{any_unit})\b)"
_BETWEEN = "between|from|tra|fra|zwischen|von|entre|de|dalle|desde"
_AND = "and|to|e|und|bis|et|a|alle|y|till|until|hasta|fino alle"
_AFTER = "not before|non prima|nicht vor|pas avant|no antes|after|from|dopo|nach|ab|apres|a partir|despues|dalle|desde"
_BEFORE = (
    "not after|no later than|before|until|till|by|prima|entro|fino|spatestens|bis|vor|avant|jusqu|antes|hasta"
)
_TO, _MINUS = "to|before|vor", "meno|moins|menos"

_UNSURE = r"(?!^\d{1,2} ?- ?(?:0?\d|1[0-2])$)(?!(?:5|10|20|25) to \d{1,2}\b(?! ?[ap]m))"
"""What has another reading is no range yet."""
_FROM_TO = re.compile(
    rf"(?<![\d/.:#-])(?:\b(?:{_BETWEEN}) {_TIME} ?(?:-|(?:{_AND})\b) ?{_TIME}"
    rf"|{_UNSURE}{_TIME} ?(?:-|(?:to|bis|till)\b) ?{_TIME}){_NO_DATE}"
)
_AFTER_IT = re.compile(rf"\b(?:{_AFTER})(?: (?:de|di|alle))? {_TIME}{_NO_DATE}")
_BEFORE_IT = re.compile(rf"\b(?:{_BEFORE})(?: (?:de|di|alle|a|um))? {_TIME}{_NO_DATE}")
_HALF_TO = re.compile(r"\bhalb (\d{1,2})\b")
_QUARTER_TO = re.compile(rf"\b(?:a )?(?:quarter (?:{_TO})|viertel vor|3 ?viertel|dreiviertel) (\d{{1,2}})\b")
_LESS = re.compile(
    rf"\b(?:alle |le |at |a las? |a ){{0,3}}(\d{{1,2}})(?: heures?)? (?:{_MINUS}) "
    r"(un quarto|le quart|cuarto|\d{1,2})\b"
)
_MINUTES_TO = re.compile(
    r"\b(\d{1,2}) (?:minutes? |minuten )?vor (\d{1,2})\b|\b(\d{1,2}) (?:minutes? )to (\d{1,2})\b"
)
_MINUTES_PAST = re.compile(r"\b(\d{1,2}) (?:minutes? |minuten )?(?:past|nach) (\d{1,2})\b")
MINUTES_OR_HOURS = re.compile(r"^(.*\b)?(5|10|20|25) to (\d{1,2})\b(?! ?[ap]m)(.*)$")
"""`10 to 3` is ten minutes before three, or five hours."""


def before_the_hour(hour: int, minutes: int) -> str:
    """So many minutes before an hour, as `3.45`."""
    return f"{(hour - 1) % 24 or 12}.{60 - minutes:02}"


def reckoned(phrase: str) -> str:
    """The phrase with its hours in figures."""
    phrase = _HALF_TO.sub(lambda m: f"at {before_the_hour(int(m[1]), 30)}", phrase)
    phrase = _QUARTER_TO.sub(lambda m: f"at {before_the_hour(int(m[1]), 15)}", phrase)
    phrase = _LESS.sub(_less, phrase)
    phrase = _MINUTES_TO.sub(_minutes_to, phrase)
    return _MINUTES_PAST.sub(lambda m: f"at {int(m[2])}.{int(m[1]) % 60:02}", phrase)


def spanned(phrase: str) -> str:
    """The phrase with every time from one hour to another as one word: `14:00~16:00`."""
    phrase = _FROM_TO.sub(_from_to, phrase)
    phrase = _AFTER_IT.sub(_after, phrase)
    return _BEFORE_IT.sub(_before, phrase)


def _less(match: re.Match[str]) -> str:
    minutes = int(match[2]) if match[2].isdecimal() else 15
    return f"at {before_the_hour(int(match[1]), minutes)}" if 0 < minutes < 60 else match[0]


def _minutes_to(match: re.Match[str]) -> str:
    minutes, hour = int(match[1] or match[3]), int(match[2] or match[4])
    return f"at {before_the_hour(hour, minutes)}" if 0 < minutes < 60 else match[0]


def _from_to(match: re.Match[str]) -> str:
    first, second = (
        match.group(*places) for places in (((1, 2, 3), (4, 5, 6)) if match[1] else ((7, 8, 9), (10, 11, 12)))
    )
    ends = _minutes(*second)
    half = first[2] or (second[2] if _twelve(first) <= _twelve(second) else None)
    begins = _minutes(first[0], first[1], half if half or not second[2] else "am")
    if begins is None or ends is None:
        return match[0]
    if ends <= begins and not second[2] and ends < 12 * 60:
        ends += 12 * 60
    return _word(begins, ends) if begins < ends else match[0]


def _twelve(read: tuple[str | None, ...]) -> int:
    return int(read[0] or 0) % 12 * 60 + int(read[1] or 0)


def _after(match: re.Match[str]) -> str:
    begins = _minutes(match[1], match[2], match[3])
    ends = next((hour * 60 for hour in _UNTIL_NIGHT if begins is not None and begins < hour * 60 - 60), None)
    return match[0] if begins is None or ends is None else _word(begins, ends)


def _before(match: re.Match[str]) -> str:
    ends = _minutes(match[1], match[2], match[3])
    return match[0] if not ends else _word(OPENS * 60 if ends > OPENS * 60 else max(ends - 60, 0), ends)


def _minutes(hour: str | None, minute: str | None, half: str | None) -> int | None:
    """Minutes since midnight of an hour as a rep means it; None when there is no such hour."""
    if hour is None or (half and not 1 <= int(hour) <= 12) or int(hour) > 23:
        return None
    whole = int(hour)
    if half:
        whole = whole % 12 + (12 if half == "pm" else 0)
    elif whole < 8 and not (len(hour) == 2 and hour[0] == "0"):
        whole += 12
    return whole * 60 + int(minute or 0)


def _word(begins: int, ends: int) -> str:
    return f"{time(begins // 60, begins % 60):%H:%M}~{time(ends // 60, ends % 60):%H:%M}"


_A_DAY = rf"(?=#|(?:{any_weekday})\b|\d{{1,2}} (?:{any_month})\b|(?:{any_month}) \d)"
BESIDE_A_DAY = (
    (
        re.compile(rf"\b(?:after|dopo|nach|apres|despues)(?: (?:the|il|dem|le|el|del|de)){{0,3}} {_A_DAY}"),
        "afterday ",
    ),
    (
        re.compile(rf"\b(?:before|prima|vor|avant|antes)(?: (?:the|di|del|dem|le|el|de)){{0,3}} {_A_DAY}"),
        "beforeday ",
    ),
)
"""`after friday`: the next working day; `before friday`: the last one."""
_HOURS_AND_MINUTES = re.compile(
    r"\b(?:(in|dans|fra|tra|en|dentro de) )?(\d{1,2}) ?(?:h|std|hrs?|hours?) ?(?:and |e )?"
    r"(\d\d) ?(m|min|mins|minutes)?\b"
)


def in_minutes(phrase: str) -> str:
    """`in 2h30` as `in 150 min`; without a word for it `2h30` may be a clock."""

    def minutes(match: re.Match[str]) -> str:
        sure = match[1] or match[4]
        return f"in {int(match[2]) * 60 + int(match[3])} min" if sure else match[0]

    return _HOURS_AND_MINUTES.sub(minutes, phrase)

"""The hours at which somebody is there, as people write them beside a number: their digits are none of it."""

from __future__ import annotations

import re

_HOUR = r"(?<![\d+:./\-])\d{1,2}(?:[:.]\d\d)?"
_MARK = r"\s?(?:h\d\d|[ap]\.?\s?m\b\.?|(?:uhr|hrs?|h|hours?|horas?|heures?|ore|o['\u2019]?clock)\b)(?![\w+])"
_TO = r"\s?(?:-|\u2013|to|until|till|bis|a|alle|\u00e0|y|and|und|e|et)\s?"
_END = r"\d{1,2}(?:[:.]\d\d)?"
_CLOCK = r"(?:(?:[01]\d|2[0-4])[0-5]\d(?=\s*:?\s*[0+(])|(?:[01]?\d|2[0-4])(?:[:.h][0-5]\d)?)"
"""`1730` may be an area code too: an hour only in front of what begins like a number."""
_WHEN = (
    r"until|till|til|before|after|from|by|around|about|at|bis|ab|vor|nach|gegen|um|von"
    r"|dopo(?: le)?|prima(?: delle)?|fino(?: alle)?|dalle|alle|entro(?: le)?|verso(?: le)?"
    r"|apr\u00e8s|avant|jusqu['\u2019]\u00e0|d\u00e8s|\u00e0 partir de|\u00e0|vers"
    r"|despu\u00e9s de(?: las?)?|antes de(?: las?)?|hasta(?: las?)?|desde(?: las?)?|a las?"
)
_BEHIND_WORD = rf"(?<![^\W\d_])(?:{_WHEN})\s{_CLOCK}(?:{_TO}{_CLOCK})?(?=\s*:?\s|[,;)\]]|$)"
_SAID_WHEN = re.compile(_BEHIND_WORD, re.IGNORECASE)
_HOURS = re.compile(
    rf"{_BEHIND_WORD}|"
    rf"{_HOUR}(?:{_MARK})?{_TO}{_END}{_MARK}|{_HOUR}{_MARK}"
    r"|(?<![\d+:./\-])\d{1,2}\.\d\d\s?[-\u2013]\s?\d{1,2}\.\d\d(?![\d:./\-])"
    r"|(?<![\d+:./\-])\d{1,2}:\d\d(?:\s?[-\u2013]\s?\d{1,2}:\d\d)?(?![\d:./\-])"
    r"|(?<![\d+:./\-])24\s?/\s?7(?![\d:./\-])"
    # Two figures alone may be the end of a number: only behind a word or a bracket, or in front of a colon.
    r"|(?:^|(?:(?<=[^\W\d_])|(?<=[)\]]))\s|(?<=[(\[]))\d{1,2}\s?[-\u2013]\s?\d{1,2}(?=\s*(?::|$|[)\]]))",
    re.IGNORECASE,
)
_NOTHING_IN = re.compile(r"[(\[]\s*[)\]]")


def without_hours(text: str) -> str:
    """The text without hours: `6pm`, `18:00`, `9 bis 17 Uhr`, `24/7`; as it is when it names none."""
    left, found = _HOURS.subn(" ", text)
    return _NOTHING_IN.sub(" ", left).strip(" :;,") if found else text


def says_when(text: str) -> bool:
    """Whether a figure stands behind a word that makes it an hour: `until 17.30`, `ab 18`."""
    return bool(_SAID_WHEN.search(text))

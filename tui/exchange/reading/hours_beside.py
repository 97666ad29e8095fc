"""The hours at which somebody is there, as people write them beside a number: their digits are none of it."""

from __future__ import annotations

import re

_HOUR = r"(?<![\d+:./\-])\d{1,2}(?:[:.]\d\d)?"
_MARK = r"\s?(?:h\d\d|[ap]\.?\s?m\b\.?|(?:uhr|hrs?|h|hours?|horas?|heures?|ore|o['\u2019]?clock)\b)(?![\w+])"
_TO = r"\s?(?:-|\u2013|to|until|till|bis|a|alle|\u00e0|y|and|und|e|et)\s?"
_END = r"\d{1,2}(?:[:.]\d\d)?"
_HOURS = re.compile(
    rf"{_HOUR}(?:{_MARK})?{_TO}{_END}{_MARK}|{_HOUR}{_MARK}"
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

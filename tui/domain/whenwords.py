"""The words of the call-back grammar, English and Italian, without accents."""

from __future__ import annotations

from tui.domain.promise import PARTS as PARTS_OF_DAY
from tui.domain.promise import Part


def _table(*rows: tuple[int, str]) -> dict[str, int]:
    return {word: value for value, words in rows for word in words.split()}


WEEKDAYS = _table(
    (0, "mon monday lun lunedi"),
    (1, "tue tues tuesday mar martedi"),
    (2, "wed weds wednesday mer mercoledi"),
    (3, "thu thur thurs thursday gio giovedi"),
    (4, "fri friday ven venerdi"),
    (5, "sat saturday sab sabato"),
    (6, "sun sunday dom domenica"),
)
"""Word to weekday, Monday is 0."""
MONTHS = _table(
    (1, "jan january gen gennaio"),
    (2, "feb february febbraio"),
    (3, "mar march marzo"),
    (4, "apr april aprile"),
    (5, "may mag maggio"),
    (6, "jun june giu giugno"),
    (7, "jul july lug luglio"),
    (8, "aug august ago agosto"),
    (9, "sep sept september set settembre"),
    (10, "oct october ott ottobre"),
    (11, "nov november novembre"),
    (12, "dec december dic dicembre"),
)
COUNTS = _table(
    (1, "a an one un una uno"),
    (2, "two due"),
    (3, "three tre"),
    (4, "four quattro"),
    (5, "five cinque"),
    (6, "six sei"),
    (7, "seven sette"),
    (8, "eight otto"),
    (9, "nine nove"),
    (10, "ten dieci"),
)
MINUTE_WORDS = frozenset(["min", "mins", "minute", "minutes", "minuto", "minuti"])
HOUR_WORDS = frozenset(["hr", "hrs", "hour", "hours", "ora", "ore"])
DAY_WORDS = frozenset(["d", "day", "days", "g", "giorno", "giorni", "gg"])
WEEK_WORDS = frozenset(["w", "wk", "week", "weeks", "settimana", "settimane", "sett"])
MONTH_WORDS = frozenset(["mo", "month", "months", "mese", "mesi"])
RELATIVE_DAYS = _table((0, "today oggi"), (1, "tomorrow tmrw tom tomo domani"), (2, "dopodomani"))
_MORNING, _AFTERNOON, _EVENING = (PARTS_OF_DAY[name] for name in ("morning", "afternoon", "evening"))
PARTS: dict[str, Part] = {
    "morning": _MORNING,
    "mattina": _MORNING,
    "afternoon": _AFTERNOON,
    "pomeriggio": _AFTERNOON,
    "lunch": _AFTERNOON,
    "evening": _EVENING,
    "sera": _EVENING,
}
"""Words for a part of the day; after lunch is the afternoon."""
NOON = frozenset({"noon", "midday", "mezzogiorno"})
BEFORE_A_TIME = frozenset({"at", "alle", "all", "ore", "@"})
"""A number behind one of these is an hour."""
IGNORED = frozenset({"on", "the", "il", "la", ",", "-", "nel", "di", "of"})
AHEAD = frozenset({"in", "fra", "tra", "+"})
"""A span of time must follow."""

REWRITES: tuple[tuple[str, str], ...] = (
    (r"(?<=[a-z])[.!?]+$", ""),
    (r"\b([ap])\.m\b\.?", r"\1m"),
    (r"\b(?:at )?(\d{1,2}) ?o'clock\b", r"at \1"),
    (r"(\d)\s*-?ish\b", r"\1"),
    (r"\bun'", "un "),
    (r"'", " "),
    (r"\bdopo ?domani\b", "dopodomani"),
    (r"\b(half an hour|mezz ?ora)\b", "30 min"),
    (r"\b(?:(?:la )?(?:settimana prossima|prossima settimana)|next week)\b", "nextweek"),
    (r"\b(?:(?:il )?(?:mese prossimo|prossimo mese)|next month)\b", "nextmonth"),
    (r"\b(?:(?:the )?end of (?:the )?month|fine (?:del )?mese)\b", "endofmonth"),
    (r"\b(?:after lunch|dopo pranzo)\b", "lunch"),
    (r"\bstasera\b|\btonight\b", "today evening"),
    (r"\bstamattina\b", "today morning"),
    (r"\bthis (?=morning|afternoon|evening)\b", "today "),
    (r"\b(\d{1,2}) ?h ?(\d\d)\b", r"\1:\2"),
    (r"\b(\d{1,2}) e (\d\d)\b", r"\1:\2"),
)
"""Fixed turns of speech, each rewritten before the words are read one by one."""

"""What the screens speak: English, unless another language was set at the start.

A sentence is looked up by its English template, where it is filled. The command line and the checker set no language,
so the same sentences are English there, and an English start reads nothing and looks nothing up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from string import Formatter
from typing import Any, Protocol


class Written(Protocol):
    """How a language writes days, times and numbers."""

    def time_of_day(self, wall: time | datetime) -> str:
        """`15:01`, `3:01 PM`."""

    def short_date(self, day: date, *, year: bool) -> str:
        """`ven 27 nov`."""

    def full_date(self, day: date, *, year: bool) -> str:
        """`venerdì 27 novembre`."""

    def plain_date(self, day: date) -> str:
        """`27 novembre 2026`."""

    def weekday(self, day: date, *, short: bool) -> str:
        """`ven`, `venerdì`."""

    def number(self, count: float) -> str:
        """`12.345`, `1,4`."""

    def percent(self, share: float) -> str:
        """`45%`, in German `45 %`."""

    def listed(self, words: Sequence[str]) -> str:
        """`A, B e C`."""

    @property
    def first_weekday(self) -> int:
        """The day a week begins with: 0 for Monday, 6 for Sunday."""

    def language(self, code: str) -> str:
        """`inglese` for `en`; empty where it has no name for it."""

    def city(self, zone: str) -> str:
        """`Londra` for `Europe/London`; empty where it is called as in English."""

    def country(self, code: str) -> str:
        """`Italia` for `IT`; the code itself where the language has no name for it."""

    def country_called(self, english: str) -> str:
        """`Italia` for `Italy`; what is no country comes back as it is."""


class Language:
    """A catalogue and the way of writing that goes with it."""

    __slots__ = ("code", "first_weekday", "look_up", "place", "written")

    def __init__(
        self,
        code: str,
        look_up: Callable[[str], str],
        place: Callable[[int], int],
        written: Written | None,
        first_weekday: int | None = None,
    ) -> None:
        """`first_weekday`: where it is another than that of the way of writing; 0 for Monday, 6 for Sunday."""
        self.code = code
        """`it`, `en_US`."""
        self.look_up = look_up
        """From the English template to that of the language; an unknown one comes back as it is."""
        self.place = place
        """Which of its plural forms a number takes."""
        self.written = written
        """None: as English is written here."""
        own = written.first_weekday if written else 0
        self.first_weekday = own if first_weekday is None else first_weekday


def _as_it_is(english: str) -> str:
    return english


BETWEEN = "\x04"
"""What a catalogue writes between a context and a text."""
ENGLISH = Language("en", _as_it_is, lambda count: int(count != 1), None)
_now = ENGLISH


def english(weeks_of: Language) -> Language:
    """What the command line speaks, with weeks that begin as on the screens: a figure is the same in both."""
    return Language(ENGLISH.code, ENGLISH.look_up, ENGLISH.place, None, weeks_of.first_weekday)


def speak(language: Language) -> None:
    """All sentences from now on are in this language."""
    global _now
    _now = language


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak it for a while."""
    before = _now
    speak(language)
    try:
        yield
    finally:
        speak(before)


def code() -> str:
    """The language that is spoken: `en`, `it`."""
    return _now.code


def written() -> Written | None:
    """How days, times and numbers are written; None: as English is written here."""
    return _now.written


def translated(english: str, context: str = "") -> str:
    """A sentence, a label or a template in the language of the screens; what has no translation stays English.

    `context` tells words apart that are written alike in English: the key End, and the end of a script.
    """
    if not english:
        return ""
    if not context:
        return _now.look_up(english)
    known = f"{context}{BETWEEN}{english}"
    found = _now.look_up(known)
    return english if found is known else found


REASONS = (
    "No such file or directory",
    "Permission denied",
    "Operation not permitted",
    "Read-only file system",
    "Input/output error",
    "No space left on device",
    "Is a directory",
    "Not a directory",
    "File exists",
    "Device or resource busy",
    "Too many open files",
    "Connection refused",
    "Connection timed out",
    "Network is unreachable",
    "No route to host",
    "it does not answer",
    "it has no possible name",
    "it is a folder",
    "it is no ordinary file",
)
"""What the system says of a file, and `system/readfile`; the rest stands as the system has it."""


def reason_of(error: OSError) -> str:
    """The system's word for an error; empty where it has none."""
    return translated(error.strerror or "")


def all_translated(english: Iterable[str]) -> tuple[str, ...]:
    """Several of them."""
    return tuple(map(translated, english))


def choices(english: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Keys with what each says: the words are translated, the keys stay."""
    return tuple((key, translated(words)) for key, words in english)


def number(count: int) -> str:
    """`12,345`."""
    return _now.written.number(count) if _now.written else f"{count:,}"


def decimal(value: float) -> str:
    """A number with one decimal, where it has any: `1.4`, `2`."""
    rounded = round(value, 1)
    return _now.written.number(rounded) if _now.written else f"{rounded:.1f}".removesuffix(".0")


def percent(share: float) -> str:
    """A share of 1: `45%`."""
    return _now.written.percent(share) if _now.written else f"{share:.0%}"


def listed(words: Sequence[str]) -> str:
    """Several in one sentence: `A`, `A and B`, `A, B and C`."""
    if len(words) < 2:
        return "".join(words)
    return _now.written.listed(words) if _now.written else f"{', '.join(words[:-1])} and {words[-1]}"


def language_called(code: str, english: str) -> str:
    """What a language is called, `en` for one; `english` is its name in English."""
    return (_now.written.language(code) if _now.written else "") or english


def first_weekday() -> int:
    """The day a week begins with: 0 for Monday, 6 for Sunday."""
    return _now.first_weekday


def country(code: str) -> str:
    """A country by its two letters: `Italy`."""
    if _now.written:
        return _now.written.country(code)
    from tui.locale.written import english_country  # Babel, which an English start does not read

    return english_country(code)


def country_called(english: str) -> str:
    """A country by its English name: `Italia` for `Italy`. What is none, as `Florida`, comes back as it is."""
    return _now.written.country_called(english) if _now.written else english


def time_of_day(wall: time | datetime) -> str:
    """`15:01`."""
    return _now.written.time_of_day(wall) if _now.written else f"{wall.hour:02}:{wall.minute:02}"


def counted(count: int, forms: Sequence[str]) -> str:
    """A number with the form of its noun: `1 person`, `12,345 people`. As many forms as the language has."""
    return f"{number(count)} {forms[min(_now.place(count), len(forms) - 1)]}"


class Filled(Formatter):
    """Puts values into a template: `{people:person|people}` is a number with its noun."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """The value as its field asks for it; else as Python's `format` has it."""
        if "|" in format_spec:
            return counted(value, format_spec.split("|"))
        if format_spec == ",":
            return number(value)
        if format_spec == ".0%":
            return percent(value)
        return format(value, format_spec)


class Said(str):
    """A sentence in English that remembers what it was made of, to be said in another language later.

    For what is found before the language is known, and compared and printed in English, as what is wrong in a file.
    """

    template: str
    values: Mapping[str, Any]


def said(template: str, **values: Any) -> Said:
    """The English sentence of a template; `in_their_words` says it in the language of the screens."""
    made = Said(template.format(**values))
    made.template, made.values = template, values
    return made


def in_their_words(text: str) -> str:
    """A text in the language of the screens, where `said` made it; any other comes back as it is."""
    if not isinstance(text, Said):
        return text
    values = text.values.items()
    return filled(
        text.template, {name: in_their_words(one) if isinstance(one, str) else one for name, one in values}
    )


def filled(english: str, values: Mapping[str, Any]) -> str:
    """A template, translated, with its values. Raises `KeyError` where one is missing."""
    return Filled().vformat(translated(english), (), values)

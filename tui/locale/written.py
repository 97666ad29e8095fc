"""Days, times, numbers and countries as a language writes them, from Babel, which an English start does not read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cached_property

from babel import Locale, dates, lists, numbers

_WEEKDAY = re.compile("[Ec]+")


class WrittenBy:
    """The way of writing of one locale."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale

    def time_of_day(self, wall: time | datetime) -> str:
        """`15:01`, `3:01 PM`."""
        at = time(wall.hour, wall.minute)
        return _plain(dates.format_time(at, "short", locale=self._locale))

    def short_date(self, day: date, *, year: bool) -> str:
        """`ven 27 nov`."""
        return self._put(day, self._short[year])

    def full_date(self, day: date, *, year: bool) -> str:
        """`venerdì 27 novembre`."""
        return self._put(day, self._full[year])

    def plain_date(self, day: date) -> str:
        """`27 novembre 2026`."""
        return self._put(day, self._plain_pattern)

    def weekday(self, day: date, *, short: bool) -> str:
        """`ven`, `venerdì`."""
        return self._put(day, "ccc" if short else "cccc")

    def number(self, count: float) -> str:
        """`12.345`, `1,4`."""
        return _plain(numbers.format_decimal(count, locale=self._locale))

    def percent(self, share: float) -> str:
        """`45%`, in German `45 %`."""
        return _plain(numbers.format_percent(share, locale=self._locale))

    def listed(self, words: Sequence[str]) -> str:
        """`A, B e C`."""
        return lists.format_list(words, locale=self._locale)

    @property
    def first_weekday(self) -> int:
        """The day a week begins with: 0 for Monday, 6 for Sunday."""
        return self._locale.first_week_day

    def language(self, code: str) -> str:
        """`inglese` for `en`; empty where the locale has no name for it."""
        return str(self._locale.languages.get(code, ""))

    def city(self, zone: str) -> str:
        """`Londra` for `Europe/London`; empty where the locale has no name of its own for it."""
        return str(self._locale.time_zones.get(zone, {}).get("city", ""))

    def country(self, code: str) -> str:
        """`Italia` for `IT`; the code itself where the locale has no name for it."""
        return str(self._locale.territories.get(code, code))

    def country_called(self, english: str) -> str:
        """`Italia` for `Italy`; what is no country comes back as it is."""
        code = next((code for code, name in Locale("en").territories.items() if name == english), "")
        return self.country(code) if code else english

    def _put(self, day: date, pattern: str) -> str:
        return _plain(dates.format_date(day, pattern, locale=self._locale))

    @cached_property
    def _short(self) -> tuple[str, str]:
        return self._pattern("MMMEd"), self._pattern("yMMMEd")

    @cached_property
    def _full(self) -> tuple[str, str]:
        without, with_year = self._pattern("MMMMEd"), self._pattern("yMMMEd")
        return _WEEKDAY.sub("EEEE", without), _WEEKDAY.sub("EEEE", with_year.replace("MMM", "MMMM"))

    @cached_property
    def _plain_pattern(self) -> str:
        return str(self._locale.date_formats["long"].pattern)

    def _pattern(self, skeleton: str) -> str:
        """How the locale orders these parts; as in ISO where its data do not say."""
        found = self._locale.datetime_skeletons.get(skeleton)
        return str(found.pattern) if found is not None else "E d MMM y" if "y" in skeleton else "E d MMM"


def _plain(words: str) -> str:
    """Narrow and hard spaces as plain ones: a terminal draws them in different ways."""
    return words.replace("\u202f", " ").replace("\u00a0", " ")


def english_country(code: str) -> str:
    """`Italy` for `IT`."""
    return WrittenBy(Locale("en")).country(code)

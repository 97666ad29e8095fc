"""Numbers: parsing, zones, which ones must never be dialled, and who is calling."""

from tui.phone.caller import CallerIndex, CallerMatch, MatchKind
from tui.phone.dialguard import Level, Verdict, guard
from tui.phone.number import Normal, Parsed, is_e164, normalise, parse, shown
from tui.phone.problem_words import problem_words
from tui.phone.zone import country, local_times, region_for_zone, zones

__all__ = [
    "CallerIndex",
    "CallerMatch",
    "Level",
    "MatchKind",
    "Normal",
    "Parsed",
    "Verdict",
    "country",
    "guard",
    "is_e164",
    "local_times",
    "normalise",
    "parse",
    "problem_words",
    "region_for_zone",
    "shown",
    "zones",
]

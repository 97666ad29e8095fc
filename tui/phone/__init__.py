"""Numbers: parsing, zones, which ones must never be dialled, and who is calling."""

from tui.phone.caller import CallerIndex, CallerMatch, MatchKind
from tui.phone.countries import country_named, country_said, says_no_country
from tui.phone.dialguard import GuardLevel, GuardVerdict, guard, never_dialled
from tui.phone.e164 import NEEDS_COUNTRY, is_e164
from tui.phone.number import Normal, Parsed, normalise, parse, shown
from tui.phone.problem_words import PROBLEM_WORDS
from tui.phone.zone import country, local_times, region_for_zone, zones

__all__ = [
    "NEEDS_COUNTRY",
    "PROBLEM_WORDS",
    "CallerIndex",
    "CallerMatch",
    "GuardLevel",
    "GuardVerdict",
    "MatchKind",
    "Normal",
    "Parsed",
    "country",
    "country_named",
    "country_said",
    "guard",
    "is_e164",
    "local_times",
    "never_dialled",
    "normalise",
    "parse",
    "region_for_zone",
    "says_no_country",
    "shown",
    "zones",
]

"""Where a person is by the state and the postcode of their record, in the countries that have several clocks.

A mobile from New York may be carried in California: the area code alone tells neither the clock nor the law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from msgspec import Struct

from tui.plaintext import fold

_EASTERN, _CENTRAL = "America/New_York", "America/Chicago"
_MOUNTAIN, _PACIFIC = "America/Denver", "America/Los_Angeles"
_State = tuple[str, tuple[str, ...]]
"""Its code, and its zones."""
_SHORT_ZONES = {"E": _EASTERN, "C": _CENTRAL, "M": _MOUNTAIN, "P": _PACIFIC}

_STATES = {
    "US": """
        AL Alabama C, AK Alaska America/Anchorage, AZ Arizona America/Phoenix, AR Arkansas C, CA California P,
        CO Colorado M, CT Connecticut E, DE Delaware E, DC District of Columbia E, FL Florida EC, GA Georgia E,
        HI Hawaii Pacific/Honolulu, ID Idaho MP, IL Illinois C, IN Indiana EC, IA Iowa C, KS Kansas CM,
        KY Kentucky EC, LA Louisiana C, ME Maine E, MD Maryland E, MA Massachusetts E, MI Michigan EC,
        MN Minnesota C, MS Mississippi C, MO Missouri C, MT Montana M, NE Nebraska CM, NV Nevada PM,
        NH New Hampshire E, NJ New Jersey E, NM New Mexico M, NY New York E, NC North Carolina E,
        ND North Dakota CM, OH Ohio E, OK Oklahoma C, OR Oregon PM, PA Pennsylvania E, RI Rhode Island E,
        SC South Carolina E, SD South Dakota CM, TN Tennessee EC, TX Texas CM, UT Utah M, VT Vermont E,
        VA Virginia E, WA Washington P, WV West Virginia E, WI Wisconsin C, WY Wyoming M,
        PR Puerto Rico America/Puerto_Rico, GU Guam Pacific/Guam, VI Virgin Islands America/St_Thomas""",
    "CA": """
        NL Newfoundland and Labrador America/St_Johns, NS Nova Scotia America/Halifax, NB New Brunswick
        America/Halifax, PE Prince Edward Island America/Halifax, QC Quebec America/Toronto, ON Ontario
        America/Toronto America/Winnipeg, MB Manitoba America/Winnipeg, SK Saskatchewan America/Regina, AB Alberta
        America/Edmonton, BC British Columbia America/Vancouver, YT Yukon America/Whitehorse, NT Northwest Territories
        America/Edmonton, NU Nunavut America/Iqaluit America/Winnipeg America/Edmonton""",
    "AU": """
        NSW New South Wales Australia/Sydney, ACT Australian Capital Territory Australia/Sydney, VIC Victoria
        Australia/Melbourne, QLD Queensland Australia/Brisbane, SA South Australia Australia/Adelaide, WA Western
        Australia Australia/Perth, TAS Tasmania Australia/Hobart, NT Northern Territory Australia/Darwin""",
}
"""Code, name and zones of each state; where two zones stand, which one is not known without the postcode."""
_POSTCODES = {
    "US": """
        005 NY, 006-007 PR, 008 VI, 009 PR, 010-027 MA, 028-029 RI, 030-038 NH, 039-049 ME, 050-054 VT, 055 MA,
        056-059 VT, 060-069 CT, 070-089 NJ, 100-149 NY, 150-196 PA, 197-199 DE, 200 DC, 201 VA, 202-205 DC, 206-219 MD,
        220-246 VA, 247-268 WV, 270-289 NC, 290-299 SC, 300-319 GA, 320-323 FL E, 324-325 FL EC, 326-339 FL E,
        341-349 FL E, 350-369 AL, 370-372 TN C, 373 TN EC, 374 TN E, 375 TN C, 376-379 TN E, 380-385 TN C, 386-397 MS,
        398-399 GA, 400-419 KY E, 420 KY C, 421-427 KY EC, 430-459 OH, 460-462 IN E, 463-464 IN C, 465-475 IN EC,
        476-477 IN C, 478-479 IN EC, 480-497 MI E, 498-499 MI EC, 500-528 IA, 530-549 WI, 550-567 MN, 570-577 SD,
        580-588 ND, 590-599 MT, 600-629 IL, 630-658 MO, 660-679 KS, 680-693 NE, 700-714 LA, 716-729 AR, 730-732 OK,
        733 TX C, 734-749 OK, 750-797 TX C, 798-799 TX M, 800-816 CO, 820-831 WY, 832-838 ID, 840-847 UT, 850-865 AZ,
        870-884 NM, 885 TX M, 889-897 NV P, 898 NV PM, 900-961 CA, 967-968 HI, 969 GU, 970-978 OR P, 979 OR PM,
        980-994 WA, 995-999 AK""",
    "CA": """
        A NL, B NS, C PE, E NB, G QC, H QC, J QC, K ON America/Toronto, L ON America/Toronto, M ON America/Toronto,
        N ON America/Toronto, P ON, R MB, S SK, T AB, V BC, X NT America/Edmonton America/Iqaluit America/Winnipeg,
        Y YT""",
    "AU": """
        02 ACT, 08 NT, 1 NSW, 2 NSW, 3 VIC, 4 QLD, 5 SA, 6 WA, 7 TAS, 8 VIC, 9 QLD""",
}
"""What the beginning of a postcode tells: the state, and the zone where the state has several."""
_SHAPES = {
    "US": r"(?P<code>\d{4,5})(?:[\s\-]?\d{4})?",
    "CA": r"(?P<code>[A-Z]\d[A-Z])\s*\d[A-Z]\d",
    "AU": r"(?P<code>\d{3,4})",
}
_LENGTHS = {"US": 5, "CA": 3, "AU": 4}
_STATE_HEADING = (
    r"(?:.* )?(?:state|province|prov|region|territory|(?:state|province) code|state (?:full )?name"
    r"|stato|provincia|bundesland|bundesstaat|kanton|etat|estado)"
)
_POSTCODE_HEADING = (
    r"(?:.* )?(?:zip|zipcode|zip code|zip postal code|zip or postal code|postal code|postalcode|postcode|post code|"
    r"postal|zip postcode|postal zip code|plz|postleitzahl|codice postale)|cap|cp"
)
_WHOSE = r"\b(billing|mailing|shipping|other|home|work|business|primary|contact|company)(?=state|prov|region|zip|post)"
"""What databases write in one word with it: `BILLINGSTATE`."""
_SAYS_NO_MORE = frozenset(
    (
        *("part", "abbreviation", "abbr", "iso", "5", "uff", "abitazione", "bureau", "domicile"),
        *("geschaftlich", "privat", "del", "trabajo", "particular"),
    )
)
"""Words behind it, in the exports of address books."""
_NO_WORD = r"[\W_]+"
_HUMP = r"(?<=[a-z])(?=[A-Z])"


class Place(Struct, frozen=True):
    """What a record says of where somebody is."""

    country: str = ""
    """Two letters; empty when nothing is known."""
    states: frozenset[str] = frozenset()
    """Codes of their country, such as `CA`; two when the state and the postcode contradict each other."""
    zones: tuple[str, ...] = ()
    """IANA zones they may be in, that of the state first; empty when nothing is known."""


NOWHERE = Place()
SEVERAL_CLOCKS = ("+1", "+61")
"""How numbers of these countries begin."""
_NEIGHBOURS = {"US": "CA", "CA": "US"}


def place_of(fields: Mapping[str, str], country: str) -> Place:
    """The place that the state and the postcode among a person's fields name, in this country (two letters)."""
    if country not in _STATES or not fields or not (saying := _saying_where(tuple(fields))):
        return NOWHERE
    state = postcode = ""
    for heading, kind in saying:
        if kind == "state":
            state = state or fields[heading]
        else:
            postcode = postcode or fields[heading]
    return _place(state, postcode, country) if state or postcode else NOWHERE


def home(fields: Mapping[str, str], country: str) -> Place:
    """The place in this country, else in the other country that shares its code: `BC` beside a number of New York."""
    place = place_of(fields, country)
    return place if place.states or country not in _NEIGHBOURS else place_of(fields, _NEIGHBOURS[country])


def zones_at(place: Place, zones: tuple[str, ...]) -> tuple[str, ...]:
    """The zones somebody may be in whose number says `zones`: those both say, else those of both, the place first."""
    both = tuple(zone for zone in zones if zone in place.zones)
    return both or tuple(dict.fromkeys((*place.zones, *zones)))


@lru_cache(maxsize=4_096)
def _saying_where(headings: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The headings that mean a state or a postcode, each with which: a whole file has one and the same few."""
    return tuple((heading, kind) for heading in headings if (kind := _kind(heading)))


@lru_cache(maxsize=4_096)
def _kind(heading: str) -> str:
    """Whether a heading means a state or a postcode, by its last words: `Address 1: State/Province`."""
    apart = re.sub(_NO_WORD, " ", fold(re.sub(_HUMP, " ", heading))).strip()
    said = re.sub(_WHOSE, r"\1 ", apart).replace("zip5", "zip").split()
    while said and said[-1] in _SAYS_NO_MORE:
        said.pop()
    words = " ".join(said)
    if re.fullmatch(_POSTCODE_HEADING, words):
        return "postcode"
    return "state" if re.fullmatch(_STATE_HEADING, words) and "country" not in words else ""


@lru_cache(maxsize=4_096)
def _place(state: str, postcode: str, country: str) -> Place:
    by_name = _states(country).get(_plain(state), ())
    by_code = _by_postcode(postcode, country)
    if by_name and by_code and by_name[0] == by_code[0]:
        return Place(country, frozenset({by_code[0]}), by_code[1])
    found = [one for one in (by_name, by_code) if one]
    zones = dict.fromkeys(zone for one in found for zone in one[1])
    return Place(country, frozenset(one[0] for one in found), tuple(zones)) if found else NOWHERE


def _plain(text: str) -> str:
    return re.sub(_NO_WORD, " ", text).strip().casefold()


@cache
def _states(country: str) -> dict[str, _State]:
    """Code and zones by code and by name, in small letters."""
    found: dict[str, _State] = {}
    for words in _rows(_STATES[country]):
        names = [word for word in words[1:] if not _is_zone(word)]
        zones = tuple(_zones(word for word in words[1:] if _is_zone(word)))
        found[words[0].lower()] = found[" ".join(names).lower()] = (words[0], zones)
    if country == "CA":
        found["qu\u00e9bec"] = found["quebec"]
        found["newfoundland"] = found["nf"] = found["nl"]
        found["pq"], found["pei"] = found["qc"], found["pe"]
    if country == "US":
        found["washington dc"] = found["d c"] = found["washington d c"] = found["dc"]
    return found


def _rows(table: str) -> Iterator[list[str]]:
    return (row.split() for row in table.split(","))


def _is_zone(word: str) -> bool:
    return "/" in word or set(word) <= set(_SHORT_ZONES)


def _zones(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        yield from (word,) if "/" in word else (_SHORT_ZONES[letter] for letter in word)


@cache
def _postcodes(country: str) -> dict[str, _State]:
    found: dict[str, _State] = {}
    for begin, state, *zones in _rows(_POSTCODES[country]):
        first, _, last = begin.partition("-")
        known = (state, tuple(_zones(zones)) or _states(country)[state.lower()][1])
        begins = [first] if not last else [f"{number:03d}" for number in range(int(first), int(last) + 1)]
        found |= dict.fromkeys(begins, known)
    return found


def _by_postcode(postcode: str, country: str) -> _State | tuple[()]:
    """Code and zones of the state of a postcode. A spreadsheet drops the zeros in front."""
    shape = re.fullmatch(_SHAPES[country], postcode.strip().upper().removesuffix(".0"))
    if not shape:
        return ()
    code = shape["code"].zfill(_LENGTHS[country])
    begins = (code[:length] for length in (3, 2, 1))
    return next((found for begin in begins if (found := _postcodes(country).get(begin))), ())

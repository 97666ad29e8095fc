"""The country that a word names: its code, its name in any language, an adjective, a short form.

The names are those of the library Babel, which are read when a word is none of the everyday ones below.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tui.plaintext import fold

_EVERYDAY = {
    "AE": "uae, emirates, emirati, emirati arabi, emirate",
    "AR": "argentinian, argentine, argentino, argentina",
    "AT": "a, austrian, austriaco, osterreichisch, autrichien, oesterreich, republic of austria",
    "AU": "australian, australiano, australien, aus, oz",
    "BE": "b, belgian, belga, belgisch, belge",
    "BR": "brazilian, brasiliano, brasilianisch, brasileno, bresilien",
    "CA": "canadian, canadese, kanadisch, canadiense, canadien",
    "CH": "swiss, svizzero, schweizer, suizo, suisse, swiss confederation, confoederatio helvetica, sui,"
    " confederation suisse, schweizerische eidgenossenschaft, confederazione svizzera, confederacion suiza",
    "CN": "prc, mainland china, peoples republic of china, chinese, cinese, chinesisch, chino, chinois",
    "CZ": "czech, czech republic, repubblica ceca, tschechische republik, republica checa, republique tcheque, ceco,"
    " tschechisch, ceca",
    "DE": "d, ger, german, tedesco, deutsch, aleman, allemand, federal republic of germany, brd, bundesrepublik,"
    " bundesrepublik deutschland, frg, west germany, western germany, east germany, gdr, ddr, westdeutschland,"
    " ostdeutschland, norddeutschland, suddeutschland, germania ovest, germania est, allemagne de l ouest,"
    " allemagne de l est, alemania occidental, alemania oriental",
    "DK": "danish, danese, danisch, danes, danois",
    "ES": "e, spanish, spagnolo, spanisch, espanol, espagnol, kingdom of spain",
    "FI": "finnish, finlandese, finnisch, finlandes, finlandais",
    "FR": "f, french, francese, franzosisch, frances, francais, french republic, republique francaise",
    "GB": "uk, gb, utd kingdom, great britain, gr britain, britain, england, scotland, wales, northern ireland, ulster,"
    " british, england and wales, english, scottish, welsh, united kingdom of great britain and northern ireland,"
    " gran bretagna, inghilterra,"
    " scozia, galles, irlanda del nord, britannico, inglese, grossbritannien, schottland, nordirland,"
    " britisch, englisch, gran bretana, inglaterra, escocia, gales, irlanda del norte, britanico, ingles,"
    " grande bretagne, angleterre, ecosse, pays de galles, irlande du nord, britannique, anglais, g b, brit",
    "GR": "greek, greco, griechisch, griego, grec, hellas, hellenic republic",
    "HK": "hong kong, hongkong",
    "HU": "hungarian, ungherese, ungarisch, hungaro, hongrois",
    "IE": "republic of ireland, eire, irish, roi, irlandese, irisch, irlandes, irlandais, southern ireland,"
    " ireland roi, irish republic",
    "IL": "israeli",
    "IN": "indian, indiano, indisch, indio, indien, bharat",
    "IT": "i, italian, italiano, italienisch, italien, repubblica italiana, italian republic,"
    " northern italy, southern italy, norditalien, suditalien, nord italia, sud italia",
    "JP": "japanese, giapponese, japanisch, japones, japonais",
    "KR": "south korea, korea, republic of korea, rok, corea, sudkorea, coree, s korea",
    "KP": "north korea, dprk",
    "LU": "luxembourgish, luxembourger",
    "MX": "mexican, messicano, mexikanisch, mexicano, mexicain",
    "NL": "holland, the netherlands, dutch, olanda, olandese, niederlandisch, hollandisch, holandes, hollande,"
    " neerlandais, paises bajos, pays bas",
    "NO": "norwegian, norvegese, norwegisch, noruego, norvegien",
    "NZ": "new zealander, kiwi, aotearoa",
    "PL": "polish, polacco, polnisch, polaco, polonais",
    "PT": "portuguese, portoghese, portugiesisch, portugues, portugais",
    "RO": "romanian, rumeno, rumanisch, rumano, roumain, rumania",
    "RU": "russian, russian federation, russo, russisch, ruso, russe, federazione russa, russische foderation",
    "SA": "ksa, saudi, kingdom of saudi arabia",
    "SE": "swedish, svedese, schwedisch, sueco, suedois",
    "SG": "singaporean, spore",
    "TR": "turkey, turkish, turco, turchia, turkei, turkisch, turquia, turquie, turc, turkiye",
    "TW": "taiwan roc, republic of china, republik china, repubblica di cina, republique de chine, republica de china",
    "UA": "ukrainian, ucraino, ukrainisch, ucraniano, ukrainien",
    "US": "usa, us, america, american, united states of america, the states, u s of a, us of america,"
    " estados unidos de america, eeuu, ee uu, eua, stati uniti d america,"
    " vereinigte staaten von amerika, etats unis d amerique,"
    " americano, statunitense, amerikanisch, amerika, estadounidense, americain, yankee",
    "CD": "democratic republic of the congo, dr congo, drc, congo kinshasa",
    "CG": "republic of the congo, congo brazzaville",
    "BG": "bulgarian",
    "CL": "chilean",
    "CO": "colombian",
    "CY": "cypriot",
    "EE": "estonian",
    "EG": "egyptian",
    "HR": "croatian",
    "ID": "indonesian",
    "IS": "icelandic",
    "LT": "lithuanian",
    "LV": "latvian",
    "MA": "moroccan",
    "MK": "macedonia, macedonian, fyrom",
    "MT": "maltese",
    "MY": "malaysian",
    "NG": "nigerian",
    "PE": "peruvian",
    "PH": "filipino, philippine",
    "PK": "pakistani",
    "PS": "palestine, palestinian",
    "RS": "serbian",
    "SI": "slovenian",
    "SK": "slovak, slovakian, slovacca, slowakisch",
    "TH": "thai",
    "VN": "vietnamese",
    "VA": "vatican, vatican city, holy see, vaticano, santa sede",
    "ZA": "south african, s africa, rsa, republic of south africa, sudafricano, sudafrikanisch, sud africain",
}
"""Words that no list of names has; the main spellings of other names come with them."""
_LANGUAGES = ("en", "it", "de", "fr", "es")
_NO_WORD = r"[\W_]+"
_LETTERS = r"[a-z]{2,3}"
_BRACKETED = r"(.*\S)\s*[(\[]([^()\[\]]+)[)\]]\s*"
_CALLING_CODE = r"(?:\+|00)\s*(\d{1,3})"
_STATE_AND_COUNTRY = r"[^,]+,\s*([^,]+)"
_NONE = frozenset(
    {"", "-", "--", "\u2013", "n/a", "n.a.", "none", "null", "nan", "unknown", "not set", "?", "."}
)
_BESIDE = r"\s*/\s*|\s+[-\u2013]\s+|(?<=^[A-Z]{2})-(?=\w{4})"
_SUBDIVISION = r"([A-Z]{2})-[A-Z\d]{1,3}"
_FORMS = """
    the republic rep of united islamic federal kingdom state plurinational bolivarian principality sar special
    republik konigreich furstentum der die des repubblica regno principato di d del della dei degli
    republique royaume principaute de du la les republica reino principado el los las
"""
_FORMS_OF_STATE = frozenset(_FORMS.split())
"""What official names say beside the name: `Korea, Republic of`, `Czech Rep.`"""
_LONGEST = 80


@lru_cache(maxsize=4_096)
def country_named(text: str) -> str:
    """Two-letter country for a code, name, adjective or short form in any language; empty when it is not known.

    A calling code (`+44`) names the main country that has it, `England, UK` what stands behind the comma, and
    `Germany (DE)` or `Schweiz/Suisse` what both say.
    """
    if says_no_country(text) or len(text) > _LONGEST:
        return ""
    if code := re.fullmatch(_CALLING_CODE, text.strip()):
        return _of_calling_code(int(code.group(1)))
    if found := _known(text):
        return found
    bracketed = re.fullmatch(_BRACKETED, text)
    if len(parts := bracketed.groups() if bracketed else re.split(_BESIDE, text.strip())) > 1:
        if whole := _known(" ".join(reversed(parts))):
            return whole
        known = {_known(part) for part in parts} - {""}
        return known.pop() if len(known) == 1 else ""
    if subdivision := re.fullmatch(_SUBDIVISION, text.strip().upper()):
        return _of_code(subdivision.group(1))
    behind = re.fullmatch(_STATE_AND_COUNTRY, text)
    if behind and (found := _known(" ".join(reversed(text.split(",")))) or _known(behind.group(1))):
        return found
    plain = " ".join(word for word in _words(text).split() if word not in _FORMS_OF_STATE)
    return _known(plain) or _inflected(plain)


def country_said(remark: str) -> str:
    """Two-letter country that the words beside a number name in a language of the product, else empty.

    Codes count in capitals only: `Ben`, `to` and `F` are no countries there.
    """
    text = remark.strip(" ()[]{}<>:;,.-/")
    if len(text) > _LONGEST_WORD or not any(map(str.isalpha, text)) or any(map(str.isdigit, text)):
        return ""
    word = _words(text)
    letters = word.replace(" ", "")
    if len(letters) < 2 or (len(letters) <= _CODE and not text.isupper() and letters not in {"uk", "usa"}):
        return ""
    return _everyday_or_code(word) or _main_names().get(word, "")


_CODE = 3
_LONGEST_WORD = 30


def says_no_country(text: str) -> bool:
    """Whether a cell for a country names none: blank, a dash, `n/a`."""
    return text.strip().lower() in _NONE


def _inflected(word: str) -> str:
    """The country of an adjective in another gender or number: `française`, `tedesca`, `deutsche`."""
    if word == "indiana":  # a state
        return ""
    stems = (word.removesuffix(end) for end in _ENDINGS if word.endswith(end))
    forms = (f"{stem}{end}" for stem in stems for end in ("", "o") if len(stem) >= _SHORTEST_STEM)
    return next((code for form in forms if (code := _everyday().get(form))), "")


_ENDINGS = ("e", "a", "i", "s", "er", "es", "en", "as", "os", "ne", "nes")
_SHORTEST_STEM = 4


def _known(text: str) -> str:
    word = _words(text)
    if known := _everyday_or_code(word):
        return known
    without_article = re.sub(r"^(?:the|il|la|lo|l|i|gli|le|die|der|das|les|el|los|las) ", "", word)
    return next(
        (
            code
            for names in (_main_names, _all_names)
            for one in (word, without_article)
            if (code := names().get(one))
        ),
        "",
    )


def _everyday_or_code(word: str) -> str:
    letters = word.replace(" ", "")
    short = _everyday().get(letters, "") if len(letters) <= _SHORT else ""
    if known := _everyday().get(word, "") or short:
        return known
    return _of_code(letters.upper()) if re.fullmatch(_LETTERS, letters) else ""


_SHORT = 4
"""Letters of a short form that may be written with points or spaces: `U. K.`"""


def _words(text: str) -> str:
    return re.sub(_NO_WORD, " ", fold(text.replace("&", " and "))).strip()


@cache
def _everyday() -> dict[str, str]:
    return {word.strip(): code for code, words in _EVERYDAY.items() for word in words.split(",")}


def _of_calling_code(code: int) -> str:
    import phonenumbers

    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(code, ("",))
    return regions[0] if regions[0].isalpha() else ""


@cache
def _of_code(code: str) -> str:
    """The country of a code of two or three letters that is in use."""
    import phonenumbers
    from babel.core import get_global

    if code in phonenumbers.SUPPORTED_REGIONS:
        return code
    became = get_global("territory_aliases").get(code, ())
    return became[0] if len(became) == 1 and became[0] in phonenumbers.SUPPORTED_REGIONS else ""


@cache
def _main_names() -> dict[str, str]:
    """Names in the languages the product speaks."""
    return _names_in(_LANGUAGES)


@cache
def _all_names() -> dict[str, str]:
    """Names in every language that is spoken by the state somewhere: `Suomi`, `Česko`, `日本`."""
    from babel.core import get_global
    from babel.localedata import exists

    spoken = {
        language
        for languages in get_global("territory_languages").values()
        for language, said in languages.items()
        if said.get("official_status") and exists(language)
    }
    return _names_in(tuple(sorted(spoken)))


def _names_in(languages: tuple[str, ...]) -> dict[str, str]:
    """Country by name; a name that two countries have in two languages is left out."""
    import phonenumbers
    from babel import Locale

    found: dict[str, str] = {}
    twice: set[str] = set()
    for language in languages:
        for code, name in Locale.parse(language).territories.items():
            word = _words(name) if code in phonenumbers.SUPPORTED_REGIONS else ""
            if word and found.setdefault(word, code) != code:
                twice.add(word)
    return {word: code for word, code in found.items() if word not in twice}

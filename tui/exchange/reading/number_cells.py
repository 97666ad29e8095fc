"""The phone numbers written in one cell: cut into single numbers, each with its label; nothing in it is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.contact import Number
from tui.exchange.reading.headings.headers import is_fax, label_of, speaks_of_phones
from tui.exchange.reading.hours_beside import says_when, without_hours
from tui.phone import country_named, country_said, normalise, says_no_country
from tui.phone.number_reading import people_write_prefix
from tui.phone.number_text import digits_in, is_address, taken_apart

_ONE_NUMBER = re.compile(r"(?!.* - )[+(]{0,2}\d[\d ().\-]{5,20}")
_BETWEEN = re.compile(
    r"(\s*(?::::|[|\n&\uff1b\uff0c\u3001])\s*|(?<=\d{4})\s*\+\s*(?=0)|\s+(?=\d{1,2}[.)]\s)|\s*;(?!\s*[a-z\-]+\s*=)\s*"
    r"|\s*(?:\\r)?\\n\s*|\s*<br\s*/?>\s*"
    r"|\s+(?:or|oder|und|and|o|ou|e|y|et|u)\s+(?=[^\W\d_]*[ :.]*[+(\d])"
    r"|\s+[-\u2013\u2014/\u2022\u00b7]\s+|,\s+|,(?=[+0(])|(?<=\d{4}),(?=\d{3})|/\s*(?=[+0(])"
    r"|(?<=\d{4})/(?=\d[\d\s().\-]{6,})|(?<=[\d)])\s+(?=\(?\+)|(?<=\d)(?=\+))"
)
_BEFORE_LABEL = re.compile(
    r"(?<=[\d)\]])([\s,;/]+)(?=(?!(?:or|oder|und|and|o|ou|e|y|et|u)\s)[(\[]?[^\W\d_][^\d+\n(),;/&|]{0,24}?(?:[:=.]\s*|\s+)"
    r"\(?[+\d](?:[\s().\-]{0,2}\d){6,})"
)
_LABELLED = re.compile(
    r"[\s([{*]*([^\W\d_][^\d+(]{0,29}?)(\s*[:=.]+\s*|\s+[-\u2013]?\s*)(?=[+\d(])(.*)", re.DOTALL
)
_RANGE_END = re.compile(
    r"(.*\d)\s*(?:/\s*-?|,|&|\s(?:or|oder|und|and|o|ou|e|y|et|u)\s|(\s?-\s?))\s*(\d{1,5})"
)
_COUNTED = re.compile(r"\s*(?:#\s?\d{1,2}|\d{1,2}\s*[.):])\s+(?=.*(?:\d.*){8})")
"""What counts or times a number in front of it: `2) 020 7946 0019`."""
"""`030 123456/57`: the number ends at the stroke, behind it stands the end of another."""
_BEHIND_LABEL = re.compile(r"((?:\d[ .\-]?){9,}\s?[(\[][^\W\d_]{1,12}[)\]])(?=[+\d])")
"""A number with its label in brackets, and right behind it the next: `07700900101(m)02079460018(h)`."""
_COMPLETE = 11
"""Digits of a number to which a dash adds none: `030 23125 - 18` is one number."""
_LONGEST_END = 3
"""Digits behind a stroke that end another number, and no more of this one."""
_FEWEST_DIGITS = 6
"""A piece with fewer belongs to its neighbour: a country code, an area code, an extension."""
_INITIALS = {
    "t": "",
    "tel": "",
    "ph": "",
    "m": "mobile",
    "c": "mobile",
    "h": "home",
    "w": "work",
    "o": "work",
    "b": "work",
    "d": "direct",
}
"""The label of a single letter, as signatures write it: `T: … M: …`."""
_FAX_INITIAL = "f"
_NAMES_OF_NUMBERS = (
    "e164",
    "internationalnumber",
    "nationalnumber",
    "number",
    "phone",
    "phonenumber",
    "value",
    "tel",
    "mobile",
)
_NAMES_OF_CODES = ("callingcode", "dialcode", "countrycallingcode")
_NAMES_OF_EXTENSIONS = ("ext", "extension")
_NAMES_OF_KINDS = ("type", "label", "kind")
_NAMES_OF_COUNTRIES = ("countrycode", "country", "region")


class CellNumbers(Struct, frozen=True):
    """The numbers of a cell; one that cannot be understood has no `e164`."""

    numbers: tuple[Number, ...] = ()
    says_more: bool = False
    """Whether the cell says something that no number and no label of it holds: a remark, a fax."""


class Where(Struct, frozen=True):
    """In which country the numbers of a cell are."""

    region: str
    """Two letters; empty when nobody knows."""
    is_sure: bool = False
    """Whether the row says it, and not only the rep."""

    def normal(self, text: str) -> Any:
        """The normal form of a number written there."""
        return normalise(text, self.region, self.is_sure)


def numbers_in(cell: str, region: str, label: str = "") -> tuple[Number, ...]:
    """The numbers of a cleaned cell, read as in `region`. A number that says it is a fax is left out."""
    return read_cell(cell, Where(region), label).numbers


def read_cell(cell: str, where: Where, label: str = "") -> CellNumbers:
    """The numbers of a cleaned cell, and whether it says more than them."""
    if _ONE_NUMBER.fullmatch(cell) and (known := where.normal(cell)).e164:
        return CellNumbers((Number(e164=known.e164, raw=cell, label=label, ext=known.ext),))
    if cell[:1] in "[{" and (listed := _listed(cell)):
        return _together([read_cell(text, _where(country, where), label) for text, country in listed])
    if not digits_in(cell):
        return CellNumbers(
            (Number(raw=cell, label=label),) if any(map(str.isalpha, cell)) else (), says_more=True
        )
    read = _together([_labelled(piece, where, label) for piece in _pieces(cell, where)])
    if len(read.numbers) > 1 and people_write_prefix(where.region):
        return replace(read, numbers=tuple(_without_local(read.numbers)))
    return read


def _without_local(numbers: tuple[Number, ...]) -> Iterator[Number]:
    """The numbers, of which one that goes without its area code behind a whole one is not read.

    `030 23125018, 23125019`: by itself the second would be a number of another town.
    """
    for place, number in enumerate(numbers):
        shorter = any(
            number.e164[:3] == before.e164[:3] and len(number.e164) < len(before.e164)
            for before in numbers[:place]
        )
        begin = _begin(number.raw)
        yield (
            replace(number, e164="", ext="")
            if number.e164 and shorter and begin not in {"+", "0"}
            else number
        )


def _begin(text: str) -> str:
    """The first digit or plus of a text; empty without one."""
    return next((character for character in text if character.isdigit() or character == "+"), "")


def _together(cells: list[CellNumbers]) -> CellNumbers:
    numbers = tuple(number for one in cells for number in one.numbers)
    return CellNumbers(numbers, any(one.says_more for one in cells))


def _where(country: str, otherwise: Where) -> Where:
    region = country_named(country)
    return Where(region, is_sure=bool(region)) if not says_no_country(country) else otherwise


def _listed(cell: str) -> list[tuple[str, str]]:
    """Each number and the name of its country in a cell that holds JSON; nothing when it does not."""
    try:
        found = json.loads(cell)
    except ValueError:
        return []
    entries = found if isinstance(found, list) else [found]
    return [entry for one in entries for entry in _entry(one)]


def _entry(found: Any) -> Iterator[tuple[str, str]]:
    if isinstance(found, str | int) and not isinstance(found, bool):
        yield str(found), ""
    elif isinstance(found, dict):
        said = {re.sub(r"[\W_]", "", str(name)).lower(): str(value or "") for name, value in found.items()}
        number, code, country, kind, ext = (
            next((said[name] for name in names if said.get(name)), "")
            for names in (
                *(
                    _NAMES_OF_NUMBERS,
                    _NAMES_OF_CODES,
                    _NAMES_OF_COUNTRIES,
                    _NAMES_OF_KINDS,
                    _NAMES_OF_EXTENSIONS,
                ),
            )
        )
        if country.removeprefix("+").isdigit():
            code, country = code or country, ""
        labelled = [name for name in said if digits_in(said[name]) and (label_of(name) or is_fax(name))]
        if len(labelled) > 1:
            yield from ((f"{name}: {said[name]}", country) for name in labelled)
        elif number:
            whole = number if number.startswith(("+", "00")) or not code else f"+{code.lstrip('+0')} {number}"
            whole = f"{whole} x{ext}" if ext.isdigit() else whole
            yield f"{kind}: {whole}" if kind.isalpha() else whole, country


def _pieces(cell: str, where: Where) -> list[str]:
    """The pieces of a cell that hold a number each, and those that hold words."""
    parts = _joined(_BEFORE_LABEL.split(_BEHIND_LABEL.sub(r"\1\n", cell)), where)
    pieces = [piece for part in parts for piece in _joined(_BETWEEN.split(part), where)]
    return [one for piece in pieces for one in _by_spaces(piece, where)]


def _joined(split: list[str], where: Where) -> list[str]:
    """Pieces and what stood between them, put together again where a piece is no number by itself."""
    pieces: list[str] = [split[0]]
    for between, piece in zip(split[1::2], split[2::2], strict=True):
        last = pieces[-1]
        is_short = 0 < digits_in(piece) < _FEWEST_DIGITS or 0 < digits_in(last) < _FEWEST_DIGITS
        whole = f"{last}{between}{piece}"
        if is_short or (_is_torn(last, piece, where) and where.normal(whole).e164):
            pieces[-1] = whole
        else:
            pieces.append(piece)
    return [piece for piece in pieces if piece.strip()]


def _is_torn(last: str, piece: str, where: Where) -> bool:
    """Whether the cut went through a number: what stands before it is none."""
    return digits_in(last) > 0 and digits_in(piece) > 0 and not where.normal(last).e164


def _by_spaces(piece: str, where: Where) -> list[str]:
    """A piece that is no number as the two it is when it is cut at a space, the most even ones."""
    words = piece.split()
    is_short = len(words) < 2 or digits_in(piece) <= 2 * _FEWEST_DIGITS
    if is_short or where.normal(_without_hours(piece, where)).e164:
        return [piece]
    cuts = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    for left, right in sorted(cuts, key=lambda cut: abs(digits_in(cut[0]) - digits_in(cut[1]))):
        if min(digits_in(left), digits_in(right)) > _FEWEST_DIGITS and all(
            _is_number(one, where) for one in (left, right)
        ):
            return [*_by_spaces(left, where), *_by_spaces(right, where)]
    return [piece]


def _without_hours(piece: str, where: Where) -> str:
    """A piece without the hours in it, where that is a number; unchanged where the hours may be digits of it."""
    timed = without_hours(piece)
    if timed == piece:
        return piece
    if not (alone := where.normal(timed).e164):
        # Nobody knows the country yet: it is shown, and asked about, as it is written.
        return timed if not where.region and says_when(piece) and _begin(timed) == "0" else piece
    if not says_when(piece):
        return piece if where.normal(piece).e164 else timed
    if people_write_prefix(where.region) and _begin(timed) not in {"0", "+"}:
        return piece
    return piece if where.normal(piece).e164 == alone else timed


def _is_number(text: str, where: Where) -> bool:
    """Whether a text is one number or several, in some country."""
    return where.normal(text).problem in {"", "which_country"} or len(_by_spaces(text, where)) > 1


def _labelled(piece: str, where: Where, label: str) -> CellNumbers:
    """The number of a piece that may begin with a label: `Mobile: 07700 …`."""
    if not digits_in(piece):
        return CellNumbers((), says_more=any(map(str.isalpha, piece)))
    if counted := _COUNTED.match(piece):
        piece = piece[counted.end() :]
    if (timed := _without_hours(piece, where)) != piece:
        found = _labelled(timed, where, label)
        return CellNumbers(tuple(replace(one, raw=piece) for one in found.numbers), says_more=True)
    match = _LABELLED.fullmatch(piece)
    if not match or is_address(piece) or country_said(match.group(1)) or not (own := _label(match)):
        return _number(piece, where, label)
    if own.is_fax:
        return CellNumbers((), says_more=True)
    counted = _COUNTED.match(match.group(3))
    rest = match.group(3)[counted.end() if counted else 0 :]
    found = _number(rest, where, own.label or label)
    return CellNumbers(found.numbers, found.says_more or not own.is_known)


class _Label(Struct, frozen=True):
    label: str = ""
    is_known: bool = True
    is_fax: bool = False


def _label(match: re.Match[str]) -> _Label | None:
    """What the words in front of a number say; None when they may be digits somebody typed as letters."""
    words, mark = match.group(1).strip(" .:"), match.group(2)
    word = words.lower()
    if _is_fax_alone(words) or word == _FAX_INITIAL:
        return _Label(is_fax=True)
    if set(word) <= {"o", "l", "i"} and not mark.strip():
        return None
    if word in _INITIALS:
        return _Label(_INITIALS[word])
    own = label_of(words)
    return _Label(own, is_known=bool(own) or speaks_of_phones(words))


def _adds_no_digits(shortened: re.Match[str]) -> bool:
    """Whether the end behind a stroke is one of another number also where both together could be one."""
    return len(shortened.group(3)) <= _LONGEST_END and shortened.group(2) != "-"


def _is_fax_alone(label: str) -> bool:
    """Whether only a fax answers: nobody at `Fax`, somebody at `Tel/Fax`."""
    parts = [part for part in re.split(_AND, label) if part.strip()]
    return is_fax(label) and not any(speaks_of_phones(part) and not is_fax(part) for part in parts)


_AND = r"[/&+,]|\s(?:and|und|e|ed|et|y)\s"


def _number(text: str, where: Where, label: str) -> CellNumbers:
    """The number of a piece without its label; whole when it cannot be understood."""
    known = where.normal(text)
    shortened = _RANGE_END.fullmatch(text)
    if shortened and (not known.e164 or _adds_no_digits(shortened)):
        fewest = _COMPLETE if shortened.group(2) else _FEWEST_DIGITS
        first = where.normal(shortened.group(1)) if digits_in(shortened.group(1)) >= fewest else known
        if first.e164 and first != known:
            return CellNumbers(
                (Number(e164=first.e164, raw=text, label=label, ext=first.ext),), says_more=True
            )
    if not known.e164:
        return CellNumbers((Number("", text, label),))
    remark = taken_apart(text).remark
    if remark and is_fax(remark) and len(remark.split()) == 1:
        return CellNumbers((), says_more=True)
    own = label_of(remark) if remark else ""
    number = Number(e164=known.e164, raw=text, label=own or label, ext=known.ext)
    return CellNumbers((number,), says_more=bool(remark) and not own)

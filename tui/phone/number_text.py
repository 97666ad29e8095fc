"""What a written number holds: its digits, its extension, the words beside it, and letters that stand for digits.

The number library turns letters into digits and cuts at what it does not know. So it is given digits only; what else
stands in the text is told apart here, and no digit comes from anything but a digit.
"""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols that show nothing."""
_DROPPED = frozenset({"Mn", "Me", "Cf", "Cc", "Cn", "Co"})
"""Kinds of characters that stand on others or show nothing: variation selectors, joiners, marks of direction."""
_PLUSES = frozenset("\uff0b\ufe62\u2795\u207a\ufb29")
_ORDER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""What a terminal obeys; digits behind it are none of a number."""
_SCHEME = re.compile(r"\s*(?:tel|callto|sms|phone|whatsapp)\s*:\s*(?://)?", re.IGNORECASE)
_CONTEXT = re.compile(r";(?!ext)[a-z\-]+=[^;]*", re.IGNORECASE)
_BEHIND_CONTEXT = re.compile(r"(?:tel:)?\s*(\d[^;]*)(.*?);phone-context=(\+\d{1,7})\b", re.IGNORECASE)
_ADDRESSES = (
    re.compile(r"<?sips?:(?P<digits>\+?[\d.\-]+)(?:[@;].*)?", re.IGNORECASE),
    re.compile(r"(?P<whole>\d{7,15})(?::\d+)?@(?:s\.whatsapp\.net|c\.us)", re.IGNORECASE),
    re.compile(
        r"(?:https?://)?(?:api\.whatsapp\.com|whatsapp:/|wa\.me)/(?:send/?\?phone=)?(?:\+|%2B)?(?P<whole>\d{7,15})\b.*",
        re.IGNORECASE,
    ),
)
"""Numbers as addresses of other programs; `whole` is one with its country code, written without `+`."""
_FORMULA = re.compile(r"^=\s*(?=[\"'+\d(])")
_MARK_IN_FRONT = re.compile(r"^\*\s*(?=\+|\(|0|\d{3} )")
"""Of a list, or of a number that is the first one; `*67 202 …` is a key of the telephone."""
_EXTENSION_WORDS = "|".join(
    (
        *(
            "x",
            "xt",
            "xtn",
            "ex",
            "ext",
            "extn",
            "exten",
            "extension",
            "interno",
            "interna",
            "int",
            "poste",
            "posto",
        ),
        *(
            "durchwahl",
            "durchw",
            "dw",
            "nst",
            "nebenstelle",
            "apparat",
            "app",
            "klappe",
            "kl",
            "extensi[o\u00f3]n",
            "anexo",
        ),
        *("ramal", "toestel", "tst", "wew", "wewn", "p", "w", "pause", "\u0434\u043e\u0431"),
    )
)
_LAST_DIGITS = (
    r"(?P<ext>\d{1,7})(?P<rest>(?:\s*(?:[/&,\-]|\b(?:or|oder|o|ou|y|e|und|and)\b)\s*\d{1,7})*[^\d+]*)$"
)
_WORDED = re.compile(
    rf"(?<![^\W\d_])(?:{_EXTENSION_WORDS})(?:[\s.:=#\-]|n[ro]?[.\u00b0\u00ba]*(?=[\s\d]))*{_LAST_DIGITS}",
    re.IGNORECASE,
)
_MARKED = re.compile(rf"(?:[*#~]|,+(?=\d)|,,+\s*|;)\s*(?!\d{{1,2}}\)\s){_LAST_DIGITS}")
"""A telephone's pauses and keys: `,,227#`, `*227`, `;227`."""
_FEWEST = 6
"""Digits in front of an extension."""
_WHOLE_NUMBER = 9
"""So many digits are a number by themselves, when words with figures follow."""
_MOST_FIGURES = 6
_OWN_FIGURE = re.compile(r"\s+\d{1,2}(?:[:.]\d\d)?$")
_NOTE_NUMBER = re.compile(r"(.*\d)\s*([(\[]\d{1,2}[)\]])$")
_BRACKETED = re.compile(r"[(\[{<][^()\[\]{}<>]*[^\W\d_][^()\[\]{}<>]*[)\]}>]")
_CODE_AND_MARK = re.compile(r"(\+\d{1,3})\s*[,:;|=]\s*(?=[\d(])")
_WORD = re.compile(r"[^\W\d_]+(?:[.'\u2019&\-]+[^\W\d_]+)*\.?")
_LIKE_DIGITS = frozenset("OoQDIlSBZ\u041e\u043e\u039f\u03bf")
"""Letters that are typed, or read off paper, in place of 0, 1, 5, 8 or 2."""
_ALONE_LIKE_DIGITS = frozenset({"O", "o", "OO", "oo", "l", "I", "\u041e", "\u043e"})
_DIGIT_ENDS, _DIGIT_BEGINS = re.compile(r"\d[\s.\-/()]*$"), re.compile(r"[\s.\-/()]*\d")
_REFUSED = re.compile(r"[*#=@%]")
_SEPARATOR = re.compile(r"[^\d+().\-/\s]+")
_ZEROS_AND_PLUS = re.compile(r"[(\s]*00?\s*\+")
_CODE_ONLY = re.compile(r"\s*\+\s*\d{1,3}\s*")
_VANITY = re.compile(r"\+?[\d\s().\-/]*\d[\s().\-/]*[A-Za-z][A-Za-z\d\s.\-]*")
_KEYS = {
    letter: digit
    for digit, letters in zip(
        "23456789", ["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"], strict=True
    )
    for letter in letters
}


class NumberText(Struct, frozen=True):
    """A written number taken apart; `number` is empty when `problem`, a code, says why."""

    number: str = ""
    """Digits as they were written, with `+` in front when it had one, and with plain marks between them."""
    ext: str = ""
    remark: str = ""
    """The words beside the number, as they were written."""
    problem: str = ""
    vanity: str = ""
    """The text when its letters may stand for digits: `1-800-FLOWERS`."""


def seen(text: str) -> str:
    """The text with plain digits, dashes, spaces and `+`, without the characters that show nothing."""
    return text if text.isascii() else "".join(map(_plain, text))


def _plain(character: str) -> str:
    if character.isascii():
        return character
    if character in _PLUSES:
        return "+"
    kind = unicodedata.category(character)
    if character in _BLANK_LETTERS or kind in _DROPPED:
        return ""
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    return {"Pd": "-", "Zs": " "}.get(kind, character)


def taken_apart(raw: str) -> NumberText:
    """The parts of a text that holds one number. Never raises."""
    if _ORDER.search(raw):
        return NumberText(remark=raw, problem="no_phone_number")
    text = _FORMULA.sub("", " ".join(seen(raw).split()), count=1).strip("\"'")
    text = _MARK_IN_FRONT.sub("", text, count=1)
    text = _CONTEXT.sub("", _SCHEME.sub("", _without_address(text), count=1))
    if not any(character.isdigit() for character in text):
        return NumberText(remark=raw, problem="no_phone_number")
    vanity = text if _VANITY.fullmatch(text) else ""
    remarks: list[str] = []
    text = _NOTE_NUMBER.sub(lambda found: _noted(found, remarks), text)
    if any(map(str.isdigit, _BRACKETED.sub("", text))):
        text = _BRACKETED.sub(lambda found: _bracket(found, remarks), text)
    text, ext, rest = _without_extension(text)
    remarks += [rest] if rest else []
    number, problem = _digits(_CODE_AND_MARK.sub(r"\1 ", text), remarks)
    return NumberText(number, ext, " ".join(filter(None, map(str.strip, remarks))), problem, vanity)


def is_address(text: str) -> bool:
    """Whether a text is a number as an address of another program: `sip:+44…@pbx`, `44…@c.us`, `wa.me/44…`."""
    return any(form.fullmatch(text.strip()) for form in _ADDRESSES)


def _without_address(text: str) -> str:
    """The number of an address, or of one whose `phone-context` is a country; any other text as it is."""
    for form in _ADDRESSES:
        if found := form.fullmatch(text):
            said = found.groupdict()
            return f"+{said['whole']}" if "whole" in said else said["digits"]
    return (
        _BEHIND_CONTEXT.sub(r"\3 \1\2", text, count=1)
        if text[:4].lower() == "tel:" or text[:1].isdigit()
        else text
    )


def _noted(found: re.Match[str], remarks: list[str]) -> str:
    """The number in front of a small figure in brackets: `020 7946 0018 (2)`."""
    if digits_in(found[1]) < _WHOLE_NUMBER:
        return found[0]
    remarks.append(found[2])
    return found[1]


def _bracket(found: re.Match[str], remarks: list[str]) -> str:
    """What is left of words in brackets: an extension, nothing, or all, where its digits may be the number's."""
    has_digits = any(map(str.isdigit, found[0]))
    if has_digits and digits_in(found.string[: found.start()]) < _FEWEST:
        return found[0]
    return _extension_or_remark(found[0], remarks)


def digits_in(text: str) -> int:
    """How many digits a text holds."""
    return sum(map(str.isdigit, text))


def _extension_or_remark(bracketed: str, remarks: list[str]) -> str:
    inside = bracketed[1:-1].strip()
    if _WORDED.fullmatch(inside):
        return f" {inside}"
    if inside in _ALONE_LIKE_DIGITS or (any(map(str.isdigit, inside)) and _has_like_digits(inside)):
        return bracketed
    remarks.append(bracketed)
    return " "


def _has_like_digits(text: str) -> bool:
    return any(
        _spoils(word.group(0), text[: word.start()], text[word.end() :]) for word in _WORD.finditer(text)
    )


def _without_extension(text: str) -> tuple[str, str, str]:
    """The text in front of an extension, the extension, and what stands behind it."""
    for pattern in (_WORDED, _MARKED):
        for found in pattern.finditer(text):
            before = text[: found.start()]
            if found[0][0] == "~" and "~" in before:
                continue  # it stands between all groups
            if sum(map(str.isdigit, before)) >= _FEWEST:
                rest = found.group("rest").strip(" #)]}.,;-")
                return before.rstrip(" ,;([-/"), found.group("ext"), rest
    return text, "", ""


def _digits(text: str, remarks: list[str]) -> tuple[str, str]:
    """Only the number of a text, and "" or the code of what is wrong with it; words go to the remarks."""
    first = next((character for character in text if character.isdigit() or character == "+"), "")
    left: list[str] = []
    at = 0
    for word in _WORD.finditer(text):
        before, behind = text[: word.start()], text[word.end() :]
        if number := _in_front_of_figures(word.group(0), before, behind):
            remarks.append(text[len(number) :])
            text, at = number, min(at, len(number))
            break
        if _spoils(word.group(0), before, behind):
            return "", "letter_among_digits"
        remarks.append(word.group(0))
        left.append(text[at : word.start()])
        at = word.end()
    plain = " ".join((*left, text[at:]))
    if _REFUSED.search(plain.rstrip(" *")):
        return "", "no_phone_number"
    plain = _SEPARATOR.sub(" ", plain).strip(" .-/")
    if first == "+":
        plain = "+" + plain.partition("+")[2].lstrip("+ ").removeprefix("00")
    elif found := _ZEROS_AND_PLUS.match(plain):
        plain = "+" + plain[found.end() :]
    return (plain, "") if "+" not in plain[1:] else ("", "no_phone_number")


def _in_front_of_figures(word: str, before: str, behind: str) -> str:
    """The number in front of words with figures of their own: `… option 2`, `… 9am-5pm`; empty when it is not that."""
    front = _OWN_FIGURE.sub("", before)
    is_like = all(letter in _LIKE_DIGITS for letter in word if letter.isalpha())
    figures = digits_in(behind) + digits_in(before[len(front) :])
    is_word = not is_like and 0 < figures <= _MOST_FIGURES and digits_in(front) >= _WHOLE_NUMBER
    return front if is_word and not front[-1:].isalpha() else ""


def _spoils(word: str, before: str, behind: str) -> bool:
    """Whether a word may stand for digits: among them, or letters that look like digits and touch them."""
    is_like = all(letter in _LIKE_DIGITS for letter in word if letter.isalpha())
    digit_before, digit_behind = any(map(str.isdigit, before)), any(map(str.isdigit, behind))
    if digit_before and digit_behind:
        glued = before[-1:].isdigit() and behind[:1].isdigit()
        return glued or is_like or not _CODE_ONLY.fullmatch(before)
    touches = before[-1:].isdigit() or behind[:1].isdigit()
    near = word in _ALONE_LIKE_DIGITS and bool(_DIGIT_ENDS.search(before) or _DIGIT_BEGINS.match(behind))
    return near or (is_like and touches)


def as_keys(text: str) -> str:
    """The digits of a telephone's keys for the letters of a text."""
    return "".join(_KEYS.get(character, character) for character in text.lower())

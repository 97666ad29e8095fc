"""vCards 2.1, 3 and 4, as phones and address books write them. Sources: RFC 2426, RFC 6350, versit vCard 2.1."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator

from msgspec import Struct

from tui.exchange.reading.decode import Decoded
from tui.exchange.reading.formats.listed import Listed, Said, listed, words
from tui.exchange.reading.mending import Escapes
from tui.exchange.reading.sentences import sentence

_BEGIN = re.compile(r"\s*begin\s*:\s*vcard\s*", re.IGNORECASE)
_END = re.compile(r"\s*end\s*:\s*vcard\s*", re.IGNORECASE)
_PROPERTY = re.compile(r"(?:([\w-]+)\.)?([\w-]+)\s*((?:;(?:\"[^\"]*\"|[^:;\"])*)*):(.*)", re.DOTALL)
_PARAMETER = re.compile(r";((?:\"[^\"]*\"|[^;\"])*)")
_ENDED = re.compile(r"\r\n|\r|\n")
_SEPARATOR = re.compile(r"(?<!\\);")
_CUT_BY = {";": _SEPARATOR, ",": re.compile(r"(?<!\\),")}
_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")

_LEFT_OUT = words("""
    BEGIN END VERSION PRODID REV PHOTO LOGO SOUND KEY SORT-STRING CLASS MAILER PROFILE SOURCE XML CLIENTPIDMAP KIND
    X-ABSHOWAS X-ABUID X-ABLABEL X-ABADR X-IMAGETYPE X-IMAGEHASH AGENT LABEL MEMBER
    """)
"""Pictures, keys, and what a program says to itself."""
_HEADINGS = {
    "FN": "Name",
    "NICKNAME": "Nickname",
    "TITLE": "Job title",
    "ROLE": "Role",
    "NOTE": "Notes",
    "BDAY": "Birthday",
    "URL": "Website",
    "UID": "UID",
    "TZ": "Time zone",
    "LANG": "Language",
}
_NO_LABEL = words(
    "voice pref internet x400 msg text textphone video bbs modem isdn uri dom intl postal parcel"
)
"""Words beside a number that say nothing about whose it is."""
_CUSTOM = re.compile(r"X-CUSTOM\((?:[^()]*,)?([^(),]+)\)", re.IGNORECASE)
"""A label of one's own, as Android writes it: `X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=42=C3=BC)`."""
_SAME_LABEL = {"iphone": "mobile", "pcs": "mobile", "car": "car", "main": "main"}


class _Property(Struct, frozen=True):
    """One line of a card, unfolded."""

    group: str
    name: str
    """In capitals."""
    parameters: tuple[tuple[str, str], ...]
    """Names in capitals; the bare words of vCard 2.1 are types."""
    value: str

    def all(self, name: str) -> tuple[str, ...]:
        """The values of a parameter, in lower case."""
        said = (value for key, value in self.parameters if key == name)
        return tuple(word.strip().lower() for value in said for word in value.strip('"').split(",") if word)

    def parts(self, separator: str = ";") -> list[str]:
        """The parts of the value, without escapes."""
        return [_plain(part) for part in _CUT_BY[separator].split(self.value)]


def read(decoded: Decoded, name: str) -> Listed | None:
    """The people of a file of vCards; None when it is none."""
    first = next((line for line in decoded.text[:4_096].splitlines() if line.strip()), "")
    if not _BEGIN.fullmatch(first.lstrip("\ufeff")):
        return None
    escapes = Escapes()
    people = []
    for card in _cards(decoded.text.lstrip("\ufeff"), decoded.encoding, escapes):
        card.values = [(heading, value.translate(escapes.back)) for heading, value in card.values]
        people.append(card)
    return listed(people, escapes.notes)


def _cards(text: str, encoding: str, escapes: Escapes) -> Iterator[Said]:
    lines = _ENDED.split(text)
    depth = start = 0
    inside: list[str] = []
    for number, line in enumerate(lines, start=1):
        begins, ends = bool(_BEGIN.fullmatch(line)), bool(_END.fullmatch(line))
        if begins and depth and not _holds_agent(inside):
            yield _card(inside, start, number - 1, encoding, escapes)  # the one before never ends
            depth = 0
        if begins:
            depth += 1
            if depth == 1:
                start, inside = number, []
                continue
        elif ends and depth:
            depth -= 1
            if depth == 0:
                yield _card(inside, start, number, encoding, escapes)
                continue
        if depth == 1:
            inside.append(line)
    if depth:
        yield _card(inside, start, len(lines), encoding, escapes)


def _holds_agent(lines: list[str]) -> bool:
    """Whether the next card is one within the card: somebody's assistant."""
    last = next((line for line in reversed(lines) if line.strip()), "")
    return last.upper().startswith("AGENT") and last.rstrip().endswith(":")


def _unfolded(lines: list[str]) -> Iterator[str]:
    """The lines of a card in one piece each: folded ones, and quoted-printable with soft line breaks."""
    whole, soft, old = "", False, False
    for line in lines:
        if soft:
            whole = whole[:-1] + line
        elif whole and line[:1] in (" ", "\t"):
            whole += line if old and "QUOTED-PRINTABLE" in whole.upper() else line[1:]
        else:
            if whole:
                yield whole
            whole = line
            old = old or line.replace(" ", "").startswith("VERSION:2.1")
        head, colon, _ = whole.partition(":")
        soft = bool(colon) and "QUOTED-PRINTABLE" in head.upper() and whole.endswith("=")
    if whole:
        yield whole


def _properties(lines: list[str], encoding: str, escapes: Escapes) -> Iterator[_Property]:
    for line in _unfolded(lines):
        match = _PROPERTY.fullmatch(line.strip("\r"))
        if not match:
            continue
        group, name, said, value = match.groups()
        parameters = []
        if custom := _CUSTOM.search(said or ""):
            label = _letters(quopri.decodestring(custom.group(1).encode()), ("utf-8", "cp1252"))
            parameters.append(("LABEL", label))
            said = said.replace(custom.group(0), "")
        for one in _PARAMETER.findall(said or ""):
            key, equals, told = one.partition("=")
            bare = key.strip().upper()
            if equals:
                parameters.append((bare, told.strip()))
            elif bare in {"QUOTED-PRINTABLE", "BASE64", "B", "7BIT", "8BIT"}:
                parameters.append(("ENCODING", bare))
            else:
                parameters.append(("TYPE", key.strip()))
        found = _Property((group or "").lower(), name.upper(), tuple(parameters), value)
        if not {"b", "base64"} & set(found.all("ENCODING")) and not value.lower().startswith("data:"):
            letters = escapes.mended(_decoded(found, encoding).strip())
            yield _Property(found.group, found.name, found.parameters, letters)


def _decoded(one: _Property, encoding: str) -> str:
    """The value in letters: quoted-printable or another charset than the file's."""
    charset = next(iter(one.all("CHARSET")), "")
    if "quoted-printable" in one.all("ENCODING"):
        # What separates the parts is not encoded; an encoded separator is a letter of a part.
        parts = (quopri.decodestring(part.encode("utf-8")) for part in one.value.split(";"))
        read = [_letters(part, (charset, "utf-8", "cp1252")) for part in parts]
        return read[0] if len(read) == 1 else ";".join(_SEPARATOR.sub(r"\\;", part) for part in read)
    if not charset or one.value.isascii() or encoding not in {"cp1252", charset}:
        return one.value
    for before in ("cp1252", "latin-1"):
        try:
            return _letters(one.value.encode(before), (charset, before))
        except UnicodeEncodeError:
            continue
    return one.value


def _letters(data: bytes, charsets: tuple[str, ...]) -> str:
    for charset in filter(None, charsets):
        try:
            return data.decode(charset)
        except (LookupError, ValueError):
            continue
    return data.decode("utf-8", errors="replace")


def _plain(text: str) -> str:
    """Text without the backslashes that keep separators from separating."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text).strip()


def _card(lines: list[str], start: int, end: int, encoding: str, escapes: Escapes) -> Said:
    """What one card says."""
    properties = list(_properties(lines, encoding, escapes))
    labels = {one.group: _label_of(one) for one in properties if one.name == "X-ABLABEL" and one.group}
    kinds = [one.value.lower() for one in properties if one.name == "KIND"]
    said = Said(start, end)
    if "group" in kinds or any(one.name == "X-ADDRESSBOOKSERVER-KIND" for one in properties):
        said.problem = sentence("group")
        return said
    is_firm = _is_firm(properties, kinds)
    has_name = any(one.name == "FN" and one.value for one in properties)
    has_firm = any(one.name == "ORG" and one.value for one in properties)
    for one in properties:
        if one.name == "FN" and is_firm:
            said.add("" if has_firm else "Company", "" if has_firm else _plain(one.value))
        elif one.name == "N":
            if not is_firm:
                _add_name(said, one.parts(), has_name)
        else:
            _add(said, one, labels.get(one.group, ""))
    return said


def _is_firm(properties: list[_Property], kinds: list[str]) -> bool:
    """Whether a card is of a firm: it says so, or its name is the firm's and nobody's."""
    said = {one.name: one.parts() for one in reversed(properties)}
    if "org" in kinds or said.get("X-ABSHOWAS", [""])[0].upper() == "COMPANY":
        return True
    name, firm = "".join(said.get("FN", ())), said.get("ORG", [""])[0]
    return bool(firm) and name == firm and not any(said.get("N", ()))


def _label_of(one: _Property) -> str:
    own = _APPLE_LABEL.fullmatch(one.value)
    return own.group(1) if own else _plain(one.value)


def _add_name(said: Said, parts: list[str], has_name: bool) -> None:
    family, given, middle, *_ = [*parts, "", "", ""]
    said.add("First name", given)
    said.add("Middle name", middle)
    said.add("Last name", family)
    if not has_name and (given or family):
        said.add("Name", " ".join(filter(None, (given, middle, family))))


def _add(said: Said, one: _Property, label: str) -> None:
    """What a property says that is no name."""
    if one.name == "TEL":
        own = label or next((value for key, value in one.parameters if key == "LABEL"), "")
        said.add_phone(_SAME_LABEL.get(own.lower(), own) or _type_of(one), _number(one.value))
    elif one.name == "EMAIL":
        said.add("E-mail", _plain(one.value.removeprefix("mailto:")))
    elif one.name == "ORG":
        firm, *units = one.parts()
        said.add("Company", firm)
        said.add("Department", ", ".join(filter(None, units)))
    elif one.name == "ADR":
        *where, country = [*one.parts(), "", "", "", "", "", "", ""][:7]
        said.add("Address", ", ".join(filter(None, (part.replace("\n", ", ") for part in where))))
        said.add("Country", country)
    elif one.name == "CATEGORIES":
        for word in one.parts(","):
            said.add("Categories", word)
    elif one.name == "ROLE" and not any(heading == "Job title" for heading, _ in said.values):
        said.add("Job title", _plain(one.value))
    elif one.name not in _LEFT_OUT:
        heading = _HEADINGS.get(one.name, one.name.removeprefix("X-").replace("-", " "))
        said.add(heading, _plain(one.value))


def _type_of(one: _Property) -> str:
    """The one word of a number's types that says whose phone it is: a fax first, then a mobile."""
    said = [_SAME_LABEL.get(word, word) for word in one.all("TYPE") if word not in _NO_LABEL]
    wanted = ("fax", "pager", "cell", "mobile")
    return next((word for word in wanted if word in said), next(iter(said), ""))


def _number(value: str) -> str:
    """A number as people write it: `tel:+44-20-7946-0018;ext=12` has its extension behind it."""
    if not value.lower().startswith("tel:"):
        return _plain(value)
    number, *parameters = value[4:].split(";")
    said = dict(part.lower().partition("=")[::2] for part in parameters)
    context = said.get("phone-context", "")
    if context.startswith("+") and not number.startswith("+"):
        number = f"{context} {number}"
    return f"{number} ext. {said['ext']}" if said.get("ext") else number

"""Phone books of routers and desk phones in XML, and workbooks that Excel writes as XML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

# Entities, by which a small file becomes a huge one, are refused before anything is parsed.
from xml.etree import ElementTree

from tui.exchange.reading.decode import Decoded, ImportRefused
from tui.exchange.reading.formats.listed import NAMES, Listed, Said, listed
from tui.exchange.reading.headings.headers import Meaning, is_fax, is_label_alone, label_of, meaning_of
from tui.exchange.reading.headings.words import words_of
from tui.exchange.reading.records import MOST_CELLS, Row
from tui.exchange.reading.sentences import sentence

_BEGINS = re.compile(r"(?:<\?xml\b|<!--|<[A-Za-z][\w:.-]*(?:\s[^<>]*)?>)")
_DECLARED = re.compile(r"<\?xml\b[^>]*\?>")
_HEADINGS = {
    "real name": "Name",
    "realname": "Name",
    "phonenumber": "Phone",
    "phone number": "Phone",
    "office number": "Work phone",
    "officenumber": "Work phone",
    "mobile number": "Mobile phone",
    "other number": "Other phone",
    "home number": "Home phone",
    "telephone": "Phone",
}
_NUMBER = re.compile(r"[+(]?\d[\d\s().\-/]{4,}")
_TYPES = ("type", "label", "kind", "Type", "Label")


def read(decoded: Decoded, name: str) -> Listed | None:
    """The people of an XML file; None when it is none. Raises `ImportRefused` when it is broken."""
    text = decoded.text.lstrip("\ufeff \t\r\n")
    if not _BEGINS.match(text):
        return None
    declared = _DECLARED.match(text)
    if "<!DOCTYPE" in text[:20_000] or "<!ENTITY" in text:
        raise ImportRefused(sentence("entities", file=name))
    try:
        bare = text[declared.end() :] if declared else text
        root = ElementTree.fromstring(bare)  # noqa: S314 - entities are refused above
    except ElementTree.ParseError as error:
        if not declared:
            return None
        raise ImportRefused(sentence("bad_xml", file=name, line=error.position[0])) from error
    if _tag(root) == "Workbook":
        return Listed(tuple(_sheet(root)))
    try:
        people = list(_people(root))
    except RecursionError:  # a thousand elements within each other
        people = []
    if not people:
        raise ImportRefused(sentence("no_phone_book", file=name))
    return listed(people)


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _sheet(root: ElementTree.Element) -> Iterator[Row]:
    """The rows of the first sheet of a workbook. A cell may say at which column it stands."""
    sheet = next((one for one in root.iter() if _tag(one) == "Table"), root)
    for number, row in enumerate((one for one in sheet if _tag(one) == "Row"), start=1):
        cells: list[str] = []
        for cell in (one for one in row if _tag(one) == "Cell"):
            place = next((value for key, value in cell.attrib.items() if key.endswith("Index")), "")
            if place.isdigit() and len(cells) < int(place) <= MOST_CELLS:
                cells += [""] * (int(place) - 1 - len(cells))
            text = "".join(cell.itertext())
            cells.append(text.strip())
        yield Row(number, tuple(cells[:MOST_CELLS]))


def _people(root: ElementTree.Element) -> Iterator[Said]:
    """A row for each element of the kind that holds a name and a number, the innermost such."""
    kinds = Counter(_kinds(root))
    if kinds:
        kind = kinds.most_common(1)[0][0]
        for element in root.iter():
            if _tag(element) == kind:
                yield _said(element)


def _kinds(element: ElementTree.Element) -> Iterator[str]:
    """The tags of the innermost elements that hold a name and a number."""
    inner = [kind for child in element for kind in _kinds(child)]
    if inner:
        yield from inner
        return
    meanings = {meaning_of(heading) for heading, value in _said(element).values}
    if meanings & NAMES and Meaning.PHONE in meanings:
        yield _tag(element)


def _said(element: ElementTree.Element) -> Said:
    said = Said()
    _collect(said, element, "", is_whole=True)
    return said


def _add(said: Said, heading: str, value: str) -> None:
    """One value; a number under nothing but the name of a place (`office`, `home`) is the phone there."""
    if is_label_alone(heading) and _NUMBER.fullmatch(value.strip()):
        said.add_phone(label_of(heading), value)
    else:
        said.add(heading, value)


def _heading(tag: str) -> str:
    """`Phone` for `Phone2`: a second one gets its number where the row is made."""
    bare = tag.rstrip("0123456789") or tag
    return _HEADINGS.get(words_of(bare), bare)


def _collect(said: Said, element: ElementTree.Element, label: str, *, is_whole: bool) -> None:
    """What an element says: its attributes, its text, and what is within it. `is_whole`: it is the person's own."""
    label = next((element.attrib[key] for key in _TYPES if element.attrib.get(key)), label)
    heading = _heading(_tag(element))
    for key, value in element.attrib.items():
        told = _heading(key)
        # The id of a number is not the person's.
        if key not in _TYPES and (is_whole or meaning_of(told) not in {Meaning.FIELD, Meaning.ID}):
            _add(said, told, value)
    text = (element.text or "").strip()
    if text and meaning_of(heading) is Meaning.PHONE and label:
        said.add_phone("fax" if is_fax(label.replace("_", " ")) else label, text)
    else:
        _add(said, heading, text)
    for child in element:
        _collect(said, child, label, is_whole=False)

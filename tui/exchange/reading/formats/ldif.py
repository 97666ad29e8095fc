"""LDIF: what a directory or an address book on a server writes. Source: RFC 2849."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from tui.exchange.reading.decode import Decoded
from tui.exchange.reading.formats.listed import Listed, Said, listed, words
from tui.exchange.reading.sentences import sentence

_BEGINS = re.compile(
    r"(?:[ \t]*(?:#[^\r\n]*)?[\r\n])*(?:version:\s*\d+\s*[\r\n]\s*)?dn::? ?\S", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"([\w.-]+)(?:;[\w.;-]+)?:(:|<)? ?(.*)")
_HEADINGS = {
    "cn": "Name",
    "displayname": "Display name",
    "givenname": "First name",
    "sn": "Last name",
    "surname": "Last name",
    "o": "Company",
    "organizationname": "Company",
    "company": "Company",
    "ou": "Department",
    "department": "Department",
    "title": "Job title",
    "mail": "E-mail",
    "mozillasecondemail": "E-mail",
    "rfc822mailbox": "E-mail",
    "description": "Notes",
    "info": "Notes",
    "c": "Country",
    "co": "Country",
    "countryname": "Country",
    "friendlycountryname": "Country",
    "changetype": "Action",
    "preferredlanguage": "Language",
}
_PHONES = {
    "telephonenumber": "work",
    "homephone": "home",
    "hometelephonenumber": "home",
    "mobile": "mobile",
    "cellphone": "mobile",
    "mobiletelephonenumber": "mobile",
    "facsimiletelephonenumber": "fax",
    "fax": "fax",
    "pager": "pager",
    "pagertelephonenumber": "pager",
    "otherphone": "other",
    "othertelephone": "other",
    "othermobile": "mobile",
    "otherhomephone": "home",
}
_LEFT_OUT = words("""
    dn objectclass userpassword jpegphoto photo thumbnailphoto usercertificate usersmimecertificate modifytimestamp
    createtimestamp entryuuid objectguid objectsid audio
    """)
"""Secrets, pictures, and what a directory says to itself."""
_NO_PEOPLE = words(
    "groupofnames groupofuniquenames posixgroup group organizationalunit dcobject domain country"
)


def read(decoded: Decoded, name: str) -> Listed | None:
    """The people of an LDIF file; None when it is none."""
    return listed(_entries(decoded.text)) if _BEGINS.match(decoded.text[:20_000]) else None


def _entries(text: str) -> Iterator[Said]:
    said, kinds = Said(), set[str]()
    for number, line in _unfolded(text):
        found = _ATTRIBUTE.fullmatch(line)
        name = found.group(1).lower() if found else ""
        if name == "dn" or not line:
            if said.line:
                yield _judged(said, kinds)
            said, kinds = Said(number if name == "dn" else 0), set()
        if not found or not said.line:
            continue
        said.last_line = number
        value = _value(found.group(2) or "", found.group(3))
        if name == "objectclass":
            kinds.add(value.lower())
        elif name in _PHONES:
            said.add_phone(_PHONES[name], value)
        elif name not in _LEFT_OUT:
            said.add(_HEADINGS.get(name, found.group(1)), value)
    if said.line:
        yield _judged(said, kinds)


def _judged(said: Said, kinds: set[str]) -> Said:
    change = next((value.lower() for heading, value in said.values if heading == "Action"), "")
    if change.startswith("mod"):
        said.problem = sentence("change")
    elif kinds & _NO_PEOPLE and "person" not in kinds:
        said.problem = sentence("department")
    return said


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Each line with the number it begins at; one that begins with a blank goes on with the line above."""
    whole, start = "", 0
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if line.startswith(" ") and whole:
            whole += line[1:]
            continue
        if start and not whole.startswith("#"):
            yield start, whole
        whole, start = line.rstrip() if not line.strip() else line, number
    if start and not whole.startswith("#"):
        yield start, whole


def _value(mark: str, text: str) -> str:
    if mark == "<":
        return ""  # it names a file or a page
    if mark != ":":
        return text.strip()
    try:
        return base64.b64decode(text.strip()).decode("utf-8", errors="replace").strip()
    except (binascii.Error, ValueError):
        return text.strip()

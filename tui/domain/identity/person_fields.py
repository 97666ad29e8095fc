"""The fields of a person, once: the form, the card, the import, the export and the search all read this table.

A field that stands in the form has a `write`; without one it is shown, imported and exported only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Protocol

from msgspec import Struct

from tui.domain.contact import DEMO_LIST, Basis, Contact, Number
from tui.domain.why import why
from tui.domain.window import zone_info

NOTE = "notes"
"""The key of `Contact.fields` that holds the note of the form and of the import."""
YES = "yes"


class NotUnderstood(ValueError):  # noqa: N818
    """What was typed cannot be stored; `why` says what is wrong with it."""

    def __init__(self, code: str, typed: str) -> None:
        super().__init__(code, typed)
        self.why = why(code, typed=typed)


class Reader(Protocol):
    """How typed text becomes a value: the words are those the import knows."""

    @property
    def today(self) -> date:
        """The day on which the rep types, on the rep's wall."""

    def number(self, contact: Contact, text: str) -> Number:
        """The number as a record; one the person has already keeps its label."""

    def words(self, text: str) -> tuple[str, ...]:
        """The words of a list separated by commas, each once."""

    def lists(self, text: str) -> tuple[str, ...]:
        """The names of lists separated by commas, each once; none is that of the fictional people."""

    def language(self, text: str) -> str:
        """The code of a language, or empty when it is not known."""

    def ground(self, text: str) -> str:
        """The legal basis the text names."""

    def flag(self, text: str) -> bool | None:
        """Yes or no; None when the text is neither."""


Values = Callable[[Contact], tuple[str, ...]]
Write = Callable[[Contact, str, Reader], Mapping[str, Any]]


class PersonField(Struct, frozen=True):
    """One field of a person."""

    id: str
    """Its name in the form's answers and in a search such as `owner:sam`."""
    label: str
    """What it is called on the screen."""
    values: Values
    """What the record holds, as text; empty when it holds nothing."""
    write: Write | None = None
    """From what was typed to the changed attributes. Raises `NotUnderstood`. None: not in the form."""
    hint: str = ""
    """Beside the line of the form."""
    meaning: str = ""
    """The word of `import --map`, when a column can hold it."""
    heading: str = ""
    """The export's heading, which our import reads as `meaning`."""
    plain: bool = True
    """A word typed in a search is looked for here. False: only when the field is named, as in `zone:london`."""

    several: bool = True
    """False: the form shows and changes only the first of the values."""
    is_number: bool = False
    """Its values are phone numbers: a screen groups them as in their country."""
    is_word: bool = False
    """Its value is a word of ours, which a screen translates."""
    also: tuple[str, ...] = ()
    """Other names of it in a search: `tag:vip`, `firm:acme`."""

    def shown(self, contact: Contact) -> str:
        """The values as the card shows them."""
        return ", ".join(self.values(contact))

    def in_form(self, contact: Contact) -> str:
        """What stands on the line of the form, as the record has it."""
        return self.shown(contact) if self.several else next(iter(self.values(contact)), "")


def _one(name: str) -> Values:
    def values(contact: Contact) -> tuple[str, ...]:
        value = str(getattr(contact, name))
        return (value,) if value else ()

    return values


def _text(name: str) -> Write:
    return lambda _contact, text, _reader: {name: text}


def _write_name(_contact: Contact, text: str, _reader: Reader) -> Mapping[str, Any]:
    given, _, family = text.partition(" ")
    return {"name": text, "given": given, "family": family}


def _write_number(contact: Contact, text: str, reader: Reader) -> Mapping[str, Any]:
    """A typed number goes first and the others stay; an empty line changes nothing."""
    if not text:
        return {}
    number = reader.number(contact, text)
    return {"numbers": (number, *(other for other in contact.numbers if other != number))}


def _write_email(contact: Contact, text: str, _reader: Reader) -> Mapping[str, Any]:
    """A typed address goes first and the others stay; an emptied line takes the first one away."""
    others = (other for other in contact.emails if other != text)
    return {"emails": (text, *others) if text else contact.emails[1:]}


def _write_zone(_contact: Contact, text: str, _reader: Reader) -> Mapping[str, Any]:
    if text and zone_info(text) is None:
        raise NotUnderstood("no_time_zone", text)
    return {"zone": text}


def _write_language(_contact: Contact, text: str, reader: Reader) -> Mapping[str, Any]:
    code = reader.language(text) if text else ""
    if text and not code:
        raise NotUnderstood("no_language", text)
    return {"language": code}


def _write_customer(_contact: Contact, text: str, reader: Reader) -> Mapping[str, Any]:
    said = reader.flag(text)
    if said is None:
        raise NotUnderstood("customer_or_not", text)
    return {"customer": said}


def _write_basis(contact: Contact, text: str, reader: Reader) -> Mapping[str, Any]:
    """A basis that is written down today begins today; one that stands keeps its day."""
    kind = reader.ground(text) if text else ""
    written = {"basis": Basis(kind, reader.today if kind else None)}
    return written if kind != contact.basis.kind else {}


def _write_priority(_contact: Contact, text: str, _reader: Reader) -> Mapping[str, Any]:
    if not text:
        return {"priority": 0}
    if not text.isdecimal() or len(text) > 6:
        raise NotUnderstood("no_priority", text)
    return {"priority": int(text)}


def _write_lists(contact: Contact, text: str, reader: Reader) -> Mapping[str, Any]:
    """The fictional people stay on their list, and nobody real comes on it: it goes with the first import."""
    kept = (DEMO_LIST,) if contact.is_demo else ()
    return {"lists": (*kept, *(name for name in reader.lists(text) if name not in kept))}


def _write_note(contact: Contact, text: str, _reader: Reader) -> Mapping[str, Any]:
    others = {key: value for key, value in contact.fields.items() if key != NOTE}
    return {"fields": {**others, NOTE: text} if text else others}


def _touched(contact: Contact) -> tuple[str, ...]:
    touch = contact.touched_at
    return (touch.at.isoformat(sep=" ", timespec="minutes"),) if touch else ()


def _numbers(contact: Contact) -> tuple[str, ...]:
    return tuple(number.e164 or number.raw for number in contact.numbers)


PERSON_FIELDS: tuple[PersonField, ...] = (
    PersonField("name", "Name", _one("full_name"), _write_name, meaning="name", heading="name"),
    PersonField("given", "First name", _one("given"), meaning="given", heading="given name"),
    PersonField("family", "Last name", _one("family"), meaning="family", heading="family name"),
    PersonField(
        "company",
        "Company",
        _one("company"),
        _text("company"),
        meaning="company",
        heading="company",
        also=("firm",),
    ),
    PersonField("role", "Role", _one("role"), _text("role"), meaning="role", heading="job title"),
    PersonField(
        "number",
        "Number",
        _numbers,
        _write_number,
        "with + and country",
        meaning="phone",
        heading="phone",
        several=False,
        is_number=True,
    ),
    PersonField(
        "email", "E-mail", lambda c: c.emails, _write_email, meaning="email", heading="email", several=False
    ),
    PersonField(
        "lists",
        "Lists",
        lambda c: c.lists,
        _write_lists,
        "with commas",
        meaning="list",
        heading="list",
    ),
    PersonField(
        "tags",
        "Tags",
        lambda c: c.tags,
        lambda _c, text, reader: {"tags": reader.words(text)},
        "with commas: vip, trade fair",
        meaning="tags",
        heading="tags",
        also=("tag",),
    ),
    PersonField(
        "owner",
        "Owner",
        _one("owner"),
        _text("owner"),
        "the colleague; empty: everyone's",
        meaning="owner",
        heading="owner",
    ),
    PersonField(
        "language",
        "Language",
        _one("language"),
        _write_language,
        "en, it, de, es, fr",
        meaning="language",
        heading="language",
        plain=False,
    ),
    PersonField(
        "zone",
        "Time zone",
        _one("zone"),
        _write_zone,
        "as in Europe/Rome",
        meaning="zone",
        heading="time zone",
        plain=False,
    ),
    PersonField(
        "priority",
        "Priority",
        lambda c: (str(c.priority),) if c.priority else (),
        _write_priority,
        "a number; higher comes first",
        meaning="priority",
        heading="priority",
        plain=False,
    ),
    PersonField(
        "customer",
        "Customer",
        lambda c: (YES,) if c.customer else (),
        _write_customer,
        "yes or no",
        meaning="customer",
        heading="customer",
        plain=False,
        is_word=True,
    ),
    PersonField(
        "open_problem",
        "Problem",
        _one("open_problem"),
        _text("open_problem"),
        meaning="open_problem",
        heading="open problem",
    ),
    PersonField(
        "touched",
        "Last contacted",
        _touched,
        meaning="last_called",
        heading="last called",
        plain=False,
    ),
    PersonField(
        "do_not_call",
        "Do not call",
        lambda c: (c.do_not_call.why,) if c.do_not_call.why else (),
        meaning="do_not_call",
        heading="do not call",
    ),
    PersonField(
        "basis",
        "Legal basis",
        lambda c: (c.basis.kind,) if c.basis.kind else (),
        _write_basis,
        "consent, contract, referral",
        meaning="basis",
        heading="legal basis",
        plain=False,
    ),
    PersonField(
        "basis_date",
        "Legal basis since",
        lambda c: (c.basis.date.isoformat(),) if c.basis.date else (),
        meaning="basis_date",
        heading="legal basis date",
        plain=False,
    ),
    PersonField(
        "note",
        "Note",
        lambda c: (c.fields[NOTE],) if c.fields.get(NOTE) else (),
        _write_note,
        meaning="notes",
        heading="notes",
    ),
)
"""In the order of the form, the card and the export."""

_BY_NAME = {
    name.replace(" ", "_"): field
    for field in PERSON_FIELDS
    for name in (field.heading, field.label.casefold(), field.meaning, field.id, *field.also)
}


def field_named(name: str) -> PersonField | None:
    """The field with this id, label, heading or import word, in any spelling of case and spaces; else None."""
    return _BY_NAME.get(name.strip().casefold().replace(" ", "_"))


def value_named(contact: Contact, name: str) -> str:
    """What a person's record holds under a name: a field of the table, a column of the import, an answer kept.

    Case, spaces and underscores do not matter: `last order` finds `Last_Order`. Empty when nothing is there.
    """
    wanted = name.strip().casefold().replace(" ", "_")
    for others in (contact.fields, contact.remembered):
        for key, value in others.items():
            if value and key.strip().casefold().replace(" ", "_") == wanted:
                return value
    field = field_named(name)
    return field.shown(contact) if field else ""


def searched(contact: Contact) -> Iterator[tuple[str, str]]:
    """What a plain word is looked for in: field id and text; columns of the import and kept answers by their key."""
    for field in PERSON_FIELDS:
        if field.plain:
            yield from ((field.id, text) for text in field.values(contact))
    yield from (("number", number.raw) for number in contact.numbers if number.e164 and number.raw)
    for key, text in (*contact.fields.items(), *contact.remembered.items()):
        if key != NOTE and text:
            yield key, text


_TERMS = re.compile(r'[^\s":]+:"[^"]*"?|\S+')


def search_terms(typed: str) -> tuple[str, list[tuple[PersonField, str]]]:
    """What is typed to find people: the plain words, and the text that is looked for in one field each.

    `ann tag:vip list:"trade fair"` are the word `ann`, a tag and a list; quotes hold several words together, and the
    last one may still be missing. `firm:` and `company:` are one. A name that is no field's is a plain word.
    """
    plain: list[str] = []
    named: list[tuple[PersonField, str]] = []
    for term in _TERMS.findall(typed):
        name, colon, text = term.partition(":")
        field, text = field_named(name) if colon else None, text.strip('"').strip()
        if field and text:
            named.append((field, text))
        elif field is None:
            plain.append(term)
    return " ".join(plain), named

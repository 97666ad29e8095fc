"""A contact: a person we may call, with numbers, a company, preferences and what they told us."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct, field
from msgspec.structs import replace

from tui.domain.why import Why, why

DEMO_LIST = "demo"
"""The list of the fictional people of the first start: first called at any hour, in no report."""

BY_HAND_LIST = "added by hand"
"""The list of people whom a rep wrote down."""
NEEDS_MANAGER = "needs manager"
"""What is remembered of a person about whom the manager is to decide: what, who asks, and when."""
MANAGER_SAID = "manager said"
"""What is remembered of the manager's answer."""
HANDED_OVER = "handed over"
"""What is remembered of a person who was handed over: from whom, when, and what the next rep must know."""


class Refusal(Struct, frozen=True):
    """That nobody calls a person; false when somebody may."""

    why: str = ""
    """What was said, or what a file says, as it was written down."""
    on: date | None = None
    """The day on which it was said; None when only a file says it."""
    covers: str = ""
    """`firm` when everybody of their firm is meant, `numbers` when their numbers are and not they; else empty."""

    like: str = ""
    """They look like this person, or somebody of this firm, who refused; whether they are the same nobody answered."""

    def __bool__(self) -> bool:
        return bool(self.why or self.on or self.like)

    def __eq__(self, other: object) -> bool:
        """The same was said; whom else it covers does not count."""
        if not isinstance(other, Refusal):
            return NotImplemented
        return (self.why, self.on, self.like) == (other.why, other.on, other.like)

    def __hash__(self) -> int:
        return hash((self.why, self.on, self.like))

    def values(self) -> Mapping[str, str]:
        """Its words and its day for a sentence, by the names of the fields there; what is not known is empty."""
        return {"noted": self.why, "on": self.on.isoformat() if self.on else "", "like": self.like}

    @property
    def reason(self) -> Why:
        """Why nobody calls them, as a code."""
        if self.like:
            return why("looks_like", like=self.like)
        return why("refused", noted=self.why, on=self.on.isoformat() if self.on else "")


class Number(Struct, frozen=True):
    """One phone number of a contact."""

    e164: str = ""
    """`+` and 7 to 15 digits; empty when the raw text could not be understood."""
    raw: str = ""
    """As it came in, cleaned of control characters."""
    label: str = ""
    """What the source called it: mobile, work, home …"""
    ext: str = ""
    """Extension behind the number, digits only."""
    bad: bool = False
    """True once somebody recorded it as the wrong number."""
    barred: Why | None = None
    """Why nobody calls it, whoever has it. Worked out, or read from a file that is imported; not stored with it."""

    @property
    def dialable(self) -> bool:
        """Whether the number may be offered for a dial."""
        return bool(self.e164) and not self.bad and self.barred is None


class Source(Struct, frozen=True):
    """Where a contact came from: the list it was imported into and its id there."""

    list: str = ""
    external_id: str = ""


class Preferences(Struct, frozen=True):
    """How and when the customer wants to hear from us, in their own terms."""

    every: int | None = None
    """Days between two contacts, as they asked."""
    channel: str | None = None
    """phone, email, text or visit; None when they never said."""
    at: str | None = None
    """Time of day they named, `HH:MM` in their own zone."""
    since: datetime | None = None
    """When they said it (UTC)."""


class Basis(Struct, frozen=True):
    """The legal ground for calling: kind (customer, consent, public, referral …) and its date."""

    kind: str = ""
    date: date | None = None


ANOTHER_PHONE = "another phone"
"""Source of a touch: their call to us was answered on another phone."""


class Touch(Struct, frozen=True):
    """That somebody of ours was in touch with them, as another program or our phone tells it. It is no call of ours."""

    at: datetime
    """UTC; noon of that day in the person's zone when only the day is known."""
    source: str = ""
    """The list it came with, or `ANOTHER_PHONE`."""


class Contact(Struct, frozen=True):
    """A person we may call. Names follow the record promised to the outside (docs/architecture.md)."""

    id: str
    rev: int = 0
    edited_at: datetime | None = None
    created_at: datetime | None = None
    import_id: str = ""
    """Of the import that made the record, the same for all its rows; empty of one written by hand, or of before these
    were kept. It goes with `created_at`."""
    name: str = ""
    given: str = ""
    family: str = ""
    company: str = ""
    role: str = ""
    numbers: tuple[Number, ...] = ()
    emails: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    source: Source = Source()
    zone: str = ""
    """IANA zone of the contact, when known; else the number's zone is used."""
    language: str = ""
    owner: str = ""
    """The rep this contact belongs to; empty when it is anybody's."""
    owner_id: str = ""
    """Id of that rep, where it is known who the name means; else the name stands alone."""
    tags: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    """Columns of the import we have no name for; scripts and cards can use them."""
    customer: bool = False
    open_problem: str = ""
    """What is wrong at the moment; such a contact is not offered as a check-in (B07)."""
    prefers: Preferences = Preferences()
    remembered: Mapping[str, str] = field(default_factory=dict)
    """Answers kept for the next calls (`keep: contact` in a script)."""
    basis: Basis = Basis()
    touched_at: Touch | None = None
    """The last time somebody was in touch with them according to an import; gaps are kept from then on."""
    do_not_call: Refusal = Refusal()
    """Why nobody calls them. Worked out from the do-not-call list, or read from a file that is imported; it is
    not stored with the contact."""
    priority: int = 0
    """The team's own priority; higher first inside a tier."""
    pursuit: str = ""
    """What the rep decided besides any outcome: `soft` (no calls, a softer channel), `stopped`, or empty."""
    pursuit_reason: str = ""
    """Reason code of that decision."""
    pursuit_since: datetime | None = None
    """When it was decided (UTC)."""
    kept_at: datetime | None = None
    """When somebody said to keep them although nobody is in touch with them (UTC); see `retention`."""
    orders: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Of values that hold several, by name: the order a merge goes by (`leaves`), where it does not show any more."""
    stamps: Mapping[str, str] = field(default_factory=dict)
    """When each leaf (`leaves`) was last written by hand, and by whom: path to stamp. One without a value was removed.
    An import never overwrites what stands here; the store writes it."""

    @property
    def full_name(self) -> str:
        """The name of the person, put together when only its parts are known; empty when nothing is."""
        return self.name or f"{self.given} {self.family}".strip()

    @property
    def shown_name(self) -> str:
        """What the person goes by: their name, else the company, else the first number or e-mail; empty for nobody.

        Where a rep reads it, `name_of` of `cockpit/wording` says it.
        """
        first = next((n.raw or n.e164 for n in self.numbers), next(iter(self.emails), ""))
        return self.full_name or self.company or first

    @property
    def without_refusals(self) -> Contact:
        """The contact as it is stored: what speaks against calling them stands in the do-not-call list."""
        if not self.do_not_call and not any(number.barred for number in self.numbers):
            return self
        numbers = tuple(replace(number, barred=None) for number in self.numbers)
        return replace(self, do_not_call=Refusal(), numbers=numbers)

    @property
    def is_demo(self) -> bool:
        """Whether it is one of the fictional people of the first start: they came with no file."""
        return DEMO_LIST in self.lists and not self.source.list

    @property
    def is_nobody(self) -> bool:
        """Whether nothing is known by which anybody could find or call them again."""
        names = (self.name, self.given, self.family, self.company)
        return not any(names) and not self.emails and not any(number.e164 for number in self.numbers)

    @property
    def first_number(self) -> str:
        """The number that is called first (E.164); empty when none can be dialled. The only rule for it."""
        return next((number.e164 for number in self.dial_order), "")

    @property
    def dial_order(self) -> tuple[Number, ...]:
        """Numbers that may be dialled: mobile first, then work, then the others as they came."""
        numbers = self.numbers
        if len(numbers) == 1:
            return numbers if numbers[0].dialable else ()
        dialable = tuple(n for n in numbers if n.dialable)
        return dialable if len(dialable) < 2 else tuple(sorted(dialable, key=_by_label))


_LABELS = {
    **dict.fromkeys(("mobile", "cell", "mobil", "cellulare", "móvil", "portable"), 0),
    **dict.fromkeys(("work", "business", "office", "lavoro", "ufficio", "direct"), 1),
    **dict.fromkeys(("fax", "pager"), 9),
}
"""Words of a label, and the place in the order; a number without one of them comes at 2."""


def _by_label(number: Number) -> int:
    label = number.label.casefold()
    return next((place for word, place in _LABELS.items() if word in label), 2)


class Rep(Struct, frozen=True):
    """Who made calls or owns people. The id is made once for each data folder."""

    id: str
    label: str = ""
    """`me.name` of the settings."""
    aliases: tuple[str, ...] = ()
    """Earlier labels, so that an owner written as one of them is known to be this rep."""
    rev: int = 0
    edited_at: datetime | None = None

    def called(self, label: str) -> Rep:
        """The rep under this name; an earlier one becomes an alias."""
        if label == self.label:
            return self
        earlier = (*self.aliases, self.label) if self.label else self.aliases
        aliases = tuple(name for name in dict.fromkeys(earlier) if name != label)
        return replace(self, label=label, aliases=aliases)

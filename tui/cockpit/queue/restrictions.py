"""What binds every call to a person besides the house: the law of their country, and the do-not-call list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tui.domain.contact import DEMO_LIST, Contact
from tui.domain.do_not_call import DoNotCallList
from tui.domain.law import LawPack, binding, is_consumer
from tui.domain.window import Hours, zone_info
from tui.phone import Verdict, country, guard, parse
from tui.phone import zones as zones_of_number
from tui.settings.lawpacks import LawBook, register_days
from tui.settings.settings import Settings
from tui.storage.protocol import Store
from tui.system.programs import add_package


def stale_copies(never: DoNotCallList, today: date) -> tuple[str, ...]:
    """Sentences about copies of public registers that are older than their country allows."""
    said = []
    for name, copy in never.registers.items():
        allowed, age = register_days(copy.country), (today - copy.on).days
        if allowed and age > allowed:
            said.append(
                f"The copy of {name} is {age} days old; {copy.country} allows {allowed}. Draw it anew, then: "
                f"powerhour dnc import FILE --register {name} --date DATE"
            )
    return tuple(said)


@dataclass(frozen=True, slots=True)
class NumberInHand:
    """A number that is, or would be, called, and what follows from it."""

    number: str
    """E.164; empty when the person has none that can be dialled."""
    zones: tuple[str, ...]
    """Every zone the phone may be in, at least one; the person's own zone when it is known."""
    law: tuple[LawPack, ...]
    """Packs that bind a call to it, the strictest first."""

    @property
    def zone(self) -> str:
        """The zone in which times are told to the rep."""
        return self.zones[0]


class Bounds:
    """Looks up the law and the do-not-call list for one store."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._book = LawBook(settings.law_packs, settings.policy.hours.holidays)
        self.never = DoNotCallList()

    def load(self) -> None:
        """Read the do-not-call list."""
        self.never = DoNotCallList(self._store.do_not_call())

    @property
    def holidays_note(self) -> str:
        """That the holidays of a country whose law closes on them are not known here; empty when all are."""
        where = ", ".join(self._book.without_holidays)
        cure = f"Install them:  {add_package('holidays')}  or list the days under calling_window.holidays."
        return (
            f"The law of {where} closes on public holidays, which are not known here. {cure}" if where else ""
        )

    @property
    def hash(self) -> str:
        """Differs when another law may bind somebody."""
        return self._book.hash()

    def number_in_hand(self, contact: Contact, number: str = "") -> NumberInHand:
        """The number given, else the one that is called first, with its clock and its law.

        Queue, card, dial check, forms, scripts and report ask here, so that they never tell two times.
        """
        called = number or contact.first_number
        return NumberInHand(called, self._zones(contact, called), self._law(contact, called))

    def _zones(self, contact: Contact, number: str) -> tuple[str, ...]:
        if contact.zone and zone_info(contact.zone):
            return (contact.zone,)  # nobody looks a number up for it: a list has 100,000
        first = contact.first_number
        found = zones_of_number(number) if number else ()
        # A number without a place, such as an extension that calls us, is where the person's own number is.
        return found or (zones_of_number(first) if first else ()) or (self._settings.zone,)

    def _law(self, contact: Contact, number: str) -> tuple[LawPack, ...]:
        if DEMO_LIST in contact.lists or not self._book.may_bind(number):
            return ()
        where = country(number)
        consumer = is_consumer(contact, self._settings.consumer_lists)
        return binding(self._book.of(where), contact, where, number, consumer)

    def refusal(self, contact: Contact, number: str) -> str:
        """Why nobody calls this person, or this number, whatever the rep says; empty when they may be called."""
        if why := self.never.marked(contact).do_not_call:
            return f"Do not call {contact.shown_name}: {why}"
        if entry := self.never.on_number(number):
            return f"Do not call this number: {entry.sentence}"
        return ""

    def verdict(self, number: str) -> Verdict:
        """Whether the number itself may be dialled; no reason lifts a block.

        While nobody has said which countries are called, the number's own is one.
        """
        settings = self._settings
        home = settings.allowed_countries or ((settings.region,) if settings.region else ())
        return guard(number, settings.region, home or (parse(number, settings.region).region,))

    def hours(self, law_ids: str) -> tuple[Hours, ...]:
        """The legal hours a next step was worked out with."""
        return self._book.hours_of(law_ids) if law_ids else ()

    def is_others(self, owner: str) -> bool:
        """Whether somebody belongs to another rep; nobody's people are everybody's (B36)."""
        mine = self._settings.me.name.strip().casefold()
        theirs = owner.strip().casefold()
        return bool(mine and theirs) and mine != theirs and self._settings.policy.same_rep != "off"

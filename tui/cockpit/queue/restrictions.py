"""What binds every call to a person: the law of their country, the do-not-call list, and the policy's next step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tui.cockpit.queue.owed import UnclearCalls
from tui.cockpit.queue.team import team_of
from tui.cockpit.wording import card
from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.why import refusal, sentence
from tui.domain.call import Call
from tui.domain.contact import NEEDS_MANAGER, Contact, Rep
from tui.domain.do_not_call import DoNotCallList, Entry, Named
from tui.domain.history import is_settled
from tui.domain.identity.look_alike import KnownContact, LookAlikes
from tui.domain.law import LawPack, binding, is_consumer
from tui.domain.may_call import MayCall
from tui.domain.next_step import WAITS_FOR_US, NextStep
from tui.domain.place import SEVERAL_CLOCKS, home, zones_at
from tui.domain.policy import next_step
from tui.domain.promise_state import PlannedCall
from tui.domain.shared.forgotten import Hashes
from tui.domain.shared.team import Whose
from tui.domain.why import Why, why
from tui.domain.window import Hours, zone_info
from tui.locale.spoken import translated
from tui.phone import GuardVerdict, country, guard, never_dialled, parse
from tui.phone import zones as zones_of_number
from tui.settings.lawpacks import LawBook
from tui.settings.settings import Settings
from tui.storage.protocol import Store

WORKED_OUT = 4
"""Goes up when who may be called is worked out otherwise: next steps of an older program are then worked out again."""


def forbidden(e164: str) -> Why | None:
    """Why nobody dials a number, whoever has it; None when somebody may."""
    code = never_dialled(e164)
    return why(code) if code else None


class Concern:
    """Tells whom some entries of a do-not-call list name, and who looks like whom they name."""

    def __init__(self, entries: Sequence[Entry], known: KnownContact) -> None:
        """`known` as in `LookAlikes`."""
        self._named = Named(entries)
        self._alike = LookAlikes((one for one in entries if one.kind == "addition"), known)

    def is_about(self, contact: Contact) -> bool:
        """Whether one of them may be about this person."""
        return self._named.holds(contact) or next(self._alike.of(contact), None) is not None


def concerned(store: Store, entries: Sequence[Entry]) -> list[Contact]:
    """Everybody whom these entries name, or who looks like whom they name. Reads every contact when there is one."""
    return list(filter(Concern(entries, store.contact).is_about, store.contacts())) if entries else []


NOBODY = NextStep("stop", "end", None, (why("gone"),))


class NumberInHand(Struct, frozen=True):
    """A number that is, or would be, called, and what follows from it."""

    number: str
    """E.164; empty when the person has none that can be dialled."""
    zones: tuple[str, ...]
    """Every zone the phone may be in, at least one; the person's own zone when it is known.

    Where the state or the postcode of the person disagrees with the number, the zones of both, and a call is only
    made while all are open.
    """
    law: tuple[LawPack, ...]
    """Packs that bind a call to it, the strictest first."""

    @property
    def zone(self) -> str:
        """The zone in which times are told to the rep."""
        return self.zones[0]


_DECISIVE = attrgetter(
    *("created_at", "edited_at", "zone", "lists", "owner", "owner_id", "customer", "open_problem", "prefers"),
    *("basis", "touched_at", "priority", "pursuit", "pursuit_reason", "pursuit_since"),
)
"""All of a contact without calls that decides the next step, besides the place, the law and the numbers."""
_BARRED = attrgetter("barred")
Alike: TypeAlias = dict[tuple[object, ...], NextStep]
"""The next steps of people without a call, by all that decides them."""


class Bounds:
    """Asks the law, the do-not-call list and the policy for one store."""

    def __init__(self, store: Store, settings: Settings, unclear: UnclearCalls) -> None:
        self._store, self._settings, self._unclear = store, settings, unclear
        self._book = LawBook(settings.law_packs, settings.policy.hours.holidays)
        self.team = team_of(settings, store)
        """Who is on the team; nobody is taken for a colleague's without it."""
        self._hashes = Hashes()
        self.may_call = MayCall(
            DoNotCallList(), store.calls, forbidden, store.contact, lambda text: self._hashes.of(text)
        )
        """The one question; nobody is listed, ranked, shown or called without it."""

    def go_by(self, settings: Settings) -> None:
        """Other laws and rules count from now on."""
        self._settings = settings
        self._book = LawBook(settings.law_packs, settings.policy.hours.holidays)

    def works_here(self, rep_id: str) -> Rep:
        """The rep of this data folder, under the name that the settings give; everybody else is a colleague."""
        self.team = team_of(self._settings, self._store, rep_id)
        return self.team.me

    @property
    def never(self) -> DoNotCallList:
        """The do-not-call list."""
        return self.may_call.never

    @never.setter
    def never(self, never: DoNotCallList) -> None:
        if never.holds_hashes:
            self._hashes = Hashes(self._store.hash_keys())
        self.may_call.never = never

    def load(self) -> None:
        """Read the do-not-call list, and who is on the team."""
        self.team = team_of(self._settings, self._store, self.team.me.id)
        self.never = DoNotCallList(self._store.do_not_call())

    def warnings(self, today: date) -> tuple[str, ...]:
        """What is out of date or unknown of the law and of the public registers, a sentence each."""
        holidays = card.holidays_unknown(self._book.without_holidays)
        return (*filter(None, (holidays,)), *card.stale_copies(self.never, today))

    @property
    def hash(self) -> str:
        """Differs when another law may bind somebody."""
        return f"{self._book.hash()}{WORKED_OUT}"

    def number_in_hand(self, contact: Contact, number: str = "") -> NumberInHand:
        """The number given, else the one that is called first, with its clock and its law.

        Queue, card, dial check, forms, scripts and report ask here, so that they never tell two times.
        """
        called = number or self.may_call.first_number(contact)
        return NumberInHand(called, self._zones(contact, called), self._law(contact, called))

    def _zones(self, contact: Contact, number: str) -> tuple[str, ...]:
        if contact.zone and zone_info(contact.zone):
            return (contact.zone,)  # nobody looks a number up for it: a list has 100,000
        found = zones_of_number(number) if number else ()
        first = "" if found else contact.first_number
        # A number without a place, such as an extension that calls us, is where the person's own number is.
        known = found or (zones_of_number(first) if first else ())
        if (number or first).startswith(SEVERAL_CLOCKS) and contact.fields:
            known = zones_at(home(contact.fields, country(number or first)), known)
        return known or (self._settings.zone,)

    def _law(self, contact: Contact, number: str) -> tuple[LawPack, ...]:
        if contact.is_demo or not self._book.may_bind(number):
            return ()
        where = country(number)
        consumer = is_consumer(contact, self._settings.consumer_lists)
        lives_in = home(contact.fields, where).country
        of_home = self._book.of(lives_in) if lives_in not in {"", where} else ()
        return binding((*self._book.of(where), *of_home), contact, where, number, consumer)

    def refusal(self, contact: Contact, number: str) -> str:
        """Why nobody calls this person, or this number, whatever the rep says; empty when they may be called."""
        against = self.may_call.why_not(contact, number)
        if against is None:
            return ""
        said = self.may_call.marked(contact).do_not_call
        if said and not said.like:
            return notice("do_not_call", whom=card.name_of(contact), why=refusal(said))
        return sentence(against)

    def verdict(self, number: str) -> GuardVerdict:
        """Whether the number itself may be dialled; no reason lifts a block.

        While nobody has said which countries are called, the number's own is one.
        """
        settings = self._settings
        home = settings.allowed_countries or ((settings.region,) if settings.region else ())
        return guard(number, settings.region, home or (parse(number, settings.region).region,))

    def hours(self, law_ids: str) -> tuple[Hours, ...]:
        """The legal hours a next step was worked out with."""
        return self._book.hours_of(law_ids) if law_ids else ()

    def whose(self, step: NextStep) -> Whose:
        """Whose somebody with this step is (B36). A promise stays with who gave it until the colleague has them.

        So whoever is anybody's is the colleague's to whom they were promised. Where the team has turned the rule off
        everybody is anybody's.
        """
        if self._settings.policy.same_rep == "off":
            return Whose.ANYBODYS
        if not step.owner and not step.owner_id:
            return Whose.COLLEAGUES if self._promised_by_colleague(step) else Whose.ANYBODYS
        return Whose.MINE if self.is_to_keep(step) else self.team.whose(step.owner, step.owner_id)

    def is_to_keep(self, step: NextStep) -> bool:
        """Whether it is a promise of mine to somebody who was given to a colleague and not taken yet."""
        given = step.promise is not None and step.owner and not step.owner_id
        return bool(given) and self.team.made_by_me(step.promised_by) and not self.team.is_me(step.owner)

    def giver(self, step: NextStep) -> str:
        """The name of the colleague who gave the promise of this step; empty for the rep's own, and for none."""
        if step.promise is None or self.team.made_by_me(step.promised_by):
            return ""
        return self.team.names.get(step.promised_by) or translated(card.A_COLLEAGUE)

    def _promised_by_colleague(self, step: NextStep) -> bool:
        """Of a rep of whom there is a record. A promise of nobody we know, as of an id that was lost, is anybody's."""
        return bool(self.giver(step)) and self._store.rep(step.promised_by) is not None

    def in_queue(self, step: NextStep) -> NextStep | None:
        """The step as it stands in the queue; None for a colleague's. Whoever is nobody's has a tier of their own."""
        # Nobody looks further for most of a long list.
        if not step.owner and not step.owner_id and not step.promised_by:
            return step
        match self.whose(step):
            case Whose.COLLEAGUES:
                return None
            case Whose.UNKNOWN:
                return replace(step, kind="unknown_owner", signal=step.kind in WAITS_FOR_US)
        return step

    def colleague(self, step: NextStep) -> str:
        """The name of the colleague who looks after somebody with this step; empty when nobody does."""
        if self.whose(step) is not Whose.COLLEAGUES:
            return ""
        return step.owner or self.team.names.get(step.promised_by) or translated(card.A_COLLEAGUE)

    def expected(self, step: NextStep) -> str:
        """The colleague whose call they expect: who looks after them, else who promised it; empty: the rep's own."""
        return self.colleague(step) or self.giver(step)

    def step(
        self,
        contact: Contact,
        calls: Sequence[Call],
        now: datetime,
        plans: Sequence[PlannedCall] | None = None,
        alike: Alike | None = None,
    ) -> NextStep:
        """The next step of a contact with this history, with where they are and whether they want to buy.

        `plans`: those about to be stored; else the stored ones. `alike`: what was decided of others who come with
        them; whoever was never called and is like one of them gets the very same step.
        """
        missed = self._unclear.open_of(contact.id)
        # It may be settled by a call that is about to be stored.
        if missed and (is_settled(missed, calls) or not self._is_likeliest(contact.id, missed, now)):
            missed = None
        return self._step(contact, calls, now, missed, plans, alike)

    def _is_likeliest(self, contact_id: str, missed: Call, now: datetime) -> bool:
        """Whether nobody before them could be called back: a call that may be from several stands in one row."""
        for one in missed.one_of[: missed.one_of.index(contact_id)]:
            contact = self._store.contact(one)
            step = self._step(contact, self._store.calls(one), now, missed) if contact else NOBODY
            if step.one_of and step.action == "call" and not self.colleague(step):
                return False
        return True

    def _step(
        self,
        contact: Contact,
        calls: Sequence[Call],
        now: datetime,
        missed: Call | None,
        plans: Sequence[PlannedCall] | None = None,
        alike: Alike | None = None,
    ) -> NextStep:
        contact = self.may_call.marked(contact, calls)
        first = self.number_in_hand(contact, contact.first_number)
        planned = self._store.plans(contact.id) if plans is None else plans
        is_own = calls or planned or missed or contact.do_not_call or any(map(_BARRED, contact.numbers))
        if alike is None or is_own or NEEDS_MANAGER in contact.remembered:
            return self._decided(contact, calls, now, first, missed, planned)
        packs = tuple(pack.id for pack in first.law) if first.law else ()
        kind = (now, first.zones, packs, bool(contact.dial_order), *_DECISIVE(contact))
        if (step := alike.get(kind)) is None:
            step = alike[kind] = self._decided(contact, calls, now, first, missed, planned)
        return step

    def _decided(
        self,
        contact: Contact,
        calls: Sequence[Call],
        now: datetime,
        first: NumberInHand,
        missed: Call | None,
        plans: Sequence[PlannedCall],
    ) -> NextStep:
        step = next_step(
            contact,
            calls,
            self._settings.policy,
            now,
            zones=first.zones,
            law=first.law,
            plans=plans,
            unclear=missed,
        )
        signals = [sign for call in calls if not call.voided_at for sign in call.signals]
        return replace(
            step,
            zones=first.zones,
            signal=bool(signals) and signals[-1] == "+",
            priority=contact.priority,
            lists=contact.lists,
            owner=contact.owner,
            owner_id=contact.owner_id,
            needs_manager=NEEDS_MANAGER in contact.remembered,
            law=" ".join(pack.id for pack in first.law if pack.hours is not None),
        )

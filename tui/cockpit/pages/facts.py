"""What we know of one person, made once for every place that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tui.cockpit.call_view import PersonFacts
from tui.cockpit.pages.company import Company
from tui.cockpit.state.others import caller_of
from tui.cockpit.state.state import State
from tui.cockpit.wording import card, queue_reasons
from tui.cockpit.wording.scripts import language_words
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.day_words import Clocks, city, time_words
from tui.domain.history import history_of
from tui.domain.identity.person_fields import NOTE, PERSON_FIELDS, PersonField
from tui.domain.outcome import RIGHT_PARTY, Category
from tui.locale.spoken import translated

_TOLD_ELSEWHERE = frozenset(
    {"name", "given", "family", "company", "role", "number", "basis", "basis_date", "touched"}
)
"""Fields that stand in the title of the card or have a line of their own making."""
_NEEDED_FIRST = frozenset({"email", "open_problem", "do_not_call", "note"})
"""Fields that matter in a call."""
_FIRST = tuple(field for field in PERSON_FIELDS if field.id in _NEEDED_FIRST)
_OTHERS = tuple(field for field in PERSON_FIELDS if field.id not in _NEEDED_FIRST | _TOLD_ELSEWHERE)
_IN_WORDS: Mapping[str, Callable[[str], str]] = {"zone": city, "language": language_words}
"""By field: what a screen calls a code."""
MOST_OF_A_FIRM = 8
"""So many others of a company are named."""


def _is_moment(said: str) -> bool:
    """Whether an import wrote it for a call-back it understood: its plan has a line of its own."""
    return len(said) == len("2026-11-30T10:00") and said[10] == "T"


class Facts:
    """Makes them."""

    def __init__(self, state: State, company: Company) -> None:
        self._state, self._company = state, company

    def of(self, contact: Contact, *, with_firm: bool = True) -> PersonFacts:
        """Everything about one person, their calls the latest first.

        `with_firm`: with who else works there, for which everybody is looked through.
        """
        state = self._state
        calls, unclear = state.calls(contact), state.ranking.unclear.all_of(contact.id)
        every = sorted((*calls, *unclear), key=lambda call: call.at)
        firm, more = self._company.others(contact, MOST_OF_A_FIRM) if with_firm else ((), 0)
        return PersonFacts(
            contact.id,
            card.name_of(contact),
            card.about(contact),
            tuple(self._reach(contact)),
            tuple(self._rest(contact)),
            tuple(self.past_call(call) for call in reversed(every)),
            self._called(calls),
            firm,
            more,
        )

    def past_call(self, call: Call) -> tuple[str, str]:
        """When a call was, and what it was and brought."""
        state, ours = self._state, self._state.settings.zone
        label = state.labels[call.outcome]
        names = [state.ranking.name(one) for one in call.one_of]
        clocks = Clocks((call.promise.zone if call.promise else "") or ours, ours, state.now)
        said = card.past_call(call, label, names, clocks, caller_of(state, call))
        return time_words(call.at, ours, state.now), said

    def _reach(self, contact: Contact) -> Iterator[tuple[str, str]]:
        contact = self._state.ranking.bounds.may_call.marked(contact)
        plan, touch, clocks = self._state.plan(contact), contact.touched_at, self._state.clocks(contact)
        # What the file said of these two stands in their own lines.
        told = {
            NOTE,
            "call_back" if plan or _is_moment(contact.fields.get("call_back", "")) else NOTE,
            "last_called" if touch else NOTE,
        }
        columns = {k: v for k, v in {**contact.remembered, **contact.fields}.items() if k not in told}
        lines = (
            *card.numbers(contact),
            ("Planned call", queue_reasons.planned(plan, clocks) if plan else ""),
            ("Last contacted", card.last_contacted(touch, clocks) if touch else ""),
            *((field.label, field.shown(contact)) for field in _FIRST),
            *columns.items(),
        )
        return ((translated(card.heading(label)), value) for label, value in lines if value)

    def _rest(self, contact: Contact) -> Iterator[tuple[str, str]]:
        lines = (
            *((field.label, _on_card(field, contact)) for field in _OTHERS),
            ("Legal basis", card.legal_basis(contact)),
            ("Number from", card.where_from(contact, self._state.settings.zone)),
        )
        return ((translated(label), value) for label, value in lines if value)

    def _called(self, calls: tuple[Call, ...]) -> str:
        attempts = history_of(calls).attempts
        talked = sum(call.is_ in RIGHT_PARTY for call in attempts)
        voicemails = sum(call.is_ is Category.VOICEMAIL for call in attempts)
        return card.called(len(attempts), talked, voicemails)


def _on_card(field: PersonField, contact: Contact) -> str:
    """The values of a person's field in words; in the form a zone and a language stand as they are typed."""
    values, in_words = field.shown(contact), _IN_WORDS.get(field.id)
    if in_words and values:
        return in_words(values)
    return translated(values) if field.is_word else values

"""The figures of an import, made from what is planned or was done: who can be called, and who must be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from tui.cockpit.queue.restrictions import Bounds
from tui.cockpit.wording.import_summary import Behind, Figure, Summary
from tui.cockpit.wording.imports import kept_words
from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.why import refusal, sentence, sentences
from tui.domain.contact import Contact
from tui.domain.day_words import wall_time
from tui.domain.next_step import NextStep
from tui.domain.promise_state import PlannedCall
from tui.domain.why import Why
from tui.exchange.reading.plan import Built, ImportPlan
from tui.exchange.reading.row_to_contact import Made

_REFUSED = {"refused": Figure.DO_NOT_CALL, "number_refused": Figure.DO_NOT_CALL, "looks_like": Figure.ALIKE}
"""By the code of what forbids a call."""
Offered = Callable[[str, NextStep | None], bool | None]
"""Whether the queue offers the person with this id and next step now; None when it never does."""


def summary_of(
    plan: ImportPlan,
    built: Built,
    bounds: Bounds,
    offered: Offered,
    steps: Mapping[str, NextStep | None],
    planned: Iterable[PlannedCall],
    known: Callable[[str], Contact | None],
) -> Summary:
    """The figures of an import. `steps` and `planned` are those about to be stored; `known` finds a stored contact."""
    standing = _Standing(bounds, offered)
    behind: dict[Figure, list[Behind]] = {}
    people = {one.id: one for one in (*plan.created, *plan.updated, *plan.unchanged)}
    needing: dict[str, tuple[str, ...]] = {}
    for contact_id, one in plan.about(made for made in built.made if made.need_country):
        needing[contact_id] = (*needing.get(contact_id, ()), *one.need_country)
    for contact in people.values():
        needs = tuple(dict.fromkeys(needing.get(contact.id, ())))
        figure, words = standing.of(contact, steps.get(contact.id), needs)
        behind.setdefault(figure, []).append(Behind(plan.rows.get(contact.id, 0), contact, words))
    behind[Figure.PLANNED] = [
        Behind(
            plan.rows.get(one.contact_id, 0),
            people.get(one.contact_id) or known(one.contact_id),
            _at(one),
        )
        for one in planned
        if one.replaced_at is None
    ]
    behind[Figure.MERGED] = [
        Behind(one.row, one.contact, notice("same_row", row=one.same_as)) for one in plan.repeated
    ]
    behind[Figure.CHECK] = list(_to_check(plan, built))
    behind[Figure.NOT_TAKEN] = [Behind(one.row, None, one.reason) for one in built.rejected]
    return Summary(behind)


def needing_country(plan: ImportPlan, built: Built, summary: Summary) -> Iterator[Made]:
    """The rows whose numbers need a country before their person can be called: those behind that figure."""
    people = {one.contact.id for one in summary.behind.get(Figure.NEEDS_COUNTRY, ()) if one.contact}
    rows = plan.about(made for made in built.made if made.need_country)
    return (made for contact_id, made in rows if contact_id in people)


def _at(planned: PlannedCall) -> str:
    """When a call is planned, on their clock."""
    return wall_time(planned.from_.astimezone(ZoneInfo(planned.zone)), planned.precision)


class _Standing:
    """Finds the figure that counts somebody."""

    def __init__(self, bounds: Bounds, offered: Offered) -> None:
        self._bounds, self._may_call, self._offered = bounds, bounds.may_call, offered

    def of(self, contact: Contact, step: NextStep | None, needs: tuple[str, ...]) -> tuple[Figure, str]:
        """The figure, and what there is to say of them there. `step`: None when the import changes none of it."""
        # Whoever is to be called may be called, and has a number: the policy has asked.
        is_call = step is not None and step.action == "call" and step.due is not None
        against = None if is_call else self._may_call.why_not(contact)
        if against is not None and against.code in _REFUSED:
            return _REFUSED[against.code], self._said_against(contact, against)
        if against is not None or not contact.first_number:
            return (Figure.NEEDS_COUNTRY, ", ".join(needs)) if needs else (Figure.NO_NUMBER, "")
        now = self._offered(contact.id, step)
        if now is None:
            return Figure.HELD, self._why_held(step)
        return (Figure.NOW if now else Figure.LATER), ""

    def _why_held(self, step: NextStep | None) -> str:
        if step is None:
            return ""
        if colleague := self._bounds.colleague(step):
            return notice("colleagues", owner=colleague)
        is_by_policy = step.action != "call" or step.due is None
        return sentences(step)[0] if is_by_policy and step.why else ""

    def _said_against(self, contact: Contact, against: Why) -> str:
        if against.code == "looks_like":
            return notice("row_looks_like", like=against.values["like"])
        said = self._may_call.marked(contact).do_not_call
        return refusal(said) if said else sentence(against)


def _to_check(plan: ImportPlan, built: Built) -> Iterable[Behind]:
    """What a rep should read once more: remarks on rows, and words of the file that a rep's own word outlives."""
    for made in built.made:
        for remark in made.remarks:
            yield Behind(made.row, made.contact, remark)
    for one in plan.conflicts:
        yield Behind(one.row, one.contact, kept_words(one))

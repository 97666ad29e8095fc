"""From the end of a call to the next card: the outcome, its form, ONE durable commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from tui.cockpit.actions.action import action, call_action, giving, look
from tui.cockpit.actions.correction import Correcting
from tui.cockpit.actions.do_not_call import list_after
from tui.cockpit.actions.next_person import CallOrder
from tui.cockpit.actions.own.first_run import after_call
from tui.cockpit.clock import seconds_between
from tui.cockpit.form import outcome_form
from tui.cockpit.form.outcome_form import Filled, Form, NotYet
from tui.cockpit.form.phrases import Setting, answers_for
from tui.cockpit.form.prefilled import form_of
from tui.cockpit.state.active_call import Working, contact_after, with_right_number
from tui.cockpit.state.state import State
from tui.cockpit.view import Ask, Phase, View
from tui.cockpit.wording import card, outcomes, saved
from tui.cockpit.wording.notices import notice
from tui.domain import day_words
from tui.domain.call import Call, can_end_with
from tui.domain.contact import Contact
from tui.domain.next_step import NextStep
from tui.domain.outcome import Category, Outcome
from tui.domain.when.read import Unsure, When, read_when
from tui.domain.when.words import YESTERDAY
from tui.domain.window import settle
from tui.storage.other_documents import changed_values, without

SETTLED_S = 1.0
"""An outcome letter counts once the line has been dialling so long."""
CHOOSING = frozenset({Phase.DIALLING, Phase.RINGING, Phase.CALL_OVER, Phase.FORM})
"""Phases in which an outcome letter means something."""


class OutcomeActions:
    """Outcomes of the call in hand."""

    def __init__(self, state: State, flow: CallOrder, correcting: Correcting) -> None:
        self._state = state
        self._flow = flow
        self._correcting = correcting

    def setting(self, working: Working) -> Setting:
        """What a form of this call needs to understand a phrase."""
        state = self._state
        settings, region = state.settings, state.settings.region
        here, next_time = state.number(working.contact, working.number), state.number(working.contact)
        setting = Setting(
            working.happened_at(state.now),
            here.zone,
            settings.zone,
            settings.policy,
            working.contact,
            region == "US" if region else None,
            here.law,
            here.zones,
            next_time.law,
            next_time.zones,
            state.now,
        )
        return replace(setting, otherwise=self._otherwise(working, setting))

    def _otherwise(self, working: Working, setting: Setting) -> str:
        """What comes when they named no time: the words the outcome list uses, from what the form says so far."""
        form = working.form
        if form is None or "again" not in form.values:
            return ""
        try:
            filled = outcome_form.filled(form, setting)
        except NotYet:
            filled = Filled()
        step = outlook(state := self._state, working, form.outcome, filled)
        clocks = state.clocks(working.contact)
        return outcomes.again(step, clocks, state.ranking.opens(working.contact.id, clocks.now, step))

    @call_action
    async def choose(self, outcome_id: str) -> None:
        """Press an outcome: saved at once when nothing is asked, else its form opens."""
        working, outcome = self._state.in_hand, self._state.outcome(outcome_id)
        if why_not := (
            self._not_yet(working) or self._not_true(working, outcome) or self._for_nobody(working, outcome)
        ):
            self._state.say(why_not)
            return
        if outcome.is_ is Category.GATEKEEPER and working.phase is Phase.RINGING and not working.gatekeeper:
            working.gatekeeper = True
            self._state.say(notice("gatekeeper_words", key=outcome.key))
            return
        self._over(working)
        if not outcome_form.fields_of(outcome):
            setting = self.setting(working)
            await self._save(outcome, outcome_form.filled(outcome_form.open_form(outcome, setting), setting))
            return
        working.form = working.forms.get(outcome.id) or self._open_form(working, outcome)
        working.enter(Phase.FORM, self._state.now)

    def _open_form(self, working: Working, outcome: Outcome) -> Form:
        """The form with what is proposed; for a call on record with what it says."""
        setting = self.setting(working)
        if working.correcting and (call := self._state.store.call(working.correcting)):
            return form_of(call, outcome, setting)
        wait = working.walk.suggested_next if working.walk else None
        since = setting.read - setting.now
        said = answers_for(outcome, working.walk, self._state.settings.outcomes)
        return outcome_form.open_form(outcome, setting, said, since + (wait or outcome_form.A_DAY))

    def _not_yet(self, working: Working) -> str:
        """Why an outcome cannot be chosen now, as a sentence; empty when it can."""
        name = card.name_of(working.contact)
        if working.phase is Phase.PAUSED:
            return notice("paused_first")
        if working.phase is Phase.TALKING:
            return notice("talking_first", name=name)
        if working.phase not in CHOOSING:
            return notice("not_called_yet", name=name)
        if working.phase in (Phase.DIALLING, Phase.RINGING) and working.dials:
            ringing_s = seconds_between(working.dials[-1].started_at, self._state.now)
            if ringing_s is not None and ringing_s < SETTLED_S:
                return notice("not_ringing_yet", name=name)
        return ""

    def _not_true(self, working: Working, outcome: Outcome) -> str:
        """Why this cannot be the outcome of the call, as a sentence; empty when it can."""
        if outcome in offered(self._state, working):
            return ""
        return notice("not_of_their_call", outcome=card.label_of(outcome))

    def _for_nobody(self, working: Working, outcome: Outcome) -> str:
        """Why a promise cannot be made to a caller of whom nothing is known; empty when it can."""
        if outcome.is_ is not Category.PROMISE or not working.contact.is_nobody:
            return ""
        return notice("promise_to_nobody", caller=self._state.key("app.caller"))

    def _over(self, working: Working) -> None:
        working.over_at = working.over_at or self._state.now

    @look
    async def set_field(self, name: str, value: str) -> None:
        """What is typed into a field of the form; a choice takes only its choices."""
        form = self._form
        if form is None or (
            outcome_form.choices(form.outcome, name) and value not in outcome_form.choices(form.outcome, name)
        ):
            return
        if name in form.values and form.values[name] != value:
            form.values[name] = value
            form.proposed.discard(name)
            self._state.edited()

    @look
    async def next_choice(self, name: str) -> None:
        """Turn a choice field to its next value."""
        form = self._form
        if form and name in form.values:
            outcome_form.next_choice(form, name)
            self._state.edited()

    async def focus_field(self, name: str) -> View:
        """Remember where the cursor is, for a restart."""
        if form := self._form:
            form.focus = name
            self._state.edited()
        return self._state.view

    @property
    def _form(self) -> Form | None:
        return self._state.working.form if self._state.working else None

    @call_action
    async def save_form(self) -> None:
        """Save the form, or say which line must change first; of several times one key chooses."""
        await self._save_form()

    async def _save_form(self) -> None:
        working = self._state.in_hand
        if working.form is None:
            return
        try:
            filled = outcome_form.filled(working.form, self.setting(working))
        except NotYet as refused:
            working.form.focus = refused.field_id
            if refused.choices:
                keys = tuple((str(key), words) for key, words in enumerate(refused.choices, 1))
                self._state.ask = Ask(f"time:{refused.field_id}", str(refused), keys, leave="change it")
            else:
                self._state.say(str(refused), "warn")
            return
        await self._save(working.form.outcome, filled)

    async def time_chosen(self, field_id: str, key: str) -> None:
        """Take one of the times that a phrase may mean, and save the form as it was asked for."""
        form, asked = self._form, ""
        if form is None or field_id not in form.values:
            return
        try:
            outcome_form.read_time(form.values[field_id], field_id, self.setting(self._state.in_hand))
        except NotYet as refused:
            asked = dict(enumerate(refused.choices, 1)).get(int(key), "")
        if asked:
            form.values[field_id] = asked
            form.proposed.discard(field_id)
            await self._save_form()

    @call_action
    async def leave_form(self) -> None:
        """Back to the outcomes; nothing is saved, the text is kept."""
        working = self._state.in_hand
        if working.form:
            working.forms[working.form.outcome.id] = working.form
            working.highlighted = working.form.outcome.id
        working.form = None
        working.enter(Phase.CALL_OVER, self._state.now)

    # -- the one commit ------------------------------------------------------------------------------

    async def _save(self, outcome: Outcome, filled: Filled) -> None:
        state, working = self._state, self._state.in_hand
        if working.correcting:
            await self._correcting.save(outcome, filled)
            return
        stored = state.store.contact(working.contact.id) or working.contact
        if landed := state.store.call(
            working.id
        ):  # a write that was given up: it told us nothing, and all is told now
            stored = without(stored, landed)
        once = state.store.call(working.undone) if working.undone and working.walk is None else None
        after = contact_after(stored, working, outcome, filled, once)
        after = with_right_number(after, filled, state.settings.region)
        call = self._call(working, outcome, filled, stored, after)
        call = replace(call, script=once.script, steps=once.steps) if once else call
        if after.is_nobody and state.store.contact(after.id) is None:
            await self._save_nobodys(working, outcome, replace(call, contact_id=""))
            return
        async with state.change() as change:
            change.refuse(list_after(state.never, call, stored, state.here))
            step = change.put(after, call)
            self._flow.count(working, call)
            self._flow.leave_call(working)
        if not change.is_saved:
            return
        clocks = state.clocks(after)
        line = saved.outcome(
            outcome,
            after,
            call,
            step,
            clocks,
            state.settings,
            state.ranking.opens(after.id, clocks.now, step),
            afterwards=working.left_open,
        )
        state.say_saved(line)
        await self._flow.hang_up(working, outcome)
        after_call(state, after)

    async def _save_nobodys(self, working: Working, outcome: Outcome, call: Call) -> None:
        """A caller of whom nothing is known: the call is on record, and no contact is made of it."""
        async with self._state.change() as change:
            change.put_calls(call)
            self._flow.count(working, call)
            self._flow.leave_call(working)
        if change.is_saved:
            self._state.say_saved(saved.nobodys(outcome))
            await self._flow.hang_up(working, outcome)

    def _call(
        self, working: Working, outcome: Outcome, filled: Filled, stored: Contact, after: Contact
    ) -> Call:
        state = self._state
        as_it_was, as_it_is = changed_values(stored, after)
        return working.record(
            outcome,
            filled,
            state.now,
            self._flow.script_ref(working),
            before=as_it_was,
            after=as_it_is,
            rep=str(state.rep.get("id", "")),
            session_id=self._session_of(working),
        )

    def _session_of(self, working: Working) -> str | None:
        run = self._state.run
        if working.left_open or working.elsewhere:
            return working.session_id
        return run.session.id if run else None

    # -- calls made elsewhere ------------------------------------------------------------------------

    @action
    async def log_elsewhere(self, contact_id: str) -> None:
        """Open the outcomes of a call that was made with another phone."""
        contact = self._state.store.contact(contact_id)
        if contact is None:
            return
        working = self._flow.take(contact)
        working.elsewhere, working.over_at = True, self._state.now
        working.enter(Phase.CALL_OVER, self._state.now)
        self._flow.put_on_top(working)

    @giving
    async def log(
        self, contact: Contact, outcome: Outcome, note: str, at: datetime, fields: Mapping[str, str]
    ) -> Call | None:
        """Record a call made elsewhere in one go (the command line). Raises `NotYet` when the outcome needs more."""
        working = self._flow.take(contact)
        working.elsewhere, working.started_at, working.draft = True, at, note
        working.over_at = at
        setting = self.setting(working)
        form = outcome_form.open_form(outcome, setting)
        form.values.update({name: value for name, value in fields.items() if name in form.values})
        filled = outcome_form.filled(form, setting)
        self._flow.put_on_top(working)
        await self._save(outcome, filled)
        if moved := outcome_form.moved(form, setting):
            self._state.say(moved)
        return self._state.store.call(working.id)


class Earlier(Struct, frozen=True):
    """When a call was made that is logged afterwards."""

    at: datetime
    """UTC."""
    moved: str = ""
    """Why it is not the time that was typed: the clocks changed that night; empty when it is."""


def read_at(text: str, here: datetime, zone: str) -> Earlier | None:
    """A time a rep types for a call made earlier: `10:40`, `yesterday 17:30` or ISO. None when it is none.

    `here`: now on the rep's wall; `zone`: the rep's.
    """
    wall = _wall(text, here)
    if wall is None:
        return None
    if wall.tzinfo is not None:
        return Earlier(wall.astimezone(UTC))
    settled = settle(wall, zone)
    return Earlier(settled.at, day_words.moved(wall, settled, zone))


def _wall(text: str, here: datetime) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    word, _, rest = text.strip().casefold().partition(" ")
    back = int(word in YESTERDAY)
    found = read_when(rest if back else text, datetime(here.year, here.month, here.day))
    if isinstance(found, When):
        return found.at_local - timedelta(days=back)
    # Of two readings the call was made at the one that is over.
    asked = found.choices if isinstance(found, Unsure) and not back else ()
    over = [when.at_local for _, when in asked if when.at_local <= here.replace(tzinfo=None)]
    return over[0] if len(over) == 1 and len(asked) > 1 else None


__all__ = ["OutcomeActions", "read_at"]


def offered(state: State, working: Working) -> tuple[Outcome, ...]:
    """The team's outcomes that can be true of this call, in their order."""
    call = state.store.call(working.correcting) if working.correcting else None
    says = call.is_ if call else None
    return tuple(
        outcome
        for outcome in state.settings.outcomes
        if can_end_with(outcome.is_, working.direction, working.dials, says)
    )


NOTHING_FILLED = Filled()


def outlook(state: State, working: Working, outcome: Outcome, filled: Filled = NOTHING_FILLED) -> NextStep:
    """The next step there would be if this outcome were saved now, with what its form says."""
    stored = state.store.contact(working.contact.id) or working.contact
    return step_after(state, working, outcome, filled, contact_after(stored, working, outcome, filled))


def step_after(
    state: State, working: Working, outcome: Outcome, filled: Filled, contact: Contact
) -> NextStep:
    """The next step of a contact as this outcome leaves them."""
    others = (call for call in state.calls(contact) if call.id not in (working.correcting, working.id))
    calls = (*others, working.would(outcome, filled))
    return state.ranking.compute(contact, calls, state.now)

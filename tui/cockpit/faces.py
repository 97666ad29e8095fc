"""What can be done in the cockpit, by subject: `cockpit.call.answered()`, `cockpit.session.extend()`.

Every action of a face returns the new `View`, and all subscribers get it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cockpit.actions.phone_state import PhoneLine
from tui.cockpit.actions.queue import Queue
from tui.cockpit.state.state import State

if TYPE_CHECKING:
    from tui.cockpit.actions.caller_lookup import Callers
    from tui.cockpit.actions.conversation import Conversation
    from tui.cockpit.actions.correction import Correcting
    from tui.cockpit.actions.dialing import CallActions
    from tui.cockpit.actions.do_not_call import DoNotCall
    from tui.cockpit.actions.importing.contact_import import ContactImport
    from tui.cockpit.actions.incoming_call import IncomingCalls
    from tui.cockpit.actions.many import Many
    from tui.cockpit.actions.messages import Messages
    from tui.cockpit.actions.next_person import CallOrder
    from tui.cockpit.actions.outcome import OutcomeActions
    from tui.cockpit.actions.own.first_run import FirstRun
    from tui.cockpit.actions.own.own_settings import OwnSettings, SettingsActions
    from tui.cockpit.actions.people import People
    from tui.cockpit.actions.phone_controls import PhoneControls
    from tui.cockpit.actions.question import Question
    from tui.cockpit.actions.restart import Restart
    from tui.cockpit.actions.script import ScriptReading
    from tui.cockpit.actions.session import SessionActions
    from tui.cockpit.actions.team.list_line import ListAt
    from tui.cockpit.actions.team.manager import Manager
    from tui.cockpit.actions.team.team_hour import TeamHourActions
    from tui.cockpit.actions.team.team_settings import TeamFile, TeamSettings
    from tui.cockpit.actions.undo import Undo
    from tui.cockpit.actions.words.rehearsal import Rehearsal
    from tui.cockpit.pages.company import Company
    from tui.cockpit.pages.contact import ContactCard
    from tui.cockpit.pages.facts import Facts
    from tui.script.files.library import Library


class Faces:
    """The faces, made when they are first needed: the queue comes before."""

    def __init__(
        self,
        state: State,
        library: Callable[[], Library],
        suggestions: Path | None,
        team_file: Callable[[], TeamFile] | None,
        shared_list: ListAt | None = None,
        own_settings: Callable[[], OwnSettings] | None = None,
    ) -> None:
        """As in `Cockpit`."""
        self._own_settings = own_settings
        self._state, self._library = state, library
        self._suggestions, self._team_file, self._shared_list = suggestions, team_file, shared_list
        self._phone_line = PhoneLine(state, lambda: self.call, lambda: self.incoming)
        self.queue = Queue(state, lambda: self.session, lambda: self._flow)

    @cached_property
    def session(self) -> SessionActions:
        """The session and its clock."""
        from tui.cockpit.actions.session import SessionActions

        return SessionActions(self._state, self._flow, self.call, self._reading, self.do_not_call)

    @cached_property
    def call(self) -> CallActions:
        """The call in hand: dial, answered, over, hang up."""
        from tui.cockpit.actions.dialing import CallActions

        return CallActions(
            self._state, self._flow, self._reading, self._phone_line, self.do_not_call, self.phone
        )

    @cached_property
    def phone(self) -> PhoneControls:
        """The keys of the phone itself: tones, mute, hold, record."""
        from tui.cockpit.actions.phone_controls import PhoneControls

        return PhoneControls(self._state, self._flow)

    @cached_property
    def talk(self) -> Conversation:
        """What the rep does while talking: notes, answers, the next words."""
        from tui.cockpit.actions.conversation import Conversation

        return Conversation(self._state, self._flow, self._reading, self._suggestions)

    @cached_property
    def rehearsal(self) -> Rehearsal:
        """A call rehearsed."""
        from tui.cockpit.actions.words.rehearsal import Rehearsal

        return Rehearsal(self._state, self._reading)

    @cached_property
    def outcome(self) -> OutcomeActions:
        """Outcomes and their form."""
        from tui.cockpit.actions.outcome import OutcomeActions

        return OutcomeActions(self._state, self._flow, self.correcting)

    @cached_property
    def correcting(self) -> Correcting:
        """Calls on record put right."""
        from tui.cockpit.actions.correction import Correcting

        return Correcting(self._state, self._flow, self._restart)

    @cached_property
    def undo(self) -> Undo:
        """Takes things back, the latest first."""
        from tui.cockpit.actions.undo import Undo

        beside_calls = self.messages, self.people, self.correcting, self.do_not_call, self.many
        return Undo(self._state, self._flow, *beside_calls)

    @cached_property
    def question(self) -> Question:
        """The question on the screen."""
        from tui.cockpit.actions.question import Question

        beside_calls = self.people, self.messages, self.callers, self.outcome, self.do_not_call, self.manager
        return Question(self._state, self.session, self.call, *beside_calls, self.many, self._flow)

    @cached_property
    def callers(self) -> Callers:
        """Who calls us, looked up by number or name."""
        from tui.cockpit.actions.caller_lookup import Callers

        return Callers(self._state, self._flow, self._reading)

    @cached_property
    def incoming(self) -> IncomingCalls:
        """Calls that come in on the line itself."""
        from tui.cockpit.actions.incoming_call import IncomingCalls

        return IncomingCalls(self._state, self._flow, self.callers)

    @cached_property
    def people(self) -> People:
        """Skip, add, change and hand over people, and what is to be done for them."""
        from tui.cockpit.actions.people import People

        return People(self._state, self._flow)

    @cached_property
    def many(self) -> Many:
        """Changing everybody whom a search, a filter or a list shows."""
        from tui.cockpit.actions.many import Many

        return Many(self._state, self._flow, self.people)

    @cached_property
    def card(self) -> ContactCard:
        """Everything known of one person."""
        from tui.cockpit.pages.contact import ContactCard

        return ContactCard(self._state, self.call, self._reading, self._facts)

    @cached_property
    def _facts(self) -> Facts:
        from tui.cockpit.pages.facts import Facts

        return Facts(self._state, self.company)

    @cached_property
    def company(self) -> Company:
        """Everybody of one company."""
        from tui.cockpit.pages.company import Company

        return Company(self._state)

    @cached_property
    def messages(self) -> Messages:
        """What is recorded beside calls: e-mails, visits, a sale that was cancelled."""
        from tui.cockpit.actions.messages import Messages

        return Messages(self._state, self._flow)

    @cached_property
    def do_not_call(self) -> DoNotCall:
        """The do-not-call list."""
        from tui.cockpit.actions.do_not_call import DoNotCall

        return DoNotCall(self._state, self._shared_list)

    @cached_property
    def manager(self) -> Manager:
        """Asking the manager about a person, and answering as one."""
        from tui.cockpit.actions.team.manager import Manager

        team = self.do_not_call.sharing.team
        return Manager(self._state, self._flow, lambda: team is not None and team.is_manager)

    @cached_property
    def team_hour(self) -> TeamHourActions:
        """The team's power hour."""
        from tui.cockpit.actions.team.team_hour import TeamHourActions

        return TeamHourActions(self._state, self.do_not_call.sharing.team)

    @cached_property
    def team_settings(self) -> TeamSettings:
        """What changes in the team's settings while we work."""
        from tui.cockpit.actions.team.team_settings import TeamSettings

        return TeamSettings(self._state, self._team_file() if self._team_file else None)

    @cached_property
    def first_run(self) -> FirstRun:
        """What the first start says and asks."""
        from tui.cockpit.actions.own.first_run import FirstRun

        return FirstRun(self._state)

    @cached_property
    def settings(self) -> SettingsActions:
        """The rep's own settings, changed in the cockpit."""
        from tui.cockpit.actions.own.own_settings import SettingsActions

        own = self._own_settings() if self._own_settings else None
        return SettingsActions(self._state, own, lambda: self._reading)

    @cached_property
    def importing(self) -> ContactImport:
        """Contacts brought from a file."""
        from tui.cockpit.actions.importing.contact_import import ContactImport

        return ContactImport(self._state)

    @cached_property
    def _reading(self) -> ScriptReading:
        from tui.cockpit.actions.script import ScriptReading

        return ScriptReading(self._state, self._library())

    @cached_property
    def _flow(self) -> CallOrder:
        from tui.cockpit.actions.next_person import CallOrder

        return CallOrder(self._state, self._reading)

    @cached_property
    def _restart(self) -> Restart:
        from tui.cockpit.actions.restart import Restart

        return Restart(self._state, self._flow, self._reading)

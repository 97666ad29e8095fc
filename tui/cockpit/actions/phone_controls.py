"""What a rep does to a line that is up: tones, mute, hold; and whether the next dial is recorded."""

from __future__ import annotations

from tui.cockpit.actions.action import call_action
from tui.cockpit.actions.next_person import CallOrder
from tui.cockpit.actions.own.first_run import is_on_tour
from tui.cockpit.actions.words import script_values
from tui.cockpit.call_view import LineView
from tui.cockpit.state.active_call import Working
from tui.cockpit.state.state import State
from tui.cockpit.view import BEFORE_A_DIAL, Phase, Placed
from tui.cockpit.wording import card
from tui.cockpit.wording.notices import notice
from tui.dialer.protocol import Cap, DialError, Dialled
from tui.phone import shown

CONSENT = "recording_consent"
"""The contact's field that says `yes` when they have agreed to be recorded."""
IN_A_CALL = {"tones": Cap.DTMF, "mute": Cap.MUTE, "hold": Cap.HOLD}
"""What can be done while somebody is on the line, and what the dialer must be able to do for it."""
ANY = Cap.DTMF | Cap.MUTE | Cap.HOLD | Cap.RECORD


class PhoneControls:
    """The keys of the phone itself."""

    def __init__(self, state: State, flow: CallOrder) -> None:
        self._state = state
        self._flow = flow

    def view(self, working: Working) -> LineView | None:
        """What a screen may offer and say of the line; None where the dialer can do none of it."""
        dialer = self._state.dialer
        if not ANY & dialer.caps:
            return None
        up = bool(working.line)
        return LineView(
            frozenset(self._can(working)),
            muted=working.muted and up,
            held=working.held and up,
            recording=working.recording and (up or working.phase in BEFORE_A_DIAL),
            secure=any(event.secure for event in dialer.open_calls() if up and event.call_id == working.line),
        )

    def _can(self, working: Working) -> list[str]:
        caps = self._state.dialer.caps
        if working.phase in BEFORE_A_DIAL:
            may = Cap.RECORD in caps and script_values.agreed(working.contact, CONSENT)
            return ["record"] if may else []
        talking = working.phase is Phase.TALKING and working.line
        return [word for word, cap in IN_A_CALL.items() if cap in caps] if talking else []

    @call_action
    async def tones(self, digits: str) -> None:
        """Send digits, * and # to whoever is on the line; they are kept nowhere, for they may be a secret."""
        working, typed = self._state.in_hand, "".join(digits.split()).upper()
        if not typed or not self._possible("tones", working):
            return
        try:
            await self._state.dialer.send_dtmf(working.line, typed)
        except DialError as error:
            self._state.say(str(error), "error")
        else:
            self._state.say(notice("tones_sent", count=len(typed)))

    @call_action
    async def mute(self) -> None:
        """They no longer hear the rep, or hear them again."""
        working = self._state.in_hand
        if not self._possible("mute", working):
            return
        try:
            await self._state.dialer.mute(working.line, not working.muted)
        except DialError as error:
            self._state.say(str(error), "error")
            return
        working.muted = not working.muted

    @call_action
    async def hold(self) -> None:
        """Put the call on hold, or take it back."""
        working = self._state.in_hand
        if not self._possible("hold", working):
            return
        try:
            await self._state.dialer.hold(working.line, not working.held)
        except DialError as error:
            self._state.say(str(error), "error")
            return
        working.held = not working.held

    def _possible(self, what: str, working: Working) -> bool:
        if what in self._can(working):
            return True
        able = IN_A_CALL[what] in self._state.dialer.caps
        self._state.say(notice("nobody_on_line" if able else "keys_of_your_phone"))
        return False

    @call_action
    async def record(self) -> None:
        """Record this person's call, or do not after all: chosen before it rings, and only where they agreed."""
        state, working = self._state, self._state.in_hand
        if Cap.RECORD not in state.dialer.caps:
            state.say(notice("not_recorded_here"))
        elif working.phase not in BEFORE_A_DIAL:
            state.say(notice("record_before"))
        elif not script_values.agreed(working.contact, CONSENT):
            name, field = card.name_of(working.contact), card.heading(CONSENT)
            state.say(notice("not_agreed_to_record", name=name, field=field), "warn")
        else:
            working.recording = not working.recording

    def placed(self, working: Working) -> Placed:
        """How this call is placed: where the line is not seen, nobody knows that it rings. The demo plays a line."""
        caps = self._state.dialer.caps
        if Cap.STATES in caps or working.contact.is_demo:
            return "seen"
        return "asked" if Cap.DIALS in caps else "by_hand"

    async def dial(self, working: Working, number: str) -> Dialled:
        """Call a number; of the demo people nobody's phone rings. Raises `DialError`."""
        if working.contact.is_demo:
            return Dialled("", "" if is_on_tour(self._state) else notice("demo_not_called"))
        await self._before_a_dial(working)
        return await self._state.dialer.dial(number, shown(number))

    async def _before_a_dial(self, working: Working) -> None:
        """Have the next dial recorded when that was chosen, and no other. Raises `DialError`; then call nobody."""
        if Cap.RECORD not in self._state.dialer.caps:
            working.recording = False
            return
        working.recording = working.recording and script_values.agreed(working.contact, CONSENT)
        await self._state.dialer.record_next(working.recording)

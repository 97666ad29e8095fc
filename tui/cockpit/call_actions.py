"""What a rep does with a call: ring, talk, choose the outcome, answer questions, and take who rings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from tui.cockpit.facade import Facade
from tui.cockpit.view import Phase, View

if TYPE_CHECKING:
    from tui.cockpit.call_view import CallerRow
    from tui.script.language.line import Words


class CallActions(Facade):
    """Actions of the call in hand."""

    # -- call ------------------------------------------------------------------------------------------

    async def dial(self) -> View:
        """Ring the person on the card."""
        ready = self._desk.working is not None and self._desk.working.phase in (Phase.READY, Phase.NEXT_IN)
        return await self._in_call(self._parts.line.dial) if ready else self.view

    async def answered(self) -> View:
        """Somebody answered."""
        return await self._in_call(self._parts.line.answered)

    async def hang_up(self) -> View:
        """End the line, when the dialer can; on the queue whatever is up."""
        return await self._do(self._parts.line.hang_up())

    async def tones(self, digits: str) -> View:
        """Send digits into the call."""
        return await self._in_call(self._parts.line.keys.tones, digits)

    async def mute(self) -> View:
        """They no longer hear the rep; once more, and they do."""
        return await self._in_call(self._parts.line.keys.mute)

    async def hold_line(self) -> View:
        """Put the call on hold; called again, take it off hold."""
        return await self._in_call(self._parts.line.keys.hold)

    async def record(self) -> View:
        """Record this person's next dial, where they agreed; once more takes that back."""
        return await self._in_call(self._parts.line.keys.record)

    async def call_over(self) -> View:
        """Show all outcomes; nothing is hung up or logged yet."""
        return await self._in_call(self._parts.line.over)

    async def back_to_call(self) -> View:
        """From the outcomes back to the call."""
        return await self._in_call(self._parts.line.back)

    async def throw_away(self) -> View:
        """The call in hand never happened: nothing of it goes on record."""
        return await self._in_call(self._parts.line.throw_away)

    async def choose(self, outcome_id: str) -> View:
        """Press an outcome."""
        return await self._in_call(self._parts.closing.choose, outcome_id)

    async def other_number(self, step: int = 1) -> View:
        """Another of the person's numbers."""
        return await self._in_call(self._parts.line.other_number, step)

    async def ring_again(self) -> View:
        """Cut off: ring again."""
        return await self._in_call(self._parts.line.ring_again)

    async def dial_by_hand(self, text: str) -> View:
        """Ring a number the rep typed."""
        return await self._in_call(self._parts.line.by_hand, text)

    async def hold(self) -> View:
        """Hold the countdown."""
        self._parts.timing.hold()
        return self._paint()

    async def pause(self) -> View:
        """Ask which pause."""
        self._parts.timing.ask_pause()
        return self._paint()

    async def go_on(self) -> View:
        """End the pause."""
        return await self._do(self._parts.timing.go_on())

    async def extend(self, minutes: int = 5) -> View:
        """More minutes."""
        return await self._do(self._parts.timing.extend(minutes))

    async def type_note(self, text: str) -> View:
        """What stands in the note line now. Painted anew only when it is no longer what is on the disk."""
        was_saved = not self._desk.dirty
        self._parts.talk.type_note(text)
        return self._paint() if was_saved and self._desk.dirty else self.view

    async def keep_note(self) -> View:
        """Keep the note line."""
        return await self._do(self._parts.talk.keep_note())

    async def change_note(self, step: int) -> View:
        """Bring a kept note back onto the note line: the one before (-1) or after (1)."""
        return await self._do(self._parts.talk.change_note(step))

    async def set_notes(self, call_id: str, notes: Sequence[str], new: str, made_at: str = "") -> View:
        """The notes of a call that is over, in other words; `new` is one more; `made_at`: when a past call was."""
        return await self._do(self._parts.talk.set_notes(call_id, notes, new, made_at))

    async def answer(self, digit: str) -> View:
        """Answer the question on the screen; 0 is `did not ask`."""
        return await self._do(self._parts.talk.answer(digit))

    async def step_on(self) -> View:
        """The next words."""
        return await self._do(self._parts.talk.on())

    async def step_back(self) -> View:
        """One step back."""
        return await self._do(self._parts.talk.back())

    async def signal(self, sign: str) -> View:
        """A buying (`+`) or no-buy (`-`) signal."""
        return await self._do(self._parts.talk.signal(sign))

    async def suggest(self, text: str) -> View:
        """Propose other words for the line on the screen; the trainer sees them beside it."""
        return await self._in_call(self._parts.talk.suggest, text)

    def search(self, text: str) -> tuple[tuple[str, str], ...]:
        """Objections, situations and sections that fit what they said: (target, label)."""
        return self._parts.reading.search(self._desk.working, text) if self._desk.working else ()

    async def jump(self, target: str) -> View:
        """Go to a target of `search`."""
        return await self._do(self._parts.talk.jump(target))

    # -- form ------------------------------------------------------------------------------------------

    async def set_field(self, name: str, value: str) -> View:
        """What is typed into a field; the View shows what we understood."""
        if self._desk.working:
            self._parts.closing.set_field(name, value)
        return self._paint()

    async def next_choice(self, name: str) -> View:
        """Turn a choice field on."""
        if self._desk.working:
            self._parts.closing.next_choice(name)
        return self._paint()

    async def focus_field(self, name: str) -> View:
        """Remember where the cursor is, for a restart."""
        if self._desk.working and self._desk.working.form:
            self._desk.working.form.focus = name
            self._desk.edited()
        return self.view

    async def save_form(self) -> View:
        """Save the form."""
        return await self._in_call(self._parts.closing.save_form)

    async def leave_form(self) -> View:
        """Back to the outcomes."""
        return await self._in_call(self._parts.closing.leave_form)

    # -- one-key questions -----------------------------------------------------------------------------

    async def choose_option(self, key: str) -> View:
        """Answer the one-key question on the screen; another key changes nothing."""
        ask = self._desk.ask
        if ask is not None and ask.text:
            return await self.give_reason(key)
        if ask is None or key not in dict(ask.choices):
            return self.view
        self._desk.ask = None
        about, _, target = ask.id.partition(":")
        actions: dict[str, Callable[[], Awaitable[Any]]] = {
            "skip": lambda: self._parts.people.skip(target, key),
            "decide": lambda: self._parts.people.decide(target, key),
            "sent": lambda: self._parts.beside.sent_by(target, key),
            "stop": lambda: self._parts.people.stop(target, key),
            "pause": lambda: self._parts.timing.pause(key),
            "sound": lambda: self._parts.line.sounds_good(target),
            "caller": lambda: self._parts.callers.chosen(target, key),
            "dial": lambda: self._parts.line.anyway(target),
        }
        return await self._do(actions[about]())

    async def give_reason(self, text: str) -> View:
        """Answer the question for a typed reason; without one nobody is rung, and that is said."""
        ask = self._desk.ask
        if ask is None or not ask.text:
            return self.view
        self._desk.ask = None
        return await self._do(self._parts.line.override(ask.id.partition(":")[2], text))

    async def leave_ask(self) -> View:
        """Esc: the question goes, nothing happens."""
        self._desk.ask = None
        return self._paint()

    # -- they ring -------------------------------------------------------------------------------------

    async def pause_for_caller(self) -> View:
        """Somebody rings: the clock stands still; whoever went on ringing on the line is shown again."""
        waiting = self._parts.incoming.ringing is not None
        return await self._do(self._parts.incoming.back() if waiting else self._parts.callers.wait())

    def look_up(self, text: str) -> tuple[CallerRow, ...]:
        """Who it may be."""
        return self._parts.callers.look_up(text)

    def caller_words(self, contact_id: str | None, typed: str = "") -> tuple[Words, ...]:
        """What to say first when they call back; None: we do not know them."""
        return self._parts.callers.words(contact_id, typed)

    async def take_caller(self, contact_id: str | None, typed: str = "") -> View:
        """Open the caller's card, or say who it is that is on the line; None: we do not know them yet."""
        return await self._do(self._parts.callers.choose(contact_id, typed))

    async def caller_gone(self) -> View:
        """It was nobody; back."""
        return await self._do(self._parts.callers.gone())

    async def take_ringing(self, contact_id: str | None) -> View:
        """Answer the call that is coming in; None: we do not know them."""
        return await self._do(self._parts.incoming.take(contact_id))

    async def put_off_ringing(self) -> View:
        """Finish this one first; it goes on ringing."""
        return await self._do(self._parts.incoming.later())

    async def ringing_waits(self) -> View:
        """The screen has no room for the caller's card: one line tells of them. No key was pressed for it."""
        await self._parts.incoming.later()
        return self._paint()

    async def decline_ringing(self) -> View:
        """Decline; the caller comes to the top of the queue."""
        return await self._do(self._parts.incoming.decline())

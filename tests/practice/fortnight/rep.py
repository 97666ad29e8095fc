"""What a rep does beside calling the next person: callers, undo, corrections, hand-overs, a computer that dies."""

from __future__ import annotations

from tests.cockpit_bench import call_selected
from tests.practice.fortnight.player import Player, ids_of
from tests.practice.fortnight.truth import there
from tui.cockpit.view import Phase, View
from tui.script.language.line import said_in


class Rep(Player):
    """A player that does all of it."""

    async def rings_us(self, name: str | None, typed: str, fate: str) -> View:
        """Somebody calls; F2, a few digits, Enter."""
        await self.cockpit.incoming.open_look_up()
        rows = self.cockpit.callers.look_up(typed)
        contact_id = self.person(name) if name else None
        assert name is None or contact_id in [row.contact_id for row in rows], (
            f"{name} is not found by {typed}"
        )
        words = self.cockpit.callers.words(contact_id, typed)
        view = await self.cockpit.callers.choose(contact_id, typed)
        known = next((row.why for row in rows if row.contact_id == contact_id), "")
        self.begin(view, "rings us")
        self.write(view, "card", f"Known: {known}" if known else "")
        self.write(view, "caller", said_in(words))
        self.heard = said_in(words)
        if fate == "thrown away":
            await self.cockpit.call.over()
            view = await self.cockpit.call.throw_away()
            self.saved(view, self.person(there(name)))
            return view
        key, _, more = fate.partition(" ")
        await self.talk(more)
        self.clock.step(60)
        contact = there(view.card).contact_id
        await self.cockpit.call.over()
        if key == "n":  # the line fell, and nobody answers when they are called back
            await self.cockpit.call.call_again()
            self.clock.step(20)
            return await self.done(await self.cockpit.outcome.choose("no_answer"), contact)
        return await self.form(
            await self.cockpit.outcome.choose(ids_of(self.settings)[key]), contact, key, more
        )

    async def undo(self) -> View:
        """`u`; the last call of somebody was not that."""
        view = await self.cockpit.undo.last()
        if view.card is not None and view.phase is Phase.CALL_OVER:
            self.truth(view.card.contact_id).undone()
        self.lines.append(f"    undone     {there(view.notice).text}")
        return view

    async def sent(self, name: str, key: str) -> None:
        """A message went out."""
        await self.cockpit.messages.ask_sent(self.person(name))
        view = await self.cockpit.question.answer(key)
        self.lines.append("")
        self.truth(self.person(name)).sent.append(self.now)
        self.saved(view, self.person(name))

    async def hand_over(self, name: str, to: str) -> None:
        """A colleague takes somebody over."""
        await self.cockpit.people.hand_over(self.person(name), to, "wants the export team", agreed=True)
        self.lines.append("")
        self.saved(self.cockpit.view, self.person(name))

    async def cancelled(self, name: str) -> None:
        """What was agreed fell through."""
        await self.cockpit.messages.cancel_win(self.person(name))
        view = self.cockpit.view
        self.lines.append("")
        self.saved(view, self.person(name))

    async def correct(self, name: str, outcome_id: str) -> None:
        """The last call with somebody went otherwise: it is put right on the card."""
        contact_id = self.person(name)
        call = max(self.store.calls(contact_id), key=lambda one: one.at)
        await self.cockpit.correcting.correct(call.id)
        view = await self.cockpit.outcome.choose(outcome_id)
        self.truth(contact_id).made[-1].outcome = outcome_id
        self.lines.append("")
        self.saved(view, contact_id)

    async def other_number(self, name: str) -> View:
        """The number in hand does not answer: the other one is called, as the same attempt."""
        await self.cockpit.queue.select(self.person(name))
        view = await self.called(await call_selected(self.cockpit, 15))
        self.begin(view)
        self.clock.step(20)
        view = await self.called(await self.cockpit.call.other_number())
        self.lines.append(f"    number     {there(view.card).number} ({there(view.card).there})")
        self.words(view)
        self.clock.step(12)
        return await self.ends(name, self.fate(name))

    async def stop(self, name: str, *keys: str) -> None:
        """No more calls."""
        view = await self.cockpit.people.ask_pursuit(self.person(name))
        for key in keys:
            view = await self.cockpit.question.answer(key)
        self.lines.append("")
        self.saved(view, self.person(name))

    async def left_open(self, name: str) -> None:
        """In the middle of a talk the computer dies; the next start is on another day."""
        await self.cockpit.queue.select(self.person(name))
        view = await self.called(await call_selected(self.cockpit, 15))
        assert view.phase in (Phase.DIALLING, Phase.RINGING), view.notice
        self.begin(view)
        self.words(view)
        self.clock.step(10)
        await self.cockpit.call.answered()
        await self.cockpit.talk.type_note("wants the blue one")
        await self.cockpit.talk.keep_note()
        for _ in range(9):
            self.clock.step(10)
            await self.cockpit.tick()
        self.lines.append("    the power goes off")
        self.killed = True

    async def how_did_it_go(self, fate: str) -> None:
        """What the next start asks first: the call that was left open."""
        view = self.cockpit.view
        assert view.phase is Phase.CALL_OVER, view.phase
        self.begin(view, "left open")
        self.lines.append(f"    told       {there(view.notice).text}")
        contact, (key, _, more) = there(view.card).contact_id, fate.partition(" ")
        await self.form(await self.cockpit.outcome.choose(ids_of(self.settings)[key]), contact, key, more)

    async def skip(self, name: str, *keys: str) -> View:
        """`s` and a reason."""
        view = await self.cockpit.people.skip(self.person(name))
        for key in keys:
            view = await self.cockpit.question.answer(key)
        self.lines.append("")
        self.saved(view, self.person(name))
        return view

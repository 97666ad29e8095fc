"""What goes on round the rep: a trainer saves mistakes, colleagues take calls, callers hide or share a number."""

from __future__ import annotations

from tests.practice.fortnight.player import LONDON, ids_of
from tests.practice.fortnight.rep import Rep
from tests.practice.fortnight.truth import there
from tui.cockpit.view import View
from tui.dialer.protocol import Cause
from tui.domain.call import Call


class Office(Rep):
    """A rep in an office where other people do things too."""

    # -- the trainer -------------------------------------------------------------------------------------

    def saves(self, file: str, old: str, new: str) -> None:
        """The trainer changes a script; whether that is a mistake, the cockpit has to see."""
        path = self.scripts / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        self.lines += ["", f"-- the trainer saves {file}: {old.strip()!r} becomes {new.strip()!r}"]

    def deletes(self, file: str) -> str:
        """The trainer deletes a script; its text comes back."""
        path = self.scripts / file
        text = path.read_text(encoding="utf-8")
        path.unlink()
        self.lines += ["", f"-- the trainer deletes {file}"]
        return text

    async def told_of_scripts(self) -> None:
        """What the queue says of the scripts."""
        warming = self.cockpit._warming
        assert warming is not None
        await warming
        told = (await self.cockpit.tick()).problems
        self.lines += [
            "",
            *(f"    queue      {line}" for line in told or ("(nothing is wrong with the scripts)",)),
        ]

    # -- the phone ---------------------------------------------------------------------------------------

    async def missed(self, number: str, cause: Cause = Cause.NO_ANSWER) -> View:
        """The phone rings and the rep lets it."""
        rows = there((await self._rings(number)).ringing).rows
        self.clock.step(20)
        await self.phone.stops(cause)
        if cause is Cause.ELSEWHERE:
            for row in rows:
                self.truth(row.contact_id).last_contacted = True
        view = await self.cockpit.tick()
        self.lines.append(f"    told       {there(view.notice).text}")
        return view

    async def answers(self, number: str, row: int | None, fate: str) -> View:
        """The phone rings, the rep answers as one of those on the card, or as nobody it knows."""
        view = await self._rings(number)
        rows = there(view.ringing).rows
        view = await self.cockpit.incoming.take(rows[row].contact_id if row is not None else None)
        self.begin(view, "calls us")
        self.write(view, "caller", view.script.text)
        self.heard = view.script.text
        key, _, more = fate.partition(" ")
        await self.talk(more)
        self.clock.step(60)
        contact = there(view.card).contact_id
        await self.phone.stops(Cause.REMOTE)
        await self.cockpit.call.over()
        return await self.form(
            await self.cockpit.outcome.choose(ids_of(self.settings)[key]), contact, key, more
        )

    async def _rings(self, number: str) -> View:
        await self.phone.rings(number)
        view = self.cockpit.view
        assert view.ringing is not None, "nobody calls"
        self.lines += ["", f"{self.here:%a %d %b %H:%M}  the phone rings: {view.ringing.number}"]
        self.lines += [f"    may be     {row.name}, {row.company}: {row.why}" for row in view.ringing.rows]
        return view

    # -- the end -----------------------------------------------------------------------------------------

    def records(self) -> None:
        """What stands on record of everybody: each call with when, which way, how it ended and what was promised."""
        self.head("On record")
        people = {one.id: one.shown_name for one in self.store.contacts()}
        by_name = sorted(people.items(), key=lambda one: one[1])
        for contact_id, name in [*by_name, ("", "Nobody we know")]:
            self.lines += [
                "",
                name,
                *(f"    {self._record(call, people)}" for call in self.store.calls(contact_id)),
            ]

    def _record(self, call: Call, people: dict[str, str]) -> str:
        promised = call.promise
        parts = (
            f"{call.at.astimezone(LONDON):%a %d %b %H:%M}",
            "from them" if call.direction == "in" else "to them",
            call.outcome,
            f"{len(call.dials)} dials" if len(call.dials) > 1 else "",
            f"promised {promised.from_.astimezone(LONDON):%a %d %b %H:%M} {promised.precision}"
            if promised
            else "",
            "one of " + ", ".join(people[one] for one in call.one_of) if call.one_of else "",
            "undone" if call.voided_at else "",
            f"read from {call.script.id}" if call.script.id else "",
        )
        return "  ".join(part for part in parts if part)

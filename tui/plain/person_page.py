"""Everything about one person, read out, and what can be done with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from tui.cockpit.call_view import FormField, NotHandedOver
from tui.cockpit.wording.typed import agreed_ask, meant_ask
from tui.plain.choices import named, sentence
from tui.plain.dialogs import ask, away, fill, fitting, pick
from tui.plain.room import Room
from tui.plain.typed import BACK, spoken
from tui.plain.words import say

OFFERED = (
    *("contact.ring", "contact.edit", "contact.correct", "contact.sent", "contact.pursuit"),
    *(
        "contact.cancelled",
        "contact.hand_over",
        "contact.take",
        "contact.manager",
        "contact.undo",
        "contact.back",
    ),
)


class PersonPage:
    """Reads a person and asks what to do with them."""

    def __init__(self, room: Room) -> None:
        self._room, self._cockpit = room, room.cockpit
        self._id = ""

    async def read(self, contact_id: str) -> None:
        """Read the person, then do what is typed until the rep goes back or something else is on."""
        self._id = contact_id
        room, handlers = self._room, self._handlers()
        self.say(contact_id)
        while True:
            room.say(sentence(named(room.keys, *OFFERED)))
            said = await away(room)
            if said == BACK:
                return
            if said is None:
                self.say(contact_id)
                continue
            command = room.keys.meant(said, ("contact",), handlers)
            if command is None:
                room.say(say("not_known", typed=spoken(said), keys=room.keys.shown("app.keys")))
                continue
            await handlers[command.id]()
            if command.id in LEAVES or room.view.ask is not None:
                return
            room.tell_news()

    def say(self, contact_id: str) -> None:
        """Read the person."""
        person = self._cockpit.card.view(contact_id)
        if person is None:
            self._room.say(say("person_gone"))
            return
        lines = [", ".join(filter(None, (person.name, person.about)))]
        lines += [say("labelled", label=label, words=words) for label, words in person.lines]
        lines += person.why
        lines += [say("history", when=when, what=what) for when, what in person.history] or [
            say("nothing_yet")
        ]
        for line in lines:
            self._room.say(line)

    def _handlers(self) -> Mapping[str, Callable[[], Awaitable[object]]]:
        cockpit, person = self._cockpit, self._id
        return {
            "contact.ring": lambda: cockpit.queue.call_person(person),
            "contact.edit": self._edit,
            "contact.correct": self._correct,
            "contact.sent": lambda: cockpit.messages.ask_sent(person),
            "contact.cancelled": lambda: cockpit.messages.cancel_win(person),
            "contact.pursuit": lambda: cockpit.people.ask_pursuit(person),
            "contact.hand_over": self._hand_over,
            "contact.take": lambda: cockpit.people.take(person),
            "contact.manager": lambda: cockpit.manager.ask(person),
            "contact.company": lambda: self.company(person),
            "contact.undo": lambda: cockpit.undo.last(),
        }

    async def company(self, contact_id: str) -> None:
        """Read everybody of this person's company; whoever is chosen is read in full."""
        company = self._cockpit.company.view(contact_id)
        if company is None:
            self._room.say(say("no_company"))
            return
        rows = [
            (one.contact_id, ", ".join(filter(None, (one.name, one.last, one.next))))
            for one in company.people
        ]
        if (chosen := await pick(self._room, company.name, fitting(rows))) is not None:
            await self.read(chosen)

    async def _edit(self) -> None:
        person = self._cockpit.card.view(self._id)
        if (
            person is not None
            and (values := await fill(self._room, person.name, person.editable)) is not None
        ):
            await self._cockpit.people.edit(self._id, values)

    async def _correct(self) -> None:
        rows = [
            (call.call_id, say("history", when=call.when, what=call.what))
            for call in self._cockpit.card.past_calls(self._id)
        ]
        if not rows:
            self._room.say(say("no_calls"))
        elif (call_id := await pick(self._room, say("which_call"), fitting(rows))) is not None:
            await self._cockpit.correcting.correct(call_id)

    async def _hand_over(self) -> None:
        """Who takes them over and what they must know; what was typed stays when something is missing."""
        person = self._cockpit.card.view(self._id)
        said: Mapping[str, str] = {"to": "", "note": ""}
        missing: NotHandedOver | None = None
        agreed = anyway = False
        while person is not None:
            if missing is None or missing.field_id in said:
                fields = tuple(
                    FormField(
                        one,
                        say(HAND_OVER_LINES[one]),
                        said[one],
                        problem=str(missing) if missing and missing.field_id == one else "",
                    )
                    for one in said
                )
                filled = await fill(self._room, say("hand_over", name=person.name), fields)
                if filled is None:
                    return
                said = filled
            try:
                await self._cockpit.people.hand_over(
                    self._id, said["to"], said["note"], agreed, anyway=anyway
                )
                return
            except NotHandedOver as refused:
                missing = refused
            if missing.field_id == "unknown":
                answer = await self._who_is_meant(missing)
                if answer is None:
                    return
                anyway = answer == "a"
                said = {**said, "to": missing.near} if answer == "y" else said
                missing = None if answer == "n" else missing
            elif missing.field_id == "agreed":
                if await ask(self._room, agreed_ask(person.name, said["to"])) != "y":
                    return
                agreed = True

    async def _who_is_meant(self, unknown: NotHandedOver) -> str | None:
        return await ask(self._room, meant_ask(str(unknown), unknown.near))


HAND_OVER_LINES = {"to": "hand_to", "note": "hand_note"}
LEAVES = frozenset({"contact.ring", "contact.correct"})
"""What leads to a call."""

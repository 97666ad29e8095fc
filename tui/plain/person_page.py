"""Everything about one person, read out, and what can be done with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from tui.cockpit import possible
from tui.cockpit.call_view import FormField, NotHandedOver
from tui.cockpit.view import Phase
from tui.cockpit.wording.typed import agreed_ask, meant_ask
from tui.plain.choices import named, with_the_usual
from tui.plain.dialogs import ask, away, fill, fitting, pick
from tui.plain.instead import instead, key_lines, meant
from tui.plain.rehearsal_page import RehearsalPage
from tui.plain.room import Room
from tui.plain.typed import BACK, spoken
from tui.plain.words import say

OFFERED = (
    *(
        "contact.ring",
        "contact.edit",
        "contact.correct",
        "contact.sent",
        "contact.pursuit",
        "contact.cancelled",
    ),
    *("contact.hand_over", "contact.take", "contact.manager", "contact.company", "contact.rehearse"),
    *("contact.undo", "contact.back"),
)


class PersonPage:
    """Reads a person and asks what to do with them."""

    def __init__(self, room: Room, rehearsal: RehearsalPage) -> None:
        self._room, self._cockpit, self._rehearsal = room, room.cockpit, rehearsal
        self._id = ""

    async def read(self, contact_id: str) -> None:
        """Read the person, then do what is typed until the rep goes back or something else is on."""
        self._id = contact_id
        room, handlers = self._room, self._handlers()
        explained = False

        def explain() -> None:
            nonlocal explained
            explained = True
            self._say_keys()

        self.say(contact_id)
        while True:
            offered = (one for one in OFFERED if not self._why_not(one))
            room.say(with_the_usual(room.keys, *named(room.keys, *offered)))
            explained = False
            said = await away(room, explain)
            if said == BACK:
                return
            if said is None:
                if not explained:
                    self.say(contact_id)
                continue
            command = meant(room.keys, said, PLACES, (*handlers, "contact.back"))
            if command is None:
                room.say(say("not_known", typed=spoken(said), keys=room.keys.shown("app.keys")))
                continue
            if command.id == "contact.back":
                return
            if why_not := instead(command.id, room.keys) or self._why_not(command.id):
                room.say(why_not)
                continue
            await handlers[command.id]()
            if room.view.phase is not Phase.QUEUE or room.view.ask is not None:
                return  # what was done led to a call, or to a question
            room.tell_news()

    def _why_not(self, command_id: str) -> str:
        return possible.why_not(command_id, self._room.view, self._id, self._room.keys.shown)

    def _say_keys(self) -> None:
        self._room.say(say("keys_here"))
        able = (*self._handlers(), "contact.back", "app.caller", "app.keys", "app.quit")
        for line in key_lines(self._room.keys, PLACES, able, self._why_not):
            self._room.say(line)

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
            "contact.rehearse": lambda: self._rehearsal.walk(person),
            "contact.undo": lambda: cockpit.undo.last(),
            "app.why": self._explain_why,
        }

    async def _explain_why(self) -> None:
        """Why now or not, which script, and what each outcome would lead to."""
        for line in self._cockpit.card.explain(self._id):
            self._room.say(line)

    async def company(self, contact_id: str) -> None:
        """Read everybody of this person's company; whoever is chosen is read in full."""
        company = self._cockpit.company.view(contact_id)
        if company is None:
            self._room.say(say("no_company"))
            return
        rows = [
            (
                one.contact_id,
                say("company_row", name=one.name, last=one.last, next=one.next.removesuffix(".")),
            )
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
            after = await self._cockpit.people.edit(self._id, values)
            if not after.unsaved:
                self._room.say(say("changed"))

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
PLACES = ("contact", "everywhere")

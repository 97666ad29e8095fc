"""A call rehearsed in lines: this person's words as their call would read them. Nobody is called, nothing is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping

from msgspec.structs import replace

from tui.cockpit.places import answer_of
from tui.cockpit.view import Phase, ScriptView, View
from tui.cockpit.wording.typed import SEARCHED, rehearsal_of
from tui.locale.spoken import translated
from tui.plain.choices import named, with_the_usual
from tui.plain.dialogs import away, pick
from tui.plain.facts import Fact, words_facts
from tui.plain.instead import instead, key_lines, meant
from tui.plain.room import Room
from tui.plain.typed import BACK, spoken
from tui.plain.words import say

OFFERED = (
    "rehearse.on",
    "rehearse.line_back",
    "rehearse.search",
    "rehearse.top",
    "app.caller",
    "rehearse.back",
)
PLACES = ("rehearse", "everywhere")


class RehearsalPage:
    """Walks through the script of one person."""

    def __init__(self, room: Room) -> None:
        self._room, self._cockpit = room, room.cockpit
        self._script = ScriptView()

    def handlers(self, contact_id: str) -> Mapping[str, Callable[[], Awaitable[object]]]:
        """What its keys do, by command id."""
        rehearsal = self._cockpit.rehearsal
        return {
            "rehearse.on": lambda: self._at(rehearsal.on()),
            "rehearse.line_back": lambda: self._at(rehearsal.back()),
            "rehearse.search": self._search,
            "rehearse.top": lambda: self._at(rehearsal.begin(contact_id) or ScriptView()),
        }

    async def walk(self, contact_id: str) -> None:
        """Read the words and go on in them as the rep types, until they go back."""
        room, handlers = self._room, self.handlers(contact_id)
        person, script = room.cockpit.card.view(contact_id), self._cockpit.rehearsal.begin(contact_id)
        if person is None or script is None:
            room.say(say("person_gone"))
            return
        self._script = script
        again = True
        while True:
            if again:
                room.say(rehearsal_of(person.name))
                if script.title:
                    room.say(say("script", title=script.title))
                room.tell("rehearsal", ())
            self._tell()
            said = await away(room, self._say_keys)
            again = said is None
            if said is None:
                continue
            if said == BACK:
                return
            command = meant(room.keys, said, PLACES, (*handlers, "rehearse.back"))
            if command is not None and command.id == "rehearse.back":
                return
            if (digit := answer_of(self._as_in_a_call(), said.strip())) is not None:
                await self._at(self._cockpit.rehearsal.answer(digit))
            elif command is not None and command.id in handlers:
                await handlers[command.id]()
            elif command is not None:
                room.say(instead(command.id, room.keys))
            else:
                room.say(say("not_known", typed=spoken(said), keys=room.keys.shown("app.keys")))

    def _tell(self) -> None:
        """The words that are new, and what can be typed."""
        room = self._room
        facts = (*words_facts(self._as_in_a_call()), Fact("choices", self._choices()))
        room.tell("rehearsal", facts)

    def _choices(self) -> str:
        return with_the_usual(self._room.keys, *self._offers())

    def _offers(self) -> Iterator[str]:
        keys = self._room.keys
        yield from named(keys, "rehearse.on", "rehearse.line_back", "rehearse.search")
        yield say("key_does", key=keys.shown("rehearse.top"), words=say("to_the_top"))
        yield from named(keys, "rehearse.back")

    def _say_keys(self) -> None:
        room = self._room
        room.say(say("keys_here"))
        if self._script.answers:
            room.say(say("labelled", label=say("digit"), words=say("does_answers")))
        for line in key_lines(room.keys, PLACES, (*OFFERED, "app.keys", "app.quit")):
            room.say(line)

    def _as_in_a_call(self) -> View:
        return replace(self._room.view, phase=Phase.TALKING, script=self._script)

    async def _at(self, script: ScriptView) -> None:
        if script == self._script:
            self._room.say(say("nowhere_further"))
        self._script = script

    async def _search(self) -> None:
        target = await pick(self._room, translated(SEARCHED), self._cockpit.rehearsal.search)
        if target is not None:
            await self._at(self._cockpit.rehearsal.jump(target))

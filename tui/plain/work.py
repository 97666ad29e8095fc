"""The main prompt: where the rep is, what can be typed there, and what a line does. The pages of a call come and go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tui.cockpit import possible
from tui.cockpit.by_command import doing
from tui.cockpit.places import LINE_PLACES, PLACE_OF, answer_of, outcome_of
from tui.cockpit.view import Ask, Phase, View
from tui.commands import Command
from tui.plain.choices import choices, while_talking
from tui.plain.dialogs import answer_in
from tui.plain.facts import Fact, outcome_words, page, place_of
from tui.plain.incoming import Incoming
from tui.plain.instead import instead, key_lines, meant
from tui.plain.pages import Pages
from tui.plain.queue_page import QueuePage
from tui.plain.room import Room
from tui.plain.typed import AGAIN, BACK, BEFORE, EMPTIES, ONWARD, spoken
from tui.plain.words import say

if TYPE_CHECKING:
    from tui.cockpit.call_view import FormField

Handler = Callable[[], Awaitable[object]]
ABOUT_ME = ("me:", "y")
"""The question whether the rep says who they are, and its yes."""
IN_A_FORM = ("app.keys", "app.facts")
"""What is a command where a line is filled in, too."""
ALL_FILLED = "\n"
"""In place of a line's id: what was typed went on the last line, and nothing more is asked."""


class Work:
    """Says where the rep is and does what they type."""

    def __init__(self, room: Room) -> None:
        self._room, self._cockpit, self._keys = room, room.cockpit, room.keys
        self._queue = QueuePage(room)
        self._pages = Pages(room, self._queue)
        self._incoming = Incoming(room, self.until)
        self._field = ""
        """The line of the form that is filled in."""
        self._place: tuple[object, ...] = ()
        room.tell_page, room.caller = self.tell, self._incoming.ask
        self.handlers = self._handlers()

    @property
    def view(self) -> View:
        """The cockpit as it is now."""
        return self._room.view

    async def until(self, over: Callable[[View], bool]) -> None:
        """Ask and do until that is so; `LeftError` ends it, too."""
        room = self._room
        while not over(self.view):
            was, room.at_home = room.at_home, True
            try:
                room.tell_news()
                self.tell()
                said = await room.line()
                if said is None:
                    room.forget("choices")
                else:
                    await self.take(said)
            finally:
                room.at_home = was
        room.tell_news()

    # -- saying

    def tell(self) -> None:
        """Say what is new where the rep is, and what can be typed there when that changed."""
        view, room = self.view, self._room
        if place_of(view) != self._place:
            self._place, self._field = place_of(view), view.form.focus if view.form else ""
            room.forget("choices")
        room.tell(
            "page", self._facts(view), beside=view.ask is not None
        )  # what stands behind a question is known

    def _facts(self, view: View) -> Iterator[Fact]:
        if view.ask is not None:
            yield Fact("ask", view.ask.title, (view.ask.id, view.ask.title))
        else:
            yield from page(view, self._keys)
            if view.phase is Phase.QUEUE:
                yield from self._queue.facts(view)
        yield Fact("choices", choices(view, self._keys, self._current_field(view)))

    def _current_field(self, view: View) -> FormField | None:
        fields = view.form.fields if view.form and self._field != ALL_FILLED else ()
        return next((field for field in fields if field.id == self._field), fields[0] if fields else None)

    # -- doing

    async def take(self, said: str) -> None:
        """Do what a line means here."""
        view = self.view
        if view.ask is not None:
            await self._answer(view.ask, said)
        elif said == AGAIN:
            self._room.forget()
        elif view.phase is Phase.TALKING:
            await self._talk(view, said)
        elif view.phase is Phase.FORM:
            await self._fill(view, said)
        elif view.phase is Phase.QUEUE and await self._queue.took(said):
            pass
        else:
            await self._press(view, said)

    async def _answer(self, question: Ask, said: str) -> None:
        if said == AGAIN or self._keys.meant(said, ("everywhere",), ("app.keys",), labels=False):
            self._room.forget("ask", "choices")
        elif said == BACK:
            await self._cockpit.question.leave()
        elif key := said if question.text else answer_in(question, said):
            await self._cockpit.question.answer(key)
            if (question.id, key) == ABOUT_ME:
                await self._pages.about_me()
        else:
            leave = self._keys.shown("list.back")
            self._room.say(say("not_an_answer", typed=spoken(said), leave=leave))
            self._room.forget("choices")

    def _meant(self, view: View, said: str) -> Command | None:
        return meant(self._keys, said, self.places(view), self.handlers)

    async def _press(self, view: View, said: str) -> None:
        command = self._meant(view, said)
        if command is not None:
            await self._run(command.id)
        elif outcome_id := outcome_of(view, said.strip()):
            await self._cockpit.outcome.choose(outcome_id)
        else:
            self._not_known(said)

    async def _run(self, command_id: str) -> None:
        """Do what a command means, or say why it means nothing now, or what is typed instead in lines."""
        if why_not := instead(command_id, self._keys) or self._why_not(command_id):
            self._room.say(why_not)
        else:
            await self.handlers[command_id]()

    def _why_not(self, command_id: str) -> str:
        if command_id == "app.facts" and self._room.subject:
            return ""  # its key means another thing in a form of the full screen alone
        return possible.why_not(command_id, self.view, self._room.subject, self._keys.shown)

    def _not_known(self, said: str) -> None:
        self._room.say(say("not_known", typed=spoken(said.strip()), keys=self._keys.shown("app.keys")))
        self._room.forget("choices")

    def places(self, view: View) -> Sequence[str]:
        """Where commands of the table work now, the first going first."""
        if view.phase is Phase.RECAP:
            return (str(view.phase), "everywhere")
        if view.phase is Phase.QUEUE:
            return (str(view.phase), "facts_key", "everywhere")
        more = LINE_PLACES.get(view.phase, ()) if view.line is not None else ()
        empty = ("talking_empty",) if view.phase is Phase.TALKING else ()
        return (PLACE_OF[view.phase], *empty, *more, "facts_key", "everywhere")

    # -- talking

    async def _talk(self, view: View, said: str) -> None:
        """A line is a note, unless it is one sign, the answer's digit, or a word for the phone that is offered."""
        offered = {command_id for command_id, _ in while_talking(view)}
        text, is_note = said.strip(), said.startswith(" ")
        if not text and view.draft:
            await self._keep(view, "")
        elif (is_note and text) or (
            len(text) > 1 and not self._keys.meant(text, ("talking", "talking_line"), offered)
        ):
            await self._keep(view, text)
        elif text in dict(view.outcome_keys) and not self._meant(view, text):
            await self._cockpit.outcome.choose(dict(view.outcome_keys)[text])  # it says what comes first
        elif text and (digit := answer_of(view, text)) is not None:
            await self._cockpit.talk.answer(digit)
        else:
            await self._press(view, text)

    async def _keep(self, view: View, text: str) -> None:
        await self._cockpit.talk.type_note(" ".join(filter(None, (view.draft, text))))
        after = await self._cockpit.talk.keep_note()
        self._room.say(say("kept"))
        self._room.known(
            "notes", next(fact.stands_for for fact in page(after, self._keys) if fact.about == "notes")
        )

    # -- the form

    async def _fill(self, view: View, said: str) -> None:
        field, outcome = self._current_field(view), self._cockpit.outcome
        if said == "":
            await outcome.save_form()
        elif said == BACK:
            await outcome.leave_form()
        elif said in (ONWARD, BEFORE):
            await self._go(view, 1 if said == ONWARD else -1)
        elif command := self._keys.meant(said, self.places(view), IN_A_FORM, labels=False):
            await self._run(command.id)
        elif field is None:
            self._not_known(said)
        elif field.choices:
            await self._choose(view, field, said)
        else:
            after = await outcome.set_field(field.id, "" if said == EMPTIES else said.strip())
            filled = self._current_field(after)
            if filled is not None and not (filled.problem or filled.offers):
                await self._go(after, 1, around=False)

    async def _choose(self, view: View, field: FormField, said: str) -> None:
        place = int(said) - 1 if said.isdecimal() else -1
        words = {one.casefold(): one for one in field.choices}
        wanted = field.choices[place] if 0 <= place < len(field.choices) else words.get(said.casefold())
        if wanted is None:
            self._not_known(said)
            return
        for _ in field.choices:
            if (now := self._current_field(self.view)) is None or now.value == wanted:
                break
            await self._cockpit.outcome.next_choice(field.id)
        await self._go(view, 1, around=False)

    async def _go(self, view: View, step: int, *, around: bool = True) -> None:
        ids = [field.id for field in view.form.fields] if view.form else []
        if not ids:
            return
        if self._field == ALL_FILLED:
            at = 0 if step > 0 else len(ids) - 1
        else:
            at = (ids.index(self._field) if self._field in ids else 0) + step
        if at == len(ids) and not around:
            self._field = ALL_FILLED
            return
        self._field = ids[at % len(ids)]
        await self._cockpit.outcome.focus_field(self._field)

    # -- commands

    def _handlers(self) -> Mapping[str, Handler]:
        """What each command does, by its id; for the others `instead` says what is typed."""
        places = ("queue", "ready", "ringing", "talking", "call_over", "form", "paused", "recap", "app")
        return {
            **doing(self._cockpit, *places),
            "form.next_field": lambda: self._go(self.view, 1),
            "form.previous_field": lambda: self._go(self.view, -1),
            **self._pages.handlers(),
            **self._queue.handlers(),
            "app.keys": self._say_keys,
            "call_over.take": self._take_usual,
        }

    async def _take_usual(self) -> None:
        if usual := next((row for row in self.view.outcomes if row.suggested), None):
            await self._cockpit.outcome.choose(usual.id)

    async def _say_keys(self) -> None:
        """Everything that can be typed here, a line each, the outcomes with what each would do."""
        room, view = self._room, self.view
        room.say(say("keys_here"))
        for row in view.outcomes if view.phase not in (Phase.TALKING, Phase.FORM) else ():
            room.say(outcome_words(row))
        if view.phase is Phase.TALKING:
            room.say(say("labelled", label=say("does_note"), words=say("is_note")))
            if view.script.answers:
                room.say(say("labelled", label=say("digit"), words=say("does_answers")))
        able = {*self.handlers, "app.caller", "app.quit"}
        if view.phase is Phase.FORM:
            room.say(say("labelled", label=say("any_line"), words=say("goes_on_line")))
            able = {one for one in able if one.startswith("form.")} | {"app.caller", "app.quit", *IN_A_FORM}
        for line in key_lines(self._keys, self.places(view), able, self._why_not):
            room.say(line)
        room.forget("choices")

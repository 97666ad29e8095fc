"""What stands behind a key: short questions, lists, pages to read. Each comes back to the main prompt."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from tui.cockpit.call_view import FormField, NotTaken, SettingRow, person_form
from tui.cockpit.view import Ask
from tui.cockpit.wording.typed import NO_FACTS, SEARCHED, WHICH_FACT, fact_ask, typed_ask
from tui.domain.contact import Contact
from tui.locale.spoken import translated
from tui.plain.dialogs import ask, fill, fitting, pick
from tui.plain.facts import recap_lines
from tui.plain.person_page import PersonPage
from tui.plain.queue_page import QueuePage
from tui.plain.rehearsal_page import RehearsalPage
from tui.plain.room import Room
from tui.plain.typed import EMPTIES, spoken
from tui.plain.words import say

Handler = Callable[[], Awaitable[object]]
NEW, MADE_AT = "new", "made_at"


def _setting_words(row: SettingRow) -> str:
    if not row.origin:
        return say("setting_unset", name=row.name)
    return say("setting", name=row.name, value=row.value, origin=row.origin)


class Pages:
    """Everything that asks for more than one line."""

    def __init__(self, room: Room, queue: QueuePage) -> None:
        self._room, self._cockpit, self._queue = room, room.cockpit, queue
        self._rehearsal = RehearsalPage(room)
        self._person = PersonPage(room, self._rehearsal)

    def handlers(self) -> Mapping[str, Handler]:
        """What these keys do, by command id."""
        return {**self._on_the_queue(), **self._in_a_call()}

    def _on_the_queue(self) -> Mapping[str, Handler]:
        cockpit, queue = self._cockpit, self._queue
        return {
            "app.why": self._why,
            "app.facts": self._facts,
            "queue.add": self._add,
            "queue.import": self._import,
            "queue.list": self._list,
            "queue.log": lambda: cockpit.outcome.log_elsewhere(queue.selected),
            "queue.length": self._length,
            "queue.report": self._report,
            "recap.report": self._report,
            "queue.open": lambda: self._person.read(queue.selected),
            "queue.company": lambda: self._person.company(queue.selected),
            "queue.rehearse": lambda: self._rehearsal.walk(queue.selected),
            "queue.settings": self._settings,
            "queue.team": self._team,
        }

    def _in_a_call(self) -> Mapping[str, Handler]:
        cockpit = self._cockpit
        return {
            "ready.by_hand": self._by_hand,
            "ready.me": self.about_me,
            "ready.reason": lambda: self._typed("reason", cockpit.talk.set_reason),
            "ready.fill": self._fill_in,
            "ringing.by_hand": self._by_hand,
            "talking.search": self._search,
            "talking.suggest": lambda: self._typed("suggest", cockpit.talk.suggest),
            "talking.unfit": self._nothing_fitted,
            "talking.fact": self._write_fact,
            "talking.earlier": self._change_note,
            "talking.tones": lambda: self._typed("tones", cockpit.phone.tones),
            "call_over.notes": self._notes,
        }

    async def _typed(self, question_id: str, take: Callable[[str], Awaitable[object]]) -> None:
        if said := await ask(self._room, typed_ask(question_id)):
            await take(said)

    async def _nothing_fitted(self) -> None:
        said = await ask(self._room, typed_ask("unfit"))
        if said is not None:
            await self._cockpit.talk.nothing_fitted(said)

    async def _write_fact(self) -> None:
        talk = self._cockpit.talk
        rows = [
            (
                fact.name,
                say(
                    "field" if fact.value else "field_empty", label=fact.about or fact.name, value=fact.value
                ),
            )
            for fact in talk.facts()
        ]
        if not rows:
            await self._cockpit.tell(translated(NO_FACTS))
            return
        name = await pick(self._room, translated(WHICH_FACT), fitting(rows))
        said = await ask(self._room, fact_ask(name)) if name else None
        if name and said is not None:
            await talk.tell_fact(name, said)

    async def _change_note(self) -> None:
        """Other words for one of the notes that were kept; none remove it."""
        kept = [
            (str(place), say("history", when=note.at, what=note.text))
            for place, note in enumerate(self._room.view.notes)
        ]
        chosen = await pick(self._room, say("which_note"), fitting(kept))
        question = say("note_words", key=spoken(EMPTIES))
        said = await ask(self._room, Ask("note", question, (), text=True)) if chosen is not None else None
        if chosen is not None and said:
            await self._cockpit.talk.reword(int(chosen), "" if said == EMPTIES else said)

    # -- the queue

    async def _why(self) -> None:
        for line in self._cockpit.card.explain(self._room.subject):
            self._room.say(line)

    async def _facts(self) -> None:
        """Everything known about the person on the card or under the cursor, without leaving the place."""
        self._person.say(self._room.subject)

    async def _add(self) -> None:
        values = await fill(self._room, say("new_person"), person_form(Contact("")))
        if values and any(values.values()):
            after = await self._cockpit.people.add(values)
            if not after.unsaved:
                self._room.say(say("added", name=next(filter(None, values.values()))))

    async def _import(self) -> None:
        from tui.plain.import_page import ImportPage  # reading files is read when somebody imports

        await ImportPage(self._room).ask()

    async def _list(self) -> None:
        rows = [
            (name, self._list_words(name or translated("Everybody"), count))
            for name, count in self._cockpit.queue.lists()
        ]
        name = await pick(self._room, say("which_list"), fitting(rows))
        if name is not None:
            await self._cockpit.queue.show_list(name)

    @staticmethod
    def _list_words(name: str, count: int) -> str:
        return say("list_of", name=name, people=count) if count >= 0 else say("saved_filter", name=name)

    async def _length(self) -> None:
        queue = self._room.view.queue
        fields = (
            FormField("minutes", say("minutes"), str(queue.minutes), proposed=True),
            FormField("conversations", say("talks"), str(queue.conversations or ""), proposed=True),
            FormField("next_steps", say("next_steps"), str(queue.next_steps or ""), proposed=True),
        )
        if values := await fill(self._room, say("length"), fields):
            await self._cockpit.session.type_length(values)

    async def _report(self) -> None:
        """The numbers: of the session whose recap is read, then of the last weeks."""
        recap = self._room.view.recap
        report = await self._room.beside(asyncio.to_thread(self._room.given.report))
        lines = recap_lines(report.title, report.sections) if report else (say("no_report"),)
        for line in (*(recap.numbers if recap else ()), *lines):
            self._room.say(line)

    async def _settings(self) -> None:
        """Find a setting, hear what it is and takes, and type another value."""
        settings = {row.name: row for row in self._cockpit.settings.rows()}
        rows = [(row.name, _setting_words(row)) for row in settings.values()]
        if (name := await pick(self._room, say("which_setting"), fitting(rows))) is not None:
            await self._change_setting(settings[name])

    async def _change_setting(self, row: SettingRow) -> None:
        for line in filter(None, (row.help, row.takes, row.fixed or row.counts)):
            self._room.say(line)
        while not row.fixed:
            typed = await self._new_value(row)
            if not typed or typed == row.typed:
                return
            try:
                if typed == EMPTIES:
                    await self._cockpit.settings.back_to_team(row.name)
                else:
                    await self._cockpit.settings.change(row.name, typed)
                return
            except NotTaken as refused:
                self._room.say(str(refused))

    async def _new_value(self, row: SettingRow) -> str | None:
        """One of its words, or what is typed; `-` stands for the team's value again, None for leaving it as it is."""
        if row.choices:
            now = [(row.typed, say("as_now", value=row.typed))] if row.typed else []
            others = [(word, word) for word in row.choices if word != row.typed]
            team = [(EMPTIES, say("remove_own"))] if row.is_own else []
            return await pick(self._room, say("one_value", name=row.name), fitting([*now, *others, *team]))
        code = "new_value_or_none" if row.is_own else "new_value"
        question = say(code, name=row.name, key=spoken(EMPTIES))
        return await ask(self._room, Ask("setting", question, (), text=True))

    async def _team(self) -> None:
        view = self._room.view
        for line in (*view.team_news, *view.problems):
            self._room.say(line)

    # -- a call

    async def about_me(self) -> None:
        """The rep's name, company and number; what was typed stays when one of them is not taken."""
        settings, said, refused = self._cockpit.settings, dict[str, str](), None
        while True:
            focus = refused.field_id if refused else ""
            values = await fill(self._room, say("who_you_are"), settings.about_me(said, refused), focus)
            if values is None:
                return
            try:
                await settings.give_about_me(values)
                return
            except NotTaken as not_taken:
                said, refused = dict(values), not_taken

    async def _by_hand(self) -> None:
        number = await ask(self._room, typed_ask("by-hand"))
        if number and number.strip():
            await self._cockpit.call.dial_by_hand(number)

    async def _fill_in(self) -> None:
        name, about, _ = self._room.view.script.asks[0]
        if (said := await ask(self._room, Ask("fill", about, (), text=True))) is not None:
            await self._cockpit.talk.fill_in(name, said)

    async def _search(self) -> None:
        if (target := await pick(self._room, translated(SEARCHED), self._cockpit.talk.search)) is not None:
            await self._cockpit.talk.jump(target)

    async def _notes(self) -> None:
        """The kept notes and, first of all, one more."""
        view = self._room.view
        kept = [FormField(str(place), note.at, note.text) for place, note in enumerate(view.notes)]
        when = view.past.made_at if view.past else ""
        first = (FormField(MADE_AT, say("made_at"), when),) if when else ()
        fields = (*first, *kept, FormField(NEW, say("new_note"), view.draft))
        if said := await fill(self._room, say("notes_of_call"), fields, NEW):
            notes = [said[str(place)] for place in range(len(kept))]
            await self._cockpit.talk.set_notes(view.call_id, notes, said[NEW], said.get(MADE_AT, ""))

"""One rep at the real cockpit: every sentence that stands on the screen as words to say is written down.

The player knows nothing of the rules. It takes the key the story says for a person, and keeps what happened in a
`Truth` of its own.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.memory_store import MemoryStore
from bench.stepped_clock import SteppedClock
from tests.cockpit_bench import call_selected
from tests.practice.fortnight import recaps
from tests.practice.fortnight.phone import PhoneThatRings
from tests.practice.fortnight.truth import Truth, there
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.view import Phase, View
from tui.domain.contact import Contact
from tui.phone import zones
from tui.script.files.library import Library
from tui.script.language.line import said_in
from tui.settings.settings import Settings
from tui.yamlfile.copies import Copies

LONDON = ZoneInfo("Europe/London")
STEPS = 14
"""Lines of a script that are read at most in one talk."""
ON_THE_CARD = 3
"""Lines of the card that are written down."""
A_DAY = re.compile(r"\b(which day|when|quando|che giorno|quale giorno)\b", re.IGNORECASE)
COMMITS_TO = {
    "a page first": "e",
    "prima una pagina": "e",
    "a page by e-mail": "e",
    "una pagina per e-mail": "e",
    "please don't": "d",
    "meglio di no": "d",
    "neither": "l",
    "nessuno dei due": "l",
    "not now": "l",
}
"""What they say with which only this outcome goes: nobody who hears "I'll send it today" is put down for a call."""
AT_A_CARD = frozenset({Phase.READY, Phase.NEXT_IN, Phase.DIALLING, Phase.RINGING})


@dataclass(frozen=True)
class Said:
    """One sentence on the screen, with when, to whom and what was true."""

    at: datetime
    name: str
    place: str
    """`say`, `voicemail`, `gatekeeper`, `caller`, `card`, `saved`."""
    text: str
    truth: Truth
    known: str
    """What was true, as one line."""
    line: int
    """Where it stands in the golden file."""


class Player:
    """A rep, a clock that stands still, and a cockpit."""

    def __init__(self, settings: Settings, scripts: Path, data: Path, start: datetime) -> None:
        self.clock = SteppedClock(start)
        self.store = MemoryStore()
        self.settings = settings
        self.scripts = scripts
        """The team's folder of scripts, for a trainer to make mistakes in."""
        self.data = data
        """The rep's own folder, with the last good versions of the scripts."""
        self.phone = PhoneThatRings(str(start))
        self.truths: dict[str, Truth] = {}
        self.lines: list[str] = []
        self.said: list[Said] = []
        self.fates: dict[str, Iterator[str]] = {}
        self.talks = 0
        self.heard = ""
        """The words that stood there before the talk began: they are written down once."""
        self.untrue: list[str] = []
        """What is not true in the recaps."""
        self.killed = False
        """The computer died: the program was not closed."""
        self.cockpit = self._cockpit()

    def _cockpit(self) -> Cockpit:
        copies = Copies.of_team(self.data, self.scripts.parent, "scripts", self.clock.now)
        library = Library(self.scripts, lambda path: path.name, copies)
        return Cockpit(self.store, self.settings, lambda: library, self.phone, self.clock)

    # -- the story's hands -------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def here(self) -> datetime:
        return self.now.astimezone(LONDON)

    async def until(self, hour: int, minute: int = 0, days: int = 0) -> View:
        """Let the time pass until an hour on the rep's wall."""
        wanted = (self.here + timedelta(days=days)).replace(hour=hour, minute=minute, second=0)
        assert wanted >= self.here, f"{wanted} is over"
        self.clock.step((wanted - self.here).total_seconds())
        return await self.cockpit.tick()

    async def new_day(self, day: str) -> View:
        """The next morning: the program is closed and started again."""
        if not self.killed:
            await self.cockpit.close()
        self.killed = False
        return await self.start(day)

    async def start(self, day: str) -> View:
        """Start the program on a day (`2026-11-24 08:55`)."""
        wanted = datetime.fromisoformat(day).replace(tzinfo=LONDON)
        self.clock.step((wanted - self.here).total_seconds())
        self.phone = PhoneThatRings(day)
        self.cockpit = self._cockpit()
        self.head(f"{self.here:%A %d %B %Y, %H:%M}")
        return await self.cockpit.open()

    def head(self, words: str) -> None:
        self.lines += ["", f"== {words} =="]

    def fate(self, name: str) -> str:
        """What happens when this person is called next: the story's word for it, else nobody answers."""
        return next(self.fates.get(name, iter(())), "n")

    def knows(self, people: Path) -> None:
        """Keep what the imported file says of people, before anything happens to them."""
        with people.open(encoding="utf-8") as file:
            rows = {row["Name"]: row for row in csv.DictReader(file)}
        for contact in self.store.contacts():
            self.truth(contact.id).last_contacted = bool(rows[contact.name]["Last called"])

    def truth(self, contact_id: str) -> Truth:
        """What is true of a person; a caller nobody knows begins with nothing."""
        if contact_id not in self.truths:
            contact = self.store.contact(contact_id) or Contact(
                contact_id, name=there(self.cockpit.view.card).name
            )
            zone = contact.zone or next(iter(zones(contact.first_number)), "Europe/London")
            self.truths[contact_id] = Truth(contact, zone)
        return self.truths[contact_id]

    def person(self, name: str) -> str:
        """The id of a person."""
        return next(one.id for one in self.store.contacts() if one.shown_name == name)

    # -- writing down ------------------------------------------------------------------------------------

    def begin(self, view: View, why: str = "") -> None:
        card = there(view.card)
        truth = self.truth(card.contact_id)
        queue, who = f", {why}" if why else "", ", ".join(filter(None, (card.name, card.about)))
        self.lines += ["", f"{self.here:%a %d %b %H:%M}  {who} ({card.there}){queue}"]
        self.lines.append(f"    true       {truth.sentence(self.now)}")
        for label, words in card.lines[:ON_THE_CARD]:
            self.write(view, "card", f"{label}: {words}")
        for words in card.warnings:
            self.write(view, "card", f"Careful: {words}")

    def write(self, view: View, place: str, text: str, contact_id: str = "") -> None:
        """Keep one sentence."""
        if not text:
            return
        card = view.card
        one = contact_id or (card.contact_id if card else "")
        truth = self.truth(one)
        self.lines.append(f"    {place:<10} {text}")
        name = truth.contact.shown_name
        known, then = truth.sentence(self.now), truth.as_it_is()
        self.said.append(Said(self.now, name, place, text, then, known, len(self.lines)))

    def words(self, view: View) -> None:
        script = view.script
        for one in script.words:
            self.write(view, one.kind, f"[{script.title}] {one.text}")
        self.heard = script.text
        self.write(view, "voicemail", script.voicemail)

    def saved(self, view: View, contact_id: str) -> None:
        """The line about what was saved."""
        assert view.saved is not None, f"nothing is said to be saved: {view.notice}"
        self.write(view, "saved", view.saved.text, contact_id)
        self.write(view, "saved", view.saved.note, contact_id)

    # -- one call ----------------------------------------------------------------------------------------

    async def session(self, until: int, minute: int = 0, minutes: int = 60) -> None:
        """Call whoever comes next until an hour on the wall, or nobody is left."""
        view = await self.cockpit.tick()
        end = self.here.replace(hour=until, minute=minute, second=0)
        while self.here < end and view.queue.ready:
            view = await self.cockpit.queue.select(view.queue.ready[0].contact_id)
            view = await self.call_selected(minutes)
            while view.phase in (Phase.READY, Phase.NEXT_IN) and self.here < end:
                self.clock.step(6)
                view = await self.call_on_card()
            if view.phase is Phase.RECAP:
                self.recap(view)
                view = await self.cockpit.session.end()
            if view.phase is not Phase.QUEUE:
                break
        view = await self.cockpit.tick()
        if view.clock is not None:
            self.recap(await self.cockpit.session.show_recap())
            await self.cockpit.session.end()

    def recap(self, view: View) -> None:
        """Write a recap down, and what in it is not true."""
        assert view.recap is not None
        run = self.cockpit._state.run
        assert run is not None
        calls = [one for one in self.store.calls() if one.voided_at is None]
        step = self.cockpit._state.ranking.step
        known = recaps.Known(self.now, tuple(self.store.contacts()), calls, run.session.id, step)
        self.lines += ["", f"{self.here:%a %d %b %H:%M}  {view.recap.title}"]
        for label, lines in view.recap.sections:
            self.lines += [f"    {label if line is lines[0] else '':<13} {line}".rstrip() for line in lines]
        self.untrue += [f"line {len(self.lines)}: {why}" for why in recaps.untrue(view.recap, known)]

    async def call(self, name: str, minutes: int = 15) -> View:
        """Call one person by name, whenever that is."""
        await self.cockpit.queue.select(self.person(name))
        return await self.call_selected(minutes)

    async def call_selected(self, minutes: int = 15) -> View:
        """Enter on the queue."""
        view = await self.called(await call_selected(self.cockpit, minutes))
        if view.phase not in (Phase.DIALLING, Phase.RINGING):
            return view
        return await self._ringing(view)

    async def call_on_card(self) -> View:
        """Enter on the card of the next person."""
        view = await self.called(await self.cockpit.call.dial())
        if view.phase not in (Phase.DIALLING, Phase.RINGING):
            self.lines.append(f"    not called {view.notice.text if view.notice else view.card}")
            return await self.cockpit.session.to_queue()
        return await self._ringing(view)

    async def called(self, view: View) -> View:
        """After the questions before a dial: any typed reason, else the first choice."""
        for _ in range(3):
            if view.ask is None:
                break
            view = await self._answer_ask(view)
        return view

    async def _answer_ask(self, view: View) -> View:
        ask = there(view.ask)
        self.lines.append(f"    asked      {ask.title}")
        return await self.cockpit.question.answer("they asked for it" if ask.text else ask.choices[0][0])

    async def _ringing(self, view: View) -> View:
        name = there(view.card).name
        self.begin(view)
        self.words(view)
        self.clock.step(12)
        return await self.ends(name, self.fate(name))

    async def ends(self, name: str, fate: str) -> View:
        """The call goes as the story says: `v`, `g Lena`, `c fri 3pm`, `t`, `t12`, `t fri 3pm`, `m thu 10:00`."""
        view, (key, _, more) = self.cockpit.view, fate.partition(" ")
        contact_id = there(view.card).contact_id
        if key in ("n", "v"):
            return await self.done(await self.cockpit.outcome.choose(ids_of(self.settings)[key]), contact_id)
        if key == "g":
            view = await self.cockpit.outcome.choose("gatekeeper")
            self.write(view, "gatekeeper", said_in(view.script.gatekeeper))
            self.clock.step(20)
            return await self.form(await self.cockpit.outcome.choose("gatekeeper"), contact_id, key, more)
        seconds = int(key[1:] or 0)
        view = await self.cockpit.call.answered()
        if seconds:
            self.clock.step(seconds)
        else:
            await self.talk(more, key)
        await self.cockpit.call.over()
        return await self.form(
            await self.cockpit.outcome.choose(ids_of(self.settings)[key[0]]), contact_id, key[0], more
        )

    async def talk(self, when: str, key: str = "") -> None:
        """Say the lines, take the answers in turn, type a note where a question is open."""
        self.talks += 1
        view, heard = self.cockpit.view, self.heard
        for step in range(STEPS):
            script = view.script
            for one in script.words:
                if one.text not in heard:
                    self.write(view, one.kind, one.text)
            heard = script.text
            self.clock.step(15)
            if script.at_end:
                return
            answers = [one for one in script.answers if one.digit != "0"]
            fitting = [one for one in answers if COMMITS_TO.get(one.label) == key]
            answers = fitting or [one for one in answers if one.label not in COMMITS_TO]
            if answers:
                chosen = answers[(self.talks + step) % len(answers)]
                self.lines.append(f"    they       {chosen.label}")
                after = await self.cockpit.talk.answer(chosen.digit)
            elif script.kind == "ask":
                await self.cockpit.talk.type_note(
                    when or "fri 3pm" if A_DAY.search(script.text) else "two vans"
                )
                after = await self.cockpit.talk.keep_note()
            else:
                after = await self.cockpit.talk.step_on()
            if after.script.words == script.words:
                after = await self.cockpit.talk.step_on()
            if after.script.words == script.words:
                return
            view = after

    async def form(self, view: View, contact_id: str, key: str, more: str) -> View:
        form = view.form
        assert form is not None, f"{key} opens no form: {view.notice}"
        fields = {one.id for one in form.fields}
        typed = dict(part.split("=", 1) for part in more.split("; ") if "=" in part)
        plain = more if more and not typed else ""
        place = {"c": "when", "m": "when", "t": "again", "g": "who", "w": "number", "l": "about"}.get(key, "")
        if plain and place in fields:
            typed[place] = plain
        for name, value in typed.items():
            if name in ("code", "how"):
                while next(one.value for one in there(view.form).fields if one.id == name) != value:
                    view = await self.cockpit.outcome.next_choice(name)
            else:
                view = await self.cockpit.outcome.set_field(name, value)
        self.clock.step(8)
        view = await self.cockpit.outcome.save_form()
        assert view.phase is not Phase.FORM, f"the form was not saved: {view.notice}"
        return await self.done(view, contact_id)

    async def done(self, view: View, contact_id: str) -> View:
        """What was saved, in the words of the line and in the truth."""
        # A caller of whom nothing is known is no contact: the call is nobody's.
        call = max(self.store.calls(contact_id) or self.store.calls(""), key=lambda one: one.id)
        self.truth(contact_id).took(call)
        self.saved(view, contact_id)
        return view


def ids_of(settings: Settings) -> dict[str, str]:
    return {one.key: one.id for one in settings.outcomes}

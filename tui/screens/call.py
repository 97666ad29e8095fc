"""One call from the card to the outcome: ready, ringing, talking, choosing, the form, paused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events, on
from textual.app import ComposeResult

from tui.cockpit.by_command import doing
from tui.cockpit.places import LETTERS_COUNT, LINE_PLACES, PLACE_OF, answer_of, outcome_of
from tui.cockpit.view import Phase, View
from tui.commands import BY_ID
from tui.locale.spoken import translated
from tui.screens.base import Handler
from tui.screens.call_hints import call_rows
from tui.screens.call_questions import CallQuestions
from tui.screens.fields import ask_about_me, notes_screen, take_notes
from tui.screens.fitted_call import HIGH
from tui.screens.key_stream import begins_a_note
from tui.screens.screen_context import ScreenContext
from tui.widgets.ask_panel import PROMPT
from tui.widgets.card import ContactCard
from tui.widgets.containers import Horizontal, VerticalScroll
from tui.widgets.facts import FactsPane
from tui.widgets.key_lines import Row
from tui.widgets.lines import Lines, StaticLines
from tui.widgets.outcome_form import OutcomeForm, OutcomeList
from tui.widgets.script_panel import ScriptPanel
from tui.widgets.text_line import KeptFromCall, NoteLine, Notes, TextLine
from tui.widgets.words import say


class CallScreen(CallQuestions):
    """The call, in all its phases."""

    place = "ready"
    leads = True

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._draft_of = ""
        """The working call whose draft stands on the note line."""
        self._told: set[str] = set()
        """What the rep was told of signs that begin a note though they might mean an answer."""

    def body(self) -> ComposeResult:
        """The card, the words, notes, outcomes and the form; the facts beside them on a wide screen."""
        with Horizontal(id="call-body"):
            with VerticalScroll(id="call-main", can_focus=False):
                yield ContactCard(id="card")
                yield ScriptPanel(id="script")
                yield Notes(id="notes")
                with Horizontal(id="note-row"):
                    yield StaticLines(PROMPT, id="note-prompt")
                    yield NoteLine(self.is_command_on_empty_line, id="note")
                yield OutcomeList(id="outcomes")
                yield OutcomeForm(id="form")
                yield KeptFromCall(id="kept")
            yield from self.facts_pane()

    def on_mount(self) -> None:
        """Tell the card its keys."""
        self.query_one(ContactCard).other_hint = say("other_number", key=self.context.shown("ready.other"))
        self.query_one(Notes).hints = (
            self.context.shown("talking.earlier"),
            self.context.shown("talking.keep"),
        )

    @property
    def note(self) -> NoteLine:
        """Where the rep types while talking."""
        return self.query_one(NoteLine)

    # Drawing

    def show(self, view: View) -> None:
        """Draw a view; the line to type on follows the phase."""
        # Not by a class of the screen: with another class all its parts are styled again.
        self.query_one("#note-row").display = view.phase is Phase.TALKING
        self.form.display = view.phase is Phase.FORM
        self.show_facts(view, self.subject)
        self.outcomes.is_high = self.size.height >= HIGH
        self.outcomes.view = view
        self.form.form = view.form if view.phase is Phase.FORM else None
        self._take_draft(view)
        self.fit(view)
        self.query_one(FactsPane).told = self.query_one(ContactCard).tells(view)

    def _take_draft(self, view: View) -> None:
        """The line is the rep's; only another call, or the same one brought back, puts words on it."""
        if view.draft_of != self._draft_of:
            self._draft_of = view.draft_of
            self.note.set_text(view.draft)

    def part_with_keys(self) -> TextLine | None:
        """The line to type on, in the phases that have one."""
        if self.view.phase is Phase.TALKING:
            return self.note
        return self.form.text_line if self.view.phase is Phase.FORM and self.form.typed_on else None

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """What each key does in this phase."""
        return call_rows(view, self.context.keys, self.outcomes.highlighted, self.facts_hints)

    def place_of(self, view: View) -> object:
        """Who is on the card, and how far the call is: past a change of that the facts give way."""
        return view.call_id, PLACE_OF.get(view.phase)

    def selected_part(self) -> Lines:
        """The outcomes while one is chosen, the line of a choice in the form, else the card."""
        if self.view.phase is Phase.CALL_OVER:
            return self.outcomes
        return self.form.choice_line if self.view.phase is Phase.FORM else self.query_one(ContactCard)

    # Keys

    def places(self) -> Sequence[str]:
        """The place of the phase; on an empty note line and on a choice there is a second one."""
        phase = self.view.phase
        places = [PLACE_OF.get(phase, "ready")]
        if phase is Phase.TALKING and self._line_is_free:
            places.append("talking_empty")
        if self.view.line is not None:
            places += LINE_PLACES.get(phase, ())
        if phase is Phase.FORM and not self.form.typed_on:
            places.insert(0, "form_choice")
        if self.facts_open:
            places.insert(0, "facts")
        return (*places, "reading", *(() if phase is Phase.FORM else ("facts_key",)))

    def all_places(self) -> Sequence[str]:
        """With the keys of the phone where it has none, of an empty line where it is not, of the facts in a form."""
        phase = self.view.phase
        more = (
            *LINE_PLACES.get(phase, ()),
            *(("talking_empty",) if phase is Phase.TALKING else ()),
            "facts_key",
        )
        return tuple(dict.fromkeys((*self.places(), *more)))

    def why_not(self, command_id: str) -> str:
        """Also why a key of an empty note line is text now."""
        if not self._line_is_free and BY_ID[command_id].where == "talking_empty":
            return say("line_not_empty", key=self.context.shown("talking.keep"))
        return super().why_not(command_id)

    @property
    def _line_is_free(self) -> bool:
        """Whether nothing stands on the note line, no kept note is being changed there, and the script is seen."""
        return not self.note.value and self.view.changing is None and not self.facts_open

    def is_command_on_empty_line(self, key: str) -> bool:
        """Whether a printable key is a command, or an answer, while the note line is empty.

        A letter never is: it begins a note, whatever key a script or the rep's own settings gave away.
        """
        if not self._line_is_free or (len(key) == 1 and key.isalpha()):
            return False
        keys = self.context.keys
        all_keys = keys.command(key, ("everywhere",))
        return (
            keys.command(key, ("talking_empty",)) is not None
            or (all_keys is not None and all_keys.id == "app.keys")
            or answer_of(self.view, key) is not None
        )

    def handlers(self) -> Mapping[str, Handler]:
        """The commands of all phases."""
        return {
            **super().handlers(),
            **doing(self.cockpit, "ready", "ringing", "talking", "call_over", "form", "paused"),
            "ready.by_hand": self._dial_by_hand,
            "ready.reason": self._type_reason,
            "ready.fill": self._fill_in,
            "ready.me": lambda: ask_about_me(self),
            "ringing.by_hand": self._dial_by_hand,
            **self._talking_handlers(),
            **self._closing_handlers(),
        }

    def _talking_handlers(self) -> dict[str, Handler]:
        return {
            "talking.keep": self._keep_note,
            "talking.earlier": lambda: self._change_note(-1),
            "talking.later": lambda: self._change_note(1),
            "talking.search": self._search,
            "talking.suggest": self._suggest,
            "talking.unfit": self._nothing_fitted,
            "talking.fact": self._write_fact,
            "talking.tones": self._ask_tones,
        }

    def _closing_handlers(self) -> dict[str, Handler]:
        cockpit = self.cockpit
        return {
            "call_over.take": self._take_highlighted,
            "call_over.notes": self._write_notes,
            "call_over.down": lambda: self._move_outcome(1),
            "call_over.up": lambda: self._move_outcome(-1),
            "form.next_field": lambda: self._move_field(1),
            "form.previous_field": lambda: self._move_field(-1),
            "form.next_choice": lambda: cockpit.outcome.next_choice(self.form.current),
        }

    async def press_other(self, event: events.Key) -> bool:
        """Outcome letters and answers."""
        sign = event.character or ""
        if outcome_id := outcome_of(self.view, sign):
            await self.cockpit.outcome.choose(outcome_id)
        elif digit := self._answer_of(sign):
            await self.cockpit.talk.answer(digit)
        else:
            return False
        return True

    def means(self, sign: str) -> bool:
        """Whether a sign is an outcome or an answer now."""
        return bool(outcome_of(self.view, sign) or self._answer_of(sign))

    def _answer_of(self, sign: str) -> str | None:
        is_asked = self.view.phase is Phase.TALKING and self._line_is_free
        return answer_of(self.view, sign) if is_asked and sign else None

    async def _keep_note(self) -> None:
        words, changing = self.note.words, self.view.changing is not None
        self.note.set_text("")
        if not words.strip() and not changing:
            await self.cockpit.tell(translated("The note line is empty: there is nothing to keep."))
            return
        await self.cockpit.talk.type_note(words)
        await self.cockpit.talk.keep_note()

    async def _change_note(self, step: int) -> None:
        await self.cockpit.talk.type_note(self.note.words)
        await self.cockpit.talk.change_note(step)

    async def _write_notes(self) -> None:
        view = self.view
        screen = notes_screen(self.context, view)
        await self.ask_on(screen, lambda said: take_notes(self.cockpit, view, said))

    async def typed(self, line: TextLine) -> None:
        """A note, or a field of the form."""
        if line is self.note:
            await self.cockpit.talk.type_note(line.words)
            told = begins_a_note(self.view, line.value)
            if told and told not in self._told:
                self._told.add(told)
                await self.cockpit.tell(told)
        elif line is self.form.text_line and (field_id := self.form.take_typed()):
            await self.cockpit.outcome.set_field(field_id, self.form.value(field_id))

    async def _take_highlighted(self) -> None:
        row = self.outcomes.highlighted
        if row is not None:
            await self.cockpit.outcome.choose(row.id)

    def _move_outcome(self, step: int) -> None:
        self.outcomes.move(step)
        main = self.query_one(self.scrolls)
        row = self.outcomes.virtual_region.y + self.outcomes.cursor_line
        if not main.scroll_y <= row < main.scroll_y + main.size.height:
            main.scroll_to(y=row - main.size.height // 2, animate=False)
        self.update_keys()

    @on(OutcomeForm.Pointed)
    async def _point(self, event: OutcomeForm.Pointed) -> None:
        """A click goes to a line; on the choice where the cursor is it takes the next one."""
        if event.field_id != self.form.current:
            self.form.go_to(event.field_id)
            self.give_keys()
            await self.cockpit.outcome.focus_field(event.field_id)
        elif not self.form.typed_on:
            await self.cockpit.outcome.next_choice(event.field_id)

    async def _move_field(self, step: int) -> None:
        field_id = self.form.move(step)
        self.give_keys()
        if field_id:
            await self.cockpit.outcome.focus_field(field_id)

    def extra_commands(self) -> list[tuple[str, str, str]]:
        """The outcomes, where a letter counts."""
        if self.view.phase not in LETTERS_COUNT:
            return []
        return [(f"outcome:{row.id}", row.key, row.label) for row in self.view.outcomes]

    async def run_extra(self, extra_id: str) -> None:
        """Take an outcome chosen in the palette."""
        await self.cockpit.outcome.choose(extra_id.removeprefix("outcome:"))

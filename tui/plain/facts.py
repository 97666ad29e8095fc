"""What there is to say of a View, a fact a line: whoever tells them leaves out what was told already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tui.cockpit.queue_view import QueueRow
from tui.cockpit.view import BEFORE_A_DIAL, Card, Phase, View
from tui.cockpit.wording.card import OF_THE_REP
from tui.cockpit.wording.notices import notice
from tui.domain.day_words import full_date
from tui.locale.spoken import time_of_day, translated
from tui.plain.typed import TypedKeys
from tui.plain.words import say
from tui.plaintext import ended

if TYPE_CHECKING:
    from tui.cockpit.call_view import FormField, OutcomeRow
    from tui.script.language.line import Words

ROWS = 5
"""People read at once; the next come with a key."""
BESIDE_ROWS = 3
"""Of those below them: later today, to do."""


class Fact(Struct, frozen=True):
    """One thing to say, and what it is about: the same thing about the same is said once."""

    about: str
    text: str
    same: Any = None
    """What must change for it to be said again; None: its text."""
    stays: bool = False
    """It is not said again when the rep comes back to where it stands."""

    @property
    def stands_for(self) -> Any:
        """What is compared."""
        return self.text if self.same is None else self.same


def news(view: View, keys: TypedKeys, undo: str = "") -> Iterator[Fact]:
    """What is said wherever the rep is, also in the middle of a line: it happened by itself, or was just done.

    `undo`: what is typed to undo here; empty where nothing is undone.
    """
    if view.saved:
        yield Fact("saved", _saved(view.saved.text, undo), view.saved.text)
        if view.saved.note:
            yield Fact("saved-note", view.saved.note)
    if view.notice:
        yield Fact("notice", view.notice.text, view.notice.id)
    if view.unsaved:
        yield Fact("unsaved", view.unsaved)
    if view.banner:
        yield Fact("incoming", say("incoming", who=view.banner, key=keys.shown("app.caller")), view.banner)
    for name, told in (("phone", view.phone), ("list", view.team_list)):
        if told.words:
            yield Fact(name, told.words)
    if view.team_hour and view.team_hour.offer:
        yield Fact("hour", view.team_hour.offer)
    if view.problems:
        first = ended(view.problems[0])
        yield Fact("problems", say("problem", first=first, key=keys.shown("queue.team")))
    elif view.team_news:
        yield Fact("problems", say("team_news", key=keys.shown("queue.team")), view.team_news)


COLON_GAP, GAP = re.compile(r": {2,}"), re.compile(r" {2,}")
"""Blanks that set columns apart, on paper and on a screen."""
SIGNS = {" · ": ", ", " → ": ": "}
"""Signs that are drawn between words, and what is said for them."""


def _saved(text: str, undo: str) -> str:
    for sign, said in SIGNS.items():
        text = text.replace(sign, said)
    words = text.removesuffix(".")
    return say("saved_undo", words=words, key=undo) if undo else say("saved", words=words)


def page(view: View, keys: TypedKeys) -> Iterator[Fact]:
    """What is said where the rep is now."""
    if view.phase is Phase.QUEUE:
        yield from queue_facts(view, keys)
    elif view.phase is Phase.RECAP:
        yield from _recap(view)
    else:
        yield from _call(view, keys)


def place_of(view: View) -> tuple[object, ...]:
    """Where the rep is: when this changes, what can be typed means something else."""
    form = view.form.outcome_id if view.form else ""
    return view.phase, view.call_id, form, view.ask.id if view.ask else ""


# -- the queue


def queue_facts(view: View, keys: TypedKeys) -> Iterator[Fact]:
    """What stands over the queue."""
    queue = view.queue
    code = "head_only" if queue.filter else "head"
    day, time = full_date(view.now.date(), view.now.date()), time_of_day(view.now)
    head = say(code, title=queue.title, people=queue.people, day=day, time=time, filter=queue.filter)
    yield Fact("head", head, (queue.title, queue.people, queue.filter))
    yield Fact("summary", queue.summary)
    if queue.enter.does == "nothing":
        yield Fact("nobody", queue.enter.words)
    if queue.demo:
        yield Fact("demo", say("demo", key=keys.shown("queue.import")))


def sections(view: View) -> tuple[tuple[str, Sequence[QueueRow], int], ...]:
    """The lists of the queue, one under another: code of the heading, rows, and how many are read at once."""
    queue = view.queue
    if queue.shows == "held":
        return (("held", queue.held, ROWS),)
    if queue.shows == "found":
        return (("found", queue.found, ROWS), ("to_do", queue.owed, BESIDE_ROWS))
    return (
        ("asked", queue.for_manager, BESIDE_ROWS),
        ("", queue.ready, ROWS),
        ("later", queue.later, BESIDE_ROWS),
        ("to_do", queue.owed, BESIDE_ROWS),
    )


def row_words(number: int, row: QueueRow) -> str:
    """One person of the queue, with the number that chooses them."""
    who = ", ".join(filter(None, (row.name, row.company)))
    why = row.why.removesuffix(".")
    if row.their_time and not row.call_id:
        return say("row", number=number, who=who, why=why, there=row.their_time)
    return say("row_here", number=number, who=who, why=why)


# -- the call


def _call(view: View, keys: TypedKeys) -> Iterator[Fact]:
    if view.waiting:
        yield Fact("waiting", say("waiting", who=view.waiting))
    yield from _person(view)
    if view.past:
        yield Fact("past", say("labelled", label=view.past.label, words=view.past.words))
    if view.card and view.phase in _READ_FIRST:
        yield from _known(view.card)
    if view.phase in BEFORE_A_DIAL:
        yield from _line(view)
        if view.clock:
            yield _time_left(view)
    yield from _state(view)
    if view.phase in (Phase.DIALLING, Phase.RINGING, Phase.TALKING):
        yield from words_facts(view)
    if view.phase in (Phase.TALKING, Phase.CALL_OVER) and view.notes:
        yield Fact("notes", say("notes", notes=" ".join(f"{note.at} {note.text}." for note in view.notes)))
    if view.phase is Phase.TALKING and view.draft:
        yield Fact("draft", say("half_note", words=view.draft))
    if view.form:
        yield from form_facts(view)
    if view.tour:
        yield Fact("tour", _tour(view, keys))


def _tour(view: View, keys: TypedKeys) -> str:
    """The line of the guided first call; two of the screen's speak of what stands on lines below."""
    if view.phase is Phase.CALL_OVER:
        return say("tour_letter", keys=keys.shown("app.keys"))
    return notice("tour_save", save=keys.shown("form.save")) if view.phase is Phase.FORM else view.tour


def _person(view: View) -> Iterator[Fact]:
    card = view.card
    if card is None or view.phase is Phase.FORM:
        return
    code = "who" if card.about else "who_alone"
    words = say(code, name=card.name, about=card.about, there=card.there)
    yield Fact("who", say("next", person=words) if view.phase in BEFORE_A_DIAL else words, card.contact_id)


_READ_FIRST = frozenset({*BEFORE_A_DIAL, Phase.DIALLING, Phase.RINGING})
"""Phases in which the rep reads up on somebody: who is called from the queue has no other."""


def _known(card: Card) -> Iterator[Fact]:
    if card.blocked:
        yield Fact("blocked", say("blocked", words=card.blocked))
    for number, words in enumerate(card.warnings):
        yield Fact(f"careful:{number}", say("warning", words=words))
    own = set(map(translated, OF_THE_REP))
    for label, words in card.in_warnings:  # said, and not again once it rings
        yield Fact(f"known:{label}", "", (card.contact_id, words))
    for label, words in card.lines:
        about_whom = None if label in own else (card.contact_id, words)
        yield Fact(f"known:{label}", say("labelled", label=label, words=words), about_whom, label in own)


def _line(view: View) -> Iterator[Fact]:
    if view.card and view.card.other:
        yield Fact("other", say("other", number=view.card.other))
    if view.line_words:
        yield Fact("line", say("line", state=view.line_words))


def _time_left(view: View) -> Fact:
    assert view.clock
    minutes = max(round(view.clock.left_s / 60), 0)
    words = say("overtime") if view.clock.overtime else say("left", minutes=minutes)
    return Fact("left", words, (view.call_id, view.clock.overtime))


def _state(view: View) -> Iterator[Fact]:
    card, about = view.card, (view.phase, view.call_id)
    name = card.name if card else ""
    match view.phase:
        case Phase.NEXT_IN:
            yield Fact("state", say("counting", seconds=max(round(view.state_s), 1)), about)
        case Phase.DIALLING | Phase.RINGING if card:
            named, unnamed = (
                ("dial", "dial_number") if view.placed == "by_hand" else ("calling", "calling_number")
            )
            code = named if card.number_label else unnamed
            calling = say(code, name=name, label=card.number_label, number=card.number)
            yield Fact("calling", calling, (view.call_id, card.number))
            if view.phase is Phase.RINGING and view.placed == "seen":
                yield Fact("state", say("rings"), about)
        case Phase.TALKING:
            yield Fact("state", say("words_again" if view.talked_s else "talking", name=name), about)
            if view.line_words:
                yield Fact("line", say("line", state=view.line_words))
        case Phase.CALL_OVER:
            yield Fact("state", say("over", name=name), about)
        case Phase.PAUSED:
            why = view.clock.pause_reason if view.clock else ""
            yield Fact("state", say("paused", why=why) if why else say("paused_plainly"), about)


def words_facts(view: View) -> Iterator[Fact]:
    """The words to say: of a call, or of one that is rehearsed."""
    script = view.script
    if script.problem:
        yield Fact("script-problem", script.problem)
    if script.title and view.phase is not Phase.TALKING:
        yield Fact("script", say("script", title=script.title))
    yield from spoken("say", script.words, view.phase is Phase.TALKING)
    if view.phase is Phase.TALKING:
        if script.at_end and not script.words:
            yield Fact("end", say("end"))
        if script.coach:
            yield Fact("coach", say("tip", words=script.coach))
        if script.answers:
            given = "; ".join(f"{one.digit} {one.label}" for one in script.answers)
            code = "answers" if len(script.answers) > 1 else "answer_typed"
            yield Fact("answers", say(code, answers=given), (view.call_id, script.words, script.answers))
        return
    yield from spoken("to_gatekeeper", script.gatekeeper)
    if script.voicemail and not script.gatekeeper:
        yield Fact("voicemail", say("voicemail", words=script.voicemail))
        if script.voicemail_then:
            yield Fact("voicemail-then", say("then", words=script.voicemail_then))


def spoken(code: str, words: Sequence[Words], now: object = None) -> Iterator[Fact]:
    """Words to say, and what is to be done and not read out, each on its own line.

    `now`: when this changes they are said again. What was read while it rang is what to say once somebody answers.
    """
    for number, one in enumerate(words):
        text = say(code if one.kind == "say" else "do", words=one.text)
        yield Fact(f"{code}:{number}", text, (text, now))


def outcome_words(row: OutcomeRow) -> str:
    """An outcome, its key, and what it would do."""
    return say("outcome", key=row.key, label=row.label, effect=row.effect)


# -- forms


def form_facts(view: View) -> Iterator[Fact]:
    """The form behind an outcome: a line for each of its lines, with what was understood."""
    assert view.form
    yield Fact("form", say("form", label=view.form.label), (view.call_id, view.form.outcome_id))
    for field in view.form.fields:
        yield Fact(f"field:{field.id}", field_words(field))


def field_words(field: FormField) -> str:
    """A line of a form, what stands on it, and why it cannot stand there or what was understood."""
    value = " ".join(field.value.split())
    code = "field_empty" if not value else "field_proposed" if field.proposed else "field"
    line = say(code, label=field.label, value=value)
    remarks = (field.problem,) if field.problem else field.preview
    return say("field_remark", line=line, remark=" ".join(remarks)) if remarks else line


def field_question(field: FormField) -> str:
    """What is typed for a line of a form."""
    if field.choices:
        numbered = (
            say("number_of_choice", number=number, choice=words)
            for number, words in enumerate(field.choices, 1)
        )
        return say("one_of", label=field.label, choices="; ".join(numbered))
    return say("line_hint" if field.hint else "line_of", label=field.label, hint=field.hint.removesuffix("."))


def _recap(view: View) -> Iterator[Fact]:
    if view.recap:
        yield Fact("recap", "\n".join(recap_lines(view.recap.title, view.recap.sections)), view.call_id)


def recap_lines(title: str, found: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """A recap or report, a line each."""
    yield title
    for heading, lines in found:
        first, *more = (GAP.sub(", ", COLON_GAP.sub(": ", line)) for line in lines or ("",))
        yield say("labelled", label=heading, words=first) if heading else first
        yield from more

"""What can be typed where the rep is, in one line: the usual thing first, the way out last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui.cockpit.offers import Offers, before_a_dial, call_over, on_the_line, paused, recap
from tui.cockpit.view import Phase, View
from tui.cockpit.wording.notices import notice
from tui.commands import BY_ID
from tui.locale.spoken import translated
from tui.plain.facts import field_question, sections
from tui.plain.typed import EMPTIES, TypedKeys, enter, spoken
from tui.plain.words import say

if TYPE_CHECKING:
    from tui.cockpit.call_view import FormField


def choices(view: View, keys: TypedKeys, field: FormField | None = None) -> str:
    """What can be typed now; `field`: the line of the form that is filled in."""
    if view.ask is not None:
        return answers(view.ask.choices, view.ask.default, view.ask.leave, keys, text=view.ask.text)
    return with_the_usual(keys, *_named(view, keys, field))


def answers(
    offered: Sequence[tuple[str, str]], default: str, leave: str, keys: TypedKeys, *, text: bool = False
) -> str:
    """The keys that answer a question, and the one that leaves it."""
    named = [
        _key(say("or_key", key=enter(), other=spoken(key)) if key == default else spoken(key), words)
        for key, words in offered
    ]
    if text:
        named = [say("type_line")]
    return sentence((*named, _key(keys.shown("list.back"), translated(leave))))


def named(keys: TypedKeys, *command_ids: str) -> tuple[str, ...]:
    """Key and label of commands."""
    return tuple(_key(keys.shown(one), translated(BY_ID[one].label)) for one in command_ids)


def with_the_usual(keys: TypedKeys, *parts: str) -> str:
    """What can be typed, and behind it what can be typed at every prompt."""
    everything = _key(keys.shown("app.keys"), say("everything"))
    return sentence((*parts, *named(keys, "app.caller"), everything))


def sentence(parts: Sequence[str]) -> str:
    """The parts as one line."""
    return f"{'; '.join(filter(None, parts))}."


def _key(key: str, words: str) -> str:
    return words if key.casefold() == words.casefold() else say("key_does", key=key, words=words)


def _offered(keys: TypedKeys, offers: Offers) -> Iterator[str]:
    for command_id, words in offers:
        yield _key(keys.shown(command_id), words or translated(BY_ID[command_id].label))


def _named(view: View, keys: TypedKeys, field: FormField | None) -> Iterator[str]:
    match view.phase:
        case Phase.QUEUE:
            yield from _on_the_queue(view, keys)
        case Phase.READY | Phase.NEXT_IN:
            yield from _offered(keys, before_a_dial(view))
        case Phase.DIALLING | Phase.RINGING:
            yield from _while_it_rings(view, keys)
        case Phase.TALKING:
            yield say("note_line")
            signs = ("talking.on", "talking.search", "talking.buying", "talking.no_buy", "talking.back")
            yield from named(keys, *signs)
            yield from _offered(keys, while_talking(view))
            yield from named(keys, "app.facts", "talking.over")
        case Phase.CALL_OVER:
            taken = next((row for row in view.outcomes if row.suggested), None)
            yield from (_key(row.key, row.label) for row in view.outcomes)
            yield from _offered(keys, call_over(view, taken.label if taken else ""))
        case Phase.FORM:
            yield from _in_the_form(view, keys, field)
        case Phase.PAUSED:
            yield from _offered(keys, paused(view))
        case Phase.RECAP:
            yield from _offered(keys, recap(view))


def while_talking(view: View) -> Offers:
    """What can be called by its name during a talk, where other words are a note: the keys of the phone."""
    hang_up = (("talking.hang_up", ""),) if view.can_hang_up else ()
    return on_the_line(view) or hang_up


def _on_the_queue(view: View, keys: TypedKeys) -> Iterator[str]:
    queue = view.queue
    if queue.enter.does != "nothing":
        yield _key(enter(), queue.enter.words)
    people = sum(len(rows) for _, rows, _ in sections(view))
    if people > 1:
        yield say("number_chooses")
    ids = [*(["queue.open"] if queue.selected else []), "queue.find"]
    ids += ["queue.done"] if queue.selected_call else []
    ids += ["queue.clear"] if queue.filter else []
    ids += ["queue.recap"] if queue.running else []
    ids += ["queue.hang_up"] if view.phone.loose else []
    yield from named(keys, *ids)
    if queue.shows == "held" and not queue.filter:
        yield _key(keys.shown("queue.clear"), notice("back_to_queue"))
    yield from named(keys, "app.quit")


def _while_it_rings(view: View, keys: TypedKeys) -> Iterator[str]:
    yield from named(keys, "ringing.answered")
    yield from (_key(row.key, row.label) for row in view.outcomes if row.while_ringing)
    yield from named(keys, *(("ringing.hang_up",) if view.can_hang_up else ()), "ringing.outcomes")


def _in_the_form(view: View, keys: TypedKeys, field: FormField | None) -> Iterator[str]:
    if field is not None:
        yield field_question(field)
    yield _key(enter(), view.form.saves if view.form else "")
    if field is None:
        yield from named(keys, "form.previous_field")
    elif view.form and len(view.form.fields) > 1:
        yield from named(keys, "form.next_field", "form.previous_field")
    if field is not None and field.value and not field.choices:
        yield say("empties", key=spoken(EMPTIES))
    yield from named(keys, "form.leave")

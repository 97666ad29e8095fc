from __future__ import annotations

from datetime import datetime
from enum import Enum

import pytest
from msgspec import Struct
from msgspec.structs import replace
from textual import events

from tui.cockpit.call_view import CallerRow, ContactView
from tui.cockpit.queue_view import Rows
from tui.cockpit.view import View

pytestmark = pytest.mark.slow

HOSTILE = {
    "closing tag": "[/x]",
    "tag": "[VIP] Ann [$5k]",
    "action": "[@click=app.quit]press[/]",
    "clipboard": "Ann\x1b]52;c;aGFja2Vk\x1b\\Rossi",
    "escape": "\x1b[31mred\x1b[0m\x07\x9b2J",
    "turned": "Ann \u202egnol\u202c \u2066x\u2069 \u200b",
    "lines": "one\r\ntwo\tthree\x00",
    "long": "Ännchen " * 500,
    "wide": "安娜" * 1000,  # twice the cells of the screen
    "unbroken": "x" * 4000,
    "empty": "",
}
KEPT = {"phase", "kind", "tone", "test_clock", "digit", "key", "does", "shows"}
"""Fields whose values are ours, not the customer's."""


def spoiled(value: object, text: str, name: str = "") -> object:
    """The same thing with every piece of text in it replaced."""
    if name in KEPT or isinstance(value, (Enum, datetime, bool, int, float)) or value is None:
        return value
    if isinstance(value, str):
        return (
            value
            if name.endswith("id") or name in ("selected", "selected_call", "focus", "draft_of")
            else text
        )
    if isinstance(value, Rows):
        rows = list(value)
        made = {f"{n}": replace(spoiled(row, text), contact_id=f"{n}") for n, row in enumerate(rows)}
        return Rows(tuple(made), made.__getitem__)
    if isinstance(value, tuple):
        return tuple(spoiled(one, text, name) for one in value)
    if isinstance(value, Struct):
        fields = {name: spoiled(getattr(value, name), text, name) for name in value.__struct_fields__}
        return type(value)(**fields)
    raise AssertionError(f"{name}: {type(value)}")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
async def test_no_text_of_others_breaks_a_screen_or_reaches_the_terminal(stage, all_views, text):
    hostile: dict[str, View] = {name: spoiled(view, text) for name, view in all_views.items()}
    async with stage(hostile["queue"]) as s:
        s.cockpit.found = (CallerRow("ann", text, text, text, text),)
        s.cockpit.look_up = lambda typed: s.cockpit.found
        s.cockpit.lists = lambda: ((text or "all", 3),)
        s.cockpit.search = lambda typed: (("objection", text),)
        s.cockpit.contact = ContactView(
            "ann", text, text, ((text, text),), history=((text, text),), firm=((text, text),), why=(text,)
        )
        for name, view in hostile.items():
            await s.show(view)
            _check(s, name)
        for name, keys in (
            ("queue", ("space", "e", "escape", "escape", "W", "escape", "l", "escape", "f2", "escape")),
            ("talking", ("slash", "escape", "f2", "escape", "question_mark", "escape", "f1")),
        ):
            await s.show(hostile[name])
            for key in keys:
                await s.press(key)
                _check(s, f"{name} {key}")
        assert s.app.is_running, (s.app.return_code, s.app._exception)


def _check(s, where: str) -> None:
    strips = s.app.screen._compositor.render_strips()
    lines = [strip.text.rstrip() for strip in strips]
    for line in lines:
        assert line.isprintable(), where
    assert {strip.cell_length for strip in strips} == {80}, where
    assert not any(
        segment.style and "@click" in segment.style.meta for strip in strips for segment in strip
    ), where
    assert lines[-1].strip(), where


async def test_brackets_in_a_name_are_shown_as_they_are(stage, all_views):
    view = all_views["ringing"]
    card = replace(view.card, name="[VIP] Ann", about="Acme [UK] Ltd")
    async with stage(replace(view, card=card)) as s:
        assert s.lines[2].startswith(" [VIP] ANN")
        assert s.lines[3].startswith(" Acme [UK] Ltd")


async def test_a_pasted_escape_sequence_is_not_typed(stage, all_views):
    async with stage(all_views["talking"]) as s:
        s.app.post_message(events.Paste("two\x1b]52;c;eA==\x07 vans\nthree"))
        await s.pilot.pause()
        await s.pilot.pause()
        assert " > two]52;c;eA== vans↵three" in s.text


async def test_text_at_every_width_keeps_every_line_within_the_screen(stage, all_views):
    view = spoiled(all_views["ringing"], "安娜 Ännchen [x] ")
    async with stage(view, size=(60, 16)) as s:
        for columns in (61, 72, 79, 100, 119, 120, 200):
            await s.pilot.resize_terminal(columns, 30)
            await s.pilot.pause()
            strips = s.app.screen._compositor.render_strips()
            assert {strip.cell_length for strip in strips} == {columns}

"""The line about what was saved as it stands on the screen, and keys that come twice or do nothing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.screen_bench import AppOptions, PowerHourApp, ScreenContext, Stage, at_human_speed
from tui.cockpit.places import GUARD_S
from tui.cockpit.view import Phase, Saved
from tui.screens.key_stream import KeyGuard

SAVED = Saved("Voicemail · Ann Rossi → again today 16:02")
SHORT = Saved(
    "Talked · Ann Rossi → again Mon 30 Nov morning",
    "Talked 12 s: counts as reached, not as a conversation (30 s).",
)


async def test_what_was_saved_stands_on_whatever_comes_next_with_the_key_that_undoes_it(stage, all_views):
    async with stage(all_views["queue"]) as s:
        for state in ("ready", "queue", "recap", "paused"):
            await s.show(replace(all_views[state], saved=SAVED))
            assert " Voicemail · Ann Rossi → again today 16:02 · u undo" in s.lines, state
            await s.show(all_views[state])
            assert "Voicemail · Ann Rossi" not in s.text, state


async def test_the_key_that_is_named_undoes_it(stage, all_views):
    async with stage(all_views["queue"]) as s:
        for state in ("ready", "queue", "recap"):
            await s.show(replace(all_views[state], saved=SAVED))
            s.cockpit.asked.clear()
            await s.press("u")
            assert s.cockpit.names() == ["undo.last"], state


async def test_no_key_is_named_where_letters_are_a_note(stage, all_views):
    async with stage(replace(all_views["talking"], saved=SAVED)) as s:
        assert " Voicemail · Ann Rossi → again today 16:02" in s.lines


async def test_the_rep_s_own_key_for_undo_is_named(stage, all_views):
    async with stage(replace(all_views["ready"], saved=SAVED), keys={"ready.undo": "z"}) as s:
        assert "again today 16:02 · z undo" in s.text


async def test_a_second_sentence_stands_under_it(stage, all_views):
    async with stage(replace(all_views["ready"], saved=SHORT)) as s:
        told = s.lines.index(f" {SHORT.text} · u undo")
        assert s.lines[told + 1] == f" {SHORT.note}"


async def test_a_long_line_is_wrapped_in_60_columns(stage, all_views):
    long = Saved("Asked for an e-mail · Annamaria Rossi-Bianchi → again Wed 10:00 there, today 21:00 here")
    async with stage(replace(all_views["ready"], saved=long), size=(60, 20)) as s:
        assert "today 21:00 here · u undo" in " ".join(s.text.split())


# -- a key that comes twice ----------------------------------------------------------------------------


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def guard():
    clock = Clock()
    guard = KeyGuard(clock)
    guard.clock = clock
    guard.saw(Phase.RINGING)
    clock.now = 10.0
    return guard


def pressed(guard, key, phase):
    assert guard.refuses(key) == ""
    guard.begins(key)
    guard.saw(phase)
    guard.ends()


def test_a_repeat_of_the_key_that_changed_the_phase_is_dropped_for_400_ms(guard):
    pressed(guard, "v", Phase.READY)
    guard.clock.now += GUARD_S - 0.01
    assert guard.refuses("v") == "v counted once."
    guard.clock.now += GUARD_S
    assert guard.refuses("v") == ""


def test_a_repeat_that_waited_for_slow_work_is_dropped_all_the_same(guard):
    guard.begins("enter")
    guard.saw(Phase.READY)
    guard.clock.now += 2
    guard.ends()
    assert guard.refuses("enter") == "Enter counted once."
    guard.clock.now += GUARD_S
    assert guard.refuses("enter") == ""


def test_a_question_that_enter_answers_is_not_answered_by_the_press_that_brought_it(guard):
    guard.begins("enter")
    guard.saw(Phase.RINGING, "dial:+442079460100")
    guard.ends()
    assert guard.refuses("enter") == "Enter counted once."
    assert guard.refuses("y") == ""


def test_a_key_with_another_between_is_no_repeat(guard):
    pressed(guard, "enter", Phase.READY)
    guard.clock.now += 0.1
    pressed(guard, "ctrl+y", Phase.READY)
    assert guard.refuses("enter") == ""


def test_any_other_key_counts_at_once(guard):
    pressed(guard, "v", Phase.READY)
    assert guard.refuses("enter") == guard.refuses("n") == ""


def test_inside_a_phase_every_key_counts_however_fast(guard):
    pressed(guard, "enter", Phase.TALKING)
    guard.clock.now += 1
    for key in "nn vv":
        pressed(guard, key, Phase.TALKING)


def test_the_line_moving_on_makes_enter_and_esc_wait_for_a_second_press_and_says_so(guard):
    guard.saw(Phase.CALL_OVER)
    assert guard.refuses("enter").startswith("The call has just moved on")
    assert guard.refuses("escape").startswith("The call has just moved on")
    assert guard.refuses("n") == ""
    guard.clock.now += GUARD_S
    assert guard.refuses("enter") == ""


def test_a_phone_that_begins_to_ring_after_dialling_changes_no_meaning():
    clock = Clock()
    guard = KeyGuard(clock)
    guard.saw(Phase.DIALLING)
    clock.now = 5
    guard.saw(Phase.RINGING)
    assert guard.refuses("enter") == ""


def test_somebody_who_rings_over_the_screen_changes_what_enter_means(guard):
    guard.saw(Phase.RINGING, "in-1")
    assert guard.refuses("enter")


async def test_a_doubled_outcome_key_logs_one_call_and_says_so(bench):
    bench.people("Ann Rossi", "Bo Lund", "Eva Brandt")
    clock = Clock()
    app = PowerHourApp(ScreenContext(bench.cockpit), AppOptions(monotonic=clock))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        s = Stage(app, bench.cockpit, pilot)
        await s.press("enter")
        bench.clock.step(2)
        clock.now += 2
        await s.press("v", "v")
        assert len(bench.store.calls()) == 1
        assert "v counted once." in s.text
        clock.now += 1
        await s.press("v")
        assert "Bo Lund is not ringing yet" in s.text
        assert len(bench.store.calls()) == 1


# -- keys that do nothing ------------------------------------------------------------------------------


DOES_NOTHING = (
    ("queue", "z", "z does nothing here. ? shows every key."),
    ("queue", "ctrl+t", "^T does nothing here. ? shows every key."),
    ("queue", "e", "No session is running: Enter starts one."),
    ("queue", "f", "There is no filter to keep: / makes one."),
    ("queue", "escape", "This is the first screen: ^Q leaves."),
    ("recap", "n", "n does nothing here. ? shows every key."),
    ("ready", "f9", "F9 does nothing here. ? shows every key."),
    ("ready", "equals_sign", "This script asks you for nothing."),
    ("ringing", "ctrl+x", "Nothing to hang up here. If a call is up on your phone, end it there."),
    ("talking", "enter", "The note line is empty: there is nothing to keep."),
)


async def test_a_key_that_does_nothing_says_why(stage, all_views):
    async with stage(all_views["queue"]) as s:
        for state, key, said in DOES_NOTHING:
            await s.show(all_views[state])
            s.cockpit.told.clear()
            await s.press(key)
            assert s.cockpit.told == [said], (state, key)
        assert s.cockpit.asked == []


async def test_a_key_that_is_no_answer_to_a_question_says_so(stage, all_views):
    from tui.cockpit.view import Ask

    view = replace(all_views["queue"], ask=Ask("skip:ann", "Why not Ann now?", (("1", "busy"),)))
    async with stage(view) as s:
        await s.press("z")
        assert s.cockpit.told == ["z is not an answer here; Esc leaves the question."]


async def test_enter_on_a_list_with_nothing_in_it_says_so(stage, all_views):
    async with stage(all_views["talking"]) as s:
        await s.press("slash", *"zzz", "enter")
        assert s.cockpit.told == ["Nothing here matches what you typed."]


async def test_a_cursor_key_at_an_end_is_no_mistake(stage, all_views):
    async with stage(all_views["recap"]) as s:
        await s.press("up", "down", "pagedown")
        assert s.cockpit.told == []


async def test_an_outcome_letter_before_the_call_goes_to_the_cockpit_which_says_why(stage, all_views):
    view = replace(all_views["ready"], outcome_keys=(("n", "no_answer"), ("v", "voicemail")))
    async with stage(view) as s:
        await s.press("n")
        assert s.cockpit.asked == [("outcome.choose", ("no_answer",))]


def test_the_bench_types_at_human_speed():
    guard = KeyGuard(at_human_speed().monotonic)
    guard.saw(Phase.QUEUE)
    pressed(guard, "enter", Phase.RINGING)
    assert guard.refuses("enter") == ""

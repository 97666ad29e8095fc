"""The preview of a script on the screen: keys, saved changes, words changed in place."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
from pathlib import Path
from time import monotonic

import pytest

from tests.screen_bench import key_event
from tui.screens.preview import PreviewApp, Sentence, editor_command
from tui.screens.preview_page import objection_lines
from tui.script.author.preview import Rehearsal
from tui.yamlfile.problem import Problem

pytestmark = pytest.mark.slow

HOUSE = """\
stop:
  - {say: I take you off my list today., id: goodbye}
  - {end: do_not_call}
they_ring_back:
  - ask: Thank you for ringing back! I rang {{last_call_when|recently}}. What made you ring?
  - {goto: decide}
gatekeeper:
  - ask: Who looks after {{topic|this}} with you?
    save: decision_maker
    keep: contact
  - {end: gatekeeper}
objections:
  - id: too_expensive
    heard: [too expensive, too dear]
    ask: Compared with what?
    say: Let us look at what is in it before we look at the number.
    ladder:
      - ask: If delivery were included, would you decide this week?
        offer: Free delivery
        in_return: A decision
    walk_away: Then it is not the right moment.
"""
SCRIPT = """\
# Proposal follow-up: they have our offer, and we have no answer yet.
title: Proposal follow-up
version: 1
goal: A yes, a no, or a date for one
audience: {kinds: [follow_up]}
extends: _house.yaml
variables: {proposal: the offer}

opener: Hi {{first_name|there}}, it's {{my_name}} at {{my_company}}, about {{proposal}}. Is this a good moment?

followup:
  on_time: I said I'd call {{promised_date|today}}, so here I am.
  early: I know I said {{promised_date|later}}. I'm calling sooner because {{reason|of the price}}. Is that all right?
  stop_after: 4
  steps:
    - ask: How did it go down with you and your team?
      save: proposal_read
      required: true
      coach: Then stop talking. Count to five.
      answers:
        they like it: That is good to hear. -> decide
        not read yet: No problem. What would make it worth ten minutes?
        too expensive: {ask: Compared with what?, save: compared_with}
        somebody else decides: {ask: Who is that?, save: decision_maker, keep: contact}
        gone elsewhere: -> goodbye

discovery:
  title: What is missing
  steps:
    - ask: What has to happen on your side before you can say yes or no?
      id: decide
      save: decision_process
      required: true
      coach: Stop explaining and agree the next step.

close: [{ask: When shall I call you about it?, save: promised, type: date, required: true, outcome: promise}]

voicemail: Hi {{first_name|there}}, {{my_name}} at {{my_company}}, {{my_number}}. About {{proposal}}. {{my_number}}.
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A script with shared parts beside it."""
    (tmp_path / "_house.yaml").write_text(HOUSE, "utf-8")
    (tmp_path / "proposal_followup.yaml").write_text(SCRIPT, "utf-8")
    return tmp_path / "proposal_followup.yaml"


def text_of(app: PreviewApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


async def soon(pilot, wanted: str) -> str:
    """The screen once it holds the words and has come to rest. Fails after a minute with it."""
    end = monotonic() + 60
    while wanted not in (shown := text_of(pilot.app)):
        assert monotonic() < end, f"{wanted!r} is not on the screen:\n{shown}"
        await pilot.pause(0.01)
    await pilot.pause()
    return text_of(pilot.app)


def preview(file: Path, size: tuple[int, int] = (80, 24), **rehearsal):
    """The preview on a bench; what the checker says is given, so that its rules may change."""
    return PreviewApp(Rehearsal(file, **{"check": lambda loaded: loaded.problems, **rehearsal})).run_test(
        size=size
    )


@pytest.mark.parametrize("size", [(60, 20), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_question_with_its_answers_place_and_seconds(file, size):
    async with preview(file, size) as pilot:
        await pilot.press("o", "space", "space")
        shown = " ".join((await soon(pilot, "How did it go down")).split())
        for words in ("1 they like it", "0 Did not ask", "proposal_followup.yaml:16", "q leave"):
            assert words in shown


async def test_a_broken_save_shows_why_above_the_last_good_words(file):
    async with preview(file) as pilot:
        await pilot.press("space")
        file.write_text(file.read_text("utf-8").replace("opener: Hi", "opener: {{name}}"), "utf-8")
        shown = await soon(pilot, "The file has a mistake")
        assert shown.index("The file has a mistake") < shown.index("Say ──")


async def test_what_the_checker_says_of_this_line_comes_first(file):
    here = Problem(
        file.name, 9, 60, "PH201", "error", "unknown variable {{propsal}}", "did you mean {{proposal}}?"
    )
    above = Problem(file.name, 2, 1, "PH517", "hint", "nobody is named as its audience")
    async with preview(file, check=lambda _: [above, here]) as pilot:
        shown = await soon(pilot, "2 notes")
        assert shown.index("unknown variable") < shown.index("nobody is named")


async def test_digits_answer_and_backspace_goes_back(file):
    async with preview(file) as pilot:
        await pilot.press("o", "space", "space", "1")
        assert '"That is good to hear."\n "What has to happen' in await soon(pilot, "What has to happen")
        await pilot.press("backspace")
        await soon(pilot, "How did it go down")


async def test_n_shows_the_words_when_nothing_is_known(file):
    async with preview(file) as pilot:
        await pilot.press("n")
        await soon(pilot, "Hi there, it's Sam")


async def test_slash_shows_the_objections_and_slash_again_the_line(file):
    async with preview(file) as pilot:
        await pilot.press("slash")
        await soon(pilot, "Compared with what?")
        await pilot.press("slash")
        await soon(pilot, "Hi Ann, it's Sam")


async def test_esc_over_the_objections_goes_back_to_the_line_and_only_then_leaves(file):
    async with preview(file) as pilot:
        await pilot.press("slash")
        await soon(pilot, "too expensive")
        await pilot.press("escape")
        await soon(pilot, "Hi Ann, it's Sam")
        assert pilot.app.is_running
        await pilot.press("escape")
        await pilot.pause()
        assert not pilot.app.is_running


OFFERS = """\
    ladder:
      - {offer: Then we'll take three percent off., in_return: an order for the year, approval: manager}
      - {offer: "Free delivery", in_return: A decision this week.}
      - {offer: "We could start in May!", approval: manager}
      - {offer: "Ten more days?"}
"""


def test_an_offer_reads_well_whether_it_is_a_sentence_or_a_few_words(file):
    house = file.parent / "_house.yaml"
    before, _, after = house.read_text("utf-8").partition("    ladder:\n")
    house.write_text(before + OFFERS + "    walk_away:" + after.partition("    walk_away:")[2], "utf-8")
    lines = objection_lines(Rehearsal(file, lambda loaded: loaded.problems), 79)
    assert ["".join(words for words, _ in line).strip() for line in lines[4:-1]] == [
        '"Then we\'ll take three percent off."',
        "In return: an order for the year. Your manager must agree first.",
        '"Free delivery"',
        "In return: A decision this week.",
        '"We could start in May!"',
        "Nothing in return. Your manager must agree first.",
        '"Ten more days?"',
        "Nothing in return.",
    ]


async def test_a_saved_change_appears_at_the_same_sentence(file):
    async with preview(file) as pilot:
        await pilot.press("space")
        changed = file.read_text("utf-8").replace("What has to happen on your side", "What do you still need")
        file.write_text("# a comment above\n" + changed, "utf-8")
        assert "proposal_followup.yaml:31" in await soon(pilot, "What do you still need")


async def test_e_changes_the_words_and_leaves_the_rest_of_the_file(file):
    before = file.read_text("utf-8")
    async with preview(file) as pilot:
        await pilot.press("space", "e", *"\b", "end")
        await pilot.press(*(["backspace"] * len("yes or no?")), *"yes: or no?", "enter")
        await soon(pilot, "before you can say yes: or no?")
    wanted = 'ask: "What has to happen on your side before you can say yes: or no?"'
    assert file.read_text("utf-8") == before.replace(
        "ask: What has to happen on your side before you can say yes or no?", wanted
    )


async def test_keys_that_come_at_once_change_save_and_go_on_in_their_order(file):
    before = file.read_text("utf-8")
    async with preview(file) as pilot:
        for key in (
            "space",
            "e",
            *"Quite?",
            "backspace",
            "!",
            "enter",
            "e",
            *" Or?",
            "enter",
            "space",
            "q",
            "x",
            "e",
        ):
            pilot.app.post_message(key_event(key))
        async with asyncio.timeout(60):
            while pilot.app.is_running:
                await asyncio.sleep(0.02)
    assert file.read_text("utf-8") == before.replace("yes or no?", "yes or no?Quite! Or?")


async def test_tab_takes_the_next_words_of_the_line(file):
    async with preview(file) as pilot:
        await pilot.press("space", "e", "tab")
        await soon(pilot, "Change: Tip")
        await pilot.press("tab")
        await soon(pilot, "Change: Question")


async def test_tab_saves_the_words_before_it_takes_the_next(file):
    async with preview(file) as pilot:
        await pilot.press("space", "e", *" Really?", "tab")
        await soon(pilot, "Change: Tip")
        assert "yes or no? Really?" in file.read_text("utf-8")
        await pilot.press("escape")
        await soon(pilot, "yes or no? Really?")


async def test_words_that_cannot_be_saved_stay_in_the_field_when_tab_is_pressed(file):
    async with preview(file) as pilot:
        await pilot.press("space", "e", "ctrl+u", "tab")
        shown = await soon(pilot, "There are no words.")
        assert "Change: Question" in shown


async def test_nothing_can_be_typed_while_the_file_on_disk_has_a_mistake(file):
    async with preview(file) as pilot:
        await pilot.press("space")
        file.write_text(file.read_text("utf-8").replace("opener: Hi", "opener: {{name}}"), "utf-8")
        await soon(pilot, "The file has a mistake")
        await pilot.press("e")
        shown = await soon(pilot, "Mend it first: E opens it at the line.")
        assert "Change:" not in shown


async def test_words_of_a_shared_file_are_said_to_be_shared(file):
    async with preview(file) as pilot:
        await pilot.press(*["o"] * 6, "e")
        assert "_house.yaml:8 ──" in await soon(pilot, "for every script that takes it")


async def test_escape_leaves_the_words_as_they_were(file):
    before = file.read_bytes()
    async with preview(file) as pilot:
        await pilot.press("e", *"nonsense", "escape")
        await pilot.pause()
        assert "Change:" not in text_of(pilot.app)
        await pilot.press("q")
    assert file.read_bytes() == before


async def test_a_refused_edit_keeps_the_words_and_says_why(file, monkeypatch):
    monkeypatch.setattr(
        "tui.screens.preview.POLL_S", 60.0
    )  # else the screen may read the change before Enter
    async with preview(file) as pilot:
        await pilot.press("e", *"more")
        file.write_text("# somebody else\n" + file.read_text("utf-8"), "utf-8")
        await pilot.press("enter")
        shown = await soon(pilot, "was changed meanwhile")
        assert pilot.app.screen.query_one(Sentence).text.endswith("more")
        assert "Change: Words" in shown
    assert file.read_text("utf-8").startswith("# somebody else\n")


async def test_text_of_a_script_is_never_read_as_markup_and_never_obeyed(tmp_path):
    file = tmp_path / "a.yaml"
    words = "[b]Hi[/x] [@click=app.exit]you[/] \\x1b]52;c;x\\x07"
    file.write_text(f'title: "[red]A[/]"\nopener: "{words}"\n', "utf-8")
    good = tmp_path / "b.yaml"
    good.write_text('title: "[red]A[/]"\nopener: "[b]Hi[/x] [@click=app.exit]you[/]"\n', "utf-8")
    async with preview(good) as pilot:
        assert "[b]Hi[/x] [@click=app.exit]you[/]" in await soon(pilot, "[red]A[/]")
        await pilot.press("e")
        await soon(pilot, "Change: Words")
    async with preview(file) as pilot:
        assert "\x1b" not in await soon(pilot, "The file has a mistake")


async def test_a_script_that_is_broken_from_the_start_can_be_mended_while_it_is_shown(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text("title: [A\n", "utf-8")
    async with preview(file) as pilot:
        await soon(pilot, "mend it and save")
        for key in ("space", "e", "1", "v", "n", "o", "r"):
            await pilot.press(key)
        file.write_text("title: A\nopener: At last.\n", "utf-8")
        await soon(pilot, "At last.")


async def test_the_place_stands_within_a_narrow_screen(file):
    async with preview(file, (60, 20)) as pilot:
        await pilot.press("o", "space", "space")
        await pilot.pause()
        assert max(map(len, text_of(pilot.app).splitlines())) <= 60


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """Makes programs that can be found, and nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def make(*names: str) -> None:
        for name in names:
            path = folder / name
            path.write_text(f"#!{sys.executable}\n", "utf-8")
            path.chmod(path.stat().st_mode | stat.S_IXUSR)

    monkeypatch.setenv("PATH", str(folder))
    return make


@pytest.mark.parametrize(
    ("chosen", "environ", "command"),
    [
        ((), {"EDITOR": "nano"}, ["nano", "+7", "a.yaml"]),
        ((), {"EDITOR": "nano", "VISUAL": "vim -p"}, ["vim", "-p", "+7", "a.yaml"]),
        (("code", "-n"), {"EDITOR": "nano"}, ["code", "-n", "--wait", "--goto", "a.yaml:7"]),
        (("hx",), {}, ["hx", "a.yaml:7"]),
        (("myedit",), {}, ["myedit", "a.yaml"]),
        (("gone",), {"EDITOR": "gone too"}, ["nano", "+7", "a.yaml"]),
        ((), {"EDITOR": "unclosed 'quote"}, ["nano", "+7", "a.yaml"]),
    ],
)
def test_an_editor_is_told_the_line_in_its_own_way(programs, chosen, environ, command):
    programs("nano", "vim", "code", "hx", "myedit")
    name, *words = command
    at_hand = [word.replace("a.yaml", str(Path("a.yaml").absolute())) for word in words]
    found = editor_command(chosen, environ, Path("a.yaml"), 7)
    assert found == [str(Path(os.environ["PATH"]) / name), *at_hand]


def test_without_an_editor_there_is_no_command(programs):
    assert editor_command((), {}, Path("a.yaml"), 1) is None


async def test_without_an_editor_the_preview_says_what_to_do(file, programs, monkeypatch):
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    async with preview(file) as pilot:
        await pilot.press("E")
        await soon(pilot, "No editor is known.")
    assert os.environ["PATH"].endswith("bin")

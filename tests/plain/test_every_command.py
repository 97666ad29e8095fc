"""Every command of the table has an answer in lines: it is done, or a sentence says what is typed instead and why."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from msgspec.structs import replace

from tests.plain.conftest import choices_of
from tui.commands import COMMANDS, commands_for
from tui.locale.choose import choose
from tui.locale.spoken import speaking
from tui.plain import import_page, rehearsal_page
from tui.plain.incoming import ANSWERS
from tui.plain.instead import HERE, INSTEAD, instead
from tui.plain.person_page import OFFERED
from tui.plain.room import Room
from tui.plain.typed import BACK, BEFORE, ONWARD, TypedKeys
from tui.plain.work import Work
from tui.settings.settings import Me

OF_THE_ROOM = {"app.caller", "app.quit"}
"""Done at any prompt, before a line means anything else."""
OF_EVERY_DIALOG = {
    "list": {"", BACK, ONWARD, BEFORE},
    "fields": {"", BACK, ONWARD, BEFORE},
    "caller": {"", BACK},
}
"""The signs that lists, forms and the look-up take."""
OF_ONE_QUESTION = {"import.path", "import.up", "import.leave", "settings.change", "settings.back_to_team"}
"""Where a file and a setting are chosen: the tests of those two type them."""
NOTHING = "does nothing here"


@pytest.fixture
def room(desk, bench):
    async def made():
        return Room(bench.cockpit, desk, None)

    return made


async def test_b66_every_command_of_the_table_has_an_answer_in_lines(room):
    keys, its_room = TypedKeys(), await room()
    done = {
        *Work(its_room).handlers,
        *OF_THE_ROOM,
        *OFFERED,
        *ANSWERS,
        *import_page.OFFERED,
        *OF_ONE_QUESTION,
    }
    done |= {*rehearsal_page.RehearsalPage(its_room).handlers(""), "rehearse.back"}
    done |= {
        one.id for one in COMMANDS if set(keys.typed(one.id)[:-1]) & OF_EVERY_DIALOG.get(one.where, set())
    }
    assert [one.id for one in COMMANDS if one.id not in done and one.id not in INSTEAD] == []
    assert done & set(INSTEAD) == set()


def test_what_is_said_instead_and_of_a_command_is_a_sentence_about_a_command_that_exists():
    keys, known = TypedKeys(), {one.id for one in COMMANDS}
    assert set(INSTEAD) | set(HERE) <= known
    assert [one for one in INSTEAD if not instead(one, keys).endswith(".")] == []


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ((), "queue"),
        (("R",), "rehearse"),
        (("open",), "contact"),
        (("", "."), "call_over"),
    ],
)
async def test_the_name_of_a_command_and_of_its_key_is_understood_where_it_works(desk, bench, lines, place):
    bench.people("Ann Rossi", "Bo Lund")
    keys = TypedKeys()
    typed = [
        *(one.label for one in chain(commands_for(place), commands_for("reading")) if one.id in INSTEAD),
        *("colours", "commands", "help", "f8", "f1"),
    ]
    await desk.work(*lines, *typed)
    heard = desk.answers[-len(typed) - 1 : -1]
    assert [(line, answer) for line, answer in zip(typed, heard, strict=True) if NOTHING in answer] == []
    assert keys.shown("app.keys") in choices_of(desk.answers[len(lines)])


WAYS = {
    "queue": (),
    "question": ("s",),
    "typed question": ("s", "t"),
    "list": ("l",),
    "find": ("/",),
    "fields": ("a",),
    "files": ("i",),
    "person": ("open",),
    "rehearsal": ("R",),
    "caller": ("f",),
    "ringing": ("",),
    "talking": ("", "a"),
    "call over": ("", "."),
    "form": ("", ".", "c"),
    "paused": ("", ".", "", "p", "b"),
    "recap": ("", ".", "", "r"),
    "setting": (",", "me.name", "1"),
}


@pytest.mark.parametrize("way", WAYS)
async def test_what_can_be_typed_is_said_again_at_any_prompt(desk, bench, way):
    bench.people("Ann Rossi", "Bo Lund", "Eva Brandt")
    await desk.work(*WAYS[way], "?", ":")
    before, heard, again = desk.answers[-4], desk.answers[-3], desk.answers[-2]
    assert NOTHING not in heard + again
    assert "is not an answer" not in heard + again
    assert choices_of(heard) == choices_of(again) == choices_of(before)


async def test_what_is_typed_is_said_back_as_it_was_typed(desk, bench, tmp_path):
    bench.people("Ann Rossi")
    with speaking(choose("it", {}, None, tmp_path).language):
        await desk.work("back", "comandi")
    assert desk.answers[1].startswith("back qui non fa niente.")
    assert desk.answers[2].startswith("punto interrogativo legge tutto quello che puoi scrivere qui")


async def test_no_outcome_is_named_where_its_letter_means_something_else(desk, bench):
    bench.people("Ann Rossi")
    await desk.work("", "a", "?", ".", "?", "c", "?")
    talking, over, form = desk.answers[3], desk.answers[5], desk.answers[7]
    assert ["n: No answer" in one for one in (talking, over, form)] == [False, True, False]
    assert "Two letters or more: Kept as a note" in talking
    assert "Any other line: It goes on the line of the form" in form


async def test_undo_is_not_named_beside_a_question_that_does_not_take_it(desk, bench):
    bench.settings = replace(bench.settings, me=Me())  # nobody is here but the demo people
    bench.killed_and_started_again()
    said = await desk.work("", desk.later(3), "n", ".")
    assert re.search(r"Saved: No answer, Ann Example: [^.]*\.\nScripts do not know yet", said)
    assert "u undo" in choices_of(desk.answers[-2])


async def test_a_rehearsal_reads_the_words_of_the_call_and_writes_nothing_down(desk, bench):
    bench.people("Ann Rossi")
    calling = ["Say:", "Do:", "Tip:", "Answer", "That is the end"]
    steps = ["", "", "1", "", "<"]
    walked = await desk.work("R", *steps, ".", "open", "R", "dot", ".")
    rehearsed = [line for line in walked.splitlines() if line.startswith(tuple(calling))]
    assert list(bench.store.calls()) == []
    assert bench.dialer.dialled == []
    assert walked.count("Rehearsal: a call to Ann Rossi. Nobody is called, and nothing is kept.") == 2
    bench.killed_and_started_again()
    called = await desk.work("", "a", *steps)
    talk = called.partition("You are talking with Ann Rossi.")[2]
    said = [line for line in talk.splitlines() if line.startswith(tuple(calling))]
    assert said == rehearsed[: len(said)]
    assert len(said) > len(steps)


async def test_a_kept_note_is_changed_in_the_talk_and_goes_when_it_is_emptied(desk, bench):
    (ann,) = bench.people("Ann Rossi")
    lines = (
        "wants two vans",
        "asks for Jo",
        "*",
        "1",
        "wants three vans",
        "*",
        "Jo",
        "1",
        "-",
        "*",
        ".",
        ".",
        "t",
        "",
    )
    said = await desk.work("", desk.later(3), "a", *lines)
    (call,) = bench.store.calls(ann.id)
    assert [note.text for note in call.notes] == ["wants three vans"]
    assert "1. 14:01: wants three vans" in said


async def test_a_list_says_where_it_ends_and_how_to_hear_all_of_it_again(desk, bench):
    bench.people(*(f"Ann {letter}" for letter in "ABCDEFG"))
    await desk.work(">", ">", "<", "<", "l", "zzz", "", ">", ".")
    more, end, back, first, _, none, again, last = desk.answers[1:9]
    assert more.startswith("6. ")
    assert end == "That was the end of the list.\n> "
    assert back.startswith("1. ")
    assert first == "That was the beginning of the list.\n> "
    assert "Enter lists all again" in none
    assert again.startswith("1. Everybody, 7 people")
    assert last == "That was the end of the list.\n> "


async def test_where_nobody_can_be_called_no_number_is_offered(desk, bench):
    bench.people("Ann Rossi", "Bo Lund")
    await desk.work("/", "nobody of this name")
    assert ["a number chooses" in one for one in (desk.answers[0], desk.answers[2])] == [True, False]


async def test_who_is_added_is_said(desk, bench):
    bench.people("Ann Rossi")
    said = await desk.work("a", "Zoe Zed", "", "open", "e", "Ann Rossa", "", ".")
    assert "Zoe Zed is in the list now." in said
    assert "Saved." in desk.answers[7]
    assert bench.contact("Ann Rossa")


async def test_the_guided_first_call_says_nothing_of_what_stands_on_a_screen(desk, bench):
    await desk.work("", desk.later(3), "a", ".", "t", "", ".")
    over, form = desk.answers[3], desk.answers[4]
    assert "Type its letter; question mark says what each would do." in over
    assert over.count("How did it go") == 1
    assert "Enter saves: that was the whole call." in form
    assert "stands below" not in form

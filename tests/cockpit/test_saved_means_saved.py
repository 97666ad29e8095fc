"""Words of success come only from a commit that returned; whatever was not saved is said, and leaves in a file."""

from __future__ import annotations

import ast
import asyncio
import inspect
import re
import threading
from datetime import timedelta
from operator import attrgetter
from pathlib import Path

import pytest

import tui.cockpit
from tests.cockpit_bench import call_selected
from tui.storage.protocol import NotSaved

FULL = "Not saved: the disk is full (sessions.json). Free some space, then press the key again."


def fill_disk(bench):
    """From now on nothing can be written; `bench.tried` counts how often it was."""
    bench.tried = 0

    def full(change, now):
        bench.tried += 1
        raise NotSaved(FULL)

    bench.store.commit = full


def free_disk(bench):
    del bench.store.commit


async def to(bench, phase):
    """A cockpit in this phase, with a call that was saved behind it."""
    bench.people("Ann Rossi", "Bo Lund", "Cy Dent")
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 15)
    bench.clock.step(3)
    await cockpit.call.answered()
    bench.clock.step(60)
    await cockpit.call.over()
    await cockpit.outcome.choose("email_asked")
    await cockpit.outcome.save_form()
    if phase in ("ringing", "talking", "over", "form"):
        await cockpit.call.dial()
        bench.clock.step(3)
    if phase in ("talking", "over", "form"):
        await cockpit.call.answered()
        await cockpit.talk.type_note("a note that was saved")
        await cockpit.talk.keep_note()
        await cockpit.talk.type_note("two vans")
    if phase in ("over", "form"):
        await cockpit.call.over()
    if phase == "form":
        await cockpit.outcome.choose("promise")
    if phase == "queue":
        await cockpit.session.to_queue()
    return cockpit


def person(bench):
    return bench.contact("Cy Dent").id


def call(bench):
    return bench.store.calls()[-1].id


ACTIONS = {
    "ready": {
        "call.dial": (),
        "people.skip": (),
        "session.ask_pause": (),
        "talk.set_reason": ("better prices",),
        "talk.fill_in": ("deal", "vans"),
        "session.extend": (5,),
        "undo.last": (),
        "session.show_recap": (),
        "session.end": (),
        "session.to_queue": (),
        "correcting.correct": (call,),
        "incoming.open_look_up": (),
    },
    "queue": {
        "people.tick_owed": (call,),
        "people.add": ({"name": "Di Hart"},),
        "people.edit": (person, {"role": "Buyer"}),
        "messages.sent": (person, "email", "", timedelta()),
        "session.set_length": (20,),
        "queue.show_list": ("autumn",),
        "queue.save_filter": ("mine",),
        "people.hand_over": (person, "Kim", "n", True),
        "outcome.log_elsewhere": (person,),
        "queue.call_person": (person,),
        "callers.choose": (person,),
    },
    "talking": {
        "talk.keep_note": (),
        "talk.step_back": (),
        "talk.step_on": (),
        "talk.signal": ("+",),
        "call.over": (),
    },
    "over": {
        "talk.set_notes": (None, [], "another"),
        "outcome.choose": ("no_answer",),
        "call.back": (),
        "call.call_again": (),
    },
    "form": {"outcome.save_form": (), "outcome.leave_form": ()},
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("phase", "action"), [(phase, action) for phase, actions in ACTIONS.items() for action in actions]
)
async def test_on_a_full_disk_no_action_says_that_anything_was_done(bench, phase, action):
    cockpit = await to(bench, phase)
    args = [one(bench) if inspect.isfunction(one) else one for one in ACTIONS[phase][action]]
    args = [bench.clock.now() if one == timedelta() else one for one in args]
    if action == "talk.set_notes":
        args[0] = cockpit.view.call_id
    fill_disk(bench)
    await attrgetter(action)(cockpit)(*args)
    if action == "people.skip":
        await cockpit.question.answer("1")
    if action == "session.ask_pause":
        await cockpit.question.answer("b")
    assert bench.tried
    assert cockpit.view.notice.text == FULL
    assert cockpit.view.saved is None
    assert cockpit.view.unsaved == FULL


async def test_the_word_beside_the_note_line_follows_each_key_and_the_disk(bench):
    cockpit = await to(bench, "talking")
    await cockpit.talk.keep_note()
    assert cockpit.view.draft_saved
    assert not (await cockpit.talk.type_note("t")).draft_saved
    bench.clock.step(2)
    assert (await cockpit.tick()).draft_saved
    fill_disk(bench)
    assert not (await cockpit.talk.type_note("tw")).draft_saved
    await cockpit.talk.keep_note()
    for _ in range(3):
        bench.clock.step(2)
        assert not (await cockpit.tick()).draft_saved
    free_disk(bench)
    bench.clock.step(2)
    view = await cockpit.tick()
    assert view.draft_saved
    assert (view.notice, view.unsaved) == (None, "")
    assert bench.store.state("running")["stack"][-1]["notes"][-1][1] == "tw"


@pytest.mark.parametrize("wrote", ["draft", "kept note"])
async def test_while_the_disk_takes_its_time_nothing_typed_is_called_saved(bench, wrote):
    cockpit = await to(bench, "talking")
    begun, may_end, commit = threading.Event(), threading.Event(), bench.store.commit

    def slow(change, now):
        begun.set()
        assert may_end.wait(60)
        commit(change, now)

    bench.store.commit = slow
    saving = asyncio.create_task(cockpit.save() if wrote == "draft" else cockpit.talk.keep_note())
    await asyncio.to_thread(begun.wait, 60)
    if wrote == "draft":
        assert not (await cockpit.tell("")).draft_saved  # what was typed before is still on its way
    await cockpit.talk.type_note("two vans, from May")
    assert not (await cockpit.tell("")).draft_saved
    may_end.set()
    await saving
    assert not (await cockpit.tell("")).draft_saved  # what was typed meanwhile was not part of it
    await cockpit.save()
    assert cockpit.view.draft_saved
    assert bench.store.state("running")["stack"][-1]["draft"] == "two vans, from May"


async def test_leaving_on_a_full_disk_puts_the_open_call_on_a_page_elsewhere(bench, tmp_path):
    cockpit = await to(bench, "talking")
    fill_disk(bench)
    await cockpit.talk.type_note("two vans by Friday")
    assert (await cockpit.save()).unsaved == FULL
    cockpit.rescue_to = (tmp_path / "missing", tmp_path)
    said = await cockpit.close()
    (page,) = tmp_path.glob("powerhour-not-saved-*.txt")
    assert said == f"{FULL} The open call, with its notes, is in {page}"
    assert "half written: two vans by Friday" in page.read_text()
    assert "a note that was saved" in page.read_text()
    assert page.stat().st_mode & 0o777 == 0o600


async def test_leaving_says_so_when_no_folder_takes_the_page_and_nothing_when_all_is_saved(bench, make_bench):
    cockpit = await to(bench, "talking")
    fill_disk(bench)
    assert (await cockpit.close()).endswith("its notes are lost.")
    other = await to(make_bench(), "talking")
    assert await other.close() == ""


# -- no other place makes such words

SUCCESS = re.compile(
    r"\b(kept|saved|taken back|is back|came along|are back|marked|added|imported|on record|nothing is lost)\b",
    re.IGNORECASE,
)
NOT_SUCCESS = re.compile(
    r"\b(not|nothing|nobody|no) (was |were |is )?(saved|kept|changed|added)|first|reason is needed"
)


def sayings():
    """Every sentence that is said in the cockpit, with its file and line."""
    for file in sorted(Path(tui.cockpit.__file__).parent.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("say", "say_saved"):
                    yield file.name, function, node


def _after_a_commit(function, node):
    """Whether the function has awaited, and looked at, the result of a write before this line."""
    for before in ast.walk(function):
        looks = isinstance(before, ast.If) and any(
            isinstance(one, ast.Await) or getattr(one, "attr", "") == "is_saved"
            for one in ast.walk(before.test)
        )
        named = isinstance(before, ast.Assign) and isinstance(before.value, ast.Await)
        tries = isinstance(before, ast.Try) and any(isinstance(one, ast.Await) for one in ast.walk(before))
        if (looks or named or tries) and before.lineno < node.lineno:
            return True
    return False


@pytest.mark.slow
def test_no_sentence_of_success_is_said_before_a_write_has_returned():
    found = list(sayings())
    assert len(found) > 50
    for name, function, node in found:
        words = "".join(
            one.value
            for one in ast.walk(node)
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        )
        claims = node.func.attr == "say_saved" or (SUCCESS.search(words) and not NOT_SUCCESS.search(words))
        if claims:
            assert _after_a_commit(function, node), f"{name}:{node.lineno} {words}"

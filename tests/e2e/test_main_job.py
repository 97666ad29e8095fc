"""The main job with real keys in a real terminal: import, five minutes, five calls, a crash, the file."""

from __future__ import annotations

import pytest
from tinydb import TinyDB

from bench.klm import CALLS
from tests.terminal import CALLED

pytestmark = pytest.mark.e2e

HEADINGS = (
    "First Name,Middle Name,Last Name,Organization Name,Organization Title,Notes,Labels,E-mail 1 - Label,"
    "E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value\n"
)
GOOGLE = (
    HEADINGS
    + """\
Ann,,Rossi,Acme Tools,Buyer,"Met at the fair.
Likes short calls.",* myContacts ::: Customers,* Work,ann@acme.example,Work,020 7946 0100,Mobile,020 7946 0107
Bo,,Lund,Nordkap,Owner,,* myContacts,,,Mobile,020 7946 0101,,
Eva,,Brandt,Brandt & Sohn,Purchasing,,* myContacts,,,Work,020 7946 0102,,
Fay,,Osei,Kente Foods,Director,,* myContacts,,,Work,020 7946 0103 ::: 020 7946 0104,,
Dee,,Wu,Wu Optics,Office manager,,* myContacts,,,Work,020 7946 0105,,
Cy,,Park,Parkline,Technician,,* myContacts,,,Work,020 7946 0106,,
"""
)
"""Six people as Google Contacts exports them."""
BEFORE = "2026-11-23T14:30:00+00:00"
LATER = "2026-11-23T15:05:00+00:00"
"""Three minutes after the crash."""


@pytest.fixture
def google_file(home):
    file = home / "contacts.csv"
    file.write_text(GOOGLE, "utf-8")
    return file


def call(screen):
    """Enter calls; outcome letters count once the line has been dialling for a second."""
    screen.press("enter")
    screen.wait_for(CALLED)
    screen.read(1.2)


def answered(screen):
    call(screen)
    screen.press_until("enter", "TALKING")


def is_on_disk(data, words):
    return any(words in path.read_bytes() for path in data.iterdir() if path.is_file())


def next_card(screen):
    screen.wait_for("READY")
    # Enter is ignored for a moment after a change of card.
    screen.read(0.5)


def start_five_minutes(screen):
    screen.wait_for("Ready now")
    screen.press("+")
    screen.wait_for("How long")
    screen.press("5", "enter")
    screen.wait_for("start 5 minutes")
    call(screen)


def import_from_inside(screen, file):
    screen.wait_for("Demo")
    screen.press("i")
    screen.wait_for("contacts.csv")
    screen.press("/")
    screen.wait_for("Which file")
    screen.press(str(file), "enter")
    screen.wait_for("Ann Rossi, Acme Tools")
    screen.press("enter")
    screen.wait_for("6 added")
    screen.press("enter")
    screen.wait_for("contacts, 6 people")


def test_the_same_file_can_be_imported_by_a_command_that_asks(terminal, google_file):
    importing = terminal("import", str(google_file), "--list", "Autumn customers", "--region", "GB")
    importing.wait_for(r"\[y/N\]")
    importing.press("y", "enter")
    importing.wait_for("6 added")
    assert importing.wait_exit() == 0


def test_five_calls_survive_a_crash_and_end_in_a_plain_tinydb_file(terminal, google_file, data):
    screen = terminal(env={"POWERHOUR_NOW": BEFORE})
    import_from_inside(screen, google_file)
    screen.press("ctrl+q")
    assert screen.wait_exit() == 0

    screen = terminal()
    screen.wait_for("contacts, 6 people")
    start_five_minutes(screen)
    screen.press("n")
    next_card(screen)

    call(screen)
    screen.press("v")
    next_card(screen)

    answered(screen)
    screen.press("likes the offer", "enter", "escape")
    screen.wait_for("CALL OVER")
    screen.press("c")
    screen.wait_for("When")
    screen.press("tomorrow 15:00", "enter")
    next_card(screen)

    answered(screen)
    screen.press("two vans, not th")
    screen.wait_for("two vans, not th")
    screen.wait_until(lambda _: is_on_disk(data, b"two vans, not th"), "it is saved by itself")
    screen.kill()
    screen.wait_exit()

    screen = terminal(env={"POWERHOUR_NOW": LATER})
    screen.wait_for("TALKING")
    screen.wait_for("two vans, not th")
    screen.press("ree", "enter", "escape")
    screen.wait_for("CALL OVER")
    screen.press("t")
    screen.wait_for("Enter  save")
    screen.press("enter")
    next_card(screen)

    answered(screen)
    screen.press("escape")
    screen.wait_for("CALL OVER")
    screen.press("l")
    screen.wait_for("Enter  save")
    screen.press("enter")
    next_card(screen)

    screen.press("r")
    screen.wait_for("What you owe|Next steps|talked")
    screen.press("enter")
    screen.wait_for("Ready now")
    screen.press("ctrl+q")
    assert screen.wait_exit() == 0

    with TinyDB(data / "sessions.json") as file:
        calls, sessions = file.table("calls").all(), file.table("sessions").all()
    assert [call["outcome"] for call in calls] == list(CALLS)
    assert len(sessions) == 1
    assert {call["session_id"] for call in calls} == {sessions[0]["id"]}
    assert sessions[0]["planned_s"] == 300
    assert [note["text"] for note in calls[3]["notes"]] == ["two vans, not three"]
    assert calls[2]["promise"]["precision"] == "minute"
    assert all(call["dials"] for call in calls)

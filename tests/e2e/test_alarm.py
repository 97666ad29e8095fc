"""The minute of a promise, in a real terminal: bell, title, notification, and one setting that ends them all."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.e2e
TITLE = b"\x1b]2;A promise is due - Power Hour\x07"
TITLE_BACK = b"\x1b]2;Power Hour\x07\x1b[23;2t"
OPERATING_SYSTEM_COMMAND = re.compile(rb"\x1b\][^\x07]*\x07")
"""Ends with the byte that is a bell elsewhere."""
NOTIFIED = b"\x1b]9;Power Hour: A promise is due\x07"
JUST_BEFORE = "2026-11-23T15:01:54+00:00"


@pytest.fixture
def people(home, powerhour):
    """Ann is promised a call at 15:02, Bo none."""
    file = home / "people.csv"
    file.write_text("Name,Phone\nAnn Rossi,020 7946 0100\nBo Lund,020 7946 0101\n", "utf-8")
    assert powerhour("import", str(file), "--region", "GB", "--yes").returncode == 0
    promised = powerhour("log", "Ann Rossi", "promise", "--when", "today 15:02", "--at", "2026-11-23T10:00")
    assert promised.returncode == 0, promised.stderr


@pytest.mark.usefixtures("people")
def test_at_the_minute_the_terminal_is_told_without_a_name_and_the_title_goes_with_the_sentence(terminal):
    screen = terminal(env={"POWERHOUR_NOW": JUST_BEFORE, "TERM_PROGRAM": "WezTerm"})
    screen.wait_for("Due now: you promised to call Ann Rossi")
    assert screen.output.count(TITLE) == 1
    assert screen.output.count(NOTIFIED) == 1
    titles = [part.split(b"\x07")[0] for part in screen.output.split(b"\x1b]")[1:]]
    assert not any(b"Rossi" in title for title in titles)
    assert TITLE_BACK not in screen.output
    screen.press("s")
    screen.press("escape")
    screen.press("u")
    screen.wait_until(lambda _: TITLE_BACK in screen.output, "the title of before")
    screen.press("ctrl+q")
    assert screen.wait_exit() == 0
    assert screen.output.count(TITLE_BACK) == 1


@pytest.mark.usefixtures("people")
def test_a_title_that_still_stands_at_the_end_is_taken_back(terminal):
    screen = terminal(env={"POWERHOUR_NOW": JUST_BEFORE})
    screen.wait_for("Due now")
    screen.press("ctrl+q")
    assert screen.wait_exit() == 0
    assert screen.output.rfind(TITLE_BACK) > screen.output.rfind(TITLE) > 0
    assert NOTIFIED not in screen.output


@pytest.mark.usefixtures("people")
def test_one_setting_ends_them_all(terminal, home):
    own = home / "own.yaml"
    own.write_text("sessions: {alarm: off}\n", "utf-8")
    environ = {"POWERHOUR_NOW": JUST_BEFORE, "TERM_PROGRAM": "WezTerm", "POWERHOUR_CONFIG": str(own)}
    screen = terminal(env=environ)
    screen.wait_for("15:02 test clock")
    screen.wait_for("Promised today 15:02, due now")
    screen.press("ctrl+q")
    assert screen.wait_exit() == 0
    assert TITLE not in screen.output
    assert NOTIFIED not in screen.output
    assert b"\x07" not in OPERATING_SYSTEM_COMMAND.sub(b"", screen.output)

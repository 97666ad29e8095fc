"""The first minutes of a person who has just installed it, and what strangers' data may not do."""

from __future__ import annotations

import base64

import pytest

from tests.terminal import CALLED

pytestmark = [pytest.mark.e2e, pytest.mark.afresh]

EVIL = base64.b64encode(b"evil").decode()
HOSTILE = f"""\
Name,Company,Phone
Ann [/x] Rossi\x1b]52;c;{EVIL}\x07,\x1b[2JAcme [@click=app.quit]Tools[/],020 7946 0100
\u202eBo\u202c [VIP] Lund,\x9b31mNordkap,020 7946 0101
{"Eva" * 1500},Brandt,020 7946 0102
"""


def test_on_a_sunday_night_somebody_can_still_be_called(terminal):
    screen = terminal(env={"POWERHOUR_NOW": "2026-11-22T23:30:00+00:00"})
    screen.wait_for("Ready now")
    assert "Demo" in screen.screen()
    screen.press("enter")
    screen.wait_for(CALLED)


def test_a_second_cockpit_is_told_who_has_the_data(terminal, powerhour):
    screen = terminal()
    screen.wait_for("Ready now")
    second = terminal()
    assert second.wait_exit() == 3
    assert str(screen.pid) in second.output.decode()
    assert powerhour("queue").returncode == 0


def test_nothing_in_a_contact_file_reaches_the_terminal_as_a_command(terminal, powerhour, home):
    file = home / "hostile.csv"
    file.write_text(HOSTILE, "utf-8")
    done = powerhour(
        "import", str(file), "--yes", "--region", "GB", env={"POWERHOUR_NOW": "2026-11-23T14:00Z"}
    )
    assert done.returncode == 0, done.stderr
    screen = terminal()
    screen.wait_for(r"Ann \[/x\] Rossi")
    screen.wait_for(r"\[VIP\]")
    screen.press("enter")
    screen.wait_for(f"{CALLED}|ring all the same")
    written = screen.output + done.stdout.encode() + powerhour("contacts").stdout.encode()
    # Without its ESC the rest of the name is harmless text.
    assert b"\x1b]52;c;" + EVIL.encode() not in written
    assert "\u202e".encode() not in written
    assert b"\xc2\x9b" not in written

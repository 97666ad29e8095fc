"""A command beside the open cockpit, both as real programs: a do-not-call reaches the cockpit before its next call."""

from __future__ import annotations

import re

import pytest

from tests.terminal import CALLED

pytestmark = pytest.mark.e2e


@pytest.fixture
def people(home, powerhour):
    file = home / "people.csv"
    file.write_text("Name,Phone\nAnn Rossi,020 7946 0100\nBo Lund,020 7946 0101\n", "utf-8")
    assert powerhour("import", str(file), "--region", "GB", "--yes").returncode == 0


@pytest.mark.usefixtures("people")
def test_who_is_added_beside_an_open_cockpit_is_not_called_by_its_next_key(terminal, powerhour, data):
    screen = terminal()
    screen.wait_for("Ann Rossi")
    screen.wait_for("Enter  call")
    for name in ("Ann Rossi", "Bo Lund"):
        done = powerhour("dnc", "add", name, "--why", "a letter")
        assert (done.returncode, done.stderr) == (0, "")
        assert "The open cockpit obeys it before its next call." in done.stdout
    screen.press("enter")
    screen.wait_for("added from outside: |Do not call |Nobody")
    screen.press("enter")
    screen.wait_until(lambda _: (data / "do_not_call.inbox").read_bytes() == b"", "the inbox is empty")
    assert not re.search(CALLED, screen.output.decode(errors="replace"))
    listed = powerhour("dnc", "list").stdout
    assert listed.count("a letter") == 2
    screen.kill()
    screen.wait_exit()
    assert powerhour("dnc", "list").stdout == listed
    assert "Ann Rossi" not in powerhour("queue").stdout
    taken = powerhour("log", "Ann Rossi", "no_answer")
    assert taken.returncode == 0, taken.stderr

"""A start reads what the queue needs; the rest of the program comes while the rep looks at it."""

import subprocess
import sys

import pytest

LATER = (
    "tui.script",
    "tui.exchange",
    "tui.cockpit.actions.next_person",
    "tui.cockpit.call_view",
    "tui.cockpit.pages.report",
    "tui.screens.call",
    "tui.screens.call_hints",
    "tui.screens.importing",
    "tui.dialer.softphone.softphone",
    "phonenumbers",
    "vobject",
    "icalendar",
)


@pytest.fixture(scope="module")
def loaded():
    code = "import sys, tui.cli.open_cockpit; print(*sys.modules, sep=chr(10))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return ended.stdout.split()


@pytest.mark.parametrize("name", LATER)
def test_the_first_screen_does_not_wait_for(loaded, name):
    assert "tui.screens.queue" in loaded
    assert name not in loaded

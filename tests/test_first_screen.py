"""A start reads what the queue needs; the rest of the program comes while the rep looks at it."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import ROOT
from tui.cli.main import parser
from tui.cockpit.queue.ranking import Ranking
from tui.domain.contact import Contact, Number
from tui.settings.settings import Settings
from tui.storage.protocol import Change
from tui.storage.tiny import TinyStore

LATER = (
    "tui.script",
    "tui.exchange",
    "tui.yamlfile.complaint",
    "tui.cockpit.actions.next_person",
    "tui.cockpit.call_view",
    "tui.cockpit.pages.report",
    "tui.cockpit.wording.typed",
    "tui.screens.call",
    "tui.screens.call_hints",
    "tui.screens.importing",
    "tui.dialer.softphone.softphone",
    "tui.shared_list",
    "tui.cockpit.actions.team.shared_list",
    "tui.cockpit.actions.team.team_hour",
    "psycopg",
    "phonenumbers",
    "vobject",
    "icalendar",
)

OPENED = """
import asyncio, sys
from datetime import datetime
from pathlib import Path
from tui.cockpit.clock import SystemClock
from tui.cockpit.cockpit import Cockpit
from tui.dialer.unwatched import Clipboard, ManualDialer
from tui.settings.settings import Settings
from tui.storage.tiny import TinyStore

async def first_view():
    folder, now, zone = sys.argv[1:]
    store, clock = TinyStore.open(Path(folder)), SystemClock(datetime.fromisoformat(now))
    cockpit = Cockpit(store, Settings(zone=zone), None, ManualDialer(Clipboard()), clock)
    view = await cockpit.open()
    rows = list(view.queue.ready)
    print(view.queue.enter.words, *sys.modules, sep=chr(10))
    await cockpit.close()

asyncio.run(first_view())
"""
"""Prints what Enter does on the first screen, and the modules it needed."""


STARTED = """
import sys
from tui.app import PowerHourApp
from tui.cli.main import main

sys.stdin.isatty = sys.stdout.isatty = lambda: True
PowerHourApp.run = lambda app: print(*sys.modules, sep=chr(10))
main(sys.argv[1:])
"""
"""Prints the modules that a start needed before the screen is drawn."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    argv = [sys.executable, "-c", STARTED, "--data", str(home / "data"), "--workspace", str(ROOT)]
    environment = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
    ended = subprocess.run(argv, capture_output=True, text=True, check=True, env=environment, cwd=ROOT)
    return ended.stdout.split()


def test_the_first_contact_does_not_wait_for_the_tables_of_numbers(tmp_path):
    settings, now = Settings(zone="Europe/London"), datetime(2026, 11, 23, 14, 1, tzinfo=UTC)
    number = Number("+442079460018", "020 7946 0018")
    ann = Contact("ann", name="Ann Rossi", created_at=now - timedelta(days=3), numbers=(number,))
    store = TinyStore.open(tmp_path)
    store.commit(Change(contacts=(ann,)), now)
    Ranking(store, settings).load(now)
    store.close()
    argv = [sys.executable, "-c", OPENED, str(tmp_path), now.isoformat(), settings.zone]
    said, *modules = subprocess.run(argv, capture_output=True, text=True, check=True).stdout.split("\n")
    assert said.startswith("call Ann Rossi")
    assert "phonenumbers" not in modules


@pytest.mark.parametrize("name", LATER)
def test_the_first_screen_does_not_wait_for(loaded, name):
    assert "tui.screens.queue" in loaded
    assert name not in loaded


def test_a_start_makes_no_command_line_of_commands_it_was_not_given():
    whole = parser.__wrapped__()
    whole.parse_args([])
    (menu,) = (action for action in whole._actions if isinstance(action.choices, dict))
    assert all("_waiting" in vars(one) for one in menu.choices.values())
    whole.parse_args(["dnc", "list"])
    assert [name for name, one in menu.choices.items() if "_waiting" not in vars(one)] == ["dnc"]


WITHOUT_OPENSSL = """
import sys
from tui.__main__ import read_without_openssl
read_without_openssl()
import asyncio, hashlib, hmac
from tui.cli.main import main
print("ssl" in sys.modules, "_hashlib" in sys.modules)
print(hashlib.sha256(b"a").hexdigest()[:8], hmac.digest(b"k", b"m", "sha256").hex()[:8])
import ssl
print(bool(ssl.OPENSSL_VERSION))
"""


def test_a_start_reads_no_openssl_and_whoever_wants_it_has_it():
    done = subprocess.run([sys.executable, "-c", WITHOUT_OPENSSL], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "ca978112", "b60090e3", "True"]


def test_the_plain_mode_reads_nothing_that_draws():
    code = "import sys, tui.cli.open_cockpit, tui.plain.session; print(*sys.modules, sep=chr(10))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"textual", "rich", "tui.screens", "tui.widgets"} & set(ended.stdout.split()) == set()

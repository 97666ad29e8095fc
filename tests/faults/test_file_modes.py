"""Every file in the data folder is the rep's alone, whatever the umask, the folder's rights, and who put it there."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tinydb import TinyDB

from tui.cli.output import open_private
from tui.domain.contact import Contact
from tui.domain.do_not_call import Entry
from tui.storage.disk import PUT_ASIDE, RESCUED, write_page
from tui.storage.inbox import Inbox
from tui.storage.protocol import Change
from tui.storage.tiny import TinyStore
from tui.storage.values import dump
from tui.system.ending import Starts, write_crash
from tui.yamlfile.copies import Copies

pytestmark = [
    pytest.mark.usefixtures("no_sync"),
    pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes"),
]
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
SCHEMA_1 = Path(__file__).parents[1] / "fixtures" / "stores" / "schema1"


@pytest.fixture
def loose_folder(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(SCHEMA_1, folder)
    mask = os.umask(0)
    folder.chmod(0o777)
    for path in folder.iterdir():
        path.chmod(0o666)
    yield folder
    os.umask(mask)


def _run(folder, name, *, crash=False, during=lambda: None):
    store = TinyStore.open(folder)
    store.commit(Change(contacts=(Contact(name, name=name),)), NOW)
    during()
    store.commit(Change(contacts=(Contact(f"{name}-2", name=name),)), NOW)
    store.db.storage.abandon() if crash else store.close()


def _all_kinds(folder):
    """Makes the program write every kind of file it knows."""
    data, journal = folder / "sessions.json", folder / "sessions.json.journal"

    def loosely(path, content):
        path.write_bytes(content)
        path.chmod(0o666)

    _run(folder, "first")  # .schema-1 and the generation before
    monday = data.read_bytes()
    _run(folder, "restored")
    loosely(data, monday)
    _run(folder, "older")
    loosely(data, b"damaged")
    _run(folder, "damaged", crash=True)
    loosely(journal, journal.read_bytes().replace(b"damaged-2", b"daMaged-2"))
    _run(folder, "lines damaged")
    loosely(data, data.read_bytes().replace(b'"lines damaged"', b'"Lines damaged"'))
    _run(folder, "before edit", crash=True)
    with TinyDB(data) as plain:
        plain.table("contacts").insert({"id": "by hand"})
    _run(folder, "edited")
    _run(folder, "theirs", during=lambda: loosely(data, monday))
    _run(folder, "journal theirs", during=lambda: loosely(journal, b"of something else"))
    Inbox(folder).add(Entry("e1", NOW, NOW.date(), firm="Acme"))
    write_page(folder, PUT_ASIDE, "Ann", NOW)
    write_page(folder, RESCUED, "Ann", NOW)
    write_crash(folder, ValueError("Ann"))
    Starts(folder).crashed()
    Copies.of_team(folder, folder / "team", "scripts", lambda: NOW).keep(
        "a.yaml", "0" * 12, {"a.yaml": "Ann"}
    )
    open_private(folder / "export.csv", "utf-8").close()


def test_every_file_the_program_makes_is_the_reps_alone(loose_folder):
    _all_kinds(loose_folder)
    files = [path for path in loose_folder.rglob("*") if path.is_file()]
    assert {path: oct(stat.S_IMODE(path.stat().st_mode)) for path in files} == dict.fromkeys(files, "0o600")
    kinds = {
        path.name.removesuffix(path.name.rpartition("-")[2]) for path in files if "sessions.json" in path.name
    }
    assert kinds >= {
        *("sessions.json.older-", "sessions.json.damaged-", "sessions.json.journal.damaged-"),
        *("sessions.json.before-edit-", "sessions.json.edited-", "sessions.json.theirs-"),
        *("sessions.json.journal.theirs-", "sessions.json.schema-"),
    }
    named = {path.name for path in files}
    assert named >= {
        "sessions.json",
        "sessions.json.bak",
        "sessions.json.journal",
        "sessions.json.journal.bak",
    }
    assert named >= {
        "sessions.json.lock",
        "do_not_call.inbox",
        "crash.log",
        "starting",
        "a.yaml",
        "export.csv",
    }


def test_a_lock_or_temporary_file_that_lay_there_before_is_made_private(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("sessions.json.lock", "sessions.json.tmp", "sessions.json.journal"):
        (folder / name).touch()
        (folder / name).chmod(0o666)
    store = TinyStore.open(folder)
    store.db.storage.commit({"calls": {1: dump({"id": "k1"})}})
    store.close()
    assert {oct(stat.S_IMODE(path.stat().st_mode)) for path in folder.iterdir()} == {"0o600"}

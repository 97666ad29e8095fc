"""What the doctor says of the people folder."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.storage.test_shared_folder import NOON, Desk, deliver
from tui.domain.shared.stamp import next_stamp
from tui.storage.protocol import Change
from tui.storage.sharing.account_file import record_line
from tui.storage.sharing.folder import PeopleFolder


@pytest.fixture
def with_folder(tmp_path: Path, environment, powerhour):
    """Runs the doctor for a rep whose own file names the folder; gives the lines about it."""
    own = tmp_path / "own.yaml"
    own.write_text(f"people_folder: {tmp_path / 'people'}\n", "utf-8")

    def doctor() -> str:
        said = powerhour("doctor", env={"POWERHOUR_CONFIG": str(own)}).stdout
        first, *rest = said.partition("People folder")[1:]
        return first + "".join(rest).partition("Put aside")[0]

    return doctor


def test_it_names_the_folder_when_it_was_read_whose_files_there_are_and_whose_clock_was_fast(
    tmp_path: Path, data: Path, with_folder
) -> None:
    kim, sam = Desk(tmp_path / "kim", "kim"), Desk(tmp_path / "sam", "sam")
    ann = kim.store.contact("ann")
    assert ann is not None
    kim.visit(NOON)
    (file,) = kim.folder.path.iterdir()
    fast = next_stamp(NOON + timedelta(hours=2), "kim")
    with file.open("ab") as out:
        out.write(record_line(replace(ann, stamps={"company": fast})) + b"torn\n")
    deliver(kim.folder.path, sam.folder.path, 1)
    sam.visit(NOON)
    sam.store.commit(Change(state={"people_folder": {"read_at": NOON.isoformat()}}), NOON)
    sam.store.close()
    kim.store.close()
    (tmp_path / "sam" / "data").rename(data)
    folder = PeopleFolder(tmp_path / "people", "sam")
    assert "No such file" in with_folder()
    folder.make()
    said = with_folder()
    assert f"{folder.path}, last read 2026-11-23 12:00, files of Kim" in said
    assert "the clock of Kim was fast by 120 minutes" in said
    assert "1 line of kim.1.jsonl cannot be read" in said


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other rights")
def test_a_drive_that_knows_no_rights_is_told(tmp_path: Path, with_folder, monkeypatch) -> None:
    (tmp_path / "people").mkdir()
    (tmp_path / "people").chmod(0o777)
    assert "The drive knows no rights: whoever holds it can read your people." in with_folder()


def test_a_folder_that_is_still_to_be_made_is_no_drive_that_is_gone(tmp_path: Path, with_folder) -> None:
    assert "not read yet: it is made when you next open Power Hour" in with_folder()
    own = tmp_path / "own.yaml"
    own.write_text(f"people_folder: {tmp_path / 'drive' / 'people'}\n", "utf-8")
    assert "Plug the drive in or start the sync program" in with_folder()

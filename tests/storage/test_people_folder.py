"""The people folder on the disk: what lies there is read once, whatever a sync program does to it."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import pytest
from msgspec.structs import replace

from tui.domain.contact import Contact
from tui.domain.do_not_call import Entry
from tui.domain.shared.stamp import next_stamp
from tui.storage.sharing.account_file import header_line, record_line
from tui.storage.sharing.folder import (
    Gone,
    OwnFile,
    PeopleFolder,
    Place,
    is_refusal,
    place_of_document,
    place_to_document,
)
from tui.system import readfile

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANN, BO, EVA = (Contact(one, name=one.title(), lists=("autumn",)) for one in ("ann", "bo", "eva"))
REFUSAL = Entry("no", NOON, NOON.date(), contact_id="bo", why="they asked")
HEADER = header_line("kim", NOON, None)


@pytest.fixture
def folder(tmp_path: Path) -> PeopleFolder:
    made = PeopleFolder(tmp_path / "people", "sam")
    made.make()
    return made


class Reader:
    """Reads on from where it read to."""

    def __init__(self, folder: PeopleFolder) -> None:
        self._folder = folder
        self.places: dict[str, Place] = {}

    def new(self, **how: int) -> list[str]:
        """Ids of the records that came since the last look."""
        news = self._folder.news(self.places, NOON, **how)
        self.places |= {
            name: place_of_document(place_to_document(place)) or Place(name)
            for name, place in news.places.items()
        }
        return [record.id for record in news.records]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other rights")
def test_folder_and_file_are_the_reps_alone(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir(mode=0o755)
    folder = PeopleFolder(tmp_path / "people", "sam")
    folder.make()
    own = folder.rewrite(OwnFile(), [record_line(ANN)], NOON)
    modes = [path.stat().st_mode & 0o777 for path in (folder.path, folder.path / own.name("sam"))]
    assert modes == [0o700, 0o600]
    assert folder.keeps_rights


def test_a_folder_on_a_drive_that_is_not_there_is_not_made_in_its_place(tmp_path: Path) -> None:
    folder = PeopleFolder(tmp_path / "stick" / "people", "sam")
    with pytest.raises(OSError):
        folder.make()
    assert not (tmp_path / "stick").exists()


def test_only_what_is_new_is_read_and_half_a_last_line_is_waited_for(folder: PeopleFolder) -> None:
    file, reader, line = folder.path / "kim.1.jsonl", Reader(folder), record_line(BO)
    whole = HEADER + record_line(ANN) + line + record_line(EVA)
    seen: list[list[str]] = []
    for size in range(1, len(whole) + 1):
        file.write_bytes(whole[:size])
        os.utime(file, ns=(size, size))
        if new := reader.new():
            seen.append(new)
    assert seen == [["ann"], ["bo"], ["eva"]]


def test_a_file_that_got_shorter_or_became_another_is_read_from_its_start(folder: PeopleFolder) -> None:
    file, reader = folder.path / "kim.1.jsonl", Reader(folder)
    file.write_bytes(HEADER + record_line(ANN) + record_line(BO))
    assert reader.new() == ["ann", "bo"]
    file.write_bytes(HEADER + record_line(ANN))
    assert reader.new() == ["ann"]
    file.write_bytes(HEADER + record_line(EVA) + record_line(ANN) + record_line(BO))
    assert reader.new() == ["eva", "ann", "bo"]
    assert reader.new() == []


def test_a_hole_in_a_file_that_is_still_arriving_is_filled_later(folder: PeopleFolder) -> None:
    file, reader = folder.path / "kim.1.jsonl", Reader(folder)
    dan, fay = replace(ANN, id="dan"), replace(ANN, id="fay")
    lines = [HEADER, *map(record_line, (ANN, BO, EVA, dan, fay))]
    file.write_bytes(b"".join([*lines[:2], b"\0" * len(lines[2]), *lines[3:]]))
    assert reader.new() == ["ann", "dan", "fay"]
    file.write_bytes(b"".join(lines))
    os.utime(file, ns=(1, 1))
    assert reader.new() == ["bo", "eva", "dan", "fay"]


@pytest.mark.parametrize(
    "name",
    [
        "kim.1 (Ann's conflicted copy 2026-11-23).jsonl",
        "kim.1-1.jsonl",
        "kim.1.sync-conflict-20261123-120000-ABCDEFG.jsonl",
        "kim.1.jsonl.tmp",
        ".kim.1.jsonl.part",
        "kim.1.jsonl~",
        "sam.1 (conflict).jsonl",
    ],
)
def test_the_copies_a_sync_program_makes_are_read_like_files(folder: PeopleFolder, name: str) -> None:
    (folder.path / name).write_bytes(HEADER + record_line(ANN))
    assert Reader(folder).new() == ["ann"]


@pytest.mark.parametrize("content", [b"", b"notes of mine\n", b'{"kind":"export","holds":"contacts"}\n{}\n'])
def test_what_is_no_file_of_ours_is_left_alone(folder: PeopleFolder, content: bytes) -> None:
    (folder.path / "desktop.ini").write_bytes(content)
    (folder.path / "more").mkdir()
    (folder.path / "link").symlink_to("desktop.ini")
    assert Reader(folder).new() == []


def test_a_file_that_only_another_may_read_stops_nothing(
    folder: PeopleFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = readfile.opened

    def refuse(path: Path) -> BinaryIO:
        if path.suffix == ".lock":
            raise PermissionError(13, "Permission denied")
        return opened(path)

    monkeypatch.setattr(readfile, "opened", refuse)
    (folder.path / "a.lock").write_bytes(HEADER)
    (folder.path / "kim.1.jsonl").write_bytes(HEADER + record_line(ANN))
    assert Reader(folder).new() == ["ann"]


def test_a_damaged_line_costs_itself_and_is_counted(folder: PeopleFolder) -> None:
    (folder.path / "kim.1.jsonl").write_bytes(HEADER + b'{"kind":"con\n' + record_line(ANN))
    reader = Reader(folder)
    assert reader.new() == ["ann"]
    assert reader.places["kim.1.jsonl"].damaged == 1


def test_a_line_too_long_to_be_ours_costs_itself_once_it_has_arrived(
    folder: PeopleFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.storage.sharing.folder.LONGEST", 1_000)
    file = folder.path / "kim.1.jsonl"
    file.write_bytes(HEADER + b"x" * 5_000)
    reader = Reader(folder)
    assert reader.new() == []
    file.write_bytes(HEADER + b"x" * 5_000 + b"\n" + record_line(ANN))
    assert reader.new() == ["ann"]
    assert reader.places["kim.1.jsonl"].damaged == 1


def test_much_is_read_in_parts(folder: PeopleFolder) -> None:
    people = [replace(ANN, id=f"p{number}") for number in range(7)]
    (folder.path / "kim.1.jsonl").write_bytes(HEADER + b"".join(map(record_line, people)))
    reader = Reader(folder)
    parts = [reader.new(most=3) for _ in range(4)]
    assert [len(part) for part in parts] == [3, 3, 1, 0]


def test_what_must_be_obeyed_is_found_without_reading_the_rest(folder: PeopleFolder) -> None:
    (folder.path / "kim.1.jsonl").write_bytes(HEADER + record_line(ANN) + record_line(REFUSAL))
    news = folder.news({}, NOON, None, is_refusal)
    assert [record.id for record in news.records] == ["no"]


def test_our_file_only_grows_and_goes_on_behind_half_a_line(folder: PeopleFolder) -> None:
    own = folder.rewrite(OwnFile(), [record_line(ANN)], NOON)
    path = folder.path / own.name("sam")
    with path.open("ab") as file:
        file.write(record_line(BO)[:9])  # killed in the middle
    before = path.read_bytes()
    own = folder.add(own, [record_line(EVA)])
    assert path.read_bytes().startswith(before)
    assert own.size == path.stat().st_size
    (folder.path / "copy.jsonl").write_bytes(path.read_bytes())
    assert Reader(folder).new() == ["ann", "eva", "ann", "eva"]


def test_our_own_file_is_not_read_while_it_is_as_we_left_it(folder: PeopleFolder) -> None:
    own = folder.rewrite(OwnFile(), [record_line(ANN)], NOON)
    assert folder.news({}, NOON, own).records == []


def test_our_file_that_was_lost_or_cut_is_told(folder: PeopleFolder) -> None:
    own = folder.rewrite(OwnFile(), [record_line(ANN)], NOON)
    path = folder.path / own.name("sam")
    os.truncate(path, 20)
    with pytest.raises(Gone):
        folder.add(own, [record_line(BO)])
    path.unlink()
    with pytest.raises(Gone):
        folder.add(own, [record_line(BO)])


def test_a_link_in_place_of_our_file_leads_nowhere(folder: PeopleFolder, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine")
    own = folder.rewrite(OwnFile(), [record_line(ANN)], NOON)
    for generation in (1, 2):
        path = folder.path / f"sam.{generation}.jsonl"
        path.unlink(missing_ok=True)
        path.symlink_to(precious)
    with pytest.raises(Gone):
        folder.add(OwnFile(own.generation, 0), [record_line(BO)])
    assert folder.rewrite(own, [record_line(BO)], NOON).generation == 3
    assert precious.read_text() == "mine"


def test_a_new_generation_stands_before_the_older_ones_go(folder: PeopleFolder) -> None:
    first = folder.rewrite(OwnFile(), [record_line(ANN)], NOON)
    (folder.path / "kim.1.jsonl").write_bytes(HEADER)
    second = folder.rewrite(OwnFile(), [record_line(BO)], NOON)  # also where the number was forgotten
    assert (first.generation, second.generation) == (1, 2)
    assert sorted(path.name for path in folder.path.iterdir()) == ["kim.1.jsonl", "sam.2.jsonl"]


def test_a_clock_that_was_fast_is_noted_with_its_file(folder: PeopleFolder) -> None:
    fast = next_stamp(NOON + timedelta(hours=2), "kim")
    (folder.path / "kim.1.jsonl").write_bytes(HEADER + record_line(replace(ANN, stamps={"name": fast})))
    reader = Reader(folder)
    reader.new()
    assert reader.places["kim.1.jsonl"].fast_s == 7200

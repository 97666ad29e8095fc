"""A script is saved whole or not at all."""

from __future__ import annotations

import stat

import pytest

from tui.script.check.fix import fix_file
from tui.script.files.edit import EditError, change, target_at
from tui.script.files.load import load
from tui.system.writefile import save


def test_what_was_written_is_there_with_the_rights_the_file_had(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text("title: A\n", "utf-8")
    file.chmod(0o640)
    save(file, "title: Città\n")
    assert file.read_text("utf-8") == "title: Città\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


@pytest.fixture
def full_disk(monkeypatch):
    def no_room(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", no_room)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("title: A\nopener: Hi\nask:\n\t- One?\n", "utf-8")
    return path


def test_on_a_full_disk_the_file_stays_and_nothing_lies_beside_it(tmp_path, file, full_disk):
    before = file.read_bytes()
    with pytest.raises(OSError, match="No space left"):
        save(file, "title: B\n")
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_on_a_full_disk_a_repair_and_an_edit_say_so(tmp_path, file, full_disk):
    assert fix_file(file).refused == "it cannot be saved: No space left on device"
    file.write_text("title: A\nopener: Hi\n", "utf-8")
    target = target_at(load(file), ("opener", "steps", 0, "say"))
    with pytest.raises(EditError, match=r"a\.yaml cannot be saved: No space left on device"):
        change(target, "Hello")
    assert file.read_text("utf-8") == "title: A\nopener: Hi\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]

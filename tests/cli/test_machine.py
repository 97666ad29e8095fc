"""What the doctor says of a machine."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tui.cli import machine
from tui.system.programs import add_package


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A PATH that holds only the programs a test puts there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def add(name: str, prints: str = "") -> Path:
        program = folder / name
        program.write_text(f"#!/bin/sh\necho '{prints}'\n")
        program.chmod(0o755)
        return program

    return add


def test_a_local_clipboard_program_is_named(programs):
    programs("wl-copy")
    assert machine.clipboard({"WAYLAND_DISPLAY": "wayland-0"}, "linux").found == "wl-copy"


def test_a_missing_clipboard_program_is_a_hint_that_names_it(programs):
    check = machine.clipboard({"DISPLAY": ":0"}, "linux")
    assert check.status == "hint"
    assert "xclip" in check.cure


def test_over_ssh_the_clipboard_of_the_far_machine_is_of_no_use(programs):
    programs("xclip")
    check = machine.clipboard({"DISPLAY": ":0", "SSH_TTY": "/dev/pts/1"}, "linux")
    assert check.status == "ok"
    assert "OSC 52" in check.found


@pytest.mark.parametrize("dialer", ["manual", "command", "softphone"])
def test_no_phone_program_is_needed_unless_links_are_dialled(dialer):
    assert machine.phone_links(dialer, {}, "linux").status == "ok"


def test_links_without_a_desktop_cannot_call(programs):
    check = machine.phone_links("uri", {}, "linux")
    assert check.status == "missing"
    assert "dialer: manual" in check.cure


def test_links_without_a_program_for_them_say_how_to_get_one(programs):
    programs("xdg-mime")
    check = machine.phone_links("uri", {"DISPLAY": ":0"}, "linux")
    assert check.status == "missing"
    assert "phone program" in check.cure


def test_the_program_that_opens_links_is_named(programs):
    programs("xdg-mime", "phone.desktop")
    check = machine.phone_links("uri", {"DISPLAY": ":0"}, "linux")
    assert (check.status, check.found) == ("ok", "phone.desktop")


@pytest.mark.parametrize(
    ("environ", "status", "found"),
    [
        ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, "ok", "off"),
        ({"COLORTERM": "truecolor"}, "ok", "16 million"),
        ({"TERM": "xterm-256color"}, "ok", "256"),
        ({"TERM": "dumb"}, "hint", "dumb"),
        ({}, "hint", "TERM is not set"),
    ],
)
def test_colours_are_what_the_terminal_says(environ, status, found):
    check = machine.colours(environ, "linux")
    assert check.status == status
    assert found in check.found


@pytest.mark.parametrize(
    ("folder", "kept_by"),
    [
        ("Dropbox/calls", "Dropbox"),
        ("OneDrive - Northgate/calls", "OneDrive - Northgate"),
        ("Library/Mobile Documents/calls", "Mobile Documents"),
        ("Nextcloud/calls", "Nextcloud"),
        ("boxes/calls", ""),
        ("my dropbox notes/calls", ""),
    ],
)
def test_a_folder_another_program_synchronises_is_noticed(tmp_path, folder, kept_by):
    assert machine.synced_by(tmp_path / folder) == kept_by


def test_a_synchronised_data_folder_is_a_hint_not_a_refusal(tmp_path):
    check = machine.data_folder(tmp_path / "Dropbox" / "calls")
    assert check.status == "hint"
    assert "--data" in check.cure


def test_a_data_folder_that_is_not_there_yet_is_fine(tmp_path):
    folder = tmp_path / "not" / "yet"
    assert machine.data_folder(folder).status == "ok"
    assert not folder.exists()


def test_a_data_folder_nobody_may_write_is_missing(tmp_path, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(machine.tempfile, "TemporaryFile", refuse)
    check = machine.data_folder(tmp_path)
    assert check.status == "missing"
    assert "Permission denied" in check.found


def test_a_full_disk_is_missing(tmp_path, monkeypatch):
    usage = machine.shutil.disk_usage(tmp_path)
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: usage._replace(free=1024))
    assert machine.data_folder(tmp_path).status == "missing"


def test_a_dial_command_is_looked_for_on_the_path(programs):
    program = programs("ring")
    assert machine.program(("ring", "{e164}")).found == str(program)
    program.chmod(stat.S_IRUSR)
    assert machine.program(("ring", "{e164}")).status == "missing"
    assert machine.program(()).status == "missing"


@pytest.mark.parametrize(
    ("installed", "packs", "status", "found"),
    [
        (True, ("all",), "ok", "are known"),
        (False, ("all",), "hint", "the law of AU, ES, FR, IT asks"),
        (False, ("all", "-AU", "-ES", "-FR"), "hint", "the law of IT asks"),
        (False, ("US", "GB"), "ok", "no law pack in force asks"),
        (False, (), "ok", "no law pack in force asks"),
    ],
)
def test_missing_public_holidays_are_named_where_a_law_asks_for_them(
    monkeypatch, installed, packs, status, found
):
    monkeypatch.setattr(machine, "has_holidays", lambda: installed)
    check = machine.holidays(packs)
    assert (check.status, found in check.found) == (status, True)
    assert (add_package("holidays") in check.cure) is (status == "hint")

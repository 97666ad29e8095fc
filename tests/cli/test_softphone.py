"""What the doctor says of the softphone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tui.cli import doctor
from tui.cli.machine import Check
from tui.dialer.softphone.account import VARIABLE

HUSH = "hush-hush"
ACCOUNT = {"account": "sip:sam@example.com", "microphone": "aufile,/silence.wav", "speaker": "aubridge,play"}


@pytest.fixture
def baresip(tmp_path, monkeypatch):
    """A PATH with nothing but a baresip of this version, and its modules."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    def there(version: str, *modules: str) -> Path:
        program, folder = tmp_path / "bin/baresip", tmp_path / "lib/baresip/modules"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\necho 'baresip v{version} Copyright (C) 2010 - 2020'\n")
        program.chmod(0o755)
        folder.mkdir(parents=True)
        for module in ("ctrl_tcp", *modules):
            (folder / f"{module}.so").touch()
        return program

    return there


def row(name: str, settings: dict[str, str], environ: dict[str, str], platform: str = "linux") -> Check:
    return {check.name: check for check in doctor.checks(settings, environ, platform)}[name]


def test_program_version_and_recorder_are_named(baresip):
    baresip("1.1.2", "sndfile")
    check = row("Softphone", ACCOUNT, {})
    assert (check.status, check.found) == ("ok", "baresip 1.1.2, with its recorder")


def test_without_the_program_it_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    check = row("Softphone", ACCOUNT, {})
    assert check.status == "missing"
    assert "apt install baresip-core" in check.found
    assert "brew install baresip" in check.found


def test_without_its_recorder_only_those_who_want_to_record_are_told(baresip):
    baresip("4.7.0")
    assert row("Softphone", ACCOUNT, {}).status == "ok"
    check = row("Softphone", ACCOUNT | {"record": "yes"}, {})
    assert (check.status, "sndfile" in check.cure) == ("hint", True)


@pytest.mark.parametrize(("version", "status"), [("1.0.0", "hint"), ("1.1.0", "ok"), ("4.10.0", "ok")])
def test_a_version_that_does_not_check_the_server_is_said(baresip, version, status):
    baresip(version)
    assert row("Softphone", ACCOUNT | {"transport": "tls"}, {}).status == status
    assert row("Softphone", ACCOUNT, {}).status == "ok"


@pytest.mark.parametrize(
    ("version", "status"),
    [("1.0.0", "hint"), ("2.9.0", "hint"), ("2.10.0", "ok"), ("4.1.0", "ok"), ("", "hint")],
)
def test_a_version_that_follows_a_call_sent_on_is_said(baresip, version, status):
    baresip(version)
    assert row("Calls sent on", ACCOUNT, {}).status == status


def test_the_password_is_never_shown_only_where_it_comes_from(baresip, tmp_path):
    baresip("1.1.2")
    file = tmp_path / "password"
    file.write_text(HUSH)
    file.chmod(0o600)
    from_environment = list(doctor.checks(ACCOUNT, {VARIABLE: HUSH}, "linux"))
    from_file = list(doctor.checks(ACCOUNT | {"password_file": str(file)}, {}, "linux"))
    assert HUSH not in repr((from_environment, from_file))
    assert VARIABLE in next(c.found for c in from_environment if c.name == "Phone password")
    assert str(file) in next(c.found for c in from_file if c.name == "Phone password")


def test_a_missing_or_open_password_is_missing_with_its_cure(baresip, tmp_path):
    baresip("1.1.2")
    check = row("Phone password", ACCOUNT, {})
    assert (check.status, VARIABLE in check.found) == ("missing", True)
    file = tmp_path / "password"
    file.write_text(HUSH)
    file.chmod(0o644)
    check = row("Phone password", ACCOUNT | {"password_file": str(file)}, {})
    assert (check.status, f"chmod 600 {file}" in check.found) == ("missing", True)


def test_an_account_that_does_not_sign_in_needs_no_password(baresip):
    baresip("1.1.2")
    assert row("Phone password", ACCOUNT | {"register": "no"}, {}).status == "ok"


def test_a_wrong_setting_is_named_and_the_program_is_looked_at_all_the_same(baresip):
    baresip("1.1.2")
    check = row("Phone account", {"account": "sam"}, {})
    assert (check.status, "softphone.account" in check.found) == ("missing", True)
    assert row("Softphone", {"account": "sam"}, {}).status == "ok"


def test_a_system_without_a_softphone_is_told_what_else_there_is(baresip):
    baresip("1.1.2")
    settings = {"account": "sip:sam@example.com"}
    check = row("Headset", settings, {}, "win32")
    assert (check.status, "dialer: manual, uri or command" in check.found) == ("missing", True)


def test_a_headset_is_named(baresip):
    baresip("1.1.2")
    assert row("Headset", ACCOUNT, {}).found == "microphone aufile,/silence.wav, loudspeaker aubridge,play"


def test_the_doctor_looks_at_the_softphone_only_where_it_is_the_dialer(run, monkeypatch, tmp_path):
    own = tmp_path / "own.yaml"
    monkeypatch.setenv("POWERHOUR_CONFIG", str(own))
    monkeypatch.setenv(VARIABLE, HUSH)
    own.write_text("dialer: manual\n")
    assert "Softphone" not in [row["name"] for row in run("doctor", "--json").json["rows"]]
    own.write_text(f"dialer: softphone\nsoftphone: {json.dumps(ACCOUNT)}\n")
    done = run("doctor", "--json")
    rows = {row["name"]: row for row in done.json["rows"]}
    assert rows["Phone account"]["status"] == "ok"
    assert rows["Softphone"]["status"] == ("ok" if shutil.which("baresip") else "missing")
    assert HUSH not in done.out

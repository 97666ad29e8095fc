"""Machines on which something everybody has is not there: every command says so, and the doctor says all of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib

import pytest

from tests.conftest import INSTALLED, ROOT
from tui.cli import doctor, machine
from tui.cli.main import main
from tui.settings.places import NO_HOME, find
from tui.system.readfile import current_folder, expanded

COMMANDS = (["queue"], ["report"], ["dnc", "list"], ["log", "Ann", "busy"], ["scripts", "check"])


@pytest.fixture
def no_time_zones(tmp_path, environment):
    """The environment of a computer without time zone data, neither the system's nor Python's."""
    (tmp_path / "empty" / "tzdata").mkdir(parents=True)
    (tmp_path / "empty" / "tzdata" / "__init__.py").touch()
    path = os.pathsep.join(filter(None, (str(tmp_path / "empty"), environment.get("PYTHONPATH", ""))))
    return {"PYTHONTZPATH": "", "PYTHONPATH": path}


@pytest.mark.slow
def test_without_time_zones_commands_say_what_to_install_and_the_doctor_says_all_the_rest(
    powerhour, no_time_zones
):
    for command in COMMANDS:
        done = powerhour(*command, env=no_time_zones)
        assert (done.returncode, done.stdout) == (1, "")
        assert re.fullmatch(
            r"No time zones are known on this computer\. Install them:  .+ tzdata.*\n", done.stderr
        )
    done = powerhour("doctor", env=no_time_zones)
    assert done.returncode == 1
    assert re.search(r"^Time zones +MISSING", done.stdout, re.MULTILINE)
    for line in ("Python", "YAML", "Data folder", "Contacts and calls", "Settings", "Scripts"):
        assert re.search(rf"^{line} +ok", done.stdout, re.MULTILINE), line
    assert "Traceback" not in done.stderr


def test_time_zones_come_with_the_program_on_every_system():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    [tzdata] = [one for one in wanted if one.startswith("tzdata")]
    assert ";" not in tzdata
    [locked] = re.findall(r"^tzdata==.*$", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    assert "sys_platform" not in locked


@pytest.mark.parametrize(
    "broken", ["time_zones", "yaml_parser", "terminal_size", "clipboard", "data_folder", "python"]
)
def test_a_line_of_the_doctor_that_fails_takes_no_other_with_it(run, monkeypatch, broken):
    whole = {row["name"] for row in run("doctor", "--json").rows}

    def fail(*_args):
        raise PermissionError("nobody may know")

    monkeypatch.setattr(machine, broken, fail)
    done = run("doctor", "--json")
    assert {row["name"] for row in done.rows} == whole
    [failed] = [row for row in done.rows if "could not be looked at (PermissionError)" in row["found"]]
    assert failed["status"] == "missing"
    assert done.code == 1


def test_so_does_one_that_looks_at_our_own_files(run, monkeypatch):
    monkeypatch.setattr(doctor, "checked", lambda parts: 1 / 0)
    rows = {row["name"]: row for row in run("doctor", "--json").rows}
    assert "ZeroDivisionError" in rows["Scripts"]["found"]
    assert rows["You"]["status"] == "hint"


@pytest.mark.parametrize(
    ("tz", "said"),
    [
        ("Mars/X", "`Mars/X` is no time zone; "),
        ("CET-1CEST,M3.5.0", "`CET-1CEST,M3.5.0` is no time zone; "),
        ("../../etc/passwd", "is no time zone; "),
        ("Europe/Rome", ""),
        (":Europe/Rome", ""),
        ("/usr/share/zoneinfo/Europe/Rome", ""),
        ("", ""),
    ],
)
def test_an_impossible_zone_in_the_environment_is_said(run, home, monkeypatch, tz, said):
    monkeypatch.setenv("TZ", tz)
    (home / "config.yaml").write_text("config: 1\nteam: {timezone: local}\n", "utf-8")
    done = run("config", "team")
    assert (said in done.err) == bool(said) or not said
    assert ("is no time zone" in done.err) == bool(said)
    assert done.code == 0


@pytest.mark.parametrize("name", ["XDG_CONFIG_HOME", "XDG_DATA_HOME"])
@pytest.mark.parametrize("folder", ["here", "./here", "~", ""])
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="XDG folders are for other systems")
def test_no_folder_of_ours_ever_depends_on_where_one_is(environment, home, monkeypatch, name, folder):
    for key, value in {**environment, name: folder}.items():
        monkeypatch.setenv(key, value)
    monkeypatch.chdir(home)
    places, problems = find(None, None, os.environ)
    usual = {"XDG_CONFIG_HOME": places.own.parent.parent, "XDG_DATA_HOME": places.data.parent}[name]
    assert usual == home / {"XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share"}[name]
    assert not problems


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a home folder")
def test_a_user_without_a_home_folder_is_asked_for_one(run, home, data, monkeypatch):
    import platformdirs

    def none(*_args, **_more):
        raise RuntimeError("could not determine the home directory")

    for name in ("user_config_dir", "user_data_dir"):
        monkeypatch.setattr(platformdirs, name, none)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    places, _ = find(None, None, {})
    assert places.data == NO_HOME / "data"
    assert run("queue").code == 0  # the bench names a data folder
    monkeypatch.setenv("POWERHOUR_DATA", str(places.data))
    assert main(["queue"]) == 1
    assert expanded("~/x").name == "x"


def test_a_folder_that_was_removed_under_us_stops_nothing(run, home, monkeypatch):
    (home / "gone").mkdir()
    monkeypatch.chdir(home / "gone")
    (home / "gone").rmdir()
    assert current_folder().is_absolute()
    assert run("config").code == 0
    assert run("scripts", "check").code == 0


@pytest.mark.slow
@pytest.mark.skipif(bool(INSTALLED) or sys.platform == "win32", reason="the package is copied")
def test_a_read_only_install_in_the_c_locale_with_spaces_and_accents(environment, tmp_path, home):
    """Nothing is written beside the program, every letter arrives, and what `init` writes can be edited."""
    install, here = tmp_path / "Pro grammi é", home / "dossier à lire"
    shutil.copytree(ROOT / "tui", install / "tui", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "scripts", install / "scripts")
    shutil.copy(ROOT / "config.yaml", install)
    for path in (install, *install.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = sorted(install.rglob("*"))
    here.mkdir()
    (here / "été.csv").write_text("Name,Phone\nZoë Müller,+44 20 7946 0100\n", "utf-8")
    environ = environment | {
        "PYTHONPATH": str(install),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C",
        "LANG": "C",
    }

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "tui", "--data", "données de Zoë", *words]
        done = subprocess.run(command, cwd=here, env=environ, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode("utf-8")

    try:
        run("init", "équipe d'ici")
        assert (here / "équipe d'ici" / "config.yaml").stat().st_mode & 0o200
        team = ("--workspace", "équipe d'ici")
        run(*team, "import", "été.csv", "--yes")
        assert "Zoë Müller" in run(*team, "contacts", "zoe")
        assert '"été"' in run(*team, "contacts", "--list", "été", "--json")
        assert "Zoë Müller" in run(*team, "export")
        run(*team, "scripts", "check")
        assert sorted(install.rglob("*")) == before
    finally:
        for path in (install, *install.rglob("*")):
            path.chmod(0o755)


def test_nobody_is_told_where_nothing_can_be_written(run, home, monkeypatch, capsys):
    """As for the user `nobody`, whose home folder does not exist: everything can be read, and writing says why not."""
    (home / "file").touch()
    monkeypatch.setenv("HOME", str(home / "file" / "nobody"))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name)
    assert main(["contacts"]) == 0
    assert main(["doctor"]) == 1
    assert main(["dnc", "add", "+44 20 7946 0100"]) == 1
    assert "nobody/.local/share/powerhour cannot be written" in capsys.readouterr().err

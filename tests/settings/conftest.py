from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.cockpit_bench import Bench
from tui.cli.main import main
from tui.cli.wiring import known
from tui.script.files.library import Library
from tui.settings.keymap import Known
from tui.settings.load import Loaded, load
from tui.settings.places import Places
from tui.settings.settings import Settings

COMMANDS = {
    "app.quit": "ctrl+q",
    "app.help": "f1",
    "app.keys": "question_mark",
    "queue.skip": "s",
    "queue.find": "slash",
    "queue.ring": "enter",
    "ready.skip": "s",
    "ringing.pause": "p",
    "talking.search": "slash",
}
KNOWN = Known(COMMANDS, themes=frozenset({"textual-dark", "nord", "gruvbox"}))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A team folder and an own file, both still empty."""
    (tmp_path / "team" / "scripts").mkdir(parents=True)
    return Places(tmp_path / "team", tmp_path / "own.yaml", tmp_path / "data")


@pytest.fixture
def settings_from(places: Places) -> Callable[..., Loaded]:
    """Loads what the files say: `settings_from(team="theme: nord", own=..., env=...)`.

    `text` is the whole team file; without it, `team` stands under the line with the edition.
    """

    def read(
        team: str = "",
        own: str | None = None,
        env: Mapping[str, str] | None = None,
        shared: bool = True,
        text: str | None = None,
    ) -> Loaded:
        places.config.write_text("config: 1\n" + team if text is None else text, encoding="utf-8")
        if own is not None:
            places.own.write_text(own, encoding="utf-8")
        where = Places(places.team, places.own, places.data, shared)
        return load(where, {"TZ": "Europe/London", **(env or {})}, KNOWN)

    return read


ME = 'me: {name: Sam, number: "+44 20 7946 0955"}\n'


@pytest.fixture
def solo(tmp_path: Path) -> Callable[[str], Settings]:
    """The settings of a rep without a team, who may set everything: `solo("theme: nord")`. No problem is allowed."""
    return lambda text: loaded_from(tmp_path, "", ME * ("me:" not in text) + text, shared=False).settings


@pytest.fixture
def house(tmp_path: Path) -> Callable[..., Bench]:
    """A cockpit in London under a team's settings: `house("theme: nord")`; scripts are given by file name."""

    def make(team: str = "", own: str = ME, **scripts: str) -> Bench:
        loaded = loaded_from(tmp_path, team, own)
        for name, text in scripts.items():
            (tmp_path / "team/scripts" / f"{name}.yaml").write_text(text, encoding="utf-8")
        bench = Bench(loaded.settings)
        if scripts:
            bench.library = Library(loaded.settings.scripts_folder)
        return bench

    return make


def loaded_from(folder: Path, team: str, own: str, shared: bool = True) -> Loaded:
    """Both files read as the program reads them; fails when one of them has a problem."""
    (folder / "team" / "scripts").mkdir(parents=True, exist_ok=True)
    (folder / "team" / "config.yaml").write_text(f"config: 1\n{team}\n", encoding="utf-8")
    (folder / "own.yaml").write_text(f"{own}\n", encoding="utf-8")
    places = Places(folder / "team", folder / "own.yaml", folder / "data", shared)
    loaded = load(places, {"TZ": "Europe/London"}, known=known())
    assert loaded.problems == ()
    return loaded


@pytest.fixture
def command(
    tmp_path: Path,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., tuple[int, str]]:
    """Runs a command in the team folder of `house`; gives exit code and what it printed."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    def run(*words: str, own: Path | None = None) -> tuple[int, str]:
        monkeypatch.setenv("POWERHOUR_CONFIG", str(own or tmp_path / "own.yaml"))
        folders = ["--workspace", str(tmp_path / "team"), "--data", str(tmp_path / "data")]
        code = main([*folders, *words])
        return code, capsys.readouterr().out

    return run

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tui.settings.keymap import Known
from tui.settings.load import Loaded, load
from tui.settings.places import Places

COMMANDS = {
    "app.quit": "ctrl+q",
    "app.help": "f1",
    "app.keys": "question_mark",
    "queue.skip": "s",
    "queue.find": "slash",
    "queue.ring": "enter",
    "ready.skip": "s",
    "ringing.pause": "p",
}
KNOWN = Known(COMMANDS, themes=frozenset({"textual-dark", "nord", "gruvbox"}))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A team folder and an own file, both still empty."""
    (tmp_path / "team" / "scripts").mkdir(parents=True)
    return Places(tmp_path / "team", tmp_path / "own.yaml", tmp_path / "data")


@pytest.fixture
def settings_from(places: Places) -> Callable[..., Loaded]:
    """Loads what the files say: `settings_from(team="theme: nord", own=..., env=..., flags=...)`.

    `text` is the whole team file; without it, `team` stands under the line with the edition.
    """

    def read(
        team: str = "",
        own: str | None = None,
        env: Mapping[str, str] | None = None,
        flags: Mapping[str, str] | None = None,
        shared: bool = True,
        text: str | None = None,
    ) -> Loaded:
        places.config.write_text("config: 1\n" + team if text is None else text, encoding="utf-8")
        if own is not None:
            places.own.write_text(own, encoding="utf-8")
        where = Places(places.team, places.own, places.data, shared)
        return load(where, {"TZ": "Europe/London", **(env or {})}, flags, KNOWN)

    return read

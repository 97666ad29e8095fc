"""The cockpit, started in a shared folder that was spoiled in every way we know, runs and reads nothing outside it."""

from __future__ import annotations

import os

import pytest

from tests.outside_bench import CANARY, WAYS, Outside, team

TOGETHER = (
    "git_settings",
    "paths_that_climb",
    "yaml_tags",
    "linked_scripts",
    "planted_modules",
    "planted_programs",
    "never_ending",
)
"""Ways that do not hide each other: one folder holds them all."""
ALONE = tuple(WAYS) if int(os.environ.get("POWERHOUR_WAYS", "0")) else ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("ways", [TOGETHER, ("linked_folder",), *((way,) for way in ALONE)], ids="+".join)
def test_the_cockpit_reads_and_runs_nothing_outside(ways, tmp_path, terminal):
    outside, folder = Outside(tmp_path), team(tmp_path / "team")
    for way in ways:
        if way == "never_ending" and "linked_scripts" in ways:
            (folder / "scripts" / "_words.yaml").unlink()
        WAYS[way](folder, outside)
    assert outside.touched() == []
    path = os.pathsep.join((".", "", "bin", os.environ["PATH"]))
    cockpit = terminal(folder=folder, env={"PATH": path})
    cockpit.wait_for("Ready now", 60)
    for key in ("f1", "escape", "f2", "escape", "enter", "enter", "x", "enter", "escape", "n"):
        cockpit.press(key)
    cockpit.press("ctrl+q")
    cockpit.read(1)
    assert CANARY not in cockpit.output.decode("utf-8", "replace")
    assert outside.touched() == []

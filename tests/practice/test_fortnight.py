"""A fortnight of one rep with sixty people: every sentence shown as words to say is read, and nothing in it is untrue.

What stands on record at the end is written down too.

The golden file `fortnight/fortnight.txt` holds them with when, to whom and what was true at that moment;
`POWERHOUR_GOLDEN=write` writes it. The checks here look at every sentence; a person reads the file when it changes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from tests.practice.fortnight import checks, story
from tests.practice.fortnight.office import Office
from tui.domain import ids
from tui.settings.load import load
from tui.settings.places import Places

ID_BITS = 74
"""Random bits of one id. Ids are drawn alone, or many at once."""

HERE = Path(__file__).parent / "fortnight"
GOLDEN = HERE / "fortnight.txt"
ROOT = Path(__file__).parents[2]
PEOPLE = ROOT / "tests" / "fixtures" / "fortnight" / "people.csv"


@pytest.fixture
async def player(tmp_path, monkeypatch, warms_up):
    """The story, played once."""
    chance = count(1 << 60)
    monkeypatch.setattr(ids.secrets, "randbits", lambda bits: _counted(chance, bits))
    own = tmp_path / "own.yaml"
    own.write_text('me: {name: Sam, number: "+44 20 7946 0955"}\n')
    loaded = load(Places(ROOT, own, tmp_path / "data"), {"TZ": "Europe/London"})
    settings = replace(loaded.settings, company="Northgate", allowed_countries=("GB", "US"))
    start = datetime(2026, 11, 23, 8, 55, tzinfo=ZoneInfo("Europe/London"))
    scripts = shutil.copytree(ROOT / "scripts", tmp_path / "team" / "scripts")
    player = Office(settings, scripts, tmp_path / "data", start)
    await story.play(player, PEOPLE)
    return player


WRITES = os.environ.get("POWERHOUR_GOLDEN") == "write"


@pytest.mark.slow
async def test_every_sentence_of_a_fortnight_is_true(player):
    text = "\n".join(player.lines).strip() + "\n"
    if WRITES:
        GOLDEN.write_text(text, encoding="utf-8")
    untrue = [
        f"line {said.line}, {said.name}, {said.place}: {why}\n    {said.text}\n    {said.known}"
        for said in player.said
        for why in checks.untrue(said, player)
    ]
    untrue += player.untrue
    assert not untrue, "\n".join(["", *untrue])
    assert text == GOLDEN.read_text(encoding="utf-8")


def _counted(chance: Iterator[int], bits: int) -> int:
    """What stands for chance: each id's share of the bits is the next number."""
    return sum(next(chance) << place for place in range(0, bits, ID_BITS))

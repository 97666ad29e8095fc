"""From the first start to a real person whose phone rings: eight keys at most, with a list of one's own beside it."""

from __future__ import annotations

from tests.screens.driven import Driven
from tests.screens.ways import see
from tests.seeded_store import FullDisk, SeededRep
from tui.cockpit.view import Phase

MOST = 8
STEPS = (
    "i",
    see("autumn.csv"),
    "down",
    "down",
    "enter",
    see("The first rows would become"),
    "enter",
    see("Imported"),
    "enter",
    "enter",
)
"""The import, the file, its people, the queue, the call."""


async def test_the_first_real_person_rings_after_eight_keys_at_most(tmp_path, monkeypatch, warms_up):
    monkeypatch.chdir(tmp_path)
    rep = SeededRep(tmp_path, FullDisk(), own="")
    for other in ("fair.csv", "prices.csv"):
        (rep.folder / other).unlink()
    async with rep.app.run_test(size=(80, 24)) as pilot:
        on = Driven(rep, pilot)
        await rep.ready()
        await pilot.pause()
        await on.do(STEPS)
        view = rep.cockpit.view
        assert view.phase in (Phase.DIALLING, Phase.RINGING)
        assert view.card.name in ("Nora Reed", "Otto Lang", "Ann Rossi")
        assert rep.phone.done[-1] == ("dial", view.card.number.replace(" ", ""))
        assert view.ask is None
        assert sum(isinstance(step, str) for step in STEPS) <= MOST

"""Many reps who never think, on one list: nobody is called twice, nothing that was acknowledged is lost."""

from __future__ import annotations

import os

import pytest

from bench.hammer import Hammer
from bench.postgres import Postgres
from tui.shared_list import server, statements

pytestmark = pytest.mark.slow

SECONDS = float(os.environ.get("POWERHOUR_SECONDS", "1"))
REPS = 20 if SECONDS < 10 else 50
RUNS = {
    "no think time": {},
    "kills, cut lines and crashes": {"kills": 0.004, "cuts": 0.25},
    "serializable": {"isolation": "serializable"},
}


@pytest.fixture(scope="module")
def own_server(postgres: Postgres):
    """A server of one's own, which may crash."""
    made = Postgres.make()
    yield made
    made.remove()


@pytest.mark.parametrize("run", RUNS)
def test_b64_nobody_is_called_twice_and_nothing_is_lost(own_server: Postgres, run: str):
    crashes = max(1, min(4, int(SECONDS // 10))) if "crashes" in run else 0
    found = Hammer(own_server, SECONDS, REPS, crashes=crashes, least=40, **RUNS[run]).run()
    print(f"{run}: {found}")
    assert found.dials > 20
    assert (found.doubles, found.after_refusal, found.lost) == (0, 0, 0)
    assert crashes == found.counts["server crashes"]


MUTANTS = {
    "nobody rests": (
        "CLAIM",
        "free_at = now() + $4 + $5::interval",
        "free_at = now() + 0 * $5::interval",
        "doubles",
    ),
    "no look at refusals": ("LAST_LOOK", "select exists (", "select false and exists (", "after_refusal"),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_audit_notices_a_broken_rule(own_server: Postgres, monkeypatch, mutant: str):
    name, old, new, counted = MUTANTS[mutant]
    whole = getattr(statements, name)
    assert old in whole
    monkeypatch.setattr(server, name, whole.replace(old, new))
    if counted == "after_refusal":  # else nobody who refused is dealt out
        barred = "not bool_or(exists (select 1 from powerhour.barred b where"
        monkeypatch.setattr(
            server, "CLAIM", statements.CLAIM.replace(barred, barred.replace("where", "where false and"))
        )
    found = Hammer(own_server, max(1, SECONDS / 5), REPS, size=60, least=300).run()
    print(f"{mutant}: {found}")
    assert getattr(found, counted) > 0

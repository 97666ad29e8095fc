"""What a rep exports, a colleague imports: the same people, planned calls and refusals, once."""

from __future__ import annotations

import pytest

from tui.storage.tiny import TinyStore

PEOPLE = """id,Name,Phone,Next call,Last contacted,Do not call
1,Ann Rossi,+44 20 7946 0018,2026-12-03 15:00,2026-11-02,
2,Bo Lund,+44 20 7946 0019,2026-12-04,,
3,Eva Brandt,+44 20 7946 0017,,,yes
"""


def held(folder):
    """Ids, plans and refusals of a store."""
    store = TinyStore.open(folder, read_only=True)
    try:
        people = {one.id: (one.name, one.source, one.lists) for one in store.contacts()}
        plans = {plan.id: (plan.from_, plan.zone) for one in people for plan in store.plans(one)}
        return people, plans, {entry.contact_id for entry in store.do_not_call()}
    finally:
        store.close()


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_colleague_has_the_same_people_plans_and_refusals(run, data, tmp_path, form):
    leads, out, colleague = tmp_path / "leads.csv", tmp_path / f"out.{form}", tmp_path / "colleague"
    leads.write_text(PEOPLE)
    assert run("import", str(leads), "--yes").code == 0
    told = run("export", "contacts", "--format", form, "--out", str(out)).err
    assert "It carries no calls" in told
    for _ in range(2):
        taken = run("import", str(out), "--yes", "--data", str(colleague))
        assert taken.code == 0, taken.err
        assert held(colleague) == held(data)
    assert "3 rows: 0 added, 0 changed, 3 unchanged" in taken.out
    assert "Taken over" not in taken.out

"""Do the tests of the merge bite? Each fault built into it by hand must fail one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutant_bench import failures, passes

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
LAWS, SCENARIOS = "test_merge.py", "test_merge_scenarios.py test_merge_of_persons.py"

SAME = f"{LAWS}::test_in_any_order_grouping_and_number_of_times_it_is_the_same"

OF_THE_LAWS = {
    "the first account wins": (
        "merge",
        "return max(one, other, key=_rank)",
        "return one if one.rev >= other.rev else other",
        f"{SAME}[call]",
    ),
    "what was recorded of a number goes with it": (
        "leaves",
        "            if stamp.endswith(IS_BAD):\n",
        "            if stamp.endswith(IS_BAD) and found.get(f'numbers/{path[4:]}'):\n",
        f"{SAME}[numbers]",
    ),
    "the order of the account at hand is kept": (
        "leaves",
        "key=lambda order: (-len(order), order))",
        "key=lambda order: -len(order))",
        f"{SAME}[contact]",
    ),
    "whoever is named first speaks": (
        "same_person",
        "first, second = sorted((self.of(one), self.of(other)))",
        "first, second = self.of(one), self.of(other)",
        f"{LAWS}::test_who_is_one_person_does_not_depend_on_the_order",
    ),
}
OF_THE_SCENARIOS = {
    "an undone call comes back with another account": (
        "domain/shared/merge",
        "voided_at=_first(one.voided_at, other.voided_at),\n        lifted_at",
        "voided_at=best.voided_at,\n        lifted_at",
    ),
    "a rep's own keys go with the truer account": (
        "domain/shared/merge",
        '"keys": max(one.keys, other.keys)',
        '"keys": _truer(one, other).keys',
    ),
    "a removal forgets when it was": (
        "domain/shared/leaves",
        "        elif stamp:\n",
        "        elif stamp and path in leaves:\n",
    ),
    "the earlier word wins": ("domain/shared/merge", "if his > mine or (", "if his < mine or ("),
    "an import is stamped like a rep's word": ("storage/writing", 'if how.origin == "hand":', "if True:"),
    "a stamp takes no notice of the one it is written over": (
        "domain/shared/stamp",
        "seen = [place for text in over if (place := _place(text))]",
        "seen = []",
    ),
    "a clock far ahead spoils ours": (
        "domain/shared/stamp",
        "if before and before[0] <= soon:",
        "if before:",
    ),
    "a to-do that is opened again stays done": ("domain/shared/merge", "opened >= done", "opened < done"),
    "a late call tells of the forgotten": (
        "storage/writing",
        'cast("R", erased(record))',
        "record",
    ),
    "a lift ends what it has not seen": (
        "domain/do_not_call",
        "lifts = self._lifts_of.get(entry.id, ())",
        "lifts = [one for some in self._lifts_of.values() for one in some]",
    ),
    "a plan is as old as its last import": (
        "domain/shared/merge",
        "min(one.made_at, other.made_at)",
        "max(one.made_at, other.made_at)",
    ),
    "a joined person keeps one history": (
        "storage/persons",
        "ids = (None,) if contact_id is None else self.persons.ids(contact_id)",
        "ids = (contact_id,)",
    ),
}


def test_every_fault_built_into_the_merge_by_hand_is_caught():
    laws = {name: (f"domain/shared/{module}", *fault) for name, (module, *fault) in OF_THE_LAWS.items()}
    assert failures(laws, HERE) == dict.fromkeys(laws, 1)
    scenarios = {name: (*fault, SCENARIOS) for name, fault in OF_THE_SCENARIOS.items()}
    assert failures(scenarios, HERE.parent / "storage") == dict.fromkeys(scenarios, 1)


def test_the_tests_of_the_merge_pass_without_a_fault():
    assert passes("domain/shared/merge", "def merged(", HERE, LAWS)
    assert passes("domain/shared/merge", "def merged(", HERE.parent / "storage", SCENARIOS)

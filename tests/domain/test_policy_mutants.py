"""Do the tests of the policy bite? Each fault built into it by hand must fail one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutant_bench import failures, passes

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
LAWS = "test_policy_laws.py"

MUTANTS = {
    "a promise goes before do-not-call": (
        "policy",
        "    _never_again,\n    _not_worth_pursuing,\n    _they_came_back,\n    _keep_promise,\n",
        "    _keep_promise,\n    _never_again,\n    _not_worth_pursuing,\n    _they_came_back,\n",
        f"{LAWS}::test_do_not_call_is_absorbing",
    ),
    "house hours move a promise": (
        "promise_state",
        "            return self.promise.from_\n",
        "            return calendar.open_from(self.promise.from_) or self.promise.from_\n",
        "test_policy.py",
    ),
    "a promise comes early": (
        "promise_state",
        "            return self.promise.from_\n",
        "            return self.promise.from_ - timedelta(minutes=15)\n",
        "test_policy.py",
    ),
    "our pacing rings at any hour": (
        "policy",
        "        due = case.calendar.open_from(start, _part_of_day(case))\n",
        "        due = start\n",
        "test_policy.py",
    ),
    "caps are not looked at": (
        "policy",
        "max(case.free_from, case.cool_until or case.since)",
        "case.cool_until or case.since",
        "test_policy.py",
    ),
    "a cap of one more": (
        "cadence",
        "(times[-most] + span for most, span in caps if len(times) >= most)",
        "(times[-most - 1] + span for most, span in caps if len(times) > most)",
        "test_policy.py",
    ),
    "nobody is ever let go": (
        "case",
        "return max(self.policy.attempts - self.history.unanswered, 0)",
        "return max(self.policy.attempts, 0)",
        "test_policy.py",
    ),
    "not now is forgotten": (
        "case",
        "        return talk.at + self.policy.wait_after(talk.outcome, self.policy.after_not_now)\n",
        "        return None\n",
        "test_policy.py",
    ),
    "calls count in the order they were written": (
        "history",
        "tuple(sorted((c for c in calls if c.voided_at is None), key=lambda call: (call.at, call.id)))",
        "tuple(c for c in calls if c.voided_at is None)",
        f"{LAWS}::test_order_of_the_calls_and_zone_of_the_clock_do_not_matter",
    ),
    "the next call may come at once": (
        "policy",
        "    return max(gap, policy.min_gap), policy.min_gap\n",
        "    return gap * 0, gap * 0\n",
        "test_policy.py",
    ),
    "an answer says it holds for ever": (
        "case",
        '        until = self.grows_old if kind in ("asked", "follow_up") else None\n',
        "        until = None\n",
        "test_policy.py",
    ),
    "the law is not asked": (
        "case",
        " if self.law else due\n",
        " if False else due\n",
        "test_law.py::test_no_call_is_ever_due_inside_an_hour_a_law_pack_forbids",
    ),
    "one open zone is enough": (
        "window",
        "all(_holds(hours, zone, t) for zone in",
        "any(_holds(hours, zone, t) for zone in",
        "test_window.py test_law.py",
    ),
    "the same part of the day again": (
        "cadence",
        "return dayparts[min(order,",
        "return dayparts[max(order,",
        "test_policy.py",
    ),
}


def test_every_fault_built_into_the_policy_by_hand_is_caught():
    faults = {name: (f"domain/{module}", *fault) for name, (module, *fault) in MUTANTS.items()}
    assert failures(faults, HERE) == dict.fromkeys(MUTANTS, 1)


def test_the_tests_of_the_policy_pass_without_a_fault():
    assert passes("domain/cadence", "def free_of_caps", HERE, f"{LAWS} test_policy.py test_law.py")

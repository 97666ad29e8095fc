"""The next steps of everybody: as they are stored, and worked out again where they are missing or have lapsed."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import datetime

from tui.domain.next_step import NextStep
from tui.storage.protocol import MERGING, Change, Store


def all_steps(
    store: Store,
    policy_hash: str,
    now: datetime,
    at_once: int,
    work_out: Callable[[str, datetime], NextStep],
    tell: Callable[[int, int], None],
) -> Generator[None, None, dict[str, NextStep]]:
    """The next step of each person by id, once it is exhausted; those that are worked out are stored.

    It stops after so many people each, and others may write before it goes on. `tell` is told how many of how many are
    done. Raises `NotSaved`.
    """
    everybody = set(store.contact_ids())
    # A merge that was stopped in between: nobody's step is to be trusted.
    merging = bool(store.state(MERGING))
    stored = {} if merging else store.next_steps(policy_hash)
    steps = {
        one: step
        for one, step in stored.items()
        if one in everybody and not (step.valid_until and step.has_lapsed(now))
    }
    lacking = sorted(everybody - steps.keys())
    for start in range(0, len(lacking), at_once):
        made: dict[str, NextStep] = {}
        for done, contact_id in enumerate(lacking[start : start + at_once], start):
            tell(done, len(lacking))
            made[contact_id] = work_out(contact_id, now)
        steps |= made
        store.commit(Change(next_steps=made, policy_hash=policy_hash), now)
        if start + at_once < len(lacking):
            yield
    if merging:
        store.commit(Change(state={MERGING: None}), now)
    return steps

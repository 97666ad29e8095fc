"""The one thing to try next time: from the rep's own calls, and only when there is enough of it.

Plain facts come from at least `LEAST_ASKED` people or `LEAST_TALKS` talks. Where two ways are compared, people are
counted and the two Wilson intervals must not overlap, as for versions of a script (`metrics.compare_variants`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from tui.domain.cadence import Policy
from tui.domain.call import Call
from tui.domain.history import history_of
from tui.domain.metrics import (
    CONVERSATION_S,
    MIN_CELL_DIALS,
    MIN_PER_VARIANT,
    compare_variants,
    is_agreed,
    is_conversation,
    most_and_fewest,
)
from tui.domain.outcome import HUMAN, UNANSWERED, Category
from tui.domain.promise_state import PromiseState, promise_states
from tui.domain.why import Why, why
from tui.domain.window import local, part_of_day

LOOK_BACK = timedelta(days=28)
"""Older calls say nothing of how the rep works now."""
LEAST_ASKED = 3
"""So many people must have asked for the same."""
LEAST_TALKS = 20
"""The last so many talks are looked at; fewer say nothing."""
THIRD = 3
"""From this call on a talk came late."""
_STEPS = frozenset({Category.CONVERSATION, Category.PROMISE, Category.WIN})
"""Talks that can end with a next step."""


class Calls(Struct, frozen=True):
    """The rep's calls of the last four weeks, to be looked at."""

    histories: Mapping[str, Sequence[Call]]
    """By person, oldest first, without what was undone."""
    now: datetime
    policy: Policy
    zone: Callable[[Call], str]
    """Where the person was, by call."""
    conversation_s: float

    @property
    def talks(self) -> list[Call]:
        """The last talks that can end with a next step, oldest first; empty when there are too few."""
        found = [
            call
            for calls in self.histories.values()
            for call in calls
            if call.is_ in _STEPS and is_conversation(call, self.conversation_s)
        ]
        return sorted(found, key=_when)[-LEAST_TALKS:] if len(found) >= LEAST_TALKS else []


def one_thing(
    calls: Iterable[Call],
    now: datetime,
    policy: Policy,
    zone: Callable[[Call], str],
    conversation_s: float = CONVERSATION_S,
) -> Why | None:
    """What to try, as a code with its figures; None without enough calls, or when nothing stands out.

    The first that holds: try_asked_part, try_voicemail, try_part, try_next_step, try_again. `zone` says where the
    person of a call was. The same calls give the same answer all day.
    """
    by_person: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        if call.contact_id and now - LOOK_BACK <= call.at <= now:
            by_person[call.contact_id].append(call)
    histories = {one: history_of(by_person[one]).touches for one in sorted(by_person)}
    given = Calls(histories, now, policy, zone, conversation_s)
    return next((found for look in _CANDIDATES if (found := look(given))), None)


def _asked_part(given: Calls) -> Why | None:
    """People who named a part of the day and were called in another part of that very day."""
    people: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, touches in given.histories.items():
        for state in promise_states(touches, given.now, given.policy):
            if called := _called_in_another_part(state):
                people[state.promise.part, called].add(one)
    if not people:
        return None
    (asked, called), who = max(people.items(), key=lambda found: (len(found[1]), found[0]))
    return (
        why("try_asked_part", people=len(who), asked=asked, called=called)
        if len(who) >= LEAST_ASKED
        else None
    )


def _called_in_another_part(state: PromiseState) -> str:
    promise, ended = state.promise, state.settled_by
    ours = (call for call in (*state.early, *state.tries, ended) if call and call.direction == "out")
    first = next((call for call in ours if local(call.at, promise.zone).date() == promise.local_day), None)
    if not promise.part or first is None:
        return ""
    grace = state.policy.promise_grace
    if promise.on_time_from(grace) <= first.at < promise.late_from(grace):
        return ""
    called = part_of_day(first.at, promise.zone)
    return called if called != promise.part else ""


def _voicemail(given: Calls) -> Why | None:
    """Whether more people called back who had a message from us."""
    with_one, without = list[bool](), list[bool]()
    for touches in given.histories.values():
        tried = [call for call in touches if call.direction == "out" and call.is_ in UNANSWERED]
        if not tried:
            continue
        came_back = any(call.direction == "in" and call.at > tried[0].at for call in touches)
        has_message = any(call.is_ is Category.VOICEMAIL for call in tried)
        (with_one if has_message else without).append(came_back)
    hits, people, others, other_people = sum(with_one), len(with_one), sum(without), len(without)
    if compare_variants(hits, people, others, other_people, MIN_PER_VARIANT).winner != 0:
        return None
    return why("try_voicemail", hits=hits, people=people, others=others, other_people=other_people)


def _part_of_day(given: Calls) -> Why | None:
    """The part of their day in which most people answered, beside the one in which fewest did."""
    answered: dict[str, dict[str, bool]] = defaultdict(dict)
    for one, touches in given.histories.items():
        for call in touches:
            if call.direction == "out" and call.dials:
                part = part_of_day(call.at, given.zone(call))
                answered[part][one] = answered[part].get(one, False) or call.is_ in HUMAN
    shares = {part: (sum(who.values()), len(who)) for part, who in answered.items()}
    found = most_and_fewest(shares, MIN_CELL_DIALS)
    if found is None:
        return None
    (part, other), ((hits, people), (others, other_people)) = found, (shares[one] for one in found)
    best = {"part": part, "hits": hits, "people": people}
    return why("try_part", **best, other=other, others=others, other_people=other_people)


def _next_step(given: Calls) -> Why | None:
    """A third of the last talks or fewer ended with a day for the next one."""
    talks = given.talks
    agreed = sum(map(is_agreed, talks))
    if not talks or agreed * 3 > len(talks):
        return None
    return why("try_next_step", agreed=agreed or None, talks=len(talks))


def _again(given: Calls) -> Why | None:
    """Half or more of the last talks came at the third call or later."""
    tries = Counter(_tries(given))
    talks = given.talks
    late = sum(tries[call.id] >= THIRD for call in talks)
    return why("try_again", late=late, talks=len(talks)) if talks and late * 2 >= len(talks) else None


def _tries(given: Calls) -> Iterator[str]:
    """The id of each talk of ours, as often as we had called since the talk before it."""
    for touches in given.histories.values():
        since = 0
        for call in touches:
            since += call.direction == "out" and bool(call.dials)
            if is_conversation(call, given.conversation_s):
                yield from [call.id] * (since if call.direction == "out" else 0)
                since = 0


def _when(call: Call) -> tuple[datetime, str]:
    return call.at, call.id


_CANDIDATES = (_asked_part, _voicemail, _part_of_day, _next_step, _again)
"""What the customers asked for comes first, then what was compared, then what was counted."""

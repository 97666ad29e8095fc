"""What the calls of one contact add up to: the facts on which the policy decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tui.domain.call import Call
from tui.domain.outcome import BURNS_REASON, RIGHT_PARTY, UNANSWERED, Category
from tui.domain.promise import Promise

SAME_ATTEMPT = timedelta(minutes=10)
"""Cut off and ringing again, or trying the second number, within this time is one attempt."""
PHONE = "phone"


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise still owed, and our on-time calls that found nobody."""

    promise: Promise
    made_at: datetime
    tries: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """Facts from the calls that were not undone, oldest first."""

    touches: tuple[Call, ...]
    """Every contact in either direction, by any channel."""
    attempts: tuple[Call, ...]
    """Our phone attempts. A wrong number reached somebody else and is none."""
    last_talk: Call | None
    """The last time the person was in touch: a talk, or a call from them. Counters start again here."""
    since_talk: tuple[Call, ...]
    """Our attempts after the last talk."""
    soft_since_talk: tuple[Call, ...]
    """Our e-mails, texts and visits after the last talk."""
    used_reasons: frozenset[str]
    """Reasons somebody can have heard (B23)."""

    @property
    def unanswered(self) -> int:
        """Attempts since the last talk at which nobody picked up."""
        return sum(call.is_ in UNANSWERED for call in self.since_talk)

    @property
    def gatekeepers(self) -> int:
        """Attempts since the last talk that ended at the receptionist."""
        return sum(call.is_ is Category.GATEKEEPER for call in self.since_talk)

    @property
    def waiting_since(self) -> Call | None:
        """A call from them that nobody answered and we have not returned, or None."""
        last = self.last_talk
        return last if last and is_missed_inbound(last) and not self.since_talk else None

    @property
    def no_buy_signals(self) -> int:
        """No-buy signals since the last buying signal or agreement (B51)."""
        count = 0
        for call in self.touches:
            if "+" in call.signals or call.is_ is Category.WIN:
                count = 0
            count += call.signals.count("-")
        return count


def history_of(calls: Iterable[Call]) -> History:
    """The facts of one contact's calls, given in any order; voided calls count nowhere."""
    touches = tuple(sorted((c for c in calls if c.voided_at is None), key=_by_time))
    talk_at = max((i for i, call in enumerate(touches) if _in_touch(call)), default=-1)
    last_talk = touches[talk_at] if talk_at >= 0 else None
    after = touches[talk_at + 1 :]
    return History(
        touches=touches,
        attempts=_attempts(touches),
        last_talk=last_talk,
        since_talk=_attempts(after, last_talk),
        soft_since_talk=tuple(c for c in after if c.channel != PHONE and c.direction == "out"),
        used_reasons=frozenset(c.reason_id for c in touches if c.reason_id and c.is_ in BURNS_REASON),
    )


def open_promise(touches: Sequence[Call], grace: timedelta) -> OpenPromise | None:
    """The promise still owed after these touches (oldest first), or None.

    A talk or a call from them closes it (B18); an early call that found nobody does not (B34). A promised
    e-mail, text or visit is kept by sending or making it.
    """
    owed: OpenPromise | None = None
    for call in touches:
        if call.promise is not None:
            owed = OpenPromise(call.promise, call.at)
        elif call.is_ in RIGHT_PARTY or (call.direction == "in" and not is_missed_inbound(call)):
            owed = None
        elif owed and _is_try(call, owed.promise, grace):
            owed = _with_try(owed, call) if owed.promise.channel == PHONE else None
    return owed


def is_missed_inbound(call: Call) -> bool:
    """Whether they rang us and nobody here talked to them."""
    return call.direction == "in" and call.channel == PHONE and call.is_ in UNANSWERED


def _by_time(call: Call) -> tuple[datetime, str]:
    return call.at, call.id


def _in_touch(call: Call) -> bool:
    return call.direction == "in" or call.is_ in RIGHT_PARTY


def _is_ours_by_phone(call: Call) -> bool:
    return call.direction == "out" and call.channel == PHONE and call.is_ is not Category.WRONG_NUMBER


def _attempts(touches: Sequence[Call], talk: Call | None = None) -> tuple[Call, ...]:
    """Our phone attempts; calls that are one attempt count once, with their last outcome."""
    kept: list[Call] = []
    began = talk.at if talk is not None and talk.direction == "out" else None
    for call in touches:
        if not _is_ours_by_phone(call):
            continue
        if began is None or call.at - began >= SAME_ATTEMPT:
            began = call.at
            kept.append(call)
        elif kept:
            kept[-1] = call
    return tuple(kept)


def _is_try(call: Call, promise: Promise, grace: timedelta) -> bool:
    same_channel = call.channel == promise.channel and call.is_ is not Category.WRONG_NUMBER
    return call.direction == "out" and same_channel and call.at >= promise.on_time_from(grace)


def _with_try(owed: OpenPromise, call: Call) -> OpenPromise:
    if owed.tries and call.at - owed.tries[-1].at < SAME_ATTEMPT:
        return owed
    return OpenPromise(owed.promise, owed.made_at, (*owed.tries, call))

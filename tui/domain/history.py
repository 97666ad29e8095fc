"""What the calls of one contact add up to: the facts on which the policy decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tui.domain.call import Call
from tui.domain.outcome import BURNS_REASON, RIGHT_PARTY, UNANSWERED, Category

SAME_ATTEMPT = timedelta(minutes=10)
"""Cut off and ringing again, or trying the second number, within this time is one attempt."""
PHONE = "phone"


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


def is_missed_inbound(call: Call) -> bool:
    """Whether they rang us and nobody here talked to them."""
    return call.direction == "in" and call.channel == PHONE and call.is_ in UNANSWERED


def is_settled(missed: Call, calls: Iterable[Call]) -> bool:
    """Whether one of these calls, with somebody it may have been, answers a missed call: ours, or a talk with them."""
    return any(
        call.at > missed.at
        and call.voided_at is None
        and call.channel == PHONE
        and not is_missed_inbound(call)
        for call in calls
    )


def _by_time(call: Call) -> tuple[datetime, str]:
    return call.at, call.id


def _in_touch(call: Call) -> bool:
    return call.direction == "in" or call.is_ in RIGHT_PARTY


def is_our_call(call: Call) -> bool:
    """Whether we called them by phone; a wrong number reached somebody else."""
    return call.direction == "out" and call.channel == PHONE and call.is_ is not Category.WRONG_NUMBER


def _attempts(touches: Sequence[Call], talk: Call | None = None) -> tuple[Call, ...]:
    """Our phone attempts; calls that are one attempt count once, with their last outcome."""
    kept: list[Call] = []
    began = talk.at if talk is not None and talk.direction == "out" else None
    for call in touches:
        if not is_our_call(call):
            continue
        if began is None or call.at - began >= SAME_ATTEMPT:
            began = call.at
            kept.append(call)
        elif kept:
            kept[-1] = call
    return tuple(kept)

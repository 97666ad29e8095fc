"""What the calls of one contact add up to: the facts on which the policy decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.call import Call, Dial
from tui.domain.contact import Contact, Touch
from tui.domain.outcome import BURNS_REASON, RIGHT_PARTY, UNANSWERED, Category
from tui.domain.window import local

SAME_ATTEMPT = timedelta(minutes=10)
"""Cut off and ringing again, or trying the second number, within this time is one attempt."""
PHONE = "phone"


class History(Struct, frozen=True):
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
        """Attempts since the last talk that ended at the gatekeeper."""
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
    touches = tuple(sorted((c for c in calls if c.voided_at is None), key=lambda call: (call.at, call.id)))
    talk_at = max(
        (i for i, call in enumerate(touches) if call.direction == "in" or call.is_ in RIGHT_PARTY), default=-1
    )
    last_talk = touches[talk_at] if talk_at >= 0 else None
    # A call of theirs that we called back in vain is both: they were in touch, and our attempt follows.
    after = touches[talk_at + (0 if last_talk and last_talk.missed_our_call_back else 1) :]
    return History(
        touches=touches,
        attempts=_attempts(touches),
        last_talk=last_talk,
        since_talk=_attempts(after, last_talk),
        soft_since_talk=tuple(c for c in after if c.channel != PHONE and c.direction == "out"),
        used_reasons=frozenset(c.reason_id for c in touches if c.reason_id and c.is_ in BURNS_REASON),
    )


def last_contact(contact: Contact, calls: Sequence[Call]) -> Call | Touch | None:
    """The last time we were in touch: a call that stands, or what an import tells of; None when neither is known."""
    last, touch = next((call for call in reversed(calls) if not call.voided_at), None), contact.touched_at
    return touch if touch is not None and (last is None or touch.at > last.at) else last


def is_missed_inbound(call: Call) -> bool:
    """Whether they called us and nobody here talked to them, nor called back."""
    is_theirs = call.direction == "in" and call.channel == PHONE
    return is_theirs and call.is_ in UNANSWERED and not call.missed_our_call_back


def is_settled(missed: Call, calls: Iterable[Call]) -> bool:
    """Whether one of these calls, with somebody it may have been, answers a missed call: ours, or a talk with them."""
    return any(
        call.at > missed.at
        and call.voided_at is None
        and call.channel == PHONE
        and not is_missed_inbound(call)
        for call in calls
    )


def is_our_call(call: Call) -> bool:
    """Whether we called them by phone, or back in vain; a wrong number reached somebody else."""
    is_ours = call.direction == "out" or call.missed_our_call_back
    return is_ours and call.channel == PHONE and call.is_ is not Category.WRONG_NUMBER


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


UNKNOWN = "bad_number"
"""The cause of a dial that ended so, in the dialer's words."""
_REACHED = frozenset({"busy", "no_answer", "declined", "remote", "voicemail_left"})
"""Causes of dials that came through to the number."""
DAYS = 2
"""On so many days the network must say so before the number is called wrong."""
FIRST_NUMBERS = 3
"""When so many numbers of a session, and no other, are unknown, the way they are written is at fault."""


def dials_of(calls: Iterable[Call]) -> list[Dial]:
    """Every dial of these calls, the oldest first; what was undone says nothing."""
    made = (dial for call in calls if call.voided_at is None for dial in call.our_dials)
    return sorted(made, key=lambda dial: dial.started_at)


def days_unknown(number: str, dials: Iterable[Dial], zone: str) -> tuple[date, ...]:
    """The days in the rep's zone on which the network did not know this number, since it last came through.

    `dials`: those of everybody on these days. A day on which the network knew none of several numbers tells of the
    network, and is left out.
    """
    failed: set[date] = set()
    numbers: dict[date, set[str]] = defaultdict(set)
    known: set[date] = set()
    for dial in sorted(dials, key=lambda dial: dial.started_at):
        day = local(dial.started_at, zone).date()
        numbers[day].add(dial.number)
        if _came_through(dial):
            known.add(day)
        if dial.number == number and _came_through(dial):
            failed.clear()
        elif dial.number == number and dial.cause == UNKNOWN:
            failed.add(day)
    return tuple(sorted(day for day in failed if day in known or numbers[day] == {number}))


def knows_none(dials: Sequence[Dial]) -> bool:
    """Whether the last of a session's dials makes it plain that the network knows no number written so.

    True once: at the third number, when none of them came through and the network knew none.
    """
    if not dials or any(dial.cause != UNKNOWN for dial in dials):
        return False
    before = {dial.number for dial in dials[:-1]}
    return dials[-1].number not in before and len(before) + 1 == FIRST_NUMBERS


def _came_through(dial: Dial) -> bool:
    return dial.answered_at is not None or dial.cause in _REACHED


_COUNTED = frozenset({"meeting_at"})
"""Answers a figure is made of: two meetings are told apart by them."""


def kept_from(now: datetime, keep: timedelta | None) -> datetime | None:
    """The moment since which notes are kept; None when they are kept for ever."""
    return None if keep is None else now - keep


def without_old_notes(call: Call, since: datetime | None) -> Call:
    """The call with the notes typed since then; the same object when it has no older one.

    An old note that also answered a question of the script goes from the answers too. So do the old notes of what
    the call said before it was corrected.
    """
    if since is None or not _has_old_notes(call, since):
        return call
    revisions = tuple(without_old_notes(one, since) for one in call.revisions)
    notes = tuple(note for note in call.notes if note.at >= since)
    gone = {note.text for note in call.notes} - {note.text for note in notes}
    answers = {name: said for name, said in call.answers.items() if name in _COUNTED or said not in gone}
    return replace(call, notes=notes, answers=answers, revisions=revisions)


def with_old_notes(calls: Iterable[Call], since: datetime) -> list[Call]:
    """The calls that hold a note typed before then."""
    return [call for call in calls if _has_old_notes(call, since)]


def _has_old_notes(call: Call, since: datetime) -> bool:
    return any(note.at < since for one in (call, *call.revisions) for note in one.notes)

"""A session: one timed sprint of calls, as it is stored. Its running clock is `SessionClock`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

ClockState = Literal["ready", "dialling", "talking", "wrap", "paused", "ended"]
ClockEvent = Literal["dial", "answer", "hangup", "outcome", "pause", "resume", "extend", "stop"]
PAUSE_REASONS = frozenset({"incoming", "break", "task", "tech", "sleep", "crash"})
"""Why a clock stands still. `incoming` is serving customers: never dead time (B05)."""
HOLE_S = 10.0
"""No tick for so long means that we were not running: sleep, a stopped program, a hang."""
MOST_MINUTES = 480
"""The longest session."""
MINUTES_A_CALL = 1.25
"""A dial with its wrap-up takes so long on average: 15 minutes hold about 12 (B02)."""
ABANDONED_S = 30 * 60.0
"""A session that crashed longer ago than this is closed, not resumed."""

_BUSY: frozenset[str] = frozenset({"dialling", "talking", "wrap"})
_MOVES: dict[tuple[str, str], ClockState] = {
    ("dial", "ready"): "dialling",
    ("dial", "dialling"): "dialling",  # another number of the same person
    ("dial", "wrap"): "dialling",
    ("answer", "dialling"): "talking",
    ("answer", "wrap"): "talking",  # back to the call: nothing was logged
    ("hangup", "dialling"): "wrap",
    ("hangup", "talking"): "wrap",
    ("outcome", "dialling"): "ready",
    ("outcome", "talking"): "ready",
    ("outcome", "wrap"): "ready",
}


def calls_that_fit(minutes: float) -> int:
    """About how many calls a session of so many minutes holds, at least one: 5 in 5, 12 in 15, 48 in 60 (B02)."""
    return max(round(minutes / MINUTES_A_CALL), min(int(minutes), 5), 1)


class Goal(Struct, frozen=True):
    """What the rep wants from the session: conversations and agreed next steps, never dials."""

    conversations: int = 0
    next_steps: int = 0


class Pause(Struct, frozen=True):
    """A time the clock stood still: why, from when, until when (UTC)."""

    reason: str
    started_at: datetime
    ended_at: datetime | None = None


class Session(Struct, frozen=True):
    """The record of one session."""

    id: str
    started_at: datetime
    planned_s: float
    rep: str = ""
    rev: int = 0
    edited_at: datetime | None = None
    ended_at: datetime | None = None
    goal: Goal = Goal()
    pauses: tuple[Pause, ...] = ()
    state: str = "running"
    """running, ended, or abandoned (a crash nobody came back to)."""
    spent: Mapping[str, float] = field(default_factory=dict)
    """Seconds by state: ready, dialling, talking, wrap, paused:REASON."""


class SessionClock(Struct):
    """The running time of a session, in seconds.

    Time is counted tick by tick on a monotonic clock, so neither sleep nor a crash nor a changed wall clock can
    inflate it. Every method takes (mono, wall): a monotonic clock that goes on while the machine sleeps, and UTC
    seconds since 1970, which only say when something was.
    """

    planned: float
    """Seconds of active time: pauses do not count."""
    plan: int = 0
    """Attempts that fit, for the pace; 0 means no plan."""
    state: ClockState = "ready"
    before_pause: ClockState | None = None
    reason: str = ""
    """Why it is paused; empty when it runs."""
    spent: dict[str, float] = field(default_factory=dict)
    """Seconds by state: ready, dialling, talking, wrap, paused:REASON."""
    dials: int = 0
    outcomes: int = 0
    overtime: bool = False
    """Time was up during a call: the customer is never cut off, but no other dial follows."""
    pauses: list[Pause] = field(default_factory=list)
    _mono: float | None = None
    _wall: float = 0.0

    @property
    def active(self) -> float:
        """Seconds that count against the plan."""
        return sum(seconds for name, seconds in self.spent.items() if not name.startswith("paused"))

    @property
    def left(self) -> float:
        """Seconds left; negative in overtime."""
        return self.planned - self.active

    def copy(self) -> SessionClock:
        """A clock that stands where this one does, and goes its own way."""
        return replace(self, spent=dict(self.spent), pauses=list(self.pauses))

    def tick(self, mono: float, wall: float) -> bool:
        """Count the time since the last tick, True when we were not running. Call about once a second, also paused."""
        ran = 0.0 if self._mono is None or self.state == "ended" else max(mono - self._mono, 0.0)
        if ran > HOLE_S:
            self._add("paused:sleep", ran)
            self.pauses.append(Pause("sleep", _moment(wall - ran), _moment(wall)))
        else:
            self._add(f"paused:{self.reason}" if self.state == "paused" else self.state, ran)
        self._mono, self._wall = mono, wall
        self._end_when_due()
        return ran > HOLE_S

    def do(self, event: ClockEvent, mono: float, wall: float, arg: str | float | None = None) -> bool:
        """Apply an event; False when it means nothing in this state, and then nothing changes.

        `pause` takes a reason of PAUSE_REASONS, `extend` the seconds to add. Raises ValueError for others.
        """
        self.tick(mono, wall)
        match event:
            case "pause":
                return self._pause(str(arg), wall)
            case "resume":
                return self._resume(wall)
            case "extend":
                return self._extend(float(arg or 0.0))
            case "stop":
                return self._stop(wall)
            case _:
                return self._move(event)

    def pace(self) -> float:
        """Attempts ahead of the plan (behind when negative). Talking is credited: it is never behind."""
        talking = self.spent.get("talking", 0.0)
        room = self.planned - talking
        if not self.plan or room <= 0:
            return 0.0
        return self.dials - self.plan * min((self.active - talking) / room, 1.0)

    def to_state(self) -> dict[str, Any]:
        """The clock as JSON-able values, with the wall time of the last tick. Its pauses are in the record."""
        return {
            "planned": self.planned,
            "plan": self.plan,
            "state": self.state,
            "before_pause": self.before_pause,
            "reason": self.reason,
            "spent": dict(self.spent),
            "dials": self.dials,
            "outcomes": self.outcomes,
            "overtime": self.overtime,
            "at": self._wall,
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any], pauses: Iterable[Pause] = ()) -> SessionClock:
        """The clock of a saved state, with the pauses of its session; it counts on from its next tick."""
        return cls(
            planned=float(state["planned"]),
            plan=int(state.get("plan", 0)),
            state=state.get("state", "ready"),
            before_pause=state.get("before_pause"),
            reason=str(state.get("reason") or ""),
            spent={str(name): float(seconds) for name, seconds in state.get("spent", {}).items()},
            dials=int(state.get("dials", 0)),
            outcomes=int(state.get("outcomes", 0)),
            overtime=bool(state.get("overtime", False)),
            pauses=list(pauses),
            _wall=float(state.get("at", 0.0)),
        )

    def _add(self, name: str, seconds: float) -> None:
        if seconds:
            self.spent[name] = self.spent.get(name, 0.0) + seconds

    def _end_when_due(self) -> None:
        if self.left > 0 or self.overtime or self.state == "ended":
            return
        if self.state in _BUSY:
            self.overtime = True
        elif self.state == "ready":
            self.state = "ended"

    def _pause(self, reason: str, wall: float) -> bool:
        if reason not in PAUSE_REASONS:
            raise ValueError(f"no such reason for a pause: {reason}")
        if self.state in ("paused", "ended"):
            return False
        self.before_pause, self.reason, self.state = self.state, reason, "paused"
        self.pauses.append(Pause(reason, _moment(wall)))
        return True

    def _resume(self, wall: float) -> bool:
        if self.state != "paused":
            return False
        self.state, self.before_pause, self.reason = self.before_pause or "ready", None, ""
        self._close_pause(wall)
        self._end_when_due()
        return True

    def _close_pause(self, wall: float) -> None:
        for index, pause in enumerate(self.pauses):
            if pause.ended_at is None:
                self.pauses[index] = Pause(pause.reason, pause.started_at, _moment(wall))

    def _extend(self, seconds: float) -> bool:
        if seconds <= 0:
            return False
        self.planned = max(self.planned, self.active) + seconds
        self.overtime = False
        if self.state == "ended":
            self.state = "ready"
        return True

    def _stop(self, wall: float) -> bool:
        if self.state in _BUSY or self.state == "ended":
            return False
        self._close_pause(wall)
        self.state, self.before_pause, self.reason = "ended", None, ""
        return True

    def _move(self, event: ClockEvent) -> bool:
        after = _MOVES.get((event, self.state))
        if after is None or (event == "dial" and self.overtime):
            return False
        self.state = after
        self.dials += event == "dial"
        self.outcomes += event == "outcome"
        if event == "outcome" and self.overtime:
            self.state = "ended"
        return True


def recover(
    state: Mapping[str, Any], pauses: Iterable[Pause], now_wall: float, max_gap: float = ABANDONED_S
) -> tuple[SessionClock, Literal["resume", "closed"]]:
    """The clock after a crash: resumed with the hole as a pause, or closed when it is too old.

    `state` is what `to_state` gave, saved every few seconds; `pauses` are those of the session's record. A paused
    clock goes back to what it was doing.
    """
    clock = SessionClock.from_state(state, pauses)
    gap = max(now_wall - clock._wall, 0.0)
    if clock.state == "ended" or gap > max_gap:
        clock._close_pause(clock._wall)
        clock.state, clock.before_pause, clock.reason = "ended", None, ""
        return clock, "closed"
    if clock.state == "paused":
        clock._resume(clock._wall)
    clock._add("paused:crash", gap)
    clock.pauses.append(Pause("crash", _moment(now_wall - gap), _moment(now_wall)))
    return clock, "resume"


def _moment(wall: float) -> datetime:
    return datetime.fromtimestamp(wall, UTC)

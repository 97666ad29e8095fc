"""Line 1: the time left, the goal and the clock; without a session the list in view and the date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.reactive import var

from tui.cockpit.view import ClockView, View
from tui.domain.daywords import date_words
from tui.widgets.lines import Line, Lines, cut_line, spread, width_of


def minutes_and_seconds(seconds: float) -> str:
    """`41:07`; hours only when there are any: `1:02:07`. Never negative."""
    whole = max(int(seconds), 0)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def day_and_time(now: datetime) -> str:
    """`Mon 23 Nov 15:01`, the same in every locale."""
    return f"{date_words(now.date(), now.date())} {now:%H:%M}"


def people(count: int) -> str:
    """`212 people`, `1 person`."""
    return "1 person" if count == 1 else f"{count:,} people"


class ClockLine(Lines):
    """Line 1 of every screen."""

    view: var[View | None] = var(None, init=False)
    """What to show."""
    caller_hint: var[str] = var("", init=False)
    """Key and words that say how to answer somebody who rings, e.g. `F2 someone is ringing me`."""

    def watch_view(self) -> None:
        """A second passed, or more."""
        self.update_lines()

    def watch_caller_hint(self) -> None:
        """The key was changed."""
        self.update_lines()

    def lines(self, width: int) -> Sequence[Line]:
        """One line that fits: what matters less goes first."""
        if self.view is None:
            return ((),)
        if self.view.clock is None:
            return (self._without_session(self.view, width),)
        return (self._in_session(self.view, self.view.clock, width),)

    def _without_session(self, view: View, width: int) -> Line:
        queue = view.queue
        words = f"{queue.title}, {people(queue.people)}" if queue.title else people(queue.people)
        if queue.filter:
            words += f', only "{queue.filter}"'
        now = day_and_time(view.now) + (" test clock" if view.test_clock else "")
        return spread((("POWER HOUR", "strong"), ("   ", ""), (words, "")), ((now, "dim"),), width)

    def _in_session(self, view: View, clock: ClockView, width: int) -> Line:
        now = f"{view.now:%H:%M}" + (" test clock" if view.test_clock else "")
        key = self.caller_hint.split(" ", 1)[0]
        rights = [
            ((now, ""), ("   ", ""), (self.caller_hint, "dim")),
            ((now, ""), ("   ", ""), (f"{key} caller", "dim")),
            ((now, ""),),
        ]
        lefts = [
            _progress(clock, extra, short) for extra, short in ((True, False), (False, False), (False, True))
        ]
        if not self.caller_hint:
            rights = rights[2:]
        for left in lefts:
            for right in rights:
                if width_of(left) + width_of(right) + 5 <= width:
                    return spread(left, right, width)
        return spread(cut_line(lefts[-1], width - 2), (), width)


def _progress(clock: ClockView, extra: bool, short: bool) -> Line:
    """Time left and the goal; `extra` adds what is worth knowing, `short` uses fewer words."""
    time = minutes_and_seconds(abs(clock.left_s))
    left = (f"{time} over", "warn") if clock.overtime or clock.left_s < 0 else (f"{time} left", "strong")
    line: list[tuple[str, str]] = [left]
    for word, count, goal in (
        ("talked", clock.talked, clock.talked_goal),
        ("agreed", clock.agreed, clock.agreed_goal),
    ):
        of = ("/" if short else " of ") + str(goal) if goal else ""
        line.append(
            (f"{'  ' if short else '   '}{word} {count}{of}", "good" if goal and count >= goal else "")
        )
    if extra and clock.pause_reason:
        line.append((f"   clock stopped: {clock.pause_reason}", "warn"))
    if extra and clock.serving_s:
        line.append((f"   serving customers {minutes_and_seconds(clock.serving_s)}", "dim"))
    return tuple(line)

"""Line 1: the time left, the goal and the clock; without a session the list in view and the date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.reactive import var

from tui.cockpit.view import ClockView, Phase, PhoneView, View
from tui.domain.day_words import date_words
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
    """Key and words that say how to answer somebody who calls, e.g. `F2 incoming call`."""

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
        test = " test clock" if view.test_clock else ""
        now: Line = ((day_and_time(view.now) + test, "dim"),)
        time: Line = ((f"{view.now:%H:%M}" + test, "dim"),)
        name: Line = (("POWER HOUR", "strong"),)
        lefts: tuple[Line, ...] = (_joined(name, ((words, ""),)), name)
        told = _phone_words(view.phone)
        if not told:
            return spread(lefts[0], now, width)
        rights = [_joined(phone, when) for phone in told for when in (now, time)]
        return _first_that_fits([(left, right) for right in rights for left in lefts], width)

    def _in_session(self, view: View, clock: ClockView, width: int) -> Line:
        now: Line = ((f"{view.now:%H:%M}" + (" test clock" if view.test_clock else ""), ""),)
        key = self.caller_hint.split(" ", 1)[0]
        hints = [((self.caller_hint, "dim"),), ((f"{key} caller", "dim"),)] if self.caller_hint else []
        lefts = [
            _progress(clock, extra, short) for extra, short in ((True, False), (False, False), (False, True))
        ]
        told = _phone_words(view.phone)
        if view.phone.is_trouble:
            # Whoever cannot be heard, or be called, must read it: the goal gives way.
            lefts.append(lefts[-1][:1])
            return _first_that_fits([(left, _joined(now, words)) for words in told for left in lefts], width)
        rights = [_joined(now, words, hint) for words in told for hint in (*hints, ())]
        plain = [_joined(now, hint) for hint in (*hints, ())]
        pairs = [(left, right) for some in (rights, plain) for left in lefts for right in some]
        return _first_that_fits(pairs, width)


def _phone_words(phone: PhoneView) -> list[Line]:
    """What is told of the phone, from the longest form to the shortest; nothing when there is nothing to tell."""
    look = "warn" if phone.is_trouble else "dim"
    return [((words, look),) for words in dict.fromkeys((phone.words, phone.short, phone.shortest)) if words]


def _joined(*parts: Line) -> Line:
    """The parts that are there, with room between them."""
    line: list[tuple[str, str]] = []
    for part in parts:
        if part:
            line += [("   ", ""), *part] if line else part
    return tuple(line)


def _first_that_fits(pairs: Sequence[tuple[Line, Line]], width: int) -> Line:
    """Left and right end of the first pair that fits; of the last one as much as fits."""
    for left, right in pairs:
        if width_of(left) + width_of(right) + 5 <= width:
            return spread(left, right, width)
    left, right = pairs[-1]
    return spread(cut_line(left, width - 2), right if width_of(right) + 12 < width else (), width)


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


STOPS = ("Queue", "Dial", "Script", "Outcome")
STOP_OF = {
    Phase.QUEUE: 0,
    Phase.READY: 1,
    Phase.NEXT_IN: 1,
    Phase.DIALLING: 1,
    Phase.RINGING: 1,
    Phase.TALKING: 2,
    Phase.CALL_OVER: 3,
    Phase.FORM: 3,
}


class PhaseStrip(Lines):
    """The four stops of a call; the one we are at is marked."""

    view: var[View | None] = var(None, init=False)
    """What to show."""

    def watch_view(self) -> None:
        """Another phase."""
        self.update_lines()

    def lines(self, width: int) -> Sequence[Line]:
        """One line."""
        here = STOP_OF.get(self.view.phase, -1) if self.view else -1
        line: list[tuple[str, str]] = [(" ", "")]
        for number, stop in enumerate(STOPS):
            line.append((" ▸ " if number else "", "dim"))
            line.append((stop, "accent strong" if number == here else "dim"))
        return (tuple(line),)

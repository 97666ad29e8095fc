"""What frames every screen: line 1, the rules, what was saved, one sentence; and the page of a window too small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.cells import cell_len
from textual.geometry import Size
from textual.timer import Timer

from tui.cockpit.view import ClockView, Notice, Phase, PhoneView, Saved, View
from tui.domain.day_words import date_words
from tui.locale.spoken import time_of_day, translated
from tui.widgets.key_lines import hint
from tui.widgets.lines import (
    BLANK,
    Line,
    Lines,
    ViewLines,
    cut,
    cut_line,
    drawn,
    paragraph,
    rule,
    spread,
    width_of,
    wrap,
)
from tui.widgets.words import say, styled

LEAST = Size(60, 16)
"""The smallest screen we draw on."""


def minutes_and_seconds(seconds: float) -> str:
    """`41:07`; hours only when there are any: `1:02:07`. Never negative."""
    whole = max(int(seconds), 0)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


class ClockLine(ViewLines):
    """Line 1: the time left, the goal and the clock; without a session the list in view and the date."""

    caller_hint: drawn[str] = drawn("")
    """Key and words that say how to answer somebody who calls, e.g. `F2 incoming call`."""

    def view_lines(self, view: View, width: int) -> Sequence[Line]:
        """One line that fits: what matters less goes first."""
        if view.clock is None:
            return (self._without_session(view, width),)
        return (self._in_session(view, view.clock, width),)

    def _without_session(self, view: View, width: int) -> Line:
        queue = view.queue
        only = say("only", filter=queue.filter) if queue.filter else ""
        words = ", ".join(filter(None, (queue.title, say("people", count=queue.people), only)))
        day = date_words(view.now.date(), view.now.date())
        now: Line = ((f"{day} {_time(view)}", "dim"),)
        time: Line = ((_time(view), "dim"),)
        name: Line = (("POWER HOUR", "strong"),)
        lefts: tuple[Line, ...] = (_joined(name, ((words, ""),)), name)
        told = _told(view)
        if not told:
            return spread(lefts[0], now, width)
        rights = [_joined(words, when) for words in told for when in (now, time)]
        return _first_that_fits([(left, right) for right in rights for left in lefts], width)

    def _in_session(self, view: View, clock: ClockView, width: int) -> Line:
        now: Line = ((_time(view), ""),)
        key, _, words = self.caller_hint.partition(" ")
        hints = [hint(key, words, 1), styled("caller_key", "", key=(key, "key"))] if key else []
        lefts = [
            _progress(clock, extra, short) for extra, short in ((True, False), (False, False), (False, True))
        ]
        told = _told(view)
        if view.phone.is_trouble or view.team_list.is_trouble:
            # Whoever cannot be heard, or be called, or knows nothing of the team, must read it: the goal gives way.
            lefts.append(lefts[-1][:1])
            return _first_that_fits([(left, _joined(now, words)) for words in told for left in lefts], width)
        rights = [_joined(now, words, hint) for words in told for hint in (*hints, ())]
        plain = [_joined(now, hint) for hint in (*hints, ())]
        pairs = [(left, right) for some in (rights, plain) for left in lefts for right in some]
        return _first_that_fits(pairs, width)


def _time(view: View) -> str:
    """`15:01`, or `15:01 test clock`."""
    at = time_of_day(view.now)
    return say("test_clock", at=at) if view.test_clock else at


def _told(view: View) -> list[Line]:
    """What is told of the phone and the people folder, from the longest form to the shortest; trouble stays longest."""
    phone, team = _words(view.phone), _words(view.team_list)
    if not phone or not team:
        return phone or team
    last = phone if view.phone.is_trouble or not view.team_list.is_trouble else team
    both = [_joined(one, other) for one in phone for other in team]
    return both if view.phone.is_trouble and view.team_list.is_trouble else [*both, *last]


def _words(phone: PhoneView) -> list[Line]:
    """What is told of one of them, from the longest form to the shortest; nothing when there is nothing to tell."""
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
    is_over = clock.overtime or clock.left_s < 0
    left = (say("time_over" if is_over else "time_left", time=time), "warn" if is_over else "strong")
    line: list[tuple[str, str]] = [left]
    for word, count, goal in (
        ("talked", clock.talked, clock.talked_goal),
        ("agreed", clock.agreed, clock.agreed_goal),
    ):
        code = (
            ("tally_goal_short" if short else "tally_goal") if goal else "tally_short" if short else "tally"
        )
        said = say(code, what=translated(word), count=count, goal=goal)
        line.append((said, "good" if goal and count >= goal else ""))
    if extra and clock.pause_reason:
        line.append((say("clock_stopped", why=clock.pause_reason), "warn"))
    if extra and clock.serving_s >= 1:
        line.append((say("serving", time=minutes_and_seconds(clock.serving_s)), "dim"))
    return tuple(line)


class TeamHourLine(ViewLines):
    """The team's power hour: an offer, or its time, what the team brought, and what each colleague is doing."""

    def view_lines(self, view: View, width: int) -> Sequence[Line]:
        """One line; where not everybody has room, how many are talking, in and away."""
        hour = view.team_hour
        if hour is None:
            return ()
        if not hour.joined:
            return (cut_line(((" ", ""), (hour.offer, "accent")), width),)
        left = minutes_and_seconds(hour.left_s)
        brought: Line = ((say("team_hour", left=left, talked=hour.talked, agreed=hour.agreed), "strong"),)
        each = tuple(
            part
            for name, doing in hour.colleagues
            for part in ((f"   {name} ", ""), (translated(doing), _DOING.get(doing, "dim")))
        )
        counts = Counter(doing for _, doing in hour.colleagues)
        some = "   ".join(f"{counts[doing]} {translated(doing)}" for doing in _DOING if counts[doing])
        for shown in (each, ((f"   {some}", "dim"),)):
            if width_of((*brought, *shown)) <= width:
                return ((*brought, *shown),)
        return (cut_line(brought, width),)


_DOING = {"talking": "good", "in": "", "away": "dim"}
"""How each looks, also in words; in the order in which they are counted."""
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


class PhaseStrip(ViewLines):
    """The four stops of a call; the one we are at is marked."""

    def view_lines(self, view: View, width: int) -> Sequence[Line]:
        """The stops from left to right."""
        here = STOP_OF.get(view.phase, -1)
        line: list[tuple[str, str]] = [(" ", "")]
        for number, stop in enumerate(STOPS):
            line.append((" ▸ " if number else "", "dim"))
            line.append((translated(stop), "accent strong" if number == here else "dim"))
        return (tuple(line),)


class Rule(Lines):
    """`── Notes ─────────────────────── saved ──`."""

    left: drawn[str] = drawn("")
    """Words at the left end; none: an unbroken rule."""
    right: drawn[str] = drawn("")
    """Words at the right end."""

    def __init__(self, left: str = "", right: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(Rule.left, left)
        self.set_reactive(Rule.right, right)

    def lines(self, width: int) -> Sequence[Line]:
        """Its words at both ends and the rule between them."""
        return (rule(self.left, self.right, width),)


class CallerRule(Lines):
    """The rule under line 1; while somebody calls and the rep is at something else it says so, and takes no key."""

    words: drawn[tuple[str, str]] = drawn(("", ""))
    """Who calls, and the key that shows their card; an empty name: an unbroken rule."""

    def lines(self, width: int) -> Sequence[Line]:
        """One line: the name is cut first, never the key."""
        who, key = self.words
        if not who:
            return (rule("", "", width),)
        key = f". {key}."
        told = cut(who, width - 8 - cell_len(key)) + key
        return (
            (("── ", "warn"), (told, "warn strong"), (" ", ""), ("─" * (width - 4 - cell_len(told)), "warn")),
        )


SHOWN_S = {"info": 8.0, "warn": 15.0, "error": 60.0}
"""How long a sentence stays, in seconds."""
AT_LENGTH = 7
"""Lines of what a start has to say."""
LOOK = {"info": "accent", "warn": "warn", "error": "stop"}
WORD = {"info": "", "warn": "Careful: ", "error": "Problem: "}
"""The tone in words: colour alone says nothing."""


class NoticeLine(Lines):
    """The line about what was saved, as long as the view has one; under it the latest notice, until its time is over
    or `gone` is called. Never a box, never in the way.
    """

    notice: drawn[Notice | None] = drawn(None)
    """The latest; a greater `id` is a later one."""
    saved: drawn[Saved | None] = drawn(None)
    """What was saved; the cockpit takes it away."""
    tour: drawn[str] = drawn("")
    """What stands here while there is nothing else to say: a line of the guided first call."""
    undo_key: drawn[str] = drawn("")
    """The key that undoes it on this screen, as it is written there; empty: none."""

    _timer: Timer | None = None
    _gone: int = -1

    def watch_notice(self, notice: Notice | None) -> None:
        """A sentence came: show it and start its time."""
        if self._timer is not None:
            self._timer.stop()
        if notice is not None and self.is_running:
            seconds = SHOWN_S["error" if notice.at_length else notice.tone]
            self._timer = self.set_timer(seconds, self.gone)

    def gone(self) -> None:
        """Hide the sentence; a later one is shown again."""
        if self.notice is not None:
            self._gone = self.notice.id
            self.update_lines()

    def lines(self, width: int) -> Sequence[Line]:
        """Each in one or two lines, a problem in up to four, what a start has to say in more, or nothing."""
        said = [*self._saved_lines(width), *self._notice_lines(width)]
        return said or (paragraph(self.tour, width, 2, "accent") if self.tour else [])

    def key_at(self, line: Line, column: int) -> str:
        """The key that undoes, where the line names it."""
        words = "".join(text for text, _ in line)
        undo = say("undo", key=self.undo_key).strip(" ·") if self.undo_key and self.saved else ""
        start = words.rfind(undo) if undo else -1
        return self.undo_key if start >= 0 and 0 <= column - cell_len(words[:start]) < cell_len(undo) else ""

    def _saved_lines(self, width: int) -> list[Line]:
        saved = self.saved
        if saved is None:
            return []
        undo = say("undo", key=self.undo_key) if self.undo_key else ""
        note = paragraph(saved.note, width, 2, "accent") if saved.note else []
        return [*paragraph(saved.text + undo, width, 2, "accent"), *note]

    def _notice_lines(self, width: int) -> list[Line]:
        notice = self.notice
        if notice is None or notice.id <= self._gone:
            return []
        most = (
            AT_LENGTH if notice.at_length else 4 if notice.tone == "error" else 2
        )  # what to do stands at the end
        return paragraph(translated(WORD[notice.tone]) + notice.text, width, most, LOOK[notice.tone])


class TooSmall(ViewLines):
    """Centred sentences: what is too small, who calls, the one key that works; and the time left, which runs on."""

    quit_key: drawn[str] = drawn("^Q")
    """The key that leaves."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as the screen, to stand in its middle."""
        return container.height

    def lines(self, width: int) -> Sequence[Line]:
        """The sentence in the middle."""
        size = self.screen.size
        words = say(
            "too_small", width=LEAST.width, height=LEAST.height, has_width=size.width, has_height=size.height
        )
        sentence = wrap(words, max(width - 2, 4))
        if self.view and (caller := self.view.banner or (self.view.ringing and self.view.ringing.number)):
            sentence += wrap(say("incoming", who=caller), max(width - 2, 4))
        sentence += wrap(say("too_small_keys", key=self.quit_key), max(width - 2, 4))
        if self.view and self.view.clock:
            sentence.append(say("time_left", time=minutes_and_seconds(self.view.clock.left_s)))
        above = max((size.height - len(sentence)) // 2, 0)
        centred = [((" " * max((width - len(line)) // 2, 0) + line, ""),) for line in sentence]
        return [*([BLANK] * above), *centred]

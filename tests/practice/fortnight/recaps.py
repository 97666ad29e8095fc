"""Whether a recap is true: each of its lines is worked out once more from the calls on record, by rules of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from tests.practice.fortnight.truth import REACHED
from tui.cockpit.call_view import RecapView
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.next_step import NextStep

LONDON = ZoneInfo("Europe/London")
TALKS = REACHED - {"do_not_call"}
LEAST_S = 30
NO_FIGURE = re.compile(r"\b0 |likely|%")


class Known(Struct, frozen=True):
    """What is on record at the moment of a recap."""

    now: datetime
    contacts: Sequence[Contact]
    calls: Sequence[Call]
    """All that stand."""
    session_id: str
    step: Callable[[str], NextStep]

    @property
    def made(self) -> list[Call]:
        """The calls of the session."""
        return [one for one in self.calls if one.session_id == self.session_id and one.channel == "phone"]

    def of(self, name: str) -> list[Call]:
        """The session's calls with somebody of that name."""
        ids = {one.id for one in self.contacts if one.shown_name == name}
        return [one for one in self.made if one.contact_id in ids]


def talked(call: Call) -> bool:
    """Whether somebody was on the line for long enough."""
    return call.outcome in TALKS and (call.talk_s is None or call.talk_s >= LEAST_S)


def reached(calls: Sequence[Call]) -> tuple[int, int]:
    """People talked with of those who were called."""
    called = {one.contact_id for one in calls if one.direction == "out"}
    return len(called & {one.contact_id for one in calls if talked(one)}), len(called)


def untrue(recap: RecapView, known: Known) -> Iterator[str]:
    """Why a line of the recap is not true."""
    for label, lines in recap.sections:
        for line in lines:
            if NO_FIGURE.search(line):
                yield f"nought or an interval: {line}"
            if line is lines[-1] and re.fullmatch(r"and \d+ more", line):
                continue
            why = _LINES.get(label, _due)(line, known) if label else _sentence(line, known)
            if why:
                yield f"{label or 'sentence'}: {line}: {why}"


def _good(line: str, known: Known) -> str:
    found = re.fullmatch(r'(.+?) (said yes|wants to go on|called you)(?:: "(.*)")?\.', line)
    if not found:
        return "what is that?"
    name, how, note = found.groups()
    calls = known.of(name)
    fits = {
        "said yes": [one for one in calls if one.outcome == "win" and not one.cancelled_at],
        "wants to go on": [one for one in calls if "+" in one.signals],
        "called you": [one for one in calls if one.direction == "in" and one.outcome in TALKS],
    }
    if not fits[how]:
        return "no call of the session says so"
    return (
        ""
        if note is None or any(note == kept.text for one in calls for kept in one.notes)
        else "no such note"
    )


def _agreed(line: str, known: Known) -> str:
    name, _, what = line.partition(": ")
    times = set()
    for one in known.of(name):
        if one.promise is not None:
            zone = ZoneInfo(one.promise.zone)
            times.add(f"{one.promise.from_.astimezone(zone):%H:%M}")
        if at := one.answers.get("meeting_at"):
            times.add(f"{datetime.fromisoformat(at):%H:%M}")
    named = re.findall(r"\d\d:\d\d", what)
    if not any(one.promise is not None or one.outcome == "win" for one in known.of(name)):
        return "nothing was agreed"
    return "" if not named or times & set(named) else f"agreed for {times}"


def _promised(line: str, known: Known) -> str:
    last: dict[str, Call] = {}
    for one in known.made:
        if one.promise is not None and one.contact_id:
            last[one.contact_id] = one
        elif one.outcome in REACHED or one.direction == "in":
            last.pop(one.contact_id, None)
    count = sum(one.promise.channel == "phone" for one in last.values() if one.promise)
    return "" if line.startswith(f"{count} call") else f"{count} are still to be made"


def _said(line: str, known: Known) -> str:
    name, _, said = line.partition(": ")
    return "" if any(said in one.answers.values() for one in known.of(name)) else "nobody said so"


def _to_do(line: str, known: Known) -> str:
    owed = [(one, one.owed.what) for one in known.calls if one.owed and one.owed.done_at is None]
    name, _, what = line.partition(": ")
    ids = {one.id for one in known.contacts if one.shown_name == name}
    fits = (what.casefold().startswith(told.casefold()) for one, told in owed if one.contact_id in ids)
    return "" if any(fits) else "is not to do"


def _due(line: str, known: Known) -> str:
    """The first of the promises of tomorrow or, before closed days, of the day after them."""
    today = known.now.astimezone(LONDON).date()
    days: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for one in known.contacts:
        step = known.step(one.id)
        if step.promise is not None and step.due is not None:
            at = step.due.astimezone(LONDON)
            days[(at.date() - today).days].append((f"{at:%H:%M}", one.shown_name))
    ahead = 1 if today.weekday() < 4 else next(day for day in range(1, 8 - today.weekday()) if day in days)
    due = sorted(days[ahead])
    if found := re.match(r"(\d+) promises", line):
        if int(found[1]) != len(due):
            return f"{len(due)} are due"
    elif len(due) != 1:
        return f"{len(due)} are due"
    first = [name for at, name in due if at == due[0][0]]
    if not any(name in line for name in first):
        return f"{first} would be first"
    named = re.search(r"\d\d:\d\d", line)
    return "" if not named or named[0] == due[0][0] else f"at {due[0][0]}"


def _sentence(line: str, known: Known) -> str:
    for pattern, check in _SENTENCES.items():
        if found := re.fullmatch(pattern, line):
            return check(known, *found.groups())
    return "what is that?"


def _reached(known: Known, part: str, whole: str, more: str) -> str:
    if reached(known.made) != (int(part), int(whole)):
        return f"it was {reached(known.made)}"
    if more:
        return _week(known, more)
    return ""


def _week(known: Known, more: str) -> str:
    here = known.now.astimezone(LONDON)
    monday = (here - timedelta(days=here.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    week = [one for one in known.calls if monday - timedelta(days=7) <= one.at.astimezone(LONDON) < monday]
    part, whole = reached(week)
    if found := re.fullmatch(r"(about )?1 in (\d+)", more):
        exact = whole / part
        return "" if abs(exact - int(found[2])) <= exact / 10 else f"last week it was {part} of {whole}"
    return "" if more == f"{part} of {whole}" else f"last week it was {part} of {whole}"


def _everybody(known: Known, people: str = "1") -> str:
    return "" if reached(known.made) == (int(people), int(people)) else f"it was {reached(known.made)}"


def _briefly(known: Known, people: str) -> str:
    who = {one.contact_id for one in known.made if one.direction == "out" and one.outcome in TALKS}
    return "" if len(who) == int(people) and not reached(known.made)[0] else f"with {len(who)}"


def _unanswered(known: Known, left: str | None, again: str | None, day: str | None) -> str:
    made = [one for one in known.made if one.direction == "out"]
    if reached(known.made)[0] or any(one.outcome in REACHED | {"gatekeeper"} for one in made):
        return "somebody answered"
    voicemails = sum(one.outcome == "voicemail" for one in made)
    if voicemails != int(left or 0):
        return f"{voicemails} were left"
    return _again(known, made, again, day)


def _answered(known: Known, people: str, again: str | None, day: str | None) -> str:
    made = [one for one in known.made if one.direction == "out"]
    who = {one.contact_id for one in made if one.outcome in REACHED | {"gatekeeper"}}
    if reached(known.made)[0] or len(who) != int(people):
        return f"{len(who)} answered"
    return _again(known, made, again, day)


def _again(known: Known, made: Sequence[Call], again: str | None, day: str | None) -> str:
    today = known.now.astimezone(LONDON).date()
    steps = [known.step(one) for one in {call.contact_id for call in made}]
    ahead = sorted(
        max((step.due.astimezone(LONDON).date() - today).days, 0)
        for step in steps
        if step.action == "call" and step.due
    )
    if not ahead or again is None or day is None:
        return "" if not ahead and again is None else f"called again in {ahead} days"
    first = today + timedelta(days=ahead[0])
    words = {0: "today", 1: "tomorrow"}.get(ahead[0], f"{first:%a}")
    return "" if (ahead.count(ahead[0]), words) == (int(again), day[: len(words)]) else f"in {ahead} days"


def _fine(known: Known, *groups: str) -> str:
    """What the report says of the same moment is looked at by its own tests."""
    return ""


def _next_steps(known: Known, agreed: str | None) -> str:
    talks = _last_talks(known)
    count = sum(one.promise is not None or (one.outcome == "win" and not one.cancelled_at) for one in talks)
    return "" if count == int(agreed or 0) and count <= 6 else f"{count} of {len(talks)}"


def _third(known: Known, late: str) -> str:
    dials: dict[str, int] = defaultdict(int)
    count: dict[str, int] = {}
    for one in known.calls:
        if one.direction == "out" and one.dials:
            dials[one.contact_id] += 1
        if talked(one):
            count[one.id], dials[one.contact_id] = dials[one.contact_id], 0
    found = sum(count[one.id] >= 3 for one in _last_talks(known) if one.direction == "out")
    return "" if found == int(late) >= 10 else f"{found} came at the third call or later"


def _last_talks(known: Known) -> list[Call]:
    steps = TALKS - {"nurture", "not_a_fit"}
    talks = [one for one in known.calls if talked(one) and one.outcome in steps and one.contact_id]
    return sorted(talks, key=lambda one: (one.at, one.id))[-20:]


_LINES: dict[str, Callable[[str, Known], str]] = {
    "Good to hear": _good,
    "Next steps": _agreed,
    "You promised": _promised,
    "To do": _to_do,
    "They said": _said,
}
_CALLED_AGAIN = r"(?:; (\d+) (?:person is|people are) called again (.+))?\."
_SENTENCES: dict[str, Callable[..., str]] = {
    r"You talked with (\d+) of (\d+) people(?:; last week it was (.+))?\.": _reached,
    r"You talked with all (\d+) people you called\.": _everybody,
    r"You talked briefly with (\d+) (?:person|people)\.": _briefly,
    r"You talked with the person you called\.": _everybody,
    rf"Nobody you called answered this time(?:: (\d+) voicemails? left)?{_CALLED_AGAIN}": _unanswered,
    rf"(\d+) (?:person|people) answered, and no talk came of it this time{_CALLED_AGAIN}": _answered,
    r"No calls? (?:so far|this time)\.": lambda known: "calls were made" if known.made else "",
    r"\d+ (?:person has|people have) waited .+": _fine,
    r"\d+ calls? (?:was one|were) too many: the numbers say which\.": _fine,
    r"You spent [\d:]+ serving customers who called\.": _fine,
    r"One thing to try: (\d+) of your last 20 talks ended with a next step\..+": _next_steps,
    r"One thing to try: Your last 20 talks ended without (a) day for the next one\..+": lambda known, _: (
        _next_steps(known, None)
    ),
    r"One thing to try: (\d+) of your last 20 talks came at the third call or later\..+": _third,
}

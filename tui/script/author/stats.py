"""Which words work: what calls with a script came to, by script, version under test, opener, objection and reason.

Only calls that a person answered count: nobody else has heard the words. A script that was edited has other words, also
when its version stayed the same: its calls are told apart by the hash of the file, and never added up.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Literal, get_args

from msgspec import Struct

from tui.domain.call import Call, ScriptRef
from tui.domain.metrics import (
    CONVERSATION_S,
    MIN_PER_VARIANT,
    compare_variants,
    counted,
    is_agreed,
    is_conversation,
    is_win,
    wilson,
)
from tui.domain.outcome import BURNS_REASON, HUMAN, RIGHT_PARTY
from tui.script.author.paths import entries_of, hops_from
from tui.script.language.graph import Graph, Place, graph_of, reached
from tui.script.language.model import Script

Metric = Literal["conversation", "next_step", "win"]
Kind = Literal["script", "variant", "opener", "objection", "news"]
FORMULAS: dict[Metric, str] = {
    "conversation": "talks / calls a person answered",
    "next_step": "calls with a next step agreed / calls a person answered",
    "win": "meetings and sales that stuck / calls a person answered",
}
"""How the rate is made, for the line under the table."""
_KINDS: Sequence[Kind] = get_args(Kind)
_ASIDE = "objections."


class Count(Struct, frozen=True):
    """How often some words were heard, and how often it came to something."""

    kind: Kind
    script: str
    version: str
    name: str
    n: int
    hits: int
    hash: str = ""
    """Tells the wording: the hash of the script's files when the calls were made."""
    first: datetime | None = None
    last: datetime | None = None
    """The first and the last call with this wording, UTC."""

    @property
    def rate(self) -> float | None:
        """Hits per call heard, 0 to 1; None without a call."""
        return wilson(self.hits, self.n)[0]

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson 95 % interval of the rate."""
        return wilson(self.hits, self.n)[1:]


class VersionVerdict(Struct, frozen=True):
    """What a test says so far."""

    script: str
    version: str
    test: str
    winner: str
    """The winning version; empty while nobody can tell."""
    more: int | None
    """Calls still needed; None when no difference is in sight."""
    hash: str = ""
    """The wording it was tested in."""

    @property
    def sentence(self) -> str:
        """The verdict in words."""
        if self.winner:
            return f"{self.test}: version {self.winner} wins"
        if self.more is None:
            return f"{self.test}: no difference in sight"
        return f"{self.test}: too few calls to tell, about {self.more} more"


class Ending(Struct, frozen=True):
    """A line where calls end."""

    path: str
    text: str
    n: int
    share: float


def counts(calls: Iterable[Call], metric: Metric, conversation_s: float = CONVERSATION_S) -> list[Count]:
    """Rows by script, then version under test, opener, objection, reason; each wording apart, the most heard first."""
    successes: dict[Metric, Callable[[Call], bool]] = {
        "conversation": lambda call: is_conversation(call, conversation_s),
        "next_step": is_agreed,
        "win": is_win,
    }
    success = successes[metric]
    agreed: Callable[[Call], bool] = success if metric == "win" else is_agreed
    tally: dict[tuple[Kind, str, ScriptRef], list[int]] = defaultdict(lambda: [0, 0])
    times: dict[ScriptRef, list[datetime]] = defaultdict(list)
    for call in counted(calls):
        if call.is_ not in HUMAN or not call.script.id:
            continue
        wording = ScriptRef(call.script.id, call.script.version, call.script.hash)
        times[wording].append(call.at)
        for kind, name in _words_heard(call):
            row = tally[kind, name, wording]
            row[0] += 1
            row[1] += agreed(call) if kind == "objection" else success(call)
    rows = [
        Count(kind, w.id, w.version, name, n, hits, w.hash, min(times[w]), max(times[w]))
        for (kind, name, w), (n, hits) in tally.items()
    ]
    return sorted(rows, key=_in_table)


def _in_table(row: Count) -> tuple[int, str, str, datetime, str, int, str]:
    begun = row.first or datetime.min.replace(tzinfo=UTC)
    return (_KINDS.index(row.kind), row.script, row.version, begun, row.hash, -row.n, row.name)


def verdicts(rows: Iterable[Count], least: int = MIN_PER_VARIANT) -> list[VersionVerdict]:
    """What each test says: a winner only when its interval is above all others and each was heard often enough."""
    tests: dict[tuple[str, str, str, str], list[Count]] = defaultdict(list)
    for row in rows:
        if row.kind == "variant":
            tests[row.script, row.version, row.hash, row.name.partition("=")[0]].append(row)
    found = []
    for (script, version, wording, test), arms in tests.items():
        if len(arms) < 2:
            continue
        best = max(arms, key=lambda arm: (arm.rate or 0.0, arm.n))
        others = [arm for arm in arms if arm is not best]
        compared = [compare_variants(best.hits, best.n, arm.hits, arm.n, least) for arm in others]
        won = all(one.winner == 0 for one in compared)
        needed = [one.more for one in compared if one.winner != 0]
        more = None if None in needed else max((m for m in needed if m is not None), default=0)
        found.append(
            VersionVerdict(script, version, test, best.name.partition("=")[2] if won else "", more, wording)
        )
    return found


def never_reached(script: Script, calls: Iterable[Call]) -> list[Place]:
    """Lines that no answered call with this wording of the script has come to, in the order of the script."""
    heard = {path for call in answered(script, calls) for path in call.steps}
    if not heard:
        return []
    entries = (entry for entry in entries_of(script) if entry != "voicemail")
    lines = {p.path: p for entry in entries for p in _lines(graph_of(script, entry))}
    return [p for path, p in lines.items() if path not in heard and p.kind in ("say", "ask", "do")]


def endings(script: Script, calls: Iterable[Call], most: int = 5) -> list[Ending]:
    """The lines where talks with the right person in this wording of the script end, the most frequent first."""
    last: Counter[str] = Counter()
    for call in answered(script, calls):
        path = next((path for path in reversed(call.steps) if not path.startswith(_ASIDE)), "")
        if path and call.is_ in RIGHT_PARTY:
            last[path] += 1
    total = last.total()
    texts = {
        path: place.text
        for entry in entries_of(script)
        for path, place in graph_of(script, entry).places.items()
    }
    return [Ending(path, texts.get(path, ""), n, n / total) for path, n in last.most_common(most)]


def _words_heard(call: Call) -> Iterator[tuple[Kind, str]]:
    """What a person has heard on a call: kind and name of each."""
    yield "script", call.script.id
    for arm in filter(None, call.script.variant.split(";")):
        path = arm.partition("=")[0]
        if any(step == path or step.startswith((f"{path}.", f"{path}[")) for step in call.steps):
            yield "variant", arm
    if call.steps and call.script.entry in ("call", "follow_up"):
        yield "opener", call.steps[0]
    if call.reason_id and call.is_ in BURNS_REASON:
        yield "news", call.reason_id
    for step in dict.fromkeys(
        step.removeprefix(_ASIDE).partition("[")[0] for step in call.steps if step.startswith(_ASIDE)
    ):
        yield "objection", step


def answered(script: Script, calls: Iterable[Call]) -> Iterator[Call]:
    """The calls a person answered that were made with the script as it is worded now."""
    wording = (script.id, script.hash)
    return (c for c in counted(calls) if (c.script.id, c.script.hash) == wording and c.is_ in HUMAN)


def _lines(graph: Graph) -> Iterator[Place]:
    """The lines a call can come to."""

    def onward(path: str) -> list[str]:
        place = graph.places.get(path)
        if place is None:
            return []
        targets = [hop.target for hop in hops_from(place, place.timing or "on_time")]
        return [place.next, *targets] if place.timing else targets

    return (graph.places[path] for path in reached((graph.start,), onward) if path in graph.places)

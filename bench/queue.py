"""Who is called next among many: the policy, ranking everybody, an hour that strikes, and who is calling us."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bench import Row, beside
from bench.measure import percentile, processor_ms
from bench.people import NOW, ROOT, copy_of, folder_with, parts
from bench.stage import SilentDialer
from bench.stepped_clock import SteppedClock
from tui.cockpit.actions.session import FRAMES_A_TICK
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.queue.ranking import Ranking
from tui.domain.contact import Contact
from tui.domain.policy import next_step
from tui.domain.queue import Queue, item_of, window_of
from tui.plaintext import fold
from tui.script.files.library import Library
from tui.settings.settings import Settings
from tui.storage.tiny import TinyStore

_A_FRAME_MS = 16
_SAMPLE = 2_000


def rows(quick: bool = False) -> list[Row]:
    """Processor time of one thread; nothing here waits for a disk."""
    size = 5_000 if quick else 100_000
    folder = copy_of(folder_with(size), "queue")
    settings = parts(folder).settings
    store = TinyStore.open(folder)
    try:
        return [
            *_policy(store, settings),
            *_ranking(store, settings, size),
            *_hour(store, settings, size),
            *_callers(folder, store, settings, size),
        ]
    finally:
        store.close()


def _policy(store: TinyStore, settings: Settings) -> list[Row]:
    ranking = Ranking(store, settings)
    people = random.Random(3).sample(list(store.contacts()), _SAMPLE)
    cases = [(one, store.calls(one.id), ranking.bounds.number_in_hand(one).zones) for one in people]

    def decide() -> None:
        for one, calls, zones in cases:
            next_step(one, calls, settings.policy, NOW, zones=zones)

    def read_and_decide() -> None:
        for one in people:
            ranking.compute(store.contact(one.id) or one, store.calls(one.id), NOW)

    each = 1000 / _SAMPLE
    return [
        Row("policy, each contact", round(processor_ms(decide) * each, 1), "µs"),
        Row(
            "the same with reading the contact and its calls",
            round(processor_ms(read_and_decide) * each, 1),
            "µs",
        ),
    ]


def _ranking(store: TinyStore, settings: Settings, size: int) -> list[Row]:
    ranking = Ranking(store, settings)
    loading = processor_ms(lambda: ranking.load(NOW))
    steps = ranking.steps_of(list(store.contact_ids()))
    items = [item for one, step in steps.items() if (item := item_of(one, step, step.zones))]
    window = window_of(settings.policy.hours)
    building = processor_ms(lambda: Queue(items, NOW, NOW, window))
    keys = [(item.kind, item.due, item.value, item.id) for item in items]
    random.Random(5).shuffle(keys)
    sorting = processor_ms(keys.sort)
    someone = ranking.ready[len(ranking.ready) // 2]
    placing = [processor_ms(lambda: ranking.place_all({someone: steps[someone]})) for _ in range(50)]
    ranking.show("Autumn customers")
    return [
        Row(f"queue read and ranked, {size:,}", round(loading), "ms"),
        beside(f"queue built of {size:,}", building, "ms", "sorting as many keys", sorting),
        Row(
            "one outcome: its person goes to the right place, p99",
            round(percentile(placing, 99), 2),
            "ms",
            limit=_A_FRAME_MS,
        ),
        Row(f"another list of {size:,} shown", round(processor_ms(lambda: ranking.show("")), 1), "ms"),
    ]


def _hour(store: TinyStore, settings: Settings, size: int) -> list[Row]:
    """From a minute before nine until everybody whose day begins is there, a tick a second."""
    nine = NOW.replace(hour=9, minute=0, second=0)
    ranking = Ranking(store, settings)
    ranking.load(nine - timedelta(minutes=1))
    before, frames, seconds = len(ranking.ready), list[float](), 0
    while seconds < 3_600:
        at = nine + timedelta(seconds=seconds)
        frames += [processor_ms(lambda: _tick_and_look(ranking, at)) for _ in range(FRAMES_A_TICK)]  # noqa: B023
        seconds += 1
        if seconds > 3 and len(ranking.ready) == before:
            break
        before = len(ranking.ready)
    return [
        Row(f"an hour strikes, {size:,}: worst frame", round(max(frames), 1), "ms", limit=_A_FRAME_MS),
        Row("the same: until all have moved", seconds, "s"),
    ]


def _tick_and_look(ranking: Ranking, at: object) -> None:
    """What a tick of the app asks of the ranking."""
    ranking.tick(at)  # type: ignore[arg-type]
    len(ranking.held), len(ranking.later), ranking.title, ranking.is_demo


def _callers(folder: Path, store: TinyStore, settings: Settings, size: int) -> list[Row]:
    cockpit = Cockpit(store, settings, lambda: Library(ROOT / "scripts"), SilentDialer(), SteppedClock(NOW))
    people = list(store.contacts())
    building = processor_ms(cockpit.callers.build)
    asked = _what_is_typed(random.Random(11).sample(people, 24))
    ours = [processor_ms(lambda: cockpit.callers.look_up(text)) for text in asked]  # noqa: B023
    lines = [(fold(f"{one.name} {one.company}") + one.numbers[0].e164, one.id) for one in people]
    theirs = [processor_ms(lambda: [one for line, one in lines if fold(text) in line]) for text in asked]  # noqa: B023
    cockpit._state.ranking.load(NOW)
    finding = [processor_ms(lambda: asyncio.run(cockpit.queue.find(text))) for text in asked]  # noqa: B023
    return [
        Row(f"caller look-up made ready, {size:,}", round(building), "ms"),
        Row(
            f"search on the queue, each key, {size:,}, p95", round(percentile(finding, 95), 1), "ms", limit=30
        ),
        beside(
            f"caller look-up, each key, {size:,}, p95",
            percentile(ours, 95),
            "ms",
            "looking at all",
            percentile(theirs, 95),
            1,
        ),
    ]


def _what_is_typed(people: list[Contact]) -> list[str]:
    """What a rep types for each, key by key: the end of the number, the name, or the company."""
    typed: list[str] = []
    texts: tuple[Callable[[Contact], str], ...] = (
        lambda one: one.numbers[0].e164[-4:],
        lambda one: one.family.lower(),
        lambda one: one.company.lower(),
    )
    for place, one in enumerate(people):
        text = texts[place % len(texts)](one)
        typed += [text[:length] for length in range(2, min(len(text), 9) + 1)]
    return typed

"""How benches count: percentiles, and a stopwatch for work on one thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from math import ceil


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest of the values that so many percent of them do not exceed."""
    ranked = sorted(values)
    return ranked[max(ceil(len(ranked) * percent / 100), 1) - 1]


def processor_ms(work: Callable[[], object]) -> float:
    """Milliseconds of processor this thread needs for the work; other programs on the machine do not count."""
    began = time.thread_time()
    work()
    return (time.thread_time() - began) * 1000

"""How benches count: percentiles, and a stopwatch for work on one thread."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence
from math import ceil
from pathlib import Path


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest of the values that so many percent of them do not exceed."""
    ranked = sorted(values)
    return ranked[max(ceil(len(ranked) * percent / 100), 1) - 1]


def processor_ms(work: Callable[[], object]) -> float:
    """Milliseconds of processor this thread needs for the work; other programs on the machine do not count."""
    began = time.thread_time()
    work()
    return (time.thread_time() - began) * 1000


def most_memory() -> float:
    """The most memory this process held, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage counts what the parent held before it started us, too
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)

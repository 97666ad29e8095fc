"""What logging a call asks of the hands: keys, and seconds by the keystroke-level model, of five usual calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from bench import Row, beside

K_S = 0.28
"""A keystroke of an average typist who is no secretary, 40 words a minute. Source: Card, Moran and Newell 1980."""
M_S = 1.35
"""Getting ready in the mind for the next thing to do. Source: the same."""
FEWEST = 2
"""No call can be logged with fewer: a key that calls, and one that says how it went."""


class Step(Struct, frozen=True):
    """One thing the rep makes up their mind to do: words that are typed, or none, and keys."""

    keys: tuple[str, ...]
    words: str = ""
    """Typed before the keys."""

    @property
    def pressed(self) -> tuple[str, ...]:
        """Every key, the letters of the words too."""
        return (*self.words, *self.keys)


def _steps(*keys: str) -> tuple[Step, ...]:
    return tuple(Step((key,)) for key in keys)


CALLS = {
    "no_answer": _steps("enter", "n"),
    "voicemail": _steps("enter", "v"),
    "promise": (
        *_steps("enter", "enter"),
        Step(("enter",), "likes the offer"),
        *_steps("escape", "c"),
        Step(("enter",), "tomorrow 15:00"),
    ),
    "talked": (
        *_steps("enter", "enter"),
        Step(("enter",), "two vans, not three"),
        *_steps("escape", "t", "enter"),
    ),
    "nurture": _steps("enter", "enter", "escape", "l", "enter"),
}
"""The five calls of the main job (`tests/e2e/test_main_job.py`), by the outcome that is logged; the first key of each
calls the next person."""


def seconds(steps: Iterable[Step]) -> float:
    """How long these steps take by the model: M before each, K for each key."""
    return sum(M_S + K_S * len(step.pressed) for step in steps)


def rows() -> Iterator[Row]:
    """Keys per logged call beside the fewest possible, and the seconds of the model."""
    steps = [step for call in CALLS.values() for step in call]
    keys = sum(len(step.keys) for step in steps) / len(CALLS)
    yield beside(
        "keys per logged call, five usual ones, without words",
        keys,
        "",
        "the fewest possible, to call and to log",
        FEWEST,
    )
    letters = sum(len(step.words) for step in steps) / len(CALLS)
    yield Row("the same: letters typed", round(letters, 1), "")
    name = f"the same, keystroke-level model, K {K_S:g} s, M {M_S:g} s"
    yield Row(name, round(seconds(steps) / len(CALLS), 1), "s")

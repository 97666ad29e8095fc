"""How long a text takes to say."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui.script.languages import USUAL_RATE, WORDS_PER_MINUTE, base
from tui.script.variables import used_in, without_names

_WORD = re.compile(r"[\w'’-]+")
_NUMBER = re.compile(r"\+?\d[\d ]{2,}\d")
_STOP = re.compile(r"[.!?;:…](?=\s|$)")
_STOP_SECONDS = 0.35
_COMMA_SECONDS = 0.15
_WORDS_OF = {"my_number": 10, "phone": 10, "first_name": 1, "last_name": 1, "reason": 8}
"""Words a name usually stands for; the others count two."""


def words(text: str) -> int:
    """Spoken words of a text; each digit of a phone number is one."""
    stand_ins = sum(_WORDS_OF.get(used.name, 2) for used in used_in(text))
    bare = without_names(text, " ")
    digits = sum(sum(c.isdigit() for c in number) for number in _NUMBER.findall(bare))
    return stand_ins + digits + len(_WORD.findall(_NUMBER.sub(" ", bare)))


def seconds(text: str, language: str = "en", rates: Mapping[str, int] | None = None) -> float:
    """Seconds the text takes at a calm pace, pauses included. `rates`: words per minute by language."""
    by_language = {**WORDS_PER_MINUTE, **(rates or {})}
    rate = max(30, by_language.get(language) or by_language.get(base(language), USUAL_RATE))
    pauses = len(_STOP.findall(text)) * _STOP_SECONDS + text.count(",") * _COMMA_SECONDS
    return words(text) / rate * 60 + pauses

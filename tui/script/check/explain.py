"""What a code of the checker means: why it matters, a bad and a good sample, and when it is fine to ignore it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import fill
from typing import ClassVar

from tui.script.check.rulebook import RULES
from tui.yamlfile.contract import check, one, text, whole
from tui.yamlfile.node import Node
from tui.yamlfile.problem import Severity
from tui.yamlfile.read import read_file

FOLDER = Path(__file__).with_name("explained")
"""The texts, one file a family of rules."""
_WIDTH = 78
_NEVER = "It cannot be ignored: the file cannot be used as it is."
_NEVER_IN_SETTINGS = "Never. Until it is mended, the line does not count and the usual value does."
_SETTINGS = "PH9"
"""Codes that begin so are about config.yaml, where no comment silences a problem."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Entry:
    """One code as the files give it."""

    short_forms: ClassVar = ()
    why: str = text(required=True)
    bad: str = text()
    good: str = text(required=True)
    ignore: str = text()
    at: str = text()
    line: int | None = whole(1, 30)
    name: str = text()
    severity: str = one("error", "warning", "hint")


@dataclass(frozen=True, slots=True)
class Explanation:
    """One code of the checker."""

    code: str
    severity: Severity
    name: str
    cure: str
    """What to do, in a few words; empty where each problem says its own."""
    why: str
    bad: str
    """A sample on which it fires; empty where a few lines cannot show it."""
    good: str
    """The same, mended; or what to do, in words."""
    ignore: str
    """When it is fine to leave it as it is."""
    line: int = 0
    """The line of the bad sample (from 1) the code points at; 0: outside of it, at the script's title."""
    col: int = 0
    length: int = 0

    def text(self) -> str:
        """All of it for the terminal, the spot in the bad sample marked."""
        parts = [f"{self.code} {self.name} ({self.severity})", fill(self.why, _WIDTH)]
        if self.bad:
            parts.append("Not so:\n" + "\n".join(self._marked()))
            parts.append("But so:\n" + _indented(self.good))
        else:
            parts.append(fill("What to do: " + self.good, _WIDTH))
        parts.append(fill("When to leave it: " + self.ignore, _WIDTH))
        silenced = self.code in RULES or self.severity != "error"
        if silenced and not self.code.startswith(_SETTINGS):
            parts.append(f"To silence it, on its line or just above:  # ph: ignore {self.code} and why")
        return "\n\n".join(parts)

    def _marked(self) -> list[str]:
        rows = _indented(self.bad).split("\n")
        if self.line:
            rows.insert(self.line, " " * (self.col + 3) + "^" * self.length)
        return rows


def explain(code: str) -> Explanation | None:
    """What a code means, in any case (`ph507`); None when there is no such code."""
    return _explanations().get(code.strip().upper())


def codes() -> tuple[str, ...]:
    """Every code that can be explained, in order."""
    return tuple(sorted(_explanations()))


@cache
def _explanations() -> dict[str, Explanation]:
    found: dict[str, Explanation] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        node = read_file(path).node
        for code, entry in node.items() if node is not None else ():
            found[code] = _explanation(code, entry)
    return found


def _explanation(code: str, node: Node) -> Explanation:
    entry = check(node, _Entry, [])
    assert entry is not None, f"{node.file}: {code}"  # a file of this package; the tests read them all
    rule = RULES.get(code)
    severity: Severity = rule.severity if rule else "warning" if entry.severity == "warning" else "error"
    never = _NEVER_IN_SETTINGS if code.startswith(_SETTINGS) else _NEVER
    ignore = entry.ignore or (never if severity == "error" else "When you are sure.")
    line, col = _spot(entry)
    name, cure = (rule.name, rule.cure) if rule else (entry.name, "")
    bad, good = entry.bad.rstrip(), entry.good.rstrip()
    return Explanation(code, severity, name, cure, entry.why, bad, good, ignore, line, col, len(entry.at))


def _spot(entry: _Entry) -> tuple[int, int]:
    """Line and column (from 1) of the words pointed at in the bad sample; zeros when they stand outside of it."""
    rows = entry.bad.split("\n")
    numbers = [entry.line] if entry.line else range(1, len(rows) + 1)
    for number in numbers:
        if entry.at and (col := rows[number - 1].rfind(entry.at)) >= 0:
            return number, col + 1
    return 0, 0


def _indented(text: str) -> str:
    return "\n".join(f"    {row}" if row else "" for row in text.split("\n"))

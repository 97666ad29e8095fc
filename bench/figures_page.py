"""docs/figures.md, made from what the bench measured: `python -m bench --write`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bench import Row

PAGE = Path(__file__).parent.parent / "docs" / "figures.md"
_INTRO = """\
# How fast it is

Made by `python -m bench --write` (ten minutes). `--quick` takes two minutes and prints only, as `--json` does for
programs; names such as `store start` measure those parts alone. For `start` pip makes an environment for each of two
programs of others, in `XDG_CACHE_HOME` where that is set; without a network they are not measured. Milliseconds depend
on the machine and on what else it does. A ratio does so less: both sides were measured in the same run. The exit code
is 1 when a limit fails.
"""
_HEADINGS = {
    "store": "Saving and opening",
    "scripts": "Scripts",
    "start": "Starting",
    "keys": "Keys",
    "queue": "The queue",
    "importing": "Importing",
    "idle": "Doing nothing",
    "phone": "Somebody calls",
    "followup": "Next steps",
    "team": "Records of several reps",
}


def page(
    measured: Mapping[str, Sequence[Row]], machine: Mapping[str, object], versions: Mapping[str, str]
) -> str:
    """The whole page: where it was measured, then a table for each module of the bench."""
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    parts = [
        _INTRO,
        f"\nMeasured on {machine['system']}, {machine['processor']}, {machine['cores']} cores: {named}.\n",
    ]
    for name, rows in measured.items():
        parts.append(f"\n## {_HEADINGS.get(name, name)}\n\n")
        parts.append("| what | measured | beside | wanted | |\n|---|---|---|---|---|\n")
        parts += [_line(row) for row in rows]
    return "".join(parts)


def _line(row: Row) -> str:
    beside = "" if row.ratio is None else f"{row.ratio:,g} × {row.peer}"
    wanted = "" if row.limit is None else f"at most {row.limit:,g}{'' if row.ratio is None else ' ×'}"
    measured = row.why_not if row.value is None else f"{row.value:,.10g} {row.unit}".strip()
    cells = (row.name, measured, beside, wanted, row.verdict)
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |\n"

"""Screens of the program as SVG: one picture of one screen, or one that shows several, one after another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from xml.sax.saxutils import escape

from msgspec import Struct
from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from textual.app import App
from textual.strip import Strip

CELL, LINE, MARGIN = 8.4, 18, 14
"""Width of a character, height of a line, and what is free around the screen."""
FONT = "font:14px 'Fira Code','JetBrains Mono',ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace"


class Screen(Struct, frozen=True):
    """What stood on a screen at one moment."""

    strips: tuple[Strip, ...]
    paper: str
    """The colour behind everything, `#121212`."""


def screen_of(app: App[None]) -> Screen:
    """What the app shows now."""
    strips = tuple(app.screen._compositor.render_strips())
    background = app.screen.styles.background.rich_color
    return Screen(strips, background.get_truecolor(DEFAULT_TERMINAL_THEME).hex)


def picture(screen: Screen) -> str:
    """One screen as a file."""
    return moving(((screen, 0.0),))


def moving(frames: Sequence[tuple[Screen, float]], still: int = 0) -> str:
    """Screens one after another, for so many seconds each; `still` is the one shown where nothing may move.

    Motion is CSS alone, and there is none for who asked their system for less of it.
    """
    rows, looks = _Shared("r"), _Shared("c")
    drawn = [_frame(screen, rows, looks) for screen, _ in frames]
    first, whole = frames[0][0], sum(seconds for _, seconds in frames)
    wide = round(max(strip.cell_length for strip in first.strips) * CELL + 2 * MARGIN)
    high = len(first.strips) * LINE + 2 * MARGIN
    style = f"text{{{FONT};white-space:pre}}" + "".join(
        f".{name}{{{css}}}" for css, name in looks.known.items()
    )
    if len(frames) > 1:
        style += _motion([seconds for _, seconds in frames], whole, still)
    groups = "".join(f'<g id="f{at}" class="f">{one}</g>\n' for at, one in enumerate(drawn))
    defs = "".join(f'<g id="{name}">{svg}</g>\n' for svg, name in rows.known.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}">\n'
        f"<style>{style}</style>\n<defs>\n{defs}</defs>\n"
        f'<rect width="{wide}" height="{high}" rx="8" fill="{first.paper}"/>\n'
        f'<g transform="translate({MARGIN} {MARGIN})">\n{groups}</g>\n</svg>\n'
    )


class _Shared:
    """What is written once and named from wherever it is needed."""

    def __init__(self, letter: str) -> None:
        self.known: dict[str, str] = {}
        self._letter = letter

    def name(self, what: str) -> str:
        return self.known.setdefault(what, f"{self._letter}{len(self.known)}")


def _motion(seconds: Iterable[float], whole: float, still: int) -> str:
    style, begins = f".f{{visibility:hidden;animation:{whole:g}s step-end infinite}}", 0.0
    for at, lasts in enumerate(seconds):
        start, end = 100 * begins / whole, 100 * (begins + lasts) / whole
        before = (
            f"0%{{visibility:hidden}}{start:.2f}%{{visibility:visible}}" if at else "0%{visibility:visible}"
        )
        style += f"@keyframes k{at}{{{before}{end:.2f}%{{visibility:hidden}}}}#f{at}{{animation-name:k{at}}}"
        begins += lasts
    style += f"#f{still}{{visibility:visible}}"
    return (
        style
        + f"@media(prefers-reduced-motion:reduce){{.f{{animation:none!important}}#f{still}{{visibility:visible}}}}"
    )


def _frame(screen: Screen, rows: _Shared, looks: _Shared) -> str:
    lines = ((y, _row(strip, screen.paper, looks)) for y, strip in enumerate(screen.strips))
    return "".join(f'<use href="#{rows.name(row)}" y="{y * LINE}"/>' for y, row in lines if row)


def _row(strip: Strip, paper: str, looks: _Shared) -> str:
    svg, x = "", 0
    for style, run in groupby(strip, lambda segment: segment.style or Style()):
        text = "".join(segment.text for segment in run)
        cells = cell_len(text)
        ink, ground = _colours(style, paper)
        if ground != paper:
            svg += f'<rect x="{_at(x)}" width="{_at(cells)}" height="{LINE}" class="{looks.name(f"fill:{ground}")}"/>'
        svg += "".join(_words(text, x, _css(style, ink), looks))
        x += cells
    return svg


def _words(text: str, x: int, css: str, looks: _Shared) -> Iterable[str]:
    """The words of a run, each group with more than one blank beside it at its exact place."""
    for found in re.finditer(r"\S+(?: \S+)*", text):
        words, start = found[0], x + cell_len(text[: found.start()])
        yield (
            f'<text x="{_at(start)}" y="{LINE - 4.5}" textLength="{_at(cell_len(words))}" class="{looks.name(css)}">'
            f"{escape(words)}</text>"
        )


def _at(cells: int) -> str:
    return f"{cells * CELL:g}"


def _css(style: Style, ink: str) -> str:
    css = f"fill:{ink}"
    css += ";font-weight:bold" if style.bold else ""
    css += ";font-style:italic" if style.italic else ""
    return css + (";text-decoration:underline" if style.underline else "")


def _colours(style: Style, paper: str) -> tuple[str, str]:
    """Ink and ground of a run."""
    ink, ground = _hex(style.color, "#e0e0e0"), _hex(style.bgcolor, paper)
    return (ground, ink) if style.reverse else (ink, ground)


def _hex(colour: Color | None, otherwise: str) -> str:
    if colour is None or colour.is_default:
        return otherwise
    return colour.get_truecolor(DEFAULT_TERMINAL_THEME).hex

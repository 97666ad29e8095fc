"""Every theme can be read, by everybody, and without any colour at all."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from tui.widgets.colours import MARK, OURS, ROLES, TEXT, contrast, in_theme, readable

THEMES = {theme.name: theme for theme in (*BUILTIN_THEMES.values(), *OURS)}
ON_A_BAR = (*ROLES, "foreground")
MOST_SEVERE = {
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritan": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""What is seen without one kind of cone, for linear RGB: Machado, Oliveira and Fernandes, 2009."""
CGA = {
    "bright_cyan": "#55ffff",
    "bright_green": "#55ff55",
    "bright_yellow": "#ffff55",
    "bright_red": "#ff5555",
}
CGA |= {"blue": "#0000aa", "magenta": "#aa00aa", "red": "#aa0000"}
"""The palette of a plain terminal."""


def variables(name):
    theme = THEMES[name]
    return in_theme({**theme.to_color_system().generate(), **theme.variables}, dark=theme.dark)


def test_contrast_is_counted_as_wcag_does():
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#777"), Color.parse("#fff")) == pytest.approx(4.48, abs=0.01)


def test_what_cannot_be_read_is_moved_no_further_than_needed_and_what_can_be_stays():
    night, navy = Color.parse("#101010"), Color.parse("#000080")
    assert contrast(readable(navy, (night,), TEXT), night) == pytest.approx(TEXT, abs=0.9)
    assert readable(Color.parse("#ffcc00"), (night,), TEXT) == Color.parse("#ffcc00")


@pytest.mark.parametrize("name", [name for name, theme in THEMES.items() if not theme.ansi])
def test_b70_every_look_of_every_theme_can_be_read_where_it_stands(name):
    seen = {role: Color.parse(value) for role, value in variables(name).items() if value.startswith("#")}
    background, bar = seen["background"], seen["bar"]
    least = 7 if name == "high-contrast" else TEXT
    for role in ON_A_BAR:
        assert min(contrast(seen[role], background), contrast(seen[role], bar)) >= least, role
    assert contrast(seen["text-muted"], background) >= least
    assert min(contrast(seen[role], background) for role in ("rule", "text-disabled")) >= MARK
    assert contrast(bar, background) >= 1.2, "the chosen row is seen"
    assert contrast(seen["text-muted"], background) <= contrast(seen["foreground"], background)


@pytest.mark.parametrize("name", [name for name, theme in THEMES.items() if theme.ansi])
def test_a_theme_of_the_terminals_own_colours_uses_those_that_can_be_read(name):
    seen, paper = variables(name), Color.parse("#000000" if THEMES[name].dark else "#ffffff")
    assert {seen[role] for role in ("foreground", "text-muted", "text-disabled", "rule", "bar")} == {
        "ansi_default"
    }
    assert all(contrast(Color.parse(CGA[seen[role].removeprefix("ansi_")]), paper) >= TEXT for role in ROLES)


@pytest.mark.parametrize("sight", MOST_SEVERE)
@pytest.mark.parametrize("name", ["colour-blind-dark", "colour-blind-light"])
def test_b70_the_states_have_colours_that_differ_for_colour_blind_people(name, sight):
    seen = [
        lab_of(variables(name)[f"text-{role}"], sight) for role in ("success", "warning", "error", "primary")
    ]
    apart = [
        sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
        for place, one in enumerate(seen)
        for other in seen[place + 1 :]
    ]
    assert min(apart) >= 18, "steps of CIE Lab; 2 is the least that is seen"


def lab_of(colour, sight):
    """A colour in CIE Lab, as it is seen without one kind of cone."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in Color.parse(colour).normalized
    ]
    red, green, blue = (
        min(max(sum(share * part for share, part in zip(row, linear, strict=True)), 0), 1)
        for row in MOST_SEVERE[sight]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.0888
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("view", ["ringing", "talking", "call_over", "queue"])
async def test_b70_with_no_color_nothing_is_coloured_nor_grey(stage, all_views, monkeypatch, view):
    monkeypatch.setenv("NO_COLOR", "1")
    async with stage(all_views[view]) as s:
        styles = [segment.style for strip in s.app.screen._compositor.render_strips() for segment in strip]
    filtered = {style for style in styles if style}
    assert filtered
    for style in filtered:
        assert not style.dim
        assert all(colour is None or colour.is_default for colour in (style.color, style.bgcolor))
    if view == "queue":
        assert any(style.reverse and style.bold for style in filtered), "the chosen row"

"""Colours that can be read in every theme: one that is too near its background is moved away from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import App
from textual.color import BLACK, WHITE, Color
from textual.filter import LineFilter, NoColor
from textual.theme import Theme

TEXT, MARK = 4.5, 3.0
"""The least contrast of text, and of lines and signs: WCAG 2.2, 1.4.3 and 1.4.11."""
MOST_BAR = 1.55
"""The most contrast between the bar of a chosen row and what is around it."""
CONTRAST = "contrast"
"""A variable of a theme that asks for more than `TEXT`."""
ROLES: Mapping[str, str] = {
    "text-primary": "primary",
    "text-accent": "accent",
    "text-success": "success",
    "text-warning": "warning",
    "text-error": "error",
}
"""Coloured text, and the colour of the theme it comes from."""
ANSI: Mapping[bool, Mapping[str, str]] = {
    True: {
        "text-primary": "ansi_bright_cyan",
        "text-accent": "ansi_bright_cyan",
        "text-success": "ansi_bright_green",
        "text-warning": "ansi_bright_yellow",
        "text-error": "ansi_bright_red",
    },
    False: {
        "text-primary": "ansi_blue",
        "text-accent": "ansi_blue",
        "text-success": "ansi_blue",
        "text-warning": "ansi_magenta",
        "text-error": "ansi_red",
    },
}
"""Coloured text in the terminal's own colours, in a dark theme and in a light one: those that can be read."""
OURS = (
    Theme(
        "colour-blind-dark",
        primary="#e6ddff",
        accent="#f2f2f2",
        success="#56b4e9",
        warning="#f0e442",
        error="#ff7f2a",
        foreground="#e6e6e6",
        background="#101418",
        surface="#181d23",
        panel="#1f252c",
    ),
    Theme(
        "colour-blind-light",
        primary="#2a1050",
        accent="#1a1a1a",
        success="#0062a3",
        warning="#806000",
        error="#a8004f",
        foreground="#1a1a1a",
        background="#fbfbf8",
        surface="#f1f1ec",
        panel="#e8e8e2",
        dark=False,
    ),
    Theme(
        "high-contrast",
        primary="#5ce1ff",
        accent="#ffff00",
        success="#5cff8a",
        warning="#ffc400",
        error="#ff9a9a",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        variables={CONTRAST: "7"},
    ),
)
"""Themes beside those of Textual: two whose states differ for colour-blind people too, and one of high contrast."""


def contrast(one: Color, other: Color) -> float:
    """The ratio of two opaque colours, from 1 to 21, as WCAG counts it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def readable(colour: Color, on: Sequence[Color], least: float) -> Color:
    """The colour, moved towards white or black until its contrast on every background is at least so much."""
    pole = max((WHITE, BLACK), key=lambda end: min(contrast(end, one) for one in on))
    for step in range(17):
        moved = colour.blend(pole, step / 16)
        if all(contrast(moved, one) >= least for one in on):
            return moved
    return pole


def in_theme(variables: Mapping[str, str], *, dark: bool) -> dict[str, str]:
    """The variables of a theme with our own beside them, all readable.

    `bar` is what the chosen row stands on, `rule` the colour of lines and frames.
    """
    said = dict(variables)
    background = Color.parse(said["background"])
    if background.ansi is not None:
        plain = dict.fromkeys(("text-muted", "text-disabled", "foreground", "rule", "bar"), "ansi_default")
        return {**said, **plain, **ANSI[dark]}
    least = float(said.get(CONTRAST, TEXT))
    foreground, primary = Color.parse(said["foreground"]), Color.parse(said["primary"])
    bar = _bar(background, primary)
    on = (background, bar)
    made = {role: readable(Color.parse(said[source]), on, least) for role, source in ROLES.items()}
    made["foreground"] = readable(foreground, on, least)
    # No row that can be chosen is dimmer than text: these stand on no bar.
    made["text-muted"] = readable(foreground.blend(background, 0.35), (background,), least)
    made["text-disabled"] = made["rule"] = readable(foreground.blend(background, 0.65), (background,), MARK)
    made["input-selection-foreground"] = made["block-cursor-foreground"] = made["foreground"]
    made["bar"] = made["input-selection-background"] = made["block-cursor-background"] = bar
    return {**said, **{name: colour.hex6 for name, colour in made.items()}}


def _bar(background: Color, primary: Color) -> Color:
    """As much of the theme's first colour as is seen at once and leaves words on it their contrast."""
    bars = (background.blend(primary, share) for share in (0.3, 0.25, 0.2, 0.15, 0.1))
    return next(
        (bar for bar in bars if contrast(bar, background) <= MOST_BAR), background.blend(primary, 0.1)
    )


class ColouredApp(App[None], inherit_bindings=False):
    """A program in readable colours; with `NO_COLOR` in none, not even greys."""

    plain_glyphs = False
    """Signs are drawn in ASCII."""
    _colourless = NoColor()

    def choose_theme(self, name: str) -> None:
        """Show a theme, ours or one of Textual's; an unknown name changes nothing."""
        for theme in OURS:
            self.register_theme(theme)
        if name in self.available_themes:
            self.theme = name

    def get_css_variables(self) -> dict[str, str]:
        """What style sheets may use."""
        self.theme_variables = in_theme(super().get_css_variables(), dark=self.current_theme.dark)
        return self.theme_variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What is done to every line before it is painted."""
        return (self._colourless,) if self.no_color else super().get_line_filters()

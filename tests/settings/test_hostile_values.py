"""Whatever a shared file holds, nothing of it reaches a terminal raw, a page long, or as a line to paste."""

from __future__ import annotations

import pytest

from tui.settings.declare import ANY
from tui.settings.explain import explain
from tui.settings.settings import SETTINGS
from tui.yamlfile.problem import advised

EVIL = (
    '"\\e[2J\\u202Egnp"', '"\\e]52;c;ZXZpbA==\\a"', "$(rm -rf ~)", "x" * 1500, '"[@click=app.quit]x[/]"', '"a\\nb: c"',
)  # fmt: skip


def of(name: str, value: str) -> str:
    """One line that sets this."""
    text = value
    for part in reversed(name.split(".")):
        text = f"{{{part.replace(ANY, 'x1')}: {text}}}"
    return text[1:-1]


@pytest.mark.slow
@pytest.mark.parametrize("name", [one.name for one in SETTINGS])
def test_every_setting_says_a_hostile_value_as_plain_words(name, settings_from):
    for value in EVIL:
        found = settings_from(of(name, value))
        told = [advised(problem) for problem in found.problems]
        rows = [text for row in explain(found) for text in (row.key, row.value, row.origin)]
        assert [text for text in (*told, *rows) if not text.isprintable()] == []
        assert [text for text in told if len(text) > 900 or ":   " in text] == []


@pytest.mark.parametrize(
    "group", ["", "cadence", "outcomes", "keys", "defaults.en", "softphone", "dialer", "me"]
)
def test_a_hostile_key_is_plain_words_too(group, settings_from):
    for key in EVIL:
        line = f"{key}: 1" if not group else of(group, f"{{{key}: 1}}")
        for problem in settings_from(line).problems:
            assert advised(problem).isprintable()
            assert len(advised(problem)) < 900

"""The JSON Schema of config.yaml takes what the program takes, and marks what it would complain of."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.script.json_schema import accepts
from tui.cli.wiring import known
from tui.settings.declare import ANY
from tui.settings.schema import schema
from tui.settings.settings import SETTINGS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def fits():
    made = schema(known().themes, known().commands)
    return lambda text: accepts(made, yaml.safe_load(text))


def test_the_shipped_file_fits(fits):
    assert fits((ROOT / "config.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    "text",
    ["dialer: uri", "scripts: words", "editor: code --wait", "outcomes: {win: off}",
     "calling_window: {mon-thu: closed}",
     "calling_window: {law_packs: {IT: off}}", "calling_window: {law_packs: [all, -IT]}", "sessions: {alarm: off}",
     "keys: {queue.skip: x}", "lock: [cadence, cadence.per_7_days]", "me: {name: Sam}", "dialer: {prefix: ''}",
     "defaults: {de: {first_name: Sie}}", "scripts: {assign: [{script: one, lists: [fair], customer: yes}]}"],
)  # fmt: skip
def test_short_forms_fit(fits, text):
    assert fits(text)


@pytest.mark.parametrize(
    "text",
    ["cadance: {attempts: 3}", "cadence: {attempts: 99}", "cadence: {attempts: many}", "theme: drakula",
     "keys: {queue.skipp: x}", "lock: [cadence.per_7day]", "calling_window: {mon-fry: closed}",
     "outcomes: {demo: {is: won}}", "scripts: {assign: [{lists: [fair]}]}", "dialer: skype",
     "sessions: {minutes: [0]}"],
)  # fmt: skip
def test_a_mistake_is_marked(fits, text):
    assert not fits(text)


def test_every_setting_is_in_it_with_its_help():
    made = schema((), ())
    for setting in SETTINGS:
        at = made
        for name in setting.path:
            at = at.get("anyOf", [at])[-1]
            at = at["additionalProperties"] if name == ANY else at["properties"][name]
        assert setting.shape.doc in at["description"], setting.name

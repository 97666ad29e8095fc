"""The script during a call, as the screen gets it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui.script.library import Library
from tui.settings.settings import Speech

SCRIPT = """
title: Spring call
language: {language}
opener:
  seconds: 12
  steps:
    - say: Hi there, it is me.
      seconds: 5
    - Two minutes?
discovery:
  - ask: What are you working on this month that you could use help with?
close:
  - do: Write down the address.
"""


@pytest.fixture
def with_script(bench, tmp_path):
    """A bench whose reps read this script."""

    def make(text: str):
        (tmp_path / "spring_call.yaml").write_text(text, encoding="utf-8")
        bench.library = Library(tmp_path)
        return bench, bench.killed_and_started_again()

    return make


async def test_while_it_rings_the_time_of_the_opening_and_of_its_section_are_known(with_script):
    bench, cockpit = with_script(SCRIPT.format(language="en"))
    bench.people("Ann Rossi")
    await cockpit.open()
    view = await cockpit.ring_selected(5)
    assert view.script.takes == "6 s of 12 s"


async def test_each_line_says_how_long_it_takes_and_what_is_not_spoken_says_nothing(with_script):
    bench, cockpit = with_script(SCRIPT.format(language="en"))
    bench.people("Ann Rossi")
    await cockpit.open()
    await cockpit.ring_selected(5)
    bench.clock.step(3)
    view = await cockpit.answered()
    met = [view.script.takes]
    for _ in range(3):
        view = await cockpit.step_on()
        met.append(view.script.takes)
    assert met == ["5 s of 12 s", "1 s of 12 s", "6 s", ""]


async def test_the_house_s_own_pace_counts(with_script):
    bench, _ = with_script(SCRIPT.format(language="en"))
    bench.settings = replace(bench.settings, speech=Speech({"en": 75}))
    cockpit = bench.killed_and_started_again()
    bench.people("Ann Rossi")
    await cockpit.open()
    await cockpit.ring_selected(5)
    bench.clock.step(3)
    await cockpit.answered()
    await cockpit.step_on()
    view = await cockpit.step_on()
    assert view.script.takes == "11 s"

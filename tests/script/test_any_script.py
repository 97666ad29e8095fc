"""Whatever a script holds, looking at it never raises, hangs, or lets anything through."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.costly import costly
from tui.script.author.compare import differences, told, way_changes
from tui.script.author.drawings import mermaid_of, tree_of
from tui.script.author.html_page import page_of
from tui.script.author.paths import Pace, entries_of, ways_of
from tui.script.author.preview import Rehearsal
from tui.script.files.edit import resolved_text
from tui.script.files.load import load

pytestmark = pytest.mark.slow

FILES = sorted((Path(__file__).parents[2] / "scripts").glob("*.yaml"))
TEXTS = [file.read_text("utf-8").splitlines() for file in FILES]
LONGEST_S = 6.0
"""Far more than it takes, so that a busy machine is no failure; a hang is."""


def everything(path: Path) -> None:
    """Every way to look at a script."""
    resolved_text(path)
    script = load(path).script
    if script is not None:
        tree_of(script)
        page_of(script)
        for entry in entries_of(script):
            mermaid_of(script, entry)
            assert ways_of(script, entry).ways
        other = load(FILES[0]).script
        for one in (differences(script, other), differences(other, script)):
            assert all(told(difference, Pace()) for difference in one)
        way_changes(script, other)
    walk_about(path)


def walk_about(path: Path) -> None:
    rehearsal = Rehearsal(path)
    for way in rehearsal.ways:
        rehearsal.begin(way)
        for digit in (1, 2, 9, 0):
            rehearsal.answer(digit)
            rehearsal.on()
        assert rehearsal.so_far >= 0
        assert rehearsal.place_on_disk[1] >= 1


@costly
@given(
    lines=st.sampled_from(TEXTS),
    gone=st.sets(st.integers(0, 120), max_size=6),
    moved=st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=4),
)
def test_a_script_with_lines_lost_or_in_the_wrong_place(tmp_path_factory, lines, gone, moved):
    kept = [line for number, line in enumerate(lines) if number not in gone]
    for here, there in moved:
        if here < len(kept):
            kept.insert(there, kept[here])
    folder = tmp_path_factory.mktemp("any")
    for name in ("_house.yaml", "_house_it.yaml"):
        (folder / name).write_bytes(FILES[0].with_name(name).read_bytes())
    path = folder / "a.yaml"
    path.write_text("\n".join(kept), "utf-8")
    everything(path)


def test_a_script_of_thousands_of_lines_keeps_nobody_waiting(tmp_path):
    asks = "".join(f"  - {{ask: Question {n}?, answers: [a, b], when: x is known}}\n" for n in range(1_200))
    path = tmp_path / "long.yaml"
    path.write_text(f"title: Long\ndiscovery:\n{asks}", "utf-8")
    script = load(path).script
    assert script is not None
    begun = time.process_time()
    assert ways_of(script).more
    page_of(script)
    tree_of(script)
    mermaid_of(script)
    assert time.process_time() - begun < LONGEST_S


def test_snippets_that_use_each_other_end(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        "title: A\nopener: [{use: one}]\nsnippets: {one: [{use: two}, Hi.], two: [{use: one}, Ho.]}\n",
        "utf-8",
    )
    everything(path)


def test_a_hostile_script_writes_nothing_a_terminal_obeys(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text('title: "A\\x1b[2J"\nopener: "Hi \\u202e \\x9b there"\n', "utf-8")
    script = load(path).script
    shown = resolved_text(path)[0]
    if script is not None:
        shown += "\n".join(tree_of(script)) + mermaid_of(script) + page_of(script)
    assert not set(shown) & set("\x1b\x9b\u202e")

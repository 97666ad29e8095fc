"""One value of a file is changed; every other byte of it stays, and what cannot be read is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.yamlfile.change import NotChangedError, with_value, without_value
from tui.yamlfile.problem import flow
from tui.yamlfile.read import read_text

FILE = """\
# My own settings, kept in my dotfiles.

me:
  name: Sam Reed   # as customers know me
  # number: to come
theme: "nord"      # until spring
sessions: {minutes: [15, 5], goal: {conversations: 4}}   # short days
what_i_like: tea
cadence:
  gaps:            # slower
    - 2d           # the first
    - 4d
  attempts: 4
keys:
    queue.ring: "f5"
# the end
"""
CASES = {
    "a text keeps its comment": (
        ("me", "name"),
        "Sam",
        "  name: Sam Reed   # as customers know me",
        "  name: Sam   # as customers know me",
    ),
    "one in quotes": (("theme",), "dracula", 'theme: "nord"      # until', "theme: dracula      # until"),
    "a line of its own in a group": (
        ("me", "number"),
        "+44 20 7946 0955",
        "  name: Sam Reed   # as customers know me\n",
        '  name: Sam Reed   # as customers know me\n  number: "+44 20 7946 0955"  # new\n',
    ),
    "between braces": (
        ("sessions", "goal", "next_steps"),
        "1",
        "goal: {conversations: 4}}",
        "goal: {conversations: 4, next_steps: 1}}",
    ),
    "a group between braces": (
        ("sessions", "alarm"),
        "off",
        "goal: {conversations: 4}}",
        "goal: {conversations: 4}, alarm: off}",
    ),
    "a list of lines": (
        ("cadence", "gaps"),
        ["1d", "9d"],
        "  gaps:            # slower\n    - 2d           # the first\n    - 4d\n",
        "  # slower\n  # the first\n  gaps: [1d, 9d]\n",
    ),
    "as far in as its neighbours": (
        ("keys", "queue.skip"),
        "x",
        '    queue.ring: "f5"\n',
        '    queue.ring: "f5"\n    queue.skip: x  # new\n',
    ),
    "a group of its own": (
        ("queue", "fresh_share"),
        "50%",
        "# the end\n",
        "# the end\nqueue:\n  fresh_share: 50%  # new\n",
    ),
    "a group in a new group": (
        ("speech", "words_per_minute", "en"),
        "140",
        "# the end\n",
        "# the end\nspeech:\n  words_per_minute: {en: 140}  # new\n",
    ),
}
"""Path, value, what stands there, and what stands there afterwards."""


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "bom"])
@pytest.mark.parametrize(("path", "value", "before", "after"), CASES.values(), ids=CASES)
def test_only_that_value_differs(path, value, before, after, mark, ends):
    text = mark + FILE.replace("\n", ends)
    assert FILE.count(before) == 1
    wanted = mark + FILE.replace(before, after).replace("\n", ends)
    assert with_value(text, "config.yaml", path, value, "new") == wanted


GONE = {
    "with its line": (("cadence", "attempts"), "  attempts: 4\n", ""),
    "its comment stays": (
        ("me", "name"),
        "me:\n  name: Sam Reed   # as customers know me\n",
        "# as customers know me\n",
    ),
    "from braces, the first": (("sessions", "minutes"), "{minutes: [15, 5], goal", "{goal"),
    "from braces, with its group": (
        ("sessions", "goal", "conversations"),
        ", goal: {conversations: 4}}",
        "}",
    ),
    "a list with its comments": (
        ("cadence", "gaps"),
        "  gaps:            # slower\n    - 2d           # the first\n    - 4d\n",
        "  # slower\n  # the first\n",
    ),
    "with a group that is empty then": (("keys", "queue.ring"), 'keys:\n    queue.ring: "f5"\n', ""),
}


@pytest.mark.parametrize(("path", "before", "after"), GONE.values(), ids=GONE)
def test_a_value_goes_and_nothing_else(path, before, after):
    assert FILE.count(before) == 1
    assert without_value(FILE, "config.yaml", path) == FILE.replace(before, after)


def test_what_is_not_there_need_not_go():
    assert without_value(FILE, "config.yaml", ("me", "title")) == FILE


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("", "me:\n  name: Sam\n"),
        ("# nothing yet", "# nothing yet\nme:\n  name: Sam\n"),
        ("me:\n", "me: {name: Sam}\n"),
        ("me: ~  # later\ntheme: nord", "me: {name: Sam}  # later\ntheme: nord"),
        ("theme: nord", "theme: nord\nme:\n  name: Sam\n"),
        ("theme: nord\n...\n", "theme: nord\nme:\n  name: Sam\n...\n"),
        ("{theme: nord}\n", "{theme: nord, me: {name: Sam}}\n"),
        ("me: {}\n", "me: {name: Sam}\n"),
        ("me: {\n  title: Buyer,   # soon\n}\n", "me: {\n  title: Buyer, name: Sam,   # soon\n}\n"),
        ("theme: &mine nord\nme: {title: Buyer}\n", "theme: &mine nord\nme: {title: Buyer, name: Sam}\n"),
        ("me:\n  title: |\n    Buyer\n\n# end\n", "me:\n  title: |\n    Buyer\n  name: Sam\n\n# end\n"),
    ],
)
def test_a_name_finds_its_place(text, after):
    assert with_value(text, "config.yaml", ("me", "name"), "Sam") == after


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("me:\n\tname: Sam\n", 2, "TAB"),
        ("me: {name: Sam\n", 1, ""),
        ("<<<<<<< mine\ntheme: nord\n", 1, "two versions"),
        ("- a list\n", 1, "must hold settings"),
        ("theme: nord\nme: Sam Reed\n", 2, "cannot be changed here"),
        ("me: *somebody\n", 1, ""),
    ],
)
def test_what_cannot_be_read_is_left_alone_and_the_place_is_said(text, line, said):
    with pytest.raises(NotChangedError) as refused:
        with_value(text, "config.yaml", ("me", "name"), "Sam")
    assert (refused.value.problem.file, refused.value.problem.line) == ("config.yaml", line)
    assert said in refused.value.problem.message


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12)
KEYS = st.sampled_from([("me", "name"), ("theme",), ("sessions", "goal", "conversations"), ("a", "b", "c")])


@given(st.lists(st.tuples(KEYS, st.one_of(WORDS, st.lists(WORDS, max_size=3))), max_size=6), st.booleans())
def test_whatever_is_written_is_read_again(changes, ends):
    text, expected = (FILE.replace("\n", "\r\n") if ends else FILE), {}
    for path, value in changes:
        text = with_value(text, "config.yaml", path, value)
        expected[path] = value
    root = read_text(text, "").node
    for path, value in expected.items():
        node = root
        for name in path:
            node = node.get(name)
        assert node.plain() == value, flow(value)
    for comment in ("# as customers know me", "# short days", "# the first", "# the end", "what_i_like: tea"):
        assert comment in text

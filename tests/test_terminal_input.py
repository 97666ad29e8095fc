"""What comes in from a terminal: the same bytes are the same keys, wherever the reads split them."""

from __future__ import annotations

import sys
from itertools import combinations

import pytest
from textual import events

from tui.system.terminal import PASTE_GAP_S, PASTE_LEAST, PASTE_REST_S, KeyParser, install_reader


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives characters")
@pytest.mark.parametrize("parts", [[b"M\xfcller"], [b"M\xfc", b"ller"], [b"M", b"\xfcl", b"ler"]])
def test_a_latin_letter_is_a_mark_and_the_rest_is_read(parts):
    from textual.drivers import linux_driver

    assert hasattr(linux_driver, "getincrementaldecoder")
    install_reader()
    decoder = linux_driver.getincrementaldecoder("utf-8")()
    assert "".join(map(decoder.decode, parts)) == "M\ufffdller"
    assert decoder.decode("ü".encode()[:1]) + decoder.decode("ü".encode()[1:]) == "ü"


class Reader:
    """A parser with a clock of its own."""

    def __init__(self):
        self.now = 0.0
        self.parser = KeyParser()
        self.parser.clock = lambda: self.now
        self.came = []

    def read(self, *reads):
        for one in reads:
            self._take(self.parser.feed(one))
            self._take(self.parser.tick())
        return self

    def rest(self, seconds=1.0):
        self.now += seconds
        self._take(self.parser.tick())
        return self

    def _take(self, messages):
        self.came += [
            one.text
            if isinstance(one, events.Paste)
            else one.key
            if isinstance(one, events.Key)
            else type(one)
            for one in messages
        ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("\x1bto vans\x1b[D", ["escape", "t", "o", "space", *"vans", "left"]),
        ("\x1b\rabc", ["escape", "enter", *"abc"]),
        ("\x1b1\x1bb\x1b\t\x1b\x7f", ["escape", "1", "escape", "b", "escape", "tab", "escape", "backspace"]),
        ("\x1b" + "a" * 40, ["escape", *"a" * 40]),
        ("\x1b\x1b[A", ["escape", "up"]),
        ("aaa\rbbb\x7fc\r", [*"aaa", "enter", *"bbb", "backspace", "c", "enter"]),
        ("a\x1b[3~\x1b[Z\x1bOPb", ["a", "delete", "shift+tab", "f1", "b"]),
        # Answers of a terminal nobody asked for, and keys nobody knows, take no other key with them.
        ("\x1bP1$r0m\x1b\\x\x1b]10;rgb:ff/ff\x07y\x1b[?1;2cz", ["x", "y", "z"]),
        ("\x1b[200~two\x1bn\x1b[A vans\r\nthree\r\x1b[201~\rx", ["two\x1bn\x1b[A vans\nthree", "enter", "x"]),
    ],
)
def test_the_same_bytes_are_the_same_keys_wherever_they_are_split(typed, meant):
    assert Reader().read(typed).rest().came == meant
    for first, second in combinations(range(1, len(typed)), 2):
        parts = typed[:first], typed[first:second], typed[second:]
        assert Reader().read(*parts).rest().came == meant


def test_esc_and_what_began_like_a_sequence_are_keys_after_the_escape_delay():
    assert Reader().read("\x1b").rest(0.05).came == []
    assert Reader().read("\x1b").rest().came == ["escape"]
    assert Reader().read("\x1b]ab").rest().came == ["escape", "right_square_bracket", "a", "b"]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_many_characters_with_line_ends_in_one_read_are_one_paste(end):
    pasted = f"They have a van already{end}{end}Call after the fair{end}"
    came = Reader().read("a", pasted, "\x1b[A").came
    assert came == ["a", "They have a van already\n\nCall after the fair", "up"]


def test_a_paste_in_several_reads_is_one_and_a_key_after_a_rest_is_none_of_it():
    reader = Reader().read("x" * (PASTE_LEAST - 1) + "\ry", "\rlast line")
    assert reader.came == []
    assert reader.rest(PASTE_GAP_S).read("\r").came == ["x" * (PASTE_LEAST - 1) + "\ny\nlast line", "enter"]


def test_what_can_be_typed_while_a_program_is_held_up_is_typed():
    assert Reader().read("x" * (PASTE_LEAST - 3) + "\ry").came == [*"x" * (PASTE_LEAST - 3), "enter", "y"]
    assert Reader().read("x" * 40 + "\r").came == [*"x" * 40, "enter"]
    assert Reader().read("x" * 40 + "\x7f\ry").came == [*"x" * 40, "backspace", "enter", "y"]


def test_a_paste_whose_end_never_comes_locks_nothing():
    reader = Reader().read("\x1b[200~two vans")
    assert reader.came == []
    assert reader.rest(PASTE_REST_S).read("n").came == ["two vans", "n"]

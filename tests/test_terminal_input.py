"""Bytes that are no UTF-8 come in from a terminal as a visible mark, wherever the reads split them."""

from __future__ import annotations

import sys

import pytest

from tui.terminal_input import show_foreign_bytes


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives characters")
@pytest.mark.parametrize("parts", [[b"M\xfcller"], [b"M\xfc", b"ller"], [b"M", b"\xfcl", b"ler"]])
def test_a_latin_letter_is_a_mark_and_the_rest_is_read(parts):
    from textual.drivers import linux_driver

    assert hasattr(linux_driver, "getincrementaldecoder")
    show_foreign_bytes()
    decoder = linux_driver.getincrementaldecoder("utf-8")()
    assert "".join(map(decoder.decode, parts)) == "M\ufffdller"
    assert decoder.decode("ü".encode()[:1]) + decoder.decode("ü".encode()[1:]) == "ü"

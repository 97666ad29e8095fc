"""What somebody types on the command line is stored whole, or refused with a sentence: never cut in silence."""

from __future__ import annotations

import pytest

LONG = " ".join(["because they said so"] * 20)
"""Longer than some records once held."""
TOO_LONG = "no " * 400

WAYS = {
    "a hand-over's note": ("hand-over", "ann", "--to", "Kim", "--agreed", "--note"),
    "why not to call": ("dnc", "add", "+442079460100", "--why"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_long_text_is_kept_whole_and_a_longer_one_refused(imported, data, way):
    refused = imported(*WAYS[way], TOO_LONG)
    assert refused.code == 1
    assert "A text holds 500 characters here, and this one has 1,200. Nothing was saved." in refused.err
    assert imported(*WAYS[way], LONG).code == 0
    assert LONG in (data / "sessions.json").read_text()

"""What comes in from a terminal: bytes that are no UTF-8 are shown, where Textual's reader would end the program."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from functools import partial


def show_foreign_bytes() -> None:
    """From now on a byte that is no UTF-8 comes in as `�`. A terminal that speaks Latin-1 sends them for ü and é."""
    try:
        from textual.drivers import linux_driver
    except ImportError:  # Windows gives characters, not bytes
        return
    vars(linux_driver)["getincrementaldecoder"] = _forgiving


def _forgiving(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")

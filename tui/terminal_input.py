"""What comes in from a terminal: bytes that are no UTF-8 are shown, and its end is noticed.

Textual's reader would end the program at such a byte, and read the end of a closed window again and again for ever.
"""

from __future__ import annotations

import codecs
import time
from collections.abc import Callable

_AFTER_THE_END_S = 0.05
"""The reader looks again at once; it is not to take a whole processor until the program has ended."""


def show_foreign_bytes(at_the_end: Callable[[], None] = lambda: None) -> None:
    """From now on a byte that is no UTF-8 comes in as `�`. A terminal that speaks Latin-1 sends them for ü and é.

    `at_the_end` is called, by the reader's thread, when nothing can come in any more: the window was closed.
    """
    try:
        from textual.drivers import linux_driver
    except ImportError:  # Windows gives characters, not bytes
        return
    forgiving = codecs.getincrementaldecoder("utf-8")

    class Decoder(forgiving):  # type: ignore[misc, valid-type]
        def decode(self, data: bytes, final: bool = False) -> str:
            if not data and not final:
                at_the_end()
                time.sleep(_AFTER_THE_END_S)
            return str(super().decode(data, final))

    vars(linux_driver)["getincrementaldecoder"] = lambda _: lambda: Decoder(errors="replace")

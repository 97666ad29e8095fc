"""`python -m tui`, the same program as `powerhour`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    # Nothing is garbage while the program is being read, and looking for it takes a tenth of the start.
    gc.disable()
    if os.environ.get("TERM_PROGRAM") == "iTerm.app":
        # With the kitty protocol iTerm drops composed characters. Textual reads this once, at its first import.
        os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    from tui.cli import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()

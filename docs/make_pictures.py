"""Makes the pictures of the README with the program itself: `python -m docs.make_pictures`."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from tests.seeded_store import SeededRep
from tui.dialer.protocol import CallState

HERE = Path(__file__).resolve().parent


async def picture(name: str, *keys: str) -> None:
    """Press keys on the first screen over the seeded store and keep what is seen as docs/NAME.svg."""
    with tempfile.TemporaryDirectory() as folder:
        rep = SeededRep(Path(folder))
        async with rep.app.run_test(size=(80, 24)) as pilot:
            await rep.ready()
            await pilot.press(*keys)
            if rep.phone.rung:
                await rep.phone.say("line-1", CallState.RINGING)
                await rep.tick(7)
            await pilot.pause(0.3)
            drawn = rep.app.export_screenshot(title="Power Hour")
    # Ids in the file change with every run; the picture should not.
    (HERE / f"{name}.svg").write_text(re.sub(r"terminal-\d+", "terminal", drawn), "utf-8")


if __name__ == "__main__":
    asyncio.run(picture("queue"))
    asyncio.run(picture("call", "down", "enter"))

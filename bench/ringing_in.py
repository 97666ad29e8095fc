"""Somebody calls: from their INVITE to their card and the words for them on the screen, with a large store."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bench import Row
from bench.measure import percentile
from bench.people import copy_of, folder_with, number
from bench.stage import Stage, Written, staged
from tests.e2e.sip.lab import Sipp, free_port, write_wav
from tests.e2e.sip.scenarios import caller
from tui.dialer.softphone.account import Account
from tui.dialer.softphone.softphone import Softphone
from tui.script.language.line import said_in

_LOOKS = re.compile("\x1b\\[[0-9;]*m")
_SENT = re.compile(r"-{20,} (\S+[ \t]\S+)\s+UDP message sent.*?\n\nINVITE ", re.DOTALL)
"""When sipp sent its INVITE, as it notes it itself: local time with microseconds."""
_MARK = 20
"""Letters of a line that are looked for; a longer text may be broken into two lines."""
_STEP = 1_009
"""From one caller's place to the next's, so that they come from all over the list."""
_PATIENCE_S = 10.0


def rows(quick: bool) -> list[Row]:
    """The figure that is promised, and what lies in the middle."""
    size, rounds = (5_000, 5) if quick else (100_000, 40)
    took = asyncio.run(_measured(copy_of(folder_with(size), "ringing-in"), size, rounds))
    said = f"From a caller's INVITE to card and words painted, {size:,}"
    return [
        Row(f"{said}, p95", round(percentile(took, 95), 1), "ms", limit=150),
        Row("the same, median", round(percentile(took, 50), 1), "ms"),
    ]


async def _measured(data: Path, size: int, rounds: int) -> list[float]:
    with tempfile.TemporaryDirectory(prefix="ph-") as folder:
        place, port = Path(folder), free_port()
        account = Account(
            f"sip:rep@127.0.0.1:{free_port()}",
            transport="udp",
            encryption="off",
            register=False,
            microphone=f"aufile,{write_wav(place / 'silence.wav', 120)}",
            speaker="aubridge,play",
            listen=f"127.0.0.1:{port}",
            interface="127.0.0.1",
        )
        phone = Softphone(account, environ={**os.environ, "XDG_RUNTIME_DIR": folder})
        await phone.start()
        async with staged(data, phone=phone) as stage:
            callers = (number(turn * _STEP % size) for turn in range(rounds))
            return [await _one(stage, place, port, e164) for e164 in callers]


async def _one(stage: Stage, folder: Path, port: int, e164: str) -> float:
    """Milliseconds for one caller, who is declined once they are seen."""
    notes = folder / f"sipp-{time.monotonic_ns()}.log"
    arguments = ("-s", "rep", "-key", "caller", e164, "-key", "shown", "", "-trace_msg")
    stage.written.clear()
    ahead = time.time() - time.perf_counter()
    async with Sipp(
        folder, caller("is_declined"), *arguments, "-message_file", str(notes), f"127.0.0.1:{port}"
    ) as somebody:
        await _until(lambda: stage.app.cockpit.view.ringing is not None)
        await stage.rest()
        drawn = list(stage.written)
        ringing = stage.app.cockpit.view.ringing
        if ringing is None or not ringing.rows:
            raise AssertionError(f"nobody was found for {e164}")
        words = said_in(stage.app.cockpit.callers.words(ringing.rows[0].contact_id))
        await stage.press("ctrl+x")
        if await somebody.verdict():
            raise AssertionError("the call did not go as it should")
    await _until(lambda: stage.app.cockpit.view.ringing is None)
    await stage.rest()
    sent = _SENT.search(notes.read_text())
    if sent is None:
        raise AssertionError("sipp did not note when it rang")
    began = datetime.fromisoformat(re.sub(r"\s", " ", sent[1])).timestamp() - ahead
    return 1e3 * (max(_first(drawn, ringing.rows[0].name), _first(drawn, words)) - began)


def _first(drawn: list[Written], text: str) -> float:
    """When the beginning of this text was first written."""
    return next(one.at for one in drawn if text[:_MARK] in _LOOKS.sub("", one.text))


async def _until(happened: Callable[[], bool]) -> None:
    end = time.perf_counter() + _PATIENCE_S
    while not happened():
        if time.perf_counter() > end:
            raise TimeoutError("nobody rang, or it did not stop")
        await asyncio.sleep(0.005)

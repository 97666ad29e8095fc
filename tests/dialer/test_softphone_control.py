"""The connection to the softphone that takes commands and tells events."""

from __future__ import annotations

import asyncio
from unittest.mock import MagicMock

import pytest

from tui.dialer.softphone.control import Control

EVENT = b'{"event": true, "type": "CALL_INCOMING"}'


@pytest.mark.parametrize("at_once", [b"%d:%s," % (len(EVENT), EVENT), b""], ids=["told", "broken"])
async def test_nothing_is_told_before_it_is_connected(
    monkeypatch: pytest.MonkeyPatch, at_once: bytes
) -> None:
    reader = asyncio.StreamReader()
    reader.feed_data(at_once)
    reader.feed_eof()

    async def opened(*_: object) -> tuple[asyncio.StreamReader, MagicMock]:
        return reader, MagicMock()

    monkeypatch.setattr(asyncio, "open_connection", opened)
    told: list[str] = []
    control = Control(lambda message: told.append(str(message["type"])), lambda: told.append("lost"))
    await control.connect(0, 60)
    assert (control.connected, told) == (True, [])
    async with asyncio.timeout(60):
        while control.connected:
            await asyncio.sleep(0)
    assert told == (["CALL_INCOMING", "lost"] if at_once else ["lost"])


async def test_a_cancel_that_comes_with_the_answer_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = asyncio.StreamReader()

    async def opened(*_: object) -> tuple[asyncio.StreamReader, MagicMock]:
        return reader, MagicMock()

    monkeypatch.setattr(asyncio, "open_connection", opened)
    control = Control(lambda _: None, lambda: None)
    await control.connect(0, 60)
    asking = asyncio.create_task(control.command("listcalls", "", 60))
    while not control._waiting:
        await asyncio.sleep(0)
    (answer,) = control._waiting.values()
    answer.set_result("none")
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await control.close()

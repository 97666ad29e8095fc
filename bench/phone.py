"""The telephone: from a key to the bell, and who is calling among 100,000 people. The calls need baresip and sipp."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import socket
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import Row, beside, ringing_in
from bench.people import number
from tests.e2e.sip.lab import Ear, free_port, who_answers, write_wav
from tui.dialer.protocol import CallState
from tui.dialer.softphone.account import Account
from tui.dialer.softphone.calls import Limits
from tui.dialer.softphone.softphone import Softphone
from tui.phone import CallerIndex, MatchKind

_INVITE = """\
INVITE sip:rep@127.0.0.1:{us} SIP/2.0
Via: SIP/2.0/UDP 127.0.0.1:{them};branch=z9hG4bK{once}
From: <sip:{caller}@127.0.0.1>;tag={once}
To: <sip:rep@127.0.0.1:{us}>
Call-ID: {once}
CSeq: 1 INVITE
Contact: <sip:caller@127.0.0.1:{them}>
Max-Forwards: 70
Content-Length: 0

"""
PEOPLE = 100_000
LOOK_UPS = 10_000
COUNTRY = "GB"


def rows(quick: bool = False) -> list[Row]:
    """Look-ups always; calls where both programs are installed."""
    numbers = [(f"c{place}", number(place)) for place in range(10_000 if quick else PEOPLE)]
    found = _look_ups(numbers)
    if shutil.which("baresip") and shutil.which("sipp"):
        found += asyncio.run(_calls(5 if quick else 30, CallerIndex(numbers)))
        found += ringing_in.rows(quick)
    else:
        print("bench.phone: no calls measured; apt install baresip-core sip-tester", file=sys.stderr)
    return found


def _look_ups(numbers: list[tuple[str, str]]) -> list[Row]:
    began = time.perf_counter()
    index = CallerIndex(numbers)
    built = time.perf_counter() - began
    chance = random.Random(7)
    shown = [_as_a_telephone_shows_it(chance.choice(numbers)[1], chance) for _ in range(LOOK_UPS)]
    took = _each(lambda text: _found(index, text), shown)
    with sqlite3.connect(":memory:") as base:
        base.execute("create table person (id text, e164 text)")
        base.executemany("insert into person values (?, ?)", numbers)
        base.execute("create index by_number on person (e164)")
        exact = [chance.choice(numbers)[1] for _ in range(LOOK_UPS)]
        query = "select id from person where e164 = ?"
        peer = _each(lambda e164: base.execute(query, (e164,)).fetchall(), exact)
    among = f"among {len(numbers) // 1000}k people"
    return [
        beside(
            f"{LOOK_UPS // 1000}k caller look-ups {among}, in all",
            1e3 * sum(took),
            "ms",
            "SQLite by index, E.164 given",
            1e3 * sum(peer),
        ),
        Row(f"A caller's number to the person {among}, p99", round(1e3 * _part(took, 99), 3), "ms", limit=20),
        Row(
            f"Building the caller index of {len(numbers) // 1000}k people",
            round(1e3 * built, 1),
            "ms",
            limit=1000,
        ),
    ]


def _as_a_telephone_shows_it(e164: str, chance: random.Random) -> str:
    """The same number in one of the ways networks and switchboards send it."""
    ways: list[Callable[[str], str]] = [
        lambda e: e,
        lambda e: "00" + e[1:],
        lambda e: e[1:],
        lambda e: "0" + e[3:] if e.startswith("+44") else "00" + e[1:],
    ]
    return chance.choice(ways)(e164)


def _found(index: CallerIndex, text: str) -> None:
    if index.find(text, COUNTRY).kind is not MatchKind.EXACT:
        raise AssertionError(f"nobody found for {text}")


def _each(work: Callable[[str], object], over: list[str]) -> list[float]:
    took = []
    for one in over:
        began = time.perf_counter()
        work(one)
        took.append(time.perf_counter() - began)
    return took


async def _calls(rounds: int, index: CallerIndex) -> list[Row]:
    ringing: list[float] = []
    closed: list[float] = []
    announced: list[float] = []
    with tempfile.TemporaryDirectory(prefix="ph-") as folder:
        place = Path(folder)
        theirs, mine = free_port(), free_port()
        account = Account(
            f"sip:rep@127.0.0.1:{theirs}",
            transport="udp",
            encryption="off",
            register=False,
            microphone=f"aufile,{write_wav(place / 'silence.wav', 120)}",
            speaker="aubridge,play",
            listen=f"127.0.0.1:{mine}",
            interface="127.0.0.1",
        )
        environ = {**os.environ, "XDG_RUNTIME_DIR": folder}
        phone = Softphone(account, limits=Limits(between_dials=0), environ=environ)
        await phone.start()
        try:
            for turn in range(rounds):
                rang, hung_up = await _one_call(phone, place, theirs)
                ringing.append(rang)
                closed.append(hung_up)
                announced.append(await _one_caller(phone, mine, index, turn))
        finally:
            await phone.stop()
    return [
        Row("From the dial command to ringing, median", _ms(ringing), "ms", limit=50),
        Row("From hanging up to the line closed, median", _ms(closed), "ms", limit=50),
        Row("From a caller's INVITE to knowing the person, median", _ms(announced), "ms", limit=50),
    ]


async def _one_call(phone: Softphone, folder: Path, port: int) -> tuple[float, float]:
    """Seconds from the command to ringing, and from hanging up to the end."""
    ear = Ear(phone)
    async with who_answers(folder, "answers", port) as somebody:
        began = time.perf_counter()
        dialled = await phone.dial("+442079460100", "")
        await ear.until(CallState.RINGING, call_id=dialled.call_id)
        rang = time.perf_counter() - began
        await ear.until(CallState.CONNECTED, call_id=dialled.call_id)
        began = time.perf_counter()
        await phone.hang_up(dialled.call_id)
        closed = time.perf_counter() - began
        if await somebody.verdict():
            raise AssertionError("the call did not go as it should")
    ear.close()
    return rang, closed


async def _one_caller(phone: Softphone, port: int, index: CallerIndex, place: int) -> float:
    """Seconds from the INVITE leaving the network's side to the person being known."""
    ear = Ear(phone)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as network:
        network.bind(("127.0.0.1", 0))
        here = network.getsockname()[1]
        invite = _INVITE.format(us=port, them=here, caller=number(place), once=time.monotonic_ns())
        began = time.perf_counter()
        network.sendto(invite.replace("\n", "\r\n").encode(), ("127.0.0.1", port))
        ringing = await ear.until(CallState.INCOMING)
        _found(index, ringing.number)
        took = time.perf_counter() - began
        await phone.hang_up(ringing.call_id)
    ear.close()
    return took


def _part(took: list[float], percent: int) -> float:
    return statistics.quantiles(took, n=100)[percent - 1]


def _ms(took: list[float]) -> float:
    return round(1e3 * statistics.median(took), 2)

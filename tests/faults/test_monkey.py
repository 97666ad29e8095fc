"""Random keys on hostile data: no crash, no hang, no escape sequence out of data, the terminal sane, the store whole.

POWERHOUR_KEYS sets the number of keys for a long run, POWERHOUR_SEED another order of them.
"""

from __future__ import annotations

import os
import random
import re
import signal
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import PROGRAM
from tests.faults.hostile import MARK, TEXTS, hostile_team, spoil_people
from tests.terminal import Pty
from tui.storage.tiny import TinyStore

KEYS = int(os.environ.get("POWERHOUR_KEYS", "700"))
SEED = int(os.environ.get("POWERHOUR_SEED", "1"))
PEOPLE = 60
HANGS_S = 60
"""Seconds after which a life that does not end is made to say where it stands, and leaves with SIGABRT: -6."""
LAST_BYTES = 2000
"""So much of what was said is shown of a life that ended badly."""
LETTERS = "nvgtcmeldwxahijkoprsuWGfyqzb"
SPECIAL = (
    *((b"\r",) * 14 + (b"\x1b",) * 8),
    *(b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\t", b"\x1b[Z", b" ", b"\x7f", b"\x1bOP", b"\x1bOQ"),
    *(b"\x10", b"\x12", b"\x18", b"\x14", b"\x07", b"\x0f", b"\x19", b"\x1b[5~", b"\x1b[6~", b"\x1b[H"),
    *(b"\x1b[F", b"\x1b[3~", b"\x1b[2~", b"?", b"/", b"+", b"-", b",", b"<", b">", b"=", b"!", b"\x1bn"),
    *(b"\x1bx", b"\x1b[<0;10;10M", b"\x1b[<0;10;10m", b"\x1b[<64;5;5M", b"\x1b[I", b"\x1b[O", b"\x00"),
    *(b"\x1c", b"\x1d", b"\x1e", b"\x1f", b"\x01", b"\x05", b"\x0b", b"\x15", b"\x17", b"\x16"),
    *(
        b"\x1b[200~",
        b"\x1b[1;5C",
        b"\x1b[27;5;13~",
        b"\x1b[13;2u",
        b"\xe2\x80\xae",
        b"\xf0\x9f\x91\xa8\xe2\x80\x8d",
    ),
    *(b"\x1bP1$r0m\x1b\\", b"\x1b]10;rgb:ff/ff/ff\x07", b"\x1b[?1;2c", b"\x1b[24;80R"),
    *(b"\x1b[?2048;2$y", b"\x1b[?2026;2$y", b"\xfc", b"\xff\xfe", b"\xc3", b"\xed\xa0\xbd", b"\x9b2J"),
)
PHRASES = (
    *(b"tomorrow 10", b"fri 3pm", b"in 3 days", b"yesterday", b"9999-99-99", b"note about vans", b"per0"),
    *(b"+44 20 7946 0100", b"999", b"-1", b"x" * 300),
)
MACROS = (
    *(
        (b"\r", b"\r", b"note x", b"\r", b"\x1b", b"t", b"\r"),
        (b"\r", b"\r", b"\x1b", b"c", b"\r"),
        (b"u", b"n"),
    ),
    *((b"\r", b"\r", b"\x1b", b"n"), (b"\x1b", b"e", b"\r"), (b"\x1b", b"g", b"g", b"\r")),
    *((b"\x1b", b"d", b" ", b"\r"), (b"\x1b", b"x", b" ", b" ", b"\r"), (b"\x1b", b"w", b"\r"), (b"s", b"1")),
    *(
        (b"\x1bOQ", b"per", b"\r", b"\x1b", b"t", b"\r"),
        (b"p", b"b", b"\r"),
        (b"a", b"New", b"\t", b"Co", b"\r"),
    ),
    *((b" ", b"e", b"zz", b"\r", b"\x1b"), (b"\x1b", b"m", b"\r"), (b"\x1b", b"l", b"text", b"\t", b"\r")),
    *((b"o", b"t", b"\r"), (b"+", b"\r"), (b"r", b"\r"), (b"e", b"\r"), (b"i", b"\x1b"), (b"\x1b", b"\x1b")),
)
SIZES = ((1, 1), (2, 1), (20, 5), (59, 19), (60, 20), (80, 24), (80, 23), (120, 40), (200, 60), (300, 10))
CSI = re.compile(rb"\x1b\[([0-?]*)([ -/]*)([@-~])")
OSC = re.compile(rb"\x1b\](.*?)(?:\x07|\x1b\\)", re.DOTALL)
DCS = re.compile(rb"\x1b[P_^X].*?\x1b\\", re.DOTALL)
OUR_OSC = re.compile(rb"22;\w+|2;[\w \-]+|52;c;[A-Za-z0-9+/=]*|9;.*|777;.*")
FORBIDDEN = re.compile(
    "[\x00-\x06\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066\u2067\U000e0000-\U000e007f]"
)


def some_keys(dice: random.Random) -> list[bytes]:
    """Keys as a person, a cat or another program presses them."""
    if dice.random() < 0.5:
        return [key for _ in range(dice.choice((1, 2, 5))) for key in dice.choice(MACROS)]
    return [one_key(dice) for _ in range(dice.choice((1, 5, 20, 40)))]


def one_key(dice: random.Random) -> bytes:
    roll = dice.random()
    if roll < 0.5:
        return dice.choice(LETTERS).encode()
    if roll < 0.56:
        return dice.choice("0123456789").encode()
    if roll < 0.92:
        return dice.choice(SPECIAL)
    if roll < 0.96:
        return dice.choice(PHRASES)
    return b"\x1b[200~" + dice.choice(TEXTS).encode() + b"\x1b[201~"


def sequences_of_data(output: bytes) -> list[str]:
    """What a terminal would obey and we never send, in what was written."""
    output = output[: output.rfind(b"\x1b")]  # the last one may be half
    found = [f"OSC {one[:40]!r}" for one in OSC.findall(output) if not OUR_OSC.fullmatch(one)]
    rest = OSC.sub(b"", output)
    found += [f"CSI {b''.join(one)!r}" for one in CSI.findall(rest) if MARK.encode() in one[0]]
    rest = CSI.sub(b"", rest)
    found += [f"DCS {one[:40]!r}" for one in DCS.findall(rest)]
    rest = DCS.sub(b"", rest)
    found += [f"ESC {one!r}" for one in re.findall(rb"\x1b.", rest, re.DOTALL)]
    return found + [f"U+{ord(one):04X}" for one in FORBIDDEN.findall(rest.decode("utf-8", "replace"))]


def wrong_in_store(data: Path, people: int) -> list[str]:
    """What cannot be true of any store."""
    store = TinyStore.open(data, read_only=True)
    calls, contacts = list(store.calls()), {one.id for one in store.contacts()}
    wrong = [] if len({call.id for call in calls}) == len(calls) else ["two calls with one id"]
    if len(contacts) < people:
        wrong.append(f"{people - len(contacts)} people are gone")
    for call in calls:
        if call.contact_id and call.contact_id not in contacts:
            wrong.append(f"{call.id} is nobody's")
        if any((seconds or 0) < 0 for seconds in (call.talk_s, call.wrap_s, call.ready_s)):
            wrong.append(f"{call.id} has negative seconds")
        if call.promise and call.voided_at is None and call.promise.until < call.at:
            wrong.append(f"{call.id} promises something for before it")
    for session in store.sessions():
        if any(seconds < 0 for seconds in session.spent.values()):
            wrong.append(f"{session.id} has negative seconds")
        if any(one.ended_at and one.ended_at < one.started_at for one in session.pauses):
            wrong.append(f"{session.id} has a pause that ends before it begins")
    return wrong


class Monkey:
    """One life of the program under random keys."""

    def __init__(self, screen: Pty, dice: random.Random) -> None:
        self.screen, self.dice = screen, dice
        self.pressed: list[bytes] = []

    def play(self, keys: int) -> str:
        """Press so many keys; how it is to end, or has ended."""
        while len(self.pressed) < keys:
            self._press(some_keys(self.dice))
            if self.screen.exit_code is not None:
                return "by itself"
            if self.dice.random() < 0.04:
                self.screen.resize(*self.dice.choice(SIZES))
            if self.dice.random() < 0.004:
                return "kill"
        return self.dice.choice(("term", "hup", "both", "quit", "keys and term"))

    def _press(self, keys: Sequence[bytes]) -> None:
        self.pressed += keys
        for key in keys:
            self.screen.write(key)
            if key == b"\x1b":
                self.screen.take(0.002)
        self.screen.read(0.02)
        for _ in range(100):
            if not self.screen.take(0.03):
                return

    def end(self, how: str) -> int:
        """End it so; the exit code."""
        screen = self.screen
        if how == "keys and term":
            screen.write(b"".join(some_keys(self.dice)))
        if how == "quit":
            for key in (b"\x1b[201~", *(b"\x1b",) * 6, b"\x11", b"y"):
                screen.write(key)
                screen.read(0.15)
            if not self._ended(10):
                screen.kill(signal.SIGTERM)
        for number in {
            "kill": (signal.SIGKILL,),
            "term": (signal.SIGTERM,),
            "hup": (signal.SIGHUP,),
            "both": (signal.SIGTERM, signal.SIGHUP),
            "keys and term": (signal.SIGTERM,),
        }.get(how, ()):
            screen.kill(number)
        if not self._ended(HANGS_S):
            screen.kill(signal.SIGABRT)  # Python says where every thread is
        return screen.wait_exit()

    def _ended(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while self.screen.exit_code is None and time.monotonic() < end:
            self.screen.take(0.05)
        return self.screen.exit_code is not None


@pytest.fixture
def start(environment, home, data, powerhour):
    """Starts the program on hostile people, every second time over a hostile team folder."""
    rows = (f"H{i},Per{i:04d},Firm,+44 20 7946 {i:04d},a@example.com,vip,Hello" for i in range(PEOPLE))
    (home / "people.csv").write_text("\n".join(("id,name,company,phone,email,tags,notes", *rows)))
    assert powerhour("import", str(home / "people.csv"), "--yes", "--region", "GB").returncode == 0
    team = hostile_team(home / "team")

    def run(life: int, dice: random.Random) -> Pty:
        if life % 4 == 0:
            spoil_people(data, dice)
        where = ["--workspace", str(team)] if life % 2 else []
        columns, rows = dice.choice(((80, 24), (80, 24), (60, 20), (120, 40)))
        argv = [*PROGRAM, "--data", str(data), *where]
        return Pty(argv, environment | {"PYTHONFAULTHANDLER": "1"}, home, columns, rows)

    return run


def test_random_keys_on_hostile_data_break_nothing(start, data):
    dice, pressed, ends, began = random.Random(SEED), 0, Counter(), time.monotonic()
    life = 0
    while pressed < KEYS:
        screen = start(life, dice)
        monkey = Monkey(screen, dice)
        while b"\x1b[?2004h" not in screen.output and screen.exit_code is None:
            screen.take(0.05)
        how = monkey.play(min(dice.choice((300, 1500, 2500)), KEYS - pressed))
        context = f"life {life}, {how}, last keys {monkey.pressed[-60:]}"
        code, log = monkey.end(how), data / "crash.log"
        assert not log.exists(), f"{log.read_text()}\n{context}"
        said = bytes(screen.output[-LAST_BYTES:])
        ends_well = code == (-9 if how == "kill" else 0)
        assert ends_well, f"exit {code}, {context}\n{said!r}"
        assert b"Traceback" not in screen.output, context
        assert how == "kill" or screen.left_behind == [], context
        strange = Counter(sequences_of_data(bytes(screen.output)))
        assert not strange, (strange, context)
        assert wrong_in_store(data, PEOPLE) == [], context
        screen.close()
        ends[how] += 1
        pressed, life = pressed + len(monkey.pressed), life + 1
        if life % 10 == 0:
            print(f"{pressed} keys, {time.monotonic() - began:.0f} s", flush=True)
    print(f"\n{pressed} keys in {life} lives, {time.monotonic() - began:.0f} s; ended {dict(ends)}")

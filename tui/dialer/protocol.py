"""The dialer as the cockpit sees it: how a call is made, and what the line says back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from enum import Flag, StrEnum, auto
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from tui.locale.spoken import filled


class CallState(StrEnum):
    """Where a dial stands."""

    DIALLING = "dialling"
    RINGING = "ringing"
    INCOMING = "incoming"
    CONNECTED = "connected"
    ENDED = "ended"


class Cause(StrEnum):
    """Why a dial ended."""

    LOCAL = "local"
    REMOTE = "remote"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    DECLINED = "declined"
    BAD_NUMBER = "bad_number"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    VOICEMAIL_LEFT = "voicemail_left"
    AUDIO = "audio"
    LOST = "lost"
    ELSEWHERE = "elsewhere"
    """Somebody took the call on another phone."""
    UNASKED = "unasked"
    """Nobody here dialled it: the other side, or the phone server, made our phone call somebody."""
    REDIRECTED = "redirected"
    """The phone server sent our call on to a number that nobody here dialled."""
    OTHER = "other"


NEVER_RANG = frozenset({Cause.BAD_NUMBER, Cause.REFUSED, Cause.UNREACHABLE, Cause.AUDIO})
"""After these no phone rang."""


class Cap(Flag):
    """What a dialer can do; the screen offers only these."""

    NONE = 0
    STATES = auto()
    HANG_UP = auto()
    DTMF = auto()
    VOICEMAIL = auto()
    RECORD = auto()
    INBOUND = auto()
    ANSWER = auto()
    MUTE = auto()
    HOLD = auto()
    DIALS = auto()
    """It has the call placed; without this and `STATES` the rep dials."""


def say(code: str, **values: Any) -> str:
    """What a dialer tells the rep, in the language of the screens. Raises `KeyError` for a code that is not there."""
    from tui.dialer.messages import SAID  # most starts say none of it

    return filled(SAID[code], values)


class DialError(RuntimeError):
    """Shown to the rep as it stands: what is wrong and what to do."""


class CallEvent(Struct, frozen=True):
    """One change of state on the line."""

    call_id: str
    state: CallState
    outgoing: bool = True
    number: str = ""
    name: str = ""
    """The caller's or callee's name as the line gives it, cleaned."""
    cause: Cause | None = None
    detail: str = ""
    """What happened, as a sentence for the rep; empty when the rep knows already."""
    secure: bool = False
    """The voice is encrypted on this line (SRTP). Told with CONNECTED, if need be with a second one."""
    quiet_s: float = 0.0
    """Seconds for which the other side has been silent, 0 when it is not: the phone server while DIALLING, no sound at
    all while CONNECTED. Told when it is long enough to say, and with 0 once it is over; in `open_calls` it grows."""
    shared: bool = False
    """A call coming in that rings on other phones too: what nobody takes here is not missed."""
    recordings: tuple[Path, ...] = ()
    """Files this call was recorded to; filled when it ended."""


class Dialled(Struct, frozen=True):
    """What happened when a dial was asked for: the line's id, and a sentence for the rep (may be empty)."""

    call_id: str
    said: str = ""


class Health(Struct, frozen=True):
    """Whether the phone could be used now."""

    signed_in: bool | None = None
    """Whether the phone server would put a caller through to us; None: this phone signs in nowhere."""
    why: str = ""
    """Why it is not signed in, in a few words; empty also while it signs in for the first time."""
    no_sound: str = ""
    """What is missing to speak and hear: `no microphone`; empty when all is there."""


class Dialer(Protocol):
    """One way to make a call."""

    name: str
    caps: Cap

    async def start(self) -> None:
        """Get ready. Raises `DialError` with a sentence for the rep."""

    async def stop(self) -> None:
        """Let go of everything; a call that is up ends where the dialer can end it."""

    async def leave(self) -> None:
        """Let go, but a call that is up goes on: the next start finds it again where the dialer sees the line."""

    async def dial(self, e164: str, shown: str) -> Dialled:
        """Call a strict E.164 number; `shown` is the same number grouped for people. Raises `DialError`."""

    async def hang_up(self, call_id: str) -> None:
        """End the dial; harmless when it already ended."""

    async def answer(self, call_id: str) -> None:
        """Take an incoming call."""

    async def send_dtmf(self, call_id: str, digits: str) -> None:
        """Send tones during a call."""

    async def play_voicemail(self, call_id: str, wav: Path) -> None:
        """Leave a recorded message, then end the dial."""

    async def mute(self, call_id: str, on: bool) -> None:
        """Stop or start sending the rep's voice. Raises `DialError`."""

    async def hold(self, call_id: str, on: bool) -> None:
        """Put the call on hold or take it back. Raises `DialError`."""

    async def record_next(self, on: bool) -> None:
        """Whether calls dialled from now on are recorded; no call is unless asked. Raises `DialError`."""

    def open_calls(self) -> tuple[CallEvent, ...]:
        """The last event of every call that is up, the oldest first. After `start`: calls that outlived a crash."""

    def health(self) -> Health:
        """How the phone is now; cheap enough to be asked every second."""

    def events(self) -> AsyncIterator[CallEvent]:
        """Changes of state, for as long as the dialer runs."""

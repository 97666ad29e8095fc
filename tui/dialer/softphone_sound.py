"""Sound: which drivers carry the rep's voice, and whether a microphone and a loudspeaker are there at all.

The softphone opens the devices only when the customer answers, and cuts the call when it cannot. So look first.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tui.dialer.protocol import DialError
from tui.dialer.softphone_account import Account

_SYSTEM = {"linux": "alsa,default", "darwin": "coreaudio,default"}
_NEEDS_NO_CARD = frozenset({"aufile", "aubridge", "ausine"})
_ANY_SYSTEM_DEVICE = ("default", "pulse", "pipewire", "")
_CURE = "Plug in a headset and try again, or set  dialer: manual."


@dataclass(frozen=True, slots=True)
class Sound:
    """Which driver and device the rep speaks and listens through, as `driver,device`."""

    microphone: str
    speaker: str

    @property
    def alert(self) -> str:
        """Where ringing is heard: the loudspeaker, or nowhere when there is no real one."""
        return "aubridge,alert" if driver(self.speaker) in _NEEDS_NO_CARD else self.speaker

    @property
    def drivers(self) -> tuple[str, ...]:
        """The modules the two need, each once."""
        return tuple(dict.fromkeys((driver(self.microphone), driver(self.speaker))))


def driver(device: str) -> str:
    """The driver of a `driver,device`."""
    return device.partition(",")[0]


def sound_of(account: Account, platform: str = sys.platform) -> Sound:
    """The devices of the account, or the system's own. Raises `DialError` where we know of none."""
    system = _SYSTEM.get(platform, "")
    if not system and not (account.microphone and account.speaker):
        raise DialError("The softphone works on Linux and macOS. Set  dialer: manual, uri or command.")
    return Sound(account.microphone or system, account.speaker or system)


def sound_problem(sound: Sound, environ: Mapping[str, str] | None = None, root: Path = Path("/")) -> str:
    """Why a call would be cut for want of sound, as a sentence; empty when nothing speaks against it."""
    source = os.environ if environ is None else environ
    name = missing(sound, source, root).removeprefix("no ")
    if not name:
        return ""
    away = " (sound is on the machine where powerhour runs)" if source.get("SSH_CONNECTION") else ""
    return f"No {name} found{away}. {_CURE}"


def missing(sound: Sound, environ: Mapping[str, str], root: Path = Path("/")) -> str:
    """What is missing to speak and hear: `no microphone`, `no loudspeaker`; empty when both are there."""
    for device, direction, name in (
        (sound.microphone, "capture", "microphone"),
        (sound.speaker, "playback", "loudspeaker"),
    ):
        if driver(device) != "alsa" or _has_sound_server(device, environ):
            continue
        if direction not in _alsa_directions(root):
            return f"no {name}"
    return ""


def _has_sound_server(device: str, environ: Mapping[str, str]) -> bool:
    """Whether PipeWire or PulseAudio runs for this rep; it also knows headsets that ALSA does not list."""
    if device.partition(",")[2] not in _ANY_SYSTEM_DEVICE:
        return False
    if environ.get("PULSE_SERVER"):
        return True
    runtime = environ.get("XDG_RUNTIME_DIR")
    if not runtime:
        return False
    return any(_is_socket(Path(runtime) / name) for name in ("pipewire-0", "pulse/native"))


def _is_socket(path: Path) -> bool:
    try:
        return stat.S_ISSOCK(path.stat().st_mode)
    except OSError:
        return False


def _alsa_directions(root: Path) -> set[str]:
    """`capture` and `playback`, as far as any sound card offers them."""
    try:
        listed = (root / "proc/asound/pcm").read_text(errors="replace")
    except OSError:
        return set()
    return set(re.findall(r": (capture|playback) \d", listed))

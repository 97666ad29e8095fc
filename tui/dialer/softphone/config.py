"""What the softphone (baresip) is told when it starts. One text serves versions 1.0 to 4.x."""

from __future__ import annotations

import re
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from tui.dialer.protocol import DialError, say
from tui.dialer.softphone.account import Account

RECORDER = "sndfile"
"""The module that writes calls to WAV files; Homebrew builds without it."""
_CODECS = ("opus", "g722", "g711")
# auconv and auresamp are needed by 4.x; 1.0 only remarks that they are absent.
_WANTED = ("aufile", "aubridge", "uuid", "auconv", "auresamp", "srtp")
_APPS = ("account", "menu", "ctrl_tcp")
_CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)
_LONGEST_PATH = 94
"""Version 1.0 holds 127 bytes and cuts what is longer without a word; 33 are for the name of a recording."""


class Installed(Struct, frozen=True):
    """The softphone on this machine."""

    program: Path
    modules: Path

    def has(self, module: str) -> bool:
        """Whether that module came with it."""
        return (self.modules / f"{module}.so").is_file()


def installed(program: str | None) -> Installed:
    """The program and its modules. Raises `DialError` with what to install."""
    if program is None:
        raise DialError(say("no_softphone"))
    found = Path(program)
    home = found.resolve().parent.parent
    for modules in (home / "lib/baresip/modules", *sorted(home.glob("lib/*/baresip/modules"))):
        if (modules / "ctrl_tcp.so").is_file():
            return Installed(found, modules)
    raise DialError(say("no_control", program=found))


def config_text(
    account: Account, sound: Sound, software: Installed, port: int, records_to: Path | None
) -> str:
    """The text of baresip's `config` file; `port` is where it takes commands, on loopback only.

    `records_to`: where calls are recorded to, if any are. Raises `DialError` when that is too long a path for it.
    """
    # Reading them takes a fifth of a second, so only where TLS can come about.
    by_tls = _CERTIFICATES if account.transport in ("", "tls") else ()
    modules = dict.fromkeys((*_CODECS, *sound.drivers, *_WANTED))
    lines = [
        ("call_max_calls", "4"),
        ("audio_source", sound.microphone),
        ("audio_player", sound.speaker),
        ("audio_alert", sound.alert),
        # One rate for every codec: a recorded message need not match the codec of the call.
        ("ausrc_srate", "48000"),
        ("ausrc_channels", "1"),
        ("ctrl_tcp_listen", f"127.0.0.1:{port}"),
        ("snd_path", _short(records_to) if records_to else ""),
        ("module_path", str(software.modules)),
        ("sip_verify_server", "yes"),
        ("sip_cafile", next((path for path in by_tls if Path(path).is_file()), "")),
        ("sip_listen", account.listen),
        ("net_interface", account.interface),
        *(("module", f"{name}.so") for name in modules if software.has(name)),
        *(("module_app", f"{name}.so") for name in _APPS if software.has(name)),
    ]
    return "".join(f"{name:<24}{value}\n" for name, value in lines if value)


def shortly_named(recordings: Path, folder: Path) -> Path:
    """Another name for where calls are recorded to, in the softphone's own folder: short, however long theirs is."""
    link = folder / "calls"
    link.symlink_to(recordings.resolve())
    return link


def _short(path: Path) -> str:
    if len(str(path).encode()) > _LONGEST_PATH or "\n" in str(path):
        raise DialError(say("long_path", path=path))
    return str(path)


_SYSTEM = {"linux": "alsa,default", "darwin": "coreaudio,default"}
_NEEDS_NO_CARD = frozenset({"aufile", "aubridge", "ausine"})
_ANY_SYSTEM_DEVICE = ("default", "pulse", "pipewire", "")


class Sound(Struct, frozen=True):
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
        raise DialError(say("not_on_this_system"))
    return Sound(account.microphone or system, account.speaker or system)


def sound_problem(sound: Sound, environ: Mapping[str, str], root: Path = Path("/")) -> str:
    """Why a call would be cut for want of sound, as a sentence; empty when nothing speaks against it."""
    name = _missing(sound, environ, root)
    away = "_there" if environ.get("SSH_CONNECTION") else ""
    return say(f"{name}_missing{away}") if name else ""


def missing(sound: Sound, environ: Mapping[str, str], root: Path = Path("/")) -> str:
    """What is missing to speak and hear: `no microphone`, `no loudspeaker`; empty when both are there."""
    name = _missing(sound, environ, root)
    return say(f"no_{name}") if name else ""


def _missing(sound: Sound, environ: Mapping[str, str], root: Path) -> str:
    for device, direction, name in (
        (sound.microphone, "capture", "microphone"),
        (sound.speaker, "playback", "loudspeaker"),
    ):
        if driver(device) != "alsa" or _has_sound_server(device, environ):
            continue
        if direction not in _alsa_directions(root):
            return name
    return ""


def _has_sound_server(device: str, environ: Mapping[str, str]) -> bool:
    """Whether PipeWire or PulseAudio runs for this rep; it also knows headsets that ALSA does not list."""
    if device.partition(",")[2] not in _ANY_SYSTEM_DEVICE:
        return False
    if environ.get("PULSE_SERVER"):
        return True
    runtime = environ.get("XDG_RUNTIME_DIR", "")
    return bool(runtime) and any(_is_socket(Path(runtime) / name) for name in ("pipewire-0", "pulse/native"))


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

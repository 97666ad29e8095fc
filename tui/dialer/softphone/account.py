"""The softphone's phone account, from `softphone.*` of the rep's own settings. It never holds the password."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from tui.dialer.number_format import Form
from tui.dialer.protocol import DialError, say
from tui.locale.spoken import reason_of
from tui.system import keyring, readfile
from tui.system.readfile import expanded

Transport = Literal["", "udp", "tcp", "tls"]
Encryption = Literal["off", "offered", "required"]

_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"
_PORT = r"(?::[0-9]{1,5})?"
SIP_ADDRESS = re.compile(rf"sip:(?P<user>[A-Za-z0-9+._*#-]{{1,64}})@(?P<host>{_HOST}{_PORT})")
"""The only form of a SIP address that ever reaches the softphone."""
_SERVER = re.compile(_HOST + _PORT)
_LOGIN = re.compile(r'[^\s;"<>\x00-\x1f]{1,64}')
# Every value below becomes a line of the softphone's configuration, so none may end that line.
_DEVICE = re.compile(r"[a-z0-9_]{1,20},[A-Za-z0-9_./:@=+,~ -]{0,100}")
_LISTEN = re.compile(r"[0-9.]{7,15}:[0-9]{1,5}")
_INTERFACE = re.compile(r"[A-Za-z0-9_.:-]{1,32}")
_REGISTER_EVERY = 60
"""Seconds between two registrations; often enough that a home router keeps the way in open."""
_DURATION = re.compile(r"([0-9]{1,4}) ?(s|min)?")
_SHORTEST_RINGING, _LONGEST_RINGING = 5, 600
_MEDIA_ENCRYPTION = {"offered": ";mediaenc=srtp", "required": ";mediaenc=srtp-mand"}
_CANNOT_BE_QUOTED = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST_LINE = 900
"""The softphone cuts a command after 1024 bytes without a word."""


class Account(Struct, frozen=True):
    """Where the softphone registers, and how calls sound. `account_from` checks every value."""

    address: str
    """`sip:sam@example.com`, with a port when it is not the usual one."""
    server: str = ""
    """Host of the company's phone server when it is not the host of the address."""
    login: str = ""
    """Name for signing in, when it is not the user of the address."""
    transport: Transport = ""
    """Empty: as the provider's DNS says, else UDP."""
    encryption: Encryption = "offered"
    """Of the voice (SRTP)."""
    register: bool = True
    """False: calls go out without signing in, and nobody can call us."""
    microphone: str = ""
    """`driver,device`; empty: the system's own."""
    speaker: str = ""
    voicemail: Path | None = None
    """The recorded message; None: none can be left."""
    record: bool = False
    """Whether calls may be recorded at all."""
    numbers: Form = ""
    """How the phone server wants numbers written; empty: E.164, and national behind a prefix for an outside line."""
    shared: bool = False
    """The number rings on several phones: what is not answered here may be answered on another one."""
    password_file: Path | None = None
    ring_for: float = 60.0
    """Seconds a call may ring before it ends by itself."""
    listen: str = ""
    """`address:port` for incoming SIP; empty: a free port on every address."""
    interface: str = ""
    """The network interface or address to use; empty: the system's choice."""

    @property
    def user(self) -> str:
        """The user part of the address."""
        return self.address.removeprefix("sip:").partition("@")[0]

    @property
    def domain(self) -> str:
        """Host, with its port if any: where a bare number is called."""
        return self.address.partition("@")[2]

    def line(self, password: str) -> str:
        """The account as the softphone takes it, password included. Raises `DialError` when it cannot take it."""
        if _CANNOT_BE_QUOTED.search(password) or ('"' in password and re.search(r"[;\s]", password)):
            raise DialError(say("bad_password"))
        parts = (
            f"<{self.address}{self._by_transport}>",
            f";regint={_REGISTER_EVERY if self.register else 0}",
            f";auth_user={self.login or self.user}",
            _MEDIA_ENCRYPTION.get(self.encryption, ""),
            # Whoever is on the line may ask for a transfer (REFER), or send the call on (3xx): the phone would then
            # call a number they chose. baresip before 2.10 does not know the second word; see `Trace`.
            ";call_transfer=no;sip_autoredirect=no",
            self._outbound(),
        )
        # Last: a " in it has the softphone take whatever follows for a part of the password.
        quoted = password if '"' in password else f'"{password}"'
        line = "".join(parts) + (f";auth_pass={quoted}" if password else "")
        if len(line.encode()) > _LONGEST_LINE:
            raise DialError(say("long_account"))
        return line

    @property
    def _by_transport(self) -> str:
        return f";transport={self.transport}" if self.transport else ""

    def _outbound(self) -> str:
        # Without it a number is called over UDP even when the account itself says TLS.
        named = self.server or self.transport not in ("", "udp")
        return f';outbound="sip:{self.server or self.domain}{self._by_transport}"' if named else ""


def account_from(settings: Mapping[str, str]) -> Account:
    """The account of `softphone.*`. Raises `DialError` that names the setting and what to write."""
    known = {name: value.strip() for name, value in settings.items()}
    address = known.pop("account", "")
    if not address:
        raise DialError(say("no_account"))
    if not SIP_ADDRESS.fullmatch(address):
        raise _wrong("account", address, "sip:you@example.com")
    unknown = sorted(set(known) - set(_READERS))
    if unknown:
        raise DialError(say("unknown_setting", name=unknown[0], known=", ".join(_READERS)))
    return Account(address, **{name: _READERS[name](name, value) for name, value in known.items() if value})


def _wrong(name: str, value: str, example: str) -> DialError:
    shown = value[:40].encode("ascii", "replace").decode()
    return DialError(say("bad_setting", name=name, value=shown, example=example))


_Reader = Callable[[str, str], Any]
"""From the name of a setting and what is written there to its value. Raises `DialError`."""


def _either(words: Sequence[str]) -> str:
    """`udp or tcp or tls`, of what is written as it stands here in every language."""
    return reduce(lambda one, other: say("one_of_two", one=one, other=other), words)


def _matching(form: re.Pattern[str], *examples: str) -> _Reader:
    def read(name: str, value: str) -> str:
        if not form.fullmatch(value):
            raise _wrong(name, value, _either(examples))
        return value

    return read


def _meaning(examples: Sequence[str], words: Mapping[str, Any]) -> _Reader:
    """What one of these words, in any case, stands for."""

    def read(name: str, value: str) -> Any:
        if value.lower() not in words:
            raise _wrong(name, value, _either(examples))
        return words[value.lower()]

    return read


_YES = _meaning(
    ("yes", "no"), {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
)


def _one_of(*words: str) -> _Reader:
    return _meaning(words, dict(zip(words, words, strict=True)))


def _seconds(name: str, value: str) -> float:
    found = _DURATION.fullmatch(value)
    seconds = int(found[1]) * (60 if found[2] == "min" else 1) if found else 0
    if not _SHORTEST_RINGING <= seconds <= _LONGEST_RINGING:
        raise _wrong(name, value, say("seconds"))
    return float(seconds)


def _file(name: str, value: str) -> Path:
    path = expanded(value)
    if not path.is_absolute():
        raise _wrong(name, value, say("whole_path"))
    return path


_READERS: dict[str, _Reader] = {
    "server": _matching(_SERVER, "pbx.example.com", "pbx.example.com:5061"),
    "login": _matching(_LOGIN, "sam"),
    "transport": _one_of("udp", "tcp", "tls"),
    "encryption": _one_of("off", "offered", "required"),
    "register": _YES,
    "microphone": _matching(_DEVICE, "alsa,default"),
    "speaker": _matching(_DEVICE, "alsa,default"),
    "voicemail": _file,
    "record": _YES,
    "numbers": _one_of("e164", "00", "national"),
    "shared": _YES,
    "password_file": _file,
    "ring_for": _seconds,
    "listen": _matching(_LISTEN, "127.0.0.1:5070"),
    "interface": _matching(_INTERFACE, "eth0"),
}
"""Every key of `softphone` but `account`, and how it is read."""


VARIABLE = "POWERHOUR_SIP_PASSWORD"
_LONGEST = 512


def password_of(account: Account, environ: Mapping[str, str]) -> str:
    """The password, empty for an account that does not sign in. Raises `DialError` when there is none.

    May wait for the rep to unlock the keyring, so call it off the event loop.
    """
    if account.password_file is not None:
        return _from_file(account.password_file)
    if found := environ.get(VARIABLE, "") or keyring.password_of(account.address):
        return found
    if not account.register:
        return ""
    command = keyring.store_command(account.address)
    raise DialError(say("no_password", address=account.address, command=command, variable=VARIABLE))


def place_of(account: Account, environ: Mapping[str, str]) -> str:
    """Where the password comes from, in words; never the password. Raises `DialError` when there is none."""
    if not password_of(account, environ):
        return "nowhere: this account does not sign in"
    if account.password_file is not None:
        return f"the file {account.password_file}"
    return f"the environment ({VARIABLE})" if environ.get(VARIABLE) else "the system's keyring"


def _from_file(path: Path) -> str:
    """The first line of a file that only its owner may read."""
    try:
        with readfile.opened(path) as file:
            mode = os.fstat(file.fileno()).st_mode
            if stat.S_IMODE(mode) & 0o077:
                raise DialError(say("others_can_read", path=path))
            text = file.read(_LONGEST * 4).decode()
    except OSError as error:
        raise DialError(say("password_unreadable", path=path, why=reason_of(error))) from None
    except UnicodeDecodeError:
        raise DialError(say("password_no_text", path=path)) from None
    lines = text.splitlines()
    password = lines[0].strip() if lines else ""
    if not password or len(password) > _LONGEST:
        raise DialError(say("password_first_line", path=path))
    return password

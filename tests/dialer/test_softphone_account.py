"""The account, its password, and what the softphone is told of them."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.rows import each
from tui.dialer.protocol import DialError
from tui.dialer.softphone.account import Account, account_from, password_of
from tui.dialer.softphone.config import Installed, config_text, installed, shortly_named, sound_of

SAM = "sip:sam@example.com"
ACCOUNT = Account(SAM)


def test_an_address_is_all_that_is_needed() -> None:
    account = account_from({"account": SAM})
    assert (account.user, account.domain, account.register, account.record) == (
        "sam",
        "example.com",
        True,
        False,
    )
    assert account.voicemail is None


def test_every_setting_is_read() -> None:
    account = account_from(
        {
            "account": "sip:+442079460100@example.com:5080",
            "server": "pbx.example.com:5061",
            "login": "sam-desk",
            "transport": "TLS",
            "encryption": "required",
            "register": "no",
            "microphone": "alsa,plughw:1,0",
            "speaker": "alsa,default",
            "voicemail": "~/message.wav",
            "record": "yes",
            "numbers": "00",
            "shared": "yes",
            "password_file": "/home/sam/.phone",
            "listen": "127.0.0.1:5070",
            "interface": "eth0",
        }
    )
    assert account.domain == "example.com:5080"
    assert (account.transport, account.encryption, account.register) == ("tls", "required", False)
    assert account.voicemail == Path.home() / "message.wav"
    assert all(getattr(account, name) for name in account.__struct_fields__ if name != "register")


@each(
    ("name", "value"),
    [
        *(
            ("account", value)
            for value in ("sam@example.com", "sip:sam", "sip:sam@h;transport=tcp", "sip:a b@h")
        ),
        *(
            ("account", value)
            for value in ("sip:sam@h\nmodule evil.so", "sip:sam@-h", "sip:" + "s" * 65 + "@h")
        ),
        *(("server", value) for value in ("pbx example", 'pbx";x', "sip:pbx", "pbx:99999999")),
        ("login", 'sam";auth_pass=x'),
        ("transport", "sctp"),
        ("encryption", "yes"),
        ("register", "maybe"),
        *(
            ("microphone", value)
            for value in ("default", "alsa,a\nmodule x.so", "ALSA,default", "alsa," + "x" * 101)
        ),
        ("voicemail", "message.wav"),
        ("listen", "5070"),
        ("interface", "eth0 lo"),
        *(("ring_for", value) for value in ("soon", "4", "1h", "2m", "11 min", "-60", "60 s; module x.so")),
    ],
)
def test_a_value_that_would_do_harm_or_nothing_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(DialError, match=rf"softphone\.{name} ") as refused:
        account_from({"account": SAM, name: value})
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("value", "seconds"), [("45", 45), ("45s", 45), ("90 s", 90), ("2 min", 120), ("10min", 600)]
)
def test_how_long_a_call_rings_is_read_in_seconds_or_minutes(value: str, seconds: float) -> None:
    assert account_from({"account": SAM, "ring_for": value}).ring_for == seconds


def test_an_unknown_setting_is_refused_with_those_there_are() -> None:
    with pytest.raises(DialError, match=r"softphone\.microfone is unknown.*microphone"):
        account_from({"account": SAM, "microfone": "alsa,default"})


@given(
    st.dictionaries(
        st.sampled_from(["account", "server", "login", "microphone", "listen", "interface"]), st.text()
    )
)
def test_no_setting_can_add_a_line_to_the_configuration(values: dict[str, str]) -> None:
    try:
        account = account_from({"account": SAM} | values)
    except DialError:
        return
    text = config_text(
        account, sound_of(account, "linux"), Installed(Path("b"), Path("/none")), 1, Path("/run")
    )
    assert all(line.split(None, 1)[0] in KNOWN for line in text.splitlines())


KNOWN = {
    *("call_max_calls", "audio_source", "audio_player", "audio_alert", "ausrc_srate", "ausrc_channels"),
    *(
        "ctrl_tcp_listen",
        "snd_path",
        "module_path",
        "sip_verify_server",
        "sip_cafile",
        "sip_listen",
        "net_interface",
    ),
}


def test_the_line_for_the_softphone_holds_what_was_set() -> None:
    line = replace(ACCOUNT, transport="tls", encryption="required").line("hush; hush")
    assert line.startswith("<sip:sam@example.com;transport=tls>;regint=60;auth_user=sam;")
    assert ';auth_pass="hush; hush"' in line
    assert ";mediaenc=srtp-mand" in line
    assert ';outbound="sip:example.com;transport=tls"' in line


def test_a_server_of_the_company_is_asked_instead_of_the_domain() -> None:
    assert ';outbound="sip:pbx.example:5080";' in replace(ACCOUNT, server="pbx.example:5080").line("x")
    assert "outbound" not in ACCOUNT.line("x")


def test_a_quote_in_the_password_swallows_nothing_that_follows() -> None:
    account = replace(ACCOUNT, server="pbx.example", encryption="required")
    assert account.line('p"x').endswith(';auth_pass=p"x')


@pytest.mark.parametrize("password", ["line\nbreak", 'quote" and space', 'quote";x', "x" * 900, "\x00"])
def test_a_password_the_softphone_cannot_take_is_told_without_showing_it(password: str) -> None:
    with pytest.raises(DialError) as refused:
        ACCOUNT.line(password)
    assert password not in str(refused.value)


# -- the password --------------------------------------------------------------------------------------


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    held: dict[tuple[str, str], str] = {}
    module = types.ModuleType("keyring")
    module.get_password = lambda name, user: held.get((name, user))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", module)
    return held


def private(path: Path, text: str, mode: int = 0o600) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


def test_the_password_comes_from_the_keyring(keyring: dict[tuple[str, str], str]) -> None:
    keyring["powerhour", SAM] = "from the ring"
    assert password_of(ACCOUNT, {}) == "from the ring"


def test_the_environment_goes_before_the_keyring(keyring: dict[tuple[str, str], str]) -> None:
    keyring["powerhour", SAM] = "from the ring"
    assert password_of(ACCOUNT, {"POWERHOUR_SIP_PASSWORD": "from here"}) == "from here"


def test_a_named_file_goes_before_everything(tmp_path: Path) -> None:
    file = private(tmp_path / "phone", "hush\nsecond line\n")
    assert password_of(replace(ACCOUNT, password_file=file), {"POWERHOUR_SIP_PASSWORD": "x"}) == "hush"


@pytest.mark.skipif(sys.platform == "win32", reason="the softphone is not offered on Windows")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o620])
def test_a_file_others_can_read_is_refused_with_the_cure(tmp_path: Path, mode: int) -> None:
    file = private(tmp_path / "phone", "hush", mode)
    with pytest.raises(DialError, match=r"chmod 600"):
        password_of(replace(ACCOUNT, password_file=file), {})


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe", b"x" * 5000])
def test_a_file_without_a_password_is_told(tmp_path: Path, content: bytes) -> None:
    file = private(tmp_path / "phone", "")
    file.write_bytes(content)
    with pytest.raises(DialError, match="password file"):
        password_of(replace(ACCOUNT, password_file=file), {})


def test_an_absent_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DialError, match="cannot be read"):
        password_of(replace(ACCOUNT, password_file=tmp_path / "absent"), {})


@pytest.mark.usefixtures("no_keyring")
def test_without_a_password_the_rep_is_told_how_to_store_one() -> None:
    with pytest.raises(DialError, match=r"keyring set powerhour sip:sam@example\.com"):
        password_of(ACCOUNT, {})


@pytest.mark.usefixtures("no_keyring")
def test_an_account_that_does_not_sign_in_needs_none() -> None:
    assert password_of(replace(ACCOUNT, register=False), {}) == ""


def test_a_locked_keyring_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: str) -> str:
        raise RuntimeError("locked")

    module = types.ModuleType("keyring")
    module.get_password = locked  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", module)
    with pytest.raises(DialError, match="No password"):
        password_of(ACCOUNT, {})


# -- the configuration ---------------------------------------------------------------------------------


@pytest.fixture
def software(tmp_path: Path) -> Installed:
    """A softphone with some of its modules, installed as Debian does."""
    modules = tmp_path / "usr/lib/baresip/modules"
    modules.mkdir(parents=True)
    for name in ("g711", "alsa", "aufile", "aubridge", "account", "menu", "ctrl_tcp", "srtp", "sndfile"):
        (modules / f"{name}.so").touch()
    program = tmp_path / "usr/bin/baresip"
    program.parent.mkdir()
    program.touch()
    return installed(str(program))


def test_commands_are_taken_on_loopback_only(software: Installed) -> None:
    text = config_text(ACCOUNT, sound_of(ACCOUNT, "linux"), software, 41234, Path("/run/x"))
    lines = [line.split(None, 1) for line in text.splitlines()]
    assert [value for name, value in lines if name.startswith("ctrl")] == ["127.0.0.1:41234"]


def test_only_modules_that_are_there_are_loaded_and_never_the_recorder(software: Installed) -> None:
    text = config_text(ACCOUNT, sound_of(ACCOUNT, "linux"), software, 1, Path("/run/x"))
    loaded = [line.split()[1] for line in text.splitlines() if line.startswith("module ")]
    assert loaded == ["g711.so", "alsa.so", "aufile.so", "aubridge.so", "srtp.so"]
    apps = [line.split()[1] for line in text.splitlines() if line.startswith("module_app")]
    assert apps == ["account.so", "menu.so", "ctrl_tcp.so"]


def test_a_folder_with_too_long_a_name_is_refused(software: Installed) -> None:
    with pytest.raises(DialError, match="this long"):
        config_text(ACCOUNT, sound_of(ACCOUNT, "linux"), software, 1, Path("/" + "x" * 94))


def test_where_nothing_is_recorded_no_folder_is_too_long(software: Installed) -> None:
    assert "snd_path" not in config_text(ACCOUNT, sound_of(ACCOUNT, "linux"), software, 1, None)


def test_recordings_go_to_a_folder_of_any_length_under_a_short_name(
    software: Installed, tmp_path: Path
) -> None:
    kept = tmp_path.joinpath(*["a folder with a long name"] * 9)
    writes_to = shortly_named(kept, tmp_path)
    assert writes_to.readlink() == kept
    assert len(str(writes_to.relative_to(tmp_path))) < 10


def test_a_softphone_that_is_not_there_is_told_with_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(DialError, match="apt install baresip-core"):
        installed(None)
    with pytest.raises(DialError, match="no module ctrl_tcp"):
        installed(str(tmp_path / "bin/baresip"))


def test_modules_are_found_where_other_systems_keep_them(tmp_path: Path) -> None:
    modules = tmp_path / "lib/x86_64-linux-gnu/baresip/modules"
    modules.mkdir(parents=True)
    (modules / "ctrl_tcp.so").touch()
    assert installed(str(tmp_path / "bin/baresip")).modules == modules

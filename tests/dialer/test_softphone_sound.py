from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tui.dialer.protocol import DialError
from tui.dialer.softphone.account import Account
from tui.dialer.softphone.config import Sound, sound_of, sound_problem

ALSA = Sound("alsa,default", "alsa,default")
BOTH = "00-00: ALC257 Analog : ALC257 Analog : playback 1 : capture 1\n"
OUT_ONLY = "00-03: HDMI 0 : HDMI 0 : playback 1\n"


def machine(root: Path, cards: str) -> Path:
    (root / "proc/asound").mkdir(parents=True)
    (root / "proc/asound/pcm").write_text(cards)
    return root


@pytest.mark.parametrize(
    ("cards", "said"),
    [(BOTH, ""), (OUT_ONLY + BOTH, ""), (OUT_ONLY, "No microphone found"), ("", "No microphone found")],
)
def test_a_microphone_and_a_loudspeaker_must_be_there(tmp_path: Path, cards: str, said: str) -> None:
    problem = sound_problem(ALSA, {}, machine(tmp_path, cards))
    assert problem.startswith(said)
    assert bool(problem) is bool(said)


def test_a_microphone_alone_is_not_enough(tmp_path: Path) -> None:
    problem = sound_problem(ALSA, {}, machine(tmp_path, "00-00: USB : USB : capture 1\n"))
    assert problem.startswith("No loudspeaker found")


def test_a_machine_without_sound_cards_says_so_and_over_ssh_why(tmp_path: Path) -> None:
    assert "headset" in sound_problem(ALSA, {}, tmp_path)
    assert "machine where powerhour runs" in sound_problem(ALSA, {"SSH_CONNECTION": "1"}, tmp_path)


@pytest.mark.parametrize("name", ["pipewire-0", "pulse/native"])
def test_a_sound_server_knows_more_than_the_cards(tmp_path: Path, name: str) -> None:
    place = tmp_path / name
    place.parent.mkdir(exist_ok=True)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(place))
        environ = {"XDG_RUNTIME_DIR": str(tmp_path)}
        assert sound_problem(ALSA, environ, tmp_path / "root") == ""
        # It does not help when a card is named outright.
        named = Sound("alsa,plughw:1", "alsa,plughw:1")
        assert sound_problem(named, environ, tmp_path / "root").startswith("No microphone")


def test_a_file_in_the_place_of_a_sound_server_is_none(tmp_path: Path) -> None:
    (tmp_path / "pipewire-0").touch()
    assert sound_problem(ALSA, {"XDG_RUNTIME_DIR": str(tmp_path)}, tmp_path / "root")


def test_a_line_without_a_card_needs_none(tmp_path: Path) -> None:
    quiet = Sound("aufile,/silence.wav", "aubridge,play")
    assert sound_problem(quiet, {}, tmp_path) == ""
    assert quiet.alert == "aubridge,alert"
    assert quiet.drivers == ("aufile", "aubridge")


def test_each_system_has_its_own_sound() -> None:
    account = Account("sip:sam@example.com")
    assert sound_of(account, "linux") == ALSA
    assert sound_of(account, "darwin").speaker == sound_of(account, "darwin").alert == "coreaudio,default"
    with pytest.raises(DialError, match="Linux and macOS"):
        sound_of(account, "win32")

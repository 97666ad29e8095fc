from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dialer.conftest import Patience
from tui.dialer.number_format import OutsideLine
from tui.dialer.protocol import DialError
from tui.dialer.unwatched import Clipboard, ManualDialer, Put

ANN = "+442079460100"
SHOWN = "+44 20 7946 0100"
Fake = Callable[[str, str], Path]


async def test_the_terminal_is_asked_and_never_said_to_have_done_it() -> None:
    sent: list[str] = []
    done = await ManualDialer(Clipboard(sent.append, {})).dial(ANN, SHOWN)
    assert sent == [ANN]
    assert done.said == "The terminal was asked to copy the number; not every one does."
    assert done.call_id == "manual-1"


async def test_without_any_clipboard_the_number_on_the_card_is_not_said_again() -> None:
    done = await ManualDialer(Clipboard(None, {})).dial(ANN, SHOWN)
    assert done.said == ""


async def test_inside_tmux_its_buffer_has_the_number_and_the_terminal_is_not_said_to(
    fake_program: Fake, tmp_path: Path
) -> None:
    taken, asked = tmp_path / "taken", list[str]()
    fake_program("tmux", f"open({str(taken)!r}, 'w').write(' '.join(sys.argv[1:] + [sys.stdin.read()]))")
    done = await ManualDialer(Clipboard(asked.append, {**os.environ, "TMUX": "socket,1,0"})).dial(ANN, SHOWN)
    assert taken.read_text() == f"load-buffer -w - {ANN}"
    assert done.said.endswith("The number is in tmux's buffer: prefix ] pastes it.")
    assert asked == []


async def test_an_old_tmux_or_screen_keeps_nothing_and_nothing_is_said(fake_program: Fake) -> None:
    fake_program("tmux", "sys.exit(1)")
    for inside in ("TMUX", "STY"):
        done = await ManualDialer(Clipboard(print, {**os.environ, inside: "1"})).dial(ANN, SHOWN)
        assert done.said == ""


async def test_each_dial_has_its_own_id() -> None:
    dialer = ManualDialer(Clipboard(None, {}))
    assert (await dialer.dial(ANN, SHOWN)).call_id != (await dialer.dial(ANN, SHOWN)).call_id


async def test_an_office_phone_gets_the_prefix_and_the_national_number() -> None:
    sent: list[str] = []
    line = OutsideLine("0", lambda e164: "020 7946 0100")
    done = await ManualDialer(Clipboard(sent.append, {}), line).dial(ANN, SHOWN)
    assert sent == ["002079460100"]
    assert done.said.startswith("Dial 002079460100 on your phone. ")


async def test_nothing_but_strict_e164_is_copied() -> None:
    sent: list[str] = []
    with pytest.raises(DialError):
        await ManualDialer(Clipboard(sent.append, {})).dial("112", "112")
    assert sent == []


@pytest.mark.parametrize(
    ("platform", "environ", "name", "argv"),
    [
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, "wl-copy", ""),
        ("linux", {"DISPLAY": ":0"}, "xclip", "-selection clipboard"),
        ("linux", {"DISPLAY": ":0"}, "xsel", "--clipboard --input"),
        ("darwin", {}, "pbcopy", ""),
    ],
)
async def test_a_local_program_takes_the_number(
    platform: str, environ: dict[str, str], name: str, argv: str, fake_program: Fake, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    fake_program(name, f"open({str(out)!r}, 'w').write(sys.stdin.read() + '|' + ' '.join(sys.argv[1:]))")
    sent: list[str] = []
    assert await Clipboard(sent.append, environ, platform).copy(ANN) is Put.STORED
    assert out.read_text() == f"{ANN}|{argv}"
    assert sent == []


@pytest.mark.parametrize("variable", ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"])
async def test_over_ssh_the_clipboard_of_the_far_machine_is_left_alone(
    variable: str, fake_program: Fake, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    fake_program("wl-copy", f"open({str(out)!r}, 'w')")
    sent: list[str] = []
    clipboard = Clipboard(sent.append, {"WAYLAND_DISPLAY": "wayland-0", variable: "x"}, "linux")
    assert await clipboard.copy(ANN) is Put.SENT
    assert sent == [ANN]
    assert not out.exists()


async def test_without_a_desktop_no_local_program_is_started(fake_program: Fake, tmp_path: Path) -> None:
    out = tmp_path / "out"
    fake_program("wl-copy", f"open({str(out)!r}, 'w')")
    assert await Clipboard(None, {}, "linux").copy(ANN) is Put.NOWHERE
    assert not out.exists()


@pytest.mark.parametrize("body", ["sys.exit(1)", "time.sleep(60)"])
async def test_a_broken_clipboard_program_falls_back_to_the_terminal(
    body: str, fake_program: Fake, patience: Patience
) -> None:
    fake_program("wl-copy", body)
    patience.given_up = lambda: "sleep" in body
    sent: list[str] = []
    assert await Clipboard(sent.append, {"WAYLAND_DISPLAY": "w"}, "linux").copy(ANN) is Put.SENT
    assert sent == [ANN]

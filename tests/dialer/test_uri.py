from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dialer.conftest import Patience
from tests.processes import eventually
from tui.dialer.number_format import OutsideLine
from tui.dialer.protocol import DialError
from tui.dialer.unwatched import UriDialer

ANN = "+442079460100"
SHOWN = "+44 20 7946 0100"
DESKTOP = {"DISPLAY": ":0"}
Fake = Callable[[str, str], Path]


@pytest.fixture
def opened(fake_program: Fake, tmp_path: Path) -> Path:
    """A working xdg-open (and macOS open); the file holds what it was asked to open."""
    out = tmp_path / "opened"
    for name in ("xdg-open", "open"):
        fake_program(name, f"open({str(out)!r}, 'w').write({name!r} + ' ' + ' '.join(sys.argv[1:]))")
    return out


@pytest.mark.parametrize(
    ("scheme", "platform", "environ", "link"),
    [
        ("tel", "linux", DESKTOP, "xdg-open tel:+442079460100"),
        ("tel", "linux", {"WAYLAND_DISPLAY": "wayland-0"}, "xdg-open tel:+442079460100"),
        ("callto", "linux", DESKTOP, "xdg-open callto:+442079460100"),
        ("sip", "darwin", {}, "open sip:+442079460100"),
    ],
)
async def test_the_link_is_built_from_e164_alone(
    scheme: str, platform: str, environ: dict[str, str], link: str, opened: Path
) -> None:
    done = await UriDialer(scheme=scheme, environ=environ, platform=platform).dial(ANN, SHOWN)
    assert opened.read_text() == link
    assert done.said == "Your phone program was asked to call."


async def test_a_prefix_stands_before_the_number_and_hash_is_escaped(opened: Path) -> None:
    line = OutsideLine("*9#", lambda e164: "020 7946 0100")
    await UriDialer(line, environ=DESKTOP, platform="linux").dial(ANN, SHOWN)
    assert opened.read_text() == "xdg-open tel:*9%2302079460100"


async def test_without_a_desktop_it_says_so_and_starts_nothing(opened: Path) -> None:
    with pytest.raises(DialError, match="No desktop is in reach") as refused:
        await UriDialer(environ={}, platform="linux").dial(ANN, SHOWN)
    assert "dialer: manual" in str(refused.value)
    assert not opened.exists()


async def test_a_mac_far_away_is_left_alone(opened: Path) -> None:
    with pytest.raises(DialError, match="No desktop is in reach"):
        await UriDialer(environ={"SSH_TTY": "/dev/ttys001"}, platform="darwin").dial(ANN, SHOWN)
    assert not opened.exists()


async def test_without_a_handler_it_says_what_to_do(fake_program: Fake) -> None:
    fake_program("xdg-open", "sys.exit(3)")
    with pytest.raises(DialError, match="No program on this machine opens tel: links"):
        await UriDialer(environ=DESKTOP, platform="linux").dial(ANN, SHOWN)


async def test_without_xdg_open_it_names_the_package(bin_folder: Path) -> None:
    with pytest.raises(DialError, match="Install xdg-utils"):
        await UriDialer(environ=DESKTOP, platform="linux").dial(ANN, SHOWN)


def waits_for_the_end(fake_program: Fake, folder: Path) -> tuple[Path, Path]:
    """A handler that stays open until the first file is there, and then makes the second."""
    over, said = folder / "over", folder / "said"
    fake_program(
        "xdg-open",
        f"for _ in range(3000):\n if os.path.exists({str(over)!r}): break\n time.sleep(0.02)\n"
        f"else: sys.exit(1)\nopen({str(said)!r}, 'w')",
    )
    return over, said


async def test_a_handler_that_stays_open_is_the_call_and_is_not_stopped(
    fake_program: Fake, tmp_path: Path, patience: Patience
) -> None:
    over, said = waits_for_the_end(fake_program, tmp_path)
    patience.given_up = lambda: True
    done = await UriDialer(environ=DESKTOP, platform="linux").dial(ANN, SHOWN)
    assert "asked to call" in done.said
    over.touch()
    await eventually(said.exists)


def test_the_call_goes_on_when_the_cockpit_closes(
    fake_program: Fake, tmp_path: Path, patience: Patience
) -> None:
    over, said = waits_for_the_end(fake_program, tmp_path)
    patience.given_up = lambda: True
    asyncio.run(UriDialer(environ=DESKTOP, platform="linux").dial(ANN, SHOWN))
    gc.collect()
    over.touch()
    asyncio.run(eventually(said.exists))


async def test_windows_opens_the_link_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    links: list[str] = []
    monkeypatch.setattr(os, "startfile", links.append, raising=False)
    await UriDialer(environ={}, platform="win32").dial(ANN, SHOWN)
    assert links == ["tel:+442079460100"]


async def test_windows_without_a_handler_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(link: str) -> None:
        raise OSError(1155, "no association")

    monkeypatch.setattr(os, "startfile", refuse, raising=False)
    with pytest.raises(DialError, match="No program on this machine"):
        await UriDialer(environ={}, platform="win32").dial(ANN, SHOWN)


@pytest.mark.parametrize(
    "number", ["", "112", "+44 20 7946 0100", "+442079460100?body=x", "tel:+442079460100"]
)
async def test_nothing_but_strict_e164_is_opened(number: str, opened: Path) -> None:
    with pytest.raises(DialError, match="cannot be dialled"):
        await UriDialer(environ=DESKTOP, platform="linux").dial(number, number)
    assert not opened.exists()


def test_only_phone_links_are_opened() -> None:
    with pytest.raises(DialError, match="tel, callto, sip"):
        UriDialer(scheme="file")

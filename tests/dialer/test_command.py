from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dialer.conftest import Patience
from tests.processes import eventually, gone
from tui.dialer.protocol import Cap, DialError
from tui.dialer.unwatched import CommandDialer

ANN = "+442079460100"
SHOWN = "+44 20 7946 0100"
Fake = Callable[[str, str], Path]


async def test_every_placeholder_is_filled_and_arguments_stay_whole(
    fake_program: Fake, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    fake_program("ring", f"open({str(out)!r}, 'w').write('|'.join(sys.argv[1:]))")
    dialer = CommandDialer(
        ["ring", "tel:{e164}", "{digits}; rm -rf", '{"to": "{e164}"}', "{national}"],
        lambda _: "020 7946 0100",
    )
    done = await dialer.dial(ANN, SHOWN)
    assert out.read_text() == f'tel:{ANN}|442079460100; rm -rf|{{"to": "{ANN}"}}|02079460100'
    assert done.call_id == "command-1"
    assert done.said == "ring was asked to call."


async def test_a_shell_never_sees_the_words(fake_program: Fake, tmp_path: Path) -> None:
    fake_program("ring", "pass")
    marker = tmp_path / "pwned"
    await CommandDialer(["ring", f"$(touch {marker})", f"; touch {marker}", "{e164}"]).dial(ANN, SHOWN)
    assert not marker.exists()


@pytest.mark.parametrize(
    "number",
    [
        *("", "+", "112", "02079460100", "+0123456789", "+44 20 7946 0100", "+44207946\n0100", "-e"),
        *("+49; rm -rf /", "+44207946010012345", "+٤٤٢٠٧٩٤٦٠١", "+442079460100\n"),
    ],
)
async def test_nothing_but_strict_e164_reaches_the_program(
    number: str, fake_program: Fake, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    fake_program("ring", f"open({str(out)!r}, 'w')")
    with pytest.raises(DialError):
        await CommandDialer(["ring", "{e164}"]).dial(number, number)
    assert not out.exists()


@given(st.text(max_size=20))
def test_no_text_but_e164_is_ever_filled_in(text: str) -> None:
    dialer = CommandDialer(["no-such-program-here", "{e164}"])
    with pytest.raises(DialError) as refused:
        asyncio.run(dialer.dial(text, text))
    if text[:1] != "+" or not text[1:].isascii():
        assert "cannot be dialled" in str(refused.value)


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ([], "list of words"),
        ([""], "list of words"),
        (["ring-{e164}"], "name cannot hold a placeholder"),
        (["ring"], "every person would get the same call"),
        (["ring", "{name}"], "`{name}` is unknown"),
        (["./ring", "{e164}"], "depends on the folder"),
        (["tools/ring", "{e164}"], "depends on the folder"),
    ],
)
def test_a_bad_command_is_refused_with_what_to_do(argv: list[str], said: str) -> None:
    with pytest.raises(DialError, match=r"dialer\.command in your own settings") as refused:
        CommandDialer(argv)
    assert said in str(refused.value)


async def test_a_missing_program_is_named(bin_folder: Path) -> None:
    with pytest.raises(DialError, match="ring is not installed"):
        await CommandDialer(["ring", "{e164}"]).dial(ANN, SHOWN)


async def test_a_program_in_the_current_folder_is_not_found(
    bin_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ring").write_text("#!/bin/sh\n")
    (tmp_path / "ring").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f".{os.pathsep}{bin_folder}")
    with pytest.raises(DialError, match="not installed"):
        await CommandDialer(["ring", "{e164}"]).dial(ANN, SHOWN)


async def test_the_last_complaint_is_shown_without_escape_codes(fake_program: Fake) -> None:
    fake_program("ring", r"sys.stderr.write('first\n\x1b]52;c;eA==\x07no \u202eroute\n\n'); sys.exit(7)")
    with pytest.raises(DialError) as failed:
        await CommandDialer(["ring", "{e164}"]).dial(ANN, SHOWN)
    assert str(failed.value) == "ring failed (7): ]52;c;eA==no route"


async def test_a_silent_failure_still_reads_as_a_sentence(fake_program: Fake) -> None:
    fake_program("ring", "sys.exit(1)")
    with pytest.raises(DialError, match=r"ring failed \(1\): it gave no reason"):
        await CommandDialer(["ring", "{e164}"]).dial(ANN, SHOWN)


async def test_a_file_that_is_no_program_is_a_clear_error(bin_folder: Path) -> None:
    (bin_folder / "ring").write_bytes(b"\x00\x01")
    (bin_folder / "ring").chmod(0o755)
    with pytest.raises(DialError, match="ring could not start"):
        await CommandDialer(["ring", "{e164}"]).dial(ANN, SHOWN)


async def test_a_program_that_hangs_is_stopped_with_its_children(
    fake_program: Fake, tmp_path: Path, patience: Patience
) -> None:
    pids = tmp_path / "pids"
    patience.given_up = lambda: pids.exists() and len(pids.read_text().split()) == 2
    fake_program(
        "ring",
        f"child = os.fork()\nif child: open({str(pids)!r}, 'w').write(f'{{os.getpid()}} {{child}} ')\n"
        "time.sleep(60)",
    )
    with pytest.raises(DialError, match=r"did not finish within 1\.5 seconds"):
        await CommandDialer(["ring", "{e164}"], timeout=1.5).dial(ANN, SHOWN)
    await eventually(lambda: all(gone(int(pid)) for pid in pids.read_text().split()))


async def test_a_program_that_ignores_a_polite_stop_is_killed(
    fake_program: Fake, tmp_path: Path, patience: Patience
) -> None:
    pids = tmp_path / "pids"
    patience.given_up = lambda: pids.exists() and pids.read_text() != ""
    fake_program(
        "ring",
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"open({str(pids)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)",
    )
    with pytest.raises(DialError, match="did not finish"):
        await CommandDialer(["ring", "{e164}"], timeout=1.5).dial(ANN, SHOWN)
    await eventually(lambda: gone(int(pids.read_text())))


async def test_a_program_left_in_the_background_does_not_hold_up_the_rep(
    fake_program: Fake, tmp_path: Path
) -> None:
    pid = tmp_path / "pid"
    fake_program(
        "ring", f"if os.fork() == 0: open({str(pid)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    )
    await CommandDialer(["ring", "{e164}"], timeout=20).dial(ANN, SHOWN)
    await eventually(lambda: pid.exists() and bool(pid.read_text()))
    os.kill(int(pid.read_text()), signal.SIGKILL)


async def test_the_program_gets_no_input_no_terminal_and_no_password(
    fake_program: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    monkeypatch.setenv("POWERHOUR_SIP_PASSWORD", "hush")
    fake_program(
        "ring",
        f"open({str(out)!r}, 'w').write(repr([sys.stdin.read(), 'POWERHOUR_SIP_PASSWORD' in os.environ, "
        "os.getsid(0) == os.getpid()]))\nprint('x' * 10_000_000)",
    )
    await CommandDialer(["ring", "{e164}"]).dial(ANN, SHOWN)
    assert out.read_text() == "['', False, True]"


async def test_it_promises_nothing_it_cannot_do() -> None:
    dialer = CommandDialer(["ring", "{e164}"])
    await dialer.start()
    assert dialer.caps == Cap.DIALS
    await dialer.hang_up("command-1")
    for refused in (
        dialer.answer("x"),
        dialer.send_dtmf("x", "1"),
        dialer.play_voicemail("x", Path("x.wav")),
    ):
        with pytest.raises(DialError):
            await refused
    listening = asyncio.ensure_future(anext(dialer.events(), "over"))
    await asyncio.sleep(0)
    await dialer.stop()
    async with asyncio.timeout(30):
        assert await listening == "over"

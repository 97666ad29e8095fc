"""The softphone's process and folder, with a program of ours in the softphone's place."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.processes import eventually, gone
from tui.dialer.protocol import DialError
from tui.dialer.softphone.process import Process, launch, listener_is_ours, survivors

if sys.platform == "win32":
    pytest.skip("the softphone is not offered on Windows", allow_module_level=True)

Fake = Callable[[str, str], Path]
SAM = "sip:sam@example.com"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment with a runtime folder of its own, and a password."""
    runtime = tmp_path / "runtime"
    runtime.mkdir()
    return {**os.environ, "XDG_RUNTIME_DIR": str(runtime), "POWERHOUR_SIP_PASSWORD": "hush"}


@pytest.fixture
def start(fake_program: Fake, environ: dict[str, str]) -> Callable[..., Process]:
    def run(body: str = "time.sleep(60)") -> Process:
        program = fake_program("baresip", body)
        return launch(program, lambda port, _: f"port {port}\n", SAM, environ)

    return run


async def test_its_folder_and_files_are_private(start: Callable[..., Process], tmp_path: Path) -> None:
    process = start("open(sys.argv[3] + '/written', 'w').write('x'); time.sleep(60)")
    await eventually((process.folder / "written").exists)
    assert stat.S_IMODE(process.folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in process.folder.iterdir()}
    assert set(modes) == {"config", "accounts", "contacts", "running.json", "owner.lock", "trace", "written"}
    assert set(modes.values()) == {0o600}
    assert (process.folder / "config").read_text() == f"port {process.port}\n"
    await process.end()
    assert not process.folder.exists()


async def test_it_gets_its_own_folder_as_argument_and_none_of_our_variables(
    start: Callable[..., Process], tmp_path: Path
) -> None:
    process = start(
        "open(sys.argv[3] + '/said', 'w').write(repr([sys.argv[1:], [n for n in os.environ if 'POWERHOUR' in n]]));"
        "time.sleep(60)"
    )
    said = process.folder / "said"
    await eventually(lambda: said.exists() and said.read_text() != "")
    assert said.read_text() == repr([["-s", "-f", str(process.folder)], []])
    await process.end()


async def test_ending_it_ends_all_it_started(start: Callable[..., Process]) -> None:
    process = start(
        "pid = os.fork()\nif pid: open(sys.argv[3] + '/child', 'w').write(str(pid))\ntime.sleep(60)"
    )
    child = process.folder / "child"
    await eventually(lambda: child.exists() and child.read_text() != "")
    pids = (process.pid, int(child.read_text()))
    await process.end()
    await eventually(lambda: all(map(gone, pids)))


async def test_one_that_ends_by_itself_is_given_the_time(start: Callable[..., Process]) -> None:
    process = start("time.sleep(0.3); open(os.path.dirname(sys.argv[3]) + '/goodbye', 'w')")
    await process.end(grace=60)
    assert (process.folder.parent / "goodbye").exists()


def test_a_program_that_cannot_start_is_told_and_leaves_nothing(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    with pytest.raises(DialError, match="could not start"):
        launch(tmp_path / "absent", lambda *_: "", SAM, environ)
    assert list(Path(environ["XDG_RUNTIME_DIR"]).iterdir()) == []


async def test_one_whose_cockpit_lives_is_nobody_elses(
    start: Callable[..., Process], environ: dict[str, str]
) -> None:
    process = start("open(sys.argv[3] + '/up', 'w'); time.sleep(60)")
    await eventually((process.folder / "up").exists)
    assert list(survivors(environ)) == []
    process.release()
    (found,) = survivors(environ)
    assert (found.pid, found.port, found.account, found.folder) == (
        process.pid,
        process.port,
        SAM,
        process.folder,
    )
    assert found.alive
    assert list(survivors(environ)) == []
    await found.end()
    assert not found.folder.exists()


async def test_what_a_dead_one_left_is_cleared_away(
    start: Callable[..., Process], environ: dict[str, str]
) -> None:
    process = start("pass")
    await eventually(lambda: not process.alive)
    process.release()
    assert list(survivors(environ)) == []
    assert not process.folder.exists()


async def test_another_process_with_its_number_is_not_taken_for_it(
    start: Callable[..., Process], environ: dict[str, str]
) -> None:
    process = start("pass")
    await eventually(lambda: not process.alive)
    note = process.folder / "running.json"
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    note.write_text(json.dumps({"pid": other.pid, "port": process.port, "account": SAM}))
    process.release()
    assert list(survivors(environ)) == []
    assert other.poll() is None
    other.kill()
    other.wait()


@pytest.mark.parametrize("note", ["", "{", "[]", '{"pid": "x"}', '{"pid": 1}'])
def test_a_note_that_makes_no_sense_is_cleared_away(environ: dict[str, str], note: str) -> None:
    folder = Path(environ["XDG_RUNTIME_DIR"]) / "powerhour-phone-x"
    folder.mkdir(mode=0o700)
    (folder / "running.json").write_text(note)
    assert list(survivors(environ)) == []
    assert not folder.exists()


def test_a_folder_others_may_enter_is_never_trusted(environ: dict[str, str], tmp_path: Path) -> None:
    runtime = Path(environ["XDG_RUNTIME_DIR"])
    planted = runtime / "powerhour-phone-open"
    planted.mkdir()
    planted.chmod(0o755)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    (runtime / "powerhour-phone-link").symlink_to(elsewhere)
    (runtime / "powerhour-phone-file").touch()
    assert list(survivors(environ)) == []
    assert planted.exists()
    assert elsewhere.exists()


def test_a_port_somebody_else_took_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "proc/net").mkdir(parents=True)
    table = tmp_path / "proc/net/tcp"
    head = (
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
    )
    row = "   0: 0100007F:{port:04X} 00000000:0000 {state} 00000000:00000000 00:00000000 00000000 {uid:>5} 0 1\n"
    mine, other = os.getuid(), os.getuid() + 1
    for uid, state, ours in ((mine, "0A", True), (other, "0A", False), (mine, "01", False)):
        table.write_text(head + row.format(port=4100, state=state, uid=uid))
        assert listener_is_ours(4100, tmp_path) is ours
    assert not listener_is_ours(4101, tmp_path)
    assert listener_is_ours(4101, tmp_path / "a system without proc")

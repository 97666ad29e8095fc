from __future__ import annotations

import stat
import wave
from pathlib import Path

import pytest

from tui.dialer.protocol import DialError
from tui.dialer.softphone.recording import Recordings, message_seconds


def appear(folder: Path, *names: str) -> None:
    for name in names:
        (folder / f"dump-{name}.wav").write_bytes(b"sound")


def test_files_belong_to_the_call_during_which_they_appeared(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    recordings = Recordings(folder)
    appear(folder, "2026-11-23-15-01-00-enc", "2026-11-23-15-01-00-dec")
    recordings.claim("ann", keep=True)
    appear(folder, "sip-bo-2026-11-23-15-02-00-enc", "sip-bo-2026-11-23-15-02-00-dec")
    recordings.claim("bo", keep=False)
    assert recordings.finish("bo", keep=False) == ()
    kept = recordings.finish("ann", keep=True)
    assert sorted(path.name.rpartition("-")[2] for path in kept) == ["customer.wav", "rep.wav"]
    assert sorted(folder.iterdir()) == sorted(kept)


def test_two_calls_in_one_second_do_not_overwrite_each_other(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    kept = []
    for call in ("ann", "bo"):
        appear(tmp_path, f"{call}-enc")
        kept += recordings.finish(call, keep=True)
    assert len(set(kept)) == 2
    assert all(path.exists() for path in kept)


def test_a_recording_has_its_name_while_it_is_written_so_a_crash_leaves_nothing_unnamed(
    tmp_path: Path,
) -> None:
    recordings = Recordings(tmp_path)
    appear(tmp_path, "2026-11-23-15-01-00-enc", "2026-11-23-15-01-00-dec")
    recordings.claim("ann", keep=True)
    named = sorted(tmp_path.iterdir())
    assert [path.name.rpartition("-")[2] for path in named] == ["customer.wav", "rep.wav"]
    assert len({path.name.rpartition("-")[0] for path in named}) == 1
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in named)
    started_again = Recordings(tmp_path)
    started_again.sweep()
    assert sorted(tmp_path.iterdir()) == named


def test_a_call_only_known_to_be_recorded_later_gives_its_first_files_their_names_then(
    tmp_path: Path,
) -> None:
    recordings = Recordings(tmp_path)
    appear(tmp_path, "one-enc")
    recordings.claim("ann", keep=False)
    recordings.claim("ann", keep=True)
    (kept,) = recordings.finish("ann", keep=True)
    assert kept.name.endswith("-rep.wav")
    assert kept.exists()


def test_a_side_begun_anew_in_the_same_call_overwrites_nothing(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    for moment in ("first", "second"):
        (tmp_path / f"dump-{moment}-enc.wav").write_text(moment)
        recordings.claim("ann", keep=True)
    kept = recordings.finish("ann", keep=True)
    assert [path.read_text() for path in kept] == ["first", "second"]


def test_files_without_a_name_at_a_fresh_start_are_of_nobody_who_agreed_and_go(tmp_path: Path) -> None:
    appear(tmp_path, "left-by-a-crash-enc")
    (tmp_path / "call-2026-11-23-150100-rep.wav").write_bytes(b"sound")
    Recordings(tmp_path).sweep()
    assert [path.name for path in tmp_path.iterdir()] == ["call-2026-11-23-150100-rep.wav"]


def test_the_folder_is_closed_to_others(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Recordings(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DialError, match="cannot be recorded to"):
        Recordings(tmp_path / "file" / "kept")


@pytest.mark.parametrize(
    ("channels", "width", "rate", "said"),
    [(1, 2, 8000, "8000 Hz"), (2, 2, 48000, "2 channel"), (1, 1, 48000, "8 bit"), (1, 2, 48000, "empty")],
)
def test_a_message_the_softphone_cannot_play_is_refused_with_the_cure(
    tmp_path: Path, channels: int, width: int, rate: int, said: str
) -> None:
    path = tmp_path / "message.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, width, rate, 0, "NONE", ""))
        file.writeframes(b"" if said == "empty" else bytes(channels * width))
    with pytest.raises(DialError, match=said):
        message_seconds(path)


def test_the_length_of_a_message_is_in_seconds(tmp_path: Path) -> None:
    path = tmp_path / "message.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 48000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 72000))
    assert message_seconds(path) == 1.5

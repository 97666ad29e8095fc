"""A rep's whole account as a file: what is in it comes back, what is theirs stays out, and half a file is no file."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.domain.ids import SCHEMA
from tui.domain.shared.merge import Record, shared
from tui.storage.sharing.account_file import (
    NotAnAccount,
    _as_json,
    account_lines,
    checked,
    files_in,
    header_line,
    record_line,
    record_of,
    records_of,
)

KINDS = ("contact", "call", "session", "entry", "plan", "rep", "same_person", "forgotten", "hash_key")


@pytest.fixture
def all_kinds(records: SimpleNamespace) -> list[Record]:
    return [getattr(records, kind)() for kind in KINDS]


@pytest.fixture
def account(tmp_path: Path, all_kinds: list[Record], records: SimpleNamespace) -> Path:
    path = tmp_path / "sam.jsonl"
    lines = account_lines(lambda: all_kinds, rep="rep-1", made_at=records.now, notes_since=None)
    path.write_bytes(b"".join(lines))
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_comes_back_as_others_may_have_it(records: SimpleNamespace, kind: str) -> None:
    record = getattr(records, kind)()
    assert record_of(record_line(record)) == shared(record)


def test_what_is_a_reps_own_stands_in_no_line(account: Path) -> None:
    told = account.read_text("ascii")
    assert not any(own in told for own in ("coffee", '"keys":4', "2.25", "12.5"))


def test_the_first_line_says_what_it_is(account: Path, all_kinds: list[Record]) -> None:
    first = json.loads(account.read_text("ascii").splitlines()[0])
    assert first["schema"] == SCHEMA
    assert (first["holds"], first["rep"], first["count"]) == ("everything", "rep-1", len(all_kinds))
    assert {"format", "version", "made_at", "program"} <= first.keys()


def test_a_file_is_read_line_by_line(account: Path, all_kinds: list[Record]) -> None:
    assert checked(account).count == len(all_kinds)
    assert list(records_of(account)) == [shared(one) for one in all_kinds]


def test_old_notes_stay_at_home(records: SimpleNamespace) -> None:
    call = records.call()
    assert record_of(record_line(call, records.now.replace(year=2027))).notes == ()  # type: ignore[union-attr]


def test_a_file_cut_at_any_byte_is_not_taken(account: Path, tmp_path: Path) -> None:
    whole, half = account.read_bytes(), tmp_path / "half.jsonl"
    ends = {at + beside for at, byte in enumerate(whole) if byte == 10 for beside in (-1, 0, 1)}
    for length in sorted({*range(0, len(whole), 41), *ends} - {len(whole), len(whole) - 1, len(whole) + 1}):
        half.write_bytes(whole[:length])
        with pytest.raises(NotAnAccount, match=r"half\.jsonl (is cut short|is empty)"):
            checked(half)


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
NEARLY_JSON = st.text('[]{}":,-+.0123456789eE \\ud8ntrfalsNI\t\x00\x7fé', max_size=12)


@given(
    ANY_JSON.map(json.dumps).map(str.encode)
    | ANY_JSON.map(lambda one: json.dumps(one, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    | NEARLY_JSON.map(str.encode)
)
@example(b"1e400")
@example(b"-0")
@example(b'{"a":1,"a":2}')
@example(b"9" * 5_000)
@example(b'"\\ud800"')
def test_a_line_is_read_as_json_has_it_by_whichever_reader(line: bytes) -> None:
    try:
        quickly = msgspec.json.decode(line)
    except (msgspec.MsgspecError, ValueError):
        return  # then the other reads it
    assert repr(quickly) == repr(_as_json(line))


LINE = b'{"table":"reps","id":"r1","label":"Ann"}\n'
OF_ONE = header_line("r1", datetime(2026, 11, 23, tzinfo=UTC), 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"name,phone\nAnn,+442079460100\n", "was not written by `powerhour export --all`"),
        (b"[1]\n", "was not written by"),
        ('{"kind":"export"}'.encode("utf-16"), "was not written by"),
        (b'{"kind":"export","schema":3,"holds":"contacts"}\n', "holds contacts only"),
        (b'{"kind":"export","schema":2}\n', "holds a part only"),
        (b'{"kind":"export","schema":3,"holds":"do_not_call"}\n', "powerhour dnc import"),
        (OF_ONE.replace(b'"schema":%d' % SCHEMA, b'"schema":99') + LINE, "by a newer Power Hour (format 99"),
        (OF_ONE + b"{broken}\n" + LINE, "line 2, cannot be used: it is no JSON"),
        (OF_ONE + LINE + b'{"table":"prices"}\n', "line 3, cannot be used: it is no record of ours"),
        (OF_ONE + b'{"table":"reps"}\n', "line 2, cannot be used: `id` is missing"),
        (OF_ONE + b'{"table":"calls","id":"k","talk_s":NaN}\n', "line 2, cannot be used"),
        (OF_ONE + b'{"table":"calls","id":"k","talk_s":1e999}\n', "line 2, cannot be used"),
        (OF_ONE + b"[" * 100_000 + b"\n", "line 2, cannot be used"),
        (OF_ONE + LINE + OF_ONE + LINE, "line 3, cannot be used"),
        (OF_ONE + LINE + LINE, "2 records, and its first line says 1"),
    ],
)
def test_any_other_file_gets_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "their.jsonl"
    path.write_bytes(content)
    with pytest.raises(NotAnAccount) as refused:
        checked(path)
    assert said in str(refused.value)
    assert "Nothing was merged." in str(refused.value)


@pytest.mark.parametrize("way", [b"\r\n", b"\n\n"])
def test_other_line_ends_and_a_mark_are_read(tmp_path: Path, way: bytes) -> None:
    path = tmp_path / "their.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + (OF_ONE + LINE).replace(b"\n", way))
    assert checked(path).count == 1


def test_a_line_as_long_as_the_copy_of_a_register_is_read(tmp_path: Path) -> None:
    path = tmp_path / "kim.jsonl"
    path.write_bytes(OF_ONE + LINE.replace(b"}", b" " * 17_000_000 + b"}"))
    assert checked(path).count == 1


def test_a_folder_means_its_files(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl", "notes.txt", ".a.jsonl"):
        (tmp_path / name).write_bytes(b"")
    found = files_in([tmp_path / "b.jsonl", tmp_path])
    assert [one.name for one in found] == ["b.jsonl", "a.jsonl"]


@pytest.mark.parametrize("name", ["nobody.jsonl", "."])
def test_a_place_without_such_a_file_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotAnAccount):
        [checked(one) for one in files_in([tmp_path / name])]


def test_control_characters_of_a_colleagues_file_go(tmp_path: Path) -> None:
    contact = record_of('{"table":"contacts","id":"c1","name":"A\\u001b[31mnn \u202eZoë"}'.encode())
    assert "\x1b" not in contact.name  # type: ignore[union-attr]
    assert "\u202e" not in contact.name  # type: ignore[union-attr]

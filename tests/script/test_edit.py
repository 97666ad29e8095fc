"""Changing one text of a script in place: the rest of the file stays as it was."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.plaintext import clean_text
from tui.script.files.edit import EditError, change, changed_text, target_at
from tui.script.files.load import Loaded, load

SCRIPT = """\
# Our spring call.
title: A   # shown to the rep

opener:
  - say: |   # read slowly
      Hello there.
      How are you?

    # smile
    coach: >-
      Smile and
      wave.
  - ask: 'it''s ok?'     # a short one
    yes: Good. -> close   # on we go
    no: "x"\x20\x20\x20
pitch:  {say: a, coach: b}   # in one line
close: words over
  two lines   # and a note
voicemail:
  - {attempt: 1,   say: Hello.}
  - attempt: last
    say: "Bye: \\"you\\"."
"""
SPOTS = [
    ("title",),
    ("opener", "steps", 0, "say"),
    ("opener", "steps", 0, "coach"),
    ("opener", "steps", 1, "ask"),
    ("opener", "steps", 1, "answers", "yes", "say"),
    ("opener", "steps", 1, "answers", "no", "say"),
    ("pitch", "steps", 0, "say"),
    ("close", "steps", 0, "say"),
    ("voicemail", 0, "say"),
    ("voicemail", 1, "say"),
]
COMMENTS = (
    *("# Our spring call.", "# shown to the rep", "# read slowly", "# smile", "# a short one", "# on we go"),
    *("# in one line", "# and a note"),
)
SHIPPED = sorted((Path(__file__).parents[2] / "scripts").glob("*.yaml"))
SPOKEN = frozenset({"say", "ask", "do", "coach", "text", "proof", "walk_away", "early", "late", "on_time"})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.yaml"
    path.write_bytes(SCRIPT.encode())
    return path


def put(loaded: Loaded, path: tuple[str | int, ...], words: str, before: str) -> str:
    target = target_at(loaded, path)
    assert target is not None
    return changed_text(before, target, words)


def read_back(folder: Path, text: str) -> Loaded:
    path = folder / "back.yaml"
    path.write_bytes(text.encode())
    return load(path)


def words_by_path(loaded: Loaded) -> dict[tuple[str | int, ...], str]:
    return {path: node.text.strip() for path, node in loaded.places.items() if node.kind == "text"}


@pytest.mark.parametrize("spot", SPOTS, ids=lambda spot: ".".join(map(str, spot)))
@pytest.mark.parametrize(
    "words",
    ["New words.", "What: now? # really", 'it\'s "so"', "{{first_name}}, hi", "- a, b] }", "~", "ü – “x”"],
)
def test_new_words_stand_there_and_nothing_else_changed(file, tmp_path, spot, words):
    loaded = load(file)
    after = put(loaded, spot, words, SCRIPT)
    back = read_back(tmp_path, after)
    assert words_by_path(back) == {**words_by_path(loaded), spot: words}
    assert [comment for comment in COMMENTS if comment not in after] == []


def test_only_the_lines_of_the_text_change(file):
    after = put(load(file), ("opener", "steps", 1, "ask"), "Is that all right?", SCRIPT)
    assert after == SCRIPT.replace("'it''s ok?'", "'Is that all right?'")


def test_words_with_a_jump_behind_them_keep_the_jump(file):
    after = put(load(file), ("opener", "steps", 1, "answers", "yes", "say"), "Lovely.", SCRIPT)
    assert "    yes: Lovely. -> close   # on we go\n" in after


def test_another_jump_may_be_written_with_the_words(file):
    after = put(load(file), ("opener", "steps", 1, "answers", "yes", "say"), "Lovely. -> pitch", SCRIPT)
    assert "    yes: Lovely. -> pitch   # on we go\n" in after


def test_words_that_need_quotes_get_them(file):
    after = put(load(file), ("title",), "{{company}}: a call", SCRIPT)
    assert 'title: "{{company}}: a call"   # shown to the rep\n' in after


def test_a_block_stays_a_block(file):
    after = put(load(file), ("opener", "steps", 0, "say"), "One line.\nAnd another: #2", SCRIPT)
    assert "  - say: |   # read slowly\n      One line.\n      And another: #2\n\n    # smile\n" in after


def test_line_ends_and_byte_order_mark_of_windows_survive(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(("\ufeff" + SCRIPT.replace("\n", "\r\n")).encode())
    target = target_at(load(path), ("opener", "steps", 0, "say"))
    change(target, "One line.\nTwo lines.")
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n") > 10
    assert load(path).script.opener.steps[0].say == "One line.\nTwo lines."


@pytest.mark.parametrize(
    "source",
    [
        source if source.stem == "first_call" else pytest.param(source, marks=pytest.mark.slow)
        for source in SHIPPED
    ],
    ids=lambda source: source.name,
)
def test_every_sentence_of_the_shipped_scripts_can_be_changed_and_put_back(source):
    loaded, text = load(source), source.read_text("utf-8")
    spots = [p for p, n in loaded.places.items() if p and p[-1] in SPOKEN and n.kind == "text"]
    own = [spot for spot in spots if loaded.places[spot].file == loaded.file]
    assert own
    for spot in own:
        assert put(loaded, spot, "Something: else?", text) != text
        assert put(loaded, spot, target_at(loaded, spot).words, text) == text


@given(
    spot=st.sampled_from(SPOTS), words=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80)
)
def test_whatever_is_typed_reads_back_or_is_refused(tmp_path_factory, spot, words):
    folder = tmp_path_factory.mktemp("any")
    (folder / "a.yaml").write_bytes(SCRIPT.encode())
    loaded = load(folder / "a.yaml")
    wanted = clean_text(words).strip()
    target = target_at(loaded, spot)
    try:
        change(target, words)
    except EditError:
        assert (folder / "a.yaml").read_bytes() == SCRIPT.encode()
        return
    after = load(folder / "a.yaml")
    before = words_by_path(loaded)
    changed = {path: text for path, text in words_by_path(after).items() if before.get(path) != text}
    assert changed.get(spot, before[spot]) in (wanted, wanted.rsplit("->", 1)[0].strip())
    assert set(changed) <= {spot, (*spot[:-1], "goto")}


def test_no_words_are_refused(file):
    with pytest.raises(EditError, match="no words"):
        change(target_at(load(file), ("title",)), " \u200b ")
    assert file.read_text("utf-8") == SCRIPT


def test_a_file_somebody_else_saved_meanwhile_is_left_alone(file):
    target = target_at(load(file), ("title",))
    file.write_text("# theirs\n" + SCRIPT, "utf-8")
    os.utime(file, (1, 1))
    with pytest.raises(EditError, match="changed meanwhile"):
        change(target, "B")
    assert file.read_text("utf-8").startswith("# theirs\n")


def test_words_of_a_shared_file_are_changed_there(tmp_path):
    (tmp_path / "_house.yaml").write_text("stop: Bye.  # short\n", "utf-8")
    (tmp_path / "a.yaml").write_text("title: A\nextends: _house.yaml\nopener: Hi\n", "utf-8")
    change(target_at(load(tmp_path / "a.yaml"), ("stop", "steps", 0, "say")), "So long.")
    assert (tmp_path / "_house.yaml").read_text("utf-8") == "stop: So long.  # short\n"


def test_the_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path, file):
    file.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    change(target_at(load(link), ("title",)), "B")
    assert link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert load(file).script.title == "B"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_full_disk_leaves_the_file_as_it_was(file, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", full)
    with pytest.raises(EditError, match="No space left"):
        change(target_at(load(file), ("title",)), "B")
    assert file.read_text("utf-8") == SCRIPT

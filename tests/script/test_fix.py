"""Repairs: what is safe is mended, says the same words, and keeps comments and layout; the rest is left alone."""

import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rows import each
from tui.script.check.fix import fix_file, fix_text
from tui.yamlfile.read import read_text

HEAD = "title: A  # the name\n"


@each(
    ("before", "after", "did"),
    [
        ("opener: {{first_name}}, hi\n", 'opener: "{{first_name}}, hi"\n', "in quotes"),
        ("ask:\n  - {{first_name}}, what?\n", 'ask:\n  - "{{first_name}}, what?"\n', "in quotes"),
        ("stop: One thing: bye\n", 'stop: "One thing: bye"\n', "in quotes"),
        ("stop: One thing: bye   # warm\n", 'stop: "One thing: bye"   # warm\n', "in quotes"),
        ('stop: He said "a": bye\n', "stop: 'He said \"a\": bye'\n", "in quotes"),
        ('stop: A "b" it\'s: c\n', 'stop: "A \\"b\\" it\'s: c"\n', "in quotes"),
        ("stop: @home\n", 'stop: "@home"\n', "in quotes"),
        ("stop: %b\r\n", 'stop: "%b"\r\n', "in quotes"),
        ("answers:\n  yes: Well: ok -> close\n", 'answers:\n  yes: "Well: ok -> close"\n', "in quotes"),
        ("ask:\n  - ask: One: two\n    save: x\n", 'ask:\n  - ask: "One: two"\n    save: x\n', "in quotes"),
        ("stop: “One: two”\n", 'stop: "One: two"\n', "curly"),
        ("stop: 'It's me'\nclose: b\n", 'stop: "It\'s me"\nclose: b\n', "apostrophe"),
        ("opener:Hi there\nclose: b\n", "opener: Hi there\nclose: b\n", "after the colon"),
        ("ask:\n  -One?\n  - Two?\n", "ask:\n  - One?\n  - Two?\n", "after the dash"),
        ("ask:\n  -One?\n  -Two?\n", "ask:\n  - One?\n  - Two?\n", "after the dash"),
        ("ask:\n  - One?\n  -Two?\n", "ask:\n  - One?\n  - Two?\n", "after the dash"),
        ("ask:\n\t- One?\n", "ask:\n  - One?\n", "tab"),
        ("ask:\n\t- ask: One?\n\t  save: x\n", "ask:\n  - ask: One?\n    save: x\n", "tab"),
        ("ask:\n\u00a0 - One?\n  - b\n", "ask:\n  - One?\n  - b\n", "special spaces"),
    ],
)
def test_a_slip_is_mended_where_it_is_and_nothing_else_changes(before, after, did):
    text, repairs = fix_text(HEAD + before)
    assert text == HEAD + after
    assert did in repairs[0].did
    assert repairs[0].line == 2 + before[: before.index(next(c for c in before.split("\n")
                                                             if c not in after.split("\n")))].count("\n")  # fmt: skip
    assert read_text(text, "").ok
    assert fix_text(text) == (text, [])


@each(
    "text",
    [
        'opener: "Hi there\nclose: Bye\n',  # where the quote ends is anybody's guess
        "stop: Quick one: two\n  minutes\n",  # the text goes on below
        "ask:\n  - {ask: {{first_name}}, what?, save: x}\n",
        "stop: About order #1234: got it\n",  # is it a comment?
        "say: I tell you\n  -honestly- this\n",
        "say: |\n  -a\n  -b\n",
        "say: '\n  -a\n  -b'\n",
        "url:http\nopener: x\n",
        "a: [1, 2\nb: c\n",
        "ask:\n\t- One?\nsay: |\n  one\n  \ttwo\n",  # how wide is the tab inside the text?
        "",
        "title: A\n",
    ],
)
def test_what_is_not_certain_is_left_alone(text):
    assert fix_text(text) == (text, [])


def test_all_slips_of_a_file_are_mended_and_one_that_cannot_be_does_not_stop_the_others():
    text = HEAD + 'opener: {{a}}, hi\n\n# a comment\nstop:Bye\npitch: One: two\nclose: "open\n'
    mended, repairs = fix_text(text)
    assert [r.line for r in repairs] == [2, 5, 6]
    assert mended.splitlines()[1:] == [
        'opener: "{{a}}, hi"', "", "# a comment", "stop: Bye", 'pitch: "One: two"', 'close: "open',
    ]  # fmt: skip


SLIPS = ["\t", '"', "'", ": ", "- ", "-", " ", "{{", "“", "”", "#", "\u00a0", "@", "\r"]


def words_of(text: str) -> list[str]:
    read = read_text(text, "")
    # A dash that gets its space makes a list: the signs Python puts around one are no words.
    return re.sub(r"""[-\[\]{},:'"\\]""", " ", str(read.node.plain())).split() if read.ok else []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_repairing_twice_is_repairing_once_and_a_readable_file_keeps_its_words(shipped_folder, data):
    names = sorted(p.name for p in shipped_folder.glob("*.yaml"))
    lines = (shipped_folder / data.draw(st.sampled_from(names))).read_text(encoding="utf-8").split("\n")
    begin = data.draw(st.integers(0, len(lines) - 1))
    text = "\n".join(lines[begin : begin + 25])
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(text)))
        text = (
            text[:at] + data.draw(st.sampled_from([*SLIPS, ""])) + text[at + data.draw(st.integers(0, 2)) :]
        )
    once, repairs = fix_text(text)
    assert fix_text(once) == (once, [])
    assert bool(repairs) is (once != text)
    if read_text(text, "").ok:
        assert words_of(once) == words_of(text)
    assert once.count("#") == text.count("#")


class TestFiles:
    def test_windows_letters_become_utf8(self, tmp_path):
        path = tmp_path / "a.yaml"
        path.write_bytes("title: Città  # è\r\nopener: Perché no?\r\n".encode("cp1252"))
        fixed = fix_file(path)
        assert [(r.line, r.did) for r in fixed.repairs] == [(0, "saved as UTF-8 (it was Windows-1252)")]
        assert path.read_bytes().decode("utf-8") == "title: Città  # è\r\nopener: Perché no?\r\n"
        assert not fix_file(path).repairs

    def test_a_line_pasted_in_another_encoding_is_mended_alone(self, tmp_path):
        path = tmp_path / "a.yaml"
        path.write_bytes("title: Città\n".encode() + "opener: Perché no?\n".encode("cp1252"))
        assert fix_file(path).repairs
        assert path.read_text(encoding="utf-8") == "title: Città\nopener: Perché no?\n"

    def test_utf16_becomes_utf8(self, tmp_path):
        path = tmp_path / "a.yaml"
        path.write_bytes("title: Città\n".encode("utf-16"))
        assert fix_file(path).repairs
        assert path.read_text(encoding="utf-8") == "title: Città\n"

    def test_a_file_with_nothing_to_mend_is_not_written(self, tmp_path):
        path = tmp_path / "a.yaml"
        path.write_bytes(b"\xef\xbb\xbftitle: A\r\n")
        before = path.stat()
        assert not fix_file(path).repairs
        assert path.stat().st_mtime_ns == before.st_mtime_ns
        assert path.read_bytes() == b"\xef\xbb\xbftitle: A\r\n"

    def test_the_rights_of_the_file_are_kept_and_a_link_stays_a_link(self, tmp_path):
        real, link = tmp_path / "real.yaml", tmp_path / "a.yaml"
        real.write_text("stop: a: b\n", encoding="utf-8")
        real.chmod(0o640)
        link.symlink_to(real)
        assert fix_file(link).repairs
        assert link.is_symlink()
        assert real.stat().st_mode & 0o777 == 0o640
        assert real.read_text(encoding="utf-8") == 'stop: "a: b"\n'
        assert sorted(p.name for p in tmp_path.iterdir()) == ["a.yaml", "real.yaml"]

    @pytest.mark.parametrize(
        ("raw", "says"),
        [
            (b"PK\x03\x04\x14\x00word/document.xml", "Word document"),
            (b"%PDF-1.7\n", "PDF"),
            (b"title: A\x00B", "another program"),
            (b"title: \x81\x8d\n", "line 1 is neither"),
            (b"\xff\xfea", "damaged"),
            (b"# " + b"x" * 300_000, "too large"),
        ],
    )
    def test_what_is_no_text_is_refused_in_plain_words(self, tmp_path, raw, says):
        path = tmp_path / "a.yaml"
        path.write_bytes(raw)
        fixed = fix_file(path)
        assert says in fixed.refused
        assert not fixed.repairs
        assert path.read_bytes() == raw

    def test_a_file_that_is_not_there_is_told(self, tmp_path):
        assert "No such file" in fix_file(tmp_path / "none.yaml").refused
        assert "folder" in fix_file(tmp_path).refused


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["a: {{b}} c: d\n" * 12_000, "- x\n-y\n" * 30_000, "\ta: b\n" * 30_000, "a:\n" + "  -b\n" * 40_000,
     "“a: b”\n" * 20_000, "'a'b'\n" * 40_000, "a: " + "x: " * 60_000],
    ids=["curly", "dash", "tab", "dashes", "quotes", "apostrophes", "colons"],
)  # fmt: skip
def test_a_file_made_to_be_slow_keeps_nobody_waiting(text):
    started = time.process_time()
    fix_text(text)
    assert time.process_time() - started < 20


SPLIT = {
    "- say: Bye.\n    end: promise  # agreed\n": "- say: Bye.\n  - end: promise  # agreed\n",
    "- end: promise\n    say: Bye.\n": "- say: Bye.\n  - end: promise\n",
    "- ask: When?\n    end: promise\n    save: promised\n": "- ask: When?\n    save: promised\n  - end: promise\n",
    "- ask: Sure?\n    end: promise\n    answers:\n      a: -> b\n      c: |\n        Good.\n": (
        "- ask: Sure?\n    answers:\n      a: -> b\n      c: |\n        Good.\n  - end: promise\n"
    ),
    "- do: Write it down.\n    say: Bye.\n": "- do: Write it down.\n  - say: Bye.\n",
    "- say: Bye.\n    coach: Smile.\n    do: Write.": "- do: Write.\n  - say: Bye.\n    coach: Smile.\n",
    "- do: Write.\n    say: Bye.\n    end: promise\n": "- do: Write.\n  - say: Bye.\n  - end: promise\n",
    "- {say: Bye., end: promise}\n": None,
    "- say: Bye.\n    end: promise\n    goto: b\n": None,
    "- say: Bye.\n    end: promise\n    when: need is known\n": None,
    "- use: thanks\n    say: Bye.\n": None,
}


@pytest.mark.parametrize("before", SPLIT)
def test_an_end_or_a_do_that_was_ignored_gets_a_line_of_its_own(before):
    head, tail = "title: T\nclose:\n  # how it ends\n  ", "\nbranches:\n  b: Bye.\n"
    text, repairs = fix_text(head + before + tail)
    after = SPLIT[before]
    assert text.replace("\n\n", "\n") == (head + (after or before) + tail).replace("\n\n", "\n")
    assert bool(repairs) is (after is not None)
    assert fix_text(text) == (text, [])

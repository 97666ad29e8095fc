"""Reading YAML: what comes out, and where each problem is said to be."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rows import each
from tui.yamlfile.problem import render
from tui.yamlfile.read import Read, read_file, read_text


def read(text: str) -> Read:
    return read_text(text, "s.yaml")


def the_problem(text: str):
    found = read(text).problems
    assert len(found) == 1, [p.message for p in found]
    return found[0]


def test_every_scalar_stays_the_text_that_was_written():
    node = read("a: no\nb: 9:30\nc: 1.10\nd: 0123\ne: 2026-03-01\nf: 'x'\nyes: on").node
    assert node.plain() == {
        "a": "no", "b": "9:30", "c": "1.10", "d": "0123", "e": "2026-03-01", "f": "x", "yes": "on",
    }  # fmt: skip


def test_nothing_after_a_key_is_empty_but_quotes_are_text():
    node = read('a:\nb: ~\nc: ""').node
    assert [node.get(k).empty for k in "abc"] == [True, True, False]


def test_a_node_knows_the_place_of_its_value_and_of_its_key():
    node = read("title: A\nopener:\n  - say: Hello there\n").node
    say = node.get("opener").parts[0].get("say")
    assert (say.line, say.col, say.length) == (3, 10, 11)
    assert (say.key_line, say.key_col, say.key_length) == (3, 5, 3)


def test_positions_count_characters_also_behind_wide_and_accented_ones():
    node = read("títle: ñ 😀\n日本: {a: x, b: y}").node
    assert (node.get("日本").get("b").key_col, node.get("日本").get("b").col) == (12, 15)


@each(
    ("text", "line", "col", "code", "says", "advice"),
    [
        ("t: A\no: {{first_name}}, got a minute?\n", 2, 4, "PH010", "START with {{", '"{{first_name}}, got'),
        ("t: A\nask:\n  - {{first_name}}, what?\n", 3, 5, "PH010", "START with {{", "double quotes"),
        ("t: A\no: {{first_name}}\n", 2, 4, "PH010", "START with {{", '"{{first_name}}"'),
        ("t: A\no: Quick one: two minutes?\n", 2, 13, "PH010", "colon followed by a space", "double quotes"),
        ("title:A\no: Hi\n", 1, 7, "PH010", "space is missing after the colon", "key: value"),
        ("t: A\nask:\n  - ask: What?\n     save: x\n", 4, 1, "PH010", "5 spaces in, the line above 4", "column"),
        ("t: A\no: Hi there,\n  one thing: yes?\n", 3, 1, "PH010", "2 spaces in", "in double quotes"),
        ("t: A\nask:\n\t- What?\n", 3, 1, "PH010", "TAB", "two spaces"),
        ("t: A\nask:\n\u00a0 - What?\n  - b: c\n", 3, 1, "PH010", "special space", "ordinary spaces"),
        ('t: A\no: "Hi there.\nc: Bye\n', 2, 4, "PH010", "never closed", "missing quote"),
        ("t: A\no: 'It's me'\nc: Bye\n", 2, 7, "PH010", "apostrophe", "double quotes"),
        ('t: A\no: "Hi" there\nc: Bye\n', 2, 9, "PH010", "after the closing quote", "quote the whole"),
        ('t: A\no: "c:\\Users"\n', 2, 9, "PH010", "backslash", "single quotes"),
        ("t: A\nopener:Hi there\nc: Bye\n", 2, 8, "PH010", "space is missing after the colon", "key: value"),
        ("t: A\nd:\n  - ask: W?\n    save: w\n   req: true\n", 5, 1, "PH010", "indented by 3", "same column"),
        ("t: A\no: - Hi\n", 2, 4, "PH010", "list must start", "press Enter"),
        ("t: A\no: | Hi there\nb: c\n", 2, 4, "PH010", "next line", "press Enter"),
        ("t: A\no: [a, b\nc: d\n", 2, 4, "PH010", "not closed", "close it"),
        ("t: A\no: “Quick one: two minutes?”\n", 2, 4, "PH010", "curly quote, as Word", "straight ones"),
        ("t: A\no: “Two minutes?”\n", 2, 4, "PH008", "part of the text", "straight quotes"),
        ("t: A\no: @home\n", 2, 4, "PH010", "may not start with @", "double quotes"),
        ("t: A\no: %b\n", 2, 4, "PH010", "may not start with %", "double quotes"),
        ("t: A\no: One\nc: Two\no: Three\n", 4, 1, "PH015", "`o` is written twice", "line 2"),
        ("t: A\n<<<<<<< HEAD\no: B\n=======\no: C\n>>>>>>> x\n", 2, 1, "PH003", "merge conflict", "keep one"),
        ("t: A\no: !!python/object/apply:os.system [x]\n", 2, 4, "PH013", "tags", "double quotes"),
        ("a: &a x\n", 1, 4, "PH012", "&a", "double quotes"),
        ("a: *b\n", 1, 4, "PH012", "*b", "write the text out"),
        ("a: {x: y}\nb:\n  <<: {c: d}\n", 3, 3, "PH019", "<<", "extends"),
        ("t: A\no: Hi \x1b]52;c;ZWNo\x07\n", 2, 7, "PH004", "U+001B", "delete it"),
        ('t: A\no: "Hi \\x1b]52"\n', 2, 4, "PH004", "U+001B", "delete it"),
        ("t: A\no: Hi \u202eolleh\n", 2, 7, "PH004", "U+202E", "delete it"),
        ("t: A\no: Hi\u2028there\n", 2, 6, "PH004", "U+2028", "delete it"),
        ("t: A\nti\u200btle: B\n", 2, 3, "PH006", "no width", "delete it"),
        ("", 1, 1, "PH011", "empty", "title:"),
        ("# only a comment\n", 1, 1, "PH011", "empty", "title:"),
        ("a: b\n---\nc: d\n", 2, 1, "PH018", "second document", "---"),
        ("[a, b]: c\n", 1, 1, "PH014", "plain text", "key"),
        (": c\n", 1, 1, "PH010", "without a key", "key: text"),
        ("a: " + "x" * 2_001, 1, 4, "PH017", "2001 characters", "split it"),
        ("a: " + "[" * 30 + "]" * 30, 1, 27, "PH016", "24 levels", "bracket"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_where_it_is_with_a_way_out(text, line, col, code, says, advice):
    problem = the_problem(text)
    assert (problem.line, problem.col, problem.code) == (line, col, code)
    assert says in problem.message
    assert advice in problem.help


def test_a_pasted_key_still_matches_without_its_unseen_character():
    assert read("ti\u200btle: B").node.get("title").text == "B"


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbftitle: A\r\nopener: Hi\r\n")
    found = read_file(path)
    assert found.problems == []
    assert found.node.plain() == {"title": "A", "opener": "Hi"}
    assert found.lines[1] == "opener: Hi"


def test_a_file_not_saved_as_utf8_is_told_where_it_stops_being_so(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes("title: é\n".encode() + "opener: Città è\n".encode("cp1252"))
    problem = read_file(path).problems[0]
    assert (problem.line, problem.col, problem.code) == (2, 13, "PH002")
    assert "Windows-1252" in problem.message
    path.write_bytes("title: A\n".encode("utf-16"))
    assert "UTF-16" in read_file(path).problems[0].message


def test_a_file_that_is_not_there_or_far_too_large_is_a_problem(tmp_path):
    assert read_file(tmp_path / "none.yaml").problems[0].code == "PH005"
    assert read_file(tmp_path).problems[0].code == "PH005"
    big = tmp_path / "big.yaml"
    big.write_bytes(b"a: b\n" * 60_000)
    assert read_file(big).problems[0].code == "PH001"


def test_the_report_shows_the_line_with_a_caret_under_the_spot():
    text = "title: 日本 A\nopener: {{first_name}}, hi\n"
    found = read(text)
    assert render(found.problems[0], found.lines).split("\n")[1:4] == [
        "1 | title: 日本 A",
        "2 | opener: {{first_name}}, hi",
        "  |         ^^^^^^^^^^^^^^^^^^",
    ]


def test_the_caret_stands_under_the_spot_behind_wide_characters():
    found = read("日本: Hi \x1b[2J\n")
    line, caret = render(found.problems[0], found.lines).split("\n")[1:3]
    assert "\x1b" not in line
    assert caret.index("^") == len("1 | 日本: Hi ") + 2


HOSTILE = [
    "[" * 200_000,
    "- " * 100_000,
    "{" * 100_000,
    "? " * 50_000,
    "a: [" + "x, " * 60_000,
    "a: " + "{{ " * 60_000,
    "a: '" + "''" * 60_000,
    'a: "' + "\\" * 100_000,
    "a: \n" + "  " * 60_000 + "\t",
    "- a\n" * 40_000,
    "a: &a [x]\n" + "".join(f"{c}: &{c} [*a,*a,*a]\n" for c in "bcdefghij") * 500,
    "%" * 100_000,
    "a: 'b" + "c' '" * 30_000,
    "\ud800" * 1000,
    "<<<<<<< " * 20_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(t[:8]) for t in HOSTILE])
def test_a_hostile_file_is_refused_quickly(text):
    started = time.process_time()
    found = read(text)
    assert time.process_time() - started < 2.0
    assert found.problems
    for problem in found.problems:
        assert 1 <= problem.line <= len(found.lines)


MARKS = ("&a ", "*a", "!x ", "---\n", "no", "=======", "<<: ", "x" * 50)
PIECES = st.sampled_from(
    [
        *"-#:'\"|>?[]{},@%~!é😀\n\t\r\\\u00a0\u200b\u2028\x1b",
        "a",
        "title",
        ": ",
        "- ",
        "  ",
        "{{",
        "}}",
        "->",
        *MARKS,
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)))
def test_no_text_makes_the_reader_fail_or_point_outside_the_file(text):
    found = read(text)
    for problem in found.problems:
        assert 1 <= problem.line <= len(found.lines)
        assert 1 <= problem.col <= len(found.lines[problem.line - 1]) + 1
        assert "\x1b" not in render(problem, found.lines)
    assert found.node is not None or found.problems


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail(tmp_path_factory, raw):
    path = tmp_path_factory.getbasetemp() / "fuzz.yaml"
    path.write_bytes(raw)
    found = read_file(path)
    assert found.node is not None or found.problems


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"PK\x03\x04\x14\x00word/document.xml", "a Word document (.docx)"),
        (b"PK\x03\x04\x14\x00xl/workbook.xml", "an Excel workbook (.xlsx)"),
        (b"PK\x03\x04\x14\x00", "a zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Word or Excel document"),
        (b"{\\rtf1\\ansi", "a rich text document"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\n <!DOCTYPE html>", "a web page"),
        (b"title: A\0\0B", "a file of another program"),
        (b"PK\x03\x04word/" + b"x" * 300_000, "a Word document"),
    ],
)
def test_a_document_saved_under_the_wrong_name_is_called_what_it_is(tmp_path, raw, says):
    path = tmp_path / "a.yaml"
    path.write_bytes(raw)
    (problem,) = read_file(path).problems
    assert (problem.line, problem.col, problem.code) == (1, 1, "PH007")
    assert says in problem.message
    assert "text editor" in problem.help

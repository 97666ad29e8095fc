"""Reports: every form of telling, what counts as failed, and which files are looked at."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.script.check.check import Report, check_files
from tui.script.check.check_context import Options
from tui.yamlfile.problem import Problem

GOOD = (
    "title: T\nopener: Hi, {{my_name}}. Two minutes?\nask: [What do you need?]\n"
    "close: {ask: When?, save: promised, type: date}\nstop: Bye.\ngatekeeper: Help me?\n"
    "they_ring_back: It was about {{reason|it}}.\nvoicemail: Hi, {{my_number}}.\n"
)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A writer of files in the present folder."""
    monkeypatch.chdir(tmp_path)

    def write(**files: str) -> Path:
        for name, text in files.items():
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def told(report: Report) -> list[tuple[str, int, str]]:
    return [(p.file, p.line, p.code) for p in report.problems]


def test_a_good_file_has_nothing_to_say(here):
    here(a=GOOD)
    report = check_files(["a.yaml"])
    assert (report.problems, report.failed, report.verdict) == ((), False, "")
    assert [report.text(form) for form in ("full", "concise", "github")] == ["", "", ""]


def test_one_problem_in_every_form(here):
    here(a=GOOD.replace("Bye.", "TODO, 5% of it"))
    report = check_files(["a.yaml"])
    assert report.text("concise") == "a.yaml:5:7: PH209 this text is not finished: TODO"
    full = report.text("full").split("\n")
    assert full[0] == "a.yaml:5:7: warning[PH209] this text is not finished: TODO"
    assert full[2:] == ["5 | stop: TODO, 5% of it", "  |       ^^^^", "   = help: finish the text"]
    github = report.text("github")
    assert github.startswith("::warning file=a.yaml,line=5,col=7,endColumn=11,title=PH209 placeholder-text::")
    (one,) = report.problems
    assert (one.file, one.line, one.code, one.severity) == ("a.yaml", 5, "PH209", "warning")
    assert report.verdict == "1 warning"


def test_what_a_file_says_cannot_forge_a_line_for_github():
    forged = "a\n::error::b\x1b[31m 100%,x:y"
    text = Report((Problem(forged, 1, 1, "PH201", "hint", forged, forged),)).text("github")
    assert "\n" not in text
    assert "\x1b" not in text
    assert text.startswith("::notice file=a %3A%3Aerror%3A%3Ab")
    assert "100%25" in text


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [("error", "error", 1), ("error", "warning", 1), ("warning", "error", 0), ("warning", "warning", 1),
     ("hint", "warning", 0)],
)  # fmt: skip
def test_what_counts_as_failed_is_the_teams_choice(severity, fail_on, code):
    assert Report((Problem("a", 1, 1, "PH201", severity, "m"),), fail_on=fail_on).failed is bool(code)


def test_problems_are_counted_by_how_serious_they_are():
    kinds = ["error", "error", "hint", "warning"]
    report = Report(tuple(Problem("a", i, 1, "PH201", kind, "m") for i, kind in enumerate(kinds)))
    assert report.verdict == "2 errors, 1 warning, 1 hint"


def test_a_folder_is_checked_whole_with_its_shared_parts_and_word_lists(here):
    root = here(
        a=GOOD + "extends: _p.yaml\n",
        _p="branches: {}\nobjections: [{id: dear, say: No}]\n",
        _words="xx: 1\nen: {empty_phrase: [popping in]}\n",
    )
    os.chdir(root.parent)
    found = told(check_files([root.name]))
    where = root.name
    assert (f"{where}/_p.yaml", 2, "PH508") in found
    assert (f"{where}/_words.yaml", 2, "PH102") in found
    assert len(found) == len(set(found))


def test_a_file_named_alone_brings_what_is_wrong_in_its_parts_and_nothing_of_others(here):
    here(
        a=GOOD + "extends: _p.yaml\n",
        b="title: [\n",
        _p="stop: TODO\nobjections: [{id: dear, heard: dear, say: No}]\n",
    )
    assert told(check_files(["a.yaml"])) == [("_p.yaml", 2, "PH508")]


def test_a_translation_named_alone_is_compared_with_its_original(here):
    here(
        a="version: 2\n" + GOOD,
        b="language: it\ntranslation_of: a\nsource_version: 1\n" + GOOD.replace("Bye.", "Addio."),
    )
    assert ("b.yaml", 3, "PH705") in told(check_files(["b.yaml"]))


def test_a_file_that_is_not_there_or_no_script_by_name_is_told_not_raised(here):
    root = here(a=GOOD)
    (root / "notes.txt").write_text("just words", encoding="utf-8")
    assert told(check_files(["none.yaml"])) == [("none.yaml", 1, "PH005")]
    assert told(check_files(["notes.txt"])) == [("notes.txt", 1, "PH101")]
    assert check_files([]).problems == ()


def test_settings_silence_a_code_everywhere(here):
    here(a=GOOD.replace("Bye.", "TODO"))
    assert check_files(["a.yaml"], Options(ignore=frozenset({"PH209"}))).problems == ()


def test_a_comment_on_the_line_or_right_above_silences_and_a_comment_elsewhere_does_not(here):
    here(
        a=GOOD.replace(
            "stop: Bye.", "# until Friday\n# ph: ignore ph209 the lawyer is asked\n# really\nstop: TODO"
        )
    )
    assert check_files(["a.yaml"]).problems == ()
    here(a=GOOD.replace("stop: Bye.", "stop: TODO  # ph: ignore PH209, PH404 why"))
    assert check_files(["a.yaml"]).problems == ()
    here(a=GOOD.replace("ask: [What do you need?]", "ask: [What do you need?]  # ph: ignore PH209").replace(
        "close: ", "close: {say: TODO, ").replace("{say: TODO, {", "{say: TODO, "))  # fmt: skip
    assert [p.code for p in check_files(["a.yaml"]).problems] == ["PH209"]


def test_an_error_that_keeps_a_file_from_being_read_cannot_be_silenced(here):
    here(a="# ph: ignore-file PH010\ntitle: A\nopener: {{a}}\n")
    assert [p.code for p in check_files(["a.yaml"]).problems] == ["PH010"]
    here(a=GOOD.replace("stop: Bye.", "stop: “Bye.”  # ph: ignore PH008 a quotation"))
    assert check_files(["a.yaml"]).problems == ()


def test_a_pipe_is_told_and_waited_for_by_nobody(here):
    os.mkfifo(here() / "p.yaml")
    assert told(check_files(["p.yaml"])) == [("p.yaml", 1, "PH005")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")),
        st.binary(max_size=60).map(lambda tail: b"PK\x03\x04" + tail),
        st.lists(st.sampled_from(["title", "ask", ": ", "- ", "\n", "  ", "{{", "“", "-> ", "followup", "[", "'"]))
        .map(lambda parts: "".join(parts).encode()),
    )
)  # fmt: skip
def test_no_bytes_make_a_report_raise_or_point_outside_the_file(tmp_path, raw):
    for name in ("s.yaml", "_words.yaml"):
        (tmp_path / name).write_bytes(raw)
    report = check_files([tmp_path])
    for problem in report.problems:
        lines = report.lines.get(problem.file) or [problem.excerpt]
        assert 1 <= problem.line <= max(1, len(lines)) or problem.file.endswith("_words.yaml")
        assert problem.col >= 1
        if problem.line <= len(lines) and lines[problem.line - 1]:
            assert problem.col <= len(lines[problem.line - 1]) + 1
    for form in ("full", "concise", "github", "json"):
        assert not {"\x1b", "\x00", "\r"} & set(report.text(form))

"""A column of which only the rep knows whether it says who must not be called: asked once, never guessed."""

from __future__ import annotations

import pytest

DOUBTFUL = "Name,Phone,TPS checked\nAda Quill,020 7946 0018,Yes\nBen Stone,020 7946 0019,No\n"


@pytest.fixture
def doubtful(tmp_path):
    path = tmp_path / "leads.csv"
    path.write_text(DOUBTFUL)
    return path


def test_without_a_terminal_nothing_is_written_and_the_flag_is_named(run, doubtful, data):
    done = run("import", str(doubtful), "--yes", "--region", "GB")
    assert done.code == 2
    assert "Nothing was imported." in done.err
    assert "--dnc 'TPS checked'" in done.err
    assert "Yes, No" in done.err
    assert not data.exists()


def test_a_look_names_the_flags_too(run, doubtful):
    done = run("import", str(doubtful), "--dry-run")
    assert done.code == 0
    assert "--dnc 'TPS checked'" in done.out


@pytest.mark.parametrize(
    ("flag", "refused"),
    [
        (("--dnc", "TPS checked"), ["Ada Quill"]),
        (("--dnc", "3"), ["Ada Quill"]),
        (("--map", "may_call=TPS checked"), ["Ben Stone"]),
        (("--map", "field=TPS checked"), []),
    ],
)
def test_a_flag_answers_it(run, doubtful, flag, refused):
    assert run("import", str(doubtful), "--yes", "--region", "GB", *flag).code == 0
    listed = run("contacts").out.splitlines()
    assert [line[:9] for line in listed if "opted out" in line] == refused


@pytest.mark.parametrize(
    ("answers", "code", "refused"),
    [(("y", "y"), 0, ["Ada Quill"]), (("a", "yes"), 0, ["Ben Stone"]), (("n", "y"), 0, []), (("?",), 1, [])],
)
def test_at_a_terminal_it_is_asked_before_the_import(run, doubtful, monkeypatch, answers, code, refused):
    asked = iter(answers)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: next(asked))
    done = run("import", str(doubtful), "--region", "GB")
    assert done.code == code
    assert "Does 'TPS checked' say who must not be called?" in done.out
    if code == 0:
        assert [line[:9] for line in run("contacts").out.splitlines() if "opted out" in line] == refused


def test_a_column_of_nothing_but_numbers_is_offered_with_its_flag(run, tmp_path):
    path = tmp_path / "leads.csv"
    path.write_text("Name,Phone,Front desk\nAda Quill,07700 900101,020 7946 0018\n")
    assert "--map 'phone=Front desk'" in run("import", str(path), "--dry-run", "--region", "GB").out
    used = run("import", str(path), "--dry-run", "--region", "GB", "--map", "phone=Front desk").out
    assert "is not used" not in used

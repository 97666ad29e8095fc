"""A column of which only the rep knows whether it says who must not be called: asked once, never guessed."""

from __future__ import annotations

import pytest

DOUBTFUL = "Name,Phone,TPS checked\nAda Quill,020 7946 0018,Yes\nBen Stone,020 7946 0019,No\n"


@pytest.fixture
def listed(tmp_path):
    """A file to import with this text."""

    def write(text):
        path = tmp_path / "leads.csv"
        path.write_text(text)
        return path

    return write


@pytest.fixture
def at_a_terminal(monkeypatch):
    """From now on somebody is there who gives these answers, one after another."""

    def gives(*answers):
        asked = iter(answers)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr("builtins.input", lambda _: next(asked))

    return gives


@pytest.fixture
def doubtful(listed):
    return listed(DOUBTFUL)


def test_b54_without_a_terminal_nothing_is_written_and_the_flag_is_named(run, doubtful, data):
    done = run("import", str(doubtful), "--yes", "--region", "GB")
    assert done.code == 2
    assert "Nothing was imported." in done.err
    assert "--dnc 'TPS checked'" in done.err
    assert "Yes, No" in done.err
    assert not data.exists()


def test_a_program_that_reads_json_is_never_asked(run, doubtful, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    done = run("import", str(doubtful), "--json", "--region", "GB")
    assert (done.code, done.out) == (2, "")


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
def test_b54_at_a_terminal_it_is_asked_before_the_import(
    run, doubtful, at_a_terminal, answers, code, refused
):
    at_a_terminal(*answers)
    done = run("import", str(doubtful), "--region", "GB")
    assert done.code == code
    assert "Does 'TPS checked' say who must not be called?" in done.out
    if code == 0:
        assert [line[:9] for line in run("contacts").out.splitlines() if "opted out" in line] == refused


def test_a_column_of_nothing_but_numbers_is_offered_with_its_flag(run, listed):
    path = listed("Name,Phone,Front desk\nAda Quill,07700 900101,020 7946 0018\n")
    assert "--map 'phone=Front desk'" in run("import", str(path), "--dry-run", "--region", "GB").out
    used = run("import", str(path), "--dry-run", "--region", "GB", "--map", "phone=Front desk").out
    assert "is not used" not in used


OPEN_DATES = (
    "Name,Phone,Call back on\nAda Quill,020 7946 0018,12/01/2026\nBen Stone,020 7946 0019,12/02/2026\n"
)


@pytest.fixture
def open_dates(listed):
    return listed(OPEN_DATES)


def test_dates_that_may_be_two_days_are_asked_about(run, open_dates, data):
    done = run("import", str(open_dates), "--yes", "--region", "GB")
    assert done.code == 2
    assert "12/01/2026 in 'Call back on' is 12 January 2026 or 1 December 2026" in done.err
    assert "--day-first" in done.err
    assert "--month-first" in done.err
    assert not data.exists()
    assert "--month-first" in run("import", str(open_dates), "--dry-run").out


@pytest.mark.parametrize(("flag", "day"), [("--day-first", "12 Jan 2026"), ("--month-first", "01 Dec 2026")])
def test_a_flag_says_the_order(run, open_dates, flag, day):
    done = run("import", str(open_dates), "--dry-run", "--region", "GB", flag)
    assert (f"call planned for {day}" in done.out) == (day != "12 Jan 2026")
    assert "as you said." in done.out
    assert run("import", str(open_dates), "--yes", "--region", "GB", flag).code == 0


def test_both_flags_are_a_mistake(run, open_dates):
    assert run("import", str(open_dates), "--yes", "--day-first", "--month-first").code == 2


@pytest.mark.parametrize(("answers", "code"), [(("m", "y"), 0), (("d", "y"), 0), (("", "y"), 1)])
def test_at_a_terminal_the_order_is_one_question(run, open_dates, at_a_terminal, answers, code):
    at_a_terminal(*answers)
    done = run("import", str(open_dates), "--region", "GB")
    assert done.code == code
    assert "Is 12/01/2026 in 'Call back on' 12 January 2026 or 1 December 2026?" in done.out


AMERICANS = "Name,Phone,Country\nAda Quill,202 555 0143,\nBen Stone,(202) 555-0144,\nCy Park,020 7946 0018,Freedonia\n"


@pytest.fixture
def americans(listed, monkeypatch):
    """A file whose numbers have no country, on a machine whose zone gives none."""
    monkeypatch.setenv("TZ", "UTC")
    return listed(AMERICANS)


def test_numbers_without_a_country_stop_an_import_that_can_ask_nobody(run, americans, data):
    done = run("import", str(americans), "--yes")
    assert done.code == 2
    assert "2 numbers have no country, e.g. 202 555 0143, (202) 555-0144. Say which with --region" in done.err
    assert "--country Freedonia=GB" in done.err
    assert not data.exists()


@pytest.mark.parametrize(("region", "country"), [("US", "Freedonia=GB"), ("usa", "freedonia=United Kingdom")])
def test_flags_say_the_country(run, americans, region, country):
    done = run("import", str(americans), "--yes", "--json", "--region", region, "--country", country)
    assert done.code == 0
    figures = done.json["figures"]
    assert figures["needs_country"] == 0
    assert figures["callable_now"] + figures["callable_later"] == 3


@pytest.mark.parametrize(
    ("number", "region"),
    [
        ("06 39 98 01 01", "GB"),
        ("0199000018", "GB"),
        ("03-1234-5678", "GB"),
        ("2025550143", "DE"),
        ("442079460018", "DE"),
        ("202.555.0143 * 9", "FR"),
    ],
)
def test_the_flag_for_the_country_makes_no_number_of_what_is_none_there(run, listed, number, region):
    done = run(
        "import", str(listed(f"Name,Phone\nAda Quill,{number}\n")), "--yes", "--json", "--region", region
    )
    assert done.code == 0
    assert done.json["figures"]["needs_country"] == 1
    assert done.json["figures"]["callable_now"] + done.json["figures"]["callable_later"] == 0


def test_numbers_that_may_be_two_are_settled_by_naming_their_country(run, listed):
    file = listed("Name,Phone\nAda Quill,2025550143\n")
    done = run("import", str(file), "--yes", "--json", "--region", "DE", "--country", "=US")
    assert done.json["figures"]["needs_country"] == 0


def test_at_a_terminal_the_numbers_a_flag_does_not_settle_are_asked_about(run, listed, at_a_terminal):
    at_a_terminal("us", "y")
    done = run("import", str(listed("Name,Phone\nAda Quill,2025550143\n")), "--region", "DE")
    assert done.code == 0
    assert "2025550143: which country?" in done.out


@pytest.mark.parametrize("flag", [("--region", "Atlantis"), ("--country", "Freedonia=Atlantis")])
def test_a_country_that_is_none_is_refused(run, americans, flag):
    done = run("import", str(americans), "--yes", *flag)
    assert done.code == 2
    assert "No country is called 'Atlantis'" in done.err


def test_at_a_terminal_the_country_is_asked_and_a_slip_is_asked_again(run, americans, at_a_terminal):
    at_a_terminal("Atlantis", "us", "", "y")
    done = run("import", str(americans))
    assert done.code == 0
    assert "2 numbers have no country, e.g. 202 555 0143, (202) 555-0144: which country?" in done.out
    assert "No country is called 'Atlantis'." in done.out
    assert "Importing it would bring:" in done.out
    assert done.out.count("Needs a country: 1") == 2


@pytest.fixture
def bare(tmp_path):
    """A file of nothing but numbers."""
    path = tmp_path / "numbers.txt"
    path.write_text("2025550143\n2025550144\n")
    return path


def test_a_file_of_nothing_but_numbers_is_never_taken_in_silence(run, bare, data):
    done = run("import", str(bare), "--yes", "--region", "US")
    assert done.code == 2
    assert "--to-call" in done.err
    assert "powerhour dnc import FILE" in done.err
    assert not data.exists()
    assert run("import", str(bare), "--yes", "--region", "US", "--to-call").code == 0
    assert len(run("contacts", "--json").rows) == 2


@pytest.mark.parametrize(("answers", "code", "people"), [(("c", "y"), 0, 2), (("n",), 1, 0), (("x",), 1, 0)])
def test_at_a_terminal_it_is_asked_whose_numbers_they_are(run, bare, monkeypatch, answers, code, people):
    asked = iter(answers)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: next(asked))
    done = run("import", str(bare), "--region", "US")
    assert done.code == code
    assert "people to call" in done.out
    assert ("dnc import" in done.err) is (answers == ("n",))
    assert next(asked, None) is None
    assert len(run("contacts", "--json").rows) == people


def test_the_same_file_is_taken_as_numbers_not_to_call(run, bare):
    done = run("dnc", "import", str(bare), "--register", "FTC", "--date", "2026-11-02", "--country", "US")
    assert "2 numbers added" in done.out


def test_letters_that_may_be_wrong_name_the_flag_until_it_is_said(run, tmp_path):
    path = tmp_path / "leads.csv"
    path.write_bytes("Name,Phone\n田中 一郎,+81 3 1234 5678\n".encode("shift_jis"))
    assert "--encoding" in run("import", str(path), "--dry-run").out
    told = run("import", str(path), "--dry-run", "--encoding", "shift_jis").out
    assert "田中 一郎" in told
    assert "--encoding" not in told

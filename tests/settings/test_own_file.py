"""The rep's own file as the program writes it: what the check takes, and nothing that the team has fixed."""

from __future__ import annotations

import stat
from datetime import date

import pytest
from msgspec.structs import replace

from tui.cli.wiring import known
from tui.locale.choose import choose
from tui.locale.spoken import speaking
from tui.settings.load import load
from tui.settings.own_file import HEAD, NotWrittenError, OwnFile, own_rows
from tui.settings.places import Places
from tui.yamlfile.problem import advice_of, message_of

TEAM = """\
config: 1
team: {company: Northgate}
cadence: {attempts: 5}
speech: {opener_seconds: 12}
lock: [cadence.attempts, speech]
"""


@pytest.fixture
def files(tmp_path):
    """Writes the team's file and the rep's own; gives the own one, and how all is read."""

    def files(own=None, team=TEAM, shared=True):
        folder = tmp_path / "team"
        folder.mkdir(exist_ok=True)
        (folder / "config.yaml").write_text(team, "utf-8")
        places = Places(folder, tmp_path / "mine" / "config.yaml", tmp_path / "data", shared)
        if own is not None:
            places.own.parent.mkdir(exist_ok=True)
            places.own.write_bytes(own.encode())

        def read(text=None):
            return load(places, {}, known=known(), own_text=text)

        return OwnFile(places, read, lambda: date(2026, 11, 23)), places.own, read

    return files


def row(loaded, name):
    return next(one for one in own_rows(loaded) if one.row.key == name)


def test_the_first_line_makes_the_file_for_its_owner_alone(files):
    file, path, read = files()
    loaded = file.put({("me", "name"): "Sam Reed", ("me", "number"): "+44 20 7946 0955"})
    assert path.read_text("utf-8") == (
        f'{HEAD}me:\n  name: "Sam Reed"  # set in the cockpit, 2026-11-23\n'
        '  number: "+44 20 7946 0955"  # set in the cockpit, 2026-11-23\n'
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (loaded.settings, loaded.problems) == (read().settings, read().problems)
    assert loaded.settings.me.name == "Sam Reed"
    assert row(loaded, "me.name").row.origin == "own config.yaml:4"


def test_b72_it_keeps_its_rights_and_whatever_else_stands_in_it(files):
    file, path, _ = files("me: {name: Sam}  # me\nwhat_i_like: tea\n")
    path.chmod(0o644)
    file.put({("theme",): "nord"})
    assert path.read_text("utf-8").startswith("me: {name: Sam}  # me\nwhat_i_like: tea\ntheme: nord  # set")
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


REFUSED = {
    "looser than the locked one": (("cadence", "attempts"), "9", "yours would be looser"),
    "locked, and there is no stricter": (("speech", "opener_seconds"), "3", "locked by the team at 12"),
    "the team's": (("team", "company"), "Other", "is for the whole team"),
    "no number": (("sessions", "goal", "conversations"), "many", "must be a whole number"),
    "none of its words": (("sessions", "alarm"), "loud", "cannot be `loud`"),
    "no theme": (("theme",), "nrod", "there is no theme"),
    "a list with an odd item": (("sessions", "minutes"), "15, long", "must be a whole number"),
    "a secret": (
        ("shared_list", "postgresql"),
        "postgresql://sam:pw@db.example.com/x",
        "looks like a secret",
    ),
}


@pytest.mark.parametrize(("path", "typed", "said"), REFUSED.values(), ids=REFUSED)
def test_b72_what_the_check_refuses_is_not_written(files, path, typed, said):
    file, own, _ = files("theme: nord\n")
    with pytest.raises(NotWrittenError) as refused:
        file.put({("me", "name"): "Sam", path: typed})
    assert said in refused.value.problem.message
    assert own.read_text("utf-8") == "theme: nord\n"


@pytest.mark.parametrize(
    ("own", "line"), [("theme: nord\nme: {name\n", 3), ("theme: nord\n\tx: y\n", 2), ("a: \x00", 1)]
)
def test_b72_a_file_that_cannot_be_read_is_never_written(files, own, line):
    file, path, _ = files(own)
    with pytest.raises(NotWrittenError) as refused:
        file.put({("me", "name"): "Sam"})
    assert (refused.value.problem.file, path.read_bytes()) == (str(path), own.encode())
    assert refused.value.problem.line <= line


def test_a_mistake_elsewhere_in_the_file_does_not_keep_a_name_out(files):
    file, _, _ = files("theme: nrod\n")
    assert file.put({("me", "name"): "Sam"}).settings.me.name == "Sam"


def test_a_stricter_value_than_the_locked_one_is_taken_and_goes_back(files):
    file, path, _ = files()
    assert file.put({("cadence", "attempts"): "3"}).settings.policy.attempts == 3
    loaded = file.put({("cadence", "attempts"): ""})
    assert loaded.settings.policy.attempts == 5
    assert path.read_text("utf-8") == HEAD


def test_a_group_with_one_word_for_it_and_days_that_stand_together(files):
    file, path, _ = files("dialer: uri\ncalling_window: {mon: 10:00-12:00, tue: closed}\n")
    file.put({("dialer", "prefix"): "0", ("calling_window", "mon-fri"): "09:00-17:00"})
    assert path.read_text("utf-8").startswith("dialer: {kind: uri, prefix: 0}\n")
    assert file.put({("dialer", "kind"): ""}).settings.dial.kind == "manual"
    loaded = file.put({("dialer", "prefix"): ""})
    assert {name for name in path.read_text("utf-8").split() if name.endswith(":")} >= {"mon-fri:"}
    assert row(loaded, "calling_window.mon-fri").row.value == "09:00-17:00"


def test_each_row_says_what_may_be_done_with_it(files):
    file, _, _ = files()
    loaded = file.put({("calling_window", "mon-sat"): "09:00-17:00", ("theme",): "nord"})
    found = {
        name: (row(loaded, name).fixed, row(loaded, name).only_stricter, row(loaded, name).is_own)
        for name in (
            "me.name",
            "team.company",
            "cadence.attempts",
            "speech.opener_seconds",
            "theme",
            "scripts.assign",
        )
    }
    assert found == {
        "me.name": ("", False, False),
        "team.company": ("team", False, False),
        "cadence.attempts": ("", True, False),
        "speech.opener_seconds": ("locked", False, False),
        "theme": ("", False, True),
        "scripts.assign": ("team", False, False),
    }
    assert row(loaded, "calling_window.sat").fixed == "file"  # its line says more days
    assert [one.row.key for one in own_rows(loaded)][:4] == [
        "me.name",
        "me.number",
        "me.title",
        "team.company",
    ]
    assert row(loaded, "sessions.minutes").typed == "15, 5, 60"
    company = row(loaded, "team.company")
    assert replace(company, row=replace(company.row, value='""')).typed == ""


@pytest.mark.parametrize(
    ("name", "typed", "italian", "advice"),
    [
        ("sessions.autosave", "soon", "`autosave: soon` non si capisce", "usa una durata come 20h"),
        ("sessions.autosave", "5m", "autosave deve essere tra 1s e 60s", "il valore incluso è 2s"),
        ("theme", "pink", "non c'è un tema `pink`", "uno di: ansi-dark"),
        ("bell", "maybe", "`bell` non può essere `maybe`", "uno di: on, off"),
        ("cadence.attempts", "9", "`cadence.attempts` è bloccato dal team a 5 (team config.yaml:3)", ""),
    ],
)
def test_b76_a_value_that_is_refused_says_why_in_the_language_of_the_screens(
    name, typed, italian, advice, files, tmp_path
):
    file, _, _ = files()
    with speaking(choose("it", {}, None, tmp_path).language):
        with pytest.raises(NotWrittenError) as refused:
            file.put({tuple(name.split(".")): typed})
        problem = refused.value.problem
        assert message_of(problem).startswith(italian)
        assert advice_of(problem).startswith(advice)
    assert message_of(problem) == problem.message  # no language: as the command line says it

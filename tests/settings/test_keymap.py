from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.settings.conftest import KNOWN
from tui.commands import COMMANDS
from tui.settings.keymap import key_name
from tui.settings.load import Loaded, load
from tui.settings.places import Places

Load = Callable[..., Loaded]
KEYS = {
    "app.quit": "ctrl+q",
    "app.help": "f1",
    "app.keys": "question_mark",
    "queue.skip": "s",
    "queue.find": "slash",
    "queue.ring": "enter",
    "ready.skip": "s",
    "ringing.pause": "p",
    "talking.search": "slash",
}
"""As the `settings_from` fixture knows them."""


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("x", "x"),
        ("X", "X"),
        ("ctrl+n", "ctrl+n"),
        ("Ctrl+N", "ctrl+n"),
        ("F5", "f5"),
        ("?", "question_mark"),
        ("question_mark", "question_mark"),
        ("/", "slash"),
        ("slash", "slash"),
        ("+", "plus"),
        ("ctrl+shift+f3", "ctrl+shift+f3"),
        ("space", "space"),
        (",", "comma"),
        ("_", "underscore"),
    ],
)
def test_a_key_is_known_by_its_name(written: str, name: str) -> None:
    assert key_name(written) == name


@pytest.mark.parametrize(
    "written",
    ["", " ", "not a key!!", "ctrl+", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "alt+x", "alt+1", "f6", "F7"],
)
def test_a_key_no_terminal_can_tell_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        key_name(written)


def test_every_key_the_cockpit_has_by_itself_is_one_a_rep_may_write() -> None:
    for command in COMMANDS:
        for key in command.key.split(","):
            assert key_name(key) == key


def test_a_command_gets_the_keys_a_team_and_a_rep_chose(settings_from: Load) -> None:
    found = settings_from(
        team="keys: {queue.skip: z}", own='keys: {queue.find: "?,ctrl+f", ringing.pause: ctrl+n}'
    )
    assert [p.code for p in found.problems] == ["PH932"]
    assert found.settings.keys == {"queue.skip": "z", "ringing.pause": "ctrl+n"}


@pytest.mark.parametrize(
    ("keys", "code", "words"),
    [
        ("{queue.skpi: z}", "PH930", "did you mean `queue.skip`"),
        ("{queue.skip: not a key!!}", "PH931", "no such key"),
        ("{queue.skip: alt+x}", "PH931", "cannot tell Alt from Esc"),
        ("{queue.skip: enter}", "PH931", "same on every screen"),
        ("{queue.skip: ctrl+q}", "PH932", "already the one of `app.quit`"),
        ("{queue.skip: /}", "PH932", "already the one of `queue.find`"),
        ("{ringing.pause: n}", "PH932", "is the outcome `no_answer`"),
        ("{app.quit: v}", "PH932", "is the outcome `voicemail`"),
        ("{talking.search: s}", "PH931", "letters and digits are for notes and answers"),
        ("{talking.search: 7}", "PH931", "letters and digits are for notes and answers"),
        ("{app.quit: s}", "PH932", "already the one of `queue.skip`"),
    ],
)
def test_a_key_that_cannot_be_is_told_and_the_usual_one_stays(
    keys: str, code: str, words: str, settings_from: Load
) -> None:
    found = settings_from(team=f"keys: {keys}")
    assert [(p.code, p.line) for p in found.problems] == [(code, 2)]
    assert words in f"{found.problems[0].message} {found.problems[0].help}"
    assert found.settings.keys == {}


def test_a_key_may_be_the_same_in_another_place(settings_from: Load) -> None:
    found = settings_from(team="keys: {queue.skip: p}")
    assert found.problems == ()
    assert found.settings.keys == {"queue.skip": "p"}


def test_two_commands_may_swap_keys(settings_from: Load) -> None:
    found = settings_from(team="keys: {queue.skip: /, queue.find: s}")
    assert found.problems == ()
    assert found.settings.keys == {"queue.skip": "slash", "queue.find": "s"}


commands = st.sampled_from(list(KEYS))
some_keys = st.sampled_from(["s", "z", "/", "?", "ctrl+q", "f1", "p", "n", "ctrl+n", "enter", "f9", "x,y"])


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(chosen=st.dictionaries(commands, some_keys, max_size=6))
def test_whatever_keys_are_chosen_each_does_one_thing_in_a_place(
    chosen: dict[str, str], settings_from: Load
) -> None:
    text = "".join(f'  {command}: "{keys}"\n' for command, keys in chosen.items())
    found = settings_from(team=f"keys:\n{text}" if chosen else "").settings
    in_force = {command: found.keys.get(command, keys).split(",") for command, keys in KEYS.items()}
    for command, keys in in_force.items():
        assert keys
        for other, others in in_force.items():
            places = {command.split(".")[0], other.split(".")[0]}
            if command != other and (len(places) == 1 or "app" in places):
                assert not set(keys) & set(others), (command, other)
    assert not {"n", "v", "x"} & set(in_force["ringing.pause"] + in_force["app.quit"])


def test_quit_and_help_always_keep_a_key(settings_from: Load) -> None:
    assert settings_from(team='keys: {app.quit: "", app.help: "", app.keys: f9}').settings.keys == {
        "app.keys": "f9"
    }


VIM = {"queue.skip": "s,K", "ringing.pause": "p,q"}
"""A keymap of these tests, with two more keys."""


@pytest.mark.parametrize(
    ("team", "own", "keys", "codes"),
    [
        ("", "keymap: vim", {"queue.skip": "s,K", "ringing.pause": "p,q"}, []),
        ("keymap: vim", "keymap: usual", {}, []),
        ("", "keymap: vim\nkeys: {queue.skip: z}", {"queue.skip": "z", "ringing.pause": "p,q"}, []),
        ("", "keymap: vim\nkeys: {queue.find: K}", {"queue.skip": "s,K", "ringing.pause": "p,q"}, ["PH932"]),
        (
            "outcomes: {voicemail: {is: voicemail, key: q, label: Left voicemail}}\nkeymap: vim",
            None,
            {"queue.skip": "s,K"},
            ["PH932"],
        ),
    ],
)
def test_a_keymap_goes_before_the_table_and_gives_way_to_keys_and_outcomes(
    team: str, own: str | None, keys: dict[str, str], codes: list[str], places: Places
) -> None:
    places.config.write_text(f"config: 1\n{team}", encoding="utf-8")
    if own is not None:
        places.own.write_text(own, encoding="utf-8")
    found = load(places, {"TZ": "Europe/London"}, replace(KNOWN, keymaps={"vim": VIM}))
    assert [problem.code for problem in found.problems] == codes
    assert found.settings.keys == keys

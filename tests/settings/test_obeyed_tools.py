"""What the settings of scripts, figures, the phone, the screen and the record do."""

from __future__ import annotations

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from msgspec.structs import replace
from textual.theme import BUILTIN_THEMES

from tests.cockpit_bench import call_selected
from tests.phone_bench import was_missed
from tests.practice_bench import talk_to
from tests.settings.obeyed import shows
from tui.app import AppOptions, PowerHourApp
from tui.cli.open_cockpit import _dialer
from tui.cockpit.view import Phase
from tui.commands import Keys
from tui.dialer.softphone.account import Account, account_from
from tui.dialer.unwatched import Clipboard, Put
from tui.domain.call import Call, Note, ScriptRef
from tui.domain.contact import Contact, Number
from tui.domain.outcome import Category
from tui.locale.choose import choose
from tui.locale.spoken import speaking
from tui.screens.preview import editor_command
from tui.screens.screen_context import ScreenContext
from tui.settings.keymap import THEMES
from tui.storage.protocol import Change
from tui.storage.tiny import TinyStore
from tui.system.terminal import plain_glyphs, shows_signs
from tui.widgets.colours import OURS

LONG = " ".join(["word"] * 30)
SCRIPT = f"""
title: Hello
opener: {LONG}
voicemail: {LONG}
discovery:
  - ask: Is it of use?
    answers:
      yes: {{say: {LONG}}}
      no: {{say: Fine.}}
"""
ANN = "+442079460100"


# -- scripts


@shows("speech.words_per_minute.*")
@pytest.mark.parametrize(("pace", "takes"), [(60, "30 s"), (300, "6 s")])
async def test_how_long_words_take_goes_by_the_teams_pace(house, pace, takes):
    bench = house(f"speech: {{words_per_minute: {{en: {pace}}}}}", hello=SCRIPT)
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    view = await call_selected(bench.cockpit, 5)
    assert view.script.takes.startswith(takes)


@shows("speech.opener_seconds", "speech.voicemail_seconds", "speech.monologue_seconds")
@pytest.mark.parametrize("limit", ["opener_seconds", "voicemail_seconds", "monologue_seconds"])
def test_the_checker_goes_by_the_teams_limits(house, command, limit):
    long, short = (f"speech: {{{name}}}" for name in (f"{limit}: 120", f"{limit}: 5"))

    def found(team: str) -> list[str]:
        house(team, hello=SCRIPT)
        return [row["code"] for row in json.loads(command("scripts", "check", "--json")[1])["rows"]]

    assert len(found(short)) > len(found(long))


@shows("check.ignore", "check.fail_on")
def test_the_checker_is_as_strict_as_the_team_wants(house, command):
    house("speech: {opener_seconds: 5}", hello=SCRIPT)
    code, text = command("scripts", "check", "--json")
    codes = sorted({row["code"] for row in json.loads(text)["rows"]})
    assert codes
    assert code == 0
    house("speech: {opener_seconds: 5}\ncheck: {fail_on: warning}", hello=SCRIPT)
    assert command("scripts", "check")[0] == 1
    house(
        f"speech: {{opener_seconds: 5}}\ncheck: {{fail_on: warning, ignore: [{', '.join(codes)}]}}",
        hello=SCRIPT,
    )
    assert command("scripts", "check")[0] == 0


@shows("experiments.metric", "experiments.min_per_variant")
@pytest.mark.parametrize(("least", "won"), [(10, True), (500, False)])
@pytest.mark.parametrize(("metric", "hits"), [("conversation", 24), ("win", 0)])
def test_figures_of_scripts_count_what_the_team_wants(house, command, tmp_path, least, won, metric, hits):
    house(f"experiments: {{metric: {metric}, min_per_variant: {least}}}")
    _calls(tmp_path, 24, Category.CONVERSATION, 0, "opener=A")
    _calls(tmp_path, 24, Category.GATEKEEPER, 0, "opener=B")
    found = json.loads(command("scripts", "stats", "--json")[1])
    arms = {row["name"]: row["hits"] for row in found["rows"] if row["kind"] == "variant"}
    assert arms == {"opener=A": hits, "opener=B": 0}
    assert [one["winner"] for one in found["tests"]] == ["A" if won and hits else ""]


def _calls(folder, count: int, is_: Category, days_ago: float, variant: str = "", **more: object) -> None:
    from tests.cockpit_bench import MONDAY

    store = TinyStore.open(folder / "data")
    at = MONDAY - timedelta(days=days_ago)
    ref = ScriptRef("hello", "1", "abc", variant)
    steps = ("opener",)
    calls = tuple(
        Call(
            f"{variant}c{n}",
            f"{variant}p{n}",
            at,
            str(is_),
            is_,
            talk_s=45.0,
            script=ref,
            steps=steps,
            **more,
        )
        for n in range(count)
    )
    store.commit(Change(calls=calls), at)
    store.close()


@shows("metrics.conversation_seconds")
@pytest.mark.parametrize(("least", "talked"), [(30, 1), (120, 0)])
async def test_a_talk_counts_from_the_teams_length_on(house, least, talked):
    bench = house(f"metrics: {{conversation_seconds: {least}}}")
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi", minutes=1)
    await bench.cockpit.outcome.choose("talked")
    view = await bench.cockpit.outcome.save_form()
    assert view.clock.talked == talked


@shows("record.keep_notes")
@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize(("keep", "there"), [("30 days", False), ("always", True)])
def test_an_export_holds_no_note_older_than_the_team_keeps(house, command, tmp_path, form, keep, there):
    from tests.cockpit_bench import MONDAY

    house(f"record: {{keep_notes: {keep}}}")
    note = Note(MONDAY - timedelta(days=400), "private: a divorce")
    _calls(tmp_path, 1, Category.CONVERSATION, 400, notes=(note,), answers={"topic": note.text})
    code, text = command("export", "calls", "--format", form)
    assert (code, note.text in text) == (0, there)
    assert "conversation" in text


@shows("record.keep_people")
@pytest.mark.parametrize(("keep", "goes"), [("24 months", True), ("60 months", False), ("always", False)])
def test_people_nobody_was_in_touch_with_are_listed_to_be_forgotten(house, command, tmp_path, keep, goes):
    house(f"record: {{keep_people: {keep}}}")
    from tests.cockpit_bench import MONDAY

    store = TinyStore.open(tmp_path / "data")
    long_ago = MONDAY - timedelta(days=900)
    store.commit(Change(contacts=(Contact("c1", name="Ann Rossi", created_at=long_ago),)), long_ago)
    store.close()
    code, text = command("retention", "--json")
    assert (code, "Ann Rossi" in text) == (0, goes)


# -- the phone


def dialer_of(settings, tmp_path, clipboard=None):
    return _dialer(
        SimpleNamespace(settings=settings, places=SimpleNamespace(data=tmp_path)), clipboard or Clipboard()
    )


class Paper(Clipboard):
    """Remembers what was copied."""

    async def copy(self, text: str) -> Put:
        self.text = text
        return Put.STORED


@shows("dialer.kind")
@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("dialer: manual", "manual"),
        ("dialer: uri", "uri"),
        ('dialer: {command: [ring, "{e164}"]}', "command"),
        ('dialer: softphone\nsoftphone: {account: "sip:sam@example.com"}', "softphone"),
    ],
)
def test_the_phone_is_the_one_that_was_chosen(solo, tmp_path, lines, name):
    assert dialer_of(solo(lines), tmp_path).name == name


@shows("dialer.prefix")
async def test_the_prefix_stands_before_the_number(solo, tmp_path):
    paper = Paper()
    await dialer_of(solo('dialer: {prefix: "9"}'), tmp_path, paper).dial(ANN, ANN)
    assert paper.text == "902079460100"


@shows("dialer.command", "dialer.scheme")
@pytest.mark.parametrize(
    ("lines", "ran"),
    [
        ('dialer: {command: [ring, "n={national}"]}', ["ring", "n=02079460100"]),
        ("dialer: {kind: uri, scheme: sip}", ["xdg-open", f"sip:{ANN}"]),
    ],
)
async def test_the_program_and_the_link_are_the_reps_own(solo, tmp_path, monkeypatch, lines, ran):
    from tui.dialer import program
    from tui.system import programs

    seen: list[list[str]] = []

    async def run(argv, **_more):
        seen.append(argv)
        return SimpleNamespace(code=0, complaint="")

    monkeypatch.setattr(programs, "find", lambda name: name)
    monkeypatch.setattr(program, "run", run)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("DISPLAY", ":0")
    await dialer_of(solo(lines), tmp_path).dial(ANN, ANN)
    assert seen == [ran]


@pytest.mark.parametrize(
    "lines", ['dialer: {command: [ring, "{e164}"], prefix: "9"}', "dialer: {kind: manual, scheme: sip}"]
)
def test_a_line_of_the_dialer_that_would_do_nothing_is_told(settings_from, lines):
    assert [problem.code for problem in settings_from(own=lines).problems] == ["PH933"]


@shows("softphone.*")
def test_each_line_of_the_account_is_taken(solo):
    lines = {
        "account": "sip:sam@example.com",
        "server": "pbx.example.com",
        "login": "samreed",
        "transport": "tls",
        "encryption": "required",
        "register": "no",
        "microphone": "alsa,default",
        "speaker": "alsa,default",
        "voicemail": "/home/sam/message.wav",
        "record": "yes",
        "numbers": "national",
        "shared": "yes",
        "password_file": "/home/sam/secret",
        "ring_for": "2 min",
        "listen": "127.0.0.1:5070",
        "interface": "eth0",
    }
    text = ", ".join(f'{name}: "{value}"' for name, value in lines.items())
    account = account_from(solo(f"softphone: {{{text}}}").softphone)
    plain = Account("sip:sam@example.com")
    same = [name for name in Account.__struct_fields__ if getattr(account, name) == getattr(plain, name)]
    assert same == ["address"]
    assert len(lines) == len(Account.__struct_fields__)


@pytest.mark.parametrize(
    ("numbers", "sent"),
    [("e164", ANN), ('"00"', "00442079460100"), ("00", "00442079460100"), ("national", "02079460100")],
)
def test_the_phone_server_gets_numbers_as_it_wants_them(solo, tmp_path, numbers, sent):
    own = solo(f'dialer: softphone\nsoftphone: {{account: "sip:sam@pbx.example", numbers: {numbers}}}')
    assert dialer_of(own, tmp_path)._target(ANN) == f"sip:{sent}@pbx.example"


@pytest.mark.parametrize(("shared", "missed"), [("yes", False), ("no", True)])
async def test_what_rings_on_several_phones_is_not_missed_here(solo, tmp_path, shared, missed):
    own = solo(f'dialer: softphone\nsoftphone: {{account: "sip:sam@pbx.example", shared: {shared}}}')
    phone = dialer_of(own, tmp_path)
    caller = {"direction": "incoming", "id": "in-1", "peeruri": f"sip:{ANN}@pbx.example"}
    phone._calls.heard({"type": "CALL_INCOMING", **caller})
    phone._calls.heard({"type": "CALL_CLOSED", "param": "Connection reset by peer", **caller})
    heard = [phone._said.get_nowait() for _ in range(2)]
    assert (was_missed(heard[-1]), heard[0].shared) == (missed, not missed)


@shows("allowed_countries")
@pytest.mark.parametrize(("countries", "asks"), [("[GB]", True), ("[GB, US]", False)])
async def test_other_countries_are_asked_for_before_they_are_called(house, countries, asks):
    bench = house(f"allowed_countries: {countries}")
    (ann,) = bench.people("Ann Rossi")
    number = Number("+12025550123", "+12025550123")
    bench.store.commit(
        Change(contacts=(replace(ann, numbers=(number,), zone="America/New_York"),)), bench.clock.now()
    )
    bench.clock.step(hours=2)
    await bench.cockpit.open()
    view = await call_selected(bench.cockpit, 15)
    assert (view.phase is Phase.RINGING) != asks


# -- the screen


@shows("theme")
async def test_the_colours_are_the_chosen_ones(house, tmp_path):
    bench = house("theme: nord")
    app = PowerHourApp(
        ScreenContext(bench.cockpit, Keys(), lambda: ()), AppOptions(bench.settings.theme, tmp_path)
    )
    async with app.run_test(size=(80, 24)):
        assert app.theme == "nord"


@shows("screen_language")
async def test_the_screens_speak_the_language_that_is_set(house, tmp_path):
    bench = house("screen_language: it")
    with speaking(choose(bench.settings.screen_language, {}, None, tmp_path).language):
        view = await bench.cockpit.open()
    assert view.queue.enter.words.startswith("chiama ")


def test_every_theme_of_the_screen_is_known_and_no_other(command, house, tmp_path):
    assert {*BUILTIN_THEMES, *(theme.name for theme in OURS)} == THEMES
    house()
    (tmp_path / "team/config.yaml").write_text("config: 1\ntheme: nrod\n")
    code, _ = command("config")
    assert code == 1


@shows("glyphs")
@pytest.mark.parametrize("chosen", ["unicode", "ascii"])
async def test_signs_are_those_of_a_typewriter_where_that_is_chosen(house, tmp_path, monkeypatch, chosen):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    plain = plain_glyphs(house(f"glyphs: {chosen}").settings.glyphs)
    assert plain == (chosen == "ascii")


@pytest.mark.parametrize(
    ("locale", "encoding", "seen"),
    [
        ("en_GB.UTF-8", "utf-8", True),
        ("C", "utf-8", True),
        ("de_DE.ISO-8859-1", "utf-8", False),
        ("", "cp437", False),
    ],
)
def test_a_terminal_that_is_not_utf8_gets_no_signs_it_cannot_show(locale, encoding, seen):
    assert shows_signs({"LANG": locale}, encoding) == seen


@shows("keymap")
def test_the_keymap_a_rep_chose_changes_the_keys(solo):
    keys = Keys(solo("keymap: vim").keys)
    assert keys.command("g", ("queue",)).id == "queue.top"
    assert keys.command("q", ("text",)).id == "text.back"


@shows("keys.*")
def test_a_command_is_run_by_the_key_a_rep_gave_it(solo):
    keys = Keys(solo("keys: {queue.skip: z}").keys)
    assert keys.command("z", ("queue",)).id == "queue.skip"
    assert keys.command("s", ("queue",)) is None


@shows("editor")
def test_a_script_is_opened_by_the_reps_editor(solo, tmp_path, monkeypatch):
    monkeypatch.setattr("tui.system.programs.find", lambda name, *_: f"/usr/bin/{name}")
    command = editor_command(solo("editor: [subl]").editor, {"EDITOR": "vim"}, tmp_path / "a.yaml", 3)
    assert command == ["/usr/bin/subl", "--wait", f"{tmp_path / 'a.yaml'}:3"]


@shows("people_folder")
async def test_people_and_calls_go_into_the_people_folder(house, tmp_path):
    bench = house("", own=f"people_folder: {tmp_path / 'people'}")
    bench.store = TinyStore.open(tmp_path / "data")
    bench.cockpit = bench._cockpit()
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await bench.cockpit.tick()
    await bench.cockpit.close()
    (file,) = (tmp_path / "people").iterdir()
    assert b"Ann Rossi" in file.read_bytes()


@shows("shared_list.postgresql")
def test_the_list_is_asked_for_at_the_address(solo):
    from tests.shared_list.conftest import GAP  # psycopg is read with it
    from tui.domain.contact import Rep
    from tui.shared_list.connect import list_of
    from tui.shared_list.port import NoLine

    settings = solo('shared_list: {postgresql: "host=127.0.0.1 port=1 user=kim dbname=calls"}')
    with pytest.raises(NoLine, match=r"The team's list at 127\.0\.0\.1 does not answer"):
        list_of(settings.shared_list, Rep("rep-kim", "Kim Dale"), GAP, lambda: 0.0).me()

"""`powerhour scripts`: what a trainer can ask for on the command line."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from tui.domain.call import Call, ScriptRef
from tui.domain.contact import Contact
from tui.domain.outcome import Category
from tui.script.files.load import load
from tui.script.files.suggestions import Suggestion, append
from tui.storage.protocol import Change
from tui.storage.tiny import TinyStore

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture
def scripts(run, team):
    """`run("scripts", …)` in the team folder."""

    def command(*args: str):
        return run("--workspace", str(team), "scripts", *args)

    return command


def test_a_script_is_found_by_its_name_or_its_file(scripts, team):
    by_name = scripts("tree", "friendly_call")
    by_file = scripts("tree", str(team / "scripts" / "friendly_call.yaml"))
    assert by_name.code == 0
    assert by_name.out.splitlines()[1:] == by_file.out.splitlines()[1:]


def test_a_name_that_is_not_there_is_answered_with_the_nearest(scripts):
    done = scripts("tree", "frendly_call")
    assert (done.code, done.out) == (1, "")
    assert "did you mean `friendly_call`?" in done.err


@pytest.mark.parametrize("command", ["tree", "graph", "paths", "print"])
def test_a_script_with_a_mistake_is_refused_with_its_line(scripts, team, command):
    (team / "scripts" / "bad.yaml").write_text("title: A\nopener: {{x}} hi\n", "utf-8")
    done = scripts(command, "bad")
    assert done.code == 1
    assert "bad.yaml:2:9" in done.err
    assert "^" in done.err


def test_the_tree_of_one_way_in(scripts):
    done = scripts("tree", "friendly_call", "--from", "stop")
    assert done.out.splitlines()[1] == "no more calls"
    assert "gatekeeper" not in done.out


def test_the_chart_is_one_of_mermaid(scripts):
    assert scripts("graph", "friendly_call").out.startswith("flowchart TD\n")


def test_paths_say_how_many_ways_and_how_long(scripts):
    out = scripts("paths", "first_call").out
    assert "first call: " in out
    assert "seconds of talking" in out
    assert "straight on" in scripts("paths", "friendly_call", "--from", "gatekeeper").out


def test_paths_as_json_name_every_line_of_every_way(scripts):
    rows = scripts("paths", "friendly_call", "--from", "stop", "--json").rows
    (way,) = rows
    assert (way["entry"], way["end"], way["lines"]) == ("stop", "do_not_call", ["stop[0]", "stop[1]"])


def test_diff_tells_what_changed_between_two_files(scripts, team):
    old = team / "scripts" / "friendly_call.yaml"
    new = team / "scripts" / "friendly_call_2.yaml"
    text = old.read_text("utf-8").replace("stop_after: 4", "stop_after: 3")
    new.write_text(text, "utf-8")
    assert scripts("diff", str(old), str(new)).out == "~ follow-up, enough after: [-4-] {+3+}\n"
    rows = scripts("diff", str(old), str(new), "--json").rows
    assert rows == [
        {"sign": "~", "where": ["follow-up", "enough after"], "before": "4", "after": "3", "spoken": False}
    ]


def test_diff_of_one_file_compares_with_git(scripts, team):
    assert shutil.which("git"), "git is needed for this test"
    git = ["git", "-C", str(team), "-c", "user.name=A", "-c", "user.email=a@example.com"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *words], check=True)
    house = team / "scripts" / "_house.yaml"
    house.write_text(house.read_text("utf-8").replace("Understood.", "I understand."), "utf-8")
    done = scripts("diff", "friendly_call")
    assert done.out.startswith("~ no more calls, line 1, words: [-Understood.-] {+I understand.+}")
    assert scripts("diff", "friendly_call", "--since", "nowhere").code == 1
    assert scripts("diff", "they_ring_back", "--since=--output=x").code == 1


def test_diff_outside_git_says_what_to_do(scripts, home, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(home.parent))
    done = scripts("diff", "friendly_call")
    assert done.code == 1
    assert "scripts diff OLD NEW" in done.err


def test_show_resolved_names_file_and_line_of_every_part(scripts):
    out = scripts("show", "friendly_call", "--resolved").out
    assert "# friendly_call.yaml:2\n" in out
    assert "# _house.yaml:" in out
    assert "#" not in scripts("show", "friendly_call").out.splitlines()[0]


def test_print_writes_a_page(scripts, home):
    assert scripts("print", "friendly_call", "--out", str(home / "page.html")).code == 0
    page = (home / "page.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "friendly_call.yaml, 23 November 2026" in page
    assert scripts("print", "friendly_call").out.rstrip("\n") == page.rstrip("\n")


def test_a_file_that_cannot_be_written_is_said(scripts, home):
    done = scripts("print", "friendly_call", "--out", str(home / "no" / "page.html"))
    assert done.code == 1
    assert "Choose another file" in done.err


def test_schema_is_written_and_says_how_to_use_it(scripts, team):
    done = scripts("schema", "--out", str(team / "script.schema.json"))
    assert json.loads((team / "script.schema.json").read_text("utf-8"))["title"] == "Power Hour call script"
    assert "# yaml-language-server: $schema=../script.schema.json" in done.out
    assert json.loads(scripts("schema").out)["required"] == ["title"]


def test_new_from_flags_writes_a_script_that_is_right(scripts, team):
    done = scripts(
        "new", "--title", "Spring call", "--ask", "What: now?", "--opener", "Hi {{first_name|there}}?"
    )
    assert done.code == 0
    text = (team / "scripts" / "spring_call.yaml").read_text("utf-8")
    assert '  - ask: "What: now?"' in text
    assert "extends: _house.yaml" in text
    assert scripts("check").code == 0


def test_new_overwrites_nothing(scripts, team):
    before = (team / "scripts" / "friendly_call.yaml").read_bytes()
    assert scripts("new", "--title", "Friendly call").code == 1
    assert (team / "scripts" / "friendly_call.yaml").read_bytes() == before


def test_new_asks_when_no_title_is_given(scripts, team, monkeypatch):
    answers = iter(["Autumn call", "", "", "One?", "Two?", "", "", "", "", "", ""])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _prompt: next(answers))
    assert scripts("new").code == 0
    text = (team / "scripts" / "autumn_call.yaml").read_text("utf-8")
    assert "  - ask: One?\n    save: answer_1\n  - ask: Two?\n" in text


def test_new_without_anybody_to_ask_says_what_to_give(scripts):
    done = scripts("new")
    assert done.code == 2
    assert "--title" in done.err


def test_the_preview_needs_a_terminal(scripts):
    done = scripts("preview", "friendly_call")
    assert done.code == 1
    assert "terminal" in done.err


def called(number: int, is_: Category, wording: str, **more) -> Call:
    ref = ScriptRef("friendly_call", "2", wording, "opener=A" if number % 2 else "opener=B")
    steps = ("opener[0]", "opener.A[0]" if number % 2 else "opener.B[0]", "catch_up")
    return replace(
        Call(f"call-{number}", "ann", NOW, is_.value, is_, script=ref, steps=steps, talk_s=60.0, rev=0),
        **more,
    )


@pytest.fixture
def calls(data, team):
    """Four answered calls with the friendly call, and one nobody answered."""
    data.mkdir(parents=True)
    script = load(team / "scripts" / "friendly_call.yaml").script
    wording = script.hash if script is not None else ""
    found = [called(n, Category.CONVERSATION, wording) for n in range(3)]
    found.append(called(3, Category.GATEKEEPER, wording))
    with_nobody = called(4, Category.NO_ANSWER, wording)
    store = TinyStore.open(data)
    store.commit(Change(contacts=(Contact("ann", name="Ann Rossi"),), calls=(*found, with_nobody)), NOW)
    store.close()


def test_stats_show_rates_tests_endings_and_lines_nobody_reached(scripts, calls):
    out = scripts("stats").out
    assert "rate: talks / calls a person answered" in out
    assert "friendly_call 2: opener: too few calls to tell, about" in out
    assert "Hi {{first_name|there}}" in out
    assert "Friendly call: talks end at" in out
    assert "Friendly call: never reached" in out
    assert "What are you working on this month" in out


def test_stats_as_json_hold_n_rate_and_interval(scripts, calls):
    answer = scripts("stats", "friendly_call", "--metric", "next_step", "--json").json
    (row,) = [one for one in answer["rows"] if one["kind"] == "script"]
    assert (row["n"], row["hits"], row["rate"]) == (4, 0, 0.0)
    assert 0 < row["interval"][1] < 1
    assert answer["metric"] == "next_step"
    assert answer["never_reached"]["friendly_call"][0]["origin"].endswith(tuple("0123456789"))


def test_stats_of_a_script_edited_without_another_version_keep_its_wordings_apart(scripts, team, calls):
    assert "until" not in scripts("stats").out
    path = team / "scripts" / "friendly_call.yaml"
    path.write_text(path.read_text("utf-8").replace("Nothing's wrong", "Nothing is the matter"), "utf-8")
    out = scripts("stats").out
    assert "2, until Mon 23 Nov" in out
    assert "counted apart" in out
    assert "Nothing is" not in out
    assert "Friendly call: no answered call yet since it was edited" in out
    answer = scripts("stats", "--json").json
    hashes = {row["hash"] for row in answer["rows"]}
    assert len(hashes) == 1
    assert answer["hash_now"]["friendly_call"] not in hashes


def test_without_a_call_stats_say_so(scripts):
    assert scripts("stats").out == "No answered call with a script yet.\n"


def test_suggestions_stand_beside_the_line(scripts, data, home):
    one = Suggestion(
        "friendly_call", "when", "When shall I call you about it?", "Which day is good?", "2026-11-23"
    )
    data.mkdir(parents=True)
    append(data, one)
    done = scripts("suggestions")
    assert "friendly_call.yaml:" in done.out
    assert done.out.startswith("1  ")
    assert "   now: When shall I call you about it?\n   rep: Which day is good?" in done.out
    assert "--take NUMBER" in done.out
    (row,) = scripts("suggestions", "--json").rows
    assert (row["state"], row["new"]) == ("open", "Which day is good?")
    other = home / "from_bo"
    other.mkdir()
    append(other, replace(one, new="Thursday?"))
    both = scripts(
        "suggestions", "--from", str(data), "--from", str(other / "suggestions.jsonl"), "--json"
    ).rows
    assert [row["new"] for row in both] == ["Which day is good?", "Thursday?"]
    assert scripts("suggestions", "first_call", "--json").rows == []


def test_without_suggestions_it_is_said_how_they_come(scripts):
    assert "No suggestions yet." in scripts("suggestions").out


@pytest.fixture
def proposed(data):
    """A rep's suggestions for the friendly call."""
    data.mkdir(parents=True)

    def propose(path: str, old: str, new: str) -> None:
        append(data, Suggestion("friendly_call", path, old, new, "2026-11-23"))

    return propose


def test_a_suggestion_is_taken_over_and_everything_else_stays(scripts, team, proposed):
    path = team / "scripts" / "friendly_call.yaml"
    before = path.read_text("utf-8")
    proposed("catch_up", "Something else?", "Not this one.")
    proposed("when", "When shall I call you about it?", "Which day is good: Monday?")
    done = scripts("suggestions", "--take", "2")
    assert done.code == 0
    assert done.out.splitlines()[1:] == [
        "  before: When shall I call you about it?",
        "  now:    Which day is good: Monday?",
    ]
    after = path.read_text("utf-8")
    assert after == before.replace("When shall I call you about it?", '"Which day is good: Monday?"')
    assert "(taken over already)" in scripts("suggestions").out
    again = scripts("suggestions", "--take", "2")
    assert (again.code, again.err) == (1, "Nothing was changed: taken over already.\n")
    assert path.read_text("utf-8") == after


def test_a_suggestion_for_a_line_that_changed_meanwhile_is_refused(scripts, team, proposed):
    path = team / "scripts" / "friendly_call.yaml"
    proposed("when", "When shall I call you about it?", "Which day is good?")
    path.write_text(path.read_text("utf-8").replace("When shall I call you about it?", "When then?"), "utf-8")
    before = path.read_bytes()
    done = scripts("suggestions", "--take", "1")
    assert (done.code, done.err) == (1, "Nothing was changed: the line has other words by now.\n")
    assert path.read_bytes() == before
    missing = scripts("suggestions", "--take", "7")
    assert missing.code == 1
    assert "There is no suggestion 7. There are 1" in missing.err


def test_names_that_are_lost_with_a_suggestion_are_told(scripts, team, proposed):
    stop = "Understood. I'll take you off my list today."
    path = team / "scripts" / "friendly_call.yaml"
    path.write_text(f"title: A\nopener: Hi {{{{first_name|there}}}}.\nstop: {stop}\n", "utf-8")
    proposed("opener[0]", "Hi {{first_name|there}}.", "Hello Ann.")
    assert "The line had {{first_name}}, and has not any more." in scripts("suggestions", "--take", "1").out

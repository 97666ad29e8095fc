"""What the team's name, its words and the rep's own lines do."""

from __future__ import annotations

import json

import pytest

from tests.cockpit_bench import call_selected
from tests.settings.obeyed import shows
from tui.settings.places import find

HELLO = """
title: Hello
language: {language}
opener: {words}
"""


async def said(bench, **person) -> str:
    """The words on the screen when the first person is called."""
    bench.people("Ann Rossi", **person)
    await bench.cockpit.open()
    view = await call_selected(bench.cockpit, 5)
    return view.script.text


@shows("team.company", "me.name", "me.number", "me.title")
async def test_a_script_says_who_calls(house):
    words = '"{{my_name}}, {{my_title}} at {{my_company}}, {{my_number}}"'
    own = 'me: {name: Kim Dale, number: "+44 20 7946 0999", title: head of sales}'
    bench = house("team: {company: Acme}", own, hello=HELLO.format(language="en", words=words))
    assert "Kim Dale, head of sales at Acme, +44 20 7946 0999" in await said(bench)


@shows("team.timezone")
async def test_the_teams_zone_is_that_of_the_clock_on_the_screen(house):
    bench = house("team: {timezone: America/Chicago}")
    view = await bench.cockpit.open()
    assert f"{view.now:%H:%M}" == "08:01"


@shows("team.members")
@pytest.mark.parametrize(
    ("owner", "held"),
    [("KIM", True), ("kim@example.com", True), ("Kimmy", True), ("Kim Dael", False), ("Sam", False)],
)
async def test_a_member_is_a_colleague_by_every_name_and_a_stranger_is_none(house, owner, held):
    members = "{name: Kim, aliases: [Kimmy], email: kim@example.com}, {name: Sam}"
    bench = house(f"team: {{members: [{members}]}}", "me: {name: Sam}")
    bench.people("Ann Rossi", owner=owner)
    view = await bench.cockpit.open()
    assert [row.name for row in (view.queue.held if held else view.queue.ready)] == ["Ann Rossi"]


@shows("team.language")
@pytest.mark.parametrize(("language", "words"), [("en", "Good morning"), ("it", "Buongiorno")])
async def test_who_has_no_language_hears_that_of_the_team(house, language, words):
    bench = house(
        f"team: {{language: {language}}}",
        hello=HELLO.format(language="en", words="Good morning"),
        ciao=HELLO.format(language="it", words="Buongiorno"),
    )
    assert words in await said(bench)


@shows("scripts.folder")
def test_scripts_are_looked_for_in_the_teams_folder(house, command, tmp_path):
    house("scripts: {folder: words}")
    (tmp_path / "team/words").mkdir()
    (tmp_path / "team/words/hello.yaml").write_text(HELLO.format(language="en", words="Hi"))
    code, text = command("scripts", "tree", "hello")
    assert (code, text.splitlines()[0]) == (0, f"Hello ({tmp_path / 'team/words/hello.yaml'})")


@shows("scripts.assign")
@pytest.mark.parametrize(
    ("condition", "person"),
    [
        ("lists: [autumn]", {}),
        ("tags: [vip]", {"tags": ("vip",)}),
        ("language: it", {"language": "it"}),
        ("customer: yes", {"customer": True}),
    ],
)
async def test_a_rule_gives_a_script_to_those_it_names(house, condition, person):
    rule = f"scripts: {{assign: [{{script: special, {condition}}}]}}"
    scripts = {
        "hello": HELLO.format(language="en", words="For everybody"),
        "special": HELLO.format(language="en", words="For you"),
    }
    assert "For you" in await said(house(rule, **scripts), **person)


@shows("scripts.assign")
async def test_a_rule_leaves_others_alone(house):
    rule = "scripts: {assign: [{script: special, tags: [vip]}]}"
    scripts = {
        "hello": HELLO.format(language="en", words="For everybody"),
        "special": HELLO.format(language="en", words="For you") + "audience: {tags: [vip]}\n",
    }
    assert "For everybody" in await said(house(rule, **scripts))


@shows("defaults.*.*")
@pytest.mark.parametrize("language", ["en", "en-GB"])
async def test_what_nobody_knows_of_a_person_is_said_as_the_team_says(house, language):
    team = "team: {language: it}\ndefaults: {en: {segment: corner shop}, it: {segment: negozio}}"
    hello = HELLO.format(language=language, words='"I call every {{segment}}."')
    assert "I call every corner shop." in await said(house(team, hello=hello), language=language)


@shows("team_file")
def test_the_reps_own_file_names_the_teams(tmp_path):
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme/config.yaml").write_text("config: 1\n")
    own = tmp_path / "own.yaml"
    own.write_text("team_file: acme/config.yaml\n")
    places, _ = find(None, None, {"POWERHOUR_CONFIG": str(own), "HOME": str(tmp_path)}, tmp_path)
    assert places.team == tmp_path / "acme"


@shows("config")
def test_a_file_of_another_edition_is_told(house, command, tmp_path):
    house()
    (tmp_path / "team/config.yaml").write_text("config: 2\n")
    code, _ = command("config")
    assert code == 1


@shows("lock")
@pytest.mark.parametrize(("mine", "attempts"), [("9", "4"), ("2", "2")])
def test_a_locked_value_may_only_be_made_stricter_by_a_rep(house, command, tmp_path, mine, attempts):
    house("cadence: {attempts: 4}\nlock: [cadence.attempts]")
    own = tmp_path / "own.yaml"
    own.write_text(f"cadence: {{attempts: {mine}}}\n")
    code, text = command("config", "cadence.attempts", "--json", own=own)
    assert json.loads(text)["rows"][0]["value"] == attempts
    assert code == (0 if mine == attempts else 1)

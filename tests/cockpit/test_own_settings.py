"""Settings changed in the cockpit: written into the rep's own file, said, and obeyed as soon as that can be."""

from __future__ import annotations

import pytest

from tui.cli.settings_files import OwnSettingsFile
from tui.cli.wiring import Parts, known
from tui.cockpit.call_view import NotTaken
from tui.cockpit.cockpit import Cockpit
from tui.settings.load import load
from tui.settings.places import Places


def of_a_team(bench, tmp_path, says=""):
    """Gives the bench the cockpit of a rep with an empty own file, in a team that says this; where the files are."""
    team = tmp_path / "team"
    team.mkdir()
    (team / "config.yaml").write_text(f"config: 1\nteam: {{timezone: Europe/London{says}}}\n", "utf-8")
    places = Places(team, tmp_path / "config.yaml", tmp_path / "data")
    loaded = load(places, {}, known=known())
    file = OwnSettingsFile(Parts(places, loaded, bench.clock, ()), [loaded])
    bench.people("Ann Rossi", "Bo Lund")
    bench.cockpit = Cockpit(
        bench.store,
        loaded.settings,
        lambda: bench.library,
        bench.dialer,
        bench.clock,
        own_settings=lambda: file,
    )
    return places


@pytest.fixture
async def opened(bench, tmp_path):
    """Opens the cockpit of a rep whose own file is empty, in a team."""
    places = of_a_team(bench, tmp_path)
    await bench.cockpit.open()
    yield places.own
    await bench.cockpit.close()


async def test_a_name_is_written_said_and_spoken_at_once(bench, opened):
    cockpit = bench.cockpit
    view = await cockpit.settings.change("me.name", "Sam Reed")
    assert 'name: "Sam Reed"' in opened.read_text("utf-8")
    assert view.notice.text == "me.name is Sam Reed now (own config.yaml:4). It counts at once."
    view = await cockpit.queue.call_person(bench.contact("Ann Rossi").id)
    assert "Sam Reed" in view.script.text + view.script.voicemail
    assert bench.store.rep(str(bench.store.state("rep")["id"])).label == "Sam Reed"


async def test_hours_count_in_the_queue_at_once_and_go_back(bench, opened):
    cockpit = bench.cockpit
    assert len(cockpit.view.queue.ready) == 2
    await cockpit.settings.change("calling_window.mon-fri", "09:00-10:00")
    assert len((await cockpit.tick()).queue.ready) == 0
    view = await cockpit.settings.back_to_team("calling_window.mon-fri")
    assert view.notice.text.startswith("calling_window.mon-fri is 09:00-18:00 now (built-in).")
    assert len((await cockpit.tick()).queue.ready) == 2
    view = await cockpit.settings.back_to_team("calling_window.mon-fri")
    assert view.notice.text == "Your own settings file says nothing of calling_window.mon-fri."


async def test_how_calls_are_made_counts_from_the_next_start(bench, opened):
    view = await bench.cockpit.settings.change("dialer", "uri")
    assert view.notice.text == "dialer is uri now (own config.yaml:4). It counts from the next start."
    assert bench.cockpit._state.settings.dial.kind == "manual"


async def test_what_is_wrong_is_said_in_the_words_of_the_check_and_where(bench, opened):
    with pytest.raises(NotTaken, match="`conversations` must be a whole number") as refused:
        await bench.cockpit.settings.change("sessions.goal.conversations", "many")
    assert refused.value.field_id == "sessions.goal.conversations"
    opened.write_text("me: {name\n", "utf-8")
    with pytest.raises(NotTaken, match=r"Nothing was written. .*config\.yaml line \d"):
        await bench.cockpit.settings.change("me.name", "Sam")
    assert opened.read_text("utf-8") == "me: {name\n"


async def test_without_a_file_of_ones_own_nothing_can_be_changed(bench):
    await bench.cockpit.open()
    with pytest.raises(NotTaken, match="There is no settings file"):
        await bench.cockpit.settings.change("me.name", "Sam")
    assert bench.cockpit.settings.rows() == ()


async def test_b71_three_fields_say_who_the_rep_is_and_a_wrong_number_is_told_at_its_line(bench, opened):
    settings = bench.cockpit.settings
    assert [field.id for field in settings.about_me({})] == [
        "me.name",
        "team.company",
        "me.number",
    ]
    said = {"me.name": "Sam Reed", "me.number": "12"}
    with pytest.raises(NotTaken, match=r"For example: \+44") as refused:
        await settings.give_about_me(said)
    assert not opened.exists()
    fields = settings.about_me(said, refused.value)
    assert [(field.value, bool(field.problem)) for field in fields] == [
        ("Sam Reed", False),
        ("", False),
        ("12", True),
    ]
    who = {"me.name": "Sam Reed", "team.company": "Northgate", "me.number": "020 7946 0955"}
    view = await settings.give_about_me(who)
    assert view.notice.text.startswith("Saved in your own settings file")
    assert bench.cockpit._state.settings.me.number == "020 7946 0955"
    assert bench.cockpit._state.settings.company == "Northgate"
    assert (await settings.give_about_me({"me.name": " ", "me.number": ""})).notice is None


async def test_b71_the_company_is_not_asked_for_where_the_team_says_it(bench, tmp_path):
    of_a_team(bench, tmp_path, says=", company: Northgate")
    await bench.cockpit.open()
    assert [field.id for field in bench.cockpit.settings.about_me({})] == ["me.name", "me.number"]

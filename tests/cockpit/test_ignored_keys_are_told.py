"""A script with a key that calls ignore is used as before, and the queue names the line."""

from tests.cockpit_bench import call_selected
from tui.script.files.library import Library


async def test_the_queue_names_the_line_and_the_call_goes_on_as_before(bench, tmp_path, warms_up):
    text = "title: T\nopener:\n  - say: Hello.\n    end: promise\n"
    (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
    bench.library = Library(tmp_path)
    bench.people("Ann Rossi")
    cockpit = bench.killed_and_started_again()
    await cockpit.open()
    await cockpit._warming
    [told] = (await cockpit.tick()).problems
    assert (
        told == "Scripts: s.yaml line 4, column 5: `end` ends the call but proposes no outcome beside `say`."
    )
    view = await call_selected(cockpit, 15)
    assert "Hello." in view.script.text

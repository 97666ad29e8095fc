"""The script during a call, as the screen gets it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tests.practice_bench import call_anyway, talk_to
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.view import Phase
from tui.script.files.library import Library
from tui.script.files.suggestions import FILE, read, review, take_over
from tui.settings.settings import Me, Speech

SCRIPT = """
title: Spring call
opener:
  seconds: 12
  steps:
    - say: Hi there, it is me.
      seconds: 5
    - Two minutes?
discovery:
  - ask: What are you working on this month that you could use help with?
close:
  - do: Write down the address.
"""


@pytest.fixture
def with_script(bench, tmp_path):
    """A bench whose reps read this script."""

    def make(text: str):
        (tmp_path / "spring_call.yaml").write_text(text, encoding="utf-8")
        bench.library = Library(tmp_path)
        return bench, bench.killed_and_started_again()

    return make


async def test_while_it_rings_the_time_of_the_opening_and_of_its_section_are_known(with_script):
    bench, cockpit = with_script(SCRIPT)
    bench.people("Ann Rossi")
    await cockpit.open()
    view = await call_selected(cockpit, 5)
    assert view.script.takes == "6 s of 12 s"


async def test_each_line_says_how_long_it_takes_and_what_is_not_spoken_says_nothing(with_script):
    bench, cockpit = with_script(SCRIPT)
    bench.people("Ann Rossi")
    await cockpit.open()
    await call_selected(cockpit, 5)
    bench.clock.step(3)
    view = await cockpit.call.answered()
    met = [view.script.takes]
    for _ in range(3):
        view = await cockpit.talk.step_on()
        met.append(view.script.takes)
    assert met == ["5 s of 12 s", "1 s of 12 s", "6 s", ""]


async def test_the_house_s_own_pace_counts(with_script):
    bench, _ = with_script(SCRIPT)
    bench.settings = replace(bench.settings, speech=Speech({"en": 75}))
    cockpit = bench.killed_and_started_again()
    bench.people("Ann Rossi")
    await cockpit.open()
    await call_selected(cockpit, 5)
    bench.clock.step(3)
    await cockpit.call.answered()
    await cockpit.talk.step_on()
    view = await cockpit.talk.step_on()
    assert view.script.takes == "11 s"


ITALIAN = """
title: Primavera
language: it
opener: Buon {{time_of_day}}, oggi è {{today}}. Ci siamo sentiti {{last_call_when|di recente}}.
followup:
  early: Avevamo detto {{promised_date|più avanti}}. Chiamo prima perché {{reason|c'è una novità}}.
"""


async def test_days_in_an_italian_script_are_said_in_italian(with_script):
    bench, cockpit = with_script(ITALIAN)
    ann = bench.people("Ann Rossi", language="it")[0]
    await cockpit.open()
    await talk_to(bench, "Ann Rossi")
    await cockpit.outcome.choose("promise")
    await cockpit.outcome.set_field("when", "fri 3pm")
    await cockpit.outcome.save_form()
    await cockpit.session.end()
    bench.clock.step(days=1)
    await cockpit.queue.select(ann.id)
    view = await call_selected(cockpit, 5)
    assert view.script.text == (
        "Buon pomeriggio, oggi è martedì 24 novembre. Ci siamo sentiti ieri. "
        "Avevamo detto venerdì. Chiamo prima perché c'è una novità."
    )


TOLD = """
title: Spring call
opener: Hi there.
followup:
  early: I know I said {{promised_date|later}}. I ring sooner because {{reason}}. Is that all right?
  reasons: [{id: price, say: the price holds}]
"""


@pytest.mark.parametrize(
    ("more", "hint"),
    [
        ("  no_reason: Send the newsletter instead.\n", "Send the newsletter instead."),
        ("", "A line by e-mail may be kinder."),
    ],
)
async def test_b25_when_all_news_is_told_the_card_says_what_the_trainer_advises(with_script, more, hint):
    bench, cockpit = with_script(TOLD + more)
    ann = bench.people("Ann Rossi")[0]
    await cockpit.open()
    await talk_to(bench, "Ann Rossi")
    await cockpit.outcome.choose("promise")
    await cockpit.outcome.set_field("when", "fri 3pm")
    await cockpit.outcome.save_form()
    await cockpit.session.end()
    bench.clock.step(days=1)
    await cockpit.queue.select(ann.id)
    view = await call_anyway(cockpit)
    assert "because the price holds" in view.script.text
    bench.clock.step(3)
    await cockpit.outcome.choose("voicemail")
    await cockpit.session.end()
    bench.clock.step(days=1)
    await cockpit.queue.select(ann.id)
    view = await call_anyway(cockpit)
    assert view.script.text == "Hi there. I know I said on Friday. Is that all right?"
    assert dict(view.card.lines)["Reason"] == f"all used up. i types one of your own. {hint}"


OBJECTION = """title: Spring call
opener: Hi there.
objections:
  - id: price
    heard: [too expensive]
    ask: Compared with what, {{first_name|you}}?
    say: It lasts longer.
"""


async def test_a_wording_proposed_during_an_objection_is_about_the_words_on_the_screen(with_script, tmp_path):
    bench, _ = with_script(OBJECTION)
    cockpit = Cockpit(
        bench.store, bench.settings, lambda: bench.library, bench.dialer, bench.clock, suggestions=tmp_path
    )
    bench.people("Ann Rossi")
    await cockpit.open()
    await call_selected(cockpit, 5)
    bench.clock.step(3)
    await cockpit.call.answered()
    view = await cockpit.talk.jump("objection:price")
    assert view.script.text == "Compared with what, Ann?"
    await cockpit.talk.suggest("What do you compare it with?")
    (kept,), _ = read(tmp_path / FILE)
    assert (kept.path, kept.old) == ("objections.price", "Compared with what, {{first_name|you}}?")
    (row,) = review([kept], bench.library.loaded())
    assert (row.state, row.origin.rpartition(":")[2]) == ("open", "6")
    assert take_over(row) == ("first_name",)
    text = (tmp_path / "spring_call.yaml").read_text("utf-8")
    assert text == OBJECTION.replace(
        "Compared with what, {{first_name|you}}?", "What do you compare it with?"
    )


WHOLE = """
title: Spring call
opener: Hi there.
voicemail: {say: It is me., coach: Smile., then: Send two lines by e-mail}
discovery:
  - ask: How are things?
    answers: [good, bad]
  - {ask: How many vans?, save: vans, type: number, min: 1, max: 500, required: true}
close:
  - {ask: When shall I ring?, save: promised, outcome: promise, next_in: 1 week}
objections:
  - {id: dear, heard: [too expensive], ask: Why?}
  - {id: axe, heard: [no budget], hotkey: e, ask: Who has it?}
"""


@pytest.fixture
async def talking(with_script):
    """A call with Ann at the first line of the script."""
    bench, cockpit = with_script(WHOLE)
    bench.people("Ann Rossi")
    await cockpit.open()
    await call_selected(cockpit, 5)
    bench.clock.step(3)
    await cockpit.call.answered()
    return bench, cockpit


async def test_while_it_rings_the_advice_for_the_message_stands_below_it(with_script):
    bench, cockpit = with_script(WHOLE)
    bench.people("Ann Rossi")
    await cockpit.open()
    view = await call_selected(cockpit, 5)
    assert (view.script.voicemail_tip, view.script.voicemail_then) == ("Smile.", "Send two lines by e-mail")


async def test_an_answer_without_a_name_to_keep_it_under_is_in_the_notes_with_its_question(talking):
    bench, cockpit = talking
    await cockpit.talk.step_on()
    await cockpit.talk.answer("1")
    await cockpit.talk.type_note("nice and sunny")
    await cockpit.talk.keep_note()
    await cockpit.call.over()
    await cockpit.outcome.choose("talked")
    await cockpit.outcome.save_form()
    (call,) = bench.store.calls()
    assert [note.text for note in call.notes] == ["How are things? good", "nice and sunny"]


async def test_a_question_that_must_be_answered_reminds_at_the_end_and_never_stops_anybody(talking):
    _, cockpit = talking
    await cockpit.talk.step_on()
    await cockpit.talk.answer("1")
    await cockpit.talk.step_on()
    view = await cockpit.call.over()
    assert view.notice.text == "Still open: How many vans? Esc goes back."
    view = await cockpit.outcome.choose("talked")
    assert view.phase is Phase.FORM


async def test_did_not_ask_settles_a_question_that_must_be_answered(talking):
    _, cockpit = talking
    await cockpit.talk.step_on()
    await cockpit.talk.answer("1")
    await cockpit.talk.answer("0")
    view = await cockpit.call.over()
    assert view.notice is None or "Still open" not in view.notice.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [("600", "is more than 500"), ("0,5", "is less than 1"), ("many", "a number was expected"), ("20", "")],
)
async def test_a_number_outside_its_limits_is_kept_and_told(talking, typed, said):
    bench, cockpit = talking
    await cockpit.talk.step_on()
    await cockpit.talk.answer("1")
    await cockpit.talk.type_note(typed)
    view = await cockpit.talk.keep_note()
    told = view.notice.text if view.notice else ""
    assert said in told
    assert bool(said) == told.startswith("Kept, but")
    await cockpit.call.over()
    await cockpit.outcome.choose("talked")
    await cockpit.outcome.save_form()
    assert bench.store.calls()[-1].answers["vans"] == typed


async def test_the_time_the_script_proposes_stands_in_the_form(talking):
    _, cockpit = talking
    await cockpit.talk.step_on()
    await cockpit.talk.answer("1")
    await cockpit.talk.answer("0")
    await cockpit.talk.step_on()
    await cockpit.call.over()
    view = await cockpit.outcome.choose("promise")
    when = next(field for field in view.form.fields if field.id == "when")
    assert when.value == "mon 30 nov 14:00"
    view = await cockpit.outcome.save_form()
    assert view.phase is not Phase.FORM


async def test_a_hotkey_finds_its_objection_first(talking):
    _, cockpit = talking
    assert [target for target, _ in cockpit.talk.search("e")][:2] == ["objection:axe", "objection:dear"]


ENOUGH = """
title: Spring call
opener: Hi there.
followup:
  stop_after: 1
  early: I know I said {{promised_date|later}}. I ring sooner because {{reason}}.
  reasons:
    - {id: price, say: the price holds, coach: Say it slowly.}
    - {id: van, say: your van is ready}
"""


async def test_news_brings_its_own_advice_and_the_script_says_when_it_is_enough(with_script):
    bench, cockpit = with_script(ENOUGH)
    ann = bench.people("Ann Rossi")[0]
    await cockpit.open()
    await talk_to(bench, "Ann Rossi")
    await cockpit.outcome.choose("promise")
    await cockpit.outcome.set_field("when", "fri 3pm")
    await cockpit.outcome.save_form()
    await cockpit.session.end()
    bench.clock.step(days=1)
    await cockpit.queue.select(ann.id)
    view = await call_anyway(cockpit)
    assert dict(view.card.lines)["Reason"] == "the price holds"
    bench.clock.step(3)
    await cockpit.call.answered()
    view = await cockpit.talk.step_on()
    assert view.script.coach == "Say it slowly."
    await cockpit.call.over()
    await cockpit.outcome.choose("no_answer")
    await cockpit.session.end()
    bench.clock.step(days=1)
    await cockpit.queue.select(ann.id)
    view = await call_anyway(cockpit)
    enough = "the price holds. Follow-up 2 with this script, which says enough after 1."
    assert dict(view.card.lines)["Reason"] == enough


async def test_a_rep_without_a_name_is_told_where_to_write_it(bench):
    bench.people("Ann Rossi")
    bench.settings = replace(bench.settings, me=Me(""))
    cockpit = bench.killed_and_started_again()
    await cockpit.open()
    view = await call_selected(cockpit, 5)
    assert dict(view.card.lines)["Set up"] == "scripts do not know your name: press , to give it"


async def test_a_rep_with_a_name_is_told_nothing(bench):
    bench.people("Ann Rossi")
    bench.settings = replace(bench.settings, me=Me("Sam Reed", "+442079460955"))
    cockpit = bench.killed_and_started_again()
    await cockpit.open()
    view = await call_selected(cockpit, 5)
    assert "Set up" not in dict(view.card.lines)

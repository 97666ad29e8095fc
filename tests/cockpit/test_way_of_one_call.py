from __future__ import annotations

from tests.cockpit_bench import call_selected
from tui.cockpit.view import Phase
from tui.domain.outcome import Category


async def test_five_calls_with_five_outcomes_are_five_records_and_one_session(bench):
    bench.people("Ann Rossi", "Bo Lund", "Eva Brandt", "Fay Osei", "Dee Wu", "Jo Marsh")
    cockpit = bench.cockpit
    view = await cockpit.open()
    assert view.phase is Phase.QUEUE

    view = await call_selected(cockpit, 5)
    assert view.phase is Phase.RINGING
    bench.clock.step(2)
    view = await cockpit.outcome.choose("no_answer")
    assert view.phase is Phase.READY

    await cockpit.call.dial()
    bench.clock.step(2)
    await cockpit.outcome.choose("voicemail")

    await cockpit.call.dial()
    bench.clock.step(5)
    view = await cockpit.call.answered()
    assert view.phase is Phase.TALKING
    await cockpit.talk.type_note("two vans, not three")
    await cockpit.talk.keep_note()
    bench.clock.step(60)
    await cockpit.call.over()
    view = await cockpit.outcome.choose("promise")
    assert view.phase is Phase.FORM
    await cockpit.outcome.set_field("when", "fri 3pm")
    view = await cockpit.outcome.save_form()
    assert view.phase is Phase.READY

    for outcome in ("nurture", "not_a_fit"):
        await cockpit.call.dial()
        bench.clock.step(5)
        await cockpit.outcome.choose(outcome)
        view = await cockpit.outcome.save_form()

    calls = bench.store.calls()
    assert [c.is_ for c in calls] == [
        Category.NO_ANSWER,
        Category.VOICEMAIL,
        Category.PROMISE,
        Category.NURTURE,
        Category.NOT_A_FIT,
    ]
    assert len(bench.store.sessions()) == 1
    assert all(c.session_id == bench.store.sessions()[0].id for c in calls)
    promise = calls[2].promise
    assert promise is not None
    assert promise.from_.isoformat() == "2026-11-27T15:00:00+00:00"
    assert calls[2].notes[0].text == "two vans, not three"
    assert view.clock is not None
    assert view.clock.agreed == 1


async def test_a_letter_in_the_first_second_logs_nothing_and_says_so(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 5)
    bench.clock.step(0.4)
    view = await bench.cockpit.outcome.choose("no_answer")
    assert bench.store.calls() == ()
    assert view.notice is not None
    assert "only just begun" in view.notice.text


async def test_undo_brings_the_card_back_as_it_was_filled_while_the_next_line_rings(bench):
    bench.people("Ann Rossi", "Bo Lund")
    cockpit = bench.cockpit
    await cockpit.open()
    view = await call_selected(cockpit, 5)
    first = view.card.name
    bench.clock.step(3)
    await cockpit.call.answered()
    await cockpit.talk.type_note("wants vans")
    view = await cockpit.call.over()
    assert not view.can_undo
    await cockpit.outcome.choose("not_a_fit")
    await cockpit.outcome.save_form()
    view = await cockpit.call.dial()
    second = view.card.name
    assert view.can_undo
    bench.clock.step(2)

    view = await cockpit.undo.last()
    assert view.card.name == first
    assert view.phase is Phase.CALL_OVER
    assert view.draft == "wants vans"
    assert not view.can_undo
    assert bench.store.calls()[0].voided_at is not None

    await cockpit.outcome.choose("nurture")
    view = await cockpit.outcome.save_form()
    assert view.card.name == second
    assert view.phase is Phase.RINGING
    counted = [c for c in bench.store.calls() if not c.voided_at]
    assert [c.is_ for c in counted] == [Category.NURTURE]
    assert [n.text for n in counted[0].notes] == ["wants vans"]


async def test_a_killed_program_comes_back_to_the_same_half_written_note(bench):
    bench.people("Ann Rossi", "Bo Lund")
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 5)
    bench.clock.step(3)
    await cockpit.call.answered()
    await cockpit.talk.step_on()
    before = await cockpit.talk.type_note("two vans, not th")
    bench.clock.step(1)
    before = await cockpit.tick()
    bench.clock.step(minutes=3)

    view = await bench.killed_and_started_again().open()
    assert view.phase is Phase.TALKING
    assert view.draft == "two vans, not th"
    assert view.card.name == before.card.name
    assert view.script.text == before.script.text
    assert view.notice is not None
    assert "Back where you left off" in view.notice.text
    assert view.clock is not None
    assert abs(view.clock.left_s - before.clock.left_s) < 2


async def test_after_half_an_hour_the_session_is_closed_and_the_call_is_asked_for_with_its_note(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 5)
    bench.clock.step(3)
    await bench.cockpit.call.answered()
    await bench.cockpit.talk.type_note("two vans")
    bench.clock.step(1)
    await bench.cockpit.tick()
    bench.clock.step(minutes=31)

    cockpit = bench.killed_and_started_again()
    view = await cockpit.open()
    assert bench.store.sessions()[0].state == "abandoned"
    assert (view.phase, view.clock, view.draft) == (Phase.CALL_OVER, None, "two vans")
    assert "today 14:01" in view.past.words


async def test_a_failed_write_keeps_the_form_and_says_so(bench):
    bench.people("Ann Rossi", "Bo Lund")
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 5)
    bench.clock.step(3)
    await cockpit.outcome.choose("promise")
    await cockpit.outcome.set_field("when", "fri 3pm")
    real = bench.store.commit

    def full(change, now):
        from tui.storage.protocol import NotSaved

        raise NotSaved("The disk is full. Nothing was saved; make room and press Enter again.")

    bench.store.commit = full
    view = await cockpit.outcome.save_form()
    assert view.phase is Phase.FORM
    assert view.notice is not None
    assert "disk is full" in view.notice.text
    assert next(f.value for f in view.form.fields if f.id == "when") == "fri 3pm"
    bench.store.commit = real
    view = await cockpit.outcome.save_form()
    assert view.phase is Phase.READY
    assert len(bench.store.calls()) == 1


async def test_a_changed_script_is_taken_up_between_calls_and_never_during_one(make_bench, tmp_path):
    from tui.script.files.library import Library

    script = tmp_path / "hello.yaml"
    script.write_text("title: Hello\nopener: Good morning.\nvoicemail: It is me.\n", encoding="utf-8")
    bench = make_bench()
    bench.library = Library(tmp_path)
    bench.cockpit = bench._cockpit()
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    view = await call_selected(bench.cockpit, 5)
    assert view.script.text == "Good morning."
    script.write_text("title: Hello\nopener: Good evening to you.\nvoicemail: It is me.\n", encoding="utf-8")
    bench.clock.step(2)
    view = await bench.cockpit.tick()
    assert view.script.text == "Good morning."
    await bench.cockpit.outcome.choose("no_answer")
    view = await bench.cockpit.tick()
    assert view.script.text == "Good evening to you."
    assert "Scripts changed" in view.notice.text


async def test_a_broken_save_keeps_the_last_good_words_and_names_file_and_line(make_bench, tmp_path):
    from tui.script.files.library import Library

    script = tmp_path / "hello.yaml"
    script.write_text("title: Hello\nopener: Good morning.\n", encoding="utf-8")
    bench = make_bench()
    bench.library = Library(tmp_path)
    bench.cockpit = bench._cockpit()
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 5)
    script.write_text("title: Hello\nopener: {{first_name}}, good morning.\n", encoding="utf-8")
    bench.clock.step(2)
    await bench.cockpit.outcome.choose("no_answer")
    view = await bench.cockpit.tick()
    assert view.script.text == "Good morning."
    told = "hello.yaml line 2, column 9, has a mistake; you see the version before."
    assert view.notice.text == told
    assert view.problems == (f"Scripts: {told}",)
    script.write_text("title: Hello\nopener: Good morning.\n", encoding="utf-8")
    assert (await bench.cockpit.tick()).problems == ()


async def test_a_better_wording_is_kept_for_the_trainer(bench, tmp_path):
    from tui.cockpit.cockpit import Cockpit
    from tui.script.files.suggestions import FILE, read

    bench.people("Ann Rossi")
    cockpit = Cockpit(
        bench.store, bench.settings, lambda: bench.library, bench.dialer, bench.clock, suggestions=tmp_path
    )
    await cockpit.open()
    await call_selected(cockpit, 5)
    bench.clock.step(3)
    await cockpit.call.answered()
    view = await cockpit.talk.suggest("Good morning Ann, Sam here.")
    assert "trainer" in view.notice.text
    kept, _ = read(tmp_path / FILE)
    assert [one.new for one in kept] == ["Good morning Ann, Sam here."]
    assert "{{" in kept[0].old


async def test_editing_a_person_leaves_a_number_that_was_not_touched_as_it_was(bench):
    (ann,) = bench.people("Ann Rossi")
    await bench.cockpit.open()
    fields = {field.id: field.value for field in bench.cockpit.card.view(ann.id).editable}
    await bench.cockpit.people.edit(ann.id, {**fields, "role": "Buyer"})
    edited = bench.contact("Ann Rossi")
    assert (edited.role, edited.numbers) == ("Buyer", ann.numbers)
    assert list(edited.stamps) == ["role"]


async def test_a_number_typed_on_the_card_is_called_first_and_the_others_stay(bench):
    (ann,) = bench.people("Ann Rossi")
    await bench.cockpit.open()
    await bench.cockpit.people.edit(ann.id, {"number": "+44 7700 900123"})
    assert [n.e164 for n in bench.contact("Ann Rossi").numbers] == ["+447700900123", ann.numbers[0].e164]
    await bench.cockpit.people.edit(ann.id, {"number": ann.numbers[0].e164})
    assert bench.contact("Ann Rossi").numbers[0] == ann.numbers[0]

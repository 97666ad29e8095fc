"""A phrase with two readings: both are offered, one key chooses, and the rep's other words stay."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from tests.practice_bench import talk_to
from tui.cockpit.actions.words.script_values import _from_promise
from tui.cockpit.view import Phase
from tui.domain.promise_state import open_promise
from tui.storage.protocol import Change

# The bench stands on Monday 23 November 2026, 14:01.


@pytest.fixture
async def form(bench):
    """The form of an outcome after a talk with Ann Rossi, with these lines typed."""

    async def opened(outcome, **lines):
        bench.people("Ann Rossi")
        await bench.cockpit.open()
        await talk_to(bench, "Ann Rossi")
        view = await bench.cockpit.outcome.choose(outcome)
        for name, words in lines.items():
            view = await bench.cockpit.outcome.set_field(name, words)
        return view

    return opened


def problem(view, name):
    return next(field.problem for field in view.form.fields if field.id == name)


@pytest.mark.parametrize(
    ("typed", "choices", "key", "at"),
    [
        ("next friday", ("Fri 27 Nov", "Fri 4 Dec"), "2", datetime(2026, 12, 4, 9, tzinfo=UTC)),
        (
            "venerdì prossimo alle 15",
            ("Fri 27 Nov 15:00", "Fri 4 Dec 15:00"),
            "1",
            datetime(2026, 11, 27, 15, tzinfo=UTC),
        ),
        (
            "thu or fri 10am",
            ("Thu 26 Nov 10:00", "Fri 27 Nov 10:00"),
            "2",
            datetime(2026, 11, 27, 10, tzinfo=UTC),
        ),
        ("17", ("Mon 23 Nov 17:00", "Thu 17 Dec"), "1", datetime(2026, 11, 23, 17, tzinfo=UTC)),
        ("thrusday 11", ("Thu 26 Nov 11:00",), "1", datetime(2026, 11, 26, 11, tzinfo=UTC)),
        ("today 9:00", ("tomorrow 09:00",), "1", datetime(2026, 11, 24, 9, tzinfo=UTC)),
    ],
)
async def test_both_are_offered_and_one_key_chooses(bench, form, typed, choices, key, at):
    view = await form("promise", when=typed, about="after the board meets")
    assert all(words in problem(view, "when") for words in choices)
    view = await bench.cockpit.outcome.save_form()
    assert (view.phase, bench.store.calls()) == (Phase.FORM, ())
    assert view.ask.choices == tuple((str(n), words) for n, words in enumerate(choices, 1))
    view = await bench.cockpit.question.answer(key)
    (call,) = bench.store.calls()
    assert (call.promise.from_, call.promise.words) == (at, "after the board meets")
    assert view.ask is None


async def test_esc_leaves_the_question_and_keeps_what_was_typed(bench, form):
    await form("promise", when="next friday")
    await bench.cockpit.outcome.save_form()
    view = await bench.cockpit.question.leave()
    assert (view.ask, view.phase, view.form.fields[0].value) == (None, Phase.FORM, "next friday")
    await bench.cockpit.outcome.set_field("when", "fri 3pm")
    await bench.cockpit.outcome.save_form()
    assert bench.store.calls()[0].promise.phrase == "fri 3pm"


async def test_each_line_with_a_time_is_asked_about(bench, form):
    await form("talked", again="nächsten Freitag", owe="the offer", by="thursday or friday")
    view = await bench.cockpit.outcome.save_form()
    assert view.ask.title == "Fri 27 Nov or Fri 4 Dec?"
    view = await bench.cockpit.question.answer("1")
    assert view.ask.title == "Thu 26 Nov or Fri 27 Nov?"
    await bench.cockpit.question.answer("1")
    (call,) = bench.store.calls()
    assert (call.promise.local_day.day, call.owed.due.day) == (27, 26)


async def test_a_range_is_promised_from_its_first_hour_to_its_last(bench, form):
    view = await form("promise", when="fri 2-4pm")
    assert view.form.fields[0].preview == ("Friday 27 November, between 14:00 and 16:00. In 4 days.",)
    await bench.cockpit.outcome.save_form()
    promise = bench.store.calls()[0].promise
    assert (promise.precision, promise.from_.hour, promise.until.hour) == ("range", 14, 16)
    # It stands in the form again when the call is corrected, and means the same.
    call = bench.store.calls()[0]
    await bench.cockpit.session.end()
    await bench.cockpit.correcting.correct(call.id)
    view = await bench.cockpit.outcome.choose("promise")
    assert view.form.fields[0].value == "fri 2-4pm"


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("every 2 weeks", 14), ("ogni due settimane", 14), ("alle zwei Wochen", 14), ("toutes les deux semaines", 14),
        ("cada dos semanas", 14), ("jeden Monat", 30), ("chaque mois", 30), ("cada mes", 30), ("jede zweite Woche", 14),
        ("every fortnight", 14), ("tous les jours", 1), ("jedes Quartal", 91),
    ],
)  # fmt: skip
async def test_how_often_is_understood_in_five_languages(bench, form, typed, days):
    await form("talked", again=typed)
    await bench.cockpit.outcome.save_form()
    assert bench.store.contact(bench.contact("Ann Rossi").id).prefers.every == days


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "today between 14:00 and 16:00"),
        ("it", "oggi tra le 14:00 e le 16:00"),
        ("de", "heute zwischen 14:00 und 16:00 Uhr"),
        ("fr", "aujourd'hui entre 14:00 et 16:00"),
        ("es", "hoy entre las 14:00 y las 16:00"),
    ],
)
async def test_a_range_that_is_over_is_apologised_for_as_it_was_said(bench, form, language, said):
    await form("promise", when="tomorrow 2-4pm")
    await bench.cockpit.outcome.save_form()
    calls, later = bench.store.calls(), datetime(2026, 11, 24, 17, tzinfo=UTC)
    owed = open_promise(calls, later, bench.settings.policy)
    assert (owed.timing, _from_promise(owed, language)["promised_date"]) == ("late", said)


async def test_a_range_of_somebody_elsewhere_is_said_on_both_clocks(bench):
    (ann,) = bench.people("Ann Rossi")
    bench.store.commit(Change(contacts=(replace(ann, zone="Europe/Rome"),)), bench.clock.now())
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    await bench.cockpit.outcome.choose("promise")
    view = await bench.cockpit.outcome.set_field("when", "fri 2-4pm")
    said = "Friday 27 November, between 14:00 and 16:00 in Rome, 13:00 to 15:00 here. In 4 days."
    assert view.form.fields[0].preview == (said,)

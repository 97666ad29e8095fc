"""Law packs and the do-not-call list, driven through the cockpit the screens use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tui.cockpit.view import Phase
from tui.domain.cadence import Policy
from tui.domain.call import Call
from tui.domain.contact import Basis, Contact, Number, Refusal, Source
from tui.domain.identity.matching import merge_contact
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.domain.window import Hours
from tui.settings import lawpacks
from tui.settings.settings import Me, Settings
from tui.storage.protocol import Change
from tui.system.programs import add_package

SATURDAY_EVENING = datetime(2026, 11, 28, 18, 45, tzinfo=UTC)
"""19:45 in Rome."""
NUMBER = "+390694802000"
ALL_WEEK = Policy(hours=Hours((((0, 1440),),) * 7))


@pytest.fixture
def italian(make_bench):
    """A bench with one person in Rome, house hours open all week."""
    settings = Settings(
        company="Northgate",
        zone="Europe/London",
        allowed_countries=("GB", "IT"),
        me=Me("Sam", "+442079460955"),
        policy=ALL_WEEK,
    )
    bench = make_bench(settings)
    ann = Contact(
        uuid7(bench.clock.now()),
        created_at=bench.clock.now() - timedelta(days=3),
        name="Ann Rossi",
        given="Ann",
        family="Rossi",
        company="Rossi Ltd",
        lists=("autumn",),
        numbers=(Number(NUMBER, NUMBER, "office"),),
        source=Source("Fair in Rome", "77"),
    )
    bench.store.commit(Change(contacts=(ann,)), bench.clock.now())
    return bench


def to_saturday_evening(bench):
    bench.clock.step((SATURDAY_EVENING - bench.clock.now()).total_seconds())


async def test_nobody_is_offered_outside_the_hours_of_the_law(italian):
    to_saturday_evening(italian)
    view = await italian.cockpit.open()
    assert len(view.queue.ready) == 0
    italian.clock.step(hours=39)
    view = await italian.cockpit.tick()
    assert [row.name for row in view.queue.ready] == ["Ann Rossi"]


async def test_a_promise_is_not_offered_outside_the_hours_of_the_law_either(italian):
    ann = italian.contact("Ann Rossi")
    promise = Promise(SATURDAY_EVENING - timedelta(days=1), "Europe/Rome")
    made = Call(
        uuid7(italian.clock.now()), ann.id, italian.clock.now(), "promise", Category.PROMISE, promise=promise
    )
    italian.store.commit(Change(calls=(made,)), italian.clock.now())
    to_saturday_evening(italian)
    view = await italian.cockpit.open()
    assert [row.name for row in view.queue.ready] == []


async def test_the_law_blocks_a_dial_with_its_rule_and_takes_a_typed_reason_once(italian):
    await italian.cockpit.open()
    await call_selected(italian.cockpit, 15)
    italian.clock.step(2)
    await italian.cockpit.outcome.choose("no_answer")
    to_saturday_evening(italian)
    ann = italian.contact("Ann Rossi")
    await italian.cockpit.queue.select(ann.id)
    view = await call_selected(italian.cockpit, 15)
    assert italian.dialer.dialled == [NUMBER]
    assert view.phase is Phase.READY
    assert view.ask.text
    for words in ("Italy", "DPR 26/2022", "as of 1 November 2026", "Mon 30 Nov 09:00"):
        assert words in view.ask.title
    assert "Italy" in view.card.blocked

    view = await italian.cockpit.question.answer("  ")
    assert italian.dialer.dialled == [NUMBER]
    assert "reason is needed" in view.notice.text
    await italian.cockpit.call.dial()
    view = await italian.cockpit.question.give_reason("she asked by text message to be called now")
    assert italian.dialer.dialled == [NUMBER, NUMBER]
    assert view.phase is Phase.RINGING
    italian.clock.step(2)
    await italian.cockpit.call.call_again()
    assert italian.dialer.dialled == [NUMBER, NUMBER]
    await italian.cockpit.question.leave()
    await italian.cockpit.outcome.choose("no_answer")
    call = italian.store.calls()[-1]
    assert "DPR 26/2022" in call.override
    assert "Because: she asked by text message to be called now" in call.override
    assert italian.store.calls()[0].override == ""


async def test_a_reason_survives_a_killed_terminal(italian):
    to_saturday_evening(italian)
    ann = italian.contact("Ann Rossi")
    await italian.cockpit.open()
    await italian.cockpit.queue.select(ann.id)
    await call_selected(italian.cockpit, 15)
    await italian.cockpit.question.give_reason("she asked for it")
    again = italian.killed_and_started_again()
    await again.open()
    italian.clock.step(2)
    await again.outcome.choose("no_answer")
    assert "she asked for it" in italian.store.calls()[-1].override


async def test_a_pack_that_is_turned_off_binds_nobody(italian, make_bench):
    bench = make_bench(replace(italian.settings, law_packs=("all", "-IT")))
    bench.store.commit(Change(contacts=tuple(italian.store.contacts())), bench.clock.now())
    to_saturday_evening(bench)
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    assert bench.dialer.dialled == [NUMBER]


async def promise_form(bench, when):
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 15)
    bench.clock.step(3)
    await cockpit.call.answered()
    await cockpit.call.over()
    await cockpit.outcome.choose("promise")
    return await cockpit.outcome.set_field("when", when)


async def test_the_form_refuses_an_unlawful_time_before_saving_and_offers_another(italian):
    view = await promise_form(italian, "sat 19:30")
    field = next(f for f in view.form.fields if f.id == "when")
    assert field.problem == "Sat 19:30 is outside the legal hours (Italy). Offer 18:30?"
    view = await italian.cockpit.outcome.save_form()
    assert view.phase is Phase.FORM
    assert view.notice.text == "Sat 19:30 is outside the legal hours (Italy). Offer 18:30?"
    assert italian.store.calls() == ()
    await italian.cockpit.outcome.set_field("when", "sat 18:30")
    await italian.cockpit.outcome.save_form()
    assert italian.store.calls()[0].promise.from_ == datetime(2026, 11, 28, 17, 30, tzinfo=UTC)


async def test_a_whole_day_the_law_forbids_is_refused_with_the_next_day(italian):
    view = await promise_form(italian, "sunday")
    field = next(f for f in view.form.fields if f.id == "when")
    assert field.problem == "Sun 29 Nov is outside the legal hours (Italy). Offer Mon 30 Nov?"


async def test_an_email_may_be_promised_at_any_hour(italian):
    await promise_form(italian, "sat 19:30")
    await italian.cockpit.outcome.next_choice("how")
    view = await italian.cockpit.outcome.save_form()
    assert view.phase is not Phase.FORM
    assert italian.store.calls()[0].promise.channel == "email"


# -- do not call


async def ring_and(bench, name, outcome, code=0):
    cockpit = bench.cockpit
    await cockpit.queue.select(bench.contact(name).id)
    await call_selected(cockpit, 15)
    bench.clock.step(3)
    await cockpit.outcome.choose(outcome)
    for _ in range(code):
        await cockpit.outcome.next_choice("code")
    return await cockpit.outcome.save_form()


async def test_a_listed_number_is_refused_and_has_no_override(bench):
    (ann,) = bench.people("Ann Rossi")
    await bench.cockpit.open()
    assert await bench.cockpit.do_not_call.add(
        bench.cockpit.do_not_call.of_number(ann.numbers[0].e164, "a letter")
    )
    await bench.cockpit.queue.select(ann.id)
    view = await call_selected(bench.cockpit, 15)
    assert bench.dialer.dialled == []
    assert view.ask is None
    assert "a letter" in view.notice.text
    assert len(view.queue.ready) == 0


async def test_one_listed_number_of_two_leaves_the_other(bench):
    (ann,) = bench.people("Ann Rossi")
    other = Number("+447700900123", "+447700900123", "mobile")
    bench.store.commit(Change(contacts=(replace(ann, numbers=(*ann.numbers, other)),)), bench.clock.now())
    await bench.cockpit.open()
    await bench.cockpit.do_not_call.add(bench.cockpit.do_not_call.of_number(other.e164, ""))
    view = await bench.cockpit.tick()
    assert len(view.queue.ready) == 1
    await call_selected(bench.cockpit, 15)
    await bench.cockpit.call.dial_by_hand(other.e164)
    assert other.e164 not in bench.dialer.dialled


async def test_the_whole_firm_covers_people_who_come_in_later(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await ring_and(bench, "Ann Rossi", "do_not_call", code=2)
    (later,) = bench.people("Carla Rossi")
    again = bench.killed_and_started_again()
    view = await again.open()
    assert [row.name for row in view.queue.ready] == ["Bo Lund"]
    assert "the whole firm" in " ".join(again.card.explain(later.id))


async def test_undo_takes_the_firm_off_the_list_again(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await ring_and(bench, "Ann Rossi", "do_not_call", code=2)
    assert [entry.name for entry in bench.cockpit.do_not_call.entries.firms] == ["Rossi Ltd"]
    await bench.cockpit.undo.last()
    assert not bench.cockpit.do_not_call.entries
    (entry,) = bench.store.do_not_call()
    assert entry.voided_at is not None


async def test_do_not_call_is_never_cleared_by_an_import(bench, tmp_path):
    (ann,) = bench.people("Ann Rossi")
    await bench.cockpit.open()
    await bench.cockpit.do_not_call.add(bench.cockpit.do_not_call.of_number(ann.numbers[0].e164, "a letter"))
    marked = replace(ann, do_not_call=Refusal("asked us"))
    assert merge_contact(marked, replace(ann, do_not_call=Refusal())).contact.do_not_call.why == "asked us"
    file = tmp_path / "people.csv"
    file.write_text(f"Name,Company,Phone,Do not call\nAnn Rossi,Rossi Ltd,{ann.numbers[0].e164},no\n")
    seen = bench.cockpit.importing.look(file, region="GB")
    await bench.cockpit.importing.run(seen, lambda rows: None, lambda: False)
    assert bench.cockpit.do_not_call.entries.on_number(ann.numbers[0].e164)
    assert len(bench.cockpit.view.queue.ready) == 0


async def test_lifting_needs_the_customers_word_and_keeps_the_record(bench):
    (ann,) = bench.people("Ann Rossi")
    await bench.cockpit.open()
    await ring_and(bench, "Ann Rossi", "do_not_call", code=1)
    assert bench.cockpit.do_not_call.entries.refusal(ann)
    assert await bench.cockpit.do_not_call.lift_person(ann, "wrote on 20 November that she wants the offer")
    refusal = bench.store.calls(ann.id)[0]
    assert refusal.is_ is Category.DO_NOT_CALL
    assert refusal.lifted_at is not None
    assert refusal.voided_at is None
    assert bench.cockpit.do_not_call.entries.refusal(ann) is None
    addition, lift = bench.store.do_not_call()
    assert (lift.kind, lift.lifts, lift.name) == ("lift", (addition.id,), "Ann Rossi")
    assert lift.why.startswith("wrote on 20 November")
    assert "asked not to be called" not in " ".join(bench.cockpit.card.explain(ann.id))
    again = bench.killed_and_started_again()
    await again.open()
    assert [lift.name for lift in again.do_not_call.entries.lifts] == ["Ann Rossi"]


async def test_an_old_copy_of_a_register_is_told_at_the_start(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    drawn = bench.clock.now().date() - timedelta(days=29)
    await bench.cockpit.do_not_call.take_register(["+442079460199"], "TPS", "GB", drawn)
    view = await bench.killed_and_started_again().open()
    assert "29 days old" in view.notice.text
    assert "(United Kingdom)" in view.notice.text


@pytest.fixture
def packs_read_again():
    """What was read of the packs is forgotten before and after."""
    _forget_packs()
    yield
    _forget_packs()


def _forget_packs():
    lawpacks._public_holidays.cache_clear()
    lawpacks.read_packs.cache_clear()


@pytest.mark.usefixtures("packs_read_again")
@pytest.mark.parametrize(("installed", "told"), [(False, True), (True, False)])
async def test_holidays_nobody_knows_here_are_told_at_the_start_where_the_law_closes_on_them(
    italian, monkeypatch, installed, told
):
    monkeypatch.setattr(lawpacks, "has_holidays", lambda: installed)
    view = await italian.cockpit.open()
    said = view.notice.text if view.notice else ""
    assert ("The law (Italy) allows no calls on public holidays" in said) is told
    assert (add_package("holidays") in said) is told


@pytest.mark.usefixtures("packs_read_again")
async def test_holidays_of_a_country_nobody_is_called_in_are_not_asked_for(bench, monkeypatch):
    monkeypatch.setattr(lawpacks, "has_holidays", lambda: False)
    bench.people("Ann Rossi")
    assert (await bench.cockpit.open()).notice is None


# -- where did you get my number?


async def test_the_card_answers_where_did_you_get_my_number(italian):
    ann = italian.contact("Ann Rossi")
    told = replace(ann, basis=Basis("consent", datetime(2026, 5, 3).date()))
    italian.store.commit(Change(contacts=(told,)), italian.clock.now())
    await italian.cockpit.open()
    lines = dict(italian.cockpit.card.view(ann.id).lines)
    assert lines["Number from"] == "the list Fair in Rome (their ID there: 77), since 20 November 2026"
    assert lines["Legal basis"] == "they agreed to it, since 3 May 2026"


async def test_a_consent_written_on_the_card_opens_the_way_where_the_law_asks_for_one(make_bench):
    settings = Settings(
        zone="Europe/London", allowed_countries=("FR",), me=Me("Sam"), consumer_lists=frozenset({"homes"})
    )
    bench = make_bench(settings)
    number = Number("+33199000000")
    born = bench.clock.now() - timedelta(days=9)
    ann = Contact(
        uuid7(born),
        name="Ann Rossi",
        created_at=born,
        numbers=(number,),
        zone="Europe/Paris",
        lists=("homes",),
    )
    bench.store.commit(Change(contacts=(ann,)), bench.clock.now())
    view = await bench.cockpit.open()
    assert [row.name for row in view.queue.ready] == []
    assert "no consent of this consumer is on record" in " ".join(bench.cockpit.card.explain(ann.id))
    view = await bench.cockpit.people.edit(ann.id, {"basis": "consent"})
    assert bench.store.contact(ann.id).basis == Basis("consent", bench.clock.now().date())
    assert [row.name for row in view.queue.ready] == ["Ann Rossi"]
    await bench.cockpit.people.edit(ann.id, {"basis": ""})
    assert bench.store.contact(ann.id).basis == Basis()

"""No word to say states what nobody knows: second calls, strangers, people never called, calls that were none."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.cockpit_bench import SCRIPTS, call_selected
from tests.practice_bench import past, talk_to
from tests.rows import each
from tui.cockpit.view import Phase
from tui.domain.contact import Touch
from tui.domain.outcome import Category
from tui.domain.promise import Owed, Promise
from tui.script.call.wording import open_reasons
from tui.script.check.check_context import texts_of
from tui.script.files.library import Library
from tui.script.language.facts import Facts
from tui.script.language.graph import graph_of
from tui.script.language.line import said_in

SHIPPED = [script.id for script in Library(SCRIPTS).scripts()]
OFFER = re.compile(r"\boffer\b|\bproposal\b|\bofferta\b|mandato", re.IGNORECASE)
BEFORE = re.compile(r"haven't spoken before|Non ci siamo ancora sentiti")
WE_CALLED = re.compile(
    r"\bI (rang|called|tried)\b|calling (you )?back|tried to reach|telefonato|chiamata (ieri|il|lunedì)|richiamat",
    re.IGNORECASE,
)


async def words_for(bench, name):
    """What stands on the screen to be said when this person is called now."""
    await bench.cockpit.open()
    await bench.cockpit.queue.select(bench.contact(name).id)
    view = await call_selected(bench.cockpit, 15)
    return view.script


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("outcome", [Category.NO_ANSWER, Category.VOICEMAIL, Category.GATEKEEPER])
async def test_after_a_call_that_reached_nobody_the_words_stay_those_of_a_first_call(
    bench, outcome, language
):
    (ann,) = bench.people("Ann Rossi", language=language)
    past(bench, ann, outcome.value, outcome, 3)
    script = await words_for(bench, "Ann Rossi")
    assert script.title in ("First call", "Prima chiamata")
    assert BEFORE.search(script.text)
    assert not OFFER.search(script.text + script.voicemail)


async def test_after_a_talk_nobody_is_asked_about_an_offer_nor_told_that_we_never_spoke(bench):
    (ann,) = bench.people("Ann Rossi")
    past(bench, ann, "talked", Category.CONVERSATION, 8, talk_s=90.0)
    script = await words_for(bench, "Ann Rossi")
    assert not OFFER.search(script.text + script.voicemail)
    assert not BEFORE.search(script.text)
    await bench.cockpit.call.answered()
    assert "since we spoke" in (await bench.cockpit.talk.step_on()).script.text


async def test_who_was_contacted_before_the_import_is_not_told_that_we_never_spoke(bench):
    touched = Touch(bench.clock.now() - timedelta(days=40), "list")
    bench.people("Ann Rossi", touched_at=touched)
    assert not BEFORE.search((await words_for(bench, "Ann Rossi")).text)


async def test_a_promised_call_to_somebody_without_an_offer_is_not_about_one(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    await bench.cockpit.outcome.choose("promise")
    await bench.cockpit.outcome.set_field("when", "tomorrow morning")
    await bench.cockpit.outcome.save_form()
    await bench.cockpit.session.end()
    bench.clock.step(days=1, seconds=-5 * 3600)
    script = await words_for(bench, "Ann Rossi")
    assert "I said I'd call this morning, so here I am." in script.text
    assert not OFFER.search(script.text + script.voicemail)


@pytest.mark.parametrize(
    "given",
    [
        {"tags": ("offer",)},
        {"tags": ("Proposal",)},
        {"fields": {"Stage": "quote"}},
        {"fields": {"proposal": "the offer for two vans"}},
    ],
)
async def test_who_was_offered_something_is_asked_about_it(bench, given):
    (ann,) = bench.people("Ann Rossi", **given)
    past(bench, ann, "talked", Category.CONVERSATION, 8, talk_s=90.0)
    assert (await words_for(bench, "Ann Rossi")).title == "Proposal follow-up"


@pytest.mark.parametrize(
    ("what", "done", "title"),
    [
        ("the offer for two vans", True, "Proposal follow-up"),
        ("il preventivo", True, "Proposal follow-up"),
        ("the offer for two vans", False, "First call"),
        ("the price list", True, "First call"),
    ],
)
async def test_an_offer_is_on_record_once_the_to_do_that_names_it_is_done(bench, what, done, title):
    (ann,) = bench.people("Ann Rossi")
    owed = Owed(what, bench.clock.now().date(), bench.clock.now() - timedelta(days=7) if done else None)
    past(bench, ann, "talked", Category.CONVERSATION, 8, talk_s=90.0, owed=owed)
    assert (await words_for(bench, "Ann Rossi")).title == title


async def test_a_stranger_is_greeted_and_not_told_that_we_called(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await bench.cockpit.incoming.open_look_up()
    shown = said_in(bench.cockpit.callers.words(None, "+44 20 7946 0777"))
    view = await bench.cockpit.callers.choose(None, "+44 20 7946 0777")
    assert view.script.title == "Somebody calls us"
    assert view.script.text in shown
    assert "Who am I speaking to" in (await bench.cockpit.talk.step_on()).script.text
    for said in (shown, view.script.text):
        assert not WE_CALLED.search(said)
        assert "notes" not in said


@pytest.mark.parametrize("language", ["en", "it"])
async def test_who_was_never_called_is_not_told_that_we_called(bench, language):
    ann, bo = bench.people("Ann Rossi", "Bo Lund", language=language)
    past(bench, bo, "no_answer", Category.NO_ANSWER, 3, channel="email")
    await bench.cockpit.open()
    for person in (ann, bo):
        said = said_in(bench.cockpit.callers.words(person.id, "a"))
        assert not WE_CALLED.search(said)
        assert "recent" not in said


async def test_who_we_did_call_hears_when_we_called_and_not_when_they_did(bench):
    (ann,) = bench.people("Ann Rossi")
    past(bench, ann, "voicemail", Category.VOICEMAIL, 3)
    past(bench, ann, "no_answer", Category.NO_ANSWER, 1, direction="in")
    await bench.cockpit.open()
    assert "I called you on Friday" in said_in(bench.cockpit.callers.words(ann.id, "ann"))


INVENTED = re.compile(
    r"another firm|\ba firm (we|in)\b|customers (asked|of your)|last week|this (week|month) and|I passed on"
    r"|I told|put together|how many sites|nobody ever|I promised|have the answer|tried to reach|straight back"
    r"|last order|last time\b.*mention|did not ask you|has changed for good|notice period|recently"
    r"|as we discussed|un'altra azienda|un'azienda conosciuta|tre clienti|due clienti|settimana scorsa"
    r"|ho riferito|ho detto a|ho messo su|quante sedi|nessuno le ha|avevo promesso|ho la risposta"
    r"|ultimo ordine|non gliel|abbiamo provato|di recente",
    re.IGNORECASE,
)


@pytest.mark.parametrize("script_id", [*SHIPPED, "builtin"])
def test_no_shipped_script_states_what_nobody_told_it(script_id):
    library = Library(SCRIPTS)
    script = library.find(script_id)
    said = {str(text.path): text.words for text in texts_of(script) if text.spoken}
    for entry in ("call", "follow_up", "they_ring_back", "gatekeeper", "stop"):
        said |= {f"{entry}: {path}": place.text for path, place in graph_of(script, entry).places.items()}
    assert {path: words for path, words in said.items() if INVENTED.search(words)} == {}


@each("script_id", SHIPPED)
def test_news_that_needs_a_fact_waits_until_the_list_has_it(script_id):
    script = Library(SCRIPTS).find(script_id)
    nothing = Facts("c1", {"first_name": "Ann"})
    for reason in open_reasons(script, nothing):
        assert not re.search(r"\{\{(reference|price_until|what_changed|wanted_by)\b", reason.say)


async def opened_by_mistake(bench, contact_id=None, typed="+44 20 7946 0777"):
    await bench.cockpit.incoming.open_look_up()
    await bench.cockpit.callers.choose(contact_id, typed)
    bench.clock.step(2)
    return await bench.cockpit.call.over()


async def test_a_caller_opened_by_mistake_leaves_no_call_no_missed_call_and_no_person(bench):
    bench.people("Ann Rossi", "Bo Lund")
    before = await bench.cockpit.open()
    people = len(list(bench.store.contact_ids()))
    for who in (None, bench.contact("Ann Rossi").id):
        view = await opened_by_mistake(bench, who)
        assert view.can_throw_away
        view = await bench.cockpit.call.throw_away()
        assert view.phase is Phase.QUEUE
        assert "nothing of this call is on record" in view.saved.text
    assert list(bench.store.calls()) == []
    assert len(list(bench.store.contact_ids())) == people
    assert [row.why for row in view.queue.ready] == [row.why for row in before.queue.ready]
    assert bench.store.state("running") in ({}, None)


async def test_thrown_away_in_a_session_the_card_before_comes_back_and_the_clock_runs(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    before = await call_selected(bench.cockpit, 15)
    await opened_by_mistake(bench)
    view = await bench.cockpit.call.throw_away()
    assert (view.phase, view.card.name) == (before.phase, before.card.name)
    assert view.clock.pause_reason == ""


async def test_what_was_typed_comes_back_when_it_was_a_call_after_all(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await bench.cockpit.incoming.open_look_up()
    await bench.cockpit.callers.choose(bench.contact("Ann Rossi").id, "ann")
    await bench.cockpit.talk.type_note("two vans")
    await bench.cockpit.call.over()
    await bench.cockpit.call.throw_away()
    view = await bench.cockpit.undo.last()
    assert (view.phase, view.card.name, view.draft) == (Phase.CALL_OVER, "Ann Rossi", "two vans")


async def test_a_call_with_a_number_dialled_cannot_be_thrown_away(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    view = await bench.cockpit.call.throw_away()
    assert view.phase is Phase.CALL_OVER
    assert not view.can_throw_away


async def test_a_call_made_elsewhere_and_opened_by_mistake_is_left_with_esc(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    view = await bench.cockpit.outcome.log_elsewhere(bench.contact("Ann Rossi").id)
    assert (view.leave, view.can_call_again) == ("back, not logged", False)
    view = await bench.cockpit.call.back()
    assert view.phase is Phase.QUEUE
    assert list(bench.store.calls()) == []


async def test_what_they_asked_for_is_shown_and_never_spliced_into_a_sentence_of_ours(bench):
    """Their words may be anything: "I have one question about after the trade fair" is nonsense."""
    (ann,) = bench.people("Ann Rossi")
    promise = Promise(bench.clock.now(), "Europe/London", words="after the trade fair")
    past(bench, ann, "promise", Category.PROMISE, 2, promise=promise)
    script = await words_for(bench, "Ann Rossi")
    assert "after the trade fair" in dict(bench.cockpit.view.card.lines)["Promised"]
    assert "trade fair" not in script.text + script.voicemail

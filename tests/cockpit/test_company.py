"""Everybody of one company: who is of it, who can be called now, and what is known of each."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.screen_bench import PowerHourApp, ScreenContext, Stage, at_human_speed
from tui.domain.do_not_call import Entry, known_as
from tui.domain.identity.names import firm_letters
from tui.storage.protocol import Change


@pytest.fixture
async def firm(bench):
    """Four people, of whom three are of one company, written in three ways; one of those asked not to be called."""
    people = bench.people("Ann Rossi", "Bo Lund", "Cy Park", "Dee Wu")
    spelled = ("Müller Werkzeuge GmbH", "MUELLER-Werkzeuge", "Müller", "muller werkzeuge ag")
    changed = tuple(replace(one, company=firm) for one, firm in zip(people, spelled, strict=True))
    bench.store.commit(Change(contacts=changed), bench.clock.now())
    await bench.cockpit.open()
    now = bench.clock.now()
    refusal = Entry("d1", now, now.date(), contact_id=people[3].id, why="they asked", who=known_as(people[3]))
    await bench.cockpit.do_not_call.add(refusal)
    return people


async def test_b74_one_firm_is_one_however_it_is_written(bench, firm):
    seen = {one.name: [person.name for person in bench.cockpit.company.view(one.id).people] for one in firm}
    whole = ["Ann Rossi", "Bo Lund", "Dee Wu"]
    assert seen == {"Ann Rossi": whole, "Bo Lund": whole, "Dee Wu": whole, "Cy Park": ["Cy Park"]}


async def test_b74_who_can_be_called_now_stands_first_and_who_refused_says_so(bench, firm):
    view = bench.cockpit.company.view(firm[3].id)
    assert (view.now, view.people[2].name) == (2, "Dee Wu")
    assert view.people[2].next.startswith("Do not call")
    assert {person.last for person in view.people} == {"none yet"}


async def test_somebody_who_joins_the_firm_is_there_at_once(bench, firm):
    await bench.cockpit.people.edit(firm[2].id, {"company": "Müller Werkzeuge"})
    assert len(bench.cockpit.company.view(firm[0].id).people) == 4


async def test_without_a_company_nobody_is_shown(bench):
    (ann,) = bench.people("Ann Rossi")
    bench.store.commit(Change(contacts=(replace(ann, company=" "),)), bench.clock.now())
    await bench.cockpit.open()
    assert bench.cockpit.company.view(ann.id) is None


@pytest.mark.slow
async def test_enter_opens_the_one_who_is_chosen_and_the_card_goes_on_to_the_next(bench, firm):
    app = PowerHourApp(ScreenContext(bench.cockpit), at_human_speed())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        s = Stage(app, bench.cockpit, pilot)
        await s.press("b")
        assert "Müller Werkzeuge GmbH: can be called now" in s.text
        await s.press("down", "enter")
        assert "BO LUND" in s.text
        await s.press("b", "end", "down", "down", "enter")
        assert "DEE WU" in s.text
        await s.press("escape")
        assert bench.cockpit.view.queue.selected == firm[3].id


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Acme Tools Ltd", "ACME-Tools", True),
        ("Acme Tools", "Acmetools S.r.l.", True),
        ("Acme", "Acme Tools", False),
        ("Müller & Söhne", "Mueller und Soehne KG", True),
        ("Ltd", "Limited", False),
    ],
)
def test_legal_form_case_and_umlauts_make_no_other_firm(one, other, same):
    assert (firm_letters(one) == firm_letters(other)) is same

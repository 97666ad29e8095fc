"""What a file says against calls, once and for good: lifts stand, questions stay questions, numbers stay numbers."""

from __future__ import annotations

import io

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import Bench
from tui.cockpit.wording.import_summary import Figure
from tui.cockpit.wording.why import refusal
from tui.exchange.writing import write_contacts_csv, write_jsonl

ADA = "Name,Phone,Do not call\nAda Quill,+44 20 7946 0100,yes\nBo Lund,+44 20 7946 0101,\n"


def seen(bench, tmp_path, text, name="autumn.csv", *answers):
    file = tmp_path / name
    file.write_text(text, "utf-8", newline="")
    return bench.cockpit.importing.look(file, answers)


async def read(bench, tmp_path, text, name="autumn.csv", *answers):
    looked = seen(bench, tmp_path, text, name, *answers)
    return await bench.cockpit.importing.read(looked, lambda rows: None, lambda: False)


async def imported(bench, tmp_path, text, name="autumn.csv", *answers):
    looked = seen(bench, tmp_path, text, name, *answers)
    report = await bench.cockpit.importing.run(looked, lambda rows: None, lambda: False)
    assert report is not None
    return report


def may_call(bench):
    return bench.cockpit._state.ranking.bounds.may_call


def exported(bench, form="csv"):
    """As the command writes it: what is said against a call in words."""
    shown = []
    for one in map(may_call(bench).marked, bench.store.contacts()):
        said = one.do_not_call
        shown.append(replace(one, do_not_call=replace(said, why=refusal(said))) if said else one)
    out = io.StringIO()
    if form == "csv":
        write_contacts_csv(shown, out)
    else:
        write_jsonl(shown, out, holds="contacts", made_at=bench.clock.now(), notes_since=None)
    return out.getvalue()


async def opened():
    bench = Bench()
    await bench.cockpit.open()
    return bench


async def test_b55_a_lift_stands_when_the_same_file_comes_again(tmp_path):
    bench = await opened()
    await imported(bench, tmp_path, ADA)
    ada = bench.contact("Ada Quill")
    assert may_call(bench).why_not(ada)
    assert await bench.cockpit.do_not_call.lift_person(ada, "asked us to call again")
    for name in ("autumn.csv", "the same under another name.csv"):
        before = bench.store.do_not_call()
        figures = (await read(bench, tmp_path, ADA, name)).summary
        again = await imported(bench, tmp_path, ADA, name)
        assert (figures.count(Figure.DO_NOT_CALL), again.summary.count(Figure.DO_NOT_CALL)) == (0, 0)
        assert again.updated == (0 if name == "autumn.csv" else 2)  # they are on one more list
        assert bench.store.do_not_call() == before
        assert may_call(bench).why_not(ada) is None


@pytest.mark.parametrize("newer", [ADA + "Cy Park,,\n", ADA.replace("yes", "asked us again")])
async def test_a_refusal_in_a_newer_file_binds_again(tmp_path, newer):
    bench = await opened()
    await imported(bench, tmp_path, ADA)
    ada = bench.contact("Ada Quill")
    await bench.cockpit.do_not_call.lift_person(ada, "asked us to call again")
    report = await imported(bench, tmp_path, newer)
    assert report.summary.count(Figure.DO_NOT_CALL) == 1
    assert may_call(bench).why_not(ada)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
async def test_b55_a_refused_number_travels_as_a_number(tmp_path, form):
    bench, colleague = await opened(), await opened()
    await imported(bench, tmp_path, "Name,Company,Phone\nBo Lund,Nordkap,+44 20 7946 0101\n")
    never = bench.cockpit.do_not_call
    await never.add(never.of_number("+442079460101", "asked us"))
    for _ in range(2):
        report = await imported(colleague, tmp_path, exported(bench, form), f"out.{form}")
        assert report.summary.count(Figure.DO_NOT_CALL) == 1
        (entry,) = colleague.store.do_not_call()
        assert (entry.contact_id, entry.numbers) == ("", ("+442079460101",))
    assert report.updated == 0
    # With another number they can be called, because it is not they who refused.
    bo = colleague.contact("Bo Lund")
    more = replace(bo, numbers=(*bo.numbers, replace(bo.numbers[0], e164="+442079460177")))
    assert may_call(colleague).why_not(more) is None
    # A lift of it stands too.
    await colleague.cockpit.do_not_call.lift_number("+442079460101", "a new owner")
    report = await imported(colleague, tmp_path, exported(bench, form), f"out.{form}")
    assert (report.updated, report.summary.count(Figure.DO_NOT_CALL)) == (0, 0)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
async def test_a_firm_travels_as_a_firm(tmp_path, form):
    bench, colleague = await opened(), await opened()
    await imported(bench, tmp_path, "Name,Company,Phone\nBo Lund,Nordkap,+44 20 7946 0101\n")
    never = bench.cockpit.do_not_call
    await never.add(never.of_company("Nordkap", "asked us"))
    await imported(colleague, tmp_path, exported(bench, form), f"out.{form}")
    (entry,) = colleague.store.do_not_call()
    assert entry.firm == "nordkap"


ALIKE = {
    "another firm's spelling": "Dr Ada Quill,Quill Limited,+44 20 7946 0188",
    "her number": "Reception,Harbour,+44 20 7946 0100",
    "her name alone": "Quill Ada,,+44 20 7946 0188",
}


async def unanswered(tmp_path, row):
    """A bench on which Ada Quill refused, and somebody looks like her whom nobody answered for."""
    bench = await opened()
    await imported(
        bench, tmp_path, "Name,Company,Phone,Do not call\nAda Quill,Quill Ltd,+44 20 7946 0100,yes\n"
    )
    bench.clock.step(60)
    await imported(bench, tmp_path, f"Name,Company,Phone\n{row}\n", "later.csv")
    return bench, next(one for one in bench.store.contacts() if one.name != "Ada Quill")


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("row", ALIKE.values(), ids=ALIKE)
async def test_b55_a_question_nobody_answered_travels_as_a_question(tmp_path, row, form):
    bench, twin = await unanswered(tmp_path, row)
    ada = bench.contact("Ada Quill")
    # The colleague is given the twin alone: nothing of Ada is there to compare with.
    text = "".join(line for line in exported(bench, form).splitlines(keepends=True) if ada.id not in line)
    colleague = await opened()
    for _ in range(2):
        report = await imported(colleague, tmp_path, text, f"out.{form}")
        assert (report.summary.count(Figure.ALIKE), report.summary.count(Figure.DO_NOT_CALL)) == (1, 0)
        assert may_call(colleague).why_not(twin).code == "looks_like"
        assert not colleague.cockpit.do_not_call.entries.of_person(twin.id)
    assert report.updated == 0
    assert await colleague.cockpit.do_not_call.answered(twin.id, "n")
    report = await imported(colleague, tmp_path, text, f"out.{form}")
    assert report.summary.count(Figure.ALIKE) == report.updated == 0
    assert may_call(colleague).why_not(twin) is None


@pytest.mark.parametrize("key", ["y", "n"])
async def test_our_own_export_of_a_question_asks_nothing_new(tmp_path, key):
    bench, twin = await unanswered(tmp_path, ALIKE["another firm's spelling"])
    text, before = exported(bench), bench.store.do_not_call()
    report = await imported(bench, tmp_path, text, "out.csv")
    assert report.updated == 0
    assert bench.store.do_not_call() == before
    await bench.cockpit.do_not_call.answered(twin.id, key)
    before = bench.store.do_not_call()
    report = await imported(bench, tmp_path, text, "out.csv")
    assert (report.updated, report.summary.count(Figure.ALIKE)) == (0, 0)
    assert bench.store.do_not_call() == before
    assert bool(may_call(bench).why_not(twin)) is (key == "y")

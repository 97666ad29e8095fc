"""What importing a file would change."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tui.cockpit.wording.imports import kept_words
from tui.domain.contact import Refusal
from tui.exchange.reading.decode import ImportCancelled, ImportRefused
from tui.exchange.reading.headings.columns import guess
from tui.exchange.reading.plan import EVERY, Built, build, plan_import, preview
from tui.exchange.reading.row_to_contact import Made
from tui.exchange.reading.table import Table, read_file, read_table

STAMP = "1795435200000.00000.a"

Import = Callable[..., Built]


@pytest.fixture
def long_table() -> Table:
    rows = "".join(f"Person {row},020 7946 {row % 1000:04d}\n" for row in range(2_500))
    return read_table(f"Name,Phone\n{rows}".encode(), "long.csv")


def test_progress_is_told_every_thousand_rows_and_at_the_end(long_table: Table, now: datetime) -> None:
    told: list[int] = []
    build(long_table, guess(long_table), region="GB", list_name="long", now=now, progress=told.append)
    assert told == [EVERY, 2 * EVERY, 2_500]


def test_an_import_can_be_stopped(long_table: Table, now: datetime) -> None:
    told: list[int] = []
    with pytest.raises(ImportCancelled, match="nothing was changed"):
        build(
            long_table,
            guess(long_table),
            region="GB",
            list_name="long",
            now=now,
            progress=told.append,
            cancelled=lambda: len(told) == 1,
        )
    assert told == [EVERY]


def test_a_preview_shows_the_first_rows_only(long_table: Table, now: datetime) -> None:
    shown = preview(long_table, guess(long_table), region="GB", now=now)
    assert [row.contact.name for row in shown if isinstance(row, Made)] == [
        "Person 0",
        "Person 1",
        "Person 2",
    ]


def test_a_file_in_which_nobody_is_a_contact_is_refused(fixtures: Path, now: datetime) -> None:
    table = read_file(fixtures / "nothing_utf16.csv")
    with pytest.raises(ImportRefused, match=r"Nothing in nothing_utf16.csv is a contact") as refused:
        preview(table, guess(table), region="GB", now=now)
    assert "--map" not in str(refused.value)
    assert refused.value.example == "column1"
    empty = read_table(b"Name,Phone,City\n,,York\n,,Leeds\n", "cities.csv")
    with pytest.raises(ImportRefused, match=r"Row 2: it has no name, company, number or e-mail"):
        build(empty, guess(empty), region="GB", list_name="x", now=now)


def test_a_first_import_creates_everybody(imported: Import) -> None:
    built = imported("pipedrive_persons.csv")
    plan = plan_import((), built)
    assert plan.created == built.contacts
    assert (plan.updated, plan.unchanged, plan.conflicts) == ((), (), ())


def test_the_same_file_again_changes_nothing(imported: Import) -> None:
    for name in (
        "pipedrive_persons.csv",
        "hubspot_contacts.csv",
        "call_backs.csv",
        "opt_outs.csv",
        "outlook.csv",
    ):
        first = plan_import((), imported(name))
        again = plan_import(first.created, imported(name))
        assert (again.created, again.updated, again.plans) == ((), (), first.plans), name
        assert len(again.unchanged) == len(first.created)


def test_every_row_is_counted_once(imported: Import) -> None:
    built = imported(
        text="Name,Phone,Email\nAnn Rossi,020 7946 0100,ann@acme.example\n"
        "Rossi Ann,,ann@acme.example\nBo Lund,020 7946 0101,\n,,\n,,x\n"
    )
    plan = plan_import((), built)
    assert [(one.row, one.same_as) for one in plan.repeated] == [(3, 2)]
    assert [contact.shown_name for contact in plan.created] == ["Rossi Ann", "Bo Lund"]
    assert len(plan.created) + len(plan.repeated) + len(plan.rejected) == 4


def test_what_the_file_adds_goes_to_the_stored_person(imported: Import) -> None:
    stored = plan_import((), imported(text="Id,Name,Phone\n1,Ann Rossi,020 7946 0100\n")).created[0]
    text = "Id,Name,Phone,Company,Email\n1,Ann Rossi,07700 900123,Acme,ann@acme.example\n"
    plan = plan_import((stored,), imported(text=text))
    assert plan.created == ()
    (updated,) = plan.updated
    assert (updated.id, updated.company, updated.emails) == (stored.id, "Acme", ("ann@acme.example",))
    assert [number.e164 for number in updated.numbers] == ["+442079460100", "+447700900123"]


def test_a_blank_cell_never_erases_and_do_not_call_is_never_cleared(imported: Import) -> None:
    stored = replace(
        imported(text="Id,Name,Company\n1,Ann Rossi,Acme\n").contacts[0],
        do_not_call=Refusal("asked on the phone"),
    )
    plan = plan_import((stored,), imported(text="Id,Name,Company,Do not call\n1,Ann Rossi,,no\n"))
    assert plan.unchanged == (stored,)


def test_an_opt_out_in_the_file_stops_a_stored_contact(imported: Import) -> None:
    stored = imported(text="Id,Name\n1,Ann Rossi\n").contacts[0]
    plan = plan_import((stored,), imported(text="Id,Name,Do not call\n1,Ann Rossi,yes\n"))
    assert [contact.do_not_call.why for contact in plan.updated] == ["opted out in typed.csv"]


def test_a_reps_edit_stays_and_the_conflict_is_named(imported: Import) -> None:
    stored = imported(text="Id,Name,Role\n1,Ann Rossi,Buyer\n").contacts[0]
    again = imported(text="Id,Name,Role\n1,Ann Rossi,Owner\n")
    stored = replace(stored, stamps={"role": STAMP})
    plan = plan_import((stored,), again)
    assert plan.unchanged == (stored,)
    (kept,) = plan.conflicts
    assert kept_words(kept) == "row 2, Ann Rossi: Role stays 'Buyer', the file says 'Owner'"


def test_a_planned_call_goes_to_the_person_it_is_stored_under(imported: Import) -> None:
    stored = imported(text="Id,Name\n1,Ann Rossi\n").contacts[0]
    plan = plan_import((stored,), imported(text="Id,Name,Call back\n1,Ann Rossi,2026-12-01\n"))
    assert [one.contact_id for one in plan.plans] == [stored.id]
    moved = plan_import(plan.updated, imported(text="Id,Name,Call back\n1,Ann Rossi,2026-12-02\n"))
    assert [one.at for one in moved.plans] == [datetime(2026, 12, 2)]

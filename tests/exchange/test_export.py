"""What leaves the program, and comes back."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.rows import each
from tui import __version__
from tui.domain.call import Call, Dial, Note
from tui.domain.contact import Basis, Contact, Number, Refusal, Source
from tui.domain.outcome import Category
from tui.domain.promise import Owed, Promise
from tui.domain.session import Session
from tui.exchange.reading.cells import plain_cell
from tui.exchange.reading.headings.columns import guess
from tui.exchange.reading.plan import Built, build
from tui.exchange.reading.table import read_table
from tui.exchange.writing import harmless, write_calls_csv, write_contacts_csv, write_jsonl
from tui.plaintext import clean

Import = Callable[..., Built]
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

ANN = Contact(
    id="c1",
    name="Ann Rossi",
    given="Ann",
    family="Rossi",
    company="=Acme Tools",
    role="Buyer",
    numbers=(
        Number("+442079460100", "020 7946 0100", "work", "7"),
        Number("+447700900123", "07700 900123", "mobile"),
        Number("+442079460199", "020 7946 0199", "work", bad=True),
    ),
    emails=("ann@acme.example", "ann@home.example"),
    lists=("test", "fair"),
    source=Source("test", "7001"),
    zone="Europe/London",
    language="en",
    owner="Sam Vale",
    tags=("vip", "autumn"),
    fields={"notes": "two lines\n-of notes", "City": "@York", "status": "open"},
    customer=True,
    open_problem="two vans late",
    priority=3,
)
BO = Contact(id="c2", company="Nordkap", do_not_call=Refusal("asked on the phone"))
CALL = Call(
    id="k1",
    contact_id="c1",
    at=NOON,
    outcome="promise",
    is_=Category.PROMISE,
    rep="r1",
    dials=(Dial("+442079460100", NOON, disposition="answered"),),
    notes=(Note(NOON, "two vans"), Note(NOON, "=not three")),
    answers={"offer": "too expensive"},
    promise=Promise(NOON, "Europe/London", words="after the trade fair"),
    owed=Owed("the offer", date(2026, 11, 24)),
    talk_s=245.4,
    ready_s=9.0,
    wrap_s=8.0,
    keys=17,
    before={"role": ""},
    after={"role": "Buyer"},
)


def exported(*contacts: Contact) -> str:
    out = io.StringIO()
    assert write_contacts_csv(contacts, out) == len(contacts)
    return out.getvalue()


def test_an_exported_contact_comes_back_as_it_was() -> None:
    table = read_table(exported(ANN, BO).encode("utf-8-sig"), "export.csv")
    back = build(table, guess(table), region="US", list_name="test", now=NOON).contacts
    kept = replace(
        ANN,
        id=back[0].id,
        created_at=NOON,
        import_id=back[0].import_id,
        numbers=(
            Number("+442079460100", "+442079460100 ext. 7", "work", "7"),
            Number("+447700900123", "+447700900123", "mobile"),
            Number("+442079460199", "+442079460199", bad=True),
        ),
    )
    assert back[0] == kept
    assert back[1].company == "Nordkap"
    assert "asked on the phone" in back[1].do_not_call.why


def test_why_we_may_call_comes_back_with_its_day() -> None:
    told = replace(ANN, basis=Basis("consent", date(2026, 5, 3)))
    table = read_table(exported(told).encode("utf-8-sig"), "export.csv")
    back = build(table, guess(table), region="US", list_name="test", now=NOON).contacts[0]
    assert back.basis == told.basis


def test_a_wrong_number_is_not_offered_to_the_next_program() -> None:
    header, row = list(csv.reader(io.StringIO(exported(ANN))))[:2]
    phones = [cell for title, cell in zip(header, row, strict=True) if title.startswith("phone")]
    assert not any("+442079460199" in cell for cell in phones)


@each(
    "cell", ["=1+1", "+44 20", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "  @x", "'=1", "''=1", "＝1", "\n=1"]
)
def test_a_cell_a_spreadsheet_would_run_is_made_harmless(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Ann", "a=b", "'tis", "7", "O'Hara", "x -y"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


@given(st.text(alphabet="='+-@ \t\u2003\u00a0aé＝1", max_size=12))
def test_a_harmless_cell_is_read_back_as_it_was(cell: str) -> None:
    # A cell of nothing but quotes is what another program left of an empty one.
    assert plain_cell(harmless(cell)) == (clean(cell) if clean(cell).strip("' ") else "")


@given(st.text(max_size=40))
@pytest.mark.slow
def test_no_exported_cell_begins_like_a_formula(text: str) -> None:
    rows = csv.reader(io.StringIO(exported(replace(ANN, company=text, fields={"x": text}))))
    for row in rows:
        assert not any(cell.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_a_call_is_exported_with_what_was_agreed_and_without_the_reps_own() -> None:
    out = io.StringIO()
    undone = replace(CALL, id="k2", voided_at=NOON)
    assert write_calls_csv((CALL, undone), {"c1": ANN}, out, notes_since=None) == 1
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert (row["name"], row["number"], row["is"]) == ("Ann Rossi", "'+442079460100", "promise")
    assert (row["promise_at"], row["promise_words"]) == ("2026-11-23T12:00:00+00:00", "after the trade fair")
    assert (row["promise_until"], row["promise_precision"]) == ("2026-11-23T12:00:00+00:00", "minute")
    assert (row["owed"], row["owed_due"], row["owed_done"]) == ("the offer", "2026-11-24", "")
    assert (row["talk_s"], row["answers"]) == ("245", "offer: too expensive")
    assert row["notes"] == "two vans\n=not three"
    assert not {"keys", "ready_s", "wrap_s", "before"} & row.keys()


def test_the_first_line_of_a_table_says_the_format_and_disturbs_no_spreadsheet() -> None:
    calls = io.StringIO()
    write_calls_csv((CALL,), {"c1": ANN}, calls, notes_since=None)
    for text in (exported(ANN, BO), calls.getvalue()):
        header, *rows = csv.reader(io.StringIO(text))
        assert header[-1] == "power hour format 3"
        assert {len(row) for row in rows} == {len(header)}
        assert {row[-1] for row in rows} == {""}


def test_json_lines_hold_one_record_each_under_the_promised_names() -> None:
    out = io.StringIO()
    session = Session("s1", NOON, 900.0)
    records = (ANN, CALL, replace(CALL, voided_at=NOON), session)
    more = {"people": {ANN.id: ANN}, "reps": {CALL.rep: "Sam Reed"}, "notes_since": None}
    assert write_jsonl(records, out, holds="calls", made_at=NOON, **more) == 3
    first, person, call, sprint = (json.loads(line) for line in out.getvalue().splitlines())
    assert first == {
        "kind": "export",
        "schema": 3,
        "holds": "calls",
        "format": "powerhour export calls",
        "version": 3,
        "made_at": NOON.isoformat(timespec="seconds"),
        "program": f"powerhour {__version__}",
    }
    assert (call["contact_id"], call["email"], call["rep"], call["rep_label"]) == (
        person["id"],
        person["emails"][0],
        CALL.rep,
        "Sam Reed",
    )
    assert (person["kind"], person["numbers"][0]["e164"], person["tags"]) == (
        "contact",
        "+442079460100",
        ["vip", "autumn"],
    )
    assert (call["kind"], call["is"], call["promise"]["from"]) == (
        "call",
        "promise",
        "2026-11-23T12:00:00+00:00",
    )
    assert (call["owed"]["due"], call["answers"]) == ("2026-11-24", {"offer": "too expensive"})
    assert not {"keys", "ready_s", "wrap_s", "before", "after", "is_"} & call.keys()
    assert (sprint["kind"], sprint["planned_s"]) == ("session", 900.0)
    assert not {"pauses", "spent"} & sprint.keys()

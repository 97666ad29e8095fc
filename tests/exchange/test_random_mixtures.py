"""Random mixtures of layouts, cells and people we have: no row is lost, no digit invented, no do-not-call dropped."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from tests.costly import costly
from tui.cockpit.actions.contact_import import report_of
from tui.domain.contact import Contact
from tui.exchange.reading.columns import apply_map, guess
from tui.exchange.reading.decode import ImportRefused
from tui.exchange.reading.plan import Built, ImportPlan, build, plan_import
from tui.exchange.reading.table import Table, read_table

NOW = datetime(2026, 11, 23, 14, 1, tzinfo=UTC)
IDS, NAMES, NUMBERS, MAILS, REFUSALS = (
    ("Id", "Record ID", "Kundennummer", "external_id", "Account Number"),
    ("Name", "Full Name", "Nominativo", "Ansprechpartner", "Nombre completo", "Nom complet", "Contact name"),
    ("Phone", "Mobile", "Telefono", "Handynummer", "Téléphone portable", "Phone 1 - Value", "Business Phone"),
    ("E-mail", "E-mail Address", "Posta elettronica", "Correo", "Courriel"),
    (
        "Do not call",
        "DNC",
        "Non chiamare",
        "Nicht anrufen",
        "No llamar",
        "Ne pas appeler",
        "doNotCall",
        "Opted out",
    ),
)
OTHERS = (
    "City",
    "Notes",
    "Company",
    "Next activity date",
    "Last contacted",
    "Deleted",
    "Action",
    "Tags",
    "Fax",
)
ID_CELLS = ("", "", "1", "2", "3", "007")
NAME_CELLS = (
    "",
    "Ann Rossi",
    "ROSSI, ANN",
    "Zed Ono",
    "Bo Lund",
    "Dr Bo Lund",
    "Eva Brandt",
    "=1+1",
    "O'Hara",
    "\x00\u202e",
)
NUMBER_CELLS = (
    *(
        "",
        "020 7946 0018",
        "+44 20 7946 0019",
        "+44 20 7946 0018",
        "020 7946 0028",
        "+12025550143",
        "+1 (202) 555-0144",
    ),
    *(
        "020 7946 0018 ext. 7",
        "020 7946 0018 / 020 7946 0019",
        "ask reception",
        "12",
        "0800",
        "+39 055 012 3456",
    ),
    *(
        "'+442079460018",
        "O20 7946 OO18",
        "+44 20 7946 0018 (mobile), fax +44 20 7946 0077",
        "4,42E+11",
        "n/a",
    ),
)
MAIL_CELLS = (
    "",
    "",
    "ann@acme.example",
    "info@acme.example",
    "bo@nordkap.example",
    "no mail",
    "a@b.example; c@d.example",
)
NO_CELLS, YES_CELLS = (
    ("", "no", "0", "false"),
    ("yes", "1", "x", "TRUE", "sì", "ja", "oui", "asked us in March"),
)
OTHER_CELLS = (
    *(
        "",
        "York",
        '"torn',
        "a,b;c\td",
        "two\nlines",
        "2026-12-03",
        "03/12/2026",
        "12/24/2026 3 PM",
        "46350",
        "delete",
    ),
    *("yes", "x" * 600, "\u2028", "=cmd|' /C calc'!A0", "&amp;", "MÃ¼ller", "vip ::: fair"),
)
DIGITS = re.compile(r"\D")


@dataclass(frozen=True)
class Drawn:
    """A file, and what was put into its rows."""

    text: str
    rows: list[dict[str, str]]

    def refusing(self) -> list[dict[str, str]]:
        return [row for row in self.rows if row["refused"] in YES_CELLS]


@st.composite
def files(draw: st.DrawFn) -> Drawn:
    heads = {
        "id": draw(st.sampled_from(IDS)),
        "name": draw(st.sampled_from(NAMES)),
        "number": draw(st.sampled_from(NUMBERS)),
        "mail": draw(st.sampled_from(MAILS)),
        "refused": draw(st.sampled_from(REFUSALS)),
    }
    heads |= {one: one for one in draw(st.lists(st.sampled_from(OTHERS), max_size=4, unique=True))}
    order = draw(st.permutations(sorted(heads)))
    cells = {
        **{"id": ID_CELLS, "name": NAME_CELLS, "number": NUMBER_CELLS, "mail": MAIL_CELLS},
        "refused": (*NO_CELLS, *YES_CELLS),
    }
    rows = [
        {key: draw(st.sampled_from(cells.get(key, OTHER_CELLS))) for key in order}
        for _ in range(draw(st.integers(1, 8)))
    ]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=draw(st.sampled_from([",", ";", "\t"])))
    writer.writerow([heads[key] for key in order])
    writer.writerows([[row[key] for key in order] for row in rows])
    return Drawn(out.getvalue(), rows)


def taken(
    drawn: Drawn, known: tuple[Contact, ...], name: str = "leads"
) -> tuple[Table, Built, ImportPlan] | None:
    try:
        table = read_table(drawn.text.encode(), "leads.csv")
        mapping = apply_map(guess(table), "dates=day-first")
        mapping = apply_map(mapping, *(f"do_not_call={one.index + 1}" for one in mapping.undecided))
        built = build(table, mapping, region="GB", list_name=name, now=NOW)
    except ImportRefused:
        return None  # nobody at all is in it, which is said
    return table, built, plan_import(known, built)


def after(known: tuple[Contact, ...], plan: ImportPlan) -> tuple[Contact, ...]:
    people = {one.id: one for one in known}
    return tuple((people | {one.id: one for one in (*plan.created, *plan.updated)}).values())


@costly
@given(st.lists(files(), min_size=1, max_size=3))
def test_nothing_is_lost_invented_or_called_against_a_refusal(drawn: list[Drawn]) -> None:
    known: tuple[Contact, ...] = ()
    written = ""
    for one in drawn:
        written += DIGITS.sub("", "".join(row["number"] + "/" for row in one.rows))
        done = taken(one, known)
        if done is None:
            continue
        table, built, plan = done
        report = report_of(plan, built)
        assert report.rows == len(list(table.rows())) == len(built.made) + len(built.rejected)
        refused_before = {person.id for person in known if person.do_not_call}
        known = after(known, plan)
        assert refused_before <= {person.id for person in known if person.do_not_call}
        assert len({person.id for person in known}) == len(known)
        rejected = {rejected.row for rejected in built.rejected}
        for number, row in enumerate(one.rows, start=2):
            if (
                row["refused"] in YES_CELLS
                and number not in rejected
                and len(built.made) + len(rejected) == len(one.rows)
            ):
                made = next(made.contact for made in built.made if made.row == number)
                assert made.do_not_call
                assert [who for who in known if who.do_not_call and is_about(who, made)]
        again = taken(one, known)
        assert again is not None
        assert (again[2].created, len(known)) == ((), len(after(known, again[2])))
    for person in known:
        for number in person.numbers:
            assert number.e164[-7:] in written or not number.e164


def is_about(person: Contact, row: Contact) -> bool:
    """Whether all a row says to tell somebody by stands at this person."""
    numbers = {number.e164 or number.raw for number in person.numbers}
    said = {number.e164 or number.raw for number in row.numbers}
    return said <= numbers and set(row.emails) <= set(person.emails)


def test_who_is_marked_as_deleted_and_refuses_is_kept_and_never_called(imported) -> None:
    text = "Name,Phone,Deleted,Do not call\nAnn,020 7946 0018,yes,yes\nBo,020 7946 0019,yes,no\n"
    built = imported(text=text)
    assert [(one.name, bool(one.do_not_call)) for one in built.contacts] == [("Ann", True)]
    assert [one.row for one in built.rejected] == [3]
    assert "kept" in built.remarks[0][1]


def test_two_lists_that_count_from_one_stay_two_people_each(imported) -> None:
    first = imported(text="id,Name,Phone\n1,Ann Rossi,020 7946 0018\n2,Bo Lund,020 7946 0019\n")
    second = imported(text="id,Name,Phone\n1,Zed Ono,020 7946 0028\n2,Kim Vale,020 7946 0029\n")
    known = plan_import((), first).created
    plan = plan_import(known, second)
    assert [one.name for one in plan.created] == ["Zed Ono", "Kim Vale"]
    assert (plan.updated, plan.unchanged) == ((), ())
    everybody = (*known, *plan.created)
    for built in (first, second, first):
        again = plan_import(tuple(replace(one) for one in everybody), built)
        assert (len(again.unchanged), again.created, again.updated) == (2, (), ())

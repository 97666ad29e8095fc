"""Planned calls and last contacts out of the layouts that have them, each as other programs head and write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.rows import each

PLANNED, TOUCHED = datetime(2026, 11, 26, 15), datetime(2026, 10, 2, 9, 5, tzinfo=UTC)
LAYOUTS = {
    "HubSpot": (
        "Record ID,First Name,Last Name,Phone Number,Last Contacted,Next Activity Date,Last Activity Date",
        "901,Ann,Reed,+442079460018,2026-10-02 10:05,2026-11-26 15:00,2026-09-30 09:00",
    ),
    "HubSpot's own names": (
        "firstname,lastname,phone,notes_last_contacted,notes_next_activity_date",
        "Ann,Reed,+442079460018,1790931900000,2026-11-26T15:00:00Z",
    ),
    "Pipedrive": (
        "Person - Name,Person - Phone - Work,Person - Next activity date,Person - Last activity date",
        "Ann Reed,+442079460018,2026-11-26 15:00:00,2026-10-02 10:05:00",
    ),
    "Salesforce": (
        "FIRSTNAME,LASTNAME,PHONE,LASTACTIVITYDATE,NEXTCONTACTDATE__C",
        "Ann,Reed,+442079460018,2026-10-02T09:05:00.000Z,2026-11-26T15:00:00.000Z",
    ),
    "Zoho": (
        "First Name,Last Name,Phone,Last Activity Time,Follow Up Date,Follow Up Time",
        "Ann,Reed,+442079460018,2026-10-02 10:05:00,26-Nov-2026,3:00 PM",
    ),
    "Dynamics": (
        "Full Name,Business Phone,Scheduled Follow Up (Prospect),Last Interaction",
        "Ann Reed,+442079460018,11/26/2026 3:00 PM,10/2/2026 10:05 AM",
    ),
    "Freshsales": (
        "First name,Last name,Mobile,Last contacted time,Next contact time",
        'Ann,Reed,+442079460018,"Fri, 2 Oct 2026 09:05:00 GMT","Thu, 26 Nov 2026 15:00:00 GMT"',
    ),
    "a spreadsheet": (
        "Name,Phone,Call back on,Call back at,Last call",
        "Ann Reed,+442079460018,46352,15:00,46297.420139",
    ),
    "Italian": (
        "Nome e cognome,Telefono,Data prossimo contatto,Ora richiamo,Data ultima telefonata",
        "Ann Reed,+442079460018,26/11/2026,15.00,02/10/2026 10:05",
    ),
    "German": (
        "Ansprechpartner;Telefon;Wiedervorlage am;Letzter Kontakt",
        "Ann Reed;+442079460018;26.11.2026 15:00 Uhr;02.10.2026 10:05",
    ),
    "French": (
        "Nom complet;Téléphone;Date de relance;Dernier échange",
        "Ann Reed;+442079460018;26/11/2026 15h00;02/10/2026 10h05",
    ),
    "Spanish": (
        "Nombre completo;Teléfono;Fecha de la próxima llamada;Último contacto",
        "Ann Reed;+442079460018;26 de noviembre de 2026, 15:00;02/10/2026 10:05",
    ),
}


@each("layout", LAYOUTS)
def test_a_layout_brings_its_planned_call_and_last_contact(imported, layout: str) -> None:
    heading, row = LAYOUTS[layout]
    built = imported(text=f"{heading}\n{row}\n", maps=("dates=day-first",) if layout == "Spanish" else ())
    (plan,) = built.plans
    assert (plan.at, plan.precision, plan.zone) == (PLANNED, "minute", "Europe/London")
    touched = built.contacts[0].touched_at
    assert touched is not None
    assert abs((touched.at - TOUCHED).total_seconds()) < 60
    assert built.remarks == ()


def test_several_columns_give_several_plans_and_the_latest_contact(imported) -> None:
    built = imported(
        text="Name,Next activity date,Next activity,Follow up,Last call,Last contacted\n"
        "Ann,2026-11-26,Send the offer,2026-12-03,2026-10-02,2026-11-02\n"
    )
    assert [plan.at.date().isoformat() for plan in built.plans] == ["2026-11-26", "2026-12-03"]
    touched = built.contacts[0].touched_at
    assert touched is not None
    assert touched.at.date().isoformat() == "2026-11-02"
    assert built.contacts[0].fields["Next activity"] == "Send the offer"


@pytest.mark.parametrize(
    "nothing", ["0000-00-00", "0000-00-00 00:00:00", "1900-01-01", "-", "n/a", "01/01/0001 00:00"]
)
def test_how_programs_write_that_there_is_no_date_is_no_remark(imported, nothing: str) -> None:
    built = imported(text=f"Name,Next call,Last call\nAnn,{nothing},{nothing}\nBo,2026-12-03,2026-10-02\n")
    assert (len(built.plans), built.remarks) == (1, ())


@pytest.mark.parametrize("day", ["20261126", "1795705200000", "46352", "26-Nov-26", "26.11.2026"])
def test_a_day_in_digits_alone_is_no_number_to_call(imported, day: str) -> None:
    built = imported(text=f"Name,Phone,Call back on\nAnn,+442079460018,{day}\nBo,+442079460019,{day}\n")
    assert [len(one.numbers) for one in built.contacts] == [1, 1]
    assert [plan.at.date().isoformat() for plan in built.plans] == ["2026-11-26"] * 2


def test_a_number_to_call_back_on_is_a_number(imported) -> None:
    built = imported(text="Name,Callback\nAnn,01795 530600\nBo,020 7946 0018\n")
    assert [one.first_number for one in built.contacts] == ["+441795530600", "+442079460018"]


def test_a_list_in_json_brings_its_planned_call_too(built) -> None:
    data = (
        b'[{"name":"Ann Reed","phone":"+442079460018","next_activity_date":"2026-11-26",'
        b'"next_activity_time":"15:00:00","last_activity_date":"2026-10-02"}]'
    )
    done = built(data)
    assert [(plan.at, plan.precision) for plan in done.plans] == [(PLANNED, "minute")]
    assert done.contacts[0].touched_at.at.date().isoformat() == "2026-10-02"

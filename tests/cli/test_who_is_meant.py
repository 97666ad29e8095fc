"""Which one person a command means: it is beyond doubt, or the command asks; it never takes the first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tui.domain.call import Call
from tui.domain.contact import Contact, Number
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.storage.protocol import Change
from tui.storage.tiny import TinyStore

NOW = datetime(2026, 11, 23, 14, 1, tzinfo=UTC)

PEOPLE = (
    ("Hannah Clarke", "Bramble", "+442079460110"),
    ("Jürgen Müller", "Øster Print", "+442079460111"),
    ("Sam Reed", "Oakline", "+442079460112"),
    ("Sam Reed", "Kestrel Foods", "+442079460113"),
    *((f"Sam Reeder {n:02}", "Larkspur", f"+4420794602{n:02}") for n in range(12)),
)


@pytest.fixture
def people(run, data):
    """People of whom the Reeders were all left a voicemail yesterday: they come first when somebody calls."""
    made = [
        Contact(
            uuid7(NOW),
            created_at=NOW,
            name=name,
            company=firm,
            numbers=(Number(phone, phone),),
            lists=("fair",),
        )
        for name, firm, phone in PEOPLE
    ]
    made[0] = Contact(
        **{**{slot: getattr(made[0], slot) for slot in Contact.__struct_fields__}, "tags": ("annual",)}
    )
    calls = tuple(
        Call(f"v{n}", one.id, NOW - timedelta(days=1), "voicemail", Category.VOICEMAIL)
        for n, one in enumerate(made[4:])
    )
    calls += (Call("first", made[2].id, NOW - timedelta(days=1), "voicemail", Category.VOICEMAIL),)
    store = TinyStore.open(data)
    store.commit(Change(contacts=tuple(made), calls=calls), NOW)
    store.close()
    return run


COMMANDS = (("explain",), ("log",), ("hand-over",), ("forget",), ("export-person",))


def call_for(command, who):
    more = {"log": ("n",), "hand-over": ("--to", "Ben", "--note", "wants more", "--agreed")}
    return (*command, who, *more.get(command[0], ()))


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("ann", "Nobody is called 'ann'"),
        ("annual", "Nobody is called 'annual'"),
        ("6011", "Several fit"),
        ("Sam Reed", "Several fit 'Sam Reed'"),
        ("larkspur", "Several fit"),
        ("zebedee", "Nobody fits"),
        ("+49 30 7946 0110", "Nobody fits"),  # ends like Hannah Clarke's
        ("9 020 7946 0110", "Nobody fits"),
    ],
)
def test_who_is_not_beyond_doubt_is_never_taken(people, command, who, said):
    done = people(*call_for(command, who))
    assert done.code == 1
    assert said in done.err


def test_two_of_the_same_name_are_named_with_firm_and_number_and_nobody_else(people):
    done = people("log", "sam reed", "n")
    assert "Oakline" in done.err
    assert "Kestrel Foods" in done.err
    assert "Reeder" not in done.err


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("hannah", "Hannah Clarke"),
        ("clarke", "Hannah Clarke"),
        ("mueller", "Jürgen Müller"),
        ("MÜLLER", "Jürgen Müller"),
        ("bramble", "Hannah Clarke"),
        ("020 7946 0110", "Hannah Clarke"),
        ("0112", "Sam Reed"),
    ],
)
def test_who_is_beyond_doubt_is_taken(people, who, name):
    assert people("explain", who, "--json").rows[0]["name"] == name


@pytest.mark.parametrize(
    ("text", "first"), [("ann", "Hannah Clarke"), ("oster", "Jürgen Müller"), ("sam r", "Sam Reed")]
)
def test_contacts_and_who_find_by_the_rule_of_the_queue(people, text, first):
    assert people("contacts", text, "--json").rows[0]["name"] == first
    assert first in {row["name"] for row in people("who", text, "--json").rows}


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("020 7946 0110", ["Hannah Clarke"]),
        ("00442079460110", ["Hannah Clarke"]),
        ("+49 30 7946 0110", []),
        ("+1 207 946 0110", []),
    ],
)
def test_who_names_whoever_has_exactly_this_number_and_nobody_else(people, number, found):
    done = people("who", *number.split(), "--json")
    assert done.code == (0 if found else 1)
    assert [row["name"] for row in done.rows] == found


@pytest.mark.parametrize(
    "typed", ["Dr. Ann Rossi", "frau rossi", "Sig.ra Ann Rossi", "Mme Rossi", "señora ann", "mr rossi"]
)
def test_a_form_of_address_is_no_part_of_who_is_looked_for(imported, typed):
    for command in ("who", "contacts"):
        assert "Ann Rossi" in imported(command, typed).out
    assert "Ann Rossi" in imported("explain", typed).out

"""Who is who on import, and how two accounts of one person become one."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from tests.rows import each
from tui.domain.contact import Basis, Contact, Number, Preferences, Refusal, Source
from tui.domain.identity.matching import Conflict, Matcher, merge_contact, settled

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DESK, MOBILE = Number("+442079460100", label="work"), Number("+447700900123", label="mobile")
STAMP = "1795435200000.00000.a"
ANN = Contact(
    "ann",
    name="Ann Rossi",
    company="Acme Tools",
    numbers=(DESK,),
    emails=("ann@acme.example",),
    lists=("autumn",),
    source=Source("crm", "7"),
)


def incoming(**values):
    return Contact("new", **values)


def test_external_id_of_the_same_list_is_enough():
    matcher = Matcher([ANN])
    assert matcher.find(incoming(name="Ann Rossi-Bell", source=Source("crm", "7"))) is ANN
    assert matcher.find(incoming(source=Source("crm", "7"))) is ANN
    assert matcher.find(incoming(source=Source("other", "7"))) is None


NEW_DESK = Number("+442079460101")


@each(
    ("values", "same"),
    [
        ({"name": "Zed Ono", "numbers": (NEW_DESK,)}, False),
        ({"name": "Zed Ono"}, False),
        ({"name": "Zed Ono", "emails": ("zed@nordkap.example",)}, False),
        ({"name": "Zed Rossi", "given": "Zed", "numbers": (NEW_DESK,)}, False),
        ({"name": "Ann Bell", "given": "Ann", "numbers": (NEW_DESK,)}, False),
        ({"name": "Ann Bell", "given": "Ann"}, True),
        ({"name": "Zed Ono", "numbers": (DESK,)}, True),
        ({"name": "Zed Ono", "emails": ("ann@acme.example",)}, True),
        ({"name": "Rossi, Ann", "numbers": (NEW_DESK,)}, True),
        ({"name": "ANN ROSSÌ", "numbers": (NEW_DESK,)}, True),
        ({"name": "Ann Rosi", "numbers": (NEW_DESK,)}, True),
        ({"name": "Dr Ann Rossi", "numbers": (NEW_DESK,)}, True),
        ({"company": "Nordkap", "numbers": (NEW_DESK,)}, True),
        ({"numbers": (NEW_DESK,)}, True),
    ],
)
def test_an_id_that_name_and_number_contradict_is_no_proof(values, same):
    known = replace(ANN, given="Ann", family="Rossi")
    row = incoming(source=Source("crm", "7"), **values)
    assert (Matcher([known]).find(row) is known) == same
    assert (Matcher([known]).find(replace(row, id="ann", source=Source())) is known) == same


def test_two_firms_of_one_id_are_two():
    known = Contact("a", company="Acme Tools", numbers=(DESK,), source=Source("crm", "1"))
    firm = incoming(company="Nordkap", numbers=(NEW_DESK,), source=Source("crm", "1"))
    assert Matcher([known]).find(firm) is None
    assert Matcher([known]).find(replace(firm, company="Acme Tools Ltd")) is known


def test_of_two_people_with_one_id_each_is_found_again():
    zed = Contact("zed", name="Zed Ono", source=Source("crm", "7"))
    bare = replace(ANN, numbers=(), emails=())
    for known in ([bare, zed], [zed, bare]):
        matcher = Matcher(known)
        assert matcher.find(incoming(name="Zed Ono", source=Source("crm", "7"))) is zed
        assert matcher.find(incoming(name="Ann Rossi", source=Source("crm", "7"))) is bare


def test_email_is_enough_whatever_its_case_and_whatever_the_name():
    assert Matcher([ANN]).find(incoming(name="A. Rossi", emails=("Ann@Acme.Example",))) is ANN


def test_mailbox_of_a_firm_needs_the_name_as_well():
    firm = replace(ANN, emails=("info@acme.example",))
    matcher = Matcher([firm])
    assert matcher.find(incoming(name="Bo Lund", emails=("info@acme.example",))) is None
    assert matcher.find(incoming(name="Rossi, Ann", emails=("info@acme.example",))) is firm
    assert matcher.find(incoming(company="Acme", emails=("info@acme.example",))) is firm


def test_number_needs_the_name_unless_one_side_has_none():
    matcher = Matcher([ANN])
    assert matcher.find(incoming(name="ANN ROSSÌ", numbers=(DESK,))) is ANN
    assert matcher.find(incoming(given="Ann", family="Rossi", numbers=(DESK,))) is ANN
    assert matcher.find(incoming(name="Bo Lund", numbers=(DESK,))) is None
    assert matcher.find(incoming(company="Acme", numbers=(DESK,))) is ANN


def test_two_nameless_firms_on_one_number_are_two():
    matcher = Matcher([incoming(company="Acme", numbers=(DESK,))])
    assert matcher.find(Contact("x", company="Nordkap", numbers=(DESK,))) is None
    assert matcher.find(Contact("x", company="ACME", numbers=(DESK,))) is not None


def test_two_ids_in_one_list_are_two_people_even_with_one_email():
    twin = incoming(name="Ann Rossi", emails=("ann@acme.example",), source=Source("crm", "8"))
    assert Matcher([ANN]).find(twin) is None


def test_number_that_was_not_understood_still_matches_by_its_digits():
    raw = replace(ANN, numbers=(Number(raw="020 7946-0100"),))
    assert Matcher([raw]).find(incoming(name="Ann Rossi", numbers=(Number(raw="(020) 79460100"),))) is raw


def test_people_added_during_an_import_are_known():
    matcher = Matcher()
    assert matcher.find(ANN) is None
    matcher.add(ANN)
    assert matcher.find(incoming(emails=("ann@acme.example",))) is ANN


def test_same_name_wins_among_several_with_one_email():
    sister = replace(ANN, id="abe", name="Abe Rossi", source=Source())
    found = Matcher([sister, ANN]).find(incoming(name="Ann Rossi", emails=("ann@acme.example",)))
    assert found is ANN


def test_blank_never_erases_and_a_value_replaces():
    merged = merge_contact(ANN, incoming(name="", company="Acme Group", role="Buyer")).contact
    assert (merged.id, merged.name, merged.company, merged.role) == (
        "ann",
        "Ann Rossi",
        "Acme Group",
        "Buyer",
    )


def test_what_the_rep_wrote_is_kept_and_the_refusal_is_listed():
    edited = replace(ANN, stamps={"company": STAMP, "name": STAMP})
    result = merge_contact(edited, incoming(company="Acme Group", name="Anna Rossi"))
    assert (result.contact.company, result.contact.name) == ("Acme Tools", "Ann Rossi")
    assert set(result.conflicts) == {
        Conflict("company", "Acme Tools", "Acme Group"),
        Conflict("name", "Ann Rossi", "Anna Rossi"),
    }


def test_edited_name_protects_its_parts():
    edited = replace(ANN, given="Ann", stamps={"name": STAMP})
    assert merge_contact(edited, incoming(given="Anna")).contact.given == "Ann"


def test_do_not_call_is_never_cleared_and_can_arrive():
    blocked = replace(ANN, do_not_call=Refusal("asked on Monday"))
    assert merge_contact(blocked, incoming()).contact.do_not_call.why == "asked on Monday"
    assert merge_contact(ANN, blocked).contact.do_not_call.why == "asked on Monday"


def test_numbers_lists_tags_and_emails_are_united():
    wrong = replace(ANN, numbers=(replace(DESK, bad=True, label=""),), tags=("vip",))
    other = incoming(
        numbers=(MOBILE, DESK),
        emails=("ANN@acme.example", "a.rossi@acme.example"),
        lists=("autumn", "fair"),
        tags=("VIP", "late"),
    )
    merged = merge_contact(wrong, other).contact
    assert merged.numbers == (replace(DESK, bad=True), MOBILE)
    assert merged.emails == ("ann@acme.example", "a.rossi@acme.example")
    assert merged.lists == ("autumn", "fair")
    assert merged.tags == ("vip", "late")


def test_fields_are_filled_and_a_reps_field_is_kept():
    stored = replace(ANN, fields={"notes": "likes tea", "city": "Leeds"})
    offered = incoming(fields={"notes": "none", "city": "", "size": "40"})
    assert merge_contact(stored, offered).contact.fields == {"notes": "none", "city": "Leeds", "size": "40"}
    kept = merge_contact(replace(stored, stamps={"fields/notes": STAMP}), offered)
    assert kept.contact.fields == {"notes": "likes tea", "city": "Leeds", "size": "40"}
    assert kept.conflicts == (Conflict("notes", "likes tea", "none"),)


def test_what_they_told_us_beats_what_a_list_says():
    told = replace(ANN, prefers=Preferences(every=14, since=NOW), remembered={"vans": "two"})
    listed = incoming(
        prefers=Preferences(30, "email", "10:00"), remembered={"vans": "nine", "depot": "Leeds"}
    )
    merged = merge_contact(told, listed).contact
    assert merged.prefers == Preferences(14, "email", "10:00", NOW)
    assert merged.remembered == {"vans": "two", "depot": "Leeds"}


@pytest.mark.parametrize(
    ("stored", "offered", "kept"),
    [
        (Basis("consent", date(2026, 1, 1)), Basis("public", date(2025, 1, 1)), "consent"),
        (Basis("public", date(2025, 1, 1)), Basis("consent", date(2026, 1, 1)), "consent"),
        (Basis("consent"), Basis(), "consent"),
        (Basis(), Basis("public"), "public"),
    ],
)
def test_newer_legal_basis_is_kept(stored, offered, kept):
    assert merge_contact(replace(ANN, basis=stored), incoming(basis=offered)).contact.basis.kind == kept


def test_merge_of_the_same_account_changes_nothing():
    assert merge_contact(ANN, replace(ANN, id="other")).contact == ANN


def test_a_consent_the_rep_took_away_does_not_come_back_with_the_list():
    listed = replace(ANN, basis=Basis("consent", date(2026, 5, 3)))
    taken_away = replace(ANN, basis=Basis(), stamps={"basis": STAMP})
    assert merge_contact(taken_away, listed).contact.basis == Basis()
    assert merge_contact(ANN, listed).contact.basis == listed.basis


@each(
    "values",
    [
        {},
        {"numbers": (Number("+442079460100", label="office"),), "emails": ("Ann@nordkap.example",)},
        {"numbers": (Number("+442079460100"), Number("+442079460100", label="office", ext="12"))},
        {"numbers": (Number(raw="ask reception"), Number("+442079460100", bad=True))},
        {"emails": ("ann@nordkap.example", "ANN@nordkap.example")},
        {"emails": ("",)},
        {"lists": ("Autumn", "autumn", "")},
        {"lists": ("",), "tags": ("",)},
        {"tags": ("VIP", "vip")},
        {"fields": {"Town": "Leeds", "County": ""}, "remembered": {"fleet": "3 vans"}, "customer": True},
        {"do_not_call": Refusal("they asked"), "basis": Basis("consent", date(2026, 1, 2)), "priority": 7},
        {"stamps": {"role": STAMP}, "role": "Owner", "prefers": Preferences(30, "email")},
    ],
)
def test_somebody_new_is_as_a_merge_with_the_same_row_leaves_them(values):
    person = Contact("ann", name="Ann Rossi", source=Source("Autumn", "7"), **values)
    assert settled(person) == merge_contact(person, person).contact
    assert settled(settled(person)) == settled(person)


def test_a_name_without_a_letter_does_not_contradict_itself():
    dash = Contact("ann", name="-", source=Source("Autumn", "7"))
    assert Matcher([dash]).find(replace(dash, id="new")) is dash


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (Number("+442079460100"), Number(raw="020 7946-0100")),
        (Number(raw="020 7946 0100"), Number("+442079460100")),
        (Number("+12025550143"), Number(raw="(202) 555-0143")),
        (Number("+390669800143"), Number(raw="06 6980 0143")),
    ],
)
def test_a_list_that_comes_again_without_its_country_brings_the_same_people(first, then):
    """And the other way round: whose number nobody could read has it once somebody said where it is."""
    known, again = replace(ANN, numbers=(first,), emails=()), incoming(name="Ann Rossi", numbers=(then,))
    assert Matcher([known]).find(again) is known
    number = merge_contact(known, again).contact.numbers
    assert [one.e164 for one in number] == [first.e164 or then.e164]
    assert Matcher([known]).find(replace(again, name="Bo Lund")) is None
    firm = replace(known, name="", given="", family="", company="Acme")
    assert Matcher([firm]).find(incoming(company="ACME", numbers=(then,))) is firm
    assert Matcher([firm]).find(incoming(company="Nordkap", numbers=(then,))) is None


def test_the_end_of_a_number_is_no_number():
    known = replace(ANN, numbers=(Number("+442079460100"),), emails=())
    for raw in ("0100", "46 0100", "+7946 0100", "1 7946 0100"):
        assert Matcher([known]).find(incoming(name="Ann Rossi", numbers=(Number(raw=raw),))) is None

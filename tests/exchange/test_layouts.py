"""Layouts in which a row is not simply a person, and copies of a register that hold nobody to call."""

from __future__ import annotations

import pytest

from tests.rows import each
from tui.exchange.reading.decode import ImportRefused
from tui.exchange.reading.plan import plan_import
from tui.exchange.reading.register import numbers_of_register
from tui.exchange.reading.table import read_table

CHILDREN = """ID,First Name,Last Name,Company Name,Do Not Call,ID ({0}),Mobile ({0})
CON-1,Ada,Quill,Quill Ltd,0,a1,020 7946 0018
,,,,,a2,07700 900101
CON-2,Ben,Stone,Stone Inc,1,b1,020 7946 0020
,,,,,b2,07700 900102
"""


@pytest.mark.parametrize("name", ["Contact Numbers", "Rubrica", "Kontaktnummern"])
def test_a_row_without_a_name_goes_on_with_the_person_above(name: str, built) -> None:
    made = built(CHILDREN.format(name).encode())
    assert [(one.name, one.source.external_id) for one in made.contacts] == [
        ("Ada Quill", "CON-1"),
        ("Ada Quill", "CON-1"),
        ("Ben Stone", "CON-2"),
        ("Ben Stone", "CON-2"),
    ]
    assert [one.numbers[0].e164[-4:] for one in made.contacts] == ["0018", "0101", "0020", "0102"]
    assert [bool(one.do_not_call) for one in made.contacts] == [False, False, True, True]


@pytest.mark.parametrize("columns", [range(7), range(1, 7), range(1, 3)], ids=["id", "no id", "names alone"])
def test_such_rows_make_one_person_with_all_numbers_and_are_counted(columns: range, built) -> None:
    lines = [line.split(",") for line in CHILDREN.format("Numbers").splitlines()]
    text = "\n".join(",".join([*(line[at] for at in columns if at < 5), *line[5:]]) for line in lines)
    made = built(text.encode())
    plan = plan_import((), made)
    assert [(one.name, [n.e164[-4:] for n in one.numbers]) for one in plan.created] == [
        ("Ada Quill", ["0018", "0101"]),
        ("Ben Stone", ["0020", "0102"]),
    ]
    assert [(one.row, one.same_as) for one in plan.repeated] == [(3, 2), (5, 4)]
    again = plan_import(plan.created, built(text.encode()))
    assert (len(again.unchanged), len(again.repeated), again.updated, again.created) == (2, 2, (), ())


def test_a_row_with_a_number_alone_is_nobody_above_it(built) -> None:
    made = built(b"Name,Company,Phone\nAda Quill,Quill Ltd,020 7946 0018\n,,020 7946 0019\n")
    assert [one.name for one in made.contacts] == ["Ada Quill", ""]


FIRM = [
    ("Is a Company", "True", "False"),
    ("is_company", "1", "0"),
    ("È un'azienda", "sì", "no"),
    ("Ist ein Unternehmen", "Wahr", "Falsch"),
    ("Est une société", "Oui", "Non"),
    ("Es una empresa", "si", ""),
    ("Company Type", "Company", "Individual"),
    ("Kontaktart", "Firma", "Person"),
    ("Record type", "Organization", "Person"),
]


def test_a_refusal_within_json_within_a_cell_is_heard(built) -> None:
    cells = ('[{"number":"020 7946 0018","optedOut":true}]', '[{"number":"020 7946 0019","canCall":"no"}]')
    sound = '[{"number":"020 7946 0020","optedOut":false,"canCall":true}]'
    rows = (f'Ada,"{cell.replace(chr(34), chr(34) * 2)}"' for cell in (*cells, sound))
    people = built("\n".join(("First name,Phones", *rows)).encode()).contacts
    assert [len(one.numbers) for one in people] == [1, 1, 1]
    may_be_called = [not one.do_not_call and any(number.dialable for number in one.numbers) for one in people]
    assert may_be_called == [False, False, True]


@pytest.mark.parametrize(("heading", "yes", "no"), FIRM)
def test_a_row_that_is_a_firm_is_no_person(heading: str, yes: str, no: str, built) -> None:
    text = (
        f"Name,Company Name,{heading},Phone\nAzure Interior,,{yes},020 7946 0018\n"
        f'"Azure Interior, Brandon Free",Azure Interior,{no},020 7946 0019\nBlue Interior,Azure Group,{yes},\n'
    )
    people = built(text.encode()).contacts
    assert [(one.name, one.company) for one in people] == [
        ("", "Azure Interior"),
        ("Brandon Free", "Azure Interior"),
        ("", "Blue Interior"),
    ]
    assert people[2].fields["Parent company"] == "Azure Group"


def test_firms_without_a_column_for_the_company(built) -> None:
    people = built(
        b"Name,Is a company,Phone\nAzure Ltd,true,020 7946 0018\nAda Quill,false,020 7946 0019\n"
    ).contacts
    assert [(one.name, one.company) for one in people] == [("", "Azure Ltd"), ("Ada Quill", "")]


@pytest.mark.parametrize(
    ("heading", "values"),
    [("Type", ("Business", "Private")), ("type", ("public", "public")), ("Type", ("Work", "Account"))],
)
def test_other_kinds_of_rows_stay_people(heading: str, values: tuple[str, str], built) -> None:
    text = (
        f"First name,Last name,{heading},Phone\n"
        f"Ada,Quill,{values[0]},020 7946 0018\nBen,Stone,{values[1]},020 7946 0019\n"
    )
    assert [one.name for one in built(text.encode()).contacts] == ["Ada Quill", "Ben Stone"]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('[{"number":"199000018","countryCode":"FR","callingCode":"+33"}]', "+33 199000018"),
        (
            '[{"number":"199000018","callingCode":"33"},{"number":"+442079460018"}]',
            "+33 199000018 ::: +442079460018",
        ),
        ('["vip","London"]', "vip ::: London"),
        ('{"value":"ada@quill.example","primary":true}', "ada@quill.example"),
        ("[]", ""),
        ("{}", ""),
        ("[1, 2]", "[1, 2]"),
        ("[not json]", "[not json]"),
    ],
)
def test_a_cell_that_holds_json_says_what_is_in_it(cell: str, read: str) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'
    rows = "Bo,y\n" * 300 + f'Bo,"[""x""]"\nAda,{quoted}\n'
    assert list(read_table(f"Name,Other\n{rows}".encode(), "typed.csv").rows())[-1].cells == ("Ada", read)


@pytest.mark.parametrize(
    "text",
    [
        "202,5550143\n202,5550144\n703,5550145\n",
        "Area Code,Phone Number\n202,5550143\n",
        "202;5550143\n\n703;5550145\n",
    ],
)
def test_a_copy_of_a_register_is_no_list_of_people(text: str) -> None:
    with pytest.raises(ImportRefused, match="dnc import"):
        read_table(text.encode(), "register.txt")


@pytest.mark.parametrize(
    "text",
    [
        "Name,Phone\nAda,5550143\n",
        "Ada,Quill\n202,5550143\n",
        "1,2025550143\n2,2025550144\n",
        "202,5550143,x\n",
    ],
)
def test_a_list_that_is_no_register_is_read(text: str) -> None:
    assert read_table(text.encode(), "people.csv")


US = ["+12025550143", "+17035550145"]


@each(
    ("text", "region", "country", "numbers", "odd"),
    [
        ("202,5550143\n703,5550145", "US", "US", US, []),
        ("202,5550143\n703,5550145", "", "US", US, []),
        ("202;5550143\n703;5550145\n", "CA", "CA", US, []),
        ("202,5550143\n703,5550145", "GB", "GB", [], [1, 2]),
        ("Area Code,Phone Number\n202,5550143\n703,5550145", "", "US", US, []),
        ("AreaCode\tNumber\n202\t5550143\n703\t5550145", "US", "US", US, []),
        ('"Area Code","Phone Number"\n"202","5550143"\n"703","5550145"', "", "US", US, []),
        ("2025550143\n(703) 555-0145", "US", "US", US, []),
        ("Id,Area code,Phone\n1,202,5550143\n2,703,5550145", "US", "US", US, []),
        ("Vorwahl;Rufnummer\n030;23125018", "DE", "DE", ["+493023125018"], []),
        ("020 7946 0018\n+44 20 7946 0019,x", "", "GB", ["+442079460018", "+442079460019"], []),
        ("Telephone,Added\n02079460018,2026-01-01", "", "GB", ["+442079460018"], []),
        ("202,5550143\n703,555014x\n2025550143", "US", "US", [US[0], US[0]], [2]),
    ],
)
def test_the_numbers_of_a_register(
    text: str, region: str, country: str, numbers: list[str], odd: list[int]
) -> None:
    lines: list[int] = []
    of, found = numbers_of_register(text.splitlines(), region, "GB", lines)
    assert (of, list(found), lines) == (country, numbers, odd)

"""A heading that names a number: what stands below it binds that number, and the person only where nobody can tell."""

from __future__ import annotations

from tests.rows import each

TWO_NUMBERS = "Name,Home Phone,{work},{heading}\nAda Quill,020 7946 0018,020 7946 0019,{cell}\n"


@each(
    ("work", "heading", "cell", "refused"),
    [
        ("Work Phone", "Home Phone Do Not Call", "Yes", "18"),
        ("Work Phone", "Do not call (home)", "x", "18"),
        ("Work Phone", "homePhoneOptOut", "true", "18"),
        ("Work Phone", "Festnetz gesperrt", "ja", "18"),
        ("Work Phone", "Casa: non chiamare", "sì", "18"),
        ("Mobile", "Mobile DNC", "DNC", "19"),
        ("Cell", "Do not call cell phone", "asked us", "19"),
        ("Business Phone", "TPS Business Phone", "1", "19"),
        ("Work Phone", "Work Phone - may call", "No", "19"),
        ("Phone 2", "Phone 2 Do Not Call", "Yes", "19"),
        ("Mobile", "Do not call home or mobile", "Yes", "18 19"),
        # About the person: no number is named, or none the file has, or the firm may be meant.
        ("Work Phone", "Do Not Call", "Yes", "person"),
        ("Work Phone", "Phone Do Not Call", "Yes", "person"),
        ("Work Phone", "Mobile DNC", "Yes", "person"),
        ("Work Phone", "Home or mobile: do not call", "Yes", "person"),
        ("Work Phone", "Business Do Not Call", "Yes", "person"),
        ("Direct Phone", "Direct Marketing Opt-Out", "Yes", "person"),
        ("Phone 2", "Phone 3 Do Not Call", "Yes", "person"),
    ],
)
def test_b55_a_heading_that_names_a_number_binds_that_number_alone(imported, work, heading, cell, refused):
    built = imported(text=TWO_NUMBERS.format(work=work, heading=heading, cell=cell))
    (ada,) = built.contacts
    assert bool(ada.do_not_call) is (refused == "person")
    barred = [number.e164[-2:] for number in ada.numbers if number.barred]
    assert " ".join(barred) == ("" if refused == "person" else refused)


def test_a_refused_number_that_cannot_be_read_or_is_not_there_is_not_dropped(imported):
    head = "Name,Home Phone,Work Phone,Home Phone Do Not Call\n"
    rows = "Ada Quill,12,020 7946 0019,Yes\nBo Lund,,020 7946 0017,Yes\nCy Park,020 7946 0016,,No\n"
    ada, bo, cy = imported(text=head + rows).contacts
    assert ada.do_not_call  # nobody knows which number she means
    assert not bo.do_not_call
    assert bo.fields["Home Phone Do Not Call"] == "Yes"
    assert not cy.do_not_call
    assert [number.barred for number in (*bo.numbers, *cy.numbers)] == [None, None]

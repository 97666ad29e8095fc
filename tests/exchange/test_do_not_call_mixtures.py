"""Refusals in any heading and cell that can be put together: none is dropped, none is made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.conftest import Import
from tests.exchange.test_do_not_call_columns import (
    NOW,
    file_with,
    held,
)
from tests.rows import each
from tui.exchange.reading.consent.vocabulary import WORDS, Word
from tui.exchange.reading.headings.columns import apply_map, guess
from tui.exchange.reading.headings.words import listed
from tui.exchange.reading.plan import build
from tui.exchange.reading.table import read_table

NAMES_OF_REFUSALS = {
    phrase
    for word in (Word.OUT, Word.DNC, Word.REGISTER, Word.QUIET)
    for phrase in listed(WORDS[word])
    if phrase not in {"robinson", "rpo"}
}


@each("name", sorted(NAMES_OF_REFUSALS))
def test_every_name_of_a_refusal_is_found_in_a_cell(imported: Import, name: str) -> None:
    assert held(imported, "Status", name, "new") == ["Ada"]
    assert held(imported, "Tags", "vip", f"vip; {name.upper()}") == ["Ben"]


OBJECTS = {
    "en": ("call", "phone", "contact", "telephone", "ring"),
    "it": ("chiamare", "telefonare", "contattare", "disturbare"),
    "de": ("anrufen", "kontaktieren", "telefonieren"),
    "fr": ("appeler", "contacter", "téléphoner", "déranger"),
    "es": ("llamar", "contactar", "molestar"),
}
NEGATIONS = {
    "en": ("do not", "never", "don't", "must not", "please do not"),
    "it": ("non", "mai", "non più"),
    "de": ("nicht", "nie", "nicht mehr"),
    "fr": ("ne pas", "ne plus", "ne jamais"),
    "es": ("no", "nunca", "no volver a"),
}
CASES = (str.lower, str.upper, str.title, str.capitalize)


@st.composite
def forbidding_headings(draw: st.DrawFn) -> str:
    """A negation and a verb of one language, in any case and with any sign between the words."""
    language = draw(st.sampled_from(sorted(OBJECTS)))
    words = f"{draw(st.sampled_from(NEGATIONS[language]))} {draw(st.sampled_from(OBJECTS[language]))}"
    if draw(st.booleans()):
        first, *rest = words.replace("'", "").split()
        return first + "".join(map(str.capitalize, rest))
    between = draw(st.sampled_from((" ", "_", "-", ".", "  ")))
    ends = draw(st.sampled_from(("", "?", ":", " (Y/N)", "__c", " *")))
    return draw(st.sampled_from(CASES))(words).replace(" ", between) + ends


@given(
    forbidding_headings(),
    st.lists(
        st.sampled_from(["yes", "no", "", "1", "0", "TRUE", "false", "sì", "nein", "oui", "x"]), max_size=12
    ),
    st.lists(st.sampled_from(["", "DO NOT CALL", "DNC", "opted-out", "vip"]), min_size=12, max_size=12),
)
def test_no_refusal_of_a_file_is_dropped_and_none_is_made_up(
    heading: str, flags: list[str], tags: list[str]
) -> None:
    rows = list(zip(flags, tags, strict=False))
    lines = [f"Per{n} Son,+44 20 7946 0{n:03},{flag},{tag}" for n, (flag, tag) in enumerate(rows)]
    text = "\n".join([f'Name,Phone,"{heading}",Tags', *lines, "Last One,+44 20 7946 0999,,", ""])
    table = read_table(text.encode(), "people.csv")
    built = build(table, apply_map(guess(table)), region="GB", list_name="autumn", now=NOW)
    refused = [bool(contact.do_not_call) for contact in built.contacts]
    meant = [flag in {"yes", "1", "TRUE", "sì", "oui", "x"} or tag not in {"", "vip"} for flag, tag in rows]
    assert refused == [*meant, False]


def test_a_hostile_cell_is_read_in_no_time(imported: Import) -> None:
    for part in ("before 1 do not call ", "not dnc, ", "non mai ", "no se le la ", "ne pas plus "):
        assert len(imported(text=file_with("Notes", part * 2_000, part * 2_000)).made) == 2


def test_what_a_list_of_objects_says_beside_a_number_counts(imported: Import) -> None:
    phones = '"phones": [{"number": "+442079460018", "type": "work", "%s": %s}, {"number": "+442079460019"}]'
    people = "".join(
        f'{{"name": "Per{n} Son", {phones % beside}}},'
        for n, beside in enumerate([("optedOut", "true"), ("optedOut", "false"), ("do_not_call", '"yes"')])
    )
    built = imported("people.json", f"[{people.rstrip(',')}]")
    assert [bool(contact.do_not_call) for contact in built.contacts] == [True, False, True]
    assert all(len(contact.numbers) == 2 for contact in built.contacts)


@pytest.mark.parametrize("cell", ["n/a", "-", "none", "NULL", "unknown", "N/A"])
def test_a_column_of_phones_that_nobody_knows_is_no_question(imported: Import, cell: str) -> None:
    assert imported(text=f"Name,Phone\nAda Quill,{cell}\nBen Stone,{cell}\n").need_country == ()


def test_a_refusal_beside_a_voicemail_is_one(imported: Import) -> None:
    assert held(imported, "Last result", "Voicemail - do not call again", "Left a voicemail") == ["Ada"]


@pytest.mark.parametrize("said", ["(do not call)", "- DO NOT CALL", "DNC", "nicht anrufen"])
@pytest.mark.parametrize("heading", ["Phone", "Telefono", "Handy"])
def test_a_column_of_numbers_that_are_all_refused_is_one_of_numbers(
    imported: Import, heading: str, said: str
) -> None:
    ada = imported(text=f"Name,{heading}\nAda Quill,020 7946 0018 {said}\n").contacts[0]
    assert [number.e164 for number in ada.numbers] == ["+442079460018"]
    assert ada.do_not_call

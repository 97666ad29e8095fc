"""Whatever is refused is refused in the file we write, and still is when that file is imported."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.cockpit.wording.why import refusal
from tui.domain.call import Call
from tui.domain.contact import Contact, Number, Refusal
from tui.domain.do_not_call import DoNotCallList, Entry
from tui.domain.may_call import MayCall
from tui.domain.outcome import Category
from tui.domain.why import why
from tui.exchange.reading.headings.columns import guess
from tui.exchange.reading.own_export import NUMBERS as NUMBERS_ONLY
from tui.exchange.reading.plan import build
from tui.exchange.reading.table import read_table
from tui.exchange.writing import write_contacts_csv

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NUMBERS = [f"+4420794601{n:02}" for n in range(12)]
PREMIUM = "+449098790123"
FIRMS = ["Acme Tools", "Nordkap", ""]
SAID = st.sampled_from(["", "a letter", "=no", "no", "never", "0", "False", "asked: « stop »", "-"])


def forbidden(e164):
    return why("premium_rate") if e164 == PREMIUM else None


@st.composite
def people(draw):
    made = []
    for place in range(draw(st.integers(1, 5))):
        chosen = draw(st.lists(st.sampled_from([*NUMBERS, PREMIUM]), max_size=3, unique=True))
        numbers = tuple(Number(one, one, bad=draw(st.booleans())) for one in chosen)
        made.append(
            Contact(
                f"c{place}", name=f"Person {place}", company=draw(st.sampled_from(FIRMS)), numbers=numbers
            )
        )
    return made


@st.composite
def entries(draw):
    made = []
    for place in range(draw(st.integers(0, 4))):
        said = Entry(f"e{place}", NOW, NOW.date(), why=draw(SAID))
        kind = draw(st.sampled_from(["person", "number", "firm", "register"]))
        numbers = tuple(draw(st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=3)))
        made.append(
            {
                "person": replace(said, contact_id=f"c{draw(st.integers(0, 4))}"),
                "number": replace(said, numbers=numbers),
                "firm": replace(said, firm=draw(st.sampled_from(["acme tools", "nordkap"]))),
                "register": replace(said, numbers=numbers, register="TPS", country="GB"),
            }[kind]
        )
    return made


def written(contacts):
    """The contacts as the command writes them: what was said in words."""
    out = io.StringIO()
    worded = (
        replace(one, do_not_call=replace(one.do_not_call, why=refusal(one.do_not_call)))
        if one.do_not_call
        else one
        for one in contacts
    )
    write_contacts_csv(worded, out)
    return out.getvalue()


@given(people(), entries(), st.sets(st.integers(0, 4)))
def test_who_may_not_be_called_here_may_not_be_called_there(known, said, refused_in_a_call):
    calls = {
        f"c{n}": (Call(f"k{n}", f"c{n}", NOW, "do_not_call", Category.DO_NOT_CALL),)
        for n in refused_in_a_call
    }
    here = MayCall(DoNotCallList(said), lambda one: calls.get(one, ()), forbidden)
    marked = [here.marked(one) for one in known]
    table = read_table(written(marked).encode("utf-8-sig"), "shared.csv")
    there = MayCall(DoNotCallList(), forbidden=forbidden)
    back = {
        one.name: there.marked(one)
        for one in build(table, guess(table), region="GB", list_name="x", now=NOW).contacts
    }
    for one in marked:
        theirs = back[one.name]
        # Where only the numbers are refused they alone come back so: nobody said it of the person.
        is_of_numbers = one.do_not_call.covers == NUMBERS_ONLY
        assert bool(theirs.do_not_call) == (bool(one.do_not_call) and not is_of_numbers)
        assert theirs.do_not_call.covers == ("" if is_of_numbers else one.do_not_call.covers)
        assert {n.e164 for n in theirs.numbers if n.dialable} == {n.e164 for n in one.numbers if n.dialable}
        assert {n.e164 for n in theirs.numbers} == {n.e164 for n in one.numbers}
        against = here.why_not(one)
        assert against is None or there.why_not(theirs) is not None
    assert Refusal() == Refusal(covers="firm")  # whom it covers is no other refusal

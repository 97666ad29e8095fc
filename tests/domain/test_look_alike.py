"""Whoever looks like somebody who refused is found by keys, and these find just whom a comparison with each would."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from tui.domain.contact import Contact
from tui.domain.do_not_call import Entry
from tui.domain.identity.look_alike import LookAlikes
from tui.domain.identity.names import firms_alike

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
FIRMS = st.lists(
    st.sampled_from(
        ["Nord", "Kap", "nordkap", "Müller", "Mueller", "GmbH", "S.p.A.", "& Co", "7", "the", "-"]
    ),
    max_size=5,
).map(" ".join)


@given(refused=FIRMS, other=FIRMS)
@example(refused="Nordkap GmbH", other="Nord Kap")
@example(refused="Nord", other="Nord Kap 7 Ltd")
@example(refused="Nord Kap 7", other="Nord")
@example(refused="Kap Nord Nord", other="Nord Kap")
@example(refused="GmbH", other="GmbH & Co")
@example(refused="", other="")
def test_a_firm_that_refused_is_found_where_a_comparison_finds_it(refused, other):
    found = LookAlikes([Entry("e", AT, date(2026, 11, 2), firm=refused or "-")])
    somebody = Contact("bo", name="Bo Lund", company=other, created_at=AT)
    assert bool(list(found.of(somebody))) == firms_alike(refused or "-", other)


def test_nobody_is_compared_with_every_firm_of_a_family(monkeypatch):
    from tui.domain.identity import look_alike

    entries = [Entry(str(n), AT, date(2026, 11, 2), firm=f"Rossi Pumps {n}") for n in range(300)]
    asked = []
    monkeypatch.setattr(
        look_alike, "firms_alike", lambda one, other: asked.append(other) or firms_alike(one, other)
    )
    found = LookAlikes(entries)
    assert [entry.firm for entry in found.of(Contact("bo", company="Rossi Pumps 7 Ltd"))][:1] == [
        "Rossi Pumps 7"
    ]
    assert set(asked) == {"Rossi Pumps 7"}

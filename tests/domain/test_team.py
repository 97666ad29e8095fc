"""Who is on the team by any of their names, and whose a person is."""

from __future__ import annotations

import pytest

from tui.domain.contact import Rep
from tui.domain.shared.team import Team, Whose

KAT = Rep("", "Kat Example", ("Kitty", "kat@example.com"))
ZOE = Rep("", "Zoë Müller", ("Müller, Zoë",))
ANN = Rep("ann-id", "Ann Rossi", ("Annie",))
KATS = Rep("kat-id", "Kitty")
TEAM = Team(ANN, (KAT, ZOE, Rep("", "Ann Rossi")), (KATS,))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Kat Example", "Kat Example"),
        ("KAT  EXAMPLE", "Kat Example"),
        ("Example, Kat", "Kat Example"),
        ("kitty", "Kat Example"),
        ("Kat@Example.com", "Kat Example"),
        ("zoe muller", "Zoë Müller"),
        ("Zoe Mueller", "Zoë Müller"),
        ("annie", "Ann Rossi"),
        ("Kat Exmaple", ""),
        ("Kat", ""),
        ("", ""),
    ],
)
def test_a_member_is_known_by_every_name(said, name):
    assert TEAM.called(said) == name


@pytest.mark.parametrize(
    ("said", "near"),
    [("Kat Exmaple", "Kat Example"), ("Kat", "Kat Example"), ("Zoe", "Zoë Müller"), ("Hubert", ""), ("", "")],
)
def test_the_nearest_name_is_offered(said, near):
    assert TEAM.nearest(said) == near


def test_a_name_two_members_go_by_is_nobodys():
    both = Team(ANN, (Rep("", "Jo Hart", ("Jo",)), Rep("", "Jo Wu", ("Jo",))))
    assert both.called("Jo") == ""
    assert both.whose("Jo") is Whose.UNKNOWN


@pytest.mark.parametrize(
    ("owner", "owner_id", "whose"),
    [
        ("", "", Whose.ANYBODYS),
        (" ", "", Whose.ANYBODYS),
        (" ann rossi ", "", Whose.MINE),
        ("ann rossi", "", Whose.MINE),
        ("Annie", "", Whose.MINE),
        ("Kitty", "", Whose.COLLEAGUES),
        ("Kat Exmaple", "", Whose.UNKNOWN),
        ("Kat Exmaple", "ann-id", Whose.MINE),
        ("Kat Exmaple", "kat-id", Whose.COLLEAGUES),
        ("Ann Rossi", "an-older-folder", Whose.MINE),
    ],
)
def test_whose_somebody_is(owner, owner_id, whose):
    assert TEAM.whose(owner, owner_id) is whose


def test_where_the_team_names_nobody_an_owner_is_a_colleague():
    assert Team(ANN).whose("Kat Exmaple") is Whose.COLLEAGUES
    assert Team(Rep("ann-id")).whose("Kat Exmaple") is Whose.ANYBODYS


def test_what_i_was_called_in_an_earlier_folder_is_still_me():
    team = Team(ANN, (), (Rep("older", "Ann Rossi"),))
    assert team.whose("Ann Rossi", "older") is Whose.MINE
    assert [team.made_by_me(one) for one in ("", "ann-id", "older", "kat-id")] == [True, True, True, False]

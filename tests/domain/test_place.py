"""Where a person is by the state and the postcode of their record."""

import pytest

from tests.rows import each
from tui.domain.contact import Contact
from tui.domain.law import binding
from tui.domain.place import home, place_of, zones_at
from tui.settings.lawpacks import read_packs

EASTERN, CENTRAL = "America/New_York", "America/Chicago"
MOUNTAIN, PACIFIC = "America/Denver", "America/Los_Angeles"


@each(
    ("fields", "country", "states", "zones"),
    [
        ({"State": "CA"}, "US", {"CA"}, (PACIFIC,)),
        ({"Address 1: State/Province": "California"}, "US", {"CA"}, (PACIFIC,)),
        ({"MailingState": "new york"}, "US", {"NY"}, (EASTERN,)),
        ({"billing_state_code": "TX"}, "US", {"TX"}, (CENTRAL, MOUNTAIN)),
        ({"State or Province": "D.C."}, "US", {"DC"}, (EASTERN,)),
        ({"Zip": "90210"}, "US", {"CA"}, (PACIFIC,)),
        ({"ZIP/Postal Code": "02134-1234"}, "US", {"MA"}, (EASTERN,)),
        ({"Postal Code": "2134"}, "US", {"MA"}, (EASTERN,)),
        ({"zipcode": "79901"}, "US", {"TX"}, (MOUNTAIN,)),
        ({"State": "TX", "Zip": "79901"}, "US", {"TX"}, (MOUNTAIN,)),
        ({"State": "TN", "PostalCode": "38103"}, "US", {"TN"}, (CENTRAL,)),
        ({"State": "NY", "Zip": "90210"}, "US", {"NY", "CA"}, (EASTERN, PACIFIC)),
        ({"State": "AZ"}, "US", {"AZ"}, ("America/Phoenix",)),
        ({"Province": "Qu\u00e9bec"}, "CA", {"QC"}, ("America/Toronto",)),
        ({"zipcode": "V0K 1A0"}, "CA", {"BC"}, ("America/Vancouver",)),
        ({"state": "BC"}, "CA", {"BC"}, ("America/Vancouver",)),
        ({"state": "VIC", "zipcode": "3342"}, "AU", {"VIC"}, ("Australia/Melbourne",)),
        ({"Postcode": "0870"}, "AU", {"NT"}, ("Australia/Darwin",)),
        ({"Postcode": "870"}, "AU", {"NT"}, ("Australia/Darwin",)),
        ({"BILLINGSTATE": "CO", "BILLINGPOSTALCODE": "80525"}, "US", {"CO"}, (MOUNTAIN,)),
        ({"State (part)": "CA"}, "US", {"CA"}, (PACIFIC,)),
        ({"homeprovince": "CA"}, "US", {"CA"}, (PACIFIC,)),
        ({"Bundesland/Kanton gesch\u00e4ftlich": "CA"}, "US", {"CA"}, (PACIFIC,)),
        ({"Postleitzahl gesch\u00e4ftlich": "90210"}, "US", {"CA"}, (PACIFIC,)),
        ({"CAP (uff.)": "90210"}, "US", {"CA"}, (PACIFIC,)),
        ({"\u00c9tat": "CA"}, "US", {"CA"}, (PACIFIC,)),
        ({"C\u00f3digo postal del trabajo": "90210"}, "US", {"CA"}, (PACIFIC,)),
        ({"Zip4": "1234"}, "US", set(), ()),
        ({"Market cap": "90210"}, "US", set(), ()),
        ({"Estado civil": "CA"}, "US", set(), ()),
        ({"State": "Bavaria"}, "US", set(), ()),
        ({"State": "open"}, "US", set(), ()),
        ({"Country/Region": "CA"}, "US", set(), ()),
        ({"Status": "CA"}, "US", set(), ()),
        ({"Zip": "99"}, "US", set(), ()),
        ({"State": "CA"}, "IT", set(), ()),
        ({}, "US", set(), ()),
    ],
)
def test_state_and_postcode_tell_the_place(
    fields: dict[str, str], country: str, states: set[str], zones: tuple[str, ...]
) -> None:
    place = place_of(fields, country)
    assert (set(place.states), place.zones) == (states, zones)


@pytest.mark.parametrize(
    ("zones", "expected"),
    [
        ((EASTERN,), (PACIFIC, EASTERN)),
        ((PACIFIC,), (PACIFIC,)),
        ((EASTERN, CENTRAL, MOUNTAIN, PACIFIC), (PACIFIC,)),
        ((), (PACIFIC,)),
    ],
)
def test_where_place_and_number_disagree_both_clocks_count(
    zones: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert zones_at(place_of({"State": "CA"}, "US"), zones) == expected


def test_nothing_known_of_the_place_leaves_the_number_its_zones() -> None:
    assert zones_at(place_of({"Town": "Rome"}, "US"), (EASTERN,)) == (EASTERN,)


def test_a_state_of_the_neighbour_that_shares_the_code_is_found() -> None:
    assert home({"Province": "BC"}, "US").country == "CA"
    assert home({"State": "FL"}, "CA").country == "US"
    assert home({"State": "FL"}, "GB").country == ""


@pytest.mark.parametrize(
    "fields",
    [{"state": "FL"}, {"Mailing State/Province": "Florida"}, {"Zip Code": "33101"}, {"PostalCode": "33101"}],
)
def test_the_law_of_the_state_binds_beside_that_of_the_number(fields: dict[str, str]) -> None:
    packs = binding(read_packs("US"), Contact("c1", fields=fields), "US", "+12065550143", consumer=True)
    assert {"US-FL", "US-WA", "US"} <= {pack.id for pack in packs}

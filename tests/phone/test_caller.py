"""From a caller's number to the people who have it."""

import random
import subprocess
import sys

import pytest

from tui.phone import CallerIndex, CallerMatch, MatchKind

ANN, BO, EVA = "ann", "bo", "eva"


@pytest.fixture
def index() -> CallerIndex:
    return CallerIndex([(ANN, "+442079460018"), (BO, "+442079460018"), (EVA, "+447700900123")])


@pytest.mark.parametrize(
    "raw", ["+442079460018", "00442079460018", "020 7946 0018", "442079460018", "+44 (0)20 7946 0018"]
)
def test_every_format_of_a_known_number_is_exact_and_names_everybody_on_it(
    index: CallerIndex, raw: str
) -> None:
    match = index.find(raw, "GB")
    assert (match.kind, match.ids) == (MatchKind.EXACT, (ANN, BO))


@pytest.mark.parametrize(
    ("raw", "region"),
    [
        ("9 020 7946 0018", "GB"),  # a switchboard's own prefix: it may as well be another number
        ("2079460018", "US"),  # a number of Maine
        ("+442179460018", "GB"),
        ("+390279460018", "GB"),
        ("+12079460018", "US"),
    ],
)
def test_a_number_that_only_ends_alike_names_nobody(index: CallerIndex, raw: str, region: str) -> None:
    assert index.find(raw, region).ids == ()


@pytest.mark.parametrize(
    ("raw", "prefix", "known"),
    [
        ("902079460018", "9", True),
        ("0002079460018", "0", False),
        ("902079460018", "8", False),
        ("9118", "9", False),
    ],
)
def test_the_reps_own_prefix_for_an_outside_line_is_no_part_of_the_number(
    index: CallerIndex, raw: str, prefix: str, known: bool
) -> None:
    assert (index.find(raw, "GB", prefix).ids == (ANN, BO)) == known


@pytest.mark.parametrize("raw", ["02 7946 0018", "0279460018", "00390279460018", "+39 02 79460018"])
def test_a_number_written_as_in_the_country_of_the_people_we_know_is_exact(raw: str) -> None:
    index = CallerIndex([(ANN, "+390279460018"), (BO, "+4930279460018")])
    assert index.find(raw, "GB") == CallerMatch(MatchKind.EXACT, (ANN,))


@pytest.mark.parametrize("raw", ["18", "118", "1018", "60018", "+118"])
def test_an_extension_is_nobodys_number_not_even_where_one_ends_so(index: CallerIndex, raw: str) -> None:
    index.add("eli", "+44118")
    assert index.find(raw, "GB") == CallerMatch(MatchKind.EXTENSION)


def test_a_longer_number_that_only_ends_alike_is_unknown(index: CallerIndex) -> None:
    assert index.find("+493179460018", "GB").kind is MatchKind.UNKNOWN


@pytest.mark.parametrize(
    "raw", ["", " ", "anonymous", "Restricted", "PRIVATE", "unavailable", "withheld@anonymous.invalid"]
)
def test_a_caller_who_shows_no_number_is_withheld(index: CallerIndex, raw: str) -> None:
    assert index.find(raw, "GB").kind is MatchKind.WITHHELD


@pytest.mark.parametrize(
    "raw",
    [
        "sales",
        "not 123456",
        "call 020 7946 0018",
        "123456",
        "9" * 500,
        "+" + "15551234567890" * 3,
        "\x1b[31m7700900",
    ],
)
def test_what_is_no_number_to_call_back_is_unreadable(index: CallerIndex, raw: str) -> None:
    assert index.find(raw, "GB") == CallerMatch(MatchKind.UNREADABLE)


@pytest.mark.parametrize("raw", ["+12025550187", "12025550187", "020 7946 0019"])
def test_a_stranger_is_unknown(index: CallerIndex, raw: str) -> None:
    assert index.find(raw, "GB").kind is MatchKind.UNKNOWN


def test_a_contact_that_leaves_is_forgotten_and_the_others_stay(index: CallerIndex) -> None:
    index.remove(ANN, "+442079460018")
    index.remove(ANN, "+442079460018")
    assert index.find("+442079460018", "GB").ids == (BO,)
    index.remove(BO, "+442079460018")
    assert index.find("+442079460018", "GB").kind is MatchKind.UNKNOWN
    assert len(index) == 1


def test_a_number_learnt_during_the_session_is_found_at_once(index: CallerIndex) -> None:
    index.add("dee", "+12025550187")
    index.add("dee", "+12025550187")
    index.add("dee", "")
    assert index.find("(202) 555-0187", "US").ids == ("dee",)


def test_numbers_of_a_big_list_are_found_in_every_format_a_switchboard_sends() -> None:
    chance = random.Random(3)
    numbers = [(str(row), f"+4420{chance.randrange(10**8):08d}") for row in range(5_000)]
    index = CallerIndex(numbers)
    for row, e164 in chance.sample(numbers, 300):
        national = "0" + e164[3:]
        for raw in (e164, "00" + e164[1:], national, e164[1:]):
            assert row in index.find(raw, "GB").ids, raw


def test_a_caller_with_a_full_number_is_found_without_loading_the_number_library() -> None:
    code = (
        "import sys; from tui.phone import CallerIndex;"
        "index = CallerIndex([('ann', '+442079460018')]);"
        "assert index.find('+44 20 7946 0018', 'GB').ids == ('ann',);"
        "assert 'phonenumbers' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

"""What a written number is: nothing is guessed, no digit is added, and the words beside it are told apart."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rows import each
from tui.phone import PROBLEM_WORDS, normalise, parse
from tui.phone.number_text import taken_apart

_WHICH = "which_country"


@each(
    ("raw", "region", "expected"),
    [
        # With a plus it is what it says, whatever stands in it.
        ("+1\ufe0d-202-555-0146", "GB", "+12025550146"),
        ("+49\ufe0f 30 23125018", "GB", "+493023125018"),
        ("+1\u034f202\u115f555\u180e0146", "GB", "+12025550146"),
        ("+1\u2800202\u200b555\u200e0146\u202c", "IT", "+12025550146"),
        ("\u2066+1 202\u2069 555 0146", "DE", "+12025550146"),
        ("+1 (US) 202-555-0143", "GB", "+12025550143"),
        ("+44 (UK) 020 7946 0018", "US", "+442079460018"),
        ("+1 US 202-555-0143", "GB", "+12025550143"),
        ("+1 202\t555\n0144", "GB", "+12025550144"),
        ("+(1) 202 555 0144", "GB", "+12025550144"),
        ("+1 [US] 202-555-0144", "GB", "+12025550144"),
        ("+1, 202-555-0144", "GB", "+12025550144"),
        ("+1: 202-555-0145", "GB", "+12025550145"),
        ("+1 | 202-555-0145", "GB", "+12025550145"),
        ("+39; 055 012 3456", "US", "+390550123456"),
        ("\uff0b\uff11 202 555 0145", "GB", "+12025550145"),
        ("(+44) 20 7946 0018", "US", "+442079460018"),
        ("00+44 20 7946 0018", "US", "+442079460018"),
        ("+0044 20 7946 0018", "US", "+442079460018"),
        ("+ 44 (0) 20 7946 0018", "US", "+442079460018"),
        ("++44 20 7946 0018", "US", "+442079460018"),
        ("+1 202 555", "GB", "too_short_for_country"),
        ("+1 202-555-0143 0144", "GB", "too_long_for_country"),
        ("+20 255", "GB", "too_short_for_country"),
        # Without one it is the reading that exists.
        ("442079460018", "GB", "+442079460018"),
        ("442079460018", "US", "+442079460018"),
        ("12025550143", "DE", "+12025550143"),
        ("12025550143", "GB", "+12025550143"),
        ("393331234567", "IT", "+393331234567"),
        ("33639980101", "US", "+33639980101"),
        ("4915123456789", "AT", "+4915123456789"),
        ("2079460018", "GB", "+442079460018"),
        ("7700900101", "GB", "+447700900101"),
        ("7911123456", "GB", "+447911123456"),
        ("3331234567", "IT", "+393331234567"),
        ("612345678", "ES", "+34612345678"),
        ("479-366-1234", "US", "+14793661234"),
        ("2025550143", "US", "+12025550143"),
        ("2025550143", "CA", "+12025550143"),
        ("(555) 555-0143", "US", "+15555550143"),
        ("5555550143", "US", "+15555550143"),
        ("1 202 555 0143", "US", "+12025550143"),
        ("0355 500174", "DE", "+49355500174"),
        ("0011 44 20 7946 0018", "AU", "+442079460018"),
        ("0049 30 23125018", "US", "+493023125018"),
        # Both exist, or neither: nobody guesses.
        ("442079460018", "DE", _WHICH),
        ("33199000018", "DE", _WHICH),
        ("2025550143", "GB", _WHICH),
        ("202-555-0143", "GB", _WHICH),
        ("(202) 555-0143", "FR", _WHICH),
        ("202.555.0143", "IT", _WHICH),
        ("202 555 0143", "ES", _WHICH),
        ("202-555-0143", "", "no_country_code"),
        ("202-555-0143", "DE", _WHICH),
        ("1-202-555-0143", "GB", "+12025550143"),
        ("1 (202) 555-0143", "DE", "+12025550143"),
        ("202.555.0143 * 9", "GB", _WHICH),
        ("202-555-0145 x 9", "GB", _WHICH),
        ("310-555-0143", "AU", _WHICH),
        # So it is with a zero in front, and where nearly all digits are somebody's number.
        ("0639980101", "GB", _WHICH),
        ("0199000018", "GB", _WHICH),
        ("03-1234-5678", "GB", _WHICH),
        ("03-1234-5678", "DE", _WHICH),
        ("020 2555 0143", "GB", _WHICH),
        ("020 7946 0018", "FR", _WHICH),
        ("020 7946 0018", "AU", _WHICH),
        ("8 (312) 345-67-89", "RU", _WHICH),
        ("2025550143", "DE", _WHICH),
        ("202 555 0143", "DE", _WHICH),
        ("2025550143", "AT", _WHICH),
        ("202 555 0143", "IN", _WHICH),
        ("203 555 0143", "GB", _WHICH),
        ("0044 3 1234 5678", "US", "+44312345678"),
        ("011 44 20 7946 0018", "US", "+442079460018"),
        ("011 44 20 7946 0018", "GB", "+442079460018"),
        ("011 1 202 555 0143", "DE", "+12025550143"),
        ("0011 61 2 5550 0143", "GB", "+61255500143"),
        ("00 44 20 7946", "GB", "area_code_missing"),
        # Numbers kept for films and samples exist at home, and everywhere behind a plus.
        ("01632 960123", "GB", "+441632960123"),
        ("0115 496 0123", "GB", "+441154960123"),
        ("07700 900123", "GB", "+447700900123"),
        ("020 7946 0123", "GB", "+442079460123"),
        ("06 39 98 01 01", "FR", "+33639980101"),
        ("01 99 00 00 18", "FR", "+33199000018"),
        ("020 912 3456", "IE", "+353209123456"),
        ("0491 570 156", "AU", "+61491570156"),
        ("+44 1632 960123", "US", "+441632960123"),
        ("+353 20 912 3456", "GB", "+353209123456"),
        ("+1 555 555 0143", "GB", "+15555550143"),
        # Words beside it add no digit; letters in its digits refuse it.
        ("030 23125018 (Anna)", "DE", "+493023125018"),
        ("+49 30 23125018 (Hans-Peter)", "", "+493023125018"),
        ("0049 30 23125018 Frau Falk", "DE", "+493023125018"),
        ("030 23125018 abends", "DE", "+493023125018"),
        ("055 012 3456 ore pasti", "IT", "+390550123456"),
        ("020 7946 0018 ask for Ann", "GB", "+442079460018"),
        ("+1 202 555 0143 (direct line)", "GB", "+12025550143"),
        ("[Office 020 7946 0018]", "GB", "+442079460018"),
        ("cell2025550143", "US", "+12025550143"),
        ("O20 7946 0018", "GB", "letter_among_digits"),
        ("02O 7946 0018", "GB", "letter_among_digits"),
        ("020 7946 OO18", "GB", "letter_among_digits"),
        ("020 7946 001O", "GB", "letter_among_digits"),
        ("+44 2O 7946 0018", "US", "letter_among_digits"),
        ("202-555-O143", "US", "letter_among_digits"),
        ("O 20 7946 0018", "GB", "letter_among_digits"),
        ("020 7946 00l8", "GB", "letter_among_digits"),
        ("02\u041e 7946 0018", "GB", "letter_among_digits"),
        ("202 call 555 me 0143", "US", "letter_among_digits"),
        ("020 7946 0018 \x1b[31m", "GB", "no_phone_number"),
        ("020@7946.0018", "GB", "no_phone_number"),
        ("020 7946 (OO18)", "GB", "letter_among_digits"),
        ("(O20) 7946 0018", "GB", "letter_among_digits"),
        ("+44 (O)20 7946 0018", "GB", "letter_among_digits"),
        ("030 2312 (5O18)", "DE", "letter_among_digits"),
        # Figures that belong to the words beside it are none of its digits.
        ("030 23125018 (2)", "DE", "+493023125018"),
        ("030 23125018 option 2", "DE", "+493023125018"),
        ("+1 (202) 555-0143 9am-5pm", "GB", "+12025550143"),
        ("+1 202-555-0143 UTC-5", "GB", "+12025550143"),
        ("020 7946 0018 (Mrs Smith, after 5pm)", "GB", "+442079460018"),
        ("055 012 3456 dopo le 18", "IT", "+390550123456"),
        # What begins with a zero is another country's where nobody begins so.
        ("020 7946 0018", "US", _WHICH),
        ("07700 900101", "ES", _WHICH),
        ("3331234567", "ES", _WHICH),
        ("000-000-0000", "US", "no_phone_number"),
        # A country that has numbers in letters keeps them.
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("+1 800 GOFEDEX", "GB", "+18004633339"),
        ("1-800-CONTACTS", "US", "+18002668228"),
        ("(202) 555-CARS", "US", "+12025552277"),
        ("0800 REIMANN", "DE", "+498007346266"),
        ("1300 FLYING", "AU", "+611300359464"),
        ("0800 Anna", "DE", "wrong_length"),
        ("0800 Annabel", "DE", "wrong_length"),
        ("0800 call me", "GB", "area_code_missing"),
        ("1-800-flowers", "CA", "+18003569377"),
        ("030 2312 Karin", "DE", "+49302312"),
        ("1-800-FLOWERS", "IT", "too_short_for_country"),
    ],
)
def test_a_number_is_what_exists_or_a_question(raw: str, region: str, expected: str) -> None:
    normal = normalise(raw, region)
    assert (normal.e164 or normal.problem) == expected
    assert parse(raw, region).e164 == normal.e164
    assert not normal.problem or normal.problem in PROBLEM_WORDS


@pytest.mark.parametrize(
    ("raw", "region", "expected"),
    [
        ("442079460018", "DE", "+49442079460018"),
        ("639980101", "FR", "+33639980101"),
        ("0639980101", "GB", "+44639980101"),
        ("2025550143", "DE", "+492025550143"),
        ("020 7946 0018", "US", _WHICH),
        ("2025550143", "GB", _WHICH),
        ("202-555-0143", "GB", _WHICH),
    ],
)
def test_a_number_whose_country_is_known_is_of_that_country_unless_it_is_none(
    raw: str, region: str, expected: str
) -> None:
    normal = normalise(raw, region, is_sure=True)
    assert (normal.e164 or normal.problem) == expected


@each(
    ("raw", "ext"),
    [
        ("202-555-0145 x 9", "9"),
        ("202.555.0143 * 9", "9"),
        ("+12025550144*227", "227"),
        ("202-555-0146,,227#", "227"),
        ("202-555-0146,227", "227"),
        ("202-555-0146;227", "227"),
        ("202-555-0146p227", "227"),
        ("202-555-0146 #227", "227"),
        ("202-555-0146 ext no. 12", "12"),
        ("202-555-0146 Extn: 12", "12"),
        ("(202) 555-0146 (ext 12)", "12"),
        ("202-555-0146 interno 14", "14"),
        ("202-555-0146 int. 14", "14"),
        ("202-555-0146 - int 14", "14"),
        ("202-555-0146 poste 12", "12"),
        ("202-555-0146 p. 12", "12"),
        ("202-555-0146 Durchwahl -12", "12"),
        ("202-555-0146 DW 12", "12"),
        ("202-555-0146 NSt. 12", "12"),
        ("202-555-0146 Klappe 12", "12"),
        ("202-555-0146 extensi\u00f3n 12", "12"),
        ("202-555-0146 anexo 12", "12"),
        ("202-555-0146 ramal 12", "12"),
        ("202-555-0146 \u0434\u043e\u0431. 12", "12"),
        ("tel:+1-202-555-0146;ext=12", "12"),
        ("202-555-0146 x12 (Ann)", "12"),
    ],
)
def test_an_extension_in_any_language_is_kept_and_adds_no_digit(raw: str, ext: str) -> None:
    normal = normalise(raw, "US")
    assert (normal.e164[:9], normal.ext) == ("+12025550", ext)
    assert len(normal.e164) == 12


@pytest.mark.parametrize(
    ("raw", "remark"),
    [
        ("030 23125018 (Anna)", "(Anna)"),
        ("020 7946 0018 - ask for Ann", "ask for Ann"),
        ("020 7946 0018 x12 Ann", "Ann"),
        ("020 7946 0018", ""),
        ("+44 (0)20 7946 0018", ""),
        ("020 7946 0018 x12/13", "/13"),
    ],
)
def test_the_words_beside_a_number_are_its_remark(raw: str, remark: str) -> None:
    assert taken_apart(raw).remark == remark


_PIECES = st.sampled_from(
    [
        *"0123456789",
        *" .-/()+,:;|*#",
        "x",
        " ext ",
        "(US)",
        "Anna",
        "O",
        "\ufe0f",
        "\u034f",
        "\u200b",
        "p",
        "&",
    ]
)


@given(st.lists(_PIECES, max_size=24).map("".join), st.sampled_from(["GB", "US", "DE", "IT", "FR", ""]))
def test_no_digit_of_a_number_comes_from_anything_but_a_digit(raw: str, region: str) -> None:
    normal = normalise(raw, region)
    written = re.sub(r"\D", "", raw)
    if normal.e164 and not any(map(str.isalpha, raw)):
        national = normal.e164[1:]
        # But for the code of its country, of up to three digits, the digits stand in the text in one stretch.
        assert any(national[length:] in written for length in range(4))
    if raw.lstrip(" ").startswith("+") and normal.e164:
        assert written.removeprefix("00").startswith(normal.e164[1:3])


@given(
    st.text(alphabet="0123456789", min_size=6, max_size=13),
    st.lists(
        st.tuples(
            st.integers(0, 14),
            st.sampled_from(
                [
                    "\ufe0f",
                    "\ufe00",
                    "\u034f",
                    "\u115f",
                    "\u180e",
                    "\u2800",
                    "\u202a",
                    " (US) ",
                    ", ",
                    ": ",
                    "|",
                    " - ",
                ]
            ),
        ),
        max_size=4,
    ),
)
def test_a_number_with_a_plus_is_the_same_one_in_every_country(
    digits: str, odd: list[tuple[int, str]]
) -> None:
    text = list(digits)
    for at, sign in odd:
        text.insert(min(at, len(text)), sign)
    read = {
        normalise("+" + "".join(text), region).e164 for region in ("", "GB", "US", "DE", "IT", "EG", "AU")
    }
    assert len(read) == 1
    assert read <= {""} or digits.startswith(read.pop()[1:3])


@given(
    st.sampled_from(["GB", "US", "FR", "IT", "DE", "AU", "JP", "IN", "BR"]),
    st.sampled_from(["", "0", "00", "011", "1", "20", "44", "49", "33", "2025550", "06", "07700900"]),
    st.text(alphabet="0123456789", min_size=4, max_size=10),
    st.sampled_from(["", " ", "-", "."]),
)
def test_a_number_without_a_plus_is_read_only_as_one_that_exists(
    region: str, front: str, digits: str, mark: str
) -> None:
    text = f"{front}{digits[:3]}{mark}{digits[3:]}"
    found = normalise(text, region).e164
    says_country = text.startswith("00")
    # Fictional ranges are not listed, nor are the newest area codes of North America.
    is_kept = found.startswith(("+447700900", "+441632960", "+441154960", "+3363998")) or (
        region == "US" and found.startswith("+1")
    )
    assert not found or says_country or is_kept or parse(found, "").valid

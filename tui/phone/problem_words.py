"""What is wrong with a number, in words: the end of a sentence, such as `… cannot be dialled: too short`.

These words stand here and not in `cockpit/wording`, because an import says them too, and `exchange` knows no cockpit.
"""

from __future__ import annotations

PROBLEM_WORDS = {
    "no_number": "no number",
    "no_country_code": "no country code; write it with + and the country code",
    "no_phone_number": "not a phone number",
    "which_country": "which country? Write it with + and the country code",
    "letter_among_digits": "a letter stands among its digits",
    "shortened": "a spreadsheet shortened it; format the column as text and export again",
    "too_short": "too short for a phone number",
    "too_short_after_prefix": "too short after the dialling prefix",
    "too_long": "too long for a phone number",
    "unknown_country_code": "unknown country code",
    "too_short_for_country": "too short for its country",
    "too_long_for_country": "too long for its country",
    "area_code_missing": "area code is missing",
    "wrong_length": "wrong length for its country",
}
"""By the code of a `problem` of `normalise` and `parse`."""

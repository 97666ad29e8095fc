"""What a rep picks with one key, in words, and names of what has no other: pauses, parts of a script, refusals.

Of some the words are kept in the record.
"""

from __future__ import annotations

SKIP_REASONS = (
    ("1", "not the right moment for them"),
    ("2", "I need to prepare"),
    ("3", "not now"),
    ("4", "other"),
)
"""Why somebody is put off until tomorrow; kept with the skip."""
MANY = (("t", "tags"), ("l", "lists"), ("s", "skip until"), ("o", "owner"))
"""What can be changed of many people at once."""
CHANGE_MANY = (("y", "yes, do it"),)
HAND_MANY_OVER = (("y", "yes, all of them agreed"),)
IN_AN_HOUR, AT_A_TIME = ("h", "in an hour"), ("t", "at a time you type")
"""Until when somebody is put off, in place of tomorrow; kept as the reason."""
SOFTEN, STOP = ("e", "by e-mail instead"), ("x", "stop, for good")
DECISIONS = (("c", "call now"), SOFTEN, STOP)
PURSUE = ("r", "call again as before")
PUT_OFF_THRICE = "put off three times"
"""Kept as the reason when a third skip leads to messages instead of calls."""
GAVE_UP = ("no interest after several tries", "asked to stop", "chose somebody else", "no budget", "other")
"""Why somebody is stopped; kept with the person."""
NO_FIT = (
    "no need for it",
    "too small",
    "we cannot serve them",
    "not the right firm",
    "out of business",
    "other",
)
"""Why somebody does not fit; kept with the call."""
CALL = (("y", "yes, call"),)
SAME_PERSON = (("y", "yes, never call"), ("n", "no, somebody else"))
ONE_OR_TWO = (("y", "one person"), ("n", "two people"))
CALL_ANYWAY = (("y", "call anyway"),)
WHICH_CALL = (("y", "on this card; my notes move"), ("n", "another call"))
PAUSE_WORDS = {
    "break": "a break",
    "task": "something to do first",
    "tech": "technical trouble",
    "incoming": "a customer calls",
}
"""By the name a pause is recorded under."""
SITUATION_WORDS = {
    "gatekeeper": "the gatekeeper",
    "stop": "they want no more calls",
    "they_ring_back": "they call back",
}
"""Parts of a script that are called otherwise than their names."""
GIVEN_ON_THE_PHONE = "given on the phone"
"""The label of a number that was told in a call."""
REFUSED = "asked us not to be called"
"""Why somebody is on the do-not-call list when no reason was given."""
REFUSED_FOR = {
    "this person": "they asked",
    "this number": "they asked, for this number",
    "the whole firm": "they asked, for the whole firm",
}
"""What stands on the do-not-call list after a call, by whom the refusal covers."""

"""What is said of one company's people, of putting people off, and of many at once: more rows of `notices`."""

from __future__ import annotations

from collections.abc import Mapping

FINDING: Mapping[str, str] = {
    # One company.
    "never_in_touch": "none yet",
    # Putting somebody off.
    "put_off": "Put off until tomorrow: {reason}.",
    "put_off_until": "Put off until {when}.",
    "put_off_short": "Put off until {when}",
    "ask_skip_until": "Until when, by your clock? For example: 16:30, tomorrow 10:00, fri",
    "skip_until_unknown": "Not a time I know. Try: 16:30, tomorrow 10:00, fri",
    "skip_until_past": "That was earlier. Try: {offer}",
    "skip_until_which": "Which one: {times}? Type it in full.",
    # Many people at once.
    "many_of_whom": "Find people first: {find}. Then this changes everybody who is found.",
    "many_nobody": "Nobody is in view.",
    "many_names": "{names} and {others:more|more}",
    "these_people": "{people:person|people}",
    "ask_many": "For {people:person|people}: {names}. What do you want to change?",
    "many_whom": "{people:person|people}: {names}.",
    "many_ask_tags": "Which tags for {people:person|people}? With commas; a minus takes one off: vip, -cold",
    "many_ask_lists": "Which lists for {people:person|people}? With commas; a minus takes one off: fair, -autumn",
    "many_ask_until": (
        "Put {people:person|people} off until when, by your clock? For example: 16:30, tomorrow 10:00, fri"
    ),
    "many_ask_owner": "Who looks after {people:person|people} from now on? Give the name of a colleague, or yours.",
    "many_ask_note": "What must {rep} know about {people:person|people}? A hand-over needs a note.",
    "many_tags_added": "{people:person gets|people get} the tags: {added}.",
    "many_tags_removed": "{people:person loses|people lose} the tags: {removed}.",
    "many_tags": "{people:person changes|people change}. Tags they get: {added}. Tags they lose: {removed}.",
    "many_lists_added": "{people:person comes|people come} on the lists: {added}.",
    "many_lists_removed": "{people:person leaves|people leave} the lists: {removed}.",
    "many_lists": "{people:person changes|people change}. Lists they get: {added}. Lists they lose: {removed}.",
    "many_skip": "{people:person is|people are} put off until {when}.",
    "many_owner": '{people:person goes|people go} to {owner}. Your note: "{note}" Have all of them agreed?',
    "many_mine": "{people:person is|people are} yours from now on.",
    "many_promises": "{promises:promise stays|promises stay} yours until {owner} has taken them over.",
    "many_stand": "{promises:promise before then stands|promises before then stand}.",
    "many_same": "{people:person is|people are} so already.",
    "many_uncalled": "{people:person is|people are} not called anyway, and left out.",
    "many_in_call": "{people:person is|people are} in an open call, and left out.",
    "many_nothing": "Nothing would change. {why}",
    "many_working": "Changing {people:person|people} ...",
    "many_undone": "Undone: {people:person is|people are} as before.",
    "saved_many_tags": "Tags changed · {people:person|people}",
    "saved_many_lists": "Lists changed · {people:person|people}",
    "saved_many_skip": "Skipped · {people:person|people} → not before {when}",
    "saved_many_owner": "Handed over · {people:person|people} → {owner}",
    "saved_many_mine": "Taken over · {people:person|people} → {owner}",
    "saved_skip_until": "Skipped · {name} → again {when}",
}

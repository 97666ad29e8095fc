"""Call scripts as a trainer might have written them, each with words of its own, all of one length."""

from __future__ import annotations

import random
from itertools import count, islice

_GOODS = ("paper", "vans", "ladders", "coffee", "boots", "filters", "chairs", "lamps", "gloves", "pallets")
_WORRIES = ("the waiting", "the returns", "the price", "late parcels", "the paperwork", "the breakages")
_TOWNS = ("Leeds", "Bath", "Cardiff", "Derby", "Exeter", "Perth", "Ripon", "Truro", "Wells", "York")
_OPENER = """\
opener:
  seconds: 9
  coach: Smile first. They hear it.
  steps:
    - say: Hi {{first_name|there}}, it's {{my_name}} at {{my_company}}.
    - say: I'm calling about {{topic}}, and it takes two minutes. Is this a good moment?
discovery:
  title: How they work today
  steps:"""


def script_text(number: int, lines: int) -> str:
    """A script of exactly so many lines (at least 110), in long forms only: every validator reads those."""
    words = random.Random(number)
    written = [*_head(number, words), *_flow(words), *_situations(words), *_rest(words), "objections:"]
    for objection in (_objection(index, words) for index in count()):
        if len(written) + len(objection) > lines:
            break
        written += objection
    written += islice((f"# Said well in {town}." for town in _TOWNS), lines - len(written))
    if len(written) != lines:
        raise ValueError(f"a script cannot have {lines} lines")
    return "\n".join(written) + "\n"


def _head(number: int, words: random.Random) -> list[str]:
    goods = words.choice(_GOODS)
    return f"""\
# Who needs {goods} near {words.choice(_TOWNS)}: talk to whoever orders.
title: Call {number} about {goods}
id: script_{number}
language: en
version: "{number % 9 + 1}"
owner: sales team
goal: A visit that is agreed, with a day
audience:
  tags: [{goods}, trade]
  kinds: [fresh, follow_up, promise]
variables:
  topic: {{default: your {goods}, about: what they buy from somebody}}""".split("\n")


def _flow(words: random.Random) -> list[str]:
    questions = [line for index in range(4) for line in _question(index, words)]
    return [*_OPENER.split("\n"), *questions, *_ending(words)]


def _ending(words: random.Random) -> list[str]:
    return f"""\
pitch:
  title: What helps them
  steps:
    - say: Then {words.choice(_WORRIES)} may be something we can take off you with our {words.choice(_GOODS)}.
    - ask: What would that change for you in {words.choice(_TOWNS)}?
      id: worth
      save: worth
close:
  steps:
    - ask: Shall we look at it together for {words.randint(10, 40)} minutes?
      id: next_step
      save: next_step
      type: choice
      required: true
      answers:
        yes please: {{goto: agree}}
        send me a page first: {{outcome: email_asked, next_in: 3d}}
        not now: {{outcome: nurture, next_in: 2 weeks}}
    - end: nurture
branches:
  agree:
    steps:
      - ask: Which day is good for you?
        save: promised
        type: date
        required: true
      - end: win""".split("\n")


def _question(index: int, words: random.Random) -> list[str]:
    goods, worry = words.choice(_GOODS), words.choice(_WORRIES)
    return f"""\
    - ask: How do you get {goods} today, and what do you think of {worry}?
      id: question_{index}
      save: answer_{index}
      coach: Let them finish. {words.choice(_TOWNS)} buyers like to think aloud.
      answers:
        we have somebody: {{say: "Good, so you know what {goods} should be like.", value: supplied}}
        nobody yet: {{say: "Then I am glad that I called about {goods}.", value: open}}""".split("\n")


def _situations(words: random.Random) -> list[str]:
    return f"""\
gatekeeper:
  title: Gatekeeper
  steps:
    - say: Good morning, it's {{{{my_name}}}}. I hope you can help me.
    - ask: Who looks after {words.choice(_GOODS)} with you?
      save: decision_maker
      keep: contact
    - end: gatekeeper
they_ring_back:
  steps:
    - say: Thank you for calling back! I called about {{{{topic}}}}.
    - goto: discovery
stop:
  steps:
    - say: Understood. I take you off my list today.
    - end: do_not_call""".split("\n")


def _rest(words: random.Random) -> list[str]:
    return f"""\
voicemail:
  - attempt: "1"
    say: Hi {{{{first_name|there}}}}, it's {{{{my_name}}}} on {{{{my_number}}}} about {words.choice(_GOODS)}.
  - attempt: last
    say: It's {{{{my_name}}}} for the last time, about {words.choice(_WORRIES)}. You find me on {{{{my_number}}}}.
followup:
  on_time: You asked me to call today, so here I am. {{{{reason|I have news for you}}}}
  early: I know that I am early. Is it all right now?
  late: I am late, and I am sorry.
  reasons:
    - {{id: price_list, say: "There is a list of {words.choice(_GOODS)} for {words.choice(_TOWNS)}."}}
    - {{id: neighbour, say: "A neighbour of yours solved {words.choice(_WORRIES)}."}}
    - {{id: visit, say: "I am in {words.choice(_TOWNS)} next week."}}
  stop_after: 4""".split("\n")


def _objection(index: int, words: random.Random) -> list[str]:
    goods, worry = words.choice(_GOODS), words.choice(_WORRIES)
    return f"""\
  - id: objection_{index}
    heard: [no {goods} {index}, not {worry} {index}]
    ask: Of course. What about {worry} matters to you?
    say: Let us look at {goods} before we look at the number.
    ladder:
      - {{ask: "If {worry} were solved, would you decide this week?", offer: "Free {goods}", in_return: A decision}}
    walk_away: Then I leave it there.
    goto: close""".split("\n")

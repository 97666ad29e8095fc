"""A first script from a few answers: a file that works at once and that a trainer can go on writing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from tui.plaintext import clean
from tui.script.files.edit import scalar
from tui.script.language.facts import as_name
from tui.script.language.languages import base

_MAX_NAME = 40


class Question(Struct, frozen=True):
    """One question of the dialogue: the field it fills, what is asked, and an example."""

    field: str
    ask: str
    example: str
    several: bool = False
    """Asked again until nothing is answered."""


DIALOGUE: tuple[Question, ...] = (
    Question("title", "What is the script called?", "Spring call"),
    Question("goal", "What does a good call end with?", "A date for the next talk"),
    Question(
        "opener",
        "Your first words, with a short question at the end?",
        "Hi {{first_name|there}}, it's {{my_name}} at {{my_company}}. Have you got two minutes?",
    ),
    Question(
        "asks", "What do you ask? (Enter alone ends the list)", "What could you use help with?", several=True
    ),
    Question(
        "pitch",
        "What do you offer, once you know? (may stay empty)",
        "I can put an idea on one page for you.",
    ),
    Question("close", "How do you agree the next contact?", "When shall I call you about it?"),
    Question(
        "voicemail",
        "What do you say to a machine?",
        "Hi {{first_name|there}}, {{my_name}} at {{my_company}}, {{my_number}}. One idea for you. {{my_number}}.",
    ),
    Question(
        "they_ring_back",
        "And when they call you?",
        "Thank you for calling! {{reason|I have a question for you}}. Have you got two minutes?",
    ),
    Question(
        "stop",
        "When somebody wants no more calls?",
        "Understood. I'll take you off my list today. Thank you for telling me.",
    ),
)
"""What a trainer is asked, in this order; an empty answer takes the example, except for the offer."""


IN_ITALIAN: Mapping[str, str] = {
    "goal": "Una data per il prossimo contatto",
    "opener": "Buongiorno {{first_name|a lei}}, sono {{my_name}} di {{my_company}}. Ha due minuti?",
    "asks": "Dove le farebbe comodo una mano?",
    "close": "Quando la richiamo per parlarne?",
    "voicemail": "Buongiorno {{first_name|a lei}}, {{my_name}} di {{my_company}}, {{my_number}}. "
    "Ho un'idea per lei. {{my_number}}.",
    "they_ring_back": "Grazie di aver richiamato! Le dico perché la cercavo. {{reason|Ho un'idea per lei}}. "
    "Ha due minuti?",
    "stop": "Ho capito. La tolgo oggi dalla mia lista. Grazie di avermelo detto.",
}
"""The examples for a script in Italian; other languages start from the English ones."""


class Answers(Struct, frozen=True):
    """What the trainer said, and how it is written as lines of YAML."""

    title: str
    goal: str = ""
    opener: str = ""
    asks: Sequence[str] = ()
    pitch: str = ""
    close: str = ""
    voicemail: str = ""
    they_ring_back: str = ""
    stop: str = ""
    language: str = "en"
    extends: str = ""
    """A file of shared parts in the same folder, which then need not be written here."""

    @property
    def examples(self) -> Mapping[str, str]:
        """What is said where an answer was left open, by field; in the script's language."""
        english = {question.field: question.example for question in DIALOGUE}
        return {**english, **IN_ITALIAN} if base(self.language) == "it" else english

    def words(self, field: str) -> str:
        """An answer, else its example, as a YAML value."""
        return scalar(clean(getattr(self, field)) or self.examples[field])

    def given(self, field: str) -> bool:
        """Whether the trainer said something."""
        return bool(clean(getattr(self, field)))

    def line(self, field: str) -> list[str]:
        """One key with its words."""
        return [f"{field}: {self.words(field)}"]

    def part(self, field: str) -> list[str]:
        """A part of its own; an offer nobody named is left out."""
        return [*self.line(field), ""] if field != "pitch" or self.given(field) else []

    def questions(self) -> list[str]:
        """The questions, each kept under a name."""
        asked = [clean(ask) for ask in self.asks if clean(ask)] or [self.examples["asks"]]
        rows = ["discovery:"]
        for number, ask in enumerate(asked, 1):
            rows += [f"  - ask: {scalar(ask)}", f"    save: answer_{number}"]
        return [*rows, ""]

    def unless_shared(self, field: str, *rows: str) -> list[str]:
        """A part with its lines, `{}` standing for its words; nothing where the shared parts bring it."""
        if self.extends and not self.given(field):
            return []
        return [f"{field}:", *(row.format(self.words(field)) for row in rows), ""]


def file_name(title: str) -> str:
    """The name of the file for a title: `Spring call` becomes `spring_call.yaml`."""
    name = as_name(title, _MAX_NAME).strip("_")
    return f"{name if name[:1].isalpha() else f'script_{name}'.strip('_')}.yaml"


def script_text(answers: Answers) -> str:
    """The script as YAML. What was left open holds the example, except for parts that `extends` brings."""
    rows = [
        f"# {clean(answers.title)}: the words of one kind of call. Check it with   powerhour scripts check",
        f"title: {scalar(clean(answers.title))}",
        f"language: {base(answers.language) or 'en'}",
        "version: 1",
        *answers.line("goal"),
        *([f"extends: {scalar(clean(answers.extends))}"] if answers.extends else []),
        "",
        *answers.line("opener"),
        "",
        *answers.questions(),
        *answers.part("pitch"),
        "close:",
        f"  - ask: {answers.words('close')}",
        "    save: promised",
        "    type: date",
        "    required: true",
        "    outcome: promise",
        "",
        *answers.part("voicemail"),
        *answers.unless_shared("they_ring_back", "  - ask: {}", "  - goto: discovery"),
        *answers.unless_shared("stop", "  - say: {}", "  - end: do_not_call"),
    ]
    return "\n".join(rows).rstrip() + "\n"

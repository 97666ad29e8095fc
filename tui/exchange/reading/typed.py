"""What a rep types into the lines of a person, read with the words that an import knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tui.domain.contact import Contact, Number
from tui.exchange.reading.cells import ground, is_no, is_yes, language_code, words_in
from tui.phone import parse


@dataclass(frozen=True, slots=True)
class TypedCells:
    """A `Reader` for the table of a person's fields."""

    today: date
    """The day on the rep's wall."""
    region: str
    """Two-letter country of numbers without a country code."""

    def number(self, contact: Contact, text: str) -> Number:
        """The number typed; one the person has already keeps its label, and stays wrong if it was."""
        parsed = parse(text, self.region)
        known = (n for n in contact.numbers if (n.e164 or n.raw) == (parsed.e164 or text))
        return next(known, Number(parsed.e164, text, "", parsed.ext))

    words = staticmethod(words_in)
    language = staticmethod(language_code)
    ground = staticmethod(ground)

    def flag(self, text: str) -> bool | None:
        """Yes or no in five languages; an empty line is no. None when the text is neither."""
        if is_no(text):
            return False
        return True if is_yes(text) else None

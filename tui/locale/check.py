"""What is wrong with a translation: a placeholder that is not the one of the English text, or too few plural forms."""

from __future__ import annotations

from string import Formatter


def wrong_in(english: str, other: str, forms: int) -> str:
    """What keeps a translation from being used, as a sentence; empty when nothing does.

    `forms` is how many plural forms the language has: `{people:person|people}` needs as many.
    """
    try:
        wanted, given = _fields(english), _fields(other)
    except ValueError as error:
        return f"a brace is not closed: {error}"
    if missing := sorted(wanted.keys() - given.keys()):
        return f"{missing[0]} is missing"
    if strange := sorted(given.keys() - wanted.keys()):
        return f"{strange[0]} is not in the English text"
    for name, spec in given.items():
        if "|" not in wanted[name]:
            if spec != wanted[name]:
                return f"{name} is not written as in the English text"
        elif spec.count("|") + 1 != forms:
            return f"{name} has {spec.count('|') + 1} plural forms, the language {forms}"
    return ""


def _fields(template: str) -> dict[str, str]:
    """Each placeholder with how its value is to be written."""
    return {
        "{" + name + (f"!{turned}" if turned else "") + "}": spec or ""
        for _, name, spec, turned in Formatter().parse(template)
        if name is not None
    }

"""What is wrong with a translation: a placeholder that is not the one of the English text, or too few plural forms."""

from __future__ import annotations

from string import Formatter


def wrong_in(english: str, other: str, forms: int) -> str:
    """What keeps a translation from being used, and what to do, as a sentence; empty when nothing does.

    A placeholder it is about comes first in it.

    `forms` is how many plural forms the language has: `{people:person|people}` needs as many.
    """
    try:
        wanted, given = _fields(english), _fields(other)
    except ValueError as error:
        return f"a brace is not closed ({error}): close it, or write {{{{ for a brace"
    if missing := sorted(wanted.keys() - given.keys()):
        return f"{missing[0]} is missing: write it where its value belongs"
    if strange := sorted(given.keys() - wanted.keys()):
        return f"{strange[0]} is not in the English text: {_known(wanted)}"
    for name, spec in given.items():
        if "|" not in wanted[name]:
            if spec != wanted[name]:
                return f"{name} is not written as in the English text: write {_whole(name, wanted[name])}"
        elif spec.count("|") + 1 != forms:
            has = spec.count("|") + 1
            return f"{name} has {has} plural forms, the language {forms}: write {forms}, with | between them"
    return ""


def _known(wanted: dict[str, str]) -> str:
    names = " and ".join(_whole(name, "" if "|" in spec else spec) for name, spec in sorted(wanted.items()))
    return f"its placeholders are {names}" if names else "it has no placeholder"


def _whole(name: str, spec: str) -> str:
    return f"{name[:-1]}:{spec}}}" if spec else name


def _fields(template: str) -> dict[str, str]:
    """Each placeholder with how its value is to be written."""
    return {
        "{" + name + (f"!{turned}" if turned else "") + "}": spec or ""
        for _, name, spec, turned in Formatter().parse(template)
        if name is not None
    }

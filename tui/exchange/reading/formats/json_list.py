"""JSON: a list of people, one within an answer of some program's interface, or an object in each line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tui.exchange.reading.cells import is_no
from tui.exchange.reading.decode import Decoded, ImportRefused
from tui.exchange.reading.formats.listed import Listed, Said, listed, words
from tui.exchange.reading.formats.own_lines import is_our_export, people_of
from tui.exchange.reading.headings.headers import Meaning, label_of, meaning_of
from tui.exchange.reading.headings.words import words_of
from tui.exchange.reading.sentences import sentence

_BEGINS = re.compile(r'\s*(?:\[\s*(?:\{|\])|\{\s*(?:"|\}))')
_SEVERAL = " ::: "
_THROUGH = frozenset({"properties", "attributes", "fields", "person", "contact", "data", "names", "value"})
"""Names of an object around what counts: what is in it is not called after it."""
_OTHERS = words("owner assignee assignedto user createdby updatedby manager author") | {
    *("assigned to", "created by", "updated by"),
}
"""Somebody else than the person: of them the name alone is kept."""
_NUMBERS = frozenset(
    {"phones", "numbers", "phone numbers", "telephones", "mobiles", "tel", "additional phones"}
)
_NUMBER_KEYS = ("e164", "value", "number", "phone", "phonenumber", "phone number", "raw", "canonical form")
_LABEL_KEYS = ("label", "type", "kind", "formatted type")
_CODE_KEYS = ("calling code", "country calling code", "dial code", "phone code")
_TEXT_KEYS = ("value", "name", "label", "text", "title", "email", "address", "url", "tag", "number")
_JOINED = frozenset({Meaning.EMAIL, Meaning.TAGS, Meaning.LIST, Meaning.NOTES})
"""Several of these stand in one cell."""
_REFUSED = "DO NOT CALL"
"""As people write it behind a number; so it is read from any cell."""
_DEEPEST = 8


def read(decoded: Decoded, name: str) -> Listed | None:
    """The people of a JSON file; None when it is none. Raises `ImportRefused` when it is broken or lists nobody."""
    if not _BEGINS.match(decoded.text):
        return None
    people, records = [], _records(decoded.text, name)
    if is_our_export(records):
        return listed(people_of(records, name))
    for record in records:
        said = Said()
        _flatten(said, "", record, 0)
        people.append(said)
    return listed(people)


def _records(text: str, name: str) -> list[dict[str, Any]]:
    try:
        found = _list_in(json.loads(text))
    except (ValueError, RecursionError) as error:
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            found = [json.loads(line) for line in lines] if len(lines) > 1 else []
        except (ValueError, RecursionError):
            found = []
        if not found:
            line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
            code = "bad_json_at" if line else "bad_json"
            raise ImportRefused(sentence(code, file=name, line=line)) from error
    people = [one for one in found if isinstance(one, dict)]
    if not people:
        raise ImportRefused(sentence("no_json_list", file=name))
    return people


def _list_in(value: Any, depth: int = 0) -> list[Any]:
    """The longest list of objects, at the top or a few objects down; an object that is a person by itself."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or depth > 3:
        return []
    lists = [_list_in(one, depth + 1) for one in value.values() if isinstance(one, list | dict)]
    objects = [one for one in lists if one and all(isinstance(each, dict) for each in one)]
    if depth == 0 and any(
        meaning_of(str(key)) in {Meaning.NAME, Meaning.GIVEN, Meaning.FAMILY} for key in value
    ):
        return [value]
    return max(objects, key=len, default=[])


def _flatten(said: Said, heading: str, value: Any, depth: int) -> None:
    """Every value that is in a value, each under a heading that says where it stood."""
    if depth > _DEEPEST:
        said.add(heading, json.dumps(value, ensure_ascii=False))
    elif isinstance(value, dict):
        if words_of(heading) in _OTHERS:
            said.add(heading, _text_of(value))
        elif _is_phone(heading) and _told(value, _NUMBER_KEYS):
            _add_number(said, _told(value, _LABEL_KEYS), value)
        else:
            for key, one in value.items():
                _flatten(said, _below(heading, str(key)), one, depth + 1)
    elif isinstance(value, list):
        _flatten_list(said, heading, value, depth)
    else:
        said.add(heading, _scalar(value))


def _flatten_list(said: Said, heading: str, values: list[Any], depth: int) -> None:
    if _is_phone(heading):
        for one in values:
            if isinstance(one, dict):
                _add_number(said, _told(one, _LABEL_KEYS) or label_of(heading), one)
            else:
                said.add_phone(label_of(heading), _scalar(one))
    elif meaning_of(heading) in _JOINED or not values or not isinstance(values[0], dict):
        said.add(heading, _SEVERAL.join(filter(None, map(_text_of, values))))
    else:
        one = heading[:-1] if heading.endswith("s") and words_of(heading) not in _THROUGH else heading
        _flatten(said, one, values[0], depth + 1)
        said.add(f"{heading} 2", _SEVERAL.join(filter(None, map(_text_of, values[1:]))))


def _add_number(said: Said, label: str, value: dict[str, Any]) -> None:
    """A number, and what the object that holds it says of calls: `"optedOut": true`."""
    said.add_phone(label, _number_of(value))
    for key, one in value.items():
        if meaning_of(str(key)) in {Meaning.DO_NOT_CALL, Meaning.MAY_CALL}:
            said.add(str(key), _scalar(one))


def _is_phone(heading: str) -> bool:
    return meaning_of(heading) is Meaning.PHONE or words_of(heading) in _NUMBERS


def _below(heading: str, key: str) -> str:
    """The heading of a value within an object: `company name`, and `first name` for `first` within `name`."""
    if not heading or words_of(heading) in _THROUGH:
        return key
    there = (f"{heading} {key}", f"{key} {heading}")
    return next((one for one in there if meaning_of(one) is not Meaning.FIELD), there[0])


def _text_of(value: Any) -> str:
    """What an object is called, else all it says."""
    if not isinstance(value, dict):
        return _scalar(value)
    return _told(value, _TEXT_KEYS) or ", ".join(filter(None, map(_scalar, value.values())))


def _number_of(value: dict[str, Any]) -> str:
    """A number with the calling code that stands beside it."""
    number, code = _told(value, _NUMBER_KEYS), _told(value, _CODE_KEYS)
    if not number or not code or number.startswith(("+", "00")):
        return number
    return f"+{code.lstrip('+')} {number}"


def _told(value: dict[str, Any], keys: tuple[str, ...]) -> str:
    """The first of these keys that says anything."""
    by_words = {words_of(str(key)): one for key, one in value.items() if not isinstance(one, dict | list)}
    return next((text for key in keys if (text := _scalar(by_words.get(key)))), "")


def _scalar(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def cell_text(cell: str) -> str:
    """What a cell that holds JSON says: numbers with their calling codes, words, each behind the other."""
    text = cell.strip()
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return cell
    if value in ([], {}):
        return ""
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str | dict) for one in values):
        return cell
    return _SEVERAL.join(filter(None, _parts(values)))


def _parts(values: list[Any]) -> Iterator[str]:
    for one in values:
        coded = isinstance(one, dict) and _told(one, _CODE_KEYS) and _told(one, _NUMBER_KEYS)
        text = _number_of(one) if coded else _text_of(one)
        yield f"{text} - {_REFUSED}" if isinstance(one, dict) and _refuses(one) else text


def _refuses(value: dict[str, Any]) -> bool:
    """Whether an object says that the number in it must not be called."""
    said = ((meaning_of(str(key)), _scalar(one)) for key, one in value.items())
    return any(
        (what is Meaning.DO_NOT_CALL and not is_no(word))
        or (what is Meaning.MAY_CALL and bool(word) and is_no(word))
        for what, word in said
    )

"""The catalogues hold every text of the screens, Italian one for each. `make catalogue` writes them."""

import ast
import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import tui.plain
import tui.screens
import tui.widgets
from docs.make_catalogue import HOME, NAME, ROOT, collected, languages, template
from tui.cockpit.wording.imports import words_for
from tui.exchange.reading.headings.headers import Meaning
from tui.locale.check import wrong_in

BY_LANGUAGE = {po.parent.parent.name: po for po in languages()}


def read(path, language=None):
    with path.open("rb") as file:
        return read_po(file, locale=language)


def texts_of(catalog):
    return {(message.context or "", message.id) for message in catalog if message.id}


def test_the_template_holds_every_text_of_the_screens():
    """Run `make catalogue`, then translate what is new."""
    assert texts_of(read(HOME / f"{NAME}.pot")) == set(collected()) == texts_of(template())


def test_italian_is_there():
    assert "it" in BY_LANGUAGE


@pytest.mark.parametrize("language", BY_LANGUAGE)
def test_a_language_of_ours_is_complete(language):
    catalog = read(BY_LANGUAGE[language], language)
    assert texts_of(catalog) == set(collected())
    assert [message.id for message in catalog if message.id and (message.fuzzy or not message.string)] == []


@pytest.mark.parametrize("language", BY_LANGUAGE)
def test_a_translation_keeps_placeholders_and_blanks_at_the_ends(language):
    catalog = read(BY_LANGUAGE[language], language)
    wrong = {
        message.id: found
        for message in catalog
        if message.id
        for found in (wrong_in(message.id, message.string, catalog.num_plurals), blanks(message))
        if found
    }
    assert wrong == {}


def blanks(message):
    of_both = [(text[:1] == " ", text[-1:] == " ") for text in (message.id, message.string)]
    return "" if of_both[0] == of_both[1] else "blanks at the ends differ"


@pytest.mark.parametrize("language", BY_LANGUAGE)
def test_what_the_program_reads_is_compiled_from_what_is_written(language):
    """Run `make catalogue`."""
    po = BY_LANGUAGE[language]
    with po.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for message in read(po, language):
        if message.id:
            context = f"{message.context}\x04" if message.context else ""
            assert compiled.gettext(context + message.id) == message.string


WORDS = re.compile("[A-Z][a-z]+|[a-z]{2,} [a-z]{2,}")
NOT_SHOWN = {"Enter", "Up", "Power Hour"}
"""Defaults that a screen replaces before it is seen; the name of the program."""
CODES = {"translated", "all_translated", "say", "styled", "getattr", "TypeVar", "query_one", "compile"}
LOOKS = re.compile("(cursor|accent|strong|dim|warn|good|key|stop|primary|muted|success|error|text| )+")
SHOWING = sorted(
    path
    for room in (tui.screens, tui.widgets, tui.plain)
    for path in Path(*room.__path__).glob("*.py")
    if path.name not in {"words.py", "preview.py", "preview_page.py"}
)


def unmarked(tree):
    """Words that stand in code and are not looked up."""
    out = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()):
                out.add(id(node.value))
            case ast.Call(func=ast.Name(name) | ast.Attribute(attr=name)) if name in CODES:
                out |= {id(part) for one in node.args for part in ast.walk(one)}
            case ast.Assign(targets=[ast.Name("DEFAULT_CSS")]):
                out.add(id(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in out:
            text = node.value
            if WORDS.search(text) and not LOOKS.fullmatch(text):
                yield text


@pytest.mark.parametrize("path", SHOWING, ids=lambda path: path.relative_to(ROOT / "tui").as_posix())
def test_no_words_of_a_screen_stand_where_nobody_looks_them_up(path):
    """Write `translated("…")` round them, or put them into the table of words."""
    found = set(unmarked(ast.parse(path.read_text("utf-8"))))
    assert found - {text for _, text in collected()} - NOT_SHOWN == set()


def test_planted_words_are_found():
    assert list(unmarked(ast.parse('hint(key, "Nothing found.")'))) == ["Nothing found."]


COUNTED = re.compile(
    r"\{\w+(?::,)?\} (calls are|characters|cells|columns|days in|lines|more\b(?! \w+ed)|others|people|talks|times)"
)


def test_what_is_counted_holds_its_forms():
    """`{count:day|days}`, not `{count} days`: some languages have three forms, and some have another word for one."""
    assert [text for _, text in collected() if COUNTED.search(text)] == []
    assert COUNTED.search("and {count} more")


MAKING = {"notice", "translated", "say", "filled", "all_translated", "choices", "number_of"}


def at_import(node):
    """What is called when a module is read, before a language is chosen."""
    for part in ast.iter_child_nodes(node):
        if not isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield part
            yield from at_import(part)


@pytest.mark.slow
def test_no_sentence_is_made_before_the_language_is_known():
    made = [
        (path.name, ast.unparse(node))
        for path in (ROOT / "tui").rglob("*.py")
        for node in at_import(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKING
    ]
    assert made == []


ALIKE = {
    "UTF-8", "in {register}", "{call}, {minutes} min", "Script: {title} ({id}). {rule}", "Script: {title}.", "e-mail",
    "Report", "Esc", "report", "Backspace", "Tab", "Ins", "E-mail", "en, it, de, es, fr", "consent, contract, referral",
    "team {place}", "Script",
}  # fmt: skip
"""Words that English and Italian have alike, and codes."""


def test_no_english_stands_for_its_own_translation():
    catalog = read(BY_LANGUAGE["it"], "it")
    same = {text.id for text in catalog if text.id and text.id == text.string}
    assert {
        text for text in same if re.search("[a-z]{2}", re.sub(r"\{[^{}]*\}", "", text), re.IGNORECASE)
    } == ALIKE


def test_what_a_column_can_hold_has_words_of_ours():
    texts = {text for _, text in collected()}
    with_words = {meaning for meaning in Meaning if words_for(meaning) in texts}
    assert with_words == set(Meaning)

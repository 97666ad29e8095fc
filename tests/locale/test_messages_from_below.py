"""What the disk, the phone and the shared list tell the rep is looked up where it is said.

These rooms stand below the cockpit, which shows their sentences as they come: no screen could translate them.
"""

import ast
import errno
import inspect
from itertools import product
from pathlib import Path
from string import Formatter

import pytest

import tui.cockpit
import tui.dialer
import tui.domain
import tui.exchange
import tui.shared_list
import tui.storage
from docs.make_catalogue import ROOT
from tests.locale.test_catalogues import WORDS
from tests.rows import each
from tui.dialer import messages as of_the_dialer
from tui.dialer.protocol import say
from tui.dialer.unwatched import Put
from tui.locale.spoken import ENGLISH, Language, reason_of, speaking
from tui.settings.layers import Origin, Source
from tui.shared_list import messages as of_the_list
from tui.storage import messages as of_the_store

SHOWN = {
    "StoreError",
    "NotSaved",
    "StoreIsOpen",
    "DialError",
    "NoReplyError",
    "NotWelcome",
    "NoLine",
    "NotTaken",
}
"""What is raised with a sentence that a screen shows as it stands."""
ROOMS = (tui.storage, tui.dialer, tui.shared_list, tui.cockpit, tui.domain, tui.exchange)
FILES = sorted(path for room in ROOMS for path in Path(*room.__path__).rglob("*.py"))


def said_in_code(tree):
    """Words that stand in the code where such an error is made."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(name) | ast.Attribute(attr=name), args=args) if name in SHOWN:
                for one in args:
                    for part in ast.walk(one):
                        if isinstance(part, ast.Constant) and WORDS.search(str(part.value)):
                            yield part.value


@each("path", FILES)
@pytest.mark.slow
def test_no_error_a_rep_can_read_has_its_words_in_the_code(path):
    """Write them into the table of the room, and have its `say` put the values in."""
    assert list(said_in_code(ast.parse(path.read_text("utf-8")))) == []


def test_a_planted_one_is_found():
    planted = 'raise DialError(f"{name} did not answer.")'
    assert list(said_in_code(ast.parse(planted))) == [" did not answer."]


@pytest.fixture
def marked():
    """A language that writes every text it is asked for in brackets."""
    with speaking(Language("xx", "<{}>".format, ENGLISH.place, None)):
        yield


SAMPLES = {
    "error": OSError(errno.EACCES, "Permission denied"),
    "path": Path("/data/powerhour.json"),
    "folder": Path("/data"),
    "journal": Path("/data/powerhour.json.journal"),
    "files": (Path("/data/one"),),
}


MESSAGES = [
    name
    for name, one in vars(of_the_store).items()
    if inspect.isfunction(one) and one.__module__ == of_the_store.__name__
    if not name.startswith("_") and name != "say"
]


@each(("name", "number"), product(MESSAGES, (0, 1, 2)))
def test_every_message_of_the_store_is_looked_up_whole(name, number, marked):
    words = getattr(of_the_store, name)
    asked = inspect.signature(words).parameters
    values = [SAMPLES.get(one, number if "int" in str(asked[one].annotation) else "x") for one in asked]
    said = words(*values)
    assert said == "" or (said.startswith("<") and said.endswith(">")), said


def test_the_dialers_and_the_list_say_theirs_in_the_language_of_the_screens(marked):
    assert say("over") == f"<{of_the_dialer.SAID['over']}>"
    assert of_the_list.say(of_the_list.NOT_MADE) == f"<{of_the_list.NOT_MADE}>"
    assert reason_of(OSError(errno.EACCES, "Permission denied")) == "<Permission denied>"


def test_where_a_setting_comes_from_is_said_in_the_language_of_the_screens(marked):
    assert Origin(Source.OWN, "/home/sam/config.yaml", 3).words == "<own config.yaml:3>"
    assert Origin(Source.BUILT_IN).words == "<built-in>"
    assert str(Origin(Source.BUILT_IN)) == "built-in"  # a check says it in English


def asked_for(tree):
    """Each code that is said in a file, with the names of the values it is given."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name("say"), args=[ast.Constant(str() as code)], keywords=keywords):
                yield code, {one.arg for one in keywords}


def test_every_sentence_of_the_dialers_is_said_with_the_values_it_needs():
    """What is said in a rare fault must not fail itself."""
    trees = [ast.parse(path.read_text("utf-8")) for path in FILES if path.is_relative_to(ROOT / "tui/dialer")]
    asked = [one for tree in trees for one in asked_for(tree)]
    wrong = {code for code, given in asked if given != fields(of_the_dialer.SAID[code])}
    assert wrong == set()
    built = {f"put_{one.value}" for one in Put if one is not Put.NOWHERE}
    built |= {code for code in of_the_dialer.SAID if "microphone" in code or "loudspeaker" in code}
    assert of_the_dialer.SAID.keys() - {code for code, _ in asked} == built


def fields(template):
    return {name for _, name, _, _ in Formatter().parse(template) if name}

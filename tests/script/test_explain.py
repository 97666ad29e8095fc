"""Every rule explained, by samples that are checked: the bad one fires, exactly there, and the good one does not."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.rows import each
from tui.domain.outcome import DEFAULT_OUTCOMES
from tui.script.check.check import check_script
from tui.script.check.check_context import Options
from tui.script.check.rulebook import RULES, codes, explain
from tui.script.files.load import load

pytestmark = pytest.mark.slow

OPTIONS = Options(
    outcomes={outcome.id: outcome.is_ for outcome in DEFAULT_OUTCOMES},
    today=date(2026, 11, 23),
)
ENGLISH = {
    "title": "title: Spring call\n",
    "audience": "audience: [trade]\n",
    "opener": "opener: Hi {{first_name|there}}, it's {{my_name}}. Two minutes?\n",
    "discovery": "discovery:\n  - {ask: What do you need this month?, save: need}\n",
    "pitch": "pitch: We make boxes in forty sizes.\n",
    "close": "close:\n  - {ask: When shall I ring again?, save: promised, type: date}\n",
    "gatekeeper": "gatekeeper: Good morning. Could you help me, please?\n",
    "they_ring_back": "they_ring_back: Thank you for ringing back! It was about {{reason|an idea}}.\n",
    "stop": "stop: I'll take you off my list today, {{first_name|my friend}}.\n",
    "voicemail": "voicemail: Hi, it's {{my_name}}, {{my_number}}. One idea. {{my_number}}. Thank you.\n",
}
ITALIAN = {
    "title": "title: Primavera\n",
    "language": "language: it\nsource_version: 3\n",
    "audience": "audience: [trade]\n",
    "opener": "opener: Buongiorno {{first_name|a lei}}, sono {{my_name}}. Due minuti?\n",
    "discovery": "discovery:\n  - {ask: Che cosa le serve questo mese?, save: need}\n",
    "pitch": "pitch: Facciamo scatole di quaranta misure.\n",
    "close": "close:\n  - {ask: Quando la richiamo?, save: promised, type: date}\n",
    "gatekeeper": "gatekeeper: Buongiorno. Mi aiuta, per favore?\n",
    "they_ring_back": "they_ring_back: Grazie! La cercavo per {{reason|un'idea}}.\n",
    "stop": "stop: La tolgo oggi dalla mia lista, {{first_name|gentile cliente}}.\n",
    "voicemail": "voicemail: Sono {{my_name}}, {{my_number}}. Un'idea. {{my_number}}. Grazie.\n",
}
_KEY = re.compile(r"^(?:# )?(\w+):", re.MULTILINE)
READING = [code for code in codes() if code not in RULES and not code.startswith("PH9")]
SOURCES = Path(__file__).parents[2] / "tui"


def whole(sample: str) -> tuple[str, int]:
    """A script with the sample's keys instead of its own; and the line (from 1) where the sample begins."""
    parts = dict(ITALIAN if "translation_of" in sample else ENGLISH)
    if "source_version" in sample:
        parts["language"] = "language: it\n"
    for key in _KEY.findall(sample):
        parts.pop(key, None)
    head = "".join(parts.values())
    return head + sample + "\n", head.count("\n") + 1


@pytest.fixture
def found(tmp_path):
    """The problems of a text as a script beside its original."""
    (tmp_path / "spring.yaml").write_text("version: 3\n" + "".join(ENGLISH.values()), encoding="utf-8")
    original = load(tmp_path / "spring.yaml").script

    def problems(text: str):
        (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
        loaded = load(tmp_path / "s.yaml")
        assert loaded.script is not None, [p.message for p in loaded.problems]
        translated = "translation_of: spring\n" in text
        return check_script(loaded, OPTIONS, original if translated else None, frozenset({"spring"}))

    return problems


@pytest.mark.parametrize("code", RULES)
def test_the_bad_sample_fires_this_code_alone_and_at_the_right_place(code, found):
    told = explain(code)
    text, begins = whole(told.bad)
    problems = found(text)
    assert {p.code for p in problems} == {code}
    first = problems[0]
    line = begins + told.line - 1 if told.line else 1
    assert first.line == line
    if told.line:
        assert first.col == told.col
        assert first.length >= len(told.at)
    else:
        assert text.startswith("title")


@pytest.mark.parametrize("code", RULES)
def test_the_good_sample_fires_nothing(code, found):
    text, _ = whole(explain(code).good)
    assert [(p.code, p.message) for p in found(text)] == []


@pytest.mark.parametrize("code", [code for code in READING if explain(code).bad])
def test_a_sample_that_cannot_be_read_is_told_where(code, tmp_path):
    told = explain(code)
    path = tmp_path / "s.yaml"
    path.write_text(told.bad + "\n", encoding="utf-8")
    problems = [p for p in load(path).problems if p.code == code]
    assert [(p.line, p.col) for p in problems[:1]] == [(told.line, told.col)]
    assert problems[0].severity == told.severity
    path.write_text(told.good + "\n", encoding="utf-8")
    assert [p.code for p in load(path).problems if p.code not in ("PH801",)] == []


@each("code", codes())
def test_every_code_says_why_how_and_when_to_leave_it(code):
    told = explain(code.lower())
    assert re.fullmatch(r"[a-z0-9-]+", told.name)
    assert told.why[-1] in ".?"
    assert told.ignore.endswith(".")
    assert told.good
    assert bool(told.bad) or code not in RULES
    assert told.why in " ".join(told.for_terminal().split())
    assert all(len(line) <= 130 or line == told.why for line in told.bad.split("\n"))


def test_the_spot_is_marked_under_the_bad_sample():
    rows = explain("PH201").for_terminal().split("\n")
    at = next(i for i, row in enumerate(rows) if "^^^" in row)
    assert rows[at].index("^") == rows[at - 1].index("{{frist_name}}")
    assert rows[at].count("^") == len("{{frist_name}}")


def test_every_rule_and_every_code_of_the_reader_is_explained():
    assert set(RULES) <= set(codes())
    assert {"PH010", "PH102", "PH801"} <= set(codes())


def test_every_code_the_program_can_print_is_explained():
    printed = {
        code for file in SOURCES.rglob("*.py") for code in re.findall(r'"(PH\d{3})"', file.read_text("utf-8"))
    }
    assert len(printed) > 100
    assert printed - set(codes()) == set()


def test_nothing_is_said_about_silencing_a_setting():
    told = explain("PH940").for_terminal()
    assert "# ph: ignore" not in told
    assert "# ph: ignore PH512" in explain("PH512").for_terminal()


def test_a_code_nobody_knows_is_not_explained():
    assert explain("PH000") is None
    assert explain("") is None

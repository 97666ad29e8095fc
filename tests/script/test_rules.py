"""Every rule of the checker: a sample it fires on, at the right line, and silence on a clean script."""

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.domain.outcome import DEFAULT_OUTCOMES
from tui.script.call.walk import Walk
from tui.script.check.check import check_library, check_script
from tui.script.check.check_context import Options
from tui.script.check.rulebook import RULES
from tui.script.files.library import Library
from tui.script.files.load import BUILTIN_FILES as BUILT_IN
from tui.script.files.load import load
from tui.script.language.facts import Facts
from tui.yamlfile.problem import render

pytestmark = pytest.mark.slow

OPTIONS = Options(
    outcomes={outcome.id: outcome.is_ for outcome in DEFAULT_OUTCOMES},
    team_names={"en": frozenset({"first_name"})},
    today=date(2026, 11, 23),
)
GOOD = {
    "head": "",
    "voicemail": "voicemail: Hi, {{my_name}}, {{my_number}}.\n",
    "they_ring_back": "they_ring_back: Thanks! I rang about {{reason|an idea}}.\n",
    "stop": "stop: I'll take you off my list.\n",
    "gatekeeper": "gatekeeper: Could you help me?\n",
    "opener": "opener: Hi, {{my_name}}. Two minutes?\n",
    "discovery": "discovery:\n  - {ask: What do you need this month?, save: need}\n",
    "close": "close:\n  - {ask: When shall I ring again?, save: promised, type: date}\n",
}
FOLLOW = "followup:\n  early: I know, {{reason}}\n  stop_after: 3\n  reasons:\n    - a\n    - b\n    - c\n"
MANY = "".join(f"  - {{ask: What {i}?, save: s{i}}}\n" for i in range(13))
LONG = "Here is one more thing about our range. "
TALK = "We did this for many customers like you in the last year and it went well."


def script(**parts: str) -> str:
    return "title: T\nlanguage: en\naudience: [x]\n" + "".join({**GOOD, **parts}.values())


@pytest.fixture
def codes(tmp_path):
    """The codes of a script's text with the words each points at."""

    def find(text: str, options: Options = OPTIONS, **others: str) -> dict[str, str]:
        for name, other in others.items():
            (tmp_path / f"{name}.yaml").write_text(other, encoding="utf-8")
        (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
        loaded = load(tmp_path / "s.yaml")
        assert loaded.script is not None, [p.message for p in loaded.problems]
        problems = check_script(loaded, options)
        lines = text.split("\n")
        return {p.code: lines[p.line - 1][p.col - 1 : p.col - 1 + p.length] for p in problems}

    return find


def ask(extra: str) -> str:
    return f"discovery:\n  - {{ask: What?, save: n{extra}}}\n"


SAMPLES = {
    "PH201": (script(opener="opener: Hi {{frist_name}}. Two minutes?\n"), "{{frist_name}}"),
    "PH202": (script(opener="opener: Hi {{city}}. Two minutes?\n"), "{{city}}"),
    "PH203": (script(opener='opener: "You said {{need}}. Two minutes?"\n'), "{{need}}"),
    "PH204": (script(opener="opener: Hi {first_name}. Two minutes?\n"), "{first_name}"),
    "PH205": (script(stop="stop: It is about order #1234, right\n"), "r"),
    "PH206": (script(discovery="discovery:\n  - -What?\n  - {ask: What?, save: n}\n"), "-"),
    "PH207": (script(head="variables: {foo: bar}\n"), "foo"),
    "PH208": (script(stop="stop: Ring +44 20 7946 0123 instead.\n"), "+44 20 7946 0123"),
    "PH209": (script(stop="stop: TODO write this\n"), "TODO"),
    "PH210": (script(discovery=ask(", when: 'segment = 3'")), "="),
    "PH211": (script(discovery=ask(", answers: [red, blue]}\n  - {say: A, when: n == green")), "green"),
    "PH212": (script(discovery=ask(", type: number}\n  - {say: A, when: n == many")), "many"),
    "PH213": (script(discovery=ask(", type: multi, answers: [a, b]}\n  - {say: A, when: n == a")), "n"),
    "PH301": (script(discovery=ask(", goto: clsoe")), "clsoe"),
    "PH302": (script(head="branches:\n  extra:\n    - Hello there\n    - end: talked\n"), "extra"),
    "PH303": (script(head="branches:\n  extra:\n    - Hello there\n",
                     discovery=ask(", answers: {a: -> extra, b: }")), "Hello there"),
    "PH304": (script(discovery="discovery:\n  - {id: a, say: One, goto: b}\n  - {id: b, say: Two, goto: a}\n"), None),
    "PH305": (script(discovery=ask("") + "  - ask: Red or blue?\n    answers: [red, blue]\n"), "answers"),
    "PH307": (script(discovery="discovery:\n  - {id: a, ask: W?, save: n}\n  - {id: a, ask: Y?, save: m}\n"), "a"),
    "PH308": (script(discovery=ask(", answers: {a: {hotkey: =}, b: {hotkey: =}}")), "="),
    "PH309": (script(discovery=ask(", answers: [a,b,c,d,e,f,g,h,i,j]")), "answers"),
    "PH310": (script(discovery="discovery:\n" + "".join(
        f"  - ask: What {i}?\n    save: n{i}\n    answers: {{a: One, b: Two}}\n" for i in range(10))), "T"),
    "PH311": (script(discovery=ask("") + "  - use: nothere\n"), "nothere"),
    "PH312": (script(close="close:\n  - {ask: When?, save: promised, type: date, outcome: folow_up}\n"), "folow_up"),
    "PH313": (script(discovery=ask(", answers: {a: {hotkey: o}, b: }")), "o"),
    "PH314": (script(close="close:\n  - {ask: When?, type: date, end: promise}\n"), "end"),
    "PH315": (script(discovery=ask(", type: multi")), "multi"),
    "PH316": (script(they_ring_back="they_ring_back: [{ask: 'It was {{reason|it}}. Well?', outcome: voicemail}]\n"),
              "voicemail"),
    "PH401": (script(opener=f"opener: {LONG * 9} OK?\n"), "opener"),
    "PH402": (script(voicemail=f"voicemail: {LONG * 12} {{{{my_number}}}}.\n"), f"{LONG * 12} {{{{my_number}}}}."),
    "PH403": (script(discovery="discovery:\n" + f"  - {TALK}\n" * 7 + "  - {ask: What?, save: n}\n"), TALK),
    "PH404": (script(stop="stop: " + "word " * 40 + "\n"), ("word " * 40).strip()),
    "PH405": (script(voicemail="voicemail: Hi, please ring back.\n"), "Hi, please ring back."),
    "PH406": (script(discovery=ask("").replace("What?", "What? And when?")), "What? And when?"),
    "PH407": (script(discovery=ask("").replace("What?", "Do you?") + "  - {ask: W?, save: m}\n"), "Do you?"),
    "PH408": (script(opener="opener: Hi, this is {{my_name}}.\n"), "opener"),
    "PH409": (script(opener="opener:\n  seconds: 60\n  steps: ['Hi, two minutes?']\n"), "seconds"),
    "PH410": (script(discovery="discovery:\n  - say: How are you?\n  - {ask: What?, save: n}\n"), "How are you?"),
    "PH501": (script(voicemail=""), "title"),
    "PH502": (script(they_ring_back=""), "title"),
    "PH503": (script(stop=""), "title"),
    "PH504": (script(gatekeeper=""), "title"),
    "PH505": (script(head=FOLLOW.replace("early", "late")), "followup"),
    "PH506": (script(head=FOLLOW.replace("    - b\n    - c\n", "")), "reasons"),
    "PH507": (script(head="objections:\n  - id: dear\n    ask: Compared with what?\n    ladder: [5 less]\n"), "5 less"),
    "PH522": (script(head="objections:\n  - {id: dear, ask: Why?}\n"), "dear"),
    "PH508": (script(head="objections:\n  - {id: dear, say: It is worth it}\n"), "dear"),
    "PH509": (script(opener="opener: I can give you a discount today. Two minutes?\n"), "discount"),
    "PH510": (script(close="close: Thanks, bye.\n"), "close"),
    "PH511": (script(discovery="discovery:\n" + MANY), "title"),
    "PH512": (script(opener="opener: Hi, just checking in. Two minutes?\n"), "just checking"),
    "PH513": (script(head=FOLLOW.replace("  stop_after: 3\n", "")), "followup"),
    "PH514": (script(discovery="discovery:\n  - {ask: Do you need it?, save: n}\n"), "discovery"),
    "PH515": (script(they_ring_back="they_ring_back: Thanks for ringing back!\n"), "they_ring_back"),
    "PH516": (script(discovery="", head="pitch: We are great.\n"), "pitch"),
    "PH517": (script(discovery="discovery:\n" + MANY).replace("audience: [x]\n", ""), "title"),
    "PH518": (script(head=FOLLOW.replace("{{reason}}", "yes"),
                     they_ring_back="they_ring_back: About {{topic|it}}.\n"), "reasons"),
    "PH519": (script().replace("[x]", "{kinds: [check_in]}").replace("What do you need", "What is up"), "discovery"),
    "PH520": (script(they_ring_back=f"they_ring_back: ['{{{{reason|It}}}}. {LONG * 10}', {{ask: Why?}}]\n"),
              "they_ring_back"),
    "PH521": (script(close="close:\n  - I won't call again.\n  - end: nurture\n",
                     head="branches: {on: [{ask: When?, type: date}]}\n"), "won't call"),
    "PH601": (script(discovery="discovery:\n  - {ask: What?, required: true}\n"), "What?"),
    "PH602": (script(discovery=ask("") + "  - {ask: How many?, save: n, type: number}\n"), "n"),
    "PH603": (script(discovery=ask("") + "  - {ask: And what else?, save: n}\n"), "n"),
    "PH606": (script(discovery=ask(", type: number, min: 5, max: 2")), "5"),
    "PH607": (script(discovery="discovery:\n  - {ask: What is your name?, save: first_name}\n"), "first_name"),
    "PH701": (script(head="experiment: e\n", opener="opener:\n  variants: {A: 'Hi, two minutes?'}\n"), "variants"),
    "PH702": (script(head="experiment: e\n", opener="opener:\n  variants: {A: 'Hi, you?', B: 'Hello, you?'}\n",
                     stop="stop: [{variants: {A: Bye, B: So long}}]\n"), "variants"),
    "PH703": (script(opener="opener:\n  variants: {A: 'Hi, two minutes?', B: 'Hello, two minutes?'}\n"), "variants"),
    "PH804": (script(head=FOLLOW.replace("- c", "- {say: c, until: 2020-01-01}")), "2020-01-01"),
}  # fmt: skip


def test_a_clean_script_has_nothing_to_say(codes):
    assert codes(script()) == {}
    assert codes(script(head=FOLLOW)) == {}


@pytest.mark.parametrize("code", SAMPLES)
def test_a_rule_fires_on_its_sample_where_the_fault_is(codes, code):
    text, words = SAMPLES[code]
    found = codes(text)
    assert code in found
    assert words is None or found[code] == words


NOT_THEIRS = (
    "- {ask: Well?, save: n, answers: {yes: {outcome: no_answer}, no: {steps: [{end: voicemail}]}}}\n"
)


@pytest.mark.parametrize(
    ("back", "told"),
    [
        ("About {{reason|it}}. -> discovery", True),
        ("About {{reason|it}}.\n  - end: talked", False),
    ],
)
def test_outcomes_of_our_calls_are_told_where_a_call_of_theirs_leads_alone(codes, back, told):
    found = codes(
        script(
            discovery=f"discovery:\n  {NOT_THEIRS}",
            they_ring_back=f"they_ring_back:\n  - {back}\n",
        )
    )
    assert ("PH316" in found) is told


TRANSLATED = {"PH704", "PH705", "PH706", "PH707", "PH708", "PH709"}


def test_every_rule_has_a_sample():
    assert set(SAMPLES) | TRANSLATED == set(RULES)


def test_a_name_the_rep_is_to_be_asked_for_still_needs_words_for_when_nobody_did(codes):
    found = codes(script(head="variables: {offer: {ask: yes}}\n", stop="stop: Goodbye to {{offer}}.\n"))
    assert found == {"PH202": "{{offer}}"}


@pytest.mark.parametrize("jump", ["-> later on", "→ 3 days", "->"])
def test_an_arrow_to_something_that_is_no_name_is_told(codes, jump):
    found = codes(script(stop=f"stop: I'll take you off my list. {jump}\n"))
    assert found.keys() == {"PH301"}
    assert found["PH301"].strip() == jump


def test_an_arrow_in_advice_for_the_rep_is_no_jump(codes):
    assert codes(script(stop="stop: {steps: [{say: Goodbye then., coach: Menu -> file}]}\n")) == {}


def test_a_jump_to_the_voicemail_ends_the_call_and_is_told(codes):
    """The message is read to a machine: no line of a talk leads there."""
    assert codes(script(discovery=ask(", goto: voicemail")))["PH301"] == "voicemail"


def test_a_translation_that_fell_behind_is_told(tmp_path):
    (tmp_path / "src.yaml").write_text(
        script(head="version: 3\n", stop="stop: I'll take you off my list, {{first_name}}.\n"),
        encoding="utf-8",
    )
    (tmp_path / "it.yaml").write_text(
        "title: T\nlanguage: it\ntranslation_of: src\nsource_version: 2\naudience: [x]\n"
        "opener: Ciao. Ha due minuti?\nvoicemail: Ciao, {{my_name}}, {{my_number}}.\n"
        "they_ring_back: Thanks! I rang about {{reason|an idea}}.\nstop: La tolgo dalla lista.\n"
        "discovery:\n  - {ask: Che cosa serve?, save: altro}\nclose:\n  - {ask: Quando?, save: promised, type: date}\n",
        encoding="utf-8",
    )
    problems = check_library(Library(tmp_path), OPTIONS)
    found = {p.code: (Path(p.file).name, p.line) for p in problems if p.code in TRANSLATED}
    assert found == {
        "PH704": ("it.yaml", 1),
        "PH705": ("it.yaml", 4),
        "PH706": ("it.yaml", 9),
        "PH707": ("it.yaml", 8),
        "PH708": ("it.yaml", 1),
    }


def test_what_a_translation_lacks_is_told_in_the_order_of_the_original(tmp_path):
    """A report that changes its order from run to run cannot be compared with the one before."""
    names = ["price", "later", "no_time", "have_one", "send_mail", "not_me", "boss", "why_me"]
    objections = "".join(f"  {name}: Well.\n" for name in names)
    (tmp_path / "src.yaml").write_text(script() + f"objections:\n{objections}", encoding="utf-8")
    (tmp_path / "it.yaml").write_text("title: T\ntranslation_of: src\nopener: Ciao.\n", encoding="utf-8")
    problems = check_library(Library(tmp_path), OPTIONS)
    told = [p.message for p in problems if p.code == "PH704" and "objection" in p.message]
    assert [message.split("`")[1] for message in told] == names


@pytest.mark.parametrize(
    "discovery",
    [
        "discovery:\n  - {ask: What do you need help with?, save: need}\n",
        "discovery:\n  - {ask: How are things?, save: mood}\n  - {ask: And the family?, save: more}\n",
    ],
)
def test_ph519_wants_a_catch_up_and_then_a_help_question(codes, discovery):
    friendly = script(discovery=discovery).replace("[x]", "{kinds: [check_in]}")
    assert "PH519" in codes(friendly)
    assert "PH519" not in codes(friendly.replace("kinds: [check_in]", "kinds: [fresh]"))


def test_a_question_that_every_way_passes_lets_its_answer_be_used(codes):
    both = ask("") + "  - So, {{n}}.\n"
    assert "PH203" not in codes(script(discovery=both))
    optional = (
        "discovery:\n  - {ask: OK?, save: ok, answers: {a: , b: -> end}}\n  - {ask: W?, save: n, when: ok}\n"
    )
    assert "PH203" in codes(script(discovery=optional + "  - So, {{n}}.\n"))
    reaction = "discovery:\n  - {ask: What?, save: n, answers: {a: 'So, {{n}}.', b: }}\n"
    assert "PH203" not in codes(script(discovery=reaction))


def test_a_name_asked_about_in_the_condition_needs_no_default(codes):
    assert "PH202" in codes(script(stop="stop: In {{city}}.\n"))
    assert "PH202" not in codes(script(stop="stop: [{say: 'In {{city}}.', when: city is known}, Bye.]\n"))


def test_a_comment_silences_a_rule_on_its_line_or_in_its_file(codes):
    text = script(stop="stop: TODO write this\n")
    assert "PH209" in codes(text)
    assert "PH209" not in codes(text.replace("stop: ", "# ph: ignore PH209 until Friday\nstop: "))
    assert "PH209" not in codes("# ph: ignore-file PH501, PH209\n" + text)
    assert "PH209" in codes(text.replace("stop: ", "# ph: ignore PH208\nstop: "))
    assert "PH209" not in codes(text, Options(ignore=frozenset({"PH209"})))


def test_a_fault_in_a_shared_part_is_shown_there(tmp_path):
    (tmp_path / "_p.yaml").write_text("stop: TODO write this\n", encoding="utf-8")
    (tmp_path / "s.yaml").write_text("extends: _p.yaml\n" + script(stop=""), encoding="utf-8")
    problem = next(p for p in check_script(load(tmp_path / "s.yaml"), OPTIONS) if p.code == "PH209")
    assert (Path(problem.file).name, problem.line, problem.col) == ("_p.yaml", 1, 7)


def test_the_shipped_scripts_and_the_builtin_ones_are_clean(shipped):
    for problem in check_library(shipped, OPTIONS):
        assert problem.severity == "hint", render(problem)
    for file in BUILT_IN.values():
        found = check_script(load(file), replace(OPTIONS, team_names={}))
        assert [p for p in found if p.severity != "hint"] == []


MARKS = [
    " ",
    "\t",
    ":",
    "-",
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    "#",
    "|",
    ">",
    "&",
    "*",
    "!",
    "%",
    "@",
    ",",
    "\n",
    "?",
]
CHUNKS = [
    ": ",
    "- ",
    "  ",
    "{{",
    "}}",
    "->",
    "&a ",
    "*a",
    "<<: ",
    "à",
    "\u200b",
    "\x1b",
    "goto: how",
    "when: ((",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_no_damaged_script_breaks_the_loader_the_checker_or_the_walk(tmp_path, shipped_folder, data):
    names = sorted(p.name for p in shipped_folder.glob("*.yaml"))
    text = (shipped_folder / data.draw(st.sampled_from(names))).read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(text) - 1))
        cut = data.draw(st.integers(0, 3))
        text = text[:at] + data.draw(st.sampled_from([*MARKS, *CHUNKS, ""])) + text[at + cut :]
    for parent in ("_house.yaml", "_house_it.yaml"):
        (tmp_path / parent).write_text((shipped_folder / parent).read_text(encoding="utf-8"), "utf-8")
    path = tmp_path / "s.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    loaded = load(path)
    for problem in check_script(loaded, OPTIONS):
        lines = loaded.lines[problem.file]
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.col <= len(lines[problem.line - 1]) + 1
        assert "\x1b" not in render(problem, lines)
    if loaded.script is not None:
        for entry in ("call", "follow_up", "they_ring_back"):
            walk = Walk.begin(loaded.script, entry, Facts("c1", timing="early"))
            for _ in range(40):
                walk.line()
                walk = walk.on()
    else:
        assert any(p.severity == "error" for p in loaded.problems)


HOSTILE = [" " * 1990, "->" * 990, "{{a|" * 490, "1 " * 990, "(1-" * 600, "a@" * 900, "x. " * 600, "{" * 1990]
HOSTILE += [
    "%a" * 900,
    "?" * 1990,
    "-> " * 600,
    "{{ " * 600,
    "+1" * 900,
    "just " * 390,
    "[A" * 900,
    "<a" * 900,
]


@pytest.mark.parametrize("words", HOSTILE, ids=[repr(w[:5]) for w in HOSTILE])
def test_texts_made_to_be_slow_are_checked_quickly(tmp_path, words):
    quoted = words.replace("'", "''")
    path = tmp_path / "s.yaml"
    path.write_text(
        f"title: T\nopener: Hi, two minutes?\ndiscovery:\n  - say: 'a{quoted}'\n  - ask: 'b{quoted}'\n    save: s\n"
        f"    when: 'need{quoted}'\n    answers: {{c: 'z{quoted}'}}\n",
        encoding="utf-8",
    )
    started = time.process_time()
    check_script(load(path), OPTIONS)
    assert time.process_time() - started < 1.0

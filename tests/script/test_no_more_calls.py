"""PH521: who says "I won't call again" may not come to an outcome that calls again."""

from pathlib import Path

import pytest

from tui.domain.outcome import DEFAULT_OUTCOMES, Category
from tui.script.check.check import check_script
from tui.script.check.check_context import Options
from tui.script.files.load import load

OUTCOMES = {outcome.id: outcome.is_ for outcome in DEFAULT_OUTCOMES}
HEAD = "title: T\nlanguage: {language}\nopener: Hi. Two minutes?\n"


@pytest.fixture
def found(tmp_path: Path):
    """The words PH521 points at in a script."""

    def find(text: str, language: str = "en", outcomes: dict[str, Category] = OUTCOMES) -> list[str]:
        path = tmp_path / "s.yaml"
        path.write_text(HEAD.format(language=language) + text, encoding="utf-8")
        loaded = load(path)
        assert loaded.script is not None, loaded.problems
        rows = path.read_text("utf-8").split("\n")
        problems = [p for p in check_script(loaded, Options(outcomes=outcomes)) if p.code == "PH521"]
        return [rows[p.line - 1][p.col - 1 : p.col - 1 + p.length] for p in problems]

    return find


def said(words: str, outcome: str = "nurture") -> str:
    return f'close:\n  - say: "{words}"\n  - end: {outcome}\n'


def answered(question: str, words: str, outcome: str = "nurture") -> str:
    return f'close:\n  - ask: "{question}"\n    answers:\n      "no": "{words}"\n  - end: {outcome}\n'


@pytest.mark.parametrize(
    ("language", "words", "marked"),
    [
        ("en", "Thank you. I won't call again.", "won't call"),
        ("en", "I will not call you any more, then.", "will not call"),
        ("en", "You will not hear from us again.", "not hear from us"),
        ("en", "I'll take you off my list. Goodbye.", "off my list"),
        ("en", "We’ll leave you in peace.", "leave you in peace"),
        ("en", "I won't ring again.", "won't ring"),
        ("en", "None of us will call you.", "None of us will call"),
        ("it", "Grazie. Non la chiamo più.", "Non la chiamo più"),
        ("it", "Non la richiamerò.", "Non la richiamerò"),
        ("it", "La tolgo oggi dalla mia lista.", "dalla mia lista"),
        ("it", "Non la disturberò più.", "Non la disturberò"),
        ("it", "Non ci sentirà più.", "Non ci sentirà più"),
        ("es", "No le vuelvo a llamar.", "No le vuelvo a llamar"),
        ("de", "Ich rufe Sie nicht mehr an.", "rufe Sie nicht mehr an"),
        ("fr", "Je ne vous appellerai plus.", "ne vous appellerai plus"),
        ("en", "I won't call before the day you name.", ""),
        ("en", "We won't call until June.", ""),
        ("en", "Shall I leave you in peace?", ""),
        ("en", "I won't be long.", ""),
        ("it", "Non la chiamo prima del giorno che mi dice.", ""),
        ("it", "Non la chiamo finché non mi scrive.", ""),
    ],
)
def test_words_that_promise_silence_are_known_in_a_line_and_in_an_answer(found, language, words, marked):
    wanted = [marked] if marked else []
    assert found(said(words), language) == wanted
    assert found(answered("How do we leave it?", words), language) == wanted
    assert found(said(words, "do_not_call"), language) == []


@pytest.mark.parametrize(
    ("language", "question", "words", "marked"),
    [
        ("en", "May I call you next year?", "Thank you for telling me. I won't.", "I won't"),
        ("en", "Can I get in touch in spring?", "Then I will not.", "I will not"),
        ("it", "Posso chiamarla in primavera?", "Grazie di avermelo detto. Non la chiamo.", "Non la chiamo"),
        ("it", "Posso risentirla tra un anno?", "Allora non lo faccio.", "non lo faccio"),
        ("en", "Shall I send you the page?", "Then I won't.", ""),
    ],
)
def test_a_short_no_to_may_i_call_is_a_promise_too(found, language, question, words, marked):
    assert found(answered(question, words), language) == ([marked] if marked else [])
    assert found(answered(question, words, "not_a_fit"), language) == []


def test_an_answer_in_the_customers_own_words_counts(found):
    asked = "close:\n  - ask: May I call when something changes?\n    answers: [by phone, please not]\n"
    assert found(asked + "  - end: nurture\n") == ["please not"]
    assert found(asked.replace("please not", "don't call me") + "  - end: nurture\n") == ["don't call me"]
    assert found(asked.replace("please not", "not sure") + "  - end: nurture\n") == []


@pytest.mark.parametrize("category", Category)
def test_what_an_outcome_means_comes_from_the_teams_own_outcomes(found, category):
    ends = category in (Category.NOT_A_FIT, Category.WRONG_NUMBER, Category.DO_NOT_CALL)
    marked = [] if ends else ["won't call"]
    assert found(said("I won't call again.", "ours"), outcomes={"ours": category}) == marked


def test_the_way_the_call_goes_decides(found):
    jump = (
        'close:\n  - ask: "And now?"\n    answers:\n      "leave it": "I won\'t call again. -> bye"\n'
        "      go on: -> on\nbranches:\n  bye:\n    - Goodbye.\n    - end: {bye}\n  on:\n    - end: promise\n"
    )
    assert found(jump.replace("{bye}", "not_a_fit")) == []
    assert found(jump.replace("{bye}", "promise")) == ["won't call"]
    own = (
        'close:\n  - ask: "And now?"\n    answers:\n      "no": {say: "I won\'t call again.", outcome: OUR}\n'
    )
    assert found(own.replace("OUR", "nurture")) == ["won't call"]
    assert found(own.replace("OUR", "do_not_call")) == []
    assert found(own.replace(", outcome: OUR", "")) == []  # no outcome is proposed: the rep chooses one
    assert found(said("I won't call again.", "nurture"), outcomes={}) == []  # PH312 says that one


def test_a_voicemail_that_is_not_the_last_may_not_promise_silence(found):
    assert found("voicemail:\n  - {attempt: 1, say: I won't call again.}\n") == ["won't call"]
    assert found("voicemail:\n  - {attempt: last, say: I won't call again.}\n") == []


def test_a_circle_ends(found):
    round_and_round = (
        "close:\n  - {id: a, say: I won't call again.}\n  - {ask: Sure?, answers: {a: -> a, b: -> end}}\n"
    )
    assert found(round_and_round) == []

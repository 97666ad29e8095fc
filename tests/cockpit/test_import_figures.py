"""The figures of an import: each person in one of them, the same before and after, with who is behind each."""

from __future__ import annotations

import pytest

from tui.cockpit.wording.import_questions import flags, question
from tui.cockpit.wording.import_summary import Figure, behind_words
from tui.exchange.reading.questions import Asks, Question

FILE = """\
Name,Company,Phone,Country,Do not call,Call back
Ada Quill,Quill,+44 20 7946 0100,,,
Bo Lund,Nordkap,+44 20 7946 0101,,,2026-12-01
Cy Park,Park,020 7946 0102,Freedonia,,
Eva Brandt,Brandt,+44 20 7946 0103,,yes,
Fay Osei,Kente,,,,
Ada Quill,Quill,+44 20 7946 0100,,,
,,,,x,
"""
ONCE = {"needs_country": 1, "no_number": 1, "do_not_call": 1, "call_backs": 1, "merged": 1, "not_taken": 1}


def look(bench, tmp_path, *answers, text=FILE):
    file = tmp_path / "fair.csv"
    file.write_text(text)
    return bench.cockpit.importing.look(file, answers)


async def read(bench, tmp_path, *answers, text=FILE):
    seen = look(bench, tmp_path, *answers, text=text)
    return await bench.cockpit.importing.read(seen, lambda rows: None, lambda: False)


async def imported(bench, seen):
    return await bench.cockpit.importing.run(seen, lambda rows: None, lambda: False)


async def test_the_figures_say_the_same_before_and_after(bench, tmp_path):
    seen = await read(bench, tmp_path, "region=freedonia:-")
    before = seen.summary.counts()
    assert {code: before[code] for code in ONCE} == ONCE
    assert before["callable_now"] + before["callable_later"] == 2
    report = await imported(bench, seen)
    assert report.summary.counts() == before
    people = sum(before[code] for code in list(before)[: list(before).index("call_backs")])
    assert people == report.created == 5


async def test_who_is_behind_a_figure_is_named_with_row_and_reason(bench, tmp_path):
    summary = (await read(bench, tmp_path)).summary
    behind = {figure: [behind_words(one) for one in summary.behind.get(figure, ())] for figure in Figure}
    assert behind[Figure.NEEDS_COUNTRY] == [("4", "Cy Park", "020 7946 0102")]
    assert behind[Figure.NO_NUMBER] == [("6", "Fay Osei", "no number yet")]
    assert behind[Figure.MERGED] == [("7", "Ada Quill", "the same person as row 2")]
    assert behind[Figure.PLANNED] == [("3", "Bo Lund", "01 Dec 2026")]
    assert [name for _, name, _ in behind[Figure.DO_NOT_CALL]] == ["Eva Brandt"]
    assert [row for row, _, _ in behind[Figure.NOT_TAKEN]] == ["8"]
    assert ("4", "Cy Park") in [words[:2] for words in behind[Figure.CHECK]]


async def test_nothing_of_a_file_that_is_only_looked_at_binds_anybody(bench, tmp_path):
    await imported(bench, await read(bench, tmp_path, text="Name,Phone\nGil Hart,+44 20 7946 0110\n"))
    refused = "Name,Phone,Do not call\nGil Hart,+44 20 7946 0110,yes\n"
    seen = await read(bench, tmp_path, text=refused)
    gil = next(one for one in bench.store.contacts() if one.name == "Gil Hart")
    assert seen.summary.count(Figure.DO_NOT_CALL) == 1
    assert bench.cockpit._state.ranking.bounds.may_call.why_not(gil) is None
    await imported(bench, seen)
    assert bench.cockpit._state.ranking.bounds.may_call.why_not(gil) is not None


async def test_an_open_column_is_asked_before_the_rows_are_read(bench, tmp_path):
    seen = await read(bench, tmp_path, text="Name,Phone,TPS checked\nAda,+44 20 7946 0100,Yes\nBo,,No\n")
    assert seen.built is None
    assert seen.next_question is not None
    assert seen.next_question.code is Asks.DO_NOT_CALL


@pytest.mark.parametrize(
    ("one", "asks", "flag"),
    [
        (
            Question(Asks.COUNTRY, "", ("202 555 0143",), 312),
            "312 numbers have no country, e.g. 202 555 0143: which country?",
            "--region GB",
        ),
        (
            Question(Asks.COUNTRY, "", ("202 555 0143",), 1),
            "1 number has no country, e.g. 202 555 0143: which country?",
            "--region GB",
        ),
        (
            Question(Asks.COUNTRY, "Free State", ("020 7946 0101",), 2),
            "2 numbers are in 'Free State', e.g. 020 7946 0101: which country is that?",
            "--country 'Free State=GB'",
        ),
        (
            Question(Asks.DATES, "Call back", ("12/01/2026",)),
            "Is 12/01/2026 in 'Call back' 12 January 2026 or 1 December 2026? Nothing in the file says which.",
            "--month-first",
        ),
    ],
)
def test_every_question_has_its_sentence_and_its_flag(one, asks, flag):
    assert question(one) == asks
    assert flag in flags(one)

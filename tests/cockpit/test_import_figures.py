"""The figures of an import: each person in one of them, the same before and after, with who is behind each."""

from __future__ import annotations

from random import Random

import pytest

from tui.cockpit.wording.import_questions import flags, question
from tui.cockpit.wording.import_summary import Figure, behind_words
from tui.cockpit.wording.imports import Report
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


async def test_who_is_not_offered_is_named_with_the_reason(bench, tmp_path):
    text = "Name,Phone\nAda Quill,+1 955-555-0143\nBo Lund,+44 20 7946 0101\n"
    summary = (await read(bench, tmp_path, text=text)).summary
    (held,) = map(behind_words, summary.behind[Figure.HELD])
    assert held[1:] == ("Ada Quill", "Add their time zone; no calling hour fits all possible ones.")
    assert ("Not today", "1") in summary.pairs


async def test_nothing_of_a_file_that_is_only_looked_at_binds_anybody(bench, tmp_path):
    await imported(bench, await read(bench, tmp_path, text="Name,Phone\nGil Hart,+44 20 7946 0110\n"))
    refused = "Name,Phone,Do not call\nGil Hart,+44 20 7946 0110,yes\n"
    seen = await read(bench, tmp_path, text=refused)
    gil = next(one for one in bench.store.contacts() if one.name == "Gil Hart")
    assert seen.summary.count(Figure.DO_NOT_CALL) == 1
    assert bench.cockpit._state.ranking.bounds.may_call.why_not(gil) is None
    await imported(bench, seen)
    assert bench.cockpit._state.ranking.bounds.may_call.why_not(gil) is not None


async def test_b54_an_open_column_is_asked_before_the_rows_are_read(bench, tmp_path):
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


def mixture(chance):
    """A file of every kind of person: who refused, who has another number, who comes twice, who has no country."""
    numbers = ("", "202 555 0143", "202 555 0144", "+44 20 7946 0101", "x", "202 555 0143; +44 20 7946 0102")
    rows = [
        ",".join(
            (
                chance.choice(("Ada Quill", "Bo Lund", "Cy Park", "Dee Roe", "Eli Moss")),
                chance.choice(("Quill", "Nordkap", "")),
                chance.choice(numbers),
                chance.choice(numbers),
                chance.choice(("", "", "Freedonia", "US")),
                chance.choice(("", "", "yes")),
            )
        )
        for _ in range(chance.randint(1, 12))
    ]
    return "\n".join(("Name,Company,Phone,Mobile,Country,Do not call", *rows, ""))


@pytest.mark.parametrize("seed", range(12))
async def test_question_summary_and_queue_count_the_same_people(bench, tmp_path, seed):
    chance = Random(seed)
    state = bench.cockpit._state
    await imported(
        bench, await read(bench, tmp_path, "region=:-", "region=freedonia:-", text=mixture(chance))
    )
    bo = next((one for one in bench.store.contacts() if one.name == "Bo Lund"), None)
    if bo:
        never = bench.cockpit.do_not_call
        await never.add(never.of_person(bo, "asked us"))
    seen = await read(bench, tmp_path, text=mixture(chance))
    asked = [one for one in seen.questions if one.code is Asks.COUNTRY]
    needing = seen.summary.behind.get(Figure.NEEDS_COUNTRY, ())
    assert bool(asked) is bool(needing)
    wanted = {number for one in needing for number in one.words.split(", ")}
    assert {number for one in asked for number in one.sample} <= wanted
    assert sum(one.count for one in asked) >= len(wanted)
    for one in needing:
        assert state.ranking.bounds.may_call.why_not(one.contact) is None
        assert not one.contact.first_number
    # Asked until nothing is left: what is left out then is what the summary says.
    while seen.next_question:
        seen = await read(bench, tmp_path, *seen_answers(seen), text=(tmp_path / "fair.csv").read_text())
    report = await imported(bench, seen)
    assert report.summary.counts() == seen.summary.counts()
    ready = {one.contact_id for one in bench.cockpit.view.queue.ready}
    assert {one.contact.id for one in report.summary.behind.get(Figure.NOW, ())} <= ready
    others = set(Figure) - {Figure.NOW, Figure.PLANNED, Figure.MERGED, Figure.CHECK, Figure.NOT_TAKEN}
    not_now = {one.contact.id for figure in others for one in report.summary.behind.get(figure, ())}
    assert ready.isdisjoint(not_now)


def seen_answers(seen):
    """What was answered, and that the next question is passed over."""
    answered = [f"region={said}:{country}" for said, country in seen.mapping.countries]
    return (*answered, seen.next_question.answer(""))


@pytest.mark.parametrize(
    "row",
    [
        "Ada Quill,Quill,202 555 0143,,,yes",
        "Ada Quill,Quill,202 555 0143,+44 20 7946 0101,,",
        "Ada Quill,Refused Ltd,202 555 0143,,,",
        "Ada Quill,Quill,202 555 0143,,Freedonia,do not call",
    ],
    ids=["refused in the file", "has another number", "the firm refused", "refused, country unknown"],
)
async def test_nobody_is_asked_about_whom_the_answer_does_not_help(bench, tmp_path, row):
    never = bench.cockpit.do_not_call
    await never.add(never.of_company("Refused Ltd", "asked us"))
    seen = await read(bench, tmp_path, text=f"Name,Company,Phone,Mobile,Country,Do not call\n{row}\n")
    assert seen.next_question is None
    assert seen.summary.count(Figure.NEEDS_COUNTRY) == 0


@pytest.mark.parametrize(
    ("strangers", "said"),
    [
        ({}, ""),
        ({"Sam": 2}, '2 people belong to "Sam", and nobody on the team is called that.'),
        (
            {"Sam": 1, "Zoe": 1},
            '1 person belongs to "Sam", and nobody on the team is called that. '
            "1 more person belongs to somebody like that.",
        ),
        (
            {"Sam": 3, "Zoe": 2, "Di": 1},
            '3 people belong to "Sam", and nobody on the team is called that. '
            "3 more people belong to somebody like that.",
        ),
    ],
)
def test_owners_who_are_not_on_the_team_are_counted_in_a_line(strangers, said):
    assert Report(1, 0, 0, strangers=strangers).of_nobody == said


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("+44 20 7946 0100,,2026-12-01", ["call planned for 01 Dec 2026"]),
        ("+44 20 7946 0100,,2026-12-01 14:00", ["call planned for 01 Dec 2026 14:00 in London"]),
        (",,2026-12-01 14:00", ["call planned for 01 Dec 2026 14:00 their time"]),
        (
            "+39 02 5550 0102,2026-12-03,2026-12-01 09:30",
            ["call planned for 01 Dec 2026 09:30 in Rome", "call planned for 03 Dec 2026"],
        ),
    ],
)
def test_the_first_rows_show_every_planned_call_with_its_time(bench, tmp_path, cells, said):
    text = f"Name,Phone,Follow up,Call back\nAda Quill,{cells}\n"
    (line,) = look(bench, tmp_path, text=text).sample_lines
    assert [part for part in line.split(", ") if "planned" in part] == said

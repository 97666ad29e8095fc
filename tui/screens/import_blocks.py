"""What the import shows: how a file was understood, what importing it brings, and what was done."""

from __future__ import annotations

from itertools import chain, repeat

from tui.cockpit.wording.import_questions import of_row, question
from tui.cockpit.wording.import_summary import FIGURE_KEYS, Figure, Summary, behind_words
from tui.cockpit.wording.imports import Preview, Report
from tui.locale.spoken import number, translated
from tui.widgets.reading import Block
from tui.widgets.section_list import PickRow
from tui.widgets.words import say

MOST_LISTED = 50
"""Rows of a report that are named one by one."""
MOST_BEHIND = 500
"""People behind a figure that are listed."""
_INDENT = 38
_ASKED = "Before it is imported you are asked"
_WOULD = "Importing it would bring"


def preview_blocks(seen: Preview, wrong_letters: str) -> list[Block]:
    """How a file was understood: notes, the first rows as contacts, and what each column is taken for.

    `wrong_letters` says how another encoding is chosen, where the file proves none.
    """
    letters = (wrong_letters,) if seen.table.doubtful else ()
    sure = (
        ()
        if seen.mapping.sure
        else (translated("The columns have no headings; they were guessed. Please check them."),)
    )
    return [
        Block(say("for_list", file=seen.table.name, name=seen.list_name), (*seen.notes, *letters, *sure)),
        *([Block(translated(_ASKED), tuple(map(question, seen.questions)))] if seen.questions else ()),
        *(figure_blocks(translated(_WOULD), seen.summary) if seen.summary else ()),
        Block(translated("The first rows would become"), seen.sample_lines),
        Block(translated("Columns"), pairs=seen.columns, indent=30),
    ]


def report_blocks(report: Report, name: str) -> list[Block]:
    """What an import did; rows that were not imported are named with the reason."""
    said = (f"{name}, {report.sentence}.", report.taken_over, report.of_nobody)
    blocks = [Block(translated("Imported"), tuple(filter(None, said)))]
    blocks += figure_blocks("", report.summary)
    rejected = [f"{one.where.capitalize()}: {one.reason}" for one in report.rejected]
    remarks = [of_row(row, words) for row, words in report.remarks]
    for heading, lines in (
        (translated("How it was read"), report.notes),
        (translated("Not taken"), rejected),
        (translated("Kept as you wrote it"), report.conflicts),
        (translated("Remarks"), remarks),
    ):
        if lines:
            more = (say("and_more", more=len(lines) - MOST_LISTED),) if len(lines) > MOST_LISTED else ()
            blocks.append(Block(heading, (*lines[:MOST_LISTED], *more), right=number(len(lines))))
    return blocks


def figure_blocks(heading: str, summary: Summary) -> list[Block]:
    """The figures of an import, each with the key that shows who is behind it."""
    keys = chain(FIGURE_KEYS, repeat(" "))
    pairs = tuple(
        (f"{key}  {label}", count) for key, (label, count) in zip(keys, summary.pairs, strict=False)
    )
    return [Block(heading, pairs=pairs, indent=_INDENT)] if summary.behind else []


def people_behind(figure: Figure, summary: Summary) -> list[PickRow]:
    """A line for each of those behind a figure."""
    behind = summary.behind.get(figure, ())
    rows = [PickRow(str(at), behind_words(one)) for at, one in enumerate(behind[:MOST_BEHIND])]
    more = len(behind) - len(rows)
    return [*rows, *([PickRow("", ("", say("and_more", more=more), ""))] if more else ())]

"""docs/figures.md is made by the bench."""

from __future__ import annotations

import pytest

from bench import Row, beside
from bench.__main__ import MODULES, main
from bench.figures_page import _HEADINGS, page


def test_a_figure_is_told_with_what_stands_beside_it_and_whether_it_holds() -> None:
    rows = [
        beside("one commit", 1.5, "ms", "SQLite", 1.0, 1.4),
        Row("a key | p95", 9, "ms", limit=10),
        Row("calls", 1234567, ""),
    ]
    told = page({"store": rows}, {"system": "Linux", "processor": "x86", "cores": 2}, {"python": "3.13.1"})
    assert "\nMeasured on Linux, x86, 2 cores: python 3.13.1.\n" in told
    assert told.split("## Saving and opening\n\n")[1].splitlines()[2:] == [
        "| one commit | 1.5 ms | 1.5 × SQLite | at most 1.4 × | no |",
        r"| a key \| p95 | 9 ms |  | at most 10 | yes |",
        "| calls | 1,234,567 |  |  |  |",
    ]


def test_every_part_of_the_bench_has_a_heading() -> None:
    assert tuple(_HEADINGS) == MODULES


@pytest.mark.parametrize("more", [["--quick"], ["store"]])
def test_a_page_of_some_figures_is_never_written(more, monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.argv", ["bench", "--write", *more])
    with pytest.raises(SystemExit):
        main()
    assert "without --quick and without names" in capsys.readouterr().err

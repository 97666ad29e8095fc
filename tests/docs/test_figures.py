"""docs/figures.md is made by the bench."""

from __future__ import annotations

import pytest

from bench import Row, beside, klm, not_measured, peers
from bench.__main__ import MODULES, _line, main
from bench.figures_page import _HEADINGS, page
from bench.people import name, number


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


def test_a_figure_that_was_not_measured_says_why_and_is_not_said_to_hold() -> None:
    row = not_measured("start, beside posting", "pip could not install posting", 0.55)
    assert _line(row).split("  ")[-1].strip() == "not measured: pip could not install posting"
    told = page({"start": [row]}, {"system": "Linux", "processor": "x86", "cores": 2}, {})
    assert told.endswith(
        "| start, beside posting | pip could not install posting |  | at most 0.55 | not measured |\n"
    )


def test_without_a_network_a_peer_is_not_measured(monkeypatch, tmp_path) -> None:
    def no_network(place: object, **_: object) -> None:
        raise OSError("Network is unreachable")

    monkeypatch.setattr(peers, "_folder", lambda: tmp_path)
    monkeypatch.setattr(peers.venv, "create", no_network)
    with pytest.raises(peers.NotMeasured, match="no environment for posting: Network is unreachable"):
        peers.POSTING.install()
    assert peers.versions() == {}


@pytest.mark.slow
def test_of_all_people_of_the_bench_no_two_share_a_number_or_a_name() -> None:
    everybody = range(100_000)
    assert len({number(place) for place in everybody}) == len({name(place) for place in everybody}) == 100_000
    families = {name(place)[1] for place in everybody}
    assert {"Müller", "O'Brien", "Nguyễn"} <= families
    assert {"Łukasz", "Søren", "Þóra"} <= {name(place)[0] for place in range(50)}


def test_keys_of_a_logged_call_stand_beside_the_fewest_and_their_seconds_follow_the_model() -> None:
    assert min(len(call) for call in klm.CALLS.values()) == klm.FEWEST
    keys, letters, spent = klm.rows()
    assert (keys.value, keys.ratio, letters.value) == (4.2, 2.1, 9.6)
    steps = sum(len(call) for call in klm.CALLS.values())
    assert spent.value == round((steps * 1.35 + (4.2 + 9.6) * 5 * 0.28) / 5, 1)


def test_every_part_of_the_bench_has_a_heading() -> None:
    assert tuple(_HEADINGS) == MODULES


@pytest.mark.parametrize("more", [["--quick"], ["store"]])
def test_a_page_of_some_figures_is_never_written(more, monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.argv", ["bench", "--write", *more])
    with pytest.raises(SystemExit):
        main()
    assert "without --quick and without names" in capsys.readouterr().err

"""Records name a rep by an id: who that is stands in the records too, from the first thing that is written."""

from __future__ import annotations

from msgspec.structs import replace

from tui.domain.contact import Rep
from tui.settings.settings import Me


async def test_the_first_write_says_who_works_here_whatever_is_written(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    assert bench.store.state("rep") == {}
    await bench.cockpit.do_not_call.add(bench.cockpit.do_not_call.of_number("+442079460899", "a letter"))
    (entry,) = bench.store.do_not_call()
    assert bench.store.state("rep")["id"] == entry.rep
    assert bench.store.rep(entry.rep).label == "Sam"


async def test_a_new_name_keeps_the_id_and_the_old_name(bench):
    (ann,) = bench.people("Ann Rossi")
    await bench.cockpit.open()
    await bench.cockpit.people.edit(ann.id, {"role": "Buyer"})
    bench.settings = replace(bench.settings, me=Me("Sam Vale", "+442079460955"))
    cockpit = bench.killed_and_started_again()
    await cockpit.open()
    await cockpit.people.edit(ann.id, {"role": "Owner"})
    rep = bench.store.rep(bench.store.state("rep")["id"])
    assert (rep.label, rep.aliases, rep.rev) == ("Sam Vale", ("Sam",), 2)


def test_a_rep_who_takes_an_old_name_again_is_called_so_once():
    rep = Rep("r1").called("Sam").called("Sam Vale").called("Sam")
    assert (rep.label, rep.aliases) == ("Sam", ("Sam Vale",))

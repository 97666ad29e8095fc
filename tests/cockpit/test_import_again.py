"""The same file again writes nothing and says so; each row stands in the report once."""

from __future__ import annotations

import pytest

from tui.domain.contact import DEMO_LIST
from tui.exchange.reading.row_to_contact import Rejected
from tui.storage.tiny import TinyStore

FILE = """\
Name,Company,Phone,Email,Tags,Last contacted,Call back,Do not call
Ann Rossi,Acme,020 7946 0100,ann@acme.example,VIP; vip,2026-11-23,2026-12-01,
Bo Lund,Nordkap,,,,,,
Bo Lund,Nordkap,,,,,,
Eva Brandt,Brandt,020 7946 0101,eva@brandt.example,,2026-12-24,,yes
Eva B. Brandt,Brandt,020 7946 0102,eva@brandt.example,new,,,
,,,,x,,,
"""


@pytest.fixture
def stored(bench, tmp_path):
    """A bench whose store is a folder."""
    bench.store = TinyStore.open(tmp_path / "data")
    bench.cockpit = bench._cockpit()
    yield bench
    bench.store.close()


async def imported(bench, tmp_path, text=FILE, name="autumn.csv"):
    file = tmp_path / name
    file.write_text(text)
    seen = bench.cockpit.importing.look(file, region="GB")
    return await bench.cockpit.importing.run(seen, lambda rows: None, lambda: False)


def on_disk(tmp_path):
    return {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir()}


async def test_the_same_file_again_writes_nothing(stored, tmp_path):
    first = await imported(stored, tmp_path)
    assert first.sentence == (
        "6 rows: 4 added, 0 changed, 0 unchanged, 1 merged with an earlier row, 1 not taken"
    )
    before = on_disk(tmp_path)
    for hours in (2, 20, 48):
        stored.clock.step(hours * 3600)
        again = await imported(stored, tmp_path)
        assert again.sentence == (
            "6 rows: 0 added, 0 changed, 4 unchanged, 1 merged with an earlier row, 1 not taken"
        )
        assert on_disk(tmp_path) == before


async def test_each_row_is_counted_once_when_a_file_brings_something_new(bench, tmp_path):
    await imported(bench, tmp_path)
    report = await imported(
        bench, tmp_path, FILE.replace("Nordkap,,", "Nordkap,020 7946 0109,", 1) + "Cy Park,,,,,,,\n"
    )
    assert (report.created, report.merged, report.rows) == (2, 1, 7)
    assert report.rejected == (Rejected(7, "it has no name, company, number or e-mail", 7, 7),)
    assert len([one for one in bench.store.contacts() if one.name == "Bo Lund"]) == 3


async def test_people_of_one_name_stay_who_they_are(bench, tmp_path):
    text = "Name,City\n" + "".join(f"Bo Lund,Town {n}\n" for n in range(12))
    await imported(bench, tmp_path, text)
    again = await imported(bench, tmp_path, text)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 12)
    moved = await imported(bench, tmp_path, text.replace("Town 3", "Rome"))
    assert (moved.created, moved.updated, moved.unchanged) == (0, 1, 11)
    assert sorted(one.fields["City"] for one in bench.store.contacts() if one.name == "Bo Lund") == sorted(
        ["Rome", *(f"Town {n}" for n in range(12) if n != 3)]
    )


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("demo.csv", "Name,Phone\nUma Kay,020 7946 0018\n"),
        ("Demo.csv", "Name,Phone\nUma Kay,020 7946 0018\n"),
        ("spring.csv", "Name,Phone,List\nUma Kay,020 7946 0018,demo\n"),
    ],
)
async def test_people_of_a_list_called_demo_are_real_and_stay(bench, tmp_path, file, text):
    await bench.cockpit.open()
    await imported(bench, tmp_path, text, file)
    await imported(bench, tmp_path, "Name,Phone\nAda Quill,020 7946 0019\n", "autumn.csv")
    assert sorted(one.name for one in bench.store.contacts()) == ["Ada Quill", "Uma Kay"]
    uma = next(one for one in bench.store.contacts() if one.name == "Uma Kay")
    assert (uma.is_demo, DEMO_LIST in uma.lists) == (False, False)


async def test_nobody_is_taken_for_one_of_the_demo_people(bench, tmp_path):
    await bench.cockpit.open()
    (cy,) = [one for one in bench.store.contacts() if one.name == "Cy Nobody"]
    numbers = ",".join(f'"{one.e164}"' for one in cy.numbers)
    await imported(bench, tmp_path, f"Name,Phone,Mobile\nBen Stone,{numbers}\n")
    (ben,) = bench.store.contacts()
    assert (ben.name, ben.lists, ben.id == cy.id) == ("Ben Stone", ("autumn",), False)


@pytest.mark.slow
async def test_an_answer_about_a_country_that_is_not_given_again_makes_nobody_twice(bench, tmp_path):
    file = tmp_path / "fair.csv"
    file.write_text("Name,Phone,Country\nAnn Rossi,020 7946 0100,Freedonia\nBo Lund,+44 20 7946 0101,\n")
    for answer, created in (("-", 2), ("GB", 0), ("-", 0)):
        seen = bench.cockpit.importing.look(file, (f"region=freedonia:{answer}",))
        report = await bench.cockpit.importing.run(seen, lambda rows: None, lambda: False)
        assert report.created == created
    ann = next(one for one in bench.store.contacts() if one.name == "Ann Rossi")
    assert [number.e164 for number in ann.numbers] == ["+442079460100"]

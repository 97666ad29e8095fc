from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.screen_bench import staged
from tui.cockpit.actions.importing.contact_import import Report, look_at, with_rows
from tui.cockpit.wording.import_summary import Behind, Figure, Summary
from tui.exchange.reading.decode import ImportCancelled
from tui.exchange.reading.row_to_contact import Rejected
from tui.screens.importing import ImportScreen
from tui.settings.settings import Settings
from tui.widgets.files import Files

pytestmark = pytest.mark.slow

FILE = "Name,Company,Phone\nAnn Rossi,Acme Tools,+44 20 7946 0100\n,,\nBo Lund,Nordkap,+44 20 7946 0101\n"


class Importer:
    """The import of a real cockpit, without a store."""

    def __init__(self, cockpit):
        self.now = datetime(2026, 11, 23, 15, 1, tzinfo=UTC)
        self.looked: list[tuple[str, tuple[str, ...], str]] = []
        self.stopped = False
        cockpit.importing = self

    def look(self, path, overrides=(), list_name="", region="", encoding=""):
        self.looked.append((path.name, tuple(overrides), list_name))
        return look_at(path, overrides, list_name, "GB", Settings(), self.now, encoding)

    async def read(self, seen, progress, cancelled):
        asks = any(one.must for one in seen.questions)
        return seen if asks else with_rows(seen, self.now, progress, cancelled)

    async def run(self, seen, progress, cancelled):
        progress(1000)
        for _ in range(400):
            if cancelled():
                self.stopped = True
                raise ImportCancelled("Import stopped after 1000 rows; nothing was changed.")
            await asyncio.sleep(0.02)
            if not self.slow:
                break
        return Report(2, 0, 0, rejected=(Rejected(3, "nothing in it"),))

    def let_go(self):
        """Nothing of the file stays here."""

    slow = False


async def opened(s, path, then="The first rows would become"):
    """Open the import and choose the file by its name."""
    importer = Importer(s.cockpit)
    await s.press("i", "slash")
    s.app.screen.query_one("#ask-text").value = str(path)
    await s.press("enter")
    await s.until(then)
    return importer


async def test_a_file_is_shown_before_anything_is_written(tmp_path, all_views):
    path = tmp_path / "autumn.csv"
    path.write_text(FILE)
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        await opened(s, path)
        assert "Ann Rossi, Acme Tools, +44 20 7946 0100" in s.text
        assert "Number" in s.text
        await s.press("enter")
        await s.until("autumn.csv, 3 rows: 2 added, 0 changed, 0 unchanged, 1 not taken.")
        assert "Row 3: nothing in it" in s.text
        await s.press("enter")
        assert "Ready now" in s.text


async def test_a_column_is_put_right_and_the_list_gets_a_name(tmp_path, all_views):
    path = tmp_path / "autumn.csv"
    path.write_text(FILE)
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        importer = await opened(s, path)
        await s.press("c", *"company", "enter", *"note", "enter")
        await s.until("Company Note")
        await s.press("l", *"Fair", "enter")
        await s.until("for the list Fair")
        assert importer.looked[-1] == ("autumn.csv", ("notes=2",), "Fair")


async def test_a_column_that_may_forbid_calls_is_asked_about_before_the_import(tmp_path, all_views):
    path = tmp_path / "autumn.csv"
    path.write_text("Name,Phone,TPS checked\nAnn Rossi,+44 20 7946 0100,Yes\nBo Lund,+44 20 7946 0101,No\n")
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        importer = await opened(s, path)
        assert "Not decided: you are asked" in s.text
        await s.press("enter")
        assert "Does 'TPS checked' say who must not be called? In it: Yes, No" in s.text
        await s.press("y")
        await s.until("Ann Rossi, +44 20 7946 0100, do not call")
        assert importer.looked[-1] == ("autumn.csv", ("do_not_call=3",), "")
        await s.press("enter")
        await s.until("2 added")


async def test_a_column_of_nothing_but_numbers_is_offered_with_one_key(tmp_path, all_views):
    path = tmp_path / "autumn.csv"
    path.write_text("Name,Phone,Front desk\nAnn Rossi,+44 7700 900101,+44 20 7946 0100\n")
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        importer = await opened(s, path)
        await s.press("enter")
        assert "'Front desk' holds only phone numbers and is not used. Use them?" in s.text
        await s.press("n")
        await s.until("Front desk Kept under its heading")
        assert importer.looked[-1][1] == ("field=3",)
        await s.press("enter")
        await s.until("2 added")


async def test_a_running_import_stops_on_esc_and_keys_work_meanwhile(tmp_path, all_views):
    path = tmp_path / "autumn.csv"
    path.write_text(FILE)
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        importer = await opened(s, path)
        importer.slow = True
        await s.press("enter")
        await s.until("autumn.csv: 1,000 rows done.")
        await s.press("escape")
        await s.until("nothing was changed")
        assert importer.stopped
        await s.press("escape")
        assert s.app.screen.query_one(Files).has_focus


async def test_a_file_that_is_no_list_of_contacts_is_refused_in_one_sentence(tmp_path, all_views):
    path = tmp_path / "weather.csv"
    path.write_text("Rain,Wind\n1,2\n")
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        await opened(s, path, "Nothing in weather.csv is a contact")
        assert "--map" not in s.text
        assert "give it a heading in the file" in s.text.replace("\n ", " ")
        await s.press("escape", "escape")
        assert not isinstance(s.app.screen, ImportScreen)


async def test_a_missing_file_is_no_crash(tmp_path, all_views):
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        await opened(s, tmp_path / "missing.csv", "no such file")
        assert "missing.csv" in s.text.replace("\n ", "")  # a long path goes over the end of a line


async def test_file_names_are_drawn_as_text(tmp_path, all_views):
    (tmp_path / "[VIP] [x\x1b]0;t\x07.csv").write_text(FILE)
    (tmp_path / "[VIP] list.csv").write_text(FILE)
    (tmp_path / "photo.png").write_text("")
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        await s.press("i")
        await s.until("[VIP] list.csv")
        assert "photo.png" not in s.text
        assert all(line.isprintable() for line in s.lines)


async def test_a_file_that_does_not_answer_locks_nothing(tmp_path, all_views):
    over = threading.Event()
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        importer = await opened(s, tmp_path / "gone.csv", then="Cannot read")
        await s.press("escape")
        importer.look = lambda *_, **__: over.wait()
        await s.press("slash")
        s.app.screen.query_one("#ask-text").value = str(tmp_path / "autumn.csv")
        await s.press("enter")
        await s.until("Reading autumn.csv")
        await s.press("escape")
        await s.until("Which file?")
        await s.press("escape")
        await s.until("Ready now")
    over.set()  # the screen is left and the app has ended while the file still does not answer


async def test_what_was_typed_may_name_a_home_folder_nobody_has(tmp_path, all_views):
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        await opened(s, "~nobody-of-that-name/people.csv", then="Cannot read")


async def test_the_country_of_numbers_is_asked_once_and_a_figure_shows_who_needs_it(tmp_path, all_views):
    path = tmp_path / "autumn.csv"
    path.write_text("Name,Phone,Country\nAnn Rossi,020 7946 0100,Freedonia\nBo Lund,+44 20 7946 0101,\n")
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        importer = await opened(s, path)
        assert "1 number is in 'Freedonia', e.g. 020 7946 0100: which country is that?" in s.text
        await s.press("enter", *"atlantis", "enter")
        await s.until("No country is called 'atlantis'.")
        s.app.screen.query_one("#ask-text").value = "uk"
        await s.press("enter")
        await s.until("Ann Rossi, +44 20 7946 0100")
        assert importer.looked[-1][1] == ("region=Freedonia:GB",)
        await s.press("enter")
        await s.until("2 added")


async def test_wrong_letters_are_chosen_by_how_they_read(tmp_path, all_views):
    path = tmp_path / "autumn.csv"
    path.write_bytes("Name,Phone\n田中 一郎,+81 3 1234 5678\n".encode("shift_jis"))
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        await opened(s, path)
        assert "Wrong letters? Press e to choose how the file is written." in s.text
        await s.press("e")
        await s.until("Which line reads right?")
        await s.press(*"japanese", "enter")
        await s.until("田中 一郎, +81")


async def test_a_file_of_nobody_may_be_one_whose_letters_are_wrong(tmp_path, all_views):
    path = tmp_path / "autumn.csv"
    path.write_bytes("名前,電話\n田中 一郎,03-1234-5678\n".encode("shift_jis"))
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        await opened(s, path, then="Not imported")
        assert "Wrong letters? Press e to choose how the file is written." in s.text
        await s.press("e")
        await s.until("田中 一郎")


async def test_a_figure_of_nobody_opens_no_empty_list(tmp_path, all_views, monkeypatch):
    async def counted(self, seen, progress, cancelled):
        read = with_rows(seen, self.now, progress, cancelled)
        return replace(read, summary=Summary({Figure.NOW: (Behind(2, None, "Ada"),)}))

    monkeypatch.setattr(Importer, "read", counted)
    path = tmp_path / "autumn.csv"
    path.write_text("Name,Phone\nAda Quill,+44 20 7946 0100\n")
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        await opened(s, path)
        await s.press("2")
        assert isinstance(s.app.screen, ImportScreen)
        await s.press("1")
        assert not isinstance(s.app.screen, ImportScreen)


async def test_nothing_but_numbers_asks_whose_they_are(tmp_path, all_views):
    path = tmp_path / "numbers.txt"
    path.write_text("020 7946 0100\n020 7946 0101\n")
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        await opened(s, path)
        await s.press("enter")
        await s.until("numbers not to call")
        assert "Are these people to call, or numbers not to call?" in s.question
        await s.press("n")
        await s.until("powerhour dnc import FILE")
        assert "Not imported" in s.text


def chosen(s, path):
    """The picker tells of a file, as it does for each Enter on it, however late."""
    files = s.app.screen.query_one(Files)
    files.post_message(Files.FileSelected(path))


async def test_a_second_enter_on_a_file_reads_it_no_second_time(tmp_path, all_views):
    path = tmp_path / "autumn.csv"
    path.write_text(FILE)
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        importer = Importer(s.cockpit)
        await s.press("i")
        await s.until("autumn.csv")
        chosen(s, path)
        chosen(s, path)
        await s.until("The first rows would become")
        chosen(s, path)
        await s.press("enter")
        await s.until("2 added")
        chosen(s, path)
        await s.pilot.pause()
        assert "2 added" in s.text
        assert len(importer.looked) == 1


async def test_a_file_chosen_late_does_not_come_under_a_question(tmp_path, all_views):
    path = tmp_path / "autumn.csv"
    path.write_text(FILE)
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        importer = Importer(s.cockpit)
        await s.press("i", "slash")
        chosen(s, path)
        await s.pilot.pause()
        assert "Which file?" in s.question
        assert importer.looked == []


async def test_a_reading_that_was_left_ends_and_counts_no_rows_of_the_next(tmp_path, all_views, monkeypatch):
    """Whatever its thread still does: the file read next is not held up by it, and shows its own rows."""
    begun, path = [], tmp_path / "autumn.csv"
    path.write_text(FILE)

    async def never(self, seen, progress, cancelled):
        begun.append((progress, cancelled))
        await asyncio.Event().wait()

    async with staged(all_views["queue"], import_from=tmp_path) as s:
        monkeypatch.setattr(Importer, "read", never)
        await opened(s, path, then="Reading autumn.csv")
        await s.press("escape", "slash", *str(path), "enter")
        await s.until("Reading autumn.csv")
        (count, is_left), (_, next_is_left) = begun
        count(70_000)
        await s.until("Reading autumn.csv")
        assert (is_left(), next_is_left()) == (True, False)
        assert s.app.screen._run.rows == 0


async def test_a_folder_without_a_list_says_so_and_what_to_do(tmp_path, all_views):
    empty = tmp_path / "fair" / "scans"
    empty.mkdir(parents=True)
    (tmp_path / "fair" / "badge.pdf").write_text("")
    async with staged(all_views["queue"], import_from=empty) as s:
        await s.press("i")
        await s.until("This folder is empty.")
        assert "Press / to type where the file is, Backspace for the folder above." in s.text
        await s.press("backspace")
        await s.until("scans")
        assert "This folder is empty." not in s.text
        await s.press("down", "enter")
        await s.until("This folder is empty.")


async def test_a_typed_folder_is_shown_and_a_name_is_meant_from_there(tmp_path, all_views, monkeypatch):
    (tmp_path / "fair").mkdir()
    (tmp_path / "fair" / "autumn.csv").write_text(FILE)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        await opened(s, "fair", then="autumn.csv")
        await s.press("slash", *"autumn.csv", "enter")
        await s.until("The first rows would become")


async def test_a_path_that_leads_nowhere_can_be_put_right(tmp_path, all_views):
    (tmp_path / "autumn.csv").write_text(FILE)
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        await opened(s, "autum.csv", then="Cannot read")
        await s.press("escape", "slash", *["left"] * 4, "n", "enter")
        await s.until("The first rows would become")
        await s.press("escape", "slash")
        assert "autumn" not in s.question


async def test_at_the_top_there_is_no_folder_above(all_views, tmp_path):
    async with staged(all_views["queue"], import_from=Path(tmp_path.anchor)) as s:
        await s.press("i", "backspace")
        assert s.cockpit.told == ["There is no folder above this one."]


async def test_the_cursor_begins_on_the_first_file_so_that_enter_takes_it(tmp_path, all_views):
    (tmp_path / "Downloads").mkdir()
    (tmp_path / "autumn.csv").write_text(FILE)
    (tmp_path / "winter.csv").write_text(FILE)
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        importer = Importer(s.cockpit)
        await s.press("i")
        await s.until("winter.csv")
        await s.press("enter")
        await s.until("The first rows would become")
        assert [name for name, _, _ in importer.looked] == ["autumn.csv"]


async def test_an_import_that_could_not_be_saved_can_be_tried_again(tmp_path, all_views, monkeypatch):
    """Nothing that was answered about the file is asked again."""
    path, full = tmp_path / "autumn.csv", [True]
    path.write_text(FILE)
    real = Importer.run

    async def run(self, seen, progress, cancelled):
        return None if full.pop() else await real(self, seen, progress, cancelled)

    monkeypatch.setattr(Importer, "run", run)
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        await opened(s, path)
        await s.press("l", *"Fair", "enter")
        await s.until("for the list Fair")
        await s.press("enter")
        await s.until("for the list Fair")
        assert "Enter tries again." in s.cockpit.told[-1]
        full.append(False)
        await s.press("enter")
        await s.until("2 added")

"""Do the tests bite? Each fault built into the store by hand must fail the test made for it."""

from __future__ import annotations

from pathlib import Path

from tests.mutant_bench import failures, passes

HERE = Path(__file__).parent
POWER = "test_power_cut.py"
DAMAGED = "test_damaged_files.py"
FULL = "test_full_disk.py"
NEIGHBOURS = "test_neighbours.py"
GENERATIONS = "test_generations.py"
OUTSIDE = "test_changed_outside.py"
WRITERS = "test_two_writers.py"

MUTANTS = {
    "no sync of a commit": (
        "journal",
        "            disk.sync(descriptor)\n        except OSError as error:\n            # What",
        "            pass\n        except OSError as error:\n            # What",
        POWER,
    ),
    "no sync of the folder on opening": (
        "journal",
        "        disk.sync_folder(self.path.parent)\n        if loaded.afresh:",
        "        if loaded.afresh:",
        POWER,
    ),
    "no sync of a checkpoint": (
        "journal",
        "                disk.sync(descriptor)\n            finally:",
        "            finally:",
        POWER,
    ),
    "no sync of the folder after a checkpoint": (
        "journal",
        "        disk.sync_folder(self.path.parent)\n        self._rotate_journal()",
        "        self._rotate_journal()",
        POWER,
    ),
    "no sync of the folder after the journal was changed": (
        "journal",
        "        self._open_journal()\n        disk.sync_folder(self.path.parent)",
        "        self._open_journal()",
        POWER,
    ),
    "checkpoint written in place": (
        "journal",
        "        temporary.replace(self.path)",
        "        disk.copy(temporary, self.path)",
        POWER,
    ),
    "journal changed before the data file": (
        "journal",
        "        temporary.replace(self.path)\n",
        "        self._rotate_journal()\n        temporary.replace(self.path)\n",
        POWER,
    ),
    "torn tail left in the journal": (
        "journal",
        "            disk.cut(self._descriptor, loaded.journal.good)\n",
        "            pass\n",
        f"{DAMAGED}::test_a_journal_torn_at_any_byte_keeps_every_whole_commit_and_writes_on",
    ),
    "checksum of a line not looked at": (
        "lines",
        "int(line[:8], 16) != zlib.crc32(body)",
        "False",
        f"{DAMAGED}::test_no_flipped_byte_of_the_journal_is_silent_or_invents_a_record",
    ),
    "checksum of a table not looked at": (
        "checkpoint",
        " or zlib.crc32(text) != checksum",
        "",
        f"{DAMAGED}::test_no_flipped_byte_of_the_data_file_is_silent",
    ),
    "half a line left after a full disk": (
        "journal",
        "            disk.cut(descriptor, self._end)\n            disk.sync(descriptor)\n",
        "",
        f"{FULL}::test_a_full_disk_frees_the_store_again_once_there_is_room",
    ),
    "memory changed before the disk": (
        "journal",
        "        self._end, self._checksum = self._append(descriptor, line)\n",
        "        self.show(changes)\n        self._end, self._checksum = self._append(descriptor, line)\n",
        f"{FULL}::test_a_full_disk_frees_the_store_again_once_there_is_room",
    ),
    "replay of what the data file has": (
        "lines",
        "            if later <= number:\n                continue\n",
        "",
        f"{NEIGHBOURS}::test_an_older_journal_beside_the_data_file_takes_nothing_back",
    ),
    "one checkpoint after a rebuild": (
        "journal",
        "        self._make_generation()\n        self._make_generation()",
        "        self._make_generation()",
        f"{DAMAGED}::test_a_damaged_data_file_is_rebuilt_again_and_again",
    ),
    "writing on after a failed sync": (
        "journal",
        "            self._out_of_order = messages.NOT_CONFIRMED\n",
        '            self._out_of_order = ""\n',
        f"{FULL}::test_after_a_failed_sync_nothing_is_written_until_the_store_is_opened_again",
    ),
    "interrupts not minded": (
        "journal",
        "        self._out_of_order = messages.INTERRUPTED\n",
        "",
        f"{FULL}::test_an_interrupt_in_the_middle_of_a_write_closes_the_journal",
    ),
    "no lock": (
        "disk",
        "            lock_now(descriptor)\n",
        "            pass\n",
        f"{NEIGHBOURS}::test_a_second_process_is_told_who_has_the_store_and_may_read",
    ),
    "file of another program written over": (
        "journal",
        "        if found == self._identity and not afresh:",
        "        if not afresh:",
        f"{NEIGHBOURS}::test_a_file_another_program_rewrote_is_kept_aside_and_ours_goes_on",
    ),
    "journal of another name not noticed": (
        "journal",
        "not os.path.samestat(found, ours) or ",
        "",
        f"{NEIGHBOURS}::test_a_journal_moved_replaced_or_cut_meanwhile_costs_nothing",
    ),
    "journal written over not noticed": (
        "journal",
        "zlib.crc32(disk.read(self._journal)) != self._checksum",
        "False",
        f"{OUTSIDE}::test_a_journal_changed_in_place_costs_nothing_and_neither_does_the_next_damage",
    ),
    "journal not locked": (
        "disk",
        "        lock_now(descriptor)\n    except OSError as error:\n        raise _refused(data_file, error, None)",
        "        pass\n    except OSError as error:\n        raise _refused(data_file, error, None)",
        f"{WRITERS}::test_without_the_lock_file_a_second_program_is_still_refused",
    ),
    "lost lock not taken again": (
        "journal",
        "        if not self._lock.is_ours(self.path):",
        "        if False:",
        f"{WRITERS}::test_without_lock_and_journal_the_first_program_takes_nothing_more_while_a_second_runs",
    ),
    "chain not looked at": (
        "lines",
        "return one is None or other is None or one == other",
        "return True",
        f"{GENERATIONS}::test_another_data_file_of_the_same_age_is_told",
    ),
    "older data file taken for the newest": (
        "generations",
        "            and all(number <= self._data.number for number, _ in older)\n",
        "",
        f"{GENERATIONS}::test_an_older_data_file_beside_a_newer_journal_is_brought_up_to_date",
    ),
    "record of another program written over": (
        "generations",
        "        if data.foreign and later:",
        "        if False:",
        f"{OUTSIDE}::test_a_record_added_by_tinydb_after_a_crash_is_taken_in",
    ),
    "later format not looked for": (
        "generations",
        "        self._loaded.formats += ",
        "        formats = ",
        f"{GENERATIONS}::test_the_copies_of_a_newer_program_are_left_alone",
    ),
    "files for everybody": (
        "disk",
        "OURS_ONLY = 0o600",
        "OURS_ONLY = 0o644",
        f"{NEIGHBOURS}::test_files_and_folder_are_the_reps_alone",
    ),
}


def test_every_fault_built_in_by_hand_is_caught():
    faults = {name: (f"storage/{module}", *fault) for name, (module, *fault) in MUTANTS.items()}
    assert failures(faults, HERE) == dict.fromkeys(MUTANTS, 1)


def test_the_tests_pass_without_a_fault():
    assert passes("storage/disk", "0o600", HERE, POWER)

"""The library: found quickly, chosen well, and never without words."""

import os
import shutil
import time

import pytest

from tui.domain.contact import Contact
from tui.script.files.library import Library
from tui.script.files.load import builtin, load
from tui.script.language.model import FLOW, SITUATIONS
from tui.settings.listed import Assign

PLAIN = "title: {0}\nopener: Hi from {0}\n"


@pytest.fixture
def folder(tmp_path):
    """A writer of script files: each write is seen as a change, however fast it comes."""
    ticks = iter(range(1, 1000))

    def write(**files: str):
        for name, text in files.items():
            path = tmp_path / f"{name}.yaml"
            path.write_text(text, encoding="utf-8")
            tick = 1_700_000_000 + next(ticks)
            os.utime(path, (tick, tick))
        return tmp_path

    return write


def person(**values) -> Contact:
    return Contact("c1", **values)


def test_the_builtin_script_has_words_for_every_situation():
    script = builtin()
    assert all(script.can(entry) for entry in ("call", "voicemail", *SITUATIONS))
    assert script.language == "en"


def test_a_folder_that_is_missing_or_empty_leaves_the_builtin_script(tmp_path):
    for library in (Library(None), Library(tmp_path / "none"), Library(tmp_path)):
        assert library.find("first_call") is None
        assert library.choose(person()).script is builtin()
        assert not library.broken


def test_a_script_is_found_by_its_file_or_its_id(folder):
    library = Library(folder(a=PLAIN.format("A"), b="id: other\n" + PLAIN.format("B")))
    assert library.find("a").title == "A"
    assert library.find("other").title == "B"
    assert library.find("b") is None


def test_one_script_is_read_without_reading_the_others(folder):
    library = Library(folder(a=PLAIN.format("A"), b="title: [broken"))
    assert library.find("a").title == "A"
    assert not library.broken


def test_shared_parts_are_never_offered(folder):
    library = Library(
        folder(_parts="title: Parts\nstop: Bye\n", a="extends: _parts.yaml\n" + PLAIN.format("A"))
    )
    assert [s.id for s in library.scripts()] == ["a"]
    assert library.find("a").can("stop")


def test_the_hash_changes_with_the_file_and_with_what_it_extends(folder):
    folder(_parts="stop: Bye\n", a="extends: _parts.yaml\n" + PLAIN.format("A"))
    before = Library(folder()).find("a").hash
    assert Library(folder()).find("a").hash == before
    assert len(before) == 12
    assert Library(folder(_parts="stop: So long\n")).find("a").hash != before


def test_a_broken_save_keeps_the_words_that_were_there(folder):
    library = Library(folder(a=PLAIN.format("A")))
    good = library.find("a")
    folder(a="title: A\nopener: {{first_name}}, hi\n")
    assert library.reload().broken == ("a",)
    assert library.find("a") is good
    assert [(p.line, p.code) for one in library.broken for p in one.loaded.problems] == [(2, "PH010")]
    folder(a=PLAIN.format("A2"))
    assert library.reload().changed == ("a",)
    assert library.find("a").title == "A2"
    assert not library.broken


def test_reload_tells_what_changed(folder):
    library = Library(folder(a=PLAIN.format("A"), b=PLAIN.format("B")))
    library.scripts()
    assert not library.reload()
    root = folder(c=PLAIN.format("C"), a=PLAIN.format("A") + "goal: more\n")
    (root / "b.yaml").unlink()
    changes = library.reload()
    assert (changes.added, changes.changed, changes.removed) == (("c",), ("a",), ("b",))
    assert not library.reload()


def test_a_change_in_a_shared_part_is_a_change_of_the_script(folder):
    library = Library(folder(_parts="stop: Bye\n", a="extends: _parts.yaml\n" + PLAIN.format("A")))
    library.find("a")
    folder(_parts="stop: So long\n")
    assert library.reload().changed == ("a",)
    assert library.find("a").stop.steps[0].say == "So long"


def test_saving_without_changing_anything_is_no_change(folder):
    library = Library(folder(a=PLAIN.format("A")))
    library.find("a")
    folder(a=PLAIN.format("A"))
    assert not library.reload()


def test_a_file_that_was_never_good_falls_back_to_the_builtin_script(folder):
    library = Library(folder(a="title: A\nlangauge: en\n"))
    assert library.find("a") is None
    assert library.choose(person()).script is builtin()
    assert library.broken[0].mistake.code == "PH102"


class TestExtends:
    def test_a_section_replaces_the_parents_and_names_add_up(self, folder):
        folder(
            _p="variables: {a: p, b: p}\nopener: Parent\nstop: Bye\nbranches: {x: One, y: Two}\n"
            "objections: [{id: dear, ask: Why?}, {id: time, ask: When?}]\ngoal: parents\n",
            s="extends: _p.yaml\ntitle: S\nvariables: {b: s}\nopener: Child\nbranches: {y: Mine}\n"
            "objections: [{id: time, ask: Later?}]\n",
        )
        script = load(folder() / "s.yaml").script
        assert {k: v.default for k, v in script.variables.items()} == {"a": "p", "b": "s"}
        assert (script.opener.steps[0].say, script.stop.steps[0].say) == ("Child", "Bye")
        assert {k: b.steps[0].say for k, b in script.branches.items()} == {"x": "One", "y": "Mine"}
        assert [(o.id, o.ask) for o in script.objections] == [("time", "Later?"), ("dear", "Why?")]
        assert script.goal == ""

    def test_a_mistake_in_a_parent_is_shown_in_the_parent(self, folder):
        folder(_p="stop: Bye\nopener: {secnods: 1, steps: [Hi]}\n", s="extends: _p.yaml\ntitle: S\n")
        problem = load(folder() / "s.yaml").problems[0]
        assert (problem.file.endswith("_p.yaml"), problem.line, problem.col) == (True, 2, 10)

    @pytest.mark.parametrize(
        ("name", "code", "says", "advice"),
        [
            ("_pp.yaml", "PH801", "there is no file", "`_p.yaml`"),
            ("../x.yaml", "PH801", "not in the scripts folder", "copy the file"),
            ("/etc/hosts", "PH801", "not in the scripts folder", "copy the file"),
            ("s.yaml", "PH802", "leads back", "delete"),
        ],
    )
    def test_a_parent_that_cannot_be_used_is_named(self, folder, name, code, says, advice):
        folder(_p="stop: Bye\n", s=f"extends: {name}\ntitle: S\nopener: Hi\n")
        problem = load(folder() / "s.yaml").problems[0]
        assert (problem.line, problem.col, problem.code) == (1, 10, code)
        assert says in problem.message
        assert advice in problem.help

    def test_a_link_out_of_the_folder_is_not_followed(self, folder, tmp_path_factory):
        outside = tmp_path_factory.mktemp("outside") / "x.yaml"
        outside.write_text("stop: Bye\n")
        (folder() / "_p.yaml").symlink_to(outside)
        folder(s="extends: _p.yaml\ntitle: S\nopener: Hi\n")
        assert load(folder() / "s.yaml").problems[0].code == "PH801"

    def test_a_circle_and_a_long_chain_are_refused(self, folder):
        folder(a="extends: b.yaml\ntitle: A\nopener: Hi\n", b="extends: a.yaml\ntitle: B\nopener: Hi\n")
        assert "PH802" in [p.code for p in load(folder() / "a.yaml").problems]
        chain = {f"_{i}": f"extends: _{i + 1}.yaml\nstop: {i}\n" for i in range(6)}
        folder(**chain, _6="stop: six\n", s="extends: _0.yaml\ntitle: S\nopener: Hi\n")
        assert "PH802" in [p.code for p in load(folder() / "s.yaml").problems]

    def test_many_files_that_include_each_other_do_not_hang(self, folder):
        names = [f"_{i}" for i in range(30)]
        everyone = "include: [" + ", ".join(f"{n}.yaml" for n in names) + "]\nstop: Bye\n"
        folder(**dict.fromkeys(names, everyone), s=everyone + "title: S\nopener: Hi\n")
        started = time.process_time()
        load(folder() / "s.yaml")
        assert time.process_time() - started < 3


class TestChoosing:
    def test_the_teams_assignment_comes_first(self, folder):
        library = Library(folder(a="audience: {kinds: [fresh]}\n" + PLAIN.format("A"), b=PLAIN.format("B")))
        rules = [Assign("b", tags=("vip",)), Assign("a", customer=True)]
        assert library.choose(person(tags=("VIP",)), "fresh", rules).script.id == "b"
        assert library.choose(person(customer=True), "check_in", rules).script.id == "a"
        assert library.choose(person(), "fresh", rules).script.id == "a"

    def test_the_closest_audience_wins(self, folder):
        library = Library(
            folder(
                a="audience: {kinds: [fresh]}\n" + PLAIN.format("A"),
                b="audience: {kinds: [fresh], tags: [trade], exclude: [vip]}\n" + PLAIN.format("B"),
                c="audience: {stages: [proposal sent]}\n" + PLAIN.format("C"),
            )
        )
        assert library.choose(person(tags=("trade",)), "fresh").script.id == "b"
        assert library.choose(person(tags=("trade", "vip")), "fresh").script.id == "a"
        assert library.choose(person(fields={"Stage": "Proposal sent"}), "follow_up").script.id == "c"
        assert library.choose(person(), "follow_up").script is builtin()

    def test_a_script_without_an_audience_is_for_everybody_else(self, folder):
        library = Library(folder(a="audience: [x]\n" + PLAIN.format("A"), b=PLAIN.format("B")))
        assert library.choose(person(), "follow_up").script.id == "b"

    def test_drafts_and_retired_scripts_are_never_picked(self, folder):
        library = Library(folder(a="status: draft\naudience: {kinds: [fresh]}\n" + PLAIN.format("A"),
                                 b="status: retired\n" + PLAIN.format("B")))  # fmt: skip
        assert library.choose(person(), "fresh").script is builtin()
        assert library.choose(person(), "fresh", [Assign("b")]).script is builtin()
        assert library.choose(person(), "fresh", [Assign("a")]).script.id == "a"

    def test_people_are_spoken_to_in_their_language(self, shipped):
        assert shipped.choose(person(), "check_in", (), "it").script.id == "friendly_call_it"
        assert shipped.choose(person(language="it"), "check_in", (), "en").script.id == "friendly_call_it"
        assigned = shipped.choose(person(language="it"), "fresh", [Assign("friendly_call")], "en")
        assert assigned.script.id == "friendly_call_it"
        assert shipped.choose(person(language="sv"), "check_in").script.id == "friendly_call"

    @pytest.mark.parametrize(
        ("kind", "script"),
        [("fresh", "first_call"), ("check_in", "friendly_call"), ("follow_up", "first_call"),
         ("promise", "first_call"), ("asked", "first_call")],
    )  # fmt: skip
    def test_the_shipped_scripts_suit_their_kind_of_call(self, shipped, kind, script):
        assert shipped.choose(person(), kind).script.id == script

    @pytest.mark.parametrize("kind", ["follow_up", "promise", "asked"])
    def test_only_who_was_offered_something_is_asked_about_it(self, shipped, kind):
        assert shipped.choose(person(tags=("offer",)), kind).script.id == "proposal_followup"
        assert shipped.choose(person(fields={"Stage": "Proposal"}), kind).script.id == "proposal_followup"
        assert shipped.choose(person(fields={"Proposal": "two vans"}), kind).script.id == "proposal_followup"
        assert shipped.choose(person(fields={"Proposal": " "}), kind).script.id == "first_call"
        assert shipped.choose(person(customer=True), kind).script.id == "friendly_call"

    def test_a_script_without_the_words_gives_way_to_one_that_has_them(self, folder):
        library = Library(folder(a=PLAIN.format("A")))
        assert library.with_words(library.find("a"), "call").id == "a"
        assert library.with_words(library.find("a"), "they_ring_back") is builtin()
        library = Library(folder(they_ring_back="title: R\nthey_ring_back: Hello\n"))
        assert library.with_words(library.find("a"), "they_ring_back").id == "they_ring_back"


def test_a_script_is_loaded_fast_enough_to_be_loaded_on_the_way(shipped_folder, tmp_path):
    copied = shutil.copytree(shipped_folder, tmp_path / "scripts")  # those of the program the tests remember
    took = []
    for _ in range(5):
        fresh = Library(copied)
        fresh.find("first_call")
        started = time.process_time()
        fresh.find("friendly_call")
        took.append(time.process_time() - started)
    assert min(took) < 0.1, took  # the figure is 0.01; tests share the machine


def test_the_shipped_scripts_load_without_a_problem(shipped):
    assert len(shipped.scripts()) >= 5
    assert not shipped.broken
    assert not shipped.ignored
    for script in shipped.scripts():
        assert script.can("stop"), script.id
        assert script.can("they_ring_back"), script.id
        if any(script.section(name) for name in FLOW):
            assert script.can("voicemail"), script.id

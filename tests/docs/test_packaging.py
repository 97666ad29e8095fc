"""What a package index gets: a README whose links lead nowhere false, and an archive that can run its own tests."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
import types

import pytest

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture
def for_index(monkeypatch):
    """The function of hatch_build.py; what it needs of the build tool is not installed here."""
    stands_in = types.ModuleType("hatchling.metadata.plugin.interface")
    stands_in.MetadataHookInterface = object
    monkeypatch.setitem(sys.modules, "hatchling.metadata.plugin.interface", stands_in)
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.for_index


def test_links_of_this_folder_become_words_and_others_stay(for_index) -> None:
    text = "# T\n\n![A picture](docs/a.svg)\n\n[a page](docs/a.md) · [b](https://example.com/b)\n"
    assert for_index(text) == "# T\n\na page (`docs/a.md`) · [b](https://example.com/b)\n"


def test_the_readme_of_an_index_has_no_link_and_no_picture_of_this_folder(for_index) -> None:
    shown = for_index((ROOT / "README.md").read_text("utf-8"))
    assert re.findall(r"\]\((?!https?:)", shown) == []
    assert "## Run" in shown


def test_the_metadata_says_who_what_and_for_whom() -> None:
    project = PROJECT["project"]
    assert [one["name"] for one in project["authors"]] == ["Power Hour contributors"]
    assert project["dynamic"] == ["readme"]
    assert {"Typing :: Typed", "Environment :: Console"} <= set(project["classifiers"])
    assert (ROOT / "tui" / "py.typed").is_file()


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no checkout")
def test_the_source_archive_holds_everything_that_is_kept_in_git() -> None:
    include = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert [path for path in include if not (ROOT / path.lstrip("/")).exists()] == []
    listed = subprocess.run(
        [shutil.which("git") or "", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    tops = {"/" + line.split("/")[0] for line in listed.stdout.splitlines()}
    assert tops - set(include) <= {"/pyproject.toml", "/.gitignore", "/.git-blame-ignore-revs"}

"""The pictures of the pages: each is there, the command makes it, and nothing in one acts."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from docs.make_pictures import FOLDER, MOVING, PICTURES
from tests.rows import each
from tests.screens.ways import WAYS

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_every_picture_of_a_page_is_one_the_command_makes():
    shown = set()
    for page in PAGES:
        for target in re.findall(r"\(([^()\s]+\.svg)\)", page.read_text("utf-8")):
            picture = (page.parent / target).resolve()
            assert picture.parent == FOLDER, f"{page.name}: {target}"
            shown.add(picture.stem)
    there = {path.stem for path in FOLDER.glob("*.svg")}
    assert shown <= there == {*PICTURES, MOVING}
    assert {picture.way for picture in PICTURES.values()} <= set(WAYS)


@each("name", [*PICTURES, MOVING])
def test_a_picture_is_small_plain_svg_that_loads_and_runs_nothing(name):
    text = (FOLDER / f"{name}.svg").read_text("utf-8")
    tags = {tag.tag.rpartition("}")[2] for tag in ET.fromstring(text).iter()}  # noqa: S314 - our own file
    assert tags <= {"svg", "style", "defs", "g", "rect", "use", "text"}
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|url\(|@import|\bon\w+=", text)
    assert len(text) < 300_000
    assert ("prefers-reduced-motion" in text) is (name == MOVING)

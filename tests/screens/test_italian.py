"""Every screen in Italian: on the ways of `ways.py`, no sentence of ours is left in English."""

import inspect
import os
import re
from functools import cache
from pathlib import Path

import pytest

from docs.make_catalogue import collected
from tests.screens.test_golden import Driven, chain, trips
from tests.screens.ways import STARTS, WAYS
from tui.locale.choose import choose
from tui.locale.spoken import Language, speaking
from tui.screens.preview import Sentence

SEEN = os.environ.get("POWERHOUR_ITALIAN")
"""A folder to put the screens into, to read them."""
FOR_AUTHORS = "preview of a script"
"""A start of the command line, which stays English."""
ITALIAN = choose("it", {}, None, Path()).language


@cache
def english():
    """Texts of two words and more that are others in Italian; short ones could be a customer's."""
    return sorted(
        text
        for (context, text), files in collected().items()
        if not context
        and "{" not in text
        and len(text) > 14
        and re.search("[a-z]{2,} [a-z]{2,}", text)
        and ITALIAN.look_up(text) != text
        if files != {"tui/cockpit/demo.py"}  # what a person said
    )


@cache
def labels():
    """Short texts: as a part of a line they could be a customer's, as a cell they are ours."""
    texts = {text for (_, text), files in collected().items() if files != {"tui/cockpit/demo.py"}}
    said = {ITALIAN.look_up(text) for text in texts}  # "Note" is Italian for another text
    return {text for text in texts - said if len(text) <= 14 and "{" not in text}


def cells(text):
    """What stands by itself on a screen, between blanks or lines, also without the key or the sign before it."""
    for line in text.split("\n"):
        for cell in BETWEEN.split(line):
            yield cell.strip()
            yield cell.strip().partition(" ")[2].strip()


BETWEEN = re.compile(r"\s{2,}|[─│╭╮╰╯]+")
OF_OTHERS = {
    "Company": "a heading of the file that is imported",
    "First name": "the same",
    "Last name": "the same",
    "you": "a word of a script, at the end of a line",
}
"""Words on the screens that are ours elsewhere, and whose they are there."""
IN_PART = {
    "must be": "deve essere",
    "which country": "quale paese",
    "has a mistake": "ha un errore",
    "It counts at once": "Vale subito",
    "For example": "Per esempio",
    "Saved in your own": "Salvato nel tuo file",
    "call Bo Placeholder": "chiama Bo Placeholder",
}
"""What the ways wait for, where it is a part of a sentence."""
FIELD = re.compile(r"\{[^{}|]*\}")


class Walked(Driven):
    """The real program on its way, in Italian."""

    left = frozenset[str]()

    async def draw(self, name):
        """See what is left in English here, then go to the screens that lead back here."""
        words = " ".join(self.text.split())
        self.left |= {f"{name}: {text}" for text in english() if text in words}
        self.left |= {
            f"{name}: {text}" for text in labels().intersection(cells(self.text)) - OF_OTHERS.keys()
        }
        if SEEN:
            Path(SEEN, f"{name}.txt").write_text(self.text, "utf-8")
        for detour, way in WAYS.items():
            if way.after == name and way.back:
                await self.do(way.steps)
                await self.draw(detour)
                await self.do(way.back)

    async def until(self, words):
        """Wait for their Italian, where the words are ours."""
        await super().until(IN_PART.get(words) or ITALIAN.look_up(words))


@pytest.mark.parametrize(
    ("name", "fresh"), [trip for trip in trips() if WAYS[chain(trip.id)[0]].after != FOR_AUTHORS]
)
async def test_b76_no_screen_is_left_in_english(name, fresh, tmp_path, monkeypatch, warms_up):
    missed = set()

    def look_up(english):
        found = ITALIAN.look_up(english)
        if found is english and "\x04" not in english:
            missed.add(english)
        return found

    monkeypatch.setattr(Sentence, "cursor_blink", False)
    monkeypatch.chdir(tmp_path)
    way = chain(name)
    with speaking(Language("it", look_up, ITALIAN.place, ITALIAN.written)):
        rep = STARTS[WAYS[way[0]].after](tmp_path)
        rep = await rep if inspect.isawaitable(rep) else rep
        async with rep.app.run_test(size=(80, 24), notifications=True) as pilot:
            on = Walked(rep, pilot)
            await rep.ready()
            await pilot.pause()
            for one in way:
                await on.do(WAYS[one].steps)
                if one in fresh:
                    await on.draw(one)
    assert on.left == set()
    ours = {text for _, text in collected()}
    assert {
        text for text in missed if text in ours or re.search(r"\{.*[a-z]{2}", FIELD.sub("{}", text))
    } == set()

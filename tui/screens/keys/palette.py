"""Ctrl+P: everything that can be done here, and everybody and everything that can be gone to, found by typing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

from tui.commands import BY_ID, commands_for
from tui.locale.spoken import translated
from tui.screens.base import CockpitScreen, done
from tui.screens.pick import PickScreen
from tui.widgets.colours import ColouredApp
from tui.widgets.section_list import PickRow
from tui.widgets.words import say

WIDTHS = (14, 50)
MOST_PEOPLE = 20


def command_rows(screen: CockpitScreen[Any]) -> tuple[list[PickRow], list[PickRow]]:
    """Key and sentence of every command of a screen: those that are possible now, and those that are not, with why."""
    keys, now, later = screen.context.keys, [], []
    for place in (*screen.all_places(), "everywhere"):
        for command in commands_for(place):
            shown = keys.all_shown(command.id)
            if why_not := screen.why_not(command.id):
                words = say("off_now", label=translated(command.label), why=why_not)
                later.append(
                    PickRow(command.id, (shown, words), translated(command.help), group=say("not_now"))
                )
            else:
                now.append(PickRow(command.id, (shown, translated(command.help)), translated(command.label)))
    return now, later


def keys_screen(screen: CockpitScreen[Any]) -> PickScreen:
    """The list of keys that work on a screen, and why the others do not; Enter runs one."""
    now, later = command_rows(screen)
    rows = (*now, *later)
    title = translated("Keys that work here")
    return PickScreen(screen.context, title, lambda _: rows, widths=WIDTHS[:1], wraps=True)


class Palette:
    """What can be found from one screen, and what is done with it."""

    def __init__(self, screen: CockpitScreen[Any], run_command: Callable[[str], Awaitable[object]]) -> None:
        """`run_command` runs one of the command table."""
        self._screen, self._run_command = screen, run_command
        self._cockpit = screen.cockpit
        now, later = command_rows(screen)
        outcomes = [
            PickRow(f"extra:{id}", (key, words, say("kind_outcome")))
            for id, key, words in screen.extra_commands()
        ]
        not_now = [PickRow(row.id, (*row.cells, row.group), row.also) for row in later]
        self._rows = [*outcomes, *now, *not_now]

    def screen(self) -> PickScreen:
        """The list to choose from; it gives back the id of a row."""
        title = translated("What can be done here")
        return PickScreen(self._screen.context, title, self._found, widths=WIDTHS, wraps=True)

    def _found(self, typed: str) -> list[PickRow]:
        return [*self._rows, *self._elsewhere(typed)] if typed.strip() else self._rows

    def _elsewhere(self, typed: str) -> Iterator[PickRow]:
        """What is found only by typing; all but people are few."""
        cockpit, screen = self._cockpit, self._screen
        if screen.view.script.title:
            for target, label in cockpit.talk.search(""):
                yield PickRow(f"say:{target}", ("", label, say("kind_said")))
        for contact_id, name, company in cockpit.queue.named(typed, MOST_PEOPLE):
            yield PickRow(f"person:{contact_id}", ("", name, company or say("kind_person")), also=typed)
        if screen.place == "queue":
            for name, _ in cockpit.queue.lists():
                yield PickRow(f"list:{name}", ("", name or translated("Everybody"), say("kind_list")))
        for row in cockpit.settings.rows():
            yield PickRow(f"setting:{row.name}", ("", row.name, say("kind_setting")), also=row.value)
        for theme in sorted(screen.app.available_themes):
            yield PickRow(f"theme:{theme}", ("", theme, say("kind_theme")), also="theme")

    async def take(self, chosen: str | None) -> None:
        """Do what was chosen, on the screen it was opened from; None: nothing was."""
        if chosen is None:
            return
        kind, _, what = chosen.partition(":")
        if chosen in BY_ID:
            await self._run_command(chosen)
        elif (take := self._kinds.get(kind)) is not None:
            await done(take(what))

    @property
    def _kinds(self) -> Mapping[str, Callable[[str], object]]:
        return {
            "extra": self._screen.run_extra,
            "say": self._cockpit.talk.jump,
            "person": self._go_to,
            "list": self._cockpit.queue.show_list,
            "setting": self._show_setting,
            "theme": self._take_theme,
        }

    async def _go_to(self, contact_id: str) -> None:
        from tui.screens.contact import ContactScreen

        await self._screen.app.push_screen(ContactScreen(self._screen.context, contact_id))

    async def _show_setting(self, name: str) -> None:
        from tui.screens.settings import SettingsScreen

        screen = SettingsScreen(self._screen.context)
        await self._screen.app.push_screen(screen)
        await screen.seek(name)

    async def _take_theme(self, theme: str) -> None:
        from tui.screens.colours import keep

        app = self._screen.app
        if isinstance(app, ColouredApp):
            await keep(app, self._cockpit, theme)

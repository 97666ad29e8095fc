"""The rep's own settings, changed in the cockpit: written into their own file, and obeyed as far as that can be now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

from tui.cockpit.actions.action import action
from tui.cockpit.actions.script import ScriptReading
from tui.cockpit.call_view import FormField, NotTaken, SettingRow
from tui.cockpit.state.state import State
from tui.cockpit.view import BEFORE_A_DIAL
from tui.cockpit.wording.notices import notice
from tui.locale.spoken import translated
from tui.phone import parse
from tui.plaintext import clean, ended
from tui.settings.layers import Path
from tui.settings.own_file import NotWrittenError, OwnRow
from tui.settings.settings import Settings
from tui.system.readfile import aside
from tui.yamlfile.problem import Problem, advice_of, message_of, visible

_FIXED = {
    "team": "setting_of_team",
    "locked": "setting_locked",
    "file": "setting_in_file",
}
"""Why a setting cannot be changed here."""


_NAME, _NUMBER = "me.name", "me.number"
_ABOUT_ME = {_NAME: "your_name", "team.company": "your_company", _NUMBER: "your_number"}
"""What scripts say of the rep, and the notice that labels it."""
_HINTS = {_NAME: "about_me_name", "team.company": "about_me_company", _NUMBER: "about_me_number"}
"""The notice that says what it is for."""


class OwnSettings(Protocol):
    """The rep's own settings file."""

    def rows(self) -> tuple[OwnRow, ...]:
        """Every setting as the files say it by now."""

    def put(self, values: Mapping[Path, str]) -> Settings:
        """Write what was typed, "" removes a line; and give the settings in force. It may take long.

        Raises `NotWrittenError`; then nothing is written.
        """


class SettingsActions:
    """The settings, as a rep sees and changes them."""

    def __init__(self, state: State, own: OwnSettings | None, reading: Callable[[], ScriptReading]) -> None:
        """`own` is None where no program keeps a settings file, as for a command."""
        self._state, self._own, self._reading = state, own, reading

    def rows(self) -> tuple[SettingRow, ...]:
        """Every setting, the rep's own name and number first."""
        return tuple(map(_row, self._own.rows() if self._own else ()))

    @action
    async def change(self, name: str, typed: str) -> None:
        """Write a setting as it was typed; nothing typed takes it back. Raises `NotTaken` with the check's sentence."""
        row = self._find(name)
        if why := _fixed(row):
            raise NotTaken(name, why)
        await self._write({row.path: typed}, name)

    @action
    async def back_to_team(self, name: str) -> None:
        """Remove a setting from the own file: the team's value holds again. Raises `NotTaken`."""
        row = self._find(name)
        if not row.is_own:
            self._state.say(notice("setting_not_own", name=name))
            return
        await self._write({row.path: ""}, name)

    def about_me(self, said: Mapping[str, str], refused: NotTaken | None = None) -> tuple[FormField, ...]:
        """A line each for name, company (where no team says it) and number, with what was `said` on it."""
        rows = {row.row.key: row for row in self._own.rows()} if self._own else {}
        return tuple(
            FormField(
                name,
                notice(_ABOUT_ME[name]),
                said.get(name, row.typed),
                problem=str(refused) if refused and refused.field_id == name else "",
                hint=notice(_HINTS[name]),
            )
            for name in _ABOUT_ME
            if (row := rows.get(name)) and not row.fixed
        )

    @action
    async def give_about_me(self, said: Mapping[str, str]) -> None:
        """Write who the rep is; lines left empty are not written. Raises `NotTaken` for the first that cannot be."""
        given = {tuple(name.split(".")): words for name, words in said.items() if words.strip()}
        if given:
            await self._write(given, _NAME)
            self._state.say(notice("about_me_saved"))

    def _find(self, name: str) -> OwnRow:
        if self._own is None:
            raise NotTaken(name, notice("no_own_file"))
        return next(row for row in self._own.rows() if row.row.key == name)

    async def _write(self, values: Mapping[Path, str], name: str) -> None:
        if self._own is None:
            raise NotTaken(name, notice("no_own_file"))
        typed = {path: clean(value) for path, value in values.items()}
        self._check_number(typed.get(("me", "number"), ""))
        try:
            settings = await aside(partial(self._own.put, typed))
        except NotWrittenError as error:
            raise NotTaken(name, _refused(error.problem)) from error
        self._obey(settings)
        self._state.say(_written(self._find(name)))

    def _check_number(self, typed: str) -> None:
        parsed = parse(typed, self._state.settings.region)
        if typed.strip() and not parsed.e164:
            raise NotTaken(_NUMBER, notice("not_a_number", typed=typed, problem=parsed.problem))

    def _obey(self, settings: Settings) -> None:
        state = self._state
        if settings != state.settings:
            state.settings = settings
            state.ranking.go_by(settings, state.now)
            state.name_rep()
            if state.working and state.working.phase in BEFORE_A_DIAL:
                self._reading().prepare(state.working)  # the words on the card name the rep


def _row(one: OwnRow) -> SettingRow:
    row = one.row
    return SettingRow(
        row.key,
        row.value,
        row.origin,
        row.place,
        translated(row.help),
        notice("setting_stricter", takes=_takes(one)) if one.only_stricter else _takes(one),
        one.choices,
        one.typed,
        _fixed(one),
        notice("counts_now" if one.at_once else "counts_next"),
        one.is_own,
    )


def _fixed(one: OwnRow) -> str:
    if one.fixed == "variable":
        return notice("setting_in_variable", origin=one.row.origin)
    return notice(_FIXED[one.fixed]) if one.fixed else ""


def _takes(one: OwnRow) -> str:
    shape = one.setting.shape
    if one.choices:
        return notice("takes_one_of", choices=", ".join(one.choices))
    if shape.what == "list":
        return notice("takes_several")
    if shape.what == "whole":
        return notice("takes_whole", low=f"{shape.low:g}", high=f"{shape.high:g}")
    if shape.what == "duration":
        return notice("takes_time")
    return (
        notice("takes_pattern", what=translated(shape.pattern_help))
        if shape.pattern_help
        else notice("takes_like_value" if one.setting.read else "takes_words")
    )


def _written(one: OwnRow) -> str:
    row = one.row
    if not row.origin:
        return notice("setting_unset_now" if one.at_once else "setting_unset_next", name=row.key)
    code = "setting_now" if one.at_once else "setting_next"
    return notice(code, name=row.key, value=row.value, origin=row.origin)


def _refused(problem: Problem) -> str:
    message, advice = message_of(problem), advice_of(problem)
    code = "setting_refused_help" if advice else "setting_refused"
    if problem.code.startswith("PH0"):  # the file itself cannot be read or saved
        code = "setting_refused_at_help" if advice else "setting_refused_at"
    told = notice(
        code,
        message=message,
        advice=advice,
        file=visible(problem.file),
        line=problem.line,
        column=problem.col,
    )
    return ended(told)  # the advice may be a question

"""What the call asks the rep to type: a reason, a number, tones, words for the trainer, a fact for the script."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.cockpit.view import Ask
from tui.cockpit.wording.typed import NO_FACTS, SEARCHED, WHICH_FACT, fact_ask, typed_ask
from tui.locale.spoken import translated
from tui.screens.fitted_call import FittedCall
from tui.screens.pick import PickScreen
from tui.screens.screen_context import ScreenContext
from tui.widgets.section_list import PickRow


def what_they_said(context: ScreenContext, search: Callable[[str], Sequence[tuple[str, str]]]) -> PickScreen:
    """Objections and situations to choose from, found by what they said; gives back where the script goes."""

    def found(text: str) -> tuple[PickRow, ...]:
        return tuple(PickRow(target, (label,)) for target, label in search(text))

    return PickScreen(context, translated(SEARCHED), found, widths=(70,), narrow_here=False)


class CallQuestions(FittedCall):
    """The questions of a call."""

    def _fill_in(self) -> None:
        name, about, _ = self.view.script.asks[0]
        self.ask_here(Ask("fill", about, (), text=True), lambda text: self.cockpit.talk.fill_in(name, text))

    def _type_reason(self) -> None:
        self.ask_here(typed_ask("reason"), self.cockpit.talk.set_reason)

    def _suggest(self) -> None:
        self.ask_here(typed_ask("suggest"), self.cockpit.talk.suggest)

    def _nothing_fitted(self) -> None:
        self.ask_here(typed_ask("unfit"), self.cockpit.talk.nothing_fitted)

    async def _write_fact(self) -> None:
        facts = self.cockpit.talk.facts()
        if not facts:
            await self.cockpit.tell(translated(NO_FACTS))
            return
        rows = tuple(PickRow(fact.name, (fact.about or fact.name, fact.value), fact.name) for fact in facts)
        screen = PickScreen(self.context, translated(WHICH_FACT), lambda _: rows, widths=(44, 30))
        await self.ask_on(screen, self._ask_fact)

    def _ask_fact(self, name: str) -> None:
        self.ask_here(fact_ask(name), lambda text: self.cockpit.talk.tell_fact(name, text))

    async def _search(self) -> None:
        screen = what_they_said(self.context, self.cockpit.talk.search)
        await self.ask_on(screen, self.cockpit.talk.jump)

    def _dial_by_hand(self) -> None:
        self.ask_here(typed_ask("by-hand"), self._dial_typed)

    async def _dial_typed(self, number: str) -> None:
        if number.strip():
            await self.cockpit.call.dial_by_hand(number)

    def _ask_tones(self) -> None:
        self.ask_here(typed_ask("tones"), self.cockpit.phone.tones)

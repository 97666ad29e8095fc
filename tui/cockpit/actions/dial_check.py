"""What stands between the dial key and the phone, the same for every path: queue, card, redial, by hand, by itself.

Do-not-call and the guard of numbers refuse. A law refuses until the rep types why. A rule of the house never
refuses: it asks once, and only when it did not stand on the card before.
"""

from __future__ import annotations

from collections.abc import Collection

from tui.cockpit.actions.do_not_call import same_person
from tui.cockpit.actions.script import ScriptReading
from tui.cockpit.state.active_call import Working
from tui.cockpit.state.state import State
from tui.cockpit.view import BEFORE_A_DIAL, Ask, Phase
from tui.cockpit.wording import card
from tui.cockpit.wording.answers import CALL, CALL_ANYWAY
from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.why import number_sentence, sentence
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.dial_check import ASKED_FIRST, dial_check
from tui.domain.law import Check, law_check
from tui.domain.outcome import Category
from tui.locale.spoken import choices
from tui.phone import GuardLevel
from tui.plaintext import clean

LEAST_REASON = 3
"""Letters of a reason to call against a rule of law."""
OF_ONE_NUMBER = frozenset({"outside_hours", "sooner_than_planned"})
"""Rules that look at the clock of the number: seen for one number, they are asked again for another."""
MAY_TYPE_A_NUMBER = BEFORE_A_DIAL | {Phase.DIALLING, Phase.RINGING}
"""Phases in which the key for a typed number works."""


class Gate:
    """Checks every dial."""

    def __init__(self, state: State, reading: ScriptReading) -> None:
        self._state = state
        self._reading = reading
        self._asked_for = ""
        """Id of the call in hand about which the last question was."""

    # -- what speaks against a call --------------------------------------------------------------------

    def checks(
        self, contact: Contact, number: str = "", reasons: Collection[str] = (), reason_id: str = ""
    ) -> tuple[Check, ...]:
        """What speaks against calling this number of a person now (by default the one called first)."""
        state = self._state
        in_hand, bounds, step = state.number(contact, number), state.ranking.bounds, state.step(contact)
        return dial_check(
            bounds.may_call.marked(contact),
            state.calls(contact),
            state.settings.policy,
            state.now,
            reasons,
            zones=in_hand.zones,
            colleague=bounds.colleague(step),
            expected=bounds.expected(step),
            law=in_hand.law,
            reason_id=reason_id,
            plans=state.store.plans(contact.id),
            refused=bounds.may_call.why_not(contact, in_hand.number),
        )

    def of(self, working: Working, number: str = "") -> tuple[Check, ...]:
        """What speaks against a dial of the call in hand."""
        return self.checks(
            working.contact,
            number or working.number,
            self._reading.reason_ids(working),
            working.reason_id,
        )

    def shown(self, working: Working) -> tuple[Check, ...]:
        """What the card says before it rings. What stood there is not asked again.

        While a key is at work the clock may paint, too: that card was there for a moment, and nobody has read it.
        """
        checks = self.of(working)
        if not self._state.acting:
            working.warned |= {_seen_as(check, working.number) for check in checks}
        return checks

    # -- the gate --------------------------------------------------------------------------------------

    def lets_through(self, working: Working, number: str, *, sure: bool) -> bool:
        """Whether the number may be called now; else the rep is told why not, or asked.

        `sure`: the rep has answered the question.
        """
        state = self._state
        if like := state.ranking.bounds.may_call.marked(working.contact).do_not_call.like:
            self._ask(working, same_person(working.contact, like))
            return False
        if refused := self.refused(working, number):
            state.say(refused, "warn")
            return False
        if state.settings.sound_check and state.rep.get("sound_checked") != str(state.here.date()):
            self._ask(working, Ask(f"sound:{number}", notice("sound_check"), choices(CALL)))
            return False
        verdict = state.ranking.bounds.verdict(number)
        if verdict.level is GuardLevel.BLOCK:
            state.say(number_sentence(verdict), "warn")
            return False
        if working.lawful != number and (law := self._law(working, number)):
            title = notice("law_forbids", rule=sentence(law[0].why))
            self._ask(working, Ask(f"override:{number}", title, (), text=True))
            return False
        return sure or not self._asks(
            working, number, verdict.level is GuardLevel.ASK, number_sentence(verdict)
        )

    def _asks(self, working: Working, number: str, doubtful: bool, doubt: str) -> bool:
        """Ask about a number that looks wrong, and about house rules the rep has not seen; whether it asked."""
        doubtful = doubtful and not working.contact.is_demo
        unseen = [
            check
            for check in self.of(working, number)
            if check.code in ASKED_FIRST and _seen_as(check, number) not in working.warned
        ]
        if not unseen and not doubtful:
            return False
        working.warned |= {_seen_as(check, number) for check in unseen}
        said = " ".join([*(sentence(check.why) for check in unseen), *((doubt,) if doubtful else ())])
        # A wrong number costs money: it needs its own key. A rule of ours is a reminder: Enter calls.
        title, default = (said, "") if doubtful else (notice("call_anyway", said=said), "y")
        self._ask(working, Ask(f"dial:{number}", title, choices(CALL_ANYWAY), default=default))
        return True

    def _ask(self, working: Working, ask: Ask) -> None:
        self._state.ask, self._asked_for = ask, working.id

    @property
    def is_about_the_call_in_hand(self) -> bool:
        """Whether the last question was about the call that is in hand now: its answer calls nobody else."""
        working = self._state.working
        return working is not None and working.id == self._asked_for

    def taken(self, working: Working) -> str:
        """Why the shared list does not let the rep call whoever is in hand; empty when it does, and without one."""
        leases = self._state.leases
        against = leases.why_not(working.contact) if leases else None
        return sentence(against) if against else ""

    def holds_back(self, working: Working) -> bool:
        """Whether the next person may not be called by itself: there is something to say first."""
        number = working.number
        verdict = self._state.ranking.bounds.verdict(number)
        doubtful = verdict.level is not GuardLevel.OK and not working.contact.is_demo
        asked = any(check.level == "block" or check.code in ASKED_FIRST for check in self.of(working))
        return doubtful or asked or bool(self.refused(working, number))

    # -- the law ---------------------------------------------------------------------------------------

    def _law(self, working: Working, number: str) -> tuple[Check, ...]:
        """Rules of law that forbid ringing this number now; dials of this attempt count."""
        state, contact = self._state, working.contact
        there = state.number(contact, number)
        in_hand = Call(working.id, contact.id, state.now, "", Category.NO_ANSWER, dials=tuple(working.dials))
        calls = (*state.calls(contact), in_hand) if working.dials else state.calls(contact)
        return law_check(contact, calls, there.law, state.now, there.zones)

    def override(self, working: Working, number: str, reason: str) -> bool:
        """Note why the rep calls once although the law forbids it; the rule and the reason stay with the call.

        False, and a sentence for the rep, when no reason was typed.
        """
        typed = clean(reason)
        if len(typed) < LEAST_REASON:
            self._state.say(notice("reason_needed"), "warn")
            return False
        law = self._law(working, number)
        rule = sentence(law[0].why) if law else ""
        working.override = "; ".join(
            filter(None, (working.override, notice("overridden", rule=rule, reason=typed)))
        )
        working.lawful = number
        return True

    def refused(self, working: Working, number: str) -> str:
        """Why the number is not called, whatever the rep says; empty when it may be."""
        name = card.name_of(working.contact)
        if refused := self._state.ranking.bounds.refusal(working.contact, number):
            return refused
        if taken := self.taken(working):
            return taken
        if not number:
            may_type, by_hand = working.phase in MAY_TYPE_A_NUMBER, self._state.key("ready.by_hand")
            return notice("no_number_type_one" if may_type else "no_number", name=name, by_hand=by_hand)
        if not working.can_be_called_again:
            return notice("call_is_over")
        if self._state.run is None and working.direction == "out":
            return notice("no_session_to_call")
        return ""


def _seen_as(check: Check, number: str) -> str:
    return f"{check.code} {number}" if check.code in OF_ONE_NUMBER else check.code

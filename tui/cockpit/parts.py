"""The parts of a call put together: each does one job at the one desk."""

from __future__ import annotations

from pathlib import Path

from tui.cockpit.actions.caller_lookup import Callers
from tui.cockpit.actions.contact_import import Importing
from tui.cockpit.actions.conversation import Talk
from tui.cockpit.actions.dialing import Line
from tui.cockpit.actions.do_not_call import DoNotCall
from tui.cockpit.actions.hand_over import Ownership
from tui.cockpit.actions.incoming_call import Incoming
from tui.cockpit.actions.messages import Beside
from tui.cockpit.actions.next_person import Flow
from tui.cockpit.actions.outcome import Closing
from tui.cockpit.actions.people import People
from tui.cockpit.actions.phone_state import PhoneLine
from tui.cockpit.actions.restart import ComingBack
from tui.cockpit.actions.script import Reading
from tui.cockpit.actions.session import Timing
from tui.cockpit.actions.undo import Undo
from tui.cockpit.pages.contact import Dossier
from tui.cockpit.pages.painter import CallPainter
from tui.cockpit.pages.report_page import Standing
from tui.cockpit.state.state import Desk
from tui.script.files.library import Library


class Parts:
    """Everything behind the queue. `Facade` makes it when the first of these is needed."""

    def __init__(self, desk: Desk, library: Library, suggestions: Path | None, phone: PhoneLine) -> None:
        """`suggestions`: the folder that keeps reps' wordings."""
        self.reading = Reading(desk, library)
        self.flow = Flow(desk, self.reading)
        self.coming_back = ComingBack(desk, self.flow, self.reading)
        self.never = DoNotCall(desk)
        self.line = Line(desk, self.flow, self.reading, phone, self.never)
        self.closing = Closing(desk, self.flow)
        self.timing = Timing(desk, self.flow, self.line, self.reading, self.never)
        self.talk = Talk(desk, self.flow, self.reading, suggestions)
        self.callers = Callers(desk, self.flow, self.reading)
        self.people = People(desk, self.flow)
        self.importing = Importing(desk)
        self.dossier = Dossier(desk, self.line, self.flow, self.reading)
        self.beside = Beside(desk, self.flow)
        self.undo = Undo(desk, self.flow, self.beside, self.people, self.closing.correcting)
        self.ownership = Ownership(desk, self.flow)
        self.incoming = Incoming(desk, self.flow, self.callers)
        self.painter = CallPainter(
            desk, self.flow, self.closing, self.line, self.reading, self.incoming, Standing(desk)
        )

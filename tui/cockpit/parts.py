"""The parts of a call put together: each does one job at the one desk."""

from __future__ import annotations

from pathlib import Path

from tui.cockpit.beside import Beside
from tui.cockpit.call_painting import CallPainter
from tui.cockpit.callers import Callers
from tui.cockpit.closing import Closing
from tui.cockpit.coming_back import ComingBack
from tui.cockpit.desk import Desk
from tui.cockpit.do_not_call import DoNotCall
from tui.cockpit.dossier import Dossier
from tui.cockpit.flow import Flow
from tui.cockpit.importing import Importing
from tui.cockpit.incoming import Incoming
from tui.cockpit.line import Line
from tui.cockpit.ownership import Ownership
from tui.cockpit.people import People
from tui.cockpit.phone_line import PhoneLine
from tui.cockpit.reading import Reading
from tui.cockpit.standing import Standing
from tui.cockpit.talk import Talk
from tui.cockpit.timing import Timing
from tui.cockpit.undo import Undo
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

"""One table of everything a key can do. Key lines, `?`, palette, keymap and docs derive from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from tui.commands.keys import shown_key
from tui.commands.places import PLACES
from tui.locale.spoken import translated


class Command(Struct, frozen=True):
    """One thing a rep can do: a stable id, its default key, a short label, a sentence of help, and where it works."""

    id: str
    key: str
    """Textual's key names, several separated by a comma; the first is the one shown."""
    label: str
    help: str
    where: str
    """A key of `PLACES`."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The default keys."""
        return tuple(self.key.split(","))


COMMANDS: tuple[Command, ...] = (
    Command(
        "app.caller", "f2,ctrl+r", "incoming call", "Find who calls; the clock stands still", "everywhere"
    ),
    Command("app.help", "f1", "help", "What this part of the screen is for", "everywhere"),
    Command("app.keys", "question_mark", "all keys", "Every key that works here", "everywhere"),
    Command("app.palette", "ctrl+p", "commands", "Search all commands", "everywhere"),
    Command(
        "app.quit",
        "ctrl+q",
        "quit",
        "Leave; asks first if a call is open or something is unsaved",
        "everywhere",
    ),
    Command("app.theme", "f8", "colours", "Other colours: light, dark, high contrast", "everywhere"),
    Command("app.team_hour", "T", "team's power hour", "Join or leave the team's power hour", "everywhere"),
    Command("app.tour", "f3", "skip the tour", "End the guided first call for good", "everywhere"),
    Command("app.why", "W", "why", "Why this person now or not; which script they get", "everywhere"),
    Command(
        "queue.ring", "enter", "call", "Call the selected person; starts the session when none runs", "queue"
    ),
    Command("queue.down", "down,j", "choose", "Next person", "queue"),
    Command("queue.up", "up,k", "choose", "Previous person", "queue"),
    Command("queue.bottom", "end,G", "last", "Last person", "queue"),
    Command("queue.page_down", "pagedown", "further down", "Page down", "queue"),
    Command("queue.page_up", "pageup", "further up", "Page up", "queue"),
    Command("queue.top", "home", "first", "First person", "queue"),
    Command(
        "queue.find", "slash", "find", "Find anybody by name, number, e-mail, company, tag or note", "queue"
    ),
    Command("queue.skip", "s", "skip", "Not now: one key says why; it can be undone", "queue"),
    Command("queue.add", "a", "add a person", "Add a person who is not in the list", "queue"),
    Command("queue.import", "i", "import", "Import contacts from a file", "queue"),
    Command("queue.list", "l", "another list", "Choose a list or a saved filter", "queue"),
    Command("queue.held", "h", "not today", "Who is not offered today, why, and until when", "queue"),
    Command("queue.log", "o", "a call made elsewhere", "Record a call you made with another phone", "queue"),
    Command("queue.length", "plus", "another length", "Choose minutes and goal of the next session", "queue"),
    Command("queue.report", "r", "report", "What your calls brought", "queue"),
    Command("queue.recap", "e", "end", "See the recap of the running session; end it there", "queue"),
    Command("queue.keep_filter", "f", "keep this filter", "Name the filter to find it under lists", "queue"),
    Command("queue.open", "right", "open", "Everything about this person", "queue"),
    Command(
        "queue.done", "space", "done", "Mark the to-do under the cursor as done; undo opens it again", "queue"
    ),
    Command(
        "queue.doubles", "d", "here twice?", "Who may be here twice: join them or keep them apart", "queue"
    ),
    Command("queue.company", "b", "company", "Everybody of this person's company", "queue"),
    Command("queue.many", "asterisk", "change all", "Tags, lists, skip or owner of all found", "queue"),
    Command("queue.undo", "u", "undo", "Undo the last outcome with everything it caused", "queue"),
    Command("queue.hang_up", "ctrl+x", "hang up", "End a call that is still up", "queue"),
    Command("queue.clear", "escape", "clear", "Clear the search or the filter", "queue"),
    Command(
        "queue.settings", "comma", "settings", "Every setting, its value and where it comes from", "queue"
    ),
    Command(
        "queue.team",
        "t",
        "team settings",
        "What changed in the team's settings, and what is wrong in them",
        "queue",
    ),
    Command(
        "queue.rehearse", "R", "rehearse", "Walk through this person's script; nobody is called", "queue"
    ),
    Command("ready.dial", "enter", "call", "Call now", "ready"),
    Command("ready.hold", "space", "hold", "Hold the countdown", "ready"),
    Command("ready.skip", "s", "skip", "Not now: one key says why", "ready"),
    Command("ready.pause", "p", "pause", "Stop the clock", "ready"),
    Command("ready.undo", "u", "undo", "Undo the last outcome", "ready"),
    Command("ready.other", "o", "other number", "Use the person's other number", "ready"),
    Command("ready.by_hand", "h", "type a number", "Call a number you type", "ready"),
    Command("ready.reason", "i", "a reason of your own", "Type why this call is worth their time", "ready"),
    Command(
        "ready.fill",
        "equals_sign",
        "fill in",
        "Write what the script asks you for, such as today's topic; it holds until you change it",
        "ready",
    ),
    Command(
        "ready.record",
        "ctrl+y",
        "record the call",
        "Record this person's call if they agreed (press again to turn it off)",
        "ready_line",
    ),
    Command(
        "ready.me", "comma", "who you are", "Your name, company and number, as scripts say them", "ready"
    ),
    Command("ready.hang_up", "ctrl+x", "hang up", "End a call that is still up", "ready"),
    Command("ready.extend", "plus", "5 more minutes", "Five more minutes", "ready"),
    Command("ready.recap", "r", "end the session", "See the recap; end the session there", "ready"),
    Command("ready.queue", "escape", "back to the queue", "Back to the queue; the session runs on", "ready"),
    Command(
        "ringing.answered", "enter", "Somebody answered", "Somebody answered: the script opens", "ringing"
    ),
    Command("ringing.outcomes", "escape", "all outcomes", "Every outcome and what it does", "ringing"),
    Command(
        "ringing.other", "o", "other number", "Call the other number; it counts as one attempt", "ringing"
    ),
    Command(
        "ringing.previous_number", "less_than_sign", "previous number", "Call the previous number", "ringing"
    ),
    Command("ringing.next_number", "greater_than_sign", "next number", "Call the next number", "ringing"),
    Command("ringing.pause", "p", "pause", "Stop the clock", "ringing"),
    Command(
        "ringing.undo", "u", "undo the last call", "Correct the last call while this one rings", "ringing"
    ),
    Command("ringing.again", "k", "redial", "Call dropped? Redial (counts as one attempt)", "ringing"),
    Command("ringing.by_hand", "h", "type a number", "Call a number you type", "ringing"),
    Command("ringing.hang_up", "ctrl+x", "hang up", "Hang up, then pick the outcome", "ringing"),
    Command("talking.keep", "enter", "keep the note", "Keep the note line", "talking"),
    Command(
        "talking.earlier",
        "up",
        "change a kept note",
        "Change the previous note; empty it to remove it",
        "talking",
    ),
    Command("talking.later", "down", "next note", "Change the next note", "talking"),
    Command(
        "talking.over",
        "escape",
        "call over: choose the outcome",
        "The call is over: choose the outcome",
        "talking",
    ),
    Command("talking.hang_up", "ctrl+x", "hang up", "End the call on the line", "talking"),
    Command("talking.tones", "ctrl+t", "tones", "Send digits, * or #, for their phone menu", "talking_line"),
    Command("talking.mute", "ctrl+g", "mute", "They cannot hear you (press again to unmute)", "talking_line"),
    Command("talking.hold", "ctrl+o", "hold", "Put the call on hold (press again to go on)", "talking_line"),
    Command("talking.on", "space", "next line", "Next line of the script", "talking_empty"),
    Command("talking.back", "backspace", "one step back", "One step back", "talking_empty"),
    Command(
        "talking.search", "slash", "search", "What they said: objections and situations", "talking_empty"
    ),
    Command(
        "talking.suggest",
        "exclamation_mark",
        "better words",
        "Say it better: your wording goes to the trainer",
        "talking_empty",
    ),
    Command(
        "talking.unfit",
        "ctrl+n",
        "nothing fitted",
        "Nothing of the script fitted: tell the trainer",
        "talking",
    ),
    Command("talking.fact", "ctrl+f", "write down a fact", "What they told you, for the script", "talking"),
    Command("talking.buying", "plus", "buying signal", "They want it", "talking_empty"),
    Command("talking.no_buy", "minus", "no-buy signal", "They do not want it", "talking_empty"),
    Command("app.facts", "tab", "facts", "Everything known about this person; again: back", "facts_key"),
    Command("facts.down", "down", "further down", "Further down", "facts"),
    Command("facts.up", "up", "further up", "Further up", "facts"),
    Command("facts.back", "escape", "back", "Back to the list or the call", "facts"),
    Command("call_over.take", "enter", "take it", "Take the highlighted outcome", "call_over"),
    Command(
        "call_over.back",
        "escape",
        "back",
        "Back to the call; off the card when there is none. Not logged",
        "call_over",
    ),
    Command("call_over.again", "k", "redial", "Call dropped? Redial (counts as one attempt)", "call_over"),
    Command("call_over.notes", "i", "notes", "Write a note; change or remove this call's notes", "call_over"),
    Command("call_over.undo", "u", "undo the last call", "Correct the call before this one", "call_over"),
    Command(
        "call_over.throw_away",
        "r",
        "it did not happen",
        "Nobody was called: throw the call away; undo brings it back",
        "call_over",
    ),
    Command("call_over.hang_up", "ctrl+x", "hang up", "End the call on the line", "call_over"),
    Command("call_over.down", "down,j", "down", "Next outcome", "call_over"),
    Command("call_over.up", "up", "up", "Previous outcome", "call_over"),
    Command("form.save", "enter", "save", "Save and show the next person", "form"),
    Command("form.next_field", "tab,down", "next line", "Next line of the form", "form"),
    Command("form.previous_field", "shift+tab,up", "line before", "Line before", "form"),
    Command(
        "form.leave",
        "escape",
        "back to the outcomes, nothing is saved",
        "Back to the outcomes; nothing is saved, the text is kept",
        "form",
    ),
    Command("form.next_choice", "space,right", "next choice", "The next choice of this line", "form_choice"),
    Command("paused.go_on", "enter", "go on", "The clock runs again", "paused"),
    Command("paused.undo", "u", "undo", "Undo the last outcome", "paused"),
    Command("recap.end", "enter", "end the session", "End it; once the time is up: once more", "recap"),
    Command("recap.extend", "plus", "5 more minutes", "Five more minutes", "recap"),
    Command("recap.report", "r", "the numbers", "The numbers of the session, and the report", "recap"),
    Command("recap.undo", "u", "undo", "Undo the last outcome", "recap"),
    Command("recap.back", "escape", "back", "Back; once the time is up: end it, to the queue", "recap"),
    Command("app.more", "pagedown", "more", "Scroll down", "reading"),
    Command("app.less", "pageup", "back up", "Scroll up", "reading"),
    Command(
        "ringing_in.answer", "enter", "answer", "Take the call; their card and the words open", "ringing_in"
    ),
    Command("ringing_in.down", "down", "down", "Next person", "ringing_in"),
    Command("ringing_in.up", "up", "up", "Previous person", "ringing_in"),
    Command(
        "ringing_in.later",
        "escape",
        "finish this one first",
        "It keeps ringing; the key for an incoming call shows it again",
        "ringing_in",
    ),
    Command(
        "ringing_in.decline", "ctrl+x", "decline", "Decline; they go to the top of the queue", "ringing_in"
    ),
    Command("caller.open", "enter", "open", "Open this person with the words for a call back", "caller"),
    Command("caller.down", "down", "down", "Next person", "caller"),
    Command("caller.up", "up", "up", "Previous person", "caller"),
    Command("caller.back", "escape", "nobody", "Nobody called: back, and the clock runs again", "caller"),
    Command("contact.ring", "enter", "call", "Call this person", "contact"),
    Command("contact.edit", "e", "edit", "Change name, company, numbers and the rest", "contact"),
    Command("contact.company", "b", "company", "Everybody of this person's company", "contact"),
    Command("contact.undo", "u", "undo", "Undo the last outcome", "contact"),
    Command(
        "contact.correct",
        "p",
        "past calls",
        "Correct a past call: outcome, notes, promise, to-do; or answer for one that was left open",
        "contact",
    ),
    Command(
        "contact.sent", "m", "sent a message", "They got an e-mail, a text message or a visit", "contact"
    ),
    Command(
        "contact.cancelled",
        "c",
        "sale cancelled",
        "Mark the last meeting or sale as cancelled (press again to undo)",
        "contact",
    ),
    Command(
        "contact.pursuit",
        "s",
        "no more calls",
        "By e-mail instead, or stop for good with a reason; afterwards: call them again",
        "contact",
    ),
    Command("contact.hand_over", "h", "hand over", "To a colleague, with a note, if they agree", "contact"),
    Command(
        "contact.take", "t", "take over", "They are mine from now on, whoever looked after them", "contact"
    ),
    Command("contact.manager", "n", "needs the manager", "Ask your manager about this person", "contact"),
    Command(
        "contact.rehearse", "R", "rehearse", "Walk through this person's script; nobody is called", "contact"
    ),
    Command("rehearse.on", "space,enter", "next line", "Next line of the script", "rehearse"),
    Command("rehearse.line_back", "backspace", "one step back", "One step back", "rehearse"),
    Command("rehearse.search", "slash", "search", "What they said: objections and situations", "rehearse"),
    Command("rehearse.top", "home", "first", "From the first line again", "rehearse"),
    Command("rehearse.back", "escape", "back", "Back; nothing was kept", "rehearse"),
    Command("contact.down", "down,j", "down", "Further down", "contact"),
    Command("contact.up", "up,k", "up", "Further up", "contact"),
    Command("contact.back", "escape,left", "back", "Back", "contact"),
    Command("list.take", "enter", "take it", "Take the highlighted line", "list"),
    Command("list.down", "down", "down", "Next line", "list"),
    Command("list.up", "up", "up", "Previous line", "list"),
    Command("list.page_down", "pagedown", "further down", "Further down", "list"),
    Command("list.page_up", "pageup", "further up", "Further up", "list"),
    Command("list.back", "escape", "back", "Back", "list"),
    Command("settings.change", "enter", "change it", "Change the highlighted setting", "settings"),
    Command(
        "settings.back_to_team",
        "delete",
        "remove your value",
        "Remove your own value: the team's or the built-in one holds again",
        "settings",
    ),
    Command("fields.save", "enter", "save", "Save all lines", "fields"),
    Command("fields.next", "tab,down", "next line", "Next line", "fields"),
    Command("fields.previous", "shift+tab,up", "line before", "Line before", "fields"),
    Command("fields.back", "escape", "back", "Leave without a change", "fields"),
    Command("text.down", "down,j", "down", "Further down", "text"),
    Command("text.up", "up,k", "up", "Further up", "text"),
    Command("text.back", "escape,enter", "back", "Back", "text"),
    Command(
        "import.path", "slash", "type its name", "Type or paste the file's name and folder", "import_pick"
    ),
    Command(
        "import.up", "backspace", "folder above", "The folder above the one that is shown", "import_pick"
    ),
    Command("import.leave", "escape", "back", "Back; nothing was imported", "import_pick"),
    Command("import.take", "enter", "import", "Import these people", "import"),
    Command("import.list", "l", "list name", "The name of the list they get", "import"),
    Command("import.columns", "c", "columns", "Say what a column means", "import"),
    Command(
        "import.encoding", "e", "letters", "Choose how the file is written when letters are wrong", "import"
    ),
    Command(
        "import.back",
        "escape",
        "another file",
        "Back to the files; a running import stops, with nothing written",
        "import",
    ),
)
"""Every command of the cockpit. Outcome letters come from config.yaml and are not in this table."""


def commands_for(where: str) -> tuple[Command, ...]:
    """Commands that work in one place, without those that work everywhere."""
    return tuple(command for command in COMMANDS if command.where == where)


_COMMAND_ID = re.compile(r"\{([a-z_.]+)\}")


class Keys:
    """Which key runs which command, after the rep's own changes (already checked by the settings)."""

    def __init__(self, changes: Mapping[str, str] | None = None) -> None:
        self._keys = {c.id: tuple((changes or {}).get(c.id, c.key).split(",")) for c in COMMANDS}
        self._commands: dict[tuple[str, str], Command] = {}
        for command in COMMANDS:
            for key in self._keys[command.id]:
                self._commands.setdefault((command.where, key), command)

    def command(self, key: str, places: Iterable[str]) -> Command | None:
        """The command a key runs in these places, the first place first; None when it runs none."""
        return next((found for place in places if (found := self._commands.get((place, key)))), None)

    def shown(self, command_id: str) -> str:
        """The key of a command as it is written on the screen."""
        return shown_key(self._keys[command_id][0])

    def about(self, place: str) -> str:
        """What F1 says of a place, with the keys as they are now."""
        return _COMMAND_ID.sub(lambda found: self.shown(found[1]), translated(PLACES[place]))

    def all_shown(self, command_id: str) -> str:
        """All keys of a command, as they are written on the screen."""
        return " ".join(shown_key(key) for key in self._keys[command_id])


BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}
"""Commands by id."""

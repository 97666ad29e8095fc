"""Where a command can work, and what F1 says there."""

from __future__ import annotations

PLACES: dict[str, str] = {
    "everywhere": "These keys work on every screen.",
    "queue": "Who can be called now, and why. Enter calls the selected person; that starts a session when none runs. "
    "Later today and To do stand below. {queue.held} shows everybody else, with the reason and the day.",
    "reading": "PgUp and PgDn scroll the screen.",
    "ready": "The next person is on the screen and nobody is called yet. Read the card, then call. "
    "Outcome letters work once it rings.",
    "ringing": "You are calling them. If it is voicemail, the words are on the screen. Enter when somebody answers; "
    "a letter records the outcome and brings the next person.",
    "talking": "Say the words at the top. Whatever you type is a note; Enter keeps it. On an empty line the keys "
    "below answer, go on, go back and search. Esc when the call is over; nothing is noted until you choose.",
    "talking_empty": "These keys and the digits work on an empty note line. A letter begins a note.",
    "ready_line": "Your phone can record the call if they agreed to it.",
    "talking_line": "These keys are those of the phone itself.",
    "facts": "Everything known about this person stands here. What you type in a call is still a note.",
    "facts_key": "{app.facts} shows everything known about this person, without leaving the list or the call.",
    "call_over": "Each line says what the outcome would do. Press its letter, or Enter for the highlighted one.",
    "form": "Only what is needed stands here. Times are the customer's own; what was understood is said below. "
    "Of a time with two readings Enter asks which. Enter saves, Esc goes back and keeps the text.",
    "form_choice": "Space goes to the next choice of this line.",
    "paused": "The clock stands still.",
    "recap": "What this session brought, and what comes of it. {recap.report} shows the numbers.",
    "ringing_in": "Somebody is calling on your line. Enter takes the call and opens their card; Esc lets it ring "
    "while you finish the other call; typing looks for somebody else.",
    "caller": "Type some digits of the number, a part of the name or of the company. Enter opens the person with the "
    "right words. The clock of your session stands still meanwhile.",
    "contact": "Everything known about this person, the latest first.",
    "rehearse": "The words of this person's next call, as the call would show them. Digits answer. Nobody is called, "
    "and nothing is kept.",
    "list": "Type to narrow the list, Up and Down to choose, Enter to take it, Esc to leave.",
    "settings": "Every setting with its value and where that comes from. Type a part of a name. Enter changes the "
    "highlighted one in your own settings file; below the list stands what it takes, and when a change counts.",
    "fields": "Tab goes to the next line, Enter saves all lines, Esc leaves without a change.",
    "text": "Read, then Esc.",
    "import_pick": "Choose a file of contacts as another program exports it. Enter opens a folder or takes a file.",
    "import": "Nothing is imported before you have seen how the file was read. {import.columns} corrects a column.",
}
"""By place; `{queue.held}` stands for the key of that command."""

"""What is said when the list cannot be used: what happened, and what to do. Never a password, never a whole address."""

from __future__ import annotations

from tui.locale.spoken import filled

NO_PACKAGE = "The shared list needs a package that is not installed. Install it with  {command}"
NO_NAME = "Colleagues have to know who you are. Write  me: {{name: Sam Reed}}  into your settings."
NOT_MADE = "There is no list of Power Hour in this database yet. Whoever keeps the database runs  powerhour team init"
NO_RIGHTS = (
    "{login} may not use the list in {database}. A manager adds you:  powerhour team members --add {login}"
)
UNSAFE = (
    "The server of the list may lose what it said it had kept ({setting} is off), so it is not used. "
    "Whoever keeps the database sets  {setting} = on"
)
TABLES_TOO_NEW = (
    "The list was made by a newer Power Hour (tables {found}; this one knows {known}). Update yours."
)
TABLES_TOO_OLD = (
    "The tables of the list are of an older Power Hour ({found}; this one needs {known}). "
    "Whoever keeps the database runs  powerhour team init  again"
)
FORMAT_TOO_NEW = (
    "A colleague's newer Power Hour writes to the list (format {found}; this one knows {known}). "
    "Update yours, then go on."
)
NOT_THIS_ONE = "{place} does not take the password of {login}. Store the right one:  {command}"
ASKS_FOR_ONE = "{place} asks for the password of {login}. Store it:  {command}"
NO_LOGIN = "{place} knows no login {login}. A manager adds you:  powerhour team members --add {login}"
NO_DATABASE = "On {place} there is no database {database}. Mend  shared_list  in your settings."
NOT_LET_IN = "{place} lets nobody in from here as {login}: {why}. Ask whoever keeps the database."
NO_TRUST = (
    "{place} cannot prove who it is, so nothing was sent: {why}. "
    "Ask whoever keeps the database for its certificate."
)
BAD_ADDRESS = "The address of the shared list cannot be read: {why}. Mend  shared_list  in your settings."
NO_LINE = "The team's list at {place} does not answer ({why})."
PUT_BACK = (
    "The team's list at {place} was put back from an older copy. What you know is sent there again by itself."
)
NOT_YOUR_ID = (
    "Another login writes as you in the list ({login}). Use that login, or ask a manager to free your name."
)
OTHER_ERROR = (
    "The team's list at {place} does not do what it was asked: {why}. Tell whoever keeps the database."
)
TOO_MANY = "too many ask at once"
THIS_COMPUTER = "this computer"
SERVICE = "service {name}"
"""Of libpq's service file."""
YOU = "you"
GONE = "no longer there"
NO_REASON = "no reason given"


def say(sentence: str, **values: object) -> str:
    """One of these with its values, in the language of the screens."""
    return filled(sentence, values)

"""Every command of the command line: what it says of itself, what it takes, and the function that does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Argument = tuple[tuple[str, ...], dict[str, Any]]
"""What `add_argument` is given."""


def _takes(*names: str, **options: Any) -> Argument:
    return names, options


def _text(name: str, metavar: str, help: str) -> Argument:
    """An option with a text, empty unless it is given."""
    return _takes(name, default="", metavar=metavar, help=help)


def _many(name: str, metavar: str, help: str, **options: Any) -> Argument:
    """An option that may be given several times."""
    return _takes(name, action="append", default=[], metavar=metavar, help=help, **options)


def _switch(name: str, help: str) -> Argument:
    return _takes(name, action="store_true", help=help)


@dataclass(frozen=True, slots=True)
class Command:
    """One command."""

    name: str
    about: str
    run: str
    """`module:function` of this package."""
    takes: tuple[Argument, ...] = ()
    aliases: tuple[str, ...] = ()
    under: tuple[Command, ...] = ()
    """Commands of its own."""
    alone: Mapping[str, Any] = field(default_factory=dict)
    """What holds when none of those is named."""


_ENTRIES = ("call", "follow_up", "gatekeeper", "they_ring_back", "stop", "voicemail")
_CHANNELS = ("email", "text", "visit")
_JSON = _switch("--json", "print one JSON object")
_WHO = _takes("who", metavar="WHO", help="a name, a company, a number, or an id")
_REFUSED = _takes("what", metavar="WHO", help="a number, a person, or a firm with --company")
_ONE_LIST = _text("--list", "NAME", "only one list")
_SCRIPT = _takes("file", metavar="SCRIPT", help="the script: its file, or its name in the team folder")
_ENTRY = _takes("--from", dest="entry", choices=_ENTRIES, help="only this way into the call")
_OUT = _takes("--out", type=Path, metavar="FILE", help="the file to write; else it goes to the screen")
_REGION = _text("--region", "GB", "country of a number written without one")

_DO_NOT_CALL = (
    Command("list", "everybody on the list", "do_not_call:show", (_JSON,)),
    Command(
        "add",
        "put a number, a person or a firm on it",
        "do_not_call:add",
        (
            _JSON,
            _REFUSED,
            _switch("--company", "WHO is a firm: everybody there"),
            _REGION,
            _text("--why", "TEXT", "what they said"),
        ),
    ),
    Command(
        "lift",
        "take somebody off, with a reason on record",
        "do_not_call:lift",
        (
            _JSON,
            _REFUSED,
            _switch("--company", "WHO is a firm"),
            _REGION,
            _takes("--reason", required=True, metavar="TEXT", help="why they may be called again"),
        ),
    ),
    Command("export", "write the whole list to a file, with ids and times", "do_not_call:export", (_OUT,)),
    Command(
        "answer",
        "say whether somebody who looks like one who refused is the same person",
        "do_not_call:answer",
        (_JSON, _WHO, _takes("answer", choices=("yes", "no"), help="yes: nobody calls them either")),
    ),
    Command(
        "import",
        "take a list that `dnc export` wrote, or a copy of a public register",
        "do_not_call:take",
        (
            _JSON,
            _takes("file", type=Path, metavar="FILE", help="such a list; one number in a line, or a CSV"),
            _text("--register", "NAME", "of a register: its name, e.g. TPS"),
            _text("--date", "DATE", "of a register: the day the copy was drawn, 2026-11-02"),
            _text("--country", "GB", "country of the register"),
        ),
    ),
)
_SCRIPTS = (
    Command(
        "check",
        "What is wrong in the scripts, with the place and the cure.",
        "scripts.check:check",
        (
            _JSON,
            _takes("file", nargs="*", type=Path, metavar="FILE", help="only these; else the team folder's"),
            _takes(
                "--format",
                choices=("full", "concise", "github", "json"),
                default="full",
                help="how it is told",
            ),
            _switch("--fix", "first mend quotes, tabs, spaces and encoding"),
        ),
        aliases=("lint",),
    ),
    Command(
        "explain",
        "What a code such as PH507 means.",
        "scripts.check:explain",
        (_takes("code", nargs="*", metavar="CODE", help="else all codes are listed"),),
    ),
    Command("tree", "The shape of a script, line by line.", "scripts.authoring:tree", (_SCRIPT, _ENTRY)),
    Command(
        "graph",
        "The script as a Mermaid chart, for a wiki.",
        "scripts.authoring:graph",
        (
            _SCRIPT,
            _takes(
                "--from",
                dest="entry",
                choices=_ENTRIES[:-1],
                default="call",
                help="the way into the call",
            ),
        ),
    ),
    Command(
        "paths",
        "Every way a call can go, and its talking time.",
        "scripts.authoring:paths",
        (_SCRIPT, _JSON, _ENTRY, _switch("--all", "every way, not only the first 20 of each")),
    ),
    Command(
        "diff",
        "What changed between two versions, in plain words.",
        "scripts.authoring:diff",
        (
            _JSON,
            _takes("old", metavar="OLD", help="the version before; alone: the script to compare with git"),
            _takes("new", nargs="?", default="", metavar="NEW", help="the version now"),
            _takes("--since", default="HEAD", metavar="REVISION", help="the version in git to compare with"),
        ),
    ),
    Command(
        "show",
        "A script, with what it takes from other files.",
        "scripts.authoring:show",
        (_SCRIPT, _switch("--resolved", "every line with the file and line it comes from")),
    ),
    Command(
        "print",
        "A script as one HTML page, to print or send.",
        "scripts.authoring:print_page",
        (_SCRIPT, _OUT),
    ),
    Command(
        "new",
        "Write a first script; asks a few questions.",
        "scripts.authoring:new",
        (
            _takes("--title", default="", help="its name; with it nothing is asked"),
            _text("--goal", "WORDS", "what a good call ends with"),
            _text("--opener", "WORDS", "the first words"),
            _text("--pitch", "WORDS", "what you offer"),
            _text("--close", "WORDS", "how the next contact is agreed"),
            _text("--voicemail", "WORDS", "what a machine hears"),
            _text("--they-ring-back", "WORDS", "what is said when they call back"),
            _text("--stop", "WORDS", "what is said when they want no more calls"),
            _many("--ask", "WORDS", "a question; may be repeated", dest="asks"),
            _text("--language", "en", "its language; else the team's"),
            _switch("--no-house", "take nothing from _house.yaml"),
            _OUT,
        ),
    ),
    Command("preview", "Walk through a script while you write it.", "scripts.authoring:preview", (_SCRIPT,)),
    Command(
        "schema", "A JSON Schema, so that editors help with scripts.", "scripts.authoring:schema", (_OUT,)
    ),
    Command(
        "stats",
        "Which words work: rates, tests, lines never reached, where calls end.",
        "scripts.results:stats",
        (
            _JSON,
            _takes("name", nargs="?", default="", metavar="SCRIPT", help="only this script, by its id"),
            _takes(
                "--metric",
                choices=("conversation", "next_step", "win"),
                help="what counts as success; else experiments.metric",
            ),
        ),
    ),
    Command(
        "suggestions",
        "Wordings that reps proposed during calls, beside the line.",
        "scripts.results:suggestions",
        (
            _JSON,
            _takes("name", nargs="?", default="", metavar="SCRIPT", help="only for this script, by its id"),
            _many(
                "--from",
                "PLACE",
                "a rep's suggestions.jsonl, or its folder; may be repeated; else your own",
                dest="places",
                type=Path,
            ),
            _takes(
                "--take",
                type=int,
                metavar="NUMBER",
                help="put the words of this one into its script; the number is the one shown",
            ),
        ),
    ),
)
COMMANDS = (
    Command(
        "import",
        "Import contacts from a file.",
        "import_contacts:run",
        (
            _JSON,
            _takes("file", type=Path, metavar="FILE", help="CSV as other programs export it"),
            _many("--map", "NAME=COLUMN", "phone=Mobile, or phone=3"),
            _many("--dnc", "COLUMN", "a column in which yes means: do not call"),
            _text("--list", "NAME", "name of the list; else the file's name"),
            _text("--region", "IT", "country of numbers written without one"),
            _many("--country", "NAME=IT", "which country a name in the file means"),
            _text("--encoding", "NAME", "how the file is written, if its accents come out wrong: shift_jis"),
            _switch("--day-first", "12/01/2026 is 12 January, where nothing in the file says it"),
            _switch("--month-first", "12/01/2026 is 1 December, where nothing in the file says it"),
            _switch("--to-call", "a file of nothing but numbers holds people to call"),
            _switch("--dry-run", "show what would be imported and write nothing"),
            _switch("--yes", "do not ask"),
        ),
    ),
    Command(
        "split",
        "Deal a list out to reps: a file for each, which imports as theirs.",
        "split:run",
        (
            _JSON,
            _takes("file", type=Path, metavar="FILE", help="the list; it is never changed"),
            _takes(
                "--reps",
                action="append",
                required=True,
                metavar="NAMES",
                help="who gets a part: Ann,Bo; a name with a comma in double quotes",
            ),
            _takes(
                "--by",
                choices=("equal", "owner", "zone", "company"),
                default="equal",
                help="in turn; whose they are; from east to west; firms by name",
            ),
            _takes("--into", type=Path, metavar="DIR", help="the folder of the parts; else that of the list"),
            _many("--map", "NAME=COLUMN", "as for an import: owner=Agent"),
            _REGION,
            _text("--encoding", "NAME", "how the file is written, if its accents come out wrong: shift_jis"),
            _switch("--anyway", "also to somebody whom nobody on the team is called"),
            _switch("--dry-run", "show the shares and write nothing"),
        ),
    ),
    Command(
        "export",
        "Write contacts or calls to a file.",
        "contacts:export",
        (
            _takes("what", choices=("contacts", "calls"), nargs="?", default="contacts"),
            _takes("--format", choices=("csv", "jsonl"), default="csv"),
            _takes("--out", type=Path, metavar="FILE", help="the file; else it goes to the screen"),
            _takes("--due", choices=_CHANNELS, help="who is due by this channel today"),
        ),
    ),
    Command(
        "contacts",
        "Everybody you have, or those a text matches.",
        "contacts:contacts",
        (_JSON, _takes("text", nargs="?", default="", metavar="TEXT"), _ONE_LIST),
    ),
    Command(
        "queue",
        "Who to call now, later today, and what you owe.",
        "calls:queue",
        (_JSON, _ONE_LIST, _switch("--held", "also who is not offered today, and why")),
    ),
    Command(
        "who",
        "Who is calling: by part of a number, a name or a company.",
        "calls:who",
        (_JSON, _takes("text", nargs="+", metavar="TEXT")),
    ),
    Command(
        "log",
        "Record a call you made elsewhere.",
        "calls:log",
        (
            _JSON,
            _WHO,
            _takes(
                "outcome",
                metavar="OUTCOME",
                help="its name or its key, e.g. voicemail or v; or sent, cancelled",
            ),
            _takes("note", nargs="?", default="", metavar="NOTE"),
            _text("--at", "TIME", "your time: 14:05, or 2026-11-23 14:05"),
            _takes("--channel", choices=_CHANNELS, help="with OUTCOME sent: no call, a message"),
            _text("--when", "PHRASE", "when to call again, their time: fri 3pm"),
        ),
    ),
    Command("sessions", "Your sessions and what they brought.", "calls:sessions", (_JSON,)),
    Command(
        "report",
        "What your calls brought: outcomes first, every rate with its n.",
        "calls:report",
        (_JSON, _text("--since", "WHEN", "2026-09-01, 90d or all; else the last 30 days")),
    ),
    Command("explain", "Why somebody is in the queue, or why not.", "calls:explain", (_JSON, _WHO)),
    Command(
        "hand-over",
        "Give a person to a colleague, if they agree.",
        "contacts:hand_over",
        (
            _JSON,
            _WHO,
            _takes("--to", required=True, metavar="REP", help="the colleague's name, as in their me.name"),
            _text("--note", "TEXT", "what the colleague must know"),
            _switch("--agreed", "the customer agreed to it"),
            _switch("--anyway", "also to somebody whom nobody on the team is called"),
        ),
    ),
    Command(
        "dnc",
        "The do-not-call list: who is never called.",
        "do_not_call:show",
        under=_DO_NOT_CALL,
        alone={"json": False},
    ),
    Command(
        "init",
        "Write a team folder to start from: config.yaml and scripts/.",
        "team:init",
        (
            _takes("dir", type=Path, metavar="DIR"),
            _switch(
                "--hook", "only the git hook that checks before each commit, for a folder you have cloned"
            ),
        ),
    ),
    Command("doctor", "What is missing on this machine, and how to get it.", "doctor:run", (_JSON,)),
    Command(
        "config",
        "Every setting, its value, and where it comes from; what is wrong in a team folder.",
        "config:config",
        (
            _JSON,
            _takes(
                "key",
                nargs="?",
                default="",
                metavar="KEY",
                help="only settings that begin so: cadence; "
                "check [DIR]: name what is wrong in a team folder, for CI; schema: a JSON Schema, for editors",
            ),
            _takes("dir", nargs="?", type=Path, metavar="DIR", help="with check: the team folder"),
            _takes("--out", type=Path, metavar="FILE", help="with schema: the file to write"),
        ),
    ),
    Command(
        "scripts",
        "Look after the call scripts.",
        "scripts.check:check",
        under=_SCRIPTS,
        alone={"file": [], "format": "full", "fix": False, "json": False},
    ),
)

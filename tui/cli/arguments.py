"""Every command of the command line: what it says of itself, what it takes, and the function that does it."""

from __future__ import annotations

from pathlib import Path

from tui.cli.command import JSON, OUT, Command, many, switch, takes, text
from tui.cli.script_arguments import SCRIPTS

_CHANNELS = ("email", "text", "visit")
_WHO = takes("who", metavar="WHO", help="a name, a company, a number, or an id")
_REFUSED = takes("what", metavar="WHO", help="a number, a person, or a firm with --company")
_ONE_LIST = text("--list", "NAME", "only one list")
_REGION = text("--region", "GB", "country of a number written without one")

_TEAM = (
    Command(
        "init",
        "make the list in the database of your settings, or print what makes it",
        "shared_list:init",
        (switch("--print", "only print the SQL, for whoever keeps the database"),),
    ),
    Command(
        "join",
        "say who you are there, and exchange everything for the first time",
        "shared_list:join",
        (JSON,),
    ),
    Command(
        "status",
        "whether the list answers, who you are there, and what waits here",
        "shared_list:status",
        (JSON,),
    ),
    Command(
        "members",
        "who works with it; let somebody in, or no more",
        "shared_list:members",
        (
            JSON,
            text("--add", "LOGIN", "make a login for a colleague"),
            switch("--manager", "with --add: they may lift refusals and free people"),
            text("--remove", "LOGIN", "let a login in no more"),
        ),
    ),
    Command(
        "leave",
        "send what is unsent, then work with it no more",
        "shared_list:leave",
        (JSON, switch("--anyway", "leave also when something cannot be sent")),
    ),
)
_DO_NOT_CALL = (
    Command("list", "everybody on the list", "do_not_call:show", (JSON,)),
    Command(
        "add",
        "put a number, a person or a firm on it",
        "do_not_call:add",
        (
            JSON,
            _REFUSED,
            switch("--company", "WHO is a firm: everybody there"),
            _REGION,
            text("--why", "TEXT", "what they said"),
        ),
    ),
    Command(
        "lift",
        "take somebody off, with a reason on record",
        "do_not_call:lift",
        (
            JSON,
            _REFUSED,
            switch("--company", "WHO is a firm"),
            _REGION,
            takes("--reason", required=True, metavar="TEXT", help="why they may be called again"),
        ),
    ),
    Command("export", "write the whole list to a file, with ids and times", "do_not_call:export", (OUT,)),
    Command(
        "answer",
        "say whether somebody who looks like one who refused is the same person",
        "do_not_call:answer",
        (JSON, _WHO, takes("answer", choices=("yes", "no"), help="yes: nobody calls them either")),
    ),
    Command(
        "import",
        "take a list that `dnc export` wrote, or a copy of a public register",
        "do_not_call:take",
        (
            JSON,
            takes("file", type=Path, metavar="FILE", help="such a list; one number in a line, or a CSV"),
            text("--register", "NAME", "of a register: its name, e.g. TPS"),
            text("--date", "DATE", "of a register: the day the copy was drawn, 2026-11-02"),
            text("--country", "GB", "country of the register"),
        ),
    ),
)
_TWO = (takes("one", metavar="WHO", help="a name or an id"), takes("other", metavar="WHO", help="the other"))
_PEOPLE = (
    Command("doubtful", "pairs of whom nobody said whether they are one person", "people:doubtful", (JSON,)),
    Command("joined", "records that are one person, with the id of each", "people:joined", (JSON,)),
    Command("same", "say that two are one person", "people:same", (JSON, *_TWO)),
    Command(
        "apart", "say that two are two people; the second leaves the first", "people:apart", (JSON, *_TWO)
    ),
)
COMMANDS = (
    Command(
        "import",
        "Import contacts from a file.",
        "import_contacts:run",
        (
            JSON,
            takes("file", type=Path, metavar="FILE", help="CSV as other programs export it"),
            many("--map", "NAME=COLUMN", "phone=Mobile, or phone=3"),
            many("--dnc", "COLUMN", "a column in which yes means: do not call"),
            text("--list", "NAME", "name of the list; else the file's name"),
            text("--region", "IT", "country of numbers written without one"),
            many("--country", "NAME=IT", "which country a name in the file means"),
            text("--encoding", "NAME", "how the file is written, if its accents come out wrong: shift_jis"),
            switch("--day-first", "12/01/2026 is 12 January, where nothing in the file says it"),
            switch("--month-first", "12/01/2026 is 1 December, where nothing in the file says it"),
            switch("--to-call", "a file of nothing but numbers holds people to call"),
            switch("--dry-run", "show what would be imported and write nothing"),
            switch("--yes", "do not ask"),
        ),
    ),
    Command(
        "split",
        "Deal a list out to reps: a file for each, which imports as theirs.",
        "dealing.split:run",
        (
            JSON,
            takes("file", type=Path, metavar="FILE", help="the list; it is never changed"),
            takes(
                "--reps",
                action="append",
                required=True,
                metavar="NAMES",
                help="who gets a part: Ann,Bo; a name with a comma in double quotes",
            ),
            takes(
                "--by",
                choices=("equal", "owner", "zone", "company"),
                default="equal",
                help="in turn; whose they are; from east to west; firms by name",
            ),
            takes("--into", type=Path, metavar="DIR", help="the folder of the parts; else that of the list"),
            many("--map", "NAME=COLUMN", "as for an import: owner=Agent"),
            _REGION,
            text("--encoding", "NAME", "how the file is written, if its accents come out wrong: shift_jis"),
            switch("--anyway", "also to a name that nobody on the team has"),
            switch("--dry-run", "show the shares and write nothing"),
        ),
    ),
    Command(
        "export",
        "Write contacts or calls to a file.",
        "contacts:export",
        (
            takes("what", choices=("contacts", "calls"), nargs="?", default="contacts"),
            takes("--format", choices=("csv", "jsonl"), default="csv"),
            takes("--out", type=Path, metavar="FILE", help="the file; else it goes to the screen"),
            takes("--due", choices=_CHANNELS, help="who is due by this channel today"),
            switch("--all", "everything a colleague may have, to be merged there"),
        ),
    ),
    Command(
        "merge",
        "Take in what colleagues wrote with `export --all`; yours stays.",
        "merge:merge",
        (
            JSON,
            takes("files", nargs="+", type=Path, metavar="FILE", help="such files, or folders of them"),
        ),
    ),
    Command(
        "team",
        "The team's list in a database: make it, join it, see who is there, leave it.",
        "shared_list:status",
        under=_TEAM,
        alone={"json": False},
    ),
    Command(
        "people",
        "Who may be one person twice; say that two are one, or that they are not.",
        "people:doubtful",
        under=_PEOPLE,
        alone={"json": False},
    ),
    Command(
        "contacts",
        "Everybody you have, or those a text matches.",
        "contacts:contacts",
        (JSON, takes("text", nargs="?", default="", metavar="TEXT"), _ONE_LIST),
    ),
    Command(
        "queue",
        "Who to call now, later today, and what you owe.",
        "calls:queue",
        (JSON, _ONE_LIST, switch("--held", "also who is not offered today, and why")),
    ),
    Command(
        "who",
        "Who is calling: by part of a number, a name or a company.",
        "calls:who",
        (JSON, takes("text", nargs="+", metavar="TEXT")),
    ),
    Command(
        "log",
        "Record a call you made elsewhere.",
        "calls:log",
        (
            JSON,
            _WHO,
            takes(
                "outcome",
                metavar="OUTCOME",
                help="its name or its key, e.g. voicemail or v; or sent, cancelled",
            ),
            takes("note", nargs="?", default="", metavar="NOTE"),
            text("--at", "TIME", "your time: 14:05, or 2026-11-23 14:05"),
            takes("--channel", choices=_CHANNELS, help="with OUTCOME sent: no call, a message"),
            text("--when", "PHRASE", "when to call again, their time: fri 3pm"),
        ),
    ),
    Command("sessions", "Your sessions and what they brought.", "calls:sessions", (JSON,)),
    Command(
        "report",
        "What your calls brought: outcomes first, every rate with its n.",
        "calls:report",
        (
            JSON,
            text("--since", "WHEN", "2026-09-01, 90d or all; else the last 30 days"),
            switch("--team", "the calls of all reps whose records are here"),
        ),
    ),
    Command("explain", "Why somebody is in the queue, or why not.", "calls:explain", (JSON, _WHO)),
    Command(
        "hand-over",
        "Give a person to a colleague, if they agree.",
        "contacts:hand_over",
        (
            JSON,
            _WHO,
            takes("--to", required=True, metavar="REP", help="the colleague's name, as in their me.name"),
            text("--note", "TEXT", "what the colleague must know"),
            switch("--agreed", "the customer agreed to it"),
            switch("--anyway", "also to a name that nobody on the team has"),
        ),
    ),
    Command(
        "forget",
        "Forget a person: nothing is kept of them but counts.",
        "forgetting:forget",
        (JSON, _WHO, switch("--yes", "do not ask")),
    ),
    Command(
        "export-person",
        "Write everything we hold about one person.",
        "person_export:export_person",
        (
            _WHO,
            takes("--format", choices=("text", "json"), default="text", help="how it is written"),
            OUT,
        ),
    ),
    Command(
        "retention",
        "Who will be forgotten because nobody reached them for long.",
        "forgetting:retention",
        (
            JSON,
            takes("--keep", metavar="WHO", default="", help="keep this person, as if you had just talked"),
            switch("--now", "do what a start of the cockpit does: announce, and forget whose day has come"),
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
            takes("dir", type=Path, metavar="DIR"),
            switch(
                "--hook", "only the git hook that checks before each commit, for a folder you have cloned"
            ),
        ),
    ),
    Command(
        "completion",
        "What a shell needs to complete these commands with Tab.",
        "completion:completion",
        (takes("shell", choices=("bash", "zsh", "fish"), help="docs/installing.md has the line for each"),),
    ),
    Command("doctor", "What is missing on this machine, and how to get it.", "doctor:run", (JSON,)),
    Command(
        "config",
        "Every setting, its value, and where it comes from; what is wrong in a team folder.",
        "config:config",
        (
            JSON,
            takes(
                "key",
                nargs="?",
                default="",
                metavar="KEY",
                help="only settings that begin so: cadence; "
                "check [DIR]: name what is wrong in a team folder, for CI; schema: a JSON Schema, for editors",
            ),
            takes("dir", nargs="?", type=Path, metavar="DIR", help="with check: the team folder"),
            takes("--out", type=Path, metavar="FILE", help="with schema: the file to write"),
        ),
    ),
    Command(
        "scripts",
        "Look after the call scripts.",
        "scripts.check:check",
        under=SCRIPTS,
        alone={"file": [], "format": "full", "fix": False, "json": False},
    ),
)

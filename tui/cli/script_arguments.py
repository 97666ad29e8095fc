"""The commands of `powerhour scripts`."""

from __future__ import annotations

from pathlib import Path

from tui.cli.command import JSON, OUT, Command, many, switch, takes, text

_ENTRIES = ("call", "follow_up", "gatekeeper", "they_ring_back", "stop", "voicemail")
_SCRIPT = takes("file", metavar="SCRIPT", help="the script: its file, or its name in the team folder")
_ENTRY = takes("--from", dest="entry", choices=_ENTRIES, help="only this way into the call")
SCRIPTS = (
    Command(
        "check",
        "What is wrong in the scripts, with the place and the cure.",
        "scripts.check:check",
        (
            JSON,
            takes("file", nargs="*", type=Path, metavar="FILE", help="only these; else the team folder's"),
            takes(
                "--format",
                choices=("full", "concise", "github", "json"),
                default="full",
                help="how it is told",
            ),
            switch("--fix", "first mend quotes, tabs, spaces and encoding"),
        ),
        aliases=("lint",),
    ),
    Command(
        "explain",
        "What a code such as PH507 means.",
        "scripts.check:explain",
        (takes("code", nargs="*", metavar="CODE", help="else all codes are listed"),),
    ),
    Command("tree", "The shape of a script, line by line.", "scripts.authoring:tree", (_SCRIPT, _ENTRY)),
    Command(
        "graph",
        "The script as a Mermaid chart, for a wiki.",
        "scripts.authoring:graph",
        (
            _SCRIPT,
            takes(
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
        (_SCRIPT, JSON, _ENTRY, switch("--all", "every way, not only the first 20 of each")),
    ),
    Command(
        "diff",
        "What changed between two versions, in plain words.",
        "scripts.authoring:diff",
        (
            JSON,
            takes("old", metavar="OLD", help="the version before; alone: the script to compare with git"),
            takes("new", nargs="?", default="", metavar="NEW", help="the version now"),
            takes("--since", default="HEAD", metavar="REVISION", help="the version in git to compare with"),
        ),
    ),
    Command(
        "show",
        "A script, with what it takes from other files.",
        "scripts.authoring:show",
        (_SCRIPT, switch("--resolved", "every line with the file and line it comes from")),
    ),
    Command(
        "print",
        "A script as one HTML page, to print or send.",
        "scripts.authoring:print_page",
        (_SCRIPT, OUT),
    ),
    Command(
        "new",
        "Write a first script; asks a few questions.",
        "scripts.authoring:new",
        (
            takes("--title", default="", help="its name; with it nothing is asked"),
            text("--goal", "WORDS", "what a good call ends with"),
            text("--opener", "WORDS", "the first words"),
            text("--pitch", "WORDS", "what you offer"),
            text("--close", "WORDS", "how the next contact is agreed"),
            text("--voicemail", "WORDS", "what a machine hears"),
            text("--they-ring-back", "WORDS", "what is said when they call back"),
            text("--stop", "WORDS", "what is said when they want no more calls"),
            many("--ask", "WORDS", "a question; may be repeated", dest="asks"),
            text("--language", "en", "its language; else the team's"),
            switch("--no-house", "take nothing from _house.yaml"),
            OUT,
        ),
    ),
    Command("preview", "Walk through a script while you write it.", "scripts.authoring:preview", (_SCRIPT,)),
    Command(
        "schema", "A JSON Schema, so that editors help with scripts.", "scripts.authoring:schema", (OUT,)
    ),
    Command(
        "stats",
        "Which words work: rates, tests, lines never reached, where calls end.",
        "scripts.results:stats",
        (
            JSON,
            takes("name", nargs="?", default="", metavar="SCRIPT", help="only this script, by its id"),
            takes(
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
            JSON,
            takes("name", nargs="?", default="", metavar="SCRIPT", help="only for this script, by its id"),
            many(
                "--from",
                "PLACE",
                "a rep's suggestions.jsonl, or its folder; may be repeated; else your own",
                dest="places",
                type=Path,
            ),
            takes(
                "--take",
                type=int,
                metavar="NUMBER",
                help="put the words of this one into its script; the number is the one shown",
            ),
        ),
    ),
)

"""The schema for editors: shipped scripts pass, planted mistakes do not, and an editor says the same."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import pytest
import yaml

from tests.rows import each
from tests.script.json_schema import accepts
from tui.script.author.schema import schema
from tui.script.language.model import Script

SHIPPED = sorted((Path(__file__).parents[2] / "scripts").glob("*.yaml"))
SCHEMA = schema()
EVERY_FORM = """\
title: Every form
audience: [customer]
variables: {topic: orders, city: , product: {default: it}}
opener: {say: Hello., seconds: 9}
ask:
  - How are you?
  - {ask: What?, save: what, answers: [a, b], keep: contact}
pitch:
  variants:
    A: One.
    B: [Two., {ask: Three?}]
    C: {steps: [{say: Four.}], weight: 2}
close:
  - ask: When?
    type: date
    yes: -> opener
    no: {say: Fine., ask: Why?, save: why}
  - {ask: Which?, answers: {one: , two: Good. -> close, three: [{say: x}], 4: {outcome: win, next_in: 3d}}}
voicemail: [Hello., {attempt: 2, say: Hello.}, {attempt: last, say: Bye.}]
followup:
  reasons: {price: The price holds., other: {say: News., until: 2027-01-31}}
  steps: Did it help?
  stop_after: 4
objections:
  dear: {heard: too dear, ask: Compared with what?, ladder: [{ask: If?, offer: Free, in_return: Now}]}
"""
PLANTED = {
    "titel: A\n": "titel",
    "title: A\nopener: {say: Hi, secnods: 3}\n": "secnods",
    "title: A\nopener: {say: Hi, seconds: many}\n": "seconds",
    "title: A\nstatus: finished\n": "status",
    "title: A\nclose: [{ask: When?, type: dat}]\n": "type",
    "title: A\nvoicemail: [{attempt: soon, say: Hi}]\n": "attempt",
    "title: A\nobjections: [{heard: dear}]\n": "id",
    "title: A\nfollowup: {stop_after: 99}\n": "stop_after",
    "title: A\nopener:\n  - {say: Hi, end: promise}\n": "end",
    "title: A\nopener: {use: thanks, when: attempt > 1}\n": "when",
    "title: A\nclose: {ask: Which?, type: multi}\n": "type",
    "title: A\nclose: {ask: Which?, type: multi, answers: {a: {goto: close}}}\n": "goto",
    "title: A\nclose: {variants: {A: Hi, B: Ho}, steps: [Hello]}\n": "steps",
    "title: A\nopener: {say: Hi, required: perhaps}\n": "required",
    "title: A\nfollowup: {reasons: [{say: x, starts: soon, til: 2027-01-01}]}\n": "til",
}


class EditorYaml(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML 1.2 as editors read it: only true and false are booleans, and nothing is a date."""

    yaml_implicit_resolvers = {
        first: [(tag, rule) for tag, rule in rules if not tag.endswith((":timestamp", ":bool"))]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


EditorYaml.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def accepted(text: str) -> bool:
    return accepts(SCHEMA, yaml.load(text, EditorYaml))  # noqa: S506 - a safe loader, made ours


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_every_shipped_script_fits_the_schema(file):
    assert accepted(file.read_text("utf-8"))


def test_every_short_form_fits_the_schema(script_of):
    script_of(EVERY_FORM)
    assert accepted(EVERY_FORM)


@each("text", PLANTED)
def test_a_planted_mistake_does_not_fit_the_schema(text):
    assert not accepted(text)


def test_the_schema_knows_every_key_of_a_script_and_explains_it():
    keys = SCHEMA["properties"]
    assert {field.name for field in fields(Script)} - {"hash"} <= keys.keys()
    assert keys["goal"]["description"] == "what a good call ends with"
    assert "short for discovery" in keys["ask"]["description"]


def test_an_outcome_the_team_does_not_have_is_marked_by_the_editor():
    ours = schema(["promise", "demo_booked"])
    for text in (
        "{ask: When, outcome: OURS}",
        "[{end: OURS}]",
        "{ask: Sure, answers: {a: {outcome: OURS}}}",
    ):
        script = "title: A\nclose: " + text
        assert accepts(ours, yaml.safe_load(script.replace("OURS", "demo_booked")))
        assert not accepts(ours, yaml.safe_load(script.replace("OURS", "demo_boked")))
        assert accepts(SCHEMA, yaml.safe_load(script.replace("OURS", "demo_boked")))


class Editor:
    """Talks to yaml-language-server as an editor does."""

    def __init__(self, program: str, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen([program, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.inbox: Queue[dict[str, Any]] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.numbers = iter(range(1, 1000))
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        self.tell("initialized", {})
        settings = {"yaml": {"validate": True, "completion": True, "schemaStore": {"enable": False}}}
        self.tell("workspace/didChangeConfiguration", {"settings": settings})

    def _listen(self) -> None:
        assert self.process.stdout
        while header := self.process.stdout.readline():
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
                while self.process.stdout.readline().strip():
                    pass
                self.inbox.put(json.loads(self.process.stdout.read(length)))

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        number = next(self.numbers)
        self._send({"id": number, "method": method, "params": params})
        return self._wait(lambda message: message.get("id") == number and "method" not in message)["result"]

    def _wait(self, wanted: Any) -> dict[str, Any]:
        while True:
            try:
                message = self.inbox.get(timeout=60)
            except Empty:
                raise AssertionError("yaml-language-server does not answer") from None
            if "method" in message and "id" in message:
                self._send(
                    {"id": message["id"], "result": [{}] if "configuration" in message["method"] else None}
                )
            if wanted(message):
                return message

    def open(self, name: str, text: str) -> str:
        uri = (self.folder / name).as_uri()
        line = f"# yaml-language-server: $schema={(self.folder / 'script.schema.json').as_uri()}\n"
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": line + text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def complaints(self, name: str, text: str) -> list[str]:
        uri = self.open(name, text)
        found = self._wait(
            lambda m: m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == uri
        )
        return [one["message"] for one in found["params"]["diagnostics"]]

    def completions(self, name: str, text: str, line: int, column: int) -> set[str]:
        place = {
            "textDocument": {"uri": self.open(name, text)},
            "position": {"line": line, "character": column},
        }
        found = self.ask("textDocument/completion", place)
        return {one["label"] for one in (found["items"] if isinstance(found, dict) else found)}


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    program = shutil.which("yaml-language-server")
    if program is None:
        assert os.environ.get("CI") != "true", (
            "CI needs yaml-language-server: npm install -g yaml-language-server"
        )
        pytest.skip("yaml-language-server is not installed (npm install -g yaml-language-server)")
    folder = tmp_path_factory.mktemp("editor")
    (folder / "script.schema.json").write_text(json.dumps(SCHEMA), "utf-8")
    editor = Editor(program, folder)
    yield editor
    editor.process.kill()
    editor.process.wait()


@pytest.mark.slow
def test_an_editor_has_no_complaint_about_the_shipped_scripts(editor):
    for file in SHIPPED:
        assert editor.complaints(file.name, file.read_text("utf-8")) == [], file.name
    assert editor.complaints("every_form.yaml", EVERY_FORM) == []


def test_an_editor_flags_every_planted_mistake(editor):
    unseen = [text for i, text in enumerate(PLANTED) if not editor.complaints(f"planted_{i}.yaml", text)]
    assert unseen == []


def test_an_editor_offers_the_keys_that_may_stand_here(editor):
    assert {"opener", "voicemail", "followup"} <= editor.completions("a.yaml", "title: A\n", 2, 0)
    inside = editor.completions("b.yaml", "title: A\nclose:\n  - ask: When?\n    \n", 4, 4)
    assert {"save", "answers", "required", "coach"} <= inside

"""`scripts.assign` of config.yaml held against what there is: scripts, and the lists and tags of people."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from tui.plaintext import fold
from tui.yamlfile.contract import problem_at
from tui.yamlfile.node import Node
from tui.yamlfile.problem import Problem
from tui.yamlfile.suggest import did_you_mean

_MOST_LISTED = 20


def assign_problems(
    rules: Node, scripts: Mapping[str, str], lists: Collection[str] = (), tags: Collection[str] = ()
) -> Iterator[Problem]:
    """What the rules name and nobody has: PH941 for a script, PH942 for a list or a tag of people.

    `scripts`: id to status. `lists` and `tags`: those of all contacts; without any, nothing is said of them.
    """
    for rule in rules.parts:
        name = rule.get("script")
        if name is not None and name.text.strip():
            yield from _script(name, name.text.strip(), scripts)
        for key, known in (("lists", lists), ("tags", tags)):
            folded = {fold(one) for one in known}
            written = rule.get(key)
            for one in written.parts if written is not None and folded else ():
                if one.text and fold(one.text) not in folded:
                    message = f"nobody has the {key[:-1]} `{one.text}`, so this line gives nobody a script"
                    yield problem_at(one, "PH942", "warning", message, _near(one.text, known))


def _script(node: Node, name: str, scripts: Mapping[str, str]) -> Iterator[Problem]:
    if name not in scripts:
        message = f"there is no script `{name}`"
        yield problem_at(node, "PH941", "error", message, _near(name, scripts))
    elif scripts[name] == "retired":
        message = f"the script `{name}` is retired, so nobody gets it"
        yield problem_at(node, "PH941", "error", message, "name another one, or delete the line")


def _near(name: str, known: Collection[str]) -> str:
    return did_you_mean(name, known) or "there is: " + ", ".join(sorted(known)[:_MOST_LISTED])

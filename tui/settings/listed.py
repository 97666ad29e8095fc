"""What stands in the lists of config.yaml: a rule that gives people their script, a member of the team."""

from __future__ import annotations

from dataclasses import dataclass

from tui.yamlfile.fields import flag, language, many, one, slug, text


@dataclass(frozen=True, slots=True)
class Assign:
    """A script for some people: every condition that is given must hold; none given: everybody."""

    script: str = slug("Name of the script's file, without .yaml", required=True)
    """Its id; empty where the line of the file cannot be read."""
    lists: tuple[str, ...] = many(text(), "Only people of these lists")
    tags: tuple[str, ...] = many(text(), "Only people with one of these tags")
    language: str = language("Only people who speak this")
    customer: bool | None = flag("Only customers, or only people who are none", default=None)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the team, by every name that lists and colleagues have for them."""

    name: str = text("As in their me.name", required=True)
    aliases: tuple[str, ...] = many(text(), "Other names they go by, also in lists of other programs")
    email: str = text("Their address, as the owner of a list")
    role: str = one(
        "rep", "manager", doc="A manager is asked about people, and sees those first", default="rep"
    )

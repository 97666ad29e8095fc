"""Two real cockpits and one people folder: who refused at one, which is killed, is not called by the other."""

from __future__ import annotations

import re

import pytest

from tests.conftest import PROGRAM
from tests.terminal import CALLED, Terminal

pytestmark = pytest.mark.e2e
LIST = "Name,Company,Phone\nEva Brandt,Brandt & Sohn,020 7946 0102\nFay Osei,Kente Foods,020 7946 0103\n"


class Desk:
    """A rep with a home, who has imported the list, and whose program may be started."""

    def __init__(self, name, home, run, start, imported_at):
        self.home = home / name
        config = self.home / ".config" / "powerhour" / "config.yaml"
        config.parent.mkdir(parents=True)
        config.write_text(f"me: {{name: {name}}}\npeople_folder: {home / 'people'}\n", "utf-8")
        self.env = {"HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home / ".config")}
        self.at = ["--data", str(self.home / "data")]
        self._run, self._start = run, start
        self.types("import", "list.csv", "--region", "GB", "--yes", now=imported_at)

    def types(self, *args, now=""):
        """What a command says that is typed here; it must work."""
        done = self._run(*self.at, *args, env=self.env | ({"POWERHOUR_NOW": now} if now else {}))
        assert done.returncode == 0, done.stderr
        return done.stdout

    def opens(self):
        """The cockpit, once it has read the folder."""
        screen = self._start([*PROGRAM, *self.at], self.env)
        screen.wait_for("team list")
        return screen


@pytest.fixture
def desks(home, environment, powerhour, begin):
    (home / "list.csv").write_text(LIST, "utf-8")
    started = []

    def start(argv, env):
        started.append(Terminal(argv, environment | env, home, begin=begin))
        return started[-1]

    yield [
        Desk(name, home, powerhour, start, f"2026-11-23T09:0{minute}:00+00:00")
        for minute, name in enumerate(("Ann", "Bo"))
    ]
    for one in started:
        one.close()


def test_who_refused_at_one_cockpit_is_not_called_by_the_other_although_the_first_was_killed(desks):
    ann_desk, bo_desk = desks
    ann, bo = ann_desk.opens(), bo_desk.opens()
    name = re.search(r"Enter +call (\w+ \w+) and", ann.wait_for("Enter +call"))[1]
    ann.press("enter")
    ann.wait_for(CALLED + r" +0:0[1-9]")  # a key that comes at once is none that was meant
    ann.press("x")
    ann.wait_for("x  Do not call again")
    ann.press("enter")
    ann.wait_for(f"Do not call again · {name}")
    ann.kill()
    ann.wait_exit()
    ann_desk.opens()
    bo.wait_for(f"Now on the do-not-call list, added from outside: {name}")
    bo.press("/")
    bo.wait_for("Find >")
    bo.press(name, "enter")
    refused = rf"Do not call {name}: they asked \(23 November 2026\)"
    bo.wait_until(lambda screen: re.search(refused, screen) or bo.press("enter"), refused)
    bo.press("enter")
    bo.press("escape")
    bo.wait_for("Enter +call (?!" + name + ")")
    assert not re.search(CALLED, bo.output.decode(errors="replace"))
    listed = [desk.types("dnc", "list") for desk in desks]
    assert listed[0] == listed[1]
    assert name in listed[0]

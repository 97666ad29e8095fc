"""Every way we know in which a shared folder might run a program, or have a file read that is not in it.

Each way is a function that spoils a sound team folder. `Outside` holds what it may be after: files with a word nobody
may ever see, and a program that leaves a trace.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.conftest import ROOT

CANARY = "canary-hunter2"
SETTINGS = """\
[core]
\trepositoryformatversion = 1
\tbare = false
\tfsmonitor = {program}
\thooksPath = {hooks}
\tsshCommand = {program}
\tpager = {program}
\teditor = {program}
\taskPass = {program}
\tgitProxy = {program}
\talternateRefsCommand = {program}
\tattributesFile = {secret}
\texcludesFile = {secret}
[extensions]
\tpartialClone = evil
[protocol]
\tallow = always
[protocol "ext"]
\tallow = always
[diff]
\texternal = {program}
[diff "evil"]
\ttextconv = {program}
\tcommand = {program}
[filter "evil"]
\tsmudge = {program}
\tclean = {program}
\tprocess = {program}
\trequired = true
[log]
\tshowSignature = true
[gpg]
\tprogram = {program}
[credential]
\thelper = !{program}
[alias]
\tls-tree = !{program}
\tcat-file = !{program}
[pager]
\tls-tree = {program}
\tcat-file = {program}
[submodule "evil"]
\tupdate = !{program}
\turl = ext::{program}
[remote "evil"]
\turl = {url}
\tpromisor = true
\tpartialclonefilter = blob:none
"""


class Outside:
    """What lies beside the team folder and is none of its business."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "outside"
        self.folder.mkdir()
        self.secret = self.folder / "secret.yaml"
        self.secret.write_text(f"title: {CANARY}\nopener: [{CANARY}\n", "utf-8")
        self.script = self.folder / "script.yaml"
        self.script.write_text(f'title: "{CANARY}"\nopener: "{CANARY}"\nstop: "{CANARY}"\n', "utf-8")
        self.trace = folder / "ran"
        self.program = folder / "evil-program"
        self.program.write_text(f"#!/bin/sh\necho \"$0 $*\" >>'{self.trace}'\n", "utf-8")
        self.program.chmod(0o755)
        self._still()

    def _still(self) -> None:
        """Let the time of the last reading be older than that of the last change: any reading moves it."""
        for file in (self.secret, self.script):
            os.utime(file, (1_000_000_000, 1_100_000_000))

    def touched(self) -> list[str]:
        """What was run or read since the last time this was asked."""
        ran = self.trace.read_text("utf-8").splitlines() if self.trace.exists() else []
        self.trace.unlink(missing_ok=True)
        read = [f.name for f in (self.secret, self.script) if f.stat().st_atime != 1_000_000_000]
        self._still()
        return [*ran, *read]


def git(folder: Path, *words: str, **more: str) -> str:
    """What git says, run by a fictional person without any settings of ours."""
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@example.com", *words]
    done = subprocess.run(
        command, env=environ, input=more.get("stdin"), check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def team(folder: Path) -> Path:
    """A team folder with one commit, in which nothing is wrong."""
    (folder / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "config.yaml", folder)
    for name in ("enquiry.yaml", "_house.yaml", "first_call.yaml"):
        shutil.copy(ROOT / "scripts" / name, folder / "scripts")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    return folder


def _settings(outside: Outside, url: str = "ext::{program}") -> str:
    places = {"program": outside.program, "hooks": outside.program.parent, "secret": outside.secret}
    return SETTINGS.format(**places, url=url.format(**places))


def lose_a_script(repository: Path, blob: str) -> None:
    """Take an object out, so that git would fetch it from where the settings say."""
    (repository / "objects" / blob[:2] / blob[2:]).unlink()


def git_settings(team: Path, outside: Outside, url: str = "ext::{program}") -> None:
    for hook in (
        "post-checkout",
        "pre-commit",
        "fsmonitor-watchman",
        "reference-transaction",
        "post-index-change",
    ):
        shutil.copy(outside.program, outside.program.parent / hook)
        shutil.copy(outside.program, team / ".git" / "hooks" / hook)
    (team / ".gitattributes").write_text("*.yaml diff=evil filter=evil merge=evil\n", "utf-8")
    (team / ".gitmodules").write_text(
        f'[submodule "evil"]\n\tpath = scripts/evil\n\turl = ext::{outside.program}\n'
    )
    (team / ".git" / "config").write_text(_settings(outside, url), "utf-8")


def missing_object(team: Path, outside: Outside) -> None:
    """Git would fetch it from where the settings say."""
    git_settings(team, outside)
    blob = git(team, "-c", "core.fsmonitor=false", "rev-parse", "HEAD:scripts/enquiry.yaml")
    lose_a_script(team / ".git", blob)
    outside.touched()


def bare_repository_inside(team: Path, outside: Outside) -> None:
    scripts, inner = team / "scripts", team.parent / "inner"
    subprocess.run(["git", "init", "-q", "--bare", str(inner)], check=True)  # noqa: S607 - whichever git there is
    blob = git(inner, "hash-object", "-w", "--stdin", stdin=(scripts / "enquiry.yaml").read_text("utf-8"))
    tree = git(inner, "mktree", stdin=f"100644 blob {blob}\tenquiry.yaml\n")
    git(inner, "update-ref", "refs/heads/main", git(inner, "commit-tree", tree, "-m", "x"))
    git(inner, "symbolic-ref", "HEAD", "refs/heads/main")
    lose_a_script(inner, blob)
    for name in ("HEAD", "objects", "refs"):
        (shutil.copytree if (inner / name).is_dir() else shutil.copy)(inner / name, scripts / name)
    (scripts / "config").write_text(_settings(outside), "utf-8")


def included_settings(team: Path, outside: Outside) -> None:
    with (team / ".git" / "config").open("a") as file:
        file.write(f"[include]\n\tpath = {outside.secret}\n")


def linked_settings(team: Path, outside: Outside) -> None:
    (team / ".git" / "config").unlink()
    (team / ".git" / "config").symlink_to(outside.secret)


def repository_elsewhere(team: Path, outside: Outside) -> None:
    shutil.move(team / ".git", outside.folder / "repository")
    shutil.copy(outside.secret, outside.folder / "kept")
    with (outside.folder / "repository" / "config").open("a") as file:
        file.write(f"[include]\n\tpath = {outside.secret}\n")
    (team / ".git").write_text(f"gitdir: {outside.folder / 'repository'}\n", "utf-8")
    outside.touched()


def borrowed_objects(team: Path, outside: Outside) -> None:
    shutil.copytree(team / ".git" / "objects", outside.folder / "objects")
    blob = git(team, "rev-parse", "HEAD:scripts/enquiry.yaml")
    lose_a_script(team / ".git", blob)
    (team / ".git" / "objects" / "info" / "alternates").write_text(f"{outside.folder / 'objects'}\n", "utf-8")


def linked_branch(team: Path, outside: Outside) -> None:
    [branch] = (team / ".git" / "refs" / "heads").iterdir()
    branch.unlink()
    branch.symlink_to(outside.secret)


def linked_scripts(team: Path, outside: Outside) -> None:
    for name in ("enquiry.yaml", "_house.yaml", "_words.yaml", "spring.yml"):
        (team / "scripts" / name).unlink(missing_ok=True)
        (team / "scripts" / name).symlink_to(outside.script)


def linked_folder(team: Path, outside: Outside) -> None:
    shutil.rmtree(team / "scripts")
    (team / "scripts").symlink_to(outside.folder)


def linked_config(team: Path, outside: Outside) -> None:
    (team / "config.yaml").unlink()
    (team / "config.yaml").symlink_to(outside.secret)


def paths_that_climb(team: Path, outside: Outside) -> None:
    """In every setting and key of a script that names a file, a language, a zone, a sound or a program."""
    up, whole = "../../outside/script", outside.script
    (team / "scripts" / "up.yaml").write_text(
        f"title: Up\nextends: {up}.yaml\nuse: [{whole}, {up}.yaml]\nparts: {up}.yaml\ninclude: {whole}\n"
        f'opener: "Hi"\nstop: "Bye"\nvoicemail: {whole}\nlanguage: {up}\n',
        "utf-8",
    )
    (team / "scripts" / "down.yaml").write_text(f"title: Down\nextends: [{whole}, {up}.yaml]\n", "utf-8")
    config = (
        f"config: 1\nteam: {{language: {up}, timezone: {up}}}\nscripts: {{folder: ../outside}}\n"
        f"theme: {up}\ncalling_window: {{law_packs: [{up}]}}\nteam_file: {whole}\neditor: [{outside.program}]\n"
        f"softphone: {{voicemail: {whole}, ringtone: {whole}, password_file: {whole}, account: {whole}}}\n"
        f"dialer: command\ncommand: {{dial: [{outside.program}]}}\ndial: {{command: [{outside.program}]}}\n"
    )
    (team / "config.yaml").write_text(config, "utf-8")


def scripts_folder_elsewhere(team: Path, outside: Outside) -> None:
    (team / "config.yaml").write_text(f"config: 1\nscripts: {{folder: {outside.folder}}}\n", "utf-8")


def yaml_tags(team: Path, outside: Outside) -> None:
    tags = (
        f"!!python/object/apply:os.system ['{outside.program}']",
        f"!!python/object/new:subprocess.Popen [['{outside.program}']]",
        f"!!python/name:os.system '{outside.program}'",
        f"!include {outside.script}",
        f"!ENV ${{file:{outside.script}}}",
    )
    for number, tag in enumerate(tags):
        text = f'title: Tagged\nopener: {tag}\nstop: "Bye"\n'
        (team / "scripts" / f"tag{number}.yaml").write_text(text, "utf-8")
    (team / "config.yaml").write_text(f"config: 1\ntheme: {tags[0]}\nteam: {{company: {tags[3]}}}\n", "utf-8")


def planted_modules(team: Path, outside: Outside) -> None:
    names = (
        "sitecustomize",
        "usercustomize",
        "yaml",
        "json",
        "random",
        "textual",
        "rich",
        "tinydb",
        "holidays",
        "keyring",
    )
    for folder in (team, team / "scripts"):
        for name in names:
            (folder / f"{name}.py").write_text(f"import os\nos.system({str(outside.program)!r})\n", "utf-8")
    (team / "evil.pth").write_text(f"import os; os.system({str(outside.program)!r})\n", "utf-8")
    (team / "pyvenv.cfg").write_text("home = .\n", "utf-8")


def planted_programs(team: Path, outside: Outside) -> None:
    for folder in (team, team / "bin"):
        folder.mkdir(exist_ok=True)
        for name in (
            "git",
            "xdg-open",
            "less",
            "sh",
            "vi",
            "nano",
            "xclip",
            "wl-copy",
            "baresip",
            "notify-send",
        ):
            shutil.copy(outside.program, folder / name)


def never_ending(team: Path, outside: Outside) -> None:
    scripts = team / "scripts"
    for name in ("pipe.yaml", "_words.yaml"):
        os.mkfifo(scripts / name)
    (scripts / "zero.yaml").symlink_to("/dev/zero")
    (scripts / "circle.yaml").symlink_to(scripts / "circle.yaml")
    with (scripts / "giant.yaml").open("wb") as file:
        file.truncate(4 * 1024**3)
    (scripts / "bomb.yaml").write_text(
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{f'*{chr(97 + n)},' * 9}]\n" for n in range(12)),
        "utf-8",
    )


def pipe_for_settings(team: Path, outside: Outside) -> None:
    (team / "config.yaml").unlink()
    os.mkfifo(team / "config.yaml")
    (team / ".git" / "config").unlink()
    os.mkfifo(team / ".git" / "config")


WAYS: dict[str, Callable[[Path, Outside], None]] = {
    way.__name__: way
    for way in (
        *(git_settings, missing_object, bare_repository_inside, included_settings, linked_settings),
        *(
            repository_elsewhere,
            borrowed_objects,
            linked_branch,
            linked_scripts,
            linked_folder,
            linked_config,
        ),
        *(paths_that_climb, scripts_folder_elsewhere, yaml_tags, planted_modules, planted_programs),
        *(never_ending, pipe_for_settings),
    )
}

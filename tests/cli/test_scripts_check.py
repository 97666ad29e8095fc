"""`powerhour scripts check` and `explain`: forms of telling, repairs, exit codes."""

from __future__ import annotations

import pytest

from tests.cli.conftest import keep_scripts

SLIP = "title: Spring call\nopener: {{first_name}}, hi  # warm\n"


@pytest.fixture
def team(team):
    """Few scripts: every check reads them all, and those we bring are checked elsewhere."""
    keep_scripts(team, "first_call", "first_call_it", "referral")
    return team


def check(run, team, *more):
    return run("--workspace", str(team), "scripts", "check", *more)


@pytest.mark.parametrize("form", ["full", "concise", "github", "json"])
def test_an_error_is_told_in_every_form_and_fails(run, team, form):
    (team / "scripts" / "spring.yaml").write_text(SLIP, encoding="utf-8")
    done = check(run, team, "--format", form)
    assert done.code == 1
    assert "PH010" in done.out
    assert ("line=2,col=9" if form == "github" else '"line": 2' if form == "json" else ":2:9:") in done.out


def test_the_last_line_explains_an_error_rather_than_advice_above_it(run, team):
    (team / "scripts" / "spring.yaml").write_text("title: Spring call\nopener: Hi {{frist_name}}?\n", "utf-8")
    assert check(run, team).out.rstrip().endswith("powerhour scripts explain PH201")


def test_fix_mends_what_is_safe_says_so_and_keeps_the_comment(run, team):
    file = team / "scripts" / "spring.yaml"
    file.write_text(SLIP, encoding="utf-8")
    done = check(run, team, "--fix", str(file))
    assert "spring.yaml:2: put the text in quotes" in done.out
    assert file.read_text(encoding="utf-8") == 'title: Spring call\nopener: "{{first_name}}, hi"  # warm\n'
    assert "PH010" not in done.out
    assert "quotes" not in check(run, team, "--fix", str(file)).out


def test_fix_leaves_the_answer_of_a_program_to_a_program(run, team):
    (team / "scripts" / "spring.yaml").write_text(SLIP, encoding="utf-8")
    done = check(run, team, "--fix", "--format", "json")
    assert done.json["schema"] == 1
    assert "put the text in quotes" in done.err


def test_fix_of_a_folder_leaves_files_elsewhere_alone(run, team, home):
    other = home / "other.yaml"
    other.write_text(SLIP, encoding="utf-8")
    (team / "scripts" / "spring.yaml").symlink_to(other)
    check(run, team, "--fix")
    assert other.read_text(encoding="utf-8") == SLIP


def test_what_cannot_be_mended_is_named(run, team):
    (team / "scripts" / "spring.yaml").write_bytes(b"PK\x03\x04word/document.xml")
    done = check(run, team, "--fix")
    assert "Word document" in done.err
    assert (done.code, "PH007" in done.out) == (1, True)


def test_warnings_fail_when_the_team_wants_it(run, team):
    (team / "scripts" / "spring.yaml").write_text("title: T\nopener: Hi?\n", encoding="utf-8")
    assert check(run, team).code == 0
    config = team / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("fail_on: error", "fail_on: warning"), "utf-8")
    assert check(run, team).code == 1


def test_only_the_named_file_is_checked(run, team):
    (team / "scripts" / "spring.yaml").write_text("title: [\n", encoding="utf-8")
    assert check(run, team, str(team / "scripts" / "first_call.yaml")).code == 0
    assert "no file" in check(run, team, "none.yaml").err


def test_scripts_alone_checks_everything(run, team):
    done = run("--workspace", str(team), "scripts")
    assert (done.code, done.err) == (0, "")
    assert "Nothing is wrong" in done.out


def test_the_teams_own_words_count_and_their_mistakes_are_told(run, team):
    (team / "scripts" / "_words.yaml").write_text("en:\n  empty_phrases: [suggested that I call]\n", "utf-8")
    assert "PH512 `suggested that I call`" in check(run, team, "--format", "concise").out
    (team / "scripts" / "_words.yaml").write_text("en:\n  empty: [x]\n", "utf-8")
    assert "_words.yaml:2:3: PH102" in check(run, team, "--format", "concise").out


def test_explain_tells_why_how_and_when_to_leave_it(run):
    done = run("scripts", "explain", "ph507", "PH010")
    assert done.code == 0
    assert "PH507 concession-without-question (warning)" in done.out
    assert "in_return: One order for the year" in done.out
    assert "PH010 not-yaml (error)" in done.out


def test_explain_without_a_code_lists_them_and_an_unknown_one_is_refused(run):
    assert run("scripts", "explain").out.count("PH5") >= 20
    done = run("scripts", "explain", "PH599")
    assert done.code == 1
    assert "There is no code PH599" in done.err

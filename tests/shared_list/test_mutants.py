"""Each rule of the list, broken on purpose: a test of the contract, or of the rights, must notice."""

from __future__ import annotations

from importlib.resources import files
from string import Template

import pytest

from tests.shared_list import test_contract as contract
from tests.shared_list import test_contract_refusals as refusals
from tests.shared_list import test_rights as rights
from tests.shared_list.conftest import ServerHouse
from tui.shared_list import server, statements
from tui.shared_list.setup import quote, roles_of

pytestmark = pytest.mark.slow

FREE = "s.free_at <= now() or s.rep = current_user"
RESTS = "free_at = now() + $4 + $5::interval"
BARRED = "not bool_or(exists (select 1 from powerhour.barred b where b.key = any(p.keys) and"

STATEMENTS = [
    ("a thief", "CLAIM", FREE, "s.token >= 0", "b64_nobody_is_given_to_two"),
    ("nobody rests who lapsed", "CLAIM", RESTS, RESTS.replace("$5", "0 * $5"), "who_lapsed_rests_because"),
    (
        "who refused is dealt out",
        "CLAIM",
        BARRED,
        BARRED.replace("not ", "", 1) + " false and",
        "nobody_who_refused",
    ),
    ("anybody's owner", "CLAIM", "and p.owner in ('', $2)", "and $2 <> ''", "only_the_owner"),
    ("half a person", "CLAIM", "s.person = one.person", "s.person = f.ids[1]", "of_a_person_of_two_ids_both"),
    ("the same token again", "CLAIM", "token = s.token + 1", "token = s.token", "an_older_token_has_nothing"),
    ("who lapsed renews", "RENEW", "and s.until > now()", "", "who_lapsed_rests_because"),
    (
        "any token renews",
        "RENEW",
        "and s.token = t.token and s.rep = current_user",
        "",
        "an_older_token_has_nothing",
    ),
    (
        "any token gives back",
        "GIVE_BACK",
        "and s.token = t.token and s.rep = current_user",
        "",
        "an_older_token_has",
    ),
    (
        "no rest after a call",
        "GIVE_BACK",
        "when %(called)s then",
        "when %(called)s and false then",
        "given_back_called",
    ),
    (
        "a rest without a call",
        "GIVE_BACK",
        "when %(called)s then",
        "when %(called)s or true then",
        "given_back_uncalled_a",
    ),
    (
        "an earlier call is forgotten",
        "GIVE_BACK",
        "else s.rests end",
        "else '-infinity' end",
        "given_back_uncalled_the",
    ),
    (
        "a call is not a rest",
        "PUSH",
        "rests = greatest(s.rests, excluded.rests)",
        "rests = s.rests",
        "given_back_uncalled_the",
    ),
    (
        "a new lease ends a rest",
        "CLAIM",
        "then s.rests else s.free_at end",
        "then s.rests else s.rests end",
        "who_lapsed_and_was",
    ),
    (
        "no look at refusals",
        "LAST_LOOK",
        "select exists (",
        "select false and exists (",
        "a_refusal_stops_a_dial",
    ),
    (
        "a look at tokens of old",
        "LAST_LOOK",
        "join powerhour.slot s using (person, token)",
        "join powerhour.slot s using (person)",
        "claimed_again",
    ),
    ("no look at the end", "LAST_LOOK", "and s.until > now()", "", "who_lapsed_rests_because"),
    ("any version goes over any", "PUSH", "where r.ver = excluded.base", "", "what_was_made_from_an_older"),
    (
        "people of who has not heard",
        "PUSH",
        "people <= $5",
        "$5 = $5",
        "new_people_come_in_only",
    ),
    (
        "a late call takes a person",
        "PUSH",
        "and (s.rep = current_user or s.free_at <= now())",
        "",
        "a_call_that_comes_in",
    ),
    (
        "an old history rests",
        "PUSH",
        "> now() - 2 * $7",
        "> now() - 200 * $7",
        "an_old_history_puts",
    ),
    ("a correction rests", "PUSH", "kind = 'calls' and base = 0", "kind = 'calls'", "a_correction_of_a_call"),
    (
        "a call rests nobody",
        "PUSH",
        "else now() + $7 end",
        "else now() - $7 end",
        "a_call_without_a_lease",
    ),
    ("who is forgotten comes back", "PUSH", "f.ver > $6", "f.ver < 0 * $6", "of_whom_is_forgotten_nothing"),
    (
        "something of them is left",
        "PUSH",
        "from put where put.kind = 'forgotten'\n",
        "from put where false\n",
        "of_whom_is_forgotten_nothing",
    ),
    (
        "a lift ends all of a key",
        "PUSH",
        "select d.id, e.entry, coalesce(k.key, '')",
        "select d.id, o.entry, '' from powerhour.barred o union all select d.id, e.entry, coalesce(k.key, '')",
        "",
    ),
    (
        "a lift of one number ends all",
        "PUSH",
        "select d.id, e.entry, coalesce(k.key, '')",
        "select d.id, e.entry, ''",
        "a_lift_of_one_number",
    ),
    ("an undone lift holds", "PUSH", "and (d.doc ? 'voided_at' or", "and (", "a_lift_of_one_number"),
    (
        "refusals are not written",
        "PUSH",
        "d.doc->>'kind' = 'addition' and not d.doc ? 'voided_at'",
        "false",
        "nobody_who_refused",
    ),
    (
        "an undone refusal binds",
        "PUSH",
        "and doc ? 'voided_at' and base > 0",
        "and false",
        "a_rep_undoes_a_refusal",
    ),
    (
        "old rows again and again",
        "PULL",
        "where ver > $1 and",
        "where ver >= $1 and",
        "what_one_writes",
    ),
    ("in any order", "PULL", "order by r.ver", "order by r.id desc", "what_one_writes"),
    (
        "nobody tells of a copy",
        "RENEW_EPOCH",
        "and n = %(n)s",
        "and n = -1 - %(n)s",
        "a_list_that_was_restored",
    ),
]
STATEMENTS = [one for one in STATEMENTS if one[4]]


def the_test(name: str):
    every = {**vars(contract), **vars(refusals)}
    (found,) = [test for known, test in every.items() if known.startswith(f"test_{name}")]
    return found


@pytest.mark.parametrize(
    ("what", "statement", "old", "new", "test"), STATEMENTS, ids=[one[0] for one in STATEMENTS]
)
def test_a_broken_statement_is_noticed(
    house: ServerHouse,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    statement: str,
    old: str,
    new: str,
    test: str,
):
    house.are_managers = "rep_undoes" not in test
    whole = getattr(statements, statement)
    assert old in whole
    monkeypatch.setattr(server, statement, whole.replace(old, new))
    with pytest.raises((AssertionError, ValueError)):
        the_test(test)(house)


@pytest.mark.parametrize("test", sorted({one[4] for one in STATEMENTS}))
def test_unbroken_they_hold_for_managers_too(house: ServerHouse, test: str):
    house.are_managers = "rep_undoes" not in test
    the_test(test)(house)


RIGHTS = [
    ("and not (kind = 'do_not_call' and doc->>'kind' = 'lift')\n);", ");", "writes a lift"),
    ("and not (kind = 'do_not_call' and doc->>'kind' = 'lift')\n  and exists", "and exists", ""),
    ("or o.author = current_user", "or true", "rewrites a colleague's call"),
    ("or o.author = current_user", "or o.kind = 'do_not_call'", "undoes a colleague's refusal"),
    ("and o.author = record.author", "", "becomes the author of a person"),
    (
        "rep = current_user\n  and ver <= (select f.n from powerhour.feed f) + 1000000\n  and not",
        "ver <= (select f.n from powerhour.feed f) + 1000000\n  and not",
        "writes in a colleague's name",
    ),
    ("and ver <= (select f.n from powerhour.feed f) + 1000000\n  and author", "and author", "hides a record"),
    ("'{owed,rev,edited_at}'", "'{owed,rev,edited_at,outcome}'", "rewrites a colleague's call"),
    ("'{owed,rev,edited_at}'", "'{owed,rev,edited_at,rep}'", "takes a call over"),
    ("'{owed,rev,edited_at}'", "'{owed,rev,edited_at,talk_s}'", "takes a note out"),
    ("using (rep = current_user or free_at <= now())", "using (true)", "takes it over"),
    (
        "rep = current_user and until < now() + interval '1 day'",
        "until < now() + interval '1 day'",
        "gives it to another",
    ),
    (
        "until < now() + interval '1 day' and greatest(free_at, rests) < now() + interval '60 days'",
        "true",
        "keeps somebody",
    ),
    ("feed.n between f.n and f.n + 1000000", "feed.n <= f.n + 1000000", "puts the counter back"),
    ("feed.n between f.n and f.n + 1000000", "feed.n >= f.n", "puts it far ahead"),
    ("and feed.tables = f.tables", "", "says that the tables"),
    (
        "using (login = current_user) with check (login = current_user)",
        "using (true)",
        "writes as a colleague",
    ),
    (
        "for insert to $rep with check (login = current_user)",
        "for insert to $rep with check (true)",
        "joins for another",
    ),
    ("lift = entry and exists", "exists", ""),
    ("and o.author = current_user)\n);", ")\n);", "lifts it as its undo"),
    (
        "for delete to $rep using (\n  exists",
        "for delete to $rep using (\n  true or exists",
        "takes a refusal out",
    ),
    (
        "grant select, insert, update on powerhour.member",
        "grant select, insert, update, delete on powerhour.member",
        "",
    ),
]
RIGHTS = [one for one in RIGHTS if one[2]]


@pytest.fixture
def script(house: ServerHouse):
    """Runs the rights with something else in them; afterwards they are as they were."""
    rep, manager = roles_of(house.database)
    whole = (files("tui.shared_list") / "sql" / "rights.sql").read_text("utf-8")

    def run(old: str = "", new: str = "") -> None:
        assert old in whole
        house.sql(Template(whole.replace(old, new)).substitute(rep=quote(rep), manager=quote(manager)))

    yield run
    run()


@pytest.mark.parametrize(("old", "new", "tried"), RIGHTS)
def test_b63_a_broken_right_is_noticed(house: ServerHouse, script, old: str, new: str, tried: str):
    script(old, new)
    (what,) = [one for one in rights.UNTOUCHED if one.startswith(tried)]
    team = rights.team.__wrapped__(house)
    with pytest.raises(AssertionError):
        rights.test_b63_a_rep_cannot(team, what)

"""What a client says to the database. Each statement is ONE round trip and one transaction: no lock ever waits for the
network. `tests/shared_list/test_sql.py` holds them to plain SQL, without functions, triggers or sequences of ours, and
so short that the library reads each only once.
"""

from __future__ import annotations

from typing import LiteralString

CHANNEL: LiteralString = "powerhour"
"""Of `listen` and `notify`. Every login of the database may listen to it and tell what it likes: so a notice says that
something was written and never what. That is read, as each login may."""

WHO: LiteralString = """
select current_user::text, current_database()::text,
  current_setting('synchronous_commit'), current_setting('fsync', true),
  exists (select 1 from pg_namespace where nspname = 'powerhour'),
  exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where nspname = 'powerhour' and relname = 'record'
      and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'insert')),
  exists (select 1 from pg_roles r where r.rolname = current_database() || '_manager'
    and pg_has_role(r.oid, 'member'))
"""
"""Asked once a connection."""

FEED: LiteralString = "select tables, format, epoch::text, n from powerhour.feed"
"""Asked once a connection, too."""

JOIN: LiteralString = """
insert into powerhour.member as m (rep, label) values (%(rep)s, %(label)s)
on conflict (rep) do update set label = excluded.label, left_at = null where m.login = current_user
returning login
"""

LEAVE: LiteralString = """
update powerhour.member set left_at = now() where rep = %(rep)s and login = current_user
"""

MEMBERS: LiteralString = """
select m.rep, m.label, m.login, coalesce((
  select bool_or(pg_has_role(r.oid, g.oid, 'member')) from pg_roles r, pg_roles g
  where r.rolname = m.login and g.rolname = current_database() || '_manager'), false)
from powerhour.member m where m.left_at is null order by m.label, m.rep
"""

_WRITES: LiteralString = """
with input as (
  select * from jsonb_to_recordset($1)
    as t(pos bigint, kind text, id text, base bigint, by text, person text, doc jsonb, keys jsonb, numbers jsonb)
), n as (
  update powerhour.feed set n = n + $2, people = case when $3 then n + $2 else people end,
    format = greatest(format, $4)
  where one and (not $3 or people <= $5)
  returning n - $2 as before
), put as (
  insert into powerhour.record as r (kind, id, ver, base, author, rep, doc)
  select i.kind, i.id, n.before + i.pos, i.base,
    coalesce((select m.login from powerhour.member m where m.rep = i.by), current_user), current_user, i.doc
  from n, input i
  where not exists (select 1 from powerhour.record f
    where f.kind = 'forgotten' and f.id = i.person and f.ver > $6)
  on conflict (kind, id) do update
    set ver = excluded.ver, base = excluded.base, rep = excluded.rep, doc = excluded.doc
    where r.ver = excluded.base
  returning kind, id, ver, base, doc
), done as (
  select put.*, i.keys, i.numbers from put join input i using (kind, id)
), wiped as (
  update powerhour.record r set doc = '{"gone": true}', rep = current_user
  from put where put.kind = 'forgotten'
    and (r.kind = 'contacts' and r.id = put.id or r.kind = 'planned_calls' and r.doc->>'contact_id' = put.id)
), emptied as (
  update powerhour.person p set keys = '{}', numbers = '{}' from put where put.kind = 'forgotten' and p.person = put.id
), people as (
  insert into powerhour.person (person, keys, numbers, owner)
  select id, array(select jsonb_array_elements_text(keys)), array(select jsonb_array_elements_text(numbers)),
    coalesce(doc->>'owner_id', '')
  from done where kind = 'contacts'
  on conflict (person) do update set keys = excluded.keys, numbers = excluded.numbers, owner = excluded.owner
), called as (
  select distinct doc->>'contact_id' as person from put
  where kind = 'calls' and base = 0 and doc->>'direction' = 'out' and doc->>'channel' = 'phone'
    and doc->>'voided_at' is null and doc->>'contact_id' <> ''
    and (doc->>'at')::timestamptz > now() - 2 * $7::interval
), slots as (
  insert into powerhour.slot as s (person, rep, free_at, rests)
  select coalesce(d.id, c.person), case when c.person is null then '' else current_user end, t.rests, t.rests
  from (select id from put where kind = 'contacts') d full join called c on c.person = d.id,
    lateral (select case when c.person is null then '-infinity' else now() + $7 end as rests) t
  on conflict (person) do update set rep = current_user, free_at = greatest(s.free_at, excluded.free_at),
      rests = greatest(s.rests, excluded.rests)
    where excluded.free_at > '-infinity' and (s.rep = current_user or s.free_at <= now())
), redacted as (
  delete from powerhour.barred b using done d
  where d.kind = 'do_not_call' and d.doc ? 'hashes' and b.entry = d.id and b.key like 'num:%' and not d.keys ? b.key
), barred as (
  insert into powerhour.barred (entry, key, contact)
  select d.id, k.key, coalesce(d.doc->>'contact_id', '')
  from done d, jsonb_array_elements_text(d.keys) k(key)
  where d.kind = 'do_not_call' and d.doc->>'kind' = 'addition' and not d.doc ? 'voided_at'
  on conflict (entry, key) do nothing
), undone as (
  delete from powerhour.lifted l using done d
  where d.kind = 'do_not_call' and d.doc->>'kind' = 'lift' and l.lift = d.id
    and (d.doc ? 'voided_at' or d.doc ? 'hashes' and l.key like 'num:%' and not d.keys ? l.key)
), lifted as (
  insert into powerhour.lifted (lift, entry, key)
  select d.id, e.entry, coalesce(k.key, '')
  from done d cross join jsonb_array_elements_text(d.doc->'lifts') e(entry)
    left join jsonb_array_elements_text(d.keys) k(key) on true
  where d.kind = 'do_not_call' and d.doc->>'kind' = 'lift' and not d.doc ? 'voided_at'
  union all
  select id, id, '' from put
  where kind = 'do_not_call' and doc->>'kind' = 'addition' and doc ? 'voided_at' and base > 0
  on conflict (lift, entry, key) do nothing
)
select p.kind, p.id, p.ver, n.before"""
_ANSWERS: LiteralString = " from n left join put p on true"
PUSH: LiteralString = (
    _WRITES + ", case when p.kind is not null then pg_notify('" + CHANNEL + "', 'n') end" + _ANSWERS
)
"""Its places: the rows, how many, whether they bring somebody new, their format, up to where we know of everybody and
have heard of everything, the least gap.

The number is given out by the very statement that writes the rows, and the row that holds it stays locked until the
commit: nothing with a higher number can be seen before it. The server merges nothing: what was made from an older
version is not taken, so a repeat is harmless. Nor is what somebody writes of a person who is forgotten and of whom they
have not heard so; and an old history puts nobody to rest. Whoever listens is told by the commit itself."""

PUSH_UNTOLD: LiteralString = _WRITES + _ANSWERS
"""The same where the database cannot tell anybody."""

NOTIFY: LiteralString = "select pg_notify($1, $2)"

PULL: LiteralString = """
select f.n, f.epoch, f.format, (extract(epoch from clock_timestamp()) * 1000000)::bigint, r.kind, r.id, r.ver, r.doc
from powerhour.feed f
left join lateral (select * from powerhour.record where ver > $1 and ver <= f.n order by ver limit $2) r
  on true
order by r.ver
"""

RENEW_EPOCH: LiteralString = """
update powerhour.feed set epoch = gen_random_uuid() where epoch = %(epoch)s::uuid and n = %(n)s
"""
"""Whoever finds the list younger than what was read from it tells everybody: it was restored from a copy."""

BARRED: LiteralString = """
  not exists (select 1 from powerhour.lifted l where l.entry = b.entry and l.key in ('', b.key))
"""

CLAIM: LiteralString = (
    """
with known as (
  select w.ord, k.ids from jsonb_array_elements($1) with ordinality w(ids, ord), lateral (
    select array_agg(t.person) as ids
    from jsonb_array_elements_text(w.ids) t(person),
      lateral (select * from powerhour.slot where person = t.person offset 0) s,
      lateral (select * from powerhour.person where person = t.person offset 0) p
    having bool_and((s.free_at <= now() or s.rep = current_user) and p.owner in ('', $2))
      and not bool_or(exists (select 1 from powerhour.barred b where b.key = any(p.keys) and"""
    + BARRED
    + """))
      and not bool_or(p.numbers <> '{}' and not exists (
        select 1 from unnest(p.numbers) x(number) where not exists (
          select 1 from powerhour.barred b where b.key = x.number and"""
    + BARRED
    + """)))
      and bool_and(p.keys <> '{}')
  ) k
), free as (
  select k.ids, k.ord from known k, lateral (
    select 1 from powerhour.slot s
    where s.person = k.ids[1] and (s.free_at <= now() or s.rep = current_user) for update skip locked
  ) locked
  order by k.ord limit $3
)
update powerhour.slot s
set rep = current_user, token = s.token + 1, until = now() + $4::interval, free_at = now() + $4 + $5::interval,
  rests = case when s.until > now() then s.rests else s.free_at end
from free f, unnest(f.ids) one(person) where s.person = one.person and (s.free_at <= now() or s.rep = current_user)
returning f.ord, cardinality(f.ids), s.person, s.token
"""
)
"""In our order until there are enough, each looked up by their key: without `offset 0` a server that knows its figures
reads the whole list instead. Somebody whom we have already may be claimed again. Who lapsed rests for the gap: their
holder may have called them up to the last second, without a line. What they rest for goes on under a new lease that is
given back uncalled."""

RENEW: LiteralString = """
update powerhour.slot s set until = now() + %(lasts)s, free_at = now() + %(lasts)s + %(gap)s
from unnest(%(people)s::text[], %(tokens)s::bigint[]) as t(person, token)
where s.person = t.person and s.token = t.token and s.rep = current_user and s.until > now()
returning s.person
"""

GIVE_BACK: LiteralString = """
update powerhour.slot s set until = '-infinity', free_at = case when %(called)s then now() + %(gap)s else s.rests end
from unnest(%(people)s::text[], %(tokens)s::bigint[]) as t(person, token)
where s.person = t.person and s.token = t.token and s.rep = current_user
returning s.person
"""

LAST_LOOK: LiteralString = (
    """
select exists (select 1 from powerhour.barred b where b.key = any(%(keys)s::text[]) and"""
    + BARRED
    + """),
  (select count(*) from unnest(%(people)s::text[], %(tokens)s::bigint[]) as t(person, token)
    join powerhour.slot s using (person, token) where s.rep = current_user and s.until > now())
"""
)

HELD: LiteralString = """
select s.person, coalesce(m.rep, ''), coalesce(m.label, s.rep) from powerhour.slot s
left join lateral (select rep, label from powerhour.member m where m.login = s.rep order by joined_at desc limit 1) m
  on true
where s.until > now() and s.rep <> current_user
"""

-- Who may do what. $rep and $manager are roles without a login; each rep's own login is a member of one of them.
-- The rules of a rep stand here and nowhere else: a client that is refused learns it from the database.

grant usage on schema powerhour to $rep, $manager;
grant select, update on powerhour.feed to $rep, $manager;
grant select, insert, update on powerhour.member, powerhour.record, powerhour.person, powerhour.slot to $rep;
grant select, insert, delete on powerhour.barred, powerhour.lifted to $rep;
grant select, insert, update, delete on powerhour.member, powerhour.record, powerhour.person, powerhour.slot,
  powerhour.barred, powerhour.lifted to $manager;

alter table powerhour.feed enable row level security;
alter table powerhour.member enable row level security;
alter table powerhour.record enable row level security;
alter table powerhour.person enable row level security;
alter table powerhour.slot enable row level security;
alter table powerhour.barred enable row level security;
alter table powerhour.lifted enable row level security;

-- A manager may do everything with the rows, and nothing with the tables.
drop policy if exists manager on powerhour.feed;
create policy manager on powerhour.feed to $manager using (true) with check (true);
drop policy if exists manager on powerhour.member;
create policy manager on powerhour.member to $manager using (true) with check (true);
drop policy if exists manager on powerhour.record;
create policy manager on powerhour.record to $manager using (true) with check (true);
drop policy if exists manager on powerhour.person;
create policy manager on powerhour.person to $manager using (true) with check (true);
drop policy if exists manager on powerhour.slot;
create policy manager on powerhour.slot to $manager using (true) with check (true);
drop policy if exists manager on powerhour.barred;
create policy manager on powerhour.barred to $manager using (true) with check (true);
drop policy if exists manager on powerhour.lifted;
create policy manager on powerhour.lifted to $manager using (true) with check (true);

-- All that is here is shared, so every rep may read it.
drop policy if exists reads on powerhour.feed;
create policy reads on powerhour.feed for select to $rep using (true);
drop policy if exists reads on powerhour.member;
create policy reads on powerhour.member for select to $rep using (true);
drop policy if exists reads on powerhour.record;
create policy reads on powerhour.record for select to $rep using (true);
drop policy if exists reads on powerhour.person;
create policy reads on powerhour.person for select to $rep using (true);
drop policy if exists reads on powerhour.slot;
create policy reads on powerhour.slot for select to $rep using (true);
drop policy if exists reads on powerhour.barred;
create policy reads on powerhour.barred for select to $rep using (true);
drop policy if exists reads on powerhour.lifted;
create policy reads on powerhour.lifted for select to $rep using (true);

-- The counter goes on by what a push brings, and never back.
drop policy if exists counts on powerhour.feed;
create policy counts on powerhour.feed for update to $rep using (true) with check (
  exists (select 1 from powerhour.feed f
    where feed.n between f.n and f.n + 1000000 and feed.people between f.people and feed.n
    and feed.tables = f.tables and feed.format between f.format and f.format + 100)
);

-- A login writes as its own reps: an id that is somebody's cannot be taken.
drop policy if exists joins on powerhour.member;
create policy joins on powerhour.member for insert to $rep with check (login = current_user);
drop policy if exists leaves on powerhour.member;
create policy leaves on powerhour.member for update to $rep
  using (login = current_user) with check (login = current_user);

-- A record belongs to the rep whom it names. Nobody but a manager writes a lift.
drop policy if exists brings on powerhour.record;
create policy brings on powerhour.record for insert to $rep with check (
  rep = current_user
  and ver <= (select f.n from powerhour.feed f) + 1000000
  and author = coalesce((select m.login from powerhour.member m
    where m.rep = case record.kind when 'reps' then record.id else record.doc->>'rep' end), current_user)
  and not (kind = 'do_not_call' and doc->>'kind' = 'lift')
);

-- People are everybody's. Of a colleague's call a rep may only say that what was owed is done; of a colleague's
-- refusal nothing. Of whom is forgotten what was said of them goes.
drop policy if exists changes on powerhour.record;
create policy changes on powerhour.record for update to $rep using (true) with check (
  rep = current_user
  and ver <= (select f.n from powerhour.feed f) + 1000000
  and not (kind = 'do_not_call' and doc->>'kind' = 'lift')
  and exists (select 1 from powerhour.record o
    where o.kind = record.kind and o.id = record.id and o.author = record.author
    and (o.kind in ('contacts', 'planned_calls', 'same_person', 'hash_keys', 'forgotten')
      or o.author = current_user
      or (o.kind = 'calls' and o.doc - '{owed,rev,edited_at}'::text[] = record.doc - '{owed,rev,edited_at}'::text[])
      or (o.kind in ('calls', 'do_not_call')
        and o.doc->>'voided_at' is not distinct from record.doc->>'voided_at'
        and exists (select 1 from powerhour.record f where f.kind = 'forgotten' and f.id = o.doc->>'contact_id'))))
);

drop policy if exists brings on powerhour.person;
create policy brings on powerhour.person for insert to $rep with check (true);
drop policy if exists changes on powerhour.person;
create policy changes on powerhour.person for update to $rep using (true) with check (true);

-- Whom a colleague has is out of reach, and nobody is kept for ever.
drop policy if exists brings on powerhour.slot;
create policy brings on powerhour.slot for insert to $rep with check (
  rep in ('', current_user) and until = '-infinity' and greatest(free_at, rests) < now() + interval '60 days'
);
drop policy if exists takes on powerhour.slot;
create policy takes on powerhour.slot for update to $rep using (rep = current_user or free_at <= now()) with check (
  rep = current_user and until < now() + interval '1 day' and greatest(free_at, rests) < now() + interval '60 days'
);

-- Everybody may add a refusal. A rep may take back one they wrote themselves, which undo does.
drop policy if exists refuses on powerhour.barred;
create policy refuses on powerhour.barred for insert to $rep with check (true);
drop policy if exists undoes on powerhour.lifted;
create policy undoes on powerhour.lifted for insert to $rep with check (
  lift = entry and exists (select 1 from powerhour.record o
    where o.kind = 'do_not_call' and o.id = lifted.entry and o.author = current_user)
);

-- Once a person is forgotten their numbers go, and what is hashed takes their place. A refusal that names nobody is its
-- author's to hash: nobody else here could prove that the hashes are those of its numbers.
drop policy if exists forgets on powerhour.barred;
create policy forgets on powerhour.barred for delete to $rep using (
  exists (select 1 from powerhour.record f where f.kind = 'forgotten' and f.id = barred.contact)
  or exists (select 1 from powerhour.record o
    where o.kind = 'do_not_call' and o.id = barred.entry and o.author = current_user)
);

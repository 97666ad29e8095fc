-- The team's list. What a client does with it stands in statements.py. There is no function, trigger, sequence or
-- advisory lock of ours in it, so that other databases which speak as PostgreSQL does stay possible.

create schema if not exists powerhour;

create table if not exists powerhour.feed (       -- ONE row: how far the list has come
  one    boolean primary key default true check (one),
  n      bigint not null default 0,               -- number of the last change; numbers follow the order of commits
  people bigint not null default 0,               -- n of the last change that brought somebody new, or joined two ids
  epoch  uuid not null default gen_random_uuid(), -- another one once a copy was restored: everybody starts from 0
  tables integer not null default 2,              -- which version of these tables this is
  format integer not null default 0               -- the newest format of a record in it
);
insert into powerhour.feed default values on conflict do nothing;

create table if not exists powerhour.member (     -- which login writes as which rep
  rep       text primary key,                     -- the rep's id in records
  login     text not null default current_user,
  label     text not null,
  joined_at timestamptz not null default now(),
  left_at   timestamptz
);

create table if not exists powerhour.record (     -- the newest version of each record; feed: ver > cursor order by ver
  kind   text not null,                           -- contacts, calls, do_not_call, …
  id     text not null,
  ver    bigint not null,                         -- feed.n of the change that wrote it
  base   bigint not null,                         -- the version it was made from; 0: none
  author text not null,                           -- login of the rep whom the record names, else of who wrote it first
  rep    text not null default current_user,      -- who wrote this version
  doc    jsonb not null,
  primary key (kind, id)
);
create index if not exists record_ver on powerhour.record (ver);

create table if not exists powerhour.person (     -- what the list looks at before it deals somebody out
  person  text primary key,
  keys    text[] not null default '{}',           -- person:…, firm:…
  numbers text[] not null default '{}',           -- num:+44…; refused on one of several, they may be called on another
  owner   text not null default ''                -- a rep's id
);

create table if not exists powerhour.slot (       -- who may call whom
  person  text primary key,
  rep     text not null default '',               -- who has them, or had them last
  token   bigint not null default 0,              -- grows with each claim
  until   timestamptz not null default '-infinity',
  free_at timestamptz not null default '-infinity', -- before that nobody ELSE may have them
  rests   timestamptz not null default '-infinity'  -- the same for the calls before this lease: given back uncalled
);
alter table powerhour.slot add column if not exists rests timestamptz not null default '-infinity'; -- since 2
create index if not exists slot_until on powerhour.slot (until);

create table if not exists powerhour.barred (     -- what additions to the do-not-call list name; it only grows
  entry   text not null,
  key     text not null,
  contact text not null default '',
  primary key (entry, key)
);
create index if not exists barred_key on powerhour.barred (key);

create table if not exists powerhour.lifted (     -- what lifts free: the additions they have seen, never a key as such
  lift  text not null,                            -- of an addition that was undone its own id
  entry text not null,
  key   text not null default '',                 -- empty: all that the addition names
  primary key (lift, entry, key)
);
create index if not exists lifted_entry on powerhour.lifted (entry);

update powerhour.feed set tables = 2 where tables < 2;

-- Imports of the console, how long things are kept, and logos.

create table import_job (
  organization_id uuid not null,
  id uuid not null,
  storefront_id uuid not null,
  file_name text not null,
  bytes bigint not null,
  state text not null,                -- Uploaded, Checking, Checked, Running, Stopped, Done, Undoing, Undone
  options text not null,              -- JSON: which column is what, and what was said beside the file
  sample bytea not null,              -- sealed: header and first rows
  counts text not null,               -- JSON: what the check found, then what the run did
  total integer,                      -- rows, once it was checked
  percent integer not null,
  problem text,                       -- JSON: why it did not go on
  made_by text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  due_at timestamptz,                 -- next attempt, or the end of the running one's lease; null when nothing is to be done
  attempts integer not null,          -- since it last got on
  claim uuid,                         -- of the attempt that runs
  primary key (organization_id, id)
);
create index import_job_due on import_job (due_at) where due_at is not null;
create index import_job_made on import_job (created_at);

-- The file, sealed and in pieces: any node goes on with it. Gone when the import is over.
create table import_chunk (
  organization_id uuid not null,
  import_id uuid not null,
  number integer not null,
  body bytea not null,
  primary key (organization_id, import_id, number)
);

create table import_bad_row (
  organization_id uuid not null,
  import_id uuid not null,
  line integer not null,
  body bytea not null,                -- sealed JSON: cells and reasons
  primary key (organization_id, import_id, line)
);

-- What an import made or changed, so that it is gone on with where it was, and can be undone for 30 days.
create table import_row (
  organization_id uuid not null,
  import_id uuid not null,
  kind text not null,                 -- contact; made by it: account, link, hash, subscription, unit, unit_type, facility
  subject_id uuid not null,           -- of a link the contact
  other_id uuid,                      -- link: the account; subscription: the contact
  line integer not null,
  is_new boolean not null,
  before text,                        -- JSON: a changed contact as it was, and the links it lost
  version timestamptz,                -- updated_at as the import left it
  outcome text,                       -- of undoing it: undone, gone, edited, linked, used, signed in, rents
  primary key (organization_id, import_id, kind, subject_id)
);
create index import_row_other on import_row (other_id, kind, import_id, organization_id) where other_id is not null;

-- How long an organization keeps what; without a row it is as the installation does.
create table retention (
  organization_id uuid not null,
  kind text not null,                 -- see RetentionKind
  days integer not null,
  swept uuid,                         -- MailContent: the newest mail that was emptied
  updated_at timestamptz not null,
  primary key (organization_id, kind)
);

create index sign_in_link_created on sign_in_link (created_at);

create table storefront_logo (
  organization_id uuid not null,
  storefront_id uuid not null,
  mark text not null,                 -- of its content: part of its address
  type text not null,                 -- image/png, image/jpeg, image/webp
  content bytea not null,
  updated_at timestamptz not null,
  primary key (organization_id, storefront_id)
);
create index storefront_logo_mark on storefront_logo (mark);
-- What every page says of it. JSON: mark, width, height, and what it says for who does not see it.
alter table storefront add column logo text;

-- The list of what mail providers reported, by what became of it.
create index webhook_event_list on webhook_event (organization_id, state, id);

-- Support actions that wait for a second person, and what a merge takes to be undone.

create table approval (
  organization_id uuid not null,
  id uuid not null,
  storefront_id uuid not null,
  kind text not null,                 -- Merge, Reset, Link, Unlink, TakeOver
  account_id uuid not null,           -- whom it is about; of a merge the account that ends
  other_id uuid not null,             -- Merge: the account that stays; TakeOver: the account that has the address; Link, Unlink: the contact; Reset: the account again
  facts text not null,                -- JSON: what both records said when it was asked for; it is approved only while they say the same
  reason text not null,
  state text not null,                -- Requested, Approved, Rejected, Done, Expired
  requested_by uuid not null,         -- account in the console's realm
  requested_by_name text not null,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  note text,
  due_at timestamptz,                 -- TakeOver, once approved: not to be carried out before
  done_at timestamptz,
  done_by_name text,
  primary key (organization_id, id)
);
-- A double click asks once.
create unique index approval_open on approval (account_id, other_id, kind, organization_id) where state = 'Requested';

create table merge_record (
  organization_id uuid not null,
  id uuid not null,                   -- of the approval
  storefront_id uuid not null,
  from_id uuid not null,
  into_id uuid not null,
  moved text not null,                -- JSON: address, links to contacts and followers of the account that ended
  merged_at timestamptz not null,
  undo_until timestamptz not null,
  undone_at timestamptz,
  undone_by_name text,
  forgotten_at timestamptz,           -- its password and passkeys are gone for good
  primary key (organization_id, id)
);
create index merge_record_over on merge_record (undo_until) where undone_at is null and forgotten_at is null;

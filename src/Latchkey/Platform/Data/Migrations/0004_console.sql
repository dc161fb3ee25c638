-- The business's own side.

-- Who works in which organization. A person is an account of the console's own realm (see ConsoleRealm); Support belongs to the
-- installation, whose organization is all zeros.
create table staff_member (
  organization_id uuid not null,
  account_id uuid not null,
  role text not null,                 -- Owner, Manager, Staff; Support for the installation
  name text,                          -- as whoever invited them wrote it; the account's own comes first
  added_by text not null,
  added_at timestamptz not null,      -- an invitation nobody takes up is over after a week
  joined_at timestamptz,
  removed_at timestamptz,
  primary key (organization_id, account_id)
);
create index staff_member_account on staff_member (account_id, organization_id);

-- The one way to the first Owner of an installation, as long as it has no staff.
create table setup_token (
  number integer not null primary key, -- 1
  token_hash bytea not null,
  made_at timestamptz not null
);

-- The console's lists, by name and by address, and what their search boxes scan: everything it needs is in the index.
create index contact_list on contact (organization_id, full_name, id, storefront_id, search_text);
create index account_state on account (organization_id, state, id);
create index account_list on account (organization_id, email, id, storefront_id, state);
create index subscription_list on subscription (organization_id, id, contact_id, ended_on);
create index activity_contact on activity (contact_id, organization_id, id) where contact_id is not null;
-- What else happened to the same request, mail or session.
create index activity_subject on activity (subject_id, organization_id) where subject_id is not null;

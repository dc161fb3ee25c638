-- The sign-in engine's tables. No foreign keys here: on PostgreSQL they would make every sign-in share-lock
-- its storefront's row, and the engine does not know the host's tables. Nothing in them signs anybody in:
-- tokens, codes and browser cookies are kept as hashes, or not at all.
-- Keys begin with the organization; other indexes begin with what tells rows apart, so that PostgreSQL never takes an
-- organization's whole range for a good way to one row while it has no statistics yet.

create table account (
  organization_id uuid not null,
  id uuid not null,
  storefront_id uuid not null,
  email text not null,                -- canonical: see EmailAddress
  state text not null,                -- unproven, proven, disabled, merged
  full_name text,
  phone text,                         -- E.164
  locale text,
  created_at timestamptz not null,
  proven_at timestamptz,
  last_signed_in_at timestamptz,
  merged_into uuid,
  password_hash text,                 -- as the host's hasher writes it
  password_set_at timestamptz,
  password_by text,                   -- customer, import
  password_failures integer not null default 0,
  password_locked_until timestamptz,
  password_pause_told_at timestamptz,
  primary key (organization_id, id)
);
create unique index account_email on account (email, organization_id, storefront_id);
create index account_phone on account (phone, organization_id, storefront_id) where phone is not null;

create table sign_in_request (
  organization_id uuid not null,
  id uuid not null,
  storefront_id uuid not null,
  name_hash text not null,            -- keyed hash of what was typed: joins asks, and finds them when staff know the address
  name_sealed bytea not null,         -- what was typed and what the waiting page shows, encrypted: most of the unknown ones are somebody's
  browser_hash bytea not null,        -- the browser that asked
  ip text,
  device text,
  locale text not null,
  return_to text,                     -- the portal's page to go on to
  made_by text not null,              -- customer, staff, staff copy
  staff text,                         -- who, when it was not the customer
  reason text,
  asks integer not null,
  asked_at timestamptz not null,
  last_asked_at timestamptz not null,
  mails integer not null,
  resolve_at timestamptz,             -- when a worker has something to do; null when it has not
  resolved_at timestamptz,
  account_id uuid,
  sent_at timestamptz,                -- the last mail was handed to the mail server
  expires_at timestamptz not null,
  hard_end_at timestamptz not null,
  opened_at timestamptz,
  opens integer not null,
  code_tries integer not null,
  number_tries integer not null,
  redeemed_at timestamptz,
  redeemed_by text,                   -- link, code
  redeemed_browser_hash bytea,
  session_id uuid,
  revoked_at timestamptz,
  revoked_reason text,
  closed_at timestamptz,              -- no new mail joins this request
  asker_opens integer not null default 0, -- of the opens: by the browser that asked
  program_opens integer not null default 0, -- of the opens: by what does not say that it is a browser
  turned_away_as text,                -- what the page behind the link last said to a browser that it let go: see LinkStatus
  turned_away_at timestamptz,
  code_tried_at timestamptz,          -- when a code was last typed
  primary key (organization_id, id)
);
-- One open request for an address and a browser: a double click joins it, whatever the concurrency.
create unique index sign_in_request_open on sign_in_request (browser_hash, name_hash, organization_id, storefront_id) where closed_at is null;
create index sign_in_request_due on sign_in_request (resolve_at) where resolve_at is not null;
create index sign_in_request_account on sign_in_request (account_id, organization_id) where redeemed_at is null and revoked_at is null and account_id is not null;
create index sign_in_request_name on sign_in_request (name_hash, organization_id, storefront_id, asked_at);

-- Names that belong to nobody here are forgotten after two weeks.
create index sign_in_request_unknown on sign_in_request (asked_at) where account_id is null;

create table sign_in_link (
  organization_id uuid not null,
  token_hash bytea not null,
  request_id uuid not null,
  number integer not null,
  created_at timestamptz not null,
  primary key (organization_id, token_hash)
);

create table session (
  organization_id uuid not null,
  id uuid not null,
  storefront_id uuid not null,
  account_id uuid not null,
  request_id uuid,
  means text not null,                -- link, code, passkey, password, staff link
  token_hash bytea not null,
  started_at timestamptz not null,
  renewed_at timestamptz not null,
  ends_at timestamptz not null,       -- idle end; moved forward by use when the policy slides
  hard_end_at timestamptz not null,
  ended_at timestamptz,
  ended_reason text,
  ip text,
  device text,
  kept_at timestamptz,                -- when the browser first gave the cookie back
  primary key (organization_id, id)
);
create unique index session_token on session (token_hash, organization_id);
create index session_account on session (account_id, organization_id);

-- Links that do one thing and do not sign in: confirm an address, set a new password, undo a change.
create table one_time_link (
  organization_id uuid not null,
  id uuid not null,
  storefront_id uuid not null,
  purpose text not null,              -- see OneTimePurpose
  token_hash bytea not null,
  account_id uuid not null,
  address text not null,              -- the mailbox it was sent to, and what it proves
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz,
  primary key (organization_id, id)
);
create unique index one_time_link_token on one_time_link (token_hash, organization_id);
create index one_time_link_account on one_time_link (account_id, organization_id);
-- One change of address at a time: of two that are asked for at once, the second ends the first.
create unique index one_time_link_change on one_time_link (account_id, organization_id)
  where purpose = 'ChangeEmail' and used_at is null and revoked_at is null;

-- Buckets of the generic cell rate algorithm (GCRA): a use costs cost_ms, and at most depth_ms may be owed.
-- The limit in force is kept with the bucket, so that the console can explain it.
create table throttle (
  organization_id uuid not null,      -- all zeros: the whole installation
  storefront_id uuid not null,
  bucket text not null,               -- address, day, browser, ip, storefront, mailbox, code, code-account, code-storefront, staff, change
  key text not null,                  -- what is counted; addresses as keyed hashes
  paid_until_ms bigint not null,      -- Unix milliseconds
  cost_ms bigint not null,
  depth_ms bigint not null,
  refused_ms bigint,                  -- when the last use was refused, if it was
  primary key (organization_id, storefront_id, bucket, key)
);

create table passkey (
  organization_id uuid not null,
  id uuid not null,
  storefront_id uuid not null,
  account_id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,          -- COSE
  sign_count bigint not null,
  transports text not null,           -- usb nfc ble internal hybrid …, separated by commas
  is_user_verified boolean not null,
  is_backup_eligible boolean not null,
  is_backed_up boolean not null,
  rp_id text not null,                -- the host it was made for; it works at no other
  name text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (organization_id, id)
);
create unique index passkey_credential on passkey (credential_id, organization_id, storefront_id);
create index passkey_account on passkey (account_id, organization_id);

create table passkey_challenge (
  organization_id uuid not null,
  id uuid not null,
  storefront_id uuid not null,
  account_id uuid not null,           -- who adds a passkey; all zeros when somebody signs in
  browser_hash bytea not null,        -- the browser it was given to
  state text not null,
  expires_at timestamptz not null,
  primary key (organization_id, id)
);

-- What a browser was typing when its session ended, encrypted under the installation's key for that browser and account.
create table form_draft (
  organization_id uuid not null,
  storefront_id uuid not null,
  browser_hash bytea not null,
  page text not null,                 -- path below the storefront, such as /portal/account
  content bytea not null,
  expires_at timestamptz not null,
  primary key (organization_id, storefront_id, browser_hash, page)
);
create index form_draft_expires on form_draft (organization_id, expires_at);

-- What was asked for at an address that nobody has looked up yet: a registration, a new password, another confirmation. Resolved by
-- a worker. A registration keeps its password and name here until the mailbox is proven: an unproven account holds neither.
create table password_request (
  organization_id uuid not null,
  id uuid not null,
  storefront_id uuid not null,
  kind text not null,                 -- Register, Reset, Confirm
  address text,                       -- canonical; null once it was looked up
  account_id uuid,
  full_name text,
  password_hash text,
  browser_hash bytea not null,        -- the browser that asked
  locale text not null,
  asked_at timestamptz not null,
  resolve_at timestamptz,             -- when a worker has something to do; null when it has not
  primary key (organization_id, id)
);
create index password_request_due on password_request (resolve_at) where resolve_at is not null;
create index password_request_account on password_request (account_id, organization_id) where account_id is not null;

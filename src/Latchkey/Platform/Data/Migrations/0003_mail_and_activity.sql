-- Which contacts an account shows. By hand of staff, by import, or at the first proof of the address.
create table account_contact (
  organization_id uuid not null,
  account_id uuid not null,
  contact_id uuid not null,
  linked_at timestamptz not null,
  linked_by text not null,            -- import, staff, address
  primary key (organization_id, account_id, contact_id)
);
-- With the account in it: without statistics SQLite prefers the primary key, which covers it too, and reads all of an organization's links.
create index account_contact_contact on account_contact (contact_id, organization_id, account_id);

-- The durable outbox, and the record of every mail afterwards. It never holds a link or a code: both are
-- derived again at each attempt, and the bodies are stored with them cut out.
create table mail (
  organization_id uuid not null,
  id uuid not null,
  storefront_id uuid not null,
  lane integer not null,              -- 0 sign-in, 1 bulk, 2 SMS
  kind text not null,
  account_id uuid,
  request_id uuid,
  link_number integer,
  about text,                         -- JSON of what its words need besides; no link, no code
  to_address text not null,
  to_name text,
  locale text not null,
  state text not null,                -- queued, sent, failed
  attempts integer not null,
  due_at timestamptz,                 -- next attempt, or the end of the running one's lease; null when done
  give_up_at timestamptz not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  failed_at timestamptz,
  reply_code integer,
  reply_status text,                  -- enhanced status, RFC 3463
  reply text,
  subject text,
  text_body text,
  html_body text,
  -- What the provider reported after it took the mail; apart from state, so that a report may overtake our own mark.
  channel text not null default 'email', -- email, sms
  provider_id text,
  delivery_rank integer not null default 0, -- only a report that ranks higher changes the row
  delivery text,                      -- accepted, queued, sending, sent, deferred, undelivered, failed, delivered, bounced, rejected, suppressed, complained
  delivery_code integer,
  delivery_reason text,               -- in plain words
  delivery_detail text,               -- in the words of the addressee's mail server
  delivered_at timestamptz,
  -- Whose list of mails it stands in: the home facility of the first contact linked when it was written.
  facility_id uuid,
  primary key (organization_id, id)
);
-- Addresses that asked for no more, or that nothing reaches.
create table suppression (
  organization_id uuid not null,
  channel text not null,
  address text not null,
  reason text not null,
  created_at timestamptz not null,
  primary key (organization_id, channel, address)
);
-- Mails to addresses that have no account here lose them after two weeks.
create index mail_unknown on mail (created_at) where account_id is null and to_address <> '';
create index mail_due on mail (lane, due_at) where due_at is not null;
create index mail_request on mail (request_id, organization_id);
create index mail_facility on mail (facility_id, organization_id, id) where facility_id is not null;
-- A report that lacks our own key names a mail as the provider does.
create index mail_provider_id on mail (provider_id, organization_id) where provider_id is not null;
create index mail_address on mail (to_address, organization_id, created_at);

create table activity (
  organization_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  type text not null,                 -- SIGN_IN, EMAIL, SMS, WEBHOOK, BILLING, STAFF, SUPPORT, API, IMPORT
  event text not null,
  storefront_id uuid,
  account_id uuid,
  contact_id uuid,
  subject_id uuid,                    -- request, mail, session, import …
  actor text,                         -- who of the staff did it; null: the customer, or the system
  detail text,
  changes text,                       -- JSON: field → [before, after], secrets masked
  primary key (organization_id, id)
);
create index activity_account on activity (account_id, organization_id) where account_id is not null;
-- What was asked for when it was refused, as a keyed hash: the one thing that is taken out of the log again, after two weeks.
create index activity_limited on activity (at) where event = 'limited' and detail is not null;

-- An organization's own mail provider. Its keys are sealed under the installation key, which is not in the database.
create table mail_provider (
  organization_id uuid not null,
  provider text not null,             -- postmark, ses, sendgrid, mailgun, resend
  settings bytea not null,
  updated_at timestamptz not null,
  primary key (organization_id)
);

-- What mail providers report, written down before it is answered and worked off later, each event once.
create table webhook_event (
  organization_id uuid not null,      -- whose account at the provider; all zeros: the installation's
  id uuid not null,
  provider text not null,
  event_id text not null,             -- the provider's name for it
  body bytea,                         -- sealed, for it holds addresses; gone when it is done
  body_hash bytea not null,
  state text not null,                -- queued, done, unmatched, failed
  attempts integer not null,
  received_at timestamptz not null,
  due_at timestamptz,                 -- next attempt, or the end of the running one's lease; null when done
  processed_at timestamptz,
  reason text,
  primary key (organization_id, id)
);
create unique index webhook_event_once on webhook_event (event_id, provider, organization_id);
create index webhook_event_due on webhook_event (due_at) where due_at is not null;
create index webhook_event_received on webhook_event (received_at);

-- Renting and subscribing on the storefront.

-- A unit that somebody is about to rent: nobody else gets it until then.
alter table unit add column held_by uuid;              -- sign_up.id
alter table unit add column held_until timestamptz;

-- Without units, where the storefront sells subscriptions or memberships: then it is a plan.
alter table unit_type add column description text;
alter table unit_type add column retired_at timestamptz; -- no longer offered

-- What can be taken along with a unit or plan.
create table unit_option (
  organization_id uuid not null,
  id uuid not null,
  facility_id uuid not null,
  name text not null,
  price bigint not null,              -- minor units
  currency text not null,
  monthly boolean not null,           -- else once
  retired_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, facility_id) references facility (organization_id, id)
);
create index unit_option_facility on unit_option (facility_id, organization_id);

-- How a contact came in, where that matters: what somebody typed at a sign-up is proven by nothing.
alter table contact add column origin text;            -- sign-up

-- Somebody who is about to rent or subscribe. Its id becomes the subscription's.
create table sign_up (
  organization_id uuid not null,
  id uuid not null,
  storefront_id uuid not null,
  browser_hash bytea not null,        -- hash of the cookie that goes on with it
  state text not null,                -- Open, Paying, Done, Refunded
  facility_id uuid not null,
  unit_type_id uuid not null,
  unit_id uuid,                       -- held, later rented
  starts_on text,                     -- ISO date
  options text not null default '',   -- ids of unit_option, with spaces
  details bytea,                      -- name, address and number as typed, encrypted: most are never finished
  name_hash text,                     -- keyed hash of the address: finds it again for whoever proves the mailbox
  link_asked boolean not null default false, -- a link was asked for in case the address has an account
  locale text not null,
  account_id uuid,                    -- of the customer who was signed in, or the account made for it
  contact_id uuid,
  invoice_id uuid,                    -- what is to be paid; an older one is none of this any more
  invoice_for text,                   -- what it asks for: when that changes, there is another
  paid_to text,                       -- ISO date: the last day that it pays for
  payment_id uuid,                    -- the checkout that is open
  begun_at timestamptz not null,      -- the time of its hold counts from here
  touched_at timestamptz not null,
  done_at timestamptz,
  welcome_at timestamptz,             -- when a worker has account and mail to see to; null when it has not
  primary key (organization_id, id),
  foreign key (organization_id, facility_id) references facility (organization_id, id),
  foreign key (organization_id, unit_type_id) references unit_type (organization_id, id)
);
create unique index sign_up_browser on sign_up (browser_hash, organization_id, storefront_id);
create index sign_up_name on sign_up (name_hash, organization_id, storefront_id) where name_hash is not null;
create index sign_up_welcome on sign_up (welcome_at) where welcome_at is not null;
create index sign_up_touched on sign_up (touched_at) where state in ('Open', 'Paying');

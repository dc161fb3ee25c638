-- Organizations and what they have. Every key starts with the organization: nothing crosses it.

create table organization (
  id uuid not null primary key,
  name text not null,
  created_at timestamptz not null
);

create table storefront (
  organization_id uuid not null references organization (id),
  id uuid not null,
  slug text not null unique,
  name text not null,
  locale text not null,
  vocabulary text not null,           -- rental, subscription, membership
  brand_hue integer not null,         -- degrees, 0-359
  sender_name text not null,
  sender_address text not null,
  help_email text,
  help_phone text,
  calling_code text,                  -- of phone numbers typed without one: 1, 44 …
  policy text not null,               -- JSON of SignInPolicy
  version integer not null default 1, -- one more at each edit, so that two people do not overwrite each other
  created_at timestamptz not null,
  primary key (organization_id, id)
);

create table storefront_host (
  organization_id uuid not null,
  storefront_id uuid not null,
  host text not null,                 -- lower-case ASCII, no port
  created_at timestamptz not null,
  verified_at timestamptz,            -- when its owner proved by DNS that it is theirs; only then it leads here
  checked_at timestamptz,
  primary key (organization_id, host),
  foreign key (organization_id, storefront_id) references storefront (organization_id, id)
);
-- Anybody may claim a host, one has it.
create unique index storefront_host_name on storefront_host (host) where verified_at is not null;

create table facility (
  organization_id uuid not null,
  id uuid not null,
  storefront_id uuid not null,
  name text not null,
  address text,
  phone text,
  created_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, storefront_id) references storefront (organization_id, id)
);
create index facility_storefront on facility (organization_id, storefront_id);

create table unit_type (
  organization_id uuid not null,
  id uuid not null,
  facility_id uuid not null,
  name text not null,
  price bigint not null,              -- minor units, a month
  currency text not null,
  primary key (organization_id, id),
  foreign key (organization_id, facility_id) references facility (organization_id, id)
);
create index unit_type_facility on unit_type (organization_id, facility_id);

create table unit (
  organization_id uuid not null,
  id uuid not null,
  facility_id uuid not null,
  unit_type_id uuid not null,
  number text not null,
  state text not null,                -- free, occupied, out_of_service
  primary key (organization_id, id),
  foreign key (organization_id, facility_id) references facility (organization_id, id),
  foreign key (organization_id, unit_type_id) references unit_type (organization_id, id)
);
create unique index unit_number on unit (organization_id, facility_id, number);
create index unit_type_state on unit (unit_type_id, organization_id, state);

create table contact (
  organization_id uuid not null,
  id uuid not null,
  storefront_id uuid not null,        -- the storefront of the home facility
  facility_id uuid,                   -- home facility
  external_id text,
  full_name text not null,
  email text,                         -- canonical
  phone text,
  locale text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- What search boxes look into: name, address, number as written and its digits alone.
  search_text text generated always as (lower(full_name || ' ' || coalesce(email, '') || ' ' || coalesce(phone, '') || ' ' ||
    replace(replace(replace(replace(replace(coalesce(phone, ''), ' ', ''), '-', ''), '(', ''), ')', ''), '.', ''))) stored,
  primary key (organization_id, id),
  foreign key (organization_id, storefront_id) references storefront (organization_id, id),
  foreign key (organization_id, facility_id) references facility (organization_id, id)
);
create unique index contact_external on contact (organization_id, storefront_id, external_id) where external_id is not null;
create index contact_name on contact (full_name, organization_id, storefront_id);
create index contact_email on contact (email, organization_id, storefront_id);

create table subscription (
  organization_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  facility_id uuid not null,
  kind text not null,                 -- rental, subscription, membership
  name text not null,
  unit_id uuid,                       -- rentals
  external_id text,
  price bigint not null,              -- minor units, a month
  currency text not null,
  started_on text not null,           -- ISO date
  ended_on text,
  primary key (organization_id, id),
  foreign key (organization_id, contact_id) references contact (organization_id, id),
  foreign key (organization_id, facility_id) references facility (organization_id, id),
  foreign key (organization_id, unit_id) references unit (organization_id, id)
);
create index subscription_contact on subscription (contact_id, organization_id);
create unique index subscription_unit on subscription (unit_id, organization_id) where unit_id is not null and ended_on is null;
create unique index subscription_external on subscription (organization_id, facility_id, external_id) where external_id is not null;

-- "Was it right?": what staff said about a verdict after the call. Nothing in it tells whom it was about.
create table verdict (
  organization_id uuid not null,
  id uuid not null,
  storefront_id uuid not null,
  cause text not null,                -- see Cause
  was_right boolean not null,
  actual text,                        -- what it was, in the words of whoever took the call
  staff text not null,
  at timestamptz not null,
  primary key (organization_id, id)
);

-- Somebody asks with a number that no account has yet.
create index contact_phone on contact (phone, organization_id) where phone is not null;

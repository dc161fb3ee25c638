-- What stands between many customers and their mail, as noticed from the system's own figures: docs/weather.md.
create table weather (
  organization_id uuid not null,
  id uuid not null,
  kind text not null,                 -- see WeatherKind
  domain text not null,               -- of the addressees; empty when it is about all of them
  since timestamptz not null,
  says text,                          -- the last words of the mail server
  waiting bigint not null,            -- customers who wait, at the last look
  noticed_at timestamptz not null,
  over_at timestamptz,
  tell_by text,                       -- who wants those who waited to be told
  tell_at timestamptz,
  told_at timestamptz,                -- nobody is left to be told
  primary key (organization_id, id)
);
-- Whoever looks first writes it down, and the others find it there.
create unique index weather_now on weather (kind, domain, organization_id) where over_at is null;

-- Who waits for a mail because of it. Each is settled once: got in, mailed after all, told, or not to be told.
create table weather_wait (
  organization_id uuid not null,
  weather_id uuid not null,
  account_id uuid not null,
  storefront_id uuid not null,
  asked_at timestamptz not null,
  settled_at timestamptz,
  outcome text,                       -- see WaitOutcome
  primary key (organization_id, weather_id, account_id)
);

-- One day of signing in, counted in the background: reading two weeks of requests takes too long for a page.
create table sign_in_day (
  organization_id uuid not null,
  day text not null,                  -- ISO date, UTC
  asked bigint not null,
  sent bigint not null,
  delivered bigint not null,
  opened bigint not null,
  signed_in bigint not null,
  causes text not null,               -- JSON: why requests led nowhere → how many
  counted_at timestamptz not null,
  primary key (organization_id, day)
);

-- When the installation's weather was last looked at: one node does it.
create table weather_watch (
  organization_id uuid not null,      -- all zeros
  looked_at timestamptz not null,
  counted_at timestamptz not null,
  primary key (organization_id)
);
insert into weather_watch (organization_id, looked_at, counted_at) values ('00000000-0000-0000-0000-000000000000', '2000-01-01 00:00:00+00:00', '2000-01-01 00:00:00+00:00');

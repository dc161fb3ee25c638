-- Reports of money go by when it came in.
create index payment_settled on payment (settled_at, organization_id) where settled_at is not null;

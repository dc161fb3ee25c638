-- Looks at a payment's refunds at the provider are counted: of two at once the later one knows better, and the other writes nothing.
alter table payment add column refund_looks bigint not null default 0;

-- A refund above an organization's limit waits for a second person; its state is 'asked' until then, and 'declined' or 'expired' if nobody approves it.
alter table refund add column asked_by uuid;      -- account in the console's realm: somebody else approves
alter table refund add column decided_by text;    -- who approved or declined it
create index refund_waiting on refund (id, organization_id) where state = 'asked';

create table refund_limit (
  organization_id uuid not null,
  amount bigint not null,             -- minor units: what one person may give back of an invoice
  currency text not null,
  set_by text not null,
  set_at timestamptz not null,
  primary key (organization_id)
);

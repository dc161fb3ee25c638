-- Billing catches up, subscriptions end on a day to come, invoices come from elsewhere, refunds fail late, and payments are disputed.

alter table billing_plan add column bills_from text;   -- ISO date: since when it runs; what was held before is not caught up with

alter table subscription add column ends_on text;      -- ISO date: the last day, when it is still to come
create index subscription_ends on subscription (ends_on) where ends_on is not null and ended_on is null;

-- Since when the customer pays it by hand, though a payment method is on file.
alter table subscription add column autopay_off_at timestamptz;

alter table invoice add column reference text;         -- imported: its number in the system it is from, and the one that people see
create unique index invoice_reference on invoice (reference, storefront_id, organization_id) where reference is not null;

-- When the money of an invoice of the billing run is to be asked for: by the method on file, else by mail. Null once that is done.
alter table invoice add column collect_at timestamptz;
create index invoice_collect on invoice (collect_at) where collect_at is not null;

-- Imported invoices are counted downwards, below zero: our own numbers stay without gaps.
alter table invoice_number add column imported bigint not null default 0;

-- A refund that the bank works on is looked after until it is done.
create index refund_payment on refund (payment_id, organization_id);
update refund set due_at = created_at where state = 'pending';

-- A customer asks their bank for the money of a payment.
create table dispute (
  organization_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  dispute_id text not null,           -- the provider's name for it
  amount bigint not null,             -- minor units
  currency text not null,
  reason text,                        -- the provider's word
  state text not null,                -- the provider's word: needs_response, under_review, won, lost, warning_…
  answer_by timestamptz,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organization_id, id)
);
create unique index dispute_name on dispute (dispute_id, organization_id);
create index dispute_payment on dispute (payment_id, organization_id);

-- What is owed, how it is paid, and what the payment provider says about it.

-- The last invoice number of each organization. It is counted in the transaction that writes the invoice, so there are no gaps.
create table invoice_number (
  organization_id uuid not null primary key,
  last bigint not null
);

create table invoice (
  organization_id uuid not null,
  id uuid not null,
  storefront_id uuid not null,
  contact_id uuid not null,
  subscription_id uuid,
  sign_up_id uuid,                    -- the sign-up that waits for it to be paid
  number bigint not null,
  currency text not null,
  subtotal bigint not null,           -- minor units
  tax bigint not null,
  total bigint not null,
  refunded bigint not null default 0,
  state text not null,                -- pending, processing, failed, paid, refunded, void
  reason text,                        -- why the last payment failed
  issued_on text not null,            -- ISO date
  due_on text not null,
  period_start text,                  -- the days a billing run is for
  period_end text,
  paid_by text,                       -- card, a kind of debit, cash, cheque, transfer, other
  created_at timestamptz not null,
  paid_at timestamptz,
  voided_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, contact_id) references contact (organization_id, id)
);
create unique index invoice_by_number on invoice (number, organization_id);
create index invoice_contact on invoice (contact_id, organization_id, id);
create index invoice_sign_up on invoice (sign_up_id, organization_id) where sign_up_id is not null;
create index invoice_unpaid on invoice (organization_id, due_on, id) where state in ('pending', 'processing', 'failed');
-- A billing run asks for a period once, however often it runs.
create unique index invoice_period on invoice (subscription_id, period_start, organization_id) where subscription_id is not null and period_start is not null and state <> 'void';

-- Whether a subscription is billed up to a day.
create index invoice_subscription on invoice (subscription_id, organization_id, period_end) where subscription_id is not null;

create table invoice_line (
  organization_id uuid not null,
  invoice_id uuid not null,
  position integer not null,
  description text not null,
  quantity bigint not null,
  amount bigint not null,             -- of one, minor units
  tax_rate integer not null,          -- thousandths of a percent: 14975 is 14.975 %
  tax bigint not null,                -- of the line, minor units
  primary key (organization_id, invoice_id, position)
);

-- Who somebody is at the payment provider: an account, or a contact that has none yet.
create table payment_customer (
  organization_id uuid not null,
  id uuid not null,
  account_id uuid,
  contact_id uuid,
  provider text not null,             -- stripe, test
  customer_id text not null,          -- the provider's name for it
  created_at timestamptz not null,
  primary key (organization_id, id)
);
create unique index payment_customer_account on payment_customer (account_id, provider, organization_id) where account_id is not null;
create unique index payment_customer_contact on payment_customer (contact_id, provider, organization_id) where contact_id is not null;
create unique index payment_customer_name on payment_customer (customer_id, provider, organization_id);

-- One attempt to pay one or more invoices. Its id is the idempotency key of what asks the provider for it.
create table payment (
  organization_id uuid not null,
  id uuid not null,
  storefront_id uuid not null,
  account_id uuid,                    -- who pays; null: before there is an account, or staff
  contact_id uuid not null,
  kind text not null,                 -- checkout, autopay, offline
  state text not null,                -- starting, open, processing, paid, failed, ended
  amount bigint not null,             -- minor units
  currency text not null,
  refunded bigint not null default 0,
  provider text not null,             -- stripe, test, offline
  customer_id text,
  checkout_id text,
  intent_id text,
  method_id text,                     -- the provider's name for what autopay charges
  keeps_method boolean not null default false,
  address text,                       -- where the customer pays, while it is open
  paid_by text,                       -- card, acss_debit …, cash, cheque, transfer, other
  method_name text,                   -- as shown: Visa •••• 4242
  reason text,                        -- why it failed, ended, or is not believed
  suspect boolean not null default false, -- the provider's amount, currency or customer is not ours: never paid by itself
  actor text,                         -- who of the staff recorded it
  created_at timestamptz not null,
  expires_at timestamptz,
  settled_at timestamptz,
  look_at timestamptz,                -- when the provider is asked again, in case its event is lost
  primary key (organization_id, id)
);
create unique index payment_checkout on payment (checkout_id, organization_id) where checkout_id is not null;
create index payment_intent on payment (intent_id, organization_id) where intent_id is not null;
create index payment_look on payment (look_at) where look_at is not null;
create index payment_contact on payment (contact_id, organization_id, id);

create table payment_invoice (
  organization_id uuid not null,
  payment_id uuid not null,
  invoice_id uuid not null,
  amount bigint not null,
  given_back bigint not null default 0, -- refunded, or on the way; never more than the amount
  live boolean not null,              -- the payment may still succeed
  primary key (organization_id, payment_id, invoice_id)
);
-- An invoice is in one payment at a time: nobody pays twice.
create unique index payment_invoice_live on payment_invoice (invoice_id, organization_id) where live;
create index payment_invoice_of on payment_invoice (invoice_id, organization_id, payment_id);

create table refund (
  organization_id uuid not null,
  id uuid not null,                   -- also its idempotency key
  payment_id uuid not null,
  invoice_id uuid not null,
  amount bigint not null,
  reason text not null,
  state text not null,                -- queued, pending, done, failed
  refund_id text,                     -- the provider's name for it
  problem text,
  actor text,
  attempts integer not null default 0,
  due_at timestamptz,
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (organization_id, id)
);
create index refund_due on refund (due_at) where due_at is not null;
create index refund_invoice on refund (invoice_id, organization_id);

-- Cards and bank accounts. The provider has them; here is what a customer recognises them by.
create table payment_method (
  organization_id uuid not null,
  id uuid not null,
  customer_id uuid not null,          -- payment_customer.id
  method_id text not null,            -- the provider's name for it; the setup's until it has one
  type text not null,                 -- card, acss_debit, sepa_debit, bacs_debit, us_bank_account
  brand text,
  bank text,
  last4 text,
  exp_month integer,
  exp_year integer,
  mandate_id text,
  state text not null,                -- active, pending, failed, revoked, removed
  is_default boolean not null,
  verify_url text,                    -- pending: where the two small deposits are confirmed
  verify_by timestamptz,
  warned_for text,                    -- the month of expiry that was told by mail
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (organization_id, id)
);
create unique index payment_method_name on payment_method (method_id, organization_id);
create index payment_method_customer on payment_method (customer_id, organization_id);
create unique index payment_method_default on payment_method (customer_id, organization_id, is_default) where is_default;
create index payment_method_expiry on payment_method (exp_year, exp_month) where state = 'active' and exp_year is not null;

-- A checkout that only adds a payment method.
create table method_setup (
  organization_id uuid not null,
  id uuid not null,
  storefront_id uuid not null,
  customer_id uuid not null,
  checkout_id text,
  setup_id text,
  state text not null,                -- starting, open, pending, done, failed, ended
  created_at timestamptz not null,
  look_at timestamptz,
  primary key (organization_id, id)
);
create unique index method_setup_checkout on method_setup (checkout_id, organization_id) where checkout_id is not null;
create index method_setup_intent on method_setup (setup_id, organization_id) where setup_id is not null;
create index method_setup_look on method_setup (look_at) where look_at is not null;

-- An organization's own account at the payment provider, sealed under the installation key.
create table payment_provider (
  organization_id uuid not null,
  settings bytea not null,
  broken_at timestamptz,              -- since when the provider refuses the key
  reconciled_at timestamptz,          -- events up to then were asked for
  updated_at timestamptz not null,
  primary key (organization_id)
);

-- How an organization bills what its customers hold.
create table billing_plan (
  organization_id uuid not null,
  runs boolean not null,
  anniversary boolean not null,       -- else on the first of the month, with the first month in part
  tax_rate integer not null,          -- thousandths of a percent
  due_days integer not null,
  ran_at timestamptz,
  updated_at timestamptz not null,
  primary key (organization_id)
);

-- What the built-in test checkout knows, in the form of Stripe's objects.
create table test_object (
  organization_id uuid not null,
  id text not null,
  kind text not null,
  json text not null,
  request_key text,                   -- idempotency key of what made it
  due_at timestamptz,                 -- when a test debit settles
  created_at timestamptz not null,
  primary key (organization_id, id)
);
create unique index test_object_request on test_object (request_key, organization_id) where request_key is not null;
create index test_object_due on test_object (due_at) where due_at is not null;
create index test_object_kind on test_object (organization_id, kind, created_at);

-- What an event is about, to be shown when its body is gone; and which worker it is for.
alter table webhook_event add column kind text;

-- What a contact holds, from the index alone: a search for people looks at the holdings of thousands.
drop index subscription_contact;
create index subscription_contact on subscription (contact_id, organization_id, id, ended_on);

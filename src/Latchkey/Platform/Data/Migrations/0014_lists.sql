-- The console's search among mails to addresses that have no account here: few, and otherwise looked for among all.
create index mail_unknown_address on mail (organization_id, to_address) where account_id is null and to_address <> '';
-- The search finds the newest mails of many addresses in this index alone, and reads only those it shows.
drop index mail_address;
create index mail_address on mail (to_address, organization_id, id, facility_id, storefront_id);

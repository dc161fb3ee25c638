-- The console's search among mails to addresses that have no account here: few, and otherwise looked for among all.
create index mail_unknown_address on mail (organization_id, to_address) where account_id is null and to_address <> '';

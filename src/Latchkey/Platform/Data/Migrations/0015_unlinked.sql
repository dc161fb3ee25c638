-- Whether any account shows it. Kept by whatever links or unlinks (LinkedMark), so that contacts without an account are few rows of an
-- index, and are not asked for one by one.
alter table contact add column linked boolean not null default false;
update contact set linked = true where exists (
  select 1 from account_contact l where l.organization_id = contact.organization_id and l.contact_id = contact.id);
create index contact_unlinked on contact (organization_id, full_name, id, storefront_id, search_text) where not linked;

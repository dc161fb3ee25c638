-- When the holder of an account was last told that codes pause for it.
alter table account add column code_pause_told_at timestamptz;

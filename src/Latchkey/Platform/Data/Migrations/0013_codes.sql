-- Too many wrong codes for an account: since when, and when its holder was last told.
alter table account add column code_paused_at timestamptz;
alter table account add column code_pause_told_at timestamptz;

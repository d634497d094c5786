-- Drops what ingest leaves in the session: the last file's rows and what was wrong with them.
drop view if exists ingest_row;
drop table if exists staging.ingest_typed;
drop table if exists ingest_side;
drop table if exists ingest_raw;
drop table if exists ingest_shift;
drop table if exists ingest_problem;
drop table if exists ingest_wrong;
drop table if exists ingest_line;
drop table if exists ingest_structural;
drop table if exists ingest_code;
drop table if exists reject_errors;
drop table if exists reject_scans;

-- Empties what classify writes, so that it can run again on the same atlas.
delete from firm_sector;
delete from sector;

-- Empties what classify writes and what is told of sectors alone, so that it can run again on the same atlas.
delete from sector_measure;
delete from sector_relation;
delete from area_sector;
delete from firm_sector;
delete from sector;

-- What else areas are called, the latest first, for the catalogue of the server. One row per area and name.
select area_id, name, kind, coalesce(day::varchar, ''), source from area_name order by area_id, rowid;

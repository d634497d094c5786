-- Reads area_sector, area and sector; one row per area and sector, sectors without a site there too.
-- Suppressed: a count of a few is withheld, and under official disclosure what is computed of exact counts.
select a.code as area_code, a.name as area, a.level, s.slug as sector_slug, s.name as sector, s.type as sector_type,
       h.enterprises, h.sites, h.location_quotient, h.relatedness_density, h.enterprises is null as suppressed
from area_sector h
join area a using (area_id)
join sector s using (sector_id)
order by a.area_id, s.sector_id

-- Located sites as the map draws firms. One row per site, in any order.
with active as (select distinct firm_id from evidence where in_window),
in_sector as (
    select fs.firm_id, ';' || string_agg(s.slug, ';' order by s.sector_id) || ';' as sectors
    from firm_sector fs join sector s using (sector_id) group by fs.firm_id
)
select s.site_id, s.lon_deg, s.lat_deg, f.company_number, f.name, a.firm_id is not null, i.sectors,
       year(f.incorporated)::integer, year(f.dissolved)::integer, f.employees
from site s join firm f using (firm_id)
left join active a using (firm_id)
left join in_sector i using (firm_id)
where s.lon_deg is not null and s.lat_deg is not null;

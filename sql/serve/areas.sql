-- Areas with counts (0 where withheld, official ones to the nearest five), for the catalogue of the server. One row per area, by id.
with inside as (
    select area_id, count(*) as sites
    from site_area sa join site s using (site_id) join firm f using (firm_id) where f.is_active group by area_id
)
select a.area_id, a.code, a.name, a.level, a.parent_code, a.label_lon_deg, a.label_lat_deg,
       if((select count(*) from run where value = 'official' and parameter in ('disclosure', 'project.disclosure')) > 0,
          5 * round(coalesce(disclosed_count(i.sites), 0) / 5), coalesce(i.sites, 0))::bigint, a.geometry, level_words(a.level)
from area a left join inside i using (area_id)
order by a.area_id;

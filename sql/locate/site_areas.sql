-- The areas of every site. Reads site, position and position_area. Writes site_area, one row per site
-- and level that has an area there, by site and level (areas are numbered by level).
insert into site_area
select s.site_id, a.level, a.area_id
from site s
join position q on q.lon_deg = s.lon_deg and q.lat_deg = s.lat_deg
join position_area a using (position_id)
order by s.site_id, a.area_id;

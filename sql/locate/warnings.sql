-- What was not right with a place. Reads site_claim, used_postcode, site_unknown and the sources. Writes
-- reject, one warning per record: a postcode that the directory lacks, a position outside the
-- project's CRS, a location of a company that is not on the register. A project without a
-- postcode directory is told once, not once a row.
insert into reject
select s.source_id, source.path, null, s.record, 'postcode', 'postcode_unknown', s.postcode, 'warning',
       case p.precision
           when 'sector' then 'The postcode is not in the directory: placed at the middle of its sector. Check it, or use a newer directory'
           when 'district' then 'The postcode is not in the directory: placed at the middle of its district. Check it, or use a newer directory'
           else 'The postcode is not in the directory, nor is its district: the firm has no place on the map. Check it' end
from site_claim s
join used_postcode p using (postcode)
join source using (source_id)
where p.precision <> 'unit' and s.lon_deg is null
  and (select count(*) from postcode) > 0
order by s.source_id, s.record;

insert into reject
select s.source_id, source.path, null, s.record, 'lon, lat', 'position_outside_crs',
       format('{}, {}', coalesce(s.lon_deg, p.lon_deg), coalesce(s.lat_deg, p.lat_deg)), 'warning',
       'The position has no image in the project''s CRS: the firm has no place on the map. Check the position, or choose a CRS that covers it'
from site_claim s
left join used_postcode p using (postcode)
join position q on q.lon_deg = coalesce(s.lon_deg, p.lon_deg) and q.lat_deg = coalesce(s.lat_deg, p.lat_deg)
join position_plane plane using (position_id)
join source using (source_id)
where plane.x_m is null
order by s.source_id, s.record;

insert into reject
select u.source_id, source.path, null, u.record, 'company_number', 'company_not_on_register', u.company_number,
       'warning', 'No firm of the register has this number: the location is left out. Check the number, or add the firm'
from site_unknown u
join source using (source_id)
order by u.source_id, u.record;

-- What was not right with a place. Reads site_claim, the positions
-- found (site_position and its like), site_unknown and the sources. Writes
-- reject, one warning per record: a postcode that the directory lacks, a position outside the
-- project's CRS, a location of a company that is not on the register. A project without a
-- postcode directory is told once, not once a row.
insert into reject
select s.source_id, source.path, null, s.record, 'postcode', 'postcode_unknown', s.postcode, 'warning',
       case site_precision(s.site_id)
           when 'sector' then 'The postcode is not in the directory: placed at the middle of its sector. Check it, or use a newer directory'
           when 'district' then 'The postcode is not in the directory: placed at the middle of its district. Check it, or use a newer directory'
           else 'The postcode is not in the directory, nor is its district: the firm has no place on the map. Check it' end
from site_claim s
join source using (source_id)
where s.postcode is not null and s.lon_deg is null and site_precision(s.site_id) <> 'unit'
  and (select count(*) from postcode) > 0
order by s.source_id, s.record;

insert into reject
select s.source_id, source.path, null, s.record, 'lon, lat', 'position_outside_crs',
       format('{}, {}', position_lon(site_position(s.site_id)), position_lat(site_position(s.site_id))), 'warning',
       'The position has no image in the project''s CRS: the firm has no place on the map. Check the position, or choose a CRS that covers it'
from site_claim s
join source using (source_id)
where site_position(s.site_id) is not null and position_x(site_position(s.site_id)) is null
order by s.source_id, s.record;

insert into reject
select u.source_id, source.path, null, u.record, 'company_number', 'company_not_on_register', u.company_number,
       'warning', 'No firm of the register has this number: the location is left out. Check the number, or add the firm'
from site_unknown u
join source using (source_id)
order by u.source_id, u.record;

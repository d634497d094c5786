-- Where every postcode is. Reads staging.postcode_record. Writes postcode, one row per postcode unit
-- with a usable position (of a unit listed twice the first), in alphabetical order; and the temporary
-- tables sector_centre and district_centre, one row per postcode sector ("S10 2") and district ("S10"):
-- the mean position of their live units, or of the terminated ones where none lives. Means are of whole 1e-7 degrees, so that they do not depend on
-- the order of adding up.
create or replace temp table repeated_postcode as
select postcode,
       first(lon_deg order by source_id, record) as lon_deg,
       first(lat_deg order by source_id, record) as lat_deg,
       first(is_terminated order by source_id, record) as is_terminated
from staging.postcode_record
where lon_deg is not null and lat_deg is not null
  and postcode in (
      select postcode from staging.postcode_record
      where lon_deg is not null and lat_deg is not null
      group by postcode
      having count(*) > 1)
group by postcode;

insert into postcode
select postcode, lon_deg, lat_deg, is_terminated
from staging.postcode_record
anti join repeated_postcode using (postcode)
where lon_deg is not null and lat_deg is not null
union all
from repeated_postcode
order by postcode;

create or replace temp table sector_sum as
with unit as (
    select split_part(postcode, ' ', 1) as district, substr(split_part(postcode, ' ', 2), 1, 1) as part,
           round(lon_deg * 1e7)::bigint as lon, round(lat_deg * 1e7)::bigint as lat, is_terminated
    from postcode
)
select district, district || ' ' || part as sector,
       sum(lon) as lon, sum(lat) as lat, count(*) as units,
       sum(lon) filter (not is_terminated) as live_lon, sum(lat) filter (not is_terminated) as live_lat,
       count(*) filter (not is_terminated) as live_units
from unit
group by district, part;

create or replace temp table sector_centre as
select sector,
       coalesce(live_lon / live_units, lon / units) / 1e7 as lon_deg,
       coalesce(live_lat / live_units, lat / units) / 1e7 as lat_deg
from sector_sum;

create or replace temp table district_centre as
select district,
       coalesce(sum(live_lon) / sum(live_units), sum(lon) / sum(units)) / 1e7 as lon_deg,
       coalesce(sum(live_lat) / sum(live_units), sum(lat) / sum(units)) / 1e7 as lat_deg
from sector_sum
group by district;

drop table sector_sum;

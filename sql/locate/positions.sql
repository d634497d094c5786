-- What has a position, and how exact it is. Reads site_claim, institution and the centres of
-- postcodes. Writes the temporary tables used_postcode, one row per postcode that is asked for:
-- the unit's position, or its sector's, or its district's; and position, one row per distinct place
-- on earth, numbered by longitude and latitude.
create or replace temp table used_postcode as
with asked as (
    select distinct postcode from site_claim where postcode is not null
    union
    select postcode from institution where postcode is not null
)
select a.postcode,
       case when unit.postcode is not null then 'unit'
            when sector.sector is not null then 'sector'
            when district.district is not null then 'district'
            else 'none' end as precision,
       coalesce(unit.lon_deg, sector.lon_deg, district.lon_deg) as lon_deg,
       coalesce(unit.lat_deg, sector.lat_deg, district.lat_deg) as lat_deg
from asked a
left join postcode unit on unit.postcode = a.postcode
left join sector_centre sector
    on sector.sector = split_part(a.postcode, ' ', 1) || ' ' || substr(split_part(a.postcode, ' ', 2), 1, 1)
left join district_centre district on district.district = split_part(a.postcode, ' ', 1);

create or replace temp table distinct_position as
select distinct lon_deg, lat_deg
from (
    select lon_deg, lat_deg from used_postcode
    union all
    select lon_deg, lat_deg from site_claim
    union all
    select lon_deg, lat_deg from institution
)
where lon_deg is not null and lat_deg is not null
order by lon_deg, lat_deg;

create or replace temp table position as
select rowid::uinteger as position_id, lon_deg, lat_deg from distinct_position;

drop table distinct_position;
create or replace temp table position_plane (position_id uinteger, x_m double, y_m double);
create or replace temp table position_area (position_id uinteger, level varchar, area_id uinteger);

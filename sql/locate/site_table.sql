-- Sites and institutions with their positions. Reads site_claim, institution, used_postcode, position,
-- position_plane, firm and mass_registration_address. Writes site, one row per site, and asset, one
-- row per institution. A source's own coordinates win over its postcode's. A position that has no
-- image in the project's CRS is none.
insert into site
with placed as (
    select s.site_id, s.firm_id, s.kind, s.postcode,
           case when s.lon_deg is not null then 'coordinate' else coalesce(p.precision, 'none') end as precision,
           coalesce(s.lon_deg, p.lon_deg) as lon_deg,
           coalesce(s.lat_deg, p.lat_deg) as lat_deg
    from site_claim s
    left join used_postcode p using (postcode)
),
in_plane as (
    select position.lon_deg, position.lat_deg, plane.x_m, plane.y_m
    from position
    join position_plane plane using (position_id)
    where plane.x_m is not null
)
select s.site_id, s.firm_id, s.kind, s.postcode,
       case when q.x_m is null then 'none' else s.precision end,
       q.lon_deg, q.lat_deg, q.x_m, q.y_m,
       m.postcode is not null,
       f.is_active and q.x_m is not null and s.precision in ('coordinate', 'unit')
           and (m.postcode is null or getvariable('mass_registration_in_density'))
from placed s
join firm f using (firm_id)
left join in_plane q on q.lon_deg = s.lon_deg and q.lat_deg = s.lat_deg
left join mass_registration_address m on m.postcode = s.postcode
order by s.site_id;

insert into asset
with placed as (
    select i.asset_id, i.name, i.kind, i.postcode, i.website,
           case when i.lon_deg is not null then 'coordinate' else coalesce(p.precision, 'none') end as precision,
           coalesce(i.lon_deg, p.lon_deg) as lon_deg,
           coalesce(i.lat_deg, p.lat_deg) as lat_deg
    from institution i
    left join used_postcode p using (postcode)
)
select a.asset_id, a.name, a.kind, a.postcode, a.website,
       case when plane.x_m is null then 'none' else a.precision end,
       case when plane.x_m is not null then a.lon_deg end,
       case when plane.x_m is not null then a.lat_deg end,
       plane.x_m, plane.y_m
from placed a
left join position q on q.lon_deg = a.lon_deg and q.lat_deg = a.lat_deg
left join position_plane plane using (position_id)
order by a.asset_id;

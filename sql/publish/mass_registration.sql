-- Reads mass_registration_address with the sites, firms and areas there; one row per address flagged as one of
-- mass registration.
with registered as (
    select t.postcode, mode(f.town order by f.town) as town, min(t.site_id) as site_id
    from site t
    join firm f using (firm_id)
    where t.is_mass_registration
    group by t.postcode
),
authority as (
    select s.site_id, min(a.name) as name
    from site_area s
    join area a using (area_id)
    where s.level = 'lower_tier' and s.site_id in (select site_id from registered)
    group by s.site_id
)
select a.postcode, r.town, l.name as local_authority, a.active_firms, a.employees_known, a.reason,
       round(t.lon_deg, 6) as lon_deg, round(t.lat_deg, 6) as lat_deg, p.geometry
from mass_registration_address a
left join registered r using (postcode)
left join authority l using (site_id)
left join site t using (site_id)
left join export_point p on p.id = r.site_id
order by a.postcode

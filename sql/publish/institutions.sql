-- Reads asset; one row per institution.
select a.asset_id, a.name, a.kind, a.postcode, a.website, a.precision, round(a.lon_deg, 6) as lon_deg,
       round(a.lat_deg, 6) as lat_deg,
       p.geometry
from asset a
left join export_point p on p.id = a.asset_id
order by a.asset_id

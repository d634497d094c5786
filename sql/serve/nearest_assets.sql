-- The five institutions nearest to $1, $2 (project CRS) within $3 metres, as JSON. One row.
with near as (
    select asset_id, name, kind, lon_deg, lat_deg, sqrt((x_m - $1) * (x_m - $1) + (y_m - $2) * (y_m - $2)) as distance_m
    from asset where x_m between $1 - $3 and $1 + $3 and y_m between $2 - $3 and $2 + $3
),
nearest as (select * from near where distance_m <= $3 order by distance_m, asset_id limit 5)
select to_json(coalesce(list({asset_id: asset_id, name: name, kind: kind, lon: lon_deg, lat: lat_deg,
                              distance_km: round(distance_m / 1000, 3)} order by distance_m, asset_id), []))
from nearest;

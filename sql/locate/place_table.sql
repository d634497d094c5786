-- The places with their positions in the plane. Reads place_claim and place_plane. Writes place, one
-- row per place that has an image in the project's CRS.
insert into place
select c.place_id, c.name, c.kind, c.population, c.importance, c.district, c.lon_deg, c.lat_deg,
       p.x_m, p.y_m
from place_claim c
join place_plane p using (place_id)
where p.x_m is not null
order by c.place_id;

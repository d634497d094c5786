-- Clusters for the catalogue of the server. One row per cluster, by id.
select c.cluster_id, c.sector_id::uinteger, c.slug, c.name, c.type, c.is_rdi_active,
       c.site_count, c.enterprise_count, c.la_1, c.la_2, c.la_3,
       c.label_lon_deg, c.label_lat_deg, c.min_lon_deg, c.min_lat_deg, c.max_lon_deg, c.max_lat_deg,
       c.area_km2, c.extent_km, c.geometry, to_json(r.ref)::varchar
from cluster c join cluster_ref r using (cluster_id)
order by c.cluster_id;

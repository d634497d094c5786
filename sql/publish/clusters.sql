-- Reads cluster, sector, the clusters chosen (export_cluster) and the pivoted figures (export_figures); one row per cluster.
select c.cluster_id, c.slug, s.name as sector, s.type as sector_type, s.is_frontier,
       s.industrial_strategy_parent, c.name, c.type, c.type_reason, c.site_count,
       c.enterprise_count, c.is_rdi_active, c.la_1, c.la_1_share, c.la_2, c.la_2_share, c.la_3,
       c.la_3_share, c.label_lon_deg, c.label_lat_deg, c.area_km2, c.extent_km,
       f.* exclude (cluster_id), c.geometry
from export_cluster e
join cluster c using (cluster_id)
join sector s using (sector_id)
left join export_figures f using (cluster_id)
order by e.position

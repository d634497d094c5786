-- Reads cluster, sector, cluster_item, the clusters chosen (export_cluster) and the pivoted figures
-- (export_figures); one row per cluster.
with told as (
    select cluster_id,
           string_agg(label, '; ' order by position) filter (list = 'top_investor') as top_investors,
           string_agg(label || coalesce(format(' {:.0f} %', 100 * value), ''), '; ' order by position)
               filter (list = 'stage') as stage_mix,
           string_agg(label || coalesce(format(' ({:.1f} km)', value), ''), '; ' order by position)
               filter (list = 'top_institution' and position <= 5) as nearest_institutions
    from cluster_item
    where list in ('top_investor', 'stage', 'top_institution')
      and cluster_id in (select cluster_id from export_cluster)
    group by cluster_id
)
select c.cluster_id, c.slug, s.name as sector, s.type as sector_type, s.is_frontier,
       s.industrial_strategy_parent, c.name, c.type, c.type_reason, c.site_count,
       c.enterprise_count, c.is_rdi_active, c.la_1, round(c.la_1_share, 6) as la_1_share, c.la_2,
       round(c.la_2_share, 6) as la_2_share, c.la_3, round(c.la_3_share, 6) as la_3_share,
       round(c.label_lon_deg, 6) as label_lon_deg, round(c.label_lat_deg, 6) as label_lat_deg,
       round(c.area_km2, 3) as area_km2, round(c.extent_km, 3) as extent_km,
       f.* exclude (cluster_id), i.top_investors, i.stage_mix, i.nearest_institutions, c.geometry
from export_cluster e
join cluster c using (cluster_id)
join sector s using (sector_id)
left join told i using (cluster_id)
left join export_figures f using (cluster_id)
order by e.position

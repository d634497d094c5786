-- Reads area, area_name, the sites of active firms in it and the clusters that touch it; one row per area. A
-- site in clusters of several sectors counts once. Suppressed: a count of a few is withheld.
with touching as (
    select sa.area_id, count(distinct m.cluster_id) as clusters, count(distinct m.site_id) as clustered_sites
    from cluster_member m
    join site_area sa using (site_id)
    group by sa.area_id
),
inside as (
    select area_id, count(*) as sites
    from site_area
    join site using (site_id)
    join firm using (firm_id)
    where firm.is_active
    group by area_id
)
select a.area_id, a.code, a.name,
       (select string_agg(n.name, '; ' order by n.rowid) from area_name n where n.area_id = a.area_id) as other_names, a.level, a.parent_code, disclosed_count(coalesce(i.sites, 0)) as sites,
       coalesce(t.clusters, 0) as clusters_touching,
       disclosed_count(coalesce(t.clustered_sites, 0)) as clustered_sites,
       disclosed_count(coalesce(t.clustered_sites, 0)) is null as suppressed,
       a.label_lon_deg, a.label_lat_deg, a.geometry
from area a
left join inside i using (area_id)
left join touching t using (area_id)
order by a.area_id

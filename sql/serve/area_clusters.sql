-- How many sites of each cluster lie in each area. One row per area and cluster that share a site.
select sa.area_id, m.cluster_id, count(*)::uinteger as sites
from cluster_member m join site_area sa using (site_id)
group by sa.area_id, m.cluster_id
order by sa.area_id, m.cluster_id;

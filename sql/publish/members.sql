-- Reads cluster_member with firm, site and cluster; one row per cluster and member site.
select m.cluster_id, c.name as cluster, s.name as sector, f.company_number, f.name as firm,
       t.kind as site_kind, t.postcode, t.precision, m.is_core, f.employees, f.incorporated,
       t.lon_deg, t.lat_deg, p.geometry
from cluster_member m
join cluster c using (cluster_id)
join sector s on s.sector_id = c.sector_id
join firm f on f.firm_id = m.firm_id
join site t on t.site_id = m.site_id
left join export_point p on p.id = m.site_id
where m.cluster_id in (select cluster_id from export_cluster)
order by m.cluster_id, m.site_id

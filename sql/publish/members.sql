-- Reads cluster_member with firm, site, cluster and the clusters chosen (export_cluster); one row per cluster and member site.
with evidence_count as (
    select firm_id, count(*) as in_window
    from evidence
    where in_window and firm_id in (select firm_id from cluster_member join export_cluster using (cluster_id))
    group by firm_id
)
select m.cluster_id, c.name as cluster, s.name as sector, f.company_number, f.name as firm, f.town,
       t.kind as site_kind, t.postcode, t.precision, m.is_core, f.employees, f.incorporated,
       array_to_string(f.sic_codes, '; ') as sic_codes, coalesce(v.in_window, 0) as evidence_in_window,
       round(t.lon_deg, 6) as lon_deg, round(t.lat_deg, 6) as lat_deg, p.geometry
from export_cluster e
join cluster_member m using (cluster_id)
join cluster c using (cluster_id)
join sector s on s.sector_id = c.sector_id
join firm f on f.firm_id = m.firm_id
join site t on t.site_id = m.site_id
left join evidence_count v on v.firm_id = m.firm_id
left join export_point p on p.id = m.site_id
order by e.position, m.site_id

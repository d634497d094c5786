-- Reads sector, firm_sector, site, cluster and sector_measure; one row per sector. A count of a few
-- sites, and what is computed of them, may be withheld.
with counted as (
    select fs.sector_id, count(distinct t.firm_id) as enterprises, count(*) as sites
    from firm_sector fs
    join site t using (firm_id)
    where t.in_density
    group by fs.sector_id
),
found as (
    select sector_id, count(*) as clusters, sum(site_count) as clustered_sites
    from cluster
    group by sector_id
),
spread as (
    select sector_id, max(value) filter (measure = 'ellison_glaeser') as ellison_glaeser,
           max(value) filter (measure = 'locational_gini') as locational_gini,
           max(value) filter (measure = 'hoover') as hoover
    from sector_measure
    group by sector_id
),
told as (
    select sector_id, disclosed_count(coalesce(n.enterprises, 0)) as enterprises,
           disclosed_count(coalesce(n.sites, 0)) as sites
    from sector s
    left join counted n using (sector_id)
)
select s.sector_id, s.slug, s.name, s.type, s.is_frontier, s.industrial_strategy_parent, t.enterprises,
       case when t.enterprises is not null then t.sites end as sites,
       coalesce(f.clusters, 0) as clusters, coalesce(f.clustered_sites, 0)::bigint as clustered_sites,
       case when t.enterprises is not null then p.ellison_glaeser end as ellison_glaeser,
       case when t.enterprises is not null then p.locational_gini end as locational_gini,
       case when t.enterprises is not null then p.hoover end as hoover,
       t.enterprises is null as suppressed, s.definition, s.source
from sector s
join told t using (sector_id)
left join found f using (sector_id)
left join spread p using (sector_id)
order by s.sector_id

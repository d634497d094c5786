-- Sectors with counts (0 where withheld), for the catalogue of the server. One row per sector, by id.
with firms as (
    select fs.sector_id, count(*) as firms
    from firm_sector fs join firm f using (firm_id) where f.is_active group by fs.sector_id
),
sites as (
    select fs.sector_id, count(*) as sites
    from firm_sector fs join site st using (firm_id) where st.in_density group by fs.sector_id
),
clusters as (select sector_id, count(*) as clusters from cluster group by sector_id),
clustered as (
    select c.sector_id, count(distinct m.site_id) as clustered_sites
    from cluster c join cluster_member m using (cluster_id) group by c.sector_id
)
select s.sector_id::uinteger, s.slug, s.name, s.type, p.slug as parent,
       s.is_frontier, s.industrial_strategy_parent, s.definition, s.source,
       coalesce(disclosed_count(f.firms), 0)::bigint, coalesce(disclosed_count(st.sites), 0)::bigint,
       coalesce(c.clusters, 0)::bigint, coalesce(disclosed_count(cl.clustered_sites), 0)::bigint
from sector s
left join sector p on p.sector_id = s.parent_id
left join firms f on f.sector_id = s.sector_id
left join sites st on st.sector_id = s.sector_id
left join clusters c on c.sector_id = s.sector_id
left join clustered cl on cl.sector_id = s.sector_id
order by s.sector_id;

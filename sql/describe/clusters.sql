-- What is published. Reads describe_cluster, describe_name, staging.cluster_shape, site_area, area,
-- describe_figure, describe_item; writes cluster, cluster_measure and cluster_item, by cluster.
insert into cluster
with by_authority as (
    select m.cluster_id, a.name, count(*) as sites
    from cluster_member m
    join site_area s on s.site_id = m.site_id and s.level = 'lower_tier'
    join area a using (area_id)
    group by m.cluster_id, a.name
),
ordered as (
    select cluster_id, list(name order by sites desc, name) as names,
           list(sites order by sites desc, name) as sites
    from by_authority
    group by cluster_id
)
select k.cluster_id, k.sector_id, n.slug, n.name, n.type, n.type_reason, k.sites, k.enterprises,
       n.is_rdi_active,
       o.names[1], o.names[2], o.names[3],
       o.sites[1] / k.sites, o.sites[2] / k.sites, o.sites[3] / k.sites,
       s.label_lon_deg, s.label_lat_deg,
       s.min_lon_deg, s.min_lat_deg, s.max_lon_deg, s.max_lat_deg,
       s.area_km2, s.extent_km, s.geometry
from describe_cluster k
join describe_name n using (cluster_id)
join staging.cluster_shape s using (cluster_id)
left join ordered o using (cluster_id)
order by k.cluster_id;

-- Ranked are measures of which more (or less) is good news, best first, equal values alike, the next
-- one after as many as share it; a value that more than half of the peers share says nothing.
insert into cluster_measure
with peer as (
    select f.*, r.better, case when r.better = 'down' then f.value else -f.value end as badness,
           k.sector_id
    from describe_figure f
    join describe_cluster k using (cluster_id)
    left join describe_rule r using (measure)
),
counted as (
    select *, rank() over (partition by sector_id, measure order by badness nulls last) as place,
           count(value) over (partition by sector_id, measure) as peers,
           count(*) over (partition by sector_id, measure, value) as alike
    from peer
)
select cluster_id, measure, value, low, high, coverage, missing_reason,
       case when is_ranked then place end::uinteger, case when is_ranked then peers end::uinteger
from (
    select *, value is not null and better in ('up', 'down') and (alike = 1 or 2 * alike <= peers)
               as is_ranked
    from counted
)
order by cluster_id, measure;

insert into cluster_item
select cluster_id, list, position, label, value, unit, ref_id, note
from describe_item
order by cluster_id, list, position;

-- What is published. Reads describe_cluster, describe_name, staging.cluster_shape, describe_ground, area;
-- writes cluster, by cluster_id.
insert into cluster
with by_authority as (
    select g.cluster_id, a.name, sum(g.sites) as sites
    from describe_ground g
    join area a on a.area_id = g.area_id and a.level = 'lower_tier'
    group by g.cluster_id, a.name
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

-- Support that fits a cluster: programmes for its sector (or one above it, or the Industrial Strategy
-- sector it belongs to) or for every sector, in an area that holds at least a tenth of its sites or
-- everywhere. Reads describe_cluster, support, sector, describe_ground, area; writes
-- describe_item. The closest fit comes first: sector and area, then sector, then area, then any.
insert into describe_item
with recursive lineage as (
    select sector_id, slug, name, parent_id from sector
    union -- not all: sectors that are each other's parent must come to an end
    select l.sector_id, p.slug, p.name, p.parent_id
    from lineage l
    join sector p on p.sector_id = l.parent_id
),
heading as (
    select sector_id, slug, name from lineage
    union
    select s.sector_id, p.slug, p.name
    from sector s
    join sector p on p.name = s.industrial_strategy_parent and p.type = 'industrial_strategy'
),
ground as (
    select g.cluster_id, a.code, a.name, sum(g.sites) as sites
    from describe_ground g
    join area a using (area_id)
    join describe_cluster k using (cluster_id)
    where exists (from support)
    group by g.cluster_id, a.code, a.name
    having sum(g.sites) >= 0.1 * any_value(k.sites)
),
sector_fit as (
    select s.support_id, h.sector_id, min(h.name) as heading
    from support s
    join heading h on list_contains(s.sectors, h.slug)
    group by s.support_id, h.sector_id
),
area_fit as (
    select s.support_id, g.cluster_id, arg_max(g.name, g.sites) as ground
    from support s
    join ground g on list_contains(s.area_codes, g.code)
    group by s.support_id, g.cluster_id
),
fit as (
    select k.cluster_id, s.support_id, s.name, s.provider, f.heading, a.ground,
           row_number() over (
               partition by k.cluster_id
               order by (f.heading is not null)::integer * 2 + (a.ground is not null)::integer desc,
                        s.name, s.support_id
           ) as position
    from describe_cluster k
    cross join support s
    left join sector_fit f on f.support_id = s.support_id and f.sector_id = k.sector_id
    left join area_fit a on a.support_id = s.support_id and a.cluster_id = k.cluster_id
    where (s.sectors is null or f.heading is not null)
      and (s.area_codes is null or a.ground is not null)
)
select cluster_id, 'support', position::usmallint, name, null, null, support_id,
       concat_ws('; ', provider, 'for ' || coalesce(heading, 'every sector'),
                 coalesce('in ' || ground, 'anywhere'))
from fit
where position <= getvariable('describe_list_length');

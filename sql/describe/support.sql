-- Whom support programmes are for. Reads support, sector, describe_ground, describe_cluster, area; writes
-- describe_sector_fit, one row per programme and sector it names, itself or by one above it or by the
-- Industrial Strategy sector it belongs to, and describe_area_fit, one row per programme and cluster that
-- has at least a tenth of its sites in an area of the programme.
create or replace temp table describe_sector_fit as
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
wanted as (
    select support_id, unnest(sectors) as slug from support
)
select w.support_id, h.sector_id, min(h.name) as heading
from wanted w
join heading h using (slug)
group by w.support_id, h.sector_id;

create or replace temp table describe_area_fit as
with wanted as (
    select distinct support_id, unnest(area_codes) as code from support
),
ground as (
    select g.cluster_id, a.code, a.name, sum(g.sites) as sites
    from describe_ground g
    join area a using (area_id)
    join describe_cluster k using (cluster_id)
    where a.code in (select code from wanted)
    group by g.cluster_id, a.code, a.name
    having sum(g.sites) >= 0.1 * any_value(k.sites)
)
-- The area that has most of it; of two alike the first by name.
select w.support_id, g.cluster_id, arg_min(g.name, (-g.sites, g.name)) as ground
from wanted w
join ground g using (code)
group by w.support_id, g.cluster_id;

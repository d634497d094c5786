-- Who and what the clusters consist of. Reads run, site, firm, evidence, cluster_member,
-- firm_sector, describe_funder, staging.cluster_shape; writes temporary tables that the other steps read.

-- One row: the date all figures are told for, and what the project's sources hold.
create or replace temp table describe_context as
with dated as (
    select coalesce(
               nullif(getvariable('describe_as_of'), '')::date,
               (select try_cast(value as date) from run where parameter = 'as_of'),
               (select max(incorporated) from firm),
               date '2024-01-01'
           ) as day
)
select (select day from dated) as as_of,
       exists (from source where kind in ('projects', 'participations')) or exists (from project)
           as has_projects,
       exists (from describe_funder where purse = 'innovate_uk') as has_innovate_uk,
       exists (from describe_funder where purse = 'ukri') as has_ukri,
       exists (from describe_funder where purse = 'eu') as has_eu,
       exists (from source where kind = 'patents') or exists (from patent) as has_patents,
       exists (from source where kind = 'deals') or exists (from deal) as has_deals,
       exists (from firm where employees is not null) as has_employees,
       exists (from firm where turnover_gbp is not null) as has_turnover,
       exists (from asset where x_m is not null and kind in ('university', 'research_organisation'))
           as has_institutions,
       -- A register that still lists what has closed shows at least one closure in the last ten
       -- years for each hundred live firms over five years old; in fact some hundred.
       (select count(*) filter (not f.is_active and f.dissolved > d.day - interval 10 year)
               >= greatest(1, 0.01 * count(*) filter (f.is_active))
        from firm f cross join dated d where f.incorporated <= d.day - interval 5 year)
           as has_closed_firms,
       (select count(*) from site where in_density) as density_sites,
       (select count(*) from firm where is_active) as active_firms;

-- One row per distinct position of sites that count when clusters are formed.
create or replace temp table describe_location as
select (row_number() over (order by lon_deg, lat_deg) - 1)::uinteger as location_id,
       lon_deg, lat_deg, x_m, y_m, sites
from (
    select lon_deg, lat_deg, min(x_m) as x_m, min(y_m) as y_m, count(*)::uinteger as sites
    from site
    where in_density
    group by lon_deg, lat_deg
);

-- One row per cluster and position of members.
create or replace temp table describe_member as
select m.cluster_id, l.location_id, count(*)::uinteger as sites
from cluster_member m
join site s using (site_id)
join describe_location l on l.lon_deg = s.lon_deg and l.lat_deg = s.lat_deg
group by m.cluster_id, l.location_id;

-- One row per cluster and enterprise. What an enterprise has as a whole (jobs, money) is shared out
-- evenly over its sites: weight is the part of them that is in the cluster.
create or replace temp table describe_firm as
with sites_of_firm as (
    select firm_id, count(*) as sites from site where in_density group by firm_id
),
member_firm as (
    select cluster_id, firm_id, count(*)::uinteger as sites
    from cluster_member
    group by cluster_id, firm_id
)
select m.cluster_id, m.firm_id, m.sites,
       m.sites / greatest(m.sites, coalesce(f.sites, 0))::double as weight
from member_firm m
left join sites_of_firm f using (firm_id)
order by m.cluster_id, m.firm_id;

-- One row per sector that has clusters.
create or replace temp table describe_sector as
with clustered as (
    select s.sector_id, count(*) as clustered_sites
    from staging.cluster_shape s
    join cluster_member m using (cluster_id)
    group by s.sector_id
)
select c.sector_id, c.clustered_sites,
       (select count(*) from firm_sector f join site t using (firm_id)
        where f.sector_id = c.sector_id and t.in_density) as sites
from clustered c;

-- One row per cluster: what the clustering found, with counts.
create or replace temp table describe_cluster as
select s.cluster_id, s.sector_id, e.sites, e.enterprises
from staging.cluster_shape s
join (
    select cluster_id, sum(sites)::uinteger as sites, count(*)::uinteger as enterprises
    from describe_firm
    group by cluster_id
) e using (cluster_id);

-- One row per firm with evidence inside the window.
create or replace temp table describe_active as
select distinct firm_id
from evidence
where in_window;

-- Filled from reference/measures.toml: is more of it good news? One row per measure.
create or replace temp table describe_rule (measure varchar, better varchar);

-- Figures before they are ranked; one row per cluster and measure.
create or replace temp table describe_figure (
    cluster_id uinteger, measure varchar, value double, low double, high double, coverage double,
    missing_reason varchar
);

-- Filled by the spatial steps: firms dissolved since, that lay inside the outline.
create or replace temp table describe_former (
    cluster_id uinteger, firm_id uinteger
);
-- Names, slugs and types of the clusters.
create or replace temp table describe_name (
    cluster_id uinteger, name varchar, slug varchar, type varchar, type_reason varchar,
    is_rdi_active boolean
);
create or replace temp table describe_item (
    cluster_id uinteger, list varchar, position usmallint, label varchar, value double, unit varchar,
    ref_id uinteger, note varchar
);

-- Who and what the clusters consist of. Reads run, site, firm, evidence, describe_funder; writes
-- temporary tables that the other steps read, some of which are filled from C++.

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
       (select count(*) filter (not f.is_active and f.dissolved > d.ten_years_before)
               >= greatest(1, 0.01 * count(*) filter (f.is_active))
        from firm f
        cross join (select (day - interval 10 year)::date as ten_years_before,
                           (day - interval 5 year)::date as five_years_before from dated) d
        where f.incorporated <= d.five_years_before)
           as has_closed_firms,
       (select count(*) from site where in_density) as density_sites,
       (select count(*) from firm where is_active) as active_firms;

-- Filled by src/describe/memberships.hpp: one row per cluster that has members.
create or replace temp table describe_cluster (
    cluster_id uinteger, sector_id usmallint, sites uinteger, enterprises uinteger
);

-- Filled by src/describe/tallies.hpp. One row per year: firms whose accounts of it, up to the date, give their employees.
create or replace temp table describe_filing (year integer, firms uinteger);

-- One row per cluster and area that holds members.
create or replace temp table describe_ground (cluster_id uinteger, area_id uinteger, sites uinteger);

-- One row per firm with evidence inside the window.
create or replace temp table describe_active as
select distinct firm_id
from evidence
where in_window;

-- Filled from reference/measures.toml: is more of it good news? One row per measure.
create or replace temp table describe_rule (measure varchar, better varchar);

-- Runs once on each connection of the server: nothing outside the atlas can be reached, and the
-- views that several answers share are there.
set enable_external_access = false;

-- A cluster as every answer refers to it. One row per cluster.
create temp view cluster_ref as
select c.cluster_id, c.sector_id, c.slug, c.enterprise_count, {
    cluster_id: c.cluster_id, slug: c.slug, name: c.name,
    sector: {slug: s.slug, name: s.name, type: s.type},
    type: c.type, is_rdi_active: c.is_rdi_active,
    site_count: c.site_count, enterprise_count: c.enterprise_count,
    label: [c.label_lon_deg, c.label_lat_deg],
    bbox: [c.min_lon_deg, c.min_lat_deg, c.max_lon_deg, c.max_lat_deg]
} as ref
from cluster c join sector s using (sector_id);

-- Is the atlas published under official disclosure? One row.
create temp view rules as
select coalesce(max(value) filter (where parameter in ('disclosure', 'project.disclosure')), 'open') = 'official' as is_official
from run;

-- Kinds of evidence in words (reference/evidence.toml). One row per kind.
create temp table evidence_label (kind varchar primary key, label varchar not null);

-- Levels of areas as people call them, in the middle of a sentence.
create temp macro level_words(level) as case level::varchar
    when 'lower_tier' then 'local authority'
    when 'upper_tier' then 'upper-tier authority'
    else if(level::varchar like 'itl%', upper(level::varchar), replace(level::varchar, '_', ' '))
end;

-- What every cluster says of itself (reference/terms.toml), ranked in its sector as describe ranks measures
-- (docs/methods/measures.md, "Ranks"). One row per figure and cluster of the sector of the one asked for.
create temp macro cluster_field(asked) as table
with peer as (
    select cluster_id, enterprise_count, site_count, area_km2, extent_km from cluster
    where sector_id = (select sector_id from cluster where cluster_id = asked)
),
field as (
    select cluster_id, 'enterprise_count' as measure, enterprise_count::double as value, true as is_ranked from peer
    union all select cluster_id, 'site_count', site_count, true from peer
    union all select cluster_id, 'area_km2', area_km2, false from peer
    union all select cluster_id, 'extent_km', extent_km, false from peer
),
placed as (
    select *, rank() over (partition by measure order by value desc) as place,
           count(*) over (partition by measure) as peers, count(*) over (partition by measure, value) as alike
    from field
)
select cluster_id, measure, value,
       case when is_ranked and (alike = 1 or 2 * alike <= peers) then place end as rank,
       case when is_ranked and (alike = 1 or 2 * alike <= peers) then peers end as ranked_of
from placed;

-- Which years the sources speak of: what the atlas says of jobs and money, and of patents their filing. One row per series.
create temp view series_coverage as
select * from year_coverage
union all
select 'patents', year(first_day)::usmallint, year(last_day)::usmallint, month(first_day) > 1, month(last_day) < 12,
       format('The patents in the sources were filed from {} to {}: other years are not available. Applications are published a year and a half after filing, so that the newest years are not complete.',
              strftime(first_day, '%B %Y'), strftime(last_day, '%B %Y'))
from (select min(filed) as first_day, max(filed) as last_day from patent) where first_day is not null;

-- What is counted of the members of a cluster year by year when it is asked for (reference/terms.toml, year.…), beside what
-- cluster_year holds. One row per year of it. Under official disclosure nothing of it: most of the counts are of a few.
create temp macro cluster_course(asked) as table
with member as (select distinct firm_id from cluster_member where cluster_id = asked),
of_year as (
    select year, public_funding_gbp, private_investment_gbp from cluster_year
    where cluster_id = asked and not (select is_official from rules)
),
setting as (
    select coalesce(max(value) filter (where parameter = 'evidence.window_years'), '10')::integer as window_years,
           coalesce(try_cast(max(value) filter (where parameter in ('as_of', 'project.as_of')) as date), date '9999-12-31') as as_of
    from run
),
joined as (
    select distinct m.firm_id, p.project_id, j.start_date, j.end_date
    from member m join participation p using (firm_id) join project j using (project_id)
    where not p.is_withdrawn
),
counting as (select distinct kind from evidence where in_window),
-- From when to when each piece of evidence is one.
trace as (
    select firm_id, start_date as first_day, greatest(start_date, coalesce(end_date, start_date)) as last_day
    from joined where start_date is not null and 'public_rd_project' in (from counting)
    union all
    select firm_id, dated, dated from evidence join member using (firm_id) join counting using (kind)
    where kind <> 'public_rd_project' and dated is not null
),
-- The rule looks back so many years: before, the sources do not reach back far enough.
first_whole as (
    select max(first_year) + (select window_years from setting) as year
    from (
        select year(min(start_date)) as first_year from project where 'public_rd_project' in (from counting)
        union all
        select year(min(dated)) from evidence join counting using (kind) where kind <> 'public_rd_project' group by kind
    )
),
day as (select year, least(make_date(year, 12, 31), as_of) as last_day from of_year, setting),
-- Without closed companies (no deaths are known) the members that lived in a year are those founded by then,
-- with them, today's members are asked, which reads the register from end to end.
founded as (
    select year, enterprises as firms from cluster_year
    where cluster_id = asked and not exists (from cluster_year where cluster_id = asked and deaths is not null)
    union all
    select d.year, count(*) as firms
    from day d
    join (from (from member where exists (from cluster_year where cluster_id = asked and deaths is not null)) join firm using (firm_id)) f
        on f.incorporated is null or f.incorporated <= d.last_day
    group by d.year
),
active as (
    select d.year, count(distinct t.firm_id) as firms
    from day d cross join setting s
    join trace t on t.first_day <= d.last_day and t.last_day > (d.last_day - to_years(s.window_years))::date
    group by d.year
),
begun as (select year(start_date) as year, count(distinct project_id) as projects from joined group by all),
filed as (select year(filed) as year, count(distinct number) as patents from patent join member using (firm_id) group by all),
filed_span as (
    select max(first_year + first_is_part::integer) as first_whole, max(last_year - last_is_part::integer) as last_whole
    from series_coverage where series = 'patents'
),
announced as (select year(announced) as year, count(*) as deals from deal join member using (firm_id) group by all)
select y.year,
       case when y.year >= w.first_year and f.firms > 0 then least(coalesce(a.firms, 0), f.firms) / f.firms end as rdi_active_share,
       -- No project or deal is none where none is known to be nought (cluster_year); else it is not known.
       coalesce(b.projects, if(y.public_funding_gbp is not null, 0, null)) as projects,
       coalesce(i.patents, if(y.year between p.first_whole and p.last_whole, 0, null)) as patents,
       coalesce(d.deals, if(y.private_investment_gbp is not null, 0, null)) as deals
from of_year y cross join (select year as first_year from first_whole) w cross join filed_span p
left join founded f using (year) left join active a using (year) left join begun b using (year)
left join filed i using (year) left join announced d using (year);

-- Firms of the clusters and areas that one call compares, by the place of each in it; filled anew for each call.
create temp table compared_firm (place utinyint not null, firm_id uinteger not null);

-- What OGC API – Features hands out: one view per collection. id, lon and lat are the feature's own,
-- every other column is a property and, unless it is a list, a queryable.
create temp view ogc_clusters as
select c.cluster_id as id, c.slug, c.name, s.slug as sector, s.name as sector_name, s.type as sector_type, s.is_frontier,
       s.industrial_strategy_parent, c.type, c.type_reason, c.is_rdi_active, c.site_count, c.enterprise_count,
       c.la_1, c.la_2, c.la_3, c.area_km2, c.extent_km
from cluster c join sector s using (sector_id);

create temp view ogc_members as
select m.cluster_id || '-' || m.site_id as id, st.lon_deg as lon, st.lat_deg as lat,
       c.slug as cluster, s.slug as sector, f.company_number, f.name, f.town, st.postcode, st.kind, m.is_core,
       f.incorporated, f.dissolved, f.employees, m.cluster_id, m.site_id
from cluster_member m join cluster c using (cluster_id) join sector s using (sector_id)
join firm f on f.firm_id = m.firm_id join site st on st.site_id = m.site_id;

create temp view ogc_institutions as
select asset_id as id, lon_deg as lon, lat_deg as lat, name, kind, postcode, website from asset;

create temp view ogc_areas as
select area_id as id, code, name,
       (select string_agg(n.name, '; ' order by n.rowid) from area_name n where n.area_id = a.area_id) as other_names, level, parent_code
from area a;

create temp view ogc_published_clusters as
select published_cluster_id as id, sector, cluster, sector_type, site_count, enterprise_count, employment, turnover_gbp,
       is_rdi_active
from published_cluster;

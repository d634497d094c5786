-- /api/areas/{code}/years while the sums of all areas are not read yet (src/serve/area_years.hpp): what is known of the firms inside area $1 year by year, over the years of the map (reference/terms.toml,
-- area.year.…). One row: the JSON of the list. Null outside the years that the sources hold (docs/methods/areas.md).
with inside as materialized ( -- firms with a site there, and the part of their sites that is
    select s.firm_id, count(*) as sites, bool_or(s.kind = 'registered_office') as has_office
    from site_area a join site s using (site_id) where a.area_id = $1 group by s.firm_id
),
part as materialized (
    select i.firm_id, any_value(i.has_office) as has_office, any_value(i.sites) / count(*) as weight
    from inside i join site s using (firm_id) group by i.firm_id
),
as_of as (
    select coalesce(try_cast(max(value) filter (where parameter in ('as_of', 'project.as_of')) as date), date '9999-12-31') as day from run
),
of_year as (select distinct year from cluster_year),
-- Years that a series is known for, and those of them that the sources hold whole.
held as (
    select series, first_year, last_year, first_year + first_is_part::integer as first_whole, last_year - last_is_part::integer as last_whole
    from year_coverage
),
-- A firm without a date was always there. One more where a firm begins, one fewer where it ends; nothing after the date of the map.
step as (
    select coalesce(year(incorporated), 0) as year, count(*) as firms
    from inside join firm using (firm_id), as_of where incorporated is null or incorporated <= day group by all
    union all
    select year(dissolved), -count(*) from inside join firm using (firm_id), as_of
    where dissolved <= day and (incorporated is null or incorporated <= day) group by all
),
alive as materialized (
    select y.year, sum(s.firms)::bigint as firms from of_year y join step s on s.year <= y.year group by y.year
),
filed as materialized (
    select year, sum(employees) as employees, count(*) as firms
    from (
        select firm_id, year(period_end) as year, arg_max(employees, period_end) as employees
        from account join part using (firm_id), as_of
        where has_office and employees is not null and period_end <= day group by all
    )
    group by year
),
begun as materialized (
    select year(j.start_date) as year, count(distinct j.project_id) as projects, sum(p.award_gbp * i.weight) as gbp
    from part i join participation p using (firm_id) join project j using (project_id)
    where not p.is_withdrawn group by all
),
announced as materialized (
    select year(d.announced) as year, sum(d.amount_gbp * i.weight) as gbp from part i join deal d using (firm_id) group by all
)
select to_json(list({
    year: y.year,
    enterprises: coalesce(a.firms, 0),
    employees: case when y.year between j.first_year and j.last_year then f.employees end,
    employees_enterprises: case when y.year between j.first_year and j.last_year then f.firms end,
    public_funding_gbp: coalesce(b.gbp, case when y.year between p.first_whole and p.last_whole and b.year is null then 0 end),
    private_investment_gbp: coalesce(d.gbp, case when y.year between q.first_whole and q.last_whole and d.year is null then 0 end),
    projects: coalesce(b.projects, case when y.year between p.first_whole and p.last_whole then 0 end)
} order by y.year))
from of_year y
left join alive a using (year) left join filed f using (year) left join begun b using (year) left join announced d using (year)
left join held j on j.series = 'employees' left join held p on p.series = 'public_funding_gbp'
left join held q on q.series = 'private_investment_gbp'
having count(*) > 0;

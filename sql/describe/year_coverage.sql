-- Which years the sources speak of. Reads describe_filing, project, deal, source, describe_context, describe_funder; writes
-- year_coverage, one row per series that has any year, and describe_span, one row with all of them.
-- A source of money speaks of the months from its first date to its last; if those are not the January
-- and the December of their years, it speaks of a part of these.
create or replace temp table describe_dated as
with stated as (
    select if(kind = 'deals', 'private_investment_gbp', 'public_funding_gbp') as series,
           coalesce(try_strptime(dated, '%Y-%m-%d')::date, last_day(try_strptime(dated, '%Y-%m')::date)) as day
    from source
    where kind in ('projects', 'participations', 'deals')
),
-- Known only where each source of the series states its day or month.
extract as (
    select series, case when count(*) = count(day) then max(day) end as day from stated group by series
),
dated_money as (
    select 'public_funding_gbp' as series,
           case u.purse when 'innovate_uk' then 'Innovate UK' when 'ukri' then 'UKRI' when 'eu' then 'the EU' end as funder,
           j.start_date as day
    from project j
    join describe_funder u using (funder)
    union all
    select 'private_investment_gbp', null, announced from deal
),
-- One row per series, and one more per purse of its funders.
span as (
    select series, funder, min(m.day) as first_day, max(m.day) as last_day
    from dated_money m
    cross join describe_context c
    where m.day <= c.as_of
    group by grouping sets ((series), (series, funder))
    having grouping(funder) = 1 or funder is not null
)
select s.*, year(first_day) as first_year, year(last_day) as last_year, month(first_day) > 1 as first_is_part,
       least(last_day, coalesce(e.day, last_day)) < make_date(year(last_day), 12, 1) as last_is_part,
       -- The whole, and funders whose projects begin later or end sooner than it by more than a year.
       funder is null or first_day > min(first_day) over series_of + interval 1 year
           or last_day < max(last_day) over series_of - interval 1 year as is_told
from span s
left join extract e using (series)
window series_of as (partition by series);

insert into year_coverage
with filing as (
    from describe_filing
),
-- Accounts come in for years after a year's end, and the first files hold a few of the year before: a
-- year of which less than half as many enterprises report as of the one next to it is not whole.
whole as (
    select coalesce((select max(f.year) + 1 from filing f join filing after on after.year = f.year + 1
                     where 2 * f.firms < after.firms), min(year)) as first_year
    from filing
),
jobs as (
    select w.first_year,
           coalesce((select min(f.year) - 1 from filing f join filing before on before.year = f.year - 1
                     where 2 * f.firms < before.firms and f.year > w.first_year),
                    (select max(year) from filing)) as last_year
    from whole w
    where w.first_year is not null
),
whole_span as (
    select *, case series when 'public_funding_gbp'
                   then format('The projects in the sources start from {} to {}', strftime(first_day, '%B %Y'), strftime(last_day, '%B %Y'))
                   else format('The deals in the sources were announced from {} to {}', strftime(first_day, '%B %Y'), strftime(last_day, '%B %Y'))
              end as told,
           list_sort(list_distinct(list_filter([case when first_is_part then first_year end, case when last_is_part then last_year end], lambda y: y is not null))) as parts
    from describe_dated
    where funder is null
),
shorter as (
    select series, string_agg(format('of {} from {} to {}', funder, first_year, last_year), '; ' order by funder) as told
    from describe_dated
    where funder is not null and is_told
    group by series
),
undated as (
    select 'public_funding_gbp' as series, count(*) as projects from project where start_date is null
)
select 'employees', first_year::usmallint, last_year::usmallint, false, false,
       format('Jobs by the year in which accounts end. The sources hold few accounts that end before {} or after {}, so those years are left out; the figure "Jobs" takes the newest accounts of each enterprise, of whatever year.',
              first_year, last_year)
from jobs
where last_year >= first_year
union all
select series, s.first_year::usmallint, s.last_year::usmallint, s.first_is_part, s.last_is_part,
       format('{}{}: other years are not available{}.{}', s.told, coalesce(' (' || f.told || ')', ''),
              case when u.projects > 0 then format(', and {:,} without a date {} in no year', u.projects, if(u.projects = 1, 'is', 'are')) else '' end,
              case when len(s.parts) > 0
                   then format(' Of {} they hold a part: a sum is of some months, and no money known is not nought but not available.',
                               array_to_string(s.parts, ' and ')) else '' end)
from whole_span s
left join shorter f using (series)
left join undated u using (series);

-- In the years from whole_first to whole_last every funder that the note tells of is there the whole
-- year, so that no money known is nought.
create or replace temp table describe_span as
with money as (
    select series, max(first_year + first_is_part::integer) as whole_first, min(last_year - last_is_part::integer) as whole_last
    from describe_dated
    where is_told
    group by series
)
select max(first_year) filter (series = 'employees') as jobs_first,
       max(last_year) filter (series = 'employees') as jobs_last,
       max(whole_first) filter (series = 'public_funding_gbp') as public_first,
       max(whole_last) filter (series = 'public_funding_gbp') as public_last,
       max(whole_first) filter (series = 'private_investment_gbp') as private_first,
       max(whole_last) filter (series = 'private_investment_gbp') as private_last
from year_coverage
left join money using (series);

-- Which years the sources speak of. Reads account, project, deal, describe_context, describe_funder; writes
-- year_coverage, one row per series that has any year, and describe_span, one row with all of them.
insert into year_coverage
with filing as (
    select year(a.period_end) as year, count(distinct a.firm_id) as firms
    from account a
    cross join describe_context c
    where a.employees is not null and a.period_end <= c.as_of
    group by all
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
dated_project as (
    select j.start_date, u.purse
    from project j
    join describe_funder u using (funder)
    cross join describe_context c
    where j.start_date <= c.as_of
),
public_span as (
    select min(start_date) as first_day, max(start_date) as last_day,
           (select count(*) from project where start_date is null) as undated
    from dated_project
),
purse_span as (
    select case purse when 'innovate_uk' then 'Innovate UK' when 'ukri' then 'UKRI' when 'eu' then 'the EU' end as funder,
           min(start_date) as first_day, max(start_date) as last_day
    from dated_project
    where purse is not null
    group by purse
),
-- Funders whose projects begin later or end sooner than those of all, by more than a year.
shorter as (
    select string_agg(format('of {} from {} to {}', funder, year(p.first_day), year(p.last_day)), '; ' order by funder) as told
    from purse_span p
    cross join public_span s
    where p.first_day > s.first_day + interval 1 year or p.last_day < s.last_day - interval 1 year
),
private_span as (
    select min(announced) as first_day, max(announced) as last_day
    from deal
    cross join describe_context c
    where announced <= c.as_of
)
select 'employees', first_year::usmallint, last_year::usmallint,
       format('Jobs by the year in which accounts end. The sources hold few accounts that end before {} or after {}, so those years are left out; the figure "Jobs" takes the newest accounts of each enterprise, of whatever year.',
              first_year, last_year)
from jobs
where last_year >= first_year
union all
select 'public_funding_gbp', year(first_day)::usmallint, year(last_day)::usmallint,
       format('The projects in the sources start from {} to {}{}: other years are not available{}.',
              strftime(first_day, '%B %Y'), strftime(last_day, '%B %Y'), coalesce(' (' || told || ')', ''),
              case when undated > 0 then format(', and {:,} without a date {} in no year', undated, if(undated = 1, 'is', 'are')) else '' end)
from public_span
cross join shorter
where first_day is not null
union all
select 'private_investment_gbp', year(first_day)::usmallint, year(last_day)::usmallint,
       format('The deals in the sources were announced from {} to {}: other years are not available.',
              strftime(first_day, '%B %Y'), strftime(last_day, '%B %Y'))
from private_span
where first_day is not null;

create or replace temp table describe_span as
select max(first_year) filter (series = 'employees') as jobs_first,
       max(last_year) filter (series = 'employees') as jobs_last,
       max(first_year) filter (series = 'public_funding_gbp') as public_first,
       max(last_year) filter (series = 'public_funding_gbp') as public_last,
       max(first_year) filter (series = 'private_investment_gbp') as private_first,
       max(last_year) filter (series = 'private_investment_gbp') as private_last
from year_coverage;

-- Growth in jobs, like for like: of the enterprises that report both in their newest accounts (of the
-- last two calendar years or this one) and in those of one and of five years before. Reads describe_cluster,
-- describe_job_pair, describe_year; writes describe_figure.
insert into describe_figure
with grown as (
    select cluster_id, years, enterprises, jobs, jobs_before from describe_job_pair where year is null
),
-- How many years of accounts there are at all.
reach as (
    select max(year) - min(year) as years_between from describe_year where reporting is not null
)
select k.cluster_id, 'jobs_growth_' || d.years || 'y',
       case when g.enterprises >= 5 and g.jobs_before > 0 then g.jobs / g.jobs_before - 1 end,
       null, null, coalesce(g.enterprises, 0) / k.enterprises,
       case when not c.has_employees then 'no source of employees in this project'
            when coalesce(r.years_between, 0) < d.years
                then 'the accounts of this project do not reach back so far'
            when coalesce(g.enterprises, 0) < 5
                then 'fewer than five enterprises here report their employees in both years'
            when not g.jobs_before > 0
                then 'the enterprises here that report in both years had no employees' end
from describe_cluster k
cross join (select unnest([1, 5]) as years) d
cross join describe_context c
cross join reach r
left join grown g using (cluster_id, years);

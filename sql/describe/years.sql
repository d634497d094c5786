-- A cluster through the years: today's members by their dates, and firms dissolved since that lay
-- inside the outline. Reads describe_year, describe_job_pair, describe_engaged, describe_award, describe_deal,
-- describe_span; writes cluster_year, one row per cluster and year. A firm without a date of
-- incorporation counts as alive throughout. Where the register holds no closed companies, deaths are
-- not known and the earlier years count survivors only. Jobs reported are of as many enterprises as file
-- for the year, in the years for which the sources hold their accounts; in those the index follows the same enterprises from one
-- year to the next, through the last unbroken run of years in which five or more of them report.
insert into cluster_year
-- Years in a row have the same distance from their places.
with numbered as (
    select cluster_id, year, enterprises, jobs / jobs_before as ratio,
           year - row_number() over (partition by cluster_id order by year) as run
    from describe_job_pair
    cross join describe_span s
    where year between s.jobs_first + 1 and s.jobs_last and enterprises >= 5 and jobs > 0 and jobs_before > 0
),
unbroken as (
    select * from numbered qualify run = max(run) over (partition by cluster_id)
),
chain as (
    select cluster_id, year, enterprises,
           100 * exp(sum(ln(ratio)) over (partition by cluster_id order by year)) as jobs_index
    from unbroken
    union all
    select cluster_id, min(year) - 1, null, 100.0 from unbroken group by cluster_id
),
public_money as (
    select m.cluster_id, a.year, sum(a.award_gbp * m.weight::decimal(9, 8))::double as gbp
    from describe_engaged m
    join describe_award a using (firm_id)
    group by m.cluster_id, a.year
),
private_money as (
    select m.cluster_id, year(d.announced) as year, sum(d.amount_gbp * m.weight::decimal(9, 8))::double as gbp
    from describe_engaged m
    join describe_deal d using (firm_id)
    group by m.cluster_id, year(d.announced)
)
select a.cluster_id, a.year::usmallint, a.enterprises, a.births, case when c.has_closed_firms then a.deaths end,
       case when a.year between s.jobs_first and s.jobs_last then a.employees end::bigint,
       case when a.year between s.jobs_first and s.jobs_last then a.reporting end::uinteger, i.jobs_index, i.enterprises,
       -- No award or deal is nothing received, in a year that the sources hold whole; without an amount it
       -- is not known how much. What is known of a year held in part is told.
       case when p.year is not null then p.gbp when a.year between s.public_first and s.public_last then 0 end,
       case when q.year is not null then q.gbp when a.year between s.private_first and s.private_last then 0 end
from describe_year a
left join chain i using (cluster_id, year)
left join public_money p using (cluster_id, year)
left join private_money q using (cluster_id, year)
cross join describe_context c
cross join describe_span s
order by a.cluster_id, a.year;

-- A cluster through the years: today's members by their dates, and firms dissolved since that lay
-- inside the outline. Reads describe_year, describe_engaged, describe_award, describe_deal; writes cluster_year, one row per cluster and year. A firm without a date of
-- incorporation counts as alive throughout. Where the register holds no closed companies, deaths are
-- not known and the earlier years count survivors only.
insert into cluster_year
with public_money as (
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
       a.employees::bigint,
       -- No award or deal is nothing received; without an amount it is not known how much.
       case when c.has_projects then case when p.year is null then 0 else p.gbp end end,
       case when c.has_deals then case when q.year is null then 0 else q.gbp end end
from describe_year a
left join public_money p using (cluster_id, year)
left join private_money q using (cluster_id, year)
cross join describe_context c
order by a.cluster_id, a.year;

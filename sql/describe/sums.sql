-- What disclosure control must know of the sums. Reads describe_jobs_sum, describe_engaged, describe_award,
-- describe_deal; writes cluster_sum, one row per cluster, sum and year, of enterprises that add to it.
insert into cluster_sum
with part as (
    select m.cluster_id, m.firm_id, unnest(list_filter([
               'public_funding_gbp',
               case a.purse when 'innovate_uk' then 'innovate_uk_funding_gbp'
                            when 'ukri' then 'ukri_funding_gbp'
                            when 'eu' then 'eu_funding_gbp' end], lambda m: m is not null)) as measure,
           null as year, a.award_gbp::double * m.weight as amount
    from describe_engaged m
    join describe_award a using (firm_id)
    union all
    select m.cluster_id, m.firm_id, 'public_funding_gbp', a.year, a.award_gbp::double * m.weight
    from describe_engaged m
    join describe_award a using (firm_id)
    where a.year is not null
    union all
    select m.cluster_id, m.firm_id, 'private_investment_gbp', unnest([null, year(d.announced)]),
           d.amount_gbp::double * m.weight
    from describe_engaged m
    join describe_deal d using (firm_id)
    where d.announced is not null
    union all
    select m.cluster_id, m.firm_id, 'private_investment_gbp', null, d.amount_gbp::double * m.weight
    from describe_engaged m
    join describe_deal d using (firm_id)
    where d.announced is null
),
enterprise as (
    select cluster_id, measure, year, firm_id, sum(amount::decimal(30, 6))::double as amount
    from part
    group by cluster_id, measure, year, firm_id
    having sum(amount::decimal(30, 6)) > 0
)
select cluster_id, measure, year::usmallint, contributors, largest, second
from (
    from describe_jobs_sum
    union all
    select cluster_id, measure, year, count(*)::uinteger, max(amount), coalesce(max(amount, 2)[2], 0)
    from enterprise
    group by cluster_id, measure, year
)
order by cluster_id, measure, year nulls first;

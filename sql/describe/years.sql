-- A cluster through the years: today's members by their dates, and firms dissolved since that lay
-- inside the outline. Reads describe_firm, describe_former, firm, account, describe_award,
-- describe_deal; writes cluster_year, one row per cluster and year. A firm without a date of
-- incorporation counts as alive throughout. Where the register holds no closed companies, deaths are
-- not known and the earlier years count survivors only.
insert into cluster_year
with year_list as (
    select unnest(range(
        year(as_of) - 10, year(as_of) + 1)) as year
    from describe_context
),
life as (
    select cluster_id, year(incorporated) as born, null::bigint as died
    from describe_firm join firm using (firm_id)
    union all
    select cluster_id, year(incorporated), year(dissolved)
    from describe_former join firm using (firm_id)
),
-- Lives are few kinds of (born, died): counted before they meet the years.
life_kind as (
    select cluster_id, born, died, count(*) as firms from life group by cluster_id, born, died
),
alive as (
    select l.cluster_id, y.year,
           sum(l.firms) filter ((l.born is null or l.born <= y.year) and (l.died is null or l.died > y.year)) as enterprises,
           sum(l.firms) filter (l.born = y.year) as births,
           sum(l.firms) filter (l.died = y.year) as deaths
    from life_kind l
    cross join year_list y
    group by l.cluster_id, y.year
),
newest_account as (
    select firm_id, year(period_end) as year, arg_max(employees, period_end) as employees
    from account
    where employees is not null
    group by firm_id, year(period_end)
),
jobs as (
    select m.cluster_id, a.year, round(sum((a.employees * m.weight)::decimal(24, 6)))::bigint as employees
    from describe_firm m
    join newest_account a using (firm_id)
    group by m.cluster_id, a.year
),
public_money as (
    select m.cluster_id, a.year, sum(a.award_gbp * m.weight::decimal(9, 8))::double as gbp
    from describe_firm m
    join describe_award a using (firm_id)
    group by m.cluster_id, a.year
),
private_money as (
    select m.cluster_id, year(d.announced) as year, sum(d.amount_gbp * m.weight::decimal(9, 8))::double as gbp
    from describe_firm m
    join describe_deal d using (firm_id)
    group by m.cluster_id, year(d.announced)
)
select a.cluster_id, a.year::usmallint, coalesce(a.enterprises, 0)::uinteger,
       coalesce(a.births, 0)::uinteger, case when c.has_closed_firms then coalesce(a.deaths, 0) end::uinteger, j.employees,
       -- No award or deal is nothing received; without an amount it is not known how much.
       case when c.has_projects then case when p.year is null then 0 else p.gbp end end,
       case when c.has_deals then case when q.year is null then 0 else q.gbp end end
from alive a
left join jobs j using (cluster_id, year)
left join public_money p using (cluster_id, year)
left join private_money q using (cluster_id, year)
cross join describe_context c
order by a.cluster_id, a.year;

-- Public and private money. Reads describe_engaged, describe_funder, participation, project,
-- deal; writes
-- describe_award and describe_deal (one row per firm and piece of money) and describe_figure.
create or replace temp table describe_award as
select p.firm_id, p.project_id, j.funder, u.purse, j.programme, year(j.start_date) as year,
       j.end_date >= c.as_of and (j.start_date is null or j.start_date <= c.as_of) as is_open,
       sum(p.award_gbp::decimal(28, 2))::decimal(28, 2) as award_gbp
from participation p
join project j using (project_id)
join describe_funder u using (funder)
cross join describe_context c
where p.firm_id is not null and not p.is_withdrawn
  and (j.start_date is null or j.start_date <= c.as_of)
group by all
order by p.firm_id, p.project_id;

create or replace temp table describe_deal as
select d.firm_id, d.deal_id, d.stage, d.announced, d.amount_gbp::decimal(28, 2) as amount_gbp
from deal d
cross join describe_context c
where d.firm_id is not null and (d.announced is null or d.announced <= c.as_of)
order by d.firm_id, d.deal_id;

insert into describe_figure
with award as (
    select m.cluster_id, a.purse, count(*) as awards, count(a.award_gbp) as known,
           sum(a.award_gbp * m.weight::decimal(9, 8)) as gbp
    from describe_engaged m
    join describe_award a using (firm_id)
    group by m.cluster_id, a.purse
),
-- By purse, and of all together: joined by equality, since a condition with an "or" would compare
-- every cluster with every award.
of_purse as (
    select cluster_id, purse, awards, known, gbp from award where purse is not null
    union all
    select cluster_id, 'all', sum(awards), sum(known), sum(gbp) from award group by cluster_id
),
purse as (
    select * from (values
        ('public_funding_gbp', 'all', 'publicly funded'),
        ('innovate_uk_funding_gbp', 'innovate_uk', 'Innovate UK'),
        ('ukri_funding_gbp', 'ukri', 'UKRI'),
        ('eu_funding_gbp', 'eu', 'EU')
    ) t(measure, purse, adjective)
),
-- One row per cluster and purse: all funders together, and each for itself. No award at all is
-- nothing received; awards without amounts are not known.
received as (
    select k.cluster_id, p.measure, coalesce(sum(a.gbp), 0)::double as gbp,
           case when sum(a.awards) > 0 then sum(a.known)::double / sum(a.awards)::double else 1.0 end
               as coverage,
           case when not any_value(c.has_projects)
                    then 'no source of publicly funded projects in this project'
                when not any_value(case p.purse when 'innovate_uk' then c.has_innovate_uk
                                                when 'ukri' then c.has_ukri
                                                when 'eu' then c.has_eu
                                                else true end)
                    then format('no project in the sources is of {}', if(p.purse = 'eu', 'the EU', p.adjective))
                when sum(a.awards) > 0 and sum(a.known) = 0
                    then format('the sources give no amounts for the {} projects here', p.adjective)
           end as reason
    from describe_cluster k
    cross join purse p
    cross join describe_context c
    left join of_purse a on a.cluster_id = k.cluster_id and a.purse = p.purse
    group by k.cluster_id, p.measure, p.purse, p.adjective
),
deal_sum as (
    select m.cluster_id, count(*) as deals, count(d.amount_gbp) as known,
           sum(d.amount_gbp * m.weight::decimal(9, 8))::double as all_gbp
    from describe_engaged m
    join describe_deal d using (firm_id)
    group by m.cluster_id
),
money as (
    select k.cluster_id, r.reason as no_award, r.coverage as award_coverage, r.gbp as public_gbp,
           case when not c.has_deals then 'no source of private investment in this project'
                when coalesce(d.deals, 0) > 0 and d.known = 0
                    then 'the deals known here have no amounts' end as no_deal,
           case when d.deals > 0 then d.known / d.deals else 1.0 end as deal_coverage,
           coalesce(d.all_gbp, 0) as private_gbp, coalesce(d.deals, 0) as deals
    from describe_cluster k
    join received r on r.cluster_id = k.cluster_id and r.measure = 'public_funding_gbp'
    left join deal_sum d on d.cluster_id = k.cluster_id
    cross join describe_context c
),
figure as (
    select m.cluster_id, unnest([
        {measure: 'private_investment_gbp', value: m.private_gbp, coverage: m.deal_coverage,
         reason: m.no_deal},
        {measure: 'deals', value: m.deals::double, coverage: 1.0,
         reason: case when not c.has_deals then 'no source of private investment in this project' end},
        {measure: 'leverage', value: m.private_gbp / nullif(m.public_gbp, 0),
         coverage: least(m.award_coverage, m.deal_coverage),
         reason: case when m.no_deal is not null then m.no_deal
                      when m.no_award is not null then m.no_award
                      when m.public_gbp = 0 then 'no public funding is known here' end},
        {measure: 'rd_tax_credit_2019_20_gbp', value: null, coverage: 0.0,
         reason: 'R&D tax relief is published by no open source at this level'},
        {measure: 'rd_tax_credit_2020_21_gbp', value: null, coverage: 0.0,
         reason: 'R&D tax relief is published by no open source at this level'},
        {measure: 'rd_tax_credit_2021_22_gbp', value: null, coverage: 0.0,
         reason: 'R&D tax relief is published by no open source at this level'}
    ], recursive := true)
    from money m
    cross join describe_context c
    union all
    select cluster_id, measure, gbp, coverage, reason from received
)
select cluster_id, measure, case when reason is null then value end, null, null, coverage, reason
from figure;

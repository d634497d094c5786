-- Public and private money. Reads participation, project, describe_funder, deal, describe_context; writes
-- describe_award and describe_deal, one row per firm and piece of money.
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
